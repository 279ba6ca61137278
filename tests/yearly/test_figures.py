"""The new year's workbook counts its year as the old one would have, had it gone on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.reports.statistics import compute
from cedre_xlsx.rules import run
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.yearly.carried import Carried, what_is_carried
from tests.reports.statistics.test_oracle import ON, association

YEAR = ON.year
FIRST = date(YEAR, 1, 1)
#: Findings that bring several lines together, of which others stay behind; said in
#: docs/nouvelle-annee.md.
TOGETHER = {"PER02", "PER10", "SUI13", "SUI16", "ENG03", "ENG19", "MIS03", "MIS04", "DCP05"}
TABLES = ("people", "follow_ups", "engagements", "missions", "barriers")


def with_rows(records: Records, rows: Mapping[str, Sequence[Any]]) -> Records:
    tables = {name: replace(getattr(records, name), rows=tuple(rows[name])) for name in TABLES}
    return replace(records, **tables)


def numbered(records: Records) -> Records:
    """The same, each line with a number of its own, as in a file."""
    return with_rows(
        records,
        {
            name: [
                row.model_copy(update={"row": number})
                for number, row in enumerate(getattr(records, name).rows, 5)
            ]
            for name in TABLES
        },
    )


def began(row: Any) -> date | None:
    """The day from which a line is in a workbook; None where it has no date."""
    if hasattr(row, "day"):
        return row.day  # type: ignore[no-any-return]
    for name in ("agreed", "start", "identified", "registered"):
        if hasattr(row, name):
            return getattr(row, name)  # type: ignore[no-any-return]
    return None


def on_the_eve(row: Any) -> Any | None:
    """A line as it was on 31 December; None for one that was not there."""
    day = began(row)
    if day is not None and day >= FIRST:
        return None
    later = {
        name: None
        for name in ("exited", "reviewed", "lifted")
        if getattr(row, name, None) is not None and getattr(row, name) >= FIRST
    }
    if "exited" in later:
        later |= {"exit_category": None, "exit_reason": ""}
    return row.model_copy(update=later)


def eve(records: Records) -> Records:
    rows = {
        name: [one for row in getattr(records, name).rows if (one := on_the_eve(row)) is not None]
        for name in TABLES
    }
    return with_rows(records, rows)


def without_exceptions(records: Records) -> Records:
    """Without what docs/nouvelle-annee.md excepts: of people gone, lines without a date, and
    freins that were not lifted.
    """
    gone = {
        name
        for name, person in records.persons.items()
        if not any(
            (row.exited is None or row.exited >= FIRST) and (began(row) or date.min) < FIRST
            for row in person.pathways
        )
    }
    rows = {
        name: [
            row
            for row in getattr(records, name).rows
            if name == "people"
            or row.person not in gone
            or ((began(row) or date.max) < FIRST and name != "barriers")
            or (began(row) or date.min) >= FIRST
        ]
        for name in TABLES
    }
    return with_rows(records, rows)


def gone_on(old: Records) -> tuple[Records, Records, Carried]:
    """The old workbook gone on, and the new one, both with the lines of the year; and what was
    carried.
    """
    carried = what_is_carried(eve(old), YEAR)
    rows = {}
    for name in TABLES:
        table: Table[Any] = getattr(old, name)
        mine = carried.rows[table.spec.table]
        rows[name] = [row for row in table.rows if row.row in mine or on_the_eve(row) is None]
    return old, with_rows(old, rows), carried


def judge_figures(seed: int, kind: StructureKind | None) -> None:
    old, new, _ = gone_on(without_exceptions(numbered(association(seed, 40, kind))))
    was, now = compute(old, YEAR, on=ON), compute(new, YEAR, on=ON)
    assert [*now.indicators] == [*was.indicators]
    for name, rows in was.tables.items():
        assert now.tables[name] == rows, name


def judge_findings(seed: int, kind: StructureKind | None) -> None:
    old, new, carried = gone_on(without_exceptions(numbered(association(seed, 40, kind))))
    day = date(YEAR, 1, 15)
    rows = {(getattr(old, n).sheet, row) for n in TABLES for row in carried.rows[
        getattr(old, n).spec.table]}  # fmt: skip

    def told(records: Records) -> set[tuple[str, str, int]]:
        found = run(eve(records), (), on=day)
        return {
            (one.code, one.place.sheet, one.place.row)
            for one in found
            if (one.place.sheet, one.place.row) in rows and one.code not in TOGETHER
        }

    assert told(new) == told(old)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [StructureKind.AI, StructureKind.ACI, None])
def test_the_figures_of_the_year_are_those_of_the_old_workbook(kind: StructureKind | None) -> None:
    judge_figures(7, kind)


@pytest.mark.parametrize("kind", [StructureKind.AI, StructureKind.ACI])
def test_the_findings_on_carried_lines_are_those_of_the_old_workbook(kind: StructureKind) -> None:
    judge_findings(7, kind)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from([*StructureKind, None]))
def test_whatever_the_association(seed: int, kind: StructureKind | None) -> None:
    judge_figures(seed, kind)
    judge_findings(seed, kind)
