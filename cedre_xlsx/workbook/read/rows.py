"""From the cells of a table to its typed rows, column by column, and what there is to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cedre_xlsx.method.plausibility import says_done
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Kind, Row, Search
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.cells import (
    Reader,
    RowConverter,
    as_text,
    as_typed,
    as_word,
    error_cell,
)
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.raw import Cell, is_blank, is_error

#: Rows made at once: what they are made of takes as much room as they do.
_AT_ONCE = 5_000

_COUNTED_FROM_ROW = frozenset({Kind.DATE, Kind.DEADLINE})


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to say of one cell: its row by rank in the table, its field."""

    rank: int
    field: str
    odd: Odd


#: The cells of each field's column, row by row.
Columns = Mapping[str, Sequence[Cell]]


def read_rows(
    found: Located, reader: Reader, cells: Columns | None = None
) -> tuple[tuple[Any, ...], list[Oddity]]:
    """Every row of the table, in the sheet's order, and what could not be understood.

    Cells are understood column by column, then the rows are made, some thousands at a time; they
    are those of the sheet where none are given.
    """
    oddities: list[Oddity] = []
    meant = _meant(found, _columns(found) if cells is None else cells, reader, oddities)
    unreadable: dict[int, set[str]] = {}
    for one in oddities:
        if one.odd.unreadable:
            unreadable.setdefault(one.rank, set()).add(one.field)
    rows: list[Any] = []
    for start in range(0, len(found.rows), _AT_ONCE):
        ranks = range(start, min(start + _AT_ONCE, len(found.rows)))
        drafts = _drafts(found, meant, ranks)
        for rank in unreadable.keys() & set(ranks) if unreadable else ():
            drafts[rank - start]["unreadable"] = frozenset(unreadable[rank])
        rows += _validated(found.spec, drafts, start, oddities)
    return tuple(rows), oddities


def _meant(
    found: Located, cells: Columns, reader: Reader, oddities: list[Oddity]
) -> dict[str, Sequence[object]]:
    """What the cells of each column that holds something mean; None for an empty one."""
    row_date = found.spec.line_date
    meant: dict[str, Sequence[object]] = {}
    days: list[date | None] = []
    for field in sorted(found.columns, key=lambda field: field != row_date):  # that date first
        column = found.spec.columns[field]
        convert = reader.converter(field, column)
        if column.kind is Kind.DEADLINE and found.spec.model is FollowUpRow:
            convert = unless_done(convert)
        if column.kind in _COUNTED_FROM_ROW and field != row_date:
            days = days or list(map(_day, meant.get(row_date) or (None,) * len(found.rows)))
            values = _from_row(cells[field], days, convert)
        else:
            is_long = column.kind is Kind.TEXT and column.search is not Search.LABEL
            values = _alone(cells[field], convert, often_the_same=not is_long)
        if column.kind is Kind.DATED_TEXT:
            _date_among_lines(cells[field], values, reader)
        if any(one is not None for one in values):
            meant[field] = _without_oddities(values, field, oddities)
    return meant


def _date_among_lines(cells: Sequence[Cell], values: list[object], reader: Reader) -> None:
    """Understand the days without a year again, from those of the lines above and below."""
    below: list[date | None] = [None] * (len(values) + 1)
    for rank in range(len(values) - 1, -1, -1):
        below[rank] = _day(_kept(values[rank])) or below[rank + 1]
    above: date | None = None
    for rank, cell in enumerate(cells):
        is_odd = isinstance(values[rank], Odd) and not is_error(cell)
        if isinstance(cell, str) and is_odd and (above or below[rank + 1]):
            near = tuple(day for day in (above, below[rank + 1]) if day is not None)
            values[rank] = reader.dated(cell, near)
        above = _day(_kept(values[rank])) or above


def _kept(value: object) -> object:
    return value.value if isinstance(value, Odd) else value


def unless_done(convert: RowConverter) -> RowConverter:
    """How a deadline is understood, where "fait" or "Fait le 12/10" is none any more: its text is
    kept.
    """

    def converted(cell: Cell, day: date | None) -> object:
        if isinstance(cell, str) and says_done(cell):
            return Deadline(as_text(cell), None, None)
        return convert(cell, day)

    return converted


def _alone(
    cells: Sequence[Cell], convert: RowConverter, *, often_the_same: bool = True
) -> list[object]:
    """What the cells of a column mean; where they are often the same, each is understood once."""
    if not often_the_same or bool in set(map(type, cells)):  # True equals 1, and is not 1
        return [_understood(cell, None, convert) if cell != "" else None for cell in cells]
    # In the order of the column, as they lie in memory: a set would go from one end to the other.
    meant = {cell: _understood(cell, None, convert) for cell in dict.fromkeys(cells)}
    return [meant[cell] for cell in cells]


