"""What people added to a generated sheet, carried to the new one: cells, sums, the kept block."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from lxml import etree
from openpyxl.utils import get_column_letter

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.ooxml.cell_text import (
    escaped,
    from_xml,
    is_too_long,
    legal,
    line_print,
    shortened,
)
from cedre_xlsx.schema.generated import identity_in, is_kept_key, is_line_key
from cedre_xlsx.workbook.generated import GeneratedSheet, Link
from cedre_xlsx.workbook.package.beside import Beside, Lines
from cedre_xlsx.workbook.package.carried import Carried, by_row, carried_cells
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.making import Making, SheetRows, add_key
from cedre_xlsx.workbook.package.old_columns import Shape, shape_of
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.old_tables import OldTable
from cedre_xlsx.workbook.package.on_our_cells import (
    keep_in_the_block,
    keep_on_our_cells,
    open_columns,
    unread_rows,
)
from cedre_xlsx.workbook.package.open_cells import add_label, among_ours, give_room
from cedre_xlsx.workbook.package.rows import RowXml, inline, numbered
from cedre_xlsx.workbook.package.typed_over import (
    GONE_LOOK,
    HEADING,
    HEADING_KEY,
    HEADING_LOOK,
    KEPT_LOOK,
    Found,
    Typed,
    joined,
    kept_key,
    typed_in,
    typed_over,
)

_SPACE_AFTER = 2  # rows between what we write and what has no line any more
_CHARACTERS = 1.2  # of Arial 9, in one unit of column width: on the safe side
_LINE_HEIGHT, _TALLEST = 11.6, 400.0  # points; Excel stops at 409


def carry(
    found: SheetRows,
    making: Making,
    old: OldSheet,
    titles: Sequence[str],
    keys: Mapping[int, str],
    marked: Collection[int],
) -> None:
    """What people added stands beside its line again; what has no line is kept at the bottom."""
    shape = shape_of(found, making, old)
    found.extras = shape.extras
    found.moves = {**shape.beside, **shape.opened, **shape.own}
    found.has_new_layout = len(shape.opened) < len(making.open_columns)
    totals = _totals(old, making.headings)
    places, in_table = making.sheet.places, bool(making.headings)
    known = {identity_in(key) for key in old.keys.values()} - {""}
    living = {identity_in(key) for key in old.keys.values() if not is_kept_key(key)}
    became = making.sheet.became(known, living)
    lines = Lines(old, keys, places, shape.header, shape.own, became=became, in_table=in_table)
    lines.top = max(lines.top, shape.headed)
    tied = {*marked, *unread_rows(making, old, shape.own)}
    beside = _beside(old, lines, shape, making, tied)
    _keep_totals(found, making, totals, beside, shape.own)
    beside.settle(shape.own)
    typed = Found()
    if old.key_column is not None:
        heading_row = shape.lines.header_row if shape.lines else None
        now = _with_new_names(making, shape.own)
        typed = typed_over(
            old, old.key_column, titles, heading_row, shape.own, now, shape.opened, beside.by_hand
        )
    if shape.lines is not None:
        typed = replace(typed, fresh=(*typed.fresh, *_formulas(old, making, shape, beside)))
    unread = _unread(old, making, shape, totals)
    kept = _keep(found, making, typed, unread, beside)
    sums = [making.sheet.last_row + 1] if totals else []
    beside.put_below(max([shape.header[1], *keys, *sums, *kept]))
    found.rows, found.places = beside.rows, beside.corners
    keep_on_our_cells(found, making, old, {**shape.opened, **shape.own})
    keep_in_the_block(found, making, old, shape.own, [gone.row for gone in beside.gone])
    carried = carried_cells(old, beside.targets, found.moves)
    header = making.sheet.first_row - 1
    named = [*_headed(found, carried, header)] if found.extras else carried
    _add_carried(found, [*named, *_new_cells(found, named, making.sheet)])
    if shape.opened:
        give_room(found, making, old, carried)


def _beside(
    old: OldSheet, lines: Lines, shape: Shape, making: Making, marked: Collection[int]
) -> Beside:
    """What stands beside the lines, and in the open columns."""
    opened = making.sheet.open_columns
    columns = {**shape.beside, **shape.opened}
    written = opened.written if opened else ()
    beside = Beside(old, lines, columns, marked, open=shape.opened, written=written)
    beside.reserve({
        (number, column)
        for number, row in numbered(making.sheet)
        for column in making.open_columns
        if column <= len(row.values) and row.values[column - 1] is not None
    })  # fmt: skip
    return beside


def _totals(old: OldSheet, headings: Sequence[str]) -> OldTable | None:
    """The table of our lines, when it ends with rows of sums."""
    table = old.table(headings) if headings else None
    return table if table and table.totals_rows else None


def _keep_totals(
    found: SheetRows, making: Making, table: OldTable | None, beside: Beside, own: Mapping[int, int]
) -> None:
    """The row of sums below the lines, as people have it, of a table that has one."""
    if table is None:
        return
    found.totals = 1
    target = making.sheet.last_row + 1
    beside.put_totals(table.last_row, target, {**beside.columns, **own})
    found.written.rows.setdefault(target, RowXml())
    found.last_row = max(found.last_row, target)


def _with_new_names(making: Making, own: Mapping[int, int]) -> dict[int, set[str]]:
    """The new names, and the texts that have one of them, by the old column that shows them now."""
    names = making.sheet.new_names
    if not names:
        return {}
    found: defaultdict[int, set[str]] = defaultdict(lambda: set(names))
    for row in making.sheet.rows:
        for column, value in enumerate(row.values, start=1):
            text = value.text if isinstance(value, Link) else value
            if isinstance(text, str) and any(name in text for name in names):
                found[column].add(text)
    return {column: found[now] for column, now in own.items()}


def _unread(old: OldSheet, making: Making, shape: Shape, totals: OldTable | None) -> Iterator[str]:
    """The texts of rows of a table which were not read as lines: another table's, under ours; of
    one whose key says what we wrote on it, where it holds something else too.
    """
    if shape.lines is None:
        return
    for number, cells in sorted(old.cells.items()):
        is_total = totals is not None and number == totals.last_row
        if number <= shape.lines.header_row or number in making.sheet.places or is_total:
            continue
        key = old.keys.get(number, "")
        mine = {c: cell for c, cell in cells.items() if c in shape.own and c != old.key_column}
        words = [cell.text for cell in mine.values() if cell.kind != "n"]
        prints = key.rpartition("|")[2] if is_line_key(key) else ""
        known = any(line_print(word) in prints for word in words if word)
        if not key or (known and any(line_print(word) not in prints for word in words)):
            text = joined(old, mine)
            if text:
                yield text


def _formulas(old: OldSheet, making: Making, shape: Shape, beside: Beside) -> Iterator[Typed]:
    """The formulas typed in our columns of a table that neither stay on their line, in an open
    column, nor leave their value: a cell that has none, or an error.
    """
    stay = open_columns(making)
    places = {
        (number, column)
        for number, cells in old.cells.items()
        for column, cell in cells.items()
        if number in making.sheet.places
        and column in shape.own
        and cell.text.startswith("=")
        and not (number in beside.rows and shape.own[column] in stay)
    }
    for (number, column), cell in sorted(old.elements(places).items()):
        if cell.find(q("f")) is not None and (cell.get("t") == "e" or not cell.findtext(q("v"))):
            yield typed_in(old, number, column, shape.lines.header_row if shape.lines else 0)


def _keep(
    found: SheetRows, making: Making, typed: Found, unread: Iterable[str], beside: Beside
) -> list[int]:
    """The block at the bottom: a row for each text typed over ours, and for each line that is gone
    and had something beside it. Gives their numbers.
    """
    found.said += (one.sentence for one in typed.fresh)
    found.said += (one.sentence for one in beside.gone if not one.was_kept)
    lines = list(dict.fromkeys([*typed.lines(making.on), *unread]))
    if not lines and not beside.gone:
        return []
    number = found.last_row + _SPACE_AFTER
    rows = [number]
    last = get_column_letter(found.width - 1)
    _add_kept(found, making, number, HEADING, HEADING_LOOK, 18)
    add_key(found, making, number, HEADING_KEY)
    for line in lines:
        number += 1
        _add_kept(found, making, number, line, KEPT_LOOK, _height(line, making))
        add_key(found, making, number, kept_key(line))
        if found.width > 2:
            found.merged.append(f"A{number}:{last}{number}")
        rows.append(number)
    on = f" depuis l'actualisation du {french_day(making.on)}" if making.on else ""
    for gone in beside.gone:
        number += 1
        while not beside.is_free(gone, number):
            number += 1
        beside.put_gone(gone, number)
        if making.open_columns:
            add_label(found, making, number, gone.label(on))
        else:
            _add_kept(found, making, number, gone.label(on), GONE_LOOK, 15)
        add_key(found, making, number, gone.key)
        rows.append(number)
        number += gone.height - 1
    found.last_row = max(*found.written.rows, number)
    return rows


def _add_kept(
    found: SheetRows, making: Making, number: int, text: str, look: str, height: float
) -> None:
    style = making.looks[look][0]
    text = shortened(text) if is_too_long(text) else text
    cells = [f'<c r="A{number}" s="{style}"{inline(text)}']
    if look == KEPT_LOOK:  # the others run over empty cells
        cells += [f'<c r="{get_column_letter(c)}{number}" s="{style}"/>'
                  for c in range(2, found.width)]  # fmt: skip
    found.written.rows[number] = RowXml(f' ht="{height:g}" customHeight="1"', cells)


def _height(text: str, making: Making) -> float:
    """The height, in points, of a text that runs over all the columns that are seen."""
    room = max(making.drawn.seen_width * _CHARACTERS, 20)
    lines = sum(ceil(len(line) / room) or 1 for line in legal(text).split("\n"))
    return min(lines * _LINE_HEIGHT + 4, _TALLEST)


def _headed(found: SheetRows, carried: Sequence[Carried], header: int) -> Iterator[Carried]:
    """The carried cells, the heading of each column that people added being there: Excel empties
    the cells of headings that are hidden.
    """
    extras = {found.width + rank: extra for rank, extra in enumerate(found.extras, start=1)}
    there = set()
    for cell in carried:
        if cell.row == header and cell.column in extras:
            if "<v>" not in cell.xml and "<is>" not in cell.xml:
                continue
            there.add(cell.column)
        yield cell
    look = re.search(r' s="\d+"', "".join(found.written.rows[header].cells))
    for column, extra in extras.items():
        if column not in there:
            start = f'<c r="{get_column_letter(column)}{header}"{look[0] if look else ""}'
            yield Carried(header, column, f"{start}{inline(from_xml(extra.name))}", False)


def _new_cells(
    found: SheetRows, added: Sequence[Carried], sheet: GeneratedSheet
) -> Iterator[Carried]:
    """New lines in the columns that people added: they look as the others, and compute so."""
    there = {(cell.row, cell.column) for cell in added}
    known = set(found.rows.values())
    body = range(sheet.first_row, sheet.last_row + 1)
    looks: dict[int, str] = {}
    for cell in added:
        if cell.row in body and cell.column not in looks:
            looks[cell.column] = etree.fromstring(cell.xml).get("s", "")
    for column, extra in enumerate(found.extras, start=found.width + 1):
        look = f' s="{looks[column]}"' if looks.get(column) else ""
        for row in body:
            formula = extra.formula if row not in known else ""
            start = f'<c r="{get_column_letter(column)}{row}"{look}'
            if formula and (row, column) not in there:
                yield Carried(row, column, f"{start}><f>{escaped(formula)}</f></c>", True)
            elif look and (row, column) not in there:
                yield Carried(row, column, f"{start}/>", False)


def _add_carried(found: SheetRows, carried: Sequence[Carried]) -> None:
    for number, cells in by_row(carried).items():
        row = found.written.rows.setdefault(number, RowXml())
        if cells[0].column < found.width:
            row.cells = among_ours(row.cells, cells)
        else:
            row.cells += [cell.xml for cell in cells]
        found.last_row = max(found.last_row, number)
        found.last_column = max(found.last_column, cells[-1].column)
        found.places |= {cell.place: (number, cell.column) for cell in cells if cell.place}
        found.has_formulas |= any(cell.has_formula for cell in cells)
