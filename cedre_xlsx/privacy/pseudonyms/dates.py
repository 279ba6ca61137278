"""Days moved by whole weeks, in cells and in texts, each in the spelling that it has."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from cedre_xlsx.method.dates import FoundDate, clean, find_dates
from cedre_xlsx.workbook.read.raw import Cell

_PARTS = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
_MONTH_NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_YEAR_DIGITS = 4


def moved_day(cell: Cell, offset: timedelta) -> Cell:
    """A day, or a moment, so much later; at the ends of the calendar it stays."""
    if isinstance(cell, (date, datetime)):
        try:
            return cell + offset
        except OverflowError:
            return cell
    return cell


def moved_text(text: str, offset: timedelta, on: date, after: date | None) -> str:
    """A text whose dates are so much later: « 18/04/26 tél » two weeks on is « 02/05/26 tél ».

    A day without its year is moved as of the year that the date of its row, or `on`, gives it. A
    period (« fin juin », « sous 3 mois ») stays. Spaces become single ones.
    """
    tidy = clean(text)
    if not offset:
        return tidy
    for found in sorted(find_dates(tidy), key=lambda one: -one.start):
        day = found.on_calendar(on, after or date(on.year, 1, 1))
        if isinstance(day, date):
            later = moved_day(day, offset)
            if isinstance(later, date):
                made = _in_shape(tidy[found.start : found.end], found, later)
                tidy = tidy[: found.start] + made + tidy[found.end :]
    return tidy


def _in_shape(typed: str, found: FoundDate, day: date) -> str:
    """Another day in the spelling of a typed one."""
    parts = _PARTS.findall(typed)
    figures = [index for index, part in enumerate(parts) if part.isdigit()]
    names = [index for index, part in enumerate(parts) if part.isalpha() and part != "er"]
    iso = bool(figures) and len(parts[figures[0]]) == _YEAR_DIGITS
    wanted = [day.year, day.month, day.day] if iso else [day.day, day.month, day.year]
    if names:
        wanted = [day.day, day.year]
        parts[names[-1]] = (
            _MONTH_NAMES[day.month - 1] if day.month != found.month else parts[names[-1]]
        )
        if len(names) > 1 or not figures or int(parts[figures[0]]) != found.day:
            year = f" {day.year}" if found.year is not None else ""
            return f"{day.day} {_MONTH_NAMES[day.month - 1]}{year}"
    if len(figures) > len(wanted):
        return typed
    for index, number in zip(figures, wanted, strict=False):
        parts[index] = _as_long(number, parts[index], pads=not names)
    made = "".join(parts)
    return re.sub(r"\b(\d+)er\b", r"\1", made) if day.day != 1 else made


def _as_long(number: int, typed: str, *, pads: bool) -> str:
    """A number with the zeros, or without the century, that a typed one has."""
    if number > 31:  # a year
        return str(number)[-len(typed) :] if len(typed) < _YEAR_DIGITS else str(number)
    is_padded = typed.startswith("0") or (pads and len(typed) > 1)
    return str(number).zfill(2) if is_padded else str(number)
