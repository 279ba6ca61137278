"""What is said of formulas whose value the file has lost: their cells are read as empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Place, Problem
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import (
    ADVISOR_TABLE,
    BREAKDOWN_TABLE,
    SETTING_TABLE,
    SEVERITY_TABLE,
    TYPE_TABLE,
    WORD_TABLE,
)
from cedre_xlsx.workbook.read.block import block_places
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook

_SETTINGS = (
    SETTING_TABLE, TYPE_TABLE, ADVISOR_TABLE, BREAKDOWN_TABLE, WORD_TABLE, SEVERITY_TABLE,
)  # fmt: skip


def lacking_in_table(found: Located) -> Iterator[Problem]:
    """The columns of a table where formulas have no value, except those that we compute.

    The team's own columns count where they are read: with the people.
    """
    if not found.sheet.lacking:
        return
    spec, end = found.spec, found.under.end_number
    columns = {
        column.header: found.columns[field]
        for field, column in spec.columns.items()
        if field in found.columns and not column.calculated
    }
    if spec.model is PersonRow:
        columns |= found.extra
    for heading, index in columns.items():
        number = found.sheet.column_number(index)
        rows = [
            row
            for row in found.sheet.lacking.get(number, ())
            if row > found.heading_row_number and (end is None or row < end)
        ]
        if rows:
            yield _problem(found.sheet, heading, number, rows, line_key(spec.table, heading))


def lacking_in_settings(workbook: RawWorkbook) -> Iterator[Problem]:
    """The columns of `Paramètres` where formulas have no value."""
    for spec in _SETTINGS:
        sheet, heading_row, columns = next(block_places(workbook, spec), (None, 0, {}))
        if sheet is None or not sheet.lacking:
            continue
        for field, index in columns.items():
            number, heading = sheet.column_number(index), spec.columns[field].header
            lacking = sheet.lacking.get(number, ())
            rows = [row for row in lacking if row > sheet.row_numbers[heading_row]]
            if rows:
                yield _problem(sheet, heading, number, rows, line_key(spec.table, heading))


def _problem(sheet: RawSheet, heading: str, column: int, rows: Sequence[int], key: str) -> Problem:
    cell = f"{column_letter(column)}{rows[0]}"
    many = len(rows) > 1
    what = (
        f"{counted(len(rows), 'formule')} sans valeur, la première en {cell}"
        if many
        else (f"la formule de {cell} est sans valeur")
    )
    return Problem(
        "LEC15",
        Place(sheet.name, rows[0], heading, cell),
        f"Colonne « {heading} » : {what}. Ce qui manque est lu comme vide.",
        "Ouvrez le classeur dans Excel ou LibreOffice, qui calcule, puis enregistrez-le.",
        key=key,
    )
