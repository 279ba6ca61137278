"""What differs between two copies, as values: cells, lines, people, sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a line from the first copy to the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """In French, as said of a line."""
        return {"added": "Ajoutée", "removed": "Supprimée", "changed": "Changée"}[self.value]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell: its heading, its text before and after ("" for a blank one), its address in each
    copy ("D12"; "" where it has none).
    """

    column: str
    before: str
    after: str
    before_cell: str = ""
    after_cell: str = ""


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One line: what it is known by (`line`), whose it is ("" for nobody's), its sheet and its row
    in each copy (0 where it is not), its cells that differ; all of them, of one that was added or
    removed. `doubtful` says that others are as like to it.
    """

    change: Change
    sheet: str
    line: str
    cells: tuple[CellDifference, ...]
    person: str = ""
    before_row: int = 0
    after_row: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """All that differs about somebody: `name` as the second copy has it, `former` as the first one
    had it where that was another ("" where not).
    """

    name: str
    lines: tuple[LineDifference, ...]
    former: str = ""
    advisor: str = ""


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What differs in what is about nobody: a table of Paramètres, a list, a sheet of the team."""

    title: str
    lines: tuple[LineDifference, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs. `remarks` are sentences on sheets, headings and columns.

    `related` is False where hardly a line of one is in the other: nothing else is told then.
    """

    people: tuple[PersonChanges, ...] = ()
    sheets: tuple[SheetChanges, ...] = ()
    remarks: tuple[str, ...] = ()
    related: bool = True

    @property
    def lines(self) -> Iterator[LineDifference]:
        """Every line, people's first."""
        for person in self.people:
            yield from person.lines
        for sheet in self.sheets:
            yield from sheet.lines

    def count(self, change: Change) -> int:
        """How many lines were added, removed or changed."""
        return sum(line.change is change for line in self.lines)
