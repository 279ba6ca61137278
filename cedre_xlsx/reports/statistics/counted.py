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
            if label_of(row) == line:
                found = row[column]
                if isinstance(found, str):
                    raise KeyError(column)
                return () if found is None else found.listed()
        raise KeyError(line)


def label_of(row: CellRow) -> str:
    """What a line of a table is of: its texts, joined."""
    return " · ".join(cell for cell in row.values() if isinstance(cell, str) and cell)
