"""DCP, personal data: what should not stand in the workbook, or not any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.personal_numbers import (
    BANK,
    MAIL,
    NIR,
    PHONE,
    is_bank_number,
    is_nir,
)
from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.free_text import FreeText
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.records import Person, line_key


@rule("DCP01", "Numéro de sécurité sociale", Severity.WARNING, "CNIL, délibération 2021-028")
def social_security_number(context: Context) -> Iterator[Fault]:
    """Quoi : un texte contient un nombre qui a la forme d'un numéro de sécurité sociale.

    Pourquoi : ce numéro ne sert à rien dans un suivi de parcours, et l'usage en est très encadré.
    Le constat ne le recopie pas.

    Exemple qui échoue : un nombre de treize ou quinze chiffres qui commence par 1 ou 2, l'année et
    le mois de naissance.

    Exemple qui passe : un numéro SIRET (quatorze chiffres), un téléphone, une date.

    Comment corriger : l'effacer du texte ; le garder là où il sert (paie).
    """
    found = (text for text, match in context.free_texts.search_numbers(NIR) if is_nir(match))
    for text in _once(found):
        yield _text_fault(
            context,
            text,
            "Le texte contient un nombre qui a la forme d'un numéro de sécurité sociale.",
            "Effacez-le : il ne sert pas au suivi du parcours.",
        )


@rule("DCP02", "Numéro bancaire", Severity.WARNING, "CNIL, délibération 2021-028")
def bank_number(context: Context) -> Iterator[Fault]:
    """Quoi : un texte contient un IBAN, un RIB ou un numéro de carte.

    Pourquoi : il ne sert pas au suivi du parcours, et un classeur circule. Le constat ne le
    recopie pas.

    Exemple qui échoue : « FR76 » suivi de vingt-trois chiffres.

    Exemple qui passe : « RIB remis à la banque le 12/05 ».

    Comment corriger : l'effacer du texte.
    """
    found = (
        text for text, match in context.free_texts.search_numbers(BANK) if is_bank_number(match)
    )
    for text in _once(found):
        yield _text_fault(
            context,
            text,
            "Le texte contient un numéro de compte ou de carte bancaire.",
            "Effacez-le : il ne sert pas au suivi du parcours.",
        )


@rule("DCP03", "Adresse ou téléphone dans un texte", Severity.INFO, "CNIL, délibération 2021-028")
def contact_in_text(context: Context) -> Iterator[Fault]:
    """Quoi : un texte libre contient une adresse électronique ou un numéro de téléphone.

    Pourquoi : les coordonnées ont leur place dans le dossier ; dans un texte, elles suivent la
    fiche imprimée et restent après la sortie.

    Exemple qui échoue : « Rappeler au 06 » et huit chiffres.

    Exemple qui passe : « Rappeler mardi » ; « MAD du 01.02.2026 au 03.04.2026 ».

    Comment corriger : déplacer les coordonnées dans le dossier de la personne.
    """
    texts = context.free_texts
    phones = (text for text, _ in texts.search_numbers(PHONE))
    found = chain(texts.search_addresses(MAIL), phones)
    for text in _once(text for text in found if text.story):
        yield _text_fault(
            context,
            text,
            "Le texte contient une adresse électronique ou un numéro de téléphone.",
            "Gardez les coordonnées dans le dossier, pas dans un texte libre.",
        )


@rule("DCP04", "Mot de santé ou de justice", Severity.INFO, "CNIL, délibération 2021-028")
def sensitive_word(context: Context) -> Iterator[Fault]:
    """Quoi : un texte libre contient un mot de la liste des mots sensibles de Paramètres.

    Pourquoi : ni détail médical ni détail pénal : la personne peut demander à lire ce qui est
    écrit d'elle, et le texte doit rester objectif. Pour un frein, le thème suffit (Santé, Justice).

    Exemple qui échoue : « En dépression depuis janvier ».

    Exemple qui passe : « Indisponible jusqu'en mars ».

    Comment corriger : écrire la conséquence utile au parcours plutôt que la cause. La liste des
    mots se change dans Paramètres.
    """
    words: dict[tuple[str, str], tuple[FreeText, list[str]]] = {}
    for text, word in context.free_texts.words(context.settings.sensitive_words):
        if text.story:
            place = (text.place.sheet, text.place.cell or f"{text.row.row} {text.heading}")
            found = words.setdefault(place, (text, []))[1]
            if word not in found:
                found.append(word)
    for text, found in words.values():
        yield _text_fault(
            context,
            text,
            f"Le texte parle de santé ou de justice : {listed([quoted(word) for word in found])}.",
            "Écrivez ce qui est utile au parcours, sans détail médical ni pénal.",
        )


@rule("DCP05", "Conservé trop longtemps", Severity.WARNING, "CNIL, délibération 2021-028")
def kept_too_long(context: Context) -> Iterator[Fault]:
    """Quoi : le dernier contact d'une personne (à défaut sa sortie, à défaut son inscription) date
    de plus de deux ans, durée réglable, et elle est toujours dans le classeur.

    Pourquoi : la file active se garde deux ans après le dernier contact ; ensuite, les données sont
    archivées à part, ou effacées.

    Exemple qui échoue : au 10/05/2026, dernière ligne de suivi le 01/04/2024.

    Exemple qui passe : au 10/05/2026, dernière ligne le 10/05/2024, deux ans jour pour jour.

    Comment corriger : compter d'abord l'année s'il le faut, puis ranger la personne et ses lignes
    dans un classeur d'archives à l'accès restreint, ou les effacer.
    """
    months = context.settings.retention_months
    for person in context.records.persons.values():
        last = person.last_contact(context.on) or _last_date(person)
        if last is None or add_months(last, months) >= context.on or _has_unreadable_date(person):
            continue
        if is_far_off(last, context.on):
            continue  # a year mistyped is no reason to erase anyone: PER17 or SUI17 says it
        yield person_fault(
            context,
            person.latest,
            "last_name",
            f"Dernière trace de {quoted(person.name)} le {french_day(last)} : il y a "
            f"plus de {counted(months, 'mois', 'mois')}.",
            "Archivez à part, ou effacez, la personne et ses lignes.",
        )


def _last_date(person: Person) -> date | None:
    exits = [row.exited for row in person.pathways if row.exited is not None]
    begun = [one.began for one in person.pathways if one.began is not None]
    return max(exits, default=None) or max(begun, default=None)


def _has_unreadable_date(person: Person) -> bool:
    rows = (*person.pathways, *person.follow_ups, *person.engagements, *person.missions)
    dates = {"dated", "agreed", "reviewed", "start", "end", "exited", "registered"}
    return any(row.unreadable and not dates.isdisjoint(row.unreadable) for row in rows)


def _once(texts: Iterator[FreeText]) -> Iterator[FreeText]:
    """The texts without those of a cell that came already."""
    seen: set[tuple[int, int, str]] = set()
    for text in texts:
        key = (id(text.table), text.row.row, text.field or text.heading)
        if key not in seen:
            seen.add(key)
            yield text


def _text_fault(context: Context, text: FreeText, message: str, help_text: str) -> Fault:
    """A fault in a text: known by its person, its column, and the line's own words."""
    typed = getattr(text.row, "person", "") or ""
    person = (context.records.canonical_name(typed) if typed else None) or typed
    return Fault(text.place, message, help_text, person, line_key(text.place.column, text.key))
