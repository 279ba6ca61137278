"""What `fill --learn` sees in a form: its boxes and labels, never what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cedre_xlsx.api.form_maps import notes_of, proposals_of
from cedre_xlsx.paperwork.form import Form, is_to_fill
from cedre_xlsx.paperwork.learn import MOST_BOXES, Proposals, learned
from cedre_xlsx.paperwork.map_file import form_map_text
from cedre_xlsx.schema.errors import CedreError
from tests.paperwork.form_models import small_form
from tests.rules.rule_cases import workbook

PATH = Path("fiche.xlsx")
OWN = {"taille de gant": "Taille de gant"}
PEOPLE = ["Martin Sophie", "Durand Paul"]


def seen(data: bytes) -> Proposals:
    return learned(Form.of(data, PATH), OWN, PEOPLE)


def fields(found: Proposals) -> dict[str, str]:
    return {slot.cell: slot.field.rpartition(" : ")[2] for slot, _ in found.slots}


def remarks(found: Proposals) -> dict[str, str]:
    return {slot.cell: remark for slot, remark in found.slots}


BLANKS = [
    # what a cell holds; whether it is to be filled
    ("JJ/MM/AAAA", True), ("jj.mm.aa", True), ("(JJ/MM/AAAA)", True), ("dd/mm/yyyy", True),
    ("|__|__| |__|__|", True), ("……", True), ("____", True), ("…/…/ 2026", True), ("", True),
    ("2026", False), ("-", False), ("Jean", False), ("JJ", False), ("03/11/2026", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_blank"), BLANKS)
def test_a_blank_to_fill_is_no_answer(text: str, is_blank: bool) -> None:
    assert is_to_fill(text) == is_blank


BOXES = {
    # the texts and the framed cells of a form; the field of each box that is proposed
    "own columns by their name": (
        {"A1": "Taille de gant", "A2": "Taille"}, "B1 B2", {"B1": "Taille de gant", "B2": ""}
    ),
    "a number before the label": ({"A1": "1. Nom :"}, "", {"B1": "Nom"}),
    "a label at the right": ({"B2": "Prénom"}, "A2", {"A2": "Prénom"}),
    "one cell away": ({"A2": "Prénom"}, "C2", {"C2": "Prénom"}),
    "one cell away, each below another": (
        {"A2": "Prénom", "A3": "Mobilité"}, "C2 C3", {"C2": "Prénom", "C3": ""}
    ),
    "a label that has its blank": ({"A1": "Nom : ……", "A2": "Date"}, "B2", {"B2": "Date du jour"}),
    "a value beside its label": ({"A1": "Nom", "B1": "Durand", "A2": "Prénom"}, "B1:C2",
                                 {"B2": "Prénom"}),
    "a value without a frame": ({"A1": "Nom :", "B1": "Durand", "A2": "Prénom :"}, "",
                                {"B2": "Prénom"}),
    "a value that is a label elsewhere": (
        {"A1": "Niveau de formation", "B1": "Formation", "A2": "RQTH"}, "B1:C2", {"B2": "RQTH"}
    ),
    "a value with its label": ({"A1": "Nom : Durand", "A2": "Prénom"}, "B1 B2", {"B2": "Prénom"}),
    "a value one cell away": ({"A1": "Nom", "C1": "Durand"}, "C1:D1", {}),
    "someone's name, whatever is around": ({"A1": "Dossier de Paul DURAND"}, "B1", {}),
    "a number, whatever is around": ({"A1": "Téléphone", "B1": "06 12 34 56 78"}, "A1:C1", {}),
    "a day, whatever is around": ({"A1": "Titre", "B1": "le 12/03/1981"}, "A1:C1", {}),
    "an answer to what is unknown": ({"A1": "Tuteur", "B1": "Claire Durand"}, "A1:C1", {}),
    "an answer below what is unknown": (
        {"A1": "Tuteur", "A2": "Claire Durand"}, "A1 A2:B2", {}
    ),
    "unknown headings": ({"A1": "Étape", "B1": "Visa"}, "A1:B2", {"A2": "", "B2": ""}),
    "a column of labels, without a frame": (
        {"A1": "Nom", "A2": "Prénom", "A3": "Commune :", "A4": "Structure", "A5": "Claire Durand"},
        "", {"B1": "Nom", "B2": "Prénom", "B3": "", "B4": "Nom de la structure"},
    ),
    "two of them, or answers between them": (
        {"A1": "Nom", "A2": "Prénom", "C1": "Nom", "C2": "Durand", "C3": "Prénom", "C4": "Paul",
         "C5": "Commune"}, "", {},
    ),
    "a computed cell": ({"A1": "Nom", "B1": "=A1"}, "B1", {}),
}  # fmt: skip


@pytest.mark.parametrize("case", BOXES)
def test_a_box_has_its_own_label(case: str) -> None:
    texts, framed, expected = BOXES[case]
    found = seen(small_form(texts, framed))
    assert fields(found) == expected
    assert not any(word in repr(found.slots) for word in ("Durand", "DURAND"))


HEADINGS = {"A3": "Nom", "B3": "Prénom", "C3": "Date d'entrée", "D3": "Visa"}
TABLES: dict[str, tuple[Mapping[str, object], bool]] = {
    # the lines of a table; whether its first line is free
    "none": ({}, True),
    "one in the first": ({"A4": "Durand", "B4": "Paul"}, False),
    "one in the second": ({"A5": "Durand", "B5": "Paul"}, False),
    "one elsewhere on the sheet": ({"A20": "Nom :", "B20": "Durand"}, True),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_with_lines_is_someones(case: str) -> None:
    lines, is_free = TABLES[case]
    found = seen(small_form({**HEADINGS, **lines}, "A4:D8"))
    assert fields(found)["C4"] == ("Date d'inscription" if is_free else "")
    said = "à vérifier" if is_free else "à vérifier : ce tableau a déjà des lignes"
    assert remarks(found)["C4"] == said
    assert found.missed == ()  # the other lines of the table
    assert "Durand" not in form_map_text(PATH, found.slots, found.last_columns)


def test_boxes_of_another_party_are_left() -> None:
    texts = {
        "A1": "ENTREPRISE D'ACCUEIL", "A2": "Raison sociale", "A3": "Nom",
        "A5": "BÉNÉFICIAIRE", "A6": "Nom", "A7": "RQTH",
    }  # fmt: skip
    found = seen(small_form(texts, "B2 B3 B6 B7"))
    assert fields(found) == {"B2": "", "B3": "", "B6": "Nom", "B7": "RQTH"}
    other = "à vérifier : sous « ENTREPRISE D'ACCUEIL », peut-être un autre"
    assert remarks(found) == {
        "B2": other, "B3": other, "B6": "à vérifier : ce libellé y est 2 fois", "B7": ""
    }  # fmt: skip
    assert [slot.heading_cell for slot, _ in found.slots] == ["A1", "A1", "A5", "A5"]


TITLES = {
    # the first text of a form, how far it is merged; whether what is below may be another's
    ("FICHE DE LIAISON – PARTENAIRE", "A1:F1"): False,
    ("Fiche de prescription", "A1:B1"): False,
    ("Suivi du parcours – référent unique", "A1:C1"): False,
    ("FICHE DE LIAISON – EMPLOYEUR", "A1:F1"): True,
    ("Fiche de liaison : partenaire et prescripteur", "A1:F1"): True,
    ("Demande pour les enfants du partenaire", "A1:F1"): True,
    ("FICHE PARTENAIRE", "A1:F1"): True,
    ("PARTENAIRE", "A1:F1"): True,
    ("Fiche de liaison – partenaire", "A1"): True,  # looks like a label
    ("Fiche de liaison – partenaire", "A3:F3"): True,  # under a box
}  # fmt: skip


@pytest.mark.parametrize(("title", "merged"), TITLES)
def test_the_title_of_a_sheet_is_nobody_else(title: str, merged: str) -> None:
    place = merged.partition(":")[0]
    found = seen(small_form({"A2": "Commune", place: title, "A4": "RQTH"}, "B2 B4", merged=merged))
    doubt = f"à vérifier : sous « {title} », peut-être un autre"
    is_anothers = TITLES[title, merged]
    assert (fields(found)["B4"], remarks(found)["B4"]) == (
        ("", doubt) if is_anothers else ("RQTH", "")
    )


@pytest.mark.slow
def test_what_is_not_proposed_is_counted() -> None:
    texts = {"A1": "Nom", "B1": "Durand", "A2": "RQTH"}
    found = seen(small_form(texts, "B1 B2 F7 G9", hidden="Caché"))
    assert found.missed == (("Fiche", "F7"), ("Fiche", "G9"))
    assert (found.hidden, found.answered) == (("Caché",), (("Fiche", "B1"),))
    assert fields(found) == {"B2": "RQTH"}
    assert found.last_columns == (("Fiche", "G"),)
    many = seen(small_form({f"A{row}": f"Case {row} :" for row in range(1, MOST_BOXES + 6)}))
    assert (len(many.slots), many.left) == (MOST_BOXES, 5)


def test_what_was_taken_for_an_answer_is_named_with_what_to_do() -> None:
    remedy = (
        "un modèle vide donne une correspondance entière. Si l'un de ces textes est un libellé, "
        "terminez-le par deux-points ou encadrez la case à remplir."
    )
    assert [*notes_of((), [("Fiche", "A2")], 0, ())] == [
        f"1 case a déjà un texte et n'y est pas (A2) : {remedy}"
    ]
    assert [*notes_of((), [("Fiche", "A2"), ("Suite", "B7")], 0, ())] == [
        f"2 cases ont déjà un texte et n'y sont pas (Fiche!A2, Suite!B7) : {remedy}"
    ]


def test_a_form_in_which_no_box_is_seen_says_what_makes_one() -> None:
    form = Form.of(small_form({"A1": "Nom", "A2": "Durand"}), PATH)
    with pytest.raises(CedreError) as refused:
        proposals_of(form, workbook([]))
    assert str(refused.value) == (
        "fiche.xlsx : aucune case à remplir n'y est reconnue ; rien n'est écrit. Terminez par "
        "deux-points chaque libellé dont la case est à droite, ou encadrez les cases à remplir. "
        "Pris pour des réponses : A2."
    )
