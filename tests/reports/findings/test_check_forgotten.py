"""Justifications that accept nothing any more: counted, with their place, as the filters say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from cedre_xlsx.cli.findings_text import Shown, render_reports
from cedre_xlsx.reports.findings.json_object import json_object
from cedre_xlsx.reports.findings.page import html_report
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.reports.findings.table import csv_report
from tests.hands import typed
from tests.small_association import LATER, refreshed_workbook
from tests.support import few


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three justifications of findings that are not there, below the lines of Contrôle."""
    path = tmp_path_factory.mktemp("forgotten") / "suivi.xlsx"
    rows = [("SUI03", "Dupont Lise", "vu"), ("SUI03", "Martin Paul", "vu"), ("ENG08", "", "accord")]
    cells = {
        f"{column}{number}": text
        for number, (code, person, reason) in enumerate(rows, 300)
        for column, text in zip("ACDI", (code, person, "Suivi", reason), strict=True)
    }
    path.write_bytes(typed(refreshed_workbook(), "Contrôle", cells))
    return path


#: The filters, and what is said.
CASES: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "3 justifications n'acceptent plus aucun constat : feuille Contrôle, à partir de la ligne "
     "300."),
    ({"select": ["ENG"]}, "1 justification n'accepte plus aucun constat : feuille Contrôle, ligne "
     "302."),
    ({"select": ["MIS"]}, ""),
    ({"ignore": ["SUI", "ENG"]}, ""),
    ({"severity": "error"}, ""),
)  # fmt: skip


def report(path: Path, on: date = LATER, **filters: Any) -> Report:
    return api.check(path, on=on, **filters)


@pytest.mark.parametrize(("filters", "expected"), few(CASES))
def test_they_are_counted_as_the_filters_say(
    workbook: Path, filters: dict[str, Any], expected: str
) -> None:
    assert report(workbook, **filters).forgotten.sentence == expected


def test_each_output_says_it_once(workbook: Path) -> None:
    made = report(workbook)
    said = made.forgotten.sentence
    text = render_reports([Shown(made, "suivi.xlsx")], colour=False)
    counts = render_reports([Shown(made, "suivi.xlsx")], statistics=True, colour=False)
    for output in (text, counts):
        assert " ".join(output.split()).count(said) == 1
        assert "Dupont Lise : vu" not in output
    assert html_report([made]).count("n&#x27;acceptent plus aucun constat") == 1
    assert csv_report([made]).splitlines()[0].count(said) == 1
    assert json_object(made)["forgotten"] == [
        "SUI03 Dupont Lise : vu", "SUI03 Martin Paul : vu", "ENG08 Suivi : accord",
    ]  # fmt: skip
    assert json.dumps(json_object(report(workbook, select=["MIS"]))["forgotten"]) == "[]"
