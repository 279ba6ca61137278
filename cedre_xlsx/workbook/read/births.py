"""Years of birth as people type them: 1990, 90, 12/05/1990, "née en 1990"."""

from __future__ import annotations

import re
from datetime import date

from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.dates import NoDate, aligned, clean, find_dates, from_serial, nearest_century
from cedre_xlsx.method.durations import number_of
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.raw import Cell

_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
#: Beside a year, what makes it uncertain: "vers 1990", "1990-91", "1990 ?".
_UNSURE = re.compile(
    r"[?~≈/]|\b(?:avant|apres|vers|environ|env|entre|ou|peut[ \-]etre|a?pprox\w*)\b|[0-9]-[0-9]"
)
_OLDEST = 120
#: Ages that people followed have, and that may be typed for their year.
_AGES = range(16, 76)


def birth_year(cell: Cell, on: date, *, date1904: bool = False) -> object:
    """A year, possibly of two figures, or the year of a date of birth; always in the past."""
    year, sure = _typed_year(cell, on, date1904=date1904)
    if year is not None and 0 <= year < 100:
        return _of_two_figures(cell, year, on)
    if year is None or not sure:
        return _odd(cell, year if year and _is_past(year, on) else None)
    if year > on.year:
        return _odd(cell, year - 100 if on.year - year + 100 in _AGES else None, "est à venir")
    return year if _is_past(year, on) else _odd(cell)


def _is_past(year: int, on: date) -> bool:
    return on.year - _OLDEST <= year <= on.year


def _odd(
    cell: Cell, likely: int | None = None, why: str = "n'est pas une année de naissance"
) -> Odd:
    meant = f"Vouliez-vous dire {likely} ? " if likely else ""
    return Odd(
        None, "LEC05", f"{shown(cell)} {why}.",
        f"{meant}Tapez l'année seule, en quatre chiffres : {likely or 1990}.",
    )  # fmt: skip


def _of_two_figures(cell: Cell, typed: int, on: date) -> object:
    """The year in the past that ends so; an age may be typed as well."""
    year = nearest_century(typed, on)
    year -= 100 if year > on.year else 0
    if on.year - year in _AGES or typed not in _AGES:
        return year
    return Odd(
        None, "LEC05", f"{shown(cell)} : une année, ou un âge ?",
        f"Tapez l'année en quatre chiffres : {on.year - typed} si c'est l'âge, {year} si c'est "
        "l'année.",
    )  # fmt: skip


def _typed_year(cell: Cell, on: date, *, date1904: bool) -> tuple[int | None, bool]:
    """The year in a cell, and whether it is surely the one."""
    if isinstance(cell, date):
        return cell.year, True
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and float(cell).is_integer():
        serial = from_serial(cell, date1904=date1904)
        return serial.year if serial else int(cell), True
    if not isinstance(cell, str):
        return None, False
    number = number_of(cell)
    if number is not None:
        return int(number), True
    plain = aligned(clean(cell))
    read = read_date(cell, on)
    if read.day:
        return read.day.year, True
    found = find_dates(clean(cell))
    years = _YEARS.findall(cell)
    year = int(years[0]) if years else None
    if found or read.fault is NoDate.SLIP or len(years) != 1 or _UNSURE.search(plain):
        return year, False
    return year, True
