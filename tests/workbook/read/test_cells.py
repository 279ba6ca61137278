"""Rows as typed, with the records that they make and what is said of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import (
    Achieved,
    BarrierLevel,
    EngagementForm,
    ExitCategory,
    Nature,
    Status,
    StructureKind,
    Title,
)
from cedre_xlsx.schema.findings import Problem
from cedre_xlsx.workbook.read import Reading
from tests.support import read_rows

ON = date(2026, 5, 12)

ACTIONS = "Actions proposées par l'AI / ETTI"
DUE = "Échéance / délai"
DAY = date(2026, 5, 4)


def said(reading: Reading) -> list[tuple[str, str]]:
    """Code and cell of every problem."""
    return [(problem.code, problem.place.cell) for problem in reading.problems]


def one(reading: Reading) -> Problem:
    assert len(reading.problems) == 1, reading.problems
    return reading.problems[0]


def test_the_examples_of_the_method_are_understood_as_typed() -> None:
    on = date(2003, 5, 10)
    reading = read_rows(
        on,
        tPersonnes=[
            {"Nom": "Christian", "Civilité": "M.", "Date du pré-accueil": date(2003, 4, 10),
             "Date de l'entretien individuel (accueil)": date(2003, 4, 18),
             "Date d'inscription": date(2003, 4, 18)},
        ],
        tSuivi=[
            {"Personne": "M. Christian", "Dates": "18/04/03 Entretien individuel",
             ACTIONS: "Rechercher des MAD sur la manutention, la peinture, ou le jardinage",
             "Engagement": "Coup de pouce", DUE: "Se revoir après la première mission",
             "Temps consacré": "45 min"},
            {"Personne": "M. Christian", "Dates": "18/04/03 Entretien individuel",
             ACTIONS: "Prise de contact avec le partenaire", "Engagement": "Coup de pouce",
             DUE: "Entretien dans 15 jours (02/05/03)", "Statut": "(2)"},
            {"Personne": "M. Christian", "Dates": "20/04/03 tél", ACTIONS: "Proposition (MAD Test)",
             "Engagement": "CP", "Temps consacré": "15 min"},
            {"Personne": "Christian", "Dates": "18/04/03", DUE: "Prioritaire Dans la semaine"},
        ],
    )  # fmt: skip
    first, second, third, fourth = reading.records.follow_ups.rows
    assert first.dated == DatedText(
        "18/04/03 Entretien individuel", date(2003, 4, 18), "Entretien individuel"
    )
    assert first.deadline == Deadline(
        "Se revoir après la première mission", None, None, condition=True
    )
    assert (first.engagement, first.minutes, first.unreadable) == ("CP", 45, frozenset())
    assert (second.due, second.status) == (date(2003, 5, 2), Status.UNDER_WAY)
    assert (third.day, third.minutes) == (date(2003, 4, 20), 15)
    assert fourth.due == date(2003, 4, 25)
    assert said(reading) == [("LEC09", "B8"), ("LEC06", "F5")]
    assert list(reading.records.persons) == ["Christian"]
    assert len(reading.records.persons["Christian"].follow_ups) == 4


#: A cell of Suivi: heading, what it holds, the field, the value, the code of the problem.
SUIVI: list[tuple[str, object, str, object, str]] = [
    ("Dates", date(2026, 5, 4), "dated", DatedText("", DAY), ""),
    ("Dates", datetime(2026, 5, 4, 14, 30), "dated", DatedText("", DAY), ""),
    ("Dates", 46146, "dated", DatedText("", DAY), ""),
    ("Dates", 46146.0, "dated", DatedText("", DAY), ""),
    ("Dates", "04/05/26", "dated", DatedText("04/05/26", DAY), "LEC09"),
    ("Dates", "04/05/26 tél", "dated", DatedText("04/05/26 tél", DAY, "tél"), ""),
    ("Dates", "31/02/26", "dated", DatedText("31/02/26", None), "LEC03"),
    ("Dates", "printemps", "dated", DatedText("printemps", None), "LEC03"),
    ("Dates", "04/05", "dated", DatedText("04/05", None), "LEC03"),
    ("Dates", "04/06", "dated", DatedText("04/06", None), "LEC03"),
    ("Dates", 2026, "dated", None, "LEC03"),
    ("Dates", date(1905, 7, 18), "dated", None, "LEC03"),
    ("Dates", time(8, 30), "dated", None, "LEC03"),
    ("Dates", "#REF!", "dated", None, "LEC10"),
    ("Dates", "-", "dated", None, ""),
    ("Dates", "  ", "dated", None, ""),
    (DUE, date(2026, 6, 1), "deadline", Deadline("", date(2026, 6, 1), date(2026, 6, 1)), ""),
    (DUE, "sous 15 jours", "deadline",
     Deadline("sous 15 jours", date(2026, 5, 19), date(2026, 5, 19)), ""),
    (DUE, "01/06/26", "deadline", Deadline("01/06/26", date(2026, 6, 1), date(2026, 6, 1)),
     "LEC09"),
    (DUE, "01/06/26 bilan", "deadline",
     Deadline("01/06/26 bilan", date(2026, 6, 1), date(2026, 6, 1)), ""),
    (DUE, "voir avec Paul", "deadline", Deadline("voir avec Paul", None, None), "LEC04"),
    (DUE, "31/02/26", "deadline", Deadline("31/02/26", None, None), "LEC04"),
    (DUE, 15, "deadline", Deadline("15", None, None), "LEC04"),
    (DUE, "après la mission", "deadline",
     Deadline("après la mission", None, None, condition=True), "LEC06"),
    (DUE, "néant", "deadline", None, ""),
    ("Statut", "2", "status", Status.UNDER_WAY, ""),
    ("Statut", 3.0, "status", Status.DONE, ""),
    ("Statut", "(4) Reportée", "status", None, "LEC07"),
    ("Statut", "#N/A", "status", None, "LEC10"),
    ("Engagement", "Templés", "engagement", "T", ""),
    ("Engagement", "XY", "engagement", None, "LEC07"),
    ("Temps consacré", "1h30", "minutes", 90, ""),
    ("Temps consacré", time(1, 30), "minutes", 90, ""),
    ("Temps consacré", timedelta(hours=1, minutes=30), "minutes", 90, ""),
    ("Temps consacré", 45, "minutes", 45, ""),
    ("Temps consacré", "une matinée", "minutes", None, "LEC05"),
    ("Temps consacré", True, "minutes", None, "LEC05"),
    ("À discuter", "oui", "to_discuss", True, ""),
    ("À discuter", False, "to_discuss", False, ""),
    ("À discuter", 1, "to_discuss", True, ""),
    ("À discuter", "peut-être", "to_discuss", None, "LEC07"),
    ("Collectif", "x", "collective", True, ""),
    ("Objectifs poursuivis", "Se loger\r\nd'abord ", "objective", "Se loger\nd'abord", ""),
    ("Objectifs poursuivis", "Se reposer e\u0301te\u0301", "objective", "Se reposer été", ""),
    ("Objectifs poursuivis", 12.0, "objective", "12", ""),
    ("Objectifs poursuivis", date(2026, 5, 4), "objective", "04/05/2026", ""),
    ("Objectifs poursuivis", "=1+1", "objective", "=1+1", ""),
    ("Objectifs poursuivis", "#REF!", "objective", "", "LEC10"),
    ("Objectifs poursuivis", "-", "objective", "-", ""),
    ("Réf. engagement", " CP-2026-001 ", "reference", "CP-2026-001", ""),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cell", "field", "value", "code"), SUIVI)
def test_a_cell_of_suivi(heading: str, cell: Any, field: str, value: object, code: str) -> None:
    line: dict[str, Any] = {"Personne": "Durand Marie", "Dates": DAY, ACTIONS: "Appeler"}
    reading = read_rows(ON, tPersonnes=[{"Nom": "Durand", "Prénom": "Marie"}],
                        tSuivi=[{**line, heading: cell}])  # fmt: skip
    row = reading.records.follow_ups.rows[0]
    assert getattr(row, field) == value
    assert [problem.code for problem in reading.problems] == ([code] if code else [])
    assert (field in row.unreadable) == (code in {"LEC03", "LEC04", "LEC05", "LEC07", "LEC10"})
    for problem in reading.problems:
        assert (problem.place.sheet, problem.place.row, problem.place.column) == (
            "Suivi",
            5,
            heading,
        )
        assert problem.person == "Durand Marie"
        assert problem.message.endswith(".")
        assert problem.help.endswith((".", "?"))
        assert "None" not in problem.message + problem.help


#: Table, heading, cell, field, value, code.
OTHERS: list[tuple[str, str, object, str, object, str]] = [
    ("tPersonnes", "Civilité", "Madame", "title", Title.MRS, ""),
    ("tPersonnes", "Année de naissance", 1990, "birth_year", 1990, ""),
    ("tPersonnes", "Année de naissance", "1990", "birth_year", 1990, ""),
    ("tPersonnes", "Année de naissance", "90", "birth_year", 1990, ""),
    ("tMissions", "Fin", "en cours", "end", None, ""),
    ("tMissions", "Fin", "fini", "end", None, "LEC03"),
    ("tPersonnes", "Année de naissance", "51", "birth_year", 1951, ""),
    ("tPersonnes", "Année de naissance", "30", "birth_year", None, "LEC05"),  # or an age
    ("tPersonnes", "Année de naissance", 2090, "birth_year", None, "LEC05"),
    ("tPersonnes", "Année de naissance", date(2090, 3, 12), "birth_year", None, "LEC05"),
    ("tPersonnes", "Année de naissance", "12/03/90", "birth_year", 1990, ""),
    ("tPersonnes", "Année de naissance", date(1990, 3, 12), "birth_year", 1990, ""),
    ("tPersonnes", "Année de naissance", "né en 1990", "birth_year", 1990, ""),
    ("tPersonnes", "Année de naissance", "27 ans", "birth_year", None, "LEC05"),
    ("tPersonnes", "Année de naissance", 1790, "birth_year", None, "LEC05"),
    ("tPersonnes", "Date d'inscription", "04/05/26 (accueil)", "registered", DAY, ""),
    ("tPersonnes", "Date d'inscription", "04/05/26", "registered", DAY, "LEC09"),
    ("tPersonnes", "Date d'inscription", "04/05/26 ou 05/05/26", "registered", None, "LEC03"),
    ("tPersonnes", "Date d'inscription", "4 mai", "registered", None, "LEC03"),
    ("tPersonnes", "Catégorie de sortie", "DURABLE", "exit_category", ExitCategory.DURABLE, ""),
    ("tPersonnes", "Motif de sortie", "sans emploi", "exit_reason", "Sans emploi", ""),
    ("tPersonnes", "Motif de sortie", "Parti", "exit_reason", "Parti", "LEC08"),
    ("tPersonnes", "Orienteur", "Mission local", "referrer", "Mission local", "LEC08"),
    ("tPersonnes", "Prescripteur", "mission locale", "referrer", "Mission locale", ""),
    ("tPersonnes", "RQTH", "OUI", "rqth", True, ""),
    ("tEngagements", "Date", "04/05/2026", "agreed", DAY, "LEC09"),
    ("tEngagements", "Échéance", "3 mois", "deadline",
     Deadline("3 mois", date(2026, 8, 4), date(2026, 8, 4)), ""),
    ("tEngagements", "Évaluation réalisée le", "10/05", "reviewed", date(2026, 5, 10), "LEC09"),
    ("tEngagements", "Forme", "signé", "form", EngagementForm.SIGNED, ""),
    ("tEngagements", "Actions réalisées", "oui totalement", "achieved", Achieved.FULLY, ""),
    ("tEngagements", "Suites envisagées", "NON", "follow_up", False, ""),
    ("tEngagements", "Fiche n°", 4.0, "sheet_number", "4", ""),
    ("tEngagements", "Engagement suivant", "validation", "next_type", "VP", ""),
    ("tMissions", "Nature", "mets", "nature", Nature.OTHER_METS, ""),
    ("tMissions", "Heures", "151,67", "hours", 151.67, ""),
    ("tMissions", "Heures", "5h30", "hours", 5.5, ""),
    ("tMissions", "Heures", 20, "hours", 20.0, ""),
    ("tMissions", "Heures", "beaucoup", "hours", None, "LEC05"),
    ("tMissions", "Heures", 1e300, "hours", None, "LEC05"),
    ("tMissions", "Heures", "2000000", "hours", None, "LEC05"),
    ("tMissions", "Fin", "fin mai", "end", None, "LEC03"),
    ("tMissions", "DO", "Particulier A", "client", "Particulier A", ""),
    ("tFreins", "Frein", "mobilite", "barrier", "Mobilité", ""),
    ("tFreins", "Frein", "Voiture", "barrier", "Voiture", "LEC08"),
    ("tFreins", "Accompagnement", "les 2", "accompaniment", None, "LEC07"),
    ("tFreins", "Accompagnement", "-", "accompaniment", None, ""),
    ("tFreins", "Niveau à l'entrée", "++", "entry_level", BarrierLevel.HIGH, ""),
    ("tFreins", "Niveau à l'entrée", "-", "entry_level", BarrierLevel.LOW, ""),
    ("tFreins", "Niveau actuel", "--", "current_level", BarrierLevel.NONE, ""),
    ("tFreins", "Niveau actuel", "…", "current_level", None, ""),
]  # fmt: skip
_WHOLE: Mapping[str, dict[str, Any]] = {
    "tPersonnes": {"Nom": "Durand", "Prénom": "Marie"},
    "tEngagements": {"Personne": "Durand Marie", "Date": DAY, "Engagement": "CP"},
    "tMissions": {"Personne": "Durand Marie", "Début": DAY},
    "tFreins": {"Personne": "Durand Marie", "Frein": "Santé"},
}
_FIELDS = {"tPersonnes": "people", "tEngagements": "engagements", "tMissions": "missions",
           "tFreins": "barriers"}  # fmt: skip


@pytest.mark.parametrize(("table", "heading", "cell", "field", "value", "code"), OTHERS)
def test_a_cell_of_another_table(
    table: str, heading: str, cell: Any, field: str, value: object, code: str
) -> None:
    reading = read_rows(ON, **{table: [{**_WHOLE[table], heading: cell}]})
    row = getattr(reading.records, _FIELDS[table]).rows[0]
    assert getattr(row, field) == value
    assert [problem.code for problem in reading.problems] == ([code] if code else [])


def test_personne_is_computed_whatever_its_cell_holds() -> None:
    reading = read_rows(
        ON,
        tPersonnes=[
            {"Nom": " Durand ", "Prénom": "Marie", "Personne": "Autre Nom"},
            {"Nom": "Durand", "Prénom": "Marie", "Précision (homonymes)": "Arras"},
            {"Personne": "Petit Lou"},
            {"Nom": "NGUYE\u0302N\u00a0", "Prénom": "A\u202fB"},
        ],
    )
    names = [row.person for row in reading.records.people.rows]
    assert names == ["Durand Marie", "Durand Marie (Arras)", "Petit Lou", "NGUYÊN A B"]


def test_the_team_s_own_columns_follow_the_person() -> None:
    reading = read_rows(
        ON,
        tPersonnes=[{"Nom": "Durand", "Permis": "B", "Quartier": "Nord", "Vu le": DAY}],
        tVentilations=[{"Ventilation": "permis"}, {"Ventilation": "Quartiers"}],
    )
    assert reading.records.people.rows[0].extra == {"Permis": "B", "Quartier": "Nord", "Vu le": DAY}
    assert reading.records.settings.breakdowns == ("permis", "Quartiers")
    assert one(reading).code == "LEC12"
    assert one(reading).help == "Vouliez-vous dire « Quartier » ?"


def test_sums_and_repeated_headings_are_not_people() -> None:
    headings = {"Nom": "NOM", "Prénom": "prenom", "Accompagnateur": "Accompagnateur"}
    reading = read_rows(
        ON,
        tPersonnes=[
            {"Nom": "Durand", "Prénom": "Marie"},
            headings,
            {"Nom": "Total", "Année de naissance": 2},
            {},
            {"Nom": "Total", "Prénom": "Jean"},  # somebody's name
        ],
    )
    assert [row.person for row in reading.records.people.rows] == ["Durand Marie", "Total Jean"]
    assert [row.row for row in reading.records.people.rows] == [5, 9]
    assert reading.problems == ()


def test_no_row_is_dropped_for_its_cells() -> None:
    cells = {"Personne": "#REF!", "Dates": "x", ACTIONS: "", DUE: "y", "Statut": "z",
             "Temps consacré": "w", "Engagement": "v", "À discuter": "u"}  # fmt: skip
    reading = read_rows(ON, tSuivi=[cells, {"Temps consacré": 10}])
    first, second = reading.records.follow_ups.rows
    assert first.unreadable == {
        "person", "dated", "deadline", "status", "minutes", "engagement", "to_discuss"
    }  # fmt: skip
    assert (second.row, second.minutes) == (6, 10)


def test_what_a_line_says_twice_has_two_keys_that_follow_it() -> None:
    line = {
        "Personne": "Durand Marie",
        "Dates": DAY,
        ACTIONS: "Appeler",
        DUE: "voir",
        "Statut": "zz",
    }
    before = read_rows(ON, tSuivi=[line])
    after = read_rows(ON, tSuivi=[{"Personne": "Petit Lou", "Dates": DAY}, line])
    keys = {(problem.code, problem.key) for problem in before.problems}
    assert len(keys) == 2
    assert {(problem.code, problem.key) for problem in after.problems} == keys


def test_the_settings_of_the_structure() -> None:
    reading = read_rows(
        ON,
        tReglages=[
            {"Réglage": "Nom de la structure", "Valeur": "Association des Essais"},
            {"Réglage": "Type de structure", "Valeur": "association intermédiaire"},
            {"Réglage": "Date de mise en œuvre des engagements", "Valeur": "01/09/2025"},
            {"Réglage": "délai sans contact", "Valeur": "45 jours"},
            {"Réglage": "Bientôt", "Valeur": 7.0},
            {"Réglage": "Objectif de sorties dynamiques", "Valeur": 0.55},
            {"Réglage": "Base annuelle d'un équivalent temps plein", "Valeur": "1 607"},
            {"Réglage": "Délai sans travail", "Valeur": None},
        ],
        tTypes=[
            {"Code": "CDP", "Type d'engagement": "Coup de pouce", "Échéance maximale (mois)": 2},
            {"Code": "REM", "Type d'engagement": "Remobilisation"},
        ],
        tAccompagnateurs=[{"Accompagnateur": "Linda Roux"}, {"Accompagnateur": " Paul  Petit "}],
        tGravites=[{"Code": "sui03", "Gravité": "Erreur"}, {"Code": "PER05", "Gravité": "Non"}],
        tMotsSensibles=[{"Mot sensible": "cure"}],
        tSuivi=[{"Personne": "X", "Engagement": "CP"}, {"Personne": "X", "Engagement": "D"}],
    )
    settings = reading.records.settings
    assert (settings.structure, settings.kind) == ("Association des Essais", StructureKind.AI)
    assert (settings.started, settings.contact_days, settings.soon_days, settings.work_days) == (
        date(2025, 9, 1), 45, 7, 60,
    )  # fmt: skip
    assert (settings.dynamic_target, settings.fte_hours) == (55, 1607)
    cdp, rem = settings.types
    assert (cdp.code, cdp.max_months, cdp.method and cdp.method.code) == ("CDP", 2, "CP")
    assert (rem.max_months, rem.method) == (None, None)
    assert settings.advisors == ("Linda Roux", "Paul Petit")
    assert [one[:2] for one in settings.severities] == [("SUI03", "Erreur"), ("PER05", "Non")]
    assert settings.sensitive_words == ("cure",)
    assert [row.engagement for row in reading.records.follow_ups.rows] == ["CDP", None]
    assert [problem.code for problem in reading.problems] == ["LEC07"]


@pytest.mark.parametrize(
    ("lines", "contract", "end_of_pass"),
    [
        ({}, 30, 90),
        ({"Fin de contrat": 20, "Fin de PASS IAE": 120}, 20, 120),
        ({"Fin de contrat ou de PASS IAE": 45}, 45, 45),
        ({"Fin de PASS IAE": 100, "Fin de contrat ou de PASS IAE": 45}, 45, 100),
    ],
)
def test_the_line_that_two_came_from_sets_both(
    lines: dict[str, int], contract: int, end_of_pass: int
) -> None:
    rows = [{"Réglage": label, "Valeur": value} for label, value in lines.items()]
    settings = read_rows(ON, tReglages=rows).records.settings
    assert (settings.contract_days, settings.pass_days) == (contract, end_of_pass)


@pytest.mark.parametrize("heading", ["ZRR / FRR", "ZRR", "FRR", "zfrr", "ZRR/FRR"])
def test_zrr_is_read_under_its_old_and_new_names(heading: str) -> None:
    reading = read_rows(ON, tPersonnes=[{"Nom": "Ajonc", heading: "OUI"}])
    assert reading.records.people.rows[0].zrr is True
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("sheet", "heading", "field", "value"),
    [
        ("tPersonnes", "Orienteur", "referrer", "Résidence sociale, FJT"),
        ("tFreins", "Frein", "barrier", "Numérique"),
    ],
)
def test_values_of_the_lists_of_today(sheet: str, heading: str, field: str, value: str) -> None:
    row = {"Nom": "Ajonc"} if sheet == "tPersonnes" else {"Personne": "Ajonc"}
    reading = read_rows(ON, **{sheet: [{**row, heading: value}]})
    tables = {"tPersonnes": reading.records.people, "tFreins": reading.records.barriers}
    assert getattr(tables[sheet].rows[0], field) == value
    assert reading.problems == ()


#: A wrong line of Paramètres: its table, the line, where it is said.
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("tReglages", {"Réglage": "Délai sans contact", "Valeur": "deux mois"}, "B5"),
    ("tReglages", {"Réglage": "Délai sans contact", "Valeur": -3}, "B5"),
    ("tReglages", {"Réglage": "Délai sans contact", "Valeur": 2.5}, "B5"),
    ("tReglages", {"Réglage": "Délai sans contact", "Valeur": "#REF!"}, "B5"),
    ("tReglages", {"Réglage": "Délai sans contacts", "Valeur": 12}, "A5"),
    ("tReglages", {"Réglage": "Objectif de sorties dynamiques", "Valeur": 160}, "B5"),
    ("tReglages", {"Réglage": "Type de structure", "Valeur": "GEIQ"}, "B5"),
    ("tTypes", {"Type d'engagement": "Remobilisation"}, "A5"),
    ("tTypes", {"Code": "CP", "Type d'engagement": "Coup de pouce",
                "Échéance maximale (mois)": "court"}, "D5"),
    ("tTypes", {"Code": "CP", "Type d'engagement": "Coup de pouce",
                "Échéance maximale (mois)": 1e9}, "D5"),
    ("tGravites", {"Code": "SUI03", "Gravité": "grave"}, "B5"),
    ("tReglages", {"Réglage": "Délai sans contact", "Valeur": 99_999_999}, "B5"),
    ("tReglages", {"Réglage": "Notes sans ligne, au bas des feuilles", "Valeur": 1e300}, "B5"),
    ("tReglages", {"Réglage": "Heures vraisemblables par semaine", "Valeur": 169}, "B5"),
    ("tReglages", {"Réglage": "Seuil de publication", "Valeur": 2}, "B5"),
    ("tReglages", {"Réglage": "Base annuelle d'un équivalent temps plein", "Valeur": 35}, "B5"),
    ("tReglages", {"Réglage": "Objectif de sorties dynamiques", "Valeur": "0,6"}, "B5"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "line", "cell"), WRONG)
def test_a_wrong_setting_is_said_and_the_default_stands(
    table: str, line: dict[str, Any], cell: str
) -> None:
    reading = read_rows(ON, **{table: [line]})
    assert (one(reading).code, one(reading).place.cell) == ("LEC12", cell)
    assert reading.records.settings.contact_days == 60


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        (
            "Seuil de publication",
            0,
            "Tapez un nombre entier, 3 au moins et 100000 au plus (en personnes).",
        ),
        ("Objectif de sorties dynamiques", "0,6", "Tapez 60, si c'est 0,6 sur 1."),
        ("Objectif de sorties en emploi durable", "25,5 %", None),
        ("Objectif de sorties en emploi durable", 0, None),
        ("Seuil de publication", 3, None),
    ],
)
def test_what_a_setting_may_be_is_said(label: str, typed: object, said: str | None) -> None:
    reading = read_rows(ON, tReglages=[{"Réglage": label, "Valeur": typed}])
    assert [problem.help for problem in reading.problems] == ([said] if said else [])


def test_generated_tables_come_back_with_what_was_typed() -> None:
    reading = read_rows(
        ON,
        tSynthese=[
            {"Dates": DAY, "Nom Prénom": "Durand Marie", DUE: "fin juin",
             "Notes de réunion": "voir\n Paul ", "Échéance comprise": date(2026, 6, 30),
             "Clé": "a|b"},
            {},
            {"Dates": "Notes conservées", "Clé": "titre|garde"},
        ],
        tControle=[
            {"Code": "SUI03", "Depuis le": DAY, "Justification": "accord", "Jusqu'au": "fin juin"},
            {"Code": "SUI03", "Depuis le": "04/05/2026", "Jusqu'au": datetime(2026, 8, 1)},
        ],
    )  # fmt: skip
    note, heading = reading.records.synthesis.rows
    assert (note.row, note.dates, note.deadline, note.notes) == (5, DAY, "fin juin", "voir\n Paul ")
    assert (note.understood, note.key) == (date(2026, 6, 30), "a|b")
    assert (heading.row, heading.dates) == (7, "Notes conservées")
    first, second = reading.records.control.rows
    assert (first.since, first.until, first.justification) == (DAY, "fin juin", "accord")
    assert (second.since, second.until) == (DAY, date(2026, 8, 1))
    assert reading.problems == ()


def test_rows_may_be_given_for_known_tables_only() -> None:
    with pytest.raises(KeyError, match="tSuivis"):
        read_rows(ON, tSuivis=[])
