"""The workbook of a consolidation: what stands where, for antennas and for a network."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook

from cedre_xlsx.federation.antenna import antenna_of
from cedre_xlsx.federation.antennas import of_antennas
from cedre_xlsx.federation.consolidation import (
    Consolidation,
    ConsolidationSort,
    Failure,
    NetworkStanding,
    SourceFile,
)
from cedre_xlsx.federation.sheets import consolidated_workbook
from cedre_xlsx.federation.sheets.page import LABEL, NARROW, Page, ToldOrigin, over_all
from cedre_xlsx.reports.layout import FIRST_ROW, Heading
from cedre_xlsx.workbook.generated import SheetRow
from tests.rules.rule_cases import ON, action, left, person, workbook
from tests.support import values_of

HOSTILE = "=HYPERLINK(1)\x07"
SHOWN = "=HYPERLINK(1)"
LEA = {"last_name": "Petit", "first_name": "Léa", "birth_year": 1990}


@cache
def two_antennas() -> Consolidation:
    """One person in both, another in the second, whose name a spreadsheet would compute."""
    rows = [
        [left(**LEA), action("Petit Léa", minutes=90)],
        [person(**LEA), person("Roux Ana")],
    ]
    return of_antennas(
        [
            (SourceFile(name, f"{name}.xlsx", ON, "12", 3, {"LEC05": 2}),
             antenna_of(workbook(own), (2026,), on=ON))
            for name, own in zip(("Ambert", HOSTILE), rows, strict=True)
        ],
        title="Association Essai",
        on=ON,
        version="1",
        failures=(Failure("cassé.xlsx", "le fichier est tronqué."),),
    )  # fmt: skip


@cache
def sheets() -> dict[str, list[list[Any]]]:
    return values_of(consolidated_workbook(two_antennas()))


def rows_of(sheet: str, first: str) -> list[list[Any]]:
    """The lines of a sheet that begin with a text."""
    return [row for row in sheets()[sheet] if row and row[0] == first]


def test_the_sheets_in_their_order() -> None:
    assert list(sheets()) == [
        "Essentiel", "Chiffres 2026", "Tableaux 2026", "Détails 2026", "Personnes en double",
        "Fichiers", "Définitions",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Personnes dans la file active", [2, 1, 2]),
        ("Entrées", [2, 1, 2]),
        ("Sorties comptées", [1, 1, 0]),
        ("Taux de sorties dynamiques", [1, 1, "–"]),
        ("numérateur / dénominateur", ["1 / 1", "1 / 1", "0 / 0"]),
        ("Temps consacré (heures)", [1.5, 1.5, 0]),
    ],
)
def test_a_figure_of_all_and_of_each_antenna(label: str, numbers: list[Any]) -> None:
    assert rows_of("Chiffres 2026", label)[0][1:4] == numbers


def test_tables_have_a_column_an_antenna() -> None:
    months = rows_of("Tableaux 2026", "2026-01")[0]
    assert months[1:4] == [2, 1, 2]
    assert rows_of("Tableaux 2026", "Mois par mois\u00a0: Sorties")


def test_names_of_antennas_are_texts() -> None:
    heading = next(row for row in sheets()["Chiffres 2026"] if row[:2] == ["Chiffre", "Total"])
    assert heading[2:4] == ["Ambert", SHOWN]


def test_people_in_two_antennas_and_files() -> None:
    people = [row[1:4] for row in sheets()["Personnes en double"] if row[0] == 1]
    assert people == [["Ambert", "Petit Léa", 1990], [SHOWN, "Petit Léa", 1990]]
    files = [row for row in sheets()["Fichiers"] if str(row[0]).endswith(".xlsx")]
    assert [row[0] for row in files] == ["Ambert.xlsx", f"{SHOWN}.xlsx", "cassé.xlsx"]
    assert (files[0][4], files[0][5]) == (3, "LEC05 × 2")
    assert files[2][5] == "le fichier est tronqué."


def test_the_same_bytes() -> None:
    assert consolidated_workbook(two_antennas()) == consolidated_workbook(two_antennas())


def test_a_text_of_two_lines_has_their_height_and_whole_numbers() -> None:
    """« au moins 15 039 » is wider than its column, and breaks after its words only."""
    page = Page(
        title="Tableaux", heading="Tableaux", hint="", legend="", origin=ToldOrigin("Réseau", ON),
        columns=[Heading("", LABEL), Heading("", NARROW), Heading("", NARROW)],
        rows=[
            over_all("title", "Mois par mois, d'un bout à l'autre de l'année et au-delà", 3, 20.0),
            SheetRow("body:lcc", ("Actions", "au moins 15 039", 5), 15.0),
            SheetRow("body:lcc", ("Entrées", "5 039", 5), 15.0),
        ],
    )  # fmt: skip
    book = Workbook()
    page.draw(book)
    sheet = book["Tableaux"]
    assert sheet.cell(FIRST_ROW + 1, 2).value == "au moins 15\u00a0039"
    heights = [sheet.row_dimensions[FIRST_ROW + at].height for at in range(3)]
    assert heights == [20.0, pytest.approx(27.2), 15.0]


def test_a_network_has_quartiles_and_names_nobody() -> None:
    before = two_antennas()
    year = replace(
        before.years[0],
        columns=(),
        structures=6,
        missing=("Riom",),
        standings={"active": NetworkStanding(6, 10, 20.5, 40, 12, 5)},
        own="La mienne",
    )
    made = replace(
        before, sort=ConsolidationSort.NETWORK, years=(year,), shared=(), doubts=(), public=True
    )
    found = values_of(consolidated_workbook(made))
    assert list(found)[:3] == ["Essentiel", "Réseau 2026", "Tableaux 2026"]
    assert "Personnes en double" not in found
    active = next(r for r in found["Réseau 2026"] if r[0] == "Personnes dans la file active")
    assert active[1:] == [2, 6, 10, 20.5, 40, 12, "5 / 6"]
    entries = next(row for row in found["Réseau 2026"] if row[0] == "Entrées")
    assert entries[1:3] == [2, "–"]
    assert any("Manquent\u00a0: Riom" in str(row[0]) for row in found["Réseau 2026"])
    with pytest.raises(AssertionError, match="names nobody"):
        replace(made, shared=before.shared)
