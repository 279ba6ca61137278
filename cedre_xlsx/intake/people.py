"""Who the lines of foreign tables are about: someone of the workbook, someone new, or a doubt.

By PASS number where both have one, else by name as reading matches them, with the year of birth;
what fits two people fits nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cedre_xlsx.intake.read_tables import ReadTable
from cedre_xlsx.method.near_names import near_pairs
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records

#: A line: the rank of its table, its own.
Line = tuple[int, int]


@dataclass(slots=True)
class Someone:
    """One person of the foreign tables: what tells who it is, and the lines that are theirs.

    Once recognised, `known` is the person of the workbook, or `doubt` says why it may be several.
    """

    name: str
    key: str
    years: set[int] = field(default_factory=set)
    passes: set[str] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)
    known: Person | None = None
    doubt: str = ""

    @property
    def year(self) -> int | None:
        """Their year of birth, where the lines say it."""
        return min(self.years, default=None)


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of the foreign tables, and the lines that fit several of them."""

    people: tuple[Someone, ...]
    doubts: Mapping[Line, str]


def pass_key(number: str) -> str:
    """A PASS number as it is compared; "" for none."""
    return pass_number(number) or "".join(number.split()).upper()


def gather(tables: Sequence[ReadTable]) -> Crowd:
    """Whose each line is; those that say most first, so that the others fit someone."""
    crowd = _Gathering()
    lines = [
        (at, rank, table.people.rows[rank])
        for at, table in enumerate(tables)
        for rank in range(table.count)
        if rank not in table.aside
    ]
    telling = [one for one in lines if _pass(one[2]) or one[2].birth_year]
    others = [one for one in lines if not (_pass(one[2]) or one[2].birth_year)]
    for at, rank, row in (*telling, *others):
        crowd.add((at, rank), row)
    people = crowd.people
    for one in people:
        one.lines.sort()
    people.sort(key=lambda one: one.lines[0])
    return Crowd(tuple(people), crowd.doubts)


def _pass(row: PersonRow) -> str:
    return pass_key(row.pass_number) if row.pass_number else ""


class _Gathering:
    def __init__(self) -> None:
        self.people: list[Someone] = []
        self.doubts: dict[Line, str] = {}
        self._by_pass: dict[str, Someone] = {}
        self._by_name: defaultdict[str, list[Someone]] = defaultdict(list)

    def add(self, line: Line, row: PersonRow) -> None:
        number, year, key = _pass(row), row.birth_year, name_key(row.person)
        someone = self._by_pass.get(number) if number else None
        if someone is None:
            fits = [one for one in self._by_name[key] if _may_be(one, year, number)]
            if len(fits) > 1:
                self.doubts[line] = f"plusieurs personnes s'appellent « {row.person} »"
                return
            someone = fits[0] if fits else self._new(row, key)
        someone.lines.append(line)
        if year:
            someone.years.add(year)
        if number:
            someone.passes.add(number)
            self._by_pass[number] = someone

    def _new(self, row: PersonRow, key: str) -> Someone:
        someone = Someone(row.person, key)
        self.people.append(someone)
        self._by_name[key].append(someone)
        return someone


def _may_be(one: Someone, year: int | None, number: str) -> bool:
    """Whether nothing says that a line of the same name is someone else's."""
    if year and one.years:
        return year in one.years
    return not (number and one.passes and number not in one.passes)


def recognise(crowd: Crowd, records: Records, told: Mapping[str, str]) -> None:
    """Say who each is in the workbook; `told` gives, for a name, whose it is, "" for someone new.

    Names are compared as reading does.
    """
    by_pass = _by_pass(records)
    wishes = {name_key(name): whose for name, whose in told.items()}
    for one in crowd.people:
        if one.key in wishes:
            _as_told(one, wishes[one.key], records)
        else:
            _recognise(one, records, by_pass)
    _doubt_near_names([one for one in crowd.people if one.key not in wishes], records)


def _by_pass(records: Records) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, rows in records.pathways.items():
        for row in rows:
            if _pass(row):
                found[_pass(row)].add(name)
    return found


def _as_told(one: Someone, whose: str, records: Records) -> None:
    if not whose:
        return
    name = records.canonical_name(whose)
    one.known = records.persons.get(name) if name else None
    if one.known is None:
        one.doubt = f"« {whose} » n'est pas dans Personnes, ou désigne plusieurs personnes"


def _recognise(one: Someone, records: Records, by_pass: Mapping[str, set[str]]) -> None:
    of_pass = {name for number in one.passes for name in by_pass.get(number, ())}
    if len(of_pass) > 1:
        one.doubt = "son PASS IAE est celui de plusieurs personnes du classeur"
    elif of_pass:
        one.known = records.persons[min(of_pass)]
    elif records.is_ambiguous(one.name):
        one.doubt = f"« {one.name} » désigne plusieurs personnes du classeur"
    else:
        name = records.canonical_name(one.name)
        person = records.persons.get(name) if name else None
        one.doubt = _why_another(one, person) if person else ""
        one.known = None if one.doubt else person


def _why_another(one: Someone, person: Person) -> str:
    """What says that a person of the same name may be someone else; "" when nothing does."""
    years = {row.birth_year for row in person.pathways if row.birth_year}
    if one.years and years:
        if one.years & years:
            return ""
        return (
            f"même nom que « {person.name} » du classeur, née en {min(years)} et non en {one.year}"
        )
    passes = {_pass(row) for row in person.pathways} - {""}
    if one.passes and passes and not one.passes & passes:
        return f"même nom que « {person.name} » du classeur, dont le PASS IAE est un autre"
    return ""


def _doubt_near_names(people: Iterable[Someone], records: Records) -> None:
    """Nobody new is one slip of the keyboard from someone else, unless births or PASS say so."""
    unknown = {one.name: one for one in people if one.known is None and not one.doubt}
    known = {name: _told_by(name, rows) for name, rows in records.pathways.items()}
    every = (*known.values(), *unknown.values())
    if not unknown or all(one.passes for one in every):
        return
    for new, other in _near(unknown, known):
        one, its = unknown[new], known.get(other) or unknown[other]
        if not (_differ(one.years, its.years) or _differ(one.passes, its.passes)):
            where = "du classeur" if other in known else "du même envoi"
            one.doubt = one.doubt or f"ressemble à « {other} » {where}"


def _told_by(name: str, rows: Sequence[PersonRow]) -> Someone:
    """Someone of the workbook, by what tells who it is."""
    years = {row.birth_year for row in rows if row.birth_year}
    return Someone(name, "", years, {_pass(row) for row in rows} - {""})


def _differ(mine: set[Any], theirs: set[Any]) -> bool:
    """Whether both are known, and have nothing in common."""
    return bool(mine) and bool(theirs) and not mine & theirs


def _near(unknown: Mapping[str, Someone], known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Someone new and whom it is near; of two that are new, the one with fewer lines."""
    for pair in near_pairs((*known, *unknown)):
        new = [name for name in pair if name in unknown]
        if len(new) == 1:
            other = pair[0] if pair[1] == new[0] else pair[1]
            yield new[0], other
        elif new:
            fewer, more = sorted(new, key=lambda name: len(unknown[name].lines))
            yield fewer, more
