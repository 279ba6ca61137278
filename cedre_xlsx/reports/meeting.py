"""The agenda of the team meeting: by advisor, what it decides first comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.marks import EndedMarks, Marked, sorted_marks
from cedre_xlsx.rules.identity import parts_of
from cedre_xlsx.rules.renamed import new_prints, renamed, standing_lines
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Finding, Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated import identity_in
from cedre_xlsx.schema.kept import TO_DISCUSS
from cedre_xlsx.schema.records import Person, Records, engagement_key, follow_up_key
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.following import corrected, taken_apart
from cedre_xlsx.workbook.line_prints import twin_of

NO_ADVISOR = "Sans accompagnateur"


class Section(IntEnum):
    """The points of the agenda, in order."""

    TO_DISCUSS = 0
    NO_PROPOSAL = 1
    NOT_STARTED = 2
    DUE = 3
    NO_CONTACT = 4
    NO_WORK = 5
    NOT_OPENED = 6
    CONTRACT = 7
    EXIT = 8
    PAUSED = 9

    @property
    def label(self) -> str:
        """The point, as the agenda prints it."""
        return _LABELS[self]


_LABELS = {
    Section.TO_DISCUSS: TO_DISCUSS,
    Section.NO_PROPOSAL: "Sans proposition",
    Section.NOT_STARTED: "Actions à proposer, pas encore commencées",
    Section.DUE: "Échéances et bilans, dépassés ou proches",
    Section.NO_CONTACT: "Sans contact depuis longtemps",
    Section.NO_WORK: "Sans travail depuis longtemps",
    Section.NOT_OPENED: "Suites envisagées, nouvel engagement pas ouvert",
    Section.CONTRACT: "Fins de contrat et de PASS IAE",
    Section.EXIT: "Sorties sans catégorie",
    Section.PAUSED: "En pause",
}

#: Rule code → the point of the agenda that its findings belong to.
_SECTION_OF = {
    "PER06": Section.NO_PROPOSAL,
    "PER21": Section.NO_PROPOSAL,
    "SUI03": Section.DUE,
    "SUI05": Section.DUE,
    "SUI23": Section.DUE,
    "ENG08": Section.DUE,
    "ENG09": Section.DUE,
    "PER08": Section.NO_CONTACT,
    "PER13": Section.NO_WORK,
    "ENG13": Section.NOT_OPENED,
    "PER14": Section.CONTRACT,
    "PER15": Section.CONTRACT,
    "PER12": Section.EXIT,
}


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


@dataclass(frozen=True, slots=True)
class AdvisorAgenda:
    """What one advisor brings to the meeting, in the order of the points."""

    advisor: str
    items: tuple[AgendaItem, ...]

    def by_section(self) -> Iterator[tuple[Section, tuple[AgendaItem, ...]]]:
        """The points that have lines, with them."""
        for section in Section:
            found = tuple(item for item in self.items if item.section is section)
            if found:
                yield section, found


def agenda(records: Records, findings: Sequence[Finding], on: date) -> tuple[AdvisorAgenda, ...]:
    """The agenda at that date; accepted findings, and people on pause, are not brought up."""
    paused = {
        person.name
        for person in records.persons.values()
        if person.pathway_on(on) and not person.is_followed(on)
    }
    items = [
        *_to_discuss(records, on),
        *_from_findings(records, findings),
        *_not_started(records, on),
    ]
    kept = [item for item in items if item.person not in paused]
    kept += [_pause(records, records.persons[name], on) for name in paused]
    return _by_advisor(records, _once(records, sorted(kept, key=_order)), on)


def agenda_became(
    records: Records,
    agendas: Iterable[AdvisorAgenda],
    known: Mapping[str, str],
    before: Collection[str],
    living: Collection[str],
) -> dict[str, str]:
    """Identities of the last agenda with those of now, where a person was renamed, or a line was
    corrected: what was typed beside it is still about it. `known` says what lines became, as
    `Synthesis` has it; other corrections are only told of the `living` lines.
    """
    now = {item.identity for one in agendas for item in one.items}
    people = new_prints(renamed(records))
    moved = {}
    for identity in before:
        person, *line = identity.split(".")
        moved[identity] = _corrected((people.get(person, person), *line), known)
        alone = moved[identity].partition("~")[0]  # its twin is gone, or was corrected
        if moved[identity] not in now and alone in now and alone not in before:
            moved[identity] = alone
    shown = {identity_in(row.key).partition("~")[0] for row in records.synthesis.rows}
    lines = {new: tuple(new.split(".")) for new in {*moved.values(), *now}}
    standing = standing_lines(records, {parts[0] for parts in lines.values()})
    points = {digest(section.name) for section in Section}

    def is_a_line(identity: str) -> bool:
        parts = lines[identity]
        return len(parts) > 2 and parts[-1] not in points and "~" not in identity

    gone = {
        one: (lines[one][0], *lines[one][2:])
        for one in {moved[identity] for identity in before if identity in living}
        if one not in now and is_a_line(one)
        and not any(line <= set(lines[one]) for line in standing.get(lines[one][0], ()))
    }  # fmt: skip
    fresh = {one: (lines[one][0], *lines[one][2:]) for one in now
             if one not in moved.values() and is_a_line(one)}  # fmt: skip
    fresh = {one: parts for one, parts in fresh.items() if ".".join(parts) not in shown}
    same = corrected(gone, fresh, lambda old, new: lines[old][1] == lines[new][1])
    return {old: same.get(new, new) for old, new in moved.items()}


def _corrected(parts: tuple[str, ...], known: Mapping[str, str]) -> str:
    """The identity of an item whose line may be known by other prints now."""
    person, sheet, *line = parts if len(parts) > 1 else (*parts, "")
    name, mark, rank = taken_apart(".".join((person, *line)))
    now = known.get(f"{name}~{mark}" if mark else name) if rank == 1 else None
    if now is None:
        return ".".join(parts)
    new_person, *new_line = now.split(".")
    return ".".join((new_person, sheet, *new_line))


def ended_marks(records: Records, on: date) -> EndedMarks:
    """The marks *À discuter* that are no longer on the agenda."""
    return sorted_marks(records, _marked(records, on), on)[1]


def _to_discuss(records: Records, on: date) -> Iterator[AgendaItem]:
    """What is marked so and not discussed yet, of whoever it is: a name that nobody has in
    Personnes too.
    """
    for mark in sorted_marks(records, _marked(records, on), on)[0]:
        yield _mark(records, mark.row, on)


def _marked(records: Records, on: date) -> Iterator[Marked]:
    for row in records.follow_ups.rows:
        if row.to_discuss:
            item = _mark(records, row, on)
            yield Marked(row, item.person, item.identity, digest(item.identity))


def _mark(records: Records, row: FollowUpRow, on: date) -> AgendaItem:
    return AgendaItem(
        section=Section.TO_DISCUSS,
        person=records.canonical_name(row.person) or row.person,
        subject=_subject(row),
        remark=_due_remark(row.due, on) if row.is_open(on) else row.outcome,
        place=records.follow_ups.place(row, "action"),
        rank=row.due.toordinal() if row.due else date.max.toordinal(),
        line=follow_up_key(row),
        twin=_twin(records, records.canonical_name(row.person) or row.person, row),
    )


def _not_started(records: Records, on: date) -> Iterator[AgendaItem]:
    """Actions still to be proposed, of people in the active file, the oldest first."""
    waiting = (
        (person, row)
        for person in records.persons.values()
        if person.is_followed(on)
        for row in person.follow_ups
        if row.status is Status.TO_PROPOSE
    )
    for person, row in waiting:
        age = _noted((on - row.day).days) if row.day else ""
        remark = " ; ".join(text for text in (age, _due_remark(row.due, on)) if text)
        yield AgendaItem(
            section=Section.NOT_STARTED,
            person=person.name,
            subject=_subject(row),
            remark=remark,
            place=records.follow_ups.place(row, "action"),
            rank=(row.day or date.min).toordinal(),
            line=follow_up_key(row),
            twin=_twin(records, person.name, row),
        )


def _from_findings(records: Records, findings: Iterable[Finding]) -> Iterator[AgendaItem]:
    actions = {row.row: row for row in records.follow_ups.rows}
    engagements = {row.row: row for row in records.engagements.rows}
    for finding in findings:
        section = _SECTION_OF.get(finding.code)
        name = records.canonical_name(finding.person) if finding.person else None
        if section is None or name is None or finding.waived is not None:
            continue
        row: FollowUpRow | EngagementRow | None = None
        if finding.code.startswith("SUI"):
            row = actions.get(finding.place.row or 0)
        elif finding.code.startswith("ENG"):
            row = engagements.get(finding.place.row or 0)
        due = row.due if row else None
        yield AgendaItem(
            section=section,
            person=name,
            subject=_subject(row) if row else _registration(records.persons[name]),
            remark=finding.message,
            place=finding.place,
            rank=due.toordinal() if due else 0,
            line=_line_key(row),
            twin=_twin(records, name, row),
        )


def _line_key(row: FollowUpRow | EngagementRow | None) -> str:
    if row is None:
        return ""
    return follow_up_key(row) if isinstance(row, FollowUpRow) else engagement_key(row)


def _pause(records: Records, person: Person, on: date) -> AgendaItem:
    row = person.pathway_on(on) or person.latest
    until = row.paused_until
    return AgendaItem(
        section=Section.PAUSED,
        person=person.name,
        subject="",
        remark=f"En pause jusqu'au {until:%d/%m/%Y}" if until else "",
        place=records.people.place(row, "paused_until"),
        rank=until.toordinal() if until else 0,
    )


def _twin(records: Records, name: str, row: FollowUpRow | EngagementRow | None) -> str:
    """What tells a line of Suivi from its twins; "" for one that has none."""
    return twin_of(records, name, row) if isinstance(row, FollowUpRow) else ""


def _once(records: Records, items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """Each action and engagement once, under the first of its points.

    A row of Personnes may be brought up for several reasons.
    """
    lines = {records.follow_ups.sheet, records.engagements.sheet}
    seen: set[tuple[str, int | None]] = set()
    for item in items:
        key = (item.place.sheet, item.place.row)
        if item.place.sheet not in lines or key not in seen:
            seen.add(key)
            yield item


def _by_advisor(
    records: Records, items: Iterable[AgendaItem], on: date
) -> tuple[AdvisorAgenda, ...]:
    """The items of each advisor, the advisors in the order of Paramètres, nobody's at the end."""
    spellings = {name_key(name): name for name in records.settings.advisors}
    grouped: defaultdict[str, list[AgendaItem]] = defaultdict(list)
    for item in items:
        person = records.persons.get(item.person)
        typed = (person.pathway_on(on) or person.latest).advisor.strip() if person else ""
        key = name_key(typed)
        spellings.setdefault(key, typed)
        grouped[key].append(item)
    order = {name_key(name): rank for rank, name in enumerate(records.settings.advisors)}
    keys = sorted(grouped, key=lambda key: (key == "", order.get(key, len(order)), key))
    return tuple(
        AdvisorAgenda(spellings[key] if key else NO_ADVISOR, tuple(grouped[key])) for key in keys
    )


