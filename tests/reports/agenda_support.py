"""An agenda in a test: what the team types on it, and what it does to the lines it is about."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.schema.tables import FOLLOW_UP, PEOPLE
from tests.hands import grid, typed
from tests.package_checker import check_package
from tests.small_association import LATER, refreshed_workbook

SHEET = "Réunion"

PERSON, SUBJECT, REMARK = 1, 2, 3

TEXT, WHO, DUE, POURED, LINK = 4, 5, 6, 7, 8  # places in a row, from 0 on

BOX = "☐"

MEETING = date(2026, 10, 10)


def refreshed(path: Path, on: date = LATER) -> bytes:
    """A sound refresh."""
    api.refresh(path, on=on)
    data = path.read_bytes()
    assert check_package(data) == []
    return data


def items(data: bytes) -> dict[tuple[str, str], int]:
    """The rows of the points by person and subject."""
    return {
        (str(row[PERSON]), str(row[SUBJECT])): number
        for number, row in enumerate(grid(data, SHEET), start=1)
        if row[0] == BOX
    }


def decide(data: bytes, row: int, text: str, who: str = "", due: object = None) -> bytes:
    """Someone types a decision on a row of the agenda."""
    return typed(data, SHEET, {f"E{row}": text, f"F{row}": who or None, f"G{row}": due})


def decisions(data: bytes) -> dict[str, tuple[object, ...]]:
    """Each row that holds a decision, by its text: person, subject, who, when, poured."""
    found: dict[str, tuple[object, ...]] = {}
    for row in grid(data, SHEET)[5:]:
        if any(row[place] not in ("", None) for place in (TEXT, WHO, DUE, POURED)):
            assert str(row[TEXT]) not in found, f"twice: {row}"
            found[str(row[TEXT])] = (row[PERSON] or row[0], row[SUBJECT], *row[WHO:LINK])
    return found


def rows_of(data: bytes, spec: str = FOLLOW_UP.sheet) -> tuple[list[str], dict[int, list[object]]]:
    """The headings of an entry sheet, and its rows by number."""
    rows = grid(data, spec)
    return [str(cell) for cell in rows[3]], {n: row for n, row in enumerate(rows, start=1) if n > 4}


def column(headings: Sequence[str], heading: str) -> str:
    return chr(ord("A") + headings.index(heading))


def follow_up(data: bytes, person: str, action: str) -> int:
    """The row of a line of Suivi."""
    headings, rows = rows_of(data)
    who, what = headings.index("Personne"), headings.index("Actions proposées par l'AI / ETTI")
    return next(n for n, row in rows.items() if (row[who], row[what]) == (person, action))


def change(data: bytes, row: int, heading: str, value: object) -> bytes:
    """Someone changes a cell of Suivi."""
    letter = column(rows_of(data)[0], heading)
    return typed(data, FOLLOW_UP.sheet, {f"{letter}{row}": value})


ACTION = "Actions proposées par l'AI / ETTI"


def some_point(data: bytes) -> tuple[str, str, int]:
    """A point of the agenda that stands for an action to propose."""
    rows = grid(data, SHEET)
    return next((person, subject, row) for (person, subject), row in items(data).items()
                if "notée il y a" in str(rows[row - 1][REMARK]))  # fmt: skip


def sorted_agenda(data: bytes) -> bytes:
    """The points that are seen, the other way round: the hidden keys stay where they were."""
    rows = grid(data, SHEET)
    numbers = [n for n, row in enumerate(rows, start=1) if row[0] == BOX]
    cells: dict[str, object] = {}
    for number, source in zip(numbers, reversed(numbers), strict=True):
        for place, value in enumerate(rows[source - 1][: LINK + 1]):
            cells[f"{chr(ord('A') + place)}{number}"] = value if value != "" else None
    return typed(data, SHEET, cells)


def new_line(data: bytes, person: str, action: str) -> tuple[bytes, int]:
    """A line of Suivi as `minutes` adds it, its Statut (1)."""
    headings, rows = rows_of(data)
    action_at = headings.index(ACTION)
    number = max(n for n, row in rows.items() if row[0] or row[action_at]) + 1
    cells = {"Personne": person, "Dates": (MEETING - date(1899, 12, 30)).days, ACTION: action,
             "Statut": "(1) À proposer"}  # fmt: skip
    letters = {column(headings, heading): value for heading, value in cells.items()}
    return typed(data, "Suivi", {f"{letter}{number}": v for letter, v in letters.items()}), number


def without_line(data: bytes, number: int) -> bytes:
    """Someone erases all of a line of Suivi."""
    headings, _ = rows_of(data)
    cells = {f"{column(headings, heading)}{number}": None for heading in headings if heading}
    return typed(data, "Suivi", cells)


def without_name(data: bytes, number: int) -> bytes:
    """Someone erases the name on a line of Suivi."""
    return change(data, number, "Personne", None)


def renamed(data: bytes, person: str) -> bytes:
    """Someone has another first name everywhere."""
    headings, rows = rows_of(data, PEOPLE.sheet)
    last, first = headings.index("Nom"), headings.index("Prénom")
    number = next(n for n, row in rows.items() if f"{row[last]} {row[first]}" == person)
    data = typed(data, PEOPLE.sheet, {f"{column(headings, 'Prénom')}{number}": "Anne-Lise"})
    new = f"{rows[number][last]} Anne-Lise"
    for sheet in ("Suivi", "Engagements", "Missions", "Freins"):
        lines, there = rows_of(data, sheet)
        cells = {f"{column(lines, 'Personne')}{n}": new for n, row in there.items()
                 if row[lines.index("Personne")] == person}  # fmt: skip
        data = typed(data, sheet, cells)
    return data


@cache
def agenda_bytes() -> bytes:
    """An agenda on which actions have waited for long enough to be brought up."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "suivi.xlsx")
        made.write_bytes(refreshed_workbook())
        api.refresh(made, on=MEETING)
        return made.read_bytes()
