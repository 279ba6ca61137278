"""Which lines of a table are new, gone or changed, from the prints of two states.

Lines have no number of their own: those that are the same cell by cell go first, then those with
the same identity (whose, when, what), then, of one person, those that agree most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

from cedre_xlsx.workbook.ancestors import Line

_WHOLE_NAME = ("last_name", "first_name", "precision")
#: Whose the lines of each table are, where it is not told by `person`.
_WHOSE = {"tPersonnes": _WHOLE_NAME}
#: What tells a line of each table from others, the surest first.
_IDENTITIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "tPersonnes": ((*_WHOLE_NAME, "registered"), _WHOLE_NAME),
    "tSuivi": (("person", "dated", "action"), ("person", "action"), ("dated", "action")),
    "tEngagements": (("reference", "person"), ("reference",), ("person", "agreed")),
    "tMissions": (("person", "start", "client"), ("person", "start")),
    "tFreins": (("person", "barrier"),),
}
#: Pairs of lines of one person that are compared, at most.
_MOST_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of a table: ranks of lines that only the new or the old state has, and pairs of
    ranks, old and new, of lines that changed.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    changed: tuple[tuple[int, int], ...]


def moved_lines(table: str, old: Sequence[Line], new: Sequence[Line]) -> Moves:
    """The lines of a table (tSuivi…) that are not in both states as they are."""
    left, right = _unlike(old, new)
    pairs: list[tuple[int, int]] = []
    for columns in _IDENTITIES.get(table, ()):
        pairs += _paired(old, new, left, right, _by(columns))
    pairs += _paired(old, new, left, right, _but(_WHOSE.get(table, ("person",))))
    pairs += _nearest(old, new, left, right, _by(_WHOSE.get(table, ("person",))))
    return Moves(tuple(sorted(right)), tuple(sorted(left)), tuple(sorted(pairs, key=_new_rank)))


def _new_rank(pair: tuple[int, int]) -> int:
    return pair[1]


def _unlike(old: Sequence[Line], new: Sequence[Line]) -> tuple[set[int], set[int]]:
    """The ranks of the lines that have no equal in the other state."""
    waiting: defaultdict[frozenset[tuple[str, str]], list[int]] = defaultdict(list)
    for rank, line in enumerate(old):
        waiting[frozenset(line.items())].append(rank)
    right = set()
    for rank, line in enumerate(new):
        same = waiting.get(frozenset(line.items()))
        if same:
            same.pop()
        else:
            right.add(rank)
    return {rank for ranks in waiting.values() for rank in ranks}, right


_Key = Callable[[Line], Hashable]


def _by(columns: Collection[str]) -> _Key:
    """What tells a line by some of its columns; None where it has not all but the last."""
    first, *_ = columns

    def key(line: Line) -> Hashable:
        return tuple(line.get(name, "") for name in columns) if first in line else None

    return key


def _but(columns: Collection[str]) -> _Key:
    """A line but for some columns; None where nothing else is in it."""

    def key(line: Line) -> Hashable:
        return frozenset(one for one in line.items() if one[0] not in columns) or None

    return key


def _paired(
    old: Sequence[Line], new: Sequence[Line], left: set[int], right: set[int], key: _Key
) -> list[tuple[int, int]]:
    """Pairs of lines that one key tells, each the only one; they leave `left` and `right`."""
    before, after = _alone(old, left, key), _alone(new, right, key)
    found = [(before[one], after[one]) for one in before.keys() & after.keys()]
    _take(found, left, right)
    return found


def _alone(lines: Sequence[Line], ranks: Iterable[int], key: _Key) -> dict[Hashable, int]:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for rank in ranks:
        if (one := key(lines[rank])) is not None:
            found[one].append(rank)
    return {one: ranks[0] for one, ranks in found.items() if len(ranks) == 1}


def _nearest(
    old: Sequence[Line], new: Sequence[Line], left: set[int], right: set[int], whose: _Key
) -> list[tuple[int, int]]:
    """Of each person, the pairs of lines that agree in half of their cells or more."""
    groups: defaultdict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, (lines, ranks) in enumerate(((old, left), (new, right))):
        for rank in sorted(ranks):
            if (one := whose(lines[rank])) is not None:
                groups[one][side].append(rank)
    found = []
    for before, after in groups.values():
        if not before or not after or len(before) * len(after) > _MOST_PAIRS:
            continue
        scored = [(_agreement(old[a], new[b]), a, b) for a in before for b in after]
        taken_old, taken_new = set[int](), set[int]()
        for score, a, b in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
            if score >= 0.5 and a not in taken_old and b not in taken_new:
                taken_old.add(a)
                taken_new.add(b)
                found.append((a, b))
    _take(found, left, right)
    return found


def _agreement(a: Line, b: Line) -> float:
    """The share of the cells of the fuller line, whose it is aside, that both have."""
    same = len(a.items() & b.items()) - 1
    return same / max(len(a) - 1, len(b) - 1, 1)


def _take(pairs: Iterable[tuple[int, int]], left: set[int], right: set[int]) -> None:
    for one, other in pairs:
        left.discard(one)
        right.discard(other)
