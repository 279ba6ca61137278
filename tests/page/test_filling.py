"""*Remplir le formulaire d'un autre*: what was shown is what is written, or nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cedre_xlsx.page.model import Answer, Ask
from cedre_xlsx.page.templates import rendered
from cedre_xlsx.page.views import filling
from cedre_xlsx.schema.errors import ChangedError
from tests.intake.intake_support import book_with
from tests.page.page_client import Reply
from tests.paperwork.form_models import small_form

ON = date(2026, 11, 29)
FORM, KEPT, FILLED = "fiche.xlsx", "fiche.formulaire.toml", "fiche Durand Lise.xlsx"
LABELS, FRAMED = {"A1": "Nom", "A2": "Prénom"}, "B1 B2"
SWAPPED = {"A1": "Prénom", "A2": "Nom"}
OTHER = {"A4": "Orienteur", "A5": "Nom"}

Sent = Mapping[str, str | Sequence[str]]


class Silent:
    """Hears nothing of what a view tells."""

    def tell(self, sentence: str) -> None: ...

    def progress(self, done: int, total: int) -> None: ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    person = {"last_name": "Durand", "first_name": "Lise"}
    (tmp_path / "suivi.xlsx").write_bytes(book_with(tPersonnes=[person]))
    (tmp_path / FORM).write_bytes(small_form(LABELS, FRAMED))
    return tmp_path.resolve()


def does(work: Callable[[Ask, Silent], Answer], folder: Path, fields: Sent) -> Reply:
    """What a view shows to who sends these fields."""
    told = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in fields.items()}
    answer = work(Ask(folder, folder / "suivi.xlsx", ON, told), Silent())
    frame = {
        "views": (), "view": filling.VIEW, "title": "", "workbook": "suivi.xlsx", "folder": "",
        "token": "", "seen": "", "undo": None, "page": "", "base": "", "version": "",
        "job_number": "", "uploads": {}, "asked": None, "again": ".garde", "handed_number": str,
        "url": str, "action": "/{}".format, "made": str, "menu": (), "answers": False,
    }  # fmt: skip
    html = rendered(answer.template, {**frame, **answer.context})
    return Reply(200, {}, html.replace("\N{NO-BREAK SPACE}", " ").encode(), "")


def chosen(folder: Path) -> Sent:
    """The form of the cells, where the name goes into the first one and nothing into others."""
    cases = does(filling.choose, folder, {"modele": FORM, "personne": "Durand Lise"})
    sent = cases.form("apercu")
    return {**sent, "champ": ["Personnes : Nom", *("" for _ in sent["case"][1:])]}


def changed(name: str) -> str:
    return (
        f"{name} a changé depuis que la page l'a lu ; rien n'est écrit. Choisissez de nouveau le "
        "formulaire, et regardez l'aperçu."
    )


@pytest.mark.slow
def test_a_form_that_is_replaced_is_not_filled_as_the_former_one(folder: Path) -> None:
    cases = chosen(folder)
    preview = does(filling.look, folder, cases)
    assert "B1 Nom Durand" in preview.text
    before = (folder / FORM).read_bytes()
    (folder / FORM).write_bytes(small_form(SWAPPED, FRAMED))
    for work, fields in (
        (filling.look, cases),
        (filling.write, {**preview.form("ecrire"), "garder": "oui"}),
        (filling.choose, preview.form("cases")),
    ):
        with pytest.raises(ChangedError) as said:
            does(work, folder, fields)
        assert str(said.value) == changed(FORM)
    assert sorted(one.name for one in folder.iterdir()) == [FORM, "suivi.xlsx"]
    (folder / FORM).write_bytes(before)
    does(filling.write, folder, {**preview.form("ecrire"), "garder": "oui"})
    assert load_workbook(folder / FILLED).active["B1"].value == "Durand"


def test_what_goes_where_is_what_the_preview_followed(folder: Path) -> None:
    preview = does(filling.look, folder, chosen(folder))
    kept = does(filling.write, folder, {**preview.form("ecrire"), "garder": "oui"})
    assert KEPT in kept.text
    text = (folder / KEPT).read_text(encoding="utf-8")
    assert not any(word in text for word in ("commande", "--"))
    (folder / FILLED).unlink()
    preview = does(filling.look, folder, {"modele": FORM, "personne": "Durand Lise"})
    assert f"Correspondance suivie : {KEPT}" in preview.text
    (folder / KEPT).write_text(text.replace(": Nom", ": Prénom"), encoding="utf-8")
    with pytest.raises(ChangedError) as said:
        does(filling.write, folder, preview.form("ecrire"))
    assert str(said.value) == changed(KEPT)
    (folder / KEPT).unlink()
    with pytest.raises(ChangedError, match="n'est plus à côté du classeur ; rien n'est écrit"):
        does(filling.write, folder, preview.form("ecrire"))
    assert not (folder / FILLED).exists()


def test_the_correspondence_of_another_form_of_that_name_stays(folder: Path) -> None:
    first = does(filling.look, folder, chosen(folder))
    does(filling.write, folder, {**first.form("ecrire"), "garder": "oui"})
    kept = (folder / KEPT).read_bytes()
    same = does(filling.look, folder, chosen(folder))
    assert f"Remplacer {KEPT} Il dit aujourd'hui autre chose des cases" in same.text
    assert 'name="garder" value="oui" checked' in same.html
    (folder / FORM).write_bytes(small_form(OTHER, "B4 B5"))
    other = does(filling.look, folder, chosen(folder))
    assert "Ce fichier ne va pas avec ce formulaire : il est d'un autre du même nom" in other.text
    assert 'name="garder" value="oui" checked' not in other.html
    (folder / KEPT).write_bytes(kept + b"# autre chose\n")
    (folder / FILLED).unlink()
    with pytest.raises(ChangedError) as said:
        does(filling.write, folder, {**other.form("ecrire"), "garder": "oui"})
    assert str(said.value) == changed(KEPT)
    does(filling.write, folder, {**other.form("ecrire"), "nom": FILLED})
    assert (folder / FILLED).is_file()
    assert (folder / KEPT).read_bytes() == kept + b"# autre chose\n"
