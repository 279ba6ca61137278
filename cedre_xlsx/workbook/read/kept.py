"""What the sheets of the last refresh keep: old notes, blocks at the bottom, what was discussed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.generated import KEPT, OldNoteRow, identity_in, is_kept_key, is_key
from cedre_xlsx.schema.generated_sheets import MEETING_KIND, OLD_NOTES_KIND, PERIODS_KIND
from cedre_xlsx.schema.kept import (
    TO_DISCUSS,
    UNDER_ANOTHER,
    KeptNote,
    LastAgenda,
    ended_in,
    kept_line,
)
from cedre_xlsx.schema.records import Table, column_letter
from cedre_xlsx.schema.tables import OLD_NOTES
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook, is_blank

_HEADINGS = {heading_key(column.header): name for name, column in OLD_NOTES.columns.items()}
_HEADING_ROWS = 50  # of a sheet, in which headings are looked for
_SHOWN_ON = re.compile(r" · au (\d{2})/(\d{2})/(\d{4}) · ")
_TITLE_ROWS = 5


def read_old_notes(workbook: RawWorkbook) -> Table[OldNoteRow]:
    """The rows of `Notes anciennes`, by its mark; else of the sheet that has all its headings."""
    marked = [one for one in workbook.sheets if one.generated_as == OLD_NOTES_KIND.mark]
    named = [
        one
        for one in workbook.sheets
        if not one.generated_as and word_key(one.name) == word_key(OLD_NOTES.sheet)
    ]
    for sheet, least in (*((one, 2) for one in marked), *((one, len(_HEADINGS)) for one in named)):
        heading_row, columns = _headed(sheet)
        if len(columns) >= least:
            return _old_notes(sheet, heading_row, columns)
    return Table.of(OLD_NOTES, found=False)


def _headed(sheet: RawSheet) -> tuple[int, dict[str, int]]:
    """The row that has most of the headings, and the column of each field in the grid."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for index, row in enumerate(sheet.grid[:_HEADING_ROWS]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = _HEADINGS.get(heading_key(cell)) if cell else None
            if name is not None:
                found.setdefault(name, place)
        if len(found) > len(best[1]):
            best = index, found
    return best


def _old_notes(sheet: RawSheet, heading_row: int, columns: dict[str, int]) -> Table[OldNoteRow]:
    rows = []
    for index in range(heading_row + 1, len(sheet.grid)):
        cells = {name: sheet.cell(index, place) for name, place in columns.items()}
        if all(map(is_blank, cells.values())):
            continue
        since = cells.pop("since", None)
        known = {name: plain_text(cell) for name, cell in cells.items() if not is_blank(cell)}
        day = since if isinstance(since, date) else None
        values = {"row": sheet.row_numbers[index], "since": day, **known}
        rows.append(OldNoteRow.model_validate(values))
    numbers = {name: sheet.column_number(place) for name, place in columns.items()}
    number = sheet.row_numbers[heading_row]
    return Table(OLD_NOTES, sheet.name, number, numbers, tuple(rows))


def read_kept(workbook: RawWorkbook) -> tuple[KeptNote, ...]:
    """The notes of people in the blocks of `Réunion` and `Périodes`."""
    marks = (MEETING_KIND.mark, PERIODS_KIND.mark)
    sheets = (one for one in workbook.sheets if one.generated_as in marks)
    return tuple(note for sheet in sheets for note in _kept(sheet))


def _kept(sheet: RawSheet) -> Iterator[KeptNote]:
    for index, row in enumerate(sheet.grid):
        key = _key(row)
        if not is_kept_key(key) or key.endswith(f"|{KEPT}"):
            continue
        place, text = next(((p, c) for p, c in enumerate(row) if not is_blank(c)), (0, ""))
        told = kept_line(str(text), sheet.generated_as)
        if told is not None and told.person:
            number = sheet.row_numbers[index]
            cell = f"{column_letter(sheet.column_number(place))}{number}"
            yield KeptNote(sheet.name, number, cell, told.person)


def _key(row: Sequence[Cell]) -> str:
    """The hidden key of a row; "" for one without."""
    return next((c for c in row if isinstance(c, str) and "|" in c and is_key(c)), "")


def read_last_agenda(workbook: RawWorkbook) -> LastAgenda:
    """What the last `Réunion` showed under *À discuter*, and when."""
    for sheet in workbook.sheets:
        if sheet.generated_as == MEETING_KIND.mark:
            return _last_agenda(sheet)
    return LastAgenda()


def _last_agenda(sheet: RawSheet) -> LastAgenda:
    discussed: set[str] = set()
    ended: frozenset[str] = frozenset()
    within = False
    for row in sheet.grid:
        key = _key(row)
        if not key or is_kept_key(key):
            continue
        identity = identity_in(key)
        first, second = (*row, None, None)[:2]
        if is_blank(second):  # the name of a kind of points with its count, or of an advisor
            within = str(first).partition(" (")[0] == TO_DISCUSS
            ended |= ended_in(identity)
        elif within and not any(str(cell).startswith(UNDER_ANOTHER) for cell in row):
            discussed.add(identity)
    return LastAgenda(_shown_on(sheet), frozenset(discussed), ended)


def _shown_on(sheet: RawSheet) -> date | None:
    for row in sheet.grid[:_TITLE_ROWS]:
        for cell in row:
            if isinstance(cell, str) and (found := _SHOWN_ON.search(cell)):
                day, month, year = map(int, found.groups())
                try:
                    return date(year, month, day)
                except ValueError:
                    return None
    return None
