"""The synthesis of the pathways (exemple n°5): one line an action or engagement that counts now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.carry_over import (
    CarriedOver,
    Draft,
    Layout,
    carry_over,
    line_of,
    lines_before,
)
from cedre_xlsx.rules.identity import twin_lines
from cedre_xlsx.rules.renamed import new_prints, renamed
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.tables import SYNTHESIS
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.following import FollowedLine, Parts, followed, identities

MARKED = "X"
NOTHING = "Aucune action en cours, aucun engagement ouvert"
_NOTHING_PRINT = digest(fold(NOTHING))
#: How the outcome starts of a paused person's line, and of one that has an outcome, a deadline that
#: is past and no Statut: the sheet's colours look at it.
PAUSED = "En pause"
TO_SPECIFY = "Statut à préciser"

_LAYOUT = Layout(
    spec=SYNTHESIS,
    label=("dates", "person", "action"),
    told_by=("objective", "engagement", "deadline"),
    explained_in="outcome",
    kept_in="notes",
)


@dataclass(frozen=True, slots=True)
class SynthesisLine:
    """One line, as it is shown; `day` and `understood` are what its date and deadline mean.

    `look` is open, done, dropped, untold (ended perhaps, without a Statut that says so) or none
    (nothing to show for this person); `state` is the Statut typed; `key_parts` are the person, the
    date and the action that identify it; it `has_twins` where other lines share them.
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
    has_twins: bool = False

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
    """The lines of the table, and what was typed on the previous one.

    `corrected` are the lines of that one that were corrected since, by their prints, with those of
    now: person, date, action. One that has a twin which stays is none: nothing else tells them
    apart. `became` says the same of lines with what tells them from their twins.
    """

    lines: tuple[SynthesisLine, ...]
    carried: CarriedOver
    corrected: Mapping[str, str]
    became: Mapping[str, str]


def synthesis(records: Records, on: date) -> Synthesis:
    """The table at that date, the notes of the previous one on their lines."""
    lines = synthesis_lines(records, on)
    new = [
        line_of(_base(one.key_parts), one.cells, _LAYOUT, has_twins=one.has_twins) for one in lines
    ]
    new = [replace(line, parts=tuple(line.base.split("."))) if one.look != "none" else line
           for one, line in zip(lines, new, strict=True)]  # fmt: skip
    names = identities(new, [line.base for line in new])
    rows = records.synthesis.rows
    people = renamed(records)
    prints = new_prints(people)
    old = [_with_parts(line, prints) for line in lines_before(rows, _LAYOUT)]
    became = {line.base: ".".join(line.parts) for line in old if line.parts}
    standing = _Standing(records, {line.parts[0] for line in old if line.parts})
    targets = followed(old, new, became, standing)
    follows = {
        row.row: names[target]
        for row, target in zip(rows, targets, strict=True)
        if target is not None
    }
    living = [(line, new[target]) for line, target in zip(old, targets, strict=True)
              if target is not None and line.parts and not line.kept]  # fmt: skip
    lines_now = {".".join(line.parts): now.base for line, now in living if not standing(line)}
    changed = {before: now for before, now in lines_now.items() if before != now}
    carried = carry_over(
        rows,
        [Draft(name, line.cells) for name, line in zip(names, lines, strict=True)],
        _LAYOUT,
        on,
        follows=follows,
        renamed=people,
        corrected=changed,
        twins=twin_lines(records),
    )
    return Synthesis(lines, carried, changed, _became(living))


def _became(lines: Sequence[tuple[FollowedLine, FollowedLine]]) -> dict[str, str]:
    """What each line of the last Synthèse is known by now in a sheet that names its twin."""
    alone = Counter(before.parts for before, _ in lines)
    found = {}
    for before, now in lines:
        name = f"{now.base}~{now.mark}" if now.has_twins else now.base
        base = ".".join(before.parts)
        found[f"{base}~{before.mark}"] = name
        if alone[before.parts] == 1:
            found[base] = name
    return found


def synthesis_lines(records: Records, on: date) -> tuple[SynthesisLine, ...]:
    """For everyone in the active file, what is open or lately done, most pressing first."""
    lines: list[SynthesisLine] = []
    for person in sorted(records.persons.values(), key=lambda person: fold(person.name)):
        pathway = person.pathway_on(on)
        if pathway is None:
            continue
        pause = _pause(pathway, on)
        shown = [row for row in person.follow_ups if _is_shown(records, row, on)]
        handed = [row for row in shown if row.is_hand_over]
        mine = [_follow_up_line(records, person.name, row, on, pause) for row in shown]
        mine += [
            _engagement_line(person.name, row, pause)
            for row in person.engagements
            if row.is_open(on)
        ]
        lines += sorted(mine, key=_urgency)
        if len(mine) == len(handed):
            lines.append(_nothing_line(person, on, pause))
    return tuple(lines)


def _is_shown(records: Records, row: FollowUpRow, on: date) -> bool:
    """Open, to be specified, or ended lately; one whose date is not understood stays in sight."""
    if row.is_open(on) or _needs_status(records, row, on):
        return True
    return row.day is None or (on - row.day).days <= records.settings.done_days


