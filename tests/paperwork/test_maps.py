"""Which mapping a form is filled by, and what is said where none fits, or nothing is filled."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from cedre_xlsx import api
from cedre_xlsx.schema.errors import CedreError
from tests.hands import typed
from tests.paperwork.form_models import SHEET, prolongation, small_form
from tests.paperwork.test_fill import SOPHIE, ours, written
from tests.paperwork.test_fill import fill as filled

TEXTS = {"A1": "Nom", "A2": "Prénom", "A3": "Fin de PASS IAE"}
FRAMED = "B1 B2 B3"
MAP = "plie.formulaire.toml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(ours())
    return path


def made(book: Path, name: str, data: bytes) -> Path:
    path = book.with_name(name)
    path.write_bytes(data)
    return path


@pytest.fixture
def plie(book: Path) -> Path:
    """A partner's form whose mapping was made."""
    path = made(book, "plie.xlsx", small_form(TEXTS, FRAMED))
    api.learn_form(path, book)
    return path


def refusal(*words: Path, **options: object) -> str:
    with pytest.raises(CedreError) as refused:
        api.fill(*words, person=SOPHIE, **options)  # type: ignore[arg-type]
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_copy_is_filled_by_the_mapping_of_its_form(plie: Path, book: Path) -> None:
    for name in ("plie (1).xlsx", "plie - Copie.xlsx"):
        done = filled(made(book, name, plie.read_bytes()), book, months=None, dry_run=True)
        assert written(done)["B1"] == "Martin"
        assert done.warnings == (
            f"la correspondance {MAP} est suivie : ses libellés sont les mêmes",
        )
    other = made(book, "autre.xlsx", plie.read_bytes())
    assert f"Les mêmes libellés sont dans « {MAP} », à donner par --map" in refusal(other, book)
    strange = made(book, "plie (2).xlsx", small_form({"A1": "RQTH"}, "B1"))
    assert "plie (2).formulaire.toml) ; rien n'est écrit. Faites-la" in refusal(strange, book)


def test_a_mapping_that_is_there_says_what_to_do(plie: Path, book: Path) -> None:
    with pytest.raises(CedreError, match="Corrigez-le, ou refaites-le avec --force"):
        api.learn_form(plie, book)
    plie.write_bytes(small_form({"A1": "RQTH", "A2": "QPV"}, "B1 B2"))
    with pytest.raises(CedreError, match=r"ne convient pas à ce formulaire.* un autre nom à plie"):
        api.learn_form(plie, book)
    assert "« Nom » n'est plus en A1 de « Fiche » (il n'y est plus)" in refusal(plie, book)


def test_a_form_with_someones_name_is_not_learned(plie: Path, book: Path) -> None:
    theirs = made(book, "plie_Martin_Sophie.xlsx", plie.read_bytes())
    with pytest.raises(CedreError, match="ce nom de fichier est celui d'une personne"):
        api.learn_form(theirs, book)


def test_the_official_form_is_known_without_a_mapping(book: Path) -> None:
    model = made(book, "modele.xlsx", prolongation())
    with pytest.raises(CedreError, match=r"connu case par case .* --person NOM"):
        api.learn_form(model, book)
    mapping = made(
        book, "modele.formulaire.toml",
        f'[[case]]\nfeuille = "{SHEET}"\ncellule = "C2"\nchamp = "Date du jour"\n'.encode(),
    )  # fmt: skip
    known = filled(model, book, dry_run=True)
    assert (len(known.plan.written), known.plan.title[:5]) == (16, "bilan")
    assert known.warnings == (
        "modele.formulaire.toml n'est pas suivi : ce formulaire est le bilan officiel, connu ; "
        "pour le suivre, donnez-le par --map",
    )
    given = filled(model, book, mapping=mapping, months=None, dry_run=True)
    assert [*written(given)] == ["C2"]
    assert "ce formulaire est le bilan officiel, connu sans elle" in given.warnings[0]


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_an_official_form_twice_or_hidden_is_refused(book: Path) -> None:
    model = made(book, "modele.xlsx", prolongation())
    workbook = load_workbook(model)
    workbook.copy_worksheet(workbook[SHEET]).title = "Bilan 2"
    workbook.save(model)
    assert f"« {SHEET} » et « Bilan 2 » sont toutes le bilan officiel" in refusal(model, book)
    del workbook["Bilan 2"]
    workbook[SHEET].sheet_state, workbook.active = "hidden", 1
    workbook.save(model)
    assert f"la feuille « {SHEET} », le bilan officiel, est masquée" in refusal(model, book)


