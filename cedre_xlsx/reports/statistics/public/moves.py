"""What a reader cannot tell apart: tables that differ from the true one and say the same.

A move is what is added to the figures to get such a table: every relation still holds, nothing
published changes. Moves are found by a primal simplex (bounded variables, dense, on numpy): the
true table is its first vertex, so that there is nothing to search for before it starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_ZERO = 1e-9
_STALLED = 30  # steps without any gain before the rule that never cycles
_STEPS = 20_000  # far above what any table needs: a guard against numerical accidents


@dataclass(slots=True)
class _Point:
    """Where the simplex stands: the tableau, the basis, its values, who is at its upper bound."""

    tableau: Floats
    basis: npt.NDArray[np.intp]
    values: Floats
    raised: npt.NDArray[np.bool_]


class Moves:
    """The moves of some figures: `matrix` has a line a relation and a column a figure.

    A figure may fall by its `fall` at the most.
    """

    def __init__(self, matrix: Floats, fall: Floats) -> None:
        self._figures = matrix.shape[1]
        self._falling = np.flatnonzero(fall > _ZERO)
        self._fall = fall[self._falling]
        reduced, basis = _reduced(matrix)
        tableau = np.concatenate([reduced, -reduced[:, self._falling]], axis=1)
        self._start = _Point(
            tableau,
            np.array(basis, dtype=np.intp),
            np.zeros(len(basis)),
            np.zeros(tableau.shape[1], dtype=bool),
        )

    def cheapest(self, figure: int, by: float, cost: Floats, rise: float) -> Floats:
        """Of the moves that change a figure `by` so much, the one of least cost.

        No figure rises by more than `rise`; each unit of change of a figure costs `cost`. Where
        nothing changes the figure so much, the move that changes it most.
        """
        both = np.concatenate([cost, cost[self._falling]])
        upper = np.concatenate([np.full(self._figures, rise), self._fall])
        at = self._figures + np.flatnonzero(self._falling == figure)
        upper[figure] = min(upper[figure], max(by, 0.0))
        upper[at] = np.minimum(upper[at], max(-by, 0.0))
        both[figure] = both[at] = -1e4 * max(float(both.max()), 1.0)
        point = _copy(self._start)
        _minimise(point, both, upper)
        x = np.where(point.raised, upper, 0.0)
        x[point.basis] = point.values
        move = x[: self._figures].copy()
        move[self._falling] -= x[self._figures :]
        return move


def _copy(point: _Point) -> _Point:
    return _Point(
        point.tableau.copy(), point.basis.copy(), point.values.copy(), point.raised.copy()
    )


def _reduced(matrix: Floats) -> tuple[Floats, Sequence[int]]:
    """The reduced row echelon form, without its empty lines, and its pivots' columns."""
    m = matrix.astype(np.float64, copy=True)
    pivots: list[int] = []
    for column in range(m.shape[1]):
        row = len(pivots)
        if row == m.shape[0]:
            break
        best = row + int(np.argmax(np.abs(m[row:, column])))
        if abs(m[best, column]) < _ZERO:
            continue
        m[[row, best]] = m[[best, row]]
        m[row] /= m[row, column]
        others = np.flatnonzero(np.abs(m[:, column]) > _ZERO)
        others = others[others != row]
        m[others] -= np.outer(m[others, column], m[row])
        pivots.append(column)
    return m[: len(pivots)], pivots


def _minimise(point: _Point, cost: Floats, upper: Floats) -> None:
    """Walk from vertex to vertex, down the cost, to the lowest one."""
    reduced_cost = cost - cost[point.basis] @ point.tableau
    stalled = 0
    for _ in range(_STEPS):
        gain = np.where(point.raised, reduced_cost, -reduced_cost)
        gain[point.basis] = 0.0
        gain[upper <= _ZERO] = 0.0
        better = np.flatnonzero(gain > _ZERO)
        if not len(better):
            return
        cycles = stalled > _STALLED
        entering = int(better[0]) if cycles else int(better[np.argmax(gain[better])])
        length = _step(point, entering, upper, reduced_cost, smallest_index=cycles)
        stalled = stalled + 1 if length < _ZERO else 0


def _step(
    point: _Point, entering: int, upper: Floats, reduced_cost: Floats, *, smallest_index: bool
) -> float:
    """Move one figure that was at a bound as far as the others let it; how far that was."""
    sign = -1.0 if point.raised[entering] else 1.0
    column = sign * point.tableau[:, entering]
    room = np.full(len(column), np.inf)
    down, up = column > _ZERO, column < -_ZERO
    room[down] = point.values[down] / column[down]
    room[up] = (upper[point.basis[up]] - point.values[up]) / -column[up]
    np.maximum(room, 0.0, out=room)
    least = float(room.min()) if len(room) else np.inf
    if upper[entering] <= least:
        point.values -= column * upper[entering]
        point.raised[entering] = not point.raised[entering]
        return float(upper[entering])
    tied = np.flatnonzero(room <= least + _ZERO)
    if smallest_index:
        leaving = int(tied[np.argmin(point.basis[tied])])
    else:  # the largest pivot, for the sake of the arithmetic
        leaving = int(tied[np.argmax(np.abs(column[tied]))])
    point.values -= column * least
    out = point.basis[leaving]
    point.raised[out] = bool(column[leaving] < 0)
    point.values[leaving] = upper[entering] - least if point.raised[entering] else least
    point.raised[entering] = False
    point.basis[leaving] = entering
    _pivot(point.tableau, leaving, entering, reduced_cost)
    return least


def _pivot(tableau: Floats, row: int, column: int, reduced_cost: Floats) -> None:
    line = tableau[row] / tableau[row, column]
    factors = tableau[:, column].copy()
    factors[row] = 0.0
    rows = np.flatnonzero(np.abs(factors) > _ZERO)
    columns = np.flatnonzero(np.abs(line) > _ZERO)
    tableau[np.ix_(rows, columns)] -= np.outer(factors[rows], line[columns])
    tableau[row] = line
    reduced_cost[columns] -= reduced_cost[column] * line[columns]
