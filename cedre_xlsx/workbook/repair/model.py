"""What one repair is: a cell, what it holds, what it will hold, and why that cannot be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import day as french_day


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair of one cell.

    `before` is the cell as it shows ("" where it is empty), `after` what is written in it, beside
    the `formula` where one is put back. A repair of `lists` gives cells of the column, from row
    to row, their drop-down list again, and writes nothing in them.
    """

    sheet: str
    cell: str
    heading: str
    before: str
    after: str | date
    why: str
    formula: str = ""
    lists: tuple[tuple[int, int], ...] = ()

    @property
    def shown_after(self) -> str:
        """What is written, as French shows it."""
        return french_day(self.after) if isinstance(self.after, date) else self.after

    @property
    def line(self) -> str:
        """The repair in one line, for the person who decides."""
        place = f"{self.sheet}!{self.cell} {self.heading}"
        if self.lists:
            return f"{place} : {self.why}"
        before = f"« {self.before} »" if self.before else "(vide)"
        return f"{place} : {before} → « {self.shown_after} » ({self.why})"
