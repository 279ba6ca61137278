"""All that a workbook holds of somebody: each line and note of hers; others are masked."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.comments import Comment

from cedre_xlsx import api
from cedre_xlsx.cli.dossier import dossier
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.reports.fusion_sheet import FusionLine, fusion_sheet
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.workbook.edit.model import LineChange, NewColumn
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.package.splice import splice
from tests.decorations import decorated
from tests.hands import typed
from tests.small_association import ON, refreshed_workbook
from tests.support import read_rows
from tests.workbook.edit.edit_support import raw, reading

OWN = "Quartier"


@cache
def workbook() -> tuple[bytes, Person, Person]:
    """The small workbook with a text that names someone else, and a column of the team."""
    data = refreshed_workbook()
    records = reading(data).records
    her, other = sorted(records.persons.values(), key=lambda one: -len(one.follow_ups))[:2]
    row = her.follow_ups[0].row
    told = f"Vue avec {other.latest.first_name} {other.latest.last_name}, le matin"
    changes = [
        LineChange("tSuivi", row, {"outcome": told}),
        LineChange("tPersonnes", her.latest.row, extra={OWN: "Vallon"}),
        LineChange("tPersonnes", other.latest.row, extra={OWN: "Ailleurs"}),
    ]
    made = edited(data, records, raw(data), {}, changes, columns=[NewColumn("tPersonnes", OWN)])
    assert made.left == ()
    return made.data, her, other


def suivi(tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(workbook()[0])
    return path


@pytest.mark.slow
def test_each_of_her_lines_is_there_with_its_cells(tmp_path: Path) -> None:
    _, her, _ = workbook()
    found = api.find_dossier(suivi(tmp_path), her.name, on=ON)
    parts = {part.title: part for part in found.content.parts}
    assert len(parts["Suivi"].lines) == len(her.follow_ups)
    assert len(parts["Missions"].lines) == len(her.missions)
    cells = {one.cell for line in parts["Suivi"].lines for one in line}
    assert {f"Suivi!A{row.row}" for row in her.follow_ups} <= cells
    [person] = parts["Personnes"].lines
    assert (OWN, "Vallon") in [(one.heading, one.text) for one in person]


@pytest.mark.slow
def test_others_are_masked_and_the_team_is_not(tmp_path: Path) -> None:
    _, her, other = workbook()
    found = api.find_dossier(suivi(tmp_path), her.name, on=ON)
    texts = [one.text for part in found.content.parts for line in part.lines for one in line]
    assert "Vue avec [autre personne], le matin" in texts
    assert not any(other.latest.last_name in text for text in texts)
    assert her.latest.advisor in texts


@pytest.mark.slow
def test_findings_of_hers_are_those_of_the_check(tmp_path: Path) -> None:
    path = suivi(tmp_path)
    for her in list(reading(path.read_bytes()).records.persons)[:4]:
        mine = [one.code for one in api.check(path, on=ON).findings if one.person == her]
        found = api.find_dossier(path, her, on=ON)
        told = [
            line[0].text.split()[0]
            for part in found.content.parts
            if part.title == "Constats du contrôle"
            for line in part.lines
        ]
        assert told == mine


MASKING = [
    ("Vue avec Paul Martin hier", "Vue avec [autre personne] hier"),
    ("MARTIN-PAUL et Zoé", "[autre personne] et [autre personne]"),
    ("Un martin-pêcheur", "Un martin-pêcheur"),  # no capital: a word
    ("Léa a appelé Sophie", "Léa a appelé Sophie"),  # herself, her advisor
    ("La Martinique", "La Martinique"),
    ("avec paul martin", "avec [autre personne]"),  # a whole name, however typed
    ("Écrire à paul.martin@exemple.fr", "Écrire à [autre personne]"),
    ("martin72@exemple.fr", "[autre personne]"),
    ("chez mme martin", "chez mme [autre personne]"),
    ("Martin ; paul martin aussi", "[autre personne] aussi"),
    ("Zoé B. est là", "[autre personne] est là"),
    ("Ajonc Léa (Pont-aux-Saules) est venue", "[autre personne] est venue"),  # the homonym
    ("Ajonc Léa est venue", "Ajonc Léa est venue"),  # herself
]


@pytest.mark.parametrize(("typed", "masked"), MASKING)
def test_names_are_masked_as_names_are_typed(typed: str, masked: str) -> None:
    from cedre_xlsx.privacy.dossier.masking import mask_of

    rows = [
        {"Nom": "Ajonc", "Prénom": "Léa", "Accompagnateur": "Sophie Durand"},
        {"Nom": "Martin", "Prénom": "Paul"},
        {"Nom": "Bleuet", "Prénom": "Zoé"},
        {"Nom": "Ajonc", "Prénom": "Léa", "Précision": "Pont-aux-Saules"},
    ]
    records: Records = read_rows(ON, tPersonnes=rows).records
    assert mask_of(records, records.persons["Ajonc Léa"])(typed) == masked


@pytest.mark.slow
def test_the_two_files_and_the_line_of_suivi(tmp_path: Path) -> None:
    path, (_, her, _) = suivi(tmp_path), workbook()
    before = len(reading(path.read_bytes()).records.follow_ups.rows)
    done = api.apply_dossier(
        api.find_dossier(path, her.name, note=True, on=ON), tmp_path / "dossiers"
    )
    assert done.pdf.read_bytes().startswith(b"%PDF")
    book = load_workbook(BytesIO(done.workbook.read_bytes()))
    assert book.sheetnames[:3] == ["Vos droits", "Personnes", "Suivi"]
    assert book["Suivi"]["A1"].value == "Cellules"
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    after = reading(path.read_bytes()).records.follow_ups.rows
    assert len(after) == before + 1
    assert after[-1].action == "Dossier remis à la personne (droit d'accès)"
    assert after[-1].day == ON
    assert after[-1].is_hand_over
    with pytest.raises(CedreError, match="existe déjà"):
        api.apply_dossier(api.find_dossier(path, her.name, on=ON), tmp_path / "dossiers")


@pytest.mark.slow
def test_nobody_is_guessed(tmp_path: Path) -> None:
    path, (_, her, _) = suivi(tmp_path), workbook()
    with pytest.raises(CedreError, match="n'existe pas"):
        api.find_dossier(path, her.name[:-2] + "x", on=ON)


@pytest.mark.slow
def test_nothing_is_written_where_nobody_answers(tmp_path: Path) -> None:
    path, (_, her, _) = suivi(tmp_path), workbook()
    arguments = [str(path), "--person", her.name, "-o", str(tmp_path / "d"), "--date", "2026-09-30"]
    result = CliRunner().invoke(dossier, arguments)
    assert isinstance(result.exception, CedreError)
    assert not (tmp_path / "d").exists()


@pytest.mark.slow
def test_comments_on_her_lines_are_hers_alone(tmp_path: Path) -> None:
    data = decorated(refreshed_workbook())  # which comments Personnes!B6 and Suivi!B6
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(data)
    records = reading(data).records
    hers = {
        "Personnes!B6": next(row.person for row in records.people.rows if row.row == 6),
        "Suivi!B6": next(row.person for row in records.follow_ups.rows if row.row == 6),
    }
    for name in records.persons:
        found = api.find_dossier(path, name, on=ON)
        told = {
            one.cell
            for part in found.content.parts
            if part.title == "Commentaires de cellules"
            for line in part.lines
            for one in line
        }
        assert told == {cell for cell, who in hers.items() if who == name}


@pytest.mark.slow
def test_what_is_noted_in_the_meeting_is_there(tmp_path: Path) -> None:
    data = refreshed_workbook()
    synthesis = reading(data).records.synthesis
    row = next(one for one in synthesis.rows if one.person)
    cell = synthesis.place(row, "notes").cell
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed(data, "Synthèse", {cell: "Revoir la garde"}))
    found = api.find_dossier(path, row.person, on=ON)
    texts = {one.text: one.cell for part in found.content.parts for line in part.lines
             for one in line}  # fmt: skip
    assert texts["Revoir la garde"] == f"Synthèse!{cell}"


def told_elsewhere(data: bytes, her: Person, tmp_path: Path) -> tuple[dict[str, str], list[str]]:
    """The last part of the dossier by cell, and what is to be read again."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(data)
    content = api.find_dossier(path, her.name, on=ON).content
    assert [part.title for part in content.parts][-1] == "Ailleurs dans le classeur"
    lines = content.parts[-1].lines
    return {one.cell: one.text for line in lines for one in line}, [*content.doubts]


