"""Whether the check says the same of two workbooks, in memory: the oracle of the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cedre_xlsx.privacy.pseudonyms.source import CopiedTable
from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import DATA_TABLES, HEADER_ROW, SETTINGS_SHEET
from cedre_xlsx.workbook.read.raw import Cell
from cedre_xlsx.workbook.read.typed_rows import TypedRow, records_from_rows

#: The findings that a copy cannot have: they are about the file itself, or about what is typed in
#: sheets that are made anew. Whole families by their letters.
NOT_CARRIED = ("CLA", "LEC01", "LEC02", "LEC11", "LEC12", "LEC13", "LEC14", "LEC15", "DCP06")
_SHEETS = frozenset({*(spec.sheet for spec in DATA_TABLES), SETTINGS_SHEET})


class Said(NamedTuple):
    """What a finding says, in the terms of a new workbook: its code, and where."""

    code: str
    sheet: str
    row: int
    column: str


class Line(NamedTuple):
    """A line of a workbook in memory: where it stands, its cells by field and by own heading."""

    row: int
    cells: Mapping[str, Cell]
    own: Mapping[str, Cell]


def said(tables: Mapping[str, Sequence[Line]], settings: Settings, on: date) -> Counter[Said]:
    """What the check says of these lines with these settings."""
    from cedre_xlsx.workbook.template.settings_sheet import rows_of

    specs = {spec.table: spec for spec in DATA_TABLES}
    rows: dict[str, list[TypedRow]] = {
        name: _typed(specs[name], lines) for name, lines in tables.items()
    }
    for spec, lines in rows_of(settings).items():
        if spec.table in _READ:
            headings = [column.header for column in spec.columns.values()]
            rows[spec.table] = [dict(zip(headings, line, strict=True)) for line in lines]
    reading = records_from_rows(rows, on=on)
    found = run(reading.records, reading.problems, on=on)
    return Counter(_said(one) for one in found if may_be_carried(one))


_READ = frozenset({
    "tTypes", "tAccompagnateurs", "tReglages", "tGravites", "tVentilations", "tMotsSensibles",
    "tEquipe",
})  # fmt: skip


def _typed(spec: Any, lines: Sequence[Line]) -> list[TypedRow]:
    last = max((line.row for line in lines), default=HEADER_ROW)
    made: list[TypedRow] = [{} for _ in range(HEADER_ROW, last)]
    for line in lines:
        cells = {spec.columns[field].header: cell for field, cell in line.cells.items()}
        made[line.row - HEADER_ROW - 1] = {**cells, **line.own}
    return made


def _said(finding: Finding) -> Said:
    place = finding.place
    in_settings = place.sheet == SETTINGS_SHEET
    return Said(finding.code, place.sheet, 0 if in_settings else place.row or 0, place.column)


def may_be_carried(finding: Finding) -> bool:
    """Whether a copy can have this finding."""
    return not finding.code.startswith(NOT_CARRIED) and finding.place.sheet in _SHEETS


def said_of_source(found: Sequence[Finding], tables: Sequence[CopiedTable]) -> Counter[Said]:
    """What the check says of the workbook itself, in the terms of the copy."""
    sheets = {table.sheet: table for table in tables}
    made: Counter[Said] = Counter()
    for one in found:
        table = sheets.get(one.place.sheet)
        if one.code.startswith(NOT_CARRIED):
            continue
        if table is None:
            if one.place.sheet == SETTINGS_SHEET:
                made[_said(one)] += 1
        elif one.place.column not in table.dropped:
            row = table.row_of.get(one.place.row or 0, one.place.row or 0)
            made[Said(one.code, table.spec.sheet, row, one.place.column)] += 1
    return made


def said_of_copy(found: Sequence[Finding]) -> Counter[Said]:
    """What the check says of the copy."""
    return Counter(_said(one) for one in found if may_be_carried(one))
