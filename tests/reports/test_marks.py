"""Marks *À discuter*: on the agenda until the meeting that discussed them, then counted there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.values import DatedText
from cedre_xlsx.reports.meeting import Section, agenda, ended_marks
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.kept import LastAgenda, ended_identity, ended_in
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import FOLLOW_UP, PEOPLE

ON = date(2026, 5, 12)
BEFORE = date(2026, 5, 5)  # the last refresh


def line(row: int, day: date | None, **cells: Any) -> FollowUpRow:
    good = {"person": "Ali", "action": f"Action {row}", "dated": DatedText("", day), **cells}
    return FollowUpRow(row=row, **good)


def marked(day: date | None = date(2026, 5, 1), **cells: Any) -> FollowUpRow:
    return line(5, day, to_discuss=True, **cells)


def records(*rows: FollowUpRow, last: LastAgenda | None = None, **person: Any) -> Records:
    people = (PersonRow(row=5, last_name="Ali", registered=date(2026, 1, 5), **person),)
    return Records(
        people=Table.of(PEOPLE, people),
        follow_ups=Table.of(FOLLOW_UP, rows),
        last_agenda=last or LastAgenda(),
    )


def shown(made: Records) -> list[int | None]:
    items = [item for one in agenda(made, (), ON) for item in one.items]
    return [item.place.row for item in items if item.section is Section.TO_DISCUSS]


def seen(*rows: FollowUpRow, on: date = BEFORE, **person: Any) -> Records:
    """The same, after a refresh of that day that showed every mark."""
    made = records(*rows, **person)
    items = [item for one in agenda(made, (), ON) for item in one.items]
    last = LastAgenda(on, frozenset(item.identity for item in items))
    return records(*rows, last=last, **person)


MARK = marked()
AFTER, MEANWHILE = line(6, date(2026, 5, 8)), line(6, date(2026, 5, 4))

#: The workbook, and whether the mark is on the agenda still.
CASES: dict[str, tuple[Records, bool]] = {
    "no meeting yet": (records(MARK), True),
    "an outcome is noted": (records(marked(outcome="vu avec elle")), False),
    "the person left": (records(MARK, exited=date(2026, 5, 11)), False),
    "the person leaves today": (records(MARK, exited=ON), True),
    "a name that nobody has": (records(marked(person="Inconnu")), True),
    "nothing tells what was shown, a later line": (records(MARK, MEANWHILE), False),
    "nothing tells what was shown, a paper handed over": (
        records(MARK, line(6, date(2026, 5, 4), action="Fiche remise au référent unique")), True),
    "nothing tells what was shown, a line to come": (
        records(MARK, line(6, date(2026, 6, 1))), True),
    "shown, no line since": (seen(MARK), True),
    "shown, a line between the mark and that agenda": (seen(MARK, MEANWHILE), True),
    "shown, a line of that very day": (seen(MARK, line(6, BEFORE)), True),
    "shown, a line after that agenda": (seen(MARK, AFTER), True),  # told below
    "a new mark on an old line": (
        records(marked(date(2026, 1, 9)), MEANWHILE, last=LastAgenda(BEFORE)), True),
    "60 days": (records(marked(date(2026, 3, 13))), True),
    "61 days": (records(marked(date(2026, 3, 12))), False),
    "without a date": (records(marked(None)), True),
}  # fmt: skip
CASES["shown, a line after that agenda"] = (
    records(MARK, AFTER, last=seen(MARK).last_agenda), False)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mark_ends_with_its_meeting(case: str) -> None:
    made, is_shown = CASES[case]
    assert shown(made) == ([5] if is_shown else [])
    assert [row.row for row in ended_marks(made, ON).rows] == ([] if is_shown else [5])


def test_the_same_day_says_the_same_again() -> None:
    """What the agenda of today shows and remembers changes nothing when it is read back."""
    first = records(MARK, AFTER, last=seen(MARK).last_agenda)
    ended = ended_marks(first, ON)
    told = LastAgenda(ON, frozenset(), ended_in(ended_identity(ended.tokens)))
    assert ended_marks(records(MARK, AFTER, last=told), ON) == ended
    old = marked(date(2026, 1, 9))
    now = records(old, AFTER, last=LastAgenda(BEFORE))
    assert shown(now) == [5]
    assert shown(records(old, AFTER, last=seen(old, on=ON).last_agenda)) == [5]


def test_one_line_counts_them() -> None:
    said = ended_marks(records(marked(outcome="vu")), ON).sentence("Suivi")
    assert said == "1 marque « À discuter » terminée n'est plus montrée : Suivi, ligne 5."
    rows = [line(n, date(2026, 5, 1), to_discuss=True, outcome="vu") for n in range(5, 13)]
    assert ended_marks(records(*rows), ON).sentence("Suivi") == (
        "8 marques « À discuter » terminées ne sont plus montrées : "
        "Suivi, lignes 5, 6, 7, 8, 9 et 3 autres."
    )
    assert ended_marks(records(MARK), ON).sentence("Suivi") == ""
