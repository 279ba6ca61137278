"""DCP: each case is a few rows; the cells that the rule must name stand beside them.

The numbers are the ones that official guides print as examples; they belong to nobody.
"""

from __future__ import annotations

from typing import Any

import pytest

from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.decisions import Decision
from cedre_xlsx.schema.kept import KeptNote
from cedre_xlsx.schema.lists import BARRIER
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records
from tests.rules.rule_cases import (
    ON,
    Cases,
    action,
    ago,
    barrier,
    cases_as_tests,
    condition,
    day,
    engagement,
    findings,
    justified,
    left,
    mission,
    noted,
    old_note,
    person,
    to_do,
    with_settings,
)

NIR = "255081416802538"
GONE = "Bouleau Lise"  # nobody of this name is in Personnes
IBAN = "FR7630006000011234567890189"


def _old(**cells: Any) -> PersonRow:
    """Someone gone for more than two years."""
    return left(**{"registered": "01/01/22", "interview": None, "exited": "01/01/23", **cells})


FAILING: Cases = {
    "DCP01": [
        ([action(outcome=f"N° sécu {NIR}")], "outcome5"),
        ([person(request="2 55 08 14 168 025 38")], "request5"),
        ([engagement(comments="sécu : 2-55-08-14-168-025 en attente")], "comments5"),
        ([action(action=f"CPAM {NIR}", objective=NIR)], "action5 objective5"),
        ([barrier(partner="1 85 05 2A 006 084 12")], "partner5"),
        ([person(extra={"Sécu": NIR})], "row 5"),
        ([mission(client_review=f"voir\n{NIR}.")], "client_review5"),
        ([engagement(advisor=f"Linda {NIR}")], "advisor5"),
        ([action(outcome="provisoire 785057800608482")], "outcome5"),
    ],
    "DCP02": [
        ([action(outcome=f"Virement sur {IBAN}")], "outcome5"),
        ([action(outcome="FR76 3000 6000 0112 3456 7890 189 pour le loyer")], "outcome5"),
        ([person(request="BE68 5390 0754 7034")], "request5"),
        ([barrier(remarks="RIB 30006 00001 12345678901 89")], "remarks5"),
        ([barrier(remarks="carte 4970 1000 0000 0055")], "remarks5"),
    ],
    "DCP03": [
        ([action(outcome="Rappeler au 06 12 34 56 78")], "outcome5"),
        ([action(outcome="tél.0612345678, le soir")], "outcome5"),
        ([person(request="paul.martin@exemple.fr")], "request5"),
        ([action(outcome="+33 6 12 34 56 78 ou a@b.example")], "outcome5"),
    ],
    "DCP04": [
        ([action(outcome="En dépression depuis janvier")], "outcome5"),
        ([person(request="DETENUS : anciennement en prison")], "request5"),
        ([engagement(comments="suivi addictions")], "comments5"),
        ([engagement(deadline=condition("à la sortie de prison"))], "deadline5"),
        ([engagement(review_planned=condition("après la cure d'alcool"))], "review_planned5"),
        ([to_do(objective="Sevrage tabac"), with_settings(sensitive_words=("tabac",))],
         "objective5"),
    ],
    "DCP05": [
        ([left(registered="01/01/24", interview=None, exited="01/06/24"),
          action(day="11/05/24")], "last_name5"),
        ([left(registered="01/01/23", interview=None, exited="11/05/24")], "last_name5"),
        ([person(registered=None, interview="10/05/24")], "last_name5"),
        ([person(registered=day("01/01/23"), interview=None), mission(start="01/05/23",
          end="11/05/24")], "last_name5"),
        ([person(registered="01/01", interview=None), action(day=ago(40)),
          with_settings(retention_months=1)], "last_name5"),
        ([_old(keep_until=ON)], "last_name5"),  # without a reason
    ],
    "DCP06": [
        ([noted(person=GONE, notes="voir avec elle", key="a.b.c|1.2")], "notes5"),
        ([noted(dates=f"04/05/2026 · {GONE} · CV — ligne disparue depuis l'actualisation du "
          "11/05/2026 : ce qui était à côté est gardé ici", key="a.b.c|garde:cote")], "dates5"),
        ([noted(person=GONE, key="a.b.c|garde:ligne")], "person5"),
        ([justified(code="SUI03", person=GONE, justification="vu"),
          justified(code="SUI05", person="Zoé Néant", justification="vu")], "justification5"),
        ([KeptNote("Réunion", 40, "A40", GONE)], "A40"),
        ([old_note(person="Martin Paul"), old_note(person=GONE), old_note(person=GONE)],
         "person6"),
    ],
    "DCP07": [
        ([person(keep_until=day("31/12/27"))], "keep_reason5"),
        ([person(keep_reason="contrôle du FSE")], "keep_until5"),
        ([person(), left("Autre Lise", keep_until=day("31/12/27"))], "keep_reason6"),
        ([left(keep_until=day("01/01/24"))], "keep_reason5"),
    ],
    "DCP08": [
        ([_old(keep_until=ago(1), keep_reason="contrôle du FSE")], "keep_until5"),
        ([_old(keep_until=ago(400))], "keep_until5"),
        ([_old(keep_until=ago(9), keep_reason="a"), _old(keep_until=ago(2), keep_reason="b")],
         "keep_until6"),
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "DCP01": [
        [action(outcome="SIRET 73282932000074")],
        [action(outcome="06 12 34 56 78, du 01/02/2026 au 03/04/2026")],
        [action(outcome="PASS 999992139048")],
        [action(outcome="dossier 1234567890123")],
        [action(outcome=f"X{NIR}9")],
        [action(outcome="785057800608401 ou 7850578006084")],
    ],
    "DCP02": [
        [action(outcome="RIB remis à la banque le 12/05")],
        [action(outcome="commande 1234 5678 9012 3456")],
        [action(outcome="FR76 3000")],
        [action(outcome="AB12 CDEF GHIJ KLMN")],
    ],
    "DCP03": [
        [action(outcome="MAD du 01.02.2026 au 03.04.2026")],
        [action(outcome="Rappeler mardi @ 14 h")],
        [action(outcome="dossier 0612345678901")],
        [mission(client="Mairie 02 31 00 00 00")],
    ],
    "DCP04": [
        [action(outcome="Indisponible jusqu'en mars")],
        [action(outcome="Alcoologie")],
        [barrier(barrier="Santé", partner="Centre addiction")],
        [action(outcome="En prison"), with_settings(sensitive_words=())],
    ],
    "DCP05": [
        [left(registered="01/01/24", interview=None, exited="01/06/24"), action(day="12/05/24")],
        [left(registered="01/01/23", interview=None, exited="12/05/24")],
        [person(registered="01/01/23", interview=None), mission(start="01/05/23", end=None)],
        [left(registered="01/01/23", interview=None, exited="01/06/23"),
         action(day=None, unreadable=frozenset({"dated"}))],
        [_old(keep_until=ON, keep_reason="contrôle du FSE")],
        [_old(keep_until=ago(1), keep_reason="contrôle du FSE")],  # DCP08
        [_old(unreadable=frozenset({"keep_until"}), keep_reason="contrôle du FSE")],
        [_old(last_name="P-2023-001", first_name="")],
        [_old(), person()],  # came back: an arrival is a contact
    ],
    "DCP06": [
        [noted(person="PAUL Martin", notes="voir avec lui", key="a.b.c|1.2")],
        [noted(person=GONE, key="a.b.c|1.2")],
        [justified(code="SUI01", person=GONE, justification="à corriger"), action(GONE)],
        [justified(code="CLA01", sheet="Suivi", justification="voulu")],
        [left(), old_note(person="Martin Paul")],
        [person("Martin Paul", precision="1990"), person("Martin Paul", precision="1995"),
         old_note(person="Martin Paul")],
        [old_note(person="", line="Heures")],
    ],
    "DCP07": [
        [person()],
        [person(keep_until=day("31/12/27"), keep_reason="contrôle du FSE")],
        [person(unreadable=frozenset({"keep_until"}), keep_reason="contrôle du FSE")],
    ],
    "DCP08": [
        [_old(keep_until=ON, keep_reason="contrôle du FSE")],
        [_old()],
        [_old(keep_until=ON)],  # without a reason: DCP05 and DCP07
        [left(keep_until=ago(1), keep_reason="contrôle du FSE")],
        [_old(keep_until=ago(9), keep_reason="a"), _old(keep_until=ON, keep_reason="b")],
    ],
}  # fmt: skip


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


def test_a_column_of_texts_says_what_is_searched_in_it() -> None:
    for kind, choices in ((Kind.TEXT, None), (Kind.DEADLINE, None), (Kind.CHOICE, BARRIER)):
        with pytest.raises(TypeError, match="Permis"):
            Column("Permis", kind, choices=choices)


def test_every_rule_has_its_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "DCP"]
    assert list(FAILING) == list(PASSING) == codes
    assert min(map(len, FAILING.values())) >= 3
    assert min(map(len, PASSING.values())) >= 3


