"""What people typed in the sheets that `refresh` makes, by the line that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cedre_xlsx.merging.comparing.aside import Entry, entry_changes
from cedre_xlsx.merging.comparing.cells import shown
from cedre_xlsx.merging.comparing.changes import LineDifference
from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.decisions import DECISION_COLUMNS
from cedre_xlsx.schema.generated import identity_in, is_kept_key, is_key
from cedre_xlsx.schema.generated_sheets import MEETING_KIND, PERIODS_KIND
from cedre_xlsx.schema.kept import kept_line
from cedre_xlsx.schema.records import Table
from cedre_xlsx.workbook.fingerprint import plain
from cedre_xlsx.workbook.read.raw import is_blank

_NOTED = "Texte gardé"


def note_changes(before: Copy, after: Copy) -> Iterator[LineDifference]:
    """The notes, justifications, decisions and kept texts that differ."""
    for made in (_synthesis, _control, _decisions, _old_notes, _kept):
        yield from entry_changes("notes", [*made(before)], [*made(after)])


def _synthesis(copy: Copy) -> Iterator[Entry]:
    return _open_cells(copy.records.synthesis, "action")


def _control(copy: Copy) -> Iterator[Entry]:
    return _open_cells(copy.records.control, "message")


def _open_cells(table: Table[Any], told: str) -> Iterator[Entry]:
    """The rows of a generated table where something was typed."""
    spec = table.spec
    for row in table.rows:
        texts = {
            spec.columns[name].header: text
            for name in spec.open
            if (text := shown(getattr(row, name)))
        }
        if texts:
            where = {spec.columns[name].header: table.place(row, name).cell for name in spec.open}
            line = " · ".join(filter(None, (getattr(row, "code", ""), getattr(row, told))))
            yield Entry(
                table.sheet, " ".join(line.split()), row.row, texts, where, _identity(row, spec),
                row.person,
            )  # fmt: skip


def _identity(row: Row, spec: Any) -> dict[str, str]:
    key = str(getattr(row, "key", ""))
    if key and not is_kept_key(key):
        return {"identity": identity_in(key)}
    told = (plain(getattr(row, name)) for name in spec.telling)
    return {"identity": "|".join(told)}


def _decisions(copy: Copy) -> Iterator[Entry]:
    heads = {name: column.header for name, column in DECISION_COLUMNS.items()}
    for one in copy.records.decisions:
        due = shown(one.due) if isinstance(one.due, date) else one.due or ""
        said = {"text": one.text, "who": one.who, "due": due, "poured": one.said}
        texts = {heads[name]: text for name, text in said.items() if text}
        where = {heads[name]: cell for name, cell in one.cells.items()}
        known = {"identity": one.identity} if one.identity and not one.gone else {}
        line = " ".join((one.subject or "décision").split())
        yield Entry(one.sheet, line, one.row, texts, where, known, one.person)


def _old_notes(copy: Copy) -> Iterator[Entry]:
    table = copy.records.old_notes
    heading = table.spec.columns["text"].header
    for row in table.rows:
        if row.text:
            where = {heading: table.place(row, "text").cell}
            known = {"identity": "|".join(map(plain, (row.sheet, row.line, row.since)))}
            yield Entry(
                table.sheet, row.line or row.sheet, row.row, {heading: row.text}, where, known,
                row.person,
            )  # fmt: skip


def _kept(copy: Copy) -> Iterator[Entry]:
    """The rows at the bottom of `Réunion` and `Périodes`, decisions aside."""
    decided = {(one.sheet, one.row) for one in copy.records.decisions}
    for sheet in copy.raw.sheets:
        if sheet.generated_as not in (MEETING_KIND.mark, PERIODS_KIND.mark):
            continue
        for index, row in enumerate(sheet.grid):
            number = sheet.row_numbers[index]
            keys = [c for c in row if isinstance(c, str) and "|" in c and is_key(c)]
            if not keys or not is_kept_key(keys[0]) or (sheet.name, number) in decided:
                continue
            shown_texts = [shown(c) for c in row if not is_blank(c) and c != keys[0]]
            told = kept_line(shown_texts[0], sheet.generated_as) if shown_texts else None
            text = "\n".join(shown_texts[1:] if told and not told.text else shown_texts)
            if text:
                line = (told.line if told else "") or "texte gardé"
                person = told.person if told else ""
                yield Entry(sheet.name, line, number, {_NOTED: text}, {}, {}, person)
