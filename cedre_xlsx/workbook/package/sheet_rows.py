"""The rows of a generated sheet, all together: drawn, written, and carried from the old sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.areas import areas
from cedre_xlsx.workbook.package.cell_text import escaped, is_too_long, shortened
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.old_sheet import Carried, Extra, OldLines, OldSheet, by_row
from cedre_xlsx.workbook.package.rows import (
    RowXml,
    WrittenRows,
    epoch_of,
    inline,
    numbered,
    text_of,
    written_rows,
)
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold
from cedre_xlsx.workbook.package.style_table import Looks, StyleTable
from cedre_xlsx.workbook.package.typed_over import (
    HEADING,
    HEADING_KEY,
    HEADING_LOOK,
    KEPT_LOOK,
    KEY_LOOK,
    LOOKS,
    Found,
    Typed,
    kept_key,
    key_column,
    row_key,
    titles_key,
    typed_over,
)

_SPACE_AFTER = 2  # rows between what we write and what has no line any more
_CHARACTERS = 1.2  # of Arial 9, in one unit of column width: on the safe side
_LINE_HEIGHT, _TALLEST = 11.6, 400.0  # points; Excel stops at 409


@dataclass
class SheetRows:
    """Everything that the sheet's cells hold, and what else depends on their places.

    `width` is our number of columns, that of the keys included; `moves` says, for each old
    column, where it stands now, and `places` so for each cell that was carried over; `extras` are
    the columns that people added to our table. `merged` are the ranges of the block at the
    bottom; `typed` what someone typed over our cells.
    """

    written: WrittenRows
    width: int
    last_row: int
    last_column: int
    extras: Sequence[Extra] = ()
    moves: dict[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    places: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    typed: Sequence[Typed] = ()
    has_formulas: bool = False


@dataclass(frozen=True)
class _Making:
    """What one sheet is made of."""

    sheet: GeneratedSheet
    drawn: Drawn
    scaffold: Scaffold
    looks: Mapping[str, tuple[int, ...]]
    epoch: date
    on: date | None

    @property
    def headings(self) -> list[str]:
        """Those of our table; none without one."""
        table = self.sheet.table
        return [] if table is None else [column.header for column in table.columns.values()]


def sheet_rows(
    sheet: GeneratedSheet,
    drawn: Drawn,
    scaffold: Scaffold,
    styles: StyleTable,
    old: OldSheet | None,
    *,
    title: str,
    date1904: bool,
    on: date | None,
) -> SheetRows:
    """Write the rows of `sheet`, which has that title, with the cells that people added to it."""
    looks = Looks(styles, drawn.styles)
    making = _Making(sheet, drawn, scaffold, looks, epoch_of(date1904=date1904), on)
    written = written_rows(sheet, looks, title=title, date1904=date1904)
    titles = _add_drawn_rows(written, scaffold, drawn, styles)
    widths = [len(row) for look, row in drawn.styles.items() if look not in LOOKS]
    width = max([titles.width, *widths]) + 1
    if sheet.table is not None:
        width = len(sheet.table.columns)
        if not sheet.rows:
            written.rows.setdefault(sheet.first_row, RowXml())
    found = SheetRows(written, width, max(written.rows, default=1), width)
    _add_keys(found, making, titles.texts)
    if old is not None:
        _carry(found, making, old, titles.texts)
    return found


@dataclass(frozen=True, slots=True)
class _Titles:
    """The texts above the rows, and the last column that they reach."""

    texts: list[str]
    width: int


def _add_drawn_rows(
    written: WrittenRows, scaffold: Scaffold, drawn: Drawn, styles: StyleTable
) -> _Titles:
    """The titles and headings, their texts inline."""
    width = 1
    texts = []
    root = scaffold.package.root(drawn.part)
    covered = _covered(root)
    for row in root.iterfind(f"{q('sheetData')}/{q('row')}"):
        number = int(row.get("r", "0"))
        if number in written.rows:
            raise ValueError(f"row {number} is drawn, and is a row of data")
        height = f' ht="{row.get("ht")}" customHeight="1"' if row.get("ht") else ""
        cells = []
        for cell in row.iterchildren(q("c")):
            reference = cell.get("r", "")
            text = _drawn_text(cell, scaffold)
            texts.append(text)
            look = covered.get(reference, cell.get("s", "0"))
            cells.append(f'<c r="{reference}" s="{styles.xf(int(look))}"')
            cells[-1] += inline(text) if text else "/>"
            width = max(width, column_index_from_string(reference.rstrip("0123456789")))
        written.rows[number] = RowXml(height, cells)
    return _Titles(texts, width)


def _covered(root: etree._Element) -> dict[str, str]:
    """The look of each merged cell: its first one's, as programs rewrite those that it covers."""
    looks = {cell.get("r", ""): cell.get("s", "0") for cell in root.iter(q("c"))}
    return {
        f"{get_column_letter(column)}{row}": looks.get(area.text.partition(":")[0], "0")
        for merged in root.iter(q("mergeCell"))
        for area in areas(merged.get("ref", ""))
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    }


def _drawn_text(cell: etree._Element, scaffold: Scaffold) -> str:
    value = cell.findtext(q("v"))
    if cell.find(q("f")) is not None:
        raise ValueError(f"{cell.get('r')}: a generated sheet holds values, not formulas")
    if cell.get("t") == "s" and value:
        return scaffold.strings[int(value)]
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(q("t")))
    if value:
        raise ValueError(f"{cell.get('r')}: titles and headings are texts")
    return ""


