"""Views of the page that pour what a team has, begin a workbook, and fill someone else's form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cedre_xlsx import api
from cedre_xlsx.page import app
from cedre_xlsx.page.model import Answer, Ask
from cedre_xlsx.page.views import importing, starting
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.workbook.read import read_workbook
from tests.intake.intake_support import book_with
from tests.page.page_client import PageClient, Reply, encoded, page_of
from tests.paperwork.form_models import prolongation, team_form

ON = date(2026, 11, 29)
LISE, DAN = "Durand Lise", "Morel Dan"
PEOPLE: list[Mapping[str, object]] = [
    {"last_name": "Durand", "first_name": "Lise", "advisor": "Linda", "birth_year": 1985},
    {
        "last_name": "Martin", "first_name": "Sophie", "registered": date(2024, 11, 4),
        "pass_number": "999992112345", "pass_start": date(2024, 11, 4),
        "pass_end": date(2026, 11, 3),
    },
]  # fmt: skip
LIST = [
    ["Nom", "Prénom", "Accompagnateur", "Inscrit le", "Tél", "Avancement"],
    ["Durand", "Lise", "Paul", "01/02/2026", "0612345678", "bien"],
    ["Morel", "Dan", "Paul", "03/02/2026", "0612345679", "moyen"],
]


@dataclass
class Told:
    """What a view says while it works."""

    said: list[str] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        self.said.append(sentence)

    def progress(self, done: int, total: int) -> None:
        self.said.append(f"{done}/{total}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "suivi.xlsx").write_bytes(book_with(tPersonnes=PEOPLE))
    return folder


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    return saved_list(tmp_path / "remis" / "liste.xlsx")


def saved_list(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    book = Workbook()
    book.active.title = "2026"
    for row in LIST:
        book.active.append(row)
    book.create_sheet("Vide")
    book.save(path)
    return path


def asked(folder: Path, source: Path, **fields: str | list[str]) -> Ask:
    given = {
        name: tuple([value] if isinstance(value, str) else value) for name, value in fields.items()
    }
    return Ask(folder, folder / "suivi.xlsx", ON, given, {"sources": (source,)})


def shown(answer: Answer) -> api.ImportPreview:
    found = answer.context["found"]
    assert isinstance(found, api.ImportPreview)
    return found


def plain(reply: Reply) -> str:
    """What is read, with spaces of one kind."""
    return reply.text.replace("\N{NO-BREAK SPACE}", " ")


def people(path: Path) -> dict[str, PersonRow]:
    return {row.person: row for row in read_workbook(path, on=ON).records.people.rows}


@pytest.mark.slow
def test_the_preview_has_the_groups_and_what_is_left_at_the_door(
    folder: Path, handed: Path
) -> None:
    told = Told()
    found = shown(importing.look(asked(folder, handed), told))
    assert found.totals == "2 lignes lues = 1 à créer + 1 à mettre à jour + 0 à jour + 0 à voir"
    [created] = [one for one in found.created.shown if isinstance(one, api.ShownLine)]
    assert (created.place, created.person) == ("liste.xlsx!2026!3", DAN)
    assert "Date d'inscription : 03/02/2026" in created.told
    [changed] = [one for one in found.changed.shown if isinstance(one, api.ShownCell)]
    assert (changed.person, changed.heading) == (LISE, "Accompagnateur")
    assert (changed.before, changed.after) == ("Linda", "Paul")
    assert [(one.columns, one.why) for one in found.left_out] == [
        (("Tél",), "coordonnées : elles ont leur place dans le dossier, pas dans un suivi")
    ]
    assert "0612345678" not in repr(found)
    assert found.unsure == ("liste.xlsx!2026",)
    assert told.said == [
        "Lecture de liste.xlsx et du classeur…", "Où vont les colonnes…",
        "Comparaison avec suivi.xlsx…",
    ]  # fmt: skip


@pytest.mark.slow
def test_what_is_filled_changes_only_where_it_was_ticked(folder: Path, handed: Path) -> None:
    path = folder / "suivi.xlsx"
    before = path.read_bytes()
    with pytest.raises(CedreError, match="personne n'a dit que les colonnes vont au bon endroit"):
        importing.pour(asked(folder, handed), Told())
    assert path.read_bytes() == before
    [change] = shown(importing.look(asked(folder, handed), Told())).changed.shown
    assert isinstance(change, api.ShownCell)
    done = importing.pour(asked(folder, handed, bon_endroit="1"), Told()).context
    assert done["sentence"] == f"{path} : 1 ligne ajoutée et 2 cellules complétées."
    assert done["kept_count"] == 1
    assert people(path)[LISE].advisor == "Linda"
    ticked = asked(folder, handed, bon_endroit="1", remplacer=change.key)
    assert importing.pour(ticked, Told()).context["changed_count"] == 1
    assert people(path)[LISE].advisor == "Paul"


@pytest.mark.slow
def test_a_source_that_changed_since_its_preview_is_not_poured(folder: Path, handed: Path) -> None:
    sources = importing.look(asked(folder, handed), Told()).context["sources"]
    ask = asked(folder, handed, lus=sources.prints, bon_endroit="1")  # type: ignore[attr-defined]
    handed.write_bytes(handed.read_bytes() + b"\0")
    with pytest.raises(CedreError, match=r"liste\.xlsx a changé depuis que la page l'a lu"):
        importing.pour(ask, Told())


def test_nothing_handed_over_and_two_files_of_one_name_are_said(folder: Path, handed: Path) -> None:
    with pytest.raises(CedreError, match="aucun fichier n'est choisi"):
        importing.look(Ask(folder, folder / "suivi.xlsx", ON), Told())
    again = saved_list(handed.parent / "autre" / "liste.xlsx")
    ask = Ask(folder, folder / "suivi.xlsx", ON, {}, {"sources": (handed, again)})
    with pytest.raises(CedreError, match=r"deux fichiers s'appellent « liste\.xlsx »"):
        importing.look(ask, Told())


@pytest.mark.slow
def test_a_new_workbook_is_said_then_written_and_never_over_another(folder: Path) -> None:
    fields = {
        "nom": ("neuf",), "structure": ("AI de Kerfleur",), "type": ("ACI",),
        "accompagnateurs": ("Linda\r\n\r\n Paul \r\nLinda",), "jeu": ("apres", "pass"),
    }  # fmt: skip
    ask = Ask(folder, None, ON, fields)
    found = starting.look(ask, Told()).context["found"]
    assert isinstance(found, api.NewWorkbook)
    assert (found.path, found.free) == (folder / "neuf.xlsx", None)
    assert (found.advisors, found.packs) == (("Linda", "Paul"), ("pass", "apres"))
    assert not found.path.exists()
    made = starting.make(ask, Told())
    assert made.opens == found.path
    settings = read_workbook(found.path, on=ON).records.settings
    assert (settings.structure, settings.advisors) == ("AI de Kerfleur", ("Linda", "Paul"))
    before = found.path.read_bytes()
    again = starting.make(ask, Told())
    assert (again.template, again.context["name"]) == ("nouveau.html", "neuf - 2.xlsx")
    assert found.path.read_bytes() == before
    with pytest.raises(CedreError, match="n'a pas de nom"):
        starting.look(Ask(folder, None, ON), Told())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "suivi.xlsx").write_bytes(book_with(tPersonnes=PEOPLE))
    (folder / "bilan.xlsx").write_bytes(prolongation())
    with page_of(folder) as page:
        yield page


@pytest.mark.slow
def test_columns_are_corrected_then_poured_through_the_page(
    page: PageClient, tmp_path: Path
) -> None:
    folder = page.server.session.folder
    form = page.get("reprendre", classeur="suivi.xlsx")
    source = saved_list(tmp_path / "remis" / "liste.xlsx")
    first = page.post("reprendre/apercu", form, [("sources", source)])
    assert "Avancement" in first.text
    assert "Où vont les colonnes" in first.text
    assert "J'ai relu" in first.text
    sent = first.form("reprendre/apercu")
    shown = page.post(
        "reprendre/apercu",
        fields={**sent, "colonne0.5": "ne pas reprendre", "colonne0.2": "Personnes : Orienteur"},
    )
    assert "écartée dans la correspondance" in shown.text
    assert "Orienteur" in shown.form("reprendre/verser")["choix"][0]
    assert "J'ai relu" not in shown.text
    kept = page.post("reprendre/garder", fields=shown.form("reprendre/garder"))
    assert "suivi - aperçu.csv" in kept.text
    rows = list(csv.reader(io.StringIO((folder / "suivi - aperçu.csv").read_text("utf-8-sig")),
                           delimiter=";"))  # fmt: skip
    assert ["colonne non reprise", "liste.xlsx!2026", "", "", "", "Avancement", "", "",
            "écartée dans la correspondance"] in rows  # fmt: skip
    done = page.post("reprendre/verser", fields=shown.form("reprendre/verser"))
    assert "suivi.xlsx : 1 ligne ajoutée et 2 cellules complétées." in done.text
    found = people(folder / "suivi.xlsx")
    assert f"liste.xlsx!2026!3 → Personnes!{found[DAN].row}" in done.text
    assert (found[LISE].advisor, found[LISE].referrer, found[DAN].advisor) == ("Linda", "Paul", "")


@pytest.mark.slow
def test_old_tables_become_a_workbook_that_the_page_goes_on_with(
    page: PageClient, tmp_path: Path
) -> None:
    folder = page.server.session.folder
    source = tmp_path / "liste.csv"
    source.write_text("Nom;Prénom;Inscrit le\nDurand;Lise;01/02/2026\nMorel;Dan;03/02/2026\n")
    shown = page.post("migrer/apercu", page.get("migrer"), [("sources", source)])
    assert "2 lignes lues = 2 à créer + 0 à voir." in shown.text
    assert "jour (0)" not in shown.text  # a new workbook has nothing to be brought up to date
    assert "À voir (0)" in shown.text
    assert "CEDRE - liste.xlsx , avec 2 lignes, et CEDRE - liste - reprise.csv" in shown.text
    assert not (folder / "CEDRE - liste.xlsx").exists()
    sent = {**shown.form("migrer/faire"), "bon_endroit": "1"}
    done = page.post("migrer/faire", fields=sent)
    assert "CEDRE - liste.xlsx : 2 lignes lues = 2 versées + 0 à voir." in done.text
    assert "La page continue avec CEDRE - liste.xlsx" in done.text
    assert api.people(folder / "CEDRE - liste.xlsx", on=ON) == (LISE, DAN)
    assert (folder / "CEDRE - liste - reprise.csv").is_file()
    again = page.post("migrer/faire", fields=sent)
    assert "par exemple « CEDRE - liste - 2.xlsx »" in again.text


@pytest.mark.slow
def test_a_long_reading_is_cancelled_and_the_page_goes_on(
    page: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_PATIENCE", 0.05)  # however fast the machine is
    source = tmp_path / "long.csv"
    lines = [f"Durand Lise;{rank % 28 + 1:02}/01/2026;Action {rank}" for rank in range(15_000)]
    source.write_text("\n".join(["Personne;Date;Action", *lines]), encoding="utf-8")
    hidden = page.get("reprendre", classeur="suivi.xlsx").form("reprendre/apercu")
    body, kind = encoded(hidden, [("sources", source)])
    begun = page.ask("POST", f"{page.base}/reprendre/apercu", body, {"Content-Type": kind})
    waiting = page.ask("GET", begun.headers["location"])
    assert "Annuler" in waiting.text
    number = begun.headers["location"].rpartition("/")[2]
    cancelled = page.post(f"travaux/{number}/annuler", fields=waiting.form("annuler"))
    assert "Annulé" in cancelled.text
    assert "Verser dans suivi.xlsx" in page.get("reprendre", classeur="suivi.xlsx").text


@pytest.mark.slow
def test_a_form_is_filled_for_someone_of_the_list(page: PageClient) -> None:
    folder = page.server.session.folder
    form = page.get("remplir", classeur="suivi.xlsx")
    assert "<option>Martin Sophie</option>" in form.html
    asked = {"modele": "bilan.xlsx", "personne": "Martin Sophie", "mois": "6"}
    shown = page.post("remplir/apercu", form, fields=asked)
    assert "C4 Nom & Prénom du salarié Martin Sophie" in shown.text
    assert "Pas sûr : à compléter à la main" in shown.text
    assert not (folder / "bilan Martin Sophie.xlsx").exists()
    sent = {**shown.form("remplir/ecrire"), "nom": "bilan Martin Sophie.xlsx"}
    done = page.post("remplir/ecrire", fields=sent)
    assert "bilan Martin Sophie.xlsx : " in done.text
    assert (folder / "bilan Martin Sophie.xlsx").is_file()
    again = page.post("remplir/ecrire", fields=sent)
    assert "par exemple « bilan Martin Sophie - 2.xlsx »" in again.text
    other = page.post("remplir/apercu", form, fields={**asked, "personne": LISE})
    assert "suivi.xlsx : « Durand Lise » n'a pas de PASS IAE" in other.text
    assert str(folder) not in other.text


@pytest.mark.slow
def test_an_unknown_form_is_asked_about_then_filled_and_kept(
    page: PageClient, tmp_path: Path
) -> None:
    folder = page.server.session.folder
    liaison = tmp_path / "liaison.xlsx"
    liaison.write_bytes(team_form())
    form = page.get("remplir", classeur="suivi.xlsx")
    asked = {"personne": LISE, "modele": ""}
    cases = page.post("remplir/apercu", form, [("formulaire", liaison)], asked)
    assert "liaison.xlsx n'est pas un formulaire connu : voici ses cases vides" in plain(cases)
    assert f"dans chaque case pour {LISE}" in cases.text
    assert 'aria-label="Ce qui va en C4, Prénom :"' in cases.html
    assert "<option selected>Personnes : Prénom</option>" in cases.html
    sent = cases.form("remplir/apercu")
    keys = list(sent["case"])
    assert keys[0] == "Fiche!C3"
    chosen = {**sent, "champ": ["Personnes : Nom", *["" for _ in keys[1:]]]}
    shown = page.post("remplir/apercu", fields=chosen)
    assert "C3 Nom du bénéficiaire Durand Écrire" in shown.text
    assert "Garder ces choix dans liaison.formulaire.toml" in shown.text
    again = page.post("remplir/cases", fields=shown.form("remplir/cases"))
    assert again.html.count("<option selected>") == 1  # what was chosen stays
    done = page.post("remplir/ecrire", fields={**shown.form("remplir/ecrire"), "garder": "oui"})
    assert "1 case remplie pour Durand Lise." in plain(done)
    filled, kept = folder / "liaison Durand Lise.xlsx", folder / "liaison.formulaire.toml"
    assert load_workbook(filled)["Fiche"]["C3"].value == "Durand"
    said = page.post("remplir/cases", form, [("formulaire", liaison)], asked)
    assert "liaison.xlsx suit déjà liaison.formulaire.toml" in said.text
    page.post("defaire", done)
    assert [filled.exists(), kept.exists()] == [False, False]
    for reply in (cases, shown, again, done, said):
        assert "--" not in reply.text
        assert "cedre-xlsx fill" not in reply.text


@pytest.mark.slow
def test_the_forms_of_what_is_new_keep_what_was_typed(page: PageClient) -> None:
    form = page.get("nouveau")
    sent: dict[str, str | list[str]] = {"nom": "suivi.xlsx", "structure": "AI de Kerfleur",
                                        "jeu": ["pass", "niveaux"]}  # fmt: skip
    taken = page.post("nouveau/apercu", form, fields=sent)
    assert "« suivi.xlsx » est déjà dans le dossier : il n'est pas remplacé." in taken.text
    assert 'value="suivi - 2.xlsx"' in taken.html
    assert 'value="niveaux" checked' in taken.html
    shown = page.post("nouveau/apercu", form, fields={**sent, "nom": "autre"})
    assert "Créer autre.xlsx" in shown.text
    back = page.post("nouveau/revenir", fields=shown.form("nouveau/creer"))
    assert 'value="autre"' in back.html
    outside = page.post("nouveau/apercu", form, fields={**sent, "nom": "../autre.xlsx"})
    assert "n'est pas dans le dossier ouvert" in outside.text
