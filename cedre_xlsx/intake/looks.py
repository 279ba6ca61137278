"""What a cell looks like before anything is understood, and how it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum, auto
from functools import lru_cache

from cedre_xlsx.method.dates import FoundDate, clean, find_dates
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank

_DATE = re.compile(
    r"(?:[0-9]{1,2}|[0-9]{4})([/.\-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{1,2})(?:[ T][0-9:.h]+)?"
)
_QUANTITY = re.compile(
    r"[+\-−]?[0-9][0-9\s.,'’]*\s?(?:%|€|euros?|h(?:eures?)?|[hH:]\s?[0-9]{2}|min|mn|jours?|j|mois|ans?|km)?"
)
_BETWEEN = " | "


class Look(Enum):
    """The sorts of cells that a column may have."""

    BLANK = auto()
    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    OTHER = auto()  # an address, OUI or NON as a program stores it


def look_of(cell: Cell) -> Look:
    """What a cell looks like; a text by what is written in it, as in a text file."""
    if isinstance(cell, str):
        return _look_of_text(cell)
    if cell is None:
        return Look.BLANK
    if isinstance(cell, bool):
        return Look.OTHER
    return Look.DATE if isinstance(cell, date) else Look.NUMBER


@lru_cache(maxsize=16384)
def _look_of_text(text: str) -> Look:
    plain = text.strip()
    if not plain:
        return Look.BLANK
    if _DATE.fullmatch(plain):
        return Look.DATE
    if _QUANTITY.fullmatch(plain):
        return Look.NUMBER
    return Look.OTHER if "@" in plain and " " not in plain else Look.TEXT


def day_of(cell: Cell) -> date | None:
    """The day that a cell holds, as a date or as a text that is nothing else."""
    if isinstance(cell, str) and look_of(cell) is Look.DATE:
        found = find_dates(clean(cell))
        return _on_calendar(found[0]) if found else None
    return cell if isinstance(cell, date) and not isinstance(cell, datetime) else None


def _on_calendar(found: FoundDate) -> date | None:
    on = found.on_calendar(date(2000, 1, 1))
    return on if isinstance(on, date) else None


def shown(cell: Cell) -> str:
    """A cell as it is told in a sentence."""
    if isinstance(cell, str):
        return squeeze(cell)
    if isinstance(cell, bool):
        return "OUI" if cell else "NON"
    if isinstance(cell, float):
        return (
            f"{int(cell)}"
            if cell.is_integer() and abs(cell) < 1e15
            else f"{cell}".replace(".", ",")
        )
    return plain_text(cell)


def row_text(cells: Sequence[Cell]) -> str:
    """What a row holds, as it is told."""
    return _BETWEEN.join(shown(cell) for cell in cells if not is_blank(cell))
