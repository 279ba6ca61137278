"""What pouring foreign tables into a workbook would do: lines to add, cells to fill or to change,
and what is left to the team, each with its place in the file that it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from cedre_xlsx.intake.targets import SPECS
from cedre_xlsx.method.french import counted
from cedre_xlsx.workbook.edit.model import CellValue, LineChange, NewColumn, NewRow


class Fate(Enum):
    """What becomes of a line that was read; each has one.

    One that is joined tells again of a person's row that another line makes or completes.
    """

    CREATED = "à créer"
    UPDATED = "à mettre à jour"
    SAME = "à jour"
    JOINED = "à réunir"
    TO_SEE = "à voir"


class PlannedRow(NamedTuple):
    """A line to add to one of our tables: whose, and the first line that it comes from."""

    table: str
    person: str
    place: str
    row: NewRow

    @property
    def line(self) -> str:
        """Where the line comes from, its sheet and whose it is, in one line."""
        return f"{self.place} → {SPECS[self.table].sheet} : {self.person}"


@dataclass(frozen=True, slots=True)
class CellFill:
    """A cell of the workbook that a foreign line completes, or would change.

    `cell` is its address, "" in a column that is still to be added; `field` is "" for a column of
    the team's.
    """

    person: str
    sheet: str
    heading: str
    cell: str
    before: str
    after: str
    value: CellValue
    place: str
    table: str
    row: int
    field: str = ""

    @property
    def replaces(self) -> bool:
        """Whether something stands in the cell."""
        return bool(self.before)

    @property
    def line(self) -> str:
        """The change in one line."""
        before = f"« {self.before} »" if self.before else "vide"
        where = f"{self.sheet}!{self.cell or self.row}"
        return f"{where} {self.person}, {self.heading} : {before} → « {self.after} »"


@dataclass(frozen=True, slots=True)
class ToSee:
    """Something left to the team: where it stands, who it is about, why."""

    place: str
    person: str
    why: str

    @property
    def line(self) -> str:
        """What is left, with where, who and why, in one line."""
        return f"{self.place} : {', '.join(filter(None, (self.person, self.why)))}"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What would be done. `fates` has that of each line read, by the ranks of its table and its
    own; `origins` the ranks of the rows that a line tells of; `weights` how many lines of the
    file are in one, where they are several; `differing` are the lines to see that are poured but
    for what another line of the same row says otherwise.

    `remarks` are what is to be known of lines that are poured all the same; `fills` complete empty
    cells, `changes` would replace what is typed.
    """

    columns: tuple[NewColumn, ...] = ()
    rows: tuple[PlannedRow, ...] = ()
    fills: tuple[CellFill, ...] = ()
    changes: tuple[CellFill, ...] = ()
    to_see: tuple[ToSee, ...] = ()
    remarks: tuple[ToSee, ...] = ()
    fates: Mapping[tuple[int, int], Fate] = field(default_factory=dict)
    origins: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    weights: Mapping[tuple[int, int], int] = field(default_factory=dict)
    differing: Set[tuple[int, int]] = frozenset()

    @property
    def counts(self) -> Counter[Fate]:
        """How many lines of the files have each fate."""
        weight = self.weights.get
        return Counter({
            fate: sum([weight(line, 1) for line, one in self.fates.items() if one is fate])
            for fate in Fate
        })  # fmt: skip

    @property
    def read(self) -> int:
        """How many lines of the files were read."""
        return self.counts.total()

    @property
    def totals(self) -> str:
        """The count of lines, which adds up; those that are joined, where there are."""
        return self._totals({Fate.JOINED})

    @property
    def totals_of_new(self) -> str:
        """The count of lines of a new workbook, which has nothing yet that a line could be like."""
        return self._totals({Fate.UPDATED, Fate.SAME, Fate.JOINED})

    def _totals(self, rare: Set[Fate]) -> str:
        counts = self.counts
        told = [one for one in Fate if one not in rare or counts[one]]
        parts = [f"{counts[fate]} {fate.value}" for fate in told]
        return f"{counted(counts.total(), 'ligne lue', 'lignes lues')} = {' + '.join(parts)}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written, changes included."""
        return not (self.rows or self.fills or self.changes)

    def line_changes(self, fills: Iterable[CellFill]) -> list[LineChange]:
        """Some of the cells to fill, line by line."""
        values: dict[tuple[str, int], tuple[dict[str, CellValue], dict[str, CellValue]]] = {}
        for one in fills:
            fields, own = values.setdefault((one.table, one.row), ({}, {}))
            (fields if one.field else own)[one.field or one.heading] = one.value
        return [LineChange(*line, fields, own) for line, (fields, own) in values.items()]

    def new_rows(self) -> dict[str, list[NewRow]]:
        """The lines to add, by table."""
        found: dict[str, list[NewRow]] = {}
        for one in self.rows:
            found.setdefault(one.table, []).append(one.row)
        return found
