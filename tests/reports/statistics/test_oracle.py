"""The figures counted again in plain Python, over associations made at random."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import (
    BARRIERS,
    EXIT_REASONS,
    Accompaniment,
    Achieved,
    BarrierLevel,
    ClientKind,
    EngagementForm,
    ExitCategory,
    LaterSituation,
    MissionOutcome,
    Nature,
    OrientationResult,
    Status,
    StructureKind,
    Title,
)
from cedre_xlsx.reports.statistics import compute, years_covered
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings, StaffYear
from cedre_xlsx.schema.tables import BARRIERS as BARRIER_TABLE
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, MISSIONS, PEOPLE
from tests.reports.statistics.hours_by_hand import hours_by_hand, typed_hours

ON = date(2026, 9, 30)
START = date(2023, 6, 1)
STAFF = (StaffYear(2024, 1.5, 2.0), StaffYear(2025, None, 3.0), StaffYear(2026, 2.0, None))
CODES = [kind.code for kind in TYPES]
#: Hours typed with their unit, in place of some of the totals.
RATES = {
    3: Hours(24, Per.WEEK), 5: Hours(3, Per.DAY), 7: Hours(20, Per.MONTH), 11: Hours(600, Per.YEAR),
}  # fmt: skip


def association(  # noqa: C901  (one draw a field)
    seed: int, people: int, kind: StructureKind | None = StructureKind.AI, start: date = START
) -> Records:
    """People of `start` to 2026 with all that a workbook holds of them, holes included."""
    chance, later = random.Random(seed), random.Random(f"{seed} packs")
    after = random.Random(f"{seed} after")

    def day(first: date, last: date) -> date:
        return first + timedelta(days=chance.randrange(max((last - first).days, 0) + 1))

    def maybe(value: Any, share: float = 0.85) -> Any:
        return value if chance.random() < share else None

    def choice(values: Sequence[Any], share: float = 0.8) -> Any:
        """What the columns of packs hold; other draws stay as they were without them."""
        return later.choice(values) if later.random() < share else None

    def ending(start: date | None) -> date | None:
        days = later.randrange(30, 900)
        return start + timedelta(days=days) if start and later.random() < 0.7 else None

    def asked(exited: date | None, category: ExitCategory | None) -> dict[str, Any]:
        """The situation six months after an exit, mostly noted in its time, some of it to come."""
        if exited is None or after.random() < 0.3 or category is ExitCategory.WITHDRAWN:
            return {}
        day = exited + timedelta(days=after.randrange(150, 260))
        told = after.choice([*LaterSituation, LaterSituation.DURABLE])
        return {"later_situation": told, "later_on": day if after.random() < 0.9 else None}

    persons: list[PersonRow] = []
    actions: list[FollowUpRow] = []
    engagements: list[EngagementRow] = []
    missions: list[MissionRow] = []
    barriers: list[BarrierRow] = []
    for number in range(people):
        name = f"Essai{number}"
        pathways = list(_pathways(chance, day, start))
        for registered, exited in pathways:
            category = maybe(chance.choice(list(ExitCategory))) if exited else None
            persons.append(
                PersonRow(
                    row=0,
                    last_name=name,
                    title=maybe(chance.choice(list(Title))),
                    birth_year=maybe(chance.randrange(1960, 2008)),
                    advisor=maybe(chance.choice(["Linda Roux", "Chloé Martin"])) or "",
                    pre_reception=date(2023, 5, 1),
                    registered=registered,
                    exited=exited,
                    exit_category=category,
                    exit_reason=chance.choice(list(EXIT_REASONS)) if category else "",
                    rsa=maybe(chance.choice(["RSA majoré", "RSA non majoré", "Non"])) or "",
                    rqth=maybe(chance.random() < 0.2),
                    contract_end=ending(registered),
                    pass_end=ending(registered),
                    **asked(exited, category),
                    extra={"Commune": chance.choice(["Ambert", "Thiers", "thiers", None])},
                )
            )
            if registered is None:
                continue
            last = exited or ON
            for _ in range(chance.randrange(8)):
                when = day(registered, last)
                limit = maybe(when + timedelta(days=chance.randrange(60)), 0.5)
                actions.append(
                    FollowUpRow(
                        row=0,
                        person=name,
                        dated=maybe(DatedText("", when), 0.97),
                        action=chance.choice(
                            ("Atelier 0", "Atelier 1", "Fiche remise au référent unique")
                        ),
                        engagement=maybe(chance.choice(CODES)),
                        deadline=Deadline("", limit, limit) if limit else None,
                        status=maybe(chance.choice(list(Status)), 0.7),
                        outcome=chance.choice(["", "Fait"]),
                        minutes=maybe(15 * chance.randrange(1, 9)),
                        collective=maybe(True, 0.2),
                    )
                )
            for rank in range(chance.randrange(4)):
                agreed = day(registered, last)
                limit = agreed + timedelta(days=chance.randrange(20, 300))
                reviewed = maybe(agreed + timedelta(days=chance.randrange(20, 300)), 0.7)
                reviewed = reviewed if reviewed and reviewed <= ON else None
                engagements.append(
                    EngagementRow(
                        row=0,
                        person=name,
                        reference=f"CP-{agreed.year}-{rank + 1:03}",
                        agreed=maybe(agreed, 0.97),
                        type=maybe(chance.choice(CODES), 0.95),
                        deadline=maybe(Deadline("", limit + timedelta(days=30), limit, 1)),
                        form=maybe(chance.choice(list(EngagementForm))),
                        reviewed=reviewed,
                        achieved=maybe(chance.choice(list(Achieved))) if reviewed else None,
                    )
                )
            for _ in range(chance.randrange(4)):
                began = day(registered, last)
                ended = maybe(day(began, last), 0.8)
                total = maybe(float(chance.randrange(1, 400)), 0.6)
                missions.append(
                    MissionRow(
                        row=0,
                        person=name,
                        nature=maybe(chance.choice(list(Nature))),
                        start=maybe(began, 0.97),
                        end=ended,
                        hours=RATES.get(int(total) % 16, total) if total else None,
                        weekly_hours=None if total else maybe(float(chance.randrange(5, 36))),
                        client_kind=choice([*ClientKind, ClientKind.COMPANY]),
                        outcome=choice(list(MissionOutcome), 0.5),
                    )
                )
            if chance.random() < 0.6:
                barriers.append(
                    BarrierRow(
                        row=0,
                        person=name,
                        barrier=chance.choice(BARRIERS),
                        identified=maybe(day(registered, last)),
                        accompaniment=maybe(chance.choice(list(Accompaniment))),
                        lifted=maybe(last, 0.4),
                        entry_level=choice(list(BarrierLevel)),
                        current_level=choice(list(BarrierLevel)),
                        orientation=choice(["CCAS", "ccas", "Cap emploi", "La ville"]) or "",
                        result=choice(list(OrientationResult), 0.6),
                    )
                )
    for rows in (persons, actions, engagements, missions, barriers):
        chance.shuffle(rows)  # type: ignore[arg-type]  # any list may be shuffled
    return Records(
        settings=replace(
            Settings(), kind=kind, fte_hours=1820, breakdowns=("Civilité", "Commune"), staff=STAFF
        ),
        people=Table.of(PEOPLE, tuple(persons)),
        follow_ups=Table.of(FOLLOW_UP, tuple(actions)),
        engagements=Table.of(ENGAGEMENTS, tuple(engagements)),
        missions=Table.of(MISSIONS, tuple(missions)),
        barriers=Table.of(BARRIER_TABLE, tuple(barriers)),
    )


def _pathways(
    chance: random.Random, day: Any, start: date
) -> Iterator[tuple[date | None, date | None]]:
    """One pathway, or two of someone who came back; or a pré-accueil only."""
    if chance.random() < 0.1:
        yield None, None
        return
    registered = day(start, ON)
    exited = day(registered, ON) if chance.random() < 0.6 else None
    yield registered, exited
    if exited and (ON - exited).days > 40 and chance.random() < 0.4:
        yield exited + timedelta(days=chance.randrange(1, 40)), None


class Recount:
    """One year of such an association: everyone's lines read one by one."""

    def __init__(self, records: Records, year: int, on: date) -> None:
        self.records, self.on = records, on
        self.first, self.last = date(year, 1, 1), min(date(year, 12, 31), on)
        self.persons = list(records.persons.values())
        self.pathways = [row for person in self.persons for row in person.pathways]

    def inside(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def figures(self) -> dict[str, float | None]:
        return {
            **self.people(),
            **self.engagements(),
            **self.proposals(),
            **self.actions(),
            **self.work(),
            **self.owed(),
        }

    def people(self) -> dict[str, float | None]:
        active = [
            person
            for person in self.persons
            if any(
                row.registered is not None
                and row.registered <= self.last
                and (row.exited is None or row.exited >= self.first)
                for row in person.pathways
            )
        ]
        exits = [row for row in self.pathways if self.inside(row.exited)]
        counted = [row for row in exits if self.is_countable(row)]
        categories = Counter(row.exit_category for row in counted)
        dynamic = sum(n for category, n in categories.items() if category and category.dynamic)
        return {
            "active": len(active),
            "entries": sum(self.inside(row.registered) for row in self.pathways),
            "exits": len(exits),
            "exits_countable": len(counted),
            "dynamic_exit_rate": dynamic / len(counted) if counted else None,
            "durable_exit_rate": (
                categories[ExitCategory.DURABLE] / len(counted) if counted else None
            ),
            "later_known": self.later_known(),
        }

    def later_known(self) -> float | None:
        lines = self.later_situations()
        silent = lines["Injoignable"] + lines["Non renseignée"]
        known = lines.total() - silent - lines["Pas encore à relever"] - lines["Pas à relever"]
        return known / (known + silent) if known + silent else None

    def later_situations(self) -> Counter[str]:
        """Each exit of the year by what is known six months later, at the date of the count."""
        found: Counter[str] = Counter()
        for one in self.persons:
            for row in one.pathways:
                if self.inside(row.exited):
                    found[self.later_line(row, one.pathways)] += 1
        return found

    def later_line(self, row: PersonRow, pathways: Sequence[PersonRow]) -> str:
        assert row.exited is not None
        told = row.later_situation
        is_noted = told is not None and told is not LaterSituation.UNKNOWN
        is_dated = not row.later_on or row.exited <= row.later_on <= self.on
        if told and is_noted and is_dated:
            return told.value
        back = [p for p in pathways if p.registered and row.exited < p.registered <= self.on]
        reason = EXIT_REASONS.get(row.exit_reason)
        if back or ExitCategory.WITHDRAWN in (row.exit_category, reason):
            return "Pas à relever"
        if add_months(row.exited, 6) > self.on:
            return "Pas encore à relever"
        return "Non renseignée"

    def is_countable(self, row: PersonRow) -> bool:
        if row.exit_category is ExitCategory.WITHDRAWN:
            return False
        settings = self.records.settings
        assert row.exited is not None
        if settings.kind in (StructureKind.ACI, StructureKind.EI):
            assert row.registered is not None
            return row.exited >= add_months(row.registered, int(settings.exit_min_months))
        if settings.kind is None:
            return True
        person = self.records.persons[row.person]
        rank = person.pathways.index(row)
        start = row.registered if rank else date(1, 1, 1)
        later = [p.registered for p in person.pathways[rank + 1 :] if p.registered]
        stop = later[0] - timedelta(days=1) if later else date.max
        assert start is not None
        hours = []
        for mission in person.missions:
            end = mission.end or row.exited
            typed = typed_hours(mission)
            if not mission.salaried or mission.start is None or typed is None:
                continue
            if end < mission.start or mission.start > stop or end < start:
                continue
            hours.append(hours_by_hand(mission.start, end, typed, start, stop))
        return not hours or sum(hours) >= settings.exit_min_hours

    def engagements(self) -> dict[str, float | None]:
        rows = self.records.engagements.rows
        signed = [row for row in rows if self.inside(row.agreed)]
        reviewed = [row for row in rows if self.inside(row.reviewed)]
        types, answers = Counter(r.type for r in signed), Counter(r.achieved for r in reviewed)
        firsts = [
            (row.deadline.first, row.reviewed if row.reviewed and row.reviewed <= self.on else None)
            for row in rows
            if row.deadline and row.deadline.first
        ]
        judged = [
            (due, done)
            for due, done in firsts
            if due.year == self.first.year and (due < self.on or (done and done <= due))
        ]
        kept = [due for due, done in judged if done and done <= due]
        planned = [
            (row.deadline.first - row.agreed).days
            for row in signed
            if row.deadline and row.deadline.first and row.agreed
        ]
        actual = [
            (row.reviewed - row.agreed).days for row in reviewed if row.agreed and row.reviewed
        ]
        return {
            "engagements_signed": len(signed),
            **{f"engagements_signed.{code}": types[code] for code in CODES},
            "engagements_signed.unknown": types[None],
            "engagements_with_signature": sum(row.form is EngagementForm.SIGNED for row in signed),
            "engagements_open": sum(row.is_open(self.last) for row in rows),
            "engagements_reviewed": len(reviewed),
            "engagements_reviewed.yes": answers[Achieved.FULLY],
            "engagements_reviewed.partly": answers[Achieved.PARTLY],
            "engagements_reviewed.no": answers[Achieved.NO],
            "engagements_reviewed.unknown": answers[None],
            "reviewed_on_time_rate": len(kept) / len(judged) if judged else None,
            "planned_days_median": median(planned) if planned else None,
            "actual_days_median": median(actual) if actual else None,
        }

    def proposals(self) -> dict[str, float | None]:
        proposals: list[int | None] = []
        missions: list[int | None] = []
        waiting = 0
        for person in self.persons:
            for rank, row in enumerate(person.pathways):
                if not self.inside(row.registered):
                    continue
                assert row.registered is not None
                later = [p.registered for p in person.pathways[rank + 1 :] if p.registered]
                stop = min([self.on, *(day - timedelta(days=1) for day in later)])
                proposals.append(
                    self.wait(
                        row.registered,
                        stop,
                        [one.day for one in person.follow_ups if "remise" not in one.action],
                    )
                )
                missions.append(
                    self.wait(row.registered, stop, [one.start for one in person.missions])
                )
                late = row.registered + timedelta(days=30) < self.on
                waiting += proposals[-1] is None and not late
        known = [days for days in proposals if days is not None]
        first_missions = [days for days in missions if days is not None]
        judged = len(proposals) - waiting
        return {
            "first_proposal_days_median": median(known) if known else None,
            "first_proposal_on_time_rate": (
                sum(days <= 30 for days in known) / judged if judged else None
            ),
            "first_mission_days_median": median(first_missions) if first_missions else None,
        }

    @staticmethod
    def wait(start: date, stop: date, days: list[date | None]) -> int | None:
        return min(((d - start).days for d in days if d and start <= d <= stop), default=None)

    def actions(self) -> dict[str, float | None]:
        rows = [row for row in self.records.follow_ups.rows if self.inside(row.day)]
        types, states = Counter(r.engagement for r in rows), Counter(r.status for r in rows)
        alone = sum(row.minutes or 0 for row in rows if not row.collective)
        together: dict[tuple[date | None, str], int] = {}
        for row in rows:
            if row.collective:
                key = (row.day, row.action)
                together[key] = max(together.get(key, 0), row.minutes or 0)
        return {
            "actions": len(rows),
            "actions.to_propose": states[Status.TO_PROPOSE],
            "actions.under_way": states[Status.UNDER_WAY],
            "actions.done": states[Status.DONE],
            "actions.dropped": states[Status.DROPPED],
            "actions.no_status": states[None],
            **{f"actions.{code}": types[code] for code in CODES},
            "actions.unknown": types[None],
            "minutes": alone + sum(together.values()),
        }

    def work(self) -> dict[str, float | None]:
        under_way = 0
        hours: dict[str, float] = {}
        for row in self.records.missions.rows:
            end = row.end or self.on
            if row.start is None or row.start > self.last or end < max(self.first, row.start):
                continue
            under_way += 1
            if row.salaried:
                typed = typed_hours(row)
                worked = hours_by_hand(row.start, end, typed, self.first, self.last)
                hours[row.person] = hours.get(row.person, 0) + worked
        total = sum(hours.values())
        return {
            "missions": under_way,
            "people_in_mission": sum(worked >= 0.999999 for worked in hours.values()),
            "mission_hours": total,
            "etp": total / 1820,
        }

    def owed(self) -> dict[str, float | None]:
        """What funders ask for: weeks, hours in companies, placements, staff."""
        missions = self.missions_of_the_year()
        weeks = [weeks for person in self.persons if (weeks := self.weeks(person.missions))]
        trained = {row.person for row in missions if row.nature is Nature.INTERNSHIP}
        trained |= {
            row.person
            for row in missions
            if row.outcome is MissionOutcome.TRAINING and row.end and row.end <= self.last
        }
        trained |= {
            row.person
            for row in self.pathways
            if self.inside(row.exited) and row.exit_reason == "Formation"
        }
        active = self.people()["active"]
        assert active is not None
        staff = next((one for one in STAFF if one.year == self.first.year), None)
        support, supervision = (staff.support, staff.supervision) if staff else (None, None)
        return {
            "weeks_worked_median": median(weeks) if weeks else None,
            **self.ceiling(),
            "immersions": sum(row.nature is Nature.IMMERSION for row in missions),
            "internships": sum(row.nature is Nature.INTERNSHIP for row in missions),
            "people_in_training": len(trained),
            "active_per_support": active / support if support else None,
            "active_per_supervision": active / supervision if supervision else None,
        }

    def missions_of_the_year(self) -> list[MissionRow]:
        return list(filter(self.is_under_way, self.records.missions.rows))

    def is_under_way(self, row: MissionRow) -> bool:
        return (
            row.start is not None
            and row.start <= self.last
            and (row.end or self.on) >= max(self.first, row.start)
        )

    def weeks(self, missions: Sequence[MissionRow]) -> int:
        """The weeks with a day of salaried mission, of someone with one hour of it at least."""
        mondays: set[date] = set()
        total = 0.0
        for row in filter(self.is_under_way, missions):
            typed = typed_hours(row)
            assert row.start is not None
            worked = hours_by_hand(row.start, row.end or self.on, typed, self.first, self.last)
            if not row.salaried or not worked:
                continue
            total += worked
            day, stop = max(row.start, self.first), min(row.end or self.on, self.last)
            while day <= stop:
                mondays.add(day - timedelta(days=day.weekday()))
                day += timedelta(days=1)
        return len(mondays) if total >= 0.999999 else 0

    def ceiling(self) -> dict[str, float | None]:
        if self.records.settings.kind is not StructureKind.AI:
            return {}
        day = self.last
        start = date(day.year - 2, day.month, day.day) + timedelta(days=1)
        totals = []
        for person in self.persons:
            if not any(
                row.registered
                and row.registered <= day
                and (row.exited is None or row.exited >= self.first)
                for row in person.pathways
            ):
                continue
            totals.append(
                sum(
                    hours_by_hand(row.start, row.end or self.on, typed_hours(row), start, day)
                    for row in person.missions
                    if row.start and row.client_kind is ClientKind.COMPANY and row.salaried
                )
            )
        return {
            "ceiling_near": sum(400 <= round(hours, 6) <= 480 for hours in totals),
            "ceiling_over": sum(round(hours, 6) > 480 for hours in totals),
        }


@pytest.mark.slow
@pytest.mark.parametrize("kind", [StructureKind.AI, StructureKind.ACI, None])
@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026, 2027])
def test_every_figure_is_that_of_a_count_line_by_line(
    year: int, kind: StructureKind | None
) -> None:
    records = association(year, 120, kind)
    if year in (2022, 2027):  # before the first line; not begun at the date of the count
        figures = {one.id: one.value for one in compute(records, year, on=ON).indicators}
        assert set(figures.values()) == {None}
        return
    counted = compute(records, year, on=ON)
    expected = Recount(records, year, ON).figures()
    assert {one.id: one.value for one in counted.indicators} == pytest.approx(expected)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "kind"), [(101, StructureKind.AI), (102, StructureKind.ACI), (103, StructureKind.ETTI)]
)
def test_a_large_association_over_five_years(seed: int, kind: StructureKind) -> None:
    """A thousand people, from January 2022 on: every figure of each of the five years."""
    records = association(seed, 1000, kind, start=date(2022, 1, 1))
    assert years_covered(records) == (2022, 2023, 2024, 2025, 2026)
    for counted in compute_years(records, years_covered(records), on=ON):
        expected = Recount(records, counted.year, ON).figures()
        found = {one.id: one.value for one in counted.indicators}
        assert found == pytest.approx(expected), counted.year
        assert min(expected[name] or 0 for name in ("entries", "exits", "missions")) > 5


