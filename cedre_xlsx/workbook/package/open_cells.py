"""What people typed among our columns of a sheet without table: written with room to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from openpyxl.utils import column_index_from_string, get_column_letter

from cedre_xlsx.ooxml.cell_text import is_too_long, legal, shortened
from cedre_xlsx.workbook.package.carried import Carried
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.making import Making, SheetRows
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.rows import HIDDEN, RowXml, inline
from cedre_xlsx.workbook.package.typed_over import LABEL_LOOK

_CHARACTERS = 1.15  # of Arial 9, in one unit of column width: on the safe side
_LINE_HEIGHT, _TALLEST = 11.6, 400.0  # points; Excel stops at 409
_PLACE = re.compile(r'<c\b[^>]*? r="([A-Z]+)\d+"')
_HEIGHT = re.compile(r' ht="([\d.]+)"')


def among_ours(ours: Sequence[str], carried: Sequence[Carried]) -> list[str]:
    """The cells of a row, those that were typed in the place of the empty ones."""
    cells = {_column(cell): cell for cell in ours}
    cells |= {cell.column: cell.xml for cell in carried}
    return [cells[column] for column in sorted(cells)]


def _column(cell: str) -> int:
    found = _PLACE.match(cell)
    if found is None:
        raise ValueError(f"a cell without its place: {cell[:80]}")
    return column_index_from_string(found[1])


def give_room(found: SheetRows, making: Making, old: OldSheet, carried: Sequence[Carried]) -> None:
    """Have the rows be as tall as what is typed in them asks for, and be seen."""
    widths = _widths(making)
    for cell in carried:
        if cell.column not in making.open_columns or cell.place is None:
            continue
        text = old.shown(old.cells[cell.place[0]][cell.place[1]])
        row = found.written.rows[cell.row]
        row.attributes = row.attributes.replace(HIDDEN, "")
        needed, known = _height(text, widths.get(cell.column, 9)), _HEIGHT.search(row.attributes)
        if known is None:
            row.attributes += f' ht="{needed:g}" customHeight="1"'
        elif needed > float(known[1]):
            row.attributes = _HEIGHT.sub(f' ht="{needed:g}"', row.attributes)


def add_label(found: SheetRows, making: Making, number: int, text: str) -> None:
    """The text of a row of the block, over our columns left of the open ones."""
    last = min(making.open_columns) - 1
    widths = _widths(making)
    style = making.looks[LABEL_LOOK][0]
    text = shortened(text) if is_too_long(text) else text
    cells = [f'<c r="A{number}" s="{style}"{inline(text)}']
    height = max(_height(text, sum(widths.get(c, 9) for c in range(1, last + 1))), 15.0)
    found.written.rows[number] = RowXml(f' ht="{height:g}" customHeight="1"', cells)
    found.merged.append(f"A{number}:{get_column_letter(last)}{number}")


def _widths(making: Making) -> Mapping[int, float]:
    """The widths of our columns as they are drawn."""
    root = making.scaffold.package.root(making.drawn.part)
    return {
        number: float(column.get("width", "9"))
        for column in root.iterfind(f"{q('cols')}/{q('col')}")
        for number in range(int(column.get("min", "1")), int(column.get("max", "1")) + 1)
    }


def _height(text: str, width: float) -> float:
    """The height, in points, of a text in a column of that width."""
    room = max(width * _CHARACTERS, 1)
    lines = sum(ceil(len(line) / room) or 1 for line in legal(text).split("\n"))
    return min(lines * _LINE_HEIGHT + 4, _TALLEST)
