"""A table found in a file that is none of our workbooks, before anything of it is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.read.raw import Cell


class SourceRow(NamedTuple):
    """One line: its number in the sheet (or in the text file), a cell for each heading.

    `under` is what is written alone in a row above it, as the title of the lines that follow: a
    month, a person, an advisor; several, the widest first, with " / " between.
    """

    number: int
    cells: Sequence[Cell]
    under: str = ""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A line of the file that is no line of the table, and why in French: a total, a repeated
    heading, a title between two blocks."""

    number: int
    text: str
    why: str


@dataclass(frozen=True)
class SourceTable:
    """The lines under one row of headings.

    `sheet` is "" for a text file. `headings` are squeezed, "" where a column that holds something
    has none; `columns` are their 1-based numbers in the sheet, `header_row` the number of the
    (last) row of headings, 0 where no row is one. `titles` is what stands above them, a text for
    each row: the name of a person, a year. `beside` is the span of its columns ("F:J") where
    another table stands at its left, with lines of the same numbers.
    """

    file: Path
    sheet: str
    headings: tuple[str, ...]
    columns: tuple[int, ...]
    header_row: int
    rows: tuple[SourceRow, ...] = ()
    titles: tuple[str, ...] = ()
    left: tuple[LeftRow, ...] = ()
    beside: str = ""

    def column(self, rank: int) -> list[Cell]:
        """The cells of the column of this rank, line by line."""
        return list(map(itemgetter(rank), self._cells))

    @cached_property
    def _cells(self) -> list[Sequence[Cell]]:
        return [row.cells for row in self.rows]

    @property
    def has_headings(self) -> bool:
        """Whether a row of headings, or labels, say what the columns hold."""
        return self.header_row > 0 or any(self.headings)

    @cached_property
    def head(self) -> str:
        """The first cell of the headings, by which the tables of a sheet are told apart: "A6"."""
        first = self.header_row or (self.rows[0].number if self.rows else 0)
        return f"{column_letter(self.columns[0])}{first}" if self.columns else ""

    @cached_property
    def place(self) -> str:
        """The file and the sheet, as they are told: "suivi.xlsx!2025", "suivi.xlsx!2025 (F:J)"."""
        return f"{self._sheet_place} ({self.beside})" if self.beside else self._sheet_place

    @property
    def _sheet_place(self) -> str:
        return f"{self.file.name}!{self.sheet}" if self.sheet else self.file.name

    def row_place(self, number: int) -> str:
        """A line as it is told: "suivi.xlsx!2025!12"; "suivi.csv!12" in a text file."""
        return f"{self.place}!{number}"

    def cell_place(self, number: int, rank: int) -> str:
        """The cell of a line, in the column of this rank: "suivi.xlsx!2025!C12"."""
        letters = column_letter(self.columns[rank]) if self.sheet else ""
        return f"{self._sheet_place}!{letters}{number}"
