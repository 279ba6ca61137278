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
from cedre_xlsx.reports.statistics.public.moves import Moves

_CHEAP = 1e-3  # the cost of changing what is hidden anyhow, which keeps moves short
_TIE = 1e-2  # of two choices that hide as many, the one that hides smaller figures
_ZERO = 0.1  # and rather than a zero, which can only rise, another
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
    ledger.hide(n for n, cell in enumerate(ledger.cells) if cell.year == year and cell.small)
    _Choice(ledger, year).make()


class _Choice:
    """The choice of one year."""

    def __init__(self, ledger: Ledger, year: int) -> None:
        self._ledger, self._year = ledger, year
        self._cells = ledger.cells
        self._kept: int | None = None

    def make(self) -> None:
        """Protect what is hidden, by hiding more; then show again what was hidden in vain."""
        while (cell := self._protect(self._protected)) is not None:
            if not self._ledger.narrow(cell):  # never seen: then nothing of the year is shown
                self._ledger.hide(filter(self._is_open, range(len(self._cells))))
                return
        self._trim()
        self._improve()

    @property
    def _others(self) -> list[int]:
        """What is hidden of the year that is not small, the dearest first."""
        found = [n for n in self._ledger.hidden if self._is_open(n) and not self._cells[n].small]
        return sorted(found, key=lambda n: (-self._cost(n), n))

    @property
    def _price(self) -> float:
        return sum(map(self._cost, self._others))

    def _trim(self) -> None:
        """Show again what was hidden in vain."""
        for other in self._others:
            before = self._ledger.state
            self._ledger.show(other)
            if self._protect(self._proved) is not None:
                self._ledger.restore(before)

    def _improve(self) -> None:
        """Show each figure in turn, whatever that takes instead, where it hides fewer."""
        for other in self._others:
            if other not in self._ledger.hidden:
                continue
            price, before = self._price, self._ledger.state
            self._ledger.show(other)
            self._kept = other
            done = self._protect(self._protected) is None
            self._kept = None
            if done and self._price < price + self._cost(other):
                self._trim()
            if not done or self._price > price - NEAR:
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
        """Whether a hidden cell can change so much as things are; the proof is kept.

        Where only the width of the interval matters, a part of it may be on either side.
        """
        is_strict = self._ledger.is_strict(cell)
        for radius in (_NEARBY, None):
            near = self._near(cell, self._ledger.may_change, radius)
            for change in (by,) if is_strict else (by, -by):
                move = near.cheapest(change, {})
                if move and (not is_strict or abs(move.get(cell, 0.0) - by) < NEAR):
                    self._ledger.prove(move)
                    if is_strict or not self._ledger.lacking(cell):
                        return True
        return False

    def _protected(self, cell: int, by: float) -> bool:
        """Let a hidden cell change so much, by hiding others where it takes that.

        Where only the width of the interval matters, on the side where it takes least, or in part
        on either side.
        """
        if self._proved(cell, by):
            return True
        is_strict = self._ledger.is_strict(cell)
        for radius in (_NEARBY, None):
            near = self._near(cell, self._may_be_hidden, radius)
            moves = [self._fewest(near, change) for change in ((by,) if is_strict else (by, -by))]
            whole = [move for move in moves if abs(abs(move.get(cell, 0.0)) - abs(by)) < NEAR]
            if whole:
                self._hide_for(min(whole, key=self._price_of))
                return True
        if not is_strict:
            for move in moves:
                self._hide_for(move)
        return not self._ledger.lacking(cell)

    def _hide_for(self, move: Move) -> None:
        self._ledger.hide(n for n in move if self._cells[n].places)
        self._ledger.prove(move)

    def _price_of(self, move: Move) -> float:
        """What it costs to hide all that a move changes."""
        return sum(self._cost(n) for n in move if not self._ledger.may_change(n))

    def _is_open(self, cell: int) -> bool:
        """Whether it is this year's to show or hide."""
        return self._cells[cell].year == self._year and self._cells[cell].places > 0

    def _may_be_hidden(self, cell: int) -> bool:
        is_open = self._is_open(cell) and cell != self._kept
        return is_open or self._ledger.may_change(cell)

    def _cost(self, cell: int) -> float:
        value = self._cells[cell].value
        return self._cells[cell].places + (_TIE * log1p(value) if value else _ZERO)

    def _near(
        self, cell: int, may_change: Callable[[int], bool], radius: int | None
    ) -> _Neighbourhood:
        """The cells tied to this one by a chain of cells that may change, a few relations long."""
        found, edge = {cell: None}, [cell]
        while edge and radius != 0:
            relations = (one for at in edge for one in self._ledger.relations_of(at))
            tied = dict.fromkeys(n for relation in relations for n in relation)
            edge = [n for n in tied if n not in found and may_change(n)]
            found.update(dict.fromkeys(edge))
            radius = None if radius is None else radius - 1
        return _Neighbourhood(self._ledger, tuple(found))

    def _fewest(self, near: _Neighbourhood, by: float) -> Move:
        """Of the moves that change a cell so much, one that hides as little as was found."""
        base = {n: self._cost(n) for n in near.cells if not self._ledger.may_change(n)}
        best: Move = {}
        cost, least = base, inf
        for _ in range(_ROUNDS):
            move = near.cheapest(by, cost)
            price = self._price_of(move)
            if price < least:
                best, least = move, price
            cost = {n: c / (abs(move.get(n, 0.0)) + abs(by) / 10) for n, c in base.items()}
        return best


class _Neighbourhood:
    """Some cells that may change, the first one being what they are looked at for."""

    def __init__(self, ledger: Ledger, cells: Sequence[int]) -> None:
        self.cells = cells
        self._whole = ledger.whole
        at = {n: index for index, n in enumerate(cells)}
        relations = {id(one): one for n in cells for one in ledger.relations_of(n)}
        matrix = np.zeros((len(relations), len(cells)))
        for line, relation in enumerate(relations.values()):
            for n, factor in relation.items():
                if n in at:
                    matrix[line, at[n]] = factor
        self._moves = Moves(matrix, np.array([ledger.cells[n].value for n in cells]))

    def cheapest(self, by: float, cost: Mapping[int, float]) -> Move:
        """The cheapest move that changes the first cell `by` so much, or else the most it can.

        Counts change by whole numbers where a few tries find such a move.
        """
        costs = np.array([cost.get(n, _CHEAP) for n in self.cells])
        found: Move = {}
        for nudge in range(_NUDGES):
            spread = 1 + nudge * (np.arange(len(self.cells)) * _STRIDE % 1) / 10
            change = self._moves.cheapest(0, by, costs * spread, _RISE * abs(by)).round(9).tolist()
            found = {n: c for n, c in zip(self.cells, change, strict=True) if abs(c) > NEAR}
            if not self._whole or all(abs(c - round(c)) < NEAR for c in found.values()):
                break
        return found
