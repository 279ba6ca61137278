"""Prints of cells: whether two cells say the same can be told from them, and nothing else."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from hashlib import blake2b

from cedre_xlsx.workbook.fingerprint import plain
from cedre_xlsx.workbook.meant import meant_day
from cedre_xlsx.workbook.read.raw import Cell

#: Characters of a print: 36 bits, so that two cells that differ have the same once in 7 × 10^10.
LENGTH = 6
_WHOLE = 10**15  # whole numbers below have all of their digits in either type


class CellPrints:
    """The prints that a secret of the workbook makes: those of another workbook are others."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt[: blake2b.MAX_KEY_SIZE]
        self._cells = _Known(self._of)  # the same ones stand on many lines

    def of(self, cell: Cell) -> str:
        """The print of a cell; "" for a blank one.

        Spaces do not count, nor what programs change when they save: a whole number of the other
        type, a day with midnight.
        """
        return self._of(cell) if isinstance(cell, bool) else self._cells[cell]

    def of_line(
        self, cells: Mapping[str, Cell], days: Collection[str], *, date1904: bool
    ) -> dict[str, str]:
        """The prints of the cells of a line, by column; in the columns of `days`, a day has the
        same however it was typed.
        """
        typed = cells.values()
        if bool in map(type, typed):
            found = {name: self.of(cell) for name, cell in cells.items()}
        else:
            found = dict(zip(cells, map(self._cells.__getitem__, typed), strict=True))
        for name in days:
            if (cell := cells.get(name)) is not None and not isinstance(cell, date):
                found[name] = self.of(meant_day(cell, date1904=date1904))
        return found

    def _of(self, cell: Cell) -> str:
        said = _said(cell)
        if not said:
            return ""
        said_bytes = said.encode("utf-8", "surrogatepass")
        digest = blake2b(said_bytes, digest_size=6, key=self._salt).digest()
        return b2a_base64(digest, newline=False).decode("ascii")[:LENGTH]


class _Known(dict[Cell, str]):
    """Prints that were made once; cells that are equal have the same, but for OUI and 1."""

    def __init__(self, make: Callable[[Cell], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, cell: Cell) -> str:
        made = self[cell] = self._make(cell)
        return made


def _said(cell: Cell) -> str:
    """A cell as it is compared: a moment keeps its hour; numbers that are equal say the same."""
    if isinstance(cell, datetime) and cell.time() != time(0):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        is_whole = abs(cell) < _WHOLE and cell == int(cell)
        return plain(cell if is_whole else float(f"{cell:.12g}"))
    return plain(cell)
