"""Who the lines are about, and what becomes of each: created, completed, as it is, to be seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx.api.previewing import import_preview
from cedre_xlsx.intake.map_file import MapFile
from cedre_xlsx.intake.plan import Fate
from cedre_xlsx.workbook.read.raw import ErrorText
from tests.intake.intake_support import book_with, planned, rows, table

D = date
LISE: dict[str, Any] = {
    "last_name": "Durand", "first_name": "Lise", "birth_year": 1980, "registered": D(2025, 1, 6),
}  # fmt: skip
HEADINGS = ["Nom", "Prénom", "Année de naissance", "Accompagnateur", "Date d'inscription"]


def fates(*lines: list[Any], book: bytes, told: MapFile | None = None) -> list[str]:
    found = planned(table(HEADINGS, *lines), book=book, told=told)
    return [found.plan.fates[0, rank].value for rank in range(len(lines))]


def reasons(*lines: list[Any], book: bytes) -> list[str]:
    return [one.why for one in planned(table(HEADINGS, *lines), book=book).plan.to_see]


@pytest.mark.slow
def test_someone_new_someone_there_and_someone_completed() -> None:
    book = book_with(tPersonnes=[LISE])
    found = planned(
        table(
            HEADINGS,
            ["Martin", "Paul", 1975, "Nadia", D(2026, 2, 2)],
            ["DURAND", "lise", 1980, None, None],
            ["Durand", "Lise", None, "Nadia", None],
        ),
        book=book,
    )
    assert [found.plan.fates[0, rank] for rank in range(3)] == [
        Fate.CREATED, Fate.UPDATED, Fate.JOINED,
    ]  # fmt: skip
    assert rows(found, "tPersonnes") == [
        {"Nom": "Martin", "Prénom": "Paul", "Année de naissance": 1975, "Accompagnateur": "Nadia",
         "Date d'inscription": D(2026, 2, 2)}
    ]  # fmt: skip
    assert [one.line for one in found.plan.fills] == [
        "Personnes!G5 Durand Lise, Accompagnateur : vide → « Nadia »"
    ]
    assert found.plan.totals == (
        "3 lignes lues = 1 à créer + 1 à mettre à jour + 0 à jour + 1 à réunir + 0 à voir"
    )


@pytest.mark.slow
def test_what_is_there_is_said_again() -> None:
    book = book_with(tPersonnes=[LISE | {"advisor": "Nadia"}])
    line = ["durand", "LISE", 1980, "nadia", "06/01/2025"]
    assert fates(line, book=book) == ["à jour"]


@pytest.mark.slow
def test_a_filled_cell_that_differs_is_a_change_apart() -> None:
    book = book_with(tPersonnes=[LISE | {"advisor": "Nadia"}])
    found = planned(table(HEADINGS, ["Durand", "Lise", 1980, "Karim", None]), book=book)
    assert found.plan.fills == ()
    assert [one.line for one in found.plan.changes] == [
        "Personnes!G5 Durand Lise, Accompagnateur : « Nadia » → « Karim »"
    ]


def test_an_empty_cell_and_an_absent_column_touch_nothing() -> None:
    book = book_with(tPersonnes=[LISE | {"advisor": "Nadia"}])
    found = planned(table(["Nom", "Prénom", "Accompagnateur"], ["Durand", "Lise", ""]), book=book)
    assert found.plan.is_empty


@pytest.mark.slow
def test_another_birth_is_perhaps_someone_else() -> None:
    assert reasons(["Durand", "Lise", 1991, None, None], book=book_with(tPersonnes=[LISE])) == [
        "même nom que « Durand Lise » du classeur, né(e) en 1980 et non en 1991"
    ]


def test_one_letter_apart_is_perhaps_the_same() -> None:
    book = book_with(tPersonnes=[LISE])
    assert reasons(["Durant", "Lise", None, None, None], book=book) == [
        "ressemble à « Durand Lise » du classeur"
    ]
    assert fates(["Durant", "Lise", 1999, None, None], book=book) == ["à créer"]


@pytest.mark.slow
def test_a_name_of_two_people_is_nobodys() -> None:
    book = book_with(
        tPersonnes=[LISE | {"precision": "Kerfleur"}, LISE | {"precision": "Valbruyère"}]
    )
    assert reasons(["Durand", "Lise", None, None, None], book=book) == [
        "« Durand Lise » désigne plusieurs personnes du classeur"
    ]


def test_capitals_against_the_heading_are_to_be_seen_where_others_follow_it() -> None:
    """« Dos Santos MARIA » became MARIA Dos Santos."""
    names = ["DURAND Lise", "Dos Santos MARIA"]
    found = planned(table(["NOM Prénom", "CIP"], *([name, "Nadia"] for name in names)))
    assert [one.person for one in found.plan.rows] == ["DURAND Lise"]
    assert [(one.person, one.why) for one in found.plan.to_see] == [
        ("Dos Santos MARIA", "nom et prénom à distinguer : les capitales contredisent "
         "« NOM Prénom » ; tapez « Nom, Prénom »"),
    ]  # fmt: skip
    # Elsewhere the heading is only a word: nobody writes in its order.
    found = planned(table(["NOM Prénom", "CIP"], ["Lise DURAND", "Nadia"], ["Tom BRIAND", "Luc"]))
    assert [one.person for one in found.plan.rows] == ["DURAND Lise", "BRIAND Tom"]


def test_the_file_of_correspondences_says_who_it_is() -> None:
    book = book_with(tPersonnes=[LISE])
    line = ["Durant", "Lise", None, "Nadia", None]
    same = MapFile(Path("x.toml"), {}, {"Durant Lise": "Durand Lise"})
    new = MapFile(Path("x.toml"), {}, {"Durant Lise": ""})
    assert fates(line, book=book, told=same) == ["à mettre à jour"]
    assert fates(line, book=book, told=new) == ["à créer"]


def test_two_births_of_one_name_are_told_apart() -> None:
    found = planned(
        table(HEADINGS, ["Durand", "Lise", 1980, None, None], ["Durand", "Lise", 1991, None, None])
    )
    assert [one.person for one in found.plan.rows] == [
        "Durand Lise (né(e) en 1980)", "Durand Lise (né(e) en 1991)",
    ]  # fmt: skip


def test_two_entries_are_two_pathways_of_one_person() -> None:
    lines = (
        ["Durand", "Lise", 1980, None, D(2023, 1, 9)],
        ["Durand", "Lise", 1980, None, D(2026, 3, 2)],
    )
    found = planned(table(HEADINGS, *lines))
    assert [one.person for one in found.plan.rows] == ["Durand Lise"] * 2


@pytest.mark.slow
def test_who_comes_back_after_an_exit_has_a_new_row() -> None:
    book = book_with(tPersonnes=[LISE | {"exited": D(2025, 12, 1)}])
    assert fates(["Durand", "Lise", 1980, None, D(2026, 3, 2)], book=book) == ["à créer"]
    staying = book_with(tPersonnes=[LISE])
    found = planned(table(HEADINGS, ["Durand", "Lise", 1980, None, D(2026, 3, 2)]), book=staying)
    assert [one.heading for one in found.plan.changes] == ["Date d'inscription"]


@pytest.mark.slow
@pytest.mark.parametrize("is_known", [False, True])
def test_lines_of_one_row_are_told_apart_and_what_differs_is_to_be_seen(*, is_known: bool) -> None:
    book = book_with(tPersonnes=[LISE | {"advisor": "Nadia"}]) if is_known else None
    lines = (
        ["Durand", "Lise", 1980, "Nadia", D(2025, 1, 6), "oui"],
        ["Durand", "Lise", 1980, "Karim", D(2025, 1, 6), "oui"],
        ["Durand", "Lise", 1980, "Nadia", D(2025, 1, 6), "oui"],
        ["Durand", "Lise", None, "", D(2025, 1, 6), "oui"],
    )
    found = planned(table([*HEADINGS, "Badge"], *lines), book=book)
    first = Fate.CREATED if not is_known else Fate.UPDATED  # the team's own column is to be filled
    assert [found.plan.fates[0, rank] for rank in range(4)] == [
        first, Fate.TO_SEE, Fate.JOINED, Fate.JOINED,
    ]  # fmt: skip
    assert len(found.plan.rows) == found.plan.counts[Fate.CREATED] == (not is_known)
    assert found.plan.changes == ()
    assert [one.line for one in found.plan.to_see] == [
        "liste.xlsx!Feuil1!3 : Durand Lise, Accompagnateur : « Karim » ici, « Nadia » en "
        "liste.xlsx!Feuil1!2, qui est gardé ; si les deux valent, écrivez-les sur une seule ligne "
        "de votre fichier ; si ce sont deux parcours, corrigez la date d'inscription"
    ]
    assert [one.line for one in found.plan.remarks] == [
        f"liste.xlsx!Feuil1!{number} : Durand Lise, à réunir avec liste.xlsx!Feuil1!2 : même "
        "personne, même inscription"
        for number in (4, 5)
    ]
    told = (
        "0 à créer + 1 à mettre à jour + 0 à jour" if is_known else "1 à créer + 0 à mettre à jour"
    )
    assert found.plan.totals.startswith(f"4 lignes lues = {told}")
    assert found.plan.totals.endswith(" + 2 à réunir + 1 à voir")
    assert found.plan.read == 4
    assert import_preview(found).doubtful == ()  # it is known who they are


def test_two_files_that_differ_are_said_and_the_first_is_kept() -> None:
    lines = [["Durand", "Lise", 1980, name, None] for name in ("Nadia", "Karim")]
    found = planned(*(table(HEADINGS, line, file=f"{line[3]}.xlsx") for line in lines))
    assert rows(found, "tPersonnes")[0]["Accompagnateur"] == "Nadia"
    assert found.plan.totals.endswith(
        "= 1 à créer + 0 à mettre à jour + 0 à jour + 1 à réunir + 0 à voir"
    )
    assert [one.line for one in found.plan.remarks] == [
        "Karim.xlsx!Feuil1!2 : Durand Lise, Accompagnateur : « Karim » ici, « Nadia » en "
        "Nadia.xlsx!Feuil1!2, qui est gardé"
    ]


def test_a_line_without_a_name_is_to_be_seen() -> None:
    found = planned(
        table(["Nom", "Prénom", "Date", "Action"],
              ["Durand", "Lise", D(2026, 1, 5), "Point CV"], ["", None, D(2026, 1, 6), "Visite"])
    )  # fmt: skip
    assert [one.line for one in found.plan.to_see] == [
        "liste.xlsx!Feuil1!3 : aucun nom de personne"
    ]


@pytest.mark.parametrize("cell", [0, 0.0, False, None, "", "0", ErrorText("#REF!"), D(2026, 1, 5)])
def test_a_name_that_a_program_lost_is_that_of_the_columns_beside(cell: Any) -> None:
    """LibreOffice stores 0 in an .xls for the text that a formula gives."""
    found = planned(
        table(["Nom", "Prénom", "Personne"], ["Durand", "Lise", cell], ["", "", "Petit Ali"],
              ["Roche", "Ada née en 1990", cell], ["", None, cell])
    )  # fmt: skip
    made = rows(found, "tPersonnes")
    assert [(one["Nom"], one.get("Prénom")) for one in made] == [
        ("Durand", "Lise"), ("Petit Ali", None), ("Roche", "Ada"),
    ]  # fmt: skip
    assert made[2]["Année de naissance"] == 1990
    assert [one.place for one in found.plan.to_see] == ["liste.xlsx!Feuil1!5"]


def test_a_whole_name_stays_the_name_where_there_is_one() -> None:
    """The same words say nothing more than Nom and Prénom, but a Précision."""
    lines = [["Durand", "Lise", "DURAND-ROCHE Lise"], ["Petit", "Ali", "?"],
             ["Le Roux", "Ana", "Ana Le Roux (Mer)"], ["", "", "Vent Léo"]]  # fmt: skip
    made = rows(planned(table(["Nom", "Prénom", "Personne"], *lines)), "tPersonnes")
    assert [(one["Nom"], one.get("Prénom"), one.get("Précision (homonymes)")) for one in made] == [
        ("DURAND-ROCHE", "Lise", None), ("Petit", "Ali", None), ("Le Roux", "Ana", "Mer"),
        ("Vent Léo", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "cell", "why"),
    [
        ("liste.xls", 0, " : liste.xls!Feuil1!A2 contient 0 ; si c'est une formule, enregistrez le "
                         "fichier en .xlsx"),
        ("liste.xlsx", 0.0, " : liste.xlsx!Feuil1!A2 contient 0"),
        ("liste.xlsx", ErrorText("#REF!"), " : liste.xlsx!Feuil1!A2 contient #REF!"),
        ("liste.ods", True, " : liste.ods!Feuil1!A2 contient VRAI"),
        ("liste.ods", D(1990, 3, 4), " : liste.ods!Feuil1!A2 contient une date ou une heure"),
        ("liste.ods", 612345678, " : liste.ods!Feuil1!A2 contient un nombre"),
        ("liste.ods", "", ""),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_a_name_is_said(file: str, cell: Any, why: str) -> None:
    lines = [[name, D(2026, 1, 5), "CV"] for name in (cell, "Durand Lise")]
    found = planned(table(["Personne", "Date", "Action"], *lines, file=file))
    assert [one.why for one in found.plan.to_see] == [f"aucun nom de personne{why}"]


ACTIONS = ["Personne", "Dates", "Actions proposées", "Statut", "Temps consacré"]


def followed() -> bytes:
    """Somebody with one line of Suivi."""
    line = {"person": "Durand Lise", "dated": D(2026, 1, 5), "action": "Point CV"}
    return book_with(tPersonnes=[LISE], tSuivi=[line])


@pytest.mark.slow
def test_a_line_is_known_by_its_day_and_its_action() -> None:
    found = planned(
        table(
            ACTIONS,
            ["Durand Lise", "05/01/2026", "point cv", "fait", "1h30"],
            ["Durand Lise", "12/01/2026", "Point CV", "", 45],
        ),
        book=followed(),
    )
    assert [one.line for one in found.plan.fills] == [
        "Suivi!G5 Durand Lise, Statut : vide → « (3) Réalisée »",
        "Suivi!I5 Durand Lise, Temps consacré : vide → « 1h30 »",
    ]
    assert rows(found, "tSuivi") == [
        {"Personne": "Durand Lise", "Dates": D(2026, 1, 12),
         "Actions proposées par l'AI / ETTI": "Point CV", "Temps consacré": 45}
    ]  # fmt: skip


@pytest.mark.slow
def test_lines_that_say_the_same_are_counted_within_a_source() -> None:
    """Two in the file, one in the workbook: one is new; the same file once more adds nothing."""
    twice = [["Durand Lise", D(2026, 1, 5), "Point CV", "", None]] * 2
    source = table(ACTIONS, *twice)
    copy = table(ACTIONS, *twice, file="copie.xlsx")
    assert len(rows(planned(source, book=followed()), "tSuivi")) == 1
    assert len(rows(planned(source, copy, book=followed()), "tSuivi")) == 1
    assert len(rows(planned(source, copy), "tSuivi")) == 2


def test_what_is_not_understood_is_poured_as_it_was_typed() -> None:
    found = planned(
        table(ACTIONS, ["Durand Lise", "vers Pâques", "Point CV", "on verra", "longtemps"])
    )
    assert rows(found, "tSuivi") == [
        {"Personne": "Durand Lise", "Dates": "vers Pâques",
         "Actions proposées par l'AI / ETTI": "Point CV", "Statut": "on verra",
         "Temps consacré": "longtemps"}
    ]  # fmt: skip


def test_the_date_of_a_birth_that_is_not_understood_is_never_poured() -> None:
    found = planned(
        table(["Nom", "Prénom", "Date de naissance"], ["Durand", "Lise", "03/02/1980 ou 81"],
              ["Martin", "Paul", "03/02/1975"], ["Petit", "Ines", D(1999, 4, 5)])
    )  # fmt: skip
    assert [one.get("Année de naissance") for one in rows(found, "tPersonnes")] == [
        None, 1975, 1999,
    ]  # fmt: skip


@pytest.mark.slow
def test_an_engagement_without_a_reference_is_given_one() -> None:
    book = book_with(
        tPersonnes=[LISE],
        tEngagements=[{"reference": "CP-2026-004", "person": "Durand Lise", "type": "CP",
                       "agreed": D(2026, 1, 5), "object": "Passer le code"}],
    )  # fmt: skip
    headings = ["Personne", "Date", "Engagement", "Objet", "Moyens structure"]
    source = table(
        headings,
        ["Durand Lise", D(2026, 1, 5), "CP", "Passer le code", "Payer"],
        ["Durand Lise", D(2026, 3, 2), "Coup de pouce", "Trouver un logement", "Appeler"],
    )
    found = planned(source, book=book)
    assert [one["Réf. engagement"] for one in rows(found, "tEngagements")] == ["CP-2026-005"]
    assert [one.line for one in found.plan.fills] == [
        "Engagements!I5 Durand Lise, Moyens mobilisés par la structure : vide → « Payer »"
    ]


#: Who is in the workbook, who a table names, why it is nobody; "" where it is someone new.
PARTS = [
    ("Durand Lise", ["Durand", ""], "nom incomplet : peut-être « Durand Lise »"),
    ("Durand Lise", ["Durand", "L."], "nom incomplet : peut-être « Durand Lise »"),
    ("Durand Lise", ["", "Lise"], "nom incomplet : peut-être « Durand Lise »"),
    ("Le Chêne Anatole", ["Lechêne", "Anatole"], "ressemble à « Le Chêne Anatole » du classeur"),
    ("Joly Ana", ["Joli", "Ana"], ""),
    ("Marin Léo", ["Morin", "Léa"], ""),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("known", "typed", "why"), PARTS)
def test_parts_of_a_name_and_missing_spaces(known: str, typed: list[str], why: str) -> None:
    *last, first = known.split()
    book = book_with(tPersonnes=[{"last_name": " ".join(last), "first_name": first}])
    assert reasons([*typed, None, None, None], book=book) == ([why] if why else [])


@pytest.mark.slow
def test_short_names_of_one_birth_are_perhaps_the_same() -> None:
    book = book_with(tPersonnes=[{"last_name": "Joly", "first_name": "Ana", "birth_year": 1980}])
    assert reasons(["Joli", "Ana", 1980, None, None], book=book) == [
        "ressemble à « Joly Ana » du classeur"
    ]


PASS = ["Nom", "Prénom", "Année de naissance", "N° PASS IAE", "RQTH"]


@pytest.mark.slow
def test_a_pass_of_two_names_is_a_doubt() -> None:
    """In one file, or against the workbook: another name, another birth."""
    briand = ["Briand", "Tom", 1990, "999992412345", "oui"]
    coste = ["Coste", "Max", 1975, "99999 24 12345", "non"]
    found = planned(table(PASS, briand, coste))
    assert [one.person for one in found.plan.rows] == ["Briand Tom"]
    assert [one.line for one in found.plan.to_see] == [
        "liste.xlsx!Feuil1!3 : Coste Max, son PASS IAE est aussi celui de « Briand Tom »"
    ]
    book = book_with(
        tPersonnes=[{"last_name": "Briand", "first_name": "Tom", "birth_year": 1990,
                     "pass_number": "999992412345"}]
    )  # fmt: skip
    again = planned(table(PASS, coste), book=book)
    assert [one.why for one in again.plan.to_see] == [
        "son PASS IAE est celui de « Briand Tom » du classeur"
    ]


def test_what_is_no_pass_number_is_nobodys() -> None:
    lines = [[name, "Ana", 1980, "oui", "non"] for name in ("Denis", "Edel")]
    assert len(planned(table(PASS, *lines)).plan.rows) == 2


def test_lines_that_nothing_dates_are_as_many_as_they_are() -> None:
    headings = ["Salarié", "Client", "Nature du travail", "Nb heures"]
    january, february = (
        table(headings, ["Durand Lise", "Mme Martin", "ménage", hours], sheet=sheet)
        for sheet, hours in (("A", 12.5), ("B", 10))
    )
    assert [one["Heures"] for one in rows(planned(january, february), "tMissions")] == [12.5, 10]


def test_two_columns_of_one_heading_stay_two() -> None:
    headings = ["Nom", "Prénom", "Client", "Début", "Heures", "Heures"]
    [line] = rows(
        planned(table(headings, ["Durand", "Lise", "Mairie", D(2026, 1, 5), "35 h", "140 h"])),
        "tMissions",
    )
    assert (line["Heures"], line["Origine : Heures"]) == ("35 h", "140 h")


def test_a_name_told_is_that_of_another_line_of_the_files() -> None:
    """`[personnes]` in a migration: the workbook is empty, the list of people names her."""
    people = table(["Nom", "Prénom", "Né(e) le"], ["DURAND", "Lise", D(1980, 2, 3)])
    lines = table(["Personne", "Date", "Action"], ["Durant Lise", D(2026, 1, 5), "Point CV"])
    told = MapFile(Path("x.toml"), {}, {"Durant Lise": "Durand Lise"})
    found = planned(lines, people, told=told)
    assert [one.person for one in found.plan.rows] == ["DURAND Lise", "DURAND Lise"]
    unsure = planned(lines, people)
    assert [one.person for one in unsure.plan.to_see] == ["Durant Lise"]


@pytest.mark.slow
def test_someone_new_of_a_name_that_is_there_needs_a_precision() -> None:
    book = book_with(tPersonnes=[{"last_name": "Durand", "first_name": "Lise"}])
    new = MapFile(Path("x.toml"), {}, {"Durand Lise": ""})
    assert fates(["Durand", "Lise", None, None, None], book=book, told=new) == ["à voir"]
    found = planned(table(HEADINGS, ["Durand", "Lise", 1991, None, None]), book=book, told=new)
    assert [one.person for one in found.plan.rows] == ["Durand Lise (né(e) en 1991)"]
