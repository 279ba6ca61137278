"""What the formula of a cell reads: areas of sheets, through names and tables too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from cedre_xlsx.ooxml.areas import MAX_COLUMN, MAX_ROW, Area, Place, areas

_TABLE = re.compile(r"([^\[\]!'\s]+)\[(.*)\]", re.DOTALL)
_ITEM = re.compile(r"\[((?:[^\[\]']|'.)*)\](\s*:)?", re.DOTALL)
_FIXED = re.compile(r"(?:\$[A-Za-z]{1,3})?(?:\$\d+)?")
_ESCAPE = re.compile(r"'(.)", re.DOTALL)
_THIS_WORKBOOK = "[0]!"
_WHOLE = Area(1, 1, MAX_ROW, MAX_COLUMN)
#: Functions whose cells are told by a text, or counted from others: they are not in the formula.
_BY_TEXT, _BY_STEPS = "INDIRECT(", "OFFSET("
_DEEPEST = 20  # names that stand for names


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table: its sheet and its cells, its headings from left to right, their rows and of sums."""

    sheet: str
    area: Area
    headings: tuple[str, ...]
    heads: int = 1
    totals: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of a workbook stand for; all of them are folded.

    `sheets` are in the order of the tabs; a name is known by its sheet ("" for the workbook's own)
    and itself.
    """

    sheets: Sequence[str]
    tables: Mapping[str, TablePlace] = field(default_factory=dict)
    defined: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """An area that a formula reads, in a sheet."""

    sheet: str
    area: Area


@dataclass(frozen=True, slots=True)
class Parsed:
    """A formula's operands as they are written; whether it reaches further than they say."""

    operands: tuple[str, ...]
    is_joined: bool  # a range between two functions: what lies between them is read
    by_text: bool
    by_steps: bool


@lru_cache(maxsize=4096)  # the formula of a table's column is the same in all its rows
def parsed(formula: str) -> Parsed | None:
    """A formula, without its sign; None when it cannot be told."""
    try:
        tokens = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError):
        return None
    operands = [
        str(token.value).strip()
        for token in tokens
        if token.type == Token.OPERAND and token.subtype == Token.RANGE
    ]
    opened = [str(token.value) for token in tokens if token.type == Token.FUNC]
    # The tokenizer leaves the sign of a range with what follows it.
    starts = [name.rpartition(":")[0] for name in opened if ":" in name]
    ends = [operand for operand in operands if operand.startswith(":")]
    return Parsed(
        (*(operand.lstrip(":") for operand in operands), *filter(None, starts)),
        bool(starts or ends),
        any(name.upper().endswith(_BY_TEXT) for name in opened),
        any(name.upper().endswith(_BY_STEPS) for name in opened),
    )


def reads(formula: str, sheet: str, cell: Place, names: Names) -> tuple[Read, ...] | None:
    """The areas that the formula of a cell reads; None when it may read anything.

    What stands in other workbooks, and names that stand for nothing, are left out.
    """
    known = parsed(formula)
    if known is None or known.by_text:
        return None
    found: list[Read] = []
    for operand in known.operands:
        inner = _operand(operand, sheet, cell, names, _DEEPEST)
        if inner is None:
            return None
        found += inner
    if known.by_steps:
        return tuple(replace(one, area=_WHOLE) for one in found)
    return tuple(_joined(found)) if known.is_joined else tuple(found)


def _operand(text: str, sheet: str, cell: Place, names: Names, left: int) -> Sequence[Read] | None:
    text = text.removeprefix(_THIS_WORKBOOK)
    if table := _TABLE.fullmatch(text):
        place = names.tables.get(table[1].casefold())
        return (
            ()
            if place is None
            else [Read(place.sheet, a) for a in _in_table(table[2], place, cell)]
        )
    where, mark, what = text.rpartition("!")
    sheets = _sheets(where, names) if mark else [sheet]
    found = areas(what)
    if found:
        return [Read(one, area) for one in sheets for area in found]
    place = names.tables.get(what.casefold())
    if place is not None and not mark:
        return [Read(place.sheet, area) for area in _in_table("", place, cell)]
    return _name(what, sheets[0] if sheets else sheet, names, left)


