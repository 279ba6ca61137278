"""The figures of several antennas that may be published: `consolidate --public`.

The total is published as the figures of one workbook are; of each antenna, what a report opens
with. All of it is protected together: what an antenna hides is found neither from its other
figures, nor from its own of the year before, nor from the total less the other antennas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cedre_xlsx.federation.antenna import Antenna, AntennaYear
from cedre_xlsx.federation.people import Group, Who
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import DYNAMIC, Key, shown_in
from cedre_xlsx.reports.statistics.public.ledger import NOTHING, Range
from cedre_xlsx.reports.statistics.public.masking import masked
from cedre_xlsx.reports.statistics.public.periods import MONTHS, by_periods, period_label
from cedre_xlsx.reports.statistics.public.practical import Values, taken_for_granted, undated
from cedre_xlsx.reports.statistics.public.relations import Related
from cedre_xlsx.reports.statistics.public.sensitive import without_names, without_sensitive
from cedre_xlsx.reports.statistics.public.series import Series
from cedre_xlsx.reports.statistics.public.weights import COUNTABLE, DURABLE, EXITS, WHOLES
from cedre_xlsx.schema.settings import Settings

#: The figures that an antenna's column has.
COLUMN = (
    "active", "entries", "exits", "exits_countable", "dynamic_exit_rate", "durable_exit_rate",
    "engagements_signed", "engagements_reviewed", "actions", "missions", "people_in_mission",
)  # fmt: skip
_ACTIVE, _ENTRIES = ("active",), ("entries",)
#: Those that count: a rate is its numerator.
_KEYS: tuple[Key, ...] = (
    _ACTIVE, _ENTRIES, EXITS, COUNTABLE, DYNAMIC, DURABLE, ("engagements_signed",),
    ("engagements_reviewed",), ("actions",), ("missions",), ("people_in_mission",),
)  # fmt: skip
#: What it costs to hide a figure of an antenna, beside what the same of the total does.
_CHEAPER = 0.02


def published(
    totals: Sequence[Statistics],
    antennas: Sequence[Antenna],
    same: Sequence[Group],
    *,
    with_sensitive: bool,
) -> AntennaSeries:
    """The publication of these years, one after the other; each is taken to be published.

    `same` are the people of several antennas.
    """
    settings = [antenna.settings for antenna in antennas]
    series = AntennaSeries(max((one.threshold for one in settings), default=5))
    words = tuple(dict.fromkeys(word for one in settings for word in one.sensitive_words))
    ids = _identities(same)
    for total in totals:
        own = [antenna.years.get(total.year) for antenna in antennas]
        figures, span = by_periods(without_names(total), series.threshold)
        if not with_sensitive:
            figures = without_sensitive(figures, Settings(sensitive_words=words))
        series.columns[total.year] = tuple(map(_column, own))
        series.add(figures, _behind(own, ids, span))
    return series


def _column(year: AntennaYear | None) -> Statistics | None:
    """What an antenna publishes: not what it could not place."""
    if year is None or year.is_silent:
        return None
    ones = (one for one in year.indicators if one.id in COLUMN)
    return Statistics(year.year, tuple(replace(one, unknown=0) for one in ones), {})


def _identities(same: Sequence[Group]) -> Mapping[Who, Who]:
    """Who each person of several antennas is: the first of them."""
    return {who: group.people[0] for group in same for who in group.people}


def _behind(
    years: Sequence[AntennaYear | None], ids: Mapping[Who, Who], span: int
) -> Mapping[Key, int]:
    """How many people make up each sum of hours of all antennas; few, where it is not known."""
    people: dict[Key, set[Who]] = {}
    for antenna, year in enumerate(years):
        for key, indexes in year.behind if year is not None else ():
            name = (MONTHS, period_label(key[1], span), *key[2:]) if key[0] == MONTHS else key
            own = people.setdefault(name, set())
            own |= {ids.get((antenna, index), (antenna, index)) for index in indexes}
    return {key: len(those) for key, those in people.items()}


@dataclass
class AntennaSeries(Series):
    """Publications of all antennas together; `columns` are those of each year, before anything is
    hidden, which stand in the same ledger.
    """

    columns: dict[int, tuple[Statistics | None, ...]] = field(default_factory=dict)
    _told: dict[int, list[Values]] = field(default_factory=dict)
    _overlaps: set[Key] = field(default_factory=set)

    def add_beside(self, figures: Statistics, found: Related) -> None:
        """The counts of each antenna, tied to each other, to the year before, and to the total."""
        year = figures.year
        for antenna, column in enumerate(self.columns[year]):
            if column is not None:
                self._add_column(antenna, column)
        for key in _KEYS:
            if key in found.values:
                self._tie_to_total(year, key, found.values[key])

    def _add_column(self, antenna: int, column: Statistics) -> None:
        related = _related(column)
        year = column.year
        for key, value in related.values.items():
            places = 0 if key in related.remainders else 1
            cell = self.count(year, key, value, places)
            whole = self.index.get((year, _own(antenna, WHOLES[key]))) if key in WHOLES else None
            self.index[year, _own(antenna, key)] = len(self.counts.cells)
            self.counts.cells.append(replace(cell, cost=cell.cost * _CHEAPER, whole=whole))
        told = self._told.setdefault(antenna, [])
        granted = taken_for_granted(related, year, told, self.threshold)
        for relation in (*related.relations, *granted):
            self.counts.relate(
                {self.index[year, _own(antenna, key)]: by for key, by in relation.items()}
            )
        told.append(undated(related, year))
        flow = {
            (year, _ACTIVE): 1, (year - 1, _ACTIVE): -1, (year - 1, EXITS): 1, (year, _ENTRIES): -1
        }  # fmt: skip
        named = {(one, _own(antenna, key)): by for (one, key), by in flow.items()}
        if all(name in self.index for name in named):
            self.counts.relate({self.index[name]: by for name, by in named.items()})

    def _tie_to_total(self, year: int, key: Key, total: float) -> None:
        """The antennas together are the total, and the people whom it counts once: few of these are
        a small number, which must not be found either.
        """
        cells = self.counts.cells
        parts = [
            self.index[year, _own(antenna, key)]
            for antenna in range(len(self.columns[year]))
            if (year, _own(antenna, key)) in self.index
        ]
        relation = {self.index[year, key]: 1, **dict.fromkeys(parts, -1)}
        overlap = sum(cells[part].value for part in parts) - total
        if overlap or key in self._overlaps:
            self._overlaps.add(key)
            relation[len(cells)] = 1
            cells.append(self.count(year, key, overlap, int(0 < overlap < self.threshold)))
        self.counts.relate(relation)

    def masked_columns(self, year: int) -> Iterator[Statistics | None]:
        """The column of each antenna as it is published; None for one without figures."""
        for antenna, column in enumerate(self.columns[year]):
            yield None if column is None else masked(column, self._ranges(antenna, year))

    def _ranges(self, antenna: int, year: int) -> Mapping[Key, Range]:
        ranges = self.counts.ranges
        return {
            key: ranges.get(at, NOTHING)
            for key in _KEYS
            if (at := self.index.get((year, _own(antenna, key)))) is not None and at in ranges
        }


def _own(antenna: int, key: Key) -> Key:
    """The name of an antenna's figure."""
    return ("antenna", str(antenna), *key)


def _related(column: Statistics) -> Related:
    """The counts of a column, and what ties them."""
    found = Related()
    for shown in shown_in(column):
        if shown.key in _KEYS:
            found.values.setdefault(shown.key, shown.value)
    durable = column.known("durable_exit_rate")
    if durable is not None and durable.numerator is not None:
        found.values[DURABLE] = float(durable.numerator)
    found.keep_within(EXITS, COUNTABLE)
    found.keep_within(COUNTABLE, DYNAMIC)
    found.keep_within(DYNAMIC, DURABLE)
    return found
