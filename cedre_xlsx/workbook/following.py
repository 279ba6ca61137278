"""Which line of now each line of the previous table is: the same one, a twin's, a corrected one.

A line is known by its `base`: prints of who, when and what. Twins share it; what else they say
tells them apart. A line whose base is nowhere any more may have been corrected: it is followed
when all but one of its prints stand on one new line, and on no other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cedre_xlsx.workbook.fingerprint import digest

Parts = tuple[str, ...]  # prints: of the person first, then of what tells the line
H = TypeVar("H")

EMPTY = digest("")
#: How the identity ends of what is kept of a line that had a twin.
HAD_TWIN = "~j"
_RANK = re.compile(r"\d{1,6}")
_MOST_PAIRS = 400  # of twins that all differ from what they were


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A line of the previous table, or of the new one.

    `told` are prints of what tells twins apart, `mark` one print of them all; "" where they are
    not known; `rank` counts from 1 the twins that say the same; a new line `has_twins` where the
    workbook holds others of its base, be they shown or not. `words` is what it shows, by which a
    line is known whose key was lost: its `base` is "". A `kept` row stands below the table: it
    has had no line. `parts` are the prints that a correction changes one of; () for a line that is
    not followed so.
    """

    base: str
    told: Parts = ()
    mark: str = ""
    words: Parts = ()
    kept: bool = False
    rank: int = 1
    has_twins: bool = False
    parts: Parts = ()


def identities(lines: Sequence[FollowedLine], names: Sequence[str]) -> list[str]:
    """What each line is known by at the next refresh: its name, and where it has twins, what tells
    it apart; the second of two that say the same is "…~2".
    """
    alone = Counter(line.base for line in lines)
    seen: Counter[str] = Counter()
    found = []
    for line, name in zip(lines, names, strict=True):
        one = name if alone[line.base] == 1 else f"{name}~{line.mark}"
        seen[one] += 1
        found.append(one if seen[one] == 1 else f"{one}~{seen[one]}")
    return found


def taken_apart(identity: str) -> tuple[str, str, int]:
    """The name in an identity, the mark that tells a twin ("" for none), and its rank."""
    name, *rest = identity.split("~")
    rank = int(rest.pop()) if rest and _RANK.fullmatch(rest[-1]) else 1
    return name, rest[0] if rest else "", rank


def followed(
    old: Sequence[FollowedLine],
    new: Sequence[FollowedLine],
    became: Mapping[str, str],
    standing: Callable[[FollowedLine], int],
    may_be: Callable[[FollowedLine, FollowedLine], bool] = lambda one, other: True,
) -> list[int | None]:
    """For each previous line, the index of the new one that it is; None for one that is gone.

    `became` says, of bases that are no more, which one each is now; `standing` how many lines of
    the workbook a previous one may be still, though it is not shown: those were not corrected.
    Living lines come first: what was kept below goes to a line only where it tells the same, or
    nothing living is there.
    """
    found: list[int | None] = [None] * len(old)
    bases = [became.get(one.base, one.base) for one in old]
    there = _groups(new, [one.base for one in new])
    for base, olds in _groups(old, bases, kept=False).items():
        for index, target in _paired(old, olds, new, there.get(base, ())):
            found[index] = target
    _correct(old, new, bases, found, standing, may_be)
    for olds in _groups(old, bases, kept=False).values():
        _copies(old, olds, found)
    taken = {target for target in found if target is not None}
    _by_words(old, new, found, taken)
    for base, olds in _groups(old, bases, kept=True).items():
        for index in olds:
            found[index] = _given_back(old[index], new, there.get(base, ()), taken)
    return found


def _correct(
    old: Sequence[FollowedLine],
    new: Sequence[FollowedLine],
    bases: Sequence[str],
    found: list[int | None],
    standing: Callable[[FollowedLine], int],
    may_be: Callable[[FollowedLine, FollowedLine], bool],
) -> None:
    """Follow the living lines that are not there any more to those that they became."""
    left = [index for index, line in enumerate(old)
            if found[index] is None and line.parts and not line.kept]  # fmt: skip
    if not left:
        return
    living = Counter(base for base, line in zip(bases, old, strict=True) if not line.kept)
    missing = Counter(bases[index] for index in left)
    gone = {
        index: old[index].parts
        for index in left
        if standing(old[index]) <= living[bases[index]] - missing[bases[index]]
    }
    taken = {target for target in found if target is not None}
    fresh = {
        target: line.parts
        for target, line in enumerate(new)
        if target not in taken and line.parts and line.base not in living
    }
    for index, target in corrected(gone, fresh, lambda i, j: may_be(old[i], new[j])).items():
        found[index] = target


def _copies(old: Sequence[FollowedLine], olds: Sequence[int], found: list[int | None]) -> None:
    """A row that was copied with its key is the same line as the first."""
    places = {(old[index].told, old[index].rank): found[index] for index in reversed(olds)
              if found[index] is not None}  # fmt: skip
    for index in olds:
        if found[index] is None:
            found[index] = places.get((old[index].told, old[index].rank))


