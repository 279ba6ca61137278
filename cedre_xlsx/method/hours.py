"""Hours of work with their unit, laid on the days of a mission."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cedre_xlsx.method.days import working_days

_DAYS_A_WEEK, _MONTHS_A_YEAR = 7, 12
#: More than a life has: a number that is not of hours.
MOST_HOURS = 1_000_000


class Per(Enum):
    """What hours are of; the value is how it is typed after them."""

    MISSION = ""  # all of it
    DAY = "/jour"
    WEEK = "/sem"
    MONTH = "/mois"
    YEAR = "/an"


#: Hours of these are as many on every day of a mission.
EVEN = frozenset({Per.MISSION, Per.WEEK})


@dataclass(frozen=True, slots=True)
class Hours:
    """So many hours, in all or for each unit of time."""

    amount: float
    per: Per = Per.MISSION


def hours_between(
    start: date | None,
    end: date | None,
    hours: Hours | None,
    first: date,
    last: date,
    on: date,
) -> float:
    """The hours of a mission that fall from `first` to `last`, both days included.

    A mission goes from `start` to `end`, or to `on` (the date of the count) while it has no end.
    Hours in all are spread evenly over its days; hours by the week, over the seven days of each
    week; by the month or the year, over the days of each month or year; by the day, they count
    from Monday to Friday, the public holidays of France aside. 0 when dates or hours are missing,
    or the dates are reversed.
    """
    end = end or on
    if start is None or hours is None or end < start:
        return 0.0
    first, last = max(start, first), min(end, last)
    if last < first:
        return 0.0
    if hours.per is Per.MISSION:
        return hours.amount * _days(first, last) / _days(start, end)
    return hours.amount * _units(hours.per, first, last)


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _units(per: Per, first: date, last: date) -> float:
    """How many days of work, weeks, months or years there are, both days included."""
    match per:
        case Per.DAY:
            return working_days(first, last)
        case Per.WEEK:
            return _days(first, last) / _DAYS_A_WEEK
        case Per.MONTH:
            return _months(last) - _months(first) + 1 / _length_of_month(first)
        case _:
            return _years(last) - _years(first) + 1 / _length_of_year(first)


def _months(day: date) -> float:
    """The months of the calendar up to a day, itself included, its own by its days."""
    return day.year * _MONTHS_A_YEAR + day.month - 1 + day.day / _length_of_month(day)


def _years(day: date) -> float:
    """A day as a number of years: its own, and the part of it that is over."""
    return day.year + day.timetuple().tm_yday / _length_of_year(day)


def _length_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _length_of_year(day: date) -> int:
    return 366 if isleap(day.year) else 365
