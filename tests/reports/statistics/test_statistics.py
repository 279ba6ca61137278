"""The figures of a year: small workbooks with what they count beside them."""

# ruff: noqa: E501  (a case a line)

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.types import TYPES
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
from cedre_xlsx.reports.statistics import (
    Behind,
    compute,
    yearly_sheets,
    years_covered,
)
from cedre_xlsx.reports.statistics.definitions import DEFINITIONS, TABLES
from cedre_xlsx.reports.statistics.text import render_csv, render_text
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import StaffYear, TypeSetting
from tests.rules.rule_cases import (
    ON,
    action,
    condition,
    due,
    engagement,
    left,
    mission,
    person,
    reviewed,
    with_settings,
    workbook,
)
from tests.support import few, read_rows

AI, ACI = with_settings(kind=StructureKind.AI), with_settings(kind=StructureKind.ACI)
COLLECTIVE: dict[str, Any] = {"day": "04/05", "action": "Atelier CV", "collective": True}
HANDED: dict[str, Any] = {"action": "Fiche remise au référent unique"}
OTHER, COMPANY = ExitCategory.OTHER, ClientKind.COMPANY
UNREADABLE: dict[str, Any] = {"registered": None, "unreadable": frozenset({"registered"})}

#: Rows, then the value and the unknowns of 2026 counted on the 12th of May 2026. A workbook without
#: anybody has Martin Paul, registered on the 5th of January 2026.
CASES: dict[str, list[tuple[list[Any], float | None, int]]] = {
    "active": [
        ([person("A", registered="31/12/25")], 1, 0),
        ([left("A", registered="01/03/25", exited="31/12/25"), action("B")], 0, 0),
        ([left("A", registered="01/03/25", exited="01/01/26")], 1, 0),  # gone that day
        ([person("A", registered=None, pre_reception="02/03"), action("A")], 0, 0),  # pré-accueil only
        ([left("A", registered="01/02", exited="01/03"), person("A", registered="01/04")], 1, 0),
        ([person("A", registered="12/05"), person("B", registered="13/05")], 1, 0),  # to come
        ([person("A", **UNREADABLE)], 0, 1),
        ([left("A", registered=None)], 0, 1),
        ([person("A"), person("")], 1, 1),  # a row without a name
    ],
    "entries": [
        ([person("A", registered="31/12/25"), person("B", registered="01/01/26")], 1, 0),
        ([left("A", registered="01/02", exited="01/03"), person("A", registered="01/04")], 2, 0),
        ([person("A", registered="13/05")], 0, 1),  # after the date of the count
        ([person("A", registered="13/05/27"), action("A")], 0, 0),
        ([person("A", **UNREADABLE)], 0, 1),
    ],
    "exits": [
        ([left("A", exited="01/01/26"), left("B", registered="01/03/25", exited="31/12/25")], 1, 0),
        ([left("A", exited="13/05")], 0, 1),
        ([person("A", exit_category=OTHER)], 0, 1),  # a category, no date
        ([person("A", exit_reason="CDI")], 0, 1),
        ([person("A", unreadable=frozenset({"exited"}))], 0, 1),
        ([left("A", exited="01/02"), left("A", registered="01/03", exited="01/04")], 2, 0),
    ],
    "exits_countable": [
        ([left("A"), left("B", exit_category=ExitCategory.WITHDRAWN)], 1, 0),
        ([left("A", exit_category=None)], 1, 1),  # not documented
        # AI: 150 hours of salaried missions, where hours are recorded
        ([AI, left("A"), mission("A", hours=149.0)], 0, 0),
        ([AI, left("A"), mission("A", hours=150.0)], 1, 0),
        ([AI, left("A"), mission("A", hours=149.0, nature=Nature.INTERNSHIP)], 1, 0),
        ([AI, left("A"), mission("A", hours=None)], 1, 0),
        ([AI, left("A"), mission("B", hours=10.0)], 1, 0),
        ([AI, left("A"), mission("A", start="05/01", end=None, hours=150.0)], 1, 0),
        ([AI, left("A"), mission("A", start="05/01", end=None, hours=None, weekly_hours=12.0)], 0, 0),
        ([AI, left("A"), mission("A", start="05/01", end=None, hours=None, weekly_hours=13.0)], 1, 0),
        # who came back: the hours of the pathway that ended
        (
            [
                AI,
                left("A", registered="01/03/25", exited="31/12/25"),
                left("A", registered="01/02", exited="01/03"),
                mission("A", start="01/06/25", end="30/06/25", hours=150.0),
                mission("A", start="02/02", end="06/02", hours=30.0),
            ],
            0,
            0,
        ),
        # ACI: three months of pathway
        ([ACI, left("A", registered="05/01", exited="04/04")], 0, 0),
        ([ACI, left("A", registered="05/01", exited="05/04")], 1, 0),
        ([ACI, left("A", registered="30/11/25", exited="28/02/26")], 1, 0),  # the month's last day
        ([ACI, left("A", registered="30/11/25", exited="27/02/26")], 0, 0),
        ([ACI, left("A", registered=None)], 1, 0),
        ([with_settings(kind=StructureKind.EI, exit_min_months=2), left("A", exited="05/03")], 1, 0),
        ([with_settings(kind=StructureKind.ETTI, exit_min_hours=9), left("A"), mission("A", hours=9.0)], 1, 0),
    ],
    "dynamic_exit_rate": [
        ([person("A")], None, 0),
        ([left("A"), left("B", exit_category=ExitCategory.POSITIVE), left("C", exit_category=OTHER)], 2 / 3, 0),
        ([left("A", exit_category=ExitCategory.TRANSITION), left("B", exit_category=None)], 1 / 2, 1),
        ([left("A"), left("B", exit_category=ExitCategory.WITHDRAWN)], 1, 0),
    ],
    "durable_exit_rate": [
        ([person("A")], None, 0),
        ([left("A"), left("B", exit_category=ExitCategory.POSITIVE), left("C", exit_category=None)], 1 / 3, 1),
    ],
    "later_known": [
        ([left("A"), left("B", later_situation=LaterSituation.UNKNOWN)], None, 0),  # to come
        ([left("A", later_situation=LaterSituation.DURABLE),
          left("B", later_situation=LaterSituation.NOT_REACHED)], 1 / 2, 0),
    ],
    "engagements_signed": [
        ([engagement(agreed="01/01/26"), engagement(agreed="31/12/25")], 1, 0),
        ([engagement(agreed=None)], 0, 1),
        ([engagement(agreed="13/05")], 0, 1),
        ([engagement("Inconnu")], 1, 0),  # somebody who is not in Personnes signed one
        ([engagement(form=EngagementForm.ORAL)], 1, 0),
    ],
    "engagements_signed.D": [
        ([engagement(type="D"), engagement(type="CP"), engagement(type=None)], 1, 1),
    ],
    "engagements_signed.CP": [([engagement(type="D")], 0, 0)],
    "engagements_signed.unknown": [([engagement(type=None), engagement(type="D")], 1, 0)],
    "engagements_with_signature": [
        ([engagement(), engagement(form=EngagementForm.HANDED_OVER), engagement(form=None)], 1, 1),
        ([engagement(agreed="31/12/25")], 0, 0),
    ],
    "engagements_open": [
        ([engagement(agreed="31/12/25"), reviewed(on="12/05"), reviewed(on="13/05")], 2, 0),
        ([engagement(agreed="13/05")], 0, 0),
        ([engagement(agreed=None), engagement(unreadable=frozenset({"reviewed"}))], 0, 2),
    ],
    "engagements_reviewed": [
        ([reviewed(on="01/01"), reviewed(on="31/12/25"), engagement()], 1, 0),
        ([reviewed(on="13/05")], 0, 1),
        ([engagement(achieved=Achieved.NO)], 0, 1),  # an answer, no date
    ],
    "engagements_reviewed.yes": [([reviewed(), reviewed(achieved=None)], 1, 1)],
    "engagements_reviewed.partly": [([reviewed(), reviewed(achieved=Achieved.PARTLY)], 1, 0)],
    "engagements_reviewed.no": [([reviewed(achieved=Achieved.NO)] * 2, 2, 0)],
    "engagements_reviewed.unknown": [([reviewed(), reviewed(achieved=None)], 1, 0)],
    "reviewed_on_time_rate": [
        ([person("A")], None, 0),
        ([reviewed(on="04/05", deadline="04/05"), reviewed(on="05/05", deadline="04/05")], 1 / 2, 0),
        ([reviewed(on="04/05", deadline=due("30/05", first="03/05", moves=1))], 0, 0),  # moved
        ([engagement(deadline="11/05"), engagement(deadline="12/05")], 0, 1),  # not late that day
        ([reviewed(on="04/05", deadline="01/12")], 1, 0),  # before its time
        ([reviewed(on="10/01", deadline="31/12/25"), engagement(deadline=None)], None, 1),
        ([engagement(deadline=condition("Après la première mission"))], None, 1),
    ],
    "planned_days_median": [
        ([engagement(agreed="01/04", deadline=text) for text in ("02/04", "11/04", "01/07")], 10, 0),
        ([engagement(agreed="01/04", deadline=text) for text in ("02/04", "11/04")], 5.5, 0),
        ([engagement(agreed="01/04", deadline=due("01/06", first="11/04", moves=1))], 10, 0),
        ([engagement(deadline=None), engagement(agreed="02/04", deadline="01/04")], None, 2),
    ],
    "actual_days_median": [
        ([reviewed(agreed="01/04", on="11/04"), reviewed(agreed="01/12/25", on="01/01/26")], 20.5, 0),
        ([reviewed(agreed=None), reviewed(agreed="05/05", on="04/05")], None, 2),
    ],
    "first_proposal_days_median": [
        ([action(day="04/01"), action(day="15/01"), action(day="20/02")], 10, 0),
        ([action(day="05/01")], 0, 0),
        ([action(**HANDED, day="06/01"), action(day="15/01")], 10, 0),  # a paper is no proposal
        ([person("A"), person("B"), action("A", day="07/01")], 2, 1),
        ([person("A", registered="31/12/25"), action("A", day="07/01")], None, 0),
        ([action(day="13/05")], None, 1),  # after the date of the count
        # who came back: the first line of the second pathway is not of the first one
        (
            [
                left("A", registered="05/01", exited="31/01"),
                person("A", registered="01/03"),
                action("A", day="02/03"),
            ],
            1,
            1,
        ),
    ],
    "first_proposal_on_time_rate": [
        ([action(day="04/02")], 1, 0),  # thirty days
        ([action(day="05/02")], 0, 0),
        ([person("A"), person("B"), action("A", day="06/01")], 1 / 2, 0),
        ([person("A", registered="11/04"), person("B", registered="12/04")], 0, 1),
        ([person("A", registered="12/04")], None, 1),
    ],
    "first_mission_days_median": [
        ([mission(start="04/01"), mission(start="15/01"), mission(start="20/02")], 10, 0),
        ([mission(start="15/01", nature=Nature.IMMERSION)], 10, 0),
        ([person("A")], None, 1),
    ],
    "actions": [
        ([action(day="01/01"), action(day="31/12/25"), action("Inconnu")], 2, 0),
        ([action(dated=None), action(day="13/05")], 0, 2),
        ([person("A", registered="10/03"), action("A", day="09/03")], 1, 0),  # before registration
        ([left("A", exited="31/03"), action("A", day="04/05")], 1, 0),  # after the exit
    ],
    "actions.to_propose": [([action(status=Status.TO_PROPOSE), action()], 1, 0)],
    "actions.under_way": [
        ([action(status=None, outcome=""), action(status=Status.UNDER_WAY)], 1, 1),
        ([action(status=None, deadline="12/05")], 0, 1),  # still to come that day
    ],
    "actions.done": [([action(status=None, deadline="11/05"), action()], 1, 1)],
    "actions.no_status": [
        ([action(status=None, outcome=""), action(status=None), action()], 2, 0),
        ([action(status=None, unreadable=frozenset({"status"}))], 1, 0),
        ([action(status=None, day="31/12/25")], 0, 0),
    ],
    "actions.dropped": [([action(status=Status.DROPPED)], 1, 0)],
    "actions.VP": [([action(engagement="VP"), action(engagement=None)], 1, 1)],
    "actions.unknown": [([action(engagement="VP"), action(engagement=None)], 1, 0)],
    "minutes": [
        ([action(minutes=45), action(minutes=15), action(minutes=None)], 60, 1),
        ([action(minutes=45), action(**HANDED, minutes=None)], 45, 0),  # it needs no time
        ([action("A", **COLLECTIVE, minutes=90), action("B", **COLLECTIVE, minutes=90)], 90, 0),
        ([action("A", **COLLECTIVE, minutes=None), action("B", **COLLECTIVE, minutes=90)], 90, 0),
        ([action("A", **COLLECTIVE, minutes=None), action("B", **COLLECTIVE, minutes=None)], 0, 1),
        ([action(**COLLECTIVE), action(**{**COLLECTIVE, "day": "05/05"})], 90, 0),  # two days
        ([action(**COLLECTIVE), action(**{**COLLECTIVE, "action": "ATELIER cv"})], 45, 0),
        ([action(**COLLECTIVE), action(**{**COLLECTIVE, "collective": None})], 90, 0),
    ],
    "missions": [
        ([mission(start="01/12/25", end="01/01/26"), mission(start="01/12/25", end="31/12/25")], 1, 0),
        ([mission(start="01/12/24", end=None)], 1, 0),
        ([mission(start="12/05", end=None), mission(start="13/05", end=None)], 1, 1),
        ([mission(start=None), mission(start="20/04", end="19/04")], 0, 2),
        ([mission(nature=Nature.OTHER)], 1, 0),
    ],
    "people_in_mission": [
        ([mission(hours=1.0), mission(hours=20.0)], 1, 0),
        ([mission(hours=0.9)], 0, 0),
        ([person("A"), mission("A", hours=0.5), mission("A", hours=0.5)], 1, 0),
        ([mission(nature=Nature.INTERNSHIP)], 0, 0),
        ([mission(hours=None), mission("Inconnu")], 0, 2),
    ],
    "mission_hours": [
        ([mission(hours=20.0), mission(nature=None, hours=5.0)], 25, 0),
        ([mission(start="22/12/25", end="10/01/26", hours=100.0)], 50, 0),
        ([mission(start="03/05", end=None, hours=100.0)], 100, 0),
        ([mission(start="29/04", end=None, hours=None, weekly_hours=14.0)], 28, 0),
        ([mission(start="03/05", end="22/05", hours=100.0)], 50, 0),  # up to the date
        ([mission(nature=Nature.INTERNSHIP), mission(hours=None)], 0, 1),
    ],
    "etp": [
        ([mission(hours=160.7)], 0.1, 0),
        ([with_settings(fte_hours=1505), mission(hours=301.0)], 0.2, 0),
        ([with_settings(fte_hours=0), mission(hours=301.0)], None, 0),
        ([with_settings(fte_hours=None), mission(hours=301.0)], None, 0),
    ],
    "weeks_worked_median": [
        ([mission(start="20/04", end="26/04"), mission(start="26/04", end="27/04")], 2, 0),
        ([person("A"), person("B"), mission("A"), mission("B", start="20/04", end="09/05")], 2, 0),
        ([mission(hours=None)], None, 1),
        ([mission(nature=Nature.INTERNSHIP)], None, 0),
    ],
    "ceiling_near": [
        ([AI, mission(hours=400.0, client_kind=COMPANY)], 1, 0),
        ([AI, mission(hours=399.9, client_kind=COMPANY)], 0, 0),
        ([AI, mission(hours=480.0, client_kind=COMPANY), mission(hours=99.0)], 1, 1),
        ([AI, mission(hours=450.0, client_kind=ClientKind.PUBLIC)], 0, 0),
        ([AI, left(exited="31/12/25"), mission(hours=450.0, client_kind=COMPANY)], 0, 0),
        ([replace(AI, company_hours_soon=100), mission(hours=100.0, client_kind=COMPANY)], 1, 0),
    ],
    "ceiling_over": [
        ([AI, mission(hours=480.5, client_kind=COMPANY)], 1, 0),
        ([AI, mission(start="13/05/24", end="13/05/24", hours=480.5, client_kind=COMPANY)], 1, 0),
        ([AI, mission(start="12/05/24", end="12/05/24", hours=480.5, client_kind=COMPANY)], 0, 0),
        ([replace(AI, company_hours=20), mission(hours=20.5, client_kind=COMPANY)], 1, 0),
    ],
    "immersions": [
        ([mission(), mission(nature=Nature.IMMERSION), mission(nature=None)], 1, 1),
        ([mission(nature=Nature.IMMERSION, start="20/04/25", end="24/04/25")], 0, 0),
    ],
    "internships": [
        ([mission(nature=Nature.INTERNSHIP, end=None), mission(nature=None)], 1, 1),
    ],
    "people_in_training": [
        ([mission(nature=Nature.INTERNSHIP, end=None)], 1, 0),
        ([mission(outcome=MissionOutcome.TRAINING), mission(outcome=MissionOutcome.TRAINING)], 1, 0),
        ([mission(outcome=MissionOutcome.TRAINING, end="20/05")], 0, 0),  # not over yet
        ([left(exit_reason="Formation", exited="31/03")], 1, 0),
        ([mission(), mission(outcome=MissionOutcome.NONE)], 0, 1),
    ],
    "active_per_support": [
        ([with_settings(staff=(StaffYear(2026, 0.5, None),)), person("A"), person("B")], 4, 0),
        ([with_settings(staff=(StaffYear(2026, None, 1.0),))], None, 0),
    ],
    "active_per_supervision": [
        ([with_settings(staff=(StaffYear(2026, 0.5, 2.0),)), person("A")], 0.5, 0),
        ([with_settings(staff=(StaffYear(2025, 0.5, 2.0),)), person("A")], None, 0),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "rows", "value", "unknown"),
    [one for name, mine in CASES.items() for one in few([(name, *case) for case in mine])],
)
def test_a_figure_and_its_unknowns(
    identifier: str, rows: list[Any], value: float | None, unknown: int
) -> None:
    found = compute(workbook(rows), 2026, on=ON).indicator(identifier)
    assert (found.value, found.unknown) == (pytest.approx(value), unknown)


