"""The data rows of a generated sheet as XML: our own serializer, for size and for safety."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from openpyxl.utils import get_column_letter

from cedre_xlsx.method.days import epoch_of
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.ooxml.cell_text import (
    MAX_TEXT,
    is_too_long,
    legal,
    number_text,
    shortened,
    text_element,
)
from cedre_xlsx.ooxml.parts import MAIN
from cedre_xlsx.workbook.generated import GeneratedSheet, Link, SheetRow, Value

MAX_LINKS = 65_530  # in a sheet
#: The attributes of a row in a closed group of the outline.
HIDDEN = ' hidden="1"'
FOLDED = f' outlineLevel="1"{HIDDEN}'


@dataclass
class RowXml:
    """One row as XML: its attributes but the number, and its cells from left to right."""

    attributes: str = ""
    cells: list[str] = field(default_factory=list)


@dataclass
class WrittenRows:
    """The rows as XML by number, their links (cell, address, text), and what had to be cut.

    `title` is the sheet's own.
    """

    title: str
    rows: dict[int, RowXml] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    shortened: int = 0
    unlinked: int = 0
    left_out: int = 0

    def notes(self) -> Iterator[str]:
        """French sentences on what could not be written whole."""
        title = self.title
        if self.shortened:
            texts = counted(self.shortened, "texte raccourci", "textes raccourcis")
            yield f"{title} : {texts} à {MAX_TEXT} caractères, la limite d'une cellule."
        if self.unlinked:
            yield f"{title} : {counted(self.unlinked, 'lien')} de trop pour une feuille, sans lien."
        if self.left_out:
            yield f"{title} : {counted(self.left_out, 'ligne')} de trop pour une feuille."


def written_rows(
    sheet: GeneratedSheet, styles: Mapping[str, Sequence[int]], *, title: str, date1904: bool
) -> WrittenRows:
    """The rows of the table, then its footer two rows below; `styles` are indexes by look.

    `title` is the sheet's own.
    """
    written = WrittenRows(title)
    width = max((len(row.values) for _, row in numbered(sheet)), default=0)
    letters = [get_column_letter(n + 1) for n in range(width)]
    epoch = epoch_of(date1904=date1904)
    written.left_out = len(sheet.rows) - len(sheet.body)
    for number, row in numbered(sheet):
        _write_row(written, number, row, styles[row.style], letters, epoch)
        if row.folded:
            written.rows[number].attributes += FOLDED
            if (above := written.rows.get(number - 1)) and FOLDED not in above.attributes:
                above.attributes += ' collapsed="1"'
    return written


def numbered(sheet: GeneratedSheet) -> Iterator[tuple[int, SheetRow]]:
    """The rows of the table, then its footer two rows below, with their numbers."""
    yield from enumerate(sheet.body, sheet.first_row)
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


def sheet_data(rows: Mapping[int, RowXml], *, prefixed: bool) -> bytes:
    """The rows as the element that holds them.

    In a sheet whose elements are `prefixed`, it declares their namespace as its own; elsewhere it
    does not, for some programs take a sheet with that declaration for an empty one.
    """
    namespace = f' xmlns="{MAIN}"' if prefixed else ""
    lines = (
        f'<row r="{number}"{row.attributes}>{"".join(row.cells)}</row>'.encode()
        for number, row in sorted(rows.items())
    )
    return b"".join((f"<sheetData{namespace}>".encode(), *lines, b"</sheetData>"))


def _cell(written: WrittenRows, reference: str, value: Value, style: int, epoch: date) -> str:
    start = f'<c r="{reference}" s="{style}"'
    if isinstance(value, Link):
        if len(written.links) < MAX_LINKS:
            sheet = (value.sheet or written.title).replace("'", "''")
            address = f"'{sheet}'!{value.cell or 'A1'}"
            written.links.append((reference, address, legal(value.text)))
        else:
            written.unlinked += 1
        value = value.text
    if value is None or value == "":
        return f"{start}/>"
    if not isinstance(value, str):
        if isinstance(value, bool):
            return f'{start} t="b"><v>{int(value)}</v></c>'
        if not isinstance(value, date):
            return f"{start}><v>{value!r}</v></c>"
        days = (value - epoch).days
        if days >= 0:
            return f"{start}><v>{days}</v></c>"
        value = french_day(value)  # before the first day that Excel knows
    if is_too_long(value):
        value = legal(value)
        if is_too_long(value):
            written.shortened += 1
            value = shortened(value)
    return f"{start}{inline(value)}"


@lru_cache(maxsize=4096)  # the columns of a table repeat themselves
def inline(text: str) -> str:
    """The rest of a cell that holds a text, after its reference and style."""
    return f' t="inlineStr"><is>{text_element(text)}</is></c>'


def text_of(value: Value, epoch: date) -> str:
    """What a cell that holds this value is known by when it is read back."""
    if value is None:
        return ""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        days = (value - epoch).days
        return number_text(days) if days >= 0 else french_day(value)
    return number_text(value)
