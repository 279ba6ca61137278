"""PER17, SUI17, ENG20, MIS07: years that nobody meant. A missed digit hides a whole pathway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import (
    YEARS_AHEAD,
    YEARS_OF_A_CONTRACT,
    YEARS_OF_A_DEADLINE,
    is_far_off,
    likely_year,
)
from cedre_xlsx.method.values import Deadline
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.engagements import engagement_fault
from cedre_xlsx.rules.follow_up import action_fault
from cedre_xlsx.rules.missions import mission_fault
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.records import barrier_key

#: Where the year that was meant is looked for, around that of the row or of the count.
_NEAR = 5

_DEEDS_OF_PEOPLE = ("pre_reception", "interview", "registered", "exited", "informed_on",
                     "pass_start", "contract_start")  # fmt: skip
_PROMISES_TO_PEOPLE = ("paused_until", "contract_end", "pass_end", "pass_suspended_until")


class _Odd(NamedTuple):
    """A date of a row that cannot be meant, and how to say so."""

    field: str
    message: str
    help: str


def _far_off(
    row: Row,
    context: Context,
    deeds: tuple[str, ...],
    promises: tuple[str, ...],
    ahead: int = YEARS_OF_A_DEADLINE,
) -> Iterator[_Odd]:
    """The dates of a row that are far off: what was done, `deeds`, and what is promised."""
    on = context.on
    for field in (*deeds, *promises):
        day = _day(row, field)
        if day is None or not is_far_off(day, on, ahead if field in promises else YEARS_AHEAD):
            continue
        first, last = _years_meant(row, deeds if field in promises else (), on)
        likely = likely_year(day, first.year, last)
        if likely is not None and likely < first:
            likely = None
        yield _Odd(
            field,
            f"{_words(row, field)} : l'année {day.year} est invraisemblable.",
            f"Vouliez-vous dire {french_day(likely)} ?"
            if likely
            else "Vérifiez l'année : une date si lointaine n'est comptée nulle part.",
        )


def _years_meant(row: Row, deeds: tuple[str, ...], on: date) -> tuple[date, int]:
    """Where the year is looked for: from the deed that a promise follows, else around `on`."""
    for name in deeds:
        day = _day(row, name)
        if day is not None and not is_far_off(day, on):
            return day, day.year + _NEAR
    return date(max(on.year - _NEAR, date.min.year), 1, 1), on.year + YEARS_AHEAD


def _day(row: Row, field: str) -> date | None:
    value: Any = getattr(row, field)
    found: date | None = value if value is None or isinstance(value, date) else value.day
    return found


def _words(row: Row, field: str) -> str:
    """The date as typed, or as a true date shows it."""
    value: Any = getattr(row, field)
    typed = "" if isinstance(value, date) else value.text.strip()
    day = _day(row, field)
    if typed:
        return quoted(typed)
    return quoted(french_day(day)) if day else ""


@rule("PER17", "Année invraisemblable", Severity.WARNING, "exemple n°4")
def people_year(context: Context) -> Iterator[Fault]:
    """Quoi : une date de Personnes ou de Freins est de plus de quarante ans en arrière, ou d'après
    l'an prochain (d'après dix ans pour une fin de contrat, de PASS IAE ou de pause).

    Pourquoi : un chiffre tapé pour un autre sort la personne des entrées de l'année, et rien ne le
    montre.

    Exemple qui échoue : inscription le 05/01/1926, ou le 05/01/2062.

    Exemple qui passe : inscription le 05/01/2003 ; fin de PASS IAE dans deux ans.

    Comment corriger : retaper l'année, en quatre chiffres.
    """
    for row in context.records.people.rows:
        for odd in _far_off(
            row, context, _DEEDS_OF_PEOPLE, _PROMISES_TO_PEOPLE, YEARS_OF_A_CONTRACT
        ):
            yield person_fault(context, row, odd.field, odd.message, odd.help, odd.field)
    barriers = context.records.barriers
    for barrier in barriers.rows:
        for odd in _far_off(barrier, context, ("identified", "lifted"), ()):
            place = barriers.place(barrier, odd.field)
            name = context.records.canonical_name(barrier.person) or barrier.person
            key = "|".join((barrier_key(barrier), odd.field))
            yield Fault(place, odd.message, odd.help, name, key)


@rule("SUI17", "Année invraisemblable (Suivi)", Severity.WARNING, "exemple n°4")
def action_year(context: Context) -> Iterator[Fault]:
    """Quoi : la date d'une action est de plus de quarante ans en arrière, ou d'après l'an
    prochain ; ou son échéance est d'après cinq ans.

    Pourquoi : un chiffre tapé pour un autre sort l'action des comptes de l'année, ou repousse son
    échéance si loin qu'elle ne sera jamais en retard.

    Exemple qui échoue : Dates 12/05/2062 ; Échéance 30/06/2206.

    Exemple qui passe : au 12/05/2026, un rendez-vous le 08/01/2027, une échéance en 2030.

    Comment corriger : retaper l'année, en quatre chiffres.
    """
    for line in context.actions:
        for odd in _far_off(line.row, context, ("dated",), ("deadline",)):
            yield action_fault(context, line, odd.field, odd.message, odd.help)


@rule("ENG20", "Année invraisemblable (Engagements)", Severity.WARNING, "fiche n°19")
def engagement_year(context: Context) -> Iterator[Fault]:
    """Quoi : la date d'un engagement ou de son bilan est de plus de quarante ans en arrière, ou
    d'après l'an prochain ; ou son échéance est d'après cinq ans.

    Pourquoi : les engagements se comptent par année ; avec une fausse année, celui-ci n'est compté
    dans aucune, ou son bilan n'est jamais en retard.

    Exemple qui échoue : Date 15/01/2062 ; Échéance 15/04/2206.

    Exemple qui passe : Date 15/01/2003 ; Échéance dans trois ans, pour un TEMPLUS.

    Comment corriger : retaper l'année, d'après la convention.
    """
    for line in context.engagements:
        for odd in _far_off(
            line.row, context, ("agreed", "reviewed"), ("deadline", "review_planned")
        ):
            yield engagement_fault(context, line, odd.field, odd.message, odd.help, odd.field)


@rule("MIS07", "Année invraisemblable (Missions)", Severity.WARNING, "exemple n°4")
def mission_year(context: Context) -> Iterator[Fault]:
    """Quoi : le début d'une mission est de plus de quarante ans en arrière, ou d'après l'an
    prochain ; ou sa fin est d'après cinq ans.

    Pourquoi : les heures se comptent par année ; avec une fausse année, elles n'y sont plus, ou
    s'étalent sur des dizaines d'années.

    Exemple qui échoue : Début 20/04/1926 ; Fin 24/04/2206.

    Exemple qui passe : Début le 04/01 de l'an prochain, une mission convenue.

    Comment corriger : retaper l'année, d'après le contrat de mise à disposition.
    """
    for line in context.missions:
        for odd in _far_off(line.row, context, ("start",), ("end",)):
            yield mission_fault(context, line, odd.field, odd.message, odd.help)


def deadline_is_far_off(deadline: Deadline | None, on: date) -> bool:
    """Whether a deadline's year is already said to be implausible."""
    return (
        deadline is not None
        and deadline.day is not None
        and is_far_off(deadline.day, on, YEARS_OF_A_DEADLINE)
    )
