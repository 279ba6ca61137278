"""Months put together, where most of their numbers are small: by quarters, else by half-years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Line, Number, TableRow

MONTHS = "months"
#: How many months make one line: the heading of these lines, the letter of their labels.
_SPANS = {3: ("Trimestre", "T"), 6: ("Semestre", "S")}
_SAID = {
    3: "Les mois sont réunis par trimestre, leurs nombres étant trop petits.",
    6: "Les mois sont réunis par semestre, leurs nombres étant trop petits.",
}


def by_periods(figures: Statistics, threshold: int) -> tuple[Statistics, int]:
    """The figures with months put together as far as it takes, and how many make one line."""
    rows = figures.tables.get(MONTHS, ())
    if not rows:
        return figures, 1
    span, merged = 1, rows
    for wider in _SPANS:
        if _mostly_small(merged, threshold):
            span, merged = wider, _merged(rows, wider)
    if span == 1:
        return figures, 1
    tables = {**figures.tables, MONTHS: merged}
    return replace(figures, tables=tables, coarsened=(*figures.coarsened, _SAID[span])), span


def period_label(month: str, span: int) -> str:
    """The label of the period that a month is of: 2026-T2 for 2026-05; any other text as it is."""
    year, dash, number = month.partition("-")
    if span == 1 or not dash or not number.isdigit():
        return month
    return f"{year}-{_SPANS[span][1]}{(int(number) - 1) // span + 1}"


def _mostly_small(rows: Sequence[TableRow], threshold: int) -> bool:
    counts = [
        one for row in rows[:-1] for one in row.cells.values() if isinstance(one, int) and one
    ]
    return sum(count < threshold for count in counts) * 2 > len(counts)


def _merged(rows: Sequence[TableRow], span: int) -> Sequence[TableRow]:
    *months, total = rows
    heading = _SPANS[span][0]
    lines: list[TableRow] = []
    for first in range(0, len(months), span):
        own = months[first : first + span]
        label = period_label(own[0].label, span)
        sums = {column: _sum([row.cells[column] for row in own]) for column in own[0].cells}
        lines.append(Line({heading: label}, sums))
    return (*lines, replace(total, labels={heading: total.label}))


def _sum(numbers: Sequence[Number]) -> Number:
    """A sum of counts is one; of hours, in hundredths."""
    known = [number for number in numbers if number is not None]
    return round(sum(known), 2) if any(isinstance(one, float) for one in known) else sum(known)
