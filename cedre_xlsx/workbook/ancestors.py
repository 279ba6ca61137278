"""What the lines that people typed were at the last refreshes: prints, cell by cell.

From them a refresh says what is new, and two copies of a workbook what they had in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from itertools import pairwise, repeat

from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.typed_lines import TypedLine, TypedTable

#: The prints of one line, by the names of its columns (a team's own with "+"); blank ones are left
#: out.
Line = Mapping[str, str]
#: The lines of each table (tSuivi…), in an order that does not tell that of their rows.
Tables = Mapping[str, tuple[Line, ...]]

#: States that are kept, the newest of them whatever their day; of others, the last of each day.
MOST, _NEWEST = 40, 10
_MOST_DAYS = 60  # on which one state was seen
_ID_BYTES = 9
_SALT_BYTES = 16
_FIRST_SALT = b"cedre"


@dataclass(frozen=True, slots=True)
class State:
    """All lines at one refresh: `on` is its day, `id` the print of both.

    `days` are those of the refreshes that found the lines so, `on` first.
    """

    id: str
    on: date
    tables: Tables
    days: tuple[date, ...] = ()

    def last_before(self, day: date) -> date | None:
        """The last day before another at which the lines were so; None where there is none."""
        return max((one for one in (self.on, *self.days) if one < day), default=None)


@dataclass(frozen=True, slots=True)
class PrintBook:
    """The states that a workbook remembers, the newest first, by prints that `salt` makes.

    `packed` keeps how an older state differs from a newer one, as it is written, by their ids.
    """

    salt: bytes
    states: tuple[State, ...]
    packed: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)


def common(a: PrintBook, b: PrintBook) -> State | None:
    """The newest state of `a` that `b` knows too; None for workbooks of different origins."""
    if a.salt != b.salt:
        return None
    known = {one.id for one in b.states}
    return next((one for one in a.states if one.id in known), None)


def with_state(
    book: PrintBook | None,
    tables: Sequence[TypedTable],
    on: date,
    lines: Mapping[str, Sequence[Line]] | None = None,
) -> PrintBook:
    """What is remembered after a refresh that day: the same states where no line changed.

    `lines` are those of `printed` by the salt of the book, where they were asked for already.
    """
    salt = book.salt if book is not None else _salt_of(tables)
    lines = printed(tables, salt) if lines is None or book is None else lines
    now = {name: in_order(ones) for name, ones in lines.items()}
    said = _contents(now)
    states = book.states if book is not None else ()
    if book is not None and states and states[0].id == _id(said, states[0].on):
        return replace(book, states=(_seen(states[0], on), *states[1:]))
    state = State(_id(said, on), on, now, (on,))
    packed = book.packed if book is not None else {}
    return PrintBook(salt, _thinned((state, *states)), packed)


def printed(tables: Iterable[TypedTable], salt: bytes) -> dict[str, list[Line]]:
    """The prints of all lines, in the order of their rows."""
    prints = CellPrints(salt)
    return {table.table: line_prints(table, prints) for table in tables}


def line_prints(table: TypedTable, prints: CellPrints) -> list[Line]:
    """The prints of the lines of a table, in the order of their rows."""
    return [cell_prints(table, line, prints) for line in table.lines]


def cell_prints(table: TypedTable, line: TypedLine, prints: CellPrints) -> dict[str, str]:
    """The prints of the cells of one line: a day has the same however it was typed."""
    return prints.of_line(line.cells, table.days, date1904=table.date1904)


def columns_of_lines(lines: Iterable[Line]) -> tuple[str, ...]:
    """The columns that some line fills: whose it is, then by their names."""
    names: set[str] = set()
    for line in lines:
        names.update(line)
    return tuple(sorted(names, key=lambda name: (name != "person", name)))


def in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines sorted by their prints: neither the order of rows nor that of columns counts, nor
    a line where nobody typed.
    """
    columns = columns_of_lines(lines)
    blank = repeat("")
    return tuple(sorted(filter(None, lines), key=lambda line: [*map(line.get, columns, blank)]))


def state_id(tables: Tables, on: date) -> str:
    """The print of a day and of all lines: digits."""
    return _id(_contents(tables), on)


def _contents(tables: Tables) -> bytes:
    """The print of all lines."""
    digest = blake2b(digest_size=_ID_BYTES)
    for name, lines in sorted(tables.items()):
        columns = columns_of_lines(lines)
        digest.update("\0".join(("", name, str(len(lines)), *columns)).encode())
        for column in columns:
            digest.update("\0".join([line.get(column, "") for line in lines]).encode())
    return digest.digest()


def _id(contents: bytes, on: date) -> str:
    said = on.isoformat().encode() + contents
    return str(int.from_bytes(blake2b(said, digest_size=_ID_BYTES).digest()))


def _salt_of(tables: Sequence[TypedTable]) -> bytes:
    """A secret that the lines of the first table give where there is one: the same workbook is
    written twice byte for byte.
    """
    first = next((table for table in tables if table.lines), None)
    lines = printed([first] if first is not None else [], _FIRST_SALT)
    said = _contents({name: in_order(ones) for name, ones in lines.items()})
    return blake2b(said, digest_size=_SALT_BYTES).digest()


def _seen(state: State, on: date) -> State:
    """The state of before, found so on one more day."""
    if on in state.days:
        return state
    return replace(state, days=(*state.days, on)[-_MOST_DAYS:])


def _thinned(states: tuple[State, ...]) -> tuple[State, ...]:
    """As many as are kept: of older days the last state only, then the oldest go."""
    if len(states) > MOST:
        older = states[_NEWEST - 1 :]
        last_ones = tuple(one for later, one in pairwise(older) if later.on != one.on)
        states = (*states[:_NEWEST], *last_ones)
    return states[:MOST]
