"""Which cells of a sheet are merged, told by the XML that follows its cells."""

from __future__ import annotations

import re

from cedre_xlsx.ooxml.extent import column_number
from cedre_xlsx.schema.state import Area

_MERGE = re.compile(
    rb"""<(?:[A-Za-z_][\w.\-]*:)?mergeCell\s[^<>]*?\bref=["']\$?([A-Z]{1,3})\$?([0-9]{1,7}):"""
    rb"""\$?([A-Z]{1,3})\$?([0-9]{1,7})["']"""
)


def merged_areas(xml: bytes | bytearray) -> tuple[Area, ...]:
    """The areas of merged cells; whole columns and rows, which some programs write, are none."""
    end = max(xml.rfind(b"sheetData"), 0)
    return tuple(
        Area(int(row), column_number(column), int(last_row), column_number(last_column))
        for column, row, last_column, last_row in _MERGE.findall(xml, end)
    )
