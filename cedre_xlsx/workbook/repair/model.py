"""What one repair is: a cell, what it holds, what it will hold, and why that cannot be wrong; or
what a sheet lost, which is given back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.schema.losses import Loss

#: Why a name is written otherwise after its person was renamed.
RENAMED = "personne renommée"
_KEY_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair of one cell.

    `before` is the cell as it shows ("" where it is empty), `after` what it will show. With
    `formula`, the cell is given the formula of the other rows again. A repair of `lists` gives
    cells of the column, from row to row, their drop-down list again, and writes nothing in them.
    A repair of a `loss` gives back what the sheet had around its cells, or its formulas. With a
    `name`, hidden, and what it stands for, no cell changes: it tells the next refresh whose the
    notes of `before` are now. `rule` is the code of what the check says of it; "" where it says
    nothing, because reading understands the cell.
    """

    sheet: str
    cell: str
    heading: str
    before: str
    after: str | date
    why: str
    formula: bool = False
    lists: tuple[tuple[int, int], ...] = ()
    loss: Loss | None = None
    name: tuple[str, str] | None = None
    rule: str = ""

    @property
    def key(self) -> str:
        """By which it is found again among the repairs of the same file: a print of all it says."""
        loss = self.loss
        told = (
            self.sheet, self.cell, self.heading, self.before, self.shown_after, self.why,
            self.formula, self.lists, self.name,
            loss and (loss.code, loss.headings, loss.rows, loss.cells, loss.names, loss.fate),
        )  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()[:_KEY_LENGTH]

    @property
    def shown_after(self) -> str:
        """What is written, as French shows it."""
        return french_day(self.after) if isinstance(self.after, date) else self.after

    @property
    def renames(self) -> bool:
        """Whether it is a part of renaming a person, which is done everywhere or not at all."""
        return self.name is not None or self.why == RENAMED

    @property
    def place(self) -> str:
        """The sheet, the cell and its heading."""
        return f"{self.sheet}!{self.cell} {self.heading}" if self.cell else self.sheet

    @property
    def line(self) -> str:
        """The repair in one line, for the person who decides."""
        if self.lists or self.loss:
            return f"{self.place} : {self.why}"
        before = f"« {self.before} »" if self.before else "(vide)"
        return f"{self.place} : {before} → « {self.shown_after} » ({self.why})"


@dataclass(frozen=True, slots=True)
class Left:
    """A repair that is not made, because of how its file writes the cell; `why` in French."""

    repair: Repair
    why: str

    @property
    def line(self) -> str:
        """What is left and why, in one line."""
        if self.repair.loss is not None:
            return f"{self.repair.place} : {self.repair.before}, {self.why}"
        before = f"« {self.repair.before} »" if self.repair.before else self.repair.why
        return f"{self.repair.place} : {before}, {self.why}"
