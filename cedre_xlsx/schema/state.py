"""What a sheet went through: merged cells, hidden rows, lists and colours cut by pasting; and what
the workbook has besides its sheets.
"""

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
    """The rows that no area covers; `rows` are in order, and stay so."""
    left: list[int] = []
    start = 0
    for area in sorted(areas, key=lambda area: area.first_row):
        left += rows[start : max(start, bisect_left(rows, area.first_row))]
        start = max(start, bisect_right(rows, area.last_row))
    return left + list(rows[start:])


@dataclass(frozen=True, slots=True)
class ListRule:
    """A drop-down list: what it is drawn from, and its cells."""

    source: str
    areas: tuple[Area, ...]


Rows = Mapping[int, frozenset[int]]  # the rows of each column


@dataclass(frozen=True, slots=True)
class SheetState:
    """The state of one sheet; Excel files alone tell it.

    `lists` are its drop-down lists, `helped` the cells with any rule for what is typed in them
    (lists, guards of dates, messages), `guards` those with one that is no list and refuses
    something; `colours` the cells of each rule of conditional format, a
    rule that pasting has cut being one rule in several areas. Where formulas were looked for,
    `formulas` are the computed cells, `broken` those of them that lost what they name or whose
    value is none of its type, `called` the tables that the formulas of each column name; `placed`
    is False where cells do not say where they are.
    """

    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    lists: tuple[ListRule, ...] = ()
    helped: tuple[Area, ...] = ()
    guards: tuple[Area, ...] = ()
    colours: tuple[tuple[Area, ...], ...] = ()
    formulas: Rows = field(default_factory=dict)
    broken: Rows = field(default_factory=dict)
    called: Mapping[int, frozenset[str]] = field(default_factory=dict)
    placed: bool = True
    protected: bool = False

    @property
    def listed(self) -> tuple[Area, ...]:
        """The cells with a drop-down list."""
        return tuple(area for rule in self.lists for area in rule.areas)


@dataclass(frozen=True, slots=True)
class TableState:
    """The Excel table over the lines: its name, its cells and the headings it knows.

    `computed` are the headings whose cells it fills by itself; `has_headings` is False where the
    table says that its first row is a line.
    """

    name: str
    area: Area
    headings: tuple[str, ...] = ()
    computed: frozenset[str] = frozenset()
    has_headings: bool = True


@dataclass(frozen=True, slots=True)
class FormState:
    """A sheet of ours that nobody fills line by line: its name in a new workbook, its name now.

    `errors` are the addresses of its cells that show an error or lost what they compute.
    """

    name: str
    sheet: str
    state: SheetState
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookState:
    """What an Excel file says of the workbook: who saved it last, its names, tables, shown sheets.

    `names` gives what each defined name stands for; `hollow` are those of lists of ours of which
    nothing is left, their cells being empty, or their sheet gone. Names of both kinds are without
    case.
    """

    program: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    hollow: frozenset[str] = frozenset()


def is_dead(formula: str) -> bool:
    """Whether a formula lost what it names, as Excel, LibreOffice and Gnumeric leave it."""
    return not formula.strip() or any(mark in formula for mark in DEAD)


#: What stands in a formula in the place of what is no more.
DEAD = ("#REF!", "#NAME?", "gnumeric.ERROR(")
