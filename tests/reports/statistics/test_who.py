"""Who counts: behind every figure and every table, the lines of the workbook that make it."""

# ruff: noqa: E501  (a case a line)

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.cli.stats import stats
from cedre_xlsx.method.vocabulary import (
    Achieved,
    ClientKind,
    EngagementForm,
    ExitCategory,
    LaterSituation,
    MissionOutcome,
    Nature,
    Status,
    StructureKind,
)
from cedre_xlsx.reports.statistics import Behind, CountedLine, Statistics, compute, public
from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import StaffYear
from tests.reports.statistics.test_oracle import ON as LATER
from tests.reports.statistics.test_oracle import association
from tests.rules.rule_cases import (
    ON,
    action,
    barrier,
    engagement,
    left,
    mission,
    person,
    reviewed,
    with_settings,
    workbook,
)
from tests.support import ROOT, few

AI = with_settings(kind=StructureKind.AI)
STAFF = with_settings(staff=(StaffYear(2026, 2.0, 1.5),))
UNREADABLE: dict[str, Any] = {"registered": None, "unreadable": frozenset({"registered"})}
TOGETHER: dict[str, Any] = {"action": "Atelier", "collective": True}


def company(who: str = "Martin Paul", **cells: Any) -> MissionRow:
    return mission(who, client_kind=ClientKind.COMPANY, **cells)


def numbered(records: Records) -> Records:
    """The same with the lines of each table numbered as in a sheet, and a breakdown by advisor."""
    tables: dict[str, Any] = {}
    for name in ("people", "follow_ups", "engagements", "missions", "barriers"):
        table: Table[Any] = getattr(records, name)
        rows = (row.model_copy(update={"row": n}) for n, row in enumerate(table.rows, 5))
        tables[name] = replace(table, rows=tuple(rows))
    return replace(records, **tables)


# Case by case: the rows of a small workbook, numbered from 5 in each sheet; then the lines that
# count, the rest of the denominator, the unknowns. Counted on the 12th of May 2026.

