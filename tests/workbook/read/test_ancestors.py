"""The states of the last refreshes: kept in few rows, read back, common to copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.schema.memory import LINES, MemoryRow
from cedre_xlsx.workbook import ancestor_rows
from cedre_xlsx.workbook.ancestor_rows import STATE, memory_rows, remembered
from cedre_xlsx.workbook.ancestors import PrintBook, common, printed, with_state
from cedre_xlsx.workbook.read.raw import Cell
from cedre_xlsx.workbook.since import since
from cedre_xlsx.workbook.typed_lines import TypedLine, TypedTable

DAY = date(2026, 7, 6)
Lines = Sequence[Mapping[str, Cell]]


def tables(lines: Lines, table: str = "tSuivi") -> tuple[TypedTable, ...]:
    names = {name: name for line in lines for name in line}
    typed = tuple(TypedLine(number, line) for number, line in enumerate(lines, 5))
    return (TypedTable(table, "Suivi", names, typed, days=frozenset({"deadline"})),)


def book_of(*states: Lines, start: date = DAY) -> PrintBook:
    """A workbook refreshed once a day, with these lines."""
    book = None
    for day, lines in enumerate(states):
        book = with_state(book, tables(lines), start + timedelta(days=day))
    assert book is not None
    return book


A, B, C = ({"person": who, "action": f"Appeler {who}", "rome": 7} for who in "ABC")
_CELLS = st.dictionaries(
    st.sampled_from(("person", "action", "deadline", "+vu par")),
    st.sampled_from((1, 2.5, "CP", "Aïcha", date(2026, 1, 2), "x" * 200)),
    min_size=1,
)
_HISTORIES = st.lists(st.lists(_CELLS, max_size=6), min_size=1, max_size=5)


@given(_HISTORIES)
@settings(max_examples=30, deadline=None)
def test_what_is_kept_is_read_back(history: list[Lines]) -> None:
    book = book_of(*history)
    rows = memory_rows(book)
    found = remembered(rows)
    assert found == book
    assert found is not None
    assert memory_rows(found) == rows  # also where what differs is taken as it was written
    assert remembered(reversed(rows)) == book  # whatever the order of rows


@given(st.lists(_CELLS, max_size=6))
@settings(max_examples=15, deadline=None)
def test_the_order_of_rows_and_columns_is_no_change(lines: list[dict[str, Cell]]) -> None:
    shuffled = [dict(reversed(line.items())) for line in reversed(lines)]
    book = book_of(lines)
    again = with_state(book, tables(shuffled), DAY)
    assert again == book


def test_no_letter_is_in_prints() -> None:
    rows = memory_rows(book_of([{**A, "rome": number} for number in range(500)], [A, B]))
    said = " ".join(one.line for one in rows if one.holder != "sel")
    words = "".join(one if one.isalpha() else " " for one in said).split()
    assert set(words) == {"person", "action", "rome", "tSuivi"}


def test_a_refresh_that_finds_nothing_new_adds_its_day() -> None:
    book = book_of([A], [A])
    [state] = book.states
    assert (state.on, state.days) == (DAY, (DAY, DAY + timedelta(days=1)))
    assert with_state(book, tables([A]), DAY + timedelta(days=1)) == book
    assert state.last_before(DAY) is None
    assert state.last_before(DAY + timedelta(days=1)) == DAY
    assert state.last_before(DAY + timedelta(days=30)) == DAY + timedelta(days=1)


def test_copies_have_their_last_state_in_common() -> None:
    origin = book_of([A], [A, B])
    mine = with_state(origin, tables([A, B, C]), DAY + timedelta(days=5))
    theirs = with_state(origin, tables([B]), DAY + timedelta(days=9))
    assert common(mine, theirs) == origin.states[0]
    assert common(theirs, mine) == origin.states[0]
    assert common(mine, origin) == origin.states[0]
    assert common(origin, book_of([C])) is None  # of another origin
    assert common(origin, replace(theirs, salt=b"other")) is None


def test_lines_that_come_back_are_a_state_of_their_own() -> None:
    book = book_of([A], [B], [A])
    assert len({one.id for one in book.states}) == 3
    assert book.states[0].tables == book.states[2].tables


def test_many_states_of_a_day_leave_its_last_one() -> None:
    book = None
    for number in range(100):
        book = with_state(book, tables([{**A, "rome": number}]), DAY + timedelta(days=number // 25))
    assert book is not None
    days = [one.on for one in book.states]
    assert len(days) <= 40
    assert set(days) == {DAY + timedelta(days=one) for one in range(4)}
    assert days == sorted(days, reverse=True)
    many = book_of(*([{**A, "rome": number}] for number in range(60)))
    assert len(many.states) == 40


@pytest.mark.slow
def test_a_long_table_takes_few_rows() -> None:
    lines = [{"person": f"Personne {number}", "action": "Appeler"} for number in range(6000)]
    book = book_of(lines, lines[:-1])
    rows = memory_rows(book)
    assert len(rows) < 10
    assert max(len(one.line) for one in rows) < 32_000
    assert remembered(rows) == book


def test_the_history_of_a_table_that_changes_whole_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ancestor_rows, "_HISTORY", 30_000)
    states = [[{"person": f"{day} {number}"} for number in range(100)] for day in range(40)]
    rows = memory_rows(book_of(*states))
    assert sum(len(one.line) for one in rows) < 32_000
    found = remembered(rows)
    assert found is not None
    assert 10 < len(found.states) < 40


SEEN, LATE = {"+vu par": "CP"}, {"deadline": date(2026, 9, 1)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [B, A], ((), {})),
        ([A], [A, {}, B], ((7,), {})),
        ([A, B], [A | LATE, B], ((), {5: {"deadline"}})),
        ([A | LATE, B], [A | {"deadline": "1/9/2026"}, B], ((), {})),  # the same day
        ([A | {"deadline": " 01/09/2026"}], [A | {"deadline": 46266}], ((), {})),
        ([A | LATE], [A | {"deadline": "02/09/2026"}], ((), {5: {"deadline"}})),
        ([A, A, B], [A | SEEN, A | SEEN, B | SEEN], ((), {})),  # a column that came filled in
        ([A, A, B], [A | SEEN, A | SEEN, B | SEEN | {"rome": 8}], ((), {7: {"rome"}})),
        ([A, B], [A | SEEN, B], ((), {5: {"+vu par"}})),
        ([A | SEEN, B | LATE], [A, B], ((), {})),  # columns that went
        ([A], [A | LATE], ((), {5: {"deadline"}})),
    ],
)
def test_what_changed_since_is_what_people_did_to_lines(
    old: Lines, new: Lines, expected: tuple[tuple[int, ...], dict[int, set[str]]]
) -> None:
    book, day = book_of(old), DAY + timedelta(days=7)
    now = tables(new)
    found = since(book, now, printed(now, book.salt), day, ())
    assert found is not None
    assert (found.tables["tSuivi"].added, found.tables["tSuivi"].changed) == expected


def test_lines_of_another_workbook_tell_nothing() -> None:
    book, now = book_of([A, B]), tables([C, {"person": "D", "action": "Autre chose"}])
    lines = printed(now, book.salt)
    assert since(book, now, lines, DAY + timedelta(days=7), ()) is None


BOOK = book_of([A], [A, B], [A, B, C])


def _without(wanted: str) -> list[MemoryRow]:
    return [one for one in memory_rows(BOOK) if one.part != wanted]


def _spoilt(holder: str, part: str, line: str) -> list[MemoryRow]:
    return [
        one.model_copy(update={"line": line}) if (one.holder, one.part) == (holder, part) else one
        for one in memory_rows(BOOK)
    ]


def _counted(counts: str) -> list[MemoryRow]:
    """The newest state with other numbers of lines."""
    state = BOOK.states[0]
    return _spoilt(STATE, "0", f'["{state.id}","{state.on}",["{state.on}"],{counts}]')


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        ([], 0),
        (_without("action"), 0),
        (_spoilt("sel", "", "zz"), 0),
        (_spoilt("sel", "", ""), 0),
        (_spoilt("tSuivi", "person", ":abc"), 0),
        (_spoilt("tSuivi", "person", ":" + "111111" * 3), 0),
        (_spoilt(STATE, "0", "{}"), 0),
        (_spoilt(STATE, "0", "[1]"), 0),
        (_spoilt(STATE, "0", "[" * 20_000), 0),
        (_counted('{"tSuivi":4}'), 0),  # more than the texts hold
        (_counted('{"tSuivi":3,"tFreins":3}'), 0),  # a table without a column
        (_counted('{"tSuivi":3,"tInconnue":0}'), 0),
        (_counted('{"tSuivi":3,"tFreins":0}'), 0),  # not the lines of that id
        (_spoilt(STATE, "1", "null"), 1),
        (_without("1"), 1),
        (_spoilt(STATE, "2", '["1", "2026-07-06", [], "another", {}, []]'), 2),
        (memory_rows(BOOK), 3),
    ],
)
def test_what_was_spoilt_is_forgotten_with_all_that_is_older(
    rows: list[MemoryRow], states: int
) -> None:
    found = remembered(rows)
    assert (0 if found is None else len(found.states)) == states


def test_other_rows_of_the_sheet_are_no_state() -> None:
    assert remembered([MemoryRow(row=0, sort="close", year=2025, holder="sel", line="00")]) is None
    assert {one.sort for one in memory_rows(BOOK)} == {LINES}
