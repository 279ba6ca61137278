"""The pathways of invented people: when they came, what they engaged in, when they left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cedre_xlsx.demonstration import content
from cedre_xlsx.demonstration.content import WORDS, Trade
from cedre_xlsx.demonstration.days import working_day
from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.vocabulary import Achieved, EngagementForm

#: Gone for longer, people would have to be taken out of the workbook (24 months, CNIL).
_KEPT_DAYS = 690
_LONGEST_STAY = 720
_SHARE_GONE = 0.55


@dataclass(frozen=True, slots=True)
class Name:
    """Of an invented person, what columns of Personnes name."""

    last: str
    first: str
    woman: bool
    birth_year: int
    precision: str = ""

    @property
    def person(self) -> str:
        """`Personne`, as the workbook computes it."""
        name = f"{self.last} {self.first}"
        return f"{name} ({self.precision})" if self.precision else name


@dataclass(slots=True)
class Agreement:
    """One engagement of a pathway; `reviewed` is None while it is open."""

    code: str
    trade: Trade
    agreed: date
    deadline: date
    form: EngagementForm
    reviewed: date | None = None
    achieved: Achieved | None = None
    next_code: str | None = None
    reference: str = ""

    def covers(self, day: date) -> bool:
        """Whether it is under way that day."""
        return self.agreed <= day and (self.reviewed is None or day <= self.reviewed)


@dataclass(slots=True)
class Pathway:
    """One stay of one person; while it lasts `exited` is None, `until` the day of the count."""

    name: Name
    advisor: str
    trade: Trade
    registered: date
    exited: date | None
    until: date
    paused_until: date | None = None
    agreements: list[Agreement] = field(default_factory=list)

    def agreement(self, day: date) -> Agreement | None:
        """The engagement under way that day, the latest one first."""
        return next((one for one in reversed(self.agreements) if one.covers(day)), None)


def names(chance: Random, count: int, year: int) -> list[Name]:
    """So many people of 19 to 61 that year, no two of the same name."""
    made: list[Name] = []
    lasts: list[str] = []
    firsts: dict[bool, Iterator[str]] = {True: iter(()), False: iter(())}
    taken: set[tuple[str, str]] = set()
    while len(made) < count:
        lasts = lasts or chance.sample(content.LAST_NAMES, len(content.LAST_NAMES))
        woman = chance.random() < 0.5
        first = next(firsts[woman], "")
        if not first:
            pool = content.WOMEN if woman else content.MEN
            firsts[woman] = iter(chance.sample(pool, len(pool)))
            first = next(firsts[woman])
        last = lasts.pop()
        if (last, first) not in taken:
            taken.add((last, first))
            made.append(Name(last, first, woman, year - chance.randint(19, 61)))
    return made


def pathways(chance: Random, people: list[Name], on: date, years: int) -> list[Pathway]:
    """One pathway a person, in the order of registration; engagements have their references."""
    span = years * 365
    made = []
    for name in people:
        gone = chance.random() < _SHARE_GONE
        made.append(_gone(chance, name, on, span) if gone else _present(chance, name, on, span))
    for pathway in made:
        pathway.agreements = list(_agreements(chance, pathway, on))
    made.sort(key=lambda pathway: pathway.registered)
    return made


def come_back(chance: Random, earlier: Pathway, registered: date, on: date) -> Pathway:
    """A second pathway of somebody who left before that day."""
    again = _pathway(chance, earlier.name, registered, None, on)
    again.agreements = list(_agreements(chance, again, on))
    return again


def _present(chance: Random, name: Name, on: date, span: int) -> Pathway:
    days = round(chance.triangular(3, min(span, _LONGEST_STAY), 90))
    registered = working_day(on - timedelta(days=days))
    return _pathway(chance, name, registered, None, on)


def _gone(chance: Random, name: Name, on: date, span: int) -> Pathway:
    exited = working_day(on - timedelta(days=chance.randint(8, min(span - 40, _KEPT_DAYS))))
    longest = min(_LONGEST_STAY, span - (on - exited).days)
    stay = round(chance.triangular(30, max(longest, 31), 240))
    registered = working_day(exited - timedelta(days=stay))
    return _pathway(chance, name, registered, exited, exited)


def _pathway(
    chance: Random, name: Name, registered: date, exited: date | None, until: date
) -> Pathway:
    advisor = chance.choice(content.ADVISORS)
    return Pathway(name, advisor, chance.choice(content.TRADES), registered, exited, until)


def _agreements(chance: Random, pathway: Pathway, on: date) -> Iterator[Agreement]:
    """The succession of engagements, each reviewed before the next; the last one may be open."""
    code = chance.choice(content.FIRST_TYPES)
    first = working_day(pathway.registered + timedelta(days=chance.randint(0, 25)))
    agreed = max(first, pathway.registered)
    while agreed < pathway.until:
        made = _agreement(chance, pathway.trade, code, agreed)
        yield made
        early = timedelta(days=chance.randint(0, 10))
        planned = max(working_day(made.deadline - early), agreed)
        if pathway.exited is None and planned >= on:
            return
        made.reviewed = min(planned, pathway.until)
        made.achieved = _achieved(chance)
        if (pathway.until - made.reviewed).days < 20 and pathway.exited is not None:
            return
        code = chance.choice(WORDS[code].next_codes)
        made.next_code = code
        agreed = made.reviewed


def _agreement(chance: Random, trade: Trade, code: str, agreed: date) -> Agreement:
    deadline = add_months(agreed, chance.randint(*WORDS[code].months))
    form = chance.choice(
        (
            EngagementForm.SIGNED,
            EngagementForm.SIGNED,
            EngagementForm.SIGNED,
            EngagementForm.HANDED_OVER,
            EngagementForm.ORAL,
        )
    )
    return Agreement(code, trade, agreed, max(working_day(deadline), agreed), form)


def _achieved(chance: Random) -> Achieved:
    return chance.choices(tuple(Achieved), weights=(6, 3, 1))[0]


def number(pathways_made: list[Pathway]) -> None:
    """Give every engagement its reference, in the order in which they were agreed."""
    counts: dict[tuple[str, int], int] = {}
    agreements = [one for pathway in pathways_made for one in pathway.agreements]
    for one in sorted(agreements, key=lambda one: one.agreed):
        key = (one.code, one.agreed.year)
        counts[key] = counts.get(key, 0) + 1
        one.reference = f"{one.code}-{one.agreed.year}-{counts[key]:03d}"
