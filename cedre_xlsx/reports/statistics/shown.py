"""Figures as people are shown them: minutes as hours, which is what reports speak of.

What programs read (JSON, CSV) keeps the minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.values import Indicator, Number, TableRow

_MINUTES_AN_HOUR = 60
#: The column of the tables that holds minutes, and what it is called once they are hours.
_MINUTES, _HOURS = "Minutes", "Temps consacré (heures)"


def shown_unit(identifier: str) -> Unit:
    """The unit that a figure is shown in."""
    unit = definition_of(identifier).unit
    return Unit.HOURS if unit is Unit.MINUTES else unit


def shown_value(one: Indicator) -> float | None:
    """The value of a figure in that unit; None where it has none."""
    if one.value is None or definition_of(one.id).unit is not Unit.MINUTES:
        return one.value
    return one.value / _MINUTES_AN_HOUR


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
    return _HOURS, None if number is None else number / _MINUTES_AN_HOUR
