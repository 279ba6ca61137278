"""What a sheet went through: merged cells, hidden rows, lists and colours cut by pasting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def overlaps(self, other: Area) -> bool:
        """Whether both have a cell in common."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )

    def holds(self, column: int) -> bool:
        """Whether it has cells in a column."""
        return self.first_column <= column <= self.last_column


def rows_outside(rows: Sequence[int], areas: Iterable[Area]) -> list[int]:
    """Those of these rows, in order, that no area covers."""
    left: list[int] = []
    start = 0
    for area in sorted(areas, key=lambda area: area.first_row):
        left += rows[start : max(start, bisect_left(rows, area.first_row))]
        start = max(start, bisect_right(rows, area.last_row))
    return left + list(rows[start:])


@dataclass(frozen=True, slots=True)
class SheetState:
    """The state of one sheet; Excel files alone tell it.

    `lists` are the cells with a drop-down list; `colours` the cells of each rule of conditional
    format, a rule that pasting has cut being one rule in several areas; `formulas` the rows of
    each column whose cell is computed.
    """

    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    lists: tuple[Area, ...] = ()
    colours: tuple[tuple[Area, ...], ...] = ()
    formulas: Mapping[int, frozenset[int]] = field(default_factory=dict)
