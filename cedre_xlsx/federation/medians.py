"""The median of cases that are known by bins, and by how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cedre_xlsx.federation.amounts import Sum, between
from cedre_xlsx.federation.model import Amount, Bin


@dataclass(slots=True)
class Cases:
    """The cases of several structures.

    `bins` are how many are between two numbers, the second None where nothing bounds it; `apart`
    those of which nothing is said but, at most, how many they are.
    """

    bins: Counter[tuple[int, int | None]] = field(default_factory=Counter)
    apart: Sum = field(default_factory=Sum)

    def add(self, bins: Iterable[Bin] | None, cases: Amount) -> None:
        """One more structure's: by bins, or, without any, how many."""
        if bins is None:
            self.apart.add(cases)
            return
        for one in bins:
            self.bins[one.least, one.most] += one.count

    @property
    def median(self) -> Amount:
        """The median of all of them: exact where no other is possible; None of no case."""
        most = None if self.apart.unbounded else self.apart.most
        if most is None:
            return between(0, None)
        return _median(self._with(int(self.apart.number(most))))

    @property
    def known(self) -> Amount:
        """The median of those that are known by bins."""
        return _median(self.bins)

    def _with(self, others: int) -> Counter[tuple[int, int | None]]:
        return self.bins + Counter({(0, None): others})


def _median(bins: Counter[tuple[int, int | None]]) -> Amount:
    low = _middle(sorted((least, count) for (least, _), count in bins.items()))
    if low is None:
        return None
    ends = [(float("inf") if most is None else most, count) for (_, most), count in bins.items()]
    high = _middle(sorted(ends))
    if low == high:
        return low
    return between(low, None if high == float("inf") else high)


def _middle(counted: Sequence[tuple[float, int]]) -> float | None:
    """The median of numbers in their order, each with how many times it is there."""
    cases = sum(count for _, count in counted)
    if not cases:
        return None
    return (_at(counted, (cases - 1) // 2) + _at(counted, cases // 2)) / 2


def _at(counted: Sequence[tuple[float, int]], rank: int) -> float:
    for number, count in counted:
        if rank < count:
            return number
        rank -= count
    raise AssertionError("a rank is under the number of cases")
