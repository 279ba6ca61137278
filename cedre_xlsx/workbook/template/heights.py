"""How tall a row must be: neither Excel nor LibreOffice computes it when a file is opened."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from cedre_xlsx.ooxml.cell_text import legal

LINE = 11.6  # points, a line of Arial 9
TALLEST = 400.0  # points; Excel stops at 409
PADDING = 4.0  # points
_CHARACTERS = 1.25  # of Arial 9 in one unit of column width, on the safe side


def row_height(cells: Iterable[tuple[object, float]], *, bold: bool = False) -> float:
    """Points that a row needs for its wrapped cells, given as (value, column width)."""
    lines = max((lines_of(value, width, bold=bold) for value, width in cells), default=1)
    return min(lines * LINE + PADDING, TALLEST)


def lines_of(value: object, width: float, *, bold: bool = False) -> int:
    """How many lines a value takes in a column of this width: words stay whole where they can."""
    if not isinstance(value, str):  # numbers and dates are never wrapped
        return 1
    room = room_of(width, bold=bold)
    return sum(_paragraph(line, room) for line in legal(value).split("\n"))


def room_of(width: float, *, bold: bool = False) -> float:
    """How many characters a line has in a column of this width."""
    return max(1.0, width * _CHARACTERS * (0.88 if bold else 1.0) - 1)


def fits(value: str, room: float) -> bool:
    """Whether a text is sure to take one line of so many characters."""
    return len(value) <= room and "\n" not in value and "\r" not in value


def _paragraph(text: str, room: float) -> int:
    if len(text) <= room:
        return 1
    lines, used = 1, 0
    for word in text.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        if used > room:  # a word longer than the column is broken
            lines, used = lines + ceil(used / room) - 1, int(used % room)
    return lines
