"""The views that make papers, as a browser without a script sees them, on a day that is fixed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.api.retaining import copy_of
from cedre_xlsx.page import requests
from cedre_xlsx.page.app import _Pages
from cedre_xlsx.page.jobs import Job, State
from cedre_xlsx.page.model import Action, Ask, View
from cedre_xlsx.page.views import meeting, nameless, printing, retention
from cedre_xlsx.page.worker import WorkTask
from cedre_xlsx.privacy.apply import Applied, Consent, Counts, Tell
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import read_workbook
from tests.page.page_client import PageClient, Reply, page_of
from tests.privacy.retention_support import WHO, small
from tests.reports.test_minutes import decide, points
from tests.small_association import LATER, refreshed_workbook

BOOK, OLD = "suivi.xlsx", "vieux.xlsx"
Fields = Mapping[str, str | Sequence[str]]

pytestmark = pytest.mark.slow


class Later(date):
    """The day of these tests, whenever they run."""

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return LATER


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder = tmp_path_factory.mktemp("dossier")
    (folder / BOOK).write_bytes(refreshed_workbook())
    (folder / OLD).write_bytes(small())
    with pytest.MonkeyPatch.context() as patch, page_of(folder) as page:
        patch.setattr(requests, "date", Later)
        yield page


@pytest.fixture
def folder(page: PageClient) -> Iterator[Path]:
    """The folder of the page, in which what a test wrote goes again."""
    folder = page.server.session.folder
    yield folder
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        elif one.name not in (BOOK, OLD):
            one.unlink()
    (folder / BOOK).write_bytes(refreshed_workbook())
    (folder / OLD).write_bytes(small())


class Mute:
    """`Says` to nobody."""

    def tell(self, sentence: str) -> None:
        """Nothing."""

    def progress(self, done: int, total: int) -> None:
        """Nothing."""


def ask(folder: Path, book: str = BOOK, **fields: str) -> Ask:
    return Ask(folder, folder / book, LATER, {name: (one,) for name, one in fields.items()})


def files(folder: Path) -> list[str]:
    """What lies in the folders below."""
    return sorted(one.relative_to(folder).as_posix() for one in folder.glob("*/*"))


def shown_paper(page: PageClient, reply: Reply) -> str:
    """The kind of what is shown on the page as a paper."""
    [address] = re.findall(r'<iframe class="paper" title="[^"]+" src="([^"#]+)', reply.html)
    got = page.ask("GET", address)
    assert got.body.startswith(b"%PDF")
    return got.headers["content-type"]


def test_decisions_are_shown_poured_told_in_a_pdf_and_taken_back(
    page: PageClient, folder: Path
) -> None:
    path = folder / BOOK
    empty = page.get("reunion", classeur=BOOK)
    assert "Rien n'est encore décidé dans la feuille Réunion." in empty.text
    assert "Faire l'ordre du jour en PDF" in empty.text
    (first, who, _), (second, *_), *_ = points(path.read_bytes())
    decide(path, first, "Appeler le garage", "ensemble", "fin juin")
    decide(path, second, "", "Linda")
    before = path.read_bytes()
    shown = page.get("reunion", classeur=BOOK, jour="12 octobre 2026")
    assert "1 décision à verser dans Suivi, réunion du 12/10/2026" in shown.text
    assert f"{who} Appeler le garage ensemble fin juin" in shown.text
    assert f"Réunion!E{second} : il n'y a rien sous Décision" in shown.text
    assert "Nadia Ferrand" in shown.text  # a box: who was there
    assert (path.read_bytes(), files(folder)) == (before, [])
    present = {"present": ["Nadia Ferrand"], "autres": "Mme Colin\nLe directeur", "pdf": "oui"}
    other = page.post("reunion/verser", shown, fields={**present, "jour": "13/10/2026"})
    assert "La date a changé depuis ce qui était montré" in other.text
    assert (path.read_bytes(), files(folder)) == (before, [])
    told = {**present, "jour": "12/10/2026"}
    done = page.post("reunion/verser", shown, fields=told)
    assert "suivi.xlsx : 1 décision versée dans Suivi, réunion du 12/10/2026." in done.text
    assert files(folder) == ["comptes-rendus/Compte rendu 2026-10-12.pdf"]
    assert shown_paper(page, done) == "application/pdf"
    lines = read_workbook(path, on=LATER).records.follow_ups.rows
    assert [one.day for one in lines if one.action == "Appeler le garage"] == [date(2026, 10, 12)]
    again = page.get("reunion", classeur=BOOK, jour="12/10/2026")
    assert "Aucune décision à verser : 1 déjà versée." in again.text
    refused = page.post("reunion/verser", again, fields={"pdf": "oui", "jour": "12/10/2026"})
    assert "Compte rendu 2026-10-12.pdf : existe déjà ; rien n'est écrit" in refused.text
    undone = page.post("defaire", done)
    assert "suivi.xlsx est redevenu ce qu'il était" in undone.text
    assert (path.read_bytes(), files(folder)) == (before, [])


def test_who_was_there_is_the_boxes_then_the_lines(tmp_path: Path) -> None:
    fields = {"present": ("Nadia", "Hugo"), "autres": ("  Mme Colin \n\nNadia\n",)}
    asked = Ask(tmp_path, tmp_path / BOOK, LATER, fields)
    assert meeting._present(asked) == ["Nadia", "Hugo", "Mme Colin"]


WANTED: list[tuple[Fields, list[str]]] = [
    ({"personne": "lavande EUDES", "fiche": "oui"}, ["Fiche Lavande Eudes.pdf"]),
    ({"personne": "Lavande Eudes", "bilan": "oui"},
     ["Bilan Lavande Eudes.pdf", "Bilan Lavande Eudes.txt"]),
    ({"reference": "d-2026-014"}, ["Convention D-2026-014 Groseille Clotilde.pdf"]),
    ({"personne": "groseille clotilde", "conventions": "oui"},
     ["Convention CP-2026-007 Groseille Clotilde.pdf",
      "Convention D-2026-014 Groseille Clotilde.pdf"]),
    ({"reunion": "oui", "annee": "2025"}, ["Réunion 2026-10-15.pdf", "Essentiel 2025.pdf"]),
    ({"annee": "2025", "public": "oui"}, ["Essentiel 2025 pour publication.pdf"]),
    ({"tout": "oui", "ensemble": "oui"}, ["suivi formulaires.pdf"]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "names"), WANTED, ids=lambda one: ",".join(one))
def test_papers_are_named_before_they_are_made(
    page: PageClient, folder: Path, fields: dict[str, str], names: list[str]
) -> None:
    asked = ask(folder, **fields)
    told = printing.preview(asked, Mute()).context
    assert (told.get("failure"), told.get("names")) == (None, tuple(names))
    assert files(folder) == []


REFUSED: list[tuple[Fields, str]] = [
    ({}, "Rien à imprimer n'est demandé"),
    ({"personne": "Lavande", "fiche": "oui"}, "« Lavande » n'existe pas dans Personnes"),
    ({"personne": "Lavande Eudes"}, "rien n'est coché pour Lavande Eudes"),
    ({"fiche": "oui"}, "la personne n'est pas dite"),
    ({"reference": "D-2026-999"}, "Aucun engagement n'a la référence « D-2026-999 »"),
    ({"annee": "26 ?"}, "L'année : « 26 ? » n'est pas un nombre entier"),
    ({"public": "oui"}, "l'année à publier n'est pas dite"),
    ({"personne": "Lavande Eudes", "fiche": "oui", "noter": "oui"}, "cochez aussi le bilan"),
    ({"reunion": "oui", "dossier": "../ailleurs"}, "n'est pas dans le dossier ouvert"),
    ({"reunion": "oui", "dossier": BOOK}, "ce n'est pas un dossier"),
]


@pytest.mark.parametrize(("fields", "why"), REFUSED, ids=lambda one: ",".join(one))
def test_what_cannot_be_printed_is_said_above_the_form(
    page: PageClient, folder: Path, fields: dict[str, str], why: str
) -> None:
    told = printing.preview(ask(folder, **fields), Mute())
    assert told.template == "imprimer.html"
    assert why in str(told.context["failure"])


def test_without_the_library_its_sentence_is_shown(
    page: PageClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    told = printing.preview(ask(folder, reunion="oui"), Mute())
    assert "Les PDF demandent l'extra « pdf »" in str(told.context["failure"])


def test_papers_are_made_noted_and_not_replaced_unasked(page: PageClient, folder: Path) -> None:
    fields = {"personne": "lavande eudes", "bilan": "oui", "noter": "oui", "dossier": "pour elle"}
    form = page.get("imprimer", classeur=BOOK)
    assert '<option value="Lavande Eudes">' in form.html
    assert '<option value="D-2026-014">Groseille Clotilde · D</option>' in form.html
    told = page.post("imprimer/apercu", form, fields=fields)
    assert "2 fichiers seraient faits" in told.text
    assert "« Bilan d'accompagnement remis au prescripteur » (15/10/2026, nouvelle" in told.text
    done = page.post("imprimer/faire", told, fields=fields)
    assert "2 fichiers écrits dans pour elle." in done.text
    assert files(folder) == [
        "pour elle/Bilan Lavande Eudes.pdf",
        "pour elle/Bilan Lavande Eudes.txt",
    ]
    assert shown_paper(page, done) == "application/pdf"
    again = page.post("imprimer/apercu", done, fields=fields)
    assert "Remplacer les 2 fichiers qui existent déjà" in again.text
    assert "était déjà noté" in again.text
    refused = page.post("imprimer/faire", again, fields=fields)
    assert "existe déjà ; rien n'est écrit. Cochez « Remplacer »" in refused.text
    replaced = page.post("imprimer/faire", again, fields={**fields, "remplacer": "oui"})
    assert "2 fichiers écrits dans pour elle." in replaced.text


def test_the_sheet_for_the_referent_is_shown_line_by_line_then_written(
    page: PageClient, folder: Path
) -> None:
    form = page.get("imprimer", classeur=BOOK)
    unknown = page.post("imprimer/referent", form, fields={"personne": "Personne Inconnue"})
    assert "« Personne Inconnue » n'existe pas dans Personnes" in unknown.text
    assert 'value="Personne Inconnue"' in unknown.html
    told = page.post("imprimer/referent", form, fields={"personne": "lavande eudes"})
    assert re.search(r"Prénom Eudes Personnes!B\d+", told.text)
    assert files(folder) == []
    done = page.post("imprimer/remettre", told)
    assert files(folder) == ["referent/Référent unique Lavande Eudes.pdf"]
    assert shown_paper(page, done) == "application/pdf"


def test_whose_time_is_over_is_told_then_written_to(page: PageClient, folder: Path) -> None:
    shown = page.get("conservation", classeur=OLD)
    assert "1 personne dont le temps est passé ; 0 dans les 60 jours" in shown.text
    assert f"{WHO} depuis le 25/01/2026 ; dernier contact le 24/01/2024 (Suivi!B5)" in shown.text
    told = page.post("conservation/lettres", shown, fields={"lettre": [WHO]})
    assert "lettres/Lettre conservation Ciguë Anselme.pdf" in told.text
    made = page.post("conservation/ecrire-lettres", told)
    assert files(folder) == ["lettres/Lettre conservation Ciguë Anselme.pdf"]
    assert shown_paper(page, made) == "application/pdf"
    refused = page.post("conservation/anonymiser", shown)
    assert "cochez « J'ai compris que c'est sans retour »" in refused.text
    assert (folder / OLD).read_bytes() == small()


def test_anonymous_lines_are_shown_then_written_with_a_copy_kept(
    page: PageClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What makes them so is put in by the test: it takes seconds."""
    path, allowed = folder / OLD, []

    def found(path: Path, *, on: date, tell: Tell, consent: Consent) -> api.Anonymisation:
        allowed.append(tuple(consent(["Mes notes"])))
        made = Applied(refreshed_workbook(), Counts(1, 2, 9), ("Suivi : 1 ligne.",), ("Photo!A1",))
        told = api.find_retention(path, on=on)
        return api.Anonymisation(
            told, made, api.digest(path), copy_of(path, on), before=path.read_bytes()
        )

    monkeypatch.setattr(api, "find_anonymisation", found)
    _, _, preview, write = retention.VIEW.actions
    asked = ask(folder, book=OLD)
    html = page_for(page, retention.VIEW, preview, asked)
    assert "1 personne, 2 lignes et 9 cellules." in html
    assert "Mes notes" in html
    assert "Photo!A1" in html
    assert path.read_bytes() == small()
    agreed = ask(folder, book=OLD, compris="oui", copie="oui", feuilles="oui")
    html = page_for(page, retention.VIEW, write, agreed)
    assert "vieux.avant-conservation-2026-10-15.xlsx a encore tous les noms" in html
    assert (path.read_bytes(), copy_of(path, LATER).read_bytes()) == (refreshed_workbook(), small())
    assert allowed == [(), ("Mes notes",)]


