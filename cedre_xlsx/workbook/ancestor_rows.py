"""How *Mémoire* holds the states of the last refreshes: few cells with long texts.

Of the newest state, each column is one text, six characters a line, in as many rows as the length
of a cell asks for: `holder` is the table, `part` the column, `number` the rank of the row. What is
to be known of each state is a JSON list, `holder` STATE, `part` its rank, the newest being 0: its
id, its days; of the newest how many lines each table has; of an older one the id of the next newer
one, how its lines differ from the lines of that, and the tables that it has not. `holder` SALT has
the secret of the prints.

No letter is in what stands for prints: a search for names finds none there by chance.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from cedre_xlsx.schema.memory import LINES, MemoryRow
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.ancestors import (
    MOST,
    Line,
    PrintBook,
    State,
    Tables,
    columns_of_lines,
    state_id,
)
from cedre_xlsx.workbook.cell_prints import LENGTH

_TABLES = frozenset(spec.table for spec in DATA_TABLES)
SALT, STATE = "sel", "état"
#: Characters of a cell: programs hold 32,767.
_CHUNK = 5_000 * LENGTH
#: Characters that older states may take together.
_HISTORY = 600_000
#: What is written for the characters of prints, in the order of base 64; then what stands for none.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SIGNS = "0123456789!#$()*+,-./:;=?@[]^_`{|}~¡¢£¤¥¦§¨©«¬®¯°±²³´¶·¸¹»¼½¾¿×÷"
_WRITTEN = str.maketrans(_LETTERS, _SIGNS)
_READ = str.maketrans(_SIGNS, _LETTERS)
_BLANK = "'" * LENGTH
#: What begins each text of prints, so that no program takes it for a number or a formula.
_FIRST = ":"
_ANOTHER = (
    ValueError, TypeError, LookupError, AttributeError, RecursionError, StopIteration,
)  # fmt: skip


def memory_rows(book: PrintBook) -> tuple[MemoryRow, ...]:
    """The rows of *Mémoire* that keep these states: the oldest are left out where they would be
    too long.
    """
    newest = book.states[0]
    year = newest.on.year
    rows = [_row(year, SALT, "", 0, book.salt.hex())]
    counts = {name: len(lines) for name, lines in newest.tables.items()}
    rows += _state_rows(year, 0, _json([*_head(newest), counts]))
    for name, lines in newest.tables.items():
        for column in columns_of_lines(lines):
            text = _joined(lines, column)
            rows += (_row(year, name, column, at, f"{_FIRST}{one}") for at, one in _chunks(text))
    length = 0
    for rank, (newer, older) in enumerate(pairwise(book.states), 1):
        text = book.packed.get((older.id, newer.id)) or _packed(older, newer)
        length += len(text)
        if length > _HISTORY:
            break
        rows += _state_rows(year, rank, text)
    return tuple(rows)


def remembered(rows: Iterable[MemoryRow]) -> PrintBook | None:
    """The states that the rows of *Mémoire* keep; None where they keep none, or were spoilt.

    A state that was spoilt is left out with all older ones.
    """
    texts = _texts(rows)
    try:
        salt = bytes.fromhex(texts[SALT, ""])
        newest = _newest(texts)
    except _ANOTHER:
        return None
    if not salt or newest is None:
        return None
    states, packed = [newest], {}
    while len(states) < MOST and (text := texts.get((STATE, str(len(states))))) is not None:
        try:
            older = _unpacked(text, states[-1])
        except _ANOTHER:
            break
        packed[older.id, states[-1].id] = text
        states.append(older)
    return PrintBook(salt, tuple(states), packed)


def _row(year: int, holder: str, part: str, number: int, line: str) -> MemoryRow:
    return MemoryRow(
        row=0, sort=LINES, year=year, holder=holder, line=line, part=part, number=str(number)
    )


def _state_rows(year: int, rank: int, text: str) -> Iterator[MemoryRow]:
    return (_row(year, STATE, str(rank), at, one) for at, one in _chunks(text))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    for at in range(0, len(text), _CHUNK):
        yield at // _CHUNK, text[at : at + _CHUNK]


def _texts(rows: Iterable[MemoryRow]) -> dict[tuple[str, str], str]:
    """The whole texts, by holder and part, wherever their rows stand."""
    found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.sort == LINES:
            said = row.line if row.holder in (SALT, STATE) else row.line.removeprefix(_FIRST)
            found[row.holder, row.part][row.number] = said
    return {
        key: "".join(parts.get(str(at), "") for at in range(len(parts)))
        for key, parts in found.items()
    }


def _joined(lines: Iterable[Line], column: str) -> str:
    """The prints of a column, a line each."""
    return "".join([line.get(column, _BLANK) for line in lines]).translate(_WRITTEN)


def _cut(text: str) -> list[str]:
    read = text.translate(_READ)
    return [read[at : at + LENGTH] for at in range(0, len(read), LENGTH)]


def _json(told: Sequence[Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _head(state: State) -> list[Any]:
    return [state.id, state.on.isoformat(), [one.isoformat() for one in state.days]]


def _state(told: Sequence[Any], tables: Tables) -> State:
    days = tuple(date.fromisoformat(one) for one in told[2])
    return State(str(told[0]), date.fromisoformat(told[1]), tables, days)


def _newest(texts: Mapping[tuple[str, str], str]) -> State | None:
    """The newest state; None where its lines are not those that it says."""
    told = json.loads(texts[STATE, "0"])
    columns: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for (holder, part), text in texts.items():
        if holder not in (SALT, STATE):
            columns[holder][part] = _cut(text)
    if not _TABLES.issuperset(told[3]):
        return None
    tables = {name: _lines(columns[name], count) for name, count in told[3].items()}
    state = _state(told, tables)
    return state if state.id == state_id(tables, state.on) else None


def _lines(columns: Mapping[str, Sequence[str]], count: int) -> tuple[Line, ...]:
    """The lines of a table from its columns, whose texts hold that many; without any, none."""
    names = tuple(columns)
    if any(len(one) != count for one in columns.values()) or (count and not names):
        raise ValueError(names)
    return tuple(
        {name: one for name, one in zip(names, cells, strict=True) if one != _BLANK}
        for cells in zip(*columns.values(), strict=True)
    )


def _packed(older: State, newer: State) -> str:
    """How the lines of an older state differ from those of a newer one."""
    tables = {
        name: _difference(lines, newer.tables.get(name, ()))
        for name, lines in older.tables.items()
        if lines != newer.tables.get(name)
    }
    said = {name: one for name, one in tables.items() if one}
    lacking = [name for name in newer.tables if name not in older.tables]
    return _json([*_head(older), newer.id, said, lacking])


def _difference(older: Sequence[Line], newer: Sequence[Line]) -> list[Any]:
    """The ranks of the lines that only the newer table has; where the lines stand that only the
    older one has, and their prints by column. [] where the tables are the same.
    """
    names = columns_of_lines((*older, *newer))
    old = [tuple([line.get(name, "") for name in names]) for line in older]
    new = [tuple([line.get(name, "") for name in names]) for line in newer]
    if old == new and old:
        return []
    left, right = Counter(old), Counter(new)
    less, more = _only(new, right - left), _only(old, left - right)
    own = [older[at] for at in more]
    return [less, more, {name: _joined(own, name) for name in columns_of_lines(own)}]


def _only(lines: Sequence[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> list[int]:
    """The ranks of as many lines as are wanted."""
    found = []
    for rank, line in enumerate(lines if wanted else ()):
        if wanted.get(line, 0) > 0:
            wanted[line] -= 1
            found.append(rank)
    return found


def _unpacked(text: str, newer: State) -> State:
    """An older state; raises one of _ANOTHER for a text that another hand spoilt."""
    told = json.loads(text)
    _, _, _, of, changed, lacking = told
    if of != newer.id:
        raise ValueError(of)
    tables = {name: lines for name, lines in newer.tables.items() if name not in lacking}
    for name, (less, more, prints) in changed.items():
        tables[name] = _before(tables.get(name, ()), set(less), more, prints)
    return _state(told, tables)


def _before(
    newer: Sequence[Line], less: Collection[int], more: Sequence[int], prints: Mapping[str, str]
) -> tuple[Line, ...]:
    """The lines of an older table, from those of a newer one and how they differ."""
    stay = iter([line for rank, line in enumerate(newer) if rank not in less])
    columns = {name: _cut(text) for name, text in prints.items()}
    own = dict(zip(more, _lines(columns, len(more)), strict=True))
    count = len(newer) - len(less) + len(own)
    return tuple([own[rank] if rank in own else next(stay) for rank in range(count)])
