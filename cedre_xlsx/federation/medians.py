"""The median of cases that are known by bins, and by how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor

from cedre_xlsx.federation.amounts import Sum, between
from cedre_xlsx.federation.model import Amount, Bin


@dataclass(slots=True)
class Cases:
    """The cases of several structures.

    `bins` are how many are between two numbers, the second None where nothing bounds it; `apart`
    those of which not even their number is said exactly.
    """

    bins: Counter[tuple[int, int | None]] = field(default_factory=Counter)
    apart: Sum = field(default_factory=Sum)

    def add(self, bins: Sequence[Bin] | None, cases: Amount, median: Amount) -> None:
        """One more structure's: by bins, or how many; its own median, where it gives it, says of
        half of them that they are no more than it, and of half that they are no less.
        """
        if bins is None and isinstance(cases, int):
            bins = (Bin.model_construct(least=0, most=None, count=cases),)
        if bins is None:
            self.apart.add(cases)
            return
        for least, most, count in _refined(bins, median):
            self.bins[least, most] += count

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


def _refined(bins: Sequence[Bin], median: Amount) -> Iterator[tuple[int, int | None, int]]:
    """The bins, each parted where the median of all of them says more of some of its cases."""
    if not isinstance(median, (int, float)):
        yield from ((one.least, one.most, one.count) for one in bins)
        return
    cases = sum(one.count for one in bins)
    lower, upper = (cases - 1) // 2, cases // 2  # the ranks of the middle cases, which may be one
    first = 0
    for one in bins:
        last = first + one.count  # the rank of the next bin's first case
        for begin, end in pairwise(
            sorted({first, last, *_within((upper, lower + 1), first, last)})
        ):
            least = max(one.least, ceil(median)) if begin >= upper else one.least
            most = _lower(one.most, floor(median)) if end <= lower + 1 else one.most
            if most is not None and most < least:  # they contradict each other
                least, most = one.least, one.most
            yield least, most, end - begin
        first = last


def _lower(most: int | None, other: int) -> int:
    return other if most is None else min(most, other)


def _within(ranks: Iterable[int], first: int, last: int) -> list[int]:
    return [rank for rank in ranks if first < rank < last]


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
