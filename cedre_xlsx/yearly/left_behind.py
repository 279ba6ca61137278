"""The old workbook without the lines that stay behind, and without anything that tells of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.generated_sheets import WHO_MARK_PREFIX
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.workbook.edit.kept_lines import Kept, emptied_rows, kept_lines
from cedre_xlsx.workbook.edit.model import CellChange
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.write import change_cells, saved_by_us
from cedre_xlsx.workbook.form_sheets import FORMS, form_sheet
from cedre_xlsx.workbook.package.areas import MAX_COLUMN, MAX_ROW, Area
from cedre_xlsx.workbook.package.forgotten import forget_charts, forget_pivots, forget_texts
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.parts import Package
from cedre_xlsx.workbook.package.stale import drop_stale_values
from cedre_xlsx.workbook.places_read import places_read
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook
from cedre_xlsx.yearly.carried import Carried
from cedre_xlsx.yearly.names import Names


@dataclass(frozen=True, slots=True)
class Left:
    """The bytes without what stays behind; `notes` are French sentences on what to look at."""

    data: bytes
    notes: tuple[str, ...]


def without_left(
    package: Package, workbook: RawWorkbook, records: Records, carried: Carried
) -> Left:
    """The workbook with the carried lines alone.

    In the sheets that `refresh` makes, the rows that speak of people who stay behind are emptied:
    they are to be made anew. Formulas that read the lines lose their values, but where these are
    read. Raises CedreError for lines that cannot be parted.
    """
    host = Host(package)
    gone = _people_left(records, carried)
    left = {
        table.spec.table: {row.row for row in table.rows} - set(carried.rows[table.spec.table])
        for table in data_tables(records)
    }
    kept = kept_lines(host, workbook, left)
    _empty_reports(host, workbook, records, gone)
    _empty_choices(host, workbook, records, carried, gone)
    _drop_values(host, records, kept)
    notes = [*_forget(host, records, kept)]
    host.drop_calculation_chain()
    host.ask_for_calculation()
    host.save()
    return Left(host.package.data(), tuple(notes))


def without_texts(data: bytes) -> bytes:
    """The finished workbook without the shared texts that no cell shows any more."""
    host = Host(Package(data))
    if not forget_texts(host):
        return data
    host.save()
    return host.package.data()


def _people_left(records: Records, carried: Carried) -> frozenset[str]:
    """The names of those whose rows of Personnes stay behind."""
    return frozenset(records.persons) - carried.people


def _empty_reports(
    host: Host, workbook: RawWorkbook, records: Records, gone: Collection[str]
) -> None:
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    names = Names(gone)
    for sheet in workbook.sheets:
        if not sheet.generated_as or sheet.name not in parts:
            continue
        if sheet.generated_as.casefold().startswith(WHO_MARK_PREFIX.casefold()):
            rows = set(sheet.row_numbers)
        else:
            rows = _rows_of(sheet, names) | _rows_told(records, sheet.name, gone)
        emptied_rows(host, parts[sheet.name], sheet.name, rows)


def _rows_of(sheet: RawSheet, names: Names) -> set[int]:
    """The rows of a sheet of which a text names somebody who stays behind."""
    return {
        sheet.row_numbers[index]
        for index, row in enumerate(sheet.grid)
        if any(isinstance(cell, str) and names.are_in(cell) for cell in row)
    }


def _rows_told(records: Records, title: str, gone: Collection[str]) -> set[int]:
    """The rows that reading found to be about somebody who stays behind."""
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


def _empty_choices(
    host: Host,
    workbook: RawWorkbook,
    records: Records,
    carried: Carried,
    gone: Collection[str],
) -> None:
    """Empty the choice of a form that shows somebody, or an engagement, that stays behind."""
    people = {name_key(name) for name in gone}
    engagements = carried.rows[records.engagements.spec.table]
    references = {
        reference_key(row.reference)
        for row in records.engagements.rows
        if row.reference and row.row not in engagements
    }
    changes = []
    for name in FORMS:
        sheet = form_sheet(workbook, name)
        for address, text in () if sheet is None else _texts(sheet):
            if name_key(text) in people or reference_key(text) in references:
                changes.append(CellChange(sheet.name if sheet else "", address, None))
    if changes:
        pen = Pen(host)
        change_cells(host, pen, changes)
        pen.styles.save()


def _texts(sheet: RawSheet) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(sheet.grid):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip():
                letters = column_letter(sheet.column_number(place))
                yield f"{letters}{sheet.row_numbers[index]}", cell


def _drop_values(host: Host, records: Records, kept: Collection[Kept]) -> None:
    if saved_by_us(host):  # other programs compute all that is in such a file
        return
    changed = {one.sheet: [Area(1, 1, MAX_ROW, MAX_COLUMN)] for one in kept}
    drop_stale_values(host, changed, places_read(records))


def _forget(host: Host, records: Records, kept: Collection[Kept]) -> Iterator[str]:
    titles = [one.sheet for one in kept]
    forget_charts(host, titles, [one.table for one in kept])
    stay = _texts_that_stay(records, kept)
    if forget_pivots(host, stay):
        yield (
            "Vos tableaux croisés dynamiques se calculent à l'ouverture dans Excel ; d'ici là, "
            "leurs cellules montrent encore l'année d'avant : ouvrez le nouveau classeur dans "
            "Excel et enregistrez-le avant de le transmettre."
        )


def _texts_that_stay(records: Records, kept: Collection[Kept]) -> frozenset[str]:
    """The texts of the lines that go on, as a pivot table may show them."""
    found: set[str] = set()
    moves: Mapping[str, Kept] = {one.table: one for one in kept}
    for table in data_tables(records):
        known = moves.get(table.spec.table)
        for row in table.rows:
            if known is not None and known.moves.get(row.row) is not None:
                found.update(map(str, row.model_dump().values()))
                found.add(str(getattr(row, "person", "")))
    return frozenset(found)
