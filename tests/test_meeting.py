"""The agenda: by advisor, what the meeting decides first comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.meeting import agenda
from cedre_xlsx.reports.meeting_sheet import empty_meeting_sheet, meeting_sheet
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Finding, Place, Severity, Waiver
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, PEOPLE
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
  Échéances et bilans, dépassés ou proches | Zoé | Engagement SA-2026-001 : Bail | Bilan en retard. | Engagements C5
  Échéances et bilans, dépassés ou proches | Zoé | Bail | En retard de 11 jours. | Suivi C7
  Sans contact depuis longtemps | Zoé | Inscription le 06/01/2026 | Pas de contact depuis 70 jours. | Personnes C6
  Sorties sans catégorie | Max | Inscription le 09/01/2026 | Catégorie de sortie non notée. | Personnes C9
  En pause | Léa |  | En pause jusqu'au 01/07/2026 | Personnes O8
Yann
  À discuter | Ali | Permis | échéance dépassée de 2 jours (10/05/2026) | Suivi C6
  Actions à proposer, pas encore commencées | Ali | Atelier CV | notée il y a 10 jours | Suivi C5
Sans accompagnateur
  À discuter | Inconnu | Rappeler |  | Suivi C12
  Actions à proposer, pas encore commencées | Noé | Mutuelle |  | Suivi C9
  Fins de contrat et de PASS IAE | Noé | Inscription le 07/01/2026 | Contrat : fin dans 20 jours. | Personnes C7
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
        for section, items in advisor.by_section():
            lines += [
                f"  {section.label} | {item.person} | {item.subject} | {item.remark} | "
                f"{item.place.sheet} {item.place.cell}"
                for item in items
            ]
    assert "\n".join(lines) == EXPECTED


def sheet(found: Sequence[Finding] = FINDINGS) -> GeneratedSheet:
    return meeting_sheet(records(), found, ON, workbook="essai.xlsx", version="1")


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


def test_an_action_to_come_is_planned_and_not_noted() -> None:
    rows = tuple(
        FollowUpRow(
            row=row, person="Zoé", action=f"Visite {row}", status=Status.TO_PROPOSE,
            dated=DatedText("", day),
        )
        for row, day in enumerate((date(2026, 5, 14), ON, date(2026, 5, 11)), start=5)
    )  # fmt: skip
    made = Records(people=records().people, follow_ups=Table.of(FOLLOW_UP, rows))
    remarks = [item.remark for one in agenda(made, (), ON) for item in one.items]
    assert [one for one in remarks if one.startswith(("noté", "prévu"))] == [
        "notée il y a 1 jour", "notée aujourd'hui", "prévue dans 2 jours",
    ]  # fmt: skip
