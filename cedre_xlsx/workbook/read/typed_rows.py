"""Rows given by their headings, as if they were typed in a new workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.tables import HEADER_ROW, TableSpec
from cedre_xlsx.workbook.read.assemble import Reading, read_raw
from cedre_xlsx.workbook.read.headings import match_headings
from cedre_xlsx.workbook.read.raw import Cell, Grid, Laid, RawSheet, RawTable, RawWorkbook

TypedRow = Mapping[str, Cell]  # heading → cell

_SPECS: tuple[TableSpec[Any], ...] = (
    *t.DATA_TABLES,
    t.TYPE_TABLE, t.ADVISOR_TABLE, t.SETTING_TABLE, t.SEVERITY_TABLE, t.BREAKDOWN_TABLE,
    t.WORD_TABLE, t.MAPPING_TABLE, t.STAFF_TABLE, t.OWN_COLUMN_TABLE,
    t.SYNTHESIS, t.CONTROL,
)  # fmt: skip


def records_from_rows(rows: Mapping[str, Sequence[TypedRow]], *, on: date) -> Reading:
    """Read rows as the file reader does, from the cells on.

    `rows` gives, by the name of a table (tSuivi…), its lines by heading; they stand from row 5
    on, below the headings of a new workbook, with the team's own headings at the right. A data
    table that is not given is empty. KeyError for a table that does not exist.
    """
    specs = {spec.table: spec for spec in _SPECS}
    unknown = rows.keys() - specs.keys()
    if unknown:
        raise KeyError(f"no such table: {', '.join(sorted(unknown))}")
    data = {spec.table for spec in t.DATA_TABLES}
    sheets = [
        _sheet(spec, rows.get(name, ()))
        for name, spec in specs.items()
        if name in rows or name in data
    ]
    return read_raw(RawWorkbook(tuple(sheets)), on=on)


def _sheet(spec: TableSpec[Any], rows: Sequence[TypedRow]) -> RawSheet:
    given = list(dict.fromkeys(name for row in rows for name in row))
    printed = {field: column.header for field, column in spec.columns.items()}
    for field, index in match_headings(spec.model, given).items():
        printed[field] = given[index]  # as given: "DO" for Donneur d'ordre
    headings = list(dict.fromkeys((*printed.values(), *given)))
    blank: Grid = [[] for _ in range(HEADER_ROW - 1)]
    body: Grid = [[row.get(heading) for heading in headings] for row in rows]
    table = RawTable(
        spec.table, HEADER_ROW, 1, HEADER_ROW + max(len(rows), 1), len(headings), tuple(headings)
    )
    laid = Laid.of([*blank, list(headings), *body])
    return RawSheet(spec.sheet, lambda: laid, (table,))
