"""What a year's figures and tables are counted on, kept to tell who counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cedre_xlsx.reports.statistics.figure import Figure
from cedre_xlsx.reports.statistics.tables import CellRow
from cedre_xlsx.reports.statistics.values import Behind, CountedLine
from cedre_xlsx.reports.statistics.year import Year


@dataclass(frozen=True, eq=False)
class Counted:
    """The selections behind the figures and the tables of one year."""

    year: Year
    figures: Mapping[str, Figure]
    cells: Mapping[str, Sequence[CellRow]]

    def who(self, identifier: str) -> Behind:
        """The lines behind a figure; KeyError when there is no such figure."""
        return self.figures[identifier].behind

    def who_in(self, table: str, line: str, column: str) -> tuple[CountedLine, ...]:
        """The lines behind one number of a table; KeyError when there is no such number."""
        for row in self.cells[table]:
            if row.label == line:
                found = row.cells[column]
                return () if found is None else found.listed()
        raise KeyError(line)
