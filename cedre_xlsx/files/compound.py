"""The container of the old formats (.xls, .doc): streams cut into sectors, as a disk has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from struct import error as struct_error
from struct import unpack_from

_FREE = 0xFFFFFFFA  # from here on, a number is no sector
_HEADER = 512  # bytes
_FIRST_TABLES = 109  # sectors of the allocation table that the header names
_ENTRY = 128  # bytes, of the directory
_A_STREAM, _ROOT = 2, 5
_COUNTS = (40, 44, 64, 72)  # where the header says how many sectors each of its tables has
_SECTOR_SHIFTS = (9, 12)


class BrokenContainerError(ValueError):
    """A container that leads nowhere."""


class Container:
    """The streams of a container."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = unpack_from("<HH", data, 30)
            self._directory_start, self._cutoff, self._mini_start = unpack_from("<I4xII", data, 48)
            unpack_from(f"<{_FIRST_TABLES}I", data, 76)
        except struct_error:
            raise BrokenContainerError from None
        if shift not in _SECTOR_SHIFTS or mini_shift >= shift:
            raise BrokenContainerError
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        # Whoever reads it makes room for as many sectors as it says that it has.
        counts = (unpack_from("<I", data, place)[0] for place in _COUNTS)
        if max(counts) > len(data) // self._size + 1:
            raise BrokenContainerError

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream of one of these names; None when there is none."""
        for wanted in names:
            for name, kind, start, size in self._entries:
                if kind == _A_STREAM and name.casefold() == wanted.casefold():
                    return self._read(start, size)
        return None

    @cached_property
    def _entries(self) -> list[tuple[str, int, int, int]]:
        """Name, kind, first sector and size of what the directory lists."""
        listed = self._chained(self._data, self._directory_start, self._table, self._size, _HEADER)
        found = []
        for place in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            length, kind = unpack_from("<HB", listed, place + 64)
            start, size = unpack_from("<II", listed, place + 116)
            if kind == _A_STREAM and size > len(self._data):
                raise BrokenContainerError
            name = listed[place : place + max(min(length, 64) - 2, 0)]
            found.append((name.decode("utf-16-le", "replace"), kind, start, size))
        return found

    @cached_property
    def _table(self) -> Sequence[int]:
        """By sector, the one that follows it in its stream."""
        return self._numbers(self._sectors_of_table())

    def _sectors_of_table(self) -> Iterator[int]:
        most = len(self._data) // self._size + 1
        listed = unpack_from(f"<{_FIRST_TABLES}I", self._data, 76)
        yield from (sector for sector in listed if sector < _FREE)
        following = unpack_from("<I", self._data, 68)[0]
        for _ in range(most):
            if following >= _FREE:
                return
            *sectors, following = self._numbers([following])
            yield from (sector for sector in sectors if sector < _FREE)

    def _numbers(self, sectors: Iterator[int] | Sequence[int]) -> list[int]:
        """The numbers that some sectors hold, of no more of them than the file has."""
        found: list[int] = []
        count = self._size // 4
        for sector in islice(sectors, len(self._data) // self._size + 1):
            try:
                found += unpack_from(f"<{count}I", self._data, _HEADER + sector * self._size)
            except struct_error:
                raise BrokenContainerError from None
        return found

    def _read(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            return self._chained(self._data, start, self._table, self._size, _HEADER)[:size]
        root = next((one for one in self._entries if one[1] == _ROOT), None)
        if root is None:
            raise BrokenContainerError
        small = self._chained(self._data, root[2], self._table, self._size, _HEADER)
        table = self._numbers(self._chain(self._mini_start, self._table))
        return self._chained(small, start, table, self._mini_size, 0)[:size]

    def _chained(
        self, data: bytes, start: int, table: Sequence[int], size: int, before: int
    ) -> bytes:
        """The sectors of a stream, one after the other."""
        places = (before + sector * size for sector in self._chain(start, table))
        return b"".join(data[place : place + size] for place in places)

    @staticmethod
    def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
        """The sectors that follow each other from one on; BrokenContainerError in a circle."""
        sector = start
        for _ in range(len(table) + 1):
            if sector >= _FREE:
                return
            if sector >= len(table):
                raise BrokenContainerError
            yield sector
            sector = table[sector]
        raise BrokenContainerError
