"""What people did to our own cells of a line stays with it: a colour, and what they put in an open
column, as it is: a formula, a number with its format, a picture, a text with a look of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from openpyxl.utils import get_column_letter

from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.generated import is_kept_key
from cedre_xlsx.workbook.package.carried import carried_cells
from cedre_xlsx.workbook.package.making import Making, SheetRows
from cedre_xlsx.workbook.package.old_cells import OldCell, Place
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.rows import numbered

_STYLE = re.compile(r' s="(\d+)"')
_REFERENCE = re.compile(r' r="[A-Z]+\d+"')
_TEXTS = ("s", "inlineStr")

Moved = tuple[Place, Place]  # where a cell of ours stood, and where it stands now


def keep_on_our_cells(
    found: SheetRows, making: Making, old: OldSheet, own: Mapping[int, int]
) -> None:
    """Give the cells of each line their colour again, and what is more than a text; `own` says
    where each of our old columns stands now.
    """
    cells = list(_moved(found, making, old, own))
    opened = open_columns(making)
    _keep_as_they_are(found, making, old, [one for one in cells if one[1][1] in opened])
    for (row, column), (number, now) in cells:
        fill = making.styles.added_fill(old.cells[row][column].style)
        if fill:
            written = found.written.rows[number].cells
            written[now - 1] = _coloured(written[now - 1], fill, making)


def unread_rows(making: Making, old: OldSheet, own: Mapping[int, int]) -> set[int]:
    """The lines where an open column holds what reading does not tell: an error, a picture."""
    opened = open_columns(making)
    return {
        number
        for number in old.keys
        for column, cell in old.cells[number].items()
        if own.get(column) in opened and cell.kind == "e" and not cell.text.startswith("=")
    }


def keep_in_the_block(
    found: SheetRows, making: Making, old: OldSheet, own: Mapping[int, int], rows: Collection[int]
) -> None:
    """Give the block's rows for lines that are gone the colours of those, and what is no text: both
    go back with them.

    `rows` are the old rows. Only the first of our cells is written there, and the last, which
    holds the key.
    """
    for row in rows:
        number = found.rows[row]
        written = found.written.rows[number].cells
        mine = {now: (row, column) for column in old.cells.get(row, {})
                if 0 < (now := own.get(column, 0)) < found.width}  # fmt: skip
        errors = {place: (number, now) for now, place in mine.items()
                  if now > 1 and old.cells[row][place[1]].kind == "e"}  # fmt: skip
        more = {one.column: one.xml for one in carried_cells(old, errors, found.moves)}
        for now, place in mine.items():
            fill = making.styles.added_fill(old.cells[row][place[1]].style)
            if fill and now == 1:
                written[0] = _coloured(written[0], fill, making)
            elif fill and now not in more:
                empty = f'<c r="{get_column_letter(now)}{number}" s="0"/>'
                more[now] = _coloured(empty, fill, making)
        written[1:1] = [more[now] for now in sorted(more)]


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


def _keep_as_they_are(
    found: SheetRows, making: Making, old: OldSheet, cells: Collection[Moved]
) -> None:
    """A living line comes before what was kept of it: only one of them is there now."""
    table = making.sheet.table
    columns = table.columns.values() if table else ()
    dates = {number for number, one in enumerate(columns, start=1) if one.kind is Kind.DATE}
    kept = {number for number, key in old.keys.items() if is_kept_key(key)}
    by_place: dict[Place, Place] = {}
    for (row, column), (number, now) in sorted(cells, key=lambda one: one[0][0] not in kept):
        cell, written = old.cells[row][column], found.written.rows[number].cells[now - 1]
        if cell.kind == "n" and not cell.text.startswith("=") and now in dates:
            continue  # reading tells what was meant: a day, or the number that the cell hides
        if _is_more_than_text(cell) or _is_unread(cell, written):
            by_place[number, now] = (row, column)
    for one in carried_cells(old, {place: now for now, place in by_place.items()}, found.moves):
        cells_now = found.written.rows[one.row].cells
        style = _STYLE.search(cells_now[one.column - 1])
        look = style[1] if style else "0"
        row, column = by_place[one.row, one.column]
        if old.cells[row][column].kind == "n":
            look = making.styles.with_format_of(look, old.cells[row][column].style)
        cells_now[one.column - 1] = _with_style(one.xml, look)
        found.has_formulas |= one.has_formula


def _with_style(cell: str, style: str) -> str:
    """The XML of a cell with another look."""
    start, end, rest = cell.partition(">")
    has_one = _STYLE.search(start)
    pattern, new = (_STYLE, "") if has_one else (_REFERENCE, r"\g<0>")
    return pattern.sub(rf'{new} s="{style}"', start, count=1) + end + rest


def _is_more_than_text(cell: OldCell) -> bool:
    """Whether a cell holds what a plain text does not tell: a formula, a value, an error (so a
    picture in a cell is written), or parts with a look of their own.
    """
    return cell.filled and (cell.kind not in _TEXTS or cell.rich)


def _is_unread(cell: OldCell, written: str) -> bool:
    """Whether reading took a text for nothing, as one that looks like an error."""
    return cell.filled and bool(cell.text.strip()) and written.endswith("/>")


def open_columns(making: Making) -> set[int]:
    """The columns of a table that people fill."""
    table = making.sheet.table
    if table is None:
        return set()
    return {number for number, name in enumerate(table.columns, start=1) if name in table.open}
