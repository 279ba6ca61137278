"""Periods worked and not worked: the hours of each person, month by month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.hours import hours_between
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year: one column of Périodes."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """The hours of one person, a month each; None where no pathway of the person had begun.

    `idle_days` are those since the last day of work, None when the person never worked;
    `long_idle` says that nothing was found for longer than the setting, pauses aside.
    """

    person: str
    advisor: str
    hours: tuple[float | None, ...]
    idle_days: int | None
    long_idle: bool
    paused: bool

    @property
    def total(self) -> float:
        """All the hours of the line."""
        return sum(hours or 0.0 for hours in self.hours)


@dataclass(frozen=True, slots=True)
class Periods:
    """Everyone in the active file over the last months.

    `others` are the hours of everybody else, a month each: people who left or are not registered,
    and names that nobody has in Personnes. The statistics count them too.
    """

    months: tuple[Month, ...]
    lines: tuple[PeriodLine, ...]
    others: tuple[float, ...] = ()

    @property
    def people_at_work(self) -> tuple[int, ...]:
        """How many people worked, a month each."""
        return tuple(
            sum((line.hours[index] or 0.0) > 0 for line in self.lines)
            for index in range(len(self.months))
        )

    @property
    def hours(self) -> tuple[float, ...]:
        """The hours of all, a month each."""
        return tuple(
            sum(line.hours[index] or 0.0 for line in self.lines)
            for index in range(len(self.months))
        )


def periods(records: Records, on: date) -> Periods:
    """The last twelve months, that of `on` included and counted up to it."""
    months = last_months(on, MONTHS)
    people = sorted(records.persons.values(), key=lambda person: fold(person.name))
    lines = tuple(
        _line(person, pathway, months, records, on)
        for person in people
        if (pathway := person.pathway_on(on))
    )
    mine = {line.person for line in lines}
    rest = [row for row in records.missions.rows if records.canonical_name(row.person) not in mine]
    others = tuple(_sum(rest, month, on) for month in months)
    return Periods(months, lines, others)


def last_months(on: date, count: int) -> tuple[Month, ...]:
    """The `count` months that end with that of `on`, the oldest first; none before year 1."""
    latest = on.year * 12 + on.month - 1
    indexes = range(max(latest - count + 1, 12), latest + 1)
    return tuple(Month(index // 12, index % 12 + 1) for index in indexes)


def _line(
    person: Person, pathway: PersonRow, months: Sequence[Month], records: Records, on: date
) -> PeriodLine:
    last = person.last_work(on)
    waiting_since = max(filter(None, (last, pathway.registered)), default=on)
    paused = pathway.is_paused(on)
    return PeriodLine(
        person=person.name,
        advisor=pathway.advisor,
        hours=tuple(_hours(person, month, on) for month in months),
        idle_days=(on - last).days if last else None,
        long_idle=(on - waiting_since).days > records.settings.work_days and not paused,
        paused=paused,
    )


def _hours(person: Person, month: Month, on: date) -> float | None:
    total = _sum(person.missions, month, on)
    return total if total or _had_begun(person, min(month.last, on)) else None


def _sum(missions: Iterable[MissionRow], month: Month, on: date) -> float:
    """The salaried hours of a month, as the statistics count them."""
    last = min(month.last, on)
    return sum(
        hours_between(row.start, row.end, row.work, month.first, last, on)
        for row in missions
        if row.salaried
    )


def _had_begun(person: Person, day: date) -> bool:
    return any(row.registered is not None and row.registered <= day for row in person.pathways)
