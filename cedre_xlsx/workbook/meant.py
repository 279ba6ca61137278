"""What a cell of a column of days is, however it was typed."""

from __future__ import annotations

import re
from datetime import date

from cedre_xlsx.method.dates import from_serial
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.workbook.read.raw import Cell

_DATED = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})
_WRITTEN = re.compile(r"\s*(\d\d?)/(\d\d?)/(\d{4})\s*")


def is_dated(column: Column | None) -> bool:
    """Whether the cells of a column are days."""
    return column is not None and column.kind in _DATED


def meant_day(cell: Cell, *, date1904: bool) -> Cell:
    """A cell of a column of days: the same as a date, as the number of a cell that lost its
    format, and as a text; any other as it is.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        day = from_serial(cell, date1904=date1904)
        return day if day is not None and cell == int(cell) else cell
    if isinstance(cell, str) and (found := _WRITTEN.fullmatch(cell)):
        return _day(cell, *map(int, found.groups()))
    return cell


def _day(cell: str, day: int, month: int, year: int) -> Cell:
    try:
        return date(year, month, day)
    except ValueError:
        return cell
