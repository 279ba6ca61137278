"""A form that is someone else's, or that changed since its mapping was made, is not filled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx.paperwork.fitting import placed_slots
from cedre_xlsx.paperwork.form import Form
from cedre_xlsx.paperwork.guards import Guard
from cedre_xlsx.paperwork.learn import learned
from cedre_xlsx.paperwork.model import FormMap, Slot
from cedre_xlsx.paperwork.whose import refuse_anothers
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.people import PersonRow
from tests.paperwork.form_models import small_form

PATH = Path("fiche.xlsx")
SOPHIE = PersonRow(row=5, last_name="Martin", first_name="Sophie", pass_number="999992112345")


def refusal(data: bytes, slots: list[Slot], row: PersonRow = SOPHIE) -> str:
    """What is said where a form is not filled; "" where it may be."""
    form = Form.of(data, PATH)
    try:
        refuse_anothers(form, placed_slots(form, FormMap("", tuple(slots))), row)
    except CedreError as error:
        return str(error)
    return ""


def whole_name(cell: str = "B1") -> Slot:
    return Slot("Personnes : Nom et prénom ensemble", "Fiche", cell)


NAMES = [
    # the field of a cell, what it holds, whether it is the same person
    ("Nom et prénom ensemble", "", True), ("Nom et prénom ensemble", "…………", True),
    ("Nom et prénom ensemble", "Mme MARTIN Sophie", True),
    ("Nom et prénom ensemble", "sophie  martin", True),
    ("Nom et prénom ensemble", "Martin Sophie née Durand", True),
    ("Nom et prénom ensemble", "à compléter", True), ("Nom et prénom ensemble", "Nom : ……", True),
    ("Nom et prénom ensemble", "Durand Paul", False),
    ("Nom et prénom ensemble", "Martin Paul", False),
    ("Nom", "MARTIN", True), ("Nom", "Martin épouse Durand", True), ("Nom", "Durand", False),
    ("Nom", "Martin Paul", False), ("Prénom", "Sophie, Anne", True), ("Prénom", "Paul", False),
    ("N° PASS IAE", "99999 21 12345", True), ("N° PASS IAE", "999992112346", False),
    ("N° PASS IAE", "en cours", True),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "is_theirs"), NAMES)
def test_a_form_that_names_someone_else_is_refused(field: str, text: str, is_theirs: bool) -> None:
    said = refusal(small_form({"B1": text}, "B1"), [Slot(f"Personnes : {field}", "Fiche", "B1")])
    assert (said == "") == is_theirs
    assert is_theirs or f"B1 de « Fiche » contient « {text} », et non Martin Sophie" in said


GLUED = PersonRow(row=5, last_name="El-Hadj", first_name="Saïd")


def test_a_name_in_another_spelling_is_the_same() -> None:
    for text in ("ELHADJ Said", "Saïd EL HADJ"):
        assert refusal(small_form({"B1": text}, "B1"), [whole_name()], GLUED) == ""


LINE = Slot("Personnes : RQTH", "Fiche", "C4", label="RQTH", label_cell="C3")
HEADINGS = {"A3": "Nom", "B3": "Prénom", "C3": "RQTH"}


def test_the_line_of_someone_else_is_refused() -> None:
    table = {**HEADINGS, "A4": "Durand", "B4": "Paul"}
    said = refusal(small_form(table, "A4:C8"), [LINE])
    assert "la ligne de C4 de « Fiche » est celle de « Durand » (A4), et non de Martin" in said
    mine = {**HEADINGS, "A4": "MARTIN", "B4": "Sophie", "A5": "Durand"}
    assert refusal(small_form(mine, "A4:C8"), [LINE]) == ""


def test_a_form_that_was_filled_when_it_was_learned_is_refused() -> None:
    rqth = Slot("Personnes : RQTH", "Fiche", "B3", label="RQTH", label_cell="A3")
    texts = {"A1": "Nom", "B1": "Durand", "A3": "RQTH"}
    assert "B1 de « Fiche » contient « Durand »" in refusal(small_form(texts, "B1 B3"), [rqth])
    assert refusal(small_form({**texts, "B1": "Martin"}, "B1 B3"), [rqth]) == ""
    theirs = {"A1": "PRESCRIPTEUR", "A2": "Nom", "B2": "Durand", "A3": "RQTH"}
    assert refusal(small_form(theirs, "B2 B3"), [rqth]) == ""


TEXTS = {"A1": "PRESCRIPTEUR", "A2": "Nom", "A4": "PARTICIPANT", "A5": "Nom", "A6": "RQTH"}
FRAMED = "B2 B5 B6"
CHANGED = {
    # the texts and frames of the form as it is now; what is said
    "the same": (TEXTS, FRAMED, ""),
    "in capitals": ({**TEXTS, "A6": "R.Q.T.H. :"}, FRAMED, ""),
    "sections exchanged": ({**TEXTS, "A1": "PARTICIPANT", "A4": "PRESCRIPTEUR"}, FRAMED,
                           "« PRESCRIPTEUR » n'est plus en A1 de « Fiche » (il est en A4)"),
    "a column between label and box": (TEXTS, "B2:C2 B5:C5 B6:C6",
                                       "« Fiche » va maintenant jusqu'à la colonne C, et non B"),
    "a box out of the table": (TEXTS, f"{FRAMED} B9", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_a_mapping_fits_the_form_it_was_made_for(case: str) -> None:
    texts, framed, said = CHANGED[case]
    if case == "in capitals":
        texts = {**texts, "A6": "rqth :"}
    found = learned(Form.of(small_form(TEXTS, FRAMED), PATH), {}, ())
    slots = tuple(slot for slot, _ in found.slots)
    mapping = FormMap("", slots, last_columns=found.last_columns)
    now = Form.of(small_form(texts, framed), PATH)
    if not said:
        assert len(placed_slots(now, mapping)) == 3
        return
    with pytest.raises(CedreError) as refused:
        placed_slots(now, mapping)
    assert said in str(refused.value)


GUARDS = [
    # a rule, a value, whether it is shown as a day; why it is refused
    (("textLength", "lessThan", "2"), "Mme", False, "la règle de la case refuse « Mme »"),
    (("textLength", "between", "1", "3"), "Mme", False, ""),
    (("textLength", "notBetween", "1", "3"), "Mme", False, "la règle de la case refuse « Mme »"),
    (("textLength", "lessThan", "A1"), "Mme", False, "sa règle de saisie ne se lit pas"),
    (("date", "greaterThan", "1"), "CAP", False, "la case n'accepte qu'une date, non « CAP »"),
    (("date", "greaterThan", "45000"), date(2026, 9, 30), True, ""),
    (("date", "lessThan", "45000"), date(2026, 9, 30), True,
     "la règle de la case refuse « 30/09/2026 »"),
    (("date", "greaterThan", "1"), date(2026, 9, 30), False,
     "la case n'accepte qu'une date, non « 30/09/2026 »"),
    (("whole", "greaterThan", "1900"), 1980, False, ""),
    (("whole", "greaterThan", "1900"), True, False, "la case n'accepte qu'un nombre, non « OUI »"),
    (("custom", "between", "ISNUMBER(A1)"), 3, False, "sa règle de saisie ne se lit pas"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "value", "is_day", "said"), GUARDS)
def test_a_cell_refuses_what_its_rule_refuses(
    rule: tuple[str, ...], value: str | int | date, is_day: bool, said: str
) -> None:
    kind, comparison, *bounds = rule
    guard = Guard(kind, comparison, tuple(bounds), ())
    assert guard.why_not(value, is_day_shown=is_day) == said
