"""PER, the head of the individual sheet: who the person is, since when, with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.near_names import near_pairs
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.plausibility import YEARS_OF_A_CONTRACT, is_far_off
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person

#: The dates of a pathway, in the order in which they happen.
_STEPS = ("pre_reception", "interview", "registered", "exited")
#: Those of a PASS and of a contract.
_SPANS = (("pass_start", "pass_end"), ("contract_start", "contract_end"))


def person_fault(
    context: Context, row: PersonRow, column: str, message: str, help_text: str, *key: object
) -> Fault:
    """A fault on a row of Personnes; `key` tells apart several of the same rule."""
    place = context.records.people.place(row, column)
    identity = "|".join((row.key, *(line_key(part) for part in key)))
    return Fault(
        place, message, help_text, person=context.records.name_or_typed(row.person), key=identity
    )


@rule("PER01", "Personne en double", Severity.ERROR, "fiche n°17")
def same_person_twice(context: Context) -> Iterator[Fault]:
    """Quoi : deux lignes de Personnes portent le même nom et leurs périodes se chevauchent.

    Pourquoi : une seule trace par personne, que toute l'équipe retrouve. Deux lignes pour un même
    parcours partagent son histoire et comptent double ; deux homonymes sans précision mélangent
    la leur.

    Exemple qui échoue : « Martin Paul » inscrit le 05/01/2026, toujours suivi, et une autre ligne
    « Martin Paul » inscrit le 02/03/2026.

    Exemple qui passe : « Martin Paul » sorti le 30/06/2025, puis une ligne « Martin Paul » inscrit
    le 02/03/2026 : la personne est revenue.

    Comment corriger : même personne, supprimer la ligne en trop, ou dater la sortie du premier
    parcours ; deux personnes, remplir Précision (homonymes) sur chaque ligne.
    """
    for person in context.records.persons.values():
        latest_first: PersonRow | None = None
        for row in person.pathways:
            if latest_first is not None and overlap(latest_first, row):
                yield _double(context, person, latest_first, row)
            if latest_first is None or _end(row) >= _end(latest_first):
                latest_first = row


def _end(row: PersonRow) -> date:
    return row.exited or date.max


def overlap(earlier: PersonRow, later: PersonRow) -> bool:
    """Whether a pathway begins before the end of an earlier one; unreadable dates say nothing."""
    if {"registered", "exited"} & (earlier.unreadable | later.unreadable):
        return False
    begins = later.began
    return begins is None or begins < _end(earlier)


def _double(context: Context, person: Person, earlier: PersonRow, later: PersonRow) -> Fault:
    years = (earlier.birth_year, later.birth_year)
    if None not in years and years[0] != years[1]:
        message = (
            f"{quoted(person.name)} est aussi à la ligne {earlier.row}, avec une autre année de "
            f"naissance ({years[0]}, ici {years[1]}) : leurs suivis sont mélangés."
        )
        help_text = "Ce sont deux personnes : remplissez Précision (homonymes) sur les deux lignes."
    else:
        message = (
            f"{quoted(person.name)} est déjà à la ligne {earlier.row}, "
            f"{_period(earlier)} : les deux parcours se chevauchent."
        )
        help_text = (
            "Même personne : gardez une seule ligne, ou datez la sortie du premier parcours. "
            "Deux personnes : remplissez Précision (homonymes)."
        )
    return person_fault(context, later, "last_name", message, help_text)


def _period(row: PersonRow) -> str:
    begins = row.began
    since = f"depuis le {french_day(begins)}" if begins else "sans date d'inscription"
    return f"{since}, sortie le {french_day(row.exited)}" if row.exited else since


@rule("PER02", "Noms presque pareils", Severity.WARNING, "fiche n°17")
def nearly_same_name(context: Context) -> Iterator[Fault]:
    """Quoi : deux noms de Personnes ne diffèrent que par une lettre, ou par un espace.

    Pourquoi : c'est souvent la même personne, tapée deux fois ; son histoire est alors en deux
    morceaux. Rien n'est dit quand l'année de naissance, la civilité ou la précision diffèrent.

    Exemple qui échoue : « Lefebvre Karine » et « Lefevbre Karine ».

    Exemple qui passe : « Lefebvre Karine », née en 1980, et « Lefebvre Carine », née en 1994.

    Comment corriger : même personne, corriger le nom et réunir les lignes ; deux personnes,
    remplir l'année de naissance, ou accepter le constat.
    """
    persons = context.records.persons
    for one, other in near_pairs(persons):
        first, second = persons[one], persons[other]
        if first.latest.row > second.latest.row:
            first, second = second, first
        if (context.has_gone(first) and context.has_gone(second)) or _differ(first, second):
            continue
        yield person_fault(
            context,
            second.latest,
            "last_name",
            f"{quoted(second.name)} ressemble à {quoted(first.name)} "
            f"(ligne {first.latest.row}) : est-ce la même personne ?",
            "Même personne : corrigez le nom et réunissez les lignes. Sinon, remplissez l'année "
            "de naissance des deux, ou acceptez le constat dans Contrôle.",
            first.name,
        )


def _differ(one: Person, other: Person) -> bool:
    """Whether something typed says that they are two people."""
    return one.latest.precision.strip() != other.latest.precision.strip() or any(
        None not in (mine, theirs) and mine != theirs
        for mine, theirs in (
            (one.latest.birth_year, other.latest.birth_year),
            (one.latest.title, other.latest.title),
        )
    )


@rule("PER03", "Dates dans le désordre", Severity.ERROR, "exemple n°4")
def dates_out_of_order(context: Context) -> Iterator[Fault]:
    """Quoi : une date du parcours précède celle de l'étape d'avant (pré-accueil, entretien,
    inscription, sortie) ; ou la fin d'un contrat ou d'un PASS IAE précède son début, ou
    celle de sa suspension.

    Pourquoi : la fiche individuelle de suivi donne ces dates dans cet ordre ; les délais et les
    entrées de l'année sont comptés à partir d'elles.

    Exemple qui échoue : inscription le 18/04/2026, sortie le 18/03/2026.

    Exemple qui passe : entretien et inscription le même jour, le 18/04/2026.

    Comment corriger : reprendre les dates sur la fiche papier ; une année ou un mois a souvent été
    tapé pour un autre.
    """
    for row in context.records.people.rows:
        yield from _out_of_order(context, row, _STEPS)
        for span in _SPANS:
            yield from _out_of_order(context, row, span, YEARS_OF_A_CONTRACT)
        yield from _suspended_past_the_end(context, row)


def _suspended_past_the_end(context: Context, row: PersonRow) -> Iterator[Fault]:
    """A PASS suspended beyond its end: a suspension puts that end off by as much."""
    until, end = row.pass_suspended_until, row.pass_end
    if until is None or end is None or until <= end:
        return
    if is_far_off(until, context.on) or is_far_off(end, context.on, YEARS_OF_A_CONTRACT):
        return
    yield person_fault(
        context,
        row,
        "pass_suspended_until",
        f"PASS suspendu jusqu'au {french_day(until)}, après Fin de PASS IAE ({french_day(end)}).",
        "Vérifiez les deux dates : une suspension repousse d'autant la fin du PASS.",
        "pass_suspended_until",
    )


def _out_of_order(
    context: Context, row: PersonRow, steps: Sequence[str], years: int = 0
) -> Iterator[Fault]:
    """The dates of a row that precede the one before; PER17 says those of another age."""
    columns = context.records.people.spec.columns
    before: tuple[str, date] | None = None
    for field in steps:
        day: date | None = getattr(row, field)
        if day is None or is_far_off(day, context.on, years):
            continue
        if before is not None and day < before[1]:
            header, previous = columns[field].header, columns[before[0]].header
            yield person_fault(
                context,
                row,
                field,
                f"{header} ({french_day(day)}) précède {previous} ({french_day(before[1])}).",
                "Vérifiez les deux dates : l'une des deux a été mal tapée.",
                field,
            )
        before = (field, day)


@rule("PER22", "N° de PASS IAE mal formé", Severity.WARNING, "exemple n°4")
def malformed_pass_number(context: Context) -> Iterator[Fault]:
    """Quoi : un N° de PASS IAE n'a pas ses douze chiffres, ou contient autre chose.

    Pourquoi : c'est lui qui désigne la personne sur la plateforme de l'inclusion ; mal tapé, il
    n'y mène à personne.

    Exemple qui échoue : « 99999211234 », où il manque un chiffre.

    Exemple qui passe : « 999992112345 », ou « 99999 21 12345 » comme la plateforme le montre.

    Comment corriger : le reprendre sur l'attestation, ou sur la plateforme.
    """
    for row in context.records.people.rows:
        if row.pass_number and not pass_number(row.pass_number):
            yield person_fault(
                context,
                row,
                "pass_number",
                "Le N° de PASS IAE n'a pas douze chiffres.",
                "Reprenez-le sur l'attestation : cinq chiffres, deux, puis cinq.",
            )


@rule("PER04", "Pas d'accompagnateur", Severity.WARNING, "fiche n°19")
def no_advisor(context: Context) -> Iterator[Fault]:
    """Quoi : une personne suivie n'a pas d'accompagnateur.

    Pourquoi : la convention nomme l'accompagnateur, et la réunion d'équipe se prépare par
    accompagnateur : sans lui, personne ne porte le suivi.

    Exemple qui échoue : inscription le 05/01/2026, Accompagnateur vide.

    Exemple qui passe : Accompagnateur vide, mais la personne est sortie, ou n'est pas encore
    inscrite.

    Comment corriger : choisir dans la liste, qui vient de Paramètres.
    """
    for row in _active_lacking(context, "advisor"):
        yield person_fault(
            context,
            row,
            "advisor",
            f"{quoted(row.person)} est dans la file active sans accompagnateur.",
            "Choisissez qui suit la personne ; la liste vient de Paramètres.",
        )


@rule("PER05", "Demande non notée", Severity.INFO, "fiche n°17, exemple n°4")
def no_request(context: Context) -> Iterator[Fault]:
    """Quoi : la demande, les attentes, les besoins ou les projets d'une personne suivie ne sont
    pas notés.

    Pourquoi : c'est le cap du parcours ; le type d'engagement se choisit d'après lui.

    Exemple qui échoue : inscription le 05/01/2026, demande vide.

    Exemple qui passe : « Cherche des missions de peinture, projet à préciser ».

    Comment corriger : noter la demande avec les mots de la personne, qui peut la lire.
    """
    for row in _active_lacking(context, "request"):
        yield person_fault(
            context,
            row,
            "request",
            f"La demande de {quoted(row.person)} n'est pas notée.",
            "Notez avec ses mots ce que la personne demande, attend ou projette.",
        )


def _active_lacking(context: Context, field: str) -> Iterator[PersonRow]:
    """The pathways of the active file whose cell is empty, where the workbook has the column."""
    table = context.records.people
    if field in table.columns:
        for row in table.rows:
            if row.person and row.is_active(context.on) and row.lacks(field):
                yield row
