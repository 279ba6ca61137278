"""Lines added to a table of Paramètres, which other tables stand beside: no row is of one alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.settings import HeadingMapping
from cedre_xlsx.schema.state import Area
from cedre_xlsx.schema.tables import CHOICE_TABLES, TableSpec
from cedre_xlsx.workbook.edit.model import CellChange, CellValue, NewRow, PlacedRow, Unwritten
from cedre_xlsx.workbook.edit.pen import PROTECTED, Pen
from cedre_xlsx.workbook.edit.places import FOREIGN
from cedre_xlsx.workbook.edit.rows import EMPTY, NO_COLUMN, AddedLines
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.row_adding import extended_table, widened
from cedre_xlsx.workbook.read.block import block_places, block_rows
from cedre_xlsx.workbook.read.raw import RawTable, RawWorkbook, is_blank
from cedre_xlsx.workbook.read.settings import mapping_lines

NO_TABLE = "Paramètres n'a pas ce tableau : « cedre-xlsx upgrade » l'ajoute"


def mapping_edits(
    workbook: RawWorkbook, mappings: Sequence[HeadingMapping]
) -> tuple[list[NewRow], list[CellChange]]:
    """What is to be written for Paramètres to remember these: the lines of `tReprises` to add, and
    the cells to change where it has another answer; nothing for what it knows already.
    """
    known = {mapping.key: (row, mapping) for row, mapping in mapping_lines(workbook)}
    rows, changes = [], []
    for one in {mapping.key: mapping for mapping in mappings}.values():
        row, there = known.get(one.key, (None, None))
        if row is None or there is None:
            values = {"sheet": one.sheet, "heading": one.heading, "becomes": one.becomes}
            rows.append(NewRow(values))
        elif there.becomes != one.becomes and "becomes" in row.columns:
            cell = row.sheet.address(row.index, row.columns["becomes"])
            changes.append(CellChange(row.sheet.name, cell, one.becomes))
    return rows, changes


class SideLines:
    """What adds lines to a table of Paramètres; `parts` are those of the sheets by title."""

    def __init__(self, host: Host, pen: Pen, workbook: RawWorkbook, spec: TableSpec[Any]) -> None:
        self._host = host
        self._pen = pen
        self._spec = spec
        self._place = next(block_places(workbook, spec), None)
        self.lines = AddedLines()

    def write(self, rows: Sequence[NewRow]) -> AddedLines:
        """Add lines below those that are there; what became of them."""
        parts = {sheet.title: sheet.part for sheet in self._host.sheets() if sheet.is_worksheet}
        if self._place is None or self._place[0].name not in parts:
            return self._refused(rows, NO_TABLE)
        self._sheet, heading, columns = self._place
        self._part = parts[self._sheet.name]
        self._cells = SheetCells(self._host.package.read(self._part))
        self._columns = {name: self._sheet.column_number(i) for name, i in columns.items()}
        numbers = self._sheet.row_numbers
        self._heading = numbers[heading]
        self._last = max(
            (numbers[one.index] for one in block_rows(*self._place)), default=self._heading
        )
        self._model = max(self._last, self._heading + 1)
        self._table = self._over()
        why = self._forbidden(len(rows))
        if why:
            return self._refused(rows, why)
        for index, row in enumerate(rows):
            self._add(index, row)
        self._follow()
        return self.lines

    def _refused(self, rows: Sequence[NewRow], why: str) -> AddedLines:
        title = self._place[0].name if self._place else self._spec.sheet
        self.lines.left += (
            Unwritten(title, why, self._spec.table, index) for index in range(len(rows))
        )
        return self.lines

    def _over(self) -> RawTable | None:
        """The Excel table that has these columns."""
        first = min(self._columns.values())
        return next(
            (
                one
                for one in self._sheet.tables
                if one.first_row <= self._heading <= one.last_row
                and one.first_column <= first <= one.last_column
            ),
            None,
        )

    def _forbidden(self, count: int) -> str:
        """Why so many lines cannot go right below the last one."""
        if self._cells.is_protected:
            return PROTECTED
        first, last = min(self._columns.values()), max(self._columns.values())
        place = Area(self._last + 1, first, self._last + count, last)
        others = [
            Area(one.first_row, one.first_column, one.last_row, one.last_column)
            for one in self._sheet.tables
            if one is not self._table
        ]
        below = self._table is not None and self._table.totals_rows
        if below or any(place.overlaps(one) for one in (*others, *self._cells.merged)):
            return FOREIGN
        index, end = self._sheet.row_index(place.first_row), self._sheet.row_index(place.last_row)
        taken = (
            self._sheet.cell(row, self._sheet.column_index(column))
            for row in range(index, end + 1)
            for column in range(first, last + 1)
            if row < len(self._sheet.row_numbers)
            and place.first_row <= self._sheet.row_numbers[row] <= place.last_row
        )
        return FOREIGN if not all(map(is_blank, taken)) else ""

    def _add(self, index: int, row: NewRow) -> None:
        number = self._last + 1
        written = False
        for name, value in row.values.items():
            column = self._columns.get(name)
            why = NO_COLUMN if column is None else ""
            if column is not None:
                why = self._put(f"{column_letter(column)}{number}", value)
            written = written or not why
            if why:
                heading = self._spec.columns[name].header
                self.lines.left.append(
                    Unwritten(self._sheet.name, why, self._spec.table, index, name, heading)
                )
        if not written:
            self.lines.left.append(Unwritten(self._sheet.name, EMPTY, self._spec.table, index))
            return
        self._last = number
        self.lines.placed.append(PlacedRow(self._spec.table, index, self._sheet.name, number))

    def _put(self, address: str, value: CellValue) -> str:
        """Write a value; where no cell is stored, with the look of the last line's."""
        if self._cells.cell(address) is not None:
            return self._pen.put(self._cells, address, value)
        letters = address.rstrip("0123456789")
        above = self._cells.cell(
            f"{letters}{max(self._heading + 1, int(address[len(letters) :]) - 1)}"
        )
        style = above.style if above is not None else self._pen.style(self._cells, address)
        made = self._cells.put(address, self._pen.content(style, value))
        return "" if made else FOREIGN

    def _follow(self) -> None:
        """The table reaches the new lines, and the sheet says so."""
        if not self.lines.placed:
            return
        xml = widened(self._cells.data(), self._last, max(self._columns.values()))
        self._host.package.write(self._part, xml)
        package, table = self._host.package, self._table
        if table is None or self._last <= table.last_row:
            return
        for relation in Relations(package, self._part).of_kind("table"):
            if relation.target in package:
                root = package.root(relation.target)
                if (root.get("displayName") or root.get("name") or "") == table.name:
                    content = package.read(relation.target)
                    longer = extended_table(content, table.last_row, self._last)
                    package.write(relation.target, longer)


#: The tables of Paramètres that lines are added to.
SIDE_TABLES = {spec.table: spec for spec in CHOICE_TABLES}
