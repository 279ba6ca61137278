"""How long what is told of somebody is kept: from the last trace of them, a day and its cell.

One definition, for the rules that say it and for what erases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from cedre_xlsx.method.days import add_months
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Contact, Person, Records

#: The dates of an arrival, the one that counts first.
ARRIVALS = ("registered", "interview", "pre_reception")
#: What the last trace is called, by the field that tells it; any other is a contact.
CONTACT, ARRIVED, LEFT = "dernier contact", "arrivée", "sortie"
_CALLED = {**dict.fromkeys(ARRIVALS, ARRIVED), "exited": LEFT}
_DAY = itemgetter(0)
#: The cells that may say that somebody's time is not over, by the row they stand in.
DATES: tuple[tuple[type[Row], tuple[str, ...]], ...] = (
    (PersonRow, (
        *ARRIVALS, "exited", "contract_end", "pass_end", "pass_suspended_until", "keep_until",
    )),
    (FollowUpRow, ("dated",)),
    (EngagementRow, ("agreed", "reviewed")),
    (MissionRow, ("start", "end")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trace:
    """The last that a workbook tells of somebody: the day, the cell that says it, what it is."""

    day: date
    place: Place
    what: str = CONTACT


def last_trace(
    records: Records, person: Person, on: date, *, under_way: bool = True
) -> Trace | None:
    """The latest contact or arrival by that day; else the exit; None where no day can be read.

    Someone who comes back has been there, before anything else is noted. Without `under_way`,
    missions that go on that day are left aside: they are a contact for as long as they go on.
    """
    contacts = person.contacts(on)
    if not under_way:
        contacts = (one for one in contacts if not _goes_on_in(one, on))
    met = max(contacts, key=_DAY, default=None)
    found = met
    for other in _comings_and_goings(person, goings=met is None):
        if other.day <= on and (found is None or other.day > found.day):
            found = other
    if found is None:
        return None
    place = place_of(records, found.row, found.field)
    return Trace(found.day, place, _CALLED.get(found.field, CONTACT))


def _comings_and_goings(person: Person, *, goings: bool) -> Iterator[Contact]:
    """The arrivals of someone's pathways, and their exits where they are asked for."""
    for row in person.pathways:
        began, exited = row.began, row.exited
        if began is not None:
            yield Contact(began, row, arrived_in(row))
        if goings and exited is not None:
            yield Contact(exited, row, "exited")


def _goes_on_in(contact: Contact, on: date) -> bool:
    return isinstance(contact.row, MissionRow) and goes_on(contact.row, on)


def goes_on(mission: MissionRow, on: date) -> bool:
    """Whether a mission has no end, or ends that day or later."""
    return mission.end is None or mission.end >= on


def first_day_over(last: date, months: float) -> date:
    """The first day on which more than so many months have passed since the last trace."""
    whole = add_months(last, months)
    return whole if whole == date.max else whole + timedelta(days=1)


def unreadable_dates(records: Records, person: Person) -> Iterator[Place]:
    """The cells of someone's dates that hold something which was not understood."""
    for row in rows_of(person):
        for field in dates_of(row):
            if field in row.unreadable:
                yield place_of(records, row, field)


def rows_of(person: Person) -> Iterator[Row]:
    """Someone's lines that have dates of what was done, Personnes first."""
    yield from person.pathways
    yield from person.follow_ups
    yield from person.engagements
    yield from person.missions


def is_kept(person: Person, on: date) -> bool:
    """Whether a day to keep until, that has a reason, has not passed."""
    return any(
        row.keep_until is not None and row.keep_until >= on and row.keep_reason.strip()
        for row in person.pathways
    )


def place_of(records: Records, row: Row, field: str) -> Place:
    """The place of a cell of any of someone's lines. TypeError for a row of another kind."""
    match row:
        case PersonRow():
            return records.people.place(row, field)
        case FollowUpRow():
            return records.follow_ups.place(row, field)
        case EngagementRow():
            return records.engagements.place(row, field)
        case MissionRow():
            return records.missions.place(row, field)
    raise TypeError(f"{type(row).__name__} is no line of somebody")


def dates_of(row: Row) -> tuple[str, ...]:
    """The fields of a line that may say that somebody's time is not over."""
    return next(fields for model, fields in DATES if isinstance(row, model))


def arrived_in(row: PersonRow) -> str:
    """The field that says when a pathway began."""
    return next((field for field in ARRIVALS if getattr(row, field) is not None), ARRIVALS[0])
