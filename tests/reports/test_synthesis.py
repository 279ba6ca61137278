"""The synthesis of the pathways: who stands in it, with which lines, in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import EngagementForm, Status
from cedre_xlsx.reports.synthesis import NOTHING, synthesis_lines
from cedre_xlsx.reports.synthesis_sheet import empty_synthesis_sheet, synthesis_sheet
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, PEOPLE, SYNTHESIS

ON = date(2003, 5, 10)
ENTERED = date(2003, 4, 18)


def person(name: str, **cells: object) -> PersonRow:
    return PersonRow(row=5, **{"last_name": name, "registered": ENTERED, **cells})


def action(person: str, text: str, **cells: object) -> FollowUpRow:
    return FollowUpRow(
        row=5, person=person, action=text, **{"dated": DatedText("", ENTERED), **cells}
    )


def until(day: date, text: str = "") -> Deadline:
    return Deadline(text, day, day)


def records(
    people: list[PersonRow],
    actions: list[FollowUpRow] | None = None,
    engagements: list[EngagementRow] | None = None,
) -> Records:
    return Records(
        people=Table.of(PEOPLE, tuple(people)),
        follow_ups=Table.of(FOLLOW_UP, tuple(actions or ())),
        engagements=Table.of(ENGAGEMENTS, tuple(engagements or ())),
    )


def test_what_was_typed_is_shown_as_typed() -> None:
    """Exemple n°5 of the guide, M. Christian's first line with the status (2)."""
    line, _ = synthesis_lines(
        records(
            [person("Christian", title=None)],
            [
                action(
                    "M. Christian",
                    "MAD Jardinage, manutention, peinture (code ROME)",
                    dated=DatedText("18/04/03 Entretien individuel", ENTERED),
                    objective="Urgence financière",
                    engagement="CP",
                    deadline=until(date(2003, 4, 25), "Prioritaire Dans la semaine"),
                    status=Status.UNDER_WAY,
                ),
                action(
                    "Christian",
                    "action budget avec partenaire",
                    deadline=until(date(2003, 5, 2), "02/05/03 pour entretien bilan"),
                ),
            ],
        ),
        ON,
    )
    assert line.cells == {
        "dates": "18/04/03 Entretien individuel",
        "person": "Christian",
        "objective": "Urgence financière",
        "engagement": "CP",
        "action": "MAD Jardinage, manutention, peinture (code ROME)",
        "to_propose": "",
        "under_way": "X",
        "done": "",
        "deadline": "Prioritaire Dans la semaine",
        "outcome": "",
        "understood": date(2003, 4, 25),
    }


OLD, RECENT = date(2003, 2, 8), date(2003, 2, 9)  # 91 and 90 days before

