"""`fill --learn`: what a partner's form seems to ask, corrected in a small file, then filled."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.cli.main import group
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.paperwork.map_file import form_map_text, read_form_map
from cedre_xlsx.paperwork.model import Slot
from cedre_xlsx.schema.errors import CedreError, UnknownFormError
from cedre_xlsx.workbook.edit.foreign import filled_cells
from cedre_xlsx.workbook.edit.model import CellChange
from tests.hands import typed
from tests.paperwork.form_models import SHEET, prolongation, team_form
from tests.paperwork.test_fill import ON, SOPHIE, STARTED, changed_cells, fill, ours

LEARNED = {
    # the cell, or its name; what it seems to be for
    "C3": "Personnes : Nom et prénom ensemble",
    "C4": "Personnes : Prénom",
    "C5": "",  # a birth, of which we keep the year alone
    "C6": "Personnes : Date d'inscription",
    "C7": "Paramètres : Nom de la structure",
    "C8": "",
    "lereferent": "Personnes : Accompagnateur",
}
MAP = "liaison.formulaire.toml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(ours())
    return path


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "liaison.xlsx"
    path.write_bytes(team_form())
    return path


def boxes(path: Path) -> dict[str, str]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return {one.get("nom") or one["cellule"]: one["champ"] for one in found}


def test_a_mapping_is_proposed_corrected_and_used(form: Path, book: Path) -> None:
    learned = api.learn_form(form, book)
    assert (learned.path, learned.boxes, learned.mapped) == (book.with_name(MAP), 7, 5)
    assert boxes(learned.path) == LEARNED
    text = learned.path.read_text(encoding="utf-8")
    assert 'champ = ""  # seule l\'année est gardée : à remplir à la main' in text
    learned.path.write_text(text.replace('"Personnes : Prénom"', '"Date du jour"'), "utf-8")
    done = fill(form, book, months=None)
    assert {one.place.cell: one.value for one in done.plan.written} == {
        "C3": SOPHIE, "C4": ON, "C6": STARTED, "C7": "Les Jardins d'Ajonc",
    }  # fmt: skip
    assert [one.why for one in done.plan.blank] == ["vide dans Personnes!G5"]
    assert done.plan.notes == ()
    assert done.output is not None
    sheet = load_workbook(done.output)["Fiche"]
    assert (sheet["C4"].value, sheet["C6"].value) == ("30/09/2026", datetime(2024, 11, 4))


def test_what_reads_a_filled_cell_is_computed_again(form: Path, book: Path) -> None:
    api.learn_form(form, book)
    form.write_bytes(typed(team_form(), "Fiche", {"C10": "=C3", "C11": "=C8"}))
    done = fill(form, book, months=None)
    assert done.output is not None
    package = Package(done.output.read_bytes())
    sheet = package.read("xl/worksheets/sheet1.xml")
    assert b'<c r="C10"><f>C3</f></c>' in sheet
    assert b'<c r="C11"><f>C8</f><v>0</v></c>' in sheet
    assert b'fullCalcOnLoad="1"' in package.read("xl/workbook.xml")


def test_a_mapping_that_is_there_is_not_replaced(form: Path, book: Path) -> None:
    api.learn_form(form, book)
    with pytest.raises(CedreError, match="existe déjà"):
        api.learn_form(form, book)
    assert api.learn_form(form, book, force=True).boxes == 7


def test_the_official_form_may_be_learned_as_well(book: Path) -> None:
    """What moved in it is then found by its labels."""
    model = book.with_name("modele.xlsx")
    model.write_bytes(typed(prolongation(), SHEET, {"B6": None, "B9": "Numéro de PASS IAE : "}))
    found = boxes(api.learn_form(model, book).path)
    assert found["C9"] == "Personnes : N° PASS IAE"
    assert found["C26"] == "Besoin : mobilité : niveau"
    done = fill(model, book, dry_run=True)
    assert "C9" in {one.place.cell for one in done.plan.written}


HEADED = '[[case]]\nfeuille = "Fiche"\ncellule = "C3"\nlibelle = "Nom du bénéficiaire :"\n'


def test_what_is_chosen_without_a_file_is_what_the_file_would_say(form: Path, book: Path) -> None:
    found = api.form_choices(form, book)
    by_key = {one.key: one for one in found.boxes}
    assert {one.place: one.field for one in found.boxes} == {
        **{cell: field for cell, field in LEARNED.items() if cell != "lereferent"},
        "E4": "Personnes : Accompagnateur",
    }
    assert by_key["Fiche!C5"].remark == "seule l'année est gardée : à remplir à la main"
    assert (found.path, found.is_kept, found.notes) == (book.with_name(MAP), False, ())
    fields = dict(found.fields)
    assert "Personnes : Prénom" in fields["Personnes"]
    assert "Date du jour" in fields["Autres"]
    assert not any("Date de naissance" in one for ours in fields.values() for one in ours)
    assert [*book.parent.glob("*.toml")] == []

    chosen = {"Fiche!C4": "Date du jour", "Fiche!C7": ""}
    by_hand = api.form_correspondence(form, book, chosen)
    done = api.find_fill(form, book, person=SOPHIE, mapping=by_hand.map, on=ON)
    assert {one.place.cell: one.value for one in done.plan.written} == {
        "C3": SOPHIE, "C4": ON, "C6": STARTED,
    }  # fmt: skip
    assert api.keep_correspondence(by_hand) == found.path
    kept = api.find_fill(form, book, person=SOPHIE, on=ON)
    assert (kept.mapping, kept.plan) == (found.path, done.plan)
    again = api.form_choices(form, book)
    assert again.is_kept
    assert {one.key: one.field for one in again.boxes} == {
        key: chosen.get(key, one.field) for key, one in by_key.items()
    }
    corrected = api.form_choices(form, book, {"Fiche!C3": "Personnes : Nom"})
    assert corrected.boxes[0].field == "Personnes : Nom"


def test_what_cannot_be_chosen_is_one_sentence(form: Path, book: Path) -> None:
    keys = [one.key for one in api.form_choices(form, book).boxes]
    for chosen, said in (
        (dict.fromkeys(keys, ""), "aucune case n'a de champ ; rien n'est écrit. Choisissez"),
        ({"Fiche!C3": "Personnes : Prenon"}, "« Personnes : Prenon » (C3) n'est pas un champ"),
    ):
        with pytest.raises(CedreError) as refused:
            api.form_correspondence(form, book, chosen)
        assert said in str(refused.value)
    with pytest.raises(UnknownFormError, match="ce n'est ni le classeur officiel"):
        api.find_fill(form, book, person=SOPHIE, on=ON)
    named = form.rename(form.with_name("Martin Sophie.xlsx"))
    by_hand = api.form_correspondence(named, book, {})
    assert "ce nom de fichier est celui d'une personne" in by_hand.not_kept
    with pytest.raises(CedreError, match="celui d'une personne"):
        api.keep_correspondence(by_hand)
    official = book.with_name("modele.xlsx")
    official.write_bytes(prolongation())
    with pytest.raises(CedreError, match="c'est le bilan officiel de prolongation, connu"):
        api.form_choices(official, book)


BAD = {
    # a mapping; what is said of it
    "a field that is none": (HEADED + 'champ = "Personnes : Prenon"', "« Personnes : Prénom »"),
    "a field like no other": (HEADED + 'champ = "?"', "n'est pas un champ du classeur"),
    "nothing to fill": (HEADED + 'champ = ""', "aucune case n'y a de champ"),
    "no cell": ('[[case]]\nfeuille = "Fiche"\nchamp = "Date du jour"', "« cellule »"),
    "a cell that is none": (HEADED.replace("C3", "C3:D4") + 'champ = "Date du jour"',
                            "« cellule »"),
    "a key that is none": (HEADED + 'champs = "Date du jour"', "« champs »"),
    "not a list": ('case = "C3"', "« case »"),
    "no TOML": ("case : C3", "ligne 1"),
    "the same twice": (2 * (HEADED + 'champ = "Date du jour"\n'), "C3 y est deux fois"),
    "a sheet that is gone": (HEADED.replace("Fiche", "Page") + 'champ = "Date du jour"',
                             "la feuille « Page » n'y est plus"),
    "a name that is gone": ('[[case]]\nnom = "LeNom"\nchamp = "Date du jour"',
                            "le nom « LeNom » n'y désigne plus une case"),
    "a label that moved": (
        HEADED + 'libelle_en = "B2"\nchamp = "Date du jour"',
        "le libellé « Nom du bénéficiaire : » n'est plus en B2 de « Fiche » (il est en B3)",
    ),
    "a label that is gone": (
        HEADED.replace("Nom du", "Nom d'un") + 'libelle_en = "B3"\nchamp = "Date du jour"',
        "(il n'y est plus)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_mapping_that_does_not_fit_is_one_sentence(case: str, form: Path, book: Path) -> None:
    text, said = BAD[case]
    book.with_name(MAP).write_text(text, "utf-8")
    with pytest.raises(CedreError) as refused:
        fill(form, book, months=None)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len([*book.parent.iterdir()]) == 3


def test_a_column_of_the_team_and_a_merge_of_later(form: Path, book: Path) -> None:
    book.write_bytes(typed(ours(), "Personnes", {"AZ4": "Taille de gant", "AZ5": "M"}))
    mapping = book.with_name("autre.toml")
    mapping.write_text(HEADED + 'champ = "Personnes : Taille de gant"', "utf-8")
    done = fill(form, book, months=None, mapping=mapping, dry_run=True)
    assert [(one.place.cell, one.value) for one in done.plan.written] == [("C3", "M")]
    workbook = load_workbook(form)
    workbook["Fiche"].merge_cells("B3:C3")
    workbook.save(form)
    with pytest.raises(CedreError, match="C3 de « Fiche » est maintenant dans une fusion"):
        fill(form, book, months=None, mapping=mapping)


def test_unlocked_cells_of_a_protected_form_are_filled(form: Path, book: Path) -> None:
    workbook = load_workbook(form)
    workbook["Fiche"].protection.enable()
    workbook.save(form)
    mapping = book.with_name(MAP)
    mapping.write_text(HEADED + 'champ = "Personnes : Nom"', "utf-8")
    assert len(fill(form, book, months=None, dry_run=True).plan.written) == 1
    mapping.write_text(HEADED.replace("C3", "C7") + 'champ = "Date du jour"', "utf-8")
    with pytest.raises(CedreError, match="C7 y est verrouillée"):
        fill(form, book, months=None)


def test_the_command_says_how_to_go_on(form: Path, book: Path) -> None:
    def run(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(group, ["fill", str(form), str(book), *map(str, words)])
        return done.exit_code, str(done.exception or "") + done.output

    status, said = run("--learn")
    assert status == 0
    assert f"{MAP} (5 champs proposés, 7 cases)" in said
    assert "Pour qui ? Donnez --person NOM" in run()[1]
    assert "--learn va seul" in run("--learn", "--person", SOPHIE)[1]


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


@settings(max_examples=25, deadline=None)
@given(_TEXTS, _TEXTS, _TEXTS)
def test_a_mapping_is_read_as_it_was_written(label: str, sheet: str, name: str) -> None:
    slots = [
        Slot("Date du jour", f"F{sheet}".strip(), "C3", "", label.strip(), "B3"),
        Slot("Personnes : Nom", name=f"N{name}".strip()),
    ]
    text = form_map_text(Path("modele.xlsx"), [(one, "à vérifier") for one in slots])
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "m.toml")
        path.write_bytes(text.encode())
        assert list(read_form_map(path, ()).slots) == slots


_CELLS = st.sampled_from(["C2", "C4", "C8", "C54", "D12", "D39", "E12", "E39", "F1", "A60"])


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(_CELLS, st.one_of(_TEXTS, st.integers(), st.dates(date(1950, 1, 1)))))
def test_only_the_filled_cells_differ(wanted: dict[str, Any]) -> None:
    """Whatever goes in, where there are cells already."""
    there = {cell: value for cell, value in wanted.items() if cell not in ("F1", "A60")}
    changes = [CellChange(SHEET, cell, value) for cell, value in there.items()]
    done = filled_cells(prolongation(), changes, Path("modele.xlsx"))
    assert changed_cells(prolongation(), done.data) <= {*there}
    assert (len(done.made), done.left) == (len(there), ())
