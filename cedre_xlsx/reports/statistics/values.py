"""What the figures of a year are made of: numbers, lines of tables, lines of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

#: A number of a table: an integer is a count, None what is not known, or hidden.
Number = int | float | None
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Line(Generic[C]):
    """A line of a table: what it is of, its cells, whether it is the sum of those above it.

    Both are by heading: a team's own column may be called as one of ours, *Entrées* say, and hold
    the word Total.
    """

    labels: Mapping[str, str]
    cells: Mapping[str, C]
    is_total: bool = False

    @property
    def label(self) -> str:
        """What the line is of: its texts, joined."""
        return " · ".join(filter(None, self.labels.values()))

    @property
    def headings(self) -> tuple[str, ...]:
        """The labels' headings, each once, then the cells'."""
        texts = (f"{one} (valeur)" if one in self.cells else one for one in self.labels)
        return (*texts, *self.cells)

    @property
    def values(self) -> tuple[str | C, ...]:
        """What stands under the headings."""
        return (*self.labels.values(), *self.cells.values())


TableRow = Line[Number]


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
class CountedLine:
    """One line of the workbook that counts in a figure, for the team's eyes only.

    `row` is its number in the sheet; `person` the name as Personnes has it, else as typed, "" where
    there is none; `amount` what the line counts for: 1, or minutes, hours or days.
    """

    sheet: str
    row: int
    person: str
    amount: int | float = 1


@dataclass(frozen=True, slots=True)
class Behind:
    """Who counts in one figure, line by line.

    `counted` are the lines of its value (of the numerator of a rate, the cases of a median),
    `others` the rest of a rate's denominator, `unknown` those that could not be placed.
    """

    counted: tuple[CountedLine, ...] = ()
    others: tuple[CountedLine, ...] = ()
    unknown: tuple[CountedLine, ...] = ()
