"""The two live sheets for generated people, computed by LibreOffice: every value, no error."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest

from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.form_live import CUT
from cedre_xlsx.workbook.template.person_table import FIRST_LINE, LAST_ROW, RANGE_ROW
from tests.forms.test_pdf import Made, filling_of, made_people
from tests.support import needs_libreoffice, values_of
from tests.workbook.template.test_libreoffice import Values

PERSON, CONVENTION = "Fiche individuelle", "Convention"


_ERRORS = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"}


#: What stands in the two choice cells of the one workbook that all the others are made from.
_CHOICES = ("La personne choisie", "CP-0000-000")


@dataclass(frozen=True)
class Computed:
    """A person, and the workbook with that person chosen once LibreOffice has computed it."""

    person: Made
    values: Values


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> list[Computed]:
    """The workbook with each person chosen, all of them opened and saved in one go."""
    # Minors, long texts and short: all fifty are on their PDF forms.
    people = made_people()[14:28:2]
    folder = tmp_path_factory.mktemp("sheets")
    person, reference = _CHOICES
    chosen = build_workbook(replace(filling_of(people), person=person, reference=reference))
    for rank, one in enumerate(people):
        names = (one.name, str(one.engagements[-1]["reference"]))
        (folder / f"{rank}.xlsx").write_bytes(
            _with(chosen, dict(zip(_CHOICES, names, strict=True)))
        )
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
             "--convert-to", "xlsx", "--outdir", str(folder / "fait"),
             *(str(folder / f"{rank}.xlsx") for rank in range(len(people)))],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    return [
        Computed(one, values_of((folder / "fait" / f"{rank}.xlsx").read_bytes()))
        for rank, one in enumerate(people)
    ]


def _with(data: bytes, choices: Mapping[str, str]) -> bytes:
    """The workbook with other choices, typed in its XML: only LibreOffice computes the rest."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(made, "w") as copy:
        for name in package.namelist():
            content = package.read(name).decode() if name.endswith(".xml") else package.read(name)
            if isinstance(content, str):
                for before, after in choices.items():
                    content = content.replace(before, escape(after))
                content = re.sub(r"</f><v>[^<]*</v>", "</f>", content)  # LibreOffice keeps them
            copy.writestr(name, content)
    return made.getvalue()


def lost(row: Mapping[str, Any], fields: Sequence[str], cells: set[str]) -> dict[str, str]:
    """The values of these fields that no cell shows: whole, or cut with the mark."""
    values = {field: _shown(row[field]) for field in fields if row.get(field) not in (None, "")}
    return {field: text for field, text in values.items() if not _is_in(text, cells)}


def _is_in(text: str, cells: set[str]) -> bool:
    flat = text.replace("\n", " / ")
    return (
        text in cells
        or flat in cells
        or any(
            cell.endswith(CUT) and len(cell) > 100 and flat.startswith(cell[: -len(CUT)])
            for cell in cells
        )
    )


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)


def cells_of(values: Values, sheet: str) -> set[str]:
    return {_shown(cell) for row in values[sheet] for cell in row if cell not in ("", None)}


@needs_libreoffice
def test_no_formula_gives_an_error(computed: list[Computed]) -> None:
    found = {
        (one.person.name, sheet, cell)
        for one in computed
        for sheet, rows in one.values.items()
        for row in rows
        for cell in row
        if isinstance(cell, str) and (cell in _ERRORS or cell.startswith("Err:"))
    }
    assert found == set()


@needs_libreoffice
def test_the_individual_sheet_shows_every_value(computed: list[Computed]) -> None:
    wrong: dict[str, object] = {}
    for one in computed:
        cells = cells_of(one.values, PERSON)
        head = one.person.head
        fields = ("first_name", "advisor", "pre_reception", "interview", "registered", "request")
        wrong[one.person.name] = lost(head, fields, cells)
        named = " ".join(filter(None, (head["title"], head["last_name"])))
        if not any(cell.startswith(named) for cell in cells):
            wrong[f"{one.person.name} Nom"] = named
        columns = texts_of(one.values)
        whole = sum(is_on(columns, line) for line in one.person.lines)
        if whole < lines_told(one):
            wrong[f"{one.person.name} lines"] = (whole, lines_told(one))
    assert {name: found for name, found in wrong.items() if found} == {}


_FIELDS = ("dated", "action", "objective", "engagement", "deadline", "outcome")


def texts_of(values: Values) -> list[str]:
    """What the rows of each column of the table say one after the other, without spaces."""
    rows = values[PERSON][FIRST_LINE - 1 : LAST_ROW]
    return ["".join(_dense(row[place]) for row in rows) for place in range(len(_FIELDS))]


def is_on(columns: Sequence[str], line: Mapping[str, Any]) -> bool:
    """Whether every text of a line is in its column: whole, or cut where it is very long."""
    for column, field in zip(columns, _FIELDS, strict=True):
        value = line.get(field)
        text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
        if _dense(text) not in column and _dense(text.replace("\n", " / "))[:100] not in column:
            return False
    return True


def lines_told(one: Computed) -> int:
    """How many lines the page says that it has: all of them where it says nothing."""
    told = re.match(r"Lignes? (?:1 à )?(\d+) sur", str(one.values[PERSON][RANGE_ROW - 1][0]))
    return int(told[1]) if told else len(one.person.lines)


def _dense(value: object) -> str:
    return "".join(str(value).split())


@needs_libreoffice
def test_the_convention_shows_every_value(computed: list[Computed]) -> None:
    wrong: dict[str, object] = {}
    for one in computed:
        cells = cells_of(one.values, CONVENTION)
        row = one.person.engagements[-1]
        fields = (
            "reference", "agreed", "advisor", "needs", "object", "structure_means", "person_means",
            "deadline", "review_planned", "frequency", "reviewed", "comments",
        )  # fmt: skip
        wrong[one.person.name] = lost(row, fields, cells)
        ticked = {cell[3:] for cell in cells if cell.startswith("☒")}
        wanted = {str(answer) for answer in (row["achieved"], row["follow_up"]) if answer}
        assert {box.removesuffix(" *") for box in ticked} == wanted, one.person.name
        assert ("Représentant(e) légal(e)" in cells) == (one.person.head["birth_year"] == 2008)
        cut = any(cell.endswith(CUT) for cell in cells)
        assert any("coupé" in cell for cell in cells) == cut, one.person.name
    assert {name: found for name, found in wrong.items() if found} == {}
