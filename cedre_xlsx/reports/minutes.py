"""What a meeting decided, as lines of `Suivi` to be: each decision once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.text import fold, name_key, squeeze
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.decisions import (
    PouredDecision,
    PouredLines,
    actor_of,
    last_decisions,
    poured_decisions,
)
from cedre_xlsx.schema.decisions import Decision, Reference
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated_sheets import poured_in
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.edit.model import CellValue, NewRow
from cedre_xlsx.workbook.line_prints import decision_print

NO_TEXT = "il n'y a rien sous Décision : écrivez ce qui est décidé, ou videz Qui et Pour quand"
NO_PERSON = "rien ne dit pour qui : notez-la sur la ligne d'une personne"
MARKED = "Versée contient déjà « {} » : effacez cette cellule pour que la décision soit versée"

DELETED = (
    "elle a été versée ({}), et sa ligne n'est plus dans Suivi : elle n'est pas refaite ; "
    "changez-en les mots pour la verser à nouveau"
)
COPIED = (
    "Versée y répète « {} », qui est celle d'une autre décision : effacez cette cellule pour que "
    "la décision soit versée"
)


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
        """The decision that became no line: its place, its words, the reason."""
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
    not_poured: tuple[NotPoured, ...] = ()


def plan_of(records: Records, on: date) -> MeetingPlan:
    """What becomes of each decision typed in `Réunion`, for the meeting of that day."""
    everything = poured_decisions(records)
    rows = {one.decision.row for one in everything}
    lines = _Lines(records, on, {one.line.row for one in everything if one.line is not None})
    poured = last_decisions(everything)
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
        reference, line = lines.of(one)
        if reference is not None and line is None:
            not_poured.append(NotPoured(one, DELETED.format(reference.text)))
            continue
        person = records.name_or_typed(one.person)
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


def _named(records: Records) -> dict[Reference, tuple[str, str]]:
    return poured_in(records.book.names) if records.book else {}


class _Lines:
    """The lines of Suivi that a decision may be already, where its reference was erased: those that
    a hidden name tells, and those of the day of the meeting. None that another decision became.
    """

    def __init__(self, records: Records, on: date, taken: Collection[int]) -> None:
        shown = {one.reference for one in records.decisions if one.reference is not None}
        named = _named(records)
        lost = {reference for reference in named if reference not in shown}
        known = PouredLines(records, {}, lost)
        self._lost: defaultdict[str, list[tuple[Reference, FollowUpRow | None]]]
        self._lost = defaultdict(list)
        for reference in sorted(lost):
            self._lost[named[reference][1]].append((reference, known.line_of(reference)))
        self._records = records
        self._by_words: defaultdict[tuple[str, str], list[FollowUpRow]] = defaultdict(list)
        for row in records.follow_ups.rows:
            if row.day == on and row.row not in taken:
                self._by_words[_key(self._name(row.person), row.action)].append(row)

    def of(self, one: Decision) -> tuple[Reference | None, FollowUpRow | None]:
        """What a decision was poured as, each once: its reference, its line; (None, None) for one
        that never was. A reference without line is of one that was deleted.
        """
        person = self._name(one.person)
        told = self._lost.get(decision_print(one), [])
        for found in told:
            line = found[1]
            if line is None or name_key(self._name(line.person)) == name_key(person):
                told.remove(found)
                self._forget(line)
                return found
        rows = self._by_words.get(_key(person, one.text))
        return (None, rows.pop(0)) if rows else (None, None)

    def _forget(self, line: FollowUpRow | None) -> None:
        for rows in self._by_words.values():
            rows[:] = [row for row in rows if row is not line]

    def _name(self, typed: str) -> str:
        return self._records.name_or_typed(typed)


def _key(person: str, text: str) -> tuple[str, str]:
    return name_key(person), fold(squeeze(text))


def _values(decision: Decision, person: str, on: date) -> dict[str, CellValue]:
    """The line that a decision becomes; what is not known stays empty."""
    actor = actor_of(decision.who)
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
    """Where a decision was changed since, and its line does not say the same: what was corrected
    in Suivi alone needs nothing.
    """
    columns = records.follow_ups.spec.columns
    for one in poured:
        if one.line is None or not one.is_edited:
            continue
        for name, decided, noted in one.differences:
            place = records.follow_ups.place(one.line, name)
            where = f"{place.sheet}!{place.cell or f'ligne {place.row}'}"
            yield Disagreement(one.decision, columns[name].header, decided, noted, where)
