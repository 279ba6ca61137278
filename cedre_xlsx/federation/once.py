"""People whom several antennas follow, counted once: what is taken from the sum of the antennas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cedre_xlsx.federation.antenna import Antenna
from cedre_xlsx.federation.people import Group, Who
from cedre_xlsx.federation.roster import (
    BARRIER,
    COUNTED,
    ENTRY,
    EXIT,
    FILE,
    TOTAL_LINE,
    TRAINING,
    WORK,
    Cell,
    Holding,
    Presence,
    Slot,
)
from cedre_xlsx.federation.sums import Correction
from cedre_xlsx.method.text import word_key
from cedre_xlsx.reports.statistics.owed_tables import week_band

#: What the slots are called, where they are listed.
SAID: Mapping[str, str] = {
    FILE: "file active",
    WORK: "travail",
    TRAINING: "formation",
    BARRIER: "freins",
    ENTRY: "entrée",
    EXIT: "sortie",
}
_AGAIN = {ENTRY: "entrées", EXIT: "sorties"}
_WEEKS = "weeks_worked_median"
_NEAR, _OVER = "ceiling_near", "ceiling_over"
_EXACT = 6  # decimals of a sum of shares of hours


@dataclass(frozen=True, slots=True)
class Once:
    """What is corrected of one year; `counted` says in what each group of people counts once,
    `again` in what each antenna's counts.
    """

    correction: Correction
    counted: Mapping[Group, frozenset[str]] = field(default_factory=dict)
    again: Mapping[Group, frozenset[str]] = field(default_factory=dict)


def once(year: int, antennas: Sequence[Antenna], groups: Sequence[Group]) -> Once:
    """What the figures of a year count too often, each group being one person."""
    made = _Correcting(year, antennas, groups)
    for group in groups:
        made.add(group)
    return Once(
        Correction(dict(made.cells), {name: dict(one) for name, one in made.cases.items()}),
        made.counted,
        made.again,
    )


class _Correcting:
    def __init__(self, year: int, antennas: Sequence[Antenna], groups: Sequence[Group]) -> None:
        self._antennas = antennas
        shared: defaultdict[int, list[int]] = defaultdict(list)
        for antenna, index in (who for group in groups for who in group.people):
            shared[antenna].append(index)
        self._presences: dict[Who, Presence] = {
            (antenna, index): one
            for antenna, indexes in shared.items()
            if (there := antennas[antenna].years.get(year)) is not None
            for index, one in there.presences(indexes).items()
        }
        self.cells: Counter[Cell] = Counter()
        self.cases: defaultdict[str, Counter[float]] = defaultdict(Counter)
        self.counted: dict[Group, frozenset[str]] = {}
        self.again: dict[Group, frozenset[str]] = {}

    def add(self, group: Group) -> None:
        """Count a person once in each slot: what the other antennas' add is taken out."""
        known = self._presences
        there = [(who, known[who]) for who in group.people if who in known]
        if len(there) < 2:
            return
        slots = dict.fromkeys(slot for _, one in there for slot in one.holdings)
        shared: set[str] = set()
        for slot in slots:
            holdings = [one.holdings[slot] for _, one in there if slot in one.holdings]
            if len(holdings) > 1:
                shared.add(slot[0])
                for holding in _others(holdings):
                    self._take(holding)
        self._put_weeks_together([one for _, one in there])
        self._put_hours_together(there)
        self.counted[group] = frozenset(shared)
        self.again[group] = frozenset(_told_again(there))

    def _take(self, holding: Holding) -> None:
        for cell, count in holding.cells:
            self.cells[cell] -= count
        for name, cases in holding.cases.items():
            self.cases[name].subtract(cases)

    def _put_weeks_together(self, presences: Sequence[Presence]) -> None:
        """The weeks worked by whoever is at work are those of all antennas."""
        at_work = [one for one in presences if one.fills(WORK)]
        if not at_work:
            return
        for one in at_work:
            self._add_weeks(one.weeks.bit_count(), -1)
        union = 0
        for one in presences:
            union |= one.weeks
        self._add_weeks(union.bit_count(), 1)

    def _add_weeks(self, weeks: int, by: int) -> None:
        self.cases[_WEEKS][float(weeks)] += by
        for line in ((word_key(week_band(weeks)),), TOTAL_LINE):
            self.cells["weeks", line, "Personnes"] += by

    def _put_hours_together(self, there: Sequence[tuple[Who, Presence]]) -> None:
        """The hours in companies of whoever is in the active file are those of all antennas."""
        bound = [(who, one) for who, one in there if one.company_hours is not None]
        settings = [self._antennas[who[0]].settings for who, _ in bound]
        if not any(one.fills(FILE) for _, one in bound):
            return
        for (_, one), own in zip(bound, settings, strict=True):
            if one.fills(FILE):
                self._add_ceiling(
                    one.company_hours or 0.0, own.company_hours_soon, own.company_hours, -1
                )
        self._add_ceiling(
            sum(one.company_hours or 0.0 for _, one in bound),
            min(own.company_hours_soon for own in settings),
            min(own.company_hours for own in settings),
            1,
        )

    def _add_ceiling(self, hours: float, soon: float, most: float, by: int) -> None:
        hours = round(hours, _EXACT)
        if hours > most:
            self.cells[_OVER, COUNTED] += by
        elif hours >= soon:
            self.cells[_NEAR, COUNTED] += by


def _others(holdings: Sequence[Holding]) -> Iterator[Holding]:
    """All but the one that stays: of the highest rank, the first of them."""
    kept = max(range(len(holdings)), key=lambda index: (holdings[index].rank, -index))
    return (one for index, one in enumerate(holdings) if index != kept)


def _told_again(there: Sequence[tuple[Who, Presence]]) -> Iterator[str]:
    """Entries and exits of different days in several antennas: each of them counts."""
    for kind in _AGAIN:
        days: dict[Slot, set[Who]] = {}
        for who, one in there:
            for slot in one.holdings:
                if slot[0] == kind:
                    days.setdefault(slot, set()).add(who)
        if len(days) > 1 and len(set().union(*days.values())) > 1:
            yield kind


def said_once(kinds: frozenset[str]) -> tuple[str, ...]:
    """In what someone counts once, in words."""
    return tuple(text for kind, text in SAID.items() if kind in kinds)


def said_again(kinds: frozenset[str]) -> tuple[str, ...]:
    """In what each antenna's counts, in words."""
    return tuple(text for kind, text in _AGAIN.items() if kind in kinds)
