"""What is being planned: lines to add, pathways of people, while tables are gone through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.intake.people import Line
from cedre_xlsx.intake.plan import Fate, PlannedRow
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person
from cedre_xlsx.workbook.edit.model import CellValue, NewRow


@dataclass(slots=True)
class Draft:
    """A line to add, while others may still complete it."""

    rank: int
    table: str
    person: str
    place: str
    values: dict[str, CellValue]
    extra: dict[str, CellValue]

    @property
    def planned(self) -> PlannedRow:
        """The line as it is now."""
        return PlannedRow(self.table, self.person, self.place, NewRow(self.values, self.extra))


@dataclass(slots=True)
class Pathway:
    """A pathway of someone: the lines that tell it, the row that it is, or will be."""

    lines: list[Line]
    row: PersonRow | None = None
    fate: Fate = Fate.SAME


def row_of(rows: Sequence[PersonRow], known: Person) -> PersonRow | None:
    """The row of Personnes that the lines of a pathway are; None for someone who comes back."""
    day = next((row.registered for row in rows if row.registered), None)
    begun = next((row.contract_start for row in rows if row.contract_start), day)
    latest = known.latest
    if latest.exited is not None and begun is not None and latest.exited < begun:
        there = [row for row in known.pathways if row.registered == begun]
        return there[0] if there else None
    return next((row for row in known.pathways if day and row.registered == day), latest)


def day_first(item: tuple[date | None, object]) -> date:
    """Orders what has a day before what has none."""
    return item[0] or date.max


def precision_of(name: str) -> str:
    """The Précision of a `Personne`; "" without one."""
    start = name.rfind(" (")
    return name[start + 2 : -1] if start > 0 and name.endswith(")") else ""


def filled(values: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """The values without those that are empty."""
    return {name: value for name, value in values.items() if value is not None}


def is_undated(row: Row) -> bool:
    """Whether nothing says when a line was: two that say the same are two, whatever their files."""
    if isinstance(row, EngagementRow):
        return not row.reference and row.agreed is None
    if isinstance(row, MissionRow):
        return row.start is None
    return isinstance(row, FollowUpRow) and row.day is None
