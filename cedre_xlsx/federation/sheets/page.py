"""A sheet of a consolidation: rows below repeated headings, drawn in a new workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cedre_xlsx.reports.layout import FIRST_ROW, Frame, Heading, Origin, put_text
from cedre_xlsx.reports.statistics.charts import Bars, draw_bars
from cedre_xlsx.reports.statistics.looks import look_of
from cedre_xlsx.workbook.generated import Link, SheetRow, Value
from cedre_xlsx.workbook.package.cell_text import legal
from cedre_xlsx.workbook.styles import apply_style

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

LABEL, NARROW = 38.0, 11.0  # widths, in characters
#: What an A4 page in landscape holds in width, in characters, where its text stays readable.
_PAGE = 158.0
_SCALE = 80  # per cent, of a sheet that takes several pages in width
NOTHING, HIDDEN = "–", "masqué"


@dataclass(frozen=True)
class ToldOrigin(Origin):
    """Where a consolidation comes from; one that is `public` says so."""

    public: bool = False

    @property
    def line(self) -> str:
        """The subtitle."""
        line = super().line
        return line.replace("sans filtre", "pour publication") if self.public else line


@dataclass(frozen=True)
class Page:
    """A sheet before it is drawn: `rows` follow the headings.

    `frozen` are its first columns, which every page of a wide sheet repeats; `merged` are texts
    over several columns: the index of a row, their first and last column.
    """

    title: str
    heading: str
    hint: str
    legend: str
    origin: Origin
    columns: Sequence[Heading]
    rows: Sequence[SheetRow]
    frozen: int = 1
    bars: Sequence[Bars] = field(default_factory=tuple)
    merged: Sequence[tuple[int, int, int]] = ()
    heading_height: float = 30

    def draw(self, workbook: Workbook) -> None:
        """Put it into a workbook, as its last sheet."""
        sheet = workbook.create_sheet(self.title)
        is_wide = sum(column.width for column in self.columns) > _PAGE
        Frame(
            title=self.heading,
            hint=self.hint,
            legend=self.legend,
            origin=self.origin,
            headings=self.columns,
            frozen_columns=self.frozen,
            repeated=self.frozen if is_wide else 0,
            fit=not is_wide,
            scale=_SCALE,
            heading_height=self.heading_height,
        ).draw(sheet)
        for number, row in enumerate(self.rows, start=FIRST_ROW):
            if row.height:
                sheet.row_dimensions[number].height = row.height
            for column, (value, look) in enumerate(
                zip(row.values, look_of(row.style), strict=True), start=1
            ):
                cell = sheet.cell(number, column)
                _put(cell, value)
                apply_style(cell, look)
        for index, left, right in self.merged:
            sheet.merge_cells(
                start_row=FIRST_ROW + index,
                end_row=FIRST_ROW + index,
                start_column=left,
                end_column=right,
            )
        for bars in self.bars:
            draw_bars(sheet, bars)


def _put(cell: Cell, value: Value) -> None:
    """A text stays one, whatever it begins with."""
    assert not isinstance(value, Link), "no sheet of a consolidation has a link"
    if isinstance(value, str):
        put_text(cell, legal(value))
    else:
        cell.value = value


def over_all(look: str, text: str, columns: int, height: float) -> SheetRow:
    """A text over the whole width."""
    return SheetRow(f"{look}:{'l' * columns}", (text, *(None,) * (columns - 1)), height)
