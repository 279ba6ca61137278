"""The figures of several antennas added up: counts, cases of medians, lines of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TypeVar

from cedre_xlsx.federation.antenna import AntennaYear
from cedre_xlsx.federation.roster import (
    COUNTED,
    OTHERS,
    TOTAL_LINE,
    UNKNOWN,
    Cell,
    labels_key,
)
from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Indicator, Line, Number, TableRow

_EXACT = 6  # decimals of a sum of shares of hours
_HUNDREDTHS = 2  # of hours in a table
_MIXED = (Unit.FTE, Unit.RATIO)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Correction:
    """What is taken from a sum, or added to it: numbers by their cell, cases of medians."""

    cells: Mapping[Cell, int] = field(default_factory=dict)
    cases: Mapping[str, Mapping[float, int]] = field(default_factory=dict)


def added(year: int, antennas: Sequence[AntennaYear], correction: Correction) -> Statistics:
    """The figures of a year of all these antennas, those without figures left aside."""
    told = [one for one in antennas if not one.statistics.is_silent]
    if not told:
        return Statistics(year, (), {}, "Aucune source ne dit rien de cette année.", is_silent=True)
    return Statistics(
        year=year,
        indicators=tuple(_indicators(told, correction)),
        tables=_tables(told, correction),
    )


def _indicators(antennas: Sequence[AntennaYear], correction: Correction) -> Iterator[Indicator]:
    known = [{one.id: one for one in antenna.statistics.indicators} for antenna in antennas]
    for identifier in _merged([list(one) for one in known]):
        there = [
            (antenna, one[identifier])
            for antenna, one in zip(antennas, known, strict=True)
            if identifier in one
        ]
        yield _indicator(there, correction)


def _indicator(there: Sequence[tuple[AntennaYear, Indicator]], correction: Correction) -> Indicator:
    """One figure of those that have it."""
    first = there[0][1]
    ones = [one for _, one in there]
    counted, others, unknowns = (
        correction.cells.get((first.id, side), 0) for side in (COUNTED, OTHERS, UNKNOWN)
    )
    unknown = sum(one.unknown or 0 for one in ones) + unknowns
    unit = definition_of(first.id).unit
    if unit.is_median:
        middle, cases = _median(there, correction.cases.get(first.id, {}))
        return replace(first, value=middle, denominator=cases, unknown=unknown)
    numerator = _sum([one.numerator for one in ones])
    if numerator is not None:
        numerator = numerator + counted
        numerator = round(numerator, _EXACT) if isinstance(numerator, float) else numerator
    denominator: int | float | None = None
    value: int | float | None = numerator
    if unit is Unit.RATE:
        whole = _sum([one.denominator for one in ones])
        denominator = None if whole is None else whole + counted + others
        value = _ratio(numerator, denominator)
    elif unit in _MIXED:
        denominator, value = _mixed(ones, numerator, unit)
    return replace(
        first, value=value, numerator=numerator, denominator=denominator, unknown=unknown
    )


def _mixed(
    ones: Sequence[Indicator], numerator: float | None, unit: Unit
) -> tuple[int | float | None, int | float | None]:
    """What hours, or people, are divided by, and the figure.

    Full-time equivalents of different bases add up; staff does, where all tell of theirs.
    """
    bases = [one.denominator for one in ones]
    if unit is Unit.RATIO:
        base = None if None in bases else _sum(bases)
        return base, _ratio(numerator, base)
    if len(set(bases)) == 1:
        return bases[0], _ratio(numerator, bases[0])
    values = [one.value for one in ones]
    return None, None if None in values else _sum(values)


def _median(
    there: Sequence[tuple[AntennaYear, Indicator]], correction: Mapping[float, int]
) -> tuple[float | None, int | None]:
    """The median of the cases of all, and how many; none where those of some are not known."""
    counts: Counter[float] = Counter(correction)
    for antenna, one in there:
        if one.id not in antenna.cases:
            if one.denominator == 0:
                continue
            return None, None
        counts.update(antenna.cases[one.id])
    cases = sorted(counts.elements())
    return (float(median(cases)) if cases else None), len(cases)


def _ratio(numerator: float | None, denominator: float | None) -> float | None:
    return numerator / denominator if numerator is not None and denominator else None


def _sum(numbers: Sequence[Number]) -> Number:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _tables(
    antennas: Sequence[AntennaYear], correction: Correction
) -> Mapping[str, Sequence[TableRow]]:
    tables = [antenna.statistics.tables for antenna in antennas]
    return {
        name: _table(name, [one[name] for one in tables if name in one], correction)
        for name in _merged([list(one) for one in tables])
    }


def _table(
    name: str, tables: Sequence[Sequence[TableRow]], correction: Correction
) -> tuple[TableRow, ...]:
    """The lines of all by what they are of, that of the total last."""
    lines: dict[tuple[str, ...], list[TableRow]] = {}
    for rows in tables:
        for row in rows:
            lines.setdefault(labels_key(row), []).append(row)
    order = _merged([[labels_key(row) for row in rows if not row.is_total] for rows in tables])
    if TOTAL_LINE in lines:
        order = [*order, TOTAL_LINE]
    columns = _merged([list(row.cells) for rows in tables for row in rows[:1]])
    return tuple(
        Line(
            lines[key][0].labels,
            {
                column: _cell([row.cells.get(column, 0) for row in lines[key]],
                              correction.cells.get((name, key, column), 0))
                for column in columns
            },
            is_total=key == TOTAL_LINE,
        )
        for key in order
    )  # fmt: skip


def _cell(numbers: Sequence[Number], by: int) -> Number:
    total = _sum(numbers)
    if total is None:
        return None
    return round(total, _HUNDREDTHS) if isinstance(total, float) else total + by


def _merged(lists: Sequence[Sequence[T]]) -> list[T]:
    """All that is in some lists, each once, what is new after what stands before it in its own."""
    found: list[T] = []
    for one in lists:
        at = 0
        for item in one:
            if item in found:
                at = max(at, found.index(item) + 1)
            else:
                found.insert(at, item)
                at += 1
    return found
