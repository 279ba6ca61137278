"""What `merge` may not drop: texts beside the generated sheets, comments of lines that went."""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.schema.fusion import REMARK
from tests.hands import typed
from tests.hands_looks import commented
from tests.small_association import LATER, refreshed_workbook
from tests.test_merge import fusion, rows

#: What B typed in no line of the generated sheets, by sheet, and where.
ASIDE = {
    "Contrôle": ("N8", "à revoir"),
    "Synthèse": ("O9", "vu au téléphone"),
    "Réunion": ("L12", "salle du fond"),
    "Périodes": ("S9", "12"),
    "Statistiques 2026": ("R9", "chiffre à vérifier"),
}
LINE = [f"{column}9" for column in "ABCDEFGHI"]
OTHER = [f"{column}10" for column in "ABCDEFGHI"]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A and B took a line each out, that the other had commented; B typed beside, and commented."""
    folder = tmp_path_factory.mktemp("gardé")
    base = refreshed_workbook()
    alma = commented(typed(base, "Suivi", dict.fromkeys(LINE)), "Suivi", {"D10": "dit par Alma"})
    basile = typed(base, "Suivi", dict.fromkeys(OTHER))
    basile = commented(basile, "Suivi", {"D9": "dit par Basile", "D5": "dit par Alma"})
    basile = commented(basile, "Synthèse", {"B9": "remarque"})
    for sheet, (cell, text) in ASIDE.items():
        basile = typed(basile, sheet, {cell: text})
    (folder / "a.xlsx").write_bytes(alma)
    (folder / "b.xlsx").write_bytes(basile)
    path = folder / "ensemble.xlsx"
    api.merge(folder / "a.xlsx", [folder / "b.xlsx"], output=path, on=LATER)
    return path


@pytest.mark.slow
def test_what_is_typed_beside_generated_sheets_is_told(merged: Path) -> None:
    told = fusion(merged.read_bytes())
    aside = {row[2]: (row[4], row[7]) for row in told if row[4].startswith("Texte hors")}
    assert aside == {
        sheet: (f"Texte hors des tableaux, {cell} de B", text)
        for sheet, (cell, text) in ASIDE.items()
    }


@pytest.mark.slow
def test_a_line_with_a_comment_is_not_taken_out(merged: Path, tmp_path: Path) -> None:
    data = merged.read_bytes()
    base = rows(refreshed_workbook(), "Suivi")
    assert base[8] in rows(data, "Suivi")  # A took it out, B had commented it
    assert base[9] in rows(data, "Suivi")
    told = fusion(data)
    assert [(row[0], row[6][:9], row[7][:9]) for row in told if row[0] == "Conflit"] == [
        ("Conflit", "(ligne su", "Personne "),
        ("Conflit", "Personne ", "(ligne su"),
    ]
    said = {row[7] for row in told if row[4] == REMARK}
    assert said == {"Linda : dit par Basile", "Linda : dit par Alma", "Linda : remarque"}


@pytest.mark.slow
def test_a_comment_goes_in_no_cell(merged: Path, tmp_path: Path) -> None:
    path = tmp_path / "ensemble.xlsx"
    told = fusion(merged.read_bytes())
    first = next(at for at, row in enumerate(rows(merged.read_bytes(), "Fusion")) if "Sorte" in row)
    chosen = {f"J{first + 2 + at}": "B" for at, row in enumerate(told) if row[0] == "À placer"}
    path.write_bytes(typed(merged.read_bytes(), "Fusion", chosen))
    done = api.merge_apply(path, on=LATER)
    assert done.applied == 0
    assert sum("c'est un commentaire : recopiez-le vous-même" in one for one in done.left) == 3
    assert len(done.left) == len(chosen)
    assert rows(path.read_bytes(), "Suivi") == rows(merged.read_bytes(), "Suivi")
