"""The bytes of the copy: a new workbook of ours, so that nothing else of the source is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cedre_xlsx.privacy.pseudonyms.copy import Disguised
from cedre_xlsx.privacy.pseudonyms.proof import Line
from cedre_xlsx.privacy.pseudonyms.source import CopiedTable
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import HEADER_ROW
from cedre_xlsx.workbook.edit.model import CellValue, LineChange, NewColumn
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.source import raw_workbook
from cedre_xlsx.workbook.template.filling import Filling

_NAME = Path("copie.xlsx")


def built(made: Disguised, on: date) -> bytes:
    """The copy, its generated sheets still empty."""
    from cedre_xlsx.reports import empty_sheets
    from cedre_xlsx.workbook.template.build import build_workbook

    rows = {name: _rows(lines) for name, lines in made.lines.items()}
    filling = Filling(settings=made.settings, rows=rows, packs=made.packs)
    data = build_workbook(filling, empty_sheets())
    return _with_own_columns(data, made, on) if any(one.own for one in made.tables) else data


def _rows(lines: Sequence[Line]) -> list[Mapping[str, Any]]:
    last = max((line.row for line in lines), default=HEADER_ROW)
    rows: list[Mapping[str, Any]] = [{} for _ in range(HEADER_ROW, last)]
    for line in lines:
        rows[line.row - HEADER_ROW - 1] = line.cells
    return rows


def _with_own_columns(data: bytes, made: Disguised, on: date) -> bytes:
    workbook = raw_workbook(data, _NAME)
    records = read_raw(workbook, on=on, sha256=hashlib.sha256(data).hexdigest()).records
    columns = [NewColumn(one.spec.table, heading) for one in made.tables for heading in one.own]
    changes = [change for table in made.tables for change in _changes(table, made)]
    done = edited(data, records, workbook, {}, changes, columns=columns, path=_NAME)
    if done.left:
        raise CedreError(f"La copie n'est pas faite : {done.left[0].line}.")
    return done.data


def _changes(table: CopiedTable, made: Disguised) -> list[LineChange]:
    return [
        LineChange(table.spec.table, line.row, extra=_writable(line.own))
        for line in made.lines[table.spec.table]
        if line.own
    ]


def _writable(cells: Mapping[str, Any]) -> dict[str, CellValue]:
    return {
        heading: cell if isinstance(cell, (str, int, float, bool, date)) else str(cell)
        for heading, cell in cells.items()
    }
