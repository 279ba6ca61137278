"""How many people make up each sum of hours or minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import Key, cell_key, indicator_key
from cedre_xlsx.reports.statistics.public.periods import MONTHS, period_label
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.reports.statistics.tables import numbers


def contributors(figures: Statistics, counted: Counted, span: int) -> Mapping[Key, int]:
    """The people behind each sum of a year, `span` months making one line of the table of months.

    Every figure and every number of a table whose lines count for more than one each is such a sum.
    """
    return {key: len(names) for key, names in people_behind(figures, counted, span).items()}


def people_behind(figures: Statistics, counted: Counted, span: int) -> Mapping[Key, set[str]]:
    """The people behind each figure by their names."""
    people: defaultdict[Key, set[str]] = defaultdict(set)
    for key, lines in _sums(figures, counted, span):
        people[key] |= _people(lines)
    # a workshop counts once, on one of its lines: all who have time there make it up
    timed = counted.year.actions[counted.year.actions["minutes"] > 0]
    people[indicator_key("minutes")] |= set(timed["shown"])
    return people


def _sums(figures: Statistics, counted: Counted, span: int) -> Iterator[tuple[Key, Selection]]:
    for identifier, figure in counted.figures.items():
        if figure.counted.amounts is not None:
            yield indicator_key(identifier), figure.counted
    for name, rows in counted.cells.items():
        for row, told in zip(rows, numbers(rows), strict=True):
            for column, lines in row.cells.items():
                if lines is not None and lines.amounts is not None:
                    yield _named(cell_key(figures, name, told, column), span), lines


def _named(key: Key, span: int) -> Key:
    """The name of a sum, which is under that of its period where it is of a month."""
    if key[0] != MONTHS:
        return key
    return (MONTHS, period_label(key[1], span), *key[2:])


def _people(lines: Selection) -> set[str]:
    amounts = lines.amounts
    places = lines.places if amounts is None else lines.places[amounts > 0]
    return set(lines.source.frame.loc[places, "shown"])
