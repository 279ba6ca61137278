"""The cases of a median as a structure may tell them: by bins that hold the threshold or more.

One case alone between two numbers of days is a small count: who knows that somebody waited longest
would read how long. So bins are put together, from the shortest, until each holds the threshold;
their bounds are those of one scale for everybody, not those of the cases, and no finer than a week:
that a bin ends there says that somebody is in its last week. A week is told day by day only where
each of its days has none, or the threshold.

A bin may not tell either what the publication hides. The cases up to the delay of Paramètres are
the first proposals made in time, those up to the end of a band of weeks a line of the table of
weeks: bins are put together until they say no more of these sums than is published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cedre_xlsx.federation.model import Bin

_WEEK, _MONTH, _QUARTER = 7, 28, 91
#: Where bins of days may begin: by weeks, by four weeks, by quarters.
DAYS = (*range(0, 56, _WEEK), *range(56, 364, _MONTH), *range(364, 3640, _QUARTER))
#: Where bins of weeks may: by four or five, within the lines of the table of weeks.
WEEKS = (0, 5, 9, 13, 17, 21, 26, 30, 34, 39, 43, 47, 51)


@dataclass(frozen=True, slots=True)
class Known:
    """How many cases are said to be up to a number of days or weeks: at least, at most."""

    up_to: int
    least: int
    most: int


def protected_bins(
    counts: Mapping[int, int],
    threshold: int,
    known: Sequence[Known],
    scale: Sequence[int],
) -> tuple[Bin, ...]:
    """The cases by bins that hold `threshold` or more, and that say no more of the sums `known`
    than that; `counts` is how many cases there are of each number of days, or of weeks. They begin
    on a `scale`; with a threshold of 0, each number has its own.
    """
    cases = sum(counts.values())
    bins = _on_scale(counts, scale if threshold else range(max(counts, default=0) + 1))
    if threshold:
        bins = _full(bins, threshold)
        bins = [day for one in bins for day in _days_of(one, counts, threshold)]
    else:
        bins[-1] = bins[-1].model_copy(update={"most": bins[-1].least})
    for one in known:
        least, most = max(one.least, 0), min(one.most, cases)
        while (at := _telling(bins, one.up_to, least, most)) is not None:
            bins[at : at + 2] = [_wider(bins[at : at + 2])]
    return tuple(one for one in bins if one.count)


def _on_scale(counts: Mapping[int, int], starts: Sequence[int]) -> list[Bin]:
    ends: list[int | None] = [*(after - 1 for _, after in pairwise(starts)), None]
    return [
        Bin(
            least=start,
            most=end,
            count=sum(
                count for number, count in counts.items()
                if number >= start and (end is None or number <= end)
            ),
        )
        for start, end in zip(starts, ends, strict=True)
    ]  # fmt: skip


def _full(bins: Sequence[Bin], threshold: int) -> list[Bin]:
    """The bins put together from the left until each is full; what is left goes with the last."""
    found: list[Bin] = []
    for one in bins:
        if found and (found[-1].count < threshold):
            found[-1] = _both(found[-1], one)
        else:
            found.append(one)
    while len(found) > 1 and found[-1].count < threshold:
        found[-2:] = [_both(found[-2], found[-1])]
    return found


def _days_of(week: Bin, counts: Mapping[int, int], threshold: int) -> list[Bin]:
    """The days of a week where none of them has a small count; else the bin as it is."""
    if week.most is None or week.most - week.least != _WEEK - 1:
        return [week]
    days = {day: counts.get(day, 0) for day in range(week.least, week.most + 1)}
    if any(0 < count < threshold for count in days.values()):
        return [week]
    return [Bin(least=day, most=day, count=count) for day, count in days.items()]


def _both(one: Bin, other: Bin) -> Bin:
    return Bin(least=one.least, most=other.most, count=one.count + other.count)


def _wider(bins: Sequence[Bin]) -> Bin:
    """A bin and the next one as one; the last one, of which the end is told, without its end."""
    if len(bins) == 1:
        return bins[0].model_copy(update={"most": None})
    return _both(*bins)


def _telling(bins: Sequence[Bin], up_to: int, least: int, most: int) -> int | None:
    """The bin to put together with the next one, or to leave open where there is none, where the
    bins tell more of a sum than is known; None where they do not.
    """
    below = [n for n, one in enumerate(bins) if one.most is not None and one.most <= up_to]
    reached = [n for n, one in enumerate(bins) if one.least <= up_to]
    if below and sum(bins[n].count for n in below) > least:
        return below[-1]
    last = reached[-1] if reached else 0
    if sum(bins[n].count for n in reached) < most and last + 1 < len(bins):
        return last
    return None
