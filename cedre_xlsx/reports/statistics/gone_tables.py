"""The tables of a year once what lines made anonymous no longer say is added to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.method.vocabulary import BARRIERS, ORIENTATIONS, ExitCategory
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID, Breakdown
from cedre_xlsx.reports.statistics.tables import TOTAL
from cedre_xlsx.reports.statistics.values import Line, Number, TableRow
from cedre_xlsx.reports.statistics.year import Year

#: Sorts the lines of a table by their labels.
_Order = Callable[[Sequence[str]], tuple[object, ...]]

_CATEGORIES = {
    label: rank for rank, label in enumerate((*(one.value for one in ExitCategory), NOT_SAID))
}
_BARRIERS = {label: rank for rank, label in enumerate(BARRIERS)}
_ORIENTATIONS = {word_key(label): rank for rank, label in enumerate(ORIENTATIONS)}
#: The tables with a line only where someone is in it; so are breakdowns.
_ORDERS: Mapping[str, _Order] = {
    "freins": lambda texts: _known_first(texts[0], texts[0], _BARRIERS),
    "freins_levels": lambda texts: _known_first(texts[0], texts[0], _BARRIERS),
    "orientations": lambda texts: _known_first(texts[0], word_key(texts[0]), _ORIENTATIONS),
    "exit_reasons": lambda texts: (
        _CATEGORIES.get(texts[0], len(_CATEGORIES)),
        texts[1] == NOT_SAID,
        fold(texts[1]),
    ),
}
_WITHOUT_TOTAL = ("freins", "freins_levels")


def with_gone(
    year: Year, tables: Mapping[str, Sequence[TableRow]]
) -> dict[str, tuple[TableRow, ...]]:
    """The tables, each with what is added to its lines, in their order, and to their sum."""
    gone = year.frames.gone.of(year.year)
    return {
        name: _added(year, name, rows, gone.lines(name, rows))
        if name in gone.tables
        else tuple(rows)
        for name, rows in tables.items()
    }


def _added(
    year: Year, name: str, before: Sequence[TableRow], after: Sequence[TableRow]
) -> tuple[TableRow, ...]:
    lines = [row for row in after if not row.is_total]
    total = next((row for row in before if row.is_total), None)
    is_breakdown = name in year.settings.breakdowns and name not in _ORDERS
    if name in _ORDERS:
        lines.sort(key=lambda row: _ORDERS[name](tuple(row.labels.values())))
    elif is_breakdown:
        last = date.fromordinal(int(max(year.last, year.first)))
        texts = [row.labels[name] for row in lines]
        ranks = {text: rank for rank, text in enumerate(Breakdown(name, last).ordered(texts))}
        lines.sort(key=lambda row: ranks[row.labels[name]])
    if not lines or (total is None and (name in _WITHOUT_TOTAL or before)):
        return tuple(lines)
    return (*lines, _total(total, before, lines))


def _total(
    total: TableRow | None, before: Sequence[TableRow], lines: Sequence[TableRow]
) -> TableRow:
    """The sum of the lines: that of before, and what was added; hours stay as they were rounded."""
    first, *others = lines[0].labels
    labels = {first: TOTAL, **dict.fromkeys(others, "")} if total is None else total.labels
    cells: dict[str, Number] = {}
    for column in lines[0].cells:
        old = sum(row.cells[column] or 0 for row in before if not row.is_total)
        more = sum(row.cells[column] or 0 for row in lines) - old
        was = 0 if total is None else total.cells[column]
        cells[column] = was if not more or was is None else was + more
    return Line(labels, cells, is_total=True)


def _known_first(text: str, key: str, ranks: Mapping[str, int]) -> tuple[object, ...]:
    return (text == NOT_SAID, ranks.get(key, len(ranks)), fold(text))
