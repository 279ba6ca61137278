"""Figures as people are shown them: French numbers, minutes as hours, a class for what a
publication does not say exactly.

What programs read (JSON, CSV) keeps the minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, isinf

from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Indicator, Number, TableRow

_MINUTES_AN_HOUR = 60
_ALL = 100  # per cent
_HAIR = 1e-6  # what a rate may be off by
#: The column of the tables that holds minutes, and what it is called once they are hours.
_MINUTES, _HOURS = "Minutes", "Temps consacré (heures)"


def shown_unit(identifier: str) -> Unit:
    """The unit that a figure is shown in."""
    unit = definition_of(identifier).unit
    return Unit.HOURS if unit is Unit.MINUTES else unit


def shown_value(one: Indicator) -> float | None:
    """The value of a figure in that unit; None where it has none."""
    return None if one.value is None else in_shown_unit(one.id, one.value)


def in_shown_unit(identifier: str, number: float) -> float:
    """A number in the unit of a figure, such as a median of several, in the unit that is shown."""
    is_time = definition_of(identifier).unit is Unit.MINUTES
    return number / _MINUTES_AN_HOUR if is_time else number


def shown_label(label: str) -> str:
    """The label of a figure with that unit."""
    return label.replace(f"({Unit.MINUTES.value})", f"({Unit.HOURS.value})")


def shown_rows(rows: Sequence[TableRow]) -> list[TableRow]:
    """The lines of a table, their minutes as hours."""
    return [replace(row, cells=dict(map(_in_hours, row.cells.items()))) for row in rows]


def _in_hours(cell: tuple[str, Number]) -> tuple[str, Number]:
    heading, number = cell
    if heading != _MINUTES:
        return cell
    return _HOURS, None if number is None else in_shown_cell(heading, number)


def in_shown_cell(heading: str, number: float) -> float:
    """A number of a table in the unit that its column is shown in."""
    return number / _MINUTES_AN_HOUR if heading == _MINUTES else number


def class_text(statistics: Statistics, holder: str, row: int | None, part: str) -> str:
    """The class that a number is given by: "< 5", "5 à 9", "50 à 63 %", "au moins 12"; "" without
    one.

    A rate is rounded so that its class holds it still.
    """
    known = statistics.classes.get((holder, row, part))
    if known is None:
        return ""
    low, high = known
    if isinf(high):
        return f"au moins {number_text(low)}"
    if row is not None or part != "value" or definition_of(holder).unit is not Unit.RATE:
        return f"< {high + 1:.0f}" if not low else f"{number_text(low)} à {number_text(high)}"
    lowest, highest = floor(low * 100 + _HAIR), ceil(high * 100 - _HAIR)
    if lowest == 0:
        return f"au plus {highest} %"
    return f"au moins {lowest} %" if highest >= _ALL else f"{lowest} à {highest} %"


def number_text(value: float, decimals: int = 0) -> str:
    """A number as French people write it, without zeros at its end: 1 820, 12,5."""
    text = f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")
    return text.rstrip("0").rstrip(",") if decimals else text
