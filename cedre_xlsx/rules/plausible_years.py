"""PER17, SUI17, ENG20, MIS07: years that nobody meant. A missed digit hides a whole pathway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import (
    EARLIEST,
    YEARS_OF_A_CONTRACT,
    YEARS_OF_A_PROMISE,
    is_far_off,
    likely_year,
)
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.engagements import engagement_fault
from cedre_xlsx.rules.follow_up import action_fault
from cedre_xlsx.rules.missions import mission_fault
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import Kind, Row, columns_of
from cedre_xlsx.schema.findings import Severity

#: Where the year that was meant is looked for, around that of the row or of the count.
_NEAR = 5

_DATED = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})
#: What is promised and not a deadline; any other date is of what happens.
_PROMISES = {
    "paused_until": YEARS_OF_A_PROMISE, "pass_suspended_until": YEARS_OF_A_PROMISE,
    "end": YEARS_OF_A_PROMISE, "contract_end": YEARS_OF_A_CONTRACT,
    "pass_end": YEARS_OF_A_CONTRACT,
}  # fmt: skip


@cache
def _dates_of(model: type[Row]) -> Mapping[str, int]:
    """Each date of a row, with how many years ahead it may be promised, 0 for what happens."""
    return {
        field: YEARS_OF_A_PROMISE if column.kind is Kind.DEADLINE else _PROMISES.get(field, 0)
        for field, column in columns_of(model).items()
        if column.kind in _DATED
    }


class _Odd(NamedTuple):
    """A date of a row that cannot be meant, and how to say so."""

    field: str
    message: str
    help: str


def _far_off(row: Row, on: date) -> Iterator[_Odd]:
    """The dates of a row that are far off."""
    for field, years in _dates_of(type(row)).items():
        for day in _days(row, field):
            if is_far_off(day, on, years):
                break
        else:
            continue
        likely = _likely(row, day, on, promised=bool(years))
        if likely is not None and is_far_off(likely, on, years):
            likely = None
        yield _Odd(
            field,
            f"{_words(row, field)} : l'année {day.year} est invraisemblable, {_why(day, years)}.",
            f"Vouliez-vous dire {french_day(likely)} ?"
            if likely
            else "Vérifiez l'année : une date si lointaine n'est comptée nulle part.",
        )


def _why(day: date, years: int) -> str:
    if day < EARLIEST:
        return f"avant {EARLIEST.year}"
    return f"dans plus de {_SPELLED[years]} ans" if years else "après l'an prochain"


_SPELLED = {YEARS_OF_A_PROMISE: "trois", YEARS_OF_A_CONTRACT: "dix"}


def _likely(row: Row, day: date, on: date, *, promised: bool) -> date | None:
    """The same day in the year that is probably meant: a promise follows what the row tells of,
    within a year before all; else it is near the day of the count.
    """
    first = _deed(row, on) if promised else None
    if first is None:
        return likely_year(day, on.year - _NEAR, on.year + 1)
    next_year = first.year + ((day.month, day.day) < (first.month, first.day))
    for last in (next_year, first.year + _NEAR):
        likely = likely_year(day, next_year, last)
        if likely is not None:
            return likely
    return None


def _deed(row: Row, on: date) -> date | None:
    """The first thing that the row tells of, years far off aside."""
    for field, years in _dates_of(type(row)).items():
        for day in () if years else _days(row, field):
            if not is_far_off(day, on):
                return day
    return None


def _days(row: Row, field: str) -> tuple[date, ...]:
    """The day of a cell; of a deadline that was moved, the first one too."""
    value: date | DatedText | Deadline | None = getattr(row, field)
    if value is None or isinstance(value, date):
        return () if value is None else (value,)
    if value.day is None:
        return ()
    if isinstance(value, Deadline) and value.first not in (None, value.day):
        return value.day, value.first
    return (value.day,)


def _words(row: Row, field: str) -> str:
    """The date as typed, or as a true date shows it."""
    value: Any = getattr(row, field)
    typed = "" if isinstance(value, date) else value.text.strip()
    return quoted(typed or french_day(_days(row, field)[0]))


@rule("PER17", "Année invraisemblable", Severity.WARNING, "exemple n°4")
def people_year(context: Context) -> Iterator[Fault]:
    """Quoi : une date de Personnes ou de Freins est d'avant 1990, ou d'après l'an prochain (dans
    plus de trois ans pour une fin de pause ou de suspension, de dix pour une fin de contrat ou de
    PASS IAE, que les plus de 57 ans peuvent avoir). L'année de naissance a sa règle, PER18.

    Pourquoi : un chiffre tapé pour un autre sort la personne des entrées de l'année, et rien ne le
    montre.

    Exemple qui échoue : inscription le 05/01/1926, ou le 05/01/2062.

    Exemple qui passe : inscription le 05/01/2003 ; fin de PASS IAE dans deux ans.

    Comment corriger : retaper l'année, en quatre chiffres.
    """
    for row in context.records.people.rows:
        for odd in _far_off(row, context.on):
            yield person_fault(context, row, odd.field, odd.message, odd.help, odd.field)
    barriers = context.records.barriers
    for barrier in barriers.rows:
        for odd in _far_off(barrier, context.on):
            place = barriers.place(barrier, odd.field)
            name = context.records.name_or_typed(barrier.person)
            key = "|".join((barrier.key, odd.field))
            yield Fault(place, odd.message, odd.help, name, key)


@rule("SUI17", "Année invraisemblable (Suivi)", Severity.WARNING, "exemple n°4")
def action_year(context: Context) -> Iterator[Fault]:
    """Quoi : la date d'une action, ou son échéance, est d'avant 1990 ; ou l'action est d'après l'an
    prochain, ou son échéance dans plus de trois ans.

    Pourquoi : un chiffre tapé pour un autre sort l'action des comptes de l'année, ou repousse son
    échéance si loin qu'elle ne sera jamais en retard.

    Exemple qui échoue : Dates 12/05/2062 ; Échéance 30/06/2206.

    Exemple qui passe : au 12/05/2026, un rendez-vous le 08/01/2027, une échéance le 12/05/2029.

    Comment corriger : retaper l'année, en quatre chiffres.
    """
    for line in context.actions:
        for odd in _far_off(line.row, context.on):
            yield action_fault(context, line, odd.field, odd.message, odd.help)


@rule("ENG20", "Année invraisemblable (Engagements)", Severity.WARNING, "fiche n°19")
def engagement_year(context: Context) -> Iterator[Fault]:
    """Quoi : une date d'un engagement, d'une échéance ou d'un bilan est d'avant 1990 ; ou
    l'engagement ou son bilan est d'après l'an prochain, ou l'échéance dans plus de trois ans.

    Pourquoi : les engagements se comptent par année ; avec une fausse année, celui-ci n'est compté
    dans aucune, ou son bilan n'est jamais en retard.

    Exemple qui échoue : Date 15/01/2062 ; Échéance 15/04/2206.

    Exemple qui passe : Date 15/01/2003 ; Échéance dans trois ans, pour un TEMPLUS.

    Comment corriger : retaper l'année, d'après la convention.
    """
    for line in context.engagements:
        for odd in _far_off(line.row, context.on):
            yield engagement_fault(context, line, odd.field, odd.message, odd.help, odd.field)


@rule("MIS07", "Année invraisemblable (Missions)", Severity.WARNING, "exemple n°4")
def mission_year(context: Context) -> Iterator[Fault]:
    """Quoi : une mission commence ou finit avant 1990 ; ou elle commence après l'an prochain, ou
    finit dans plus de trois ans.

    Pourquoi : les heures se comptent par année ; avec une fausse année, elles n'y sont plus, ou
    s'étalent sur des dizaines d'années.

    Exemple qui échoue : Début 20/04/1926 ; Fin 24/04/2206.

    Exemple qui passe : Début le 04/01 de l'an prochain, une mission convenue.

    Comment corriger : retaper l'année, d'après le contrat de mise à disposition.
    """
    for line in context.missions:
        for odd in _far_off(line.row, context.on):
            yield mission_fault(context, line, odd.field, odd.message, odd.help)


def deadline_is_far_off(deadline: Deadline | None, on: date) -> bool:
    """Whether a deadline's year is already said to be implausible."""
    return deadline is not None and is_far_off(deadline.day, on, YEARS_OF_A_PROMISE)
