"""The synthesis of the pathways (exemple n°5): one line an action or engagement that counts now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.carry_over import (
    Carried,
    Draft,
    Layout,
    carry_over,
    identities_of,
)
from cedre_xlsx.reports.fingerprint import digest
from cedre_xlsx.reports.identities import unique_identities
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated import SynthesisRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records, engagement_key
from cedre_xlsx.schema.tables import SYNTHESIS

MARKED = "X"
NOTHING = "Aucune action en cours, aucun engagement ouvert"
#: How the outcome of a paused person's line starts: the sheet's colours look at it.
PAUSED = "En pause"

_LAYOUT = Layout(
    headers={name: column.header for name, column in SYNTHESIS.columns.items()},
    open=("notes",),
    known_by=("dates", "person", "action"),
    label=("dates", "person", "action"),
    explained_in="outcome",
    kept_in="notes",
)
#: Names more alike than this may be two spellings of one (0: nothing in common, 1: the same).
_SAME_NAME = 0.75


@dataclass(frozen=True, slots=True)
class SynthesisLine:
    """One line, as it is shown; `day` and `understood` are what its date and deadline mean.

    `look` is open, done, dropped or none (nothing to show for this person); `key_parts` are the
    person, the date and the action that identify it.
    """

    person: str
    look: str
    key_parts: tuple[str, str, str]
    dates: str | date | None = None
    day: date | None = None
    objective: str = ""
    engagement: str = ""
    action: str = ""
    state: Status | None = None
    deadline: str | date | None = None
    outcome: str = ""
    understood: date | None = None

    @property
    def cells(self) -> dict[str, object]:
        """What we write, by field of `SynthesisRow`."""
        return {
            "dates": self.dates,
            "person": self.person,
            "objective": self.objective,
            "engagement": self.engagement,
            "action": self.action,
            "to_propose": MARKED if self.state is Status.TO_PROPOSE else "",
            "under_way": MARKED if self.state is Status.UNDER_WAY else "",
            "done": MARKED if self.state is Status.DONE else "",
            "deadline": self.deadline,
            "outcome": self.outcome,
            "understood": self.understood,
        }


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The lines of the table, and what was typed on the previous one."""

    lines: tuple[SynthesisLine, ...]
    carried: Carried


def synthesis(records: Records, on: date) -> Synthesis:
    """The table at that date, the notes of the previous one on their lines."""
    lines = synthesis_lines(records, on)
    identities = unique_identities(_identity(line.key_parts) for line in lines)
    drafts = [Draft(identity, line.cells) for identity, line in zip(identities, lines, strict=True)]
    carried = carry_over(
        records.synthesis.rows,
        drafts,
        _LAYOUT,
        on,
        corrections=_corrections(records, drafts),
    )
    return Synthesis(lines, carried)


def synthesis_lines(records: Records, on: date) -> tuple[SynthesisLine, ...]:
    """For everyone in the active file, what is open or lately done, most pressing first."""
    lines: list[SynthesisLine] = []
    for person in sorted(records.persons.values(), key=lambda person: fold(person.name)):
        pathway = person.pathway_on(on)
        if pathway is None:
            continue
        pause = _pause(pathway, on)
        mine = [
            _follow_up_line(person.name, row, on, pause)
            for row in person.follow_ups
            if _is_shown(row, on, records.settings.done_days)
        ]
        mine += [
            _engagement_line(person.name, row, pause)
            for row in person.engagements
            if row.is_open(on)
        ]
        lines += sorted(mine, key=_urgency) or [_nothing_line(person, on, pause)]
    return tuple(lines)


def _is_shown(row: FollowUpRow, on: date, days: int) -> bool:
    """Open, or closed lately; a closed line whose date is not understood stays in sight."""
    return row.is_open(on) or row.day is None or (on - row.day).days <= days


def _follow_up_line(name: str, row: FollowUpRow, on: date, pause: str) -> SynthesisLine:
    state = row.state(on)
    look = {Status.DONE: "done", Status.DROPPED: "dropped"}.get(state, "open")
    return SynthesisLine(
        person=name,
        look=look,
        key_parts=_follow_up_parts(name, row),
        dates=_as_typed(row.dated),
        day=row.day,
        objective=row.objective,
        engagement=row.engagement or "",
        action=row.action,
        state=state,
        deadline=_as_typed(row.deadline),
        outcome=_lines(pause, row.outcome),
        understood=row.due,
    )


def _engagement_line(name: str, row: EngagementRow, pause: str) -> SynthesisLine:
    title = " ".join(
        part for part in ("Engagement", row.reference, f"({row.form})" if row.form else "") if part
    )
    means = [
        f"{side} : {text}"
        for side, text in (("La structure", row.structure_means), ("La personne", row.person_means))
        if text
    ]
    planned = row.review_planned
    review = _day_text(_as_typed(planned)) if planned else ""
    return SynthesisLine(
        person=name,
        look="open",
        key_parts=_engagement_parts(name, row),
        dates=row.agreed,
        day=row.agreed,
        objective=row.object or row.needs,
        engagement=row.type or "",
        action=_lines(title, *means),
        state=Status.UNDER_WAY,
        deadline=_as_typed(row.deadline),
        outcome=_lines(pause, f"Bilan prévu : {review}" if review else "", row.comments),
        understood=row.due,
    )


