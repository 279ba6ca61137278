"""The date that someone probably meant where what they typed is none, in its own year."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from cedre_xlsx.method.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    FoundDate,
    clean,
    find_dates,
    from_serial,
    nearest_century,
)
from cedre_xlsx.method.plausibility import likely_year
from cedre_xlsx.workbook.read.raw import Cell

#: Letters that are taken for figures, where figures or bars stand beside them.
_LETTERS = str.maketrans("oOlIi|", "001111")
_LIKE_A_DATE = re.compile(
    r"(?<![^\W_])[0-9oOlIi|]{1,2}([/.\-])[0-9oOlIi|]{1,2}(?:\1[0-9oOlIi|]{2,4})?"
)
_SERIAL = re.compile(r"[34][0-9]{4}")
_YEARS_BACK, _YEARS_AHEAD = 5, 1
_MONTHS = 12


def proposed_day(cell: Cell, on: date, row_date: date | None = None) -> date | None:
    """The nearest real date to what is typed; None where nothing in it looks like one.

    A deadline without a year is the first such day from the date of its line on.
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return likely_year(day, on.year - _YEARS_BACK, on.year + _YEARS_AHEAD)
    if not isinstance(cell, str):
        return None
    text = clean(cell)
    if _SERIAL.fullmatch(text):  # a date that lost its format, then pasted as a text
        return from_serial(int(text))
    found = find_dates(text) or find_dates(_LIKE_A_DATE.sub(_in_figures, text))
    return _real(found[0], on, row_date) if found else None


def _in_figures(match: re.Match[str]) -> str:
    return match[0].translate(_LETTERS)


def _real(found: FoundDate, on: date, row_date: date | None) -> date | None:
    """The date with a month and a day that exist, and a year that may be meant."""
    day, month = found.day, found.month
    if month > _MONTHS >= day:
        day, month = month, day
    if not 1 <= month <= _MONTHS or day < 1:
        return None
    if found.year is None and row_date is not None:
        same_year = _on(row_date.year, month, day)
        return same_year if same_year >= row_date else _on(row_date.year + 1, month, day)
    if found.year is None:
        this_year = _on(on.year, month, day)
        return this_year if this_year <= on else _on(on.year - 1, month, day)
    year = nearest_century(found.year, on) if found.short_year else found.year
    if FIRST_YEAR <= year <= LAST_YEAR:
        return _on(year, month, day)
    if not date.min.year <= year <= date.max.year:
        return None
    return likely_year(_on(year, month, day), on.year - _YEARS_BACK, on.year + _YEARS_AHEAD)


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
