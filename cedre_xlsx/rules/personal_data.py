"""DCP, personal data: what should not stand in the workbook, or not any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from cedre_xlsx.method.anonymous import is_anonymous
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
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.records import Person
from cedre_xlsx.schema.retention import first_day_over, is_kept, last_trace, unreadable_dates


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
    """Quoi : le dernier contact d'une personne (à défaut sa sortie ; une arrivée est un contact)
    date de plus de deux ans, durée réglable, et elle est toujours dans le classeur, sous son nom.

    Pourquoi : la file active se garde deux ans après le dernier contact ; ensuite, les données sont
    rendues anonymes, archivées à part, ou effacées. Un À garder jusqu'au qui court, avec son motif,
    fait exception ; un qui est passé, voir DCP08.

    Exemple qui échoue : au 10/05/2026, dernière ligne de suivi le 01/04/2024.

    Exemple qui passe : au 10/05/2026, dernière ligne le 10/05/2024, deux ans jour pour jour.

    Comment corriger : la commande retention dit qui, depuis quand, et qui fait exception ; compter
    d'abord l'année s'il le faut.
    """
    months = context.settings.retention_months
    for person, last in _time_over(context):
        if any(
            row.keep_until is not None and row.keep_until < context.on for row in person.pathways
        ):
            continue  # DCP08 says it
        yield person_fault(
            context,
            person.latest,
            "last_name",
            f"Dernière trace de {quoted(person.name)} le {french_day(last)} : il y a "
            f"plus de {counted(months, 'mois', 'mois')}.",
            "Archivez à part, ou effacez, la personne et ses lignes : « cedre-xlsx retention » dit "
            "de qui le temps est passé.",
        )


@rule("DCP07", "Garde sans motif, ou sans date", Severity.WARNING, "CNIL, délibération 2021-028")
def kept_without_reason(context: Context) -> Iterator[Fault]:
    """Quoi : À garder jusqu'au est rempli sans Parce que, ou Parce que sans À garder jusqu'au.

    Pourquoi : garder quelqu'un au-delà de la durée prévue demande un motif et une fin. Sans l'un
    des deux, la personne est gardée quand même, mais personne ne pourrait dire pourquoi ou
    jusqu'à quand.

    Exemple qui échoue : À garder jusqu'au 31/12/2027, Parce que vide.

    Exemple qui passe : À garder jusqu'au 31/12/2027, Parce que « contrôle du FSE ».

    Comment corriger : remplir la cellule vide, ou vider l'autre.
    """
    people = context.records.people
    for row in people.rows:
        for filled, empty in (("keep_until", "keep_reason"), ("keep_reason", "keep_until")):
            if row.lacks(filled) or not row.lacks(empty):
                continue
            has, lacks = (people.spec.columns[one].header for one in (filled, empty))
            yield person_fault(
                context,
                row,
                empty if empty in people.columns else filled,
                f"{has} est rempli, et {lacks} ne l'est pas.",
                f"Remplissez {lacks}, ou videz {has} s'il n'y a plus rien à garder.",
            )


@rule("DCP08", "Garde terminée", Severity.WARNING, "CNIL, délibération 2021-028")
def no_longer_kept(context: Context) -> Iterator[Fault]:
    """Quoi : le jour de À garder jusqu'au est passé, et le dernier contact date de plus de deux ans
    (durée réglable).

    Pourquoi : le motif pour lequel la personne était gardée ne vaut plus ; ses données sont à
    rendre anonymes, à archiver à part, ou à effacer.

    Exemple qui échoue : au 10/05/2026, À garder jusqu'au 09/05/2026, dernière ligne de suivi le
    01/04/2023.

    Exemple qui passe : la même personne, à garder jusqu'au 10/05/2026, ce jour compris.

    Comment corriger : la commande retention dit qui, et depuis quand ; si le motif vaut encore,
    remettre une date.
    """
    for person, last in _time_over(context):
        ended = [
            (row.keep_until, row)
            for row in person.pathways
            if row.keep_until is not None and row.keep_until < context.on
        ]
        if ended:
            until, row = max(ended, key=lambda one: one[0])
            yield person_fault(
                context,
                row,
                "keep_until",
                f"{quoted(person.name)} était à garder jusqu'au {french_day(until)} ; dernière "
                f"trace le {french_day(last)}.",
                "Archivez à part, ou effacez, la personne et ses lignes (« cedre-xlsx retention ») "
                "; si le motif vaut encore, remettez une date.",
            )


def _time_over(context: Context) -> Iterator[tuple[Person, date]]:
    """The people whose time is over, whom nothing keeps, with the day of their last trace."""
    months = context.settings.retention_months
    for person in context.records.persons.values():
        last = last_trace(context.records, person, context.on)
        if last is None or first_day_over(last.day, months) > context.on:
            continue
        if is_far_off(last.day, context.on):
            continue  # a year mistyped is no reason to erase anyone: PER17 or SUI17 says it
        if any(unreadable_dates(context.records, person)) or is_kept(person, context.on):
            continue
        if not is_anonymous(person.name):
            yield person, last.day


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
