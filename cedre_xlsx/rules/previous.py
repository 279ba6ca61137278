"""What the previous `Contrôle` says of a finding: since when it is seen, and who accepted it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.rules.identity import base_of, encode_identity, parts_in
from cedre_xlsx.rules.renamed import renamed, standing_lines
from cedre_xlsx.schema.findings import Finding, Problem, Waiver
from cedre_xlsx.schema.generated import ControlRow, identity_in, is_kept_key, is_line_key
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.fingerprint import digest, fingerprint
from cedre_xlsx.workbook.following import Line, Parts, corrected, followed, taken_apart
from cedre_xlsx.workbook.read.own_keys import prints_in

#: How the identity of a row starts that only keeps the text of a changed cell.
_KEPT_CELL = "cellule."
#: What tells two findings of one line apart.
_TOLD = CONTROL.written.index("message")

Named = tuple[str, Parts]  # a code, and the prints of the person and of the line


class Seen(NamedTuple):
    """Since when a finding is seen; its waiver, or the one whose date is past; the rows of the
    last `Contrôle` that say so.
    """

    since: date | None = None
    waived: Waiver | None = None
    expired: Waiver | None = None
    rows: tuple[int, ...] = ()


def seen_before(records: Records, problems: Sequence[Problem], on: date) -> list[Seen]:
    """What the last `Contrôle` knows of each problem.

    A line is found again by its key, else by what it shows; where its person was renamed, or its
    date or its action corrected, it is the same still.
    """
    rows = [row for row in records.control.rows if not row.key.startswith(_KEPT_CELL)]
    old = [_line_of(row) for row in rows]
    names = [encode_identity((one.code, one.person, one.key)) for one in problems]
    new = [
        Line(
            base_of(name),
            told=(fingerprint(one.message),),
            mark=digest(fingerprint(one.message)),
            words=(one.code, one.person, one.place.sheet, one.message),
            has_twins=(one.person, one.key) in records.twins,
        )
        for one, name in zip(problems, names, strict=True)
    ]
    found: defaultdict[int, list[ControlRow]] = defaultdict(list)
    became = _became(records, rows, names)
    for row, target in zip(rows, followed(old, new, became), strict=True):
        if target is not None:
            found[target].append(row)
    return [_seen(found[index], on) if index in found else Seen() for index in range(len(problems))]


def _line_of(row: ControlRow) -> Line:
    name, mark, rank = taken_apart(identity_in(row.key))
    kept = is_kept_key(row.key)
    prints = prints_in(row.key) if is_line_key(row.key) else ()
    told = (prints[_TOLD],) if len(prints) == len(CONTROL.written) else ()
    words = (row.code, row.person, row.sheet, row.message) if row.code else ()
    return Line(base_of(name), told, mark, words, kept, rank)


def _seen(rows: Sequence[ControlRow], on: date) -> Seen:
    since = min((row.since for row in rows if row.since), default=None)
    waivers = [waiver for row in rows if (waiver := _waiver(row, on))]
    good = (one for one in waivers if one.until is None or one.until >= on)
    past = (one for one in waivers if one.until is not None and one.until < on)
    waived = next(good, None)
    numbers = tuple(row.row for row in rows)
    return Seen(since, waived, None if waived else next(past, None), numbers)


def _became(records: Records, rows: Sequence[ControlRow], names: Sequence[str]) -> dict[str, str]:
    """Findings of the last `Contrôle` that are no more, with the new ones that they became."""
    new = {base_of(name): name for name in names}
    before = {base_of(name): name for row in rows if (name := taken_apart(identity_in(row.key))[0])}
    gone = {base: _named(name) for base, name in before.items() if base not in new}
    gone = {base: one for base, one in gone.items() if one[1]}
    fresh = {base: _named(name) for base, name in new.items() if base not in before}
    if not gone or not fresh:
        return {}
    people = {digest(old): digest(now) for old, now in renamed(records).items()}
    by_name = {one: base for base, one in fresh.items()}
    now = {
        base: (code, (people.get(parts[0], parts[0]), *parts[1:]))
        for base, (code, parts) in gone.items()
    }
    same = {base: by_name[one] for base, one in now.items() if one in by_name}
    living = {base_of(identity_in(row.key)) for row in rows if is_line_key(row.key)}
    return same | _corrections(
        records,
        {base: one for base, one in now.items() if base not in same and base in living},
        {base: one for base, one in fresh.items() if base not in same.values()},
    )


def _named(name: str) -> Named:
    return name.partition(".")[0], parts_in(name)


def _corrections(
    records: Records, gone: dict[str, Named], fresh: dict[str, Named]
) -> dict[str, str]:
    """Findings on lines that were corrected: the line stands nowhere any more, and the one that
    seems to be it was not shown before.
    """
    standing = standing_lines(records, {parts[0] for _, parts in gone.values()})
    shown = {tuple(taken_apart(identity_in(row.key))[0].split("."))
             for row in records.synthesis.rows}  # fmt: skip
    missing = {
        base: parts
        for base, (_, parts) in gone.items()
        if not any(line <= set(parts[1:]) for line in standing.get(parts[0], ()))
    }
    appeared = {base: parts for base, (_, parts) in fresh.items() if parts not in shown}
    return corrected(missing, appeared, lambda old, new: gone[old][0] == fresh[new][0])


def forgotten_justifications(
    rows: Sequence[ControlRow], findings: Iterable[Finding]
) -> tuple[ControlRow, ...]:
    """The justified lines of the last `Contrôle` that accept nothing any more."""
    justified = [
        row
        for row in rows
        if row.code and row.justification.strip() and not row.key.startswith(_KEPT_CELL)
    ]
    if not justified:
        return ()
    continued = {number for one in findings for number in one.continues}
    return tuple(row for row in justified if row.row not in continued)


def _waiver(row: ControlRow, on: date) -> Waiver | None:
    """The justification of a row, with its last day; none when that is not understood."""
    reason = row.justification.strip()
    if not reason or "until" in row.unreadable:
        return None
    if row.until is None:
        return Waiver(reason)
    until = _until(row, on)
    return None if until is None else Waiver(reason, until)


def _until(row: ControlRow, on: date) -> date | None:
    """The date typed in Jusqu'au, as a deadline is understood: "fin juin" is the next one."""
    if isinstance(row.until, date):
        return row.until
    return read_deadline(str(row.until), row.since or on, on).deadline.day
