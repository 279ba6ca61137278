"""Rows that are no lines of a table: totals, titles between lines, notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cedre_xlsx.intake.looks import Look, look_of, shown
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.words import is_naming, is_titling, is_total_label
from cedre_xlsx.workbook.read.raw import Cell, is_blank

_A_NOTE = 80  # characters
_WORDS_OF_A_TITLE = 4
_MOST_SUMS = 200  # rows of numbers alone, for which sums are made
_NEAR = 0.01


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number or a length of time."""
    return type(cell) is float or type(cell) is int or isinstance(cell, timedelta)


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row is a total: its label first, then nothing but quantities.

    Somebody whose name is Total has a first name, or a date.
    """
    filled = [cell for cell in cells if not is_blank(cell)]
    if not filled or not isinstance(filled[0], str) or not is_total_label(filled[0]):
        return False
    return all(_is_quantity(cell) for cell in filled[1:])


def _is_quantity(cell: Cell) -> bool:
    if isinstance(cell, str):
        look = look_of(cell)
        counted = look is Look.TEXT and shown(cell)[:1].isdigit()  # "12 personnes"
        return look is Look.NUMBER or counted or is_total_label(cell)
    return look_of(cell) is Look.NUMBER


class Sums:
    """Whether rows of nothing but numbers are the sums of the rows above."""

    def __init__(self, region: Region, first: int) -> None:
        self._region = region
        self._first = first  # row after the headings
        self._left = _MOST_SUMS

    def is_sum(self, row: int) -> bool:
        """Whether the row has numbers alone, which the rows above add up to, or which end them."""
        cells = self._region.grid[row]
        columns = self._region.filled(row)
        if not columns or columns[0] == 0 or self._left <= 0:
            return False
        if not all(look_of(cells[j]) is Look.NUMBER for j in columns):
            return False
        self._left -= 1
        if row >= self._first and all(self._adds_up(row, j) for j in columns):
            return True
        return self._ends_the_lines(row)

    def _adds_up(self, row: int, column: int) -> bool:
        """Whether a number is the sum of those above it."""
        wanted = self._region.grid[row][column]
        if not is_number(wanted) or isinstance(wanted, timedelta):
            return False
        above = [self._region.grid[i][column] for i in range(self._first, row)]
        numbers = [one for one in above if is_number(one) and not isinstance(one, timedelta)]
        return len(numbers) > 1 and abs(sum(numbers) - wanted) < _NEAR  # type: ignore[arg-type,operator]

    def _ends_the_lines(self, row: int) -> bool:
        """Whether nothing follows it, below rows that begin with a text."""
        after = row + 1
        if after < len(self._region.grid) and self._region.filled(after):
            return False
        above = [i for i in range(max(self._first, row - 5), row) if self._region.filled(i)]
        return len(above) > 1 and all(
            0 in self._region.filled(i) and len(self._region.filled(i)) > 1 for i in above
        )


def is_title(region: Region, row: int, column: int, heading: str, *, apart: bool) -> bool:
    """Whether a text alone in its row is the title of the lines that follow, or a note.

    Else it is a line of which nothing else is known yet. `heading` is that of its column, `apart`
    when a blank row is above it.
    """
    text = shown(region.grid[row][column])
    if region.across.get(row) or len(text) > _A_NOTE or is_titling(text):
        return True
    following = next(region.rows_after(row, 3), None)
    if following is None:
        return apart
    if is_blank(region.grid[following][column]):
        return len(region.filled(following)) > 1
    if look_of(region.grid[following][column]) is not Look.TEXT:
        return True
    if heading and not is_naming(heading):
        return len(region.filled(following)) > 1
    return apart and (len(text.split()) >= _WORDS_OF_A_TITLE or len(region.filled(following)) > 1)
