"""How much two lines say the same: their equal cells, weighted by how rare each content is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log2

#: A likeness is counted in these: 10,000 is the same in every cell.
WHOLE = 10_000
#: From here on, two lines are one that was changed: half of their weight in common.
ENOUGH = WHOLE // 2
#: A line of so many cells is known again by all of them but one.
LEAST_CELLS = 3
#: What a cell filled on one side only counts against likeness, in tenths: it contradicts nothing.
_ONE_SIDED = 3

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two lines have in common: `share` of 10,000, and whether but one cell differs."""

    share: int
    all_but_one: bool

    @property
    def is_enough(self) -> bool:
        """Whether the two may be one line that was changed."""
        return self.share >= ENOUGH or self.all_but_one


class Rarity:
    """How much an equal cell says: a name more than a "OUI" that stands on each line.

    Weights are whole numbers, so that no order of adding them changes a sum.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        known = list(lines)
        self._counts = Counter(chain.from_iterable(line.items() for line in known))
        self._all = len(known)
        self._weights: dict[tuple[str, str], int] = {}

    def weight(self, cell: tuple[str, str]) -> int:
        """The weight of a cell, by its column and its print."""
        found = self._weights.get(cell)
        if found is None:
            share = self._all / max(1, self._counts[cell])
            found = self._weights[cell] = round(1_000 * log2(1 + share))
        return found

    def likeness(self, one: Line, other: Line, without: Collection[str] = ()) -> Likeness:
        """What two lines have in common, those columns aside that say it of all of a person's."""
        common = against = aside = differing = 0
        for column, content in one.items():
            its = other.get(column)
            weight = self.weight((column, content))
            if its == content:
                common += 0 if column in without else weight
                continue
            differing += 1
            if its is None:
                aside += weight
            else:
                against += max(weight, self.weight((column, its)))
        for column, content in other.items():
            if column not in one:
                differing += 1
                aside += self.weight((column, content))
        whole = common + against + aside * _ONE_SIDED // 10
        return Likeness(
            WHOLE * common // whole if whole else 0,
            differing == 1 and max(len(one), len(other)) >= LEAST_CELLS,
        )
