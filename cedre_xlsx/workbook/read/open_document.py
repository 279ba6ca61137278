"""What an OpenDocument sheet may repeat: a cell repeated a million times is written once."""

from __future__ import annotations

import re
from pathlib import Path

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.extent import MOST_CELLS

_TOKEN = re.compile(
    rb"<table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?P<attributes>\s[^>]*)?>"
)
_ROWS = re.compile(rb'number-rows-repeated="([0-9]+)"')
_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]+)"')


def refuse_if_far(content: bytearray, path: Path) -> None:
    """CedreError when the cells in use of a sheet span more than may be laid out."""
    row = row_count = column = 0
    last_row = last_column = 0
    for token in _TOKEN.finditer(content):
        tag, attributes = token["tag"], token["attributes"] or b""
        if tag == b"table":
            row = row_count = last_row = last_column = 0
        elif tag == b"table-row":
            row += row_count
            row_count, column = _repeated(_ROWS, attributes), 0
        else:
            column += _repeated(_COLUMNS, attributes)
            if b"value-type=" in attributes:
                last_row, last_column = row + row_count, max(last_column, column)
        if last_row * last_column > MOST_CELLS:
            raise CedreError(
                f"{path} : une feuille s'étend trop loin pour être lue. Supprimez ses lignes et "
                "colonnes vides, puis enregistrez."
            )


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