CASES: dict[str, list[tuple[list[Any], list[int], list[int], list[int]]]] = {
    "active": [
        ([person("A"), left("B", registered="01/03/24", exited="31/12/25"), person("C", **UNREADABLE)], [5], [], [7]),
        # who came back: the latest pathway
        ([left("A", registered="01/02", exited="01/03"), person("A", registered="01/04")], [6], [], []),
    ],
    "entries": [
        ([person("A"), person("B", registered="31/12/25"), person("C", registered="13/05")], [5], [], [7]),
        ([left("A", registered="01/02", exited="01/03"), person("A", registered="01/04")], [5, 6], [], []),
    ],
    "exits": [([person("A"), left("B"), person("C", exit_reason="CDI")], [6], [], [7])],
    "exits_countable": [
        ([left("A"), left("B", exit_category=ExitCategory.WITHDRAWN), left("C", exit_category=None)], [5, 7], [], [7]),
        ([AI, left("A"), mission("A", hours=149.0), left("B"), mission("B", hours=150.0)], [6], [], []),
    ],
    "dynamic_exit_rate": [
        ([left("A"), left("B", exit_category=ExitCategory.OTHER), left("C", exit_category=None)], [5], [6, 7], [7]),
    ],
    "durable_exit_rate": [
        ([left("A"), left("B", exit_category=ExitCategory.POSITIVE)], [5], [6], []),
    ],
    "later_known": [
        ([left("A", later_situation=LaterSituation.DURABLE),
          left("B", later_situation=LaterSituation.NOT_REACHED), left("C")], [5], [6], []),
    ],
    "engagements_signed": [([engagement(), engagement(agreed="31/12/25"), engagement(agreed=None)], [5], [], [7])],
    "engagements_signed.D": [([engagement(type="CP"), engagement(type="D"), engagement(type=None)], [6], [], [7])],
    "engagements_with_signature": [([engagement(form=EngagementForm.ORAL), engagement(), engagement(form=None)], [6], [], [7])],
    "engagements_open": [([engagement(), reviewed(on="04/05"), engagement(agreed=None)], [5], [], [7])],
    "engagements_reviewed": [([engagement(), reviewed(on="04/05"), reviewed(on=None, achieved=Achieved.NO)], [6], [], [7])],
    "engagements_reviewed.no": [([reviewed(), reviewed(achieved=Achieved.NO), reviewed(achieved=None)], [6], [], [7])],
    "reviewed_on_time_rate": [
        # kept, late, still to come, not dated
        ([reviewed(deadline="05/05"), reviewed(deadline="01/05"), engagement(), engagement(deadline=None)], [5], [6], [7, 8]),
    ],
    "planned_days_median": [([engagement(), engagement(deadline=None)], [5], [], [6])],
    "actual_days_median": [([reviewed(), reviewed(agreed="06/05")], [5], [], [6])],
    "first_proposal_days_median": [([person("A"), person("B"), action("A", day="05/01")], [5], [], [6])],
    "first_proposal_on_time_rate": [
        ([person("A"), action("A", day="05/01"), person("B"), action("B", day="05/04"), person("C"), person("D", registered="05/05")], [5], [6, 7], [8]),
    ],
    "first_mission_days_median": [([person("A"), person("B"), mission("A")], [5], [], [6])],
    "actions": [([action(), action(day="31/12/25"), action(day=None)], [5], [], [7])],
    "actions.done": [([action(), action(status=Status.DROPPED), action(status=None)], [5], [], [7])],
    "actions.no_status": [([action(), action(status=None)], [6], [], [])],
    "actions.CP": [([action(engagement="CP"), action(engagement="D"), action(engagement=None)], [5], [], [7])],
    "minutes": [
        # the longest of the same one, together
        ([person("A"), person("B"), action("A", minutes=30, **TOGETHER), action("B", minutes=60, **TOGETHER), action(minutes=None)], [6], [], [7]),
    ],
    "missions": [([mission(), mission(start="01/02/25", end="02/02/25"), mission(start=None)], [5], [], [7])],
    "people_in_mission": [
        # no hours, and a name that nobody has: their missions
        ([person("A"), person("B"), mission("A"), mission("B", hours=None), mission("Inconnu")], [5], [], [6, 7]),
        ([left("A", registered="01/02/24", exited="01/03/25"), mission("A")], [5], [], []),  # at work after the exit
    ],
    "mission_hours": [([mission(), mission(nature=Nature.INTERNSHIP), mission(hours=None)], [5], [], [7])],
    "etp": [([mission(), mission(nature=Nature.INTERNSHIP), mission(hours=None)], [5], [], [7])],
    "weeks_worked_median": [([person("A"), person("B"), mission("A"), mission("B", hours=None)], [5], [], [6])],
    "ceiling_near": [
        # the 400th and the 480th hour, for companies alone; of whom is not said
        ([AI, person("A"), person("B"), person("C"), company("A", hours=400.0), company("B", hours=480.0), company("C", hours=399.0), mission("C")], [5, 6], [], [8]),
        # of the 24 months before alone; no hours
        ([AI, company(start="01/05/24", end="12/05/24", hours=480.0), company(hours=None)], [], [], [6]),
    ],
    "ceiling_over": [
        ([AI, person("A"), person("B"), company("A", hours=480.5), company("B", hours=480.0)], [5], [], []),
        ([AI, company(hours=300.0), company(client="B", hours=200.0), mission(client_kind=ClientKind.PRIVATE)], [5], [], []),
    ],
    "immersions": [([mission(), mission(nature=Nature.IMMERSION), mission(nature=None)], [6], [], [7])],
    "internships": [([mission(), mission(nature=Nature.INTERNSHIP), mission(nature=None)], [6], [], [7])],
    "people_in_training": [
        # a placement, an outcome, an exit; a mission that ended without an outcome
        ([person("A"), person("B"), left("C", exit_reason="Formation"), person("D"), mission("A", nature=Nature.INTERNSHIP, end=None),
          mission("B", outcome=MissionOutcome.TRAINING), mission("D"), mission("D", outcome=MissionOutcome.NONE)], [5, 6, 7], [], [7]),
    ],
    "active_per_support": [([STAFF, person("A"), person("B", registered="13/05"), person("C", **UNREADABLE)], [5], [], [7])],
    "active_per_supervision": [([STAFF, person("A"), person("B", registered="13/05")], [5], [], [])],
}  # fmt: skip


def test_every_figure_has_a_case() -> None:
    told = {definition_of(one).id for one in CASES}
    every = workbook([with_settings(kind=StructureKind.AI, staff=STAFF.staff)])
    assert told == {definition_of(one.id).id for one in compute(every, 2026, on=ON).indicators}


