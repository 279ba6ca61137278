"""What may stand for a number, a day or a year of birth in a column that is kept as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from cedre_xlsx.method.dates import MONTHS, is_plausible
from cedre_xlsx.workbook.read.raw import Cell

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
#: A day with its year: 12/05/1984, 12.5.84, 1984-05-12, 12 mai 1984.
_WHOLE_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    rf"|\d{{1,2}}(?:er)?\s+(?:{_MONTH})\.?\s+\d{{2,4}}|\d{{1,2}} \d{{1,2}} \d{{4}})(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
#: Numbers from here on may be those of a phone, a file, a day: 45,000 is one in 2023.
_TELLING = 10_000
#: In a column of the team's own, where sums may stand: those of a phone, a NIR, a bank account.
OF_SOMEBODY = 10_000_000
_MOST_FIGURES = 6  # of a text of the team's own that stays
_NUMBERS = (99_999, 9_999_999, 9_999_999_999)


def without_days(text: str) -> str:
    """A text without the days that have their year."""
    return " ".join(_WHOLE_DAY.sub(" ", text).split())


def tells_numbers(text: str) -> bool:
    """Whether a text has as many figures as a number of somebody, or a whole day."""
    figures = sum(char.isdigit() for char in text)
    return figures > _MOST_FIGURES or _WHOLE_DAY.search(text) is not None


def tells(cell: Cell, least: float = _TELLING) -> bool:
    """Whether a cell that is no text may be a day, or a number of somebody: from `least` on."""
    if isinstance(cell, date):
        return is_plausible(cell)
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= least


def births(cell: Cell, meant: object) -> Iterator[Cell]:
    """What may stand for a year or a day of birth, the year that it means first."""
    if isinstance(meant, int):
        yield str(meant) if isinstance(cell, str) else meant
    elif isinstance(cell, date):
        yield cell.year
        yield date(cell.year, 1, 1)
    elif isinstance(cell, str):
        for year in _YEAR.findall(cell)[:1]:
            yield f"vers {year}"
            yield f"{year} ?"
        yield "note"
    else:
        yield from _NUMBERS


def plain(cell: Cell) -> Iterator[Cell]:
    """What may stand for a day or a number where neither is expected."""
    if isinstance(cell, date):
        yield date(cell.year, 1, 1)
        yield date(cell.year, 7, 1)
    else:
        yield from _NUMBERS


def first_alike(
    candidates: Iterator[Cell], is_alike: Callable[[Cell], bool], otherwise: Cell
) -> Cell:
    """The first that is read as the cell is, else what is given."""
    return next((made for made in candidates if is_alike(made)), otherwise)
