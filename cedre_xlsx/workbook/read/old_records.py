"""The records of an old workbook (.xls), walked before calamine lays its cells out.

They say how far the cells go, how much text they show, whether a password is needed; the errors,
which calamine gives as empty cells, and the numbers that it may take for dates, or dates for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import error as struct_error
from struct import unpack_from

from cedre_xlsx.workbook.read.old_formats import NUMBER, RESULT, SMALL, SMALLS, OldFormats
from cedre_xlsx.workbook.read.raw import Cell, ErrorText

_BEGIN, _END, _CONTINUED, _PASSWORD = 0x0809, 0x000A, 0x003C, 0x002F
_DIMENSIONS, _STRINGS, _SHEET = 0x0200, 0x00FC, 0x0085
_FORMAT, _LOOK, _DAYS = 0x041E, 0x00E0, 0x0022
_TEXT_OF, _ERROR_OR_YES = 0x00FD, 0x0205
#: Records of one cell, which begin with its row and its column.
_CELLS = frozenset({RESULT, _TEXT_OF, _ERROR_OR_YES, SMALLS, NUMBER, 0x0204, SMALL, 0x00D6})
_MOST_TEXTS = 8_000_000
_ROWS, _COLUMNS = 65_536, 256
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08  # what follows a text
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
           0x24: "#NUM!", 0x2A: "#N/A"}  # fmt: skip


class BrokenRecordsError(ValueError):
    """Records that no program writes."""


@dataclass(slots=True)
class OldSheet:
    """A sheet by the place where it begins: how far its cells go, its errors, and what it holds
    where calamine may take a number for a date, or a date for a number.
    """

    rows: int = 0
    columns: int = 0
    errors: list[tuple[int, int, Cell]] = field(default_factory=list)  # row, column, from 1 on
    numbers: list[tuple[int, int, Cell]] = field(default_factory=list)


@dataclass(slots=True)
class OldBook:
    """What the records tell. The `sheets` are in the order of their tabs."""

    encrypted: bool = False
    sheets: list[OldSheet] = field(default_factory=list)
    text: int = 0  # characters of the shared texts, as often as they are shown


def read_old_book(stream: bytes) -> OldBook:
    """Walk the records of a workbook. BrokenRecordsError where they lead nowhere."""
    walk = _Walk()
    try:
        for place, kind, data in _records(stream):
            walk.follow(place, kind, data)
            if kind == _PASSWORD:  # what follows cannot be read
                return OldBook(encrypted=True)
        return walk.book()
    except (struct_error, IndexError):
        raise BrokenRecordsError from None


class _Walk:
    """What the records have told until now."""

    def __init__(self) -> None:
        self._by_place: dict[int, OldSheet] = {}
        self._order: list[int] = []
        self._sheet, self._depth = OldSheet(), 0  # a chart within a sheet is one deeper
        self._shown: Counter[int] = Counter()
        self._texts: list[bytes] = []
        self._previous = 0
        self._formats = OldFormats()

    def follow(self, place: int, kind: int, data: bytes) -> None:
        """Understand the next record of the stream: `place` is where it begins."""
        if kind in _CELLS:
            self._add_cells(kind, data)
        elif kind == _CONTINUED and self._previous == _STRINGS:
            self._texts.append(data)
            return
        elif kind == _BEGIN:
            self._depth += 1
            self._formats.begin(data)
            if self._depth == 1:
                self._sheet = self._by_place.setdefault(place, OldSheet())
        elif kind == _END:
            self._depth = max(self._depth - 1, 0)
        else:
            self._follow_other(kind, data)
        self._previous = kind

    def _follow_other(self, kind: int, data: bytes) -> None:
        if kind == _SHEET:
            self._order.append(unpack_from("<I", data)[0])
        elif kind == _DIMENSIONS:
            _refuse_far_dimensions(data)
        elif kind == _STRINGS:
            if unpack_from("<I", data, 4)[0] > _MOST_TEXTS:  # calamine makes room for them
                raise BrokenRecordsError
            self._texts = [data]
        elif kind == _FORMAT:
            self._formats.declare(data)
        elif kind == _LOOK:
            self._formats.look(data)
        elif kind == _DAYS:
            self._formats.count_days(data)

    def _add_cells(self, kind: int, data: bytes) -> None:
        sheet = self._sheet
        row, column, last = _place_of(kind, data)
        sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, last + 1)
        if kind == _TEXT_OF:
            self._shown[unpack_from("<I", data, 6)[0]] += 1
        elif self._depth == 1 and (error := _error_of(kind, data)):
            sheet.errors.append((row + 1, column + 1, ErrorText(error)))
        elif self._depth == 1:
            found = self._formats.values(kind, data)
            sheet.numbers += ((row + 1, place + 1, value) for place, value in found)

    def book(self) -> OldBook:
        """The sheets and the length of the texts that the records told."""
        lengths = list(_lengths(self._texts)) if self._texts else []
        text = sum(lengths[i] * count for i, count in self._shown.items() if i < len(lengths))
        sheets = [self._by_place.get(place, OldSheet()) for place in self._order]
        return OldBook(sheets=sheets, text=text)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, kind and content of each record."""
    place, end = 0, len(stream)
    while place + 4 <= end:
        kind, size = unpack_from("<HH", stream, place)
        if kind == 0 and size == 0:  # what fills the last sector
            return
        if place + 4 + size > end:
            raise BrokenRecordsError
        yield place, kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _place_of(kind: int, data: bytes) -> tuple[int, int, int]:
    """Row, first and last column of a record of cells, from 0 on."""
    row, column = unpack_from("<HH", data)
    last = unpack_from("<H", data, len(data) - 2)[0] if kind == SMALLS else column
    if last >= _COLUMNS:
        raise BrokenRecordsError
    return row, column, last


