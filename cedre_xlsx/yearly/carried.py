"""What the new year's workbook takes of the old one, line by line, each with its reason.

The least with which the figures of the new year, and what `check` says of the lines carried, are
what they would have been had the old workbook gone on; what differs is said in
`docs/nouvelle-annee.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import BARRIERS, ENGAGEMENTS, FOLLOW_UP, MISSIONS, PEOPLE
from cedre_xlsx.yearly.actions import carried_actions, engagements_named
from cedre_xlsx.yearly.missions import carried_missions
from cedre_xlsx.yearly.people import Eve
from cedre_xlsx.yearly.reasons import CarryReason

#: The lines carried of one table: the number of each row, and why.
Lines = Mapping[int, CarryReason]


@dataclass(frozen=True)
class Carried:
    """The rows that go into the new workbook, by table (tPersonnes…), each with its reason.

    `people` are the names of those whose rows of Personnes go; `total` counts the lines of each
    table of the old workbook.
    """

    year: int
    rows: Mapping[str, Lines]
    people: frozenset[str]
    total: Mapping[str, int]


def what_is_carried(records: Records, year: int) -> Carried:
    """The lines that the workbook of `year` starts with."""
    eve = Eve(records, year)
    missions = dict(carried_missions(eve))
    engagements = dict(_engagements(eve))
    actions = dict(carried_actions(eve, engagements))
    engagements.update(
        (row, CarryReason.NAMED)
        for row in engagements_named(eve, actions)
        if row not in engagements
    )
    barriers = {row.row: CarryReason.OPEN for row in records.barriers.rows if _is_open(eve, row)}
    rows: dict[str, Lines] = {
        FOLLOW_UP.table: actions,
        ENGAGEMENTS.table: engagements,
        MISSIONS.table: missions,
        BARRIERS.table: barriers,
    }
    people = dict(_people(eve, _names(records, rows)))
    rows = {PEOPLE.table: people, **rows}
    names = frozenset(
        records.name_or_typed(row.person)
        for row in records.people.rows
        if row.row in people and row.person
    )
    total = {
        table.spec.table: len(table.rows)
        for table in (
            records.people, records.follow_ups, records.engagements, records.missions,
            records.barriers,
        )
    }  # fmt: skip
    return Carried(year, rows, names, total)


def _names(records: Records, rows: Mapping[str, Lines]) -> set[str]:
    """The people whose lines are carried."""
    found = set()
    for table in (records.follow_ups, records.engagements, records.missions, records.barriers):
        for row in table.rows:
            if row.row in rows[table.spec.table]:
                name = records.canonical_name(row.person) if row.person else None
                found.add(name)
    return {name for name in found if name}


def _people(eve: Eve, needed: set[str]) -> Iterator[tuple[int, CarryReason]]:
    for row in eve.records.people.rows:
        name = eve.records.canonical_name(row.person) if row.person else None
        reason = eve.reasons.get(name or "") or _of_no_name(eve, row, name)
        if reason is None and name in needed:
            reason = CarryReason.NEEDED
        if reason is not None:
            yield row.row, reason


def _of_no_name(eve: Eve, row: PersonRow, name: str | None) -> CarryReason | None:
    """A row that is nobody's goes like a person's: while it is not over."""
    return CarryReason.PRESENT if name is None and eve.is_open(row) else None


def _engagements(eve: Eve) -> Iterator[tuple[int, CarryReason]]:
    latest = _latest_engagements(eve)
    for row in eve.records.engagements.rows:
        reason = _of_engagement(eve, row)
        if reason is None and row.row in latest:
            reason = latest[row.row]
        if reason is not None and not eve.is_left_for_good(row.person):
            yield row.row, reason


def _of_engagement(eve: Eve, row: EngagementRow) -> CarryReason | None:
    if row.agreed is not None and row.agreed >= eve.first:
        return CarryReason.OF_THE_YEAR
    if row.is_open(eve.last):
        return CarryReason.OPEN
    if row.deadline and row.deadline.first and row.deadline.first >= eve.first:
        return CarryReason.DUE
    is_unclear = row.agreed is None or "reviewed" in row.unreadable
    return CarryReason.UNCLEAR if is_unclear and eve.is_followed(row.person) else None


def _latest_engagements(eve: Eve) -> Mapping[int, CarryReason]:
    """The last engagement of each person, which the next one follows, and the last one reviewed.

    Of someone gone, only one that no exit has followed yet.
    """
    latest: dict[str, EngagementRow] = {}
    reviewed: dict[str, EngagementRow] = {}
    for row in eve.records.engagements.rows:
        if row.agreed is None or row.agreed >= eve.first:
            continue
        name = eve.records.name_or_typed(row.person)
        known = latest.get(name)
        if known is None or known.agreed is None or known.agreed <= row.agreed:
            latest[name] = row
        known = reviewed.get(name)
        if row.reviewed and (known is None or known.reviewed is None
                             or known.reviewed <= row.reviewed):  # fmt: skip
            reviewed[name] = row
    found = {
        row.row: CarryReason.CONTACT
        for name, row in reviewed.items()
        if name in eve.present and row.reviewed == _last_contact(eve, name)
    }
    found.update(
        (row.row, CarryReason.LATEST) for row in latest.values() if _may_be_followed(eve, row)
    )
    return found


def _last_contact(eve: Eve, name: str) -> object:
    return eve.records.persons[name].last_contact(eve.last)


def _may_be_followed(eve: Eve, row: EngagementRow) -> bool:
    """Whether what follows an engagement is still to come."""
    if eve.is_followed(row.person):
        return True
    name = eve.records.canonical_name(row.person) or ""
    exits = (one.exited for one in eve.records.pathways.get(name, ()))
    return not any(day and row.agreed and day >= row.agreed for day in exits)


def _is_open(eve: Eve, row: BarrierRow) -> bool:
    """Whether a frein goes: not lifted before the year, of somebody who is not gone."""
    return eve.is_followed(row.person) and (row.lifted is None or row.lifted >= eve.first)
