"""A sheet of a consolidation: rows below repeated headings, drawn in a new workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest
from math import inf
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import typeset
from cedre_xlsx.ooxml.cell_text import legal
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, Heading, SheetOrigin, height_of, put_text
from cedre_xlsx.reports.statistics.charts import Bars, draw_bars
from cedre_xlsx.reports.statistics.looks import look_of
from cedre_xlsx.reports.statistics.pages import PrintedRow, page_ends
from cedre_xlsx.workbook.generated import Link, SheetRow, Value
from cedre_xlsx.workbook.styles import apply_style

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

LABEL, NARROW = 38.0, 11.0  # widths, in characters
#: What an A4 page in landscape holds at full scale: characters in width, points of rows.
_WIDTH, _HEIGHT = 137.0, 505.0
#: The scale, in per cent, of a sheet that takes several pages in width; none is smaller.
_SCALE = 80
_TITLES = 24.0 + 3 * 15.0  # points, above the headings
#: What it costs to end a page in a table: as much as leaving half a page blank.
_CUT = 30.0
_OVER_ALL = ("title", "block")
_HEADS = ("title", "block", "head")
_DETAIL = "body:ix"  # the look of a line that tells more of the one above it
_ROW = 15.0  # points, of a row that does not say
#: Between two tables.
GAP = SheetRow("body:", (), 10.0)
NOTHING, HIDDEN = "–", "masqué"


@dataclass(frozen=True)
class ToldOrigin(SheetOrigin):
    """Where a consolidation comes from; one that is `public` says so."""

    public: bool = False

    @property
    def line(self) -> str:
        """The subtitle of a sheet; one for publication says so, where others tell their filter."""
        line = super().line
        return line.replace("sans filtre", "pour publication") if self.public else line


@dataclass(frozen=True)
class Page:
    """A sheet before it is drawn: `rows` follow the headings.

    `frozen` are its first columns, which every page of a wide sheet repeats.
    """

    title: str
    heading: str
    hint: str
    legend: str
    origin: SheetOrigin
    columns: Sequence[Heading]
    rows: Sequence[SheetRow]
    frozen: int = 1
    bars: Sequence[Bars] = field(default_factory=tuple)
    heading_height: float = 30

    def draw(self, workbook: Workbook) -> None:
        """Put it into a workbook, as its last sheet."""
        from openpyxl.worksheet.pagebreak import Break

        sheet = workbook.create_sheet(self.title)
        scale = min(int(100 * _WIDTH / sum(column.width for column in self.columns)), 100)
        is_wide, scale = scale < _SCALE, max(scale, _SCALE)
        Frame(
            title=legal(self.heading),
            hint=legal(self.hint),
            legend=legal(self.legend),
            origin=self.origin,
            headings=[Heading(legal(one.text), one.width) for one in self.columns],
            frozen_columns=self.frozen,
            repeated=self.frozen if is_wide else 0,
            fit=False,
            scale=scale,
            heading_height=self.heading_height,
        ).draw(sheet)
        for number, row in enumerate(self._tall_rows, start=FIRST_ROW):
            if row.height:
                sheet.row_dimensions[number].height = row.height
            for column, (value, look) in enumerate(
                zip(row.values, look_of(row.style), strict=True), start=1
            ):
                cell = sheet.cell(number, column)
                _put(cell, value)
                apply_style(cell, look)
        for bars in self.bars:
            draw_bars(sheet, bars)
        for end in self._ends(scale):
            sheet.row_breaks.append(Break(id=FIRST_ROW - 1 + end))

    @cached_property
    def _tall_rows(self) -> Sequence[SheetRow]:
        """The rows, each as high as its longest text needs."""
        return [_tall(row, self.columns) for row in self.rows]

    def _ends(self, scale: int) -> Sequence[int]:
        """After how many rows each page ends: between tables, where that leaves none half empty."""
        rows = self._tall_rows
        printed = [
            PrintedRow(row.height or _ROW, _cut(row, after))
            for row, after in zip_longest(rows, rows[1:])
        ]
        return page_ends(printed, _HEIGHT / scale * 100, _TITLES + self.heading_height)


def _tall(row: SheetRow, columns: Sequence[Heading]) -> SheetRow:
    """What stands over the whole width takes one line, whatever the width of its first column."""
    if row.style.partition(":")[0] in _OVER_ALL or not row.values:
        return row
    values = [typeset(one) if isinstance(one, str) else None for one in row.values]
    needed = height_of(values, columns)
    if needed <= height_of((), ()):  # of one line
        return row
    return replace(row, height=max(row.height or _ROW, needed))


def _cut(row: SheetRow, after: SheetRow | None) -> float:
    """What ending a page below a row costs: its details stay with a figure, its lines with a title,
    a chart in one piece.
    """
    look = row.style.partition(":")[0]
    if after is None:
        return 0.0
    if not row.values:
        return 0.0 if row == GAP else inf
    return inf if look in _HEADS or after.style.startswith(_DETAIL) else _CUT


def _put(cell: Cell, value: Value) -> None:
    """A text stays one, whatever it begins with."""
    assert not isinstance(value, Link), "no sheet of a consolidation has a link"
    if isinstance(value, str):
        put_text(cell, typeset(legal(value)))
    else:
        cell.value = value


def over_all(look: str, text: str, columns: int, height: float) -> SheetRow:
    """A text over the whole width."""
    return SheetRow(f"{look}:{'l' * columns}", (text, *(None,) * (columns - 1)), height)
