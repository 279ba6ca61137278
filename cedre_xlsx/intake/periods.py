"""When lines were, where no column says it and their sheet or the titles of their blocks do."""

from __future__ import annotations

from cedre_xlsx.intake.model import SourceRow, SourceTable
from cedre_xlsx.intake.targets import TableMap, Target
from cedre_xlsx.intake.words import is_period
from cedre_xlsx.schema import tables as t

#: The field that dates a line of each sheet.
_DATED = {t.FOLLOW_UP.table: "dated", t.MISSIONS.table: "start"}


def with_periods(made: TableMap) -> TableMap:
    """The mapping with the month of each line as it is written above it, or on the tab.

    It is no day: what reads the workbook says so, beside the line.
    """
    name = _DATED.get(made.spec.table)
    source = made.source
    if name is None or made.index_of(made.spec.table, name) is not None:
        return made
    texts = [_period(source, row) for row in source.rows]
    if not any(texts):
        return made
    return made.with_column(Target(made.spec.table, name, sure=False), texts)


def _period(source: SourceTable, row: SourceRow) -> str:
    parts = (*reversed(row.under.split(" / ")), source.sheet, *reversed(source.titles))
    return next((part for part in parts if part and is_period(part)), "")
