"""What the previous `Contrôle` says of a finding: since when it is seen, and who accepted it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.rules.identity import encode_identity
from cedre_xlsx.schema.findings import Problem, Waiver
from cedre_xlsx.schema.generated import ControlRow

#: How the identity of a row starts that only keeps the text of a changed cell.
_KEPT_CELL = "cellule."


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

    def of(self, problem: Problem, key: str, on: date) -> tuple[date | None, Waiver | None]:
        """Since when it is seen, and its waiver if it still holds on that day."""
        if not self._by_identity and not self._by_words:
            return None, None
        identity = encode_identity((problem.code, problem.person, key))
        words = (problem.code, problem.person, problem.place.sheet, problem.message)
        rows = self._by_identity.get(identity) or self._by_words.get(words) or ()
        since = min((row.since for row in rows if row.since), default=None)
        waivers = (_waiver(row, on) for row in rows)
        return since, next((waiver for waiver in waivers if waiver), None)


def _waiver(row: ControlRow, on: date) -> Waiver | None:
    """The justification of a row; none once its date is past, or is not understood."""
    reason = row.justification.strip()
    if not reason or "until" in row.unreadable:
        return None
    if row.until is None:
        return Waiver(reason)
    until = _until(row, on)
    return Waiver(reason, until) if until is not None and until >= on else None


def _until(row: ControlRow, on: date) -> date | None:
    """The date typed in Jusqu'au, as a deadline is understood: "fin juin" is the next one."""
    if isinstance(row.until, date):
        return row.until
    return read_deadline(str(row.until), row.since or on, on).deadline.day
