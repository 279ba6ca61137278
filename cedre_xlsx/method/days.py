"""Months and days off, as deadlines are counted in France."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_DAYS_A_MONTH = 30  # of the part of a month after the decimal point
_WEEK_END = {5: "un samedi", 6: "un dimanche"}
_SATURDAY = min(_WEEK_END)

#: The day 0 of the numbers that spreadsheets keep dates as; the other is that of Excel for Mac.
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def epoch_of(*, date1904: bool) -> date:
    """The day from which a workbook counts its dates."""
    return EPOCH_1904 if date1904 else EPOCH


def add_months(day: date, months: float) -> date:
    """The same day of the month, so many months later; its last day where there is none.

    31 January and one month is the last day of February. Past the last year of the calendar,
    its last day.
    """
    whole = int(months)
    years, month = divmod(day.month - 1 + whole, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    last = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(day.day, last))
    rest = timedelta(days=round((months - whole) * _DAYS_A_MONTH))
    return moved + rest if rest < date.max - moved else date.max


def day_off(day: date) -> str:
    """Why nobody is there: "un samedi", "férié (Ascension)"; "" on a working day."""
    return _WEEK_END.get(day.weekday()) or _holiday(day)


def working_days(first: date, last: date) -> int:
    """How many days people work from one to the other, both included; 0 when reversed."""
    if last < first:
        return 0
    weeks, rest = divmod((last - first).days + 1, 7)
    left = sum((first.weekday() + index) % 7 < _SATURDAY for index in range(rest))
    holidays = _holidays_of_the_week()
    off = bisect_right(holidays, last) - bisect_left(holidays, first)
    return weeks * _SATURDAY + left - off


def _holiday(day: date) -> str:
    name = _public_holidays().get(day)
    return f"un jour férié ({name})" if name else ""


@cache
def _public_holidays() -> dict[date, str]:
    """The public holidays of France, from 1950 to 2100.

    The table is made by `docs/make.py` with the library holidays, which itself takes longer to
    load than a whole check.
    """
    table = Path(__file__).with_name("public_holidays.csv").read_text(encoding="utf-8")
    lines = (line.partition(";") for line in table.splitlines())
    return {date.fromisoformat(day): name for day, _, name in lines}


@cache
def _holidays_of_the_week() -> list[date]:
    """Those from Monday to Friday, in their order; two on one day are one."""
    return sorted(day for day in _public_holidays() if day.weekday() < _SATURDAY)
