"""Times and hours of a cell, and what is said of those that were not understood."""

from __future__ import annotations

from datetime import date, time, timedelta

from cedre_xlsx.method.durations import (
    ReadHours,
    ReadTime,
    hours_of_cell,
    minutes_of_cell,
    number_of_minutes,
    read_hours,
    read_minutes,
)
from cedre_xlsx.method.french import decimal
from cedre_xlsx.method.grammar.delays import HOURS_A_DAY
from cedre_xlsx.method.grammar.times import proposed
from cedre_xlsx.method.hours import MOST_HOURS, Hours, Per
from cedre_xlsx.workbook.read.problems import Odd, shown
from cedre_xlsx.workbook.read.raw import Cell


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


def hours(cell: Cell, own: Per = Per.MISSION) -> object:
    """The hours of a cell: a number of the unit of its column, `own`, else with their unit."""
    if isinstance(cell, str):
        read = read_hours(cell, own)
    else:
        number = None if cell is None else hours_of_cell(cell)
        read = ReadHours(None if number is None else Hours(number, own))
    if read.hours is not None and read.hours.amount <= MOST_HOURS:
        return read.hours.amount if read.hours.per is own else read.hours
    meant = read.proposed
    said = "" if meant is None else f"Vouliez-vous dire {french_hours(meant, own)} ? "
    return Odd(
        None, "LEC05", f"Les heures {shown(cell)} ne sont pas comprises.",
        f"{said}Tapez un nombre d'heures : 5, ou 5h30.",
    )  # fmt: skip


def french_hours(hours: Hours, own: Per = Per.MISSION) -> str:
    """Hours as one types them in a column of the unit `own`: 5,5, or 35 h/sem."""
    number = decimal(hours.amount)
    if hours.per is own:
        return number
    return f"{number} h{hours.per.value or ' au total'}"
