"""What is published and what is hidden of some years, and the proofs that nothing hidden is found.

The protection asked for. What a reader can work out of a hidden figure is an interval, from all
that is published, this year and the years before. Of a count under the threshold it holds every
number from 1 to the threshold less 1; of any other hidden count, as many numbers as that, and so of
a small one when figures published a year before already leave out some of these; of hours that few
people worked, everything from half of them to half as many again. Zeros may be hidden as any other
number, so that a hidden figure may be one.

An interval is proved by moves: tables that agree with all that is published, between which a reader
cannot choose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NEAR = 1e-6

#: By how much each figure changes, by its index.
Move = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one year.

    `places` is in how many it is shown; 0 for a remainder, which never is. A `small` one must not
    be found: the interval known of it holds `least` to `most`; that of any other hidden figure is
    `width` wide.
    """

    value: float
    places: int
    year: int
    small: bool
    least: float
    most: float
    width: float


@dataclass
class Ledger:
    """The figures of some years, published one year after the other.

    A relation gives each cell a factor, by its index: the sum never changes. `whole` says that the
    figures are whole numbers.
    """

    whole: bool = True
    cells: list[Cell] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    _narrowed: set[int] = field(default_factory=set)
    _relations_of: defaultdict[int, list[Mapping[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _proofs: list[Move] = field(default_factory=list)
    _low: dict[int, float] = field(default_factory=dict)
    _high: dict[int, float] = field(default_factory=dict)

    def relate(self, relation: Mapping[int, int]) -> None:
        """Add what a reader knows; the proofs that it belies are forgotten."""
        for cell in relation:
            self._relations_of[cell].append(relation)
        kept = [move for move in self._proofs if _keeps(relation, move)]
        if len(kept) < len(self._proofs):
            self._set_proofs(kept)

    def relations_of(self, cell: int) -> Sequence[Mapping[int, int]]:
        """The relations that a cell stands in."""
        return self._relations_of[cell]

    def may_change(self, cell: int) -> bool:
        """Whether a reader is not told the figure."""
        return cell in self.hidden or not self.cells[cell].places

    def prove(self, move: Move) -> None:
        """Keep a move as a proof for all the cells that it changes."""
        self._proofs.append(move)
        for cell, change in move.items():
            self._low[cell] = min(self._low.get(cell, 0.0), change)
            self._high[cell] = max(self._high.get(cell, 0.0), change)

    def show(self, cell: int) -> None:
        """Show a cell that was hidden; the proofs that change it are forgotten."""
        self.hidden.discard(cell)
        self._set_proofs([move for move in self._proofs if cell not in move])

    @property
    def state(self) -> tuple[set[int], list[Move]]:
        """What `restore` comes back to."""
        return set(self.hidden), list(self._proofs)

    def restore(self, state: tuple[set[int], list[Move]]) -> None:
        """Come back to a state of before."""
        self.hidden = set(state[0])
        self._set_proofs(state[1])

    def _set_proofs(self, moves: Sequence[Move]) -> None:
        self._proofs, self._low, self._high = [], {}, {}
        for move in moves:
            self.prove(move)

    def interval(self, cell: int) -> tuple[float, float]:
        """The values between which a reader cannot choose, as far as it is proved."""
        value = self.cells[cell].value
        return value + self._low.get(cell, 0.0), value + self._high.get(cell, 0.0)

    @property
    def proofs(self) -> Sequence[Move]:
        """The moves that prove the intervals."""
        return tuple(self._proofs)

    def lacking(self, cell: int) -> Sequence[float]:
        """The changes of a hidden cell that are still to be proved possible."""
        one = self.cells[cell]
        low, high = self.interval(cell)
        if self.is_strict(cell):
            ends = ((one.most, high < one.most - NEAR), (one.least, low > one.least + NEAR))
            return [end - one.value for end, lacks in ends if lacks]
        return [one.width] if high - low < one.width - NEAR else []

    def is_strict(self, cell: int) -> bool:
        """Whether certain values are asked of its interval, not just its width."""
        return self.cells[cell].small and cell not in self._narrowed

    def narrow(self, cell: int) -> bool:
        """Ask of a small cell what is asked of the others; False when that is so already."""
        is_new = self.is_strict(cell)
        self._narrowed.add(cell)
        return is_new

    def loose(self) -> list[int]:
        """The hidden cells that are not protected yet, those hardest to protect first."""
        found = [cell for cell in self.hidden if self.lacking(cell)]
        return sorted(found, key=lambda n: (not self.cells[n].small, -self.cells[n].value, n))


def _keeps(relation: Mapping[int, int], move: Move) -> bool:
    return abs(sum(factor * move.get(cell, 0.0) for cell, factor in relation.items())) < NEAR
