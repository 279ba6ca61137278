"""The rows of a generated sheet, all together: drawn, written, and carried from the old sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from cedre_xlsx.method.days import epoch_of
from cedre_xlsx.ooxml.areas import areas
from cedre_xlsx.ooxml.style_table import Looks, StyleTable
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.carrying import carry
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.making import Making, SheetRows, add_key
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.rows import (
    RowXml,
    WrittenRows,
    inline,
    numbered,
    text_of,
    written_rows,
)
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold
from cedre_xlsx.workbook.package.typed_over import (
    LOOKS,
    row_key,
    titles_key,
)


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
    marked: Collection[int],
) -> SheetRows:
    """Write the rows of `sheet`, which has that title, with the cells that people added to it.

    Something else than cells is tied to the `marked` rows of the old sheet.
    """
    looks = Looks(styles, drawn.styles)
    making = Making(sheet, drawn, scaffold, styles, looks, epoch_of(date1904=date1904), on)
    written = written_rows(sheet, looks, title=title, date1904=date1904)
    titles = _add_drawn_rows(written, scaffold, drawn, styles)
    widths = [len(row) for look, row in drawn.styles.items() if look not in LOOKS]
    width = max([titles.width, *widths]) + 1
    if sheet.table is not None:
        width = len(sheet.table.columns)
        if not sheet.rows:
            written.rows.setdefault(sheet.first_row, RowXml())
    found = SheetRows(written, width, max(written.rows, default=1), width)
    keys = _add_keys(found, making, titles.texts)
    if old is not None:
        carry(found, making, old, titles.texts, keys, marked)
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
            text = drawn_text(cell, scaffold)
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


def drawn_text(cell: etree._Element, scaffold: Scaffold) -> str:
    """The text of a cell of the drawing, "" for an empty one."""
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


def _add_keys(found: SheetRows, making: Making, titles: Sequence[str]) -> dict[int, str]:
    """The hidden cells by which lines, and what is typed over ours, are known; the lines' keys."""
    add_key(found, making, 1, titles_key(titles))
    keys = {}
    index = making.key_index
    for number, row in numbered(making.sheet):
        if making.sheet.table is None:
            values = (value for column, value in enumerate(row.values, start=1)
                      if column not in making.open_columns)  # fmt: skip
            key = row_key((text_of(value, making.epoch) for value in values), row.identity)
            if key:
                add_key(found, making, number, key)
        else:
            known = index is not None and len(row.values) > index
            key = str(row.values[index or 0] or "") if known else ""
        if key:
            keys[number] = key
    return keys
