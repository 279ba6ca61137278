"""Which figures are not shown exactly, and what is said of them instead.

First the fewest: the small ones, and besides these what costs least of all that keeps them from
being found (Fischetti and Salazar, 2001). A first choice is made by linear programs, in the manner
of Kelly, Golden and Assad (1992), then the least one is searched (`optimum`). Then each of them is
given by a class where that tells no more than may be told (Fischetti and Salazar, 2003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from cedre_xlsx.reports.statistics.public.ledger import NEAR, NOTHING, Ledger, Move, Range
from cedre_xlsx.reports.statistics.public.moves import Moves
from cedre_xlsx.reports.statistics.public.optimum import OptimumSearch, proved_together

_ROUNDS = 3  # of weighing the costs again
_RISE = 8  # times what is asked for: how far a figure may rise in a proof


def hide(ledger: Ledger, year: int) -> float:
    """Choose what is said of a year, whose cells and relations are in the ledger.

    What the years before show stays as it is: where this year's figures would tell of what they
    hid, this year's are hidden. Returns what any choice costs at least, besides the small ones:
    what this one does where the search came to its end.
    """
    ledger.hide(n for n, cell in enumerate(ledger.cells) if cell.year == year and cell.small)
    return _Choice(ledger, year).make()


class _Choice:
    """The choice of one year."""

    def __init__(self, ledger: Ledger, year: int) -> None:
        self._ledger, self._cells = ledger, ledger.cells
        self._open = [n for n, cell in enumerate(self._cells) if cell.year == year and cell.places]
        widest = max((cell.width for cell in self._cells), default=0.0)
        there = {n for n in range(len(self._cells)) if ledger.may_change(n)}
        self._moves = Moves(ledger, ledger.free(there | {*self._open}), _RISE * max(widest, 1.0))
        self._classes_only = False

    def make(self) -> float:
        """Hide what must be, then say of it what may be said."""
        while (cell := self._protect()) is not None:
            if not self._ledger.narrow(cell):  # never seen: then nothing of the year is shown
                self._ledger.hide(self._open)
                return 0.0
        self._trim()
        optional = [n for n in self._open if not self._cells[n].small]
        least = OptimumSearch(self._ledger, self._moves, optional).improve()
        self._say_classes()
        return least

    def _trim(self) -> None:
        """Show again what was hidden in vain, the dearest first."""
        others = [n for n in self._open if n in self._ledger.ranges and not self._cells[n].small]
        for other in sorted(others, key=lambda n: (-self._cells[n].cost, n)):
            before = self._ledger.state
            self._ledger.show(other)
            if not self._is_proved():
                self._ledger.restore(before)

    def _say_classes(self) -> None:
        """Say the narrowest classes, then wider ones where that would tell too much."""
        self._classes_only = True
        for n in self._open:
            if n in self._ledger.ranges and (classes := self._classes(n)):
                self._ledger.say(n, classes[0])
        self._protect()
        for n in sorted(self._open, key=lambda n: (-self._cells[n].cost, n)):
            if n in self._ledger.ranges:
                self._tighten(n)

    def _tighten(self, cell: int) -> None:
        """Say more of a cell of which less than need be was said, as the others stand."""
        said = self._ledger.ranges[cell]
        for known in self._classes(cell):
            if known[1] - known[0] >= said[1] - said[0]:
                return
            before = self._ledger.state
            self._ledger.say(cell, known)
            if self._is_proved():
                return
            self._ledger.restore(before)

    def _classes(self, cell: int) -> Sequence[Range]:
        """The classes that a cell may be given by, the narrowest first.

        Of a part of a whole that is exact, one says that few are not of it.
        """
        one = self._cells[cell]
        if one.whole is None or one.whole in self._ledger.ranges or one.value <= one.most:
            return one.classes
        whole = self._cells[one.whole].value
        rest = (max(whole - one.most, 0.0), whole)
        return (rest, *one.classes) if rest[0] <= one.value else one.classes

    def _is_proved(self) -> bool:
        """Whether all is protected as things are."""
        proved_together(self._ledger, self._moves)
        for cell in iter(self._next_loose, None):
            for by in self._ledger.lacking(cell):
                if not self._proved(cell, by):
                    return False
        return True

    def _protect(self) -> int | None:
        """Take the steps that are lacking; the cell where one is impossible, if any."""
        proved_together(self._ledger, self._moves)
        for cell in iter(self._next_loose, None):
            for by in self._ledger.lacking(cell):
                if not self._protected(cell, by):
                    return cell
        return None

    def _next_loose(self) -> int | None:
        return next(iter(self._ledger.loose()), None)

    def _proved(self, cell: int, by: float) -> bool:
        """Whether a cell can change so much as things are; the proof is kept.

        Where only the width of the interval matters, a part of it may be on either side.
        """
        is_strict = self._ledger.is_strict(cell)
        for change in (by,) if is_strict else (by, -by):
            move = self._moves.cheapest(cell, change, {})
            if move and (not is_strict or _reaches(move, cell, by)):
                self._ledger.prove(move)
                if is_strict or not self._ledger.lacking(cell):
                    return True
        return False

    def _protected(self, cell: int, by: float) -> bool:
        """Let a cell change so much, by saying less of others where it takes that.

        Where only the width of the interval matters, on the side where it takes least, or in part
        on either side.
        """
        if self._proved(cell, by):
            return True
        is_strict = self._ledger.is_strict(cell)
        moves = [self._fewest(cell, change) for change in ((by,) if is_strict else (by, -by))]
        whole = [move for move in moves if _reaches(move, cell, by)]
        if whole:
            self._say_less_for(min(whole, key=self._price_of))
            return True
        if not is_strict:
            for move in moves:
                self._say_less_for(move)
        return not self._ledger.lacking(cell)

    def _beyond(self) -> Mapping[int, float]:
        """Of which cells less may be said, and what that costs."""
        ranges = self._ledger.ranges
        if self._classes_only:
            return {n: self._cells[n].cost for n in self._open if ranges.get(n, NOTHING)[1] < inf}
        return {n: self._cells[n].cost for n in self._open if n not in ranges}

    def _leaves(self, cell: int, by: float) -> bool:
        """Whether a change goes beyond what is said of a cell."""
        low, high = self._ledger.range_of(cell)
        return not low - NEAR <= self._cells[cell].value + by <= high + NEAR

    def _say_less_for(self, move: Move) -> None:
        for cell, by in move.items():
            if self._leaves(cell, by):
                self._ledger.say(cell, self._wider(cell, self._cells[cell].value + by))
        self._ledger.prove(move)

    def _wider(self, cell: int, to: float) -> Range:
        """The narrowest class that holds what is said of a cell, and this number too."""
        low, high = self._ledger.range_of(cell)
        low, high = min(low, to), max(high, to)
        classes = self._classes(cell) if self._classes_only else ()
        return next((one for one in classes if one[0] <= low and high <= one[1]), NOTHING)

    def _price_of(self, move: Move) -> float:
        """What it costs to say less of all that a move changes."""
        return sum(self._cells[n].cost for n, by in move.items() if self._leaves(n, by))

    def _fewest(self, cell: int, by: float) -> Move:
        """Of the moves that change a cell so much, one that costs as little as was found."""
        base = self._beyond()
        best: Move = {}
        cost, least = base, inf
        for _ in range(_ROUNDS):
            move = self._moves.cheapest(cell, by, cost)
            price = self._price_of(move)
            if price < least:
                best, least = move, price
            cost = {n: c / (abs(move.get(n, 0.0)) + abs(by) / 10) for n, c in base.items()}
        return best


def _reaches(move: Move, cell: int, by: float) -> bool:
    return abs(abs(move.get(cell, 0.0)) - abs(by)) < NEAR
