"""The tables that funders ask for, counted again line by line; silent without their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.vocabulary import (
    BarrierLevel,
    ClientKind,
    MissionOutcome,
    Nature,
    OrientationResult,
    StructureKind,
)
from cedre_xlsx.reports.statistics import Statistics, compute
from cedre_xlsx.reports.statistics.completeness import NEEDS
from cedre_xlsx.reports.statistics.definitions import DEFINITIONS, TABLES
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.packs import AFTER, CLIENTS, LEVELS
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import StaffYear
from tests.reports.statistics.hours_by_hand import hours_by_hand, typed_hours
from tests.reports.statistics.test_oracle import ON, Recount, association
from tests.rules.rule_cases import ON as TODAY
from tests.rules.rule_cases import (
    action,
    barrier,
    engagement,
    left,
    mission,
    person,
    with_settings,
    workbook,
)

UNSAID = "Non renseigné"
BANDS = ("Moins de 6 mois", "De 6 à 11 mois", "De 12 à 23 mois", "24 mois et plus")
YEARS = (2024, 2025, 2026)


@cache
def records_of(seed: int) -> Records:
    return association(seed, 150)


@cache
def told(seed: int, year: int) -> Statistics:
    return compute(records_of(seed), year, on=ON)


def shown(table: Any) -> dict[tuple[str, str], float]:
    """The numbers of a table by line and column, zeros aside."""
    return {
        (row.label, column): value
        for row in table
        if not row.is_total
        for column, value in row.cells.items()
        if value
    }


class Tables(Recount):
    """The tables of one year, everyone's lines read one by one."""

    def clients(self) -> Mapping[tuple[str, str], float]:
        found: Counter[tuple[str, str]] = Counter()
        for row in self.missions_of_the_year():
            if row.salaried:
                kind = row.client_kind.value if row.client_kind else UNSAID
                assert row.start is not None
                end, typed = row.end or self.on, typed_hours(row)
                hours = hours_by_hand(row.start, end, typed, self.first, self.last)
                found[kind, "Missions"] += 1
                found[kind, "Heures de mission"] += hours  # type: ignore[assignment]
        return found

    def active(self) -> Iterator[PersonRow]:
        """The latest pathway of the year of everyone in the active file."""
        for one in self.persons:
            rows = [
                row
                for row in one.pathways
                if row.registered
                and row.registered <= self.last
                and not (row.exited and row.exited < self.first)
            ]
            if rows:
                yield rows[-1]

    def staying(self) -> list[PersonRow]:
        return [row for row in self.active() if not (row.exited and row.exited <= self.last)]

    def lengths(self) -> Mapping[tuple[str, str], float]:
        found: Counter[tuple[str, str]] = Counter()
        for row in self.staying():
            found[self.band(row.registered, self.last), "Présentes"] += 1
        for row in self.pathways:
            if self.inside(row.exited):
                band = self.band(row.registered, row.exited)
                found[band, "Sorties"] += 1
                if self.is_countable(row):
                    found[band, "Sorties comptées"] += 1
                    dynamic = row.exit_category is not None and row.exit_category.dynamic
                    found[band, "Sorties dynamiques"] += dynamic
        return found

    @staticmethod
    def band(start: date | None, day: date | None) -> str:
        assert start
        assert day
        months = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
        return BANDS[sum(months >= end for end in (6, 12, 24))]

    def weeks_table(self) -> Mapping[tuple[str, str], float]:
        found: Counter[tuple[str, str]] = Counter()
        labels = (
            "De 1 à 4 semaines", "De 5 à 12 semaines", "De 13 à 25 semaines",
            "De 26 à 38 semaines", "39 semaines et plus",
        )  # fmt: skip
        for one in self.persons:
            weeks = self.weeks(one.missions)
            if weeks:
                found[labels[sum(weeks > end for end in (4, 12, 25, 38))], "Personnes"] += 1
        return found

    def outcomes(self) -> Mapping[tuple[str, str], float]:
        names = {
            Nature.IMMERSION: "Immersions",
            Nature.INTERNSHIP: "Stages",
            Nature.OTHER: "Autres",
        }
        return Counter(
            (
                row.outcome.value if row.outcome else UNSAID,
                names.get(row.nature, "Missions salariées") if row.nature else "Missions salariées",
            )
            for row in self.missions_of_the_year()
            if row.end and row.end <= self.last
        )

    def barriers(self) -> list[BarrierRow]:
        names = {row.person for row in self.active()}
        found = {
            (row.person, row.barrier): row
            for row in self.records.barriers.rows
            if row.person in names
            and not (row.identified and row.identified > self.last)
            and not (row.lifted and row.lifted < self.first)
        }
        return list(found.values())

    def levels(self) -> Mapping[tuple[str, str], float]:
        order = list(BarrierLevel)  # from the highest need to none
        found: Counter[tuple[str, str]] = Counter()
        for row in self.barriers():
            found[row.barrier, "Personnes"] += 1
            if self.inside(row.lifted):
                change = "Levés dans l'année"
            elif row.entry_level is None or row.current_level is None:
                change = "Sans niveau"
            else:
                before, after = order.index(row.entry_level), order.index(row.current_level)
                change = (
                    "Stables" if before == after else "Améliorés" if after > before else "Aggravés"
                )
            found[row.barrier, change] += 1
        return found

    def orientations(self) -> Mapping[tuple[str, str], float]:
        found: Counter[tuple[str, str]] = Counter()
        for row in self.barriers():
            if row.orientation:
                where = row.orientation.lower()
                found[where, "orientations"] += 1
                found[where, (row.result.value if row.result else UNSAID).lower()] += 1
        return found

    def load(self) -> Mapping[tuple[str, str], float]:
        found: Counter[tuple[str, str]] = Counter()
        for row in self.staying():
            found[self.ahead(row.contract_end), "Fins de contrat"] += 1
            found[self.ahead(row.pass_end), "Fins de PASS IAE"] += 1
        for one in self.records.engagements.rows:
            if one.is_open(self.last):
                day = one.deadline.day if one.deadline else None
                found[self.ahead(day), "Engagements à échéance"] += 1
        return found

    def ahead(self, day: date | None) -> str:
        if day is None:
            return "Sans date"
        if day <= self.last:
            return "Déjà passée"
        first = (self.last + timedelta(days=1)).replace(day=1)
        return "Plus tard" if day >= add_months(first, 12) else f"{day:%Y-%m}"


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
def test_every_table_is_that_of_a_count_line_by_line(year: int) -> None:
    counted, tables = told(21, year), Tables(records_of(21), year, ON)
    found = {name: shown(rows) for name, rows in counted.tables.items()}
    assert found["clients"] == pytest.approx(tables.clients(), abs=0.006)
    assert found["lengths"] == {place: n for place, n in tables.lengths().items() if n}
    assert found["weeks"] == tables.weeks_table()
    assert found["outcomes"] == tables.outcomes()
    assert found["freins_levels"] == tables.levels()
    lower = {(row.lower(), column.lower()): n for (row, column), n in found["orientations"].items()}
    assert lower == tables.orientations()
    assert found["load"] == tables.load()
    states = {state: n for (state, _), n in found["later_situations"].items()}
    assert states == tables.later_situations()
    assert len(tables.clients()) == 10
    assert len(tables.outcomes()) > 8


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
def test_totals_are_those_of_the_year(year: int) -> None:
    counted = told(21, year)
    tables, value = counted.tables, lambda name: counted.indicator(name).value
    assert tables["later_situations"][-1].cells["Sorties"] == value("exits")
    assert tables["clients"][-1].cells["Heures de mission"] == pytest.approx(
        value("mission_hours"), abs=0.006
    )
    assert tables["lengths"][-1].cells["Sorties"] == value("exits")
    assert tables["lengths"][-1].cells["Sorties comptées"] == value("exits_countable")
    assert tables["weeks"][-1].cells["Personnes"] == value("people_in_mission")
    assert tables["load"][-1].cells["Engagements à échéance"] == value("engagements_open")
    assert tables["load"][-1].cells["Fins de contrat"] == tables["lengths"][-1].cells["Présentes"]


