"""What the previous `Contrôle` says of a finding: since when it is seen, and who accepted it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from typing import NamedTuple

from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.rules.identity import base_of, encode_identity, parts_in, whole_of
from cedre_xlsx.rules.renamed import new_prints, renamed, standing_lines
from cedre_xlsx.schema.findings import Finding, Problem, Waiver
from cedre_xlsx.schema.generated import ControlRow, identity_in, is_kept_key, is_line_key
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.fingerprint import digest, fingerprint
from cedre_xlsx.workbook.following import HAD_TWIN, FollowedLine, Parts, followed, taken_apart
from cedre_xlsx.workbook.read.own_keys import prints_in

#: How the identity of a row starts that only keeps the text of a changed cell.
_KEPT_CELL = "cellule."
#: What tells two findings of one line apart.
_TOLD = CONTROL.written.index("message")


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
    if not rows:
        return [Seen()] * len(problems)
    names = [encode_identity((one.code, one.person, one.key)) for one in problems]
    people = new_prints(renamed(records))
    before = _shown_before(records, people)
    old = [_line_of(row, people, before) for row in rows]
    shown = {tuple(taken_apart(identity_in(row.key))[0].split("."))
             for row in records.synthesis.rows}  # fmt: skip
    new = [_new_line(records, one, name, shown) for one, name in zip(problems, names, strict=True)]
    became = _became(rows, people, names)
    matched = followed(old, new, became, _Standing(records, old, before), _are_of_one_code)
    found: defaultdict[int, list[ControlRow]] = defaultdict(list)
    for row, target in zip(rows, matched, strict=True):
        if target is not None:
            found[target].append(row)
    return [_seen(found[index], on) if index in found else Seen() for index in range(len(problems))]


def _new_line(records: Records, problem: Problem, name: str, shown: Set[Parts]) -> FollowedLine:
    """A problem as it is followed; `shown` are the lines of the last Synthèse: they are not new."""
    parts = parts_in(name)
    told = fingerprint(problem.message)
    return FollowedLine(
        base_of(name),
        told=(told,),
        mark=digest(told),
        words=(problem.code, problem.person, problem.place.sheet, problem.message),
        has_twins=(problem.person, problem.key) in records.twins,
        parts=() if parts in shown else parts,
    )


def _are_of_one_code(old: FollowedLine, new: FollowedLine) -> bool:
    return old.base.partition(".")[0] == new.base.partition(".")[0]


class _Standing:
    """How many lines of the workbook a finding of the last `Contrôle` may still be about: twins
    that the last Synthèse showed, and the last `Contrôle` said nothing of, are none of them.
    """

    def __init__(
        self, records: Records, old: Sequence[FollowedLine], shown: Counter[Parts]
    ) -> None:
        self._records = records
        self._people = {line.parts[0] for line in old if line.parts}
        self._said = Counter(line.base for line in old if not line.kept)
        self._shown = shown

    @cached_property
    def _lines(self) -> dict[str, list[Set[str]]]:
        return standing_lines(self._records, self._people)

    def __call__(self, line: FollowedLine) -> int:
        """How many lines of today may be the one that an earlier finding was about: every print of
        theirs is among those of the finding.
        """
        parts = set(line.parts[1:])
        count = sum(one <= parts for one in self._lines.get(line.parts[0], ()))
        return count - max(self._shown[line.parts] - self._said[line.base], 0)


def _shown_before(records: Records, people: Mapping[str, str]) -> Counter[Parts]:
    """How many lines of the last Synthèse had the same prints."""
    names = (identity_in(row.key) for row in records.synthesis.rows if is_line_key(row.key))
    return Counter(_renamed_parts(tuple(taken_apart(name)[0].split(".")), people) for name in names)


def _line_of(row: ControlRow, people: Mapping[str, str], shown: Counter[Parts]) -> FollowedLine:
    name, mark, rank = taken_apart(identity_in(row.key))
    prints = prints_in(row.key) if is_line_key(row.key) else ()
    told = (prints[_TOLD],) if len(prints) == len(CONTROL.written) else ()
    words = (row.code, row.person, row.sheet, row.message) if row.code else ()
    parts = _renamed_parts(parts_in(name), people)
    kept = is_kept_key(row.key)
    twins = HAD_TWIN in identity_in(row.key) if kept else shown[parts] > 1
    return FollowedLine(base_of(name), told, mark, words, kept, rank, has_twins=twins, parts=parts)


def _renamed_parts(parts: Parts, people: Mapping[str, str]) -> Parts:
    return (people.get(parts[0], parts[0]), *parts[1:]) if parts else ()


def _seen(rows: Sequence[ControlRow], on: date) -> Seen:
    since = min((row.since for row in rows if row.since), default=None)
    waivers = [waiver for row in rows if (waiver := _waiver(row, on))]
    good = (one for one in waivers if one.until is None or one.until >= on)
    past = (one for one in waivers if one.until is not None and one.until < on)
    waived = next(good, None)
    numbers = tuple(row.row for row in rows)
    return Seen(since, waived, None if waived else next(past, None), numbers)


def _became(
    rows: Sequence[ControlRow], people: Mapping[str, str], names: Sequence[str]
) -> dict[str, str]:
    """What findings of the last `Contrôle` are known by now: under people's new names, and by more
    than an older version wrote.
    """
    now = {whole_of(name): base_of(name) for name in names}
    found = {}
    for row in rows:
        name, _, _ = taken_apart(identity_in(row.key))
        parts = _renamed_parts(parts_in(name), people)
        if parts:
            found[base_of(name)] = ".".join((name.partition(".")[0], *parts))
        elif name in now:
            found[name] = now[name]
    return found


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