def test_every_figure_has_cases() -> None:
    families = {f"{name.partition('.')[0]}.*" if "." in name else name for name in CASES}
    assert families == {definition.id for definition in DEFINITIONS}


def test_ids_are_those_of_the_contract_in_order() -> None:
    counted = compute(workbook([]), 2026, on=ON)
    codes = [kind.code for kind in TYPES]
    assert [one.id for one in counted.indicators] == [
        "active", "entries", "exits", "exits_countable", "dynamic_exit_rate", "durable_exit_rate",
        "later_known", "engagements_signed", *(f"engagements_signed.{code}" for code in codes),
        "engagements_signed.unknown", "engagements_with_signature", "engagements_open",
        "engagements_reviewed", "engagements_reviewed.yes", "engagements_reviewed.partly",
        "engagements_reviewed.no", "engagements_reviewed.unknown", "reviewed_on_time_rate",
        "planned_days_median", "actual_days_median", "first_proposal_days_median",
        "first_proposal_on_time_rate", "first_mission_days_median",
        "actions", "actions.to_propose", "actions.under_way", "actions.done", "actions.dropped",
        "actions.no_status", *(f"actions.{code}" for code in codes), "actions.unknown", "minutes",
        "missions", "people_in_mission", "mission_hours", "etp", "weeks_worked_median",
        "immersions", "internships", "people_in_training",
    ]  # fmt: skip


