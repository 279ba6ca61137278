"""Prints of cells: whether two cells say the same can be told from them, and nothing else."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, time
from hashlib import blake2b
from typing import Any

from cedre_xlsx.workbook.fingerprint import plain
from cedre_xlsx.workbook.read.raw import Cell, is_blank

#: Characters of a print: 36 bits, so that two cells that differ have the same once in 7 × 10^10.
LENGTH = 6


class CellPrints:
    """The prints that a secret of the workbook makes: those of another workbook are others."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt[: blake2b.MAX_KEY_SIZE]
        self._known: dict[str, str] = {}
        self._cells: dict[tuple[type[Any], Cell], str] = {}  # the same ones stand on many lines

    def of(self, cell: Cell) -> str:
        """The print of a cell; "" for a blank one.

        Spaces do not count, nor what programs change when they save: a whole number of the other
        type, a day with midnight.
        """
        kind = type(cell)
        same = self._cells.get((kind, cell))
        if same is None:
            same = self._cells[kind, cell] = "" if is_blank(cell) else self._print(_said(cell))
        return same

    def _print(self, said: str) -> str:
        known = self._known.get(said)
        if known is None:
            digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=6, key=self._salt)
            known = self._known[said] = b64encode(digest.digest()).decode("ascii")[:LENGTH]
        return known


def _said(cell: Cell) -> str:
    """A cell as it is compared: a moment keeps its hour."""
    if isinstance(cell, datetime) and cell.time() != time(0):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, float):
        return plain(float(f"{cell:.12g}"))
    return plain(cell)