def _needs_status(records: Records, row: FollowUpRow, on: date) -> bool:
    """Whether its Statut is to be specified, where the team has such a column."""
    return "status" in records.follow_ups.columns and row.needs_status(on)


def _follow_up_line(
    records: Records, name: str, row: FollowUpRow, on: date, pause: str
) -> SynthesisLine:
    to_specify = TO_SPECIFY if _needs_status(records, row, on) and not pause else ""
    return SynthesisLine(
        person=name,
        look=_look(row, on),
        key_parts=_follow_up_parts(name, row),
        dates=_as_typed(row.dated),
        day=row.day,
        objective=row.objective,
        engagement=row.engagement or "",
        action=row.action,
        state=row.status,
        deadline=_as_typed(row.deadline),
        outcome=_lines(pause, to_specify, row.outcome),
        understood=None if row.status is Status.DROPPED else row.due,
        has_twins=(name, row.key) in records.twins,
    )


def _look(row: FollowUpRow, on: date) -> str:
    if row.is_open(on):
        return "open"
    if row.status is None:
        return "untold"
    return "done" if row.status is Status.DONE else "dropped"


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
        deadline=_as_typed(row.deadline),
        outcome=_lines(pause, f"Bilan prévu : {review}" if review else "", row.comments),
        understood=row.due,
    )


def _nothing_line(person: Person, on: date, pause: str) -> SynthesisLine:
    contact = person.last_contact(on)
    seen = f"Dernier contact : {french_day(contact)}" if contact else "Aucun contact noté"
    return SynthesisLine(
        person=person.name,
        look="none",
        key_parts=_nothing_parts(person.name),
        action=NOTHING,
        outcome=_lines(pause, seen),
    )


def _urgency(line: SynthesisLine) -> tuple[int, int, int]:
    """Open lines by deadline (those without one last), those to be specified among them, then
    the ended ones, the latest first.
    """
    day = (line.day or date.max).toordinal()
    if line.look == "open" or (line.look == "untold" and line.understood is not None):
        return (0, (line.understood or date.max).toordinal(), day)
    return (2 if line.look == "dropped" else 1, -day, 0)


def _pause(pathway: PersonRow, on: date) -> str:
    until = pathway.paused_until
    if until is None or not pathway.is_paused(on):
        return ""
    return f"{PAUSED} jusqu'au {french_day(until)}."


def _as_typed(value: DatedText | Deadline | None) -> str | date | None:
    """The text that was typed, or the date of a true date cell."""
    if value is None:
        return None
    return value.text or value.day


def _day_text(value: str | date | None) -> str:
    return french_day(value) if isinstance(value, date) else value or ""


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


# What a line is known by: prints of its person, date and action, so that a corrected one is told.


def _follow_up_parts(name: str, row: FollowUpRow) -> tuple[str, str, str]:
    day = row.day.isoformat() if row.day else fold(row.dated.text) if row.dated else ""
    return (name_key(name), day, fold(row.action))


def _engagement_parts(name: str, row: EngagementRow) -> tuple[str, str, str]:
    day = row.agreed.isoformat() if row.agreed else ""
    return (name_key(name), day, f"engagement {row.key}")


def _nothing_parts(name: str) -> tuple[str, str, str]:
    return (name_key(name), "", fold(NOTHING))


def line_prints_of(name: str, row: FollowUpRow | EngagementRow) -> str:
    """What the line of Synthèse of a line is known by, its twins included."""
    if isinstance(row, FollowUpRow):
        return _base(_follow_up_parts(name, row))
    return _base(_engagement_parts(name, row))


def nothing_prints_of(name: str) -> str:
    """What the line of Synthèse is known by that says that somebody has nothing."""
    return _base(_nothing_parts(name))


def _base(parts: tuple[str, str, str]) -> str:
    return ".".join(digest(part) for part in parts)


def _with_parts(line: FollowedLine, prints: Mapping[str, str]) -> FollowedLine:
    """A line that may have been corrected: by its prints, under people's new names.

    The line that says that someone has nothing reads the same for everybody.
    """
    if not line.base:
        return line
    person, *rest = line.base.split(".")
    return replace(line, parts=(prints.get(person, person), *rest))


class _Standing:
    """How many lines of Suivi and Engagements a line of the last Synthèse may be still: it is only
    not shown any more.
    """

    def __init__(self, records: Records, people: Set[str]) -> None:
        self._records = records
        self._people = people

    @cached_property
    def _counts(self) -> Counter[Parts]:
        return Counter(
            tuple(digest(part) for part in parts)
            for person in self._records.persons.values()
            if digest(name_key(person.name)) in self._people
            for parts in _all_parts(person)
        )

    def __call__(self, line: FollowedLine) -> int:
        """The lines of which all prints are the same; those that say nothing are never others."""
        return 1 if line.parts[-1] == _NOTHING_PRINT else self._counts[line.parts]


def _all_parts(person: Person) -> Iterator[tuple[str, str, str]]:
    yield _nothing_parts(person.name)
    for action in person.follow_ups:
        yield _follow_up_parts(person.name, action)
    for engagement in person.engagements:
        yield _engagement_parts(person.name, engagement)
