"""How long an immersion (PMSMP) may last: one convention, and all those with one host.

The limits are data with their date and their source, as rules that change are. Days are those of
the calendar, both ends included: the workbook has the dates of the convention, not the days on
which the person was there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from cedre_xlsx.method.days import add_months


@dataclass(frozen=True, slots=True)
class ImmersionLimits:
    """The limits in force from a day on, in days of the calendar.

    `confirmed` says what was read and where, `to_confirm` what was not.
    """

    since: date
    convention_days: int
    host_days: int
    host_months: int
    source: str
    confirmed: str
    to_confirm: str


#: In the order of their days; a new rule is a line more.
LIMITS: tuple[ImmersionLimits, ...] = (
    ImmersionLimits(
        since=date(2014, 11, 13),
        convention_days=31,
        host_days=60,
        host_months=12,
        source="Code du travail, D. 5135-1 et suivants (décret n° 2014-1360 du 13/11/2014)",
        confirmed=(
            "Lu en novembre 2026. Un mois au plus par convention, de date à date, présence "
            "continue ou non : fiches PMSMP du Carif-Oref de Normandie et de l'UNSA ; le service "
            "public Immersion facilitée refuse plus de 30 jours entre les deux dates, soit 31 "
            "jours avec elles. Deux mois au plus sur douze chez un même hôte, toutes conventions "
            "comprises : fiche du Carif-Oref de Normandie."
        ),
        to_confirm=(
            "Les numéros des articles, le jour d'entrée en vigueur, et si les deux mois sont 60 "
            "jours de convention ou de présence : le texte du code n'a pas pu être lu."
        ),
    ),
)


def limits_on(day: date) -> ImmersionLimits | None:
    """The limits in force that day; None before there were any."""
    return next((one for one in reversed(LIMITS) if one.since <= day), None)


def calendar_days(first: date, last: date) -> int:
    """How many days from one to the other, both included."""
    return (last - first).days + 1


class Span(NamedTuple):
    """An immersion: its first and its last day."""

    first: date
    last: date


class Crowd(NamedTuple):
    """A window of months and how many of its days are days of immersion, each counted once."""

    first: date
    last: date
    days: int


def days_of(spans: Iterable[Span]) -> list[int]:
    """The days of immersions as ordinal numbers, in their order, each once."""
    return sorted({number for one in spans for number in _numbers(one)})


def crowded_window(days: Sequence[int], within: Span, months: int) -> Crowd:
    """Of the windows of so many months that end within one immersion, the one with most `days`.

    The latest of them where several have as many.
    """
    best = Crowd(within.first, within.first, 0)
    for number in _numbers(within):
        last = date.fromordinal(number)
        first = add_months(last, -months) + timedelta(days=1)
        count = bisect_right(days, number) - bisect_left(days, first.toordinal())
        if count >= best.days:
            best = Crowd(first, last, count)
    return best


def _numbers(span: Span) -> range:
    return range(span.first.toordinal(), span.last.toordinal() + 1)