def test_a_dossier_is_told_checked_then_written(page: PageClient, folder: Path) -> None:
    form = page.get("dossier", classeur=OLD)
    told = page.post("dossier/apercu", form, fields={"personne": "CIGUË anselme", "noter": "oui"})
    assert "Personnes 1 Suivi 1" in told.text
    assert "« Dossier remis à la personne (droit d'accès) » (15/10/2026" in told.text
    refused = page.post("dossier/ecrire", told)
    assert "vérifiez que c'est bien la personne qui demande" in refused.text
    assert files(folder) == []
    done = page.post("dossier/ecrire", told, fields={"verifie": "oui"})
    assert files(folder) == [f"dossiers/Dossier {WHO}.pdf", f"dossiers/Dossier {WHO}.xlsx"]
    assert shown_paper(page, done) == "application/pdf"
    unknown = page.post("dossier/apercu", form, fields={"personne": "Inconnue"})
    assert "« Inconnue » n'existe pas dans Personnes" in unknown.text


def test_a_copy_without_names_is_a_file_of_its_own(
    page: PageClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_of: list[object] = []

    def copied(path: Path, output: Path, *, key: Path, on: date, force: bool) -> object:
        asked_of.extend((path.name, output.name, key.parent.is_dir(), on, force))
        return api.Pseudonymised(output, key, people=2, moved=1, findings=3, not_carried=0)

    monkeypatch.setattr(api, "pseudonymise", copied)
    form = page.get("sansnoms", classeur=BOOK)
    assert 'value="suivi sans noms.xlsx"' in form.html
    asked = ask(folder, copie="copie.xlsx", cle="cle/qui.csv")
    html = page_for(page, nameless.VIEW, nameless.VIEW.actions[0], asked)
    assert asked_of == [BOOK, "copie.xlsx", True, LATER, False]
    assert "La copie est faite" in html
    assert re.search(r"Écrit\s: copie\.xlsx<", html)


def page_for(page: PageClient, view: View, action: Action, asked: Ask) -> str:
    """The page of an action that is done here, where what it calls can be another."""
    job = Job(view, action, WorkTask(action.work, asked), state=State.DONE)
    job.answer = action.work(asked, Mute())
    return bytes(_Pages(page.server.session)._shown(job).body).decode()


def test_no_folder_for_a_key_is_left_where_no_copy_is_made(tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(small())
    asked = ask(tmp_path, copie="copie.pdf", cle="cle/qui.csv")
    with pytest.raises(CedreError, match=r"la copie est un classeur \.xlsx"):
        nameless.write(asked, Mute())
    assert [one.name for one in tmp_path.iterdir()] == [BOOK]


def test_the_copy_of_a_workbook_of_a_folder_is_proposed_beside_it(tmp_path: Path) -> None:
    asked = Ask(tmp_path, tmp_path / "2026" / BOOK, LATER)
    assert nameless.show(asked, Mute()).context == {
        "proposed": "2026/suivi sans noms.xlsx", "is_there": False,
    }  # fmt: skip
    assert nameless._proposed(asked) == tmp_path / "2026" / "suivi sans noms.xlsx"
