"""A small workbook as a team has it: refreshed once, then typed in, in all the places for that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl.utils import get_column_letter

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from tests.hands import grid, typed
from tests.programs.drivers import Edit

ON, LATER = date(2026, 9, 30), date(2026, 10, 15)
NAME = "suivi.xlsx"
OWN_HEADINGS = {spec.sheet: f"À nous ({spec.sheet})" for spec in DATA_TABLES}
_PEOPLE = 9


def small_filling(on: date = ON) -> Filling:
    """A few people of the invented association."""
    whole = association(on).filling
    rows = whole.rows["tPersonnes"][-_PEOPLE:]
    made = filling_of(whole, {f"{row['last_name']} {row['first_name']}" for row in rows})
    lines = made.rows["tSuivi"]
    told = [{**line, "dated": _with_a_word(line.get("dated"))} for line in lines]
    return Filling(
        settings=made.settings, rows={**made.rows, "tSuivi": told},
        person=str(lines[0].get("person")), packs=made.packs,
    )  # fmt: skip


def _with_a_word(day: object) -> object:
    """A day with a word, as people note: the form shows a text where most see a date."""
    return f"{day:%d/%m/%Y} au téléphone" if isinstance(day, date) else day


def filling_of(whole: Filling, names: Collection[str]) -> Filling:
    """These people alone, with all their lines."""

    def is_theirs(row: FilledRow) -> bool:
        own = f"{row.get('last_name')} {row.get('first_name')}"
        return row.get("person", own) in names

    rows = {table: list(filter(is_theirs, lines)) for table, lines in whole.rows.items()}
    return Filling(settings=whole.settings, rows=rows, packs=whole.packs)


@cache
def lived() -> bytes:
    """The workbook, before another program saves it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        path.write_bytes(api.workbook_bytes(small_filling()))
        api.refresh(path, on=ON)
        data = path.read_bytes()
    data = _noted(_beside(data))
    for sheet in OWN_HEADINGS:
        data = _own_column(data, sheet)
    return typed(data, "Réunion", {"H9": "apporter les dossiers", "H10": 12, "I10": "=H10*2"})


def action_cell(data: bytes) -> Edit:
    """The text that is changed in the other program: an action of Suivi."""
    rows = grid(data, "Suivi")
    head = next(n for n, row in enumerate(rows) if "Dates" in row)
    column = next(i for i, text in enumerate(rows[head]) if str(text).startswith("Actions prop"))
    return Edit("Suivi", f"{get_column_letter(column + 1)}{head + 3}", "Revoir le CV à l'atelier")


def _noted(data: bytes) -> bytes:
    """Notes, justifications with and without an end."""
    notes = {f"K{row}": f"Note n°{row} : à revoir" for row in (6, 8, 9)}
    data = typed(data, "Synthèse", notes)
    return typed(data, "Contrôle", {
        "I6": "vu en équipe", "J6": 46_477,  # 31/03/2027
        "I8": "accord oral", "J8": "fin juin 2027",
        "I9": "sans date de fin",
    })  # fmt: skip


def _beside(data: bytes) -> bytes:
    """Columns of the team beside the tables of Synthèse and Contrôle, one that computes."""
    data = typed(data, "Synthèse", {
        "N5": "Salle", "N6": "rouge", "N7": "bleue", "N9": "verte",
        "O5": "Longueur", **{f"O{row}": f"=LEN(E{row})" for row in (6, 7, 8)},
    })  # fmt: skip
    return typed(data, "Contrôle", {"L5": "Vu par", "L6": "Linda", "L7": "Omar", "L10": "FAUX"})


def _own_column(data: bytes, sheet: str) -> bytes:
    rows = grid(data, sheet)
    head = next(n for n, row in enumerate(rows, start=1) if sum(map(bool, row)) > 4)
    letters = get_column_letter(len(rows[head - 1]) + 1)
    cells = {f"{letters}{head + n}": f"{sheet}, ligne {n}" for n in (1, 2, 3)}
    return typed(data, sheet, {f"{letters}{head}": OWN_HEADINGS[sheet], **cells})