@pytest.mark.parametrize(
    ("identifier", "rows", "counted", "others", "unknown"),
    few([(name, *case) for name, cases in CASES.items() for case in cases], 6),
)
def test_the_lines_behind_a_figure(
    identifier: str, rows: list[Any], counted: list[int], others: list[int], unknown: list[int]
) -> None:
    behind = compute(workbook(rows), 2026, on=ON).who(identifier)
    assert [line.row for line in behind.counted] == counted
    assert [line.row for line in behind.others] == others
    assert [line.row for line in behind.unknown] == unknown


def test_a_line_says_its_sheet_its_person_and_what_it_counts_for() -> None:
    rows = [
        person("Martin Paul"),
        action("M. MARTIN paul", minutes=30),
        action("  Personne   d'autre ", minutes=15),
        mission("Martin Paul", start="05/05", end="18/05", hours=20.0),
    ]
    told = compute(workbook(rows), 2026, on=ON)
    assert told.who("minutes").counted == (
        CountedLine("Suivi", 5, "Martin Paul", 30),
        CountedLine("Suivi", 6, "Personne d'autre", 15),
    )
    # 8 of its 14 days have come
    assert told.who("mission_hours").counted == (
        CountedLine("Missions", 5, "Martin Paul", round(20 * 8 / 14, 6)),
    )
    assert told.who("first_proposal_days_median").counted == (
        CountedLine("Personnes", 5, "Martin Paul", 119),
    )


# Of any association: a figure is the number of its lines, or the sum of what they count for.


