"""The columns that what is told of the needs rests on, where a workbook has them no more."""

from __future__ import annotations

from typing import Any

from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.records import Records, Table

_FREINS = ("person", "barrier", "identified", "accompaniment", "lifted")
#: Without these, nothing is known of what is noted of a need.
_TOLD_BY_FREINS = ("person", "barrier", "lifted")
_TOLD_BY_LINES = ("person", "dated", "action", "objective", "status")


def lacking(table: Table[Any], *fields: str) -> str:
    """What is said of columns that were not found, or of their sheet; "" where they are there."""
    if not table.found:
        return f"la feuille « {table.spec.sheet} » n'a pas été trouvée"
    missing = [
        f"« {table.spec.columns[one].header} »" for one in fields if one not in table.columns
    ]
    if not missing:
        return ""
    if len(missing) == 1:
        return f"la colonne {missing[0]} n'a pas été trouvée dans {table.sheet}"
    return f"les colonnes {listed(missing)} n'ont pas été trouvées dans {table.sheet}"


def lacking_freins(records: Records) -> str:
    """What Freins lacks for anything to be told of a need; "" for nothing."""
    return lacking(records.barriers, *_TOLD_BY_FREINS)


def lacking_lines(records: Records) -> str:
    """What Suivi lacks for an action to be told; "" for nothing."""
    return lacking(records.follow_ups, *_TOLD_BY_LINES)


def lacking_columns(records: Records) -> tuple[str, ...]:
    """What the sheets that were found lack, for the needs of a form; none for a whole workbook."""
    tables = ((records.barriers, _FREINS), (records.follow_ups, _TOLD_BY_LINES))
    return tuple(
        said for table, fields in tables if table.found and (said := lacking(table, *fields))
    )
