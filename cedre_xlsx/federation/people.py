"""The people of several workbooks: who is one person, and who may be.

As `import` does: by PASS number where names agree, else by name as reading matches them, with the
year of birth; what fits two people fits nobody, and is a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from cedre_xlsx.intake.people import agree, differ, pass_of
from cedre_xlsx.method.anonymous import is_anonymous
from cedre_xlsx.method.near_names import near_pairs
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.records import Records

BY_PASS = "même N° PASS IAE"
BY_BIRTH = "même nom, même année de naissance"
BY_NAME = "même nom ; il manque une année de naissance pour en être sûr"
_PASS_OF_OTHERS = "même N° PASS IAE, mais le nom ou l'année de naissance ne sont pas les mêmes"
_SEVERAL = "même nom, mais plusieurs personnes s'appellent ainsi : rien ne dit laquelle"
_NEAR = "noms à une lettre près, même année de naissance"
_TIED = "rapprochées deux à deux, mais pas toutes ensemble"

#: A person: the index of the antenna, that of the person in it.
Who = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of a workbook, and all that tells who it is.

    `key` is the name as it is matched, without the Précision.
    """

    name: str
    key: str
    years: frozenset[int] = frozenset()
    passes: frozenset[str] = frozenset()

    @property
    def birth_year(self) -> int | None:
        """The year of birth, where it is noted."""
        return min(self.years, default=None)


