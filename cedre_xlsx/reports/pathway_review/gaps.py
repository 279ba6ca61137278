"""What a review lacks: each with its cell, and how to fill it."""

from __future__ import annotations

from typing import Any, TypeVar

from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.records import Table

R = TypeVar("R", bound=Row)
_NAMED = 4  # cells of one column that are named


class Gaps:
    """What was looked for and is not there, said once, those of one column together."""

    def __init__(self) -> None:
        self._cells: dict[str, list[str]] = {}
        self._said: dict[str, None] = {}

    def say(self, sentence: str) -> None:
        """Say something else that is to be seen to."""
        self._said[sentence] = None

    def value(self, table: Table[R], row: R, field: str) -> Any:
        """What a cell says; None where it says nothing, which is told."""
        value = getattr(row, field)
        if value not in (None, ""):
            return value
        self.lacks(table, row, field)
        return None

    def lacks(self, table: Table[R], row: R, field: str) -> None:
        """Tell that a cell is empty, or its column is not there, or is not understood."""
        column = table.spec.columns[field]
        if field in row.unreadable:
            place = table.place(row, field).address
            self.say(f"{place} ({column.header}) n'est pas compris : retapez-le. {column.help}")
        elif field in table.columns:
            cells = self._cells.setdefault(f"{column.header} est vide. {column.help}", [])
            cells.append(table.place(row, field).address)
        else:
            self.say(_no_column(table, field))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that the review lacks, a line each."""
        return (*(f"{some_of(cells)} : {what}" for what, cells in self._cells.items()), *self._said)


def _no_column(table: Table[R], field: str) -> str:
    column = table.spec.columns[field]
    how = f" ; cedre-xlsx upgrade --pack {column.pack} l'ajoute" if column.pack else ""
    return f"{table.sheet} : la colonne {column.header} n'est pas dans le classeur{how}"


def some_of(cells: list[str]) -> str:
    """These cells, the first ones where they are many."""
    more = len(cells) - _NAMED
    if more <= 1:
        return listed(list(dict.fromkeys(cells)))
    return f"{', '.join(cells[:_NAMED])} et {more} autres"
