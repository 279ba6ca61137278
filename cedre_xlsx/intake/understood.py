"""What the cells of a foreign table mean under our headings, by the same reading as a workbook's.

What is written is what was understood; a value that is not is written as it was typed, and `check`
says so afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Kind, Row
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.model import CellValue
from cedre_xlsx.workbook.read.below import Below
from cedre_xlsx.workbook.read.cells import Reader, as_text
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, Laid, RawSheet, is_blank, is_error
from cedre_xlsx.workbook.read.rows import read_rows

#: What is said of a day typed as text: it is written as a day.
_DAY_AS_TEXT = "LEC09"
#: Only the year of a birth is ever written.
_BIRTH = "birth_year"
_TIMES = frozenset({Kind.DURATION, Kind.HOURS})


@dataclass(frozen=True, slots=True)
class Understood:
    """The lines of a table as rows of one of ours, in the order of the source.

    `unclear` are the cells, by the rank of the line and the field, that reading says something of;
    `plain` those whose text is a day and no more.
    """

    rows: Sequence[Any]
    cells: Mapping[str, Sequence[Cell]]
    unclear: frozenset[tuple[int, str]]
    plain: frozenset[tuple[int, str]] = frozenset()

    def is_empty(self, rank: int, field: str) -> bool:
        """Whether nothing stands there."""
        return field not in self.cells or is_blank(self.cells[field][rank])

    def written(self, rank: int, field: str) -> CellValue:
        """What goes in the cell; None for nothing."""
        if self.is_empty(rank, field):
            return None
        row: Row = self.rows[rank]
        value = getattr(row, field, None)
        if (rank, field) in self.plain and isinstance(value, DatedText | Deadline) and value.day:
            return value.day
        return _written(row, field, self.cells[field][rank])


def understood(
    spec: TableSpec[Any], cells: Mapping[str, Sequence[Cell]], count: int, reader: Reader
) -> Understood:
    """The rows that `count` lines make, from the cells of each field."""
    fields = list(cells)
    columns = [cells[field] for field in fields]
    grid: list[list[Cell]] = [list(line) for line in zip(*columns, strict=True)]
    grid = grid or [[] for _ in range(count)]
    sheet = RawSheet(spec.sheet, lambda: Laid.of(grid))
    places = {field: rank for rank, field in enumerate(fields)}
    found = Located(spec, sheet, -1, places, {}, [*range(count)], (), Below(count))
    rows, oddities = read_rows(found, reader)
    plain = frozenset((one.rank, one.field) for one in oddities if one.odd.code == _DAY_AS_TEXT)
    unclear = frozenset((one.rank, one.field) for one in oddities) - plain
    return Understood(rows, cells, unclear, plain)


def _written(row: Row, field: str, cell: Cell) -> CellValue:
    """What a cell of ours is given for a foreign cell, that `row` understands."""
    value = getattr(row, field, None)
    if field in row.unreadable or value is None or value == "":
        return None if field == _BIRTH else as_typed(cell)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(cell, time | timedelta):
        return plain_text(cell)
    if isinstance(value, str):
        return value if isinstance(cell, str) else as_typed(cell)
    if isinstance(value, int | float) and not isinstance(value, bool) and isinstance(cell, str):
        return _number(row, field, value, cell)
    return value if isinstance(value, bool | int | float | date) else as_typed(cell)


def _number(row: Row, field: str, value: float, cell: str) -> CellValue:
    """A number typed with its unit loses it, but in a column of times, which says it back."""
    column = type(row).model_fields[field].metadata
    is_time = any(getattr(one, "kind", None) in _TIMES for one in column)
    return as_typed(cell) if is_time and not cell.strip().replace(",", ".", 1).isdigit() else value


def as_typed(cell: Cell) -> CellValue:
    """A foreign cell as one of ours is given it, whatever it means."""
    if is_blank(cell) or is_error(cell):
        return None
    if isinstance(cell, str):
        return as_text(cell)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, time | timedelta):
        return plain_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
