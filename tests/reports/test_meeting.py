"""The agenda: by advisor, what the meeting decides first comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.meeting import agenda
from cedre_xlsx.reports.meeting_sheet import empty_meeting_sheet, meeting_sheet
from cedre_xlsx.reports.periods import periods
from cedre_xlsx.reports.synthesis import synthesis_lines
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Finding, Place, Severity, Waiver
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, MISSIONS, PEOPLE
from cedre_xlsx.workbook.generated import GeneratedSheet, Link

ON = date(2026, 5, 12)

PEOPLE_ROWS = (
    PersonRow(row=5, last_name="Ali", advisor="Yann", registered=date(2026, 1, 5)),
    PersonRow(row=6, last_name="Zoé", advisor="linda ", registered=date(2026, 1, 6)),
    PersonRow(row=7, last_name="Noé", registered=date(2026, 1, 7)),
    PersonRow(row=8, last_name="Léa", advisor="Linda", registered=date(2026, 1, 8),
              paused_until=date(2026, 7, 1)),
    PersonRow(row=9, last_name="Max", advisor="Linda", registered=date(2026, 1, 9),
              exited=date(2026, 5, 2)),
)  # fmt: skip


def action(
    row: int, person: str, text: str, status: Status | None = None, **cells: object
) -> FollowUpRow:
    cells.setdefault("dated", DatedText("", date(2026, 5, 2)))
    return FollowUpRow(row=row, person=person, action=text, status=status, **cells)


def due(day: date) -> Deadline:
    return Deadline("", day, day)


ACTIONS = (
    action(5, "Ali", "Atelier CV", Status.TO_PROPOSE),
    action(6, "Ali", "Permis", Status.TO_PROPOSE, deadline=due(date(2026, 5, 10)), to_discuss=True),
    action(7, "Zoé", "Bail", Status.UNDER_WAY, deadline=due(date(2026, 5, 1))),
    action(8, "Léa", "Garde", Status.TO_PROPOSE, to_discuss=True),
    action(9, "Noé", "Mutuelle", Status.TO_PROPOSE, dated=DatedText("vers Pâques", None)),
    action(10, "Max", "Prêt", Status.TO_PROPOSE),
    action(12, "Inconnu", "Rappeler", to_discuss=True),
    action(11, "Zoé", "Bilan", Status.DONE, to_discuss=True),
    action(13, "Zoé", "Logement", Status.DONE, outcome="trouvé", to_discuss=True),
)
ENGAGEMENT = EngagementRow(
    row=5, person="Zoé", reference="SA-2026-001", agreed=date(2026, 2, 1), type="SA", object="Bail"
)


def finding(
    code: str, sheet: str, row: int, person: str, message: str, waived: Waiver | None = None
) -> Finding:
    place = Place(sheet, row, "", f"C{row}")
    return Finding(code, code, Severity.WARNING, place, person, message, "", "", None, waived)


FINDINGS = (
    finding("PER08", "Personnes", 6, "Zoé", "Pas de contact depuis 70 jours."),
    finding("SUI03", "Suivi", 7, "Zoé", "En retard de 11 jours."),
    finding("SUI03", "Suivi", 6, "Ali", "En retard de 2 jours."),
    finding("ENG08", "Engagements", 5, "Zoé", "Bilan en retard."),
    finding("PER06", "Personnes", 7, "Noé", "Pas de proposition.", Waiver("absente")),
    finding("PER14", "Personnes", 7, "Noé", "Contrat : fin dans 20 jours."),
    finding("PER13", "Personnes", 8, "Léa", "Pas de travail depuis 90 jours."),
    finding("PER12", "Personnes", 9, "Max", "Catégorie de sortie non notée."),
    finding("SUI11", "Suivi", 5, "Ali", "Pas d'objectif."),
    finding("SUI03", "Suivi", 40, "Inconnu", "En retard."),
)

EXPECTED = """
Linda
  À discuter | Zoé | Bilan |  | Suivi C11
  À discuter | Zoé | Engagement SA-2026-001 : Bail | ▸ Bilan en retard. | Engagements C5
  À discuter | Zoé | Bail | ▸ échéance dépassée de 11 jours (01/05/2026) | Suivi C7
  À discuter | Zoé | Inscription le 06/01/2026 | ▸ Pas de contact depuis 70 jours. | Personnes C6
  Sorties sans catégorie | Max | Inscription le 09/01/2026 | Catégorie de sortie non notée. | Personnes C9
  En pause | Léa |  | En pause jusqu'au 01/07/2026 | Personnes O8
