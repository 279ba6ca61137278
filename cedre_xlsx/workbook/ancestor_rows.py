"""How *Mémoire* holds the states of the last refreshes: few cells with long texts.

Of the newest state, each column is one text, six characters a line, in as many rows as the length
of a cell asks for: `holder` is the table, `part` the column, `number` the rank of the row. What is
to be known of each state is a JSON object, `holder` STATE, `part` its rank, the newest being 0; of
an older one it says how its lines differ from those of the next newer one. `holder` SALT has the
secret of the prints.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from cedre_xlsx.schema.memory import LINES, MemoryRow
from cedre_xlsx.workbook.ancestors import Line, PrintBook, State, Tables, columns_of, state_id
from cedre_xlsx.workbook.cell_prints import LENGTH

SALT, STATE = "sel", "état"
#: Characters of a cell: programs hold 32,767.
_CHUNK = 5_000 * LENGTH
#: Characters that older states may take together.
_HISTORY = 600_000
_BLANK = "." * LENGTH
#: What begins each text of prints, so that no program takes it for a number or a formula.
_FIRST = ":"
_ANOTHER = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def memory_rows(book: PrintBook) -> tuple[MemoryRow, ...]:
    """The rows of *Mémoire* that keep these states: the oldest are left out where they would be
    too long.
    """
    newest = book.states[0]
    year = newest.on.year
    rows = [_row(year, SALT, "", 0, book.salt.hex())]
    counts = {name: len(lines) for name, lines in newest.tables.items()}
    rows += _state_rows(year, 0, _json({**_head(newest), "lines": counts}))
    for name, lines in newest.tables.items():
        for column in columns_of(lines):
            text = "".join([line.get(column, _BLANK) for line in lines])
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
    while (text := texts.get((STATE, str(len(states))))) is not None:
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
            found[row.holder, row.part][row.number] = row.line.removeprefix(_FIRST)
    return {
        key: "".join(parts.get(str(at), "") for at in range(len(parts)))
        for key, parts in found.items()
    }


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _head(state: State) -> dict[str, Any]:
    return {
        "id": state.id,
        "on": state.on.isoformat(),
        "days": [one.isoformat() for one in state.days],
    }


def _state(told: Mapping[str, Any], tables: Tables) -> State:
    days = tuple(date.fromisoformat(one) for one in told["days"])
    return State(str(told["id"]), date.fromisoformat(told["on"]), tables, days)


def _newest(texts: Mapping[tuple[str, str], str]) -> State | None:
    """The newest state; None where its lines are not those that it says."""
    told = json.loads(texts[STATE, "0"])
    columns: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for (holder, part), text in texts.items():
        if holder not in (SALT, STATE):
            columns[holder][part] = _cut(text)
    tables = {name: _lines(columns[name], count) for name, count in told["lines"].items()}
    state = _state(told, tables)
    return state if state.id == state_id(tables, state.on) else None


def _cut(text: str) -> list[str]:
    return [text[at : at + LENGTH] for at in range(0, len(text), LENGTH)]


def _lines(columns: Mapping[str, Sequence[str]], count: int) -> tuple[Line, ...]:
    """The lines of a table from its columns."""
    names = tuple(columns)
    if any(len(one) != count for one in columns.values()):
        raise ValueError(names)
    if not names:
        return ({},) * count
    return tuple(
        {name: one for name, one in zip(names, cells, strict=True) if one != _BLANK}
        for cells in zip(*columns.values(), strict=True)
    )


def _packed(older: State, newer: State) -> str:
    """How the lines of an older state differ from those of a newer one."""
    tables = {
        name: _difference(lines, newer.tables.get(name, ()))
        for name, lines in older.tables.items()
        if lines is not newer.tables.get(name)
    }
    said = {name: one for name, one in tables.items() if one}
    gone = [name for name in newer.tables if name not in older.tables]
    told = {**_head(older), "of": newer.id, "tables": said, "without": gone}
    return _json(told)


def _difference(older: Sequence[Line], newer: Sequence[Line]) -> dict[str, Any]:
    """The ranks of the lines that only the newer table has; where the lines stand that only the
    older one has, and their prints by column.
    """
    names = columns_of((*older, *newer))
    old = [tuple([line.get(name, "") for name in names]) for line in older]
    new = [tuple([line.get(name, "") for name in names]) for line in newer]
    if old == new:
        return {}
    left, right = Counter(old), Counter(new)
    less, more = _only(new, right - left), _only(old, left - right)
    own = columns_of([older[at] for at in more])
    prints = {name: "".join([older[at].get(name, _BLANK) for at in more]) for name in own}
    return {"less": less, "more": more, "prints": prints}


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
    if told["of"] != newer.id:
        raise ValueError(told["of"])
    tables: dict[str, tuple[Line, ...]] = {
        name: lines for name, lines in newer.tables.items() if name not in told["without"]
    }
    for name, one in told["tables"].items():
        tables[name] = _before(tables.get(name, ()), one)
    return _state(told, tables)


def _before(newer: Sequence[Line], told: Mapping[str, Any]) -> tuple[Line, ...]:
    less = set(told["less"])
    stay = [line for rank, line in enumerate(newer) if rank not in less]
    prints = {str(name): _cut(text) for name, text in told["prints"].items()}
    more = dict(zip(told["more"], _lines(prints, len(told["more"])), strict=True))
    rest = iter(stay)
    found = [more[at] if at in more else next(rest) for at in range(len(stay) + len(more))]
    return tuple(found)