def test_the_object_is_that_of_the_contract() -> None:
    rows = [left("A"), left("B", exit_category=OTHER), person("C", registered="01/03/25")]
    told = compute(workbook(rows), 2026, on=ON).to_json_object()
    assert list(told) == ["year", "note", "indicators", "tables"]
    rate = next(one for one in told["indicators"] if one["id"] == "durable_exit_rate")
    assert list(rate) == [
        "id",
        "label",
        "value",
        "numerator",
        "denominator",
        "unknown",
        "definition",
    ]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (0.5, 1, 2)
    assert rate["label"] == "Taux de sorties en emploi durable"
    assert told["indicators"][0]["numerator"] == told["indicators"][0]["value"] == 3
    assert "Martin" not in str(told)


def test_the_types_are_those_of_the_structure() -> None:
    own = (*with_settings().types[:1], TypeSetting("ATELIER", "Atelier collectif", 6, None))
    rows = [with_settings(types=own), engagement(type="ATELIER"), engagement(type="D")]
    counted = compute(workbook(rows), 2026, on=ON)
    signed = {one.id: one.value for one in counted.indicators if "signed." in one.id}
    assert signed == {
        "engagements_signed.CP": 0,
        "engagements_signed.ATELIER": 1,
        "engagements_signed.unknown": 1,
    }
    assert counted.indicator("engagements_signed.ATELIER").label == "dont Atelier collectif"


