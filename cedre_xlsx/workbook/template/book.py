"""An openpyxl workbook that remembers what its formulas give.

openpyxl writes formulas without values, and a preview or Excel's protected view would show an
empty form. So each formula is put with the value it has, and the values are written into the
package afterwards.
"""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

CachedValue = str | int | float | bool | date


class Book:
    """The workbook being written: its sheets, and the values of its formulas."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        default = self.workbook.active
        if default is not None:
            self.workbook.remove(default)
        self.values: dict[tuple[str, str], CachedValue] = {}
        self._next_list_column = 1

    def sheet(self, title: str) -> Worksheet:
        """A new sheet, after the others."""
        made: Worksheet = self.workbook.create_sheet(title)
        return made

    def formula(self, sheet: Worksheet, ref: str, formula: str, value: CachedValue) -> None:
        """Put a formula in a cell, with the value it gives in this very workbook."""
        sheet[ref] = formula
        self.values[(sheet.title, ref)] = value

    def take_list_columns(self, count: int) -> int:
        """Reserve columns of the hidden sheet `Listes`; gives the first one's 1-based index."""
        first = self._next_list_column
        self._next_list_column += count + 1
        return first
