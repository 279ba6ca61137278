"""The least costly choice of figures to hide, by integer programming.

A program knows only which figures are hidden. Each time that its choice leaves one unprotected, the
linear program that says so gives an inequality which every choice must satisfy (a cut, as in
Fischetti and Salazar, 2001); the integer program is solved again with it, by HiGHS. Its answer
costs at most what any choice costs: the first one that protects all is the best of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cedre_xlsx.reports.statistics.public.ledger import NEAR, Ledger
from cedre_xlsx.reports.statistics.public.moves import Moves, Slopes, Solver

# Limits that do not depend on the machine, so that the same file gives the same publication.
_ROUNDS = 40
_NODES = 500
_TURNS, _FEW, _WORTH = 12, 2, 0.95  # of proving cells together, while it is worth it


def proved_together(ledger: Ledger, moves: Moves) -> None:
    """Prove what is loose by few moves, each for as many cells as it can."""
    for turn in range(_TURNS):
        loose = ledger.loose()
        if len(loose) < _FEW:
            return
        wanted = [(cell, _wanted(ledger, cell, rank + turn)) for rank, cell in enumerate(loose)]
        move = moves.together(wanted)
        if not move or (ledger.whole and any(abs(by - round(by)) > NEAR for by in move.values())):
            return
        ledger.prove(move)
        if len(ledger.loose()) > _WORTH * len(loose):
            return


def _wanted(ledger: Ledger, cell: int, turn: int) -> float:
    """What a cell lacks: of two changes, or on two sides, one after the other."""
    lacks = ledger.lacking(cell)
    if ledger.is_strict(cell):
        return lacks[turn % len(lacks)]
    return lacks[0] if turn % 2 else -lacks[0]


class OptimumSearch:
    """The search for a better choice than the one in the ledger, among the `optional` cells."""

    def __init__(self, ledger: Ledger, moves: Moves, optional: Sequence[int]) -> None:
        self._ledger, self._moves = ledger, moves
        self._at = {cell: index for index, cell in enumerate(optional)}
        costs = np.array([ledger.cells[cell].cost for cell in optional])
        self._master = Solver()
        self._master.setOptionValue("mip_max_nodes", _NODES)
        self._master.setOptionValue("mip_rel_gap", 0.0)
        self._master.addVars(len(optional), np.zeros(len(optional)), np.ones(len(optional)))
        columns = np.arange(len(optional), dtype=np.int32)
        self._master.changeColsCost(len(optional), columns, costs)
        whole = np.ones(len(optional), dtype=np.uint8)
        self._master.changeColsIntegrality(len(optional), columns, whole)

    def improve(self) -> float:
        """Put the best choice found into the ledger; returns what any choice costs at least."""
        best, price = self._ledger.state, self._price()
        least = 0.0
        for _ in range(_ROUNDS):
            if price < least + NEAR:
                break
            self._master.run()
            least = max(least, self._master.getInfo().mip_dual_bound)
            chosen = np.array(self._master.getSolution().col_value)
            self._choose([cell for cell, at in self._at.items() if chosen[at] > 0.5])
            if not self._cut():
                if self._ledger.loose() or self._price() > price - NEAR:
                    break
                return self._price()
        self._ledger.restore(best)
        return least

    def _price(self) -> float:
        return sum(self._ledger.cells[n].cost for n in self._ledger.ranges if n in self._at)

    def _choose(self, cells: Sequence[int]) -> None:
        for cell in sorted(set(self._at) & self._ledger.ranges.keys() - set(cells)):
            self._ledger.show(cell)
        self._ledger.hide(cells)

    def _cut(self) -> bool:
        """Add the inequalities that the choice in the ledger does not satisfy."""
        proved_together(self._ledger, self._moves)
        found = False
        for cell in self._ledger.loose():
            if self._ledger.is_strict(cell):
                for by in self._ledger.lacking(cell):
                    found |= self._cut_for(cell, abs(by), [by])
            elif lacking := self._ledger.lacking(cell):
                found |= self._cut_for(cell, lacking[0], [lacking[0], -lacking[0]])
        return found

    def _slopes(self, cell: int, by: float) -> Slopes:
        exact = [n for n in self._at if n not in self._ledger.ranges]
        return self._moves.slopes(cell, by, exact)

    def _cut_for(self, cell: int, wanted: float, changes: Sequence[float]) -> bool:
        """Whether a cell cannot change so much in all; then what would let it is written down.

        Where it can, the moves are kept as proofs.
        """
        sides = [self._slopes(cell, by) for by in changes]
        lacking = wanted - sum(side.reach for side in sides)
        if lacking < NEAR:
            for by in changes:
                self._ledger.prove(self._moves.cheapest(cell, by, {}))
            return False
        gains: dict[int, float] = {}
        for side in sides:
            for slopes, room in ((side.up, self._rises), (side.down, self._falls)):
                for n, slope in slopes.items():
                    gains[n] = gains.get(n, 0.0) + slope * room(n)
        row = {self._at[n]: min(gain, lacking) for n, gain in gains.items()}
        floor = lacking
        if cell in self._at:  # of a cell that is shown, nothing is asked
            row[self._at[cell]] = row.get(self._at[cell], 0.0) - lacking
            floor = 0.0
        self._add(row, floor)
        return True

    def _add(self, row: Mapping[int, float], floor: float) -> None:
        columns = np.array(list(row), dtype=np.int32)
        self._master.addRow(floor, np.inf, len(columns), columns, np.array(list(row.values())))

    def _rises(self, cell: int) -> float:
        return self._moves.rise

    def _falls(self, cell: int) -> float:
        return self._ledger.cells[cell].value
