"""What the workbook of one antenna gives to the consolidation: figures, and who counts in which.

It names people: it stays on the machine that consolidates, and goes with the process.
"""

from __future__ import annotations

import json
from base64 import b85decode, b85encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zlib import compress, decompressobj

from pydantic import TypeAdapter

from cedre_xlsx.federation.people import Somebody, people_of
from cedre_xlsx.federation.roster import Presence, cases_of, roster_of
from cedre_xlsx.federation.settings import AntennaSettings, settings_of
from cedre_xlsx.reports.statistics.closed import closed_years
from cedre_xlsx.reports.statistics.compute import compute_years, years_covered
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Indicator, Line, Number
from cedre_xlsx.schema.records import Records

#: How many years before the date of the count are taken to be published.
_OLDEST = 15


@dataclass(frozen=True)
class AntennaYear:
    """One year of an antenna.

    `cases` are what each median is of, by its id; `packed` where each person counts, small: few of
    them are in another antenna too. A year that is closed has neither: `has_lines` is False.
    `behind` are the people, by index, who make up each sum of hours, where it is for publication.
    """

    year: int
    indicators: tuple[Indicator, ...]
    tables: Mapping[str, tuple[Line[Number], ...]]
    note: str = ""
    is_silent: bool = False
    has_lines: bool = False
    cases: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    packed: str = ""
    behind: tuple[tuple[tuple[str, ...], frozenset[int]], ...] = ()

    @property
    def statistics(self) -> Statistics:
        """The figures and tables of the year, as a workbook's own statistics have them."""
        return Statistics(
            self.year, self.indicators, self.tables, self.note, is_silent=self.is_silent
        )

    def presences(self, people: Collection[int]) -> dict[int, Presence]:
        """Where some people count, by their index; those who count nowhere are not there."""
        if not self.packed or not people:
            return {}
        every = json.loads(_unpacked(self.packed))
        wanted = {index: every[str(index)] for index in people if str(index) in every}
        return _PRESENCES.validate_python(wanted)


@dataclass(frozen=True)
class Antenna:
    """The figures of one workbook, its people, and the settings that they rest on."""

    people: tuple[Somebody, ...]
    years: Mapping[int, AntennaYear]
    settings: AntennaSettings


_PRESENCES = TypeAdapter(dict[int, Presence])
#: What the presences of an antenna's people are no longer than, in bytes.
_LARGEST = 256 * 1024**2


def _packed(presences: Mapping[int, Presence]) -> str:
    return b85encode(compress(_PRESENCES.dump_json(dict(presences)))).decode("ascii")


def _unpacked(text: str) -> bytes:
    opened = decompressobj()
    data = opened.decompress(b85decode(text), _LARGEST)
    if opened.unconsumed_tail:
        raise ValueError("presences are too long")
    return data


def antenna_of(
    records: Records, years: Sequence[int], *, on: date, public: bool = False
) -> Antenna:
    """The figures of these years of a workbook, as counted at `on`, with who counts in them.

    For a publication, also those of the years before, which are taken to be published: what a year
    hides must not be given back by another.
    """
    people = people_of(records)
    ranks = {name: index for index, name in enumerate(people)}
    wanted = {*years, *(_years_before(records, years, on) if public else ())}
    counted = compute_years(records, sorted(wanted), on=on)
    return Antenna(
        people=tuple(people.values()),
        years={one.year: _year(one, ranks, public=public) for one in counted},
        settings=settings_of(records.settings),
    )


def _years_before(records: Records, years: Sequence[int], on: date) -> range:
    """From the first year that there is to the last one that is asked for."""
    covered = sorted({*years_covered(records), *closed_years(records)})
    first = max(covered[0], on.year - _OLDEST) if covered else max(years)
    return range(first, min(max(years), on.year) + 1)


def _year(statistics: Statistics, ranks: Mapping[str, int], *, public: bool) -> AntennaYear:
    tables = {name: tuple(rows) for name, rows in statistics.tables.items()}
    counted = statistics.private
    if counted is None or statistics.is_silent:
        return AntennaYear(
            statistics.year, statistics.indicators, tables, statistics.note, statistics.is_silent
        )
    medians = [one.id for one in statistics.indicators if definition_of(one.id).unit.is_median]
    return AntennaYear(
        year=statistics.year,
        indicators=statistics.indicators,
        tables=tables,
        note=statistics.note,
        has_lines=True,
        cases=cases_of(counted, medians),
        packed=_packed(
            {ranks[name]: one for name, one in roster_of(counted).items() if name in ranks and one}
        ),
        behind=_behind(statistics, counted, ranks) if public else (),
    )


def _behind(
    statistics: Statistics, counted: Counted, ranks: Mapping[str, int]
) -> tuple[tuple[tuple[str, ...], frozenset[int]], ...]:
    """Who makes up each sum of hours or minutes; names that nobody has are left aside."""
    from cedre_xlsx.reports.statistics.public.contributors import people_behind

    return tuple(
        (key, frozenset(ranks[name] for name in names if name in ranks))
        for key, names in people_behind(statistics, counted, 1).items()
    )
