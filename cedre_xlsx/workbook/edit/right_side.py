"""What stands at the right of a table, in its rows: where a column may be added."""

from __future__ import annotations

from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.raw import is_blank

_LAST_COLUMN = 16_384
#: Columns beyond which none is looked for: what stands there is another page.
_FAR = 100


class RightSide:
    """The rows of a table, from its headings to its last line, and the columns right of it.

    `first` and `last` are the table's columns, headings typed right beside it included; `heading`
    and `bottom` its rows, `heading` being 0 where no row shows them.
    """

    def __init__(self, found: Located, cells: SheetCells, table_last: int) -> None:
        self._sheet = found.sheet
        self._cells = cells
        self._table = found.table
        sheet, numbers = found.sheet, found.sheet.row_numbers
        known = {sheet.column_number(one) for one in (*found.columns.values(),)}
        own = {sheet.column_number(one) for one in found.extra.values()}
        self.heading = found.heading_row_number
        self.shows_headings = any(
            heading_key(sheet.cell(found.heading_row, one)) for one in found.columns.values()
        )
        lines = [numbers[index] for index in found.rows]
        self.bottom = max([self.heading + 1, *lines[-1:]])
        self.first, self.last = min(known), table_last or max(known)
        if found.table is not None:
            self.bottom = max(self.bottom, found.table.last_row)
            self.first = min(self.first, found.table.first_column)
        while self.last + 1 in known | own:
            self.last += 1
        self._beside = self.last
        self._taken: set[int] = set()

    @property
    def following(self) -> int:
        """The column right after the last one."""
        return self.last + 1

    @property
    def beyond(self) -> int:
        """The first free column further right; 0 without one near."""
        places = range(self.last + 2, min(self.last + _FAR, _LAST_COLUMN) + 1)
        return next((one for one in places if self.is_free(one)), 0)

    def may_join(self, last: int) -> bool:
        """Whether a table that ends in the column `last` may take what is headed beside it."""
        beside = Area(max(self.heading, 1), last + 1, self.bottom, self._beside)
        return last >= self._beside or not any(beside.overlaps(one) for one in self._cells.merged)

    def take(self, number: int) -> None:
        """A column is taken, as the last one where it stands right after it."""
        self._taken.add(number)
        if number == self.last + 1:
            self.last = number

    def is_free(self, number: int) -> bool:
        """Whether nothing stands in a column, in the rows of the table."""
        if number > _LAST_COLUMN or number in self._taken:
            return False
        place = Area(max(self.heading, 1), number, self.bottom, number)
        others = [
            Area(one.first_row, one.first_column, one.last_row, one.last_column)
            for one in self._sheet.tables
            if one is not self._table
        ]
        around = (*others, *self._cells.merged, *self._cells.spilled)
        return not any(place.overlaps(one) for one in around) and not self._is_filled(number)

    def _is_filled(self, number: int) -> bool:
        sheet, rows = self._sheet, range(self.heading, self.bottom + 1)
        state = sheet.state
        computed = frozenset[int]() if state is None else state.formulas.get(number, frozenset())
        if any(row in rows for row in (*computed, *sheet.lacking.get(number, ()))):
            return True
        index = sheet.column_index(number)
        numbers = sheet.column_numbers
        if index >= len(numbers) or numbers[index] != number:
            return False
        first, last = sheet.row_index(self.heading), sheet.row_index(self.bottom + 1)
        return any(not is_blank(sheet.cell(row, index)) for row in range(first, last))
