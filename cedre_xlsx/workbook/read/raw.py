"""What a file holds before anything is understood: grids of cells, tables, and where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import SheetState

Cell = None | str | bool | int | float | date | datetime | time | timedelta
Grid = list[list[Cell]]

#: What Excel, LibreOffice and ONLYOFFICE show in a cell whose formula fails.
_ERRORS = frozenset({
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
    "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#EPARS!", "#PROPAGATION!",
})  # fmt: skip


def is_error(cell: Cell) -> bool:
    """Whether a cell shows an error instead of a value."""
    if not isinstance(cell, str) or cell[:1] not in ("#", "E"):
        return False
    return cell in _ERRORS or (cell.startswith("Err:") and cell[4:].isdigit())


def is_blank(cell: Cell) -> bool:
    """Whether nothing is to be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


@dataclass(frozen=True, slots=True)
class RawTable:
    """An Excel table: its range, 1-based and inclusive, headings and totals row included.

    `headings` are those of its definition, which stand even where the heading row is hidden.
    """

    name: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    headings: tuple[str, ...] = ()
    has_heading_row: bool = True
    totals_rows: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RawSheet:
    """One sheet: `grid[i][j]` stands at row `row_numbers[i]`, column `column_numbers[j]`.

    Both are 1-based and consecutive, unless the sheet had far cells and was closed up.
    `generated_as` is our hidden mark on a sheet that `refresh` makes ("" for the others); `state`
    is None where the file does not tell it.
    """

    name: str
    grid: Grid
    tables: tuple[RawTable, ...] = ()
    row_numbers: Sequence[int] = ()
    column_numbers: Sequence[int] = ()
    generated_as: str = ""
    state: SheetState | None = None

    @classmethod
    def of(
        cls,
        name: str,
        grid: Grid,
        tables: tuple[RawTable, ...] = (),
        rows: Sequence[int] | None = None,
        columns: Sequence[int] | None = None,
        generated_as: str = "",
        state: SheetState | None = None,
    ) -> RawSheet:
        """A sheet whose cells stand where the grid has them, unless told otherwise."""
        width = max(map(len, grid), default=0)
        return cls(
            name,
            grid,
            tables,
            range(1, len(grid) + 1) if rows is None else rows,
            range(1, width + 1) if columns is None else columns,
            generated_as,
            state,
        )

    def row_index(self, number: int) -> int:
        """Where a row of the sheet is in the grid, or would be."""
        return bisect_left(self.row_numbers, number)

    def column_index(self, number: int) -> int:
        """Where a column of the sheet is in the grid, or would be."""
        return bisect_left(self.column_numbers, number)

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its place in the grid; None outside it."""
        if 0 <= row < len(self.grid) and 0 <= column < len(self.grid[row]):
            return self.grid[row][column]
        return None

    def address(self, row: int, column: int) -> str:
        """The A1 address of a place in the grid."""
        return f"{column_letter(self.column_numbers[column])}{self.row_numbers[row]}"


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """The sheets in the order of their tabs."""

    sheets: tuple[RawSheet, ...] = ()
    date1904: bool = False
