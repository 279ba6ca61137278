"""MIS: each case is a few rows; the cells that the rule must name stand beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.method.vocabulary import ClientKind, Kind, Nature
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.missions import MissionRow
from tests.rule_cases import (
    ON,
    Cases,
    assert_told,
    findings,
    flat,
    left,
    mission,
    person,
    places,
    with_settings,
    workbook,
)

AI = with_settings(kind=Kind.AI)


def company(who: str = "Martin Paul", **cells: Any) -> MissionRow:
    return mission(who, **{"client_kind": ClientKind.COMPANY, **cells})


FAILING: Cases = {
    "MIS01": [
        ([mission("Martin Pol")], "person5"),
        ([mission(), mission("Petit Eva")], "person6"),
        ([mission("")], "person5"),
    ],
    "MIS02": [
        ([mission(start="24/04", end="20/04")], "end5"),
        ([mission(start="24/04", end="24/04/25")], "end5"),
        ([mission("Petit Eva", start="24/04", end="23/04")], "end5"),
    ],
    "MIS03": [
        ([mission(), mission()], "start6"),
        ([mission(), mission(client="PARTICULIER  A")], "start6"),
        ([mission(client=""), mission(client=""), mission(client="")], "start6 start7"),
    ],
    "MIS04": [
        ([mission(start="20/04", end="24/04", hours=49.0)], "hours5"),
        ([mission(hours=30.0), mission(client="B", hours=19.0)], "hours5"),
        ([mission(end=None, hours=None, weekly_hours=35.0),
          mission(client="B", start="26/04", end=None, hours=None, weekly_hours=20.0)],
         "weekly_hours5"),
        ([mission(start="20/04", end="20/04", hours=25.0)], "hours5"),
        ([mission(hours=-7.0)], "hours5"),
        ([mission(start="01/04", end="30/04", hours=350.0)], "hours5"),
        ([mission(hours=36.0), with_settings(max_weekly_hours=35)], "hours5"),
    ],
    "MIS05": [
        ([mission(rome="45113")], "rome5"),
        ([mission(rome="K130")], "rome5"),
        ([mission(rome="Jardinage")], "rome5"),
        ([mission(rome="A1203 et K1304")], "rome5"),
    ],
    "MIS06": [
        ([mission(start="04/01", end="10/01")], "start5"),
        ([person(registered=None), mission()], "start5"),
        ([left(exited="22/04"), mission()], "end5"),
        ([left(exited="22/04"), mission(end=None)], "end5"),
    ],
    "MIS07": [
        ([mission(start=date(1926, 4, 20))], "start5"),
        ([mission(end=date(2206, 4, 24))], "end5"),
        ([mission(start=date(1989, 12, 31))], "start5"),
        ([mission(end=date(2029, 5, 13))], "end5"),
        ([mission(start=date(2028, 1, 1), end=None)], "start5"),
        ([mission(start=date(2062, 4, 20), end=date(2062, 4, 24))], "start5 end5"),
    ],
    "MIS08": [
        ([mission(start="20/06", end="24/06", client_review="Très satisfait")], "start5"),
        ([mission(start="13/05", end=None, person_review="Lui a plu")], "start5"),
        ([mission(), mission(start="20/06", end=None, client_review="Bien")], "start6"),
    ],
    "MIS09": [
        ([with_settings(fte_hours=None), mission(hours=12.0)], "row None"),
        ([with_settings(fte_hours=None), mission(hours=None, weekly_hours=20.0)], "row None"),
        ([with_settings(fte_hours=None, kind=Kind.ACI), mission(), mission(client="B")],
         "row None"),
        *(([with_settings(fte_hours=1820, kind=kind), mission()], "row None")
          for kind in (Kind.AI, Kind.ETTI, Kind.EI, None)),
    ],
    "MIS10": [
        ([AI, company(hours=400.0)], "client_kind5"),
        ([AI, company(start="12/05", end=None, hours=450.0)], "client_kind5"),
        ([AI, company(hours=200.0), company(start="22/04", hours=280.0)], "client_kind6"),
        ([AI, company(start="13/05/24", end="13/05/24", hours=400.0)], "client_kind5"),
        ([replace(AI, company_hours_soon=10), company(), mission(hours=600.0)], "client_kind5"),
        ([AI, person("A"), person("B"), company("B", hours=480.0), company("A")], "client_kind5"),
    ],
    "MIS11": [
        ([AI, company(hours=480.5)], "client_kind5"),
        ([AI, company(start="15/01", end=None, hours=None, weekly_hours=35.0)], "client_kind5"),
        ([AI, company(nature=None, hours=481.0)], "client_kind5"),
        ([replace(AI, company_hours=10), company()], "client_kind5"),
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "MIS01": [
        [mission("M. MARTIN Paul")],
        [mission("Paul Martin")],
        [person("O'Neil Zoé"), mission("O’NEIL zoe")],
    ],
    "MIS02": [
        [mission(start="24/04", end="24/04")],
        [mission(end=None)],
        [mission(start=None, end="24/04")],
    ],
    "MIS03": [
        [mission(), mission(client="Particulier B")],
        [mission(), mission(hours=3.0)],
        [mission(), mission(trade="Jardinier")],
        [mission(client="", trade=""), mission(client="", trade="")],
        [person(), person("Petit Eva"), mission(), mission("Petit Eva")],
    ],
    "MIS04": [
        [mission(client=client, hours=10.0) for client in ("A", "B", "C")],
        [mission(start="20/04", end="20/04", hours=8.0)],
        [mission(start="20/04", end="24/04", hours=48.0)],
        [mission(start="11/05", end=None, hours=120.0)],
        [mission(hours=None)],
        [mission(hours=30.0), mission(client="B", start="27/04", end="30/04", hours=30.0)],
        [person(), person("Petit Eva"), mission(hours=30.0), mission("Petit Eva", hours=30.0)],
    ],
    "MIS05": [
        [mission(rome="")],
        [mission(rome="k1304")],
        [mission(rome="A1203 / K1304")],
    ],
    "MIS06": [
        [mission(start="05/01", end="06/01")],
        [mission(start="04/01", end="10/01", nature=Nature.IMMERSION)],
        [left(exited="24/04"), mission()],
        [left(exited="31/03"), person(registered="10/04", interview=None), mission()],
        [left(exited="31/03"), mission()],
        [mission(end=None)],
    ],
    "MIS07": [
        [mission(start="20/04/03", end="24/04/03")],
        [mission(start=date(1990, 1, 1))],
        [mission(start="04/01/27", end=date(2029, 5, 12))],
        [mission(start=date(2027, 12, 31), end=date(2029, 5, 11))],
        [mission(end=None)],
    ],
    "MIS08": [
        [mission(start="20/06", end="24/06")],
        [mission(start="12/05", end=None, client_review="Très satisfait")],
        [mission(start=date(2062, 4, 20), client_review="Très satisfait")],
    ],
    "MIS09": [
        [with_settings(fte_hours=1607, kind=None), mission(hours=12.0)],
        [with_settings(fte_hours=0), mission(hours=12.0)],
        [with_settings(fte_hours=None), mission(hours=None)],
        [with_settings(fte_hours=None), mission(hours=12.0, nature=Nature.INTERNSHIP)],
        [with_settings(fte_hours=1820, kind=Kind.ACI), mission(hours=12.0)],
        [with_settings(fte_hours=1607, kind=Kind.AI), mission(hours=12.0)],
        [with_settings(fte_hours=1820, kind=Kind.AI), mission(hours=None)],
    ],
    "MIS10": [
        [AI, company(hours=399.5)],
        [AI, company(hours=480.5)],
        [AI, company(start="12/05/24", end="12/05/24", hours=450.0)],
        [AI, mission(hours=450.0)],
        *(
            [AI, company(hours=450.0, client_kind=kind)]
            for kind in ClientKind
            if kind is not ClientKind.COMPANY
        ),
        [AI, company(hours=450.0, nature=Nature.INTERNSHIP)],
        *(
            [with_settings(kind=kind), company(hours=450.0)]
            for kind in (*Kind, None)
            if kind is not Kind.AI
        ),
        [AI, left(), company(hours=450.0)],
        [AI, company(hours=450.0, end="20/03")],  # reversed
        [AI, company(hours=450.0, end=None, unreadable=frozenset({"end"}))],
        [AI, company(hours=450.0, start=None)],
    ],
    "MIS11": [
        [AI, company(hours=480.0)],
        [replace(AI, company_hours=600), company(hours=600.0)],
        [AI, mission(hours=900.0, client_kind=ClientKind.PRIVATE)],
        [AI, company("Inconnu", hours=900.0)],
        [AI, company(start="20/05", end="24/05", hours=900.0)],
    ],
}


@pytest.mark.parametrize(("code", "rows", "expected"), flat(FAILING))
def test_fails(code: str, rows: list[Any], expected: str) -> None:
    found = findings(rows, code)
    assert places(found) == expected
    assert_told(found)


@pytest.mark.parametrize(
    ("code", "rows"), [(code, rows) for code, mine in PASSING.items() for rows in mine]
)
def test_passes(code: str, rows: list[Any]) -> None:
    assert [finding.message for finding in findings(rows, code)] == []


def test_every_rule_has_its_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "MIS"]
    assert list(FAILING) == list(PASSING) == codes
    assert min(map(len, FAILING.values())) >= 3
    assert min(map(len, PASSING.values())) >= 3


def test_a_crowded_week_is_said_once_with_its_sum() -> None:
    rows = [mission(hours=30.0), mission(client="B", hours=25.0), mission(client="C", hours=1.0)]
    [finding] = findings(rows, "MIS04")
    assert "56 heures de mission dans la semaine du 20/04/2026" in finding.message


@pytest.mark.parametrize("day", [date(1, 1, 3), date(9999, 12, 28)])
def test_the_edges_of_the_calendar_have_no_week(day: date) -> None:
    assert findings([mission(start=day, end=None, hours=None, weekly_hours=500.0)], "MIS04") == []


def test_too_many_hours_by_the_day_after_a_week_with_a_holiday() -> None:
    """From the 30th of April 2026 on, the first week of five days is the fourth."""
    rows = [mission(hours=Hours(10, Per.DAY), start="30/04", end=None)]
    [found] = findings(rows, "MIS04")
    assert "50 heures de mission dans la semaine du 18/05/2026" in found.message


@pytest.mark.parametrize(
    ("a_day", "said"),
    [(9, ""), (24, "120 heures de mission dans la semaine"), (25, "25 heures par jour")],
)
def test_hours_by_the_day_that_no_day_has(a_day: float, said: str) -> None:
    found = findings([mission(hours=Hours(a_day, Per.DAY))], "MIS04")
    assert [said in one.message for one in found] == [True] * bool(said)


def test_without_the_column_the_ceiling_is_silent() -> None:
    records = workbook([AI, company(hours=450.0)])
    columns = {n: c for n, c in records.missions.columns.items() if n != "client_kind"}
    bare = replace(records, missions=replace(records.missions, columns=columns))
    assert [one.code for one in run(records, (), on=ON) if one.code == "MIS10"] == ["MIS10"]
    assert [one.code for one in run(bare, (), on=ON) if one.code == "MIS10"] == []


def test_the_hours_of_several_missions_are_told_together() -> None:
    rows = [AI, company(hours=400.25), company(start="22/04", hours=10.0)]
    [finding] = findings(rows, "MIS10")
    assert "410,2 heures en entreprise sur 24 mois : le plafond est de 480." in finding.message


def test_a_base_is_proposed_by_kind_to_be_verified() -> None:
    for kind, hours in (("AI", 1607), ("ETTI", 1600), ("EI", 1505), ("ACI", 1820), ("EITI", 1505)):
        [finding] = findings([with_settings(fte_hours=None, kind=Kind(kind)), mission()], "MIS09")
        assert f"Tapez {hours} (proposé pour le type {kind}, à vérifier" in finding.help
    [finding] = findings([with_settings(fte_hours=1820, kind=Kind.AI), mission()], "MIS09")
    assert "1820 heures, celle d'un ACI" in finding.message
    [finding] = findings([with_settings(fte_hours=1820, kind=None), mission()], "MIS09")
    assert finding.message.endswith("le Type de structure est vide : les ETP sont peut-être faux.")
    assert finding.help.startswith("Choisissez le Type de structure dans Paramètres")
