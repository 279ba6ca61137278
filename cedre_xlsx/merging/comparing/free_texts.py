"""What differs beside and under the tables that people fill, and in the comments of cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cedre_xlsx.merging.comparing.aside import Entry, entry_changes
from cedre_xlsx.merging.comparing.cells import address, shown
from cedre_xlsx.merging.comparing.changes import SheetChanges
from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.merging.sheets import free_cells
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.tables import DATA_TABLES, TableSpec
from cedre_xlsx.workbook.read.locate import locate

_TEXT, _REMARK = "Texte", "Commentaire"


def free_changes(before: Copy, after: Copy) -> Iterator[SheetChanges]:
    """The sheets of our tables where another text stands beside or under, whatever its row."""
    for spec in DATA_TABLES:
        one, other = before.tables.get(spec.table), after.tables.get(spec.table)
        if one is not None and other is not None:
            lines = tuple(entry_changes("texts", [*_free(before, spec)], [*_free(after, spec)]))
            if lines:
                yield SheetChanges(f"{other.sheet} · à côté et sous le tableau", lines)


def remark_changes(before: Copy, after: Copy) -> Iterator[SheetChanges]:
    """The sheets of both copies whose cells have other comments, whatever their rows."""
    if before.remarks is None or after.remarks is None:
        return
    theirs = {fold(sheet): sheet for sheet in after.remarks}
    for sheet in before.remarks:
        other = theirs.get(fold(sheet))
        if other is not None:
            lines = tuple(
                entry_changes("texts", [*_remarks(before, sheet)], [*_remarks(after, other)])
            )
            if lines:
                yield SheetChanges(f"{other} · commentaires de cellules", lines)


def _free(copy: Copy, spec: TableSpec[Any]) -> Iterator[Entry]:
    found = locate(copy.raw, spec)
    if found is None:
        return
    computed = copy.computed_in(found.sheet.name)
    heading = found.sheet.row_numbers[found.heading_row]
    for row, cells in free_cells(copy.raw, found.sheet).items():
        for column, cell in cells.items():
            if row >= heading and (row, column) not in computed and (text := shown(cell)):
                where = {_TEXT: address(column, row)}
                yield Entry(found.sheet.name, "à côté du tableau", row, {_TEXT: text}, where, {})


def _remarks(copy: Copy, sheet: str) -> Iterator[Entry]:
    for (row, column), text in sorted((copy.remarks or {})[sheet].items()):
        where = {_REMARK: address(column, row)}
        yield Entry(sheet, "commentaire", row, {_REMARK: text}, where, {})
