"""The agenda of the team meeting: what it decides first comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from cedre_xlsx.reports.agenda_order import AdvisorAgenda, by_advisor, once, order_of
from cedre_xlsx.reports.agenda_points import (
    AgendaItem,
    Section,
    as_one,
    from_findings,
    not_started,
    pause_of,
    to_discuss,
)
from cedre_xlsx.reports.marks import EndedMarks, Marked, sorted_marks
from cedre_xlsx.rules.renamed import new_prints, renamed, standing_lines
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.generated import identity_in
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.following import corrected, taken_apart
from cedre_xlsx.workbook.line_prints import parts_of, twin_mark


def agenda(records: Records, findings: Sequence[Finding], on: date) -> tuple[AdvisorAgenda, ...]:
    """The agenda at that date; accepted findings, and people on pause, are not brought up."""
    paused = {
        person.name
        for person in records.persons.values()
        if person.pathway_on(on) and not person.is_followed(on)
    }
    items = [
        *_to_discuss(records, on),
        *as_one(from_findings(records, findings, on)),
        *not_started(records, on),
    ]
    kept = [item for item in items if item.person not in paused]
    kept += [pause_of(records, records.persons[name], on) for name in paused]
    return by_advisor(records, once(records, sorted(kept, key=order_of)), on)


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
    alone = {old: new.partition("~")[0] for old, new in moved.items()
             if "~" in new and new not in now}  # fmt: skip
    marks = _marks_of(records, {one for one in alone.values() if one in now and one not in before})
    for old, one in alone.items():  # its twin is gone, or was corrected
        if marks.get(one) == taken_apart(moved[old])[1]:
            moved[old] = one
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


def _marks_of(records: Records, wanted: Collection[str]) -> dict[str, str]:
    """What tells some lines of Suivi from the twins that they had, by what the agenda knows them
    by.
    """
    people = {one.partition(".")[0] for one in wanted}
    sheet = digest(records.follow_ups.sheet)
    found = {}
    for row in records.follow_ups.rows if wanted else ():
        person, *line = parts_of(records.name_or_typed(row.person), row.key)
        known = ".".join((person, sheet, *line)) if person in people else ""
        if known in wanted:
            found[known] = twin_mark(row)
    return found


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
        yield to_discuss(records, mark.row, on)


def _marked(records: Records, on: date) -> Iterator[Marked]:
    for row in records.follow_ups.rows:
        if row.to_discuss:
            item = to_discuss(records, row, on)
            yield Marked(row, item.person, item.identity, digest(item.identity))
