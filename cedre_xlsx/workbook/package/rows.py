"""The data rows of a generated sheet as XML: our own serializer, for size and for safety."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from cedre_xlsx.method.french import counted
from cedre_xlsx.workbook.generated import GeneratedSheet, Link, SheetRow, Value
from cedre_xlsx.workbook.package.parts import MAIN

MAX_TEXT = 32_767  # characters in a cell
MAX_LINKS = 65_530  # in a sheet
MAX_ROW = 1_048_576
_CUT = " […]"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass
class RowXml:
    """One row as XML: its attributes but the number, and its cells from left to right."""

    attributes: str = ""
    cells: list[str] = field(default_factory=list)


@dataclass
class WrittenRows:
    """The rows as XML by number, their links (cell, address, text), and what had to be cut."""

    rows: dict[int, RowXml] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    shortened: int = 0
    unlinked: int = 0
    left_out: int = 0

    def notes(self, title: str) -> Iterator[str]:
        """French sentences on what could not be written whole."""
        if self.shortened:
            texts = counted(self.shortened, "texte raccourci", "textes raccourcis")
            yield f"{title} : {texts} à {MAX_TEXT} caractères, la limite d'une cellule."
        if self.unlinked:
            yield f"{title} : {counted(self.unlinked, 'lien')} de trop pour une feuille, sans lien."
        if self.left_out:
            yield f"{title} : {counted(self.left_out, 'ligne')} de trop pour une feuille."


def written_rows(
    sheet: GeneratedSheet, styles: Mapping[str, Sequence[int]], *, date1904: bool
) -> WrittenRows:
    """The rows of the table, then its footer two rows below; `styles` are indexes by look."""
    written = WrittenRows()
    letters = [get_column_letter(n + 1) for n in range(max(map(len, styles.values()), default=0))]
    epoch = _EPOCH_1904 if date1904 else _EPOCH_1900
    for number, row in _numbered(sheet):
        if number > MAX_ROW:
            written.left_out += 1
        else:
            _write_row(written, number, row, styles[row.style], letters, epoch)
    return written


def _numbered(sheet: GeneratedSheet) -> Iterator[tuple[int, SheetRow]]:
    yield from enumerate(sheet.rows, sheet.first_row)
    yield from enumerate(sheet.footer, sheet.last_row + 2)


def _write_row(
    written: WrittenRows,
    number: int,
    row: SheetRow,
    styles: Sequence[int],
    letters: Sequence[str],
    epoch: date,
) -> None:
    height = f' ht="{row.height:g}" customHeight="1"' if row.height else ""
    cells = [
        _cell(written, f"{letter}{number}", value, style, epoch)
        for letter, value, style in zip(letters, row.values, styles, strict=False)
    ]
    written.rows[number] = RowXml(height, cells)


def sheet_data(rows: Mapping[int, RowXml]) -> bytes:
    """The rows as the element that holds them, whatever prefix the rest of the sheet has."""
    lines = (
        f'<row r="{number}"{row.attributes}>{"".join(row.cells)}</row>'
        for number, row in sorted(rows.items())
    )
    return f'<sheetData xmlns="{MAIN}">{"".join(lines)}</sheetData>'.encode()


def _cell(written: WrittenRows, reference: str, value: Value, style: int, epoch: date) -> str:
    start = f'<c r="{reference}" s="{style}"'
    if isinstance(value, Link):
        if len(written.links) < MAX_LINKS:
            address = f"'{value.sheet.replace(chr(39), chr(39) * 2)}'!{value.cell or 'A1'}"
            written.links.append((reference, address, value.text))
        else:
            written.unlinked += 1
        value = value.text
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"{start}><v>{value!r}</v></c>"
    if isinstance(value, date):
        days = (value - epoch).days
        if days >= 0:
            return f"{start}><v>{days}</v></c>"
        value = f"{value:%d/%m/%Y}"  # before the first day that Excel knows
    text = value
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        written.shortened += 1
        text = _shortened(text)
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _shortened(text: str) -> str:
    """Cut to Excel's limit, which counts UTF-16 units, never inside a character."""
    units = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT


def xml_text(text: str) -> str:
    """A text for XML as Excel reads it: what it cannot hold is left out, `_x0041_` is escaped."""
    legal = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return escape(_LOOKS_ESCAPED.sub("_x005F_", legal))
