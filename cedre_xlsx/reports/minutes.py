"""What a meeting decided, as lines of `Suivi` to be: each decision once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cedre_xlsx.method.text import fold, name_key, squeeze, word_key
from cedre_xlsx.method.vocabulary import Actor, Status
from cedre_xlsx.reports.decisions import PouredDecision, poured_decisions, written_rows
from cedre_xlsx.schema.decisions import Decision, Reference
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated_sheets import poured_in
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.edit.model import CellValue, NewRow
from cedre_xlsx.workbook.line_prints import line_identity

NO_TEXT = "il n'y a rien sous Décision : écrivez ce qui est décidé, ou effacez la ligne"
NO_PERSON = "rien ne dit pour qui : notez-la sur la ligne d'une personne"
MARKED = "Versée contient déjà « {} » : effacez cette cellule pour que la décision soit versée"

COPIED = (
    "Versée y répète « {} », qui est celle d'une autre décision : effacez cette cellule pour que "
    "la décision soit versée"
)

_ACTORS = {word_key(actor.value): actor for actor in Actor}


@dataclass(frozen=True, slots=True)
class ToPour:
    """A decision that becomes a line: its reference, and the line. With `line`, it is there
    already: only the reference is written.
    """

    decision: Decision
    reference: Reference
    row: NewRow
    line: FollowUpRow | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A decision whose words, person in charge or deadline are no more those of its line."""

    decision: Decision
    heading: str
    decided: str
    noted: str
    place: str

    @property
    def sentence(self) -> str:
        """Where, what each says, and what to do."""
        one = self.decision
        return (
            f"{one.sheet}!{one.cells.get('text', f'A{one.row}')} dit « {self.decided} », "
            f"{self.place} ({self.heading}) dit « {self.noted or '(vide)'} » : corrigez celle des "
            "deux qui doit l'être."
        )


