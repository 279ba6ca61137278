"""What people type, as a table: what the reading makes of it is what a colleague understands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.method.corpus import BLIND, FRESH, HERE, KNOWN, Case, Outcome, cases, outcomes

#: Lines of the blind corpus on which the grammar and its author differ, each with why.
DIFFERENCES = HERE / "corpus_differences.csv"
SMALLEST, SHARE = 1500, 0.9


def differing(wanted: list[Case]) -> dict[Case, Outcome]:
    return {case: made for case, made in outcomes(wanted) if not made.is_what(case.meaning)}


def accepted() -> dict[tuple[str, str, str], str]:
    with DIFFERENCES.open(encoding="utf-8", newline="") as stream:
        return {(line[0], line[1], line[2]): line[3] for line in list(csv.reader(stream))[1:]}


@pytest.mark.slow
@pytest.mark.parametrize("corpus", [KNOWN, FRESH], ids=lambda path: path.stem)
def test_every_value_of_a_known_corpus_is_understood_or_said(corpus: Path) -> None:
    wrong = {
        (case.value, case.column, case.row_date): (case.meaning, made)
        for case, made in differing(cases(corpus)).items()
    }
    assert wrong == {}


@pytest.mark.slow
def test_the_blind_corpus_agrees_except_where_a_reason_is_given() -> None:
    found = {(case.value, case.column, case.row_date) for case in differing(cases(BLIND))}
    assert found == set(accepted())
    assert len(found) < (1 - SHARE) * len(cases(BLIND))


def test_the_corpora_are_large_and_have_no_line_twice() -> None:
    known = [*cases(KNOWN), *cases(FRESH)]
    assert len(known) + len(cases(BLIND)) >= SMALLEST
    keys = [(case.value, case.column, case.row_date) for case in known]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("why", sorted(set(accepted().values())))
def test_reasons_are_written(why: str) -> None:
    assert len(why) > 10