# How far columns are filled


def filled(rows: list[Any], column: str, year: int = 2026) -> tuple[Any, ...]:
    table = compute(workbook(rows), year, on=TODAY).tables["completeness"]
    [line] = [row for row in table if row.labels["Colonne"] == column]
    return (*line.cells.values(), line.labels["Chiffres"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "column", "lines", "full", "starved"),
    [
        ([mission(), mission(client_kind=ClientKind.COMPANY), mission(nature=Nature.OTHER)],
         "Missions, Type de client", 2, 1,
         "Près du plafond d'heures en entreprise ; Par type de client"),
        ([mission(outcome=MissionOutcome.NONE), mission(), mission(end=None)],
         "Missions, Débouché", 2, 1, "Personnes en formation ; Débouchés"),
        ([mission(hours=None), mission(hours=None, weekly_hours=3.0)], "Missions, Heures", 2, 1,
         "Personnes en mission ; Heures de mission ; Équivalents temps plein ; "
         "Semaines travaillées, médiane ; Semaines travaillées"),
        ([left("A"), left("B", exit_category=None)], "Personnes, Catégorie de sortie", 2, 1,
         "Taux de sorties dynamiques ; Taux de sorties en emploi durable ; Sorties par catégorie"),
        ([engagement(), engagement(deadline=None)], "Engagements, Échéance", 2, 1,
         "Évaluations faites à l'échéance ; Durée prévue, médiane (jours) ; Charge à venir"),
        ([action(status=None), action()], "Suivi, Statut", 2, 1, "Actions, par statut"),
        ([barrier(orientation="CCAS"), barrier(barrier="Santé")], "Freins, Résultat", 1, 0,
         "Orientations et résultats"),
    ],
)  # fmt: skip
def test_a_column_says_what_its_blanks_starve(
    rows: list[Any], column: str, lines: int, full: int, starved: str
) -> None:
    assert filled(rows, column) == (lines, full, lines - full, starved)


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
def test_every_column_is_counted_line_by_line(year: int) -> None:
    """The columns of which the oracle knows the lines; the others are of the same code."""
    tables = Tables(records_of(21), year, ON)
    missions = tables.missions_of_the_year()
    salaried = [row for row in missions if row.salaried]
    over = [row for row in missions if row.end and row.end <= tables.last]
    barriers, staying = tables.barriers(), tables.staying()
    expected = {
        "Missions, Nature": [row.nature for row in missions],
        "Missions, Type de client": [row.client_kind for row in salaried],
        "Missions, Débouché": [row.outcome for row in over],
        "Freins, Accompagnement": [row.accompaniment for row in barriers],
        "Freins, Niveau à l'entrée": [row.entry_level for row in barriers],
        "Freins, Niveau actuel": [row.current_level for row in barriers],
        "Freins, Résultat": [row.result for row in barriers if row.orientation],
        "Personnes, Fin de contrat": [row.contract_end for row in staying],
        "Personnes, Fin de PASS IAE": [row.pass_end for row in staying],
        "Personnes, Accompagnateur": [row.advisor or None for row in tables.active()],
        "Suivi, Temps consacré": [
            row.minutes
            for row in records_of(21).follow_ups.rows
            if tables.inside(row.day) and not row.is_hand_over
        ],
        "Engagements, Forme": [
            row.form for row in records_of(21).engagements.rows if tables.inside(row.agreed)
        ],
    }
    table = told(21, year).tables["completeness"]
    found = {row.labels["Colonne"]: list(row.cells.values()) for row in table}
    for column, values in expected.items():
        told_of = sum(value is not None for value in values)
        assert found[column] == [len(values), told_of, len(values) - told_of], column