@dataclass(frozen=True, slots=True)
class NotPoured:
    """A decision that becomes no line, and why in French."""

    decision: Decision
    why: str

    @property
    def sentence(self) -> str:
        """Its place, its words, the reason."""
        one = self.decision
        words = f"« {one.text} » " if one.text else ""
        cell = one.cells.get("text", f"A{one.row}")
        return f"{one.sheet}!{cell} {words}: {self.why}."


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What is to be done of the decisions of a meeting.

    `settled` are those that are lines already, `deleted` those whose line was deleted since: it
    is not made again.
    """

    on: date
    to_pour: tuple[ToPour, ...] = ()
    settled: tuple[PouredDecision, ...] = ()
    deleted: tuple[PouredDecision, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    not_poured: tuple[NotPoured, ...] = field(default=())


def plan_of(records: Records, on: date) -> MeetingPlan:
    """What becomes of each decision typed in `Réunion`, for the meeting of that day."""
    poured = poured_decisions(records)
    rows = written_rows(records)
    lines = _Lines(records, on)
    ranks = _free_ranks(records, on)
    to_pour: list[ToPour] = []
    not_poured: list[NotPoured] = []
    for one in records.decisions:
        if one.row in rows:
            continue
        why = COPIED.format(one.poured) if one.reference is not None else _why_not(one)
        if why:
            not_poured.append(NotPoured(one, why))
            continue
        person = records.canonical_name(one.person) or one.person
        reference, line = lines.of(person, one.text)
        row = NewRow(_values(one, person, on))
        to_pour.append(ToPour(one, reference or Reference(on, next(ranks)), row, line))
    return MeetingPlan(
        on,
        tuple(to_pour),
        tuple(one for one in poured if one.line is not None),
        tuple(one for one in poured if one.line is None),
        tuple(_disagreements(records, poured)),
        tuple(not_poured),
    )


def _why_not(decision: Decision) -> str:
    if decision.said:
        return MARKED.format(decision.said)
    if not squeeze(decision.text):
        return NO_TEXT
    return "" if name_key(decision.person) else NO_PERSON


def _free_ranks(records: Records, on: date) -> Iterator[int]:
    """The numbers that no decision of that meeting has had, from the last one on."""
    told = {*_named(records), *(one.reference for one in records.decisions)}
    last = max((one.rank for one in told if one is not None and one.on == on), default=0)
    while True:
        last += 1
        yield last


def _named(records: Records) -> dict[Reference, str]:
    return poured_in(records.book.names) if records.book else {}


class _Lines:
    """The lines of Suivi that a decision may be already, where its reference was lost: those of
    the day of the meeting, and those that a hidden name tells. None that another decision became.
    """

    def __init__(self, records: Records, on: date) -> None:
        named = _named(records)
        shown = {one.reference for one in records.decisions}
        lost = {name: reference for reference, name in named.items() if reference not in shown}
        taken = {name for reference, name in named.items() if reference in shown}
        self._found: defaultdict[tuple[str, str], list[tuple[Reference | None, FollowUpRow]]]
        self._found = defaultdict(list)
        wanted = {name_key(records.canonical_name(one.person) or one.person)
                  for one in records.decisions if one.reference is None}  # fmt: skip
        for row in records.follow_ups.rows if wanted else ():
            name = records.canonical_name(row.person) or row.person
            if name_key(name) not in wanted:
                continue
            known_by = line_identity(records, row)
            if known_by in lost or (row.day == on and known_by not in taken):
                self._found[_key(name, row.action)].append((lost.get(known_by), row))

    def of(self, person: str, text: str) -> tuple[Reference | None, FollowUpRow | None]:
        """The line that says the same of the same person, each once, with its lost reference."""
        found = self._found.get(_key(person, text))
        return found.pop(0) if found else (None, None)


def _key(person: str, text: str) -> tuple[str, str]:
    return name_key(person), fold(squeeze(text))


def _values(decision: Decision, person: str, on: date) -> dict[str, CellValue]:
    """The line that a decision becomes; what is not known stays empty."""
    actor = _ACTORS.get(word_key(decision.who))
    values: dict[str, CellValue] = {
        "person": person,
        "dated": on,
        "action": decision.text.strip(),
        "objective": decision.objective,
        "engagement": decision.engagement,
        "deadline": decision.due,
        "status": Status.TO_PROPOSE.value,
        "reference": decision.engagement_reference,
        "by_whom": actor.value if actor else None,
        "participant": None if actor else decision.who.strip(),
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _disagreements(records: Records, poured: Iterable[PouredDecision]) -> Iterator[Disagreement]:
    """Where a decision and its line do not say the same any more."""
    columns = records.follow_ups.spec.columns
    for one in poured:
        if one.line is None:
            continue
        for fields, decided, noted in _compared(one.decision, one.line):
            if fold(squeeze(decided)) != fold(squeeze(noted)):
                place = records.follow_ups.place(one.line, fields)
                where = f"{place.sheet}!{place.cell or f'ligne {place.row}'}"
                yield Disagreement(one.decision, columns[fields].header, decided, noted, where)


def _compared(decision: Decision, line: FollowUpRow) -> Sequence[tuple[str, str, str]]:
    """The field of the line, what was decided, what it says."""
    found = [("action", decision.text, line.action)]
    if decision.who:
        is_actor = word_key(decision.who) in _ACTORS
        noted = line.by_whom.value if line.by_whom else ""
        found.append(
            ("by_whom", decision.who, noted)
            if is_actor
            else ("participant", decision.who, line.participant)
        )
    if decision.due is not None:
        found.append(("deadline", _said(decision.due), _deadline(line)))
    return found


def _said(due: date | str) -> str:
    return f"{due:%d/%m/%Y}" if isinstance(due, date) else due


def _deadline(line: FollowUpRow) -> str:
    if line.deadline is None:
        return ""
    return line.deadline.text or (f"{line.deadline.day:%d/%m/%Y}" if line.deadline.day else "")
