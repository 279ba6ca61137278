"""Rows added below the last one of a sheet, as bytes: all else in its part stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.workbook.package.rows import RowXml

_END = re.compile(rb"</((?:[\w.-]+:)?)sheetData\s*>")
_EMPTY = re.compile(rb"<((?:[\w.-]+:)?)sheetData\s*/>")
_ROW = re.compile(rb"<((?:[\w.-]+:)?)row(?=[\s/>])([^<>]*?)(?:/>|>(.*?)</\1row\s*>)", re.DOTALL)
_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_FILLED = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)(?=[\s/>])")
_MERGE = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref=["']([A-Za-z0-9:$]+)["']""")
_DIMENSION = re.compile(rb"""(<(?:[\w.-]+:)?dimension\s[^<>]*?\bref=["'])([A-Za-z0-9:$]+)(["'])""")
_TABLE_REF = re.compile(
    rb"""(<(?:[\w.-]+:)?(?:table|autoFilter)\s[^<>]*?\bref=["'])([A-Za-z0-9:$]+)(["'])"""
)


@dataclass(frozen=True, slots=True)
class Bottom:
    """Where rows may be added in a sheet's XML: `number` is that of the first one.

    They are put in the place of the bytes from `start` to `end`: rows without anything in them, of
    which those further down than ours go on standing. `prefix` is that of the sheet's elements.
    """

    number: int
    start: int
    end: int
    prefix: bytes
    is_closed: bool = True


def bottom_of(xml: bytes) -> Bottom | None:
    """Where rows may be added; None in a part that holds no rows, or not as XML is written."""
    ends = [*_END.finditer(xml)]
    if not ends:
        empty = _EMPTY.search(xml)
        if empty is None:
            return None
        return Bottom(1, empty.start(), empty.end(), empty[1], is_closed=False)
    end = ends[-1]
    last, start, number = 0, xml.find(b">", xml.find(b"sheetData")) + 1, 0
    for row in _ROW.finditer(xml, start, end.start()):
        given = _NUMBER.search(row[2])
        number = int(given[1]) if given else number + 1
        if row[3] and _FILLED.search(row[3]):
            last, start = number, row.end()
    merged = (area for one in _MERGE.findall(xml, end.end()) for area in areas(one.decode()))
    last = max([last, *(area.last_row for area in merged)])
    return Bottom(last + 1, start, end.start(), end[1])


def with_rows(xml: bytes, bottom: Bottom, rows: Sequence[RowXml]) -> bytes:
    """The sheet with these rows, whose cells are XML without prefix."""
    last = bottom.number + len(rows) - 1
    made = [_row(number, row, bottom.prefix) for number, row in enumerate(rows, bottom.number)]
    below, above = [], []
    for row in _ROW.finditer(xml, bottom.start, bottom.end):
        given = _NUMBER.search(row[2])
        if given and int(given[1]) < bottom.number:
            above.append(row[0])
        elif given and int(given[1]) > last:
            below.append(row[0])
    whole = b"".join([*above, *made, *below])
    if not bottom.is_closed:
        name = bottom.prefix + b"sheetData"
        whole = b"<" + name + b">" + whole + b"</" + name + b">"
    width = max(len(row.cells) for row in rows)
    return widened(xml[: bottom.start] + whole + xml[bottom.end :], last, width)


def _row(number: int, row: RowXml, prefix: bytes) -> bytes:
    text = f'<row r="{number}"{row.attributes}>{"".join(row.cells)}</row>'.encode()
    if not prefix:
        return text
    return re.sub(rb"<(/?)(?=[a-z])", lambda found: b"<" + found[1] + prefix, text)


def widened(xml: bytes, last: int, width: int) -> bytes:
    """The sheet, which says that it reaches down to the row `last` and over so many columns."""
    return _DIMENSION.sub(lambda found: _widened(found, last, width), xml, count=1)


def _widened(found: re.Match[bytes], last: int, width: int) -> bytes:
    known = areas(found[2].decode())
    if len(known) != 1:
        return found[0]
    area = known[0]
    wide = Area(
        area.first_row, area.first_column, max(area.last_row, last), max(area.last_column, width)
    )
    corner = f"{get_column_letter(wide.first_column)}{wide.first_row}"
    end = f"{get_column_letter(wide.last_column)}{wide.last_row}"
    return found[1] + f"{corner}:{end}".encode() + found[3]


def extended_table(xml: bytes, former: int, last: int) -> bytes:
    """A table's part, the table and its filter reaching down to the row `last`, where they ended at
    `former`.
    """

    def moved(found: re.Match[bytes]) -> bytes:
        known = areas(found[2].decode())
        if len(known) != 1 or known[0].last_row != former:
            return found[0]
        one = known[0]
        text = Area(one.first_row, one.first_column, last, one.last_column).text
        return found[1] + text.encode() + found[3]

    return _TABLE_REF.sub(moved, xml)


def cell(column: int, number: int, style: int, content: str) -> str:
    """A cell as XML; `content` is what follows its style."""
    return f'<c r="{get_column_letter(column)}{number}" s="{style}"{content}'
