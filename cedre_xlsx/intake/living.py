"""The workbook that lines are poured into: its rows, its cells, where a value would go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cedre_xlsx.intake.targets import SPECS
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import EntryRow, line_key
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook


@dataclass(frozen=True)
class Living:
    """A workbook of ours as it was read."""

    records: Records
    workbook: RawWorkbook
    _found: dict[str, Located | None] = field(default_factory=dict)

    def located(self, table: str) -> Located | None:
        """Where one of our tables stands; None where it was not found."""
        if table not in self._found:
            self._found[table] = locate(self.workbook, SPECS[table])
        return self._found[table]

    def sheet(self, table: str) -> str:
        """The sheet of a table as it is called now."""
        found = self.located(table)
        return found.sheet.name if found else SPECS[table].sheet

    def has_field(self, table: str, name: str) -> bool:
        """Whether a field has a column."""
        found = self.located(table)
        return found is not None and name in found.columns

    def own_heading(self, table: str, heading: str) -> str:
        """A column of the team's, as it is headed there; "" where there is none."""
        found = self.located(table)
        key = word_key(heading)
        return next((one for one in found.extra if word_key(one) == key), "") if found else ""

    def cell(self, table: str, row: int, name: str = "", heading: str = "") -> tuple[str, Cell]:
        """The address and the content of a cell, by field or by the heading of an own column."""
        found = self.located(table)
        if found is None:
            return "", None
        column = found.columns.get(name) if name else found.extra.get(heading)
        index = found.sheet.row_index(row)
        if column is None:
            return "", None
        return found.sheet.address(index, column), found.sheet.cell(index, column)


def rows_of(person: Person, table: str) -> tuple[Any, ...]:
    """The lines of a person in one of our tables."""
    return {
        "tSuivi": person.follow_ups,
        "tEngagements": person.engagements,
        "tMissions": person.missions,
        "tFreins": person.barriers,
    }[table]


def line_keys(row: EntryRow) -> Iterator[str]:
    """What a line may be known by, the surest first: a foreign table may lack its reference, or
    the day when a frein was seen."""
    yield row.key
    if isinstance(row, EngagementRow) and row.reference:
        yield line_key(row.agreed, row.object)
    if isinstance(row, BarrierRow) and row.identified:
        yield line_key(row.barrier, None)


@dataclass(slots=True)
class Register:
    """The lines of each person and table that are there, or will be, by what they are known by.

    Lines that say the same are told apart by their rank in their own source: a second copy of a
    source finds them all. Those that no day tells apart are counted over all sources (None).
    """

    _lines: dict[tuple[str, str], dict[str, list[Any]]] = field(default_factory=dict)
    _seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    def know(self, table: str, person: str, row: EntryRow) -> None:
        """Enter a line of the workbook."""
        self._enter(table, person, row, row)

    def find(self, source: int | None, table: str, person: str, row: EntryRow) -> Any | None:
        """The line that a row of a source says again; None for a new one."""
        known = self._lines.get((table, person), {})
        for key in line_keys(row):
            there = known.get(key, [])
            mark = (source, table, person, key)
            rank = self._seen.get(mark, 0)
            if rank < len(there):
                self._seen[mark] = rank + 1
                return there[rank]
        return None

    def add(self, source: int | None, table: str, person: str, row: EntryRow, line: Any) -> None:
        """Enter a line of a source that is new."""
        for key in self._enter(table, person, row, line):
            mark = (source, table, person, key)
            self._seen[mark] = self._seen.get(mark, 0) + 1

    def _enter(self, table: str, person: str, row: EntryRow, line: Any) -> list[str]:
        keys = list(line_keys(row))
        known = self._lines.setdefault((table, person), {})
        for key in keys:
            known.setdefault(key, []).append(line)
        return keys