def _refuse_far_dimensions(data: bytes) -> None:
    """Calamine makes room for as many cells as a sheet says that it has."""
    wide = len(data) >= 14
    first, last = unpack_from("<II" if wide else "<HH", data)
    left, right = unpack_from("<HH", data, 8 if wide else 4)
    if first > last or left > right or last > _ROWS or right > _COLUMNS:
        raise BrokenRecordsError


def _error_of(kind: int, data: bytes) -> str:
    """The error that a cell shows; "" for the others."""
    if kind == _ERROR_OR_YES and data[7]:
        return _ERRORS.get(data[6], "#UNKNOWN!")
    if kind == RESULT and data[12:14] == b"\xff\xff" and data[6] == 2:
        return _ERRORS.get(data[8], "#UNKNOWN!")
    return ""


class _Pieces:
    """The shared texts, which may go on in another record at any place."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._rank, self._place = pieces, 0, 0

    def take(self, size: int) -> bytes:
        """The next bytes of the texts, over the edges of records."""
        taken = b""
        while len(taken) < size:
            piece = self._pieces[self._rank]
            if self._place >= len(piece):
                self._rank, self._place = self._rank + 1, 0
                continue
            more = piece[self._place : self._place + size - len(taken)]
            self._place += len(more)
            taken += more
        return taken

    def skip_text(self, count: int, *, wide: bool) -> None:
        """Go beyond so many characters; each record says anew how wide they are."""
        while count:
            if self._place >= len(self._pieces[self._rank]):
                self._rank, self._place = self._rank + 1, 1
                wide = bool(self._pieces[self._rank][0] & _WIDE)
            size = 2 if wide else 1
            here = min(count, (len(self._pieces[self._rank]) - self._place) // size)
            if here == 0:
                raise BrokenRecordsError
            self._place += here * size
            count -= here

    @property
    def is_at_end(self) -> bool:
        """Whether nothing follows."""
        last = len(self._pieces) - 1
        return self._rank >= last and self._place >= len(self._pieces[last])


def _lengths(pieces: list[bytes]) -> Iterator[int]:
    """The characters of each shared text."""
    source = _Pieces(pieces)
    source.take(8)
    while not source.is_at_end:
        count, flags = unpack_from("<HB", source.take(3))
        runs = unpack_from("<H", source.take(2))[0] if flags & _RICH else 0
        extension = unpack_from("<I", source.take(4))[0] if flags & _EXTENDED else 0
        source.skip_text(count, wide=bool(flags & _WIDE))
        source.take(4 * runs + extension)
        yield count
