"""Where the values of a workbook's cells are read: a formula there must not lose its own."""

from __future__ import annotations

from typing import Any

from cedre_xlsx.ooxml.areas import MAX_COLUMN, MAX_ROW, Area
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import SETTINGS_SHEET


def places_read(records: Records) -> dict[str, list[Area]]:
    """The areas that are read, by the title of their sheet.

    The team's own columns are read with the people, and everything of Paramètres.
    """
    settings = {SETTINGS_SHEET, *(table.sheet for table in records.choices)}
    found = {title: [Area(1, 1, MAX_ROW, MAX_COLUMN)] for title in settings}
    tables: tuple[Table[Any], ...] = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    for table in tables:
        top, inner = table.header_row, found.setdefault(table.sheet, [])
        if table is records.people:
            inner.append(Area(top, 1, MAX_ROW, MAX_COLUMN))
        inner += (Area(top, column, MAX_ROW, column) for column in table.columns.values())
    return found
