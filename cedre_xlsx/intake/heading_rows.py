"""Which row of a sheet is one of headings, by its words and by what stands below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from cedre_xlsx.intake.looks import Look, day_of, look_of, shown
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.words import is_known_heading
from cedre_xlsx.method.text import word_key
from cedre_xlsx.workbook.read.raw import Cell, is_blank

#: Rows that are looked at for the first headings, and below each for what its columns hold.
_MOST_ABOVE, _FURTHEST_BELOW, _MOST_BELOW = 80, 40, 12
_LONG, _ENDLESS = 60, 250  # characters
_TYPED = frozenset({Look.NUMBER, Look.DATE, Look.OTHER})
_YEARS = range(1990, 2101)
_FEW_DATES, _FEW_YEARS = 3, 2
_FEWEST_NAMED, _COVERED = 2, 0.7  # known headings beside numbers; of the columns
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Candidate:
    """A row as it may be one of headings."""

    region: Region
    row: int

    @cached_property
    def filled(self) -> list[int]:
        """The columns in which it holds something."""
        return self.region.filled(self.row)

    @cached_property
    def below(self) -> list[int]:
        """Some rows that follow, up to an empty one, but those that are the same once more."""
        rows: list[int] = []
        for i in self.region.rows_after(self.row, _FURTHEST_BELOW):
            if len(rows) == _MOST_BELOW or (rows and i > rows[-1] + 1):
                break
            rows.append(i)
        own = self.region.grid[self.row]
        wide = [i for i in rows if len(self.region.filled(i)) > 1 and self.region.grid[i] != own]
        return wide or rows

    @cached_property
    def known(self) -> int:
        """How many of its texts are headings that tables have."""
        return sum(isinstance(one, str) and is_known_heading(one) for one in self._cells)

    @cached_property
    def contrast(self) -> int:
        """How many of its texts stand over numbers or dates."""
        return sum(
            look_of(self._cell(j)) is Look.TEXT and self._mostly_typed(j) for j in self.filled
        )

    @cached_property
    def recurs(self) -> bool:
        """Whether some text of it is a value of its column below."""
        return any(
            word_key(str(self._cell(j))) in {word_key(shown(cell)) for cell in self._column(j)}
            for j in self.filled
            if look_of(self._cell(j)) is Look.TEXT
        )

    @cached_property
    def coverage(self) -> float:
        """Which share of the columns in use, here and below, it has a text for."""
        used = {*self.filled, *(j for i in self.below for j in self.region.filled(i))}
        return len(self.filled) / len(used) if used else 0.0

    @cached_property
    def is_proper(self) -> bool:
        """Whether its cells are texts, nearly all short and unlike; or days that run on."""
        texts = [shown(cell) for cell in self._cells]
        if not texts or any(len(text) > _ENDLESS for text in texts):
            return False
        short = sum(len(text) <= _LONG for text in texts)
        unlike = len({word_key(text) for text in texts})
        return short >= 0.7 * len(texts) and unlike >= 0.5 * len(texts) and self._is_of_texts()

    @cached_property
    def is_table_heading(self) -> bool:
        """Whether the file itself says so: the first row of an Excel table."""
        number = self.region.rows[self.row]
        columns = [self.region.columns[j] for j in self.filled]
        return any(
            table.has_heading_row
            and table.first_row == number
            and any(table.first_column <= column <= table.last_column for column in columns)
            for table in self.region.tables
        )

    @property
    def _cells(self) -> list[Cell]:
        return [self._cell(j) for j in self.filled]

    def _cell(self, column: int) -> Cell:
        return self.region.grid[self.row][column]

    def _column(self, column: int) -> list[Cell]:
        """The cells below that hold something."""
        cells = (self.region.grid[i][column] for i in self.below)
        return [cell for cell in cells if not is_blank(cell)]

    def _mostly_typed(self, column: int) -> bool:
        looks = [look_of(cell) for cell in self._column(column)]
        return bool(looks) and 2 * sum(look in _TYPED for look in looks) > len(looks)

    def _is_of_texts(self) -> bool:
        typed = self._typed
        return (
            not typed or (len(typed) < len(self.filled) and self._runs_on(typed)) or self._is_named
        )

    @cached_property
    def _typed(self) -> list[int]:
        """The columns of its numbers, dates and addresses; "@" alone is a heading."""
        return [j for j in self.filled if _is_typed(self._cell(j))]

    @cached_property
    def _is_named(self) -> bool:
        """Whether half of its texts at least are known headings, right above lines.

        "Nom", "Prénom", 1, 2: a heading that is a number does not undo the others.
        """
        typed = self._typed
        texts = len(self.filled) - len(typed)
        return (
            self.known >= max(_FEWEST_NAMED, texts / 2)
            and (len(typed) <= texts or self._counts(typed))
            and self.below[:1] == [self.row + 1]
            and Candidate(self.region, self.row + 1).known < self.known
            and self.coverage >= _COVERED
            and not self.recurs
        )

    def _counts(self, columns: Sequence[int]) -> bool:
        """Whether cells are 1, 2, 3…"""
        return [shown(self._cell(j)) for j in columns] == [
            f"{rank}" for rank in range(1, len(columns) + 1)
        ]

    def _runs_on(self, typed: Sequence[int]) -> bool:
        """Whether they are days or years one after the other, over something else."""
        values = [self._cell(j) for j in typed]
        below = [look_of(cell) for j in typed for cell in self._column(j)]
        years = [_year(value) for value in values]
        if len(values) >= _FEW_YEARS and all(years):
            return all(b - a == 1 for a, b in pairwise(years))
        days = [day for day in map(day_of, values) if day is not None]
        if len(days) < max(_FEW_DATES, len(values)) or Look.DATE in below:
            return False
        steps = [b - a for a, b in pairwise(days)]
        month = timedelta(days=31)
        return all(timedelta(0) < step <= month for step in steps)

    def is_sure(self) -> bool:
        """Whether it is one of headings, above everything else."""
        if self.is_table_heading:
            return True
        if not self.is_proper:
            return False
        count = len(self.filled)
        if count == 1:
            return self._heads_one_column()
        if self.known >= 2 and self.known >= 0.3 * count and self.coverage >= 0.4:
            return True
        if self.recurs or self.coverage < 0.5:
            return False
        if self.known > 0:
            return self.contrast > 0 or bool(self._typed)
        return self.coverage >= 0.8 and self.contrast > 1

    def _heads_one_column(self) -> bool:
        """Whether it is the heading of a list: of the only column that is used."""
        alone = all(self.region.filled(i) == self.filled for i in self.below)
        return alone and len(self.below) > 0 and self.known == 1 and not self.recurs

    def is_sure_among_rows(self, *, apart: bool) -> bool:
        """Whether it begins another table; `apart` when a blank row or a title is above it."""
        if self.is_table_heading:
            return True
        count = len(self.filled)
        if count < 2 or not self._is_of_texts() or not self.is_proper:
            return False
        if self.recurs or self.coverage < 0.4:
            return False
        if not apart:
            return count > 2 and self.known >= 0.7 * count
        return (self.known >= 2 and self.known >= 0.5 * count) or (
            self.known > 0 and self.contrast > 0 and self.coverage >= 0.6
        )

    def is_likely(self) -> bool:
        """Whether, with a known word or without, the rows below are of another kind."""
        if len(self.filled) < 2 or not self.is_proper or self.recurs or self.coverage < 0.8:
            return False
        if len(self.below) < 2 or any(self._resembles(j) for j in self.filled):
            return False
        known = self.known > 0 or self.contrast > 0
        return known or any(self._is_varied(j) for j in self.filled)

    def _resembles(self, column: int) -> bool:
        """Whether a text is made as those below it: "LUNE Ida" over "SABLE Rose"."""
        made = _make_of(shown(self._cell(column)))
        below = [_make_of(shown(cell)) for cell in self._column(column)]
        return len(made) > 1 and below.count(made) * 2 > len(below)

    def _is_varied(self, column: int) -> bool:
        """Whether the values below recur, or are much longer than the text above them."""
        values = [shown(cell) for cell in self._column(column)]
        if len(values) < 2:
            return False
        recurring = max(Counter(map(word_key, values)).values()) > 1
        mean = sum(map(len, values)) / len(values)
        return recurring or mean > 2 * len(shown(self._cell(column)))


def first_heading_row(region: Region) -> int | None:
    """The first row that is surely one of headings, else the first that is likely to be."""
    wide: list[Candidate] = []
    for i in range(min(len(region.grid), _MOST_ABOVE)):
        candidate = Candidate(region, i)
        if not candidate.filled:
            continue
        if candidate.is_sure():
            return i
        if len(candidate.filled) > 1:
            wide.append(candidate)
    return next((one.row for one in wide[:1] if one.is_likely()), None)


def _is_typed(cell: Cell) -> bool:
    look = look_of(cell)
    if look is Look.OTHER and isinstance(cell, str):
        return _ADDRESS.fullmatch(cell.strip()) is not None
    return look in _TYPED


def _make_of(text: str) -> tuple[str, ...]:
    """How the words of a text are written: in capitals, with one, in small letters, in figures."""
    return tuple(
        "9" if word[:1].isdigit() else "A" if word.isupper() else "Aa" if word.istitle() else "a"
        for word in text.split()
    )


def _year(value: Cell) -> int:
    """The year that a cell is, as a number or a text; 0 for another cell."""
    text = shown(value)
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) in _YEARS else 0
