"""Which figures to hide: the small ones, and as few others as keep these from being found.

A cheapest move, by linear programming, says which figures protect a small one, in the manner of
Kelly, Golden and Assad (1992); its costs are weighed again towards few figures rather than small
changes. Then each figure that is hidden in vain is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf, log1p

import numpy as np

from cedre_xlsx.reports.statistics.public.ledger import NEAR, Ledger, Move
from cedre_xlsx.reports.statistics.public.moves import Floats, Moves

_CHEAP = 1e-3  # the cost of changing what is hidden anyhow, which keeps moves short
_TIE = 1e-2  # of two choices that hide as many, the one that hides smaller figures
_ROUNDS = 3  # of weighing the costs again
_NUDGES = 4  # tries to find whole numbers
_NEARBY = 3  # relations between a figure and those that a first try changes
_STRIDE = 0.6180339887  # spreads the nudges evenly
_RISE = 8  # times what is asked for: how far a figure may rise in a proof


def hide(ledger: Ledger, year: int) -> None:
    """Choose what is hidden of a year, whose cells and relations are in the ledger.

    What the years before show stays as it is: where this year's figures would tell of what they
    hid, this year's are hidden.
    """
    cells = ledger.cells
    ledger.hidden.update(n for n, cell in enumerate(cells) if cell.year == year and cell.small)
    _Choice(ledger, year).make()


class _Choice:
    """The choice of one year."""

    def __init__(self, ledger: Ledger, year: int) -> None:
        self._ledger, self._year = ledger, year
        self._cells = ledger.cells

    def make(self) -> None:
        """Protect what is hidden, by hiding more; then show again what was hidden in vain."""
        while (cell := self._protect(self._protected)) is not None:
            if not self._ledger.narrow(cell):  # never seen: then nothing of the year is shown
                self._ledger.hidden.update(filter(self._is_open, range(len(self._cells))))
                return
        others = [n for n in self._ledger.hidden if self._is_open(n) and not self._cells[n].small]
        for other in sorted(others, key=lambda n: (-self._cost(n), n)):
            before = self._ledger.state
            self._ledger.show(other)
            if self._protect(self._proved) is not None:
                self._ledger.restore(before)

    def _protect(self, step: Callable[[int, float], bool]) -> int | None:
        """Take the steps that are lacking; the cell where one is impossible, if any."""
        for cell in iter(self._next_loose, None):
            for by in self._ledger.lacking(cell):
                if not step(cell, by):
                    return cell
        return None

    def _next_loose(self) -> int | None:
        return next(iter(self._ledger.loose()), None)

    def _proved(self, cell: int, by: float) -> bool:
        """Whether a hidden cell can change so much as things are; the proof is kept."""
        for change in (by,) if self._ledger.is_strict(cell) else (by, -by):
            for radius in (_NEARBY, None):
                near = self._around(cell, self._ledger.may_change, radius)
                move = self._cheapest(near, cell, change, {})
                if move is not None:
                    self._ledger.prove(move)
                    return True
        return False

    def _protected(self, cell: int, by: float) -> bool:
        """Let a hidden cell change so much, by hiding others where it takes that."""
        if self._proved(cell, by):
            return True
        for radius in (_NEARBY, None):
            near = self._around(cell, self._may_be_hidden, radius)
            move = self._fewest(near, cell, by)
            if move is not None:
                self._ledger.hidden.update(n for n in move if self._cells[n].places)
                self._ledger.prove(move)
                return True
        return False

    def _is_open(self, cell: int) -> bool:
        """Whether it is this year's to show or hide."""
        return self._cells[cell].year == self._year and self._cells[cell].places > 0

    def _may_be_hidden(self, cell: int) -> bool:
        return self._is_open(cell) or self._ledger.may_change(cell)

    def _cost(self, cell: int) -> float:
        return self._cells[cell].places + _TIE * log1p(self._cells[cell].value)

    def _around(
        self, cell: int, may_change: Callable[[int], bool], radius: int | None
    ) -> Sequence[int]:
        """The cells tied to this one by a chain of cells that may change, a few relations long."""
        found, edge = {cell: None}, [cell]
        while edge and radius != 0:
            tied = (
                n for at in edge for relation in self._ledger.relations_of(at) for n in relation
            )
            edge = [n for n in dict.fromkeys(tied) if n not in found and may_change(n)]
            found.update(dict.fromkeys(edge))
            radius = None if radius is None else radius - 1
        return tuple(found)

    def _fewest(self, near: Sequence[int], cell: int, by: float) -> Move | None:
        """Of the moves that change a cell so much, one that hides as little as was found."""
        base = {n: self._cost(n) for n in near if not self._ledger.may_change(n)}
        cost, best, least = base, None, inf
        for _ in range(_ROUNDS):
            move = self._cheapest(near, cell, by, cost)
            if move is None:
                break
            price = sum(base.get(n, 0.0) for n in move)
            if price < least:
                best, least = move, price
            cost = {n: c / (abs(move.get(n, 0.0)) + abs(by) / 10) for n, c in base.items()}
        return best

    def _cheapest(
        self, near: Sequence[int], cell: int, by: float, cost: Mapping[int, float]
    ) -> Move | None:
        """The cheapest move of some cells that changes one `by` so much, None without any.

        Counts change by whole numbers where a few tries find such a move.
        """
        at = {n: index for index, n in enumerate(near)}
        fall = np.array([self._cells[n].value for n in near])
        moves = Moves(self._matrix(at), fall, _RISE * abs(by))
        costs = np.array([cost.get(n, _CHEAP) for n in near])
        found: Move | None = None
        for nudge in range(_NUDGES):
            spread = 1 + nudge * (np.arange(len(near)) * _STRIDE % 1) / 10
            change = moves.cheapest(at[cell], by, costs * spread)
            if abs(change[at[cell]] - by) > NEAR:
                break
            found = {near[n]: c for n, c in enumerate(change.round(9).tolist()) if abs(c) > NEAR}
            if not self._ledger.whole or all(abs(c - round(c)) < NEAR for c in found.values()):
                break
        return found

    def _matrix(self, at: Mapping[int, int]) -> Floats:
        """A line a relation of those cells, a column a cell."""
        relations = {id(r): r for n in at for r in self._ledger.relations_of(n)}
        matrix = np.zeros((len(relations), len(at)))
        for line, relation in enumerate(relations.values()):
            for n, factor in relation.items():
                if n in at:
                    matrix[line, at[n]] = factor
        return matrix
