"""A small workbook refreshed once, made once a process: for tests that type in generated sheets."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.schema.tables import DATA_TABLES, LISTS_SHEET, SETTINGS_SHEET
from cedre_xlsx.workbook.template.filling import Filling

ON, LATER = date(2026, 9, 30), date(2026, 10, 15)


def small_filling() -> Filling:
    """A few people of the association, their lines, and engagements."""
    whole = association(ON).filling
    names = [f"{row['last_name']} {row['first_name']}" for row in whole.rows["tPersonnes"]][-9:]

    def of_theirs(table: str) -> list[Mapping[str, object]]:
        return [row for row in whole.rows[table] if row.get("person") in names]

    rows = {name: of_theirs(name) for name in whole.rows if name != "tPersonnes"}
    rows["tPersonnes"] = list(whole.rows["tPersonnes"][-9:])
    return Filling(settings=whole.settings, rows=rows, packs=whole.packs)


@cache
def new_workbook() -> bytes:
    """The workbook of these people."""
    return api.workbook_bytes(small_filling())


@cache
def lines_alone() -> bytes:
    """The same with the sheets of their lines and Paramètres alone: openpyxl opens and saves it in
    a tenth of the time.
    """
    book = load_workbook(BytesIO(new_workbook()))
    for sheet in book.worksheets:
        if sheet.title not in (*(spec.sheet for spec in DATA_TABLES), SETTINGS_SHEET):
            book.remove(sheet)
    for name in list(book.defined_names):
        if LISTS_SHEET in (book.defined_names[name].attr_text or ""):
            del book.defined_names[name]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def clean_workbook(people: int) -> bytes:
    """The workbook of so many people, of which nothing is to be said."""
    return api.workbook_bytes(association(ON, people=people, clean=True).filling)


@cache
def example_workbook() -> bytes:
    """The example of the association, refreshed once, with the shorter lists of the tests."""
    return _refreshed(api.workbook_bytes(association(ON).filling))


@cache
def refreshed_workbook() -> bytes:
    """The workbook of these people, refreshed once."""
    return _refreshed(new_workbook())


def _refreshed(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "suivi.xlsx")
        path.write_bytes(data)
        api.refresh(path, on=ON)
        return path.read_bytes()
