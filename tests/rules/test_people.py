"""PER: each case is a few rows; the cells that the rule must name stand beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.vocabulary import ExitCategory, Nature, Status, Title
from cedre_xlsx.rules import RULES
from tests.rules import test_after_exit as after_exit
from tests.rules.rule_cases import (
    Cases,
    action,
    ago,
    barrier,
    cases_as_tests,
    engagement,
    findings,
    left,
    mission,
    person,
    places,
    reviewed,
    to_do,
    with_settings,
)

TEAM = with_settings(advisors=("Linda Roux", "Sophie Martin"))

FAILING: Cases = {
    "PER01": [
        ([person(), person(registered="02/03")], "last_name6"),
        ([left(exited="31/03"), person(registered="30/03", interview="30/03")], "last_name6"),
        ([person(), person("MARTIN paul", registered=None, interview=None)], "last_name6"),
        ([person(birth_year=1970), person(birth_year=1990)], "last_name6"),
        ([person(), person(), person()], "last_name6 last_name7"),
    ],
    "PER02": [
        ([person("Lefebvre Karine"), person("Lefevbre Karine")], "last_name6"),
        ([person("Durand Marc"), person("Durant Marc", birth_year=None)], "last_name6"),
        ([person("Dupont Jean-Pierre"), person("Dupont Jeanpierre")], "last_name6"),
        ([person("Nguyen Thanh"), left("Nguyenn Thanh")], "last_name6"),
    ],
    "PER03": [
        ([person(registered="18/04", interview="18/04", exited="18/03")], "exited5"),
        ([person(interview="10/01", registered="05/01")], "registered5"),
        (
            [person(pre_reception="05/02", interview="04/02", registered="03/02")],
            "interview5 registered5",
        ),
        ([person(pre_reception="06/01", interview=None)], "registered5"),
        ([person(pass_start="02/02/26", pass_end="01/02/26")], "pass_end5"),
        ([person(contract_start="02/06", contract_end="01/06")], "contract_end5"),
        ([person(pass_end="01/06", pass_suspended_until="02/06")], "pass_suspended_until5"),
    ],
    "PER04": [
        ([person(advisor="")], "advisor5"),
        ([person(advisor="", paused_until="30/06")], "advisor5"),
        ([left(advisor="", exited="12/05")], "advisor5"),
    ],
    "PER05": [
        ([person(request="")], "request5"),
        ([person(), person("Petit Eva", request="")], "request6"),
        ([person(request="", registered="12/05")], "request5"),
    ],
    "PER06": [
        ([person(registered=ago(31), interview=None)], "registered5"),
        ([person(registered=ago(31), interview=None), action(day=ago(32))], "registered5"),
        ([left(exited="01/02"), person(registered="01/04"), action(day="15/01")], "registered6"),
        (
            [person(registered=ago(8), interview=None), with_settings(proposal_days=7)],
            "registered5",
        ),
    ],
    "PER07": [
        ([person(registered=ago(91), interview=None), action()], "registered5"),
        ([person(registered=ago(200), interview=None), mission()], "registered5"),
        (
            [left(exited="01/01", registered="01/01/25"), person(), reviewed(agreed="01/06/25")],
            "registered6",
        ),
        (
            [person(registered=ago(31), interview=None), with_settings(engagement_days=30)],
            "registered5",
        ),
    ],
    "PER08": [
        ([action(day=ago(61))], "last_name5"),
        ([person(registered=ago(61), interview=None)], "last_name5"),
        ([mission(start="01/03", end=ago(61)), action(day="13/05")], "last_name5"),
        ([reviewed(agreed="06/01", on="20/01")], "last_name5"),
    ],
    "PER09": [
        ([left(exited="31/03"), mission(start="10/04", end="10/04")], "exited5"),
        ([left(exited="31/03"), mission(start="01/04"), mission(start="10/04")], "exited5"),
        (
            [
                left(exited="31/03"),
                mission(start="10/04"),
                person(registered="01/05", interview=None),
            ],
            "exited5",
        ),
        ([left(exited="31/03"), mission(start="10/04", nature=None)], "exited5"),
    ],
    "PER10": [
        ([left(exited="31/03"), action(day="15/05")], "exited5"),
        (
            [left(exited="31/03"), engagement(agreed="01/04"), action(day="01/04")],
            "exited5 exited5",
        ),
        ([left(exited="31/03"), mission(start="10/04", nature=Nature.INTERNSHIP)], "exited5"),
    ],
    "PER11": [
        ([left(), to_do(day="01/03")], "status5"),
        ([left(), to_do(day="01/03", status=Status.TO_PROPOSE, deadline=None)], "status5"),
        ([left(), engagement(agreed="01/03")], "reviewed5"),
        ([left(), to_do(day="01/03", status=None)], "status5"),
    ],
    "PER12": [
        ([person(exited="31/03")], "exit_category5"),
        ([person(exited="31/03", exit_category=ExitCategory.OTHER)], "exit_reason5"),
        ([person(exited="31/03", exit_reason="CDI")], "exit_category5"),
        ([left(exited="31/03", exit_reason="Déménagement")], "exit_reason5"),
        ([person(exit_category=ExitCategory.DURABLE)], "exited5"),
    ],
    "PER13": [
        ([mission(start="01/03", end=ago(61))], "last_name5"),
        ([person(registered=ago(61), interview=None), mission("Petit Eva")], "last_name5"),
        ([mission(start="01/03", end=ago(61)), mission(nature=Nature.INTERNSHIP)], "last_name5"),
    ],
    "PER14": [
        ([person(contract_end="11/06")], "contract_end5"),
        ([person(pass_end="12/05")], "pass_end5"),
        ([person(contract_end="11/06", pass_end="10/08")], "contract_end5 pass_end5"),
    ],
    "PER15": [
        ([person(contract_end="11/05")], "contract_end5"),
        ([person(pass_end="30/04")], "pass_end5"),
        ([person(contract_end="30/04", pass_end="30/04")], "contract_end5 pass_end5"),
        ([person(contract_end="11/05", pass_end="12/05")], "contract_end5"),
    ],
    "PER16": [
        ([barrier("Martin Pol")], "person5"),
        ([barrier(), barrier("Petit Eva")], "person6"),
        ([barrier("")], "person5"),
    ],
    "PER17": [
        ([person(registered=date(1926, 1, 5), interview=None)], "registered5"),
        ([person(registered=date(2062, 1, 5))], "registered5"),
        ([person(interview=date(1989, 12, 31))], "interview5"),
        ([person(contract_end=date(2036, 5, 13))], "contract_end5"),
        (
            [person(pass_end=date(2036, 5, 13), paused_until=date(2029, 5, 13))],
            "paused_until5 pass_end5",
        ),
        ([person(exited=date(2028, 1, 1))], "exited5"),
        ([person(pass_start=date(1926, 1, 5))], "pass_start5"),
        (
            [person(informed_on=date(2028, 1, 1), contract_start=date(1989, 12, 31))],
            "informed_on5 contract_start5",
        ),
        ([person(pass_suspended_until=date(2029, 5, 13))], "pass_suspended_until5"),
        ([barrier(identified=date(1926, 1, 5), lifted=date(2206, 1, 5))], "identified5 lifted5"),
    ],
    "PER18": [
        ([person(birth_year=2011)], "birth_year5"),
        ([person(birth_year=1950)], "birth_year5"),
        ([person(birth_year=2026)], "birth_year5"),
        ([person(birth_year=2011, registered=None, interview=None)], "birth_year5"),
        (
            [left(birth_year=1949, registered="05/01/25", interview=None, exited="31/03/25")],
            "birth_year5",
        ),
        ([person(birth_year=2009, pre_reception="30/12/24")], "birth_year5"),
    ],
    "PER19": [
        ([person(advisor="Sophie Martn"), TEAM], "advisor5"),
        ([person(advisor="SM"), person("Petit Eva", advisor="SM"), TEAM], "advisor5"),
        (
            [person(advisor="Karim"), person("Petit Eva", advisor="Sophie"), TEAM],
            "advisor5 advisor6",
        ),
        ([person(advisor="Sophie Martn", registered=None, interview=None), TEAM], "advisor5"),
    ],
    "PER20": [
        ([person(registered=date(2027, 5, 12))], "registered5"),
        ([person(registered=date(2026, 7, 12))], "registered5"),
        ([person(registered=date(2016, 1, 5), interview=None), action(day="12/01")], "registered5"),
        (
            [person(registered=date(2019, 1, 11), interview=None), action(day="12/01")],
            "registered5",
        ),
    ],
    "PER21": [
        ([person(pre_reception=ago(31), registered=None, interview=None)], "registered5"),
        ([person(pre_reception=ago(60), interview=ago(31), registered=None)], "registered5"),
        (
            [left(exited="31/03"), person(pre_reception="01/04", interview=None, registered=None)],
            "registered6",
        ),
        (
            [
                person(pre_reception=ago(22), registered=None, interview=None),
                with_settings(proposal_days=21),
            ],
            "registered5",
        ),
    ],
    "PER22": [
        ([person(pass_number="99999211234")], "pass_number5"),
        ([person(pass_number="9999921123456")], "pass_number5"),
        ([person(pass_number="99999 21 1234O")], "pass_number5"),
    ],
    "PER23": [
        ([person(pass_end="12/05/27")], "pass_end5"),
        ([person(pass_end="12/05/27"), date(2026, 5, 13)], "pass_end5"),
        ([person(pass_end="12/02"), person("Petit Eva", pass_end="13/05")], "pass_end5 pass_end6"),
        ([person(pass_end="11/02"), date(2026, 5, 26)], "pass_end5"),
        ([person(pass_end="30/06", pass_suspended_until="12/05")], "pass_end5"),
    ],
    "PER24": [
        ([person(pass_end="12/05/27")], "pass_end5"),
        ([person(pass_end="12/02", pass_start="13/02/24")], "pass_end5"),
        ([person(pass_end="30/06", birth_year=None)], "pass_end5"),
    ],
    "PER25": [
        ([person(pass_suspended_until="12/05")], "pass_suspended_until5"),
        (
            [person(pass_suspended_until="12/05"), mission(start="01/05/25", end="11/05/25")],
            "pass_suspended_until5",
        ),
        ([person(pass_suspended_until="30/06", pass_start="11/05/25")], "pass_suspended_until5"),
        (
            [person(pass_suspended_until="30/06", contract_start="11/05/25")],
            "pass_suspended_until5",
        ),
        ([person(pass_suspended_until="11/05/28")], "pass_suspended_until5"),
        (
            [person(pass_suspended_until="30/06"), mission(nature=Nature.INTERNSHIP)],
            "pass_suspended_until5",
        ),
    ],
    "PER26": [
        ([person(pass_end="01/01/28"), date(2027, 5, 27)], "pass_end4"),
        (
            [person(), person("Petit Eva", pass_suspended_until="01/01/28"), date(2027, 5, 28)],
            "pass_end4",
        ),
        (
            [
                person(pass_end="01/01/20"),
                person("Petit Eva", pass_end="01/01/28"),
                date(2029, 1, 1),
            ],
            "pass_end4",
        ),
    ],
}

PASSING: dict[str, list[list[Any]]] = {
    "PER01": [
        [left(exited="31/03"), person(registered="31/03", interview=None)],
        [left(exited="31/03"), left(registered="01/04", interview=None, exited="30/04"),
         person(registered="02/05", interview=None)],
        [person(precision="Caen"), person(precision="Bayeux")],
        [person(), person(registered=None, interview=None, unreadable=frozenset({"registered"}))],
    ],
    "PER02": [
        [person("Lefebvre Karine"), person("Lefevbre Karine", birth_year=1994)],
        [person("Martin Louis"), person("Martin Louise", title=Title.MRS)],
        [person("Martin Léa"), person("Martin Léo")],
        [person("Martin Paul", precision="Caen"), person("Martin Paulo", precision="Bayeux")],
        [person("Personne 0001"), person("Personne 0002")],
        [left("Durand Marc"), left("Durant Marc")],
        [person("Martin Sandra"), person("Martin Sandrine")],
    ],
    "PER03": [
        [person(pre_reception="05/01", interview="05/01", registered="05/01")],
        [person(pre_reception="02/01", interview=None, registered=None)],
        [left(exited="05/01")],
        [person(pass_start="05/01", pass_end=date(2028, 1, 4), contract_start="05/01",
                contract_end="05/01")],
        [person(pass_start="05/02", contract_end="01/02")],
        [person(pass_end="01/06", pass_suspended_until="01/06")],
    ],
    "PER04": [
        [left(advisor="")],
        [person(advisor="", registered=None)],
        [person(advisor="", registered="13/05")],
    ],
    "PER05": [
        [left(request="")],
        [person(request="", registered=None)],
        [person(request="peinture")],
    ],
    "PER06": [
        [person(registered=ago(30), interview=None)],
        [person(registered=ago(90), interview=None), action(day=ago(1))],
        [person(registered=ago(90), interview=None), mission(start="01/06", end=None)],
        [person(registered=ago(90), interview=None, paused_until="12/05")],
        [person(registered=ago(90), interview=None), action(day=None)],
        [left(registered="01/01")],
        [person(registered=None, interview="01/01")],
    ],
    "PER07": [
        [person(registered=ago(90), interview=None)],
        [person(registered="10/01", interview="05/01"), reviewed(agreed="05/01")],
        [person(paused_until="30/06")],
        [person(), engagement(agreed=None)],
    ],
    "PER08": [
        [action(day=ago(60))],
        [action(day=ago(90)), mission(start="01/02", end=None)],
        [action(day=ago(90)), reviewed(agreed="06/01", on="01/05")],
        [action(day=ago(90)), person(paused_until="30/06")],
        [left(exited=ago(300), registered="01/01/25"), person(registered=ago(20))],
    ],
    "PER09": [
        [left(exited="31/03"), mission(start="31/03", end="31/03")],
        [left(exited="31/03"), person(registered="05/04", interview=None), mission(start="10/04")],
        [left(exited="31/03"), mission(start="10/04", nature=Nature.INTERNSHIP)],
        [person(exited=None, unreadable=frozenset({"exited"})), mission(start="10/04")],
    ],
    "PER10": [
        [left(exited="31/03"), action(day="31/03")],
        [left(exited="31/03"), reviewed(agreed="01/02", on="15/04")],
        [left(exited="31/03"), person(pre_reception="10/04", interview=None, registered="20/04"),
         action(day="12/04")],
    ],
    "PER11": [
        [left(), to_do(day="01/03", status=Status.DROPPED)],
        [left(exited="31/03"), person(registered="20/04"), to_do(day="01/03")],
        [left(), action(day="01/03", status=None, outcome="")],
        [left(), reviewed(agreed="01/02", on="31/03")],
        [left(exited="12/05"), to_do()],
        [left(), to_do(status=None, unreadable=frozenset({"status"}))],
    ],
    "PER12": [
        [left()],
        [left(exit_reason="Parti en Bretagne")],
        [person(exited="30/06")],
        [left(exit_category=None, unreadable=frozenset({"exit_category"}))],
        [left(exit_reason="cdi")],
    ],
    "PER13": [
        [mission(start="01/03", end=ago(60))],
        [action(day="01/02")],
        [mission(start="01/02", end=None)],
        [person(paused_until="30/06"), mission(start="01/02", end="02/02")],
    ],
    "PER14": [
        [person(contract_end="12/06", pass_end="11/08")],
        [left(contract_end="30/05")],
        [person(contract_end="30/05", paused_until="30/06")],
    ],
    "PER15": [
        [person(contract_end="12/05")],
        [left(contract_end="30/04")],
        [person(pass_end="30/04", paused_until="30/06")],
    ],
    "PER16": [
        [barrier("M. MARTIN Paul")],
        [barrier("paul martin")],
        [barrier(), barrier(barrier="Santé")],
    ],
    "PER17": [
        [person(registered="05/01/03", interview=None)],
        [person(interview=date(1990, 1, 1))],
        [person(interview=date(1990, 1, 2))],
        [person(contract_end=date(2036, 5, 12), pass_end=date(2036, 5, 11))],
        [person(paused_until=date(2029, 5, 12), pass_suspended_until=date(2029, 5, 11))],
        [person(exited=date(2027, 12, 31))],
        [barrier(identified="05/01/20", lifted="05/01/26")],
    ],
    "PER18": [
        [person(birth_year=2010)],
        [person(birth_year=1951)],
        [person(birth_year=None)],
        [left(birth_year=1950, registered="05/01/25", interview=None, exited="31/03/25")],
        [person(birth_year=1990, registered=date(1926, 1, 5))],
    ],
    "PER19": [
        [person(advisor="SOPHIE martin"), TEAM],
        [person(advisor="Martin Sophie"), TEAM],
        [person(advisor=""), TEAM],
        [left(advisor="Ancienne Collègue"), TEAM],
        [person(advisor="Quiconque")],
    ],
    "PER20": [
        [person(registered=date(2026, 7, 11))],
        [person(registered=date(2019, 1, 12), interview=None), action(day="12/01")],
        [person(registered=date(2006, 1, 5), interview=None)],
        [left(registered="05/01/16", interview=None, exited="31/03"), action(day="12/01")],
    ],
    "PER21": [
        [person(pre_reception=ago(30), registered=None, interview=None)],
        [person(pre_reception=ago(60), interview=ago(30), registered=None)],
        [person(pre_reception="01/01")],
        [person(registered=None, interview=None)],
        [person(pre_reception="01/01", registered=None, paused_until="12/05")],
        [person(pre_reception="01/01", registered=None, exited="01/03")],
        [person(pre_reception="01/01", registered=None, unreadable=frozenset({"registered"}))],
        [person(registered="02/02"), person(pre_reception="01/02", registered=None)],
    ],
    "PER22": [
        [person(pass_number="999992112345")],
        [person(pass_number="99999 21 12345")],
        [person(pass_number="")],
    ],
    "PER23": [
        [person(pass_end="13/05/27")],
        [person(pass_end="11/02")],
        [person(pass_end="12/02"), date(2026, 5, 13)],
        [left(pass_end="30/06")],
        [person(pass_end="30/06", paused_until="12/05")],
        [person(pass_start="05/01")],
    ],
    "PER24": [
        [person(pass_end="13/05/27")],
        [left(pass_end="30/06")],
        [person(pass_start="05/01", rqth=True)],
    ],
    "PER25": [
        [person(pass_suspended_until="11/05")],
        [person(pass_suspended_until="12/05"), mission(start="01/05/25", end="12/05/25")],
        [person(pass_suspended_until="30/06", pass_start="12/05/25")],
        [person(pass_suspended_until="30/06", contract_start="12/05/25")],
        [person(pass_suspended_until="12/05/28")],
        [person(pass_suspended_until="30/06", paused_until="12/05")],
        [left(pass_suspended_until="30/06")],
    ],
    "PER26": [
        [person(pass_end="01/01/28"), date(2027, 5, 26)],
        [person(pass_start="01/01"), date(2027, 5, 27)],
        [left(pass_end="01/01/28"), date(2027, 5, 27)],
    ],
}  # fmt: skip


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


def test_every_rule_has_its_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "PER"]
    failing, passing = FAILING | after_exit.FAILING, PASSING | after_exit.PASSING
    assert list(failing) == list(passing) == codes
    assert min(map(len, failing.values())) >= 3
    assert min(map(len, passing.values())) >= 3


def test_homonyms_told_apart_by_precision_share_nothing() -> None:
    rows = [
        person(precision="Caen"),
        person(precision="Bayeux", registered=ago(31), interview=None),
        barrier("Martin Paul"),
        action("Martin Paul (Caen)", day="01/05"),
    ]
    assert places(findings(rows, "PER06")) == "registered6"
    [ambiguous] = findings(rows, "PER16")
    assert "plusieurs personnes" in ambiguous.message


def test_a_name_nearly_right_is_suggested() -> None:
    [finding] = findings([person("Lefebvre Karine"), barrier("Lefevbre Karine")], "PER16")
    assert finding.message == "« Lefevbre Karine » n'est pas dans la feuille Personnes."
    assert "« Lefebvre Karine »" in finding.help


def test_of_two_names_nearly_the_same_the_later_row_is_said() -> None:
    """The persons come in the order of their first row, their latest rows in another one."""
    rows = [
        left("Fontaine Paul", exited="10/03", birth_year=None),
        person("Fontaines Paul", birth_year=None),
        person("Fontaine Paul", registered="01/05", birth_year=None),
    ]
    [finding] = findings(rows, "PER02")
    assert finding.place.cell == "A7"
    assert "« Fontaines Paul »" in finding.message


@pytest.mark.parametrize("code", ["PER09", "PER10"])
def test_after_an_exit_that_cannot_be_read_nothing_is_after(code: str) -> None:
    unreadable = left(exited="10/03", unreadable=frozenset({"registered"}))
    assert findings([unreadable, mission(start="20/04"), action(day="20/04")], code) == []
    before = [left(exited="10/03"), mission(start="01/12/25", end="02/12/25")]
    assert findings([*before, action(day="01/12/25")], code) == []


def test_beyond_so_many_unknown_names_none_is_guessed() -> None:
    rows = [action(f"Inconnu{'abcdefghij'[i // 20]} {chr(97 + i % 20)}uvwx") for i in range(200)]
    found = findings([person("Martin Paul"), *rows, action("Martin Pol")], "SUI01")
    assert len(found) == 201
    assert "Vouliez-vous" not in found[-1].help


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("SM", "Vouliez-vous dire « Sophie Martin » ?"),
        ("Sophie", "Vouliez-vous dire « Sophie Martin » ?"),
        ("Linda Rou", "Vouliez-vous dire « Linda Roux » ?"),
        ("Karim", "Choisissez dans la liste, ou ajoutez ce nom aux accompagnateurs de Paramètres."),
    ],
)
def test_an_advisor_is_guessed_from_initials_a_word_or_a_slip(typed: str, said: str) -> None:
    [finding] = findings([person(advisor=typed), TEAM], "PER19")
    assert finding.help == said


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        (date(1926, 1, 5), "Vouliez-vous dire 05/01/2026 ?"),
        (date(2062, 1, 5), "Vouliez-vous dire 05/01/2026 ?"),
        (date(2036, 2, 29), "Vouliez-vous dire 28/02/2026 ?"),
        (date(1900, 1, 5), "Vérifiez l'année : une date si lointaine n'est comptée nulle part."),
    ],
)
def test_the_year_that_was_meant_is_proposed(registered: date, said: str) -> None:
    [finding] = findings([person(registered=registered)], "PER17")
    assert finding.help == said


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (1919, "Vouliez-vous dire 1991 ?"),
        (1909, "Vérifiez l'année de naissance, en quatre chiffres."),  # 1990, or 2009
        (2077, "Vouliez-vous dire 1977 ?"),
        (2026, "Vérifiez l'année de naissance, en quatre chiffres."),
    ],
)
def test_the_birth_that_was_meant_is_proposed(born: int, said: str) -> None:
    [finding] = findings([person(birth_year=born)], "PER18")
    assert finding.help == said
