"""The median of several structures' cases: exact from exact bins, else bounds that hold it."""

from __future__ import annotations

from collections import Counter
from statistics import median

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cedre_xlsx.federation.amounts import bounds
from cedre_xlsx.federation.medians import Cases
from cedre_xlsx.federation.model import HIDDEN, Between, Bin
from cedre_xlsx.federation.protected_bins import DAYS, WEEKS, Known, protected_bins

NUMBERS = st.lists(st.integers(0, 400), max_size=30)
STRUCTURES = st.lists(NUMBERS, min_size=1, max_size=5)


def exact(days: list[int]) -> tuple[Bin, ...]:
    return tuple(Bin(least=n, most=n, count=c) for n, c in sorted(Counter(days).items()))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STRUCTURES)
def test_the_median_of_exact_bins_is_that_of_all_cases(structures: list[list[int]]) -> None:
    cases = Cases()
    for days in structures:
        cases.add(exact(days), len(days), median(days) if days else None)
    every = [one for days in structures for one in days]
    assert cases.median == (median(every) if every else None)
    assert cases.known == cases.median


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STRUCTURES, st.integers(3, 11), st.booleans(), st.booleans())
def test_the_median_of_protected_bins_is_within_what_is_said(
    structures: list[list[int]], threshold: int, is_told: bool, weeks: bool
) -> None:
    cases = Cases()
    for days in structures:
        if len(days) < threshold:  # their number is a small one
            said = HIDDEN if is_told else Between(least=0, most=threshold - 1)
            cases.add(None, said if days else 0, None)
            continue
        bins = protected_bins(Counter(days), threshold, (), WEEKS if weeks else DAYS)
        assert sum(one.count for one in bins) == len(days)
        assert all(one.count >= threshold for one in bins)
        cases.add(bins, len(days), median(days) if is_told else None)
    every = [one for days in structures for one in days]
    if every:
        least, most = bounds(cases.median)
        assert least <= median(every)
        assert most is None or median(every) <= most


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    NUMBERS,
    st.just(0) | st.integers(3, 11),
    st.integers(0, 400),
    st.integers(0, 8),
    st.integers(0, 8),
)
@example([3, 9, 12], 0, 400, 2, 0)  # the last day told is within a sum that is not
def test_bins_tell_no_more_of_a_sum_than_is_published(
    days: list[int], threshold: int, limit: int, under: int, over: int
) -> None:
    """A reader adds the bins up to a delay: what comes of it holds all that is published; with the
    days one by one (a threshold of 0) too.
    """
    within = sum(one <= limit for one in days)
    known = Known(limit, within - under, within + over)
    bins = protected_bins(Counter(days), threshold, (known,), DAYS)
    least = sum(one.count for one in bins if one.most is not None and one.most <= limit)
    most = sum(one.count for one in bins if one.least <= limit)
    assert least <= max(known.least, 0)
    assert most >= min(known.most, len(days))
    assert sum(one.count for one in bins) == len(days)


def test_the_bounds_of_bins_are_those_of_one_scale() -> None:
    days = Counter({3: 2, 8: 4, 17: 5, 340: 1})
    bins = protected_bins(days, 5, (), DAYS)
    assert [(one.least, one.most, one.count) for one in bins] == [(0, 13, 6), (14, None, 6)]


@pytest.mark.parametrize(
    ("tuesday", "told"),
    [
        (0, [(8, 8, 5), (10, 10, 6), (14, None, 5)]),
        (4, [(7, 13, 15), (14, None, 5)]),
        (5, [(8, 8, 5), (9, 9, 5), (10, 10, 6), (14, None, 5)]),
    ],
)
def test_a_week_is_told_by_its_days_where_none_is_small(
    tuesday: int, told: list[tuple[int, int | None, int]]
) -> None:
    days = Counter({2: 5, 8: 5, 9: tuesday, 10: 6, 30: 5})
    bins = protected_bins(days, 5, (), DAYS)
    first, *others = [(one.least, one.most, one.count) for one in bins]
    assert first == (2, 2, 5)
    assert others == told


def test_a_structure_s_own_median_says_more_than_its_bins() -> None:
    """Five cases whose median is 10, and no bin: three are 10 at most, three 10 at least."""
    cases = Cases()
    cases.add(None, 5, 10.0)
    assert cases.median == 10
    assert cases.known == 10
