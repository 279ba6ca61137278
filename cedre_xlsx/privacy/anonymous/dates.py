"""Which days of a person the figures need to the day, and which only by their month.

What is counted between two days (until the first proposal, from an engagement to its review) has
both move together; what comes before what in a month stays in that order; hours across months are
spread over days, so that these stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import ceil
from typing import Any

from cedre_xlsx.method.hours import Per
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.privacy.anonymous.model import DateKey
from cedre_xlsx.privacy.anonymous.shifts import Shifts
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.records import Person
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import BARRIERS, ENGAGEMENTS, FOLLOW_UP, MISSIONS, PEOPLE, TableSpec

#: Whole months at which a length of pathway goes to another band.
_BANDS = (6, 12, 24)
_MONTHS_A_YEAR = 12
_MONDAY_FIRST = 7


def shifts_of(
    people: Iterable[Person], settings: Settings, on: date, exact: Collection[str] = ()
) -> Shifts:
    """The days of all lines of these people, as they may move; those of `exact` names stay.

    A day of the month of the count, or later, stays too: counts of later days would see it move.
    """
    shifts = Shifts()
    begins = on.replace(day=1)
    for person in people:
        for spec, rows in tables_of(person):
            for row in rows:
                for key, day in _days_of(spec, row):
                    shifts.add(key, day)
                    if day >= begins or person.name in exact:
                        shifts.hold(key)
        _join_pathways(shifts, person, settings)
        _join_engagements(shifts, person)
        _join_first_events(shifts, person)
        _join_missions(shifts, person)
    return shifts


def tables_of(person: Person) -> tuple[tuple[TableSpec[Any], Sequence[Row]], ...]:
    """All rows of a person, by table."""
    return (
        (PEOPLE, person.pathways),
        (FOLLOW_UP, person.follow_ups),
        (ENGAGEMENTS, person.engagements),
        (MISSIONS, person.missions),
        (BARRIERS, person.barriers),
    )


def _days_of(spec: TableSpec[Any], row: Row) -> Iterator[tuple[DateKey, date]]:
    for field in spec.columns:
        match getattr(row, field):
            case date() as day:
                yield (spec.table, row.row, field, ""), day
            case DatedText(day=date() as day):
                yield (spec.table, row.row, field, ""), day
            case Deadline(day=date() as day, first=first):
                yield (spec.table, row.row, field, ""), day
                yield (spec.table, row.row, field, "first"), first or day


def _key(spec: TableSpec[Any], row: Row, field: str, part: str = "") -> DateKey:
    return (spec.table, row.row, field, part)


def _month(day: date) -> tuple[int, int]:
    return (day.year, day.month)


def _join_pathways(shifts: Shifts, person: Person, settings: Settings) -> None:
    """What the length of a pathway needs, and the order of several."""
    marks = {*_BANDS}
    if settings.kind is not None and settings.kind.counts_months:
        marks.add(ceil(settings.exit_min_months))
    for row in person.pathways:
        ends = [_key(PEOPLE, row, "registered"), _key(PEOPLE, row, "exited")]
        if row.registered and row.exited and _months(row.registered, row.exited) in marks:
            shifts.join(ends)
            if (row.exited + timedelta(days=1)).day == 1:  # the end of a month completes it
                shifts.hold(ends[0])
        if row.exited and row.later_on and _month(row.exited) == _month(row.later_on):
            shifts.join([ends[1], _key(PEOPLE, row, "later_on")])
    fields = ("registered", "interview", "pre_reception", "exited")
    if len(person.pathways) > 1:
        _join_by_month(shifts, (_key(PEOPLE, row, f) for row in person.pathways for f in fields))


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * _MONTHS_A_YEAR + last.month - first.month


def _join_by_month(shifts: Shifts, keys: Iterable[DateKey]) -> None:
    """Keep the order of the days of each month."""
    months: defaultdict[tuple[int, int], list[DateKey]] = defaultdict(list)
    for key in keys:
        if key in shifts.days:
            months[_month(shifts.days[key])].append(key)
    for those in months.values():
        shifts.join(those)


def _join_engagements(shifts: Shifts, person: Person) -> None:
    """From an engagement to its deadlines and its review; one after the other, and the exits."""
    for row in person.engagements:
        shifts.join(
            [
                _key(ENGAGEMENTS, row, "agreed"),
                _key(ENGAGEMENTS, row, "deadline", "first"),
                _key(ENGAGEMENTS, row, "deadline"),
                _key(ENGAGEMENTS, row, "reviewed"),
            ]
        )
        planned = _key(ENGAGEMENTS, row, "review_planned")
        shifts.join([planned, _key(ENGAGEMENTS, row, "review_planned", "first")])
    for line in person.follow_ups:
        due = _key(FOLLOW_UP, line, "deadline")
        shifts.join([due, _key(FOLLOW_UP, line, "deadline", "first")])
    agreed = [_key(ENGAGEMENTS, row, "agreed") for row in person.engagements]
    exits = [_key(PEOPLE, row, "exited") for row in person.pathways]
    _join_by_month(shifts, [*agreed, *exits])


def _join_first_events(shifts: Shifts, person: Person) -> None:
    """From a registration to the first proposal and to the first mission."""
    proposals = [(_key(FOLLOW_UP, r, "dated"), not r.is_hand_over) for r in person.follow_ups]
    starts = [(_key(MISSIONS, row, "start"), True) for row in person.missions]
    rows = [row for row in person.pathways if row.registered is not None]
    for row, until in zip(rows, [*(r.registered for r in rows[1:]), None], strict=False):
        registered = _key(PEOPLE, row, "registered")
        for events in (proposals, starts):
            _join_first(shifts, registered, until, events)


def _join_first(
    shifts: Shifts,
    registered: DateKey,
    until: date | None,
    events: Sequence[tuple[DateKey, bool]],
) -> None:
    """Join a registration with the first event from then on, and with all that may be it."""
    days = [(shifts.days[key], key, counts) for key, counts in events if key in shifts.days]
    begins = shifts.days[registered]
    later = [day for day, _, counts in days if counts and day >= begins]
    first = min(later, default=None)
    months = {_month(begins)}
    if first is not None and (until is None or first < until):
        months.add(_month(first))
    shifts.join([registered, *(key for day, key, _ in days if _month(day) in months)])


def _join_missions(shifts: Shifts, person: Person) -> None:
    """The days of each mission, and the weeks worked."""
    worked: list[MissionRow] = []
    for row in person.missions:
        start, end = _key(MISSIONS, row, "start"), _key(MISSIONS, row, "end")
        shifts.join([start, end])
        if row.start is None or not row.salaried or row.work is None:
            continue
        if row.end is not None and row.end < row.start:
            continue
        worked.append(row)
        in_one_month = row.end is not None and _month(row.start) == _month(row.end)
        if in_one_month and row.work.per is not Per.DAY:
            shifts.by_weeks(start)
        else:
            shifts.hold(start)
    for one, other in combinations(worked, 2):
        if _touch(one, other) or _touch(other, one):
            shifts.join([_key(MISSIONS, one, "start"), _key(MISSIONS, other, "start")])


def _touch(one: MissionRow, other: MissionRow) -> bool:
    """Whether the weeks of a mission, once moved in its month, may be those of one begun before."""
    assert one.start is not None
    assert other.start is not None
    if one.start > other.start or one.end is None:
        return one.end is None and one.start <= other.start
    first = other.start.replace(day=1)
    monday = first - timedelta(days=(first.toordinal() - 1) % _MONDAY_FIRST)
    return one.end >= monday
