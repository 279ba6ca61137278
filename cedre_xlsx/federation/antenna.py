"""What the workbook of one antenna gives to the consolidation: figures, and who counts in which.

It names people: it stays on the machine that consolidates, and goes with the process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import TypeAdapter

from cedre_xlsx.federation.people import Somebody, people_of
from cedre_xlsx.federation.roster import Presence, cases_of, roster_of
from cedre_xlsx.federation.settings import AntennaSettings, settings_of
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Indicator, Line, Number
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.records import Records


@dataclass(frozen=True)
class AntennaYear:
    """One year of an antenna.

    `cases` are what each median is of, by its id; `presences` where each person counts, by the
    index of the person. A year that is closed has neither: `has_lines` is False. `behind` are the
    people, by index, who have hours of mission, or time noted.
    """

    year: int
    indicators: tuple[Indicator, ...]
    tables: Mapping[str, tuple[Line[Number], ...]]
    note: str = ""
    is_silent: bool = False
    has_lines: bool = False
    cases: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    presences: Mapping[int, Presence] = field(default_factory=dict)
    behind: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def statistics(self) -> Statistics:
        """Its figures."""
        return Statistics(
            self.year, self.indicators, self.tables, self.note, is_silent=self.is_silent
        )


@dataclass(frozen=True)
class Antenna:
    """The figures of one workbook, its people, and the settings that they rest on."""

    people: tuple[Somebody, ...]
    years: Mapping[int, AntennaYear]
    settings: AntennaSettings

    def to_line(self) -> bytes:
        """All of it as one line of JSON."""
        return _ADAPTER.dump_json(self)

    @classmethod
    def from_line(cls, line: bytes) -> Antenna:
        """An antenna of such a line; ValueError for anything else."""
        return _ADAPTER.validate_json(line)


_ADAPTER = TypeAdapter(Antenna)


def antenna_of(records: Records, years: Sequence[int], *, on: date) -> Antenna:
    """The figures of these years of a workbook, as counted at `on`, with who counts in them."""
    people = people_of(records)
    ranks = {name: index for index, name in enumerate(people)}
    counted = compute_years(records, sorted(set(years)), on=on)
    return Antenna(
        people=tuple(people.values()),
        years={one.year: _year(one, ranks) for one in counted},
        settings=settings_of(records.settings),
    )


def _year(statistics: Statistics, ranks: Mapping[str, int]) -> AntennaYear:
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
        presences={
            ranks[name]: one for name, one in roster_of(counted).items() if name in ranks and one
        },
        behind=_behind(counted.year, ranks),
    )


def _behind(year: Year, ranks: Mapping[str, int]) -> dict[str, frozenset[int]]:
    """Who has hours of mission, who has time noted; names that nobody has are left aside."""
    hours, actions = year.hours_of, year.actions
    at_work = [str(name) for name in hours.index[hours > 0]]
    timed = actions.loc[actions["minutes"] > 0, "person"].tolist()
    return {
        "mission_hours": frozenset(ranks[name] for name in at_work if name in ranks),
        "minutes": frozenset(ranks[name] for name in timed if name in ranks),
    }
