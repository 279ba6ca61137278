"""Where columns go, chosen without a file; the preview that is shown; the people of a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from cedre_xlsx import api
from cedre_xlsx.api.corresponding import NEW_PERSON, NOWHERE
from cedre_xlsx.intake.map_file import map_text, read_map
from cedre_xlsx.schema.errors import CedreError
from tests.intake.intake_support import ON, book_with, planned, rows, table, targets

PEOPLE: list[dict[str, object]] = [
    {"last_name": "Petit", "first_name": "Zoé", "advisor": "Linda"},
    {"last_name": "Éluard", "first_name": "Nour", "exited": date(2024, 5, 6)},
    {"last_name": "Durand", "first_name": "Lise", "advisor": "Linda"},
    {"last_name": "Éluard", "first_name": "Nour", "registered": date(2026, 1, 5)},
    {"last_name": "Morel", "first_name": "Dan", "advisor": "Linda"},
]
TWO = [
    ["Nom", "Prénom", "Inscrit le"], ["Durand", "Lise", "01/02/2026"], [], [],
    ["Nom", "Date", "Action"], ["Durand Lise", "03/04/2026", "Préparer le CV avec elle"],
]  # fmt: skip
LIST = table(
    ["Nom", "Prénom", "Tél", "Né le", "Humeur"],
    ["Durand", "Lise", "0612345678", date(1985, 3, 4), "bien"],
)


def two_tables(folder: Path) -> Path:
    book = Workbook()
    book.active.title = "Tout"
    for row in TWO:
        book.active.append(row)
    book.save(folder / "tout.xlsx")
    return folder / "tout.xlsx"


@pytest.mark.slow
def test_the_two_tables_of_a_sheet_are_corrected_each(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(book_with(tPersonnes=PEOPLE))
    source = two_tables(tmp_path)
    found = api.find_import([source], path, on=ON)
    assert [(one.head, one.goes_to) for one in api.table_choices(found)] == [
        ("A1", "Personnes"), ("A5", "Suivi"),
    ]  # fmt: skip
    written = tmp_path / "tout.correspondances.toml"
    written.write_text(map_text([one.map for one in found.tables]), encoding="utf-8")
    again = api.find_import([source], path, mapping=written, on=ON)
    assert targets(again) == targets(found)
    assert again.unsure == ()
    told = api.correspondence([
        api.TableCorrection("tout.xlsx", "Tout", "A1", columns={"Inscrit le": NOWHERE}),
        api.TableCorrection("tout.xlsx", "Tout", "A5", NOWHERE),
    ])  # fmt: skip
    [left] = api.table_choices(api.find_import([source], path, mapping=told, on=ON))
    assert [one.goes_to for one in left.columns] == [
        "Personnes : Nom",
        "Personnes : Prénom",
        NOWHERE,
    ]


@pytest.mark.slow
def test_a_table_that_is_not_there_is_said_with_its_first_cell(tmp_path: Path) -> None:
    told = api.correspondence([api.TableCorrection("liste.xlsx", "Feuil1", "C9")])
    with pytest.raises(CedreError, match="feuille = « Feuil1 », titres = « C9 »"):
        planned(LIST, told=told)


@pytest.mark.slow
def test_each_column_has_where_it_may_go_and_no_value_of_what_is_left_out() -> None:
    [choices] = api.table_choices(planned(LIST))
    told = {one.name: (one.goes_to, one.samples, one.is_kept_out) for one in choices.columns}
    assert told == {
        "Nom": ("Personnes : Nom", "Durand", False),
        "Prénom": ("Personnes : Prénom", "Lise", False),
        "Tél": (NOWHERE, "", True),
        "Né le": ("Personnes : Année de naissance", "", False),
        "Humeur": ("Personnes : colonne de l'équipe", "bien", False),
    }
    assert [one.name for one in choices.columns if one.is_birth] == ["Né le"]
    assert choices.birth_targets == ("Personnes : Année de naissance", NOWHERE)
    for target in choices.targets:
        told_of = {"Humeur": target}
        api.correspondence([api.TableCorrection("liste.xlsx", "Feuil1", "A1", columns=told_of)])
    assert choices.targets[-1] == NOWHERE


def test_what_is_chosen_does_what_the_same_file_does(tmp_path: Path) -> None:
    written = tmp_path / "c.toml"
    written.write_text(
        '[[table]]\nfichier = "liste.xlsx"\nfeuille = "Feuil1"\n[table.colonnes]\n'
        '"Humeur" = "Personnes : Orienteur"\n', encoding="utf-8",
    )  # fmt: skip
    columns = {"Humeur": "Personnes : Orienteur"}
    told = api.correspondence([api.TableCorrection("liste.xlsx", "Feuil1", "A1", columns=columns)])
    chosen = rows(planned(LIST, told=told), "tPersonnes")
    assert chosen == rows(planned(LIST, told=read_map(written)), "tPersonnes")
    assert chosen[0]["Orienteur"] == "bien"


@pytest.mark.parametrize(
    ("column", "target", "said"),
    [
        ("Né le", "Personnes : Orienteur", "« Né le » dit une naissance"),
        ("Humeur", "Suivi : Statut", "« Humeur » va à « Suivi : Statut »"),
        ("Humeur", "Personnes : Humeur", "« Humeur » va à « Personnes : Humeur », qui n'existe"),
        ("Absente", NOWHERE, "n'a pas de colonne « Absente »"),
    ],
)
def test_what_does_not_fit_is_refused(column: str, target: str, said: str) -> None:
    one = api.TableCorrection("liste.xlsx", "Feuil1", "A1", columns={column: target})
    with pytest.raises(CedreError, match=said):
        planned(LIST, told=api.correspondence([one]))


@pytest.mark.slow
def test_a_doubtful_name_is_told_who_it_is() -> None:
    book = book_with(tPersonnes=PEOPLE)
    near = table(["Nom", "Prénom", "Orienteur"], ["Durant", "Lise", "PLIE"], ["??", "", ""])
    doubt = api.import_preview(planned(near, book=book))
    assert doubt.doubtful == ("Durant Lise",)
    assert doubt.to_see.count == 2
    known = planned(near, book=book, told=api.correspondence([], {"Durant Lise": "Durand Lise"}))
    assert api.import_preview(known).filled.count == 1
    new = planned(near, book=book, told=api.correspondence([], {"Durant Lise": ""}))
    assert api.import_preview(new).created.count == 1
    assert NEW_PERSON == "nouvelle personne"


def test_a_preview_is_bounded_and_its_file_is_whole(tmp_path: Path) -> None:
    lines = [["Durand Lise", date(2026, 1, 5), f"Action numéro {rank}"] for rank in range(300)]
    found = planned(table(["Personne", "Date", "Action"], *lines))
    shown = api.import_preview(found)
    assert (len(shown.created.shown), shown.created.count, shown.created.more) == (200, 301, 101)
    written = api.write_preview(found, tmp_path / "aperçu.csv")
    read = written.read_text("utf-8-sig").splitlines()
    assert len(read) == 1 + 301 + 1
    assert read[-1].endswith(f";{found.plan.totals}")
    with pytest.raises(CedreError, match="existe déjà"):
        api.write_preview(found, written)
    with pytest.raises(CedreError, match=r"s'écrit en \.csv"):
        api.write_preview(found, tmp_path / "aperçu.xlsx")


@pytest.mark.slow
def test_replacements_are_chosen_cell_by_cell() -> None:
    book = book_with(tPersonnes=PEOPLE)
    names = [["Durand", "Lise", "Paul"], ["Morel", "Dan", "Paul"], ["Petit", "Zoé", "Paul"]]
    found = planned(table(["Nom", "Prénom", "Accompagnateur"], *names), book=book)
    [lise, *_] = api.import_preview(found, 1).changed.shown
    assert isinstance(lise, api.ShownCell)

    def replaced(*keys: str, others: bool = False) -> list[str]:
        wanted = api.replacing_cells(found, keys, others=others, most=1)
        return [one.person for one in found.plan.changes if wanted(one)]

    assert replaced() == []
    assert replaced(lise.key) == ["Durand Lise"]
    assert replaced(others=True) == ["Morel Dan", "Petit Zoé"]
    assert replaced(lise.key.replace("Paul", "Anna")) == []


def test_the_people_of_a_workbook_are_in_alphabetical_order(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(book_with(tPersonnes=PEOPLE))
    assert api.people(path, on=ON) == ("Durand Lise", "Éluard Nour", "Morel Dan", "Petit Zoé")


def test_the_sheets_of_a_file_are_named(tmp_path: Path) -> None:
    assert api.sheets_of(two_tables(tmp_path)) == ("Tout",)
    text = tmp_path / "liste.csv"
    text.write_text("Nom;Prénom\nDurand;Lise\n")
    assert api.sheets_of(text) == ()
