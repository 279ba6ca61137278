"""`print --bilan`: the page and the text beside it; what is said first; the line of Suivi."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from cedre_xlsx import api
from cedre_xlsx.api.reviewing import review_document, reviews_of
from cedre_xlsx.cli.main import group
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from tests.forms.test_pdf import needs_pdftotext, plain, text_of
from tests.support import read_rows

ON = date(2026, 11, 27)
WHO = "Mésange Aïcha"
LONG = "Cherche un travail près de chez elle, dehors, avec des horaires de jour. " * 20
ROWS: dict[str, list[FilledRow]] = {
    "tPersonnes": [
        {"last_name": "Mésange", "first_name": "Aïcha", "title": "Mme", "birth_year": 1990,
         "advisor": "Linda Fictive", "registered": date(2025, 3, 3), "autonomy": 3,
         "contract_end": date(2026, 12, 31), "request": "Je veux être dehors."},
        {"last_name": "Vide"},
        {"last_name": "Longue", "first_name": "Zoé", "registered": date(2025, 3, 3),
         "request": LONG},
        {"last_name": "Double", "first_name": "Ali", "registered": date(2025, 3, 3)},
        {"last_name": "Double", "first_name": "Ali", "registered": date(2026, 3, 3)},
    ],
    "tFreins": [
        {"person": WHO, "barrier": "Mobilité", "accompaniment": "Interne",
         "entry_level": "(++) Fort"},
        {"person": WHO, "barrier": "Santé", "accompaniment": "Externe"},
    ],
    "tSuivi": [
        {"person": WHO, "dated": date(2026, 5, 4), "action": "Atelier code",
         "objective": "Mobilité", "status": "(3) Réalisée", "outcome": "Suivi"},
        {"person": WHO, "dated": date(2026, 5, 5), "action": "Rappeler au 06 12 34 56 78",
         "objective": "Mobilité", "status": "(3) Réalisée", "outcome": "Fait"},
    ],
    "tEngagements": [
        {"reference": f"MPP-2026-{rank:03}", "person": "Longue Zoé", "agreed": date(2026, 3, rank),
         "type": "MPP", "object": LONG, "reviewed": date(2026, 9, rank), "comments": LONG}
        for rank in (1, 2)
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    settings = Settings(structure="Les Jardins imaginaires", place="Forêt-sur-Mer")
    packs = frozenset({"pass", "niveaux", "apres"})
    return api.workbook_bytes(Filling(settings=settings, rows=ROWS, packs=packs))


@pytest.fixture
def path(made: bytes, tmp_path: Path) -> Path:
    book = tmp_path / "suivi.xlsx"
    book.write_bytes(made)
    return book


def run(path: Path, *arguments: object) -> Result:
    given = ["print", str(path), "-o", str(path.parent / "pdf"), "--date", "2026-11-27"]
    return CliRunner().invoke(group, [*given, *map(str, arguments)])


@pytest.mark.slow
@needs_pdftotext
def test_the_page_and_its_text_are_those_of_the_form(path: Path) -> None:
    said: list[str] = []

    def tell(line: str) -> None:
        assert not (path.parent / "pdf").exists()  # before anything is written
        said.append(line)

    reviews = [WHO, "vide", "Longue Zoé", "AÏCHA mésange"]
    done = api.print_forms(path, folder=path.parent / "pdf", reviews=reviews, on=ON, tell=tell)
    assert [one.name for one in done.paths] == [
        "Bilan Mésange Aïcha.pdf", "Bilan Vide.pdf", "Bilan Longue Zoé.pdf",
    ]  # fmt: skip
    assert [one.suffix for one in done.texts] == [".txt"] * 3
    assert tuple(said) == done.to_see_to
    assert [len(PdfReader(one).pages) for one in done.paths] == [2, 2, 3]
    labels = (
        "BILAN D'ACCOMPAGNEMENT", "Situation du contrat", "Fin de contrat :",
        "Freins périphériques", "Santé", "Mobilité", "Situation personnelle ou familiale",
        "Situation financière", "Situation numérique", "Situation administrative ou juridique",
        "Situation en français ou en calcul", "Autres freins identifiés",
        "Autonomie dans la recherche d'emploi", "Une solution est-elle prévue ?",
        "Contrat renouvelé dans notre structure",
        "Emploi durable (CDD de plus de 6 mois, CDI, création d'entreprise)",
        "Emploi transitoire (CDD de moins de 6 mois)", "Entrée en formation", "Autre",
        "Orientation la plus adaptée", "Sociale", "Socio-professionnelle", "Professionnelle",
        "À définir avec le prescripteur", "Engagements réciproques", "Missions",
        "Avec les mots de la personne",
    )  # fmt: skip
    for pdf, beside in zip(done.paths, done.texts, strict=True):
        page, text = plain(text_of(pdf)), plain(beside.read_text("utf-8-sig"))
        assert [label for label in labels if plain(label) not in page] == []
        rest = text.casefold()
        for label in labels:  # in the form's order
            _, found, rest = rest.partition(plain(label).casefold())
            assert found, label
        assert plain("suivi.xlsx · 27/11/2026 · cedre-xlsx") in page
        assert plain("suivi.xlsx · 27/11/2026 · cedre-xlsx") in text
        assert plain("J'ai pris connaissance de ce bilan.") in page
    page = plain(text_of(done.paths[0]))
    for words in ("Mme Mésange Aïcha", "1990", "31/12/2026", "Atelier code (04/05/2026)",
                  "(++) Fort → …", "Elle mène la plupart", "« Je veux être dehors. »"):  # fmt: skip
        assert plain(words) in page, words
    assert "06 12 34" not in page
    assert plain(text_of(done.paths[2])).count("dehors") == 5 * LONG.count("dehors")


@pytest.mark.slow
def test_what_is_missing_is_said_before_and_the_hand_over_noted_once(path: Path) -> None:
    done = run(path, "--bilan", WHO, "--note")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[:2] == [
        "Bilan, Mésange Aïcha : à compléter avant, ou à la main",
        "  Personnes!AB5 : N° PASS IAE est vide. 12 chiffres, comme sur la plateforme de "
        "l'inclusion.",
    ]
    assert "  Suivi!C6 n'est pas repris (adresse électronique ou téléphone)" in done.stderr
    told = "Mésange Aïcha, « Bilan d'accompagnement remis au prescripteur » (27/11/2026, "
    assert f"Suivi!C7 : {told}nouvelle ligne)" in done.stdout.replace("\u00a0", " ")
    once = path.read_bytes()
    again = run(path, "--bilan", WHO, "--note", "--force")
    assert f"Suivi!C7 : {told}était déjà noté)" in again.stdout.replace("\u00a0", " ")
    assert path.read_bytes() == once
    line = read_workbook(path, on=ON).records.follow_ups.rows[-1]
    assert (line.day, line.objective) == (ON, "Faire le point avec le prescripteur")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bilan", "Mésange Aïssa"], "vouliez-vous dire « Mésange Aïcha »"),
        (["--bilan", "Double Ali"], "aux lignes 8 et 9 de Personnes, qui peuvent être deux"),
        (["--meeting", "--note"], "--note"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    path: Path, made: bytes, arguments: list[str], said: str
) -> None:
    done = run(path, *arguments)
    assert done.exit_code != 0
    assert said in f"{done.exception} {done.stderr}".replace("\u00a0", " ")
    assert not (path.parent / "pdf").exists()
    assert path.read_bytes() == made


def test_homonyms_are_told_by_their_rows_in_file_names() -> None:
    """Précision may say anything: it is on no paper and in no name of a file for others."""
    twins = [{"Nom": "Petit", "Prénom": "Ali", "Précision (homonymes)": precision}
             for precision in ("sort de prison", "Lyon")]  # fmt: skip
    records = read_rows(ON, tPersonnes=[*twins, {"Nom": "Seule", "Prénom": "Ida"}]).records
    origin = Origin("suivi.xlsx", ON)
    reviews = reviews_of(records, list(records.persons), origin)
    made = [review_document(records, one, origin) for one in reviews]
    assert [one.stem for one in made] == [
        "Bilan Petit Ali (ligne 5)", "Bilan Petit Ali (ligne 6)", "Bilan Seule Ida",
    ]  # fmt: skip
    assert "prison" not in str(made)


def test_a_read_only_workbook_has_another_remedy_than_the_folder(path: Path) -> None:
    with patch("cedre_xlsx.files.locks.may_write", return_value=False):
        done = run(path, "--bilan", WHO, "--note")
    assert "ou recommencez sans --note" in str(done.exception)
    assert " -o" not in str(done.exception)


def test_a_workbook_that_cannot_be_written_is_said_before_the_page_is_made(path: Path) -> None:
    (path.parent / "~$suivi.xlsx").write_bytes(b"")
    assert run(path, "--bilan", WHO, "--note").exit_code != 0
    assert not (path.parent / "pdf").exists()
    assert run(path, "--bilan", WHO).exit_code == 0  # only read


def test_a_text_that_is_there_stays(path: Path) -> None:
    kept = path.parent / "pdf" / "Bilan Vide.txt"
    kept.parent.mkdir()
    kept.write_text("le mien")
    done = run(path, "--bilan", "Vide")
    assert "Bilan Vide.txt existe déjà ; rien n'est écrit." in str(done.exception)
    assert kept.read_text() == "le mien"
    assert [one.name for one in kept.parent.iterdir()] == ["Bilan Vide.txt"]


def test_reviews_in_one_file_have_one_text(path: Path) -> None:
    options: dict[str, Any] = {"reviews": [WHO, "Vide"], "people": [WHO], "merge": True}
    done = api.print_forms(path, folder=path.parent / "pdf", on=ON, **options)
    assert [one.name for one in (*done.paths, *done.texts)] == [
        "suivi formulaires.pdf", "suivi formulaires.txt",
    ]  # fmt: skip
    text = done.texts[0].read_text("utf-8-sig")
    assert [text.count(f"Bilan d'accompagnement – {name}") for name in (WHO, "Vide")] == [1, 1]
