"""The edges of the rules, and what their messages say: rows, and the words that must come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.vocabulary import Achieved, ExitCategory, Nature, Status
from cedre_xlsx.schema.follow_up import FollowUpRow as Suivi
from tests.rules.rule_cases import (
    Beside,
    action,
    barrier,
    engagement,
    findings,
    in_sheet,
    left,
    mission,
    person,
    reviewed,
    to_do,
)

LINES = [action(), action(), action(), action()]

#: Code, rows, and for each finding some words of its message or of its help.
SAID: list[tuple[str, list[Any], list[str]]] = [
    # Whether a review or an answer is what lacks.
    ("ENG08", [engagement(deadline="11/05")], ["Faites le bilan avec la personne"]),
    ("ENG08", [engagement(deadline="11/05", achieved=Achieved.FULLY)],
     ["Actions réalisées est déjà rempli"]),
    # The promised engagement: taken the day of the review, or before and open at it.
    ("ENG13", [reviewed(agreed="01/02", on="15/04", follow_up=True),
               reviewed(reference="D-2026-002", agreed="10/02", on="15/04", follow_up=False)],
     ["envisage une suite"]),
    ("ENG13", [reviewed(agreed="01/02", on="15/04", follow_up=True),
               reviewed(reference="D-2026-002", agreed="15/04", on="15/04", follow_up=False)], []),
    ("ENG13", [reviewed(agreed="01/02", on="15/04", follow_up=True),
               reviewed(reference="D-2026-002", agreed="10/02", on="16/04", follow_up=False)], []),
    # Of two open engagements, the later one is named.
    ("ENG17", [engagement(agreed="01/04"), engagement(reference="CP-2026-001", agreed="02/04",
                                                     type="CP", deadline="02/06")],
     ["D-2026-001"]),
    ("ENG17", [engagement(agreed="01/04"), engagement(reference="CP-2026-001", agreed="02/04",
                                                     type="CP", deadline="02/06"),
               engagement(reference="SA-2026-001", agreed="03/04", type="SA")],
     ["D-2026-001 et CP-2026-001"]),
    # A mission on the very day is under the engagement; one that ended before is not.
    ("ENG18", [engagement(agreed="10/04"), mission(start="10/04", end="10/04")], []),
    ("ENG18", [engagement(agreed="10/04"), mission(start="01/04", end="10/04")], []),
    ("ENG18", [engagement(agreed="10/04"), mission(start="01/04", end="09/04")], ["D-2026-001"]),
    # How an engagement is called.
    ("ENG07", [engagement(reference="", deadline="01/04", agreed="05/04")], ["D du 05/04/2026"]),
    ("ENG07", [engagement(reference="", type=None, deadline="01/04", agreed="05/04")],
     ["sans référence du 05/04/2026"]),
    ("ENG02", [engagement(reference="bon")], ["D-2026-001"]),
    ("ENG02", [engagement(reference="bon", type=None)], ["CP-2026-001"]),
    ("ENG03", [engagement(), engagement("Petit Eva")], ["ligne 5 (Martin Paul)"]),
    ("ENG03", [engagement(""), engagement("Petit Eva")], ["ligne 5 (sans nom)"]),
    # The same object and means: both sides empty is no pasting.
    ("ENG19", [person("A B"), person("C D"),
               engagement("A B", reference="D-2026-001", structure_means=""),
               engagement("C D", reference="D-2026-002", structure_means="")],
     ["2 personnes : lignes 5 et 6."]),
    ("ENG19", [person("A B"), person("C D"),
               engagement("A B", reference="D-2026-001", structure_means="", person_means=""),
               engagement("C D", reference="D-2026-002", structure_means="", person_means="")], []),
    ("ENG19", [engagement(f"Nom{chr(97 + i)} B", reference=f"D-2026-00{i}") for i in range(6)],
     ["lignes 5, 6, 7, 8, 9 et 10."]),
    ("ENG19", [engagement(f"Nom{chr(97 + i)} B", reference=f"D-2026-00{i}") for i in range(7)],
     ["lignes 5, 6, 7, 8, 9 et 10…."]),
    # The first and the last day of a pathway belong to it.
    ("PER10", [left(exited="31/03"), person(registered="20/04", interview=None),
               action(day="20/04")], []),
    ("PER10", [left(exited="31/03"), person(registered="20/04", interview=None),
               action(day="19/04")], ["une action est notée le 19/04/2026"]),
    ("PER10", [left(exited="31/03"), action(day="31/03")], []),
    ("PER10", [left(exited="31/03"), action(day="01/04"), action(day="02/04"), action(day="03/04")],
     ["le 01/04/2026 (Suivi, ligne 5, et 2 autres actions)"]),
    ("PER10", [left(exited="31/03"), mission(start="10/04", nature=Nature.MAD)], []),
    ("PER10", [left(exited="28/02"), left(exited="31/03", registered="10/03", interview=None),
               action(day="02/04")], ["Sortie le 31/03/2026"]),
    # An exit told without a date: by either cell; today it is over, tomorrow not yet.
    ("PER12", [person(exit_reason="CDI")], ["(CDI)"]),
    ("PER12", [person(exit_category=ExitCategory.DURABLE)], ["(Emploi durable)"]),
    ("PER12", [left(exited="12/05", exit_category=None, exit_reason="")], ["12/05/2026"]),
    ("PER12", [left(exited="13/05", exit_category=None, exit_reason="")], []),
    ("PER12", [left("", exit_category=None, exit_reason="")], []),
    ("PER12", [person(unreadable=frozenset({"exited"}), exit_reason="CDI")], []),
    # What is left open is called by its reference, else by its object.
    ("PER11", [left(), engagement()], ["l'engagement D-2026-001 n'a"]),
    ("PER11", [left(), engagement(reference="", object="Essayer la peinture")],
     ["l'engagement « Essayer la peinture » n'a"]),
    # No contact: since the registration, or since the last one; an undated line says nothing.
    ("PER08", [person()], ["Aucun contact depuis l'inscription, le 05/01/2026"]),
    ("PER08", [person(), action(day="01/02")], ["Dernier contact : le 01/02/2026"]),
    ("PER08", [person(), action(day="01/02"), engagement(agreed=None)], []),
    ("PER08", [person(), action(day="01/02"), reviewed(agreed="10/01", on="01/02",
                                                      unreadable=frozenset({"reviewed"}))], []),
    ("PER08", [person(), action(day="01/02"), mission(start=None, end=None)], []),
    ("PER08", [person(), action(day="01/02"),
               mission(start="05/02", end="06/02", unreadable=frozenset({"end"}))], []),
    # Which people are two: the years of birth tell when both are known.
    ("PER01", [person(birth_year=1970), person(birth_year=1990)], ["(1970, ici 1990)"]),
    ("PER01", [person(birth_year=1970), person(birth_year=None)], ["déjà à la ligne 5"]),
    ("PER01", [person(birth_year=1990), person(birth_year=1990)], ["déjà à la ligne 5"]),
    ("PER01", [left(exited="31/03"), left(exited="31/03", registered="01/03", interview="01/03"),
               person(registered="30/03", interview="30/03")], ["ligne 5", "ligne 6"]),
    ("PER01", [person(), left(exited="01/03", registered="01/02", interview="01/02")],
     ["ligne 5"]),
    ("PER02", [person("Fontaine Paul", birth_year=None), person("Fontaines Paul")], ["Fontaine"]),
    ("PER02", [person("Lou Abcd", birth_year=None), person("Lou Abce")], []),
    ("PER02", [person("Lou Abcde", birth_year=None), person("Lou Abcdf")], ["Abcde"]),
    ("PER02", [person("Lou Abcd", birth_year=None), person("Lou Abcde")], ["Abcd"]),
    # A deadline on a day off: of today on, and of today too.
    ("SUI12", [to_do(day="04/05", deadline="14/05")], ["Ascension"]),
    ("SUI12", [to_do(day="04/05", deadline="10/05")], []),
    # The time of a line of today is asked for; of tomorrow, or without a date, it is not.
    ("SUI09", [action(day="12/05", minutes=None)], ["Entretien individuel"]),
    ("SUI09", [action(day="13/05", minutes=None)], []),
    ("SUI09", [action(day=None, minutes=None)], []),
    # A group: two people at least, a time, and no individual interview unless it says collective.
    ("SUI16", [person("A B"), person("C D"), action("A B", action="Atelier"),
               action("C D", action="Atelier")], ["pour 2 personnes"]),
    ("SUI16", [person("A B"), person("C D"), action("A B", action="Atelier", minutes=None),
               action("C D", action="Atelier", minutes=None)], []),
    ("SUI16", [person("A B"), person("C D"), action("A B", action=""), action("C D", action="")],
     []),
    ("SUI16", [person("A B"), person("C D"), action("A B", action="Entretien collectif"),
               action("C D", action="Entretien collectif")], ["« Entretien collectif »"]),
    ("SUI16", [person("A B"), person("C D"), action("A B", action="Rappel"),
               action("C D", action="Rappel", day=None)], []),
    # Hours: none is not negative; a day has twenty-four; the same day is one day.
    ("MIS04", [mission(hours=0.0)], []),
    ("MIS04", [mission(start="20/04", end="20/04", hours=24.0)], []),
    ("MIS04", [mission(start="20/04", end="20/04", hours=24.5)], ["24,5 heures en 1 jour"]),
    ("MIS04", [mission(start="20/04", end="19/04", hours=30.0)], []),
    ("MIS04", [mission(start="20/04", end="19/04", hours=0.0)], []),
    ("MIS04", [mission(start=None, end=None, hours=400.0)], []),
    ("MIS04", [mission(start="20/04", end=None, hours=400.0)], []),
    ("MIS04", [mission(start="20/04", end="21/04", hours=40.0, unreadable=frozenset({"end"}))], []),
    ("MIS04", [mission(start="20/04", end="20/04", hours=24.0),
               mission(client="B", start="20/04", end="20/04", hours=24.5)],
     ["24,5 heures"]),
    # The last day of a week, and the first of the next.
    ("MIS04", [mission(start="20/04", end="20/04", hours=20.0),
               mission(client="B", start="22/04", end="22/04", hours=20.0),
               mission(client="C", start="26/04", end="26/04", hours=20.0)], ["60 heures"]),
    ("MIS04", [mission(start="20/04", end="20/04", hours=20.0),
               mission(client="B", start="22/04", end="22/04", hours=20.0),
               mission(client="C", start="27/04", end="27/04", hours=20.0)], []),
    ("MIS04", [mission(start="13/04", end="20/04", hours=8.0),
               mission(client="B", start="20/04", end="20/04", hours=24.0),
               mission(client="C", start="21/04", end="21/04", hours=24.0)], ["49 heures"]),
    # Of two missions as long, the first line is named.
    ("MIS04", [mission(client="A", start="20/04", end="22/04", hours=30.0),
               mission(client="B", start="20/04", end="22/04", hours=30.0)], ["60 heures"]),
    ("MIS06", [left(exited="22/04"), mission(start="22/04", end="22/04")], []),
    ("MIS06", [left(exited="22/04"), mission(start="23/04", end="24/04")], []),
    ("MIS06", [left(exited="21/04"), mission(start="21/04", end="22/04")], ["21/04/2026"]),
    # How a mission is called.
    ("MIS02", [mission(client="", trade="Peinture", end="01/04")], ["« Peinture »"]),
    ("MIS02", [mission(client="Mairie", trade="Peinture", end="01/04")], ["« Mairie »"]),
    # Sensitive words: each once a cell, wherever they stand in it.
    ("DCP04", [action(outcome="prison, prisons et Prison")], ["prison"]),
    ("DCP04", [action(outcome="prison"), action(outcome="Sursis et prison")],
     ["prison", "prison"]),
    ("DCP04", [person(request="Prison"), action()], ["prison"]),
    ("DCP04", [action(outcome="un\0prison")], ["prison"]),
    ("DCP04", [action(outcome="eprison"), action(outcome="n'a que sprison")], []),
    ("DCP03", [person(request="@ : a@b.fr"), action()], [""]),
    ("DCP05", [left(exited="01/02/23", registered="01/02/22", interview=None),
               action(day="01/03/22", unreadable=frozenset({"minutes"}))], ["Martin Paul"]),
    ("DCP05", [left(exited="01/02/23", registered="01/02/22", interview=None),
               action(day="01/03/22", unreadable=frozenset({"dated"}))], []),
    ("DCP03", [action(outcome="@ et a@b.fr"), action(outcome="c@d.fr")], ["", ""]),
    # Numbers in texts: whose line it is.
    ("DCP01", [person("Martin Paul"), action("m. martin PAUL", outcome="1 85 05 78 006 084 36")],
     ["numéro de sécurité sociale"]),
    # ... even when the text of the row before ends with a figure.
    ("DCP03", [action(outcome="Module 3"), action(outcome="0612345678")], ["électronique"]),
    ("DCP03", [action(outcome="Module 3"), action(outcome="06\u00a012\u00a034\u00a056\u00a078")],
     ["électronique"]),
    ("DCP03", [action(outcome="Module 3"), action(outcome="4 5 6 7 8 9 0")], []),
    ("DCP02", [action(outcome="RIB : 30002\u202f00550\u202f0000157841Z\u202f25")], ["bancaire"]),
    # Names of places in messages.
    ("CLA01", [*LINES, in_sheet(Suivi, lists="A5:G7 J5:P8")],
     ["1 ligne (ligne 8)", "1 ligne (ligne 8)", "1 ligne (ligne 8)"]),
    ("CLA01", [*LINES, in_sheet(Suivi, lists="A5:G8 J5:P6")],
     ["2 lignes (lignes 7 à 8)"] * 6),
    ("CLA04", [*LINES, in_sheet(Suivi, hidden=[5])], ["1 ligne remplie est cachée (ligne 5)"]),
    ("CLA04", [*LINES, in_sheet(Suivi, hidden=[5, 8])], ["sont cachées (lignes 5, 8)"]),
    ("CLA04", [*LINES, in_sheet(Suivi, hidden=[5, 6, 8])], ["cachées (lignes 5, 6, 8)."]),
    ("CLA04", [*LINES, action(), in_sheet(Suivi, hidden=[5, 6, 7, 9])], ["(lignes 5, 6, 7…)."]),
    ("CLA04", [*LINES, in_sheet(Suivi, hidden=[6, 7, 8])], ["(lignes 6 à 8)"]),
    ("CLA03", [*LINES, in_sheet(Suivi, merged="A5:A6 B5:B6 C5:C6")],
     ["fusionnées dans le tableau : A5:A6, B5:B6, C5:C6."]),
    ("CLA06", [Beside("a (1).xlsx"), Beside("b (1).xlsx"), Beside("c (1).xlsx")],
     ["« a (1).xlsx », « b (1).xlsx » et « c (1).xlsx »."]),
    ("CLA05", [person("", typed_person="Zoé")], ["« Zoé » est tapé à la place de la formule."]),
    ("CLA02", [*LINES, in_sheet(Suivi, colours=["A5:P5 A7:P7 A8:P8"])], ["3 morceaux"]),
    ("CLA02", [*LINES, in_sheet(Suivi, colours=["A20:P30"])], []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "rows", "words"), SAID)
def test_what_is_said(code: str, rows: list[Any], words: list[str]) -> None:
    found = findings(rows, code)
    assert len(found) == len(words), [one.message for one in found]
    for one, expected in zip(found, words, strict=True):
        assert expected in f"{one.message} {one.help}"


def test_a_finding_of_a_line_has_the_persons_own_name() -> None:
    rows = [person("Martin Paul"), action("m. martin PAUL", outcome="1 85 05 78 006 084 36")]
    assert [one.person for one in findings(rows, "DCP01")] == ["Martin Paul"]
    assert [one.person for one in findings([person("Martin Paul"), *rows[1:]], "DCP01")] == [
        "Martin Paul"
    ]
    unknown = [action("Inconnu", outcome="1 85 05 78 006 084 36")]
    assert [one.person for one in findings(unknown, "DCP01")] == ["Inconnu"]
    nobody = [person("Martin Paul", request="1 85 05 78 006 084 36")]
    assert [one.person for one in findings(nobody, "DCP01")] in (["Martin Paul"], [""])


def test_a_person_whose_name_is_unknown_keeps_the_typed_one() -> None:
    found = findings([barrier("Nul Le")], "PER16")
    assert [one.person for one in found] == ["Nul Le"]


def test_of_missions_as_long_the_first_line_is_named() -> None:
    rows = [mission(client=name, start="20/04", end="22/04", hours=30.0) for name in "AB"]
    assert [one.place.cell for one in findings(rows, "MIS04")] == ["E5"]


def test_twins_are_numbered_from_two_on() -> None:
    rows = [to_do(deadline="11/05") for _ in range(3)]
    keys = [one.key for one in findings(rows, "SUI03")]
    assert [key.partition("~")[2] for key in keys] == ["", "2", "3"]


def test_findings_without_a_row_come_first() -> None:
    from cedre_xlsx.rules import run
    from cedre_xlsx.schema.findings import Place, Problem
    from tests.rules.rule_cases import workbook

    whole = Problem("LEC01", Place("Suivi"), "Une colonne manque.", "Remettez-la.")
    first = Problem("LEC03", Place("Suivi", 1, "Dates", "B1"), "Date.", "Tapez-la.")
    found = run(workbook([person()]), (first, whole), on=date(2026, 5, 12))
    assert [one.code for one in found if one.code.startswith("LEC")] == ["LEC01", "LEC03"]


def test_a_status_of_the_day_of_its_deadline_is_not_late() -> None:
    assert findings([to_do(deadline="12/05", status=Status.UNDER_WAY)], "SUI03") == []
    assert len(findings([to_do(deadline="11/05", status=Status.UNDER_WAY)], "SUI03")) == 1


def test_a_deadline_of_today_may_be_a_day_off() -> None:
    ascension = date(2026, 5, 14)
    [found] = findings([to_do(day="04/05", deadline="14/05")], "SUI12", on=ascension)
    assert "Ascension" in found.message


def test_two_hundred_unknown_references_are_guessed_and_no_more() -> None:
    rows = [action(reference=f"D-2026-{number:03}") for number in range(2, 203)]
    found = findings([engagement(), *rows], "SUI14")
    assert len(found) == 201
    assert sum("Vouliez-vous dire" in one.help for one in found) == 200


def test_a_typed_name_is_known_by_the_day_of_its_pathway() -> None:
    [found] = findings([person(typed_person="M. X", interview="03/01")], "CLA05")
    assert found.key == "2026-01-05"
    [found] = findings([person(typed_person="M. X", registered=None)], "CLA05")
    assert found.key == "2026-01-05"


def test_a_text_that_holds_the_separator_shifts_no_other() -> None:
    from cedre_xlsx.rules.free_text import _BETWEEN

    rows = [action(outcome=f"a{_BETWEEN}b"), action(outcome="prison"), action(outcome="rien")]
    assert [one.place.cell for one in findings(rows, "DCP04")] == ["H6"]
