"""How much text the cells hold: a shared string of a page in a million cells is a million pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from cedre_xlsx.ooxml.safety import endless_text

#: Bytes of all cells, far beyond what a team types in ten years.
MOST_TEXT = 64 * 1024**2
#: Bytes of one cell with its markup; Excel stops at 32,767 characters.
LONGEST_CELL = 1024**2
_SHARED = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?si[\s>/]")
_ROW_OR_CELL = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?(?:c|row)[\s>/]")
_REFERENCE = re.compile(
    rb"""\bt=["']s["'][^<>]{0,200}>\s{0,200}<(?:[A-Za-z_][\w.\-]*:)?v[^<>]{0,200}>\s*([0-9]{1,9})\s*<"""
)


class TextBudget:
    """What is left of the text that the cells of a workbook may hold."""

    def __init__(self, shared_strings: bytes | bytearray, path: Path) -> None:
        self._path = path
        self._left = MOST_TEXT
        starts = [found.start() for found in _SHARED.finditer(shared_strings)]
        self._lengths: Sequence[int] = [
            end - start for start, end in pairwise([*starts, len(shared_strings)])
        ]
        self.count = len(self._lengths)  # of shared strings
        self._longest = max(self._lengths, default=0)
        if self._longest > LONGEST_CELL:
            raise endless_text(path)

    def spend(self, xml: bytes | bytearray) -> None:
        """Count the shared strings of a sheet. CedreError when the cells hold too much."""
        if _has_endless_cell(xml):
            raise endless_text(self._path)
        if not self._longest:  # the texts stand in the cells themselves
            return
        count = xml.count(b't="s"') + xml.count(b"t='s'")
        if count * self._longest <= self._left // 16:  # true of nearly every workbook
            self._left -= count * self._longest
            return
        lengths, known = self._lengths, len(self._lengths)
        ranks = map(int, _REFERENCE.findall(xml))
        self._left -= sum(lengths[rank] for rank in ranks if rank < known)
        if self._left < 0:
            raise endless_text(self._path)


def _has_endless_cell(xml: bytes | bytearray) -> bool:
    """Whether some stretch of that length, among the rows, begins neither a row nor a cell."""
    first, last = xml.find(b"sheetData"), xml.rfind(b"sheetData>")
    starts = range(max(first, 0), last - LONGEST_CELL, LONGEST_CELL)
    return any(
        xml.find(b"<c ", start, start + LONGEST_CELL) < 0
        and _ROW_OR_CELL.search(xml, start, start + LONGEST_CELL) is None
        for start in starts
    )