@pytest.mark.parametrize(("code", "number"), [("DCP01", NIR), ("DCP02", IBAN)])
def test_a_finding_never_copies_the_number(code: str, number: str) -> None:
    [finding] = findings([action(outcome=number)], code)
    assert number not in finding.message + finding.help


def test_the_words_found_are_said_once_a_cell() -> None:
    rows = [action(outcome="Prison, puis alcool ; alcool encore")]
    for settings in ([], [with_settings(sensitive_words=("alcool", "prison", "alcool"))]):
        [finding] = findings([*rows, *settings], "DCP04")
        assert ": « alcool » et « prison »." in finding.message


def test_the_delay_and_the_last_trace_are_said() -> None:
    [finding] = findings([_old(), with_settings(retention_months=30)], "DCP05")
    assert finding.message == (
        "Dernière trace de « Martin Paul » le 01/01/2023 : il y a plus de 30 mois."
    )


def test_notes_are_counted_with_their_people_a_sheet_at_a_time() -> None:
    rows = [old_note(person=name) for name in (GONE, "Zoé Néant", GONE.upper())]
    found = findings([*rows, KeptNote("Réunion", 40, "A40", GONE)], "DCP06")
    assert [(one.place.sheet, one.message) for one in found] == [
        ("Notes anciennes",
         "3 notes de 2 personnes qui ne sont plus dans Personnes ; la première est là."),
        ("Réunion", "1 note d'une personne qui n'est plus dans Personnes."),
    ]  # fmt: skip


def test_decisions_are_searched_until_they_are_lines_of_suivi() -> None:
    cells = {"text": "E9", "who": "F9", "due": "G9", "poured": "H9"}
    one = Decision("Ali", f"Appeler la CPAM {NIR}", sheet="Réunion", row=9, cells=cells)
    other = Decision("Ali", NIR, poured="01/03/2026 n° 1", sheet="Réunion", row=10, cells=cells)
    found = run(Records(decisions=(one, other)), (), on=ON)
    assert [(f.place.sheet, f.place.cell, f.person) for f in found if f.code == "DCP01"] == [
        ("Réunion", "E9", "Ali")
    ]
