"""What is published of some years, exactly or as a class, and the proofs that no more is found.

The protection asked for. What a reader can work out of a figure that is not published exactly is an
interval, from all that is published, this year and the years before, the classes included. Of a
count under the threshold it holds every number from 1 to the threshold less 1; of any other such
count, as many numbers as that, and so of a small one when figures published a year before already
leave out some of these; of hours that few people worked, everything from half of them to half as
many again. Zeros may be hidden as any other number, so that a hidden figure may be one.

An interval is proved by moves: tables that agree with all that is published, between which a reader
cannot choose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

NEAR = 1e-6

#: By how much each figure changes, by its index.
Move = Mapping[int, float]
#: The least and the most that a publication says of a figure.
Range = tuple[float, float]

#: What is said of a figure that is hidden.
NOTHING: Range = (0.0, inf)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one year.

    `places` is in how many it is shown; 0 for a remainder, which never is. A `small` one must not
    be found: the interval known of it holds `least` to `most`; that of any other figure that is not
    exact is `width` wide. `cost` is what it costs not to show it exactly. `classes` are those that
    it may be shown by, the narrowest first. `whole` is the cell that it is a part of, where a class
    may say how few are not of that part.
    """

    value: float
    places: int
    year: int
    small: bool
    least: float
    most: float
    width: float
    cost: float = 1.0
    classes: tuple[Range, ...] = ()
    whole: int | None = None


@dataclass
class Ledger:
    """The figures of some years, published one year after the other.

    A relation gives each cell a factor, by its index: the sum never changes. `whole` says that the
    figures are whole numbers. `ranges` are the figures that are not exact, with what is published
    of each: a class, or nothing.
    """

    whole: bool = True
    cells: list[Cell] = field(default_factory=list)
    ranges: dict[int, Range] = field(default_factory=dict)
    version: int = 0  # grows each time that something else is said
    _narrowed: set[int] = field(default_factory=set)
    _relations_of: defaultdict[int, list[Mapping[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _moves: dict[int, Move] = field(default_factory=dict)
    _moves_of: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _low: dict[int, float] = field(default_factory=dict)
    _high: dict[int, float] = field(default_factory=dict)
    _unsure: set[int] = field(default_factory=set)  # that may have become loose
    _proved: int = 0  # how many moves ever were

    @property
    def hidden(self) -> set[int]:
        """The figures that are not exact."""
        return set(self.ranges)

    def relate(self, relation: Mapping[int, int]) -> None:
        """Add what a reader knows; the proofs that it belies are forgotten."""
        for cell in relation:
            self._relations_of[cell].append(relation)
        touched = {move for cell in relation for move in self._moves_of[cell]}
        self._forget([move for move in touched if not _keeps(relation, self._moves[move])])

    def relations_of(self, cell: int) -> Sequence[Mapping[int, int]]:
        """The relations that a cell stands in."""
        return self._relations_of[cell]

    def may_change(self, cell: int) -> bool:
        """Whether a reader is not told the figure exactly."""
        return cell in self.ranges or not self.cells[cell].places

    def range_of(self, cell: int) -> Range:
        """The least and the most that is said of a figure."""
        one = self.cells[cell]
        return self.ranges.get(cell, (one.value, one.value) if one.places else NOTHING)

    def free(self, cells: Iterable[int]) -> list[int]:
        """Which of some cells can change at all: not the last one of what a relation ties."""
        left = set(cells)
        edge = sorted(left)
        while edge:
            relations = {id(one): one for cell in edge for one in self._relations_of[cell]}
            edge = []
            for relation in relations.values():
                tied = left.intersection(relation)
                if len(tied) == 1:
                    edge += self._neighbours(tied)
                    left -= tied
        return sorted(left)

    def _neighbours(self, cells: Iterable[int]) -> set[int]:
        return {n for cell in cells for one in self._relations_of[cell] for n in one}

    def hide(self, cells: Iterable[int]) -> None:
        """Say nothing of some cells; those of which less than all is said stay as they are."""
        for cell in sorted(set(cells) - self.ranges.keys()):
            self.say(cell, NOTHING)

    def show(self, cell: int) -> None:
        """Show a cell exactly; the proofs that change it are forgotten."""
        self.ranges.pop(cell, None)
        self.version += 1
        self._forget(list(self._moves_of[cell]))

    def say(self, cell: int, known: Range) -> None:
        """Say this range of a cell; the proofs that leave it are forgotten."""
        value = self.cells[cell].value
        low, high = known[0] - value - NEAR, known[1] - value + NEAR
        moves = [n for n in self._moves_of[cell] if not low <= self._moves[n][cell] <= high]
        self.ranges[cell] = known
        self.version += 1
        self._unsure.add(cell)
        self._forget(moves)

    def prove(self, move: Move) -> None:
        """Keep a move as a proof for all the cells that it changes."""
        self._proved += 1
        self._keep(self._proved, move)

    @property
    def proofs(self) -> Sequence[Move]:
        """The moves that prove the intervals."""
        return tuple(self._moves.values())

    @property
    def state(self) -> tuple[dict[int, Range], dict[int, Move]]:
        """What `restore` comes back to."""
        return dict(self.ranges), dict(self._moves)

    def restore(self, state: tuple[dict[int, Range], dict[int, Move]]) -> None:
        """Come back to a state of before."""
        ranges, moves = state
        self.ranges = dict(ranges)
        self.version += 1
        self._unsure |= ranges.keys()
        self._forget([move for move in self._moves if move not in moves])
        for number, move in moves.items():
            if number not in self._moves:
                self._keep(number, move)

    def _keep(self, number: int, move: Move) -> None:
        self._moves[number] = move
        for cell, change in move.items():
            self._moves_of[cell].add(number)
            self._low[cell] = min(self._low.get(cell, 0.0), change)
            self._high[cell] = max(self._high.get(cell, 0.0), change)

    def _forget(self, numbers: Sequence[int]) -> None:
        changed: set[int] = set()
        for number in numbers:
            for cell in self._moves.pop(number):
                self._moves_of[cell].discard(number)
                changed.add(cell)
        for cell in changed:
            changes = [self._moves[number][cell] for number in self._moves_of[cell]]
            self._low[cell] = min(0.0, *changes, 0.0)
            self._high[cell] = max(0.0, *changes, 0.0)
        self._unsure |= changed

    def interval(self, cell: int) -> Range:
        """The values between which a reader cannot choose, as far as it is proved."""
        value = self.cells[cell].value
        return value + self._low.get(cell, 0.0), value + self._high.get(cell, 0.0)

    def lacking(self, cell: int) -> Sequence[float]:
        """The changes of a cell that are still to be proved possible; of a width, the whole."""
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
        self._unsure.add(cell)
        return is_new

    def loose(self) -> list[int]:
        """The cells that are not protected yet, those hardest to protect first."""
        self._unsure = {n for n in self._unsure if n in self.ranges and self.lacking(n)}
        return sorted(
            self._unsure, key=lambda n: (not self.cells[n].small, -self.cells[n].value, n)
        )


def _keeps(relation: Mapping[int, int], move: Move) -> bool:
    return abs(sum(factor * move.get(cell, 0.0) for cell, factor in relation.items())) < NEAR
