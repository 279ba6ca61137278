"""How far a sheet's cells go, known before calamine lays them out in one rectangle.

A stray cell at XFD1048576 makes that rectangle 17 thousand million cells. A scan of the sheet's
XML proves that its cells stay within a box of a reasonable size; a sheet that does not is closed
up: rows and columns in use are renumbered one after the other, and their numbers kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from cedre_xlsx.schema.records import column_letter

#: Cells of the rectangles that calamine may lay out, all sheets together: about 300 MB.
MOST_CELLS = 8_000_000
#: Columns looked at in a sheet that has to be closed up.
_MOST_COLUMNS = 1_000
_DIMENSION = re.compile(rb'<dimension\s+ref="(?:[A-Z]{1,3}[0-9]+:)?([A-Z]{1,3})[0-9]+"')
_DEFAULT_COLUMNS = 64
_ONE_LETTER = 26
_SMALL_BOX = 300_000
#: A short literal is found faster by a pattern than by `find`.
_PREFIXED = re.compile(b":c")
_MANY_ROWS = 150_000
_CELL_ROW = re.compile(rb'<c r="[A-Z]+([0-9]+)"')
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="n")?(?:/>|></c>)')
_TAG = re.compile(
    rb"<(?P<prefix>(?:[A-Za-z_][\w.\-]*:)?)(?P<name>row|c)(?P<attributes>(?:\s[^<>]*)?)/?>"
)
_REF = re.compile(rb"""\sr\s*=\s*["']\s*\$?([A-Za-z]{0,3})\$?([0-9]{0,7})\s*["']""")
_FILLED = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?(?:v|is)\b")


@dataclass(frozen=True, slots=True)
class ClosedUp:
    """A sheet's XML with its rows and columns renumbered, and the numbers that they had."""

    xml: bytes
    rows: Sequence[int]
    columns: Sequence[int]


def proved_box(xml: bytes | bytearray, most: int) -> int | None:
    """The cells of a box that all cells in use are proved to stay within.

    None when there is no proof of a box of at most so many.
    """
    start = xml.find(b"<sheetData")
    end = xml.rfind(b"</sheetData>")
    if start < 0 or end < 0:  # an empty sheet, or one with prefixes
        return 0 if start < 0 and xml.find(b":sheetData") < 0 else None
    if (
        _PREFIXED.search(xml, start, end) is not None
    ):  # a prefix, or a text: closing up looks closer
        return None
    last_filled = max(xml.rfind(b"</v>", start, end), xml.rfind(b"</is>", start, end))
    found = _CELL_ROW.match(xml, xml.rfind(b"<c ", start, max(last_filled, start)))
    if found is None:
        empty = xml.find(b"<v", start, end) < 0 and xml.find(b"<is", start, end) < 0
        return 0 if empty else None
    last_row = int(found[1])
    if last_row > _MANY_ROWS and xml.count(b"<row ", start, end) * 4 < last_row:
        return None  # mostly rows that are not there
    dimension = _DIMENSION.search(xml[:start])
    declared = column_number(dimension[1]) if dimension else _DEFAULT_COLUMNS
    for row, column in _boxes(last_row, declared):
        within = 0 < row * column <= most
        if within and _beyond(row, column).search(xml, start, end) is None:
            return row * column
    return None


def _boxes(last_row: int, declared: int) -> Iterator[tuple[int, int]]:
    """The boxes to try: for a small sheet, first a round one, whose pattern others have too."""
    round_row = 10 ** len(str(last_row)) - 1
    if declared <= _ONE_LETTER and round_row * _ONE_LETTER <= _SMALL_BOX:
        yield round_row, _ONE_LETTER
    for column in sorted({declared, max(declared, _DEFAULT_COLUMNS), _DEFAULT_COLUMNS}):
        yield last_row, column


@lru_cache(maxsize=256)
def _beyond(row: int, column: int) -> re.Pattern[bytes]:
    """Matches a cell that is not empty, right of a column or below a row; or without its place."""
    letters = _at_most(column_letter(column).encode(), b"A", b"Z")
    digits = _at_most(b"%d" % row, b"0", b"9")
    within = rb' r="(?:' + letters + rb")(?:" + digits + rb')"'  # of nearly every cell: first
    filled = rb"(?:[^>]*[^/>])?>(?!</c>)"  # programs write an empty cell as <c/> or as <c></c>
    return re.compile(
        rb"<c(?!" + within + rb')(?: r="[A-Z]+[0-9]+"' + filled
        + rb'|(?! r="[A-Z]{1,3}[0-9]{1,7}"))'
    )  # fmt: skip


def _at_most(limit: bytes, lowest: bytes, highest: bytes) -> bytes:
    """A pattern for what is shorter than `limit`, or as long and not greater."""
    any_one = b"[" + lowest + b"-" + highest + b"]"
    ways = [any_one + b"{1,%d}" % (len(limit) - 1)] if len(limit) > 1 else []
    for place in range(len(limit)):
        digit = limit[place : place + 1]
        if digit > lowest:
            before = bytes([digit[0] - 1])
            rest = len(limit) - place - 1
            ways.append(
                re.escape(limit[:place]) + b"[" + lowest + b"-" + before + b"]"
                + any_one + b"{%d}" % rest
            )  # fmt: skip
    return b"|".join((*ways, re.escape(limit)))


def column_number(letters: bytes | bytearray) -> int:
    """The 1-based number of a column from its letters in the file: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class Tag(NamedTuple):
    """A row's opening tag, or a cell with what it holds; from `start` to `stop` in the sheet."""

    is_row: bool
    prefix: bytes
    attributes: bytes
    inner: bytes
    start: int
    stop: int


def tags(xml: bytes | bytearray) -> Iterator[Tag]:
    """The rows and cells of a sheet in their order, whatever their prefix.

    A cell ends where it is closed, at the latest where the next one begins.
    """
    end = xml.rfind(b"sheetData>")
    found = _TAG.finditer(xml, 0, max(end, 0))
    for one, following in pairwise(chain(found, (None,))):
        if one is None:
            return
        prefix, attributes, start = one["prefix"], one["attributes"], one.end()
        if one["name"] == b"row" or xml[start - 2 : start] == b"/>":
            bare = attributes.removesuffix(b"/")
            yield Tag(one["name"] == b"row", prefix, bare, b"", one.start(), start)
            continue
        closing = b"</" + prefix + b"c"
        stop = xml.rfind(closing, start, following.start() if following else end)
        if stop >= 0:
            after = xml.find(b">", stop) + 1
            yield Tag(False, prefix, attributes, bytes(xml[start:stop]), one.start(), after)


def close_up(xml: bytes | bytearray, most: int = MOST_CELLS) -> ClosedUp | None:
    """The sheet without its empty stretches; None when even so it has more cells than `most`."""
    cells: dict[int, dict[int, bytes]] = {}
    prefix = b""
    row = column = 0
    for tag in tags(_EMPTY_CELL.sub(b"", xml)):
        ref = _REF.search(tag.attributes)
        if tag.is_row:
            row = int(ref[2]) if ref and ref[2] else row + 1
            column = 0
            continue
        prefix = tag.prefix
        column = column_number(ref[1]) if ref and ref[1] else column + 1
        row = int(ref[2]) if ref and ref[2] else row
        if _FILLED.search(tag.inner):
            attributes = _REF.sub(b"", tag.attributes)
            cells.setdefault(row, {})[column] = attributes + b">" + tag.inner
    rows = sorted(cells)
    columns = sorted({number for line in cells.values() for number in line})[:_MOST_COLUMNS]
    if len(rows) * len(columns) > most:
        return None
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData>")
    head = bytes(xml[: xml.rfind(b"<", 0, start)])
    sheet_data = _written(cells, rows, columns, prefix)
    return ClosedUp(head + sheet_data + bytes(xml[end + 10 :]), rows, columns)


def _written(
    cells: dict[int, dict[int, bytes]], rows: Sequence[int], columns: Sequence[int], prefix: bytes
) -> bytes:
    """The cells as sheetData, rows and columns numbered from one on."""
    letters = {number: column_letter(rank).encode() for rank, number in enumerate(columns, start=1)}
    pieces = [b"<" + prefix + b"sheetData>"]
    close = b"</" + prefix + b"c>"
    for rank, row in enumerate(rows, start=1):
        pieces.append(b'<%srow r="%d">' % (prefix, rank))
        pieces += (
            b'<%sc r="%s%d"' % (prefix, letters[column], rank) + held + close
            for column, held in sorted(cells[row].items())
            if column in letters
        )
        pieces.append(b"</" + prefix + b"row>")
    pieces.append(b"</" + prefix + b"sheetData>")
    return b"".join(pieces)
