"""What people did to our own cells of a line stays with it: a colour, and the formula that they
typed in an open column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from openpyxl.utils import get_column_letter

from cedre_xlsx.workbook.package.carried import carried_cells
from cedre_xlsx.workbook.package.making import Making, SheetRows
from cedre_xlsx.workbook.package.old_cells import Place
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.rows import numbered

_STYLE = re.compile(r' s="(\d+)"')
_TEXTS = ("s", "inlineStr")

Moved = tuple[Place, Place]  # where a cell of ours stood, and where it stands now


def keep_on_our_cells(
    found: SheetRows, making: Making, old: OldSheet, own: Mapping[int, int]
) -> None:
    """Give the cells of each line their colour and their formula again; `own` says where each of
    our old columns stands now.
    """
    cells = list(_moved(found, making, old, own))
    _keep_formulas(found, old, [one for one in cells if one[1][1] in open_columns(making)])
    for (row, column), (number, now) in cells:
        fill = making.styles.added_fill(old.cells[row][column].style)
        if fill:
            written = found.written.rows[number].cells
            written[now - 1] = _coloured(written[now - 1], fill, making)


def colour_gone(
    found: SheetRows, making: Making, old: OldSheet, own: Mapping[int, int], rows: Collection[int]
) -> None:
    """Give the block's rows for lines that are gone the colours of those: they go back with them.

    `rows` are the old rows. Only the first of our cells is written there, and the last, which
    holds the key.
    """
    for row in rows:
        written = found.written.rows[found.rows[row]].cells
        more = []
        for column, cell in sorted(
            old.cells.get(row, {}).items(), key=lambda one: own.get(one[0], 0)
        ):
            now, fill = own.get(column, 0), making.styles.added_fill(cell.style)
            if not fill or column == old.key_column or now not in range(1, found.width):
                continue
            if now == 1:
                written[0] = _coloured(written[0], fill, making)
            else:
                place = f"{get_column_letter(now)}{found.rows[row]}"
                more.append(_coloured(f'<c r="{place}" s="0"/>', fill, making))
        written[1:1] = more


def _coloured(cell: str, fill: str, making: Making) -> str:
    style = _STYLE.search(cell)
    look = making.styles.with_fill(style[1] if style else "0", fill)
    return _STYLE.sub(f' s="{look}"', cell, count=1)


def _moved(
    found: SheetRows, making: Making, old: OldSheet, own: Mapping[int, int]
) -> Iterator[Moved]:
    """The cells of ours that have a line now."""
    written = {number: len(row.values) for number, row in numbered(making.sheet)}
    for row, number in found.rows.items():
        for column in old.cells.get(row, {}):
            now = own.get(column, 0)
            if 0 < now <= written.get(number, 0) and column != old.key_column:
                yield (row, column), (number, now)


def _keep_formulas(found: SheetRows, old: OldSheet, cells: Collection[Moved]) -> None:
    targets = {place: now for place, now in cells if _is_formula(old, place)}
    for cell in carried_cells(old, targets, found.moves):
        written = found.written.rows[cell.row].cells
        style = _STYLE.search(written[cell.column - 1])
        look = style[0] if style else ""
        written[cell.column - 1] = _STYLE.sub(look, cell.xml, count=1)
        found.has_formulas = True


def _is_formula(old: OldSheet, place: Place) -> bool:
    cell = old.cells[place[0]][place[1]]
    return cell.filled and cell.text.startswith("=") and cell.kind not in _TEXTS


def open_columns(making: Making) -> set[int]:
    """The columns of a table that people fill."""
    table = making.sheet.table
    if table is None:
        return set()
    return {number for number, name in enumerate(table.columns, start=1) if name in table.open}