def test_the_two_files_have_an_order(plie: Path, book: Path) -> None:
    assert "donnez d'abord le formulaire, puis votre classeur" in refusal(book, plie)


def test_an_official_form_that_changed_says_all_that_moved(book: Path) -> None:
    moved = {"B6": None, "B9": "Numéro de PASS IAE :", "B36": "Autres"}
    said = refusal(made(book, "modele.xlsx", typed(prolongation(), SHEET, moved)), book)
    assert "« Numéro de PASS IAE » est en B9 au lieu de B6 (1 autre libellé aussi)" in said
    assert "demandez le modèle officiel d'aujourd'hui" in said


def test_months_that_no_cell_asks_for_are_said(plie: Path, book: Path) -> None:
    done = filled(plie, book, months=6, dry_run=True)
    assert done.warnings[0].startswith("--months ne sert pas ici : aucune case")


def test_a_form_of_several_sheets_names_them(book: Path) -> None:
    model = made(book, "deux.xlsx", small_form(TEXTS, FRAMED, hidden="Caché"))
    workbook = load_workbook(model)
    workbook.create_sheet("Notice")["A1"] = "Comment remplir"
    workbook.save(model)
    api.learn_form(model, book)
    mapping = book.with_name("deux.formulaire.toml")
    assert "Caché" not in mapping.read_text("utf-8")
    with mapping.open("a", encoding="utf-8") as file:
        file.write('\n[[case]]\nfeuille = "Caché"\ncellule = "B1"\nchamp = "Date du jour"\n')
    plan = filled(model, book, months=None, dry_run=True).plan
    assert plan.written[0].line == "Fiche!B1 Nom : Martin"
    assert plan.notes == (
        "« Caché » est une feuille masquée du formulaire : affichez-la pour la relire",
    )


def test_a_cell_is_filled_as_it_shows_what_is_in_it(book: Path) -> None:
    texts = {"A1": "Année de naissance", "A2": "Début de PASS IAE", "A3": "Fin de PASS IAE"}
    formats = {"B1": "dd/mm/yyyy", "B2": "mmmm yyyy", "B3": "@"}
    model = made(book, "mois.xlsx", small_form(texts, FRAMED, formats=formats))
    api.learn_form(model, book)
    done = filled(model, book, months=None)
    assert [one.why for one in done.plan.blank] == [
        "la case attend une date, et non le nombre 1981"
    ]
    assert done.output is not None
    sheet = load_workbook(done.output)["Fiche"]
    assert sheet["B2"].value.year == 2024
    assert (sheet["B2"].number_format, sheet["B3"].value) == ("mmmm yyyy", "03/11/2026")


def test_nothing_to_fill_writes_nothing(book: Path) -> None:
    model = made(book, "plie.xlsx", small_form({"A1": "QPV"}, "B1"))
    api.learn_form(model, book)
    done = filled(model, book, months=None, output=book.with_name("x.xlsx"))
    assert done.sentence == f"{model} : rien à remplir pour {SOPHIE} ; rien n'est écrit."
    assert not book.with_name("x.xlsx").exists()


def test_what_is_open_elsewhere_is_not_replaced(plie: Path, book: Path) -> None:
    output = made(book, "x.xlsx", b"un autre")
    lock = made(book, ".~lock.x.xlsx#", b"Sophie,,,;")
    assert "ouvert par Sophie dans LibreOffice" in refusal(plie, book, output=output, force=True)
    lock.unlink()
    assert "c'est un dossier" in refusal(plie, book, output=book.parent)
    assert filled(plie, book, months=None, output=output, force=True).output == output


def test_the_same_cell_by_name_and_by_address_is_refused(plie: Path, book: Path) -> None:
    workbook = load_workbook(plie)
    workbook.defined_names["LeNom"] = DefinedName("LeNom", attr_text="Fiche!$B$1")
    workbook.save(plie)
    with book.with_name(MAP).open("a", encoding="utf-8") as file:
        file.write('\n[[case]]\nnom = "LeNom"\nchamp = "Date du jour"\n')
    assert "le nom « LeNom » désigne B1 de « Fiche », que la" in refusal(plie, book)
