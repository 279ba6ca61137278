"""What the hidden sheet *Mémoire* keeps: by its mark; else by its tab and all of its headings."""

from __future__ import annotations

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.generated_sheets import MEMORY_KIND
from cedre_xlsx.schema.memory import MemoryRow
from cedre_xlsx.schema.tables import MEMORY
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook

_HEADINGS = tuple(heading_key(column.header) for column in MEMORY.columns.values())
_HEADING_ROWS = 20  # of a sheet, in which headings are looked for


def read_memory(workbook: RawWorkbook) -> tuple[MemoryRow, ...]:
    """Its rows; () where the workbook has none. A row that another hand spoilt is left out."""
    marked = [one for one in workbook.sheets if one.generated_as == MEMORY_KIND.mark]
    named = [
        one
        for one in workbook.sheets
        if not one.generated_as and word_key(one.name) == word_key(MEMORY.sheet)
    ]
    for sheet in (*marked, *named):
        heading = _heading_row(sheet)
        if heading is not None:
            return _rows(sheet, heading)
    return ()


def _heading_row(sheet: RawSheet) -> int | None:
    for index, row in enumerate(sheet.grid[:_HEADING_ROWS]):
        if tuple(heading_key(cell) for cell in row[: len(_HEADINGS)]) == _HEADINGS:
            return index
    return None


def _rows(sheet: RawSheet, heading: int) -> tuple[MemoryRow, ...]:
    found = (_row(sheet, index) for index in range(heading + 1, len(sheet.grid)))
    return tuple(row for row in found if row is not None)


def _row(sheet: RawSheet, index: int) -> MemoryRow | None:
    sort, year, holder, line, part, number = (
        sheet.cell(index, place) for place in range(len(_HEADINGS))
    )
    if not isinstance(year, (int, float)) or not sort or not holder:
        return None
    return MemoryRow(
        row=sheet.row_numbers[index],
        sort=plain_text(sort),
        year=int(year),
        holder=plain_text(holder),
        line=_text(line),
        part=_text(part),
        number=_text(number),
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else plain_text(cell)
