"""What our commands say of a workbook, before and after a refresh, to compare two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from cedre_xlsx import api
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.tables import CONTROL, MEETING_SHEET, PERIODS_SHEET, SYNTHESIS
from cedre_xlsx.workbook.read import read_workbook
from tests.package_checker import check_package
from tests.programs.facts import readable
from tests.programs.lived import OWN_HEADINGS

#: Faults of the workbook's state: what other programs do to it is their business.
STATE = "CLA"
REFRESHED = (SYNTHESIS.sheet, MEETING_SHEET, PERIODS_SHEET, CONTROL.sheet,
             "Statistiques 2026", "Qui compte 2026")  # fmt: skip

Rows = Mapping[int, tuple[object, ...]]  # number → values, or formulas
_COUNT = 4  # the row of Contrôle that counts the findings
_COUNTED = "|constats"  # how the key ends of the row of Réunion that counts what it does not show


@dataclass(frozen=True, slots=True)
class Told:
    """A workbook as `check`, `stats` and reading tell it."""

    findings: tuple[tuple[object, ...], ...]
    state: tuple[str, ...]  # codes of the findings about the workbook itself, each once
    figures: object
    lines: tuple[tuple[object, ...], ...]  # of each table, the settings first
    own: Mapping[str, tuple[object, ...]]  # what stands under the team's own headings


def told(path: Path, on: date) -> Told:
    """All that is only read."""
    found = api.check(path, on=on).findings
    records = read_workbook(path, on=on).records
    return Told(
        findings=tuple(
            sorted(
                (one.code, one.person, one.place.sheet, one.place.cell, one.message,
                 str(one.waived), str(one.since))
                for one in found
                if not one.code.startswith(STATE)
            )
        ),
        state=tuple(sorted({one.code for one in found if one.code.startswith(STATE)})),
        figures=api.stats(path, on=on).statistics.to_json_object(),
        lines=(
            (records.settings,), tuple(map(_without_formula, records.people.rows)),
            records.follow_ups.rows, records.engagements.rows, records.missions.rows,
            records.barriers.rows,
        ),
        own=own_columns(path),
    )  # fmt: skip


def _without_formula(row: PersonRow) -> PersonRow:
    """A row of Personnes without what a formula said: we compute it ourselves."""
    unreadable = row.unreadable - {"typed_person"}
    return row.model_copy(update={"typed_person": "", "unreadable": unreadable})


def own_columns(path: Path) -> dict[str, tuple[object, ...]]:
    """The first cells under the team's own headings in the entry sheets."""
    book = CalamineWorkbook.from_path(path)
    found = {}
    for title, heading in OWN_HEADINGS.items():
        rows = book.get_sheet_by_name(title).to_python() if title in book.sheet_names else []
        places = [(n, row.index(heading)) for n, row in enumerate(rows) if heading in row]
        if places:
            top, column = places[0]
            found[title] = tuple(row[column] for row in rows[top + 1 : top + 5])
    return found


def generated_rows(data: bytes, unsaid: tuple[str, ...] = ()) -> dict[str, Rows]:
    """Every row of the sheets that `refresh` makes, formulas as such, by its number.

    Of Contrôle, whose lines depend on findings about the file itself, the lines in their order:
    but those of the codes `unsaid`, and the count of them all. Of Réunion, all but the row that
    counts what Contrôle says.
    """
    # read_only: the other sheets are not parsed
    book = load_workbook(BytesIO(readable(data)), read_only=True)
    found = {title: _rows(book[title]) for title in REFRESHED}
    lines = found[CONTROL.sheet]
    codes = (STATE, *unsaid)
    kept = [row for number, row in lines.items()
            if number > _COUNT and not str(row[0]).startswith(codes)]  # fmt: skip
    agenda = {number: row for number, row in found[MEETING_SHEET].items()
              if not str(row[-1]).endswith(_COUNTED)}  # fmt: skip
    return {**found, CONTROL.sheet: dict(enumerate(kept)), MEETING_SHEET: agenda}


def _rows(sheet: Worksheet) -> Rows:
    rows = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        last = max((n for n, value in enumerate(row, 1) if value not in (None, "")), default=0)
        if last:
            rows[number] = row[:last]
    return rows


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A workbook after a refresh: its file, and what is wrong with it."""

    data: bytes
    new_faults: tuple[str, ...]
    second_changes: bool


def refreshed(path: Path, on: date) -> Refreshed:
    """Refresh in place, then again."""
    before = check_package(path.read_bytes())
    api.refresh(path, on=on)
    data = path.read_bytes()
    faults = tuple(fault for fault in check_package(data) if fault not in before)
    api.refresh(path, on=on)
    return Refreshed(data, faults, path.read_bytes() != data)


def differences(one: Mapping[str, Rows], other: Mapping[str, Rows], most: int = 8) -> list[str]:
    """The cells that are not the same, a line each, the first ones."""
    lines = [
        f"{title} {number}.{column}: {ours!r} became {theirs!r}"
        for title in one
        for number in sorted(one[title].keys() | other[title].keys())
        for column, (ours, theirs) in enumerate(
            zip_longest(one[title].get(number, ()), other[title].get(number, ())), start=1
        )
        if ours != theirs
    ]
    more = [f"… {len(lines)} in all"] if len(lines) > most else []
    return lines[:most] + more
