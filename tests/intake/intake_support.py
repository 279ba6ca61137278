"""Foreign tables typed in a test, and the workbooks that they are poured into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cedre_xlsx.api.importing import Import
from cedre_xlsx.api.importing import planned as plan
from cedre_xlsx.api.making import workbook_bytes
from cedre_xlsx.api.mapping_tables import mapped_tables
from cedre_xlsx.api.opening import OpenBook, book_of
from cedre_xlsx.intake.map_file import MapFile
from cedre_xlsx.intake.model import SourceRow, SourceTable
from cedre_xlsx.intake.targets import SPECS
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import Filling

ON = date(2026, 11, 29)
BOOK = Path("suivi.xlsx")


def table(
    headings: Sequence[str],
    *rows: Sequence[Any],
    file: str = "liste.xlsx",
    sheet: str = "Feuil1",
    titles: Sequence[str] = (),
    under: Sequence[str] = (),
) -> SourceTable:
    """A table whose headings stand in row 1; `under` has a block title for each line."""
    return SourceTable(
        Path(file),
        sheet,
        tuple(headings),
        tuple(range(1, len(headings) + 1)),
        1,
        tuple(
            SourceRow(number, tuple(row), under[number - 2] if under else "")
            for number, row in enumerate(rows, 2)
        ),
        tuple(titles),
    )


@cache
def empty_book(structure: str = "") -> bytes:
    """A new workbook, of a structure of that name."""
    return workbook_bytes(Filling(settings=Settings(structure=structure)))


@cache
def filled_book(rows: tuple[tuple[str, tuple[tuple[tuple[str, Any], ...], ...]], ...]) -> bytes:
    """A new workbook with these lines, by table."""
    lines = {name: tuple(dict(one) for one in some) for name, some in rows}
    filling = Filling(rows=lines, packs=frozenset({"pass"}))
    return workbook_bytes(filling)


def book_with(**tables: Sequence[Mapping[str, Any]]) -> bytes:
    """A new workbook with lines by field: `book_with(tPersonnes=[{"last_name": "Durand"}])`."""
    return filled_book(
        tuple((name, tuple(tuple(one.items()) for one in rows)) for name, rows in tables.items())
    )


def planned(
    *sources: SourceTable, book: bytes | None = None, told: MapFile | None = None
) -> Import:
    """What pouring the tables into a workbook would do: a new one, where none is given."""
    opened = _opened(empty_book() if book is None else book)
    return plan(BOOK, opened, mapped_tables(sources, opened, told, ON), told, ON)


@cache
def _opened(data: bytes) -> OpenBook:
    return book_of(data, BOOK, ON)


def targets(found: Import, rank: int = 0) -> list[str]:
    """Where the columns of a table go, in words."""
    return [one.words for one in found.tables[rank].map.targets]


def rows(found: Import, name: str) -> list[dict[str, Any]]:
    """The lines that would be added to a table, by heading."""
    columns = SPECS[name].columns
    return [
        {columns[field].header: value for field, value in one.row.values.items()} | one.row.extra
        for one in found.plan.rows
        if one.table == name
    ]
