"""From the cells of a table to its typed rows, column by column, and what there is to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from cedre_xlsx.method.values import DatedText
from cedre_xlsx.schema.columns import Kind, Row
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.cells import Reader, RowConverter, as_typed, as_word, error_cell
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.raw import Cell, is_blank, is_error

R = TypeVar("R", bound=Row)

#: The date of a row, from which its delays and its days without a year count.
_ROW_DATES = {
    "tSuivi": "dated",
    "tEngagements": "agreed",
    "tMissions": "start",
    "tFreins": "identified",
}


_COUNTED_FROM_ROW = frozenset({Kind.DATE, Kind.DEADLINE})


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to say of one cell: its row by rank in the table, its field."""

    rank: int
    field: str
    odd: Odd


def read_rows(found: Located, reader: Reader) -> tuple[tuple[Any, ...], list[Oddity]]:
    """Every row of the table, in the sheet's order, and what could not be understood."""
    numbers = found.sheet.row_numbers
    drafts: list[dict[str, Any]] = [{"row": numbers[index]} for index in found.rows]
    oddities: list[Oddity] = []
    row_date = _ROW_DATES.get(found.spec.table, "")
    cells = _columns(found)
    fields = sorted(found.columns, key=lambda field: field != row_date)  # the row's date first
    for field in fields:
        column = found.spec.columns[field]
        convert = reader.converter(field, column)
        if column.kind in _COUNTED_FROM_ROW and field != row_date:
            days = [_day(draft.get(row_date)) for draft in drafts]
            values = _from_row(cells[field], days, convert)
        else:
            values = _alone(cells[field], convert)
        _put(drafts, field, values, oddities)
    if found.spec.model is PersonRow:
        _complete_people(drafts, found)
    _mark_unreadable(drafts, oddities)
    return _validated(found.spec, drafts, oddities), oddities


def _alone(cells: Sequence[Cell], convert: RowConverter) -> list[object]:
    """What the cells of a column mean, each distinct one understood once."""
    if bool in set(map(type, cells)):  # True equals 1, and means something else
        return [_understood(cell, None, convert) for cell in cells]
    meant = {cell: _understood(cell, None, convert) for cell in set(cells)}
    return [meant[cell] for cell in cells]


def _from_row(
    cells: Sequence[Cell], days: Sequence[date | None], convert: RowConverter
) -> list[object]:
    """The same, where a text may count from the date of its row."""
    memo: dict[object, object] = {}
    values = []
    for cell, day in zip(cells, days, strict=True):
        key = (cell, day) if isinstance(cell, str) and cell else cell
        if key not in memo or isinstance(cell, bool):
            memo[key] = _understood(cell, day, convert)
        values.append(memo[key])
    return values


def _columns(found: Located) -> dict[str, Sequence[Cell]]:
    """The cells of each field's column, row by row; a row may be shorter."""
    lines = [found.sheet.grid[index] for index in found.rows]
    across = list(zip_longest(*lines))
    nothing: tuple[Cell, ...] = (None,) * len(lines)
    return {
        field: across[column] if column < len(across) else nothing
        for field, column in found.columns.items()
    }


def _put(
    drafts: list[dict[str, Any]], field: str, values: Sequence[object], oddities: list[Oddity]
) -> None:
    """What the cells of a column mean, into the rows; an empty one leaves the field as it is."""
    for rank, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, Odd):
            oddities.append(Oddity(rank, field, value))
            if value.value is None:
                continue
            value = value.value
        drafts[rank][field] = value


def _understood(cell: Cell, day: date | None, convert: RowConverter) -> object:
    if is_blank(cell):
        return None
    return error_cell(cell) if is_error(cell) else convert(cell, day)


def _day(value: object) -> date | None:
    return value.day if isinstance(value, DatedText) else value if isinstance(value, date) else None


def _complete_people(drafts: list[dict[str, Any]], found: Located) -> None:
    """A name typed in `Personne` alone is the name; the team's own columns follow the person."""
    for draft, index in zip(drafts, found.rows, strict=True):
        if not draft.get("last_name") and not draft.get("first_name"):
            typed = as_word(draft.get("typed_person"))
            if typed:
                draft["last_name"] = typed
        extra = {
            heading: as_typed(cell)
            for heading, column in found.extra.items()
            if not is_blank(cell := found.sheet.cell(index, column)) and not is_error(cell)
        }
        if extra:
            draft["extra"] = extra


def _mark_unreadable(drafts: list[dict[str, Any]], oddities: list[Oddity]) -> None:
    marks: dict[int, set[str]] = {}
    for one in oddities:
        if one.odd.unreadable:
            marks.setdefault(one.rank, set()).add(one.field)
    for rank, fields in marks.items():
        drafts[rank]["unreadable"] = frozenset(fields)


@cache
def _adapter(model: type[Row]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


def _validated(
    spec: TableSpec[Any], drafts: list[dict[str, Any]], oddities: list[Oddity]
) -> tuple[Any, ...]:
    """The rows as the schema types them, all in one call; a cell that it refuses is taken out."""
    model: type[Row] = spec.model
    adapter = _adapter(model)
    try:
        return tuple(adapter.validate_python(drafts))
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_context=False):
            rank, field = int(error["loc"][0]), str(error["loc"][1])
            cell = drafts[rank].pop(field, None)
            if field in spec.columns and cell is not None:
                odd = Odd(
                    None, "LEC05", f"{shown(str(cell))} n'est pas compris dans cette colonne.",
                    f"Ce qu'elle attend : {spec.columns[field].help or spec.columns[field].header}",
                )  # fmt: skip
                oddities.append(Oddity(rank, field, odd))
        _mark_unreadable(drafts, oddities)
        return tuple(adapter.validate_python(drafts))


def to_table(found: Located | None, spec: TableSpec[Any], rows: tuple[Any, ...]) -> Table[Any]:
    """The rows with their places; a table that was not found is empty."""
    if found is None:
        return Table.of(spec, found=False)
    columns: Mapping[str, int] = {
        field: found.sheet.column_numbers[index] for field, index in found.columns.items()
    }
    return Table(
        spec, found.sheet.name, found.heading_row_number, columns, rows, state=found.sheet.state
    )
