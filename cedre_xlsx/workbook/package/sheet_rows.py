"""The rows of a generated sheet, all together: drawn, written, and carried from the old sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.old_sheet import Carried, Extra, OldSheet, OldTable, by_row
from cedre_xlsx.workbook.package.rows import RowXml, WrittenRows, written_rows, xml_text
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold
from cedre_xlsx.workbook.package.style_table import StyleTable

_SPACE_AFTER = 2  # blank rows between what we write and what has no line any more


@dataclass
class SheetRows:
    """Everything that the sheet's cells hold, and what else depends on their places.

    `width` is our number of columns; `moves` says, for each old column, where it stands now;
    `extras` are the columns that people added to our table.
    """

    written: WrittenRows
    width: int
    last_row: int
    last_column: int
    extras: Sequence[Extra] = ()
    moves: dict[int, int] = field(default_factory=dict)
    has_formulas: bool = False


def sheet_rows(
    sheet: GeneratedSheet,
    drawn: Drawn,
    scaffold: Scaffold,
    styles: StyleTable,
    old: OldSheet | None,
    *,
    date1904: bool,
) -> SheetRows:
    """Write the rows of `sheet`, with the cells that people added to the old one."""
    indexes = {look: tuple(map(styles.xf, row)) for look, row in drawn.styles.items()}
    written = written_rows(sheet, indexes, date1904=date1904)
    drawn_width = _add_drawn_rows(written, scaffold, drawn, styles)
    width = max([drawn_width, *(len(row) for row in drawn.styles.values())])
    if sheet.table is not None:
        width = len(sheet.table.columns)
        if not sheet.rows:
            written.rows.setdefault(sheet.first_row, RowXml())
    found = SheetRows(written, width, max(written.rows, default=1), width)
    if old is not None:
        _carry(found, sheet, old)
    return found


def _add_drawn_rows(
    written: WrittenRows, scaffold: Scaffold, drawn: Drawn, styles: StyleTable
) -> int:
    """The titles and headings, their texts inline; gives the last column that they reach."""
    width = 1
    root = scaffold.package.root(drawn.part)
    for row in root.iterfind(f"{q('sheetData')}/{q('row')}"):
        number = int(row.get("r", "0"))
        if number in written.rows:
            raise ValueError(f"row {number} is drawn, and is a row of data")
        height = f' ht="{row.get("ht")}" customHeight="1"' if row.get("ht") else ""
        cells = []
        for cell in row.iterchildren(q("c")):
            reference = cell.get("r", "")
            cells.append(_drawn_cell(cell, reference, scaffold, styles))
            width = max(width, column_index_from_string(reference.rstrip("0123456789")))
        written.rows[number] = RowXml(height, cells)
    return width


def _drawn_cell(
    cell: etree._Element, reference: str, scaffold: Scaffold, styles: StyleTable
) -> str:
    start = f'<c r="{reference}" s="{styles.xf(int(cell.get("s", "0")))}"'
    value = cell.findtext(q("v"))
    if cell.find(q("f")) is not None:
        raise ValueError(f"{reference}: a generated sheet holds values, not formulas")
    if cell.get("t") == "s" and value:
        return f"{start}{_inline(scaffold.strings[int(value)])}"
    if cell.get("t") == "inlineStr":
        return f"{start}{_inline(''.join(text.text or '' for text in cell.iter(q('t'))))}"
    if not value:
        return f"{start}/>"
    kind = f' t="{cell.get("t")}"' if cell.get("t", "n") != "n" else ""
    return f"{start}{kind}><v>{value}</v></c>"


def _inline(text: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _carry(found: SheetRows, sheet: GeneratedSheet, old: OldSheet) -> None:
    """Cells beside ours stay where they are; columns added to our table follow its lines."""
    headings = [c.header for c in sheet.table.columns.values()] if sheet.table else []
    table = old.table(headings) if headings else None
    carried: list[Carried] = []
    if table is None:
        found.moves = {}
        carried = old.beyond(found.width, 0)
    else:
        found.extras = old.extras(table, headings)
        columns = {extra.column: found.width + n for n, extra in enumerate(found.extras, start=1)}
        rows = _row_moves(sheet, old, table)
        free = found.last_row + _SPACE_AFTER + 1
        carried = old.carried(columns, rows, first_free_row=free)
        carried += _blank_looks(carried, sheet)
        end = max([table.last_column, *columns])
        shift = found.width + len(found.extras) - end
        carried += old.beyond(end, shift)
        found.moves = {**columns, **_own_moves(table, headings)}
    _add_carried(found, carried)


def _row_moves(sheet: GeneratedSheet, old: OldSheet, table: OldTable) -> dict[int, int]:
    """Old row → new row: the heading's, those above it, and each line by its identity."""
    header = sheet.first_row - 1
    above = range(1, table.header_row + 1)
    moves = {row: row - table.header_row + header for row in above}
    moves = {row: moved for row, moved in moves.items() if moved > 0}
    now = {}
    key = _key_index(sheet)
    for number, row in (
        *enumerate(sheet.rows, sheet.first_row), *enumerate(sheet.footer, sheet.last_row + 2)
    ):  # fmt: skip
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


def _own_moves(table: OldTable, headings: Sequence[str]) -> dict[int, int]:
    """Where each of our columns stood → where it stands."""
    places = {heading.casefold(): index for index, heading in enumerate(headings, start=1)}
    return {
        table.first_column + offset: places[name.casefold()]
        for offset, name in enumerate(table.names)
        if name.casefold() in places
    }


def _blank_looks(carried: Sequence[Carried], sheet: GeneratedSheet) -> list[Carried]:
    """New lines look like the others in the columns that people added."""
    made = []
    there = {(cell.row, cell.column) for cell in carried}
    body = range(sheet.first_row, sheet.last_row + 1)
    looks: dict[int, str] = {}
    for cell in carried:
        if cell.row in body and cell.column not in looks:
            looks[cell.column] = etree.fromstring(cell.xml).get("s", "")
    for column, look in looks.items():
        for row in body:
            if look and (row, column) not in there:
                xml = f'<c r="{get_column_letter(column)}{row}" s="{look}"/>'
                made.append(Carried(row, column, xml, has_formula=False))
    return made


def _add_carried(found: SheetRows, carried: Sequence[Carried]) -> None:
    for number, cells in by_row(carried).items():
        row = found.written.rows.setdefault(number, RowXml())
        row.cells += [cell.xml for cell in cells]
        found.last_row = max(found.last_row, number)
        found.last_column = max(found.last_column, cells[-1].column)
        found.has_formulas |= any(cell.has_formula for cell in cells)
