"""The missions that go into the new year's workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from cedre_xlsx.method.ceiling import MONTHS
from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.vocabulary import ClientKind, StructureKind
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.yearly.people import Eve
from cedre_xlsx.yearly.reasons import CarryReason


def carried_missions(eve: Eve) -> Iterator[tuple[int, CarryReason]]:
    """Those under way; all of a pathway that goes on, whose hours decide of its exit; those of the
    ceiling of hours, be it of somebody gone, who may come back.
    """
    spans = _open_spans(eve)
    latest = _latest(eve)
    has_ceiling = _has_ceiling(eve)
    ceiling = add_months(eve.last, -MONTHS)
    for row in eve.records.missions.rows:
        if eve.is_left_for_good(row.person):
            continue
        name = eve.records.canonical_name(row.person) if row.person else None
        reason = _of_mission(eve, row)
        if reason is None and row.start and row.end:
            if any(row.start <= last and row.end >= first for first, last in spans.get(name, ())):
                reason = CarryReason.PATHWAY
            elif has_ceiling and name in eve.reasons and row.end >= ceiling and _in_company(row):
                reason = CarryReason.CEILING
            elif row.row in latest:
                reason = CarryReason.LATEST
        if reason is not None:
            yield row.row, reason


def _of_mission(eve: Eve, row: MissionRow) -> CarryReason | None:
    if row.start is None or (row.end is not None and row.end < row.start):
        return CarryReason.UNCLEAR if eve.is_followed(row.person) else None
    if row.start >= eve.first:
        return CarryReason.OF_THE_YEAR
    return CarryReason.OPEN if row.end is None or row.end >= eve.first else None


def _open_spans(eve: Eve) -> Mapping[str | None, list[tuple[date, date]]]:
    """The days of each person's pathways that are not over; the first pathway has all before it."""
    found: defaultdict[str | None, list[tuple[date, date]]] = defaultdict(list)
    for name in eve.present:
        rows = eve.records.pathways[name]
        for index, row in enumerate(rows):
            if eve.is_open(row):
                first = row.registered if index and row.registered else date.min
                found[name].append((first, _until(rows[index + 1 :])))
    return found


def _until(later: tuple[PersonRow, ...]) -> date:
    following = next((row.registered for row in later if row.registered), None)
    return date.max if following is None else following - timedelta(days=1)


def _latest(eve: Eve) -> frozenset[int]:
    """The last mission of each person who is not gone, and the last salaried one."""
    found: set[int] = set()
    for name in eve.present:
        over = [
            (last, row)
            for row in eve.records.persons[name].missions
            if (last := row.last_day(eve.last)) is not None
        ]
        for rows in (over, [one for one in over if one[1].salaried]):
            if rows:
                found.add(max(rows, key=lambda one: one[0])[1].row)
    return frozenset(found)


def _has_ceiling(eve: Eve) -> bool:
    columns = eve.records.missions.columns
    return eve.records.settings.kind is StructureKind.AI and "client_kind" in columns


def _in_company(row: MissionRow) -> bool:
    return row.salaried and row.client_kind in (None, ClientKind.COMPANY)
