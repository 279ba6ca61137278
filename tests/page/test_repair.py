"""*Réparer*, *Mettre à niveau*, *Nouvelle année* and *Réunir deux copies* on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.page.model import Answer, Ask
from cedre_xlsx.page.templates import rendered
from cedre_xlsx.page.views import VIEWS, copies, repairing, upgrading, year
from cedre_xlsx.schema.errors import CedreError, ChangedError
from tests.edited_package import Package
from tests.hands import typed
from tests.page.page_client import PageClient, Reply, page_of
from tests.workbook.repair.losses import take_names
from tests.workbook.repair.test_fix import EXPECTED, ON, typed_badly

pytestmark = pytest.mark.slow


class Silent:
    """Hears what a view tells."""

    def tell(self, sentence: str) -> None:
        assert sentence.endswith("…")

    def progress(self, done: int, total: int) -> None:
        raise AssertionError((done, total))


def shown_text(answer: Answer) -> str:
    """What a person reads of an answer."""
    frame = {
        "views": VIEWS, "view": VIEWS[0], "title": "", "workbook": "suivi.xlsx", "folder": "",
        "token": "", "seen": "", "undo": None, "page": "", "base": "", "version": "",
        "job_number": "", "uploads": {}, "asked": None, "again": ".garde", "handed_number": str,
        "url": str, "action": str, "made": str, "menu": (), "answers": False,
    }  # fmt: skip
    html = rendered(answer.template, {**frame, **answer.context})
    main = re.sub(r"<[^>]+>", " ", html.partition("<main")[2])
    return " ".join(unescape(main).split())


def ask(path: Path, **fields: str | tuple[str, ...]) -> Ask:
    told = {name: (one,) if isinstance(one, str) else one for name, one in fields.items()}
    return Ask(path.parent.resolve(), path.resolve(), ON, told)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "suivi.xlsx").write_bytes(typed_badly())
    with page_of(folder) as page:
        yield page


def boxes(shown: Reply) -> dict[str, str]:
    """The key of each box by its label."""
    found = re.findall(r'name="reparation" value="(\w+)" checked aria-label="([^"]+)"', shown.html)
    return {label: key for key, label in found}


# Réparer


def test_what_is_ticked_is_repaired_and_nothing_else(page: PageClient) -> None:
    path = page.server.session.folder / "suivi.xlsx"
    shown = page.get("reparer", classeur="suivi.xlsx")
    assert "15 réparations à faire ; rien n'est écrit." in shown.text
    assert "G5 · Statut en cours (2) En cours valeur de la liste" in shown.text
    assert "30/09/26 30/09/2026 date tapée en texte (LEC09)" in shown.text
    found = boxes(shown)
    assert len(found) == len(EXPECTED)
    nothing = page.post("reparer/ecrire", shown)
    assert "Cochez au moins une réparation." in nothing.text
    assert path.read_bytes() == typed_badly()
    chosen = [found["Réparer Suivi G5 Statut"], found["Réparer Personnes E5 Civilité"]]
    done = page.post("reparer/ecrire", shown, fields={"reparation": chosen})
    assert "suivi.xlsx : 2 réparations faites" in done.text
    rest = boxes(page.get("reparer", classeur="suivi.xlsx"))
    assert [*rest.values()] == [key for key in found.values() if key not in chosen]
    page.post("defaire", done)
    assert path.read_bytes() == typed_badly()


def test_a_name_is_shown_then_carried(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed_badly())
    names = {"ancien": "Inconnu Paul", "nouveau": "Petit Éva"}
    shown = repairing.preview_rename(ask(path, **names), Silent())
    assert shown.template == "reparer_nom.html"
    [group] = groups(shown)
    assert [(one.cell, one.before, one.after) for one in group.cells] == [
        ("A7", "Inconnu Paul", "Petit Éva")
    ]
    assert "« Inconnu Paul » deviendrait « Petit Éva » ; rien n'est écrit." in shown_text(shown)
    keys = tuple(one.key for one in group.cells)
    done = repairing.write_rename(ask(path, **names, reparation=keys), Silent())
    assert "suivi.xlsx : 1 réparation faite" in shown_text(done)
    assert len(api.find_repairs(path, on=ON).items) == len(EXPECTED)


def test_what_is_brought_is_shown_before_it_is_made(tmp_path: Path) -> None:
    package = Package(typed_badly())
    take_names(package)
    path = package.save(tmp_path / "suivi.xlsx")
    before, every = path.read_bytes(), api.find_repairs(path, on=ON)
    [key] = [one.key for one in every.items if (one.rule, one.sheet) == ("CLA08", "Missions")]
    shown = repairing.write(ask(path, reparation=key), Silent())
    assert "Rien n'est encore écrit : ce que vous avez coché en amène d'autres" in shown_text(shown)
    assert "Freins · 1 réparation listes déroulantes réparées" in shown_text(shown)
    assert path.read_bytes() == before
    done = repairing.write(ask(path, reparation=key, avec="oui"), Silent())
    assert "suivi.xlsx : 1 réparation faite" in shown_text(done)
    assert path.read_bytes() != before


def test_many_are_shown_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairing, "_MOST", 4)
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed_badly())
    shown = repairing.show(ask(path), Silent())
    assert (shown.context["count"], shown.context["more"]) == (15, 11)
    assert sum(len(group.cells) for group in groups(shown)) == 4
    assert "Tout réparer, les 11 autres aussi" in shown_text(shown)
    done = repairing.write_all(ask(path), Silent())
    assert "suivi.xlsx : 15 réparations faites" in shown_text(done)


def groups(answer: Answer) -> tuple[repairing.Group, ...]:
    found = answer.context["groups"]
    assert isinstance(found, tuple)
    return found


# Mettre à niveau, Nouvelle année


def test_columns_are_added_by_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed_badly())
    plain = upgrading.show(ask(path), Silent())
    assert "suivi.xlsx : déjà à jour" in shown_text(plain)
    shown = upgrading.show(ask(path, jeu="clients"), Silent())
    assert (shown.context["written"], path.read_bytes()) == (False, typed_badly())
    assert any("Type de client" in str(one) for one in told(shown, "done"))
    assert "Ce que le classeur recevrait" in shown_text(shown)
    assert "clients : type de client et débouché des missions" in shown_text(shown)
    done = upgrading.write(ask(path, jeu="clients"), Silent())
    assert "suivi.xlsx : mis à jour, version" in shown_text(done)
    assert told(done, "done") == told(shown, "done")


def told(answer: Answer, name: str) -> tuple[object, ...]:
    found = answer.context[name]
    assert isinstance(found, tuple)
    return found


def test_a_year_is_begun_beside(tmp_path: Path) -> None:
    path = tmp_path / "equipe.xlsx"
    path.write_bytes(typed_badly())
    for name, said in (
        ("../neuf", "n'est pas dans le dossier ouvert"),
        ("equipe", "existe"),
    ):
        with pytest.raises(CedreError, match=said):
            year.preview(ask(path, annee="2027", nom=name), Silent())
    done = year.write(ask(path, annee="2027", nom="neuf"), Silent())
    assert "neuf.xlsx : classeur de 2027, commencé." in shown_text(done)
    assert "Suivi : 2 lignes sur 3, 1 laissées 2 : pas fini" in shown_text(done)
    assert "Continuer avec neuf.xlsx" in shown_text(done)
    assert told(done, "totals")[0] == "1 personne ouverte au 31/12 = 1 au 01/01"
    assert done.opens == tmp_path.resolve() / "neuf.xlsx" == done.made[0]
    assert path.read_bytes() == typed_badly()


def test_the_year_that_comes_is_proposed(tmp_path: Path) -> None:
    for day, expected in ((date(2027, 1, 4), 2027), (date(2026, 11, 2), 2027)):
        asked = Ask(tmp_path, tmp_path / "suivi 2026.xlsx", day)
        shown = year.show(asked, Silent())
        assert shown.context["year"] == expected
        assert "avec l'année (suivi 2027.xlsx)" in shown_text(shown)


# Réunir deux copies


def test_two_copies_are_compared_then_put_together(tmp_path: Path) -> None:
    one, other = tmp_path / "suivi.xlsx", tmp_path / "suivi (copie).xlsx"
    one.write_bytes(typed(typed_badly(), "Suivi", {"C5": "Action de Léa"}))
    other.write_bytes(typed(typed_badly(), "Suivi", {"C5": "Action de Hugo", "C6": "Encore une"}))
    assert told(copies.show(ask(one), Silent()), "others")[0] == (
        "suivi (copie).xlsx", date.today(),
    )  # fmt: skip
    found = copies.compare(ask(one, copie="suivi (copie).xlsx"), Silent())
    differences = api.compare(one, other, on=ON)
    assert found.context["told"] == differences.told()
    assert next(
        (cell.place, cell.before, cell.after)
        for group in differences.told().groups
        for line in group.lines
        for cell in line.cells
    ) == ("Actions proposées par l'AI / ETTI (C5)", "Action de Léa", "Action de Hugo")
    assert "(C6) Écrire Encore une" in shown_text(found)
    both = {"copie": "suivi (copie).xlsx", "nom": "ensemble"}
    hidden = dict(told(copies.preview(ask(one, **both), Silent()), "fields"))
    before = other.read_bytes()
    other.write_bytes(typed(before, "Suivi", {"C5": "Action de Noé"}))
    with pytest.raises(ChangedError, match=r"suivi \(copie\).xlsx a changé depuis que la page"):
        copies.write(ask(one, **hidden), Silent())
    other.write_bytes(before)
    done = copies.write(ask(one, **hidden), Silent())
    said = "ensemble.xlsx : écrit. 2 lignes à choisir dans la feuille Fusion."
    assert said in shown_text(done)
    assert "Ouvrez ensemble.xlsx dans Excel, choisissez" in shown_text(done)
    assert done.opens == tmp_path.resolve() / "ensemble.xlsx" == done.made[0]
    assert "suivi (copie).xlsx : rien à reprendre" in shown_text(done)
    choices = copies.preview_choices(ask(tmp_path / "ensemble.xlsx"), Silent())
    said = "ensemble.xlsx : aucun choix nouveau dans Fusion ; rien n'est écrit."
    assert said in shown_text(choices)
    assert not choices.context["may_write"]
    assert "Écrire ces choix" not in shown_text(choices)
    path = tmp_path / "ensemble.xlsx"
    path.write_bytes(typed(path.read_bytes(), "Fusion", {"J6": "B", "J7": "B"}))
    copies.write_choices(ask(path), Silent())
    assert api.compare(path, other, on=ON).nothing_changed