def _groups(
    lines: Sequence[FollowedLine], bases: Sequence[str], *, kept: bool | None = None
) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, (line, base) in enumerate(zip(lines, bases, strict=True)):
        if base and kept in (None, line.kept):
            found[base].append(index)
    return found


def _paired(
    old: Sequence[FollowedLine],
    olds: Sequence[int],
    new: Sequence[FollowedLine],
    news: Sequence[int],
) -> list[tuple[int, int]]:
    """Pairs of lines of one base: those that tell the same, then those that differ least.

    Where two previous lines that differ may be one, neither is: nothing is guessed.
    """
    if len(olds) == 1 == len(news):
        one, other = old[olds[0]], new[news[0]]
        has_twins = one.has_twins or other.has_twins
        is_same = not has_twins or _alike(one, other) >= max(len(other.told) - 1, 1)
        return [(olds[0], news[0])] if is_same else []
    pairs = _exact(old, olds, new, news)
    left = [one for one in olds if one not in {o for o, _ in pairs}]
    free = [one for one in news if one not in {n for _, n in pairs}]
    if len(left) * len(free) > _MOST_PAIRS:
        return pairs
    while left and free:
        scores = [(_alike(old[o], new[n]), o, n) for o in left for n in free]
        best = max(score for score, _, _ in scores)
        ties = [(o, n) for score, o, n in scores if score == best]
        index, target = ties[0]
        rivals = {old[o].told for o, n in ties if n == target}
        if len(rivals) > 1:
            free.remove(target)
            continue
        pairs.append((index, target))
        left.remove(index)
        free.remove(target)
    return pairs


def _exact(
    old: Sequence[FollowedLine],
    olds: Sequence[int],
    new: Sequence[FollowedLine],
    news: Sequence[int],
) -> list[tuple[int, int]]:
    """The pairs that tell the same, in the order of their ranks."""
    waiting: defaultdict[Parts, list[int]] = defaultdict(list)
    for target in reversed(news):
        waiting[new[target].told].append(target)
    ranked = sorted(olds, key=lambda index: old[index].rank)
    return [(one, waiting[old[one].told].pop()) for one in ranked if waiting[old[one].told]]


def _alike(one: FollowedLine, other: FollowedLine) -> int:
    """How many of the cells that tell twins apart are the same."""
    return sum(a == b for a, b in zip(one.told, other.told, strict=False))


def _by_words(
    old: Sequence[FollowedLine],
    new: Sequence[FollowedLine],
    found: list[int | None],
    taken: set[int],
) -> None:
    """Lines whose key was lost, known by what they show."""
    shown: defaultdict[Parts, list[int]] = defaultdict(list)
    for index in sorted(range(len(new)), key=lambda index: index in taken):
        shown[new[index].words].append(index)
    for index, line in enumerate(old):
        targets = shown.get(line.words, ()) if any(line.words) else ()
        if targets and not line.base and not line.kept:
            target = next((one for one in targets if one not in taken), targets[0])
            found[index] = target
            taken.add(target)


def _given_back(
    line: FollowedLine, new: Sequence[FollowedLine], news: Sequence[int], taken: Collection[int]
) -> int | None:
    """The line to which something that was kept goes back."""
    if not line.mark:
        return news[0] if len(news) == 1 else None
    same = [index for index in news if new[index].mark == line.mark]
    if same:
        return next((index for index in same if index not in taken), same[0])
    is_alone = len(news) == 1 and not new[news[0]].has_twins and not line.has_twins
    return news[0] if is_alone and news[0] not in taken else None


def corrected(
    gone: Mapping[H, Parts],
    fresh: Mapping[H, Parts],
    may_be: Callable[[H, H], bool] = lambda old, new: True,
) -> dict[H, H]:
    """Lines that are no more, each with the one new line that differs from it by one print.

    Only a match that is unique on both sides counts, and only where what is the same tells enough.
    """
    by_rest: defaultdict[tuple[int, Parts], list[H]] = defaultdict(list)
    for name, parts in fresh.items():
        for rest in _rests(parts):
            by_rest[rest].append(name)
    candidates = {
        old: [new for rest in _rests(parts) for new in by_rest[rest] if may_be(old, new)]
        for old, parts in gone.items()
    }
    claims = Counter(new for news in candidates.values() for new in news)
    return {
        old: news[0] for old, news in candidates.items() if len(news) == 1 and claims[news[0]] == 1
    }


def _rests(parts: Parts) -> list[tuple[int, Parts]]:
    """What is left of a line when one of its prints is another, where that tells enough: two that
    say something, or the person where one word tells the line.
    """
    found = [(rank, (*parts[:rank], *parts[rank + 1 :])) for rank in range(len(parts))]
    return [
        (rank, rest)
        for rank, rest in found
        if sum(one != EMPTY for one in rest) > 1 or (rank and len(parts) == 2)
    ]