def test_every_figure_and_table_named_there_is_one() -> None:
    ids, names = {one.id for one in DEFINITIONS}, {one.name for one in TABLES}
    for need in NEEDS:
        for one in need.figures:
            assert one.removeprefix("*") in names if one[0] == "*" else one in ids
        assert need.field in need.spec.columns


# Without the columns of a pack, nothing is said of it


def without(records: Records, pack: str) -> Records:
    """The records of a workbook that never asked for a pack."""
    tables: dict[str, Table[Any]] = {}
    for name in ("people", "missions", "barriers"):
        table: Table[Any] = getattr(records, name)
        kept = {f: n for f, n in table.columns.items() if table.spec.columns[f].pack != pack}
        tables[name] = replace(table, columns=kept)
    return replace(records, **tables)  # type: ignore[arg-type]


@pytest.mark.slow
def test_what_rests_on_an_absent_pack_is_silent() -> None:
    whole = workbook([with_settings(kind=StructureKind.AI), mission(), barrier()])
    for pack, tables, figures in (
        (CLIENTS, {"clients", "outcomes"}, {"ceiling_near", "ceiling_over"}),
        (LEVELS, {"freins_levels", "orientations"}, set()),
        (AFTER, {"later_situations"}, {"later_known"}),
    ):
        every = compute(whole, 2026, on=TODAY)
        counted = compute(without(whole, pack), 2026, on=TODAY)
        assert set(every.tables) - set(counted.tables) == tables
        ids = [{one.id for one in told.indicators} for told in (every, counted)]
        assert ids[0] - ids[1] == figures
        columns = {row.labels["Colonne"] for row in counted.tables["completeness"]}
        packed = {f"{n.spec.sheet}, {n.spec.columns[n.field].header}" for n in NEEDS
                  if n.spec.columns[n.field].pack == pack}  # fmt: skip
        assert packed
        assert not columns & packed
        silent = compute(without(whole, pack), 2020, on=TODAY)
        assert not tables & set(silent.tables)


