"""The sheets that `refresh` makes, and the forms, without what they show of people who go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.text import name_key
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.reports.names import Names
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.generated_sheets import WHO_MARK_PREFIX
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.workbook.edit.kept_lines import emptied_rows
from cedre_xlsx.workbook.edit.model import CellChange
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.write import change_cells
from cedre_xlsx.workbook.form_sheets import FORMS, form_sheet
from cedre_xlsx.workbook.package.forgotten import forget_charts, forget_pivots, forget_texts
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook


def empty_reports(
    host: Host,
    workbook: RawWorkbook,
    records: Records,
    gone: Collection[str],
    more: Mapping[str, Collection[int]] | None = None,
    cells: Iterable[tuple[str, str]] = (),
) -> None:
    """Empty the rows that speak of these people: the sheets are to be made anew. Also `more` rows
    by the titles of their sheets, and some `cells`.

    `workbook` and `records` are what was read of them, by the names that they show.
    """
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    names = Names(gone)
    for sheet in workbook.sheets:
        if not sheet.generated_as or sheet.name not in parts:
            continue
        if sheet.generated_as.casefold().startswith(WHO_MARK_PREFIX.casefold()):
            rows = set(sheet.row_numbers)
        else:
            rows = _rows_of(sheet, names) | _rows_told(records, sheet.name, gone)
        rows |= set((more or {}).get(sheet.name, ()))
        emptied_rows(host, parts[sheet.name], sheet.name, rows)
    _empty_cells(host, cells)


def _empty_cells(host: Host, cells: Iterable[tuple[str, str]]) -> None:
    changes = [CellChange(title, cell, None) for title, cell in cells if cell]
    if changes:
        pen = Pen(host)
        change_cells(host, pen, changes)
        pen.styles.save()


def _rows_of(sheet: RawSheet, names: Names) -> set[int]:
    """The rows of a sheet of which a text names somebody who goes."""
    return {
        sheet.row_numbers[index]
        for index, row in enumerate(sheet.grid)
        if any(isinstance(cell, str) and names.are_in(cell) for cell in row)
    }


def _rows_told(records: Records, title: str, gone: Collection[str]) -> set[int]:
    """The rows that reading found to be about somebody who goes."""
    keys = {name_key(name) for name in gone}
    told: list[tuple[str, int, str]] = []
    told += ((note.sheet, note.row, note.person) for note in records.kept)
    told += ((one.sheet, one.row, one.person) for one in records.decisions)
    tables: tuple[Table[Any], ...] = (records.synthesis, records.control, records.old_notes)
    for table in tables:
        told += ((table.sheet, row.row, row.person) for row in table.rows)
    return {
        row for sheet, row, person in told if sheet == title and person and name_key(person) in keys
    }


def empty_choices(
    host: Host, workbook: RawWorkbook, people: Collection[str], references: Collection[str]
) -> None:
    """Empty the choice of a form that shows one of these people, or of these engagements."""
    names = {name_key(name) for name in people}
    codes = {reference_key(one) for one in references if one}
    cells = []
    for form in FORMS:
        sheet = form_sheet(workbook, form)
        for address, text in () if sheet is None else _texts(sheet):
            if name_key(text) in names or reference_key(text) in codes:
                cells.append((sheet.name if sheet else "", address))
    _empty_cells(host, cells)


def _texts(sheet: RawSheet) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(sheet.grid):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip():
                letters = column_letter(sheet.column_number(place))
                yield f"{letters}{sheet.row_numbers[index]}", cell


def forget_caches(
    host: Host, titles: Collection[str], tables: Collection[str], staying: Iterable[Row]
) -> int:
    """Take out what charts and pivot tables remember of these sheets, but the texts of the lines
    that stay; how many pivot tables' caches there are.
    """
    forget_charts(host, titles, tables)
    texts: set[str] = set()
    for row in staying:
        texts.update(map(str, row.model_dump().values()))
        texts.add(str(getattr(row, "person", "")))
    return forget_pivots(host, texts)


def without_texts(data: bytes) -> bytes:
    """The finished workbook without the shared texts that no cell shows any more."""
    host = Host(Package(data))
    if not forget_texts(host):
        return data
    host.save()
    return host.package.data()