@dataclass(frozen=True, slots=True)
class Group:
    """People of several antennas, in their order, and why they are, or may be, one."""

    people: tuple[Who, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Those who are one person, and those who may be; both in the order of their first one."""

    same: tuple[Group, ...] = ()
    doubts: tuple[Group, ...] = ()


def people_of(records: Records) -> dict[str, Somebody]:
    """The people of a workbook by their name in it; lines made anonymous are nobody's."""
    found = {}
    for name, rows in records.pathways.items():
        if is_anonymous(name):
            continue
        found[name] = Somebody(
            name=name,
            key=name_key(f"{rows[0].last_name} {rows[0].first_name}"),
            years=frozenset(row.birth_year for row in rows if row.birth_year),
            passes=frozenset(filter(None, map(pass_of, rows))),
        )
    return found


def matched(antennas: Sequence[Sequence[Somebody]]) -> Matched:
    """Who of several antennas is one person."""
    return _Matching(antennas).made()


@dataclass
class _Matching:
    antennas: Sequence[Sequence[Somebody]]
    _links: list[tuple[Who, Who]] = field(default_factory=list)
    _doubts: dict[tuple[Who, ...], str] = field(default_factory=dict)

    def made(self) -> Matched:
        self._by_pass()
        self._by_name()
        same = []
        for members in self._components():
            if self._is_one(members):
                same.append(Group(members, self._why(members)))
            else:
                self._doubts.setdefault(members, _TIED)
        together = {frozenset(pair) for one in same for pair in combinations(one.people, 2)}
        self._by_near_names(together)
        doubts = [Group(members, why) for members, why in self._doubts.items()]
        return Matched(
            tuple(sorted(same, key=lambda one: one.people)),
            tuple(sorted(doubts, key=lambda one: one.people)),
        )

    def _one(self, who: Who) -> Somebody:
        return self.antennas[who[0]][who[1]]

    def _all(self) -> Iterator[tuple[Who, Somebody]]:
        for antenna, people in enumerate(self.antennas):
            for index, one in enumerate(people):
                yield (antenna, index), one

    def _by_pass(self) -> None:
        holders: defaultdict[str, list[Who]] = defaultdict(list)
        for who, one in self._all():
            for number in one.passes:
                holders[number].append(who)
        for _, members in sorted(holders.items()):
            if len({antenna for antenna, _ in members}) < 2:
                continue
            pairs = combinations(members, 2)
            if _is_one_each(members) and all(self._agree(*pair) for pair in pairs):
                self._link(members)
            else:
                self._doubts.setdefault(tuple(members), _PASS_OF_OTHERS)

    def _agree(self, one: Who, other: Who) -> bool:
        a, b = self._one(one), self._one(other)
        return agree(a.key, set(a.years), b.key, set(b.years))

    def _by_name(self) -> None:
        names: defaultdict[str, list[Who]] = defaultdict(list)
        for who, one in self._all():
            if one.key:
                names[one.key].append(who)
        for _, members in sorted(names.items()):
            if len({antenna for antenna, _ in members}) > 1:
                self._of_one_name(members)

    def _of_one_name(self, members: Sequence[Who]) -> None:
        """Those whose births agree; one whose birth is not known joins them if nobody else may be
        meant.
        """
        born = self._by_births([who for who in members if self._one(who).years])
        unsaid = [who for who in members if not self._one(who).years]
        if len(born) > 1 and unsaid:
            for cluster in born:
                self._settle(cluster)
            for who in unsaid:
                others = [one for cluster in born for one in cluster if one[0] != who[0]]
                others = [one for one in others if self._may_be(who, one)]
                if others:
                    self._doubts.setdefault(tuple(sorted([who, *others])), _SEVERAL)
            return
        for cluster in born or [[]]:
            self._settle(sorted([*cluster, *unsaid]))

    def _by_births(self, members: Sequence[Who]) -> list[list[Who]]:
        clusters: list[list[Who]] = []
        for who in members:
            years = set(self._one(who).years)
            fits = [c for c in clusters if any(years & self._one(one).years for one in c)]
            for cluster in fits:
                clusters.remove(cluster)
            clusters.append(sorted([who, *(one for cluster in fits for one in cluster)]))
        return clusters

    def _settle(self, members: Sequence[Who]) -> None:
        """One person where every two may be one; a doubt where only some may."""
        if len({antenna for antenna, _ in members}) < 2:
            return
        pairs = combinations(members, 2)
        fits = [self._may_be(*pair) for pair in pairs if pair[0][0] != pair[1][0]]
        if _is_one_each(members) and all(fits):
            self._link(members)
        elif any(fits):
            self._doubts.setdefault(tuple(members), _SEVERAL)

    def _may_be(self, one: Who, other: Who) -> bool:
        """Whether nothing says that two people of one name are two: as `import` decides."""
        a, b = self._one(one), self._one(other)
        if a.years and b.years:
            return not differ(set(a.years), set(b.years))
        return not differ(set(a.passes), set(b.passes))

    def _link(self, members: Sequence[Who]) -> None:
        self._links += ((members[0], other) for other in members[1:])

    def _components(self) -> list[tuple[Who, ...]]:
        parent: dict[Who, Who] = {}

        def root(who: Who) -> Who:
            while (above := parent.setdefault(who, who)) != who:
                who = above
            return who

        for one, other in self._links:
            parent[root(one)] = root(other)
        found: defaultdict[Who, list[Who]] = defaultdict(list)
        for who in sorted(parent):
            found[root(who)].append(who)
        return sorted(map(tuple, found.values()))

    def _is_one(self, members: Sequence[Who]) -> bool:
        """Whether those who were linked by twos can all be one."""
        years = [set(self._one(who).years) for who in members]
        return _is_one_each(members) and not any(differ(a, b) for a, b in combinations(years, 2))

    def _why(self, members: Sequence[Who]) -> str:
        people = [self._one(who) for who in members]
        if frozenset.intersection(*(one.passes for one in people)):
            return BY_PASS
        is_born = all(one.years for one in people)
        return BY_BIRTH if is_born else BY_NAME

    def _by_near_names(self, together: set[frozenset[Who]]) -> None:
        """Those whose names are one slip apart, born in the same year."""
        keys: defaultdict[str, list[Who]] = defaultdict(list)
        for who, somebody in self._all():
            if somebody.years:
                keys[somebody.key].append(who)
        for name, near in near_pairs(keys):
            for pair in product(keys[name], keys[near]):
                one, other = sorted(pair)
                alike = self._one(one).years & self._one(other).years
                if one[0] != other[0] and alike and frozenset(pair) not in together:
                    self._doubts.setdefault((one, other), _NEAR)


def _is_one_each(members: Sequence[Who]) -> bool:
    """Whether each antenna has one of them at most."""
    return len({antenna for antenna, _ in members}) == len(members)
