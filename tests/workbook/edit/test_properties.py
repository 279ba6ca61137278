"""Lines of any content: read back as they were given, and all else as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.tables import BARRIERS, FOLLOW_UP, MISSIONS, PEOPLE, TableSpec
from cedre_xlsx.workbook.read.cells import as_text, as_word
from tests.workbook.edit.edit_support import add, small

#: Letters, signs of XML and of formulas, line breaks, what looks like an escape.
_SIGNS = "aéÀœ ß€\n\t<>&\"'=+-@_x0041{}[]#/\u00a0\u2019\U0001f600"
TEXTS = st.text(st.sampled_from(_SIGNS), min_size=1, max_size=30).map(lambda text: f"a{text}")
DATES = st.dates(date(1950, 1, 1), date(2099, 12, 31))
BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: TEXTS,
    Kind.DATE: DATES,
    Kind.DATED_TEXT: DATES,
    Kind.DEADLINE: DATES,
    Kind.DURATION: st.integers(10, 480),  # less is said to be unclear by the reader
    Kind.HOURS: st.floats(1, 150).map(lambda hours: round(hours, 2)),
    Kind.YES_NO: st.booleans(),
}
#: Fields that are understood in a way of their own: names on one line, lists, years.
OTHERWISE = {"birth_year", "weekly_hours", "end"}
SPECS: tuple[TableSpec[Any], ...] = (PEOPLE, FOLLOW_UP, MISSIONS, BARRIERS)


def fields_of(spec: TableSpec[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        name: BY_KIND[column.kind]
        for name, column in spec.drawn().columns.items()
        if (column.kind in BY_KIND and column.choices is None) or column.kind is Kind.YES_NO
        if name not in OTHERWISE
    }


def lines_of(spec: TableSpec[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    made = fields_of(spec)
    first = "last_name" if spec is PEOPLE else "person"
    made.pop(first, None)
    one = st.fixed_dictionaries({first: st.just("Ajonc")}, optional=made)
    return st.lists(one, max_size=4)


def read_of(name: str, value: object, spec: TableSpec[Any]) -> object:
    """What a value is read as."""
    if not isinstance(value, str):
        return value
    text = as_text(value)
    names = {"last_name", "first_name", "precision", "advisor", "participant"}
    return as_word(text) if name in names or spec.columns[name].kind is Kind.PERSON else text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({spec.table: lines_of(spec) for spec in SPECS}))
def test_any_lines_are_read_back_and_all_else_stays(lines: dict[str, list[dict[str, Any]]]) -> None:
    done = add(small(), lines)
    assert done.left == []
    for spec in SPECS:
        rows = done.added(spec.table)
        assert len(rows) == len(lines[spec.table])
        for given_line, row in zip(lines[spec.table], rows, strict=True):
            for name, value in given_line.items():
                read = getattr(row, name)
                found = getattr(read, "day", read) if not isinstance(read, date) else read
                assert found == read_of(name, value, spec), (spec.table, name)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_lines_added_in_several_times_are_those_added_at_once(counts: list[int]) -> None:
    lines = [{"person": "Ajonc Léa", "action": f"Action {n}"} for n in range(sum(counts))]
    data, start = small(), 0
    for count in counts:
        data = add(data, {"tSuivi": lines[start : start + count]}).data
        start += count
    whole = add(small(), {"tSuivi": lines}).data
    at_once, several = (add(one, {}).old.follow_ups.rows for one in (whole, data))
    assert at_once == several
