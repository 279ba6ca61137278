"""An openpyxl workbook that remembers what its formulas give.

openpyxl writes formulas without values, and a preview or Excel's protected view would show an
empty form. So each formula is put with the value it has, and the values are written into the
package afterwards.
"""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.schema.lists import FORM_COLUMNS
from cedre_xlsx.schema.tables import LISTS_SHEET
from cedre_xlsx.workbook.styles import FONT

CachedValue = str | int | float | bool | date


class Book:
    """The workbook being written: its sheets, and the values of its formulas."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        default = self.workbook.active
        if default is not None:
            self.workbook.remove(default)
        self._set_default_font()
        self.values: dict[tuple[str, str], CachedValue] = {}
        self._next_list_column = 1

    def _set_default_font(self) -> None:
        """Widths of columns are counted in its digits: Calibri's differ where it is missing."""
        font = Font(name=FONT, size=10)
        self.workbook._fonts = IndexedList([font])  # type: ignore[attr-defined]
        self.workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]

    def sheet(self, title: str) -> Worksheet:
        """A new sheet, after the others."""
        made: Worksheet = self.workbook.create_sheet(title)
        return made

    def formula(self, sheet: Worksheet, ref: str, formula: str, value: CachedValue) -> None:
        """Put a formula in a cell, with the value it gives in this very workbook."""
        sheet[ref] = formula
        self.values[(sheet.title, ref)] = value

    @property
    def lists(self) -> Worksheet:
        """The hidden sheet `Listes`, made at its first use; it ends as the last tab."""
        if LISTS_SHEET in self.workbook.sheetnames:
            found: Worksheet = self.workbook[LISTS_SHEET]
            return found
        made = self.sheet(LISTS_SHEET)
        made.sheet_state = "hidden"
        return made

    def name(self, name: str, refers_to: str, *, hidden: bool = False) -> None:
        """Define a name of the whole workbook, for a range or a formula without its "="."""
        self.workbook.defined_names[name] = DefinedName(
            name, attr_text=refers_to, hidden=hidden or None
        )

    def take_list_columns(self, count: int) -> int:
        """Reserve columns of the hidden sheet `Listes`; gives the first one's 1-based index."""
        first = self._next_list_column
        if first + count >= FORM_COLUMNS.start and first < FORM_COLUMNS.stop:
            first = FORM_COLUMNS.stop
        self._next_list_column = first + count + 1
        return first
