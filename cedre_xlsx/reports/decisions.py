"""What the last meetings decided: the decisions that became lines of `Suivi`, and how these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold, name_key, squeeze, word_key
from cedre_xlsx.method.vocabulary import Actor, Status
from cedre_xlsx.rules.renamed import new_prints, renamed
from cedre_xlsx.schema.decisions import Decision, Reference
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated import identity_in
from cedre_xlsx.schema.generated_sheets import poured_in, poured_name
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.following import corrected
from cedre_xlsx.workbook.line_prints import decision_print, line_identity, parts_of, twin_mark

HEADING = "Décisions de la dernière fois"
GONE = "n'est plus dans Suivi"
UNNOTED = "statut non noté"
_STATES = {
    Status.DONE: "faite",
    Status.UNDER_WAY: "en cours",
    Status.TO_PROPOSE: "à commencer",
    Status.DROPPED: "sans suite",
}
#: A day that was corrected is not much before the meeting's.
_EARLIER = timedelta(days=31)
_UNDER_WAY = (None, Status.TO_PROPOSE, Status.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class PouredDecision:
    """A decision that became a line of `Suivi`: that line (None: it was deleted), what hidden
    names know it by, and the print of what it `said` then ("" where nothing tells). It `agrees`
    with its line where that is of its person and says the same.
    """

    decision: Decision
    reference: Reference
    person: str
    line: FollowUpRow | None
    known_by: str
    place: Place | None
    said: str = ""
    agrees: bool = False

    @property
    def remark(self) -> str:
        """How it is, by the Statut of its line."""
        if self.line is None:
            return GONE
        return _STATES[self.line.status] if self.line.status is not None else UNNOTED

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to be done."""
        return self.line is not None and self.line.status in _UNDER_WAY

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """What it says and its line does not: the field of the line, what each says."""
        if self.line is None:
            return ()
        return tuple(
            (name, decided, noted)
            for name, decided, noted in _compared(self.decision, self.line)
            if fold(squeeze(decided)) != fold(squeeze(noted))
        )

    @property
    def is_edited(self) -> bool:
        """Whether it was changed since it became a line; True where nothing tells."""
        return not self.said or self.said != decision_print(self.decision)

    @property
    def identity(self) -> str:
        """What its row is known by from one agenda to the next."""
        return f"verse-{self.reference.on:%Y%m%d}-{self.reference.rank}"


def poured_decisions(
    records: Records, known: Mapping[str, str] | None = None
) -> tuple[PouredDecision, ...]:
    """Every decision that became a line, each once. `known` says what lines became, as `Synthesis`
    has it.
    """
    found = [(one.reference, one) for one in records.decisions if one.reference is not None]
    if not found:
        return ()
    lines = PouredLines(records, known or {}, {reference for reference, _ in found})
    return tuple(_once(lines.poured(reference, one) for reference, one in found))


def last_decisions(poured: Sequence[PouredDecision]) -> tuple[PouredDecision, ...]:
    """The decisions of the latest meeting, and of earlier ones what is still under way, or changed
    since it became lines that do not say so: the latest meeting first.
    """
    latest = max((one.reference.on for one in poured), default=None)
    shown = (
        one
        for one in poured
        if one.reference.on == latest
        or one.is_under_way
        or (one.said and one.is_edited and one.differences)
    )
    return tuple(sorted(shown, key=lambda one: (-one.reference.on.toordinal(), one.reference.rank)))


_ACTORS = {word_key(actor.value): actor for actor in Actor}


def actor_of(who: str) -> Actor | None:
    """Who carries an action, where a text is one of the list of Suivi; None for a name."""
    return _ACTORS.get(word_key(who))


def _compared(decision: Decision, line: FollowUpRow) -> Iterator[tuple[str, str, str]]:
    """The field of the line, what was decided, what it says."""
    yield "action", decision.text, line.action
    if actor_of(decision.who):
        yield "by_whom", decision.who, line.by_whom.value if line.by_whom else ""
    elif decision.who:
        yield "participant", decision.who, line.participant
    if decision.due is not None:
        due = decision.due
        yield "deadline", french_day(due) if isinstance(due, date) else due, _deadline(line)


def _deadline(line: FollowUpRow) -> str:
    if line.deadline is None:
        return ""
    return line.deadline.text or (french_day(line.deadline.day) if line.deadline.day else "")


def _once(poured: Iterable[PouredDecision]) -> list[PouredDecision]:
    """One decision a reference: where the cell was copied to another row, the one that says what
    its line says, of the same person; else the first.
    """
    found: dict[Reference, PouredDecision] = {}
    for one in poured:
        known = found.setdefault(one.reference, one)
        if one.agrees and not known.agrees:
            found[one.reference] = one
    return list(found.values())


def hidden_names(poured: tuple[PouredDecision, ...]) -> dict[str, str]:
    """The hidden names that say which line each of them became."""
    return dict(
        poured_name(
            one.reference,
            one.known_by,
            one.said if one.differences else decision_print(one.decision),
        )
        for one in poured
        if one.known_by
    )


