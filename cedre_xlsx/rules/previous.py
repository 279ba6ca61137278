"""What the previous `Contrôle` says of a finding: since when it is seen, and who accepted it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.rules.identity import encode_identity
from cedre_xlsx.schema.findings import Finding, Problem, Waiver
from cedre_xlsx.schema.generated import ControlRow

#: How the identity of a row starts that only keeps the text of a changed cell.
_KEPT_CELL = "cellule."


class Seen(NamedTuple):
    """Since when a finding is seen; its waiver, or the one whose date is past."""

    since: date | None = None
    waived: Waiver | None = None
    expired: Waiver | None = None


class PreviousControl:
    """The lines of the last `Contrôle`, found again by their key.

    A line whose key was lost is known by what it shows.
    """

    def __init__(self, rows: Sequence[ControlRow]) -> None:
        self._by_identity: dict[str, list[ControlRow]] = {}
        self._by_words: dict[tuple[str, str, str, str], list[ControlRow]] = {}
        for row in rows:
            identity = row.key.rpartition("|")[0]
            if identity.startswith(_KEPT_CELL):
                continue
            if identity:
                self._by_identity.setdefault(identity, []).append(row)
            elif row.code:
                words = (row.code, row.person, row.sheet, row.message)
                self._by_words.setdefault(words, []).append(row)

    def of(self, problem: Problem, key: str, on: date) -> Seen:
        """What the last `Contrôle` knows of a problem."""
        if not self._by_identity and not self._by_words:
            return Seen()
        identity = encode_identity((problem.code, problem.person, key))
        words = (problem.code, problem.person, problem.place.sheet, problem.message)
        rows = self._by_identity.get(identity) or self._by_words.get(words) or ()
        since = min((row.since for row in rows if row.since), default=None)
        waivers = [waiver for row in rows if (waiver := _waiver(row, on))]
        good = (one for one in waivers if one.until is None or one.until >= on)
        past = (one for one in waivers if one.until is not None and one.until < on)
        waived = next(good, None)
        return Seen(since, waived, None if waived else next(past, None))


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
    findings = tuple(findings)
    identities = {encode_identity(one.identity) for one in findings}
    words = {(one.code, one.person, one.place.sheet, one.message) for one in findings}
    return tuple(
        row
        for row in justified
        if row.key.rpartition("|")[0] not in identities
        and (row.code, row.person, row.sheet, row.message) not in words
    )


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
