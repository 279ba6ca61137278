"""PER27 to PER33: the exit to record, the situation six months later; the day before, the day and
the day after of each limit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.after_exit import EXIT_RECORDED, LATER_ASKED
from cedre_xlsx.method.vocabulary import ExitCategory, LaterSituation, Nature
from cedre_xlsx.reports.meeting import agenda
from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding, Waiver
from tests.rules.rule_cases import (
    ON,
    Cases,
    action,
    ago,
    cases_as_tests,
    findings,
    left,
    mission,
    person,
    places,
    with_settings,
    workbook,
)

JOB, NOBODY = LaterSituation.DURABLE, LaterSituation.NOT_REACHED
NOT_ASKED = LaterSituation.UNKNOWN
QUIET = with_settings(engagement_days=900)


def over(days: int, **cells: Any) -> Any:
    """Someone of the active file whose contract is over for so many days."""
    return person(contract_end=ago(days), **cells)


def gone(exited: str, **cells: Any) -> Any:
    """Someone who was there for a year or two."""
    return left(exited=exited, registered="05/01/24", interview=None, **cells)


FAILING: Cases = {
    "PER27": [
        ([over(15)], "exited5"),
        ([over(24)], "exited5"),
        ([over(20), mission(start="01/04", end="22/04")], "exited5"),  # up to its last day
        ([over(20), mission(start="01/05", nature=Nature.INTERNSHIP)], "exited5"),
        ([over(20), action(day="11/05")], "exited5"),  # seen since, not at work
        ([over(20, registered=ago(20), interview=None)], "exited5"),
        ([person(registered="02/01", interview=None), over(20)], "exited6"),
        ([person(registered="02/01", interview=None, contract_end=ago(20)), over(20)], "exited6"),
        ([left(exited="31/03", contract_end="01/06"), over(20, registered="02/04", interview=None)],
         "exited6"),  # a later end in a pathway that is over
    ],
    "PER28": [
        ([over(25)], "exited5"),
        ([over(30)], "exited5"),
        ([over(27), mission("Petit Eva", start="01/05")], "exited5"),
    ],
    "PER29": [
        ([over(31)], "exited5"),
        ([over(100)], "exited5"),
        ([over(40, exited=None, exit_category=ExitCategory.OTHER)], "exited5"),
    ],
    "PER30": [
        ([gone("26/11/25")], "later_situation5"),  # in fourteen days
        ([gone("12/11/25")], "later_situation5"),  # today
        ([gone("12/10/25")], "later_situation5"),  # seven months
        ([gone("12/11/25", later_situation=NOT_ASKED)], "later_situation5"),
        ([gone("02/12/25"), with_settings(soon_days=21)], "later_situation5"),
        ([gone("12/11/25", exit_category=None, exit_reason="")], "later_situation5"),
    ],
    "PER31": [
        ([gone("11/10/25")], "later_situation5"),
        ([gone("12/05/25")], "later_situation5"),  # twelve months
        ([gone("01/10/25", later_situation=NOT_ASKED)], "later_situation5"),
        ([gone("01/10/24"), left(registered="01/02/25", interview=None, exited="01/10/25")],
         "later_situation6"),  # came back, and left again
    ],
    "PER32": [
        ([gone("12/11/25", later_situation=JOB)], "later_on5"),
        ([gone("12/11/25", later_on="11/05")], "later_situation5"),
        ([gone("12/11/25", later_situation=NOT_ASKED, later_on="11/05")], "later_situation5"),
        ([gone("12/11/25", later_situation=JOB, later_on="13/05")], "later_on5"),
        ([gone("12/11/25", later_situation=NOBODY, later_on="11/11/25")], "later_on5"),
        ([person(later_situation=JOB, later_on="11/05")], "exited5"),
        ([person(later_on="11/05")], "exited5"),
    ],
    "PER33": [
        ([gone("12/11/25", later_situation=JOB, later_on="11/04")], "later_on5"),
        ([gone("11/09/25", later_situation=JOB, later_on="12/05")], "later_on5"),
        ([gone("12/11/25", later_situation=NOBODY, later_on="12/11/25")], "later_on5"),
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "PER27": [
        [over(14)],
        [over(25)],
        [over(20), mission(start="23/04", end="24/04")],  # a day of it after the end
        [over(20), mission(start="01/03", end=None)],
        [over(20), mission(start="01/06")],  # planned
        [over(20, paused_until="12/05")],
        [over(20, exited="31/05")],
        [over(20, exited=None, unreadable=frozenset({"exited"}))],
        [over(20), person(registered="01/04", contract_end="01/06")],
        [person(registered="02/01", interview=None, contract_end="01/06"), over(20)],
    ],
    "PER28": [
        [over(24)],
        [over(31)],
        [over(27), mission(start="16/04", end="16/04")],
    ],
    "PER29": [
        [over(30)],
        [over(31, paused_until="30/06")],
        [over(31), mission(start=None, end=None)],  # it may be of after the contract
        [left(contract_end=ago(60), exited=ago(2).strftime("%d/%m"))],
        [person(contract_end="31/12/25", registered="02/01", interview=None)],  # one of before
        [person(registered=date(1926, 1, 5), interview=None, contract_end=date(1926, 1, 6))],
    ],
    "PER30": [
        [gone("27/11/25")],
        [gone("11/10/25")],
        [gone("12/11/25", later_situation=JOB, later_on="11/05")],
        [gone("12/11/25", later_situation=NOBODY, later_on="11/05")],
        [gone("12/11/25", unreadable=frozenset({"later_situation"}))],
        [gone("12/11/25", exit_category=ExitCategory.WITHDRAWN, exit_reason="")],
        [gone("12/11/25", exit_category=None, exit_reason="décès")],
        [gone("12/11/25"), person(registered="01/03", interview=None)],
        [gone("12/11/25"), person(registered=None, interview=None, pre_reception="11/05")],
    ],
    "PER31": [
        [gone("12/10/25")],
        [gone("11/05/25")],  # nobody asks after a year
        [gone("01/10/25", later_situation=NOBODY, later_on="11/05")],
        [gone("01/10/25", later_on="11/05")],  # PER32 asks for it on this cell
        [gone("01/10/25", later_situation=NOT_ASKED, later_on="11/05")],
        [gone("01/10/25", exit_category=ExitCategory.WITHDRAWN)],
    ],
    "PER32": [
        [gone("12/11/25", later_situation=JOB, later_on="12/05")],
        [gone("12/11/25", later_situation=JOB, later_on="12/11/25")],
        [gone("12/11/25", later_situation=NOT_ASKED)],
        [gone("12/11/25", later_situation=JOB, unreadable=frozenset({"later_on"}))],
        [gone("12/11/25", later_situation=JOB, later_on="12/05/28")],  # said by PER17
        [person()],
    ],
    "PER33": [
        [gone("12/11/25", later_situation=JOB, later_on="12/04")],
        [gone("12/09/25", later_situation=JOB, later_on="12/05")],
        [gone("12/09/25", later_on="12/05")],  # PER32 asks for the situation first
    ],
}


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


# What each says, and that two do not say the same


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (14, {"PER15": "contract_end5"}),
        (15, {"PER15": "contract_end5", "PER27": "exited5"}),
        (24, {"PER15": "contract_end5", "PER27": "exited5"}),
        (25, {"PER28": "exited5"}),
        (30, {"PER28": "exited5"}),
        (31, {"PER29": "exited5"}),
    ],
)
def test_a_contract_that_is_over_is_said_once_a_cell(days: int, said: dict[str, str]) -> None:
    found = run(workbook([over(days), action(), QUIET]), (), on=ON)
    assert {one.code: places([one]) for one in found} == said


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (15, "Contrat fini le 27/04/2026 : la sortie est à enregistrer au plus tard le "
             "27/05/2026, il reste 15 jours sur 30."),
        (29, "il reste 1 jour sur 30."),
        (30, "au plus tard le 12/05/2026, dernier des 30 jours."),
        (31, "Contrat fini le 11/04/2026 : la sortie était à enregistrer au plus tard le "
             "11/05/2026, délai dépassé depuis 1 jour."),
    ],
)  # fmt: skip
def test_the_days_that_are_left_are_said(days: int, words: str) -> None:
    [finding] = [one for one in run(workbook([over(days), action()]), (), on=ON)
                 if one.code in ("PER27", "PER28", "PER29")]  # fmt: skip
    assert finding.message.endswith(words)


@pytest.mark.parametrize(
    ("row", "message", "help_text"),
    [
        (mission(start="20/04", end="24/04"),
         "mais une mission du 20/04/2026 (Missions, ligne 5) vient après : il a sans doute été "
         "renouvelé.", "Mettez Fin de contrat à jour"),
        (mission(start="14/03", end="20/06"),
         "mais la mission du 14/03/2026 (Missions, ligne 5) court encore jusqu'au 20/06/2026 : il "
         "a sans doute été renouvelé.", "Mettez Fin de contrat à jour"),
        (mission(start="14/03", end="20/04"),
         "mais la mission du 14/03/2026 (Missions, ligne 5) a continué jusqu'au 20/04/2026 : il "
         "a sans doute été renouvelé.", "Mettez Fin de contrat à jour"),
        (mission(start="02/04", end=None),  # the day of the end
         "mais la mission commencée le 02/04/2026 (Missions, ligne 5) n'a pas de fin.",
         "Contrat renouvelé : mettez Fin de contrat à jour. Sinon, datez la fin de la mission"),
    ],
)  # fmt: skip
def test_a_mission_after_the_contract_asks_for_its_new_end(
    row: Any, message: str, help_text: str
) -> None:
    found = run(workbook([over(40), row, action()]), (), on=ON)
    [finding] = [one for one in found if one.place.column == "Fin de contrat"]
    assert (finding.code, places([finding])) == ("PER15", "contract_end5")
    assert finding.message.endswith(message)
    assert finding.help.startswith(help_text)
    assert not {one.code for one in found} & {"PER27", "PER28", "PER29"}


@pytest.mark.parametrize(
    "rows",
    [[], [mission(start="20/04")], [mission(start="14/03", end=None)],
     [mission(start="14/03", end="20/06")]],
)  # fmt: skip
def test_an_exit_that_is_dated_is_to_be_verified(rows: list[Any]) -> None:
    found = findings([over(40, exited="31/05"), *rows], "PER15")
    assert ["vérifiez la date de sortie (31/05/2026)" in one.help for one in found] == [True]
    assert "datez la sortie" not in found[0].help


@pytest.mark.parametrize(
    ("days", "cells", "runs"),
    [
        (14, {"pass_end": ON}, True),
        (14, {"pass_end": ago(1)}, False),
        (27, {"pass_end": ON}, True),
        (27, {"pass_end": ago(1)}, False),
        (40, {"pass_end": "30/06", "pass_suspended_until": ON}, False),
        (40, {"pass_end": "30/06", "pass_suspended_until": ago(1)}, True),
        (40, {}, False),
    ],
)
def test_a_pass_that_runs_on_is_said_with_the_end_of_the_contract(
    days: int, cells: dict[str, Any], runs: bool
) -> None:
    found = run(workbook([over(days, **cells), action(), QUIET]), (), on=ON)
    [one] = [one for one in found if one.place.column in ("Fin de contrat", "Date de sortie")]
    assert ("suspendre" in one.help) is runs
    assert ("court jusqu'au" in one.message + one.help) is runs


@pytest.mark.parametrize(
    ("exited", "said"),
    [
        ("26/11/25", "est à relever dans 14 jours, le 26/05/2026."),
        ("13/11/25", "est à relever dans 1 jour, le 13/05/2026."),
        ("12/11/25", "est à relever aujourd'hui."),
        ("11/11/25", "est à relever depuis le 11/05/2026."),
        ("11/10/25", "devait être relevée le 11/04/2026, il y a 31 jours."),
    ],
)
def test_when_a_situation_is_asked_for(exited: str, said: str) -> None:
    [finding] = [one for one in run(workbook([gone(exited)]), (), on=ON)
                 if one.code in ("PER30", "PER31")]  # fmt: skip
    assert finding.message.endswith(said)
    assert "Injoignable" in finding.help


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"later_situation": JOB}, "Situation à 6 mois notée (Emploi durable), sans le jour"),
        ({"unreadable": frozenset({"later_situation"})}, "notée (illisible), sans le jour"),
        ({"later_on": "11/05"}, "Situation relevée le 11/05/2026, mais pas notée."),
        ({"later_situation": JOB, "later_on": "13/05"}, "cette date est à venir"),
        ({"later_situation": JOB, "later_on": "01/11/25"}, "avant la sortie (12/11/2025)"),
    ],
)
def test_what_a_situation_lacks_is_said(cells: dict[str, Any], said: str) -> None:
    [finding] = findings([gone("12/11/25", **cells)], "PER32")
    assert said in finding.message


@pytest.mark.parametrize(
    ("exited", "asked"),
    [
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 30), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2026, 6, 30)),
        (date(2025, 8, 28), date(2026, 2, 28)),
    ],
)
def test_six_months_are_those_of_the_calendar(exited: date, asked: date) -> None:
    assert LATER_ASKED.after(exited) == asked
    assert EXIT_RECORDED.after(date.max) == date.max


def test_without_the_columns_of_the_pack_nothing_is_asked() -> None:
    records = workbook([gone("11/10/25", later_on="11/05"), gone("12/11/25"), over(20)])
    columns = {name: at for name, at in records.people.columns.items() if name != "later_situation"}
    bare = replace(records, people=replace(records.people, columns=columns))
    told = {one.code for one in run(bare, (), on=ON)}
    assert told & {"PER27", "PER30", "PER31", "PER32", "PER33"} == {"PER27"}
    undated = workbook([gone("12/11/25", later_situation=JOB)])
    columns = {name: at for name, at in undated.people.columns.items() if name != "later_on"}
    bare = replace(undated, people=replace(undated.people, columns=columns))
    assert "PER32" not in {one.code for one in run(bare, (), on=ON)}


# In the agenda


def points(rows: list[Any], accepted: str = "") -> list[tuple[str, str, str]]:
    records = workbook(rows)
    found: list[Finding] = [
        replace(one, waived=Waiver("vu")) if one.code == accepted else one
        for one in run(records, (), on=ON)
    ]
    return [
        (section.label, point.item.person, point.remark)
        for one in agenda(records, found, ON)
        for section, mine in one.by_section()
        for point in mine
    ]


def test_the_agenda_has_a_section_with_the_days_that_are_left() -> None:
    rows = [
        person("Ali A", contract_end=ago(15)), action("Ali A"),
        person("Zoé Z", contract_end=ago(33)), action("Zoé Z"),
        left("Max M", exited="12/11/25", registered="05/01/24", interview=None),
        left("Léa L", exited="01/10/25", registered="05/01/24", interview=None),
        person("Noé N", contract_end=ago(3)), action("Noé N"),
    ]  # fmt: skip
    found = points([QUIET, *rows])
    assert [(label, name) for label, name, _ in found] == [
        ("Fins de contrat et de PASS IAE", "Noé N"),
        ("Après la sortie", "Léa L"),  # since the 1st of April
        ("Après la sortie", "Zoé Z"),  # the 9th of May
        ("Après la sortie", "Max M"),  # today
        ("Après la sortie", "Ali A"),  # the 27th
    ]
    assert found[-1][2].endswith("au plus tard le 27/05/2026, il reste 15 jours sur 30.")


def test_an_exit_accepted_in_controle_leaves_the_end_of_the_contract_there() -> None:
    rows = [over(15), action(), QUIET]
    assert [label for label, _, _ in points(rows)] == ["Après la sortie"]
    [(label, _, remark)] = points(rows, accepted="PER27")
    assert label == "Fins de contrat et de PASS IAE"
    assert remark.startswith("Le contrat est fini depuis le 27/04/2026")
