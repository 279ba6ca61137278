"""What several parts say together: the figures and tables of a network, or of one's antennas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.federation.model import Amount, Bin, Structure
from cedre_xlsx.reports.statistics.definitions import Unit


@dataclass(frozen=True, slots=True)
class CountedStructure:
    """One structure whose part was added, when it counted, and whether its year was not over."""

    structure: Structure
    counted_on: date
    tool_version: str
    is_early: bool


@dataclass(frozen=True, slots=True)
class UnitedFigure:
    """One figure of all structures.

    Exact where every part gives it so, else the least and the most that it may be. `structures` is
    how many say something of it, `given` how many give it exactly: over these alone it is `known`,
    a rate as the sum of their numerators by that of their denominators. `by_structure` has the
    value of each of these by its identity, and names nobody else.
    """

    id: str
    label: str
    unit: Unit
    value: Amount
    numerator: Amount
    denominator: Amount
    unknown: Amount
    structures: int
    given: int
    known: Amount
    by_structure: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class UnitedLine:
    """One line of a table of all structures; `known` has the sums over those who are exact."""

    labels: Mapping[str, str]
    cells: Mapping[str, Amount]
    known: Mapping[str, float | None]
    is_total: bool


@dataclass(frozen=True, slots=True)
class UnitedTable:
    """One table of all structures, and how many of them give it."""

    name: str
    title: str
    lines: tuple[UnitedLine, ...]
    structures: int


@dataclass(frozen=True, slots=True)
class United:
    """The figures of a year of several structures, in the order of the report.

    `public` says that every part was protected. `quality` are the findings by rule; `histograms`
    the cases of each median.
    """

    year: int
    public: bool
    structures: tuple[CountedStructure, ...]
    figures: tuple[UnitedFigure, ...]
    tables: tuple[UnitedTable, ...]
    quality: Mapping[str, Amount]
    histograms: Mapping[str, tuple[Bin, ...]]

    def figure(self, identifier: str) -> UnitedFigure | None:
        """One figure by its id; None where no structure has it."""
        return next((one for one in self.figures if one.id == identifier), None)
