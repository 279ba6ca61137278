"""The lines of Suivi that go into the new year's workbook, and the engagements they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.vocabulary import Attendance
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Person
from cedre_xlsx.yearly.people import Eve
from cedre_xlsx.yearly.reasons import CarryReason

#: Whole years of pathway after which the first action is looked at (PER20), less one.
_LONG = 6


def carried_actions(
    eve: Eve, engagements: Mapping[int, CarryReason]
) -> Iterator[tuple[int, CarryReason]]:
    """What is not done, and of each person who is not gone the few lines that checks rest on."""
    found: dict[int, CarryReason] = {}
    for row in eve.records.follow_ups.rows:
        reason = _of_action(eve, row)
        if reason is not None and not eve.is_left_for_good(row.person):
            found[row.row] = reason
    for name in eve.present:
        person = eve.records.persons[name]
        for row, reason in _of_person(eve, person):
            found.setdefault(row.row, reason)
        for engagement in person.engagements:
            if engagement.row in engagements and engagement.is_open(eve.last):
                under = [row for row in person.follow_ups if _is_under(row, engagement)]
                if under and not any(row.row in found for row in under):
                    found[under[-1].row] = CarryReason.CONTENT
    yield from found.items()


def _of_action(eve: Eve, row: FollowUpRow) -> CarryReason | None:
    if row.day is not None and row.day >= eve.first:
        return CarryReason.OF_THE_YEAR
    if not eve.is_followed(row.person):
        return None
    if row.is_open(eve.last):
        return CarryReason.OPEN
    return CarryReason.UNCLEAR if row.day is None or "status" in row.unreadable else None


def _of_person(eve: Eve, person: Person) -> Iterator[tuple[FollowUpRow, CarryReason]]:
    met = [row for row in person.follow_ups if _is_before(row, eve.first) and not row.is_hand_over]
    if met:
        yield met[-1], CarryReason.CONTACT
        begun = min((row.registered for row in person.pathways if row.registered), default=None)
        if begun is not None and add_months(begun, 12 * _LONG) < eve.first:
            yield met[0], CarryReason.FIRST
    recent = date.fromordinal(eve.last.toordinal() - eve.records.settings.discuss_days)
    for row in met:
        if row.to_discuss and row.day and row.day >= recent:
            yield row, CarryReason.DISCUSSED
    noted = [row for row in person.follow_ups if _is_before(row, eve.first) and row.attendance]
    noted.sort(key=lambda row: (row.day or date.min, row.row))
    for row in reversed(noted):  # the run of absences, and the presence before it
        if noted[-1].attendance is not Attendance.ABSENT:
            break
        yield row, CarryReason.ABSENCES
        if row.attendance is not Attendance.ABSENT:
            break


def _is_before(row: FollowUpRow, day: date) -> bool:
    return row.day is not None and row.day < day


def _is_under(row: FollowUpRow, engagement: EngagementRow) -> bool:
    """Whether a line is under an engagement: by its reference, else by its date."""
    if row.is_hand_over:
        return False
    if row.reference:
        return reference_key(row.reference) == reference_key(engagement.reference)
    return row.day is None or (engagement.agreed is not None and row.day >= engagement.agreed)


def engagements_named(eve: Eve, actions: Mapping[int, CarryReason]) -> Iterator[int]:
    """The rows of the engagements that carried lines speak of: by their reference, or as the one
    of their code that was open that day.
    """
    by_reference = {
        reference_key(row.reference): row for row in eve.records.engagements.rows if row.reference
    }
    for row in eve.records.follow_ups.rows:
        if row.row not in actions:
            continue
        if row.reference and reference_key(row.reference) in by_reference:
            yield by_reference[reference_key(row.reference)].row
        name = eve.records.canonical_name(row.person) if row.person else None
        if name is None or not row.engagement or row.day is None:
            continue
        mine = (one for one in eve.records.persons[name].engagements if _was_open(one, row))
        yield from (one.row for one in list(mine)[-1:])


def _was_open(engagement: EngagementRow, row: FollowUpRow) -> bool:
    """Whether an engagement of the line's code was open on its day."""
    if engagement.type != row.engagement or engagement.agreed is None or row.day is None:
        return False
    return engagement.agreed <= row.day and (
        engagement.reviewed is None or row.day <= engagement.reviewed
    )
