"""A sheet of any file: its cells, where they stand, which are merged, which are in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        """A sheet of a workbook; its rows may not be of one length."""
        columns = raw.column_numbers
        return cls(raw.name, raw.grid, raw.row_numbers, columns, raw.merged, raw.tables)
