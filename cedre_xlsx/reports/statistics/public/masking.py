"""A publication once it is known what is said of each figure: exactly, by a class, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from cedre_xlsx.method.french import listed
from cedre_xlsx.reports.statistics.definitions import Unit, definition_of, table_definition
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import (
    DENOMINATOR,
    NUMERATOR,
    UNKNOWN,
    VALUE,
    FigurePlace,
    Key,
    shown_in,
)
from cedre_xlsx.reports.statistics.public.ledger import Range
from cedre_xlsx.reports.statistics.tables import TOTAL
from cedre_xlsx.reports.statistics.values import Indicator, TableRow

_TOLD = 0.8  # a rate that may be nearly anything says nothing


def masked(statistics: Statistics, ranges: Mapping[Key, Range]) -> Statistics:
    """The figures with None where they are not exact, their classes, and how many are hidden.

    A rate or a median of which a part is not exact is not either: it would give that part back.
    """
    places = {one.place: ranges[one.key] for one in shown_in(statistics) if one.key in ranges}
    indicators = tuple(_indicator(one, places) for one in statistics.indicators)
    tables = {
        name: tuple(_row(name, index, row, places) for index, row in enumerate(rows))
        for name, rows in statistics.tables.items()
    }
    ratios = {
        FigurePlace(before.id, None, VALUE): _ratio(before, places)
        for before, after in zip(statistics.indicators, indicators, strict=True)
        if after.value is None and before.value is not None and before.denominator is not None
    }
    indicators = tuple(_with_certain(one, ratios) for one in indicators)
    ratios = {place: known for place, known in ratios.items() if known[0] < known[1]}
    said = {place: known for place, known in (places | ratios).items() if known[1] < inf}
    gone = _saying_nothing(statistics, places)
    kept = [at for at in (*places, *ratios) if at.row is None or at.holder not in gone]
    classes = {place: said[place] for place in kept if place in said}
    return replace(
        statistics,
        indicators=indicators,
        tables={name: rows for name, rows in tables.items() if name not in gone},
        classes={(one.holder, one.row, one.part): known for one, known in classes.items()},
        hidden=len(kept) - len(classes),
        coarsened=(*statistics.coarsened, *_gone_text(gone)),
    )


def _saying_nothing(statistics: Statistics, places: Mapping[FigurePlace, Range]) -> Sequence[str]:
    """The tables of which no number is told, but zeros and totals, nor said to be above others."""
    found: list[str] = []
    for name, rows in statistics.tables.items():
        there = [
            FigurePlace(name, index, column)
            for index, row in enumerate(rows)
            for column, value in row.cells.items()
            if value and not row.is_total and column != TOTAL
        ]
        if there and all(place in places and not _is_above(places[place]) for place in there):
            found.append(name)
    return found


def _is_above(known: Range) -> bool:
    return known[0] > 0


def _gone_text(names: Sequence[str]) -> Sequence[str]:
    """The sentence that says which tables are left out, where some are."""
    if not names:
        return ()
    titles = listed([f"« {table_definition(name).title} »" for name in names], "et")
    if len(names) == 1:
        return (f"Le tableau {titles} est laissé de côté : il ne dirait presque rien.",)
    return (f"Les tableaux {titles} sont laissés de côté : ils ne diraient presque rien.",)


def _ratio(one: Indicator, places: Mapping[FigurePlace, Range]) -> Range:
    """What a rate may be, as far as its parts are said."""
    nothing = (0.0, inf)
    if definition_of(one.id).unit is not Unit.RATE:
        return nothing
    parts = [
        places.get(FigurePlace(one.id, None, part), (value or 0.0, value or 0.0))
        for part, value in ((NUMERATOR, one.numerator), (DENOMINATOR, one.denominator))
    ]
    (least, most), (fewest, many) = parts
    if not fewest:
        return nothing
    low, high = least / many, min(most / fewest, 1.0)
    return (low, high) if high - low <= _TOLD else nothing


def _with_certain(one: Indicator, ratios: Mapping[FigurePlace, Range]) -> Indicator:
    """A rate that its parts leave no choice of, as none of some, is exact."""
    low, high = ratios.get(FigurePlace(one.id, None, VALUE), (0.0, inf))
    return replace(one, value=low) if low == high else one


def _indicator(one: Indicator, places: Mapping[FigurePlace, Range]) -> Indicator:
    told = {place.part for place in places if place.row is None and place.holder == one.id}
    gone: dict[str, Any] = dict.fromkeys(told)
    if told - {UNKNOWN}:  # a count is its own numerator; a rate or a median follows from its parts
        gone[VALUE] = None
    if VALUE in told:
        gone[NUMERATOR] = None
    return replace(one, **gone)


def _row(name: str, index: int, row: TableRow, places: Mapping[FigurePlace, Range]) -> TableRow:
    cells = {
        column: None if FigurePlace(name, index, column) in places else value
        for column, value in row.cells.items()
    }
    return replace(row, cells=cells)