def with_words_elsewhere() -> tuple[bytes, Person, Person, dict[str, str]]:
    """A workbook where others' lines, a comment, a sheet of the team, a header tell of her."""
    data, her, other = workbook()
    name = f"{her.latest.first_name} {her.latest.last_name}"
    third = f"{other.latest.first_name} {other.latest.last_name}"
    book = load_workbook(BytesIO(data))
    suivi, missions = book["Suivi"], book["Missions"]
    hers = {row.row for row in (*her.follow_ups, *her.missions)}
    line, alone = [row.row for row in other.follow_ups if row.row not in hers][:2]
    suivi[f"H{line}"] = f"Dispute entre {third} et {name.upper()}"
    suivi[f"H{alone}"] = f"Voir {her.latest.last_name}"
    suivi[f"D{line}"].comment = Comment(f"{name} était là", "Équipe")
    below = missions.max_row + 3
    missions[f"A{below}"] = f"À rappeler : {name}"
    own = book.create_sheet("Nos notes")
    own["A1"], own["B1"] = name, f"Vient avec {third}"
    own["A2"], own["B2"] = third, "Autre chose"
    book["Freins"].oddHeader.center.text = f"Réunion de {name}"
    saved = BytesIO()
    book.save(saved)
    wanted = {
        f"Suivi!H{line}": f"Dispute entre [autre personne] et {name.upper()}",
        f"commentaire de Suivi!D{line}": f"{name} était là",
        f"Missions!A{below}": f"À rappeler : {name}",
        "Nos notes!A1": name,
        "Nos notes!B1": "Vient avec [autre personne]",
        "en-tête de Freins": f"Réunion de {name}",
    }
    return saved.getvalue(), her, other, {**wanted, "alone": f"Suivi!H{alone}"}


