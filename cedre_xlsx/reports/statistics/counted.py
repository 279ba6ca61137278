"""What a year's figures and tables are counted on, kept to tell who counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cedre_xlsx.reports.statistics.figure import FigureLines
from cedre_xlsx.reports.statistics.tables import CellRow
from cedre_xlsx.reports.statistics.values import Behind, CountedLine
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.errors import CedreError


@dataclass(frozen=True, eq=False)
class Counted:
    """The selections behind the figures and the tables of one year."""

    year: Year
    figures: Mapping[str, FigureLines]
    cells: Mapping[str, Sequence[CellRow]]

    def who(self, identifier: str) -> Behind:
        """The lines behind a figure, which there is."""
        return self.figures[identifier].behind

    def who_in(self, table: str, line: str, column: str) -> tuple[CountedLine, ...]:
        """The lines behind one number of a table; CedreError when there is no such number."""
        for row in self.cells.get(table, ()):
            if row.label == line and column in row.cells:
                found = row.cells[column]
                return () if found is None else found.listed()
        gone = self.year.frames.gone.of(self.year.year).tables.get(table, {})
        if any(one.label == line and column in one.cells for one in gone.values()):
            return ()  # all of it was on lines made anonymous
        raise CedreError(f"Aucun nombre du tableau « {table} » n'est à « {line} », « {column} ».")
