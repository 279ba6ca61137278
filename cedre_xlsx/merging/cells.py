"""Cells as they are compared, and as a reader is shown them."""

from __future__ import annotations

from cedre_xlsx.schema.columns import Column
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.meant import is_dated, meant_day
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell

#: What is said beside a cell that a formula computes.
COMPUTED = " (formule)"


class Printer:
    """The prints of the cells of one copy; a day has the same however it was typed."""

    def __init__(self, *, date1904: bool) -> None:
        self._prints = CellPrints(b"compare")
        self._date1904 = date1904

    def of(self, cell: Cell, column: Column | None = None) -> str:
        """The print of a cell; "" for a blank one."""
        return self._prints.of(cell if column is None else self.meant(cell, column))

    def meant(self, cell: Cell, column: Column | None) -> Cell:
        """What a cell is, in a column of days."""
        return meant_day(cell, date1904=self._date1904) if is_dated(column) else cell


def shown(cell: Cell, *, computed: bool = False) -> str:
    """A cell's text, and that a formula makes it; "" for a blank one."""
    text = plain_text(cell).replace("\r\n", "\n").strip()
    return text + COMPUTED if computed else text


def address(column: int, row: int) -> str:
    """The address of a cell, from 1 on: "D12"; "" for one that is nowhere."""
    return f"{column_letter(column)}{row}" if column and row else ""
