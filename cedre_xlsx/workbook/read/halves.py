"""A large sheet parsed as two: its halves by two processors, and each of them once.

calamine goes through a sheet a second time to look for its merged cells, up to where it finds
some: a half of ours says before its rows that it has none.
"""

from __future__ import annotations

import zipfile
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from io import UnsupportedOperation
from typing import IO, Any, cast

from lxml import etree

from cedre_xlsx.workbook.read.raw import Cell, Grid

#: Bytes of the XML of a sheet from which its halves are worth a package of their own.
LARGE = 4 * 1024**2
_ROWS, _END = b"<sheetData>", b"</sheetData>"
_NO_MERGES = b'<mergeCells count="0"></mergeCells>'
_LONGEST_AROUND = 1024**2  # bytes before the rows, and after them
_AT_ONCE = 256 * 1024  # bytes that are read: more of them take new memory each time


@dataclass(frozen=True, slots=True)
class Half:
    """A sheet that has only some of the rows of another: what its XML is made of."""

    pieces: tuple[bytes | memoryview, ...]


def halves(xml: bytes | bytearray) -> tuple[Half, Half] | None:
    """A sheet as two, all of whose cells say their place; None for one that is left whole.

    What stands around the rows has to be as calamine would accept it in the sheet.
    """
    start, end = xml.find(_ROWS, 0, _LONGEST_AROUND), xml.rfind(_END)
    middle = xml.find(b"<row ", (start + end) // 2, max(end, 0))
    if start < 0 or middle < 0 or len(xml) - end > _LONGEST_AROUND:
        return None
    head, tail = bytes(xml[:start]), bytes(xml[end:])
    if b"<!" in head or not _is_well_formed(head + _ROWS + tail):
        return None
    head += _NO_MERGES + _ROWS
    view = memoryview(xml)
    first, second = view[start + len(_ROWS) : middle], view[middle:end]
    return Half((head, first, tail)), Half((head, second, tail))


def _is_well_formed(xml: bytes) -> bool:
    try:
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return True


class _Pieces:
    """A file in memory, as large as a sheet, whose pieces are read where they lie."""

    def __init__(self) -> None:
        self._left: deque[memoryview] = deque()

    def write(self, piece: bytes | memoryview) -> int:
        """Take a piece at the end."""
        self._left.append(memoryview(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: no piece waits to be written."""

    def read(self, size: int) -> bytes:
        """The bytes that follow, at most so many; none at the end."""
        while self._left and not len(self._left[0]):
            self._left.popleft()
        if not self._left:
            return b""
        piece, size = self._left[0], min(size, _AT_ONCE)
        self._left[0] = piece[size:]
        return bytes(piece[:size])

    def seek(self, *_: int) -> int:
        """Refuse: a half is read from its beginning, once."""
        raise UnsupportedOperation


def package_of(half: Half, name: str, others: Mapping[str, bytes | bytearray]) -> _Pieces:
    """A package with a half as its member `name`, beside other members."""
    made = _Pieces()
    with zipfile.ZipFile(cast("IO[bytes]", made), "w") as package:
        for other, data in others.items():
            package.writestr(other, data)
        with package.open(name, "w", force_zip64=True) as member:
            for piece in half.pieces:
                member.write(piece)
    return made


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a half from the number `first` on, counted from 0; from column A on."""

    first: int
    grid: Grid


def lines_of(book: Any, name: str) -> Lines:
    """The rows of a half, as calamine opened it."""
    sheet = book.get_sheet_by_name(name)
    row, column = sheet.start or (0, 0)
    grid = sheet.to_python()
    return Lines(row, [[*_empty(column), *line] for line in grid] if column else grid)


def joined(one: Lines, other: Lines) -> Grid:
    """The rows of two halves, from row 1 on, as those of the whole; ValueError where it is not
    sure that the one ends before the other begins.
    """
    if one.grid and other.grid and one.first + len(one.grid) > other.first:
        raise ValueError("rows that are not in their order")
    width = max(_width(one), _width(other))
    grid: Grid = []
    for some in (one, other):
        if some.grid:
            grid += (_empty(width) for _ in range(len(grid), some.first))
            lacking = width - _width(some)
            grid += [[*line, *_empty(lacking)] for line in some.grid] if lacking else some.grid
    return grid


def _width(lines: Lines) -> int:
    return len(lines.grid[0]) if lines.grid else 0


def _empty(count: int) -> list[Cell]:
    return [""] * count
