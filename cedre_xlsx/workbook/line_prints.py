"""What a line of `Suivi` or `Engagements` is known by in hidden keys: prints, never words."""

from __future__ import annotations

from cedre_xlsx.method.text import fold, name_key, squeeze
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.decisions import Decision
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.fingerprint import digest, fingerprint
from cedre_xlsx.workbook.following import Parts


def parts_of(person: str, line: str) -> Parts:
    """The prints of a person and of the parts of a line's key."""
    return (digest(name_key(person)), *(digest(part) for part in line.split("|") if line))


def twin_mark(row: FollowUpRow) -> str:
    """What tells a line of Suivi from its twins: its objective, code and deadline, as typed."""
    told = (row.objective, row.engagement or "", _as_typed(row.deadline))
    return digest(*map(fingerprint, told))


def twin_of(records: Records, row: Row | None) -> str:
    """What tells a line of Suivi from its twins; "" for one that has none, and for another row."""
    if not isinstance(row, FollowUpRow):
        return ""
    line = (records.name_or_typed(row.person), row.key)
    return twin_mark(row) if line in records.twins else ""


def line_identity(records: Records, row: FollowUpRow) -> str:
    """What the hidden name of a decision knows its line of Suivi by: its person, its day, its
    action, and where it has twins, what tells it from them.
    """
    name = records.name_or_typed(row.person)
    base = ".".join(parts_of(name, row.key))
    twin = twin_of(records, row)
    return f"{base}~{twin}" if twin else base


def decision_print(decision: Decision) -> str:
    """One print of what a decision says: its words, who, when."""
    words = (fold(squeeze(decision.text)), fold(squeeze(decision.who)))
    return digest(*words, fingerprint(decision.due))


def _as_typed(value: DatedText | Deadline | None) -> object:
    """The text that was typed, or the date of a true date cell."""
    return None if value is None else value.text or value.day
