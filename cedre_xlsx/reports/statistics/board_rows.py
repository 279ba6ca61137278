"""The first page of the sheet: the board's figures, beside them three charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from cedre_xlsx.reports.layout import lines_of
from cedre_xlsx.reports.statistics.board import (
    BOARD_TITLE,
    CHARTS,
    UNKNOWN_TITLE,
    Board,
    BoardChart,
    BoardLine,
)
from cedre_xlsx.reports.statistics.charted import YEAR_SHADES
from cedre_xlsx.reports.statistics.charts import Bars, ChartArea
from cedre_xlsx.reports.statistics.definition_rows import Definitions
from cedre_xlsx.reports.statistics.definitions import Unit
from cedre_xlsx.reports.statistics.sections import (
    COLUMNS,
    LABEL,
    NARROW,
    Section,
    banner,
    gap,
    row,
)
from cedre_xlsx.reports.statistics.sheet_rows import KINDS, NOTHING
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import SheetRow, Value

_TALL, _LOW = 38.0, 24.0  # points, of the row of a figure, and of what rates divide by
_LINE, _PADDING = 13.0, 8.0  # points, of Arial 10
_LARGER = 9 / 10  # how many characters of Arial 10 a line holds for one of Arial 9
#: The first column of the charts, right of the figures.
FIRST_CHARTED = 7


def board_section(board: Board, definitions: Definitions) -> Section:
    """The figures, then what is not known; its first row comes right under the headings."""
    figures = [_figure(line, definitions) for line in board.lines]
    text = banner("body", board.unknown, _height(board.unknown))
    rows = [*figures, gap(8), banner("block", UNKNOWN_TITLE), replace(text, style=_TEXT)]
    last = len(rows) - 1
    return Section(
        tuple(
            replace(one, identity=digest(BOARD_TITLE, str(rank))) for rank, one in enumerate(rows)
        ),
        merged=((last, 1, COLUMNS),),
    )


_TEXT = "text:" + "t" * COLUMNS


def _height(text: str) -> float:
    room = (LABEL + NARROW * (COLUMNS - 1)) * _LARGER
    return lines_of(text, room) * _LINE + _PADDING


def _figure(line: BoardLine, definitions: Definitions) -> SheetRow:
    """A figure over the years, its target, and what leads to its definition."""
    shown: list[Value] = [line.headline.label]
    shown += [NOTHING if value is None else value for value in line.values]
    shown += [line.target, definitions.of_figure(line.headline.id)]
    unit = "g" if line.unit is Unit.RATE else KINDS[line.unit]  # no decimals
    kinds = f"{'i' if line.headline.is_base else 'l'}{unit * len(line.values)}gq"
    if line.headline.is_base:
        return row("base", kinds, shown, _LOW)
    return row("board", kinds, shown, _TALL)


def board_bars(board: Board, section: Section, start: int) -> Iterator[Bars]:
    """The charts of the page, one below the other beside its figures, which begin in row `start`
    of the sheet, under the years.
    """
    beside = section.rows[: len(board.lines)]
    areas = _areas([one.height or _TALL for one in beside], start, len(CHARTS))
    for chart, area in zip(CHARTS, areas, strict=True):
        yield _bars(board, chart, start, area)


def _bars(board: Board, chart: BoardChart, start: int, area: ChartArea) -> Bars:
    charted = board.charted(chart)
    first = start + board.lines.index(charted[0])
    return Bars(
        title=chart.title,
        heading_row=start - 1,
        first_row=first,
        last_row=first + len(charted) - 1,
        columns=range(2, 2 + len(board.years)),
        colors=YEAR_SHADES[-len(board.years) :],
        area=area,
        rates=chart.is_of_rates,
    )


def _areas(heights: Sequence[float], start: int, count: int) -> Iterator[ChartArea]:
    """The rows shared out evenly, from the one in row `start` of the sheet on."""
    ends = list(accumulate(heights))
    each = ends[-1] / count
    for rank in range(count):
        top, bottom = rank * each, (rank + 1) * each
        first = next(i for i, end in enumerate(ends) if end > top + 0.01)
        last = next(i for i, end in enumerate(ends) if end >= bottom - 0.01)
        yield ChartArea(
            first_row=start + first,
            last_row=start + last,
            first_column=FIRST_CHARTED,
            last_column=COLUMNS,
            above=top - (ends[first] - heights[first]),
            covered=bottom - (ends[last] - heights[last]),
        )
