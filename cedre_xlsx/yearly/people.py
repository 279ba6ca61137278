"""Who goes into the new year's workbook, and who stays in the old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from cedre_xlsx.method.anonymous import is_anonymous
from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.schema.later import asked_on, noted_situation
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.retention import first_day_over, last_trace, unreadable_dates
from cedre_xlsx.yearly.reasons import CarryReason


@dataclass(frozen=True)
class Eve:
    """The records on the last day before a year."""

    records: Records
    year: int

    @property
    def first(self) -> date:
        """1 January of the new year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December of the year before."""
        return self.first - timedelta(days=1)

    @cached_property
    def reasons(self) -> Mapping[str, CarryReason]:
        """Why each person is carried, by name; those who stay behind are not there.

        A person made anonymous is carried while in the active file only.
        """
        found = {}
        for name, person in self.records.persons.items():
            reason = self._reason(person)
            if reason is not None:
                found[name] = reason
        return found

    @cached_property
    def present(self) -> frozenset[str]:
        """The people who are not gone on 1 January."""
        return frozenset(name for name, why in self.reasons.items() if why is CarryReason.PRESENT)

    def is_open(self, row: PersonRow) -> bool:
        """Whether a pathway is not over before 1 January."""
        return row.exited is None or row.exited >= self.first

    def is_followed(self, typed: str) -> bool:
        """Whether a line is of somebody who is not gone, or of a name that nobody has: that is to
        be put right.
        """
        name = self.records.canonical_name(typed) if typed else None
        return name is None or name in self.present

    def is_left_for_good(self, typed: str) -> bool:
        """Whether a line is of somebody anonymous who is gone."""
        name = self.records.canonical_name(typed) if typed else None
        return name is not None and is_anonymous(name) and name not in self.present

    def _reason(self, person: Person) -> CarryReason | None:
        if any(self.is_open(row) for row in person.pathways):
            return CarryReason.PRESENT
        if is_anonymous(person.name):
            return None
        if any(row.keep_until and row.keep_until >= self.first for row in person.pathways):
            return CarryReason.KEPT
        if any(self._is_to_be_asked(row, person) for row in person.pathways):
            return CarryReason.ASKED
        return CarryReason.RETAINED if self._is_within_retention(person) else None

    def _is_to_be_asked(self, row: PersonRow, person: Person) -> bool:
        """Whether the situation six months after an exit is still to be asked in the new year."""
        if not self.records.people.columns.get("later_situation"):
            return False
        asked = asked_on(row, person.pathways, self.last)
        return asked is not None and asked >= self.first and noted_situation(row, self.last) is None

    def _is_within_retention(self, person: Person) -> bool:
        """Whether the last trace of someone gone is recent enough, or cannot be dated."""
        if any(unreadable_dates(self.records, person)):
            return True
        last = last_trace(self.records, person, self.last)
        if last is None or is_far_off(last.day, self.last):
            return True
        return first_day_over(last.day, self.records.settings.retention_months) > self.first
