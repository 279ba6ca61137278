"""What is not clear about somebody whose time seems over: nothing is guessed, all of it is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.method.text import full_name, name_key
from cedre_xlsx.privacy.model import Reason
from cedre_xlsx.rules.people import overlap
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.retention import ARRIVALS, Trace, dates_of, first_day_over, place_of, rows_of

#: The dates of what happens: none of them comes after the day of the count.
_HAPPENS = ("registered", "interview", "pre_reception", "dated", "agreed", "reviewed", "start")
#: The date without which a line says of no day.
_ITS_DATE: dict[type[Row], str] = {
    FollowUpRow: "dated", EngagementRow: "agreed", MissionRow: "start",
}  # fmt: skip


def doubts_of(records: Records, person: Person, last: Trace, on: date) -> Iterator[Reason]:
    """What may say that somebody's last trace is not the last one, each with its cell."""
    if is_far_off(last.day, on):
        yield Reason(f"date du {french_day(last.day)}, l'année est à vérifier", last.place)
    yield from unclear_dates(records, person, on)
    yield from _later_arrivals(records, person, last, on)
    yield from _two_people(records, person)


def unclear_dates(records: Records, person: Person, on: date) -> Iterator[Reason]:
    """The dates of somebody that cannot be read, lack on a line, or are still to come."""
    for row in rows_of(person):
        for field in _dates_but_kept(row):
            if field in row.unreadable:
                yield Reason("date qui n'est pas comprise", place_of(records, row, field))
            elif row.lacks(field) and _ITS_DATE.get(type(row)) == field:
                yield Reason("ligne sans date", place_of(records, row, field))
            elif (day := day_in(row, field)) is not None and day > on and field in _HAPPENS:
                yield Reason(f"date à venir, le {french_day(day)}", place_of(records, row, field))


def _later_arrivals(records: Records, person: Person, last: Trace, on: date) -> Iterator[Reason]:
    """Dates of an arrival that come after the last trace: an order that nobody meant."""
    for row in person.pathways:
        for field in ARRIVALS:
            day: date | None = getattr(row, field)
            if day is not None and last.day < day <= on:
                yield Reason(
                    f"date du {french_day(day)}, après celle de l'inscription",
                    place_of(records, row, field),
                )


def day_in(row: Row, field: str) -> date | None:
    """The day of a cell, without its remark."""
    if isinstance(row, FollowUpRow):
        return row.day
    value: date | None = getattr(row, field)
    return value


def _dates_but_kept(row: Row) -> tuple[str, ...]:
    """The dates of a line; what the team asked to keep is a reason of its own."""
    return tuple(field for field in dates_of(row) if field != "keep_until")


def _two_people(records: Records, person: Person) -> Iterator[Reason]:
    """Whether the lines of a name may be those of two people."""
    years = {row.birth_year for row in person.pathways} - {None}
    if len(years) > 1 or any(overlap(one, other) for one, other in pairwise(person.pathways)):
        rows = listed([str(row) for row in sorted(row.row for row in person.pathways)])
        yield Reason(
            f"les lignes {rows} de Personnes peuvent être deux personnes",
            place_of(records, person.latest, "last_name"),
        )


class Unplaced:
    """The lines whose name is nobody's, or several people's: one may be a recent contact."""

    def __init__(self, records: Records, months: float, on: date) -> None:
        self._records, self._months, self._on = records, months, on
        self._by_name: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
        self._likely: dict[str, tuple[str, ...]] = {}
        self.count = 0
        for row in _lines(records):
            typed = row.person.strip()
            if records.canonical_name(typed) is None:
                self.count += 1
                if typed and self._is_recent(row):
                    self._add(typed, place_of(records, row, "person"))

    def doubts(self, person: Person) -> Iterator[Reason]:
        """The lines that may be this person's, and recent."""
        for typed, place in self._by_name.get(person.name, ()):
            yield Reason(f"ligne au nom de {quoted(typed)} : est-ce la même personne ?", place)

    def _is_recent(self, row: Row) -> bool:
        """Whether the line, if it were somebody's, would put off the end of their time."""
        days = [day for field in dates_of(row) if (day := day_in(row, field)) is not None]
        if isinstance(row, MissionRow) and row.end is None:
            return True
        return not days or first_day_over(max(days), self._months) > self._on

    def _add(self, typed: str, place: Place) -> None:
        if typed not in self._likely:
            self._likely[typed] = tuple(self._who(typed))
        for name in self._likely[typed]:
            self._by_name[name].append((typed, place))

    def _who(self, typed: str) -> Iterator[str]:
        if not self._records.is_ambiguous(typed):
            yield from nearest(typed, self._records.persons)
            return
        key = name_key(typed)
        for name, person in self._records.persons.items():
            short = full_name(person.latest.last_name, person.latest.first_name)
            if name_key(short) == key:
                yield name


def _lines(records: Records) -> Iterator[FollowUpRow | EngagementRow | MissionRow]:
    yield from records.follow_ups.rows
    yield from records.engagements.rows
    yield from records.missions.rows
