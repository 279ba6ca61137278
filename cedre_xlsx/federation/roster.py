"""Where each person of a workbook counts, so that whoever is in two of them can be counted once.

A *slot* is what someone fills once a year, in however many antennas: the active file, work, a
frein, an entry of a day. The cells that a person fills by it go together: where several antennas
have the slot, those of one stay, so that tables still add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

import pandas as pd

from cedre_xlsx.method.ceiling import ceiling_window
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import ClientKind
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.definitions import TABLES
from cedre_xlsx.reports.statistics.frames import hours_within, ordinal
from cedre_xlsx.reports.statistics.owed_figures import has_ceiling
from cedre_xlsx.reports.statistics.publics import LINES, WORKERS
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.reports.statistics.tables import CellRow
from cedre_xlsx.reports.statistics.values import Line
from cedre_xlsx.reports.statistics.year import Year

FILE, WORK, TRAINING, BARRIER, ENTRY, EXIT = (
    "file", "work", "training", "barrier", "entry", "exit",
)  # fmt: skip
COUNTED, OTHERS, UNKNOWN = "counted", "others", "unknown"
#: What a line of totals is known by.
TOTAL_LINE = ("", "total")

#: A number: a figure by its id and side, or a cell by its table, its line's key and its column.
Cell = tuple[str, str] | tuple[str, tuple[str, ...], str]
#: What someone fills once: its kind, and the day or the frein that it is of.
Slot = tuple[str, str]

_ALL = (COUNTED, OTHERS, UNKNOWN)
#: The figures that count people, or their pathways: the slot, the sides that are theirs. The other
#: unknowns are lines to be placed, which add up.
FIGURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "active": (FILE, (COUNTED,)),
    "active_per_support": (FILE, (COUNTED,)),
    "active_per_supervision": (FILE, (COUNTED,)),
    "entries": (ENTRY, (COUNTED,)),
    "exits": (EXIT, (COUNTED,)),
    "exits_countable": (EXIT, _ALL),
    "dynamic_exit_rate": (EXIT, _ALL),
    "durable_exit_rate": (EXIT, _ALL),
    "later_known": (EXIT, _ALL),
    "first_proposal_days_median": (ENTRY, _ALL),
    "first_proposal_on_time_rate": (ENTRY, _ALL),
    "first_mission_days_median": (ENTRY, _ALL),
    "people_in_mission": (WORK, (COUNTED,)),
    "people_in_training": (TRAINING, (COUNTED,)),
}
_COLUMNS: Mapping[str, str] = {
    "Personnes": FILE,
    "Présentes": FILE,
    "Fins de contrat": FILE,
    "Fins de PASS IAE": FILE,
    "Entrées": ENTRY,
    "Sorties": EXIT,
    "Comptées": EXIT,
    "Sorties comptées": EXIT,
    "Sorties dynamiques": EXIT,
}
_BARRIERS = ("freins", "freins_levels")
#: Tables whose numbers add up, whatever they count; weeks are put together apart.
_ADDED = ("types", "succession", "clients", "outcomes", "orientations", "completeness", "weeks")
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Holding:
    """That someone fills a slot in one antenna, and with which numbers.

    `rank` tells which antenna keeps it: the highest; where someone still is before where they left,
    an exit with its category before one without, then the latest registration. `cells` are how
    often the person is in each number; `cases` what the person adds to medians, by figure.
    """

    rank: tuple[int, float]
    cells: tuple[tuple[Cell, int], ...]
    cases: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presence:
    """All that one person is counted in, in one antenna and year.

    `weeks` are those worked, a bit each from the first Monday of the year on; `company_hours` those
    in companies over 24 months, None where they have no ceiling.
    """

    slots: tuple[tuple[Slot, Holding], ...]
    weeks: int = 0
    company_hours: float | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to count."""
        return bool(self.slots or self.weeks or self.company_hours)

    @property
    def holdings(self) -> Mapping[Slot, Holding]:
        """What the person fills."""
        return dict(self.slots)

    def fills(self, kind: str) -> bool:
        """Whether the person fills a slot of that kind."""
        return any(slot[0] == kind for slot, _ in self.slots)


def labels_key(row: Line[Any]) -> tuple[str, ...]:
    """What a line of a table is known by in every antenna."""
    if row.is_total:
        return TOTAL_LINE
    return tuple(word_key(text) or text for text in row.labels.values())


def roster_of(counted: Counted) -> dict[str, Presence]:
    """Where each person of a year counts, by name."""
    made = _Roster(counted.year)
    for identifier, (kind, sides) in FIGURES.items():
        figure = counted.figures.get(identifier)
        if figure is None:
            continue
        parts = {COUNTED: figure.counted, OTHERS: figure.others, UNKNOWN: figure.unknown}
        for side in sides:
            lines = parts[side]
            if lines is not None:
                made.add((identifier, side), kind, lines, identifier if side == COUNTED else "")
    for table, rows in counted.cells.items():
        for row in rows:
            for column, found in row.cells.items():
                slot = _slot_of(table, row, column)
                if found is not None and slot:
                    made.add((table, labels_key(row), column), slot, found)
    return made.presences()


