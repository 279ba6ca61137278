"""What an OpenDocument's XML tells and calamine does not: how far its cells go, their errors."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.extent import MOST_CELLS
from cedre_xlsx.workbook.read.safety import endless_text

_TOKEN = re.compile(
    rb"<table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?P<attributes>\s[^<>]*)?>"
)
_ROWS = re.compile(rb'number-rows-repeated="([0-9]+)"')
_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]+)"')
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_SHOWN = re.compile(rb"\s*<text:p[^<>]*>([^<]*)")

#: Calamine lays out an OpenDocument at three times the cost.
_MOST_CELLS = MOST_CELLS * 3 // 8
_MOST_TEXT = 128 * 1024**2  # bytes, markup included

#: Row, column (1-based) and text of each cell that shows an error, by the name of its sheet.
Errors = dict[str, list[tuple[int, int, str]]]


@dataclass(slots=True)
class _Cells:
    """The cells in use of one sheet, as far as it was scanned."""

    name: str = ""
    row: int = 0  # rows before this one
    row_count: int = 0  # how often this one is repeated
    column: int = 0  # cells before, in this row
    last_row: int = 0
    last_column: int = 0

    @property
    def box(self) -> int:
        return self.last_row * self.last_column


def scan(content: bytearray, path: Path) -> Errors:
    """The cells that show an error, which calamine gives as empty; each repeated one once.

    A cell repeated a million times is written once: CedreError when the cells in use span more
    than may be laid out, or hold more text than anybody types.
    """
    errors: Errors = defaultdict(list)
    sheet = _Cells()
    boxes = text = 0
    for token in _TOKEN.finditer(content):
        tag, attributes = token["tag"], token["attributes"] or b""
        if tag == b"table":
            boxes += sheet.box
            named = _NAME.search(attributes)
            sheet = _Cells(unescape(named[1].decode("utf-8", "replace")) if named else "")
        elif tag == b"table-row":
            sheet.row += sheet.row_count
            sheet.row_count, sheet.column = _repeated(_ROWS, attributes), 0
        else:
            if b'value-type="error"' in attributes:
                shown = _SHOWN.match(content, token.end())
                said = shown[1].decode("utf-8", "replace") if shown else ""
                errors[sheet.name].append((sheet.row + 1, sheet.column + 1, said))
            count = _repeated(_COLUMNS, attributes)
            sheet.column += count
            if b"value-type=" in attributes:
                sheet.last_row = sheet.row + sheet.row_count
                sheet.last_column = max(sheet.last_column, sheet.column)
                end = content.find(b"<table:", token.end())
                length = (end if end >= 0 else len(content)) - token.end()
                text += length * count * sheet.row_count
        if boxes + sheet.box > _MOST_CELLS:
            raise CedreError(
                f"{path} : une feuille s'étend trop loin pour être lue. Supprimez ses lignes et "
                "colonnes vides, puis enregistrez."
            )
        if text > _MOST_TEXT:
            raise endless_text(path)
    return errors


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
