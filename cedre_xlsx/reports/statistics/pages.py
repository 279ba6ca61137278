"""Where the pages of a sheet end, so that none is half empty and no table is cut in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

#: The least share of a page that is filled, where the rows allow it.
_LEAST = 0.6
_EMPTY, _TOO_EMPTY = 100.0, 1e4  # what blank and scant pages cost


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as it is printed: its height in points, and what ending a page below it costs.

    A break that costs nothing stands between two tables; one in a table costs as much as it tears;
    `inf` where there must be none.
    """

    height: float
    cut: float


def page_ends(rows: Sequence[PrintedRow], page: float, titles: float) -> list[int]:
    """How many rows each page but the last one ends after, from the first row on.

    `page` is the height of a page, of which `titles` repeated on each take some; both in points.
    Of all ways to break the rows, it is the one that costs least: pages full, tables whole.
    """
    best = [0.0, *[inf] * len(rows)]
    before = [0] * len(best)
    for first in range(len(rows)):
        if best[first] == inf:
            continue
        used = titles
        for last, row in enumerate(rows[first:], start=first + 1):
            used += row.height
            if used > page and last > first + 1:
                break
            is_end = last == len(rows)
            if row.cut == inf and not is_end:
                continue
            cost = best[first] + _blank(used / page, is_last=is_end) + (0 if is_end else row.cut)
            if cost < best[last]:
                best[last], before[last] = cost, first
    ends = []
    end = before[-1]
    while end:
        ends.append(end)
        end = before[end]
    return ends[::-1]


def _blank(filled: float, *, is_last: bool) -> float:
    """What a page filled to that share costs; the last one need not be full."""
    scant = max(_LEAST - filled, 0) * _TOO_EMPTY
    return scant + (0 if is_last else _EMPTY * max(1 - filled, 0) ** 2)