def _slot_of(table: str, row: CellRow, column: str) -> str:
    """The kind of slot of a number of a table; "" where it adds up."""
    if table in _ADDED:
        return ""
    if table in _BARRIERS:
        return BARRIER
    if table == "publics":
        return WORK if row.label in (WORKERS, *LINES) else EXIT
    if table in {one.name for one in TABLES} or column in _COLUMNS:
        return _COLUMNS.get(column, "")
    return ""


class _Roster:
    """The holdings of one year as they are found."""

    def __init__(self, year: Year) -> None:
        self._year = year
        pathways = year.frames.pathways
        self._rows = dict(zip(pathways.index.tolist(), _pathway_rows(pathways), strict=True))
        latest = year.latest
        self._since = dict(
            zip(latest["person"].tolist(), map(_number, latest["registered"]), strict=True)
        )
        self._staying = frozenset(year.staying["person"])
        self._cells: defaultdict[tuple[str, Slot], defaultdict[Cell, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        self._cases: defaultdict[tuple[str, Slot], defaultdict[str, list[float]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._ranks: dict[tuple[str, Slot], tuple[int, float]] = {}

    def add(self, cell: Cell, kind: str, lines: Selection, median: str = "") -> None:
        """Put some lines of the workbook under the slots of their people."""
        for place, amount in self._lines(lines):
            person, slot, rank = self._held(kind, lines, place)
            if not person:
                continue
            self._cells[person, slot][cell] += 1
            self._ranks[person, slot] = max(rank, self._ranks.get((person, slot), rank))
            if median and lines.amounts is not None:
                self._cases[person, slot][median].append(amount)

    def _lines(self, lines: Selection) -> Iterator[tuple[int, float]]:
        amounts = [1.0] * len(lines) if lines.amounts is None else lines.amounts.tolist()
        return zip(lines.places.tolist(), amounts, strict=True)

    def _held(self, kind: str, lines: Selection, place: int) -> tuple[str, Slot, tuple[int, float]]:
        if kind == BARRIER:
            row = lines.source.frame.loc[place]
            person = str(row["person"])
            barrier = str(row["barrier"])
            return person, (kind, word_key(barrier) or barrier), (0, self._since.get(person, 0.0))
        person, registered, exited, category = self._rows[place]
        if kind == ENTRY:
            return person, (kind, f"{registered:.0f}"), (0, registered)
        if kind == EXIT:
            return person, (kind, f"{exited:.0f}"), (int(bool(category)), registered)
        is_there = kind == FILE and person in self._staying
        return person, (kind, ""), (int(is_there), self._since.get(person, 0.0))

    def presences(self) -> dict[str, Presence]:
        """Everyone who counts somewhere in the year."""
        weeks, hours = weeks_of(self._year), company_hours_of(self._year)
        holdings: defaultdict[str, dict[Slot, Holding]] = defaultdict(dict)
        for (person, slot), cells in self._cells.items():
            cases: Mapping[str, list[float]] = self._cases.get((person, slot), {})
            holdings[person][slot] = Holding(
                self._ranks[person, slot],
                tuple(cells.items()),
                {name: tuple(those) for name, those in cases.items()},
            )
        return {
            person: Presence(
                tuple(holdings.get(person, {}).items()),
                weeks.get(person, 0),
                None if hours is None else hours.get(person, 0.0),
            )
            for person in {**holdings, **weeks, **(hours or {})}
        }


def _pathway_rows(frame: pd.DataFrame) -> Iterator[tuple[str, float, float, str]]:
    yield from zip(
        frame["person"].tolist(),
        map(_number, frame["registered"]),
        map(_number, frame["exited"]),
        frame["category"].tolist(),
        strict=True,
    )


def _number(value: float) -> float:
    return 0.0 if isnan(value) else float(value)


def weeks_of(year: Year) -> dict[str, int]:
    """The weeks, from Monday to Sunday, in which each name had a day of salaried mission: a bit
    each, the first being that of 1 January.
    """
    m = year.missions[year.missions["worked"] > 0]
    start = (int(year.first) - 1) // _DAYS_A_WEEK  # the first day of the calendar is a Monday
    firsts = (m["start"].clip(lower=year.first).astype(int) - 1) // _DAYS_A_WEEK - start
    lasts = (m["end"].clip(upper=year.last).astype(int) - 1) // _DAYS_A_WEEK - start
    found: dict[str, int] = {}
    for person, first, last in zip(m["person"], firsts, lasts, strict=True):
        bits = (1 << (int(last) + 1)) - (1 << int(first))
        found[person] = found.get(person, 0) | bits
    return found


def company_hours_of(year: Year) -> dict[str, float] | None:
    """The hours in companies of each name over the 24 months that end with the last day counted;
    None where they have no ceiling.
    """
    if not has_ceiling(year):
        return None
    first = ordinal(ceiling_window(year.last_day)[0]) if year.has_begun else year.first
    m = year.frames.missions
    hours = hours_within(m, first, year.last)
    own = hours[m["client_kind"] == ClientKind.COMPANY.value].groupby(m["person"]).sum()
    return {str(name): float(total) for name, total in own.items() if total}


def cases_of(counted: Counted, medians: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """What each median is of."""
    found = {}
    for identifier in medians:
        figure = counted.figures.get(identifier)
        amounts = None if figure is None else figure.counted.amounts
        if figure is not None:
            found[identifier] = () if amounts is None else tuple(amounts.tolist())
    return found