Yann
  À discuter | Ali | Permis | échéance dépassée de 2 jours (10/05/2026) | Suivi C6
Sans accompagnateur
  À discuter | Inconnu | Rappeler |  | Suivi C12
  Fins de contrat et de PASS IAE | Noé | Inscription le 07/01/2026 | Contrat : fin dans 20 jours. | Personnes C7
  Fins de contrat et de PASS IAE | Noé | Mutuelle | ▸ à proposer | Suivi C9
""".strip()  # noqa: E501


def records() -> Records:
    return Records(
        settings=Settings(advisors=("Linda", "Yann")),
        people=Table.of(PEOPLE, PEOPLE_ROWS),
        follow_ups=Table.of(FOLLOW_UP, ACTIONS),
        engagements=Table.of(ENGAGEMENTS, (ENGAGEMENT,)),
    )


def test_the_agenda_of_each_advisor() -> None:
    lines = []
    for advisor in agenda(records(), FINDINGS, ON):
        lines.append(advisor.advisor)
        for section, points in advisor.by_section():
            lines += [
                f"  {section.label} | {point.item.person} | {point.item.subject} | {point.remark} "
                f"| {point.item.place.sheet} {point.item.place.cell}"
                for point in points
            ]
    assert "\n".join(lines) == EXPECTED


def sheet(found: Sequence[Finding] = FINDINGS) -> GeneratedSheet:
    return meeting_sheet(records(), found, ON, workbook="essai.xlsx", version="1")


def test_absences_that_follow_each_other_are_to_be_discussed() -> None:
    """Apart from what is marked so, which ends in its own way."""
    missed = finding("SUI27", "Suivi", 7, "Zoé", "2 absences non excusées de suite.")
    [zoe] = [one for one in agenda(records(), [missed], ON) if one.advisor == "Linda"]
    points = [(one.item.section.label, one.item.subject, one.item.remark) for one in zoe.points]
    assert points[1] == (
        "À discuter : absences non excusées qui se suivent",
        "Bail",
        "2 absences non excusées de suite.",
    )


def test_each_line_leads_to_its_cell() -> None:
    links = [row.values[-1] for row in sheet().rows if row.style == "item"]
    assert Link("Suivi C7", "Suivi", "C7") in links
    assert all(isinstance(link, Link) for link in links)


def test_each_advisor_starts_a_page() -> None:
    made = sheet()
    drawn = Workbook().active
    assert drawn is not None
    made.draw(drawn, made.last_row)
    starts = [
        made.first_row + index for index, row in enumerate(made.rows) if row.style == "advisor"
    ]
    assert [brk.id + 1 for brk in drawn.row_breaks.brk] == starts[1:]


def test_what_has_been_discussed_is_counted_at_the_end() -> None:
    assert sheet().rows[-1].values[0] == (
        "1 marque « À discuter » terminée n'est plus montrée : Suivi, ligne 13."
    )


def test_nothing_to_say_is_said() -> None:
    made = meeting_sheet(Records(), (), ON, workbook="essai.xlsx", version="1")
    assert [row.values[0] for row in made.rows] == ["Rien à l'ordre du jour."]
    assert empty_meeting_sheet().rows == []


def test_an_action_to_propose_waits_before_it_is_brought_up() -> None:
    days = (date(2026, 5, 14), ON, date(2026, 4, 28), date(2026, 4, 27))
    rows = tuple(
        FollowUpRow(
            row=row, person="Zoé", action=f"Visite {row}", status=Status.TO_PROPOSE,
            dated=DatedText("", day),
        )
        for row, day in enumerate(days, start=5)
    )  # fmt: skip
    made = Records(people=records().people, follow_ups=Table.of(FOLLOW_UP, rows))
    remarks = [item.remark for one in agenda(made, (), ON) for item in one.items]
    assert "notée il y a 15 jours" in remarks
    assert [one for one in remarks if one.startswith("noté")] == ["notée il y a 15 jours"]


def test_late_comes_before_soon_and_one_person_stays_together() -> None:
    rows = (
        action(5, "Ali", "Permis", Status.UNDER_WAY, deadline=due(date(2026, 5, 1))),
        action(6, "Ali", "CV", Status.UNDER_WAY, deadline=due(date(2026, 5, 20))),
        action(7, "Bob", "Bail", Status.UNDER_WAY, deadline=due(date(2026, 5, 13))),
        action(8, "Cléo", "Mutuelle", Status.UNDER_WAY, deadline=due(date(2026, 4, 1))),
    )
    people = tuple(
        PersonRow(row=5 + rank, last_name=name, registered=date(2026, 1, 5))
        for rank, name in enumerate(("Ali", "Bob", "Cléo"))
    )
    made = Records(people=Table.of(PEOPLE, people), follow_ups=Table.of(FOLLOW_UP, rows))
    found = (
        finding("SUI03", "Suivi", 5, "Ali", ""),
        finding("SUI05", "Suivi", 6, "Ali", ""),
        finding("SUI05", "Suivi", 7, "Bob", ""),
        finding("SUI03", "Suivi", 8, "Cléo", ""),
        finding("ENG08", "Engagements", 9, "Bob", "Bilan en retard."),
    )
    [one] = agenda(made, found, ON)
    assert [(section.label, point.item.person, point.item.subject, point.remark)
            for section, points in one.by_section() for point in points] == [
        ("Bilans en retard", "Bob", "Inscription le 05/01/2026", "Bilan en retard."),
        ("Bilans en retard", "Bob", "Bail", "▸ échéance dans 1 jour (13/05/2026)"),
        ("Échéances dépassées", "Cléo", "Mutuelle",
         "échéance dépassée de 41 jours (01/04/2026)"),
        ("Échéances dépassées", "Ali", "Permis", "échéance dépassée de 11 jours (01/05/2026)"),
        ("Échéances dépassées", "Ali", "CV", "▸ échéance dans 8 jours (20/05/2026)"),
    ]  # fmt: skip


def test_an_advisor_unknown_to_parametres_has_no_page() -> None:
    rows = (
        PersonRow(row=5, last_name="Ali", advisor="Lynda", registered=date(2026, 1, 5)),
        PersonRow(row=6, last_name="Bob", advisor="Zébulon", registered=date(2026, 1, 5)),
    )
    made = Records(settings=Settings(advisors=("Linda",)), people=Table.of(PEOPLE, rows))
    found = [finding("PER08", "Personnes", row.row, row.person, "Rien.") for row in rows]
    assert [(one.advisor, [item.person for item in one.items])
            for one in agenda(made, found, ON)] == [
        ("Linda", ["Ali"]), ("Sans accompagnateur", ["Bob"]),
    ]  # fmt: skip
    free = Records(people=Table.of(PEOPLE, rows))  # nobody said who accompanies
    assert [one.advisor for one in agenda(free, found, ON)] == ["Lynda", "Zébulon"]


def crowd(count: int) -> tuple[Records, list[Finding]]:
    """So many people, each with one late action and one that is soon due, twice as late as soon."""
    people, rows, found = [], [], []
    for number in range(count):
        name = f"Nom{number:03}"
        people.append(PersonRow(row=5 + number, last_name=name, registered=date(2026, 1, 5)))
        late = number % 2 == 0
        day = date(2026, 4, 1 + number % 28) if late else date(2026, 5, 13 + number % 10)
        rows.append(action(5 + number, name, "Bail", Status.UNDER_WAY, deadline=due(day)))
        found.append(finding("SUI03" if late else "SUI05", "Suivi", 5 + number, name, ""))
    made = Records(people=Table.of(PEOPLE, tuple(people)),
                   follow_ups=Table.of(FOLLOW_UP, tuple(rows)))  # fmt: skip
    return made, found


def test_the_least_pressing_of_a_large_team_is_folded_and_counted() -> None:
    made, found = crowd(100)
    rows = meeting_sheet(made, found, ON, workbook="essai.xlsx", version="1").rows
    assert [row.values[0] for row in rows if row.style == "point"] == [
        "Échéances dépassées (50)", "Échéances et bilans proches (50, dont 40 repliés)",
    ]  # fmt: skip
    assert [row.folded for row in rows if row.style == "item"] == [*[False] * 60, *[True] * 40]
    few, mine = crowd(20)
    assert not any(
        row.folded for row in meeting_sheet(few, mine, ON, workbook="e.xlsx", version="1").rows
    )


def test_what_could_not_be_placed_ends_the_agenda() -> None:
    people = Table.of(PEOPLE, PEOPLE_ROWS)
    registered = PEOPLE.columns["registered"].header
    found = [
        finding("SUI01", "Suivi", 12, "Inconnu", "« Inconnu » n'est pas dans Personnes."),
        finding("SUI01", "Suivi", 14, "", "La colonne Personne est vide."),
        Finding("LEC03", "Date non comprise", Severity.ERROR,
                Place("Personnes", 7, registered, "J7"), "Noé", "« hier » n'est pas une date.",
                "", "", None, None),
        finding("SUI02", "Suivi", 6, "Ali", "Pas d'échéance."),
        finding("SUI02", "Suivi", 7, "Zoé", "Pas d'échéance."),
        finding("DCP03", "Suivi", 7, "Zoé", "Téléphone.", Waiver("voulu")),
    ]  # fmt: skip
    made = Records(
        people=people,
        follow_ups=Table.of(FOLLOW_UP, (action(12, "Inconnu", "Rappeler"), action(14, "", "Bus"))),
    )
    rows = meeting_sheet(made, found, ON, workbook="essai.xlsx", version="1").rows
    start = next(n for n, row in enumerate(rows) if str(row.values[0]).startswith("Non placés"))
    assert rows[start].values[0] == "Non placés (1 personne, 2 lignes)"
    assert [row.values[1:4] for row in rows[start + 1 : start + 4]] == [
        ("Noé", None, "« hier » n'est pas une date."),
        ("Inconnu", "Rappeler", "« Inconnu » n'est pas dans Personnes."),
        (None, "Bus", "La colonne Personne est vide."),
    ]
    assert rows[start + 1].values[-1] == Link("Personnes J7", "Personnes", "J7")
    assert rows[start + 4].values[0] == ("Et 2 autres constats dans Contrôle : SUI02 (SUI02) : 2.")


@pytest.mark.parametrize(
    ("cells", "subject"), [({"client": "Mairie"}, "Mairie"), ({"trade": "Jardinier"}, "Jardinier")]
)
def test_a_mission_of_nobody_is_told_by_what_it_says(cells: dict[str, str], subject: str) -> None:
    line = MissionRow(row=9, person="Inconnu", **cells)  # type: ignore[arg-type]
    found = [finding("MIS01", "Missions", 9, "Inconnu", "« Inconnu » n'est pas dans Personnes.")]
    made = Records(missions=Table.of(MISSIONS, (line,)))
    rows = meeting_sheet(made, found, ON, workbook="essai.xlsx", version="1").rows
    assert subject in [row.values[2] for row in rows if row.values[1:2] == ("Inconnu",)]


def test_a_person_whose_registration_cannot_be_read_is_in_the_room() -> None:
    row = PersonRow(row=5, last_name="Ali", unreadable=frozenset({"registered"}))
    gone = PersonRow(row=6, last_name="Bob", exited=date(2026, 5, 1),
                     unreadable=frozenset({"registered"}))  # fmt: skip
    made = Records(people=Table.of(PEOPLE, (row, gone)))
    assert [line.person for line in synthesis_lines(made, ON)] == ["Ali"]
    assert [line.person for line in periods(made, ON).lines] == ["Ali"]
    found = [finding("PER08", "Personnes", 5, "Ali", "Rien.")]
    assert [item.person for one in agenda(made, found, ON) for item in one.items] == ["Ali"]


WINDOW, GROUNDS = "Prolongation possible depuis le 12/12/2025.", "Motifs : RQTH."


def test_all_that_is_said_of_a_prolongation_is_one_point() -> None:
    found = [
        finding("PER23", "Personnes", 5, "Ali", WINDOW),
        finding("PER24", "Personnes", 5, "Ali", GROUNDS),
        finding("PER14", "Personnes", 6, "Zoé", "Le PASS IAE finit le 12/06/2026."),
        finding("PER23", "Personnes", 6, "Zoé", WINDOW),
        finding("PER24", "Personnes", 6, "Zoé", GROUNDS),
        finding("PER24", "Personnes", 7, "Noé", GROUNDS),
        finding("PER23", "Personnes", 8, "Léa", WINDOW),  # on pause
    ]
    made = Records(people=Table.of(PEOPLE, PEOPLE_ROWS))
    points = [(item.section.label, item.person, item.subject, item.remark)
              for one in agenda(made, found, ON) for item in one.items]  # fmt: skip
    own, ends = "Prolongations de PASS IAE possibles", "Fins de contrat et de PASS IAE"
    assert sorted(points, key=lambda one: one[1]) == [
        (own, "Ali", WINDOW, typeset(GROUNDS)),
        ("En pause", "Léa", "", "En pause jusqu'au 01/07/2026"),
        (own, "Noé", "Inscription le 07/01/2026", typeset(GROUNDS)),
        (ends, "Zoé", WINDOW, f"Le PASS IAE finit le 12/06/2026. {typeset(GROUNDS)}"),
    ]


def test_a_prolongation_takes_no_room_from_what_presses_more() -> None:
    made, found = crowd(100)
    possible = [finding("PER23", "Personnes", row.row, row.person, WINDOW)
                for row in made.people.rows]  # fmt: skip
    rows = meeting_sheet(made, [*found, *possible], ON, workbook="e.xlsx", version="1").rows
    assert [row.values[0] for row in rows if row.style == "point"] == [
        "Échéances dépassées (100)", "Échéances et bilans proches (100, dont 80 repliés)",
    ]  # fmt: skip
    alone = meeting_sheet(made, possible, ON, workbook="e.xlsx", version="1").rows
    assert [row.folded for row in alone if row.style == "item"] == [*[False] * 60, *[True] * 40]


def test_old_rules_of_the_pass_are_said_once_at_the_end() -> None:
    one = replace(finding("PER26", "Personnes", 4, "", "Les règles sont du 26/05/2026."),
                  help="Vérifiez-les.")  # fmt: skip
    texts = [row.values[0] for row in sheet((*FINDINGS, one)).rows]
    assert texts.count("Les règles sont du 26/05/2026.") == texts.count("Vérifiez-les.") == 1
    assert "Vérifiez-les." not in [row.values[0] for row in sheet().rows]
    accepted = replace(one, waived=Waiver("vu"))
    assert "Vérifiez-les." not in [row.values[0] for row in sheet((*FINDINGS, accepted)).rows]