def _add_keys(found: SheetRows, making: _Making, titles: Sequence[str]) -> None:
    """The hidden cells by which what is typed over ours is known, as `typed_over` says."""
    _add_key(found, making, 1, titles_key(titles))
    if making.sheet.table is None:
        for number, row in numbered(making.sheet):
            key = row_key(text_of(value, making.epoch) for value in row.values)
            if key:
                _add_key(found, making, number, key)


def _add_key(found: SheetRows, making: _Making, number: int, key: str) -> None:
    reference = f"{get_column_letter(found.width)}{number}"
    cell = f'<c r="{reference}" s="{making.looks[KEY_LOOK][0]}"{inline(key)}'
    found.written.rows.setdefault(number, RowXml()).cells.append(cell)


def _carry(found: SheetRows, making: _Making, old: OldSheet, titles: Sequence[str]) -> None:
    """Cells beside ours stay where they are; columns added to our table follow its lines."""
    headings = making.headings
    table = old.lines(headings) if headings else None
    keys = key_column(old)
    columns: dict[int, int] = {}
    if table is not None:
        found.extras = old.extras(table, headings)
        columns = {extra.column: found.width + n for n, extra in enumerate(found.extras, start=1)}
        end = max([table.last_column, *columns])
        shift = found.width + len(found.extras) - end
        found.moves = {**columns, **_own_moves(table, headings)}
        found.rows = _row_moves(making.sheet, old, table)
    elif headings:
        end, shift = found.width, 0
    else:
        end = keys or found.width - 1
        shift = found.width - end
        found.moves = _shifts(old, keys or end + 1, shift) if shift else {}
    if keys is not None:
        _keep_typed(found, making, typed_over(
            old, keys, titles, has_table=bool(headings), extras=list(columns)
        ))  # fmt: skip
    carried = old.beyond(end, shift, found.moves)
    if table is not None:
        free = found.last_row + _SPACE_AFTER + 1
        added = old.carried(columns, found.rows, first_free_row=free, moves=found.moves)
        carried += [*added, *_new_cells(found, added, making.sheet)]
    _add_carried(found, carried)


def _shifts(old: OldSheet, first: int, shift: int) -> dict[int, int]:
    """Each old column → where it stands: those from `first` on are moved."""
    last = max((column for cells in old.cells.values() for column in cells), default=first)
    moves = {column: column for column in range(1, first) if column < first + shift}
    return {**moves, **{column: column + shift for column in range(first, last + 1)}}


def _keep_typed(found: SheetRows, making: _Making, typed: Found) -> None:
    """The block at the bottom, a row for each text that was typed over ours."""
    found.typed = typed.fresh
    lines = typed.lines(making.on)
    if not lines:
        return
    heading = found.last_row + _SPACE_AFTER
    last = get_column_letter(found.width - 1)
    _add_kept(found, making, heading, HEADING, HEADING_LOOK, 18)
    _add_key(found, making, heading, HEADING_KEY)
    for number, line in enumerate(lines, start=heading + 1):
        _add_kept(found, making, number, line, KEPT_LOOK, _height(line, making))
        _add_key(found, making, number, kept_key(line))
        if found.width > 2:
            found.merged.append(f"A{number}:{last}{number}")
    found.last_row = max(found.written.rows)


def _add_kept(
    found: SheetRows, making: _Making, number: int, text: str, look: str, height: float
) -> None:
    style = making.looks[look][0]
    text = shortened(text) if is_too_long(text) else text
    cells = [f'<c r="A{number}" s="{style}"{inline(text)}']
    cells += [f'<c r="{get_column_letter(c)}{number}" s="{style}"/>' for c in range(2, found.width)]
    found.written.rows[number] = RowXml(f' ht="{height:g}" customHeight="1"', cells)


def _height(text: str, making: _Making) -> float:
    """The height, in points, of a text that runs over all the columns that are seen."""
    room = max(making.drawn.seen_width * _CHARACTERS, 20)
    lines = sum(ceil(len(line) / room) or 1 for line in text.split("\n"))
    return min(lines * _LINE_HEIGHT + 4, _TALLEST)


def _row_moves(sheet: GeneratedSheet, old: OldSheet, table: OldLines) -> dict[int, int]:
    """Old row → new row: the heading's, those above it, and each line by its identity."""
    header = sheet.first_row - 1
    above = range(1, table.header_row + 1)
    moves = {row: row - table.header_row + header for row in above}
    moves = {row: moved for row, moved in moves.items() if moved > 0}
    now = {}
    key = _key_index(sheet)
    for number, row in numbered(sheet):
        if key is not None and len(row.values) > key:
            now[str(row.values[key]).rpartition("|")[0]] = number
    for number, identity in old.keys(table).items():
        if identity in now:
            moves[number] = now.pop(identity)
    return moves


def _key_index(sheet: GeneratedSheet) -> int | None:
    assert sheet.table is not None
    headings = [column.header for column in sheet.table.columns.values()]
    return headings.index(KEY_HEADER) if KEY_HEADER in headings else None


def _own_moves(table: OldLines, headings: Sequence[str]) -> dict[int, int]:
    """Where each of our columns stood → where it stands."""
    places = {heading.casefold(): index for index, heading in enumerate(headings, start=1)}
    return {
        table.first_column + offset: places[name.casefold()]
        for offset, name in enumerate(table.names)
        if name.casefold() in places
    }


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
        row.cells += [cell.xml for cell in cells]
        found.last_row = max(found.last_row, number)
        found.last_column = max(found.last_column, cells[-1].column)
        found.places |= {cell.place: (number, cell.column) for cell in cells if cell.place}
        found.has_formulas |= any(cell.has_formula for cell in cells)
