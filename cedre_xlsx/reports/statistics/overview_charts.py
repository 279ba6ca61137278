"""The charts of a year as what they show: groups of bars, each with its text and its length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cedre_xlsx.reports.statistics.board import CHARTS, Board, BoardChart
from cedre_xlsx.reports.statistics.charted import (
    TABLE_CHARTS,
    YEAR_SHADES,
    TableChart,
    colors_after,
)
from cedre_xlsx.reports.statistics.shown import number_text
from cedre_xlsx.reports.statistics.text import unit_text
from cedre_xlsx.reports.statistics.values import TableRow


@dataclass(frozen=True, slots=True)
class ShownBar:
    """One bar: its number in French, and its length, from 0 to 1 for the longest of the chart."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The bars of one label, one a series, in their order."""

    label: str
    bars: tuple[ShownBar, ...]


@dataclass(frozen=True, slots=True)
class ShownChart:
    """Some bars: `series` are the names of those of a group, `colors` theirs as RRGGBB.

    `lying` ones leave room for long labels, `stacked` ones make one bar a group. `alt` says in
    words what is drawn.
    """

    title: str
    series: tuple[str, ...]
    colors: tuple[str, ...]
    groups: tuple[ShownGroup, ...]
    lying: bool = False
    stacked: bool = False

    @property
    def alt(self) -> str:
        """The title and every bar."""
        said = (
            f"{group.label} : "
            + ", ".join(
                f"{name} {bar.text}" for name, bar in zip(self.series, group.bars, strict=True)
            )
            for group in self.groups
        )
        return f"{self.title}. {' ; '.join(said)}."


def board_charts(board: Board) -> Iterator[ShownChart]:
    """The charts of the board's page."""
    for chart in CHARTS:
        yield _board_chart(board, chart)


def _board_chart(board: Board, chart: BoardChart) -> ShownChart:
    lines = board.charted(chart)
    most = max((value for line in lines for value in line.values if value), default=1)
    groups = (
        ShownGroup(
            line.headline.label,
            tuple(
                ShownBar(known or unit_text(value, line.unit), (value or 0) / most)
                for value, known in zip(line.values, line.classes, strict=True)
            ),
        )
        for line in lines
    )
    names = tuple(map(str, board.years))
    return ShownChart(chart.title, names, YEAR_SHADES[-len(names) :], tuple(groups))


def table_charts(
    name: str, rows: Sequence[TableRow], texts: Sequence[Sequence[str]], named: Callable[[str], str]
) -> Iterator[ShownChart]:
    """The charts of a table, of which `texts` are the numbers as they are shown."""
    for chart in TABLE_CHARTS:
        if chart.table == name:
            yield _table_chart(chart, rows, texts, named)


def _table_chart(
    chart: TableChart,
    rows: Sequence[TableRow],
    texts: Sequence[Sequence[str]],
    named: Callable[[str], str],
) -> ShownChart:
    headings = list(rows[0].cells)
    colors = chart.colors or colors_after(headings)
    at = [headings.index(heading) for heading in colors]
    kept = [(row, text) for row, text in zip(rows, texts, strict=True) if not row.is_total]
    lengths = [[list(row.cells.values())[i] or 0 for i in at] for row, _ in kept]
    longest = max(map(sum if chart.stacked else max, lengths), default=0) or 1
    groups = (
        ShownGroup(
            " · ".join(dict.fromkeys(named(one) for one in row.labels.values() if one)),
            tuple(
                ShownBar(_short(text[i], length), length / longest)
                for i, length in zip(at, own, strict=True)
            ),
        )
        for (row, text), own in zip(kept, lengths, strict=True)
    )
    return ShownChart(
        chart.title,
        tuple(colors),
        tuple(colors.values()),
        tuple(groups),
        chart.lying,
        chart.stacked,
    )


def _short(text: str, number: int | float) -> str:
    """A number as it fits above a bar: hours without decimals."""
    return number_text(number) if isinstance(number, float) else text
