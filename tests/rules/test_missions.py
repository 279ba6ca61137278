"""MIS: each case is a few rows; the cells that the rule must name stand beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.method.immersions import LIMITS, limits_on
from cedre_xlsx.method.mission_reviews import says_something
from cedre_xlsx.method.vocabulary import ClientKind, Nature, StructureKind
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.missions import MissionRow
from tests.rules.rule_cases import (
    ON,
    Cases,
    cases_as_tests,
    findings,
    left,
    mission,
    person,
    with_settings,
    workbook,
)

AI = with_settings(kind=StructureKind.AI)
#: Of April and May, with what makes a workbook of reviews.
REVIEWED = mission("Petit Eva", client_review="Très satisfait")


def company(who: str = "Martin Paul", **cells: Any) -> MissionRow:
    return mission(who, **{"client_kind": ClientKind.COMPANY, **cells})


def immersion(start: str, end: str | None, who: str = "Martin Paul", **cells: Any) -> MissionRow:
    """A PMSMP at a garage."""
    good = {"nature": Nature.IMMERSION, "hours": None, "client": "Garage Morel"}
    return mission(who, **{**good, "start": start, "end": end, **cells})


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
        ([mission(end=None, hours=2510.0)], "hours5"),
        ([mission(start="12/05/24", end=None, hours=5020.0)], "hours5"),
        ([mission(end=date(2026, 4, 24), hours=2510.0, unreadable=frozenset({"end"}))], "hours5"),
        ([mission(start=None, end=None, hours=20001.0)], "hours5"),
        ([mission(start=None, end=None, hours=None, weekly_hours=350.0)], "weekly_hours5"),
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
        ([with_settings(fte_hours=None, kind=StructureKind.ACI), mission(), mission(client="B")],
         "row None"),
        *(([with_settings(fte_hours=1820, kind=kind), mission()], "row None")
          for kind in (StructureKind.AI, StructureKind.ETTI, StructureKind.EI, None)),
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
    "MIS12": [
        ([immersion("01/04", "02/05")], "end5"),  # 32 days
        ([immersion("11/04", None)], "end5"),
        ([immersion("01/06", "31/08")], "end5"),  # agreed for later
        ([immersion("01/04", "30/04"), immersion("01/03", "15/04", client="B")], "end6"),
        ([immersion("01/02/25", "13/05/25")], "end5"),
    ],
    "MIS13": [
        ([immersion("01/03", "31/03"), immersion("01/04", "30/04")], "client6"),  # 61 days
        ([immersion("01/04", "30/04"), immersion("01/03", "31/03")], "client5"),
        ([immersion("13/03", None)], "client5"),
        ([immersion("01/03", "29/04"), immersion("05/05", "05/05")], "client6"),
        ([immersion("01/03", "31/03", client="M. MOREL garage"), immersion("01/05", "30/05")],
         "client6"),
        ([immersion("01/06/25", "30/06/25"), immersion("01/05", "15/06")], "client6"),
        ([immersion("01/02", "28/02"), immersion("01/03", "31/03"), immersion("01/05", "02/05"),
          immersion("01/06", "05/06")], "client8"),
    ],
    "MIS14": [
        ([person(), person("Petit Eva"), mission(), REVIEWED], "client_review5"),
        ([person(), person("Petit Eva"), mission(end="01/05"), REVIEWED], "client_review5"),
        ([person(registered="24/04"), person("Petit Eva"), mission(), REVIEWED],
         "client_review5"),
        ([mission(), mission(start="10/04", end="12/04"), person(), person("Petit Eva"),
          REVIEWED], "client_review5"),
        ([person(), mission(end="20/04", client="B", person_review="Bien"), mission()],
         "client_review6"),
        ([person(), mission(person_review="Bien", client="B", start="10/03", end="12/03"),
          mission(start="01/04", end="01/04", client=""),
          mission(start="20/04", end="20/04", client="")], "client_review7"),
        ([with_settings(mission_review_days=5), person(),
          mission(end="20/04", client="B", person_review="Bien"), mission(end="06/05")],
         "client_review6"),
        ([person(), mission(start="10/01", end="20/01", client="B", person_review="Bien"),
          mission(), mission(client="C", start="04/05", end="08/05")], "client_review6"),
    ],
    "MIS15": [
        ([mission(start=None)], "start5"),
        ([mission(start=None, end=None)], "start5"),
        ([mission(start=None, hours=None)], "start5"),
        ([mission(start=None, end=None, hours=None, weekly_hours=20.0)], "start5"),
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
        [mission(end=None, hours=2500.0)],
        [mission(start="12/05/24", end=None, hours=5010.0)],
        [mission(start=None, end=None, hours=20000.0)],
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
        [with_settings(fte_hours=1820, kind=StructureKind.ACI), mission(hours=12.0)],
        [with_settings(fte_hours=1607, kind=StructureKind.AI), mission(hours=12.0)],
        [with_settings(fte_hours=1820, kind=StructureKind.AI), mission(hours=None)],
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
            for kind in (*StructureKind, None)
            if kind is not StructureKind.AI
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
    "MIS12": [
        [immersion("01/04", "01/05")],  # 31 days
        [immersion("12/04", None)],
        *(
            [immersion("01/01", "01/05", nature=nature)]
            for nature in (*Nature, None)
            if nature is not Nature.IMMERSION
        ),
        [immersion("01/02/25", "12/05/25")],  # over for a year
        [left(), immersion("01/01", "31/03")],
        [immersion("01/01", "31/03", "Inconnu")],
        [immersion("01/01", None, unreadable=frozenset({"end"}))],
        [immersion("15/05", None)],
        [immersion("01/06", "15/04")],  # reversed
        [mission(nature=Nature.IMMERSION, start=date(1926, 4, 1), end=None)],
        [mission(nature=Nature.IMMERSION, end=date(2206, 4, 24))],
    ],
    "MIS13": [
        [immersion("02/03", "31/03"), immersion("01/04", "30/04")],  # 60 days
        [immersion("14/03", None)],
        [immersion("01/03", "31/03"), immersion("01/04", "30/04", client="Garage Petit")],
        [immersion("01/03", "31/03"), immersion("01/04", "30/04", nature=Nature.INTERNSHIP)],
        [immersion("01/03", "31/03", client=""), immersion("01/04", "30/04", client="")],
        [immersion("01/06/25", "01/07/25"), immersion("02/06", "02/07")],
        [immersion("01/03", "29/04"), immersion("01/03", "29/04")],  # each day once
        [immersion("01/01/25", "31/01/25"), immersion("01/04/25", "11/05/25")],
        [
            person(),
            person("Petit Eva"),
            immersion("01/03", "31/03"),
            immersion("01/04", "30/04", "Petit Eva"),
        ],
    ],
    "MIS14": [
        [mission()],  # no review in the workbook
        [person(), person("Petit Eva"), mission(end="02/05"), REVIEWED],
        [person(), person("Petit Eva"), mission(end=None), REVIEWED],
        [person(), person("Petit Eva"), mission(client_review="reçu autrement"), REVIEWED],
        [person(), mission(person_review="Bien"), mission(start="27/04", end="29/04")],
        [person(), mission(person_review="Bien"), mission(client="B", start="10/04", end="12/04")],
        [left(exited="30/04"), person("Petit Eva"), mission(), REVIEWED],
        [person(paused_until="30/06"), person("Petit Eva"), mission(), REVIEWED],
        [person(registered="05/05"), person("Petit Eva"), mission(), REVIEWED],
        [person(), person("Petit Eva"), mission(), mission(start="01/06", end="03/06"), REVIEWED],
    ],
    "MIS15": [
        [mission()],
        [mission(start=None, end=None, hours=None)],
        [mission(start=None, unreadable=frozenset({"start"}))],
    ],
}


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


def test_every_rule_has_its_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "MIS"]
    assert list(FAILING) == list(PASSING) == codes
    assert min(map(len, FAILING.values())) >= 3
    assert min(map(len, PASSING.values())) >= 3


def test_a_crowded_week_is_said_once_with_its_sum() -> None:
    rows = [mission(hours=30.0), mission(client="B", hours=25.0), mission(client="C", hours=1.0)]
    [finding] = findings(rows, "MIS04")
    assert "56 heures de mission dans la semaine du 20/04/2026" in finding.message


def test_a_total_without_an_end_says_what_its_weeks_may_hold() -> None:
    [finding] = findings([mission(start="01/05", end=None, hours=25000.0)], "MIS04")
    assert "a 25000 heures" in finding.message
    [finding] = findings([mission(start="01/05", end=None, hours=9000.0)], "MIS04")
    assert "à 48 par semaine, le vraisemblable est 2503 jusqu'au 30/04/2027." in finding.message


@pytest.mark.parametrize("day", [date(1, 1, 3), date(9999, 12, 28)])
def test_the_edges_of_the_calendar_have_no_week(day: date) -> None:
    assert findings([mission(start=day, end=None, hours=None, weekly_hours=100.0)], "MIS04") == []


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


def test_an_immersion_too_long_says_how_days_are_counted() -> None:
    [finding] = findings([immersion("01/04", "15/05")], "MIS12")
    assert finding.message == (
        "La mission « Garage Morel » du 01/04/2026 est une immersion de 45 jours du calendrier : "
        "une convention en a 31 au plus."
    )
    [finding] = findings([immersion("01/04", None)], "MIS12")
    assert "42 jours du calendrier, sans fin et comptée jusqu'à ce jour :" in finding.message


def test_the_immersions_that_add_up_are_named() -> None:
    """The first of these ended before the twelve months; the next one on their first day."""
    rows = [
        immersion("01/03/25", "31/03/25"),
        immersion("05/05/25", "13/05/25"),
        immersion("20/04/25", "19/05/25"),
        immersion("01/01", "31/01"),
        immersion("01/03", "31/03", client="B"),
        immersion("01/04", None),
    ]
    [finding] = findings(rows, "MIS13")
    assert finding.message == (
        "80 jours d'immersion chez « Garage Morel » du 13/05/2025 au 12/05/2026 "
        "(lignes 6, 7, 8 et 10), comptés en jours du calendrier, la dernière jusqu'à ce jour : "
        "60 au plus en 12 mois chez un même hôte."
    )


def test_a_long_immersion_alone_names_its_line() -> None:
    [finding] = findings([immersion("01/03", "29/04"), immersion("05/05", "05/05")], "MIS13")
    assert "(lignes 5 et 6)" in finding.message
    [finding] = findings([immersion("13/03", "12/05")], "MIS13")
    assert "(ligne 5), comptés en jours du calendrier : 60 au plus" in finding.message


def test_of_many_immersions_some_are_named() -> None:
    [finding] = findings([immersion("12/03", "12/05")] * 9, "MIS13")
    assert "(lignes 5, 6, 7, 8, 9, 10, 11, 12 et 1 autre)" in finding.message
    [finding] = findings([immersion("12/03", "12/05")] * 8, "MIS13")
    assert "(lignes 5, 6, 7, 8, 9, 10, 11 et 12)" in finding.message


def test_the_limits_of_immersions_are_dated_and_say_what_is_not_confirmed() -> None:
    days = [one.since for one in LIMITS]
    assert days == sorted(days)
    assert all(one.source and one.confirmed and one.to_confirm for one in LIMITS)
    assert limits_on(date(2014, 11, 12)) is None
    assert limits_on(ON) is LIMITS[-1]


@pytest.mark.parametrize(
    "review",
    ["", " - ", "reçu autrement", "Bilan reçu autrement.", "fait par téléphone", "au téléphone",
     "Retour reçu par mail", "à l'oral", "sur la plateforme", "Sans objet", "Reçu", "/"],
)  # fmt: skip
def test_a_review_that_says_nothing(review: str) -> None:
    assert not says_something(review)


@pytest.mark.parametrize(
    "review", ["Très satisfait", "RAS", "Reçu par téléphone : ponctuel", "Fait bien son travail"]
)
def test_a_review_that_says_something(review: str) -> None:
    assert says_something(review)


def test_a_base_is_proposed_by_kind_to_be_verified() -> None:
    for kind, hours in (("AI", 1607), ("ETTI", 1600), ("EI", 1505), ("ACI", 1820), ("EITI", 1505)):
        [finding] = findings(
            [with_settings(fte_hours=None, kind=StructureKind(kind)), mission()], "MIS09"
        )
        assert f"Tapez {hours} (proposé pour le type {kind}, à vérifier" in finding.help
    [finding] = findings([with_settings(fte_hours=1820, kind=StructureKind.AI), mission()], "MIS09")
    assert "1820 heures, celle d'un ACI" in finding.message
    [finding] = findings([with_settings(fte_hours=1820, kind=None), mission()], "MIS09")
    assert finding.message.endswith("le Type de structure est vide : les ETP sont peut-être faux.")
    assert finding.help.startswith("Choisissez le Type de structure dans Paramètres")
