"""Where each column of a foreign table goes: under a field, in a column of the team's, nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.raw import Cell

#: How the names of people in one column are called in a mapping.
WHOLE_NAME = "Nom et prénom ensemble"
OWN_COLUMN = "colonne de l'équipe"
NOWHERE = "ne pas reprendre"

SPECS: dict[str, TableSpec[Any]] = {spec.table: spec for spec in t.DATA_TABLES}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes.

    `table` is one of ours, "" for a column that is left out, and `why` says why in French. `field`
    is "" for a column of the team's own. `sure` is False where the values, or a likeness, and not
    the heading decided.
    """

    table: str = ""
    field: str = ""
    why: str = ""
    sure: bool = True

    @property
    def words(self) -> str:
        """The target as a mapping writes it."""
        if not self.table:
            return NOWHERE
        sheet = SPECS[self.table].sheet
        return f"{sheet} : {self._column}"

    @property
    def _column(self) -> str:
        if not self.field:
            return OWN_COLUMN
        if self.field == "typed_person":
            return WHOLE_NAME
        return SPECS[self.table].columns[self.field].header


@dataclass(frozen=True, slots=True)
class TableMap:
    """A foreign table, the sheet of ours that its lines go to, the target of each column.

    `form` names a known export, "" for a team's own table; `person` is whose lines these all are,
    where the sheet or its title says it and no column does.
    """

    source: SourceTable
    spec: TableSpec[Any]
    targets: tuple[Target, ...]
    form: str = ""
    person: str = ""

    def with_column(self, field: Target, cells: Sequence[Cell]) -> TableMap:
        """The mapping with a column that the file lacks, for what is written around its lines."""
        source = self.source
        rows = tuple(
            row._replace(cells=[*row.cells, cell])
            for row, cell in zip(source.rows, cells, strict=True)
        )
        wider = replace(
            source, headings=(*source.headings, ""), columns=(*source.columns, 0), rows=rows
        )
        return replace(self, source=wider, targets=(*self.targets, field))

    def index_of(self, table: str, field: str) -> int | None:
        """The rank of the column that goes to a field; None without one."""
        wanted = (
            rank
            for rank, one in enumerate(self.targets)
            if (one.table, one.field) == (table, field)
        )
        return next(wanted, None)

    @property
    def names_people(self) -> bool:
        """Whether its lines say whose they are."""
        names = ("typed_person", "last_name", "first_name")
        return bool(self.person) or any(
            self.index_of(t.PEOPLE.table, field) is not None for field in names
        )
