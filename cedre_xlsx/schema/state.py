"""What a sheet went through: merged cells, hidden rows, lists and colours cut by pasting."""

from __future__ import annotations

from collections.abc import Mapping
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
