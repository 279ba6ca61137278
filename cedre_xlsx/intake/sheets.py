"""A sheet of any file: its cells, where they stand, which are merged, which are in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """`grid[i][j]` stands at row `rows[i]`, column `columns[j]`; `name` is "" in a text file."""

    name: str
    grid: Sequence[Sequence[Cell]]
    rows: Sequence[int]
    columns: Sequence[int]
    merged: Sequence[Area] = ()
    tables: Sequence[RawTable] = ()

    @classmethod
    def of(cls, raw: RawSheet) -> Sheet:
        """A sheet of a workbook, whose rows may not be of one length.

        Where the reading left out empty rows or columns, one is there again: they part tables.
        """
        grid: Sequence[Sequence[Cell]] = raw.grid
        rows, columns = raw.row_numbers, raw.column_numbers
        if _has_gaps(rows):
            by_row = dict(zip(rows, grid, strict=True))
            rows = _spaced(rows)
            grid = [by_row.get(number, ()) for number in rows]
        if _has_gaps(columns):
            places = {number: place for place, number in enumerate(columns)}
            columns = _spaced(columns)
            grid = [_spread(row, [places.get(number) for number in columns]) for row in grid]
        return cls(raw.name, grid, rows, columns, raw.merged, raw.tables)


def _has_gaps(numbers: Sequence[int]) -> bool:
    return bool(numbers) and numbers[-1] - numbers[0] + 1 > len(numbers)


def _spaced(numbers: Sequence[int]) -> list[int]:
    """The numbers, with one more where some lack between two."""
    found = list(numbers[:1])
    for before, number in pairwise(numbers):
        found += (number,) if number == before + 1 else (before + 1, number)
    return found


def _spread(row: Sequence[Cell], places: Sequence[int | None]) -> list[Cell]:
    """The cells of a row at their places, an empty one where there is none."""
    return ["" if place is None or place >= len(row) else row[place] for place in places]
