"""The people whom the lines of foreign tables are about: lines of one are brought together.

By PASS number where names agree, else by name as reading matches them, with the year of birth;
what fits two people fits nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cedre_xlsx.intake.understood_table import UnderstoodTable
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person

#: A line: the rank of its table, its own.
Line = tuple[int, int]


@dataclass(slots=True)
class Someone:
    """One person of the foreign tables: what tells who it is, and the lines that are theirs.

    `listed` counts their lines in tables of people; `unparted` are those lines that do not tell Nom
    from Prénom, with why. Once recognised, `known` is the person of the workbook, or `doubt` says
    why it may be several.
    """

    name: str
    key: str
    years: set[int] = field(default_factory=set)
    passes: set[str] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)
    listed: int = 0
    unparted: dict[Line, str] = field(default_factory=dict)
    known: Person | None = None
    doubt: str = ""

    @property
    def year(self) -> int | None:
        """Their year of birth, where the lines say it."""
        return min(self.years, default=None)

    @property
    def naming_lines(self) -> list[Line]:
        """The lines that say what is Nom and what Prénom; all where none does."""
        return [line for line in self.lines if line not in self.unparted] or self.lines

    @property
    def weight(self) -> tuple[int, int]:
        """How sure the spelling of their name is: lists of people first, then the most lines."""
        return self.listed, len(self.lines)


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of the foreign tables, and the lines that fit several of them."""

    people: tuple[Someone, ...]
    doubts: Mapping[Line, str]


def pass_of(row: PersonRow) -> str:
    """The PASS number of a row as it is compared; "" for none, and for what is no number."""
    return pass_number(row.pass_number) if row.pass_number else ""


def agree(name: str, years: set[int], other: str, its_years: set[int]) -> bool:
    """Whether two people of one PASS may be one: a word of their names in common, births alike."""
    return not differ(set(name.split()), set(other.split())) and not differ(years, its_years)


def differ(mine: set[Any], theirs: set[Any]) -> bool:
    """Whether both are known, and have nothing in common."""
    return bool(mine) and bool(theirs) and not mine & theirs


def gather(tables: Sequence[UnderstoodTable], told: Mapping[str, str]) -> Crowd:
    """Whose each line is; those that say most first, so that the others fit someone.

    `told` gives the name that stands for another one, by the words of both.
    """
    crowd = _Gathering(told)
    listed = {at for at, table in enumerate(tables) if table.map.spec is t.PEOPLE}
    others = []
    for at, table in enumerate(tables):
        for rank, row in enumerate(table.people.rows):
            if rank in table.aside:
                continue
            number = pass_of(row)
            if number or row.birth_year:
                crowd.add((at, rank), row, number, is_listed=at in listed)
            else:
                others.append((at, rank, row))
    for at, rank, row in others:
        crowd.add((at, rank), row, "", is_listed=at in listed)
    people = crowd.people
    for one in people:
        one.lines.sort()
        one.unparted = {
            (at, rank): tables[at].unparted[rank]
            for at, rank in one.lines
            if rank in tables[at].unparted
        }
    people.sort(key=lambda one: one.lines[0])
    return Crowd(tuple(people), crowd.doubts)


class _Gathering:
    def __init__(self, told: Mapping[str, str]) -> None:
        self.people: list[Someone] = []
        self.doubts: dict[Line, str] = {}
        self._told = told
        self._by_pass: dict[str, Someone] = {}
        self._by_name: defaultdict[str, list[Someone]] = defaultdict(list)

    def add(self, line: Line, row: PersonRow, number: str, *, is_listed: bool) -> None:
        """Give a line to someone; `number` is its PASS."""
        year, own = row.birth_year, name_key(row.person)
        key = self._told.get(own) or own
        years = {year} if year else set()
        someone = self._by_pass.get(number) if number else None
        if someone is not None and not agree(key, years, someone.key, someone.years):
            self.doubts[line] = f"son PASS IAE est aussi celui de « {someone.name} »"
            return
        if someone is None:
            there = self._by_name.get(key, ())
            fits = [one for one in there if _may_be(one, year, number)]
            if len(fits) > 1:
                self.doubts[line] = f"plusieurs personnes s'appellent « {row.person} »"
                return
            someone = fits[0] if fits else self._new(row.person, key)
        if own == key:
            someone.name = row.person
        someone.lines.append(line)
        someone.listed += is_listed
        someone.years |= years
        if number:
            someone.passes.add(number)
            self._by_pass[number] = someone

    def _new(self, name: str, key: str) -> Someone:
        someone = Someone(name, key)
        self.people.append(someone)
        self._by_name[key].append(someone)
        return someone


def _may_be(one: Someone, year: int | None, number: str) -> bool:
    """Whether nothing says that a line of the same name is someone else's."""
    if year and one.years:
        return year in one.years
    return not (number and one.passes and number not in one.passes)
