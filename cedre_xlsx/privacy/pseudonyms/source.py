"""The typed cells of a workbook, line by line, and where each line goes in the copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cedre_xlsx.method.text import name_key, word_key
from cedre_xlsx.schema.columns import Data
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import DATA_TABLES, HEADER_ROW, PEOPLE, TableSpec
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook, is_blank

#: Rows that hold nothing between two lines: with more of them, lines are put one under another.
_MOST_EMPTY = 2000


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """A line: its row in the copy, whose it is, and its cells by field and by own heading."""

    row: int
    whose: str
    cells: Mapping[str, Cell]
    own: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table of a workbook: its lines, where each of its rows goes, the own columns that stay.

    `own` gives what each of these holds; `dropped` are the headings of the others.
    """

    spec: TableSpec[Any]
    sheet: str
    rows: tuple[CopiedRow, ...]
    row_of: Mapping[int, int]
    own: Mapping[str, Data]
    dropped: tuple[str, ...]


def source_tables(workbook: RawWorkbook, records: Records) -> tuple[CopiedTable, ...]:
    """The tables that people fill, those that are not found without a line."""
    return tuple(_table(workbook, records, spec) for spec in DATA_TABLES)


def _table(workbook: RawWorkbook, records: Records, spec: TableSpec[Any]) -> CopiedTable:
    found = locate(workbook, spec)
    if found is None:
        return CopiedTable(spec, spec.sheet, (), {}, {}, ())
    own, dropped = _own_columns(found, records)
    numbers = [found.sheet.row_numbers[index] for index in found.rows]
    row_of = _rows_of(numbers, found.heading_row_number)
    rows = tuple(
        _row(found, index, row_of[number], own, records)
        for index, number in zip(found.rows, numbers, strict=True)
    )
    return CopiedTable(spec, found.sheet.name, rows, row_of, own, dropped)


def _rows_of(numbers: list[int], heading_row: int) -> dict[int, int]:
    """Where each row goes: as far under the headings as it is, unless they are far apart."""
    if numbers and numbers[-1] - heading_row > len(numbers) + _MOST_EMPTY:
        return {number: rank for rank, number in enumerate(numbers, HEADER_ROW + 1)}
    return {number: number - heading_row + HEADER_ROW for number in numbers}


def _own_columns(found: Located, records: Records) -> tuple[dict[str, Data], tuple[str, ...]]:
    """The team's columns that Paramètres declares, and the others."""
    declared = {
        word_key(one.heading): one.holds
        for one in records.settings.own_columns
        if word_key(one.sheet) in (word_key(found.spec.sheet), word_key(found.sheet.name))
    }
    kept = {one: declared[word_key(one)] for one in found.extra if word_key(one) in declared}
    return kept, tuple(one for one in found.extra if one not in kept)


def _row(
    found: Located, index: int, row: int, own: Mapping[str, Data], records: Records
) -> CopiedRow:
    cells = {field: found.sheet.cell(index, column) for field, column in found.columns.items()}
    extra = {one: found.sheet.cell(index, found.extra[one]) for one in own}
    kept = {field: cell for field, cell in cells.items() if not is_blank(cell)}
    return CopiedRow(
        row,
        _whose(found.spec, kept, records),
        _without_computed(found.spec, kept),
        {heading: cell for heading, cell in extra.items() if not is_blank(cell)},
    )


def _without_computed(spec: TableSpec[Any], cells: dict[str, Cell]) -> dict[str, Cell]:
    """The cells that people type: a name in a column that computes itself counts where it is the
    only one.
    """
    alone = spec is PEOPLE and not (cells.get("last_name") or cells.get("first_name"))
    return {
        field: cell for field, cell in cells.items() if alone or not spec.columns[field].calculated
    }


def _whose(spec: TableSpec[Any], cells: Mapping[str, Cell], records: Records) -> str:
    """The key of the person whose line it is; "" for nobody's."""
    if spec is PEOPLE:
        parts = [cells.get(one) for one in ("last_name", "first_name", "precision")]
        typed = " ".join(str(one) for one in parts if one) or str(cells.get("typed_person") or "")
    else:
        typed = str(cells.get("person") or "")
    return name_key(records.name_or_typed(typed))
