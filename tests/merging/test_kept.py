"""What `merge` may not drop: texts beside the generated sheets, comments of lines that went."""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.merging.remarks import missing_remarks
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.fusion import REMARK
from tests.hands import typed
from tests.hands_looks import commented
from tests.merging.test_merge import fusion, rows
from tests.small_association import LATER, refreshed_workbook

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
    alma = typed(alma, "Accueil", {"A60": "mot d'Alma"})
    basile = typed(basile, "Accueil", {"A60": "mot de Basile"})
    basile = typed(basile, "Personnes", {"A6": "Nouveaunom"})
    (folder / "a.xlsx").write_bytes(alma)
    (folder / "b.xlsx").write_bytes(basile)
    path = folder / "ensemble.xlsx"
    done = api.merge(folder / "a.xlsx", [folder / "b.xlsx"], output=path, on=LATER)
    (folder / "dit.txt").write_text("\n".join(done.warnings), encoding="utf-8")
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
    assert [(row[0], row[6][:9], row[7][:9]) for row in told if "(ligne supprimée)" in row] == [
        ("Conflit", "Personne ", "(ligne su"),
        ("Conflit", "(ligne su", "Personne "),
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


@pytest.mark.slow
def test_what_has_no_print_and_old_names_are_said(merged: Path) -> None:
    last, first = rows(refreshed_workbook(), "Personnes")[5][:2]
    told = (merged.parent / "dit.txt").read_text(encoding="utf-8").splitlines()
    assert len(told) == 2
    assert "Mémoire ne dit rien de vos feuilles" in told[0]
    assert "--base" in told[0]
    count = sum(row[0] == f"{last} {first}" for row in rows(merged.read_bytes(), "Suivi"))
    assert told[1].startswith(f"{count} lignes de Suivi")
    assert f'cedre-xlsx fix --rename "{last} {first}" suivi du nouveau nom' in told[1]


@pytest.mark.slow
def test_a_merge_is_ended_before_people_are_taken_out(merged: Path, tmp_path: Path) -> None:
    for verb in (
        lambda: api.find_anonymisation(merged, on=LATER),
        lambda: api.start_year(merged, 2027, output=tmp_path / "2027.xlsx", on=LATER),
        lambda: api.pseudonymise(merged, tmp_path / "autre.xlsx", on=LATER),
    ):
        with pytest.raises(CedreError, match="terminez la fusion d'abord"):
            verb()
    person = fusion(merged.read_bytes())[0][1]
    assert "attend encore" in api.find_dossier(merged, person, on=LATER).warnings[0]


@pytest.mark.parametrize(
    ("mine", "theirs", "pairs", "told"),
    [
        ({(5, 4): "à voir"}, {(7, 4): "à voir"}, {7: 5}, []),  # the line was sorted elsewhere
        ({(5, 4): "à voir"}, {(7, 6): "à voir"}, {7: 5}, []),  # so was the column
        ({(5, 4): "à voir"}, {(8, 4): "à voir"}, {7: 5, 8: 6}, [(8, 4)]),  # another line's
        ({(5, 4): "Linda : à voir"}, {(7, 4): "à voir"}, {7: 5}, []),  # as LibreOffice saves it
        ({(5, 4): "à voir"}, {(7, 4): "vu"}, {7: 5}, [(7, 4)]),
        ({(5, 4): "à voir"}, {(9, 4): "à voir"}, {}, []),  # where it stands is not known
        ({}, {(1, 1): "a", (2, 1): "a"}, {1: 1}, [(1, 1), (2, 1)]),
    ],
)
def test_a_comment_is_compared_with_those_of_its_line(
    mine: dict[tuple[int, int], str],
    theirs: dict[tuple[int, int], str],
    pairs: dict[int, int],
    told: list[tuple[int, int]],
) -> None:
    assert [place for place, _ in missing_remarks(mine, theirs, pairs)] == told