@pytest.mark.slow
def test_what_other_lines_say_of_her_is_told_with_its_cell(tmp_path: Path) -> None:
    data, her, _, wanted = with_words_elsewhere()
    alone = wanted.pop("alone")
    told, doubts = told_elsewhere(data, her, tmp_path)
    assert told == wanted
    assert doubts == [f"{alone} : « {her.latest.last_name} »"]  # it may be somebody else


@pytest.mark.slow
def test_what_two_copies_say_of_her_is_told_with_its_cells(tmp_path: Path) -> None:
    data, her, other = workbook()
    hers = f"{her.latest.first_name} {her.latest.last_name}"
    third = f"{other.latest.first_name} {other.latest.last_name}"
    lines = [
        fused(her.name, ON, f"Vue avec {third}"),
        fused(other.name, "Seule", f"Vient avec {hers}"),
        fused(other.name, "Rien", f"Vu {third}"),
    ]
    sheet = fusion_sheet(lines, "a.xlsx", ON, workbook="a.xlsx", version="0")
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(splice(Package(data), (sheet,), on=ON).data)
    content = api.find_dossier(path, her.name, on=ON).content
    parts = {part.title: part.lines for part in content.parts}
    [line] = parts["Réunion de deux fichiers"]
    assert [(one.heading, one.text) for one in line] == [
        ("Sorte", "Conflit"), ("Personne", her.name), ("Feuille", "Suivi"), ("Cellule", "H6"),
        ("Colonne", "Résultat"), ("Valeur de A", "30/09/2026"),
        ("Valeur de B", "Vue avec [autre personne]"), ("Fichier B", "b.xlsx"),
    ]  # fmt: skip
    [[told]] = parts["Ailleurs dans le classeur"]
    assert told.text == f"Vient avec {hers}"
    assert {one.cell.partition("!")[0] for one in (*line, told)} == {"Fusion"}


def fused(person: str, first: str | date, second: str) -> FusionLine:
    return FusionLine(
        Sort.CONFLICT, person, "Suivi", "H6", "Résultat", None, first, second, "b.xlsx", "k"
    )


@pytest.mark.slow
def test_a_workbook_that_says_nothing_elsewhere_has_no_such_part(tmp_path: Path) -> None:
    _, her, _ = workbook()
    content = api.find_dossier(suivi(tmp_path), her.name, on=ON).content
    assert "Ailleurs dans le classeur" not in [part.title for part in content.parts]
    assert content.doubts == ()
