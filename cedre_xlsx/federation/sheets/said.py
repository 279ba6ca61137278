"""How figures are written in the cells of a consolidation: numbers, or what is said instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil, floor, isinf

from cedre_xlsx.federation.sheets.page import HIDDEN, NOTHING
from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.shown import (
    class_text,
    in_shown_cell,
    in_shown_unit,
    number_text,
    shown_value,
)
from cedre_xlsx.reports.statistics.values import Indicator
from cedre_xlsx.workbook.generated import Value

Key = tuple[str, int | None, str]


def with_shown_ranges(statistics: Statistics) -> Statistics:
    """Statistics whose ranges are in the units that numbers are shown in, minutes in hours, and
    whole; rates have their own rounding.
    """
    ranges = {key: _shown_range(key, *told) for key, told in statistics.classes.items()}
    return replace(statistics, classes=ranges)


def _shown_range(key: Key, low: float, high: float) -> tuple[float, float]:
    if _is_rate(key):
        return low, min(high, 1.0)
    return _whole(_in_shown_unit(key, low), _in_shown_unit(key, high))


def _is_rate(key: Key) -> bool:
    holder, line, part = key
    return line is None and part == "value" and definition_of(holder).unit is Unit.RATE


def _in_shown_unit(key: Key, bound: float) -> float:
    holder, line, part = key
    if line is not None:
        return in_shown_cell(part, bound)
    return bound if part == "unknown" else in_shown_unit(holder, bound)


def _whole(low: float, high: float) -> tuple[float, float]:
    """The whole numbers around a range; what has no bound stays so."""
    return float(floor(low)), high if isinf(high) else float(ceil(high))


class Said:
    """One year of one source, or of all, by the ids of its figures; None has no figure at all."""

    def __init__(self, statistics: Statistics | None) -> None:
        self.statistics = with_shown_ranges(statistics) if statistics else None
        self._known: Mapping[str, Indicator] = (
            {one.id: one for one in statistics.indicators} if statistics else {}
        )

    def value(self, identifier: str) -> Value:
        """A figure as a number, or as what a publication says of it."""
        one = self._known.get(identifier)
        if one is None or self.statistics is None:
            return NOTHING
        told = self._class(identifier, "value")
        shown = shown_value(one)
        if told or shown is not None:
            return told or shown
        return HIDDEN if self._is_hidden(one) else NOTHING

    def detail(self, identifier: str) -> str:
        """What a figure divides: "12 / 20" of a rate, "20 cas" of a median, "" of a count."""
        one = self._known.get(identifier)
        if one is None or self.statistics is None:
            return ""
        unit = definition_of(identifier).unit
        if unit.is_median:
            return f"{self._part(one, 'denominator', one.denominator)} cas"
        if unit in (Unit.RATE, Unit.FTE, Unit.RATIO):
            numerator = self._part(one, "numerator", one.numerator)
            decimals = 2 if unit is Unit.RATIO else 0
            return f"{numerator} / {self._part(one, 'denominator', one.denominator, decimals)}"
        return ""

    def unknown(self, identifier: str) -> Value:
        """How many could not be placed; nothing where none."""
        one = self._known.get(identifier)
        if one is None or self.statistics is None or one.unknown == 0:
            return None
        told = self._class(identifier, "unknown")
        if told or one.unknown is not None:
            return told or one.unknown
        return HIDDEN if self._publishes else NOTHING

    def _class(self, identifier: str, part: str) -> str:
        """The range that a number is given by, as it is shown."""
        if self.statistics is None:
            return ""
        return class_text(self.statistics, identifier, None, part)

    @property
    def _publishes(self) -> bool:
        return self.statistics is not None and self.statistics.hidden is not None

    def _is_hidden(self, one: Indicator) -> bool:
        """Whether a figure without value is hidden, not lacking: a rate of no case has none."""
        return self._publishes and one.denominator != 0

    def _part(self, one: Indicator, part: str, number: float | None, decimals: int = 0) -> str:
        told = self._class(one.id, part)
        if told:
            return told
        if number is None:
            return HIDDEN if self._publishes else NOTHING
        return number_text(number, decimals)
