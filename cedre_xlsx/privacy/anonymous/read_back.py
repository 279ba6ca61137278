"""Whether what was written reads as it was meant, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.memory import MemoryRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.source import raw_workbook

#: Computed here, whatever its cell holds.
_COMPUTED = "typed_person"


def refuse_unlike(data: bytes, meant: Records, on: date, path: Path) -> None:
    """Raise CedreError for the first cell that does not read as it was meant."""
    sha256 = hashlib.sha256(data).hexdigest()
    found = read_raw(raw_workbook(data, path), on=on, sha256=sha256).records
    for name in ("people", "follow_ups", "engagements", "missions", "barriers"):
        _compare(getattr(meant, name), getattr(found, name), path)
    if _facts_of(found.memory) != _facts_of(meant.memory) or found.settings != meant.settings:
        raise CedreError(f"{path} : la feuille Mémoire ne se relit pas ; rien n'est écrit.")


def _facts_of(memory: Sequence[MemoryRow]) -> list[Mapping[str, Any]]:
    return [{name: v for name, v in row.__dict__.items() if name != "row"} for row in memory]


def _compare(meant: Table[Any], found: Table[Any], path: Path) -> None:
    rows: dict[int, Row] = {row.row: row for row in found.rows}
    for row in meant.rows:
        other = rows.pop(row.row, None)
        for field in row.__class__.model_fields:
            was = _fact(getattr(row, field))
            if field != _COMPUTED and (other is None or _fact(getattr(other, field)) != was):
                raise CedreError(_unread(meant, row.row, field, path))
    for row_number in rows:
        raise CedreError(_unread(meant, row_number, "", path))


def _fact(value: Any) -> Any:
    """What figures see of a value: days, not the words beside them."""
    if isinstance(value, DatedText):
        return value.day
    if isinstance(value, Deadline):
        return (value.first, value.day) if value.day else None
    if isinstance(value, Mapping):
        return {name: one for name, one in value.items() if one not in (None, "")}
    return value


def _unread(table: Table[Any], row: int, field: str, path: Path) -> str:
    column = table.spec.columns.get(field)
    heading = f", colonne « {column.header} »" if column else ""
    return (
        f"{path} : la ligne {row} de {table.sheet}{heading} ne se relit pas comme elle devait "
        "être écrite ; rien n'est écrit. Lancez cedre-xlsx fix, puis recommencez."
    )
