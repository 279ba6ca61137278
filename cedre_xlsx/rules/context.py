"""What every rule looks at: the records at a date, with the indexes they share, built once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.rules.free_text import FreeTexts
from cedre_xlsx.rules.lone_texts import Note, lone_texts
from cedre_xlsx.rules.unknown_names import NameGuesser
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.late import Late
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records, Table
from cedre_xlsx.schema.settings import Settings

R = TypeVar("R", bound=Row)
_BEGINNINGS = ("pre_reception", "interview", "registered")


class PersonLine(NamedTuple, Generic[R]):
    """A row and whose it is: `name` is the person's, or what was typed when `person` is None."""

    row: R
    name: str
    person: Person | None


class Followed(NamedTuple):
    """Someone in the active file who is not on pause, and the pathway they are in."""

    person: Person
    pathway: PersonRow
    registered: date


@dataclass(frozen=True)
class Context:
    """The records on a day. Every index is linear in the rows, and made at its first use.

    `late` is what the workbook of the year before says otherwise than when this one was begun;
    nothing where that is not asked.
    """

    records: Records
    on: date
    late: tuple[Late, ...] = ()

    @property
    def settings(self) -> Settings:
        """The structure's thresholds."""
        return self.records.settings

    @cached_property
    def actions(self) -> tuple[PersonLine[FollowUpRow], ...]:
        """Every line of Suivi, in the sheet's order."""
        return self._lines(self.records.follow_ups, lambda row: row.person)

    @cached_property
    def engagements(self) -> tuple[PersonLine[EngagementRow], ...]:
        """Every line of Engagements, in the sheet's order."""
        return self._lines(self.records.engagements, lambda row: row.person)

    @cached_property
    def missions(self) -> tuple[PersonLine[MissionRow], ...]:
        """Every line of Missions, in the sheet's order."""
        return self._lines(self.records.missions, lambda row: row.person)

    @cached_property
    def open_actions(self) -> tuple[PersonLine[FollowUpRow], ...]:
        """The lines of Suivi where something is still to be done, typed or read from the line.

        A Statut that was not understood leaves it unknown: such a line is not among them.
        """
        return tuple(
            line
            for line in self.actions
            if line.row.is_open(self.on) and "status" not in line.row.unreadable
        )

    @cached_property
    def open_engagements(self) -> tuple[PersonLine[EngagementRow], ...]:
        """The engagements agreed by that day and not reviewed."""
        return tuple(line for line in self.engagements if line.row.is_open(self.on))

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """Everyone about whom something may be late or lacking."""
        found = []
        for person in self.records.persons.values():
            pathway = person.pathway_on(self.on)
            if pathway and pathway.registered and not pathway.is_paused(self.on):
                found.append(Followed(person, pathway, pathway.registered))
        return tuple(found)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The texts alone on their rows, which no other rule takes for lines."""
        return tuple(lone_texts(self.records))

    def is_note(self, table: Table[R], row: R) -> bool:
        """Whether a row is no line, but a footnote."""
        return (table.sheet, row.row) in self._noted

    @cached_property
    def _noted(self) -> frozenset[tuple[str, int]]:
        return frozenset((note.place.sheet, note.row) for note in self.notes)

    @cached_property
    def well_dated(self) -> tuple[Followed, ...]:
        """The people of the active file of whom a delay can be counted: their registration is of a
        year that was meant.
        """
        return tuple(one for one in self.followed if not is_far_off(one.registered, self.on))

    @cached_property
    def _followed_names(self) -> frozenset[str]:
        return frozenset(followed.person.name for followed in self.followed)

    @cached_property
    def _gone_names(self) -> frozenset[str]:
        return frozenset(
            person.name
            for person in self.records.persons.values()
            if all(row.exited is not None and row.exited < self.on for row in person.pathways)
        )

    @cached_property
    def first_days(self) -> Mapping[str, date]:
        """The earliest date of each person's pathways, by name; years far off aside.

        Someone of whom one of these dates cannot be read, or none is typed, is not there.
        """
        found = {}
        for person in self.records.persons.values():
            if any(row.unreadable.intersection(_BEGINNINGS) for row in person.pathways):
                continue
            dates = (getattr(row, name) for row in person.pathways for name in _BEGINNINGS)
            days = [day for day in dates if day is not None and not is_far_off(day, self.on)]
            if days:
                found[person.name] = min(days)
        return found

    @cached_property
    def _paused_names(self) -> frozenset[str]:
        return frozenset(
            person.name
            for person in self.records.persons.values()
            if (pathway := person.pathway_on(self.on)) and pathway.is_paused(self.on)
        )

    @cached_property
    def guesser(self) -> NameGuesser:
        """Who an unknown name probably means."""
        return NameGuesser(self.records)

    @cached_property
    def free_texts(self) -> FreeTexts:
        """Every text that people typed freely, to be searched at once."""
        return FreeTexts(self.records)

    def is_followed(self, line: PersonLine[R]) -> bool:
        """Whether what the line says may be called late."""
        return line.name in self._followed_names

    def is_gone(self, line: PersonLine[R]) -> bool:
        """Whether its person left and did not come back: nobody will complete the line."""
        return line.name in self._gone_names

    def is_out_of_sight(self, line: PersonLine[R]) -> bool:
        """Gone, or on pause: nothing is asked for."""
        return line.name in self._gone_names or line.name in self._paused_names

    def has_gone(self, person: Person) -> bool:
        """Whether the person left and did not come back."""
        return person.name in self._gone_names

    def _lines(self, table: Table[R], typed: Callable[[R], str]) -> tuple[PersonLine[R], ...]:
        """The rows with their persons; each spelling of a name is looked up once."""
        known: dict[str, tuple[str, Person | None]] = {}
        lines = []
        noted = self._noted
        for row in table.rows:
            if noted and (table.sheet, row.row) in noted:
                continue
            spelling = typed(row)
            found = known.get(spelling)
            if found is None:
                found = known[spelling] = self._who(spelling)
            lines.append(PersonLine(row, *found))
        return tuple(lines)

    def _who(self, typed: str) -> tuple[str, Person | None]:
        name = self.records.canonical_name(typed) if typed else None
        return (name, self.records.persons[name]) if name else (typed, None)