def test_the_ceiling_is_that_of_an_ai_alone() -> None:
    for kind in (StructureKind.ACI, StructureKind.ETTI, None):
        rows = [with_settings(kind=kind), mission(client_kind=ClientKind.COMPANY, hours=500.0)]
        ids = [one.id for one in compute(workbook(rows), 2026, on=TODAY).indicators]
        assert "ceiling_over" not in ids


# Staff


@pytest.mark.parametrize(
    ("staff", "support", "supervision"),
    [
        ((), "absent", "absent"),
        ((StaffYear(2026, 1.5, 0.5),), 2.0, 6.0),
        ((StaffYear(2026, None, 3.0),), None, 1.0),
        ((StaffYear(2025, 1.0, 1.0),), None, None),  # that of another year says nothing
    ],
)
def test_people_by_full_time_equivalent(
    staff: tuple[StaffYear, ...], support: float | str | None, supervision: float | str | None
) -> None:
    rows = [with_settings(staff=staff), *(person(name) for name in "ABC")]
    found = {one.id: one.value for one in compute(workbook(rows), 2026, on=TODAY).indicators}
    assert found.get("active_per_support", "absent") == support
    assert found.get("active_per_supervision", "absent") == supervision


# Changes of a frein


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "change"),
    [
        ({"entry_level": BarrierLevel.HIGH, "current_level": BarrierLevel.LOW}, "Améliorés"),
        ({"entry_level": BarrierLevel.LOW, "current_level": BarrierLevel.LOW}, "Stables"),
        ({"entry_level": BarrierLevel.LOW, "current_level": BarrierLevel.MEDIUM}, "Aggravés"),
        ({"entry_level": BarrierLevel.HIGH}, "Sans niveau"),
        ({"current_level": BarrierLevel.NONE}, "Sans niveau"),
        ({"entry_level": BarrierLevel.LOW, "current_level": BarrierLevel.HIGH,
          "lifted": "04/05"}, "Levés dans l'année"),
    ],
)  # fmt: skip
def test_what_became_of_a_frein(cells: dict[str, Any], change: str) -> None:
    [row] = compute(workbook([barrier(**cells)]), 2026, on=TODAY).tables["freins_levels"]
    assert {name for name, count in row.cells.items() if count} == {"Personnes", change}


