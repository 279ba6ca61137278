"""A small workbook refreshed once, made once a process: for tests that type in generated sheets."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
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
def clean_workbook(people: int) -> bytes:
    """The workbook of so many people, of which nothing is to be said."""
    return api.workbook_bytes(association(ON, people=people, clean=True).filling)


@cache
def refreshed_workbook() -> bytes:
    """The workbook of these people, refreshed once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "suivi.xlsx")
        path.write_bytes(new_workbook())
        api.refresh(path, on=ON)
        return path.read_bytes()