def test_figures_of_rows_as_people_type_them() -> None:
    reading = read_rows(
        date(2003, 12, 31),
        tPersonnes=[
            {"Nom": "Christian", "Civilité": "M.", "Date d'inscription": "18/04/03"},
            {"Nom": "Carine", "Civilité": "Mme", "Date d'inscription": "20/04/03"},
        ],
        tSuivi=[
            {
                "Personne": "M. Christian",
                "Dates": "18/04/03 Entretien individuel",
                "Actions proposées par l'AI / ETTI": "Entretien",
                "Engagement": "Coup de pouce",
                "Temps consacré": "45 min",
            },
            {
                "Personne": "CARINE",
                "Dates": "22/04/03 tél",
                "Actions proposées par l'AI / ETTI": "Téléphone",
                "Engagement": "cp",
                "Temps consacré": "15 min",
            },
        ],
    )
    counted = compute(reading.records, 2003, on=date(2003, 12, 31))
    found = {one.id: one.value for one in counted.indicators}
    assert (found["active"], found["entries"]) == (2, 2)
    assert (found["actions"], found["actions.CP"], found["minutes"]) == (2, 2, 60)
    assert found["first_proposal_days_median"] == 1


SILENT = "Aucun chiffre n'est donné, pas même un zéro."


@pytest.mark.parametrize(
    ("rows", "year", "note", "active"),
    [
        ([person("A")], 2026, "", 1),
        ([person("A")], 2027, f"L'année 2027 n'a pas commencé à la date du compte. {SILENT}", None),
        (
            [person("A")],
            2020,
            f"Le classeur ne dit rien de 2020 : ses lignes vont de 2026 à 2026. {SILENT}",
            None,
        ),
        # after the last line: nobody is left, or somebody still is
        (
            [left("A", registered="01/03/24", exited="31/12/25")],
            2026,
            f"Le classeur ne dit rien de 2026 : ses lignes vont de 2024 à 2025. {SILENT}",
            None,
        ),
        (
            [person("A", registered="01/03/24")],
            2026,
            "Le classeur ne dit rien de 2026 : ses lignes vont de 2024 à 2024. "
            "Les chiffres ne disent que ce qui dure depuis.",
            1,
        ),
    ],
)
def test_a_year_that_the_workbook_does_not_tell_of(
    rows: list[Any], year: int, note: str, active: int | None
) -> None:
    counted = compute(workbook(rows), year, on=ON)
    assert counted.note == note
    assert counted.indicator("active").value == active
    if active is None:
        parts = {(one.value, one.numerator, one.denominator) for one in counted.indicators}
        assert parts == {(None, None, None)}
        assert {one.unknown for one in counted.indicators} == {None}
        assert set(counted.tables.values()) == {()}
        assert {counted.who(one.id) for one in counted.indicators} == {Behind()}


