"""What a workbook is made with: the structure's name, and rows as a person would type them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cedre_xlsx.schema.settings import Settings

#: What a cell may hold when a workbook is made; text is kept as text.
Cell = None | str | int | float | bool | date
FilledRow = Mapping[str, Cell]  # field name → cell


@dataclass(frozen=True)
class Filling:
    """The content of a new workbook.

    `rows` gives, by table name (tPersonnes…), rows of cells by field name, as typed. `person` and
    `reference` are what the two forms show first ("" for blank forms). `packs` are those whose
    columns it has.
    """

    settings: Settings = field(default_factory=Settings)
    rows: Mapping[str, Sequence[FilledRow]] = field(default_factory=dict)
    person: str = ""
    reference: str = ""
    logo: Path | None = None
    packs: frozenset[str] = frozenset()

    def of(self, table: str) -> Sequence[FilledRow]:
        """The rows of one table."""
        return self.rows.get(table, ())
