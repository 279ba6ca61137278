"""The rules of Repérage: cases that the guide tells, and the grid kept to the letter."""

from __future__ import annotations

from itertools import product

import pytest

from cedre_xlsx.method.screening import (
    BOTH,
    CLEAR,
    EMPLOYMENT,
    NO,
    NONE,
    NONE_FITS,
    NOTHING_SAID,
    ONE_FITS,
    PERIPHERAL,
    PRIORITY_FIRST,
    QUESTIONS,
    SECONDARY,
    SEVERAL_FIT,
    SOCIAL,
    SOUGHT,
    YES,
    Level,
)
from cedre_xlsx.method.types import TYPES
from tests.method.screened import advice, screen

SHORT, MEDIUM, LONG = (answer.text for answer in QUESTIONS[3].answers)
IDS = [question.id for question in QUESTIONS]


def levels(*answers: str) -> str:
    """The levels of CP, SA, T, MPP, D, VP: + convient, ~ à discuter, - non, . unsaid."""
    marks = {Level.FITS: "+", Level.DISCUSS: "~", Level.NO: "-", Level.UNSAID: "."}
    fits = screen(dict(zip(IDS, answers, strict=False)))
    return "".join(marks[fit.level] for fit in fits)


@pytest.mark.parametrize(
    ("case", "answers", "expected"),
    [
        ("M. Christian (exemple n°4)", (PERIPHERAL, YES, YES, SHORT, SOUGHT, YES), "+-----"),
        ("Mme Carine (exemple n°5)", (EMPLOYMENT, NO, "", SHORT, SOUGHT, YES), "---~+~"),
        ("long-standing difficulty", (PERIPHERAL, NO, NO, LONG, SOCIAL, NO), "--+---"),
        ("asks for help with housing", (PERIPHERAL, NO, YES, MEDIUM, SECONDARY, NO), "-+~---"),
        ("to be set going again", (EMPLOYMENT, NO, "", MEDIUM, NONE, NO), "---+~-"),
        ("a trade to have recognised", (EMPLOYMENT, NO, "", SHORT, CLEAR, YES), "----~+"),
        ("both at once (fiche n°16)", (BOTH, YES), "~~~~~~"),
        ("nothing yet", (), "......"),
        ("priority alone: the three of its side", (PERIPHERAL,), "+++---"),
        ("priority alone: employment", (EMPLOYMENT,), "---+++"),
        ("urgency, the priority unsaid", ("", YES), "~~~~~~"),
        ("words that no list has", ("peut-être", "si"), "......"),
    ],
)
def test_cases(case: str, answers: tuple[str, ...], expected: str) -> None:
    assert levels(*answers) == expected, case


def test_the_grid_s_own_line_always_fits_its_type() -> None:
    """Fiche n°15, line by line: what it prints for a type is the answer that fits it."""
    lines = {
        "CP": (PERIPHERAL, YES, "", SHORT, NONE, YES),
        "SA": (PERIPHERAL, NO, YES, MEDIUM, SECONDARY, NO),
        "T": (PERIPHERAL, NO, "", LONG, SOCIAL, NO),
        "MPP": (EMPLOYMENT, NO, "", MEDIUM, SECONDARY, NO),
        "D": (EMPLOYMENT, NO, "", SHORT, SOUGHT, YES),
        "VP": (EMPLOYMENT, NO, "", MEDIUM, CLEAR, YES),
    }
    assert list(lines) == [kind.code for kind in TYPES]
    for place, answers in enumerate(lines.values()):
        assert levels(*answers)[place] == "+"
        assert levels(*answers).count("+") == 1


def test_the_priority_decides() -> None:
    """No other answer makes a type fit against the person's priority, or excuses its lack."""
    others = [[None, *(a.text for a in question.answers)] for question in QUESTIONS[1:]]
    for rest in product(*others):
        given = {key: text for key, text in zip(IDS[1:], rest, strict=True) if text}
        for kind, fit in zip(TYPES, screen({**given, "priority": EMPLOYMENT}), strict=True):
            assert kind.employment_priority or fit.level is Level.NO
        assert Level.FITS not in {fit.level for fit in screen(given)}


def test_reasons_say_why() -> None:
    coup_de_pouce, soutien, *_ = screen(
        {"priority": PERIPHERAL, "urgency": NO, "request": YES, "deadline": LONG}
    )
    assert coup_de_pouce.supports == ("priorité à un frein",)
    assert coup_de_pouce.against == ("aucune urgence", "échéance longue (grille : courte)")
    assert soutien.supports == ("priorité à un frein", "aide demandée")
    assert soutien.against == ("échéance longue (grille : moyenne)",)


def test_every_point_has_its_reason_and_every_type_its_weight() -> None:
    for question in QUESTIONS:
        for answer in question.answers:
            assert len(answer.weights) == len(TYPES)
            assert all(one.reason for one in answer.weights if one.points)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), NOTHING_SAID),
        (("", YES), PRIORITY_FIRST),
        ((PERIPHERAL, YES, YES, SHORT, SOUGHT, YES), ONE_FITS),
        ((PERIPHERAL,), SEVERAL_FIT),
        ((BOTH, YES), NONE_FITS),
    ],
)
def test_advice(answers: tuple[str, ...], expected: str) -> None:
    assert advice(screen(dict(zip(IDS, answers, strict=False)))) == expected