def _order(item: AgendaItem) -> tuple[object, ...]:
    return (item.section, item.rank, fold(item.person), item.place.sheet, item.place.row or 0)


def _subject(row: FollowUpRow | EngagementRow) -> str:
    """What a line is about, in the words of the team."""
    if isinstance(row, FollowUpRow):
        return row.action or row.objective or "Action sans texte"
    parts = (f"Engagement {row.reference}".strip(), row.object or row.needs)
    return " : ".join(part for part in parts if part)


def _registration(person: Person) -> str:
    day = person.latest.registered
    return f"Inscription le {day:%d/%m/%Y}" if day else ""


def _due_remark(due: date | None, on: date) -> str:
    """The deadline and how far it is: what is late is said to be."""
    if due is None:
        return ""
    days = (due - on).days
    if days < 0:
        return f"échéance dépassée de {_days(-days)} ({due:%d/%m/%Y})"
    when = "aujourd'hui" if days == 0 else f"dans {_days(days)}"
    return f"échéance {when} ({due:%d/%m/%Y})"


def _noted(days: int) -> str:
    """How long an action has been waiting; one of a day to come is not noted yet, but planned."""
    if days < 0:
        return f"prévue dans {_days(-days)}"
    return "notée aujourd'hui" if days == 0 else f"notée il y a {_days(days)}"


def _days(count: int) -> str:
    return f"{count} jour" if count == 1 else f"{count} jours"
