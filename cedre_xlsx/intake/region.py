"""A rectangle of a sheet, in which tables are looked for: its rows of one length, its merges."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.raw import Cell, RawTable, is_blank

Cells = Sequence[Cell]


def how_filled(cells: Cells) -> int:
    """How many cells of a row are not empty: 0, 1, or 2 for more."""
    if len(cells) > 1 and cells[0] != "" and cells[1] != "":
        return 2
    return min(len(cells) - cells.count(""), 2)


@dataclass(frozen=True)
class Region:
    """`grid[i][j]` stands at row `rows[i]`, column `columns[j]`."""

    grid: Sequence[Cells]
    rows: Sequence[int]
    columns: Sequence[int]
    merged: Sequence[Area] = ()
    tables: Sequence[RawTable] = ()

    @classmethod
    def of(cls, sheet: Sheet) -> Region:
        """The cells of a sheet that hold something, and those between."""
        width = len(sheet.columns)
        grid = sheet.grid
        if set(map(len, grid)) - {width}:
            grid = [[*row, *[""] * (width - len(row))] for row in grid]
        whole = cls(grid, sheet.rows, sheet.columns, sheet.merged, sheet.tables)
        used = whole.used_columns()
        return whole.part(used[0], used[-1] + 1) if used else whole.lines(0, 0)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.columns)

    def part(self, first: int, end: int) -> Region:
        """Some columns of it."""
        if (first, end) == (0, self.width):
            return self
        grid = [row[first:end] for row in self.grid]
        return Region(grid, self.rows, self.columns[first:end], self.merged, self.tables)

    def lines(self, first: int, end: int) -> Region:
        """Some rows of it."""
        if (first, end) == (0, len(self.grid)):
            return self
        grid, rows = self.grid[first:end], self.rows[first:end]
        return Region(grid, rows, self.columns, self.merged, self.tables)

    @cached_property
    def totals(self) -> frozenset[int]:
        """The rows that are the totals of Excel tables, as the file says."""
        numbers = (
            number
            for table in self.tables
            for number in range(table.last_row - min(table.totals_rows, 9) + 1, table.last_row + 1)
        )
        places = (_place(self.rows, number) for number in numbers)
        return frozenset(place for place in places if place is not None)

    def used_columns(self) -> list[int]:
        """The columns that hold something."""
        return [j for j in range(self.width) if self.is_used(j)]

    def is_used(self, column: int, first: int = 0) -> bool:
        """Whether a column holds something, from a row on."""
        return any(not is_blank(self.grid[i][column]) for i in range(first, len(self.grid)))

    def filled(self, row: int) -> list[int]:
        """The columns in which a row holds something."""
        return [j for j, cell in enumerate(self.grid[row]) if not is_blank(cell)]

    def rows_after(self, row: int, most: int) -> Iterator[int]:
        """The rows that hold something, of as many as follow."""
        for i in range(row + 1, min(row + 1 + most, len(self.grid))):
            if self.filled(i):
                yield i

    @cached_property
    def across(self) -> dict[int, dict[int, int]]:
        """By row and first column, the last one of merged cells, where they are several."""
        found: dict[int, dict[int, int]] = {}
        for row, first, last in self._areas_within(across=True):
            found.setdefault(row, {})[first] = last
        return found

    @cached_property
    def covered(self) -> dict[int, dict[int, Cell]]:
        """By row and column, the value of the merged cells that begin in a row above."""
        found: dict[int, dict[int, Cell]] = {}
        left = len(self.grid) * self.width  # of work, whatever a file says
        for row, column, last in self._areas_within(across=False):
            value = self.grid[row][column]
            for i in range(row + 1, last + 1):
                left -= 1
                if is_blank(self.grid[i][column]):
                    found.setdefault(i, {})[column] = value
            if left < 0:
                break
        return found

    def _areas_within(self, *, across: bool) -> Iterator[tuple[int, int, int]]:
        """Row, column, and the last column (or row) of the merged areas that hold something."""
        for area in self.merged:
            row, column = _place(self.rows, area.first_row), _place(self.columns, area.first_column)
            if row is None or column is None or is_blank(self.grid[row][column]):
                continue
            numbers, last = (
                (self.columns, area.last_column) if across else (self.rows, area.last_row)
            )
            end = bisect_left(numbers, last + 1) - 1
            if end > (column if across else row):
                yield row, column, end


def _place(numbers: Sequence[int], number: int) -> int | None:
    place = bisect_left(numbers, number)
    return place if place < len(numbers) and numbers[place] == number else None
