"""What the numbers of an old workbook (.xls) are by the formats that it declares itself.

Calamine knows formats by their numbers first: 50 to 58 are dates in Asia, 59 to 62 none. Gnumeric
counts its own from 50 on: there, 80 % under "0.0%" is read as 19:12, and 36:00 as 1.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from enum import Enum, auto
from math import isfinite
from struct import unpack_from

from cedre_xlsx.method.days import epoch_of
from cedre_xlsx.workbook.read.raw import Cell

NUMBER, SMALL, SMALLS, RESULT = 0x0203, 0x027E, 0x00BD, 0x0006
#: The first number of the formats that are a file's own, for the programs that keep to it.
_FIRST_OWN = 164
_VERSION_8 = 0x0600
#: What a format only shows: quoted, escaped, as wide as, repeated, a colour or a currency.
_SHOWN = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_FIGURE = re.compile(r"[0#?]|general")
_NO_WORD = re.compile(r"e[+-]|general|am/pm|a/p")
_OF_MOMENTS = frozenset("ymdhs")
_NO_SUCH_DAY = 60  # 29 February 1900, which Excel counts
_LAST_DAY = 2_957_000  # of those that are counted: in the year 9999 at the latest
_A_DAY = 86_400  # seconds
_LONGEST = 255  # characters of a format


class _Shows(Enum):
    NUMBER = auto()
    LENGTH = auto()
    MOMENT = auto()


class OldFormats:
    """The formats that a workbook declares itself, and the looks of cells that have one."""

    def __init__(self) -> None:
        self._declared: dict[int, _Shows] = {}
        self._looks: list[int] = []
        self._version = _VERSION_8
        self._is_1904 = False

    def begin(self, data: bytes) -> None:
        """The beginning of a stream says its version."""
        self._version = unpack_from("<H", data)[0]

    def count_days(self, data: bytes) -> None:
        """A record of the day from which days are counted."""
        self._is_1904 = unpack_from("<H", data)[0] == 1

    def declare(self, data: bytes) -> None:
        """A record of a format."""
        number = unpack_from("<H", data)[0]
        shows = _shows(_text(data, is_wide=self._version >= _VERSION_8))
        if shows is not None and number < _FIRST_OWN:
            self._declared[number] = shows

    def look(self, data: bytes) -> None:
        """A record of a look: they are known by their rank."""
        self._looks.append(unpack_from("<H", data, 2)[0])

    def values(self, kind: int, data: bytes) -> Iterator[tuple[int, Cell]]:
        """Column (from 0 on) and value of the cells of a record whose format may be mistaken."""
        if not self._declared:
            return
        for column, look, number in _numbers(kind, data):
            shows = self._declared.get(self._looks[look]) if look < len(self._looks) else None
            value = self._value(shows, number) if shows else None
            if value is not None:
                yield column, value

    def _value(self, shows: _Shows, number: float) -> Cell:
        if shows is _Shows.NUMBER:
            return number if not number.is_integer() else int(number)
        if shows is _Shows.LENGTH:
            return _length(number) if abs(number) < _LAST_DAY else None
        return self._moment(number) if 0 <= number < _LAST_DAY else None

    def _moment(self, number: float) -> Cell:
        """A day, a time or both."""
        if number < 1:
            seconds = min(round(number * _A_DAY), _A_DAY - 1)
            return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        first = datetime.combine(epoch_of(date1904=self._is_1904), time())
        counted = number + (not self._is_1904 and number < _NO_SUCH_DAY)
        moment = first + _length(counted)
        return moment.date() if number.is_integer() else moment


def _length(days: float) -> timedelta:
    return timedelta(seconds=round(days * _A_DAY))


def _text(data: bytes, *, is_wide: bool) -> str:
    """The text of a format; from version 8 on its characters may take two bytes."""
    if not is_wide:
        return data[3 : 3 + data[2]].decode("latin-1")
    count, flags = unpack_from("<HB", data, 2)
    if flags & 1:
        return data[5 : 5 + 2 * count].decode("utf-16-le", "replace")
    return data[5 : 5 + count].decode("latin-1")


def _shows(text: str) -> _Shows | None:
    """What a format shows; None where it is not sure."""
    if len(text) > _LONGEST:
        return None
    bare = _SHOWN.sub("", text).lower()
    if _ELAPSED.search(bare):
        return _Shows.LENGTH
    letters = set(filter(str.isalpha, _NO_WORD.sub("", bare)))
    if letters:
        return _Shows.MOMENT if letters <= _OF_MOMENTS else None
    return _Shows.NUMBER if _FIGURE.search(bare) else None


def _numbers(kind: int, data: bytes) -> Iterator[tuple[int, int, float]]:
    """Column, look and number of the cells of a record."""
    if kind == SMALLS:
        first = unpack_from("<H", data, 2)[0]
        for rank, start in enumerate(range(4, len(data) - 2, 6)):
            look, small = unpack_from("<HI", data, start)
            yield first + rank, look, _of_small(small)
    elif kind == NUMBER or (kind == RESULT and data[12:14] != b"\xff\xff"):
        column, look, number = unpack_from("<HHd", data, 2)
        if isfinite(number):
            yield column, look, number
    elif kind == SMALL:
        column, look, small = unpack_from("<HHI", data, 2)
        yield column, look, _of_small(small)


def _of_small(small: int) -> float:
    """A number of 30 bits: whole, or the first bits of a longer one; perhaps of hundredths."""
    if small & 2:
        number = float((small >> 2) - ((small >> 31) << 30))
    else:
        number = float(unpack_from("<d", ((small & ~3) << 32).to_bytes(8, "little"))[0])
    return number / 100 if small & 1 else number
