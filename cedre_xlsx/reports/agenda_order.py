"""The order of the agenda: by advisor, one person's points together, the most pressing first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.reports.agenda_points import AgendaItem, Section
from cedre_xlsx.schema.kept import UNDER_ANOTHER
from cedre_xlsx.schema.records import Records

T = TypeVar("T")

NO_ADVISOR = "Sans accompagnateur"
#: The points that a team reads in an hour, one a minute: the others are folded.
HOUR = 60
_TO_PROPOSE = "à proposer"


@dataclass(frozen=True, slots=True)
class Point:
    """A point where it stands: under the kind of its person's most pressing one, open or folded."""

    item: AgendaItem
    under: Section
    folded: bool = False

    @property
    def remark(self) -> str:
        """What is to be known, with a sign where the heading says something else."""
        if self.item.section is self.under:
            return self.item.remark
        said = _TO_PROPOSE if self.item.section is Section.NOT_STARTED else ""
        return UNDER_ANOTHER + ", ".join(filter(None, (said, self.item.remark)))


@dataclass(frozen=True, slots=True)
class AdvisorAgenda:
    """What one advisor brings to the meeting, in order."""

    advisor: str
    points: tuple[Point, ...]

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The points, wherever they stand."""
        return tuple(point.item for point in self.points)

    def by_section(self) -> Iterator[tuple[Section, tuple[Point, ...]]]:
        """The headings that have points, with them."""
        for section in Section:
            found = tuple(point for point in self.points if point.under is section)
            if found:
                yield section, found


def order_of(item: AgendaItem) -> tuple[object, ...]:
    """The most pressing first."""
    return (item.section, item.rank, fold(item.person), item.place.sheet, item.place.row or 0)


def once(records: Records, items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """Each action and engagement once, under the first of its kinds.

    A row of Personnes may be brought up for several reasons.
    """
    lines = {records.follow_ups.sheet, records.engagements.sheet}
    seen: set[tuple[str, int | None]] = set()
    for item in items:
        key = (item.place.sheet, item.place.row)
        if item.place.sheet not in lines or key not in seen:
            seen.add(key)
            yield item


def by_advisor(
    records: Records, items: Iterable[AgendaItem], on: date
) -> tuple[AdvisorAgenda, ...]:
    """The items of each advisor, the advisors in the order of Paramètres, nobody's at the end.

    Where Paramètres names the advisors, one that it does not know is taken for the one with the
    nearest name, else for nobody: a finding says so.
    """
    made = [
        (advisor, _together(mine))
        for advisor, mine in under_advisors(records, ((one.person, one) for one in items), on)
    ]
    open_ones = _within_an_hour([people for _, everyone in made for people in everyone])
    return tuple(
        AdvisorAgenda(
            advisor,
            tuple(
                Point(item, people[0].section, id(people) not in open_ones)
                for people in everyone
                for item in people
            ),
        )
        for advisor, everyone in made
    )


def under_advisors(
    records: Records, things: Iterable[tuple[str, T]], on: date
) -> list[tuple[str, list[T]]]:
    """What is about people, each told by name, under the advisors of these as `by_advisor` has
    them.
    """
    known = {name_key(name): name for name in records.settings.advisors}

    @cache
    def advisor_of(typed: str) -> str:
        if not known or not typed or name_key(typed) in known:
            return known.get(name_key(typed), typed)
        return next(iter(nearest(typed, known.values(), limit=1)), "")

    spellings: dict[str, str] = {}
    grouped: defaultdict[str, list[T]] = defaultdict(list)
    for about, thing in things:
        person = records.persons.get(about)
        typed = (person.pathway_on(on) or person.latest).advisor.strip() if person else ""
        name = advisor_of(typed)
        spellings.setdefault(name_key(name), name)
        grouped[name_key(name)].append(thing)
    rank = {key: number for number, key in enumerate(known)}
    keys = sorted(grouped, key=lambda key: (key == "", rank.get(key, len(rank)), key))
    return [(spellings[key] if key else NO_ADVISOR, grouped[key]) for key in keys]


def _together(items: Iterable[AgendaItem]) -> list[list[AgendaItem]]:
    """The points person by person, those with the most pressing one first."""
    by_person: defaultdict[str, list[AgendaItem]] = defaultdict(list)
    for item in sorted(items, key=order_of):
        by_person[name_key(item.person)].append(item)
    return list(by_person.values())


def _within_an_hour(people: Sequence[list[AgendaItem]]) -> set[int]:
    """The people whose points stay open, by their ids: what is to be discussed, then the most
    pressing of all advisors, as many as an hour takes. That a PASS may be prolonged, said beside
    more pressing points, takes no time of it: for a year, half of the people have that point.
    """
    found = set()
    count = 0
    for items in sorted(people, key=lambda items: order_of(items[0])):
        pressing = sum(item.section is not Section.PROLONGATION for item in items)
        count += pressing or len(items)
        if count <= HOUR or items[0].section is Section.TO_DISCUSS:
            found.add(id(items))
    return found
