"""The file of correspondences: what is written of a mapping, what a corrected one changes."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx.intake.map_file import map_text, read_map
from cedre_xlsx.schema.errors import CedreError
from tests.intake.intake_support import planned, rows, table, targets

SOURCE = table(
    ["Nom", "Prénom", "Tél", 'Le "bilan"', "Bilan", "Jour"],
    ["Durand", "Lise", "01 00 00 00 01", "Point CV", "à revoir", date(2026, 1, 5)],
)
HEAD = '[[table]]\nfichier = "liste.xlsx"\nfeuille = "Feuil1"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "correspondances.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    proposed = planned(SOURCE)
    text = map_text([proposed.tables[0].map])
    assert tomllib.loads(text)["table"][0]["colonnes"] == {
        "Nom": "Personnes : Nom",
        "Prénom": "Personnes : Prénom",
        "Tél": "ne pas reprendre",
        'Le "bilan"': "Suivi : Actions proposées par l'AI / ETTI",
        "Bilan": "Suivi : Suites données / Décisions prises",
        "Jour": "Suivi : Dates",
    }
    again = planned(SOURCE, told=read_map(written(tmp_path, text)))
    assert targets(again) == targets(proposed)
    assert again.unsure == ()
    assert "Durand" not in text


def test_a_corrected_mapping_sends_the_lines_elsewhere(tmp_path: Path) -> None:
    told = read_map(
        written(
            tmp_path,
            HEAD + 'vers = "Suivi"\n[table.colonnes]\n"Jour" = "suivi : dates"\n'
            '\'Le "bilan"\' = "Suivi : Actions proposées par l\'AI / ETTI"\n'
            '"Bilan" = "Suivi : Suites données / Décisions prises"\n',
        )
    )
    assert rows(planned(SOURCE, told=told), "tSuivi") == [
        {"Personne": "Durand Lise", "Dates": date(2026, 1, 5),
         "Actions proposées par l'AI / ETTI": "Point CV",
         "Suites données / Décisions prises": "à revoir"}
    ]  # fmt: skip


def test_two_columns_for_one_text_are_joined(tmp_path: Path) -> None:
    text = (
        HEAD + 'vers = "Suivi"\n[table.colonnes]\n"Jour" = "Suivi : Dates"\n'
        '\'Le "bilan"\' = "Suivi : Suites données / Décisions prises"\n'
        '"Bilan" = "Suivi : Suites données / Décisions prises"\n'
    )
    [line] = rows(planned(SOURCE, told=read_map(written(tmp_path, text))), "tSuivi")
    assert line["Suites données / Décisions prises"] == 'Le "bilan" : Point CV\nBilan : à revoir'


def test_a_table_may_be_left_out_and_a_person_named(tmp_path: Path) -> None:
    lines = table(["Quand", "Quoi"], [date(2026, 1, 5), "Point CV"], file="autre.xlsx")
    text = (
        HEAD + 'vers = "ne pas reprendre"\n\n[[table]]\nfichier = "autre.xlsx"\n'
        'feuille = "Feuil1"\nvers = "Suivi"\npersonne = "Durand Lise"\n'
    )
    found = planned(SOURCE, lines, told=read_map(written(tmp_path, text)))
    assert [one.map.source.file.name for one in found.tables] == ["autre.xlsx"]
    assert [one["Personne"] for one in rows(found, "tSuivi")] == ["Durand Lise"]


#: What a file says, and what is answered.
REFUSED = {
    'vers = "Suivis"\n': "n'est pas une feuille que l'on remplit. Vouliez-vous dire « Suivi »",
    '[table.colonnes]\n"Nom" = "Personnes : Nomm"\n': "va à « Personnes : Nomm », qui n'existe pas",
    '[table.colonnes]\n"Noms" = "Personnes : Nom"\n': "n'a pas de colonne « Noms ». Vouliez",
    '[table.colonnes]\n"Bilan" = "Missions : Métier"\n': "les lignes de liste.xlsx!Feuil1 vont à",
    '[table.colonnes]\n"Nom" = \n': "fichier de correspondances lisible (ligne 5)",
    '[table.colonnes]\n"Né le" = "Personnes : Précision (homonymes)"\n': "dit une naissance",
    'colonnes = "Nom"\n': "« colonnes » n'est pas de la forme attendue",
}  # fmt: skip


BORN = table([*SOURCE.headings, "Né le"], [*SOURCE.rows[0].cells, date(1980, 2, 3)])


@pytest.mark.parametrize("said", REFUSED)
def test_what_does_not_fit_is_refused_in_a_sentence(said: str, tmp_path: Path) -> None:
    with pytest.raises(CedreError) as refused:
        planned(BORN, told=read_map(written(tmp_path, HEAD + said)))
    assert REFUSED[said] in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CedreError, match="n'a pas pu être lu : le fichier ou le dossier n'existe"):
        read_map(tmp_path / "rien.toml")