def _name(name: str, sheet: str, names: Names, left: int) -> Sequence[Read] | None:
    """What a defined name stands for; addresses in it that move with the cell may be anywhere."""
    folded = name.casefold()
    text = names.defined.get((sheet, folded), names.defined.get(("", folded)))
    known = None if text is None else parsed(text)
    if text is None:
        return ()
    if known is None or known.by_text or not left:
        return None
    found: list[Read] = []
    for operand in known.operands:
        inner = _operand(operand, sheet, (1, 1), names, left - 1)
        if inner is None:
            return None
        is_fixed = not known.by_steps and _is_fixed(operand)
        found += inner if is_fixed else [replace(one, area=_WHOLE) for one in inner]
    return tuple(_joined(found)) if known.is_joined else found


def _is_fixed(operand: str) -> bool:
    """Whether no part of an address follows the cell that reads it."""
    corners = operand.rpartition("!")[2].split(":")
    if "[" in operand or not areas(":".join(corners)):
        return True
    return all(_FIXED.fullmatch(corner) for corner in corners)


def _sheets(text: str, names: Names) -> list[str]:
    """The sheets before the mark of an address: one, or all from one tab to another."""
    title = text.strip("'").replace("''", "'").casefold()
    if title in names.sheets:
        return [title]
    first, mark, last = title.partition(":")
    if mark and first in names.sheets and last in names.sheets:
        start, end = sorted((names.sheets.index(first), names.sheets.index(last)))
        return list(names.sheets[start : end + 1])
    return []


def _in_table(text: str, table: TablePlace, cell: Place) -> Iterator[Area]:
    """The areas of what stands between the brackets of a table's name."""
    items = _ITEM.findall(text) or ([(text, "")] if text else [])
    parts = [_ESCAPE.sub(r"\1", item).strip() for item, _ in items]
    special = {part.casefold() for part in parts if part.startswith("#")}
    named = [part.casefold() for part in parts if not part.startswith(("#", "@"))]
    special |= {"#this row" for part in parts if part.startswith("@")}
    columns = [number for name in named if (number := _column(name, table)) is not None]
    if named and not columns:
        return
    first, last = (min(columns), max(columns)) if columns else (0, len(table.headings) - 1)
    is_run = any(mark for _, mark in items) or not columns
    for rank in [None] if is_run else columns:
        left, right = (first, last) if rank is None else (rank, rank)
        for top, bottom in _rows(special, table, cell):
            yield Area(top, table.area.first_column + left, bottom, table.area.first_column + right)


def _column(name: str, table: TablePlace) -> int | None:
    return table.headings.index(name) if name in table.headings else None


def _rows(special: Iterable[str], table: TablePlace, cell: Place) -> list[tuple[int, int]]:
    """The rows of a table that are meant: its body unless told otherwise."""
    top, bottom = table.area.first_row, table.area.last_row
    body = (top + table.heads, bottom - table.totals)
    wanted = {
        "#all": (top, bottom),
        "#data": body,
        "#headers": (top, top + table.heads - 1),
        "#totals": (bottom - table.totals + 1, bottom),
        "#this row": (cell[0], cell[0]),
    }
    found = [wanted[one] for one in special if one in wanted]
    return found or [body]


def _joined(found: Sequence[Read]) -> Iterator[Read]:
    """For each sheet, the smallest area that holds all those of it."""
    for sheet in {one.sheet for one in found}:
        inner = [one.area for one in found if one.sheet == sheet]
        yield Read(
            sheet,
            Area(
                min(one.first_row for one in inner),
                min(one.first_column for one in inner),
                max(one.last_row for one in inner),
                max(one.last_column for one in inner),
            ),
        )
