"""Each line of the tables of the grammar says what it means, and means it."""

from __future__ import annotations

from datetime import date

import pytest

from cedre_xlsx.method.dates import Fault
from cedre_xlsx.method.deadlines import TABLE, read_deadline
from cedre_xlsx.method.durations import read_minutes
from cedre_xlsx.method.grammar.expression import ON, ROW, Sort
from cedre_xlsx.method.grammar.situations import EXAMPLES
from cedre_xlsx.method.grammar.times import TIMES

LINES = [(one.sort, typed, day) for one in TABLE for typed, day in one.examples]


@pytest.mark.parametrize(("sort", "typed", "day"), LINES)
def test_an_expression_means_what_its_line_says(sort: Sort, typed: str, day: str) -> None:
    read = read_deadline(typed, ROW, ON)
    expected = date.fromisoformat(day)
    if sort is Sort.UNCLEAR:
        assert (read.deadline.day, read.fault, read.proposed) == (None, Fault.UNCLEAR, expected)
    else:
        assert (read.deadline.day, read.fault) == (expected, None)


@pytest.mark.parametrize(("typed", "said"), EXAMPLES)
def test_a_situation_has_no_day(typed: str, said: str) -> None:
    read = read_deadline(typed, ROW, ON)
    assert read.deadline.day is None
    assert read.deadline.condition == (said == "condition")
    assert (read.fault is Fault.START) == (said == "début")
    assert (read.fault is Fault.DONE) == (said == "fait")


@pytest.mark.parametrize("line", TIMES, ids=lambda line: line.examples[0][0])
def test_a_time_means_what_its_line_says(line) -> None:  # type: ignore[no-untyped-def]
    for typed, minutes in line.examples:
        read = read_minutes(typed)
        assert (read.minutes, read.proposed) == ((minutes, None) if line.sure else (None, minutes))
