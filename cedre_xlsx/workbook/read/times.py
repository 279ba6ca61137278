"""Times and hours of a cell, and what is said of those that were not understood."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from cedre_xlsx.method.durations import (
    ReadHours,
    ReadTime,
    hours_of_cell,
    minutes_of_cell,
    number_of_minutes,
    read_hours,
    read_minutes,
)
from cedre_xlsx.method.grammar.delays import HOURS_A_DAY
from cedre_xlsx.method.grammar.times import proposed
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.raw import Cell

_PER: Final = {"jour": "par jour", "semaine": "par semaine", "mois": "par mois", "an": "par an"}


def minutes(cell: Cell) -> object:
    """The minutes of a cell of time spent."""
    if isinstance(cell, str):
        read = read_minutes(cell)
    elif cell is None:
        return None
    else:
        read = _minutes_of_cell(cell)
    if read.minutes is not None:
        return read.minutes
    why = f" : {read.why}" if read.why else "."
    return Odd(
        None,
        "LEC05",
        f"Le temps {shown(cell)} n'est pas compris{why}",
        f"{_meant(read)}Tapez un nombre de minutes, ou un temps : 45 min, 1h30.",
    )


def _minutes_of_cell(cell: date | time | timedelta | float) -> ReadTime:
    found = minutes_of_cell(cell)
    if found is None and isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if 0 < cell < 1e6 and float(cell).is_integer():
            return number_of_minutes(int(cell))
        if 0 < cell < HOURS_A_DAY:
            return ReadTime(None, proposed(f"{cell:g}"), "heures ou minutes ?")
    return ReadTime(found)


def _meant(read: ReadTime) -> str:
    if read.proposed is None:
        return ""
    return f"Vouliez-vous dire {french_time(read.proposed)} ? "


def french_time(minutes: int) -> str:
    """A time as one types it: 45 min, 2 h, 1h30."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours}h{rest:02}" if rest else f"{hours} h"


def french_number(number: float) -> str:
    """A number with its comma, without useless zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def hours(cell: Cell, *, weekly: bool = False) -> object:
    """The hours of a cell: a total, or hours a week."""
    if isinstance(cell, str):
        read = read_hours(cell, weekly=weekly)
    else:
        read = ReadHours(None if cell is None else hours_of_cell(cell))
    if read.hours is not None:
        return read.hours
    if read.per:
        return _of_another_unit(cell, read, weekly=weekly)
    meant = "" if read.proposed is None else f"Vouliez-vous dire {french_number(read.proposed)} ? "
    return Odd(
        None, "LEC05", f"Les heures {shown(cell)} ne sont pas comprises.",
        f"{meant}Tapez un nombre d'heures : 5, ou 5h30.",
    )  # fmt: skip


def _of_another_unit(cell: Cell, read: ReadHours, *, weekly: bool) -> Odd:
    """Hours by the day, the week or the month where another number is expected."""
    wanted = "les heures d'une semaine" if weekly else "le total des heures de la mission"
    a_week = "" if read.weekly is None else french_number(read.weekly)
    if weekly:
        remedy = (
            f"Vouliez-vous dire {a_week} heures par semaine ?" if a_week else "Tapez un nombre."
        )
    elif a_week:
        remedy = f"Tapez {a_week} dans Heures par semaine, ou le total de la mission dans Heures."
    else:
        remedy = "Tapez le total de la mission, ou remplissez Heures par semaine."
    return Odd(
        None, "LEC05",
        f"{shown(cell)} compte les heures {_PER[read.per]} : cette colonne attend {wanted}.",
        remedy,
    )  # fmt: skip
