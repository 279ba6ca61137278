"""`Synthèse` and `Contrôle` as the last refresh left them, what people typed in them included."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.dates import FIRST_YEAR, from_serial
from cedre_xlsx.method.days import epoch_of
from cedre_xlsx.ooxml.cell_text import number_text
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.cells import as_typed
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.own_keys import on_their_lines
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_error
from cedre_xlsx.workbook.read.rows import to_table

#: Cells that are given back as a date where they hold one, else as typed.
_AS_TYPED = frozenset({"dates", "deadline", "understood", "until"})
_NO_SUCH_DAY = 60  # 29 February 1900, which Excel counts


def read_generated(
    found: Located | None, spec: TableSpec[Any], on: date, *, date1904: bool
) -> Table[Any]:
    """Every row, those kept below the table included; nothing here is a fault of anybody.

    A bare number where we write dates is one, of a program that dropped the formats of cells.
    """
    if found is None:
        return Table.of(spec, found=False)
    rows = []
    for index in found.rows:
        cells = {
            field: value
            for field, column in found.columns.items()
            if (value := _value(field, found.sheet.cell(index, column), on, date1904)) is not None
        }
        rows.append(spec.model(row=found.sheet.row_numbers[index], **cells))
    return to_table(found, spec, on_their_lines(rows, spec))


def _value(field: str, cell: Cell, on: date, date1904: bool) -> object:
    if cell is None or cell == "" or is_error(cell):
        return None
    if field in (*_AS_TYPED, "since") and isinstance(cell, (int, float)):
        cell = _day_without_format(cell, date1904=date1904)
    if field in _AS_TYPED:
        if isinstance(cell, time):
            return "0" if cell == time() else as_typed(cell)  # as a cell of dates shows it
        typed = as_typed(cell)
        return _as_number(cell, typed, date1904=date1904) if isinstance(typed, date) else typed
    if field == "since":
        return _since(cell, on)
    return cell.replace("\r\n", "\n") if isinstance(cell, str) else plain_text(cell)


def _day_without_format(cell: float, *, date1904: bool) -> date | float:
    day = from_serial(cell, date1904=date1904)
    return day if day is not None and cell == int(cell) else cell


def _as_number(cell: Cell, day: date, *, date1904: bool) -> date | str:
    """A day that no one can mean is the number that was typed, as a cell of dates shows it: "45",
    "45,5".
    """
    if day.year >= FIRST_YEAR:
        return day
    days = (day - epoch_of(date1904=date1904)).days
    days -= not date1904 and days <= _NO_SUCH_DAY
    part = (cell - datetime.combine(day, time())) / timedelta(1) if type(cell) is datetime else 0
    return number_text(round(days + part, 6)).replace(".", ",")


def date_or_text(cell: Cell, *, date1904: bool) -> date | str | None:
    """What people typed where a date is asked for: a date, or their text."""
    found = _value("until", cell, date.min, date1904)
    return found if isinstance(found, (date, str)) or found is None else str(found)


def _since(cell: Cell, on: date) -> date | None:
    typed = as_typed(cell)
    if isinstance(typed, date):
        return typed
    return read_date(str(typed), on).day if typed else None
