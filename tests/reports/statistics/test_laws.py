"""What holds of the figures of any association."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.vocabulary import (
    StructureKind,
    Title,
)
from cedre_xlsx.reports.statistics import (
    Statistics,
    compute,
)
from tests.reports.statistics.test_oracle import ON as LATER
from tests.reports.statistics.test_oracle import association
from tests.rules.rule_cases import (
    person,
)

YEARS = st.integers(2023, 2026)
SEEDS = st.integers(0, 10_000)


def value(counted: Statistics, identifier: str) -> float:
    found = counted.indicator(identifier).value
    assert found is not None
    return found


@settings(deadline=None, max_examples=10)
@given(SEEDS, YEARS, st.sampled_from([None, *StructureKind]))
def test_parts_make_up_wholes_and_rates_are_shares(
    seed: int, year: int, kind: StructureKind | None
) -> None:
    counted = compute(association(seed, 20, kind), year, on=LATER)
    assume(not counted.is_silent)
    assert_parts_make_up_wholes(counted)
    assert_rates_are_shares(counted)


def assert_parts_make_up_wholes(counted: Statistics) -> None:
    tables = {name: rows for name, rows in counted.tables.items() if rows}
    for family in ("engagements_signed", "engagements_reviewed"):
        parts = [one.value or 0 for one in counted.indicators if one.id.startswith(f"{family}.")]
        assert sum(parts) == value(counted, family)
    statuses = ("to_propose", "under_way", "done", "dropped", "no_status")
    assert sum(value(counted, f"actions.{one}") for one in statuses) == value(counted, "actions")
    exits = tables["exits"]
    assert sum(int(row.cells["Sorties"] or 0) for row in exits[:-1]) == value(counted, "exits")
    assert exits[-1].cells["Comptées"] == value(counted, "exits_countable")
    months = tables["months"][-1].cells
    for column, identifier in (
        ("Entrées", "entries"),
        ("Sorties", "exits"),
        ("Engagements conclus", "engagements_signed"),
        ("Engagements évalués", "engagements_reviewed"),
        ("Actions", "actions"),
    ):
        assert months[column] == value(counted, identifier)
    assert months["Heures de mission"] == pytest.approx(value(counted, "mission_hours"), abs=0.01)
    for name in ("Civilité", "Commune", "advisors"):
        if name in tables:
            assert tables[name][-1].cells["Personnes"] == value(counted, "active")
    for rows in tables.values():
        assert all(row.headings == rows[0].headings for row in rows)
    if "advisors" in tables:
        assert tables["advisors"][-1].cells["Minutes"] == value(counted, "minutes")


def assert_rates_are_shares(counted: Statistics) -> None:
    for one in counted.indicators:
        assert (one.unknown or 0) >= 0
        if one.numerator is not None and one.denominator is not None:
            assert one.value == (one.numerator / one.denominator if one.denominator else None)
        if one.id.endswith("_rate") and one.value is not None:
            assert 0 <= one.value <= 1
    assert value(counted, "exits_countable") <= value(counted, "exits")
    assert value(counted, "engagements_with_signature") <= value(counted, "engagements_signed")


@pytest.mark.slow
@settings(deadline=None, max_examples=5)
@given(SEEDS, YEARS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_count(seed: int, year: int, chance: Any) -> None:
    records = association(seed, 20)
    tables = {}
    for name in ("people", "follow_ups", "missions"):
        rows = list(getattr(records, name).rows)
        chance.shuffle(rows)
        tables[name] = replace(getattr(records, name), rows=tuple(rows))
    shuffled = replace(records, **tables)
    before, after = (compute(one, year, on=LATER) for one in (records, shuffled))
    assert [one.id for one in before.indicators] == [one.id for one in after.indicators]
    assert [one.value for one in before.indicators] == pytest.approx(
        [one.value for one in after.indicators], nan_ok=True
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=5)
@given(SEEDS, YEARS)
def test_someone_more_without_any_line_changes_only_the_people(seed: int, year: int) -> None:
    records = association(seed, 20)
    stranger = person("Nouvelle Personne", registered=date(year, 1, 2), title=Title.MRS)
    people = replace(records.people, rows=(*records.people.rows, stranger))
    before = compute(records, year, on=LATER)
    assume(not before.is_silent)
    after = compute(replace(records, people=people), year, on=LATER)
    changed = {
        one.id: (one.value or 0) - (two.value or 0)
        for one, two in zip(after.indicators, before.indicators, strict=True)
        if one != two
    }
    assert changed.pop("active") == changed.pop("entries") == 1
    for one in ("active_per_support", "active_per_supervision"):
        assert changed.pop(one) >= 0  # of some years alone the staff is told
    assert changed.pop("first_proposal_days_median") == 0  # one unknown more
    assert changed.pop("first_mission_days_median") == 0
    assert changed.pop("first_proposal_on_time_rate", 0) <= 0  # late, without a proposal
    assert changed == {}
