"""What a merge is made of: the lines of each side, and what is to be told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.workbook.read.raw import Cell

#: A line as it is compared: the print of each cell that is not blank, by the name of its column.
Prints = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one side: its row there, its cells by the name of their column, their prints.

    `formulas` are the columns whose cell computes, each with its formula as the first row of a
    sheet would have it; `has_remark` says whether one of its cells has a comment of its own.
    """

    row: int
    cells: Mapping[str, Cell]
    prints: Prints
    formulas: Mapping[str, str] = field(default_factory=dict)
    has_remark: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A table of one side; `columns` gives its headings by the names of its columns."""

    sheet: str
    columns: Mapping[str, str]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseLines:
    """A table as both sides had it: prints; the cells themselves where a file tells them."""

    lines: tuple[Prints, ...]
    cells: tuple[Mapping[str, Cell], ...] = ()

    def cell(self, index: int, column: str) -> Cell:
        """What both had in a cell; None where it is not known."""
        return self.cells[index].get(column) if self.cells else None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where what is told of stands: a line of A by its row, one that is added by its rank, or a
    cell by its sheet and address.
    """

    table: str = ""
    row: int = 0
    added: int | None = None
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be told of one cell or line: a row of `Fusion` before its place is known.

    `column` is a name of the table's, "" where it is about the line; `heading` what is printed
    above it; `sheet` is where it stands in B, for what has no place in A; `line` is what its line
    of a generated sheet is known by. `gone` is a line that was taken out, and its table. Of a
    comment, `is_remark`, the spot only shows where it was: it goes in no cell.
    """

    sort: Sort
    spot: Spot | None
    person: str = ""
    column: str = ""
    heading: str = ""
    before: Cell = None
    first: Cell = None
    second: Cell = None
    sheet: str = ""
    line: str = ""
    gone: tuple[str, Line] | None = None
    is_remark: bool = False


@dataclass
class TableMerge:
    """What becomes of one table of A: cells written, lines added and taken out, what is told.

    `rows` are the rows of lines that both have: A's by B's; `headings` are those of both.
    """

    table: str
    sheet: str
    headings: Mapping[str, str] = field(default_factory=dict)
    changes: dict[int, dict[str, Cell]] = field(default_factory=dict)
    added: list[Line] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    new_columns: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether B brings nothing."""
        return not (self.changes or self.added or self.removed or self.notes)