SHOWN: dict[str, tuple[dict[str, object], str | None]] = {
    "typed (1)": ({"status": Status.TO_PROPOSE}, "(1)"),
    "typed (2)": ({"status": Status.UNDER_WAY}, "(2)"),
    "no status": ({}, ""),
    "open for years": ({"status": Status.UNDER_WAY, "dated": DatedText("", date(2001, 1, 1))},
                       "(2)"),
    "no status, long ago": ({"dated": DatedText("", OLD)}, ""),
    "outcome, no deadline": ({"outcome": "fait", "dated": DatedText("", RECENT)}, ""),
    "outcome, deadline to come": ({"outcome": "RDV pris", "deadline": until(ON)}, ""),
    "outcome, deadline past": ({"outcome": "fait", "deadline": until(date(2003, 5, 9))}, ""),
    "the same, long ago": ({"outcome": "fait", "deadline": until(date(2003, 5, 9)),
                            "dated": DatedText("", OLD)}, ""),
    "outcome, long ago": ({"outcome": "fait", "dated": DatedText("", OLD)}, None),
    "done lately": ({"status": Status.DONE, "dated": DatedText("", RECENT)}, "(3)"),
    "done long ago": ({"status": Status.DONE, "dated": DatedText("", OLD)}, None),
    "done, date not understood": ({"status": Status.DONE, "dated": DatedText("hier", None)},
                                  "(3)"),
    "dropped lately": ({"status": Status.DROPPED, "outcome": "refus"}, ""),
    "dropped long ago": ({"status": Status.DROPPED, "dated": DatedText("", OLD)}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN)
def test_which_actions_are_shown_and_under_which_column(case: str) -> None:
    cells, expected = SHOWN[case]
    (line,) = synthesis_lines(records([person("Ali")], [action("Ali", "Permis", **cells)]), ON)
    crosses = {"(1)": "to_propose", "(2)": "under_way", "(3)": "done"}
    marked = [label for label, name in crosses.items() if line.cells[name]]
    shown = None if line.action == NOTHING else "".join(marked)
    assert shown == expected


PRESENT: dict[str, tuple[dict[str, object], bool]] = {
    "registered": ({}, True),
    "registered that day": ({"registered": ON}, True),
    "registered the day after": ({"registered": date(2003, 5, 11)}, False),
    "not registered yet": ({"registered": None, "pre_reception": ENTERED}, False),
    "leaves that day": ({"exited": ON}, True),
    "left the day before": ({"exited": date(2003, 5, 9)}, False),
    "on pause": ({"paused_until": date(2003, 6, 1)}, True),
}


@pytest.mark.parametrize("case", PRESENT)
def test_nobody_of_the_active_file_is_out_of_sight(case: str) -> None:
    cells, expected = PRESENT[case]
    lines = synthesis_lines(records([person("Ali", **cells)]), ON)
    assert [line.action for line in lines] == ([NOTHING] if expected else [])


def test_a_person_who_came_back_is_there_once() -> None:
    before = person("Ali", registered=date(2001, 1, 1), exited=date(2002, 1, 1))
    lines = synthesis_lines(records([before, person("Ali")], [action("Ali", "Permis")]), ON)
    assert [line.action for line in lines] == ["Permis"]


def test_an_open_engagement_is_a_line_of_both_sides() -> None:
    agreed = EngagementRow(
        row=5, person="Ali", reference="SA-2003-001", agreed=ENTERED, type="SA",
        form=EngagementForm.SIGNED,
        object="Trouver un logement", structure_means="Deux rendez-vous par mois",
        person_means="Constituer le dossier", deadline=until(date(2003, 7, 1), "fin juin"),
        review_planned=until(date(2003, 6, 28)), comments="dossier commencé",
    )  # fmt: skip
    reviewed = agreed.model_copy(update={"reference": "SA-2003-002", "reviewed": ON})
    (line,) = synthesis_lines(records([person("Ali")], [], [agreed, reviewed]), ON)
    assert line.cells == {
        "dates": ENTERED,
        "person": "Ali",
        "objective": "Trouver un logement",
        "engagement": "SA",
        "action": "Engagement SA-2003-001 (Écrit signé)\n"
        "La structure : Deux rendez-vous par mois\n"
        "La personne : Constituer le dossier",
        "to_propose": "",
        "under_way": "",
        "done": "",
        "deadline": "fin juin",
        "outcome": "Bilan prévu : 28/06/2003\ndossier commencé",
        "understood": date(2003, 7, 1),
    }


def test_by_person_the_most_pressing_first() -> None:
    actions = [
        action("Zoé", "a"),
        action("Élie", "closed", status=Status.DONE, outcome="ok"),
        action("Élie", "dropped", status=Status.DROPPED),
        action("Élie", "no deadline, newer", dated=DatedText("", date(2003, 5, 2))),
        action("Élie", "no deadline, older"),
        action("Élie", "in june", deadline=until(date(2003, 6, 1))),
        action("Élie", "late", deadline=until(date(2003, 5, 1))),
        action("Élie", "closed later", status=Status.DONE, dated=DatedText("", ON)),
        action("Élie", "done?", outcome="vu", deadline=until(date(2003, 5, 2))),
    ]
    lines = synthesis_lines(records([person("Zoé"), person("Élie")], actions), ON)
    assert [line.action for line in lines] == [
        "late", "done?", "in june", "no deadline, older", "no deadline, newer",
        "closed later", "closed", "dropped", "a",
    ]  # fmt: skip


def test_a_pause_is_said_and_nothing_is_late() -> None:
    """The colours of the sheet leave alone the lines whose outcome starts with the pause."""
    people = [person("Ali", paused_until=date(2003, 6, 1))]
    (line,) = synthesis_lines(records(people, [action("Ali", "Permis", outcome="vu")]), ON)
    assert line.outcome == "En pause jusqu'au 01/06/2003.\nvu"


TOLD: dict[str, tuple[dict[str, object], str, str, date | None]] = {
    "outcome, deadline past": (
        {"outcome": "vu", "deadline": until(date(2003, 5, 9))},
        "untold", "Statut à préciser\nvu", date(2003, 5, 9),
    ),
    "outcome, deadline that day": ({"outcome": "vu", "deadline": until(ON)}, "open", "vu", ON),
    "outcome, no deadline": ({"outcome": "vu"}, "untold", "vu", None),
    "no outcome, deadline past": (
        {"deadline": until(date(2003, 5, 9))}, "open", "", date(2003, 5, 9),
    ),
    "without follow-up, deadline past": (
        {"status": Status.DROPPED, "deadline": until(date(2003, 5, 9))}, "dropped", "", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_what_an_empty_statut_looks_like(case: str) -> None:
    cells, look, outcome, understood = TOLD[case]
    (line,) = synthesis_lines(records([person("Ali")], [action("Ali", "Permis", **cells)]), ON)
    assert (line.look, line.outcome, line.understood) == (look, outcome, understood)


def test_without_a_column_for_it_no_status_is_asked_for() -> None:
    base = records(
        [person("Ali")],
        [action("Ali", "Permis", outcome="vu", deadline=until(date(2003, 5, 9)))],
    )
    columns = {name: at for name, at in base.follow_ups.columns.items() if name != "status"}
    bare = replace(base, follow_ups=replace(base.follow_ups, columns=columns))
    assert [line.outcome for line in synthesis_lines(bare, ON)] == ["vu"]


def test_the_sheet_is_a_table_whose_columns_are_those_of_its_schema() -> None:
    sheet = synthesis_sheet(
        records([person("Ali")], [action("=1+1", "x"), action("Ali", "=1+1")]),
        ON,
        workbook="essai.xlsx",
        version="9",
    )
    drawn = Workbook().active
    assert drawn is not None
    sheet.draw(drawn, sheet.last_row)
    headings = [cell.value for cell in drawn[sheet.first_row - 1]]
    assert headings == [column.header for column in SYNTHESIS.columns.values()]
    assert drawn["A2"].value == "essai.xlsx · au 10/05/2003 · sans filtre · cedre-xlsx 9"
    assert drawn.column_dimensions["M"].hidden
    assert [row.values[4] for row in sheet.rows] == ["=1+1"]
    assert all(len(row.values) == len(sheet.styles[row.style]) for row in sheet.rows)


def test_deadlines_soon_follow_the_setting() -> None:
    base = records([person("Ali")])
    sheet = synthesis_sheet(
        Records(settings=Settings(soon_days=21), people=base.people),
        ON,
        workbook="essai.xlsx",
        version="9",
    )
    drawn = Workbook().active
    assert drawn is not None
    sheet.draw(drawn, sheet.last_row)
    formulas = [rule.formula[0] for found in drawn.conditional_formatting for rule in found.rules]
    assert any("TODAY()+21" in formula for formula in formulas)


def test_a_new_workbook_has_the_same_sheet_without_rows() -> None:
    sheet = empty_synthesis_sheet()
    assert (sheet.rows, sheet.footer) == ([], ())
    drawn = Workbook().active
    assert drawn is not None
    sheet.draw(drawn, sheet.last_row)
    assert str(drawn["A2"].value).startswith("Pas encore actualisée")
