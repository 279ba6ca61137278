"""The sheet of the findings: order, places, counts."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from cedre_xlsx.reports.control_sheet import control_sheet, empty_control_sheet
from cedre_xlsx.schema.findings import Finding, Place, Severity, Waiver
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.generated import GeneratedSheet, Link

ON = date(2026, 5, 12)


def finding(
    code: str, severity: Severity, person: str = "", cell: str = "C5", **cells: object
) -> Finding:
    place = cells.pop("place", Place("Suivi", 5, "Actions", cell))
    values = {"name": code, "message": f"{code} !", "help": "Corriger.", "key": "", **cells}
    return Finding(code=code, severity=severity, place=place, person=person, **values)  # type: ignore[arg-type]


def made(*findings: Finding) -> GeneratedSheet:
    return control_sheet(Records(), findings, ON, workbook="essai.xlsx", version="1")


def test_the_gravest_first_and_what_was_accepted_last() -> None:
    sheet = made(
        finding("ENG01", Severity.ERROR, "Zoé", waived=Waiver("accord")),
        finding("SUI05", Severity.INFO, "Ali"),
        finding("SUI03", Severity.WARNING, "Zoé"),
        finding("SUI03", Severity.WARNING, "Ali"),
        finding("LEC03", Severity.ERROR, "Zoé"),
    )
    assert [(row.values[0], row.values[1], row.values[2], row.style) for row in sheet.rows] == [
        ("LEC03", "Erreur", "Zoé", "error"),
        ("SUI03", "Avertissement", "Ali", "warning"),
        ("SUI03", "Avertissement", "Zoé", "warning"),
        ("SUI05", "Info", "Ali", "info"),
        ("ENG01", "Erreur", "Zoé", "waived"),
    ]


PLACES: dict[str, tuple[Place, object]] = {
    "a cell": (Place("Suivi", 7, "Dates", "B7"), Link("B7", "Suivi", "B7")),
    "a row": (Place("Suivi", 7), Link("ligne 7", "Suivi", "A7")),
    "a sheet": (Place("Suivi"), None),
}


@pytest.mark.parametrize("case", PLACES)
def test_the_cell_is_a_link(case: str) -> None:
    place, expected = PLACES[case]
    assert made(finding("LEC03", Severity.ERROR, place=place)).rows[0].values[4] == expected


def test_since_when_it_is_seen() -> None:
    seen = date(2026, 3, 1)
    rows = made(
        finding("LEC03", Severity.ERROR, "A"), finding("LEC03", Severity.ERROR, "B", since=seen)
    ).rows
    assert [row.values[7] for row in rows] == [ON, seen]


def test_the_sheet_counts_what_it_shows() -> None:
    sheet = made(
        finding("LEC03", Severity.ERROR),
        finding("SUI03", Severity.WARNING, "Ali"),
        finding("SUI03", Severity.WARNING, "Zoé"),
        finding("ENG01", Severity.WARNING, "Zoé", waived=Waiver("accord")),
    )
    drawn = Workbook().active
    assert drawn is not None
    sheet.draw(drawn, sheet.last_row)
    assert drawn["A4"].value == "1 erreur, 2 avertissements, 1 constat accepté"
    headings = [cell.value for cell in drawn[sheet.first_row - 1]]
    assert headings == [column.header for column in CONTROL.columns.values()]


def test_twins_have_each_their_key() -> None:
    keys = [row.values[-1] for row in made(*[finding("SUI03", Severity.WARNING)] * 3).rows]
    assert len(set(keys)) == 3


def test_a_new_workbook_has_the_same_sheet_without_rows() -> None:
    assert empty_control_sheet().rows == []
