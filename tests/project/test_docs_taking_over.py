"""The page about what a team has already, followed word for word with invented files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.workbook.read import read_workbook
from tests.intake.platform_export import LINES, application, platform_export
from tests.project.test_docs_pages import ROOT, commands, run

PAGE = ROOT / "docs/reprendre.md"
D = date
FILES = {
    "liste.xlsx": [
        ["Nom", "Prénom", "Né(e) le", "Téléphone", "Date d'entrée", "Référent", "Permis",
         "Fin de contrat"],
        ["DURAND", "Lise", D(1980, 2, 3), "01 00 00 00 01", D(2025, 1, 6), "Nadia Ferrand", "B",
         None],
        ["MARTIN", "Paul", D(1975, 6, 7), "01 00 00 00 02", D(2025, 2, 3), "Karim Sol", "non",
         D(2026, 6, 30)],
        ["Total", 2],
    ],
    "entretiens-2025.xlsx": [
        ["Date du RDV", "Salarié", "Objet", "Observations", "Bureau"],
        [D(2025, 3, 3), "Durand Lise", "Point CV", "CV à refaire", 2],
        [D(2025, 3, 4), "Martin Paul", "Permis", "inscrit au code", 1],
        [D(2025, 4, 7), "Durand Lise", "CV relu", "envoyé", 2],
    ],
    "missions-2025.xlsx": [
        ["Salarié", "Client", "Du", "Au", "Nb heures"],
        ["Durand Lise", "Mairie de Kerfleur", D(2025, 5, 5), D(2025, 5, 30), "35 h"],
    ],
}  # fmt: skip
_LINE = re.compile(r'^("[^"\n]*") = ("[^"\n]*")$', re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in FILES.items():
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in rows:
            sheet.append(row)
        book.save(tmp_path / name)
    paul = application(
        "MARTIN", "Paul", D(1975, 6, 7),
        **{"Dates de début d’embauche": D(2025, 2, 10),
           "Dates de fin d’embauche": D(2026, 12, 31), "Numéro PASS IAE": "999992511111",
           "Nom structure employeur": "AI de Kerfleur"},
    )  # fmt: skip
    lines = [line | {"Nom structure employeur": "AI de Kerfleur"} for line in LINES]
    platform_export(tmp_path / "candidatures-2026-11.xlsx", [*lines, paul])
    return tmp_path


def corrected(mapping: Path) -> None:
    """The file of correspondences once its lines say what the page shows."""
    text = mapping.read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for name, target in _LINE.findall("\n".join(blocks)):
        text, count = re.subn(rf"^{re.escape(name)} = .*$", f"{name} = {target}", text, flags=re.M)
        assert count == 1, name
    mapping.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_an_hour_is_enough_to_move_in(folder: Path) -> None:
    for line in commands(PAGE):
        if "--map suivi" in line:
            corrected(folder / "suivi.correspondances.toml")
        done = run(line, folder)
        waits = line.endswith("missions-2025.xlsx suivi.xlsx")
        assert done.returncode in ((2,) if waits else (0, 1)), f"{line}\n{done.stderr}"
    assert (folder / "suivi - reprise.csv").exists()
    records = read_workbook(folder / "suivi.xlsx", on=D(2026, 11, 29)).records
    assert set(records.persons) == {
        "DURAND Lise", "MARTIN Paul", "BRUYÈRE Jeanne", "LE ROUVRE Anatole", "D'AUBÉPINE Léo",
        "=SOMME Aya",
    }  # fmt: skip
    paul = records.persons["MARTIN Paul"].latest
    assert (paul.advisor, paul.registered, paul.contract_end, paul.extra) == (
        "Karim Sol", D(2025, 2, 3), D(2026, 12, 31), {"Permis": "non"},
    )  # fmt: skip
    assert [(row.action, row.outcome) for row in records.follow_ups.rows] == [
        ("Point CV", "CV à refaire"), ("Permis", "inscrit au code"), ("CV relu", "envoyé"),
    ]  # fmt: skip
    assert [(row.person, row.hours) for row in records.missions.rows] == [("DURAND Lise", 35)]
    second = read_workbook(folder / "suivi-2.xlsx", on=D(2026, 11, 29)).records
    assert "Bureau" not in (folder / "suivi-2.xlsx").read_bytes().decode("latin-1")
    assert len(second.follow_ups.rows) == 3
