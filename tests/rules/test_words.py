"""What the words of a line contradict or leave to guess: as typed, through the reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.method.plausibility import likely_year, says_done
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Nature
from cedre_xlsx.rules import run
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.tables import DATA_TABLES
from tests.rules.rule_cases import (
    Cases,
    action,
    assert_told,
    cases_as_tests,
    engagement,
    findings,
    in_excel,
    mission,
    person,
    to_do,
)
from tests.support import read_rows

ON = date(2026, 11, 28)
ACTION = "Actions proposées par l'AI / ETTI"
PEOPLE = [
    {
        "Nom": nom, "Prénom": prenom, "Civilité": "Mme", "Année de naissance": 1990,
        "Accompagnateur": "Sophie Martin", "Date d'inscription": date(2026, 11, 10),
        "La demande, les attentes, les besoins, les projets de la personne": "Un emploi.",
    }
    for nom, prenom in (("Bensaïd", "Fatima"), ("Martin", "Paul"))
]  # fmt: skip
DONE = {
    "Personne": "Bensaïd Fatima", "Dates": date(2026, 11, 20), ACTION: "Entretien",
    "Objectifs poursuivis": "Projet", "Statut": "(3) Réalisée", "Temps consacré": 30,
    "Suites données / Décisions prises": "À revoir",
}  # fmt: skip


def dated(text: str, day: date) -> DatedText:
    return DatedText(text, day)


def promised(text: str, day: date) -> Deadline:
    return Deadline(text, day, day)


#: The 11th of May 2026 is a Monday.
MONDAY = date(2026, 5, 11)

FAILING: Cases = {
    "LEC16": [
        ([action(dated=dated("mardi 11/05/2026", MONDAY))], "dated5"),
        ([action(dated=dated("11/05/26 (dimanche) tél", MONDAY))], "dated5"),
        ([to_do(deadline=promised("RDV mar. 11/05/26 à 14h", MONDAY), day="04/05")], "deadline5"),
        ([engagement(deadline=promised("vendredi 3 juillet 2026 ou jeudi 03/07/2026",
                                       date(2026, 7, 3)))], "deadline5"),
        ([engagement(review_planned=promised("dim 1/7/26", date(2026, 7, 1)))], "review_planned5"),
    ],
    "LEC17": [
        ([action(), FollowUpRow(row=0, person="* vu avec Sophie")], "person6"),
        ([FollowUpRow(row=0, person="Lignes 12 à 15 à reprendre avec la direction")], "person5"),
        ([FollowUpRow(row=0, person="Total")], "person5"),
        ([EngagementRow(row=0, reference="* à compléter")], "reference5"),
        ([MissionRow(row=0, person="(voir les contrats)")], "person5"),
        ([BarrierRow(row=0, person="relevé au 01/11")], "person5"),
    ],
    "LEC18": [
        ([mission(hours=None, weekly_hours=35.0)], "weekly_hours5"),
        ([mission(hours=None, weekly_hours=3.0, end="20/04")], "weekly_hours5"),
        ([mission(hours=Hours(35, Per.WEEK), end="25/04")], "hours5"),
        ([mission(hours=Hours(20, Per.MONTH), end="18/05")], "hours5"),
        ([mission(hours=Hours(1607, Per.YEAR), end="18/04/27")], "hours5"),
        ([mission(hours=Hours(7, Per.DAY), start="25/04", end="30/04")], "hours5"),
        ([mission(hours=Hours(7, Per.DAY), end="01/05")], "hours5"),
        ([mission(hours=None, weekly_hours=Hours(2, Per.DAY), start="03/05", end=None)],
         "weekly_hours5"),
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "LEC16": [
        [action(dated=dated("lundi 11/05/2026", MONDAY))],
        [action(dated=dated("lun. 11/05/26 tél", MONDAY))],
        [action(dated=dated("11/05/2026 mardi prochain : la suite", MONDAY))],
        [to_do(deadline=promised("samedi ou lundi 11/05/26", MONDAY))],
        [to_do(deadline=Deadline("mardi", None, None))],
        [engagement(deadline=promised("vendredi 3 juillet 2026", date(2026, 7, 3)))],
    ],
    "LEC17": [
        [FollowUpRow(row=0, person="Martin Paul")],
        [FollowUpRow(row=0, person="Martn Paul")],
        [FollowUpRow(row=0, person="* vu avec Sophie", action="Entretien")],
        [FollowUpRow(row=0, person="* voir", unreadable=frozenset({"dated"}))],
        [EngagementRow(row=0, reference="CP-2026-001")],
        [EngagementRow(row=0, reference="CP 12")],
        [FollowUpRow(row=0, person="* vu"), in_excel(FollowUpRow, "A4:O4")],
    ],
    "LEC18": [
        [mission(hours=None, weekly_hours=35.0, end="26/04")],
        [mission(hours=None, weekly_hours=35.0, end="27/04")],
        [mission(hours=None, weekly_hours=35.0, end=None)],
        [mission(hours=20.0, weekly_hours=35.0)],
        [mission(hours=Hours(20, Per.MONTH), end="19/05")],
        [mission(hours=Hours(20, Per.MONTH), start="10/05", end=None)],
        [mission(hours=Hours(1607, Per.YEAR), end="19/04/27")],
        [mission(hours=Hours(7, Per.DAY))],
        [mission(hours=Hours(7, Per.DAY), end="30/04")],
        [mission(hours=Hours(7, Per.DAY), end=None)],
        [mission(hours=None, weekly_hours=35.0, nature=Nature.INTERNSHIP)],
        [mission(hours=None, weekly_hours=0.0)],
        [mission(hours=None, weekly_hours=35.0, end=None, unreadable=frozenset({"end"}))],
        [mission(hours=None, weekly_hours=35.0, end="19/04")],
        [mission(hours=None, weekly_hours=35.0, start=None)],
    ],
}


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


def read(*lines: dict[str, Any], **tables: Any) -> list[Finding]:
    """The findings of some lines of Suivi, typed as in a sheet."""
    made = read_rows(ON, tPersonnes=PEOPLE, tSuivi=[{**DONE, **line} for line in lines], **tables)
    return list(run(made.records, made.problems, on=ON))


def codes(*lines: dict[str, Any], **tables: Any) -> list[str]:
    return [finding.code for finding in read(*lines, **tables)]


@pytest.mark.parametrize("text", ["fait", "RAS", "Fait le 12/10", "ok", "réalisée", "noté", "vu"])
def test_a_deadline_that_is_done_is_no_finding_on_a_finished_action(text: str) -> None:
    assert codes({"Échéance / délai": text}) == []
    assert codes({"Échéance / délai": text, "Statut": "(2) En cours"}) == ["SUI21"]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Fait le 12 octobre 2026", True), ("c'est fait", True), ("fait par tél", True),
        ("R.A.S.", True), ("Vu avec Paul", True), ("rien à signaler", True),
        ("à faire", False), ("fait le 12/10, à revoir le 20/11", False), ("sous 15 jours", False),
        ("12/10/2026", False), ("refait", False), ("vu, relance fin mai", False),
    ],
)  # fmt: skip
def test_what_says_done(text: str, done: bool) -> None:
    assert says_done(text) is done


def test_a_workshop_for_all_is_of_nobody_and_no_fault() -> None:
    workshop = {"Personne": "Tous", ACTION: "Atelier CV"}
    assert codes({**workshop, "Collectif": "OUI"}) == []
    assert codes({**workshop, "Personne": "Tout le monde", "Collectif": "OUI"}) == []
    [asked] = read(workshop)
    assert (asked.code, asked.help) == (
        "SUI01",
        "Pour une action de groupe sans noms, mettez OUI dans Collectif.",
    )
    assert codes({**workshop, "Personne": "Karim", "Collectif": "OUI"}) == ["SUI01"]


@pytest.mark.parametrize("year", [1926, 2062])
def test_one_mistyped_year_is_one_finding(year: int) -> None:
    """Nobody is to be erased, or late, for it."""
    registered = {**PEOPLE[0], "Date d'inscription": date(year, 11, 10)}
    made = read_rows(ON, tPersonnes=[registered], tSuivi=[DONE], tMissions=[])
    assert [one.code for one in run(made.records, made.problems, on=ON)] == ["PER17"]
    alone = read_rows(ON, tPersonnes=[registered])
    assert [one.code for one in run(alone.records, alone.problems, on=ON)] == ["PER17"]
    assert [one.code for one in read({"Dates": date(year, 11, 20)}) if one.place.row == 5] == [
        "SUI17"
    ]


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (
            date(2025, 11, 20),
            "Vouliez-vous dire 20/11/2026 ? Sinon, corrigez les dates de Personnes.",
        ),
        (date(2025, 2, 20), "Corrigez la date, ou celles du parcours dans Personnes."),
    ],
)
def test_an_action_before_the_pathway_proposes_its_year(dated: date, said: str) -> None:
    [finding] = [one for one in read({"Dates": dated}) if one.code == "SUI18"]
    assert finding.help == said


def test_a_footnote_is_one_finding() -> None:
    made = read_rows(ON, tPersonnes=PEOPLE, tSuivi=[DONE, {"Personne": "* à revoir avec Sophie"}])
    assert [(f.code, f.place.cell) for f in run(made.records, made.problems, on=ON)] == [
        ("LEC17", "A6")
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5/11 tel", "Ajoutez l'année : 05/11/2026."),
        ("28/12 tél", "Ajoutez l'année : 28/12/2025."),
        ("31/02/2025", "Le jour vient avant le mois. Vouliez-vous dire 28/02/2025 ?"),
        ("12/13/2025", "Le jour vient avant le mois. Vouliez-vous dire 13/12/2025 ?"),
        ("32/13/2025", "Le jour vient avant le mois : tapez jour/mois/année."),
        ("1O/11/2026", "Vouliez-vous dire 10/11/2026 ?"),
        ("l2/11/26 tél", "Vouliez-vous dire 12/11/2026 ?"),
        ("20/11/2206", "Vérifiez l'année. Vouliez-vous dire 20/11/2026 ?"),
        ("20/11/2799", "Vérifiez l'année, et tapez-la en quatre chiffres."),
        ("printemps", "Remplacez « printemps » par jj/mm/aaaa."),
        ("printemps 2025", "Remplacez « printemps 2025 » par jj/mm/2025."),
    ],
)
def test_the_proposed_date_is_made_from_what_is_typed(typed: str, said: str) -> None:
    [finding] = [one for one in read({"Dates": typed}) if one.code in ("LEC03", "LEC09")]
    assert f"« {typed} »" in finding.message
    assert finding.help == said


def test_an_impossible_deadline_proposes_its_own_month() -> None:
    [finding] = read({"Échéance / délai": "31/11/2026"})
    assert (finding.code, finding.help) == ("LEC04", "Vouliez-vous dire 30/11/2026 ?")


@pytest.mark.parametrize(
    ("typed", "row_date", "said"),
    [
        ("31/06", date(2024, 5, 4), "Vouliez-vous dire 30/06/2024 ?"),  # the year of the line
        ("31/02", date(2024, 5, 4), "Vouliez-vous dire 28/02/2025 ?"),  # the next one
        ("Pâques", date(2024, 5, 4), "Ajoutez une date au texte : « Pâques, avant le jj/mm/2024 »"),
        ("Pâques 2025", date(2024, 5, 4), "« Pâques 2025, avant le jj/mm/2025 »"),
        ("après la première mission", date(2024, 5, 4),
         "« après la première mission, au plus tard le jj/mm/2024 »"),
    ],
)  # fmt: skip
def test_a_deadline_s_advice_is_what_was_typed_in_its_own_year(
    typed: str, row_date: date, said: str
) -> None:
    told = [one.help for one in read({"Échéance / délai": typed, "Dates": row_date})
            if one.code in ("LEC04", "LEC06")]  # fmt: skip
    assert [said in one for one in told] == [True], told


def test_a_weekday_that_is_not_the_date_s_is_said_instead_of_a_date_typed_as_text() -> None:
    [finding] = read({"Dates": "lundi 24/11/2026"})
    assert finding.code == "LEC16"
    assert finding.message == "« lundi 24/11/2026 » : le 24/11/2026 est un mardi, pas un lundi."
    assert finding.help == ("Corrigez le jour ou la date : mardi 24/11/2026, ou lundi 23/11/2026 ?")
    registered = [{**PEOPLE[0], "Date d'inscription": "lundi 06/10/2026"}]
    made = read_rows(ON, tPersonnes=registered)
    assert [one.code for one in made.problems] == ["LEC16"]
    assert made.records.people.rows[0].registered == date(2026, 10, 6)


def test_nobody_else_s_reference_is_proposed() -> None:
    rows = [
        person(), person("Petit Eva"), engagement("Petit Eva", reference="CP-2026-010"),
        engagement(reference="D-2026-001"), action(reference="CP-2026-011"),
        action(reference="D-2026-002"), action("Petit Eva", reference="CP-2026-011"),
        action("Inconnu Jean", reference="CP-2026-011"),
    ]  # fmt: skip
    assert [finding.help for finding in findings(rows, "SUI14")] == [
        "Vouliez-vous dire D-2026-001 ?",
        "Vouliez-vous dire D-2026-001 ?",
        "Vouliez-vous dire CP-2026-010 ?",
        "Choisissez-la dans la liste, ou ajoutez l'engagement.",
    ]


def test_a_reference_proposed_is_nobody_s_yet() -> None:
    rows = [
        engagement(reference="d-2026-007"), engagement(reference="D-2025-012"),
        engagement(reference=""), engagement(reference="D 8"),
        engagement(reference="", type="CP"),
    ]  # fmt: skip
    assert [finding.help.split()[3] for finding in findings(rows, "ENG02")] == [
        "D-2026-008,", "D-2026-009,", "CP-2026-001,",
    ]  # fmt: skip


def test_no_message_quotes_nothing() -> None:
    bare = {ACTION: None, "Temps consacré": None, "Objectifs poursuivis": None}
    found = read(
        bare, {**bare, "Statut": None, "Suites données / Décisions prises": None},
        {**bare, "Statut": "(2) En cours"}, {**bare, "Personne": None},
        {**bare, "Suites données / Décisions prises": None},
    )  # fmt: skip
    assert len(found) > 8
    assert_told(found)
    assert "L'action sans texte n'a pas d'objectif." in {one.message for one in found}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (date(1926, 3, 1), date(2026, 3, 1)),
        (date(2062, 3, 1), date(2026, 3, 1)),
        (date(2036, 3, 1), date(2026, 3, 1)),
        (date(2072, 3, 1), date(2027, 3, 1)),
        (date(1855, 3, 1), None),
        (date(2220, 2, 29), date(2022, 2, 28)),
    ],
)
def test_the_likely_year(typed: date, expected: date | None) -> None:
    assert likely_year(typed, 2021, 2027) == expected


#: Every column of dates of every entry sheet, with its table.
DATE_COLUMNS = [
    (spec.table, column.header)
    for spec in DATA_TABLES
    for column in spec.columns.values()
    if column.kind in (Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE)
]


def said_of(table: str, header: str, typed: object) -> list[str]:
    """What is said of one cell, typed in a line that has nothing else."""
    lines = {"tPersonnes": [], table: [{"Nom": "Durand", "Personne": "Durand", header: typed}]}
    made = read_rows(ON, **lines)
    found = run(made.records, made.problems, on=ON)
    return [one.code for one in found if one.place.column == header and one.code != "LEC09"]


@pytest.mark.parametrize(("table", "header"), DATE_COLUMNS)
@pytest.mark.parametrize("typed", ["lundi 06/10/2026", "lundi 06/10/2026 avec Sophie"])
def test_a_wrong_weekday_is_said_in_every_column_of_dates(
    table: str, header: str, typed: str
) -> None:
    assert "LEC16" in said_of(table, header, typed)
    assert "LEC16" not in said_of(table, header, typed.replace("lundi", "mardi"))


@pytest.mark.parametrize(("table", "header"), DATE_COLUMNS)
def test_a_year_that_nobody_meant_is_said_in_every_column_of_dates(table: str, header: str) -> None:
    wrong = {"tPersonnes": "PER17", "tSuivi": "SUI17", "tEngagements": "ENG20",
             "tMissions": "MIS07", "tFreins": "PER17"}[table]  # fmt: skip
    contract = header in ("Fin de contrat", "Fin de PASS IAE")  # up to ten years, after 57
    latest = ON.replace(year=ON.year + (10 if contract else 3))
    for day in (date(1989, 12, 31), latest + timedelta(days=1)):
        assert wrong in said_of(table, header, day), day
    assert wrong not in said_of(table, header, date(1990, 1, 1))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (date(2029, 12, 18), "Vouliez-vous dire 18/12/2026 ?"),  # the first such day after
        (date(2036, 11, 20), "Vouliez-vous dire 20/11/2026 ?"),  # the day of the line
        (date(2037, 11, 18), "Vouliez-vous dire 18/11/2027 ?"),
        (date(2062, 12, 18), "Vouliez-vous dire 18/12/2026 ?"),
        (date(2035, 12, 18), "Vérifiez l'année"),
    ],
)
def test_the_year_of_a_deadline_is_near_its_line(typed: date, said: str) -> None:
    [finding] = read({"Échéance / délai": typed, "Statut": "(2) En cours"})
    assert (finding.code, finding.help[: len(said)]) == ("SUI17", said)


@pytest.mark.parametrize(
    ("hours", "start", "end", "message", "advice"),
    [
        (Hours(35, Per.WEEK), "20/04", "24/04",
         "dure moins d'une semaine : ses 35 heures par semaine en font 25.", "Heures : 35 ?"),
        (Hours(20, Per.MONTH), "05/05", "18/05", "ses 20 heures par mois en font 9,03.",
         "Heures : 20 ou 9,03 ?"),
        (Hours(1607, Per.YEAR), "01/01", "30/06", "dure moins d'un an : ses 1607 heures par an en",
         "Heures : 796,9 ?"),
        (Hours(7, Per.DAY), "20/04", "26/04", "finit un dimanche : ses 7 heures par jour en font",
         "Heures : 35 ?"),
        (Hours(7, Per.DAY), "25/04", "26/04", "commence un samedi : ses 7 heures par jour en font",
         "Heures : 14 ?"),
        (Hours(7, Per.DAY), "08/05", None, "commence un jour férié (Fête de la Victoire)",
         "datez la fin"),
    ],
)  # fmt: skip
def test_unsure_hours_say_what_is_counted_and_what_to_type(
    hours: Hours, start: str, end: str | None, message: str, advice: str
) -> None:
    [found] = findings([mission(hours=hours, start=start, end=end)], "LEC18")
    assert message in found.message
    assert advice in found.help


@pytest.mark.parametrize(
    ("table", "header", "typed", "said"),
    [
        ("tPersonnes", "Date d'inscription", date(1989, 5, 4),
         "« 04/05/1989 » : l'année 1989 est invraisemblable, avant 1990."),
        ("tPersonnes", "Fin de PASS IAE", date(2037, 5, 4), "dans plus de dix ans."),
        ("tMissions", "Fin", date(2030, 5, 4), "invraisemblable, dans plus de trois ans."),
        ("tMissions", "Début", date(2030, 5, 4), "invraisemblable, après l'an prochain."),
        ("tSuivi", "Échéance / délai", "le 04/05/2031 reporté au 15/12/2026",
         "« le 04/05/2031 reporté au 15/12/2026 » : l'année 2031"),
    ],
)  # fmt: skip
def test_why_a_year_cannot_be_meant(table: str, header: str, typed: object, said: str) -> None:
    lines = {"tPersonnes": [], table: [{"Nom": "Durand", "Personne": "Durand", header: typed}]}
    made = read_rows(ON, **lines)
    found = run(made.records, made.problems, on=ON)
    assert [said in one.message for one in found if "invraisemblable" in one.message] == [True]
