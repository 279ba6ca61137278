"""The tables of `Paramètres`, which stand side by side and are known by consecutive headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.locate import HEADING_ROWS
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook, is_blank


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One line: its cells by field, and where each stands."""

    sheet: RawSheet
    index: int
    cells: dict[str, Cell]
    columns: dict[str, int]

    def text(self, field: str) -> str:
        """A cell as a text on one line."""
        from cedre_xlsx.workbook.read.cells import as_word

        return as_word(self.cells.get(field))


def read_block(workbook: RawWorkbook, spec: TableSpec[Any]) -> list[BlockRow] | None:
    """The lines of a table, down to the last one of its sheet; None when there is no such table."""
    place = next(block_places(workbook, spec), None)
    return None if place is None else list(block_rows(*place))


def block_table(workbook: RawWorkbook, spec: TableSpec[Any]) -> Table[Row] | None:
    """The place of a table and of its columns, without its lines; None when there is no such table,
    and in a file that does not tell its tables.
    """
    place = next(block_places(workbook, spec), None)
    if place is None or place[0].state is None:
        return None
    sheet, heading_row, columns = place
    numbers = {field: sheet.column_number(index) for field, index in columns.items()}
    row, first = sheet.row_numbers[heading_row], min(numbers.values())
    over = (
        one.state
        for one in sheet.tables
        if one.first_row <= row <= one.last_row and one.first_column <= first <= one.last_column
    )
    rows = tuple(Row(row=sheet.row_numbers[one.index]) for one in block_rows(*place))
    return Table(spec, sheet.name, row, numbers, rows, state=sheet.state, excel=next(over, None))


def block_rows(sheet: RawSheet, heading_row: int, columns: dict[str, int]) -> Iterator[BlockRow]:
    """The lines under some headings that hold something."""
    for index in range(heading_row + 1, len(sheet.grid)):
        cells = {field: sheet.cell(index, column) for field, column in columns.items()}
        if any(not is_blank(cell) for cell in cells.values()):
            yield BlockRow(sheet, index, cells, columns)


def block_places(
    workbook: RawWorkbook, spec: TableSpec[Any]
) -> Iterator[tuple[RawSheet, int, dict[str, int]]]:
    """Where a table may stand, the likeliest first: its sheet, heading row and columns."""
    for sheet in workbook.sheets:
        for table in sheet.tables:
            if table.name.casefold() == spec.table.casefold():
                row = sheet.row_index(table.first_row)
                first = sheet.column_index(table.first_column)
                last = sheet.column_index(table.last_column)
                columns = _match(
                    spec, sheet.grid[row] if row < len(sheet.grid) else (), first, last
                )
                if columns:
                    yield sheet, row, columns
    for sheet in workbook.sheets:
        if word_key(sheet.name) == word_key(spec.sheet):
            for row in range(min(HEADING_ROWS, len(sheet.grid))):
                if columns := _consecutive(spec, sheet.grid[row]):
                    yield sheet, row, columns


def _match(spec: TableSpec[Any], cells: Sequence[Cell], first: int, last: int) -> dict[str, int]:
    wanted = {word_key(column.header): field for field, column in spec.columns.items()}
    found: dict[str, int] = {}
    for index in range(first, min(last + 1, len(cells))):
        field = wanted.get(heading_key(cells[index]))
        if field is not None:
            found.setdefault(field, index)
    return found


def _consecutive(spec: TableSpec[Any], cells: Sequence[Cell]) -> dict[str, int]:
    """The fields from the first heading on: most of the others must follow it."""
    count = len(spec.columns)
    start = word_key(next(iter(spec.columns.values())).header)
    for index, cell in enumerate(cells):
        if heading_key(cell) == start:
            found = _match(spec, cells, index, index + count - 1)
            if len(found) * 2 > count:
                return found
    return {}
