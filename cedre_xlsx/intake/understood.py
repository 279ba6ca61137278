"""What the cells of a foreign table mean under our headings, by the same reading as a workbook's.

What is written is what was understood; a value that is not is written as it was typed, and `check`
says so afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Kind, Row, columns_of
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


@dataclass(frozen=True)
class Understood:
    """The lines of a table as rows of one of ours, in the order of the source.

    `unclear` are the cells, by the rank of the line and the field, that reading says something of;
    `plain` those whose text is a day and no more.
    """

    rows: Sequence[Any]
    cells: Mapping[str, Sequence[Cell]]
    unclear: frozenset[tuple[int, str]] = frozenset()
    plain: frozenset[tuple[int, str]] = frozenset()

    @cached_property
    def told(self) -> Sequence[Mapping[str, CellValue]]:
        """What goes in the cells of each line, by field, where there is something."""
        if not self.cells:
            return [{} for _ in self.rows]
        names = tuple(self.cells)
        times = _times(self.rows[0], names) if self.rows else frozenset()
        lines = zip(*self.cells.values(), strict=True)
        told = [_told(row, names, line, times) for row, line in zip(self.rows, lines, strict=True)]
        for rank, name in self.plain:
            value = getattr(self.rows[rank], name)
            if isinstance(value, DatedText | Deadline) and value.day:
                told[rank][name] = value.day
        return told


def _told(
    row: Row, names: Sequence[str], cells: Sequence[Cell], times: Set[str]
) -> dict[str, CellValue]:
    """What goes in the cells of a line; `times` are the fields that hold how long something is."""
    told: dict[str, CellValue] = {}
    for name, cell in zip(names, cells, strict=True):
        if cell is None or cell == "":
            continue
        value = getattr(row, name)
        kind = type(value)
        if kind is date or (kind is int and name not in times):
            told[name] = value
        elif value is None or value == "":
            if name != _BIRTH and (typed := as_typed(cell)) is not None:
                told[name] = typed
        elif (made := _written(value, cell, is_time=name in times)) is not None:
            told[name] = made
    return told


def understood(
    spec: TableSpec[Any], cells: Mapping[str, Sequence[Cell]], count: int, reader: Reader
) -> Understood:
    """The rows that `count` lines make, from the cells of each field."""
    sheet = RawSheet(spec.sheet, lambda: Laid([], range(1, count + 1), ()))
    places = {field: rank for rank, field in enumerate(cells)}
    found = Located(spec, sheet, -1, places, {}, [*range(count)], (), Below(count))
    rows, oddities = read_rows(found, reader, cells)
    plain = frozenset((one.rank, one.field) for one in oddities if one.odd.code == _DAY_AS_TEXT)
    unclear = frozenset((one.rank, one.field) for one in oddities) - plain
    return Understood(rows, cells, unclear, plain)


def _written(value: object, cell: Cell, *, is_time: bool) -> CellValue:
    """What a cell of ours is given for a foreign cell that means `value`."""
    kind = type(value)
    if kind is date or kind is bool:
        return cast("CellValue", value)
    if kind is str:
        return cast("str", value) if isinstance(cell, str) else as_typed(cell)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, int | float) and not (is_time and _has_unit(cell)):
        return value
    return as_typed(cell)


def _has_unit(cell: Cell) -> bool:
    """Whether a time says its unit, which its column reads back: it is written as it was typed."""
    if isinstance(cell, time | timedelta):
        return True
    return isinstance(cell, str) and not cell.strip().replace(",", ".", 1).isdigit()


def _times(row: Row, names: Sequence[str]) -> Set[str]:
    columns = columns_of(type(row))
    return {name for name in names if columns[name].kind in _TIMES}


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