def test_spellings_of_an_orientation_are_one_line() -> None:
    rows = [
        person("A"),
        person("B"),
        barrier("A", orientation="CCAS", result=OrientationResult.SUCCEEDED),
        barrier("B", orientation="ccas"),
    ]
    table = compute(workbook(rows), 2026, on=TODAY).tables["orientations"]
    assert [row.label for row in table] == ["CCAS", "Total"]
    assert [table[0].cells[one] for one in ("Orientations", "Aboutie", UNSAID)] == [2, 1, 1]


# Weeks


@pytest.mark.slow
@pytest.mark.parametrize(
    ("missions", "weeks"),
    [
        ([("20/04", "26/04")], 1),  # from Monday to Sunday
        ([("26/04", "27/04")], 2),
        ([("20/04", "21/04"), ("23/04", "24/04"), ("24/04", "28/04")], 2),
        ([("29/12/25", "04/01")], 1),  # of this year, its days from the 1st of January on
        ([("20/04", None)], 4),  # up to the 12th of May
    ],
)
def test_weeks_worked(missions: list[tuple[str, str | None]], weeks: int) -> None:
    rows = [mission(start=start, end=end, hours=9.0) for start, end in missions]
    assert compute(workbook(rows), 2026, on=TODAY).indicator("weeks_worked_median").value == weeks


# Published


def test_what_is_for_the_team_is_not_published() -> None:
    names = [f"N{n}" for n in range(24)]
    rows = [
        *(left(name) for name in names[:12]),
        *(person(name) for name in names[12:]),
        *(mission(name, client_kind=ClientKind.COMPANY) for name in names),
        *(barrier(name, orientation="CCAS") for name in names),
    ]
    told = publish(workbook(rows), 2026, on=TODAY)
    tables = set(told.tables)
    assert {"clients", "lengths", "weeks", "outcomes", "freins_levels", "orientations"} <= tables
    assert not {"load", "completeness", "advisors"} & tables
    exits = ["Sorties", "Sorties comptées", "Sorties dynamiques"]
    assert list(told.tables["lengths"][0].cells) == exits


@pytest.mark.slow
def test_hours_of_few_people_are_hidden_by_kind_of_client_too() -> None:
    """Twenty people at work, two of them in a company: neither their hours nor others' are told
    beside the whole; nor what full-time equivalents divide, without a base.
    """
    names = [f"N{n}" for n in range(20)]
    kinds = [ClientKind.COMPANY] * 2 + [ClientKind.PRIVATE] * 9 + [ClientKind.PUBLIC] * 9
    work = [mission(name, client_kind=kind) for name, kind in zip(names, kinds, strict=True)]
    settings = with_settings(fte_hours=None)
    told = publish(workbook([settings, *map(person, names), *work]), 2026, on=TODAY)
    hours = {row.label: row.cells["Heures de mission"] for row in told.tables["clients"]}
    assert hours["Entreprise"] is None
    assert {hours["Particulier"], hours["Collectivité"]} > {None}
    assert (hours["Total"], told.indicator("mission_hours").value) == (400, 400)
    few = publish(workbook([settings, *map(person, names), *work[:3]]), 2026, on=TODAY)
    assert few.indicator("mission_hours").value is None
    assert few.indicator("etp").numerator is None
