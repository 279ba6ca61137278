"""The years of births as foreign tables tell them: no day of a birth is ever kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank, is_error

_FIELD = "birth_year"
_DAY = date(2000, 1, 3)
_EIGHT = re.compile(r"\s*(\d{8})(?:\.0)?\s*")
#: A full date in a longer text: "35 (12/03/1990)", "le 12/03/85 à Brest".
_INSIDE = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.\- ]\d{1,2}[/.\- ]((?:19|20)\d{2}|\d{2})|((?:19|20)\d{2})-\d{2}-\d{2})"
    r"(?!\d|[/.\-]\d)"
)
_FULL = re.compile(r"\d(?:\D{0,2}\d){4}|\d\D+(?:19|20)\d{2}")
_UNSURE = re.compile(r"[?~]|\b(?:ou|vers|env|environ|avant|après|entre)\b", re.IGNORECASE)
_LONGEST = 30  # characters that are told


def birth_years(cells: Sequence[Cell], reader: Reader) -> list[Cell]:
    """The year of each birth, None for what says none."""
    convert = reader.converter(_FIELD, PEOPLE.columns[_FIELD])

    def meant(cell: Cell) -> int | None:
        year = convert(cell, _DAY)
        return year if isinstance(year, int) and not isinstance(year, bool) else None

    def year_of(cell: Cell) -> int | None:
        if is_blank(cell) or is_error(cell):
            return None
        year = meant(cell)
        if year is not None or isinstance(cell, date):
            return year
        text = plain_text(cell)
        if eight := _EIGHT.fullmatch(text):
            return next(filter(None, map(meant, _days_of(eight[1]))), None)
        if _UNSURE.search(text):
            return None
        inside = {one[1] or one[2] for one in _INSIDE.finditer(text)}
        return meant(f"01/01/{inside.pop()}") if len(inside) == 1 else None

    memo: dict[object, int | None] = {}
    for cell in cells:
        if (type(cell), cell) not in memo:
            memo[type(cell), cell] = year_of(cell)
    return [memo[type(cell), cell] for cell in cells]


def share_of_births(cells: Sequence[Cell], reader: Reader) -> float:
    """The share of some values that say a year of birth."""
    years = birth_years(cells, reader)
    return sum(year is not None for year in years) / len(cells) if cells else 0.0


def untold(cell: Cell) -> str:
    """What is said of a birth that says no year; no full date is copied."""
    text = " ".join(plain_text(cell).split())
    is_short = len(text) <= _LONGEST and not _FULL.search(text)
    return f"date de naissance non comprise, « {text if is_short else '…'} » non reprise"


def _days_of(figures: str) -> list[str]:
    """Eight figures as days: the year first, or last."""
    first = f"{figures[6:]}/{figures[4:6]}/{figures[:4]}"
    last = f"{figures[:2]}/{figures[2:4]}/{figures[4:]}"
    return [first, last] if figures[:2] in ("19", "20") else [last]
