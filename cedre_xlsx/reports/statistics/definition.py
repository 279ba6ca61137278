"""What a definition of a figure, or of a table, is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """How a figure is written."""

    COUNT = "nombre"
    RATE = "taux"
    DAYS = "jours"
    MINUTES = "minutes"
    HOURS = "heures"
    FTE = "équivalents temps plein"
    WEEKS = "semaines"
    RATIO = "personnes par équivalent temps plein"

    @property
    def is_median(self) -> bool:
        """Whether the figure is the median of its cases."""
        return self in (Unit.DAYS, Unit.WEEKS)


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: its block in the report, its label, what exactly is counted.

    `unknown` says what its unknowns are. An id that ends in ".*" stands for one figure a type of
    engagement, a status or an answer.
    """

    id: str
    block: str
    label: str
    unit: Unit
    text: str
    unknown: str

    @property
    def whole(self) -> str:
        """The definition with its unknowns."""
        return f"{self.text} Inconnus : {self.unknown}."


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """One table: its name, its title, what its lines and columns count."""

    name: str
    title: str
    text: str
