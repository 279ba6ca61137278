"""What an OpenDocument's XML tells and calamine does not: how far its cells go, their errors."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from pathlib import Path

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.extent import MOST_CELLS

_TOKEN = re.compile(
    rb"<table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?P<attributes>\s[^>]*)?>"
)
_ROWS = re.compile(rb'number-rows-repeated="([0-9]+)"')
_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]+)"')
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_SHOWN = re.compile(rb"\s*<text:p[^>]*>([^<]*)")

#: Row, column (1-based) and text of each cell that shows an error, by the name of its sheet.
Errors = dict[str, list[tuple[int, int, str]]]


def scan(content: bytearray, path: Path) -> Errors:
    """The cells that show an error, which calamine gives as empty; each repeated one once.

    A cell repeated a million times is written once: CedreError when the cells in use of a sheet
    span more than may be laid out.
    """
    errors: Errors = defaultdict(list)
    sheet = ""
    row = row_count = column = 0
    last_row = last_column = 0
    for token in _TOKEN.finditer(content):
        tag, attributes = token["tag"], token["attributes"] or b""
        if tag == b"table":
            named = _NAME.search(attributes)
            sheet = unescape(named[1].decode("utf-8", "replace")) if named else ""
            row = row_count = last_row = last_column = 0
        elif tag == b"table-row":
            row += row_count
            row_count, column = _repeated(_ROWS, attributes), 0
        else:
            if b'value-type="error"' in attributes:
                shown = _SHOWN.match(content, token.end())
                text = shown[1].decode("utf-8", "replace") if shown else ""
                errors[sheet].append((row + 1, column + 1, text))
            column += _repeated(_COLUMNS, attributes)
            if b"value-type=" in attributes:
                last_row, last_column = row + row_count, max(last_column, column)
        if last_row * last_column > MOST_CELLS:
            raise CedreError(
                f"{path} : une feuille s'étend trop loin pour être lue. Supprimez ses lignes et "
                "colonnes vides, puis enregistrez."
            )
    return errors


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
