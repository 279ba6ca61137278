"""What happens to a problem: order, severity, since when, accepted or not, filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.vocabulary import Achieved, Status
from cedre_xlsx.reports.control_sheet import control_sheet
from cedre_xlsx.rules import RULES, find_rule, run
from cedre_xlsx.rules.identity import encode_identity
from cedre_xlsx.rules.previous import forgotten_justifications
from cedre_xlsx.rules.select import finding_filter
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Place, Problem, Severity, Waiver
from cedre_xlsx.schema.generated import ControlRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings, SeveritySetting
from cedre_xlsx.schema.tables import CONTROL, ENGAGEMENTS, PEOPLE
from tests.rules.rule_cases import (
    ON,
    action,
    barrier,
    engagement,
    mission,
    person,
    reviewed,
    to_do,
    workbook,
)
from tests.support import read_rows

LATE = [to_do(deadline="11/05", objective="Trouver un logement")]


def checked(records: Records, on: date = ON) -> tuple[Finding, ...]:
    return run(records, (), on=on)


def only(rows: list[Any], code: str) -> Finding:
    [finding] = [f for f in checked(workbook(rows)) if f.code == code]
    return finding


def with_control(rows: list[Any], *control: ControlRow) -> Records:
    return replace(workbook(rows), control=Table.of(CONTROL, control))


def line(finding: Finding, tail: str = "a.b.c", **cells: Any) -> ControlRow:
    """The line of `Contrôle` that a refresh wrote for this finding."""
    return ControlRow(row=5, key=f"{encode_identity(finding.identity)}|{tail}", **cells)


def test_good_data_is_quiet() -> None:
    """A person followed as the method asks: nothing at all is said, not even an info."""
    rows = [
        person(),
        action(engagement="D"),
        to_do(day="05/05", reference="D-2026-001"),
        engagement(),
        mission(),
    ]
    assert checked(workbook(rows)) == ()


def test_a_column_that_the_workbook_lacks_is_not_asked_for() -> None:
    rows = [
        person(advisor="", request="", registered="15/04", interview=None),
        action(minutes=None, objective=""),
        action(day="05/05", status=None, outcome=""),
        reviewed(agreed="16/04", needs="", person_means="", achieved=None),
        reviewed(agreed="16/04", achieved=Achieved.NO, comments="", reference=""),
    ]
    records = workbook(rows)
    without = {"advisor", "request", "minutes", "objective", "status", "needs", "person_means",
               "achieved", "comments", "reference"}  # fmt: skip

    def cut(table: Table[Any]) -> Table[Any]:
        kept = {name: at for name, at in table.columns.items() if name not in without}
        return replace(table, columns=kept)

    bare = replace(
        records,
        people=cut(records.people),
        follow_ups=cut(records.follow_ups),
        engagements=cut(records.engagements),
    )
    codes = ["PER04", "PER05", "SUI11", "SUI09", "SUI15", "ENG01", "ENG15", "ENG11", "ENG02",
             "ENG12"]  # fmt: skip
    assert {finding.code for finding in checked(records)} >= set(codes)
    assert checked(bare) == ()


def test_a_sheet_that_the_workbook_lacks_makes_nobody_unknown() -> None:
    rows = [person(), action(engagement="CP", reference="CP-2026-001"), mission(), barrier()]
    records = workbook(rows)
    without_engagements = replace(records, engagements=Table.of(ENGAGEMENTS, found=False))
    without_people = replace(without_engagements, people=Table.of(PEOPLE, found=False))
    assert checked(without_engagements) == ()
    assert checked(without_people) == ()


def test_an_empty_workbook_is_quiet() -> None:
    assert checked(Records()) == ()


def test_findings_come_in_the_order_of_sheets_rows_and_columns() -> None:
    rows = [
        person(advisor="", request="", registered="15/04", interview=None),
        person("Petit Eva", advisor="", registered="15/04", interview=None),
        action(objective="", outcome=""),
        to_do(deadline="11/05"),
        engagement(person_means=""),
        mission(rome="x"),
    ]
    reported = Problem("LEC03", Place("Suivi", 5, "Dates", "B5"), "illisible.", "Corriger.")
    found = run(workbook(rows), [reported], on=ON)
    assert [f"{f.place.sheet}!{f.place.cell}" for f in found] == [
        "Personnes!G5", "Personnes!K5", "Personnes!G6", "Suivi!B5", "Suivi!D5", "Suivi!H5",
        "Suivi!F6", "Engagements!J5", "Missions!I5",
    ]  # fmt: skip


def test_a_problem_of_the_reader_gets_its_name_and_severity() -> None:
    problem = Problem("LEC03", Place("Suivi", 5, "Dates", "B5"), "illisible.", "Corriger.", "Eva")
    [finding] = run(Records(), [problem], on=ON)
    assert (finding.name, finding.severity) == ("Date non comprise", Severity.ERROR)
    assert (finding.message, finding.help, finding.person) == ("illisible.", "Corriger.", "Eva")


SEVERITIES = {
    "erreur": Severity.ERROR,
    "Avertissement": Severity.WARNING,
    "info": Severity.INFO,
    "n'importe quoi": Severity.WARNING,  # that of the rule: the reader says what is wrong
    "non": None,
    "Off": None,
}


@pytest.mark.parametrize("typed", SEVERITIES)
def test_parametres_sets_the_severity(typed: str) -> None:
    found = checked(workbook([*LATE, Settings(severities=(SeveritySetting("sui03", typed),))]))
    assert [f.severity for f in found if f.code == "SUI03"] == (
        [SEVERITIES[typed]] if SEVERITIES[typed] else []
    )


@pytest.mark.parametrize(
    ("typed", "remedy"), [("SUI99", "Vouliez-vous dire SUI0"), ("tout", "par exemple SUI03")]
)
def test_a_severity_for_a_rule_that_does_not_exist_is_said(typed: str, remedy: str) -> None:
    reading = read_rows(ON, tGravites=[{"Code": typed, "Gravité": "Erreur"}])
    [found] = [one for one in run(reading.records, reading.problems, on=ON) if one.code == "LEC12"]
    assert (found.place.sheet, found.place.column, found.place.cell) == ("Paramètres", "Code", "A5")
    assert typed.upper() in found.message
    assert remedy in found.help


#: What stands in `Contrôle` on the line, and the waiver that follows on the 12th of May.
WAIVERS: dict[str, tuple[dict[str, Any], Waiver | None]] = {
    "accepted for ever": ({"justification": "vu en réunion"}, Waiver("vu en réunion")),
    "accepted to a later day": (
        {"justification": "congés", "until": date(2026, 6, 1)},
        Waiver("congés", date(2026, 6, 1)),
    ),
    "its last day": ({"justification": "congés", "until": ON}, Waiver("congés", ON)),
    "past": ({"justification": "congés", "until": date(2026, 5, 11)}, None),
    "until is not understood": (
        {"justification": "congés", "unreadable": frozenset({"until"})},
        None,
    ),
    "blank": ({"justification": "  "}, None),
    "a date alone": ({"until": date(2026, 6, 1)}, None),
}


@pytest.mark.parametrize("case", WAIVERS)
def test_a_justification_waives_until_its_date(case: str) -> None:
    typed, expected = WAIVERS[case]
    late = only(LATE, "SUI03")
    [found] = [
        f
        for f in checked(with_control(LATE, line(late, since=date(2026, 5, 1), **typed)))
        if f.code == "SUI03"
    ]
    assert found.waived == expected
    assert found.since == date(2026, 5, 1)


def test_a_justification_whose_date_is_past_is_said() -> None:
    late = only(LATE, "SUI03")
    past = Waiver("congés", date(2026, 5, 11))
    rows = line(late, justification="congés", until=date(2026, 5, 11))
    [found] = [f for f in checked(with_control(LATE, rows)) if f.code == "SUI03"]
    assert (found.waived, found.expired) == (None, past)
    again = line(late, justification="repris", until="fin mai")
    [found] = [f for f in checked(with_control(LATE, rows, again)) if f.code == "SUI03"]
    assert (found.waived, found.expired) == (Waiver("repris", date(2026, 5, 31)), None)
    unclear = line(late, justification="repris", until="on verra")
    [found] = [f for f in checked(with_control(LATE, unclear)) if f.code == "SUI03"]
    assert (found.waived, found.expired) == (None, None)


def test_justifications_that_accept_nothing_any_more_are_found() -> None:
    late = only(LATE, "SUI03")
    other = only([to_do(day="02/05", deadline="10/05", action="Autre")], "SUI03")
    used = line(late, justification="vu", code="SUI03")
    gone = line(other, justification="vu aussi", code="SUI03").model_copy(update={"row": 6})
    silent = line(other, code="SUI03").model_copy(update={"row": 10})
    shown = ControlRow(row=7, code="SUI03", person=late.person, sheet="Suivi",
                       message=late.message, justification="sans clé")  # fmt: skip
    kept = ControlRow(row=9, key="cellule.01|garde", code="SUI03", justification="un texte")
    blank = ControlRow(row=8, justification="n'importe où")
    rows = (used, gone, silent, shown, kept, blank)
    assert forgotten_justifications(rows, checked(with_control(LATE, *rows))) == (gone,)
    assert forgotten_justifications((silent, blank), ()) == ()


def test_lines_that_say_nothing_are_passed_over() -> None:
    found = checked(with_control(LATE, ControlRow(row=5), ControlRow(row=6, key="")))
    assert [f.since for f in found if f.code == "SUI03"] == [None]


def test_a_waiver_follows_its_line_to_another_row() -> None:
    control = line(only(LATE, "SUI03"), justification="vu")
    moved = [action(day="01/05"), action(day="02/05"), *LATE]
    [found] = [f for f in checked(with_control(moved, control)) if f.code == "SUI03"]
    assert (found.place.row, found.waived) == (7, Waiver("vu"))


def test_a_waiver_of_another_line_or_rule_is_not_taken() -> None:
    other = only([to_do(day="02/05", deadline="10/05", action="Autre")], "SUI03")
    found = checked(with_control(LATE, line(other, justification="vu")))
    assert [f.waived for f in found if f.code == "SUI03"] == [None]


def test_a_justification_kept_below_the_table_comes_back_with_its_finding() -> None:
    kept = line(only(LATE, "SUI03"), tail="garde:ligne", justification="vu")
    [found] = [f for f in checked(with_control(LATE, kept)) if f.code == "SUI03"]
    assert found.waived == Waiver("vu")


def test_the_text_of_a_changed_cell_waives_nothing() -> None:
    late = only(LATE, "SUI03")
    row = ControlRow(row=9, key="cellule.0123456789|garde:message", code="SUI03",
                     person=late.person, sheet="Suivi", message=late.message,
                     justification="texte d'une cellule")  # fmt: skip
    [found] = [f for f in checked(with_control(LATE, row)) if f.code == "SUI03"]
    assert found.waived is None


def test_a_line_whose_key_was_lost_is_known_by_what_it_shows() -> None:
    late = only(LATE, "SUI03")
    row = ControlRow(row=5, code="SUI03", person=late.person, sheet="Suivi", message=late.message,
                     justification="vu", since=date(2026, 5, 1))  # fmt: skip
    [found] = [f for f in checked(with_control(LATE, row)) if f.code == "SUI03"]
    assert (found.waived, found.since) == (Waiver("vu"), date(2026, 5, 1))


def test_twins_have_each_their_identity_and_waiver() -> None:
    twins = [to_do(deadline="11/05"), to_do(deadline="11/05")]
    first, second = [f for f in checked(workbook(twins)) if f.code == "SUI03"]
    assert first.identity != second.identity
    sheet = control_sheet(workbook(twins), [first, second], ON, workbook="essai.xlsx", version="1")
    keys = [str(row.values[-1]) for row in sheet.rows]
    accepted = ControlRow(row=6, key=keys[1], justification="doublon voulu")
    found = checked(with_control(twins, ControlRow(row=5, key=keys[0]), accepted))
    assert [f.waived for f in found if f.code == "SUI03"] == [None, Waiver("doublon voulu")]


def filtered(**filters: Any) -> list[tuple[str, str]]:
    lately = {"registered": "15/04", "interview": None}
    rows = [
        person(**lately),
        person("Petit Eva", advisor="Marc Blanc", request="", **lately),
        to_do(deadline="11/05"),
        action("Petit Eva", outcome=""),
        mission("Inconnu Jean"),
    ]
    advisors = ("Linda Roux", "Marc Blanc", "Ève Noël")
    records = workbook([*rows, Settings(advisors=advisors, fte_hours=1607)])
    found = checked(records)
    lets = finding_filter(found, records=records, **filters)
    return [(f.code, f.person) for f in filter(lets, found)]


ALL = [
    ("PER05", "Petit Eva"),
    ("SUI03", "Martin Paul"),
    ("SUI07", "Petit Eva"),
    ("MIS01", "Inconnu Jean"),
]
FILTERS: dict[str, tuple[dict[str, Any], list[int]]] = {
    "none": ({}, [0, 1, 2, 3]),
    "a code": ({"select": ["sui03"]}, [1]),
    "a family and a code": ({"select": ["SUI", "PER05"]}, [0, 1, 2]),
    "without a family": ({"ignore": ["SUI"]}, [0, 3]),
    "of a family, without a code": ({"select": ["SUI"], "ignore": ["SUI07"]}, [1]),
    "warnings and errors": ({"severity": Severity.WARNING}, [1, 2, 3]),
    "errors": ({"severity": Severity.ERROR}, [3]),
    "a person": ({"person": "mme EVA petit"}, [0, 2]),
    "a person that only Missions knows": ({"person": "jean inconnu"}, [3]),
    "a person without findings": ({"person": "Martin Paul", "ignore": ["SUI"]}, []),
    "an advisor": ({"advisor": "marc blanc"}, [0, 2]),
    "an advisor who follows nobody": ({"advisor": "Eve Noel"}, []),
    "all at once": ({"select": ["SUI"], "person": "Petit Eva", "advisor": "Marc Blanc"}, [2]),
}


@pytest.mark.parametrize("case", FILTERS)
def test_filters(case: str) -> None:
    filters, expected = FILTERS[case]
    assert filtered(**filters) == [ALL[index] for index in expected]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"select": ["SUI99"]}, "SUI"),
        ({"ignore": ["ENGA"]}, "ENG"),
        ({"person": "Petit Evva"}, "Petit Eva"),
        ({"advisor": "Linda Rou"}, "Linda Roux"),
    ],
)
def test_a_filter_that_names_nothing_says_the_nearest(filters: dict[str, Any], said: str) -> None:
    with pytest.raises(CedreError, match=said):
        filtered(**filters)


def test_an_ambiguous_person_is_said() -> None:
    records = workbook([person(precision="Caen"), person(precision="Bayeux")])
    with pytest.raises(CedreError, match=r"« Martin Paul \(Caen\) » ou « Martin Paul \(Bayeux\) »"):
        finding_filter((), person="Martin Paul", records=records)


def test_find_rule_in_any_case_and_the_nearest_otherwise() -> None:
    assert find_rule(" eng06 ").code == "ENG06"
    with pytest.raises(CedreError, match="Vouliez-vous dire SUI0"):
        find_rule("SUI99")
    with pytest.raises(CedreError, match="cedre-xlsx rules"):
        find_rule("ζ")


def test_every_status_is_known_to_the_rules() -> None:
    """A status more than these four would need its say in the rules that look at it."""
    assert set(Status) == {Status.TO_PROPOSE, Status.UNDER_WAY, Status.DONE, Status.DROPPED}


FAMILIES = ("LEC", "PER", "SUI", "ENG", "MIS", "DCP", "CLA", "ANN")


def test_codes_are_in_order_and_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes), key=lambda code: (FAMILIES.index(code[:3]), code))
    for family in FAMILIES:
        mine = [code for code in codes if code.startswith(family)]
        assert mine == [f"{family}{number:02}" for number in range(1, len(mine) + 1)]


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
