"""What two copies had in common, and what the result of a merge remembers of both."""

from __future__ import annotations

from datetime import date

from cedre_xlsx.merging.model import BaseLines
from cedre_xlsx.schema.memory import LINES, MemoryRow
from cedre_xlsx.workbook.ancestor_rows import memory_rows, remembered
from cedre_xlsx.workbook.ancestors import (
    Line,
    PrintBook,
    State,
    common,
    in_order,
    printed,
    state_id,
)
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.typed_lines import typed_tables


def memory_of(book: OpenBook) -> PrintBook | None:
    """The states that a file remembers."""
    return remembered(book.reading.records.memory)


def common_state(first: OpenBook, second: OpenBook) -> tuple[State, bytes] | None:
    """The last refresh that both come from, with what makes its prints."""
    mine, theirs = memory_of(first), memory_of(second)
    if mine is None or theirs is None:
        return None
    state = _as_it_is(mine, second) or common(mine, theirs)
    return None if state is None else (state, mine.salt)


def _as_it_is(mine: PrintBook, second: OpenBook) -> State | None:
    """The state that A remembers of B where B is still so: it was merged then."""
    tables = _lines_of(second, mine.salt)
    counts = {name: len(lines) for name, lines in tables.items()}
    for one in mine.states:
        has_as_many = {name: len(lines) for name, lines in one.tables.items()} == counts
        if has_as_many and one.id == state_id(tables, one.on):
            return one
    return None


def lines_at(state: State) -> dict[str, BaseLines]:
    """The lines of a refresh, as a base."""
    return {table: BaseLines(lines) for table, lines in state.tables.items()}


def memory_of_both(first: OpenBook, second: OpenBook, on: date) -> tuple[MemoryRow, ...] | None:
    """What *Mémoire* is to hold so that the result finds its base with either of them again: the
    states of both, and B as it is, the newest first; None where A could not know B's.
    """
    mine, theirs = memory_of(first), memory_of(second)
    if mine is None or theirs is None or mine.salt != theirs.salt:
        return None
    tables = _lines_of(second, mine.salt)
    now = State(state_id(tables, on), on, tables, (on,))
    known = {one.id for one in mine.states}
    more = [one for one in (now, *theirs.states) if one.id not in known]
    states = sorted([*more, *mine.states], key=lambda one: one.on, reverse=True)
    both = PrintBook(mine.salt, tuple(states), {**theirs.packed, **mine.packed})
    rest = [row for row in first.reading.records.memory if row.sort != LINES]
    return (*rest, *memory_rows(both))


def _lines_of(book: OpenBook, salt: bytes) -> dict[str, tuple[Line, ...]]:
    """The prints of a workbook's lines as a state has them."""
    lines = printed(typed_tables(book.workbook), salt)
    return {name: in_order(ones) for name, ones in lines.items()}
