"""Whatever the rows hold, the rules answer: no crash, distinct findings, the same twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.near_names import near_pairs
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Achieved, EngagementForm, ExitCategory, Nature, Status
from cedre_xlsx.rules import run
from cedre_xlsx.schema.settings import Settings
from tests.rules.rule_cases import ON, action, barrier, engagement, mission, person, workbook

DAYS = st.none() | st.dates() | st.dates(date(2025, 1, 1), date(2026, 12, 31))
NAMES = st.sampled_from(["Martin Paul", "martin  PAUL", "Marttin Paul", "Petit Eva", "", "*", "ζ"])
TEXTS = st.sampled_from(["", " ", "=1+1", "a\0b", "2 55 08 14 168 025 38", "prison"]) | st.text()
NUMBERS = st.none() | st.floats(-1e6, 1e12, allow_nan=False)
DEADLINES = st.none() | st.builds(Deadline, TEXTS, DAYS, DAYS, st.integers(0, 9), st.booleans())
CODES = st.sampled_from([None, "CP", "D", "VP", "XX"])
REFERENCES = st.sampled_from(["", "D-2026-001", "d-2026-1", "CP-2026-001", "-", "x" * 300])
DATED = st.none() | st.builds(DatedText, TEXTS, DAYS, TEXTS)


def one_of(values: type[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(list(values))


def rows(build: Any, **cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(cells).map(lambda chosen: build(**chosen))


ROWS = st.lists(
    st.one_of(
        rows(
            person, name=NAMES, interview=DAYS, registered=DAYS, exited=DAYS, paused_until=DAYS,
            contract_end=DAYS, request=TEXTS, exit_reason=TEXTS,
            exit_category=one_of(ExitCategory), birth_year=st.none() | st.integers(0, 9999),
        ),
        rows(
            action, who=NAMES, dated=DATED, action=TEXTS, objective=TEXTS, engagement=CODES,
            deadline=DEADLINES, status=one_of(Status), outcome=TEXTS, reference=REFERENCES,
            minutes=st.none() | st.integers(-9, 10**9), collective=st.none() | st.booleans(),
        ),
        rows(
            engagement, who=NAMES, reference=REFERENCES, agreed=DAYS, type=CODES, object=TEXTS,
            deadline=DEADLINES, review_planned=DEADLINES, reviewed=DAYS,
            form=one_of(EngagementForm),
            achieved=one_of(Achieved), follow_up=st.none() | st.booleans(), next_type=CODES,
        ),
        rows(
            mission, who=NAMES, start=DAYS, end=DAYS, hours=NUMBERS, weekly_hours=NUMBERS,
            client=TEXTS, rome=TEXTS, nature=one_of(Nature),
        ),
        rows(barrier, who=NAMES, barrier=TEXTS, remarks=TEXTS),
    ),
    max_size=12,
)  # fmt: skip
SETTINGS = st.builds(
    Settings,
    proposal_days=st.integers(-1, 10**12),
    soon_days=st.integers(-1, 10**12),
    retention_months=st.integers(0, 10**9),
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, SETTINGS, st.sampled_from([ON, date.min, date.max]))
def test_any_rows_are_checked(given_rows: list[Any], chosen: Settings, on: date) -> None:
    records = workbook([*given_rows, chosen])
    found = run(records, (), on=on)
    assert len({finding.identity for finding in found}) == len(found)
    assert run(records, (), on=on) == found
    assert all(finding.message and finding.help and finding.place.sheet for finding in found)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.randoms())
def test_sorting_a_sheet_changes_no_identity(given_rows: list[Any], random: Any) -> None:
    """But for the rules that choose one line of several: the first, the last, the second."""
    choose = {"PER01", "PER02", "PER11", "SUI13", "SUI16", "ENG03", "ENG17", "ENG19", "MIS03",
              "MIS04"}  # fmt: skip
    shuffled = list(given_rows)
    random.shuffle(shuffled)

    def identities(mine: list[Any]) -> set[tuple[str, str, str]]:
        found = run(workbook(mine), (), on=ON)
        return {finding.identity for finding in found if finding.code not in choose}

    people = [row for row in given_rows if hasattr(row, "exited")]
    others = [row for row in given_rows if not hasattr(row, "exited")]
    moved = [row for row in shuffled if not hasattr(row, "exited")]
    assert identities(people + others) == identities(people + moved)


def test_near_names_are_not_compared_each_with_each() -> None:
    """A thousand people of one family, one slip apart from two others only."""
    letters = "bcdfghjklmnpqrstvwxz"
    names = [f"Durand {a}a{b}o{c}i" for a in letters for b in letters[:10] for c in letters[:10]]
    assert len(names) == 2000
    pairs = list(near_pairs(names))
    assert 0 < len(pairs) < 40 * len(names)


@pytest.mark.slow
def test_a_person_with_many_missions_takes_no_longer_than_many_persons() -> None:
    start = date(2024, 1, 1)
    many = [
        mission(start=start + timedelta(days=n % 700), end=None, hours=None, weekly_hours=0.01,
                client=f"Client {n}")
        for n in range(1500)
    ]  # fmt: skip
    assert [f.code for f in run(workbook([person(), *many]), (), on=ON) if f.code == "MIS04"] == []
