"""Marks *À discuter*: each stays on the agenda until the meeting that discussed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.kept import TO_DISCUSS
from cedre_xlsx.schema.records import Records

_NAMED = 5  # rows that the sentence on ended marks names


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that is marked: what the agenda knows it by, and a short token of that."""

    row: FollowUpRow
    person: str
    identity: str
    token: str


@dataclass(frozen=True, slots=True)
class EndedMarks:
    """The marked lines that are no longer shown, and what the next agenda has to know of them."""

    rows: tuple[FollowUpRow, ...] = ()
    tokens: tuple[str, ...] = ()

    def sentence(self, sheet: str) -> str:
        """How many they are, and where; "" for none."""
        count = len(self.rows)
        if not count:
            return ""
        numbers = [str(row.row) for row in self.rows]
        if count > _NAMED:
            numbers = [*numbers[:_NAMED], f"{count - _NAMED} autres"]
        marks = counted(count, f"marque « {TO_DISCUSS} » terminée n'est",
                        f"marques « {TO_DISCUSS} » terminées ne sont")  # fmt: skip
        lines = "ligne" if count == 1 else "lignes"
        return (
            f"{marks} plus montrée{'' if count == 1 else 's'} : {sheet}, {lines} {listed(numbers)}."
        )


def sorted_marks(
    records: Records, marked: Iterable[Marked], on: date
) -> tuple[list[Marked], EndedMarks]:
    """The marks that are still to be discussed, and those that have ended.

    One ends when an outcome is noted on its line, when the person has left, and, once an agenda has
    shown it, with a later line of the person or after the days of the setting. An agenda that
    cannot be told is taken to have shown it.
    """
    latest = _latest(records, on)
    gone = {
        name
        for name, person in records.persons.items()
        if all(row.exited is not None and row.exited < on for row in person.pathways)
    }
    waiting: list[Marked] = []
    ended: list[FollowUpRow] = []
    tokens: list[str] = []
    for mark in marked:
        if mark.row.outcome.strip() or mark.person in gone:
            ended.append(mark.row)
        elif mark.token in records.last_agenda.ended or _is_over(records, mark, latest, on):
            ended.append(mark.row)
            tokens.append(mark.token)
        else:
            waiting.append(mark)
    return waiting, EndedMarks(tuple(sorted(ended, key=lambda row: row.row)), tuple(tokens))


def _is_over(records: Records, mark: Marked, latest: Mapping[str, date], on: date) -> bool:
    """Whether a meeting has discussed it, as far as days tell, or it has waited for too long."""
    last, day = records.last_agenda, mark.row.day
    since = day
    if last.on is not None:
        if mark.identity not in last.discussed or last.on >= on:
            return False  # no meeting yet
        since = max(day or last.on, last.on)
    following = latest.get(name_key(mark.person))
    if since is not None and following is not None and following > since:
        return True
    return day is not None and (on - day).days > records.settings.discuss_days


def _latest(records: Records, on: date) -> dict[str, date]:
    """The day of each person's last line of Suivi by that day, papers handed over aside."""
    found: dict[str, date] = {}
    for row in records.follow_ups.rows:
        if row.day is not None and row.day <= on and not row.is_hand_over:
            key = name_key(records.name_or_typed(row.person))
            found[key] = max(found.get(key, row.day), row.day)
    return found
