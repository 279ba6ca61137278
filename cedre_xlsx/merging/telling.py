"""What is said of lines and cells in French: whose they are, what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from cedre_xlsx.merging.model import Line
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import full_name
from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.edit.model import CellValue
from cedre_xlsx.workbook.edit.model import shown as shown_value
from cedre_xlsx.workbook.read.raw import Cell, is_blank

_MINUTE = 60


def person_of(table: str, line: Line) -> str:
    """Whose line it is."""
    texts = {name: _text(line.cells.get(name)) for name in ("last_name", "first_name", "precision")}
    if table == PEOPLE.table:
        return full_name(texts["last_name"], texts["first_name"], texts["precision"])
    return _text(line.cells.get("person"))


def line_text(line: Line, headings: Mapping[str, str], columns: Iterable[str] | None = None) -> str:
    """Cells of a line, a row each: heading and value; all that it has, or some columns."""
    names = line.cells if columns is None else columns
    return "\n".join(
        f"{headings.get(name, name)} : {_text(line.cells.get(name)) or '(vide)'}" for name in names
    )


def value_of(cell: Cell) -> CellValue:
    """What is written so that a cell says the same: an hour of a day is a text."""
    if isinstance(cell, datetime):
        if cell.time() == time(0):
            return cell.date()
        return f"{french_day(cell.date())} {cell:%H:%M}"
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute:02}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / _MINUTE)
        return f"{minutes // _MINUTE}:{minutes % _MINUTE:02}"
    return None if is_blank(cell) else cell


def _text(cell: Cell) -> str:
    value = value_of(cell)
    return value.strip() if isinstance(value, str) else shown_value(value)
