"""The points of the agenda: what there is to say of a person or of a line, and of what kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from cedre_xlsx.method.after_exit import EXIT_RECORDED, LATER_ASKED
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Finding, Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.kept import TO_DISCUSS
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.line_prints import parts_of, twin_of


class Section(IntEnum):
    """The kinds of points, the most pressing first: people before paperwork, late before soon."""

    TO_DISCUSS = 0
    ABSENCES = 1
    LATE_REVIEW = 2
    LATE = 3
    NO_PROPOSAL = 4
    NO_CONTACT = 5
    NO_ENGAGEMENT = 6
    NOT_OPENED = 7
    CONTRACT = 8
    AFTER_EXIT = 9
    NO_WORK = 10
    SOON = 11
    NOT_STARTED = 12
    NO_STATUS = 13
    EXIT = 14
    PROLONGATION = 15
    PAUSED = 16
    UNPLACED = 17

    @property
    def label(self) -> str:
        """The kind, as the agenda prints it."""
        return _LABELS[self]


_LABELS = {
    Section.TO_DISCUSS: TO_DISCUSS,
    Section.ABSENCES: "À discuter : absences non excusées qui se suivent",
    Section.LATE_REVIEW: "Bilans en retard",
    Section.LATE: "Échéances dépassées",
    Section.NO_PROPOSAL: "Sans proposition",
    Section.NO_CONTACT: "Sans contact depuis longtemps",
    Section.NO_ENGAGEMENT: "Sans engagement",
    Section.NOT_OPENED: "Suites envisagées, nouvel engagement pas ouvert",
    Section.CONTRACT: "Fins de contrat et de PASS IAE",
    Section.AFTER_EXIT: "Après la sortie",
    Section.NO_WORK: "Sans travail depuis longtemps",
    Section.SOON: "Échéances et bilans proches",
    Section.NOT_STARTED: "Actions à proposer, pas encore commencées",
    Section.NO_STATUS: "Statut à préciser",
    Section.EXIT: "Sorties sans catégorie",
    Section.PROLONGATION: "Prolongations de PASS IAE possibles",
    Section.PAUSED: "En pause",
    Section.UNPLACED: "Non placés",
}

#: Rule code → the kind of points that its findings are.
SECTION_OF = {
    "SUI27": Section.ABSENCES,
    "ENG08": Section.LATE_REVIEW,
    "SUI03": Section.LATE,
    "PER06": Section.NO_PROPOSAL,
    "PER21": Section.NO_PROPOSAL,
    "PER08": Section.NO_CONTACT,
    "PER07": Section.NO_ENGAGEMENT,
    "ENG13": Section.NOT_OPENED,
    "PER14": Section.CONTRACT,
    "PER15": Section.CONTRACT,
    "PER23": Section.PROLONGATION,
    "PER24": Section.PROLONGATION,
    "PER25": Section.CONTRACT,
    "PER27": Section.AFTER_EXIT,
    "PER28": Section.AFTER_EXIT,
    "PER29": Section.AFTER_EXIT,
    "PER30": Section.AFTER_EXIT,
    "PER31": Section.AFTER_EXIT,
    "PER13": Section.NO_WORK,
    "SUI05": Section.SOON,
    "ENG09": Section.SOON,
    "SUI23": Section.NO_STATUS,
    "PER12": Section.EXIT,
}
_CONTRACT_OVER, _EXIT_TOLD = "PER15", "PER27"
_CONTRACT = PEOPLE.columns["contract_end"].header
#: Those whose words are the deadline alone: what it is about stands beside.
_DUE_CODES = {"SUI03": "échéance", "SUI05": "échéance", "ENG08": "bilan", "ENG09": "bilan"}
#: Those whose words are what the point is about: what is to be known of it comes from others.
_TOPICS = frozenset({"PER23"})


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line: who, what it is about, what is to be known, where it stands.

    `rank` orders the lines of a point: the smallest first. `line` is what its line is known by in
    its sheet; "" for what is said of the person; `twin` tells it from others of the same day
    and action.
    """

    section: Section
    person: str
    subject: str
    remark: str
    place: Place
    rank: int = 0
    line: str = ""
    twin: str = ""

    @property
    def identity(self) -> str:
        """What it is known by from one agenda to the next, whatever its point and its words."""
        about = parts_of(self.person, self.line or self.section.name)
        known = ".".join((about[0], digest(self.place.sheet), *about[1:]))
        return f"{known}~{self.twin}" if self.twin else known


def to_discuss(records: Records, row: FollowUpRow, on: date) -> AgendaItem:
    """A line that is marked so."""
    name = records.name_or_typed(row.person)
    return AgendaItem(
        section=Section.TO_DISCUSS,
        person=name,
        subject=subject_of(row),
        remark=_due_remark(row.due, on) if row.is_open(on) else row.outcome,
        place=records.follow_ups.place(row, "action"),
        rank=row.due.toordinal() if row.due else date.max.toordinal(),
        line=row.key,
        twin=twin_of(records, row),
    )


