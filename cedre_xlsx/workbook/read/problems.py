"""What could not be read, as values: what is kept, which rule it falls under, what to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.workbook.read.raw import Cell

_LONGEST = 60  # characters of a cell, in a message


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell with something to say: `value` is kept, `code` and the two texts make the problem.

    `unreadable` marks a cell that holds something of which nothing could be kept.
    """

    value: object
    code: str
    message: str
    help: str
    unreadable: bool = True


def shown(cell: Cell) -> str:
    """What was read, as a message quotes it."""
    text = plain_text(cell)
    text = squeeze(text)
    return f"« {text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'} »"


def plain_text(cell: Cell) -> str:
    """A cell as French shows it."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, datetime):
        return f"{french_day(cell)} {cell:%H:%M}" if cell.time() != time() else french_day(cell)
    if isinstance(cell, date):
        return french_day(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.10g}".replace(".", ",")
    return str(cell)
