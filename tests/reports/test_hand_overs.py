"""A line of `Suivi` that notes a paper handed over is neither contact, nor proposal, nor action."""

from __future__ import annotations

from datetime import date

import pytest

from cedre_xlsx.method.hand_overs import REVIEW_HANDED, SHEET_HANDED, is_hand_over
from cedre_xlsx.paperwork.actions import actions_of_now
from cedre_xlsx.reports.synthesis import NOTHING, synthesis_lines
from cedre_xlsx.schema.columns import Row
from tests.rules.rule_cases import ON, action, engagement, findings, left, person, workbook

PAPERS = (REVIEW_HANDED, SHEET_HANDED)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (REVIEW_HANDED, True),
        ("FICHE remise au  referent unique", True),
        ("Bilan d’accompagnement remis au prescripteur.", True),
        ("Bilan d'accompagnement à remettre au prescripteur", False),
        ("Entretien : fiche remise au référent unique", False),
        ("", False),
    ],
)
def test_what_is_a_hand_over(text: str, is_one: bool) -> None:
    assert is_hand_over(text) is is_one


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("PER06", [person(registered="05/01")]),
        ("PER08", [person(registered="05/01"), action(day="06/01")]),
        ("DCP05", [left(registered=date(2021, 1, 5), exited=date(2022, 1, 5)),
                   action(day=date(2022, 1, 5))]),
        ("ENG18", [person(), engagement(agreed=date(2026, 1, 6))]),
    ],
)  # fmt: skip
def test_it_hides_nothing(code: str, rows: list[Row], paper: str) -> None:
    """What is said without the line is said with it."""
    handed = action(action=paper, day="05/05", minutes=None, objective="")
    assert findings([*rows, handed], code) == findings(rows, code) != []


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("code", ["SUI09", "SUI11", "PER10"])
def test_it_asks_for_nothing(code: str, paper: str) -> None:
    someone = left(exited="31/03") if code == "PER10" else person()
    line = action(minutes=None, objective="", day="05/05")
    assert findings([someone, line], code)
    assert findings([someone, line.model_copy(update={"action": paper})], code) == []


def test_the_synthesis_still_says_that_nothing_is_there() -> None:
    lines = synthesis_lines(workbook([action(action=PAPERS[0], day="05/05")]), ON)
    assert [line.action for line in lines] == [PAPERS[0], NOTHING]


def test_it_is_no_action_of_a_paper() -> None:
    records = workbook([action(action=PAPERS[0]), action(action="Atelier"), action(action="Point")])
    [someone] = records.persons.values()
    assert sorted(row.action for row in actions_of_now(someone, ON)) == ["Atelier", "Point"]
