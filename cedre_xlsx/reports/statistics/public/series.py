"""The publication of a year, after those of the years before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cedre_xlsx.reports.statistics.closed import behind_sums, closed_years
from cedre_xlsx.reports.statistics.compute import counter, years_covered
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.classes import classes_of
from cedre_xlsx.reports.statistics.public.contributors import contributors
from cedre_xlsx.reports.statistics.public.figures import Key, shown_in
from cedre_xlsx.reports.statistics.public.ledger import NOTHING, Cell, Ledger, Range
from cedre_xlsx.reports.statistics.public.lines import with_lines_of
from cedre_xlsx.reports.statistics.public.masking import masked
from cedre_xlsx.reports.statistics.public.periods import by_periods
from cedre_xlsx.reports.statistics.public.practical import (
    Values,
    taken_for_granted,
    undated,
)
from cedre_xlsx.reports.statistics.public.relations import Related, between_years, related
from cedre_xlsx.reports.statistics.public.sensitive import without_names, without_sensitive
from cedre_xlsx.reports.statistics.public.suppression import hide
from cedre_xlsx.reports.statistics.public.weights import WHOLES, cost_of
from cedre_xlsx.schema.records import Records

#: How many years before the date of the count are taken to be published: a mistyped year of 1026
#: must not make a thousand of them.
_OLDEST = 15


def publish(records: Records, year: int, *, on: date, with_sensitive: bool = False) -> Statistics:
    """The figures of a year that may be published, as counted at `on`.

    Each year before is taken to be published in the same way, so that the two together hide what
    either of them hides; what a year hides does not depend on the years after.
    """
    return series_up_to(records, year, on=on, with_sensitive=with_sensitive).published[-1]


def series_up_to(records: Records, year: int, *, on: date, with_sensitive: bool = False) -> Series:
    """The publications of the years up to one, that one included."""
    count = counter(records, on)
    covered = sorted({*years_covered(records), *closed_years(records)})
    first = max(covered[0], min(on.year, covered[-1]) - _OLDEST) if covered else year
    series = Series(records.settings.publication_threshold)
    for one in (*range(first, min(year, on.year + 1)), year):
        private = count(one)
        figures, span = by_periods(without_names(private), series.threshold)
        if not with_sensitive:
            figures = without_sensitive(figures, records.settings)
        behind = (
            contributors(private, private.private, span)
            if private.private
            else behind_sums(records, one, span)
        )
        series.add(figures, behind)
    return series


@dataclass
class Series:
    """Publications in the order of their years. Counts and hours are two ledgers: no sum ties them.

    `figures` are what would be published if nothing were hidden, `published` what is; `index` is
    where the figure of a year stands in the ledger of counts, `hours` the sums of hours hidden;
    `least` is what the best choice of each year costs at least.
    """

    threshold: int
    counts: Ledger = field(default_factory=Ledger)
    index: dict[tuple[int, Key], int] = field(default_factory=dict)
    hours: dict[int, set[Key]] = field(default_factory=dict)
    figures: list[Statistics] = field(default_factory=list)
    published: list[Statistics] = field(default_factory=list)
    least: dict[int, float] = field(default_factory=dict)
    _seen: list[Values] = field(default_factory=list)

    def add(self, figures: Statistics, behind: Mapping[Key, int]) -> None:
        """Publish one more year; `behind` is how many people make up each sum of hours."""
        if figures.is_silent:
            self.published.append(figures)
            return
        if self.figures:
            before = self.figures[-1]
            figures = with_lines_of(before, self.ranges_of(before.year).keys(), figures)
        shown = list(shown_in(figures))
        places = Counter(one.key for one in shown)
        magnitudes = {one.key for one in shown if one.is_magnitude}
        found = related(figures)
        self._add_counts(figures, found, places, magnitudes)
        self.hours[figures.year] = self._hidden_hours(found, places, magnitudes, behind)
        self._seen.append(undated(found, figures.year))
        self.figures.append(figures)
        self.published.append(masked(figures, self.ranges_of(figures.year)))

    def add_beside(self, figures: Statistics, found: Related) -> None:
        """Add the counts that are published beside those of a year, and what ties them; none."""

    def ranges_of(self, year: int) -> dict[Key, Range]:
        """The figures of a year that are not published exactly, with what is said of them."""
        ranges = self.counts.ranges
        counts = {
            key: ranges[at] for (one, key), at in self.index.items() if one == year and at in ranges
        }
        return counts | dict.fromkeys(self.hours[year], NOTHING)

    def _add_counts(
        self,
        figures: Statistics,
        found: Related,
        places: Mapping[Key, int],
        magnitudes: set[Key],
    ) -> None:
        for key, value in found.values.items():
            if key not in magnitudes:
                self.index[figures.year, key] = len(self.counts.cells)
                self.counts.cells.append(self.count(figures.year, key, value, places.get(key, 0)))
        granted = taken_for_granted(found, figures.year, self._seen, self.threshold)
        for relation in (*found.relations, *granted):
            if not magnitudes & set(relation):
                named = {(figures.year, key): factor for key, factor in relation.items()}
                self.counts.relate({self.index[name]: factor for name, factor in named.items()})
        for flow in self._flows(figures):
            self.counts.relate({self.index[n]: f for n, f in flow.items() if n in self.index})
        self.add_beside(figures, found)
        self.least[figures.year] = hide(self.counts, figures.year)

    def _flows(self, figures: Statistics) -> Sequence[Mapping[tuple[int, Key], int]]:
        if not self.figures or self.figures[-1].year != figures.year - 1:
            return ()
        return between_years(self.figures[-1], figures)

    def count(self, year: int, key: Key, value: float, places: int) -> Cell:
        """The cell of a count."""
        most = max(self.threshold - 1, 2)
        return Cell(
            value=value,
            places=places,
            year=year,
            small=places > 0 and 0 < value < self.threshold,
            least=1,
            most=most,
            width=most - 1,
            cost=cost_of(key, places, value),
            classes=classes_of(value, most),
            whole=self.index.get((year, WHOLES[key])) if key in WHOLES else None,
        )

    def _hidden_hours(
        self,
        found: Related,
        places: Mapping[Key, int],
        magnitudes: set[Key],
        behind: Mapping[Key, int],
    ) -> set[Key]:
        """The sums that few people make up, and others so that these cannot be found."""
        ledger, keys = Ledger(whole=False), sorted(magnitudes)
        for key in keys:
            value = found.values[key]
            people = behind.get(key, 1 if value else 0)  # few, where it is not known
            small = 0 < people < self.threshold
            cost = cost_of(key, places[key], value)
            width = value if small else 0
            ledger.cells.append(
                Cell(value, places[key], 0, small, value / 2, value * 3 / 2, width, cost)
            )
        at = {key: index for index, key in enumerate(keys)}
        for relation in found.relations:
            if magnitudes & set(relation):
                ledger.relate({at[key]: factor for key, factor in relation.items()})
        hide(ledger, 0)
        return {keys[index] for index in ledger.hidden}
