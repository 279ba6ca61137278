"""Stand-in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Alignment:
    pairs: tuple[tuple[int, int], ...]
    left_only: tuple[int, ...]
    right_only: tuple[int, ...]
    doubtful: tuple[tuple[int, int], ...] = ()


def aligned(table: str, left: Sequence[Mapping[str, str]], right: Sequence[Mapping[str, str]]) -> Alignment:
    pairs = []
    l, r = set(range(len(left))), set(range(len(right)))
    by = defaultdict(list)
    for j in r:
        by[frozenset(right[j].items())].append(j)
    for i in range(len(left)):
        k = frozenset(left[i].items())
        if by[k]:
            j = by[k].pop(0)
            pairs.append((i, j)); l.discard(i); r.discard(j)
    cands = []
    for i in l:
        for j in r:
            same = sum(right[j].get(c) == p for c, p in left[i].items())
            if same * 2 >= len(left[i]) and same:
                cands.append((-same, i, j))
    for s, i, j in sorted(cands):
        if i in l and j in r:
            pairs.append((i, j)); l.discard(i); r.discard(j)
    return Alignment(tuple(pairs), tuple(sorted(l)), tuple(sorted(r)))
