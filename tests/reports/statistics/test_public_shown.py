"""How much a publication tells, and that new figures are protected without further declaration."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cedre_xlsx.api import workbook_bytes
from cedre_xlsx.api.opening import opened_to_count
from cedre_xlsx.demonstration.association import association as demonstration
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.reports.statistics.public.figures import Key, shown_in
from cedre_xlsx.reports.statistics.public.practical import taken_for_granted, undated
from cedre_xlsx.reports.statistics.public.relations import Related, related
from cedre_xlsx.reports.statistics.public.sensitive import without_names
from cedre_xlsx.reports.statistics.public.series import Series, series_up_to
from cedre_xlsx.schema.records import Records
from tests.reports.statistics.test_oracle import ON, association

YEARS = (2024, 2025, 2026)
HEADLINES = (
    "active", "entries", "exits", "dynamic_exit_rate", "durable_exit_rate", "engagements_signed"
)  # fmt: skip
#: When small numbers and what gave them back were just hidden, in the mean of thirty such
#: associations: how many numbers other than zero were published, and how many of the headlines.
ONCE_TOLD, ONCE_HEADLINES = 1173 / 30, 71 / 30
SEEDS = range(1, 9)


def told_of(series: Series) -> Counter[str]:
    """What the last year's publication tells, each number once: exactly, by a class, or not."""
    figures, published = series.figures[-1], series.published[-1]
    ranges = series.ranges_of(figures.year)
    values = {
        one.key: one.value
        for one in shown_in(figures)
        if one.value and (one.place.row is None or one.place.holder in published.tables)
    }
    found: Counter[str] = Counter()
    for key in values:
        most = ranges.get(key, (0.0, 0.0))[1]
        found["nothing" if most == inf else "class" if key in ranges else "exact"] += 1
    for name in HEADLINES:
        if figures.indicator(name).value is not None:
            exact = published.indicator(name).value is not None
            found["headlines"] += 1
            found["headlines exact"] += exact
            found["headlines told"] += exact or (name, None, "value") in published.classes
    cells = series.counts.cells
    optional = (
        n for (year, _), n in series.index.items() if year == figures.year and not cells[n].small
    )
    cost = sum(cells[n].cost for n in optional if n in series.counts.ranges)
    found["proved best"] += cost == pytest.approx(series.least[figures.year])
    return found


@pytest.mark.slow
def test_associations_publish_twice_as_much() -> None:
    """12, 48 or 120 people, their second year; no choice of what to hide costs less."""
    told: Counter[str] = Counter()
    for seed in SEEDS:
        people = (12, 48, 120)[seed % 3]
        told += told_of(series_up_to(association(seed, people), 2024, on=ON))
    assert told["exact"] + told["class"] >= 2 * ONCE_TOLD * len(SEEDS)
    assert told["headlines exact"] > ONCE_HEADLINES * len(SEEDS)
    assert told["headlines told"] >= 0.8 * told["headlines"]  # few exits: nothing of their rates
    assert told["nothing"] <= 0.05 * told["class"]
    assert told["proved best"] == len(SEEDS)


# Figures that are the same without being said to be.


def generated(_: Path) -> list[Records]:
    """Associations made at random, of several kinds."""
    kinds = (StructureKind.AI, StructureKind.ACI, None)
    return [association(60 + n, (30, 90)[n % 2], kinds[n % 3]) for n in range(4)]


def invented(folder: Path) -> list[Records]:
    """The association of the example on several days: its years go as they mostly do."""
    found: list[Records] = []
    for day in (date(2025, 11, 20), date(2026, 3, 15), ON):
        path = folder / f"{day}.xlsx"
        path.write_bytes(workbook_bytes(demonstration(day).filling))
        found.append(opened_to_count(path, day).records)
    return found


def years_of(all_records: list[Records]) -> list[tuple[int, Related]]:
    """Their figures of three years each, with what ties them by definition."""
    told = [one for records in all_records for one in compute_years(records, YEARS, on=ON)]
    return [(one.year, related(without_names(one))) for one in told]


def always_equal(
    years: list[tuple[int, Related]], different: int, least: int
) -> Iterator[tuple[Key, Key]]:
    """Figures that are equal in all of the years, with so many different numbers from `least` on.

    A month is the same one in every year.
    """
    named = [undated(found, year) for year, found in years]
    alike: defaultdict[tuple[float, ...], list[Key]] = defaultdict(list)
    for key in named[0]:
        if key[0] != "remainder" and all(key in values for values in named):
            alike[tuple(values[key] for values in named)].append(key)
    for numbers, keys in alike.items():
        if len({number for number in numbers if number >= least}) >= different:
            yield from ((keys[0], other) for other in keys[1:])


def unknown_in(year: int, found: Related, pairs: Sequence[tuple[Key, Key]]) -> list[Any]:
    """The pairs that do not follow from what is known in a first year, with nothing before it."""
    at = {key: n for n, key in enumerate(undated(found, year))}
    dated = dict(zip(found.values, at.values(), strict=True))
    known = [*found.relations, *taken_for_granted(found, year, [], 5)]
    matrix, wanted = np.zeros((len(at), len(known))), np.zeros((len(at), len(pairs)))
    for n, relation in enumerate(known):
        for key, factor in relation.items():
            matrix[dated[key], n] = factor
    for n, (one, other) in enumerate(pairs):
        wanted[at[one], n], wanted[at[other], n] = 1, -1
    answer = np.linalg.lstsq(matrix, wanted, rcond=None)[0]
    missed = np.abs(matrix @ answer - wanted).max(axis=0)
    return [pair for pair, by in zip(pairs, missed, strict=True) if by > 1e-6]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "different", "least"), [(generated, 4, 1), (invented, 4, 3)], ids=["random", "example"]
)
def test_figures_that_are_always_equal_are_known_to_be(
    made: Callable[[Path], list[Records]], different: int, least: int, tmp_path: Path
) -> None:
    """All figures are compared: whoever adds one that repeats another ties them, or adds a TWIN."""
    years = years_of(made(tmp_path))
    pairs = list(always_equal(years, different, least))
    assert pairs, "the twins that are known are among them"
    some = years[:: len(YEARS) + 1]
    assert {pair for one in some for pair in unknown_in(*one, pairs)} == set()