def _from_row(
    cells: Sequence[Cell], days: Sequence[date | None], convert: RowConverter
) -> list[object]:
    """What the cells of a column mean, where a text may count from the date of its row."""
    if not any(isinstance(cell, str) and cell for cell in dict.fromkeys(cells)):
        return _alone(cells, convert)
    texts = [(rank, cell) for rank, cell in enumerate(cells) if isinstance(cell, str) and cell]
    values = _alone([None if isinstance(cell, str) else cell for cell in cells], convert)
    memo: dict[tuple[str, date | None], object] = {}
    for rank, text in texts:
        key = (text, days[rank])
        if key not in memo:
            memo[key] = _understood(text, days[rank], convert)
        values[rank] = memo[key]
    return values


def _columns(found: Located) -> dict[str, Sequence[Cell]]:
    """The cells of each field's column, row by row; a row may be shorter."""
    grid = found.sheet.grid
    lines = [grid[index] for index in found.rows]
    across = list(zip_longest(*lines))
    nothing: tuple[Cell, ...] = (None,) * len(lines)
    return {
        field: across[column] if column < len(across) else nothing
        for field, column in found.columns.items()
    }


def _without_oddities(values: list[object], field: str, oddities: list[Oddity]) -> Sequence[object]:
    """The values of a column; what there is to say of some of its cells goes to `oddities`."""
    for rank, value in enumerate(values):
        if type(value) is Odd:
            oddities.append(Oddity(rank, field, value))
            values[rank] = value.value
    return values


def _drafts(
    found: Located, meant: Mapping[str, Sequence[object]], ranks: range
) -> list[dict[str, Any]]:
    """Some of the rows, each with the fields whose cell holds something."""
    numbers = found.sheet.row_numbers
    indexes = found.rows[ranks.start : ranks.stop]
    columns = (values[ranks.start : ranks.stop] for values in meant.values())
    fields = ("row", *meant)
    drafts: list[dict[str, Any]] = [
        {field: value for field, value in zip(fields, line, strict=True) if value is not None}
        for line in zip((numbers[index] for index in indexes), *columns, strict=True)
    ]
    if found.spec.model is PersonRow:
        _complete_people(drafts, found, indexes)
    return drafts


def _understood(cell: Cell, day: date | None, convert: RowConverter) -> object:
    if is_blank(cell):
        return None
    return error_cell(cell) if is_error(cell) else convert(cell, day)


def _day(value: object) -> date | None:
    return value.day if isinstance(value, DatedText) else value if isinstance(value, date) else None


def _complete_people(drafts: list[dict[str, Any]], found: Located, indexes: Sequence[int]) -> None:
    """A name typed in `Personne` alone is the name; the team's own columns follow the person."""
    for draft in drafts:
        if not draft.get("last_name") and not draft.get("first_name"):
            typed = as_word(draft.get("typed_person"))
            if typed:
                draft["last_name"] = typed
    for draft, index in zip(drafts, indexes, strict=True) if found.extra else ():
        extra = {
            heading: as_typed(cell)
            for heading, column in found.extra.items()
            if not is_blank(cell := found.sheet.cell(index, column)) and not is_error(cell)
        }
        if extra:
            draft["extra"] = extra


@cache
def _adapter(model: type[Row]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


def _validated(
    spec: TableSpec[Any], drafts: list[dict[str, Any]], start: int, oddities: list[Oddity]
) -> list[Any]:
    """The rows as the schema types them, all in one call; a cell that it refuses is taken out.

    `start` is the rank of the first of them in the table.
    """
    model: type[Row] = spec.model
    adapter = _adapter(model)
    try:
        rows = adapter.validate_python(drafts)
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_context=False):
            index, field = int(error["loc"][0]), str(error["loc"][1])
            draft = drafts[index]
            cell = draft.pop(field, None)
            if field in spec.columns and cell is not None:
                odd = Odd(
                    None, "LEC05", f"{shown(str(cell))} n'est pas compris dans cette colonne.",
                    f"Ce qu'elle attend : {spec.columns[field].help or spec.columns[field].header}",
                )  # fmt: skip
                oddities.append(Oddity(start + index, field, odd))
                draft["unreadable"] = draft.get("unreadable", frozenset()) | {field}
        rows = adapter.validate_python(drafts)
    given = set(model.model_fields)
    for row in rows:  # Pydantic's note of the fields given is as large as the row itself
        object.__setattr__(row, "__pydantic_fields_set__", given)
    return rows


def to_table(
    found: Located | None,
    spec: TableSpec[Any],
    rows: tuple[Any, ...],
    errors: Mapping[str, frozenset[int]] | None = None,
) -> Table[Any]:
    """The rows with their places; a table that was not found is empty."""
    if found is None:
        return Table.of(spec, found=False)
    columns: Mapping[str, int] = {
        field: found.sheet.column_number(index) for field, index in found.columns.items()
    }
    return Table(
        spec,
        found.sheet.name,
        found.heading_row_number,
        columns,
        rows,
        state=found.sheet.state,
        excel=None if found.table is None else found.table.state,
        errors=errors or {},
    )
