"""How structures stand to one another on a figure: median, quartiles, and the reader's own place.

Only from five structures on, and never another's name: among fewer, who knows one's own figure and
what the sector is made of would know whose the others are.

The quartiles are those of Tukey's hinges: the median of the lower half and of the upper half of
the values in their order, the middle one being in both where their number is odd.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from cedre_xlsx.federation.united import UnitedFigure

#: From how many structures on.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How the structures stand on a figure; `structures` is how many give it exactly."""

    structures: int
    first_quartile: float
    median: float
    third_quartile: float


@dataclass(frozen=True, slots=True)
class Rank:
    """The reader's own value, and how many of the others are under it, level with it, above it."""

    value: float
    under: int
    level: int
    above: int


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The first quartile, the median and the third quartile of one value or more."""
    ordered = sorted(values)
    half = (len(ordered) + 1) // 2
    return median(ordered[:half]), median(ordered), median(ordered[-half:])


def standing(figure: UnitedFigure) -> Standing | None:
    """How the structures that give a figure exactly stand; None where they are under five."""
    values = list(figure.by_structure.values())
    if len(values) < FEWEST:
        return None
    return Standing(len(values), *quartiles(values))


def own_place(figure: UnitedFigure, identity: str) -> Rank | None:
    """Where one structure is among the others: the reader's own, by its identity.

    None where it gives no exact figure, or those who do are under five, itself included.
    """
    return _place(figure.by_structure, identity)


def _place(values: Mapping[str, float], identity: str) -> Rank | None:
    if identity not in values or len(values) < FEWEST:
        return None
    own = values[identity]
    others = [value for name, value in values.items() if name != identity]
    under, above = sum(one < own for one in others), sum(one > own for one in others)
    return Rank(own, under, len(others) - under - above, above)
