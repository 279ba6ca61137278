"""The figures of several antennas counted by plain loops over their rows, each person once.

Who is whom is told, not found; of a slot that several antennas fill, the one that stays is told by
the rule of the documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import median

from cedre_xlsx.method.vocabulary import (
    ClientKind,
    ExitCategory,
    MissionOutcome,
    Nature,
    StructureKind,
)
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person
from tests.federation.antennas.generated import Antennas
from tests.reports.statistics.hours_by_hand import hours_by_hand, typed_hours
from tests.reports.statistics.test_oracle import Recount

#: The figures that simply add up.
_ADDED = (
    "engagements_signed", "engagements_with_signature", "engagements_open", "engagements_reviewed",
    "actions", "minutes", "missions", "mission_hours", "immersions", "internships",
)  # fmt: skip


class Union:
    """One year of several antennas."""

    def __init__(self, made: Antennas, year: int, on: date) -> None:
        self.made = made
        self.counts = [Recount(records, year, on) for records in made.records]
        self.year, self.on = year, on

    def people(self) -> Iterator[tuple[int, str, Recount, Person]]:
        """Everyone of every antenna: its index, who it is, what counts there, the person."""
        for index, count in enumerate(self.counts):
            for person in count.persons:
                yield index, self.made.truth[index, person.name], count, person

    def figures(self) -> dict[str, float | None]:
        """Every figure that is counted here."""
        own = [count.figures() for count in self.counts]
        return {
            "active": len(self.active()),
            **self.exits(),
            **self.entries(),
            **self.work(),
            "people_in_training": len(self.trained()),
            **self.ceiling(),
            **{name: sum(one[name] or 0 for one in own) for name in _ADDED},
        }

    def active(self) -> set[str]:
        return {
            who
            for _, who, count, person in self.people()
            if any(self.is_active(count, row) for row in person.pathways)
        }

    def staying(self) -> set[str]:
        """Who of the active file has not left some antenna by the last day."""
        found = set()
        for _, who, count, person in self.people():
            there = [row for row in person.pathways if self.is_active(count, row)]
            if there and not (there[-1].exited and there[-1].exited <= count.last):
                found.add(who)
        return found

    def is_active(self, count: Recount, row: PersonRow) -> bool:
        return (
            row.registered is not None
            and row.registered <= count.last
            and (row.exited is None or row.exited >= count.first)
        )

    def exits(self) -> dict[str, float | None]:
        """One exit a person and day: with a category rather than without, then the latest entry."""
        found: dict[tuple[str, date], list[tuple[tuple[bool, int, int], Recount, PersonRow]]] = {}
        for index, who, count, person in self.people():
            for row in person.pathways:
                if count.inside(row.exited):
                    assert row.exited is not None
                    since = row.registered.toordinal() if row.registered else 0
                    rank = (row.exit_category is not None, since, -index)
                    found.setdefault((who, row.exited), []).append((rank, count, row))
        kept = []
        for those in found.values():
            index = max(rank for rank, _, _ in those)[2]
            kept += [(count, row) for rank, count, row in those if rank[2] == index]
        counted = [row for count, row in kept if count.is_countable(row)]
        categories = [row.exit_category for row in counted if row.exit_category]
        dynamic = sum(category.dynamic for category in categories)
        durable = sum(category is ExitCategory.DURABLE for category in categories)
        return {
            "exits": len(kept),
            "exits_countable": len(counted),
            "dynamic_exit_rate": dynamic / len(counted) if counted else None,
            "durable_exit_rate": durable / len(counted) if counted else None,
        }

    def entries(self) -> dict[str, float | None]:
        """One entry a person and day: that of the first antenna, its wait with it."""
        found: dict[tuple[str, date], tuple[int, int | None]] = {}
        for index, who, count, person in self.people():
            for rank, row in enumerate(person.pathways):
                if not count.inside(row.registered):
                    continue
                assert row.registered is not None
                later = [p.registered for p in person.pathways[rank + 1 :] if p.registered]
                stop = min([self.on, *(day - timedelta(days=1) for day in later)])
                days = [one.day for one in person.follow_ups if "remise" not in one.action]
                wait = count.wait(row.registered, stop, days)
                found.setdefault((who, row.registered), (index, wait))
        known = [wait for _, wait in found.values() if wait is not None]
        return {
            "entries": len(found),
            "first_proposal_days_median": median(known) if known else None,
        }

    def work(self) -> dict[str, float | None]:
        """Whoever has one hour in some antenna; the weeks of all of them."""
        at_work: set[str] = set()
        mondays: dict[str, set[date]] = {}
        for _, who, count, person in self.people():
            if count.weeks(person.missions):
                at_work.add(who)
            for row in filter(count.is_under_way, person.missions):
                assert row.start is not None
                stop = min(row.end or self.on, count.last)
                typed = typed_hours(row)
                if not row.salaried or not hours_by_hand(
                    row.start, row.end or self.on, typed, count.first, count.last
                ):
                    continue
                day = max(row.start, count.first)
                while day <= stop:
                    mondays.setdefault(who, set()).add(day - timedelta(days=day.weekday()))
                    day += timedelta(days=1)
        weeks = [len(mondays[who]) for who in at_work]
        return {
            "people_in_mission": len(at_work),
            "weeks_worked_median": median(weeks) if weeks else None,
        }

    def trained(self) -> set[str]:
        found = set()
        for _, who, count, person in self.people():
            for row in filter(count.is_under_way, person.missions):
                is_over = (
                    row.outcome is MissionOutcome.TRAINING and row.end and row.end <= count.last
                )
                if row.nature is Nature.INTERNSHIP or is_over:
                    found.add(who)
            for row in person.pathways:
                if count.inside(row.exited) and row.exit_reason == "Formation":
                    found.add(who)
        return found

    def ceiling(self) -> dict[str, float | None]:
        """The hours of each person of the active file in companies, those of all antennas."""
        if self.made.records[0].settings.kind is not StructureKind.AI:
            return {}
        day = self.counts[0].last
        start = date(day.year - 2, day.month, day.day) + timedelta(days=1)
        hours: dict[str, float] = {}
        for _, who, _, person in self.people():
            for row in person.missions:
                if row.start and row.client_kind is ClientKind.COMPANY and row.salaried:
                    worked = hours_by_hand(
                        row.start, row.end or self.on, typed_hours(row), start, day
                    )
                    hours[who] = hours.get(who, 0.0) + worked
        totals = [round(hours.get(who, 0.0), 6) for who in self.active()]
        return {
            "ceiling_near": sum(400 <= one <= 480 for one in totals),
            "ceiling_over": sum(one > 480 for one in totals),
        }

    def barriers(self) -> dict[str, int]:
        """How many people of the active file have each frein, by its name."""
        found: set[tuple[str, str]] = set()
        for _, who, count, person in self.people():
            if not any(self.is_active(count, row) for row in person.pathways):
                continue
            for row in person.barriers:
                known = row.identified is None or row.identified <= count.last
                if known and not (row.lifted and row.lifted < count.first):
                    found.add((who, row.barrier))
        names: Sequence[str] = [barrier for _, barrier in found]
        return {name: names.count(name) for name in set(names)}
