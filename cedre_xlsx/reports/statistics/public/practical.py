"""Figures that are the same in practice, though no definition says so.

A reader who knows the trade takes them for one: the engagements of a type that were reviewed, and
those that something followed; the exits of a category, and those that are counted. So does this.
Two figures are taken for one when they have been equal in every year so far, and either their kind
is known to be so (`TWINS`, which the tests compare with all figures of invented associations), or
the years show it by themselves. The same holds of what an inequality leaves over: where that was
nothing in every year so far, it is taken to be nothing; and of what looks like a sum, and was one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cedre_xlsx.reports.statistics.public.figures import DENOMINATOR, UNKNOWN, Key
from cedre_xlsx.reports.statistics.public.relations import Related
from cedre_xlsx.reports.statistics.tables import TOTAL

#: Any type, line or month, the same on both sides.
ANY = "*"
#: The kinds of figures that are often equal without being tied by an inequality.
TWINS: tuple[tuple[Key, Key], ...] = (
    (("types", ANY, "Évalués"), ("succession", ANY, TOTAL)),
    (("engagements_reviewed",), ("succession", TOTAL, TOTAL)),
    (("engagements_open", UNKNOWN), ("engagements_signed", UNKNOWN)),
    (("entries",), ("first_proposal_on_time_rate", DENOMINATOR)),
)
_DIFFERENT = 2  # numbers, not small, that show it by themselves

Values = Mapping[Key, float]


def undated(found: Related, year: int) -> Values:
    """The figures of a year by names that are the same each year: months lose theirs."""
    return {_undated(key, year): value for key, value in found.values.items()}


def taken_for_granted(
    found: Related, year: int, before: Sequence[Values], threshold: int
) -> Iterator[Mapping[Key, int]]:
    """The relations of a year that hold in practice, after the years `before` it.

    Each gives some figures a factor, as those that hold by definition.
    """
    years = [*before, undated(found, year)]
    for rest in found.remainders:
        if all(not values.get(rest, 0.0) for values in years):
            yield {rest: 1}
    named = {_undated(key, year): key for key in found.values if key not in found.remainders}
    for one, other in (*_twins(named), *_shown_by_themselves(named, years, threshold)):
        if all(values.get(one, 0.0) == values.get(other, 0.0) for values in years):
            yield {named[one]: 1, named[other]: -1}
    for whole, parts in _wholes(named).items():
        if all(values.get(whole) == sum(values.get(p, 0.0) for p in parts) for values in years):
            yield {named[whole]: 1, **{named[part]: -1 for part in parts}}


def _wholes(named: Mapping[Key, Key]) -> Mapping[Key, Sequence[Key]]:
    """What the names say may be a sum: a figure of its "dont", a Total of its line."""
    parts: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in named:
        family, dot, _ = key[0].partition(".")
        whole = (family,) if dot else (*key[:-1], TOTAL)
        if len(key) != 2 and whole in named and whole != key:
            parts[whole].append(key)
    return parts


def _undated(key: Key, year: int) -> Key:
    return tuple(text.removeprefix(f"{year:04}-") for text in key)


def _twins(named: Mapping[Key, Key]) -> Iterator[tuple[Key, Key]]:
    for one, other in TWINS:
        if ANY not in one and one in named and other in named:
            yield one, other
        for key in named:
            if ANY in one and len(key) == len(one):
                filled = dict(zip(one, key, strict=True))
                twin = tuple(filled[ANY] if text == ANY else text for text in other)
                if all(text in (ANY, filled[text]) for text in one) and twin in named:
                    yield key, twin


def _shown_by_themselves(
    named: Mapping[Key, Key], years: Sequence[Values], threshold: int
) -> Iterator[tuple[Key, Key]]:
    """Figures with the same numbers in all the years, enough of which are not small."""
    alike: defaultdict[tuple[float, ...], list[Key]] = defaultdict(list)
    for key in named:
        alike[tuple(values.get(key, 0.0) for values in years)].append(key)
    for numbers, keys in alike.items():
        if len({number for number in numbers if number >= threshold}) >= _DIFFERENT:
            yield from ((keys[0], other) for other in keys[1:])
