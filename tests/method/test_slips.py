"""A slip of one character in what is typed never makes another day without a finding."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.deadline_parts import TABLE
from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.method.durations import read_hours, read_minutes
from cedre_xlsx.method.grammar.expression import ON, ROW
from cedre_xlsx.method.grammar.times import TIMES
from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.method.plausibility import wrong_weekdays

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre")  # fmt: skip
FORMS = (
    "{0:%d/%m/%Y}",
    "{0:%d/%m/%y}",
    "{0:%d.%m.%Y}",
    "{0:%d-%m-%Y}",
    "{0:%Y-%m-%d}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day} {1} {0.year}",
    "le {0:%d} {1} {0.year}",
    "{0:%d/%m/%Y} bilan",
    "RDV CAF {0:%d/%m/%Y}",
)
LOOK_ALIKE = {"0": "oOQ", "1": "lI|i!", "5": "sS", "8": "B", "2": "zZ", "9": "gq"}
#: What a French keyboard types for 0, 1, 2… without the shift key.
UNSHIFTED = dict(zip("0123456789", "à&é\"'(-è_ç", strict=True))
#: What stands for a separator that was missed: nothing, its neighbours, itself twice.
SEPARATORS = ("", ",", ";", ":", " ", "//", "_", "§")
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def typed_as(form: str, day: date) -> str:
    return form.format(day, MONTHS[day.month - 1])


@st.composite
def slipped(draw: st.DrawFn) -> tuple[date, str]:
    """A date, and its text with one character mistyped: a letter or a sign for a figure, or a
    separator missed, typed twice, or another."""
    day = draw(days)
    text = typed_as(draw(st.sampled_from(FORMS)), day)
    places = [
        (at, other)
        for at, char in enumerate(text)
        for other in (
            (*LOOK_ALIKE.get(char, ""), UNSHIFTED[char])
            if char.isdigit()
            else SEPARATORS
            if char in "/.-"
            else ()
        )
    ]
    at, other = draw(st.sampled_from(places))
    mistyped = text[:at] + other + text[at + 1 :]
    assume(not re.search(r"(?:^|le )['\-à] [a-zéû]", mistyped))  # "à mai", "- mai": words, a dash
    return day, mistyped


@st.composite
def with_another_year(draw: st.DrawFn) -> tuple[date, str]:
    """A date, and its text with a figure of its year dropped or doubled."""
    day = draw(days)
    form = draw(st.sampled_from([form for form in FORMS if "%y" not in form]))
    text = typed_as(form, day)
    at = text.index(str(day.year)) + draw(st.integers(0, 3))
    return day, text[:at] + text[at] * draw(st.sampled_from([0, 2])) + text[at + 1 :]


def same_or_said(found: date | None, day: date, fault: object) -> bool:
    return fault is not None if found is None else found == day


@settings(deadline=None, max_examples=200)
@given(slipped())
def test_a_slip_in_a_date_is_said_or_changes_nothing(typed: tuple[date, str]) -> None:
    day, text = typed
    for first in (True, False):
        read = read_date(text, ON, first=first)
        assert same_or_said(read.day, day, read.fault), text
    due = read_deadline(text, ROW, ON)
    assert same_or_said(due.deadline.day, day, due.fault), text
    moved = read_deadline(f"01/12/2028 reporté au {text}", ROW, ON)
    assert same_or_said(moved.deadline.day, day, moved.fault), text


@settings(deadline=None, max_examples=150)
@given(with_another_year())
def test_a_figure_too_many_or_too_few_in_a_year_is_said(typed: tuple[date, str]) -> None:
    day, text = typed
    for first in (True, False):
        read = read_date(text, ON, first=first)
        assert same_or_said(read.day, day, read.fault), text
    due = read_deadline(text, ROW, ON)
    assert same_or_said(due.deadline.day, day, due.fault), text


@settings(deadline=None, max_examples=100)
@given(
    days,
    st.sampled_from(FORMS[:6]),
    st.integers(0, 99),
    st.sampled_from(["{} {}", "{} ({})", "{}, {}"]),
)
def test_a_number_beside_a_date_is_said(day: date, form: str, number: int, beside: str) -> None:
    read = read_deadline(beside.format(form.format(day), number), ROW, ON)
    assert read.deadline.day is None
    assert read.proposed in (day, None)


@settings(deadline=None, max_examples=100)
@given(days, st.integers(1, 6))
def test_a_weekday_against_its_date_is_said(day: date, shift: int) -> None:
    names = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    wrong = names[(day + timedelta(days=shift)).weekday()]
    for text in (f"{wrong} {day:%d/%m/%Y}", f"{wrong} {day.day}/{day.month}/{day.year}"):
        assert [said for said, _ in wrong_weekdays(text, ON)] == [wrong]
    near = read_deadline(f"{wrong} {day.day}/{day.month}", day, ON)  # no year to go by
    assert near.deadline.day is None
    right = f"{names[day.weekday()]} {day:%d/%m/%Y}"
    assert (read_date(right, ON).day, read_deadline(right, ROW, ON).deadline.day) == (day, day)


EXAMPLES = [(typed, day) for one in TABLE for typed, day in one.examples]


@pytest.mark.parametrize(("typed", "day"), EXAMPLES)
def test_a_slip_in_an_expression_is_said_or_changes_nothing(typed: str, day: str) -> None:
    for at, char in enumerate(typed):
        for other in (*LOOK_ALIKE.get(char, ""), *UNSHIFTED.get(char, "")):
            if at == 0 and other == "'":  # what a spreadsheet sets before a text
                continue
            read = read_deadline(typed[:at] + other + typed[at + 1 :], ROW, ON).deadline
            assert read.day in (None, date.fromisoformat(day)), (at, other)


@pytest.mark.parametrize(("typed", "minutes"), [pair for one in TIMES for pair in one.examples])
def test_a_slip_in_a_time_is_said_or_changes_nothing(typed: str, minutes: int) -> None:
    for at, char in enumerate(typed):
        for other in (*LOOK_ALIKE.get(char, ""), *UNSHIFTED.get(char, "")):
            if at == 0 and other == "'":
                continue
            text = typed[:at] + other + typed[at + 1 :]
            assert read_minutes(text).minutes in (None, minutes), text
            assert read_hours(text).hours in (None, Hours(minutes / 60)), text


_WORDS = st.sampled_from(
    [typed for typed, _ in EXAMPLES]
    + [typed for one in TIMES for typed, _ in one.examples]
    + ["20", "15/11/2026", "reporté au", "à partir du", "ou", "si", "fait", "3 CV", "la", "x", "+"]
)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(_WORDS, max_size=4),
    st.text(st.sampled_from("0123456789/.- oOlhjxmin+'éà?"), max_size=9),
)
def test_any_text_is_read_or_said_and_breaks_nothing(words: list[str], noise: str) -> None:
    text = " ".join([*words, noise])
    due = read_deadline(text, ROW, ON)
    told = (due.deadline.day is not None, due.deadline.condition, due.fault is not None)
    assert sum(told) == 1
    read = read_date(text, ON)
    assert (read.day is None) == (read.fault is not None)
    spent = read_minutes(text)
    assert spent.minutes is None or (spent.minutes >= 0 and spent.proposed is None)
    read_hours(text)
    read_hours(text, Per.WEEK)
