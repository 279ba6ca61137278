"""A publication once its hidden figures are known: None where one stands or would show through."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import (
    NUMERATOR,
    UNKNOWN,
    VALUE,
    Key,
    Place,
    shown_in,
)
from cedre_xlsx.reports.statistics.values import Indicator, TableRow


def masked(statistics: Statistics, hidden: Collection[Key]) -> Statistics:
    """The figures without the hidden ones, and how many numbers that makes.

    A rate or a median of which a part is hidden is hidden too: it would give that part back.
    """
    places = {shown.place for shown in shown_in(statistics) if shown.key in hidden}
    indicators = tuple(_indicator(one, places) for one in statistics.indicators)
    tables = {
        name: tuple(_row(name, index, row, places) for index, row in enumerate(rows))
        for name, rows in statistics.tables.items()
    }
    ratios = sum(
        after.value is None and before.value is not None and before.denominator is not None
        for before, after in zip(statistics.indicators, indicators, strict=True)
    )
    return replace(statistics, indicators=indicators, tables=tables, hidden=len(places) + ratios)


def _indicator(one: Indicator, places: Collection[Place]) -> Indicator:
    told = {place.part for place in places if place.row is None and place.holder == one.id}
    gone: dict[str, Any] = dict.fromkeys(told)
    if told - {UNKNOWN}:  # a count is its own numerator; a rate or a median follows from its parts
        gone[VALUE] = None
    if VALUE in told:
        gone[NUMERATOR] = None
    return replace(one, **gone)


def _row(name: str, index: int, row: TableRow, places: Collection[Place]) -> TableRow:
    cells = {
        column: None if Place(name, index, column) in places else value
        for column, value in row.cells.items()
    }
    return replace(row, cells=cells)
