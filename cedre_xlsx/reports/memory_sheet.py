"""The hidden sheet *Mémoire*: the numbers of years whose lines do not tell them any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cedre_xlsx.reports.layout import FIRST_ROW, Frame, SheetOrigin
from cedre_xlsx.reports.tables import headings
from cedre_xlsx.schema.generated_sheets import MEMORY_KIND
from cedre_xlsx.schema.memory import MemoryRow
from cedre_xlsx.schema.tables import MEMORY
from cedre_xlsx.workbook.generated import GeneratedSheet, SheetRow
from cedre_xlsx.workbook.styles import BODY


def memory_sheet(
    rows: Sequence[MemoryRow], on: date, *, workbook: str, version: str
) -> GeneratedSheet:
    """The sheet with these rows, all that it is to remember."""
    frame = Frame(
        title=MEMORY.title,
        hint=MEMORY.hint,
        legend="",
        origin=SheetOrigin(workbook, on, version),
        headings=headings(MEMORY),
        frozen_columns=0,
        heading_height=20,
    )
    fields = tuple(MEMORY.columns)
    return GeneratedSheet(
        mark=MEMORY_KIND.mark,
        title=MEMORY.sheet,
        draw=lambda sheet, last_row: frame.draw(sheet),
        first_row=FIRST_ROW,
        styles={"number": (BODY,) * len(fields)},
        rows=tuple(
            SheetRow("number", tuple(getattr(row, field) for field in fields)) for row in rows
        ),
        table=MEMORY,
        hidden=True,
    )
