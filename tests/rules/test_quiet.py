"""Quiet on good data: generated associations, and a month typed by hand in ten styles."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding
from tests.rules import month_by_hand as month
from tests.rules.quiet import false_among, found_in
from tests.rules.rule_cases import assert_told
from tests.support import few, read_rows

FIRST_ROW = 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", few(range(1001, 1009), 2))
def test_a_generated_association_has_no_false_finding(seed: int) -> None:
    assert [(one.code, one.message) for one in false_among(found_in(seed))] == []


LINES = [(style, line) for style, lines in month.STYLES.items() for line in lines]


@cache
def found() -> dict[tuple[str, int | None], list[Finding]]:
    """The findings of the whole month, in one workbook, by sheet and row."""
    made = read_rows(
        month.ON,
        tPersonnes=month.PEOPLE,
        tSuivi=[line.cells() for _, line in LINES],
        tEngagements=month.ENGAGEMENTS,
        tAccompagnateurs=[{"Accompagnateur": name} for name in month.ADVISORS],
    )
    rows = defaultdict(list)
    for one in run(made.records, made.problems, on=month.ON):
        rows[one.place.sheet, one.place.row].append(one)
    return rows


def test_ten_styles_of_one_month() -> None:
    assert len(month.STYLES) == 10
    assert len(LINES) >= 60
    assert all(line.why for _, line in LINES if line.deserves)


@pytest.mark.parametrize("rank", range(len(LINES)), ids=lambda rank: str(rank + FIRST_ROW))
def test_each_line_has_the_findings_it_deserves(rank: int) -> None:
    _, line = LINES[rank]
    said = found().get(("Suivi", rank + FIRST_ROW), [])
    codes = {one.code for one in said}
    assert (codes, line.why) == (set(line.deserves.split()), line.why)
    assert_told(said)


def test_nothing_is_said_of_the_people_and_their_engagements() -> None:
    others = [one for (sheet, _), said in found().items() if sheet != "Suivi" for one in said]
    assert [(one.code, one.place.sheet, one.message) for one in others] == []
