"""What a file holds before anything is understood: grids of cells, tables, and where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import isfinite

from cedre_xlsx.schema.generated import bare_key
from cedre_xlsx.schema.generated_sheets import Recognised
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import Area, BookState, SheetState, TableState

Cell = None | str | bool | int | float | date | datetime | time | timedelta
Grid = list[list[Cell]]

#: What Excel, LibreOffice and ONLYOFFICE show in a cell whose formula fails.
_ERRORS = frozenset({
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!",
    "#EXTERNAL!", "#TIMEOUT!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#EPARS!",
    "#PROPAGATION!", "#CHAMP!", "#CALCUL!", "#BLOQUE!", "#BLOQUÉ!", "#CONNEXION!", "#INCONNU!",
    "#OCCUPÉ!",
})  # fmt: skip
#: An error that does not say which.
UNKNOWN_ERROR = "#UNKNOWN!"


class ErrorText(str):
    """What a cell shows that the file itself calls an error, whatever it says."""

    __slots__ = ()


def is_error(cell: Cell) -> bool:
    """Whether a cell shows an error instead of a value, or stores a number that is none."""
    if type(cell) is ErrorText:
        return True
    if type(cell) is float:
        return not isfinite(cell)
    if not isinstance(cell, str) or cell[:1] not in ("#", "E"):
        return False
    return cell in _ERRORS or (cell.startswith("Err:") and cell[4:].isdigit())


def is_blank(cell: Cell) -> bool:
    """Whether nothing is to be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


@dataclass(frozen=True, slots=True)
class RawTable:
    """An Excel table: its range, 1-based and inclusive, headings and totals row included.

    `headings` are those of its definition, which stand even where the heading row is hidden;
    `computed` those whose cells it fills by itself.
    """

    name: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    headings: tuple[str, ...] = ()
    has_heading_row: bool = True
    totals_rows: int = 0
    computed: frozenset[str] = frozenset()

    @property
    def state(self) -> TableState:
        """What the records keep of it."""
        area = Area(self.first_row, self.first_column, self.last_row, self.last_column)
        return TableState(self.name, area, self.headings, self.computed, self.has_heading_row)


@dataclass(frozen=True, slots=True)
class Laid:
    """The cells of a sheet: `grid[i][j]` stands at row `rows[i]`, column `columns[j]`.

    Both are 1-based and consecutive, unless the sheet had far cells and was closed up.
    """

    grid: Grid
    rows: Sequence[int]
    columns: Sequence[int]

    @classmethod
    def of(cls, grid: Grid) -> Laid:
        """Cells that stand where the grid has them."""
        width = max(map(len, grid), default=0)
        return cls(grid, range(1, len(grid) + 1), range(1, width + 1))


class RawSheet:
    """One sheet: its name, its tables, its cells, which are waited for when first looked at.

    `lay` gives them. `generated_as` is the mark of the sheet of ours that it was recognised as (""
    for the others); `state` is None where the file does not tell it. `lacking` are the rows, by
    column, of the formulas that a program saved without their value: their cells are empty.
    `merged` are the areas of merged cells, where they were asked for.
    """

    def __init__(
        self,
        name: str,
        lay: Callable[[], Laid],
        tables: tuple[RawTable, ...] = (),
        generated_as: str = "",
        state: SheetState | None = None,
        lacking: Mapping[int, tuple[int, ...]] | None = None,
        merged: Sequence[Area] = (),
    ) -> None:
        self.name = name
        self.tables = tables
        self.generated_as = generated_as
        self.state = state
        self.lacking = lacking or {}
        self.merged = merged
        self._lay = lay

    @cached_property
    def _laid(self) -> Laid:
        laid = self._lay()
        for row in laid.grid if self.generated_as else ():
            row[:] = [bare_key(cell) if type(cell) is str else cell for cell in row]
        return laid

    @property
    def grid(self) -> Grid:
        """The cells, row by row."""
        return self._laid.grid

    @property
    def row_numbers(self) -> Sequence[int]:
        """The number in the sheet of each row of the grid."""
        return self._laid.rows

    @property
    def column_numbers(self) -> Sequence[int]:
        """The number in the sheet of each column of the grid."""
        return self._laid.columns

    def row_index(self, number: int) -> int:
        """Where a row of the sheet is in the grid, or would be."""
        return bisect_left(self.row_numbers, number)

    def column_index(self, number: int) -> int:
        """Where a column of the sheet is in the grid, or would be."""
        return bisect_left(self.column_numbers, number)

    def column_number(self, index: int) -> int:
        """The number in the sheet of a column of the grid, or of an empty one at its right."""
        numbers = self.column_numbers
        if index < len(numbers):
            return numbers[index]
        return (numbers[-1] if numbers else 0) + index - len(numbers) + 1

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its place in the grid; None outside it."""
        grid = self.grid
        if 0 <= row < len(grid) and 0 <= column < len(grid[row]):
            return grid[row][column]
        return None

    def address(self, row: int, column: int) -> str:
        """The A1 address of a place in the grid."""
        return f"{column_letter(self.column_number(column))}{self.row_numbers[row]}"


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """The sheets in the order of their tabs; what is known of those that `refresh` makes.

    `state` is None where the file does not tell it.
    """

    sheets: tuple[RawSheet, ...] = ()
    date1904: bool = False
    recognised: tuple[Recognised, ...] = ()
    state: BookState | None = None
