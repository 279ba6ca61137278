"""What the last refresh keeps is read back from the file itself: notes of people who are gone, and
what the last agenda showed.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from cedre_xlsx import api
from tests.hands import grid, typed
from tests.small_association import LATER, ON, refreshed_workbook

AGED = date(2027, 11, 20)
NEXT = date(2026, 10, 8)


def refreshed(data: bytes, path: Path, on: date) -> bytes:
    path.write_bytes(data)
    api.refresh(path, on=on)
    return path.read_bytes()


def findings(data: bytes, path: Path, on: date) -> set[tuple[str, str]]:
    """The sheets, and the words, of what is said of notes of people who are gone."""
    path.write_bytes(data)
    found = api.check(path, on=on, select=["DCP06"]).findings
    return {(one.place.sheet, one.message.partition(" ")[0]) for one in found}


@cache
def who() -> str:
    """Someone who is on the agenda, and has lines elsewhere."""
    rows = grid(refreshed_workbook(), "Réunion")
    return next(str(row[1]) for row in rows if row[0] == "☐" and len(str(row[1]).split()) == 2)


def without(data: bytes, person: str) -> bytes:
    """A person taken out of every sheet that people fill."""
    last, first = person.split()
    for title in ("Personnes", "Suivi", "Engagements", "Missions", "Freins"):
        names = {last, first} if title == "Personnes" else {person}
        cells: dict[str, object] = {
            f"{get_column_letter(column)}{number}": None
            for number, row in enumerate(grid(data, title), start=1)
            if names <= set(map(str, row[:4]))
            for column in range(1, len(row) + 1)
        }
        data = typed(data, title, cells)
    return data


@pytest.mark.slow
def test_notes_of_someone_who_was_taken_out_are_found_wherever_they_are(tmp_path: Path) -> None:
    path, data = tmp_path / "suivi.xlsx", refreshed_workbook()
    number = next(n for n, row in enumerate(grid(data, "Réunion"), start=1) if row[1] == who())
    data = typed(data, "Réunion", {f"H{number}": "à dire en réunion"})
    assert findings(data, path, LATER) == set()
    gone = refreshed(without(data, who()), path, LATER)
    assert findings(gone, path, LATER) == {("Réunion", "1")}
    aged = refreshed(gone, path, AGED)
    assert findings(aged, path, AGED) == {("Notes anciennes", "1")}


def marks(data: bytes) -> list[str]:
    """The actions under *À discuter*."""
    found, within = [], False
    for row in grid(data, "Réunion"):
        if row[0] != "☐":
            within = str(row[0]).startswith("À discuter (")
        elif within:
            found.append(str(row[2]))
    return found


@pytest.mark.slow
def test_a_mark_waits_for_the_meeting_that_follows_it(tmp_path: Path) -> None:
    """Its line is from before the last agenda, and its person has a later one."""
    path, data = tmp_path / "suivi.xlsx", refreshed_workbook()
    rows = grid(data, "Suivi")
    titles = next(row for row in rows if "Dates" in row)
    column = {name: get_column_letter(titles.index(name) + 1) for name in titles if name}
    line = next(n for n, row in enumerate(rows, start=1)
                if row[0] == who() and row[titles.index("Statut")] == "(2) En cours")  # fmt: skip
    after = len(rows) + 1
    serial = (date(2026, 9, 29) - date(1899, 12, 30)).days
    data = typed(data, "Suivi", {
        f"{column['Dates']}{line}": serial - 10, f"{column['À discuter']}{line}": "OUI",
        f"{column['Suites données / Décisions prises']}{line}": None,
        f"A{after}": who(), f"B{after}": serial, f"C{after}": "Une ligne plus tard",
    })  # fmt: skip
    action = str(rows[line - 1][2])
    shown = refreshed(data, path, NEXT)
    assert action in marks(shown)
    serial = (NEXT - date(1899, 12, 30)).days + 1
    later = {f"A{after + 1}": who(), f"B{after + 1}": serial, f"C{after + 1}": "Après la réunion"}
    assert action not in marks(refreshed(typed(shown, "Suivi", later), path, LATER))
    assert ON < NEXT < LATER