def not_started(records: Records, on: date) -> Iterator[AgendaItem]:
    """Actions still to be proposed, of people in the active file, that have waited for longer than
    the setting; those that no day tells as well. The oldest first.
    """
    waiting = (
        (person, row)
        for person in records.persons.values()
        if person.is_followed(on)
        for row in person.follow_ups
        if row.status is Status.TO_PROPOSE
        and (row.day is None or (on - row.day).days > records.settings.waiting_days)
    )
    for person, row in waiting:
        age = _noted((on - row.day).days) if row.day else ""
        remark = " ; ".join(text for text in (age, _due_remark(row.due, on)) if text)
        yield AgendaItem(
            section=Section.NOT_STARTED,
            person=person.name,
            subject=subject_of(row),
            remark=remark,
            place=records.follow_ups.place(row, "action"),
            rank=(row.day or date.min).toordinal(),
            line=row.key,
            twin=twin_of(records, row),
        )


def from_findings(records: Records, findings: Iterable[Finding], on: date) -> Iterator[AgendaItem]:
    """The findings that are points of someone's, those that the team accepted aside."""
    findings = without_contracts_said(findings)
    people = {row.row: row for row in records.people.rows}
    actions = {row.row: row for row in records.follow_ups.rows}
    engagements = {row.row: row for row in records.engagements.rows}
    for finding in findings:
        section = SECTION_OF.get(finding.code)
        name = records.canonical_name(finding.person) if finding.person else None
        if section is None or name is None or finding.waived is not None:
            continue
        row: FollowUpRow | EngagementRow | None = None
        if finding.code.startswith("SUI"):
            row = actions.get(finding.place.row or 0)
        elif finding.code.startswith("ENG"):
            row = engagements.get(finding.place.row or 0)
        due = row.due if row else None
        what = _DUE_CODES.get(finding.code, "")
        subject = subject_of(row) if row else _registration(records.persons[name])
        said = typeset(finding.message) if section is Section.PROLONGATION else finding.message
        remark = _due_remark(due, on, what) if what and due else said
        yield AgendaItem(
            section=section,
            person=name,
            subject=remark if finding.code in _TOPICS else subject,
            remark="" if finding.code in _TOPICS else remark,
            place=finding.place,
            rank=due.toordinal() if due else _after_exit_rank(finding, people),
            line=row.key if row else "",
            twin=twin_of(records, row),
        )


def as_one(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The points, all that is said of the prolongation of a PASS in one: that of its end, where it
    is a point too, else one of its own.
    """
    made: list[AgendaItem] = []
    ends: dict[Place, int] = {}
    for item in sorted(items, key=lambda one: one.section is Section.PROLONGATION):
        known = ends.get(item.place)
        if known is not None and item.section is Section.PROLONGATION:
            made[known] = _with(made[known], item)
            continue
        if item.section in (Section.CONTRACT, Section.PROLONGATION):
            ends[item.place] = len(made)
        made.append(item)
    return made


def _with(known: AgendaItem, item: AgendaItem) -> AgendaItem:
    """A point and another one of the same cell: one that is a topic gives what it is about."""
    remark = " ".join(filter(None, (known.remark, item.remark)))
    return replace(known, subject=known.subject if item.remark else item.subject, remark=remark)


def without_contracts_said(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without the end of a contract where the exit to record says it, with the days
    that are left.
    """
    given = list(findings)
    said = {one.place.row for one in given if one.code == _EXIT_TOLD and one.waived is None}
    return [
        one
        for one in given
        if one.code != _CONTRACT_OVER or one.place.column != _CONTRACT or one.place.row not in said
    ]


def _after_exit_rank(finding: Finding, people: Mapping[int, PersonRow]) -> int:
    """By the day that the exit, or the situation six months later, is asked for; 0 for others."""
    row = people.get(finding.place.row or 0)
    if row is None or SECTION_OF[finding.code] is not Section.AFTER_EXIT:
        return 0
    if row.exited is not None:
        return LATER_ASKED.after(row.exited).toordinal()
    return EXIT_RECORDED.after(row.contract_end).toordinal() if row.contract_end else 0


def pause_of(records: Records, person: Person, on: date) -> AgendaItem:
    """The one line of someone who is on pause."""
    row = person.pathway_on(on) or person.latest
    until = row.paused_until
    return AgendaItem(
        section=Section.PAUSED,
        person=person.name,
        subject="",
        remark=f"En pause jusqu'au {french_day(until)}" if until else "",
        place=records.people.place(row, "paused_until"),
        rank=until.toordinal() if until else 0,
    )


def subject_of(row: FollowUpRow | EngagementRow) -> str:
    """What a line is about, in the words of the team."""
    if isinstance(row, FollowUpRow):
        return row.action or row.objective or "Action sans texte"
    parts = (f"Engagement {row.reference}".strip(), row.object or row.needs)
    return " : ".join(part for part in parts if part)


def _registration(person: Person) -> str:
    day = person.latest.registered
    return f"Inscription le {french_day(day)}" if day else ""


def _due_remark(due: date | None, on: date, what: str = "échéance") -> str:
    """The deadline and how far it is: what is late is said to be."""
    if due is None:
        return ""
    days = (due - on).days
    if days < 0:
        late = "dépassée" if what == "échéance" else "en retard"
        return f"{what} {late} de {_days(-days)} ({french_day(due)})"
    when = "aujourd'hui" if days == 0 else f"dans {_days(days)}"
    return f"{what} {when} ({french_day(due)})"


def _noted(days: int) -> str:
    """How long an action has been waiting."""
    return f"notée il y a {_days(days)}"


def _days(count: int) -> str:
    return f"{count} jour" if count == 1 else f"{count} jours"