@pytest.mark.slow
@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2025, 3, 10), date(2025, 12, 31)])
def test_a_year_under_way_is_counted_up_to_the_date(on: date) -> None:
    records = association(7, 150)
    counted = compute(records, 2025, on=on)
    expected = Recount(records, 2025, on).figures()
    assert {one.id: one.value for one in counted.indicators} == pytest.approx(expected)


def test_what_follows_each_engagement() -> None:
    """The succession of 2025: each engagement with what came next, whoever reads the lines."""
    records = association(11, 200)
    expected: Counter[tuple[str, str]] = Counter()
    for person in records.persons.values():
        rows = [row for row in person.engagements if row.agreed and row.agreed <= ON]
        for index, row in enumerate(rows):
            following = rows[index + 1] if index + 1 < len(rows) else None
            assert row.agreed is not None
            exits = [p.exited for p in person.pathways if p.exited and p.exited >= row.agreed]
            left = min(exits, default=None)
            if following and following.agreed and not (left and left < following.agreed):
                step, day = following.type or "Non renseigné", following.agreed
            elif left:
                step, day = "Sortie", left
            elif row.reviewed and row.reviewed.year == 2025:
                step, day = "Sans suite à ce jour", row.reviewed
            else:
                continue
            if day.year == 2025:
                expected[row.type or "Non renseigné", step] += 1
    table = compute(records, 2025, on=ON).tables["succession"]
    found = {
        (line.label, step): count
        for line in table[:-1]
        for step, count in line.cells.items()
        if step != "Total" and count
    }
    assert found == expected
    assert table[-1].cells["Total"] == expected.total()
