"""Addresses of cells as a sheet's part writes them: cells, ranges, whole columns, whole rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?(?:\$?([1-9]\d{0,6}))?")

#: A cell: its row and its column, 1-based.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle of cells, 1-based, its ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def has_whole_columns(self) -> bool:
        """Whether it goes from the top of the sheet to its bottom."""
        return (self.first_row, self.last_row) == (1, MAX_ROW)

    @property
    def has_whole_rows(self) -> bool:
        """Whether it goes from the left of the sheet to its right."""
        return (self.first_column, self.last_column) == (1, MAX_COLUMN)

    @property
    def is_one_cell(self) -> bool:
        """Whether it is a single cell."""
        return (self.first_row, self.first_column) == (self.last_row, self.last_column)

    @property
    def text(self) -> str:
        """As a part writes it: B5, B5:C9, A:A or 3:5."""
        first, last = get_column_letter(self.first_column), get_column_letter(self.last_column)
        if self.has_whole_rows:
            return f"{self.first_row}:{self.last_row}"
        if self.has_whole_columns:
            return f"{first}:{last}"
        corner = f"{first}{self.first_row}"
        other = f"{last}{self.last_row}"
        return corner if corner == other else f"{corner}:{other}"

    def at(self, corner: Place) -> Area:
        """An area as high and as wide, with its first cell there."""
        row, column = corner
        height, width = self.last_row - self.first_row, self.last_column - self.first_column
        return Area(row, column, row + height, column + width)

    def meets(self, other: Area) -> bool:
        """Whether both have a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )


def areas(text: str) -> tuple[Area, ...]:
    """Each area of a list of them; none when one of them cannot be read."""
    found = [_area(one) for one in text.replace(",", " ").split()]
    return tuple(one for one in found if one is not None) if all(found) else ()


def _area(text: str) -> Area | None:
    corners = [_CORNER.fullmatch(corner) for corner in text.split(":")]
    if not all(corners) or len(corners) > 2:
        return None
    letters = [corner.group(1) for corner in corners if corner]
    digits = [corner.group(2) for corner in corners if corner]
    if any(letters) != all(letters) or any(digits) != all(digits):
        return None
    if not (any(letters) or any(digits)) or (len(corners) == 1 and not (letters[0] and digits[0])):
        return None
    columns = sorted(map(column_index_from_string, letters)) if any(letters) else (1, MAX_COLUMN)
    rows = sorted(map(int, digits)) if any(digits) else (1, MAX_ROW)
    if columns[-1] > MAX_COLUMN or rows[-1] > MAX_ROW:
        return None
    return Area(rows[0], columns[0], rows[-1], columns[-1])


def rectangles(cells: Iterable[Place]) -> list[Area]:
    """The fewest simple areas that hold these cells: runs of columns, put together downwards."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(set(cells)):
        by_row.setdefault(row, []).append(column)
    growing: dict[tuple[int, int], Area] = {}
    done: list[Area] = []
    for row, columns in by_row.items():
        former, growing = growing, {}
        for first, last in runs(columns):
            above = former.get((first, last))
            if above is not None and above.last_row == row - 1:
                del former[first, last]
                growing[first, last] = Area(above.first_row, first, row, last)
            else:
                growing[first, last] = Area(row, first, row, last)
        done += former.values()
    return sorted([*done, *growing.values()])


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of consecutive numbers, each by its first and its last."""
    first = last = 0
    for number in sorted(set(numbers)):
        if last and number == last + 1:
            last = number
            continue
        if last:
            yield first, last
        first = last = number
    if last:
        yield first, last
