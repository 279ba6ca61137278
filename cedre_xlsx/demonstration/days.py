"""Days on which an association works."""

from __future__ import annotations

from datetime import date, timedelta

from cedre_xlsx.method.days import day_off

_ONE = timedelta(days=1)


def working_day(day: date) -> date:
    """That day, or the last working day before it."""
    while day_off(day):
        day -= _ONE
    return day


def next_working_day(day: date) -> date:
    """That day, or the first working day after it."""
    while day_off(day):
        day += _ONE
    return day
