"""Cells as they are compared, and as a reader is shown them."""

from __future__ import annotations

import re
from datetime import date

from cedre_xlsx.method.dates import from_serial
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell

#: What is said beside a cell that a formula computes.
COMPUTED = " (formule)"
_DATED = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})
#: Numbers that are days of this century in either system of dates.
_FIRST_DAY, _LAST_DAY = 36_526, 73_050
_WRITTEN = re.compile(r"\s*(\d\d)/(\d\d)/(\d{4})\s*")


class Printer:
    """The prints of the cells of one copy.

    A day is the same as a date, as the number of a cell that lost its format, and as a text.
    """

    def __init__(self, *, date1904: bool) -> None:
        self._prints = CellPrints(b"compare")
        self._date1904 = date1904

    def of(self, cell: Cell, column: Column | None = None) -> str:
        """The print of a cell; "" for a blank one."""
        return self._prints.of(cell if column is None else self.meant(cell, column))

    def meant(self, cell: Cell, column: Column | None) -> Cell:
        """What a cell is, in a column of days."""
        if column is None or column.kind not in _DATED:
            return cell
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            is_day = _FIRST_DAY <= cell <= _LAST_DAY and cell == int(cell)
            return from_serial(cell, date1904=self._date1904) if is_day else cell
        if isinstance(cell, str) and (found := _WRITTEN.fullmatch(cell)):
            return _day(cell, *map(int, found.groups()))
        return cell


def _day(cell: str, day: int, month: int, year: int) -> Cell:
    try:
        return date(year, month, day)
    except ValueError:
        return cell


def shown(cell: Cell, *, computed: bool = False) -> str:
    """A cell's text, and that a formula makes it; "" for a blank one."""
    text = plain_text(cell).replace("\r\n", "\n").strip()
    return text + COMPUTED if computed else text


def address(column: int, row: int) -> str:
    """The address of a cell, from 1 on: "D12"; "" for one that is nowhere."""
    return f"{column_letter(column)}{row}" if column and row else ""
