"""Which line of a copy is which of another, by what they say: rows have no number that lasts.

Equal lines first; then those that the same columns identify; then the most alike, within a person
before any other. Lines are given as prints of their cells, so that one side may be known by them
alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cedre_xlsx.workbook.alignment.contents import Content, Contents, by_key
from cedre_xlsx.workbook.alignment.likeness import Likeness, Line, Rarity

#: The columns that say whose a line is.
WHOSE = {"tPersonnes": ("last_name", "first_name")}
_PERSON = ("person",)
#: The columns that identify a line, by table; the surest first.
IDENTITIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "tPersonnes": (
        ("last_name", "first_name", "precision", "registered"),
        ("last_name", "first_name", "registered"),
    ),
    "tSuivi": (("person", "dated", "action"),),
    "tEngagements": (("reference",), ("person", "agreed", "object")),
    "tMissions": (("person", "start", "client"),),
    "tFreins": (("person", "barrier", "identified"), ("person", "barrier")),
    "tReglages": (("label",),),
    "tTypes": (("code",), ("name",)),
    "tAccompagnateurs": (("name",),),
    "tQuestions": (("question",),),
    "tGravites": (("code",),),
    "tReprises": (("sheet", "heading"),),
    "tEquipe": (("year",),),
    "tColonnes": (("sheet", "heading"),),
    "notes": (("identity",),),
}
#: The most pairs that are looked at among lines that share something: with more, it says little.
_MOST_OF_IDENTITY, _MOST_OF_PERSON, _MOST_OF_CELL = 2_500, 900, 64

Key = object
Candidate = tuple[Content, Content]
Judge = Callable[[Line, Line], Likeness]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Lines that could be paired otherwise just as well, by their place on each side."""

    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Each line in one of `pairs` (left, right), `left_only`, `right_only`; in the order of left.

    `doubtful` are twins: equal lines of which one side has more, or lines as like to several.
    """

    pairs: tuple[tuple[int, int], ...]
    left_only: tuple[int, ...]
    right_only: tuple[int, ...]
    doubtful: tuple[Doubt, ...] = ()


def aligned(table: str, left: Sequence[Line], right: Sequence[Line]) -> Alignment:
    """The lines of two copies of a table, each with its partner.

    A line is given as the prints of its filled cells by column. Neither the order of rows nor that
    of columns changes a pair, and `aligned(table, right, left)` gives the same pairs.
    """
    work = _Work(table, left, right)
    work.equal()
    if work.both_left():
        work.equal_in_common_columns()
    if work.both_left():
        work.alike()
    return Alignment(
        tuple(sorted(work.pairs)),
        work.left.left_over(),
        work.right.left_over(),
        tuple(sorted(work.doubts, key=lambda doubt: (doubt.left, doubt.right))),
    )


class _Work:
    """Two sides, whose lines get their partners step by step."""

    def __init__(self, table: str, left: Sequence[Line], right: Sequence[Line]) -> None:
        columns = sorted({name for lines in (left, right) for line in lines for name in line})
        self.left, self.right = Contents(left, columns), Contents(right, columns)
        self.pairs: list[tuple[int, int]] = []
        self.doubts: list[Doubt] = []
        self._whose = WHOSE.get(table, _PERSON)
        self._identities = IDENTITIES.get(table, ())
        self._lines = (left, right)

    def both_left(self) -> bool:
        """Whether each side has a line without partner."""
        return bool(self.left.free()) and bool(self.right.free())

    def equal(self) -> None:
        """Lines that say the same, in their order."""
        for cells, content in self.left.by_cells.items():
            its = self.right.by_cells.get(cells)
            if its is not None:
                if len(content.free) != len(its.free):
                    self.doubts.append(Doubt(tuple(content.free), tuple(its.free)))
                self._pair(content, its)

    def equal_in_common_columns(self) -> None:
        """Lines that say the same but for columns that only one side has."""
        one, other = self.left.columns, self.right.columns
        common = one & other
        if common and one != other:
            keys = (by_key(side.free(), common) for side in (self.left, self.right))
            left, right = (_grouped((key, its) for key, its in both if key) for both in keys)
            pairs = _together(left, right, _MOST_OF_CELL)
            self._take(pairs, self._rarity().likeness, enough=True)

    def alike(self) -> None:
        """Lines of the same identity, then the most alike of a person, then of anybody."""
        rarity = self._rarity()
        for identity in self._identities:
            self._take(self._sharing(_identity_keys(identity), _MOST_OF_IDENTITY), rarity.likeness)
        whose = self._whose
        if len(whose) > 1:  # one line a person, most often
            self._take(self._sharing(_identity_keys(whose), most=1), rarity.likeness)

        def within(one: Line, other: Line) -> Likeness:
            return rarity.likeness(one, other, without=whose)

        self._take(self._of_a_person(whose), within, enough=True)
        self._take(self._of_anybody(), rarity.likeness, enough=True, renamed=True)

    def _rarity(self) -> Rarity:
        return Rarity(line for lines in self._lines for line in lines)

    def _of_a_person(self, whose: tuple[str, ...]) -> Iterator[Candidate]:
        owner = _identity_keys(whose, least=len(whose))
        yield from self._sharing(owner, _MOST_OF_PERSON)
        yield from self._sharing(
            lambda its: [(who, cell) for who in owner(its) for cell in its.cells.items()],
            _MOST_OF_CELL,
        )

    def _of_anybody(self) -> Iterator[Candidate]:
        yield from self._sharing(lambda its: its.hashes, _MOST_OF_CELL)
        yield from self._sharing(lambda its: its.cells.items(), _MOST_OF_CELL)

    def _sharing(self, keys: Callable[[Content], Iterable[Key]], most: int) -> Iterator[Candidate]:
        """The contents of both sides that have a key in common, where they are not too many."""
        left, right = (
            _grouped((key, its) for its in side.free() for key in keys(its))
            for side in (self.left, self.right)
        )
        return _together(left, right, most)

    def _take(
        self,
        candidates: Iterable[Candidate],
        judge: Judge,
        *,
        enough: bool = False,
        renamed: bool = False,
    ) -> None:
        """Give partners, to the most alike first; `enough` where they must be much alike.

        Where a person was `renamed`, lines as like to several go where most of her lines go.
        """
        judged = [
            (judge(one.cells, other.cells), one, other)
            for one, other in {(id(a), id(b)): (a, b) for a, b in candidates}.values()
        ]
        kept = [found for found in judged if not enough or found[0].is_enough]
        moves = Counter(self._owners(one, other) for _, one, other in kept) if renamed else None
        ranked = [
            ((-found.share, -moves[self._owners(one, other)] if moves else 0), one, other)
            for found, one, other in kept
        ]
        ranked.sort(key=lambda each: (each[0], sorted((each[1].canonical, each[2].canonical))))
        for _, same in groupby(ranked, key=lambda each: each[0]):
            self._take_equals([(one, other) for _, one, other in same if one.free and other.free])

    def _take_equals(self, equals: list[Candidate]) -> None:
        """Candidates that are as alike: those that exclude one another are in doubt."""
        for group in _tied(equals):
            if len(group) > 1:
                self.doubts.append(Doubt(*map(_lines_of, zip(*group, strict=True))))
        for one, other in equals:
            self._pair(one, other)

    def _owners(self, one: Content, other: Content) -> tuple[tuple[str | None, ...], ...]:
        """The persons of two lines."""
        return tuple(tuple(its.cells.get(name) for name in self._whose) for its in (one, other))

    def _pair(self, one: Content, other: Content) -> None:
        count = min(len(one.free), len(other.free))
        self.pairs += zip(one.free[:count], other.free[:count], strict=True)
        del one.free[:count], other.free[:count]


def _identity_keys(
    columns: tuple[str, ...], least: int | None = None
) -> Callable[[Content], Iterable[Key]]:
    """What a line says in the columns that identify it; nothing where it says too little.

    The first of several columns must be filled, and one more.
    """
    wanted = min(2, len(columns)) if least is None else least

    def keys(content: Content) -> Iterable[Key]:
        said = tuple(content.cells.get(column) for column in columns)
        filled = sum(one is not None for one in said)
        return (said,) if said[0] is not None and filled >= wanted else ()

    return keys


def _grouped(keyed: Iterable[tuple[Key, Content]]) -> dict[Key, list[Content]]:
    groups: defaultdict[Key, list[Content]] = defaultdict(list)
    for key, content in keyed:
        groups[key].append(content)
    return groups


def _together(
    left: Mapping[Key, list[Content]], right: Mapping[Key, list[Content]], most: int
) -> Iterator[Candidate]:
    for key, ours in left.items():
        theirs = right.get(key, ())
        if len(ours) * len(theirs) <= most:
            yield from ((one, other) for one in ours for other in theirs)


def _tied(equals: list[Candidate]) -> Iterator[list[Candidate]]:
    """The candidates in groups of those that share a content, near or far."""
    groups: dict[int, list[Candidate]] = {}
    for candidate in equals:
        met = [groups[key] for key in map(id, candidate) if key in groups]
        group = met[0] if met else []
        if len(met) == 2 and met[1] is not group:
            group.extend(met[1])
        group.append(candidate)
        groups.update((id(content), group) for pair in group for content in pair)
    return iter({id(group): group for group in groups.values()}.values())


def _lines_of(contents: Iterable[Content]) -> tuple[int, ...]:
    each = {id(content): content for content in contents}
    return tuple(sorted(index for content in each.values() for index in content.free))
