"""The hours of a mission counted day by day, without the arithmetic of the product."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.schema.missions import MissionRow

_HOLIDAYS = holidays.country_holidays("FR", years=range(2019, 2036))


def typed_hours(row: MissionRow) -> Hours | None:
    """What counts of the two columns: Heures first; a number is of its column's own unit."""
    if row.hours is not None:
        return row.hours if isinstance(row.hours, Hours) else Hours(row.hours, Per.MISSION)
    weekly = row.weekly_hours
    return weekly if weekly is None or isinstance(weekly, Hours) else Hours(weekly, Per.WEEK)


def hours_by_hand(start: date, end: date, hours: Hours | None, first: date, last: date) -> float:
    """The hours of the days of a mission that are from `first` to `last`, added one by one."""
    if hours is None or end < start:
        return 0.0
    if hours.per is Per.MISSION:
        length = len(list(_days(start, end)))
        return sum(hours.amount / length for _ in _days(max(start, first), min(end, last)))
    return sum(
        hours.amount * _share(hours.per, day) for day in _days(max(start, first), min(end, last))
    )


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


@cache
def _share(per: Per, day: date) -> float:
    """What part of the unit one day is."""
    return {
        Per.DAY: float(day.weekday() < 5 and day not in _HOLIDAYS),
        Per.WEEK: 1 / 7,
        Per.MONTH: 1 / monthrange(day.year, day.month)[1],
        Per.YEAR: 1 / (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days,
    }[per]
