"""A generated sheet while it is made: what it is made of, and the rows written so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from cedre_xlsx.ooxml.style_table import StyleTable
from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.old_cells import Place
from cedre_xlsx.workbook.package.old_sheet import Extra
from cedre_xlsx.workbook.package.rows import RowXml, WrittenRows, inline
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold
from cedre_xlsx.workbook.package.typed_over import KEY_LOOK


@dataclass
class SheetRows:
    """Everything that the sheet's cells hold, and what else depends on their places.

    `width` is our number of columns, that of the keys included; `moves` says, for each old
    column, where it stands now, `rows` so for each row that something is tied to, and `places` for
    each cell that was carried over; `extras` are the columns that people added to our table, and
    `totals` the rows of sums below it. `merged` are the ranges of the block at the bottom; `said`
    are sentences on what went there. The old sheet had fewer columns of ours where there is a
    `has_new_layout`.
    """

    written: WrittenRows
    width: int
    last_row: int
    last_column: int
    extras: Sequence[Extra] = ()
    totals: int = 0
    moves: dict[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    places: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    has_formulas: bool = False
    has_new_layout: bool = False

    def place(self, cell: Place) -> Place:
        """Where a cell of the old sheet stands now."""
        row, column = cell
        return self.places.get(cell, (self.rows.get(row, row), self.moves.get(column, column)))


@dataclass(frozen=True)
class Making:
    """What one sheet is made of."""

    sheet: GeneratedSheet
    drawn: Drawn
    scaffold: Scaffold
    styles: StyleTable
    looks: Mapping[str, tuple[int, ...]]
    epoch: date
    on: date | None

    @property
    def headings(self) -> list[str]:
        """The headings of our table; none where the sheet has no table."""
        table = self.sheet.table
        return [] if table is None else [column.header for column in table.columns.values()]

    @property
    def open_columns(self) -> tuple[int, ...]:
        """The columns of a sheet without table that people fill."""
        opened = self.sheet.open_columns
        return () if opened is None else opened.columns

    @property
    def key_index(self) -> int | None:
        """The index of the column of keys in a row of our table."""
        return self.headings.index(KEY_HEADER) if KEY_HEADER in self.headings else None


def add_key(found: SheetRows, making: Making, number: int, key: str) -> None:
    """Write the hidden cell of a row, right of our columns."""
    reference = f"{get_column_letter(found.width)}{number}"
    cell = f'<c r="{reference}" s="{making.looks[KEY_LOOK][0]}"{inline(key)}'
    found.written.rows.setdefault(number, RowXml()).cells.append(cell)