def _nothing_line(person: Person, on: date, pause: str) -> SynthesisLine:
    contact = person.last_contact(on)
    seen = f"Dernier contact : {contact:%d/%m/%Y}" if contact else "Aucun contact noté"
    return SynthesisLine(
        person=person.name,
        look="none",
        key_parts=_nothing_parts(person.name),
        action=NOTHING,
        outcome=_lines(pause, seen),
    )


def _urgency(line: SynthesisLine) -> tuple[int, int, int]:
    """Open lines by deadline (those without one last), then closed ones, the latest first."""
    day = (line.day or date.max).toordinal()
    if line.look == "open":
        return (0, (line.understood or date.max).toordinal(), day)
    return (1 if line.look == "done" else 2, -day, 0)


def _pause(pathway: PersonRow, on: date) -> str:
    until = pathway.paused_until
    if until is None or not pathway.is_paused(on):
        return ""
    return f"{PAUSED} jusqu'au {until:%d/%m/%Y}."


def _as_typed(value: DatedText | Deadline | None) -> str | date | None:
    """The text that was typed, or the date of a true date cell."""
    if value is None:
        return None
    return value.text or value.day


def _day_text(value: str | date | None) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


# Identity: person, date, action, each as a digest, so that a corrected one can be told.


def _follow_up_parts(name: str, row: FollowUpRow) -> tuple[str, str, str]:
    day = row.day.isoformat() if row.day else fold(row.dated.text) if row.dated else ""
    return (name_key(name), day, fold(row.action))


def _engagement_parts(name: str, row: EngagementRow) -> tuple[str, str, str]:
    day = row.agreed.isoformat() if row.agreed else ""
    return (name_key(name), day, f"engagement {engagement_key(row)}")


def _nothing_parts(name: str) -> tuple[str, str, str]:
    return (name_key(name), "", fold(NOTHING))


def _identity(parts: tuple[str, str, str]) -> str:
    return ".".join(digest(part) for part in parts)


def _parts(identity: str) -> tuple[str, ...]:
    return tuple(identity.partition("~")[0].split("."))


def _corrections(records: Records, drafts: Sequence[Draft]) -> dict[str, str]:
    """Lines that are no longer → the one new line that keeps two of person, date and action.

    A line that still stands in Suivi or Engagements was not corrected: it is only not shown any
    more. Only a match that is unique on both sides counts.
    """
    before = identities_of(records.synthesis.rows)
    gone = _gone(records, before, {draft.identity for draft in drafts})
    if not gone:
        return {}
    by_pair: defaultdict[tuple[int, str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.identity not in before:
            for pair in _pairs(draft.identity):
                by_pair[pair].append(draft)
    candidates = {
        old: [
            draft.identity
            for pair in _pairs(old)
            for draft in by_pair[pair]
            if _may_be(records, row, draft)
        ]
        for old, row in gone.items()
    }
    claims = Counter(new for news in candidates.values() for new in news)
    return {
        old: news[0] for old, news in candidates.items() if len(news) == 1 and claims[news[0]] == 1
    }


def _gone(
    records: Records, before: Mapping[str, SynthesisRow], shown: set[str]
) -> dict[str, SynthesisRow]:
    """The lines of the previous table that stand nowhere in the workbook any more."""
    missing = {identity: row for identity, row in before.items() if identity not in shown}
    people = {_parts(identity)[0] for identity in missing}
    still = {
        _identity(parts)
        for person in records.persons.values()
        if digest(name_key(person.name)) in people
        for parts in _all_parts(person)
    }
    return {
        identity: row
        for identity, row in missing.items()
        if ".".join(_parts(identity)) not in still
    }


def _all_parts(person: Person) -> Iterator[tuple[str, str, str]]:
    yield _nothing_parts(person.name)
    for action in person.follow_ups:
        yield _follow_up_parts(person.name, action)
    for engagement in person.engagements:
        yield _engagement_parts(person.name, engagement)


def _pairs(identity: str) -> list[tuple[int, str, str]]:
    """What is left of an identity when its person (0), its date (1) or its action is corrected."""
    parts = _parts(identity)
    if len(parts) != 3:
        return []
    person, day, action = parts
    return [(0, day, action), (1, person, action), (2, person, day)]


def _may_be(records: Records, row: SynthesisRow, draft: Draft) -> bool:
    """Whether the new line may be the old one.

    The line that says that someone has nothing reads the same for everybody: it follows a person
    only when the name was respelt.
    """
    if row.action != NOTHING and draft.cells["action"] != NOTHING:
        return True
    name = str(draft.cells["person"])
    alike = SequenceMatcher(None, name_key(row.person), name_key(name)).ratio() >= _SAME_NAME
    return alike and records.canonical_name(row.person) is None
