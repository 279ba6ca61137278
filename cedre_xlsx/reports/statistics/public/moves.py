"""What a reader cannot tell apart: tables that differ from the true one and say the same.

A move is what is added to the figures to get such a table: every relation still holds, and nothing
that is published changes. Moves are found by linear programming (HiGHS): the program is written
once for a year, and each question only changes its bounds and its costs, from the last answer on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from cedre_xlsx.reports.statistics.public.ledger import NEAR, Ledger, Move

Floats = npt.NDArray[np.float64]

_CHEAP = 1e-3  # the cost of what a reader is not told anyhow, which keeps moves short
_NUDGES = 4  # tries to find whole numbers
_STRIDE = 0.6180339887  # spreads the nudges evenly


@dataclass(frozen=True, slots=True)
class Slopes:
    """How far a figure can go, `reach`, and by how much more per unit that each figure may move.

    By weak duality no choice of what to hide reaches further than these slopes say.
    """

    reach: float
    up: Mapping[int, float]
    down: Mapping[int, float]


class Moves:
    """The moves of some cells of a ledger; no other changes, and none rises by more than `rise`.

    Four columns a cell: up and down, each within what is said of the cell and beyond it.
    """

    def __init__(self, ledger: Ledger, cells: Sequence[int], rise: float) -> None:
        self._ledger, self.rise = ledger, rise
        self._at = {cell: index for index, cell in enumerate(cells)}
        self._cells = tuple(cells)
        self._values = np.array([ledger.cells[cell].value for cell in cells])
        self._highs = _program(ledger, self._at)
        self._columns = np.arange(4 * len(cells), dtype=np.int32)
        self._nothing = np.zeros(4 * len(cells))
        self._room = (-1, self._nothing, self._nothing)

    def cheapest(self, cell: int, by: float, cost: Mapping[int, float]) -> Move:
        """The cheapest move that changes a cell `by` so much, or else the most it can.

        `cost` are the cells that may go beyond what is said of them, with what a unit costs. Counts
        change by whole numbers where a few tries find such a move.
        """
        if cell not in self._at:
            return {}
        count = len(self._cells)
        cost = {one: price for one, price in cost.items() if one in self._at}
        upper = self._upper(cost)
        weights = np.zeros(count)
        weights[[self._at[one] for one in cost]] = list(cost.values())
        at = self._at[cell]
        self._cap(upper, at, by)
        reward = -1e4 * max(float(weights.max(initial=0.0)), 1.0)
        found: Move = {}
        for nudge in range(_NUDGES):
            spread = 1 + nudge * (np.arange(count) * _STRIDE % 1) / 10
            within = _CHEAP * spread
            costs = np.concatenate([within, weights * spread + within] * 2)
            costs[at::count] = reward
            found = self._move(upper, costs)
            if self._is_whole(found):
                break
        return found

    def together(self, wanted: Sequence[tuple[int, float]]) -> Move:
        """A move that makes as many of the changes as it can, as things are."""
        count = len(self._cells)
        upper, costs = self._upper({}), np.full(4 * count, _CHEAP)
        for cell, by in wanted:
            if cell not in self._at:
                continue
            at = self._at[cell]
            self._cap(upper, at, by)
            costs[at::count] = -1.0 / abs(by)
        return self._move(upper, costs)

    def slopes(self, cell: int, by: float, exact: Sequence[int]) -> Slopes:
        """How far a cell can go towards `by` as things are, and what would let it go further.

        The slopes are of the cells that are `exact`, and might not be.
        """
        if cell not in self._at:
            return Slopes(0.0, {}, {})
        exact = [one for one in exact if one in self._at]
        count = len(self._cells)
        upper, costs, at = self._upper({}), np.zeros(4 * count), self._at[cell]
        self._cap(upper, at, by)
        costs[at if by > 0 else 2 * count + at] = -1.0
        values = self._solve(upper, costs)
        duals = np.array(self._highs.getSolution().col_dual)
        sign = 1.0 if by > 0 else -1.0
        reach = sign * float((values[:count] - values[2 * count : 3 * count])[at])
        ups, downs = duals[:count], duals[2 * count : 3 * count]
        up = {n: -float(ups[self._at[n]]) for n in exact if ups[self._at[n]] < -NEAR}
        down = {n: -float(downs[self._at[n]]) for n in exact if downs[self._at[n]] < -NEAR}
        return Slopes(reach, up, down)

    def _upper(self, beyond: Mapping[int, float]) -> Floats:
        """How far each column may go."""
        if self._room[0] != self._ledger.version:
            ranges = np.array([self._ledger.range_of(cell) for cell in self._cells])
            rise = np.minimum(ranges[:, 1] - self._values, self.rise)
            self._room = (self._ledger.version, rise, self._values - ranges[:, 0])
        _, rise, fall = self._room
        more = np.zeros(len(self._cells))
        more[[self._at[cell] for cell in beyond]] = 1.0
        return np.concatenate([rise, (self.rise - rise) * more, fall, (self._values - fall) * more])

    def _cap(self, upper: Floats, at: int, by: float) -> None:
        """Let one cell change by so much at most, and in that direction alone."""
        count = len(self._cells)
        for column, room in ((at, max(by, 0.0)), (2 * count + at, max(-by, 0.0))):
            upper[column] = min(upper[column], room)
            upper[column + count] = min(upper[column + count], room - upper[column])

    def _move(self, upper: Floats, costs: Floats) -> Move:
        count = len(self._cells)
        values = self._solve(upper, costs)
        change = values[:count] + values[count : 2 * count]
        change -= values[2 * count : 3 * count] + values[3 * count :]
        found = zip(self._cells, change.round(9).tolist(), strict=True)
        return {cell: by for cell, by in found if abs(by) > NEAR}

    def _solve(self, upper: Floats, costs: Floats) -> Floats:
        highs = self._highs
        highs.changeColsBounds(len(upper), self._columns, self._nothing, upper)
        highs.changeColsCost(len(upper), self._columns, costs)
        highs.run()
        return np.array(highs.getSolution().col_value)

    def _is_whole(self, move: Move) -> bool:
        return not self._ledger.whole or all(abs(by - round(by)) < NEAR for by in move.values())


class Solver(highspy.Highs):
    """HiGHS, that says nothing and gives the same answer each time."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        for option, value in (("threads", 1), ("random_seed", 0)):
            self.setOptionValue(option, value)

    def enableCallbacks(self) -> None:  # noqa: N802
        """Say nothing from the start: what is called first writes who made it, on the output."""
        self.silent()


def _program(ledger: Ledger, at: Mapping[int, int]) -> Solver:
    """The relations among some cells, none of which changes the sum."""
    relations = {id(one): one for cell in at for one in ledger.relations_of(cell)}
    rows = [
        {at[cell]: float(factor) for cell, factor in one.items() if cell in at}
        for one in relations.values()
    ]
    count = len(at)
    highs = Solver()
    highs.addVars(4 * count, np.zeros(4 * count), np.zeros(4 * count))
    for row in rows:
        columns = np.array(list(row), dtype=np.int32)
        factors = np.array(list(row.values()))
        four = np.concatenate([columns + part * count for part in range(4)])
        values = np.concatenate([factors, factors, -factors, -factors])
        highs.addRow(0.0, 0.0, len(four), four, values)
    return highs
