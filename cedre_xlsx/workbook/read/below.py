"""Excel tables under our headings: one of the team's own ends ours, one laid on its lines does not.

Alternating colours of Google Sheets, or a table inserted over lines without their headings, make a
table of what are our lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.headings import known_headings
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawTable, is_blank

#: What programs call the columns of a table that has no headings.
_GENERIC = re.compile(r"^(?:colonne|column|col|champ|field|spalte|columna|coluna|colonna) ?[0-9]*$")
_DATE = re.compile(r"(?<![0-9])[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,4}(?![0-9])")
_DATED = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})


@dataclass(frozen=True, slots=True)
class Below:
    """What stands under our headings: the row where a table of the team's own begins.

    `end` is its place in the grid, `end_number` its number (None without such a table). `laid_over`
    are the tables that have our lines as theirs; `generic` the rows of such tables that only number
    their columns.
    """

    end: int
    end_number: int | None = None
    laid_over: tuple[RawTable, ...] = ()
    generic: frozenset[int] = frozenset()


def below(
    sheet: RawSheet,
    spec: TableSpec[Any],
    heading_row: int,
    columns: Mapping[str, int],
    own: RawTable | None,
) -> Below:
    """The tables under the headings of a table of ours, whose fields have these columns.

    One with the same headings is what follows of ours.
    """
    laid_over: list[tuple[int, RawTable]] = []
    foreign: list[tuple[int, int]] = []
    for start, table in _under(sheet, spec, heading_row, set(columns.values()), own):
        if start <= heading_row + 1 or _has_our_lines(sheet, spec, columns, start, table):
            laid_over.append((start, table))
        else:
            foreign.append((start, table.first_row))
    end, end_number = min(foreign, default=(len(sheet.grid), None))
    above = [(start, table) for start, table in laid_over if start < end]
    generic = (
        start
        for start, table in above
        if table.has_heading_row and _only_numbers_columns(sheet, columns, start)
    )
    return Below(end, end_number, tuple(table for _, table in above), frozenset(generic))


def span(sheet: RawSheet, table: RawTable) -> range:
    """The columns of an Excel table in the grid."""
    return range(sheet.column_index(table.first_column), sheet.column_index(table.last_column + 1))


def _under(
    sheet: RawSheet,
    spec: TableSpec[Any],
    heading_row: int,
    columns: set[int],
    own: RawTable | None,
) -> Iterator[tuple[int, RawTable]]:
    """The tables with lines under some columns, without most of our headings, and their starts."""
    for table in sheet.tables:
        start, last = sheet.row_index(table.first_row), sheet.row_index(table.last_row)
        if table is not own and last > heading_row and columns.intersection(span(sheet, table)):
            known = known_headings(spec.model, table.headings)
            if known * 2 <= len(table.headings):
                yield start, table


def _has_our_lines(
    sheet: RawSheet,
    spec: TableSpec[Any],
    columns: Mapping[str, int],
    start: int,
    table: RawTable,
) -> bool:
    """Whether its columns are only numbered, or its headings are one of our lines."""
    if sum(map(_is_generic, table.headings)) * 2 >= len(table.headings):
        return True
    within = span(sheet, table)
    return table.has_heading_row and any(
        _is_value(spec.columns[field], sheet.cell(start, index))
        for field, index in columns.items()
        if index in within
    )


def _is_value(column: Column, cell: Cell) -> bool:
    """Whether a cell holds what a line has in that column, and no heading does."""
    if is_blank(cell):
        return False
    if column.kind in _DATED:
        return not isinstance(cell, str) or _DATE.search(cell) is not None
    if column.choices is None or not isinstance(cell, str):
        return False
    return word_key(cell) in {word_key(value) for value in column.choices.values}


def _only_numbers_columns(sheet: RawSheet, columns: Mapping[str, int], row: int) -> bool:
    """Whether a row has nothing else in our columns than "Colonne1", "Colonne2"…"""
    filled = [cell for index in columns.values() if not is_blank(cell := sheet.cell(row, index))]
    return bool(filled) and _all_generic(filled)


def _all_generic(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) and _is_generic(cell) for cell in cells)


def _is_generic(heading: str) -> bool:
    return _GENERIC.match(word_key(heading)) is not None
