"""What the lines became since an earlier state: by the numbers of their rows, without a word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cedre_xlsx.workbook.alignment.align import aligned
from cedre_xlsx.workbook.ancestors import Line, PrintBook, State, columns_of_lines
from cedre_xlsx.workbook.typed_lines import TypedTable


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one table: the rows that are new; of those that changed, in which columns.

    A column that was taken out, or that is new and filled in on every line, changed no line.
    """

    added: tuple[int, ...] = ()
    changed: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a `day`, by table (tSuivi…); those that are lacking then or now are not
    told.
    """

    day: date
    tables: Mapping[str, Changed]


def since(
    book: PrintBook | None,
    tables: Sequence[TypedTable],
    lines: Mapping[str, Sequence[Line]],
    on: date,
    meetings: Collection[date],
    now: State | None = None,
) -> Since | None:
    """What changed since the last of the meetings before `on` of which a state is known, else since
    the last state of an earlier day; None where there is none. `lines` are the prints of the tables
    by the salt of the book; `now` is the state that they are, where that is known.

    Where no line is left of what was, it was another workbook's.
    """
    found = None if book is None else reference(book.states, on, meetings)
    if found is None:
        return None
    state, day = found
    if now is not None and now.id == state.id:
        return Since(day, {one.table: Changed() for one in tables if one.table in state.tables})
    moves = {
        one.table: _moves(one, state.tables[one.table], lines[one.table])
        for one in tables
        if one.table in state.tables
    }
    had = sum(len(state.tables[table]) for table in moves)
    if had and had == sum(gone for _, gone in moves.values()):
        return None
    return Since(day, {table: changed for table, (changed, _) in moves.items()})


def reference(
    states: Sequence[State], on: date, meetings: Collection[date]
) -> tuple[State, date] | None:
    """The state to compare with, of some that are the newest first, and a day at which all was so.

    Of a meeting, it is the last state of its day, or before; else the first one after it.
    """
    earlier = [(one, day) for one in states if (day := one.last_before(on)) is not None]
    if not earlier:
        return None
    meeting = max((day for day in meetings if day < on), default=None)
    if meeting is None:
        return earlier[0]
    for state, last in earlier:
        if state.on <= meeting:
            days = (state.on, *state.days, *([meeting] if meeting < last else []))
            return state, max(day for day in days if day <= meeting)
    state, _ = earlier[-1]
    return state, state.on


def _moves(table: TypedTable, old: Sequence[Line], new: Sequence[Line]) -> tuple[Changed, int]:
    """What became of a table, and how many lines it has not any more."""
    if whole := _whole_columns(table, old, new):
        old, new = _without(whole, old), _without(whole, new)
    moves = moved_lines(table.table, old, new)
    numbers = [line.row for line in table.lines]
    changed = {
        numbers[b]: frozenset(name for name, _ in old[a].items() ^ new[b].items())
        for a, b in moves.changed
    }
    added = tuple(numbers[one] for one in moves.added if new[one])
    return Changed(added, changed), len(moves.removed)


def _whole_columns(table: TypedTable, old: Sequence[Line], new: Sequence[Line]) -> set[str]:
    """The columns that went, or came filled in: blank ones of an older state are not known."""
    before, now = set(columns_of_lines(old)), set(columns_of_lines(new))
    lines = [line for line in new if line]
    came = {name for name in now - before if len(lines) > 1 and all(name in line for line in lines)}
    return came | (before - set(table.columns))


def _without(columns: Collection[str], lines: Sequence[Line]) -> list[Line]:
    return [{name: one for name, one in line.items() if name not in columns} for line in lines]


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of a table: ranks of lines that only the new or the old state has, and pairs of
    ranks, old and new, of lines that changed, in the order of the new.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    changed: tuple[tuple[int, int], ...]


def moved_lines(table: str, old: Sequence[Line], new: Sequence[Line]) -> Moves:
    """The lines of a table (tSuivi…) that are not in both states as they are."""
    found = aligned(table, old, new)
    changed = [(before, after) for before, after in found.pairs if old[before] != new[after]]
    changed.sort(key=lambda pair: pair[1])
    return Moves(found.right_only, found.left_only, tuple(changed))