def test_a_silent_year_is_said_in_every_output() -> None:
    """No zero anywhere: a sentence instead, in the texts, the object and the sheet."""
    records = workbook([person("A")])
    counted = compute(records, 2020, on=ON)
    note = "Le classeur ne dit rien de 2020 : ses lignes vont de 2026 à 2026."
    text = render_text(counted, workbook="w.xlsx", on=ON, version="9")
    assert note in " ".join(text.split())
    assert "Personnes dans la file active" not in text
    table = render_csv(counted, workbook="w.xlsx", on=ON, version="9")
    assert table.splitlines()[3].startswith(note)
    assert len(table.splitlines()) == 4
    assert counted.to_json_object()["note"].startswith(note)
    sheet = yearly_sheets(records, (2020,), on=ON, workbook="w.xlsx", version="9")[0]
    assert not any(value == 0 for row in sheet.rows for value in row.values)
    drawn = Workbook().active
    assert drawn is not None
    sheet.draw(drawn, 200)
    assert str(drawn["A4"].value).startswith(typeset(note))


def test_an_empty_workbook_has_figures() -> None:
    counted = compute(Records(), 2026, on=ON)
    assert {one.value for one in counted.indicators} == {None}
    assert counted.note.startswith("Le classeur ne contient encore aucune date")
    assert set(counted.tables) == {one.name for one in TABLES}
    assert years_covered(Records()) == ()


def test_years_covered_from_the_first_line_to_the_last() -> None:
    rows = [person("A", registered="05/01/24"), mission("A", start="20/04/26", end="02/01/27")]
    assert years_covered(workbook(rows)) == (2024, 2025, 2026, 2027)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2300, 5, 1)])
def test_days_that_pandas_has_no_room_for(day: date) -> None:
    rows = [
        person("A", registered=day),
        left("B", registered="05/01", exited=day),
        action("A", day=day),
        engagement("A", agreed=day),
        mission("A", start=day, end=day),
    ]
    counted = compute(workbook([ACI, *rows]), 2026, on=ON)
    assert counted.indicator("entries").value == 1
    assert compute(workbook([ACI, *rows]), day.year, on=day).indicator("entries").value == 1
