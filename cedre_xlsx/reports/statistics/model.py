"""The figures of a year as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

#: A cell of a table: an integer is a count, a text a label, None what is not known.
Cell = int | float | str | None
TableRow = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. A rate goes from 0 to 1, and is None without any case.

    A count is its own `numerator`. `denominator` is what a rate divides by (the hours of a
    full-time year, for ETP), or the number of cases behind a median; else None. `unknown` counts
    what could not be placed, as `definition` says. In a publication, what is hidden is None.
    """

    id: str
    label: str
    value: int | float | None
    numerator: int | float | None
    denominator: int | float | None
    unknown: int | None
    definition: str

    def to_json_object(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "id": self.id,
            "label": self.label,
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unknown": self.unknown,
            "definition": self.definition,
        }


@dataclass(frozen=True, slots=True)
class Counted:
    """One pathway that counts in the year, for the team's eyes only.

    `is_active`, `is_entry`, `is_exit` say where it counts; `countable` is None unless it is an
    exit. `hours` are the person's salaried hours in the year, `at_work` whether that makes them
    one of the people in mission.
    """

    person: str
    registered: date | None
    exited: date | None
    category: str
    is_active: bool
    is_entry: bool
    is_exit: bool
    countable: bool | None
    hours: float
    at_work: bool


@dataclass(frozen=True)
class Statistics:
    """The figures of one year, its tables, and the private list of who counts.

    `note` is a French sentence when the year is one that the workbook does not tell of, else "".
    When it `is_silent`, no figure has a value, and no table a line. `hidden` is how many numbers a
    publication hides; None when these figures are not for publication.
    """

    year: int
    indicators: tuple[Indicator, ...]
    tables: Mapping[str, Sequence[TableRow]]
    people: tuple[Counted, ...] = ()
    note: str = ""
    is_silent: bool = False
    hidden: int | None = None

    @property
    def remark(self) -> str:
        """What is to be said before the figures, if anything."""
        return " ".join(filter(None, (self.note, _hidden_text(self.hidden))))

    def indicator(self, identifier: str) -> Indicator:
        """One figure by its id; KeyError when there is none."""
        for found in self.indicators:
            if found.id == identifier:
                return found
        raise KeyError(identifier)

    def to_json_object(self) -> dict[str, Any]:
        """The object of the contract: year, indicators, tables; nobody's name is in it."""
        return {
            "year": self.year,
            "note": self.remark,
            "indicators": [one.to_json_object() for one in self.indicators],
            "tables": {name: [dict(row) for row in rows] for name, rows in self.tables.items()},
        }


def _hidden_text(hidden: int | None) -> str:
    """How many numbers are hidden, and nothing that tells which of them are small."""
    if hidden is None:
        return ""
    if hidden == 0:
        return "Secret statistique : aucun nombre masqué."
    several = "s" if hidden > 1 else ""
    return f"Secret statistique : {hidden} nombre{several} masqué{several}."