def assert_figures_are_their_lines(told: Statistics) -> None:
    for one in told.indicators:
        behind, unit = told.who(one.id), definition_of(one.id).unit
        amount = sum(line.amount for line in behind.counted)
        assert len(behind.unknown) == one.unknown, one.id
        assert len(set(behind.counted)) == len(behind.counted), one.id
        assert not set(behind.counted) & set(behind.others), one.id
        if unit.is_median:
            assert (one.numerator, one.denominator) == (None, len(behind.counted)), one.id
            days = sorted(line.amount for line in behind.counted)
            middle = days[(len(days) - 1) // 2 : len(days) // 2 + 1]
            assert one.value == (sum(middle) / len(middle) if middle else None), one.id
        elif unit is Unit.RATE:
            assert one.numerator == amount == len(behind.counted), one.id
            assert one.denominator == len(behind.counted) + len(behind.others), one.id
        else:
            assert one.numerator == pytest.approx(amount, abs=1e-4), one.id
            assert behind.others == (), one.id


def assert_tables_are_their_lines(told: Statistics) -> int:
    seen = 0
    for name, rows in told.tables.items():
        for row in rows:
            for column, value in row.cells.items():
                lines = told.who_in(name, row.label, column)
                amount = sum(line.amount for line in lines)
                assert amount == pytest.approx(value or 0, abs=0.006), (name, row.label, column)
                seen += value is not None
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("kind", [StructureKind.AI, StructureKind.ACI, None])
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_every_figure_and_table_of_an_association(year: int, kind: StructureKind | None) -> None:
    told = compute(numbered(association(year, 120, kind)), year, on=LATER)
    assert_figures_are_their_lines(told)
    assert assert_tables_are_their_lines(told) > 300


@settings(deadline=None, max_examples=20)
@given(
    st.integers(0, 10_000),
    st.integers(1, 12),
    st.integers(2022, 2027),
    st.sampled_from([None, *StructureKind]),
    st.dates(date(2023, 1, 1), LATER),
)
def test_every_figure_and_table_of_small_ones(
    seed: int, people: int, year: int, kind: StructureKind | None, on: date
) -> None:
    told = compute(numbered(association(seed, people, kind)), year, on=on)
    if told.is_silent:
        assert {told.who(one.id) for one in told.indicators} == {Behind()}
        return
    assert_figures_are_their_lines(told)
    assert_tables_are_their_lines(told)


def test_what_is_asked_for_must_be_there() -> None:
    told = compute(workbook([person("A"), barrier("A")]), 2026, on=ON)
    for call in (
        lambda: told.who("entrers"),
        lambda: told.who_in("mois", "2026-01", "Entrées"),
        lambda: told.who_in("months", "2026-13", "Entrées"),
        lambda: told.who_in("months", "2026-01", "Venues"),
        lambda: told.who_in("freins", "Mobilité", "Frein"),
    ):
        with pytest.raises(CedreError):
            call()
    assert [line.row for line in told.who_in("freins", "Mobilité", "Personnes")] == [5]
    assert told.who_in("publics", "dont bénéficiaires du RSA", "Personnes") == ()  # not known


def test_nothing_is_listed_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(lines: Selection) -> Any:
        raise AssertionError("a list was made")

    monkeypatch.setattr(Selection, "listed", never)
    told = compute(association(1, 30), 2025, on=LATER)
    with pytest.raises(AssertionError, match="a list was made"):
        told.who("entries")


def test_nobody_is_named_in_the_figures() -> None:
    told = compute(numbered(association(1, 60)), 2025, on=LATER)
    assert any(line.person.startswith("Essai") for line in told.who("entries").counted)
    assert "Essai" not in json.dumps(told.to_json_object(), ensure_ascii=False)
    assert "Essai" not in repr(told)


# At the command line.

EXAMPLE = ROOT / "examples/association.xlsx"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(stats, [str(EXAMPLE), "--date", "2026-09-30", *arguments])


def figure(identifier: str) -> Mapping[str, Any]:
    indicators = json.loads(run("--format", "json").output)["indicators"]
    return next(one for one in indicators if one["id"] == identifier)


@pytest.mark.slow
def test_the_command_lists_the_lines_of_a_figure() -> None:
    rate = figure("dynamic_exit_rate")
    told = json.loads(run("--who", "dynamic_exit_rate", "--format", "json").output)
    assert len(told["counted"]) == rate["numerator"]
    assert len(told["counted"]) + len(told["others"]) == rate["denominator"]
    assert (told["workbook"], told["year"], told["id"]) == ("association.xlsx", 2026, rate["id"])
    text = run("--who", "dynamic_exit_rate").output.replace("\N{NO-BREAK SPACE}", " ")
    assert "Liste nominative : ne pas diffuser." in text
    assert f"Comptées : {rate['numerator']}\n" in text
    table = run("--who", "dynamic_exit_rate", "--format", "csv").output.splitlines()
    assert sum(line.startswith("Comptées") for line in table) == rate["numerator"]
    for one in (*told["counted"], *told["others"]):
        assert f"{one['person']}" in text
        assert any(one["person"] in line for line in table)


@pytest.mark.slow
def test_minutes_and_hours_are_told_line_by_line() -> None:
    told = json.loads(run("--who", "minutes", "--format", "json").output)
    assert sum(line["amount"] for line in told["counted"]) == figure("minutes")["value"]
    assert {line["sheet"] for line in told["counted"]} == {"Suivi"}


@pytest.fixture(scope="module")
def published_once() -> Iterator[None]:
    """What may be published of the example is found once: the formats show the same."""
    found: dict[tuple[int, bool], Statistics] = {}

    def once(records: Records, year: int, *, on: date, with_sensitive: bool = False) -> Statistics:
        key = (year, with_sensitive)
        if key not in found:
            found[key] = publish(records, year, on=on, with_sensitive=with_sensitive)
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public, "publish", once)
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("published_once")
def test_a_publication_names_nobody() -> None:
    refused = run("--who", "entries", "--public")
    assert refused.exit_code == 2
    assert "--who nomme des personnes, --public n'en publie aucune" in refused.output
    names = {
        one["person"]
        for one in json.loads(run("--who", "active", "--format", "json").output)["counted"]
    }
    assert len(names) > 20
    for form in ("text", "json", "csv"):
        for arguments in ((), ("--public",), ("--public", "--with-sensitive")):
            output = run("--format", form, *arguments).output
            assert not [name for name in names if name in output], (form, arguments)


@pytest.mark.slow
def test_a_figure_that_is_none() -> None:
    refused = CliRunner().invoke(
        stats, [str(EXAMPLE), "--date", "2026-09-30", "--who", "entrers"], standalone_mode=False
    )
    assert "« entrers » n'est le nom d'aucun chiffre" in str(refused.exception)
    assert "Entrées (entries), Sorties (exits)" in str(refused.exception)


@pytest.mark.slow
@pytest.mark.usefixtures("published_once")
def test_a_year_that_is_not_over_is_not_to_be_published_twice() -> None:
    said = "l'année n'est pas finie"
    assert said in run("--public").stderr
    assert said not in run("--public", "--year", "2025").stderr
    assert said not in run().stderr
