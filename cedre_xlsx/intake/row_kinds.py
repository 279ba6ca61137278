"""Rows that are no lines of a table: totals, titles between lines, notes."""

from __future__ import annotations

from collections.abc import Sequence

from cedre_xlsx.intake.looks import Look, look_of, shown
from cedre_xlsx.intake.model import SourceRow
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.words import is_grouping, is_naming, is_period, is_total_label
from cedre_xlsx.workbook.read.raw import Cell, is_blank

_A_NOTE = 80  # characters
_WORDS_OF_A_TITLE = 4
_MOST_SUMS = 200  # rows of numbers alone, for which sums are made
_NEAR = 0.01


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
    """Whether rows of nothing but numbers are the sums of the lines above."""

    def __init__(self, region: Region, columns: Sequence[int], lines: Sequence[SourceRow]) -> None:
        self._region, self._lines = region, lines
        self._ranks = {column: rank for rank, column in enumerate(columns)}
        self._since = 0  # lines before the last total
        self._last_total = -1
        self._left = _MOST_SUMS

    def follow_total(self, row: int) -> None:
        """A total was found, by its label or by what it adds up."""
        self._since, self._last_total = len(self._lines), row

    def is_sum(self, row: int) -> bool:
        """Whether the row has numbers alone, which the lines above add up to, or which end them."""
        cells = self._region.grid[row]
        columns = self._region.filled(row)
        if not columns or columns[0] == 0 or self._left <= 0:
            return False
        if not all(look_of(cells[j]) is Look.NUMBER for j in columns):
            return False
        self._left -= 1
        if self._last_total >= 0 and self._last_total == row - 1:
            return True
        return all(self._adds_up(row, j) for j in columns) or self._ends_the_lines(row)

    def _adds_up(self, row: int, column: int) -> bool:
        """Whether a number is the sum of those above it, of all or since the last total."""
        wanted = _number(self._region.grid[row][column])
        rank = self._ranks.get(column)
        if wanted is None or rank is None:
            return False
        above = [_number(line.cells[rank]) for line in self._lines]
        return any(_is_sum(above[first:], wanted) for first in {0, self._since})

    def _ends_the_lines(self, row: int) -> bool:
        """Whether nothing follows it, below lines that begin with a text."""
        after = row + 1
        if after < len(self._region.grid) and self._region.filled(after):
            return False
        above = [line.cells for line in self._lines[-5:]]
        return len(above) > 1 and all(
            not is_blank(cells[0]) and sum(not is_blank(cell) for cell in cells) > 1
            for cells in above
        )


def _number(cell: Cell) -> float | None:
    """The number that a cell holds, as a number or as a text."""
    if isinstance(cell, str) and look_of(cell) is Look.NUMBER:
        plain = "".join(cell.split()).replace(",", ".")
        is_plain = plain.removeprefix("-").replace(".", "", 1).isdecimal()
        return float(plain) if is_plain else None
    return cell if type(cell) is float or type(cell) is int else None


def _is_sum(above: Sequence[float | None], wanted: float) -> bool:
    numbers = [one for one in above if one is not None]
    return len(numbers) > 1 and abs(sum(numbers) - wanted) < _NEAR


def is_title(region: Region, row: int, column: int, heading: str, *, apart: bool) -> bool:
    """Whether a text alone in its row is the title of the lines that follow, or a note.

    Else it is a line of which nothing else is known yet. `heading` is that of its column, `apart`
    when a blank row is above it.
    """
    text = shown(region.grid[row][column])
    if region.across.get(row) or is_period(text):
        return True
    if column > 0:  # a title stands at the left; further on, it is more about the line above
        return False
    if len(text) > _A_NOTE or is_grouping(text):
        return True
    following = next(region.rows_after(row, 3), None)
    if following is None:
        return apart
    has_more = len(region.filled(following)) > 1
    if is_blank(region.grid[following][column]):
        return has_more
    if look_of(region.grid[following][column]) is not Look.TEXT:
        return True
    if heading and not is_naming(heading):
        return has_more
    return apart and (has_more or len(text.split()) >= _WORDS_OF_A_TITLE)
