"""A week at the page, from nothing to a printed convention and a poured decision, in Chromium.

With `python -m tests.page.test_week` the same is done for the pictures of docs/page.md.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from cedre_xlsx.page import jobs
from cedre_xlsx.page.views import BY_NAME
from tests import short
from tests.chromium import chromium
from tests.page.page_client import PageClient, page_of
from tests.page.person import Person
from tests.page.week import (
    ADVISOR,
    DECISION,
    MET,
    OBJECT,
    PEOPLE,
    REFERENCE,
    decide_in_excel,
    poured,
    type_in_excel,
)  # fmt: skip
from tests.support import ROOT, needs_chromium

pytestmark = [needs_chromium, pytest.mark.slow]

PICTURES = ROOT / "docs/images"
_PAPER_SECONDS = 4
_SIZE = {"width": 1280, "height": 860}


@dataclass
class Week:
    """Somebody's steps; a picture is kept of those that have a name, where `pictures` says."""

    person: Person
    page: PageClient
    pictures: Path | None = None

    @property
    def book(self) -> Path:
        return self.page.server.session.folder / "suivi.xlsx"

    def shown(self, name: str) -> None:
        """What is seen now, for the docs; nothing in it is of this machine or of its folders."""
        if self.pictures is not None:
            browser = self.person.browser
            browser.value("scrollTo(0, 0)")
            if self.person.has("Iframe", ""):
                time.sleep(_PAPER_SECONDS)  # nothing tells that the paper is drawn
            browser.picture(self.pictures / f"page-{name}.png")

    def goes_to(self, view: str) -> None:
        self.person.clicks("link", BY_NAME[view].title)

    def makes_a_workbook(self) -> None:
        person = self.person
        self.goes_to("nouveau")
        person.types("Nom du fichier", "suivi.xlsx")
        person.types("Nom de la structure", "Les Jardins du Gué")
        person.chooses("Type de structure", "AI")
        person.types("Accompagnateurs", ADVISOR)
        person.clicks("button", "Voir ce qui sera écrit")
        person.sees("Les Jardins du Gué")
        assert not self.book.exists()
        person.clicks("button", "Créer suivi.xlsx")
        person.sees("suivi.xlsx est écrit dans le dossier")
        assert self.book.exists()

    def takes_over_a_table(self, table: Path) -> None:
        person = self.person
        self.goes_to("reprendre")
        person.hands_over("Vos fichiers", table)
        person.clicks("button", "Voir l'aperçu")
        person.sees("À créer (4)")
        person.sees(MET)
        self.shown("reprendre")
        person.clicks("button", "Verser dans suivi.xlsx")
        person.sees("Reprendre : c'est versé")

    def accepts_a_finding(self) -> None:
        person = self.person
        self.goes_to("controle")
        person.sees("Échéance dépassée")
        self.shown("controle")
        person.clicks("button", "Accepter : SUI03")
        person.types("Pourquoi l'équipe l'accepte", "Le CV attend la fin de la formation")
        person.types("Jusqu'au", "dans 3 mois")
        person.clicks("button", "Voir ce qui sera écrit")
        person.sees("Le CV attend la fin de la formation")
        person.clicks("button", "Accepter")
        person.clicks("link", "Revenir aux constats")
        person.sees("Acceptés par l'équipe")

    def refreshes(self) -> None:
        self.goes_to("actualiser")
        if self.person.has("button", "Actualiser suivi.xlsx"):
            self.person.clicks("button", "Actualiser suivi.xlsx")
            self.person.sees("suivi.xlsx : actualisé au")

    def pours_a_decision(self) -> None:
        person = self.person
        self.goes_to("reunion")
        person.sees(DECISION)
        assert DECISION not in poured(self.book)
        person.touches("checkbox", ADVISOR)
        self.shown("reunion")
        person.clicks("button", "Verser et faire le compte rendu")
        person.sees("Le compte rendu")
        assert poured(self.book).count(DECISION) == 1

    def prints_a_convention(self) -> None:
        person = self.person
        self.goes_to("imprimer")
        person.types("Réf. engagement", REFERENCE)
        person.clicks("button", "Voir ce qui serait fait")
        person.clicks("button", "Faire ce fichier")
        person.sees("1 fichier écrit")
        assert person.has("Iframe", REFERENCE)
        self.shown("imprimer")
        [paper] = [
            path for path in self.page.server.session.made.values() if REFERENCE in path.name
        ]
        text = " ".join(PdfReader(paper).pages[0].extract_text().split())
        assert OBJECT in text
        assert "Les Jardins du Gué" in text

    def reads_figures(self) -> None:
        self.goes_to("statistiques")
        self.person.sees("Tous les chiffres")
        self.shown("statistiques")

    def takes_back_the_last_write(self) -> None:
        person = self.person
        papers = set(self.page.server.session.made.values())
        person.clicks("link", "Défaire")
        person.clicks("button", "Défaire")
        person.sees("effacé")
        assert any(not path.exists() for path in papers)

    def goes_home(self) -> None:
        self.person.clicks("link", "Accueil")
        self.person.sees("Que voulez-vous faire ?")
        self.shown("accueil")


def spend(week: Week, table: Path) -> None:
    """Monday to Friday."""
    page = week.page
    week.person.opens(page.server.address, **_SIZE)
    week.makes_a_workbook()
    week.takes_over_a_table(table)
    type_in_excel(week.book, date.today())
    week.accepts_a_finding()
    week.refreshes()
    decide_in_excel(week.book)
    week.pours_a_decision()
    week.prints_a_convention()
    week.reads_figures()
    week.takes_back_the_last_write()
    week.goes_home()
    assert week.person.browser.complaints() == []
    addresses = [one for one in week.person.browser.asked_for() if one.startswith("http")]
    assert {re.split("[/:]+", one)[1] for one in addresses} == {"127.0.0.1"}
    week.person.clicks("button", "Fermer CEDRE")
    week.person.sees("Vous pouvez fermer cet onglet.")


def live(folder: Path, pictures: Path | None = None) -> None:
    """The whole of it in a new folder."""
    work = folder / "Suivis"
    work.mkdir(parents=True)
    table = folder / "personnes.csv"
    table.write_text(PEOPLE, encoding="utf-8")
    with chromium(folder / "chromium") as browser, page_of(work) as page:
        spend(Week(Person(browser), page, pictures), table)


def test_a_week_of_an_advisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "serve", short.serve)
    live(tmp_path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        live(Path(made), PICTURES if "--pictures" in sys.argv else None)