class PouredLines:
    """The lines of Suivi that decisions became, whatever was corrected since."""

    def __init__(
        self, records: Records, known: Mapping[str, str], references: set[Reference]
    ) -> None:
        self._records = records
        self._people = renamed(records)
        told = poured_in(records.book.names) if records.book else {}
        now = {
            ref: self._became(name, known) for ref, (name, _) in told.items() if ref in references
        }
        self._said = {ref: said for ref, (_, said) in told.items()}
        self._rows: dict[str, list[FollowUpRow]] = {}
        wanted = {name.partition(".")[0] for name in now.values()}
        wanted |= {digest(name_key(self._person(one))) for one in records.decisions if one.poured}
        self._add_rows(wanted, None)
        bases = {name.partition("~")[0] for name in now.values()}
        rests = {base.partition(".")[2] for base in bases if base not in self._rows}
        if rests:  # its person may have been named otherwise
            self._add_rows(None, rests)
        self._now = self._corrected(now)
        self._line_of = self._each_once()

    def _add_rows(self, people: Collection[str] | None, rests: Collection[str] | None) -> None:
        """The lines of Suivi, by their prints: those of some people, or of a day and an action."""
        found: defaultdict[str, list[FollowUpRow]] = defaultdict(list)
        for row in self._records.follow_ups.rows:
            name = self._records.name_or_typed(row.person)
            if people is not None and digest(name_key(name)) not in people:
                continue
            person, *rest = parts_of(name, row.key)
            if rests is None or ".".join(rest) in rests:
                found[".".join((person, *rest))].append(row)
        self._rows |= found

    def line_of(self, reference: Reference) -> FollowUpRow | None:
        """The line that the hidden name of a reference tells; None for none."""
        return self._line_of.get(reference)

    def _became(self, name: str, known: Mapping[str, str]) -> str:
        """What a line is known by after its person was renamed, or it was corrected."""
        people = new_prints(self._people)
        base, _, mark = name.partition("~")
        person, *rest = base.split(".")
        base = ".".join((people.get(person, person), *rest))
        name = f"{base}~{mark}" if mark else base
        return known.get(name) or known.get(base) or name

    def _corrected(self, now: Mapping[Reference, str]) -> dict[Reference, str]:
        """The line of each decision, also where it was corrected and the last Synthèse did not show
        it: the one line that differs from it by its day or its action, and was in no sheet before.
        """
        shown = {identity_in(row.key).partition("~")[0] for row in self._records.synthesis.rows}
        bases = {reference: name.partition("~")[0] for reference, name in now.items()}
        gone = {reference: tuple(base.split(".")) for reference, base in bases.items()
                if base not in self._rows}  # fmt: skip
        if not gone:
            return dict(now)
        taken = {*bases.values(), *shown}
        first = min(reference.on for reference in gone) - _EARLIER
        fresh = {
            base: tuple(base.split("."))
            for base, rows in self._rows.items()
            if base not in taken and all(row.day is None or row.day >= first for row in rows)
        }
        keys = {reference.text: reference for reference in gone}
        same = corrected({text: gone[keys[text]] for text in keys}, fresh)
        return {**now, **{keys[old]: new for old, new in same.items()}}

    def poured(self, reference: Reference, decision: Decision) -> PouredDecision:
        """A decision with its line."""
        person = self._person(decision)
        name = self._now.get(reference, "")
        line = self._line_of.get(reference)
        if not name:
            line = self._by_words(reference, person, decision.text)
        agrees = False
        if line is not None:  # its person may have been named otherwise
            named = self._records.name_or_typed(line.person)
            same = name_key(named) == name_key(person)
            agrees, person = same and fold(line.action) == fold(decision.text), named
        place = self._records.follow_ups.place(line, "action") if line else None
        if line is not None:
            name = line_identity(self._records, line)
        said = self._said.get(reference, "")
        return PouredDecision(decision, reference, person, line, name, place, said, agrees)

    def _person(self, decision: Decision) -> str:
        """Who it is about, under the name of now."""
        name = self._records.canonical_name(decision.person)
        return name or self._people.get(digest(name_key(decision.person)), decision.person)

    def _each_once(self) -> dict[Reference, FollowUpRow]:
        """The line of each reference that has one: of twins, the one that tells the same first."""
        waiting: defaultdict[str, list[Reference]] = defaultdict(list)
        for reference, name in sorted(self._now.items()):
            waiting[name.partition("~")[0]].append(reference)
        found: dict[Reference, FollowUpRow] = {}
        for base, references in waiting.items():
            rows = list(self._rows.get(base, []))
            for is_same in (True, False):
                for reference in references:
                    mark = self._now[reference].partition("~")[2]
                    row = next((one for one in rows if twin_mark(one) == mark or not is_same), None)
                    if row is not None and reference not in found:
                        found[reference] = row
                        rows.remove(row)
        return found

    def _by_words(self, reference: Reference, person: str, text: str) -> FollowUpRow | None:
        """The line of a decision whose hidden name was lost: its meeting's day, its own words."""
        for rows in self._rows.values():
            for row in rows:
                name = self._records.name_or_typed(row.person)
                said = row.day == reference.on and fold(row.action) == fold(text)
                if said and name_key(name) == name_key(person):
                    return row
        return None
