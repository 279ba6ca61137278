"""What several workbooks, or parts without a name, say together: all that a consolidation shows.

Figures are those of `reports.statistics`, so that a total is written as the figures of one workbook
are; people's names are in `doubts` and `shared` alone, and a consolidation that is `public`, or of
parts, has neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cedre_xlsx.reports.statistics.model import Statistics


class ConsolidationSort(Enum):
    """What is put together."""

    ANTENNAS = "antennes"
    NETWORK = "réseau"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was counted: a workbook, or a part.

    `name` is what its column is called: the structure, made unlike the others. `version` is that of
    the template, or of the definitions of a part; `lines` how many of the sheets that people fill
    were read, None where that is not told; `quality` are codes with how often each is found.
    """

    name: str
    file: str
    on: date
    version: str = ""
    lines: int | None = None
    quality: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be counted, and the French sentence that says why."""

    file: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NetworkStanding:
    """Where the structures of a network stand by one figure; told from five structures on.

    `structures` have a value; `own` is that of the reader's structure, None where it has none, or
    none is the reader's; it is the `rank`-th from the highest, equals sharing the first of theirs.
    """

    structures: int
    low: float
    median: float
    high: float
    own: float | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One person as one antenna has them."""

    antenna: str
    name: str
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """Someone whom several antennas follow, counted once; `why` is what tells that it is one.

    `counted` are the figures in which the person counts once, by their labels; `again` those in
    which each of the antennas counts, as entries of different days.
    """

    people: tuple[Seen, ...]
    why: str
    counted: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """People of several antennas who may be one, counted as several; `why` is a French sentence."""

    people: tuple[Seen, ...]
    why: str


@dataclass(frozen=True)
class ConsolidatedYear:
    """The figures of one year: those of all, and those of each source in its order.

    `columns` has None for a source without figures of that year, and is empty where sources have no
    column. `structures` is how many are in the total; `missing` those that were there in a year
    before and are not, `late` those that were counted before the year was over. `own` is the
    reader's structure in a network, "" for none.
    """

    year: int
    total: Statistics
    columns: tuple[Statistics | None, ...] = ()
    structures: int = 0
    missing: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    standings: Mapping[str, NetworkStanding] = field(default_factory=dict)
    own: str = ""


@dataclass(frozen=True)
class Consolidation:
    """All that the workbook of a consolidation shows.

    `years` are in their order, each with a column a source where `has_columns`. `differing` are
    sentences on settings that sources do not share, and what is done then; `warnings` what else is
    to be known.
    """

    sort: ConsolidationSort
    title: str
    on: date
    version: str
    sources: tuple[SourceFile, ...]
    years: tuple[ConsolidatedYear, ...]
    shared: tuple[Shared, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    failures: tuple[Failure, ...] = ()
    differing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    public: bool = False

    def __post_init__(self) -> None:
        """No person is named where nobody may be."""
        if self.public or self.sort is ConsolidationSort.NETWORK:
            assert not self.shared, "a publication names nobody"
            assert not self.doubts, "a publication names nobody"
        for year in self.years:
            assert len(year.columns) in (0, len(self.sources)), "a column a source"

    @property
    def has_columns(self) -> bool:
        """Whether each source has its column."""
        return any(year.columns for year in self.years)
