"""What people typed in the open columns of the sheets that `refresh` makes: by its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cedre_xlsx.merging.model import Note, Spot
from cedre_xlsx.schema.decisions import DECISION_COLUMNS
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.schema.generated import identity_in, is_kept_key
from cedre_xlsx.schema.generated_sheets import MEETING_KIND
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.workbook.edit.model import CellChange, CellValue
from cedre_xlsx.workbook.fingerprint import plain
from cedre_xlsx.workbook.read.decisions import agenda_cells
from cedre_xlsx.workbook.read.raw import RawWorkbook

_MEETING = MEETING_KIND.sheet


@dataclass(frozen=True, slots=True)
class TypedNote:
    """A text typed on a line of a generated sheet: `sheet` as a new workbook names it, what its
    line is known by ("" for one that is gone), whose it is.
    """

    sheet: str
    identity: str
    field: str
    heading: str
    person: str
    value: CellValue

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell that it belongs to."""
        return self.sheet, self.identity, self.field


def typed_notes(records: Records) -> list[TypedNote]:
    """All that people typed on the lines of `Synthèse`, `Contrôle` and `Réunion`."""
    return [*_of_tables(records), *_of_meeting(records)]


def merged_notes(
    first: Records, workbook: RawWorkbook, second: Records, base: Records | None
) -> tuple[list[CellChange], list[Note]]:
    """What is written on A's lines of what was typed on B's, and what is told: another text of A's
    stays; so does what B has of a line that A's sheets do not show.
    """
    mine = {note.place: note for note in typed_notes(first) if note.identity}
    texts = {(note.sheet, note.field, plain(note.value)) for note in typed_notes(first)}
    was = {note.place: plain(note.value) for note in typed_notes(base)} if base else {}
    cells = open_cells(first, workbook)
    changes, told = [], []
    for note in typed_notes(second):
        there, said = mine.get(note.place), plain(note.value)
        if (there is not None and plain(there.value) == said) or was.get(note.place) == said:
            continue
        where = cells.get(note.place) if note.identity else None
        if where is None:
            if (note.sheet, note.field, said) not in texts:
                told.append(_told(Sort.TO_PLACE, note, Spot(), None, was))
        elif (there is None and note.place not in was) or (
            there is not None and was.get(note.place) == plain(there.value)
        ):
            changes.append(CellChange(*where, note.value))
        else:
            spot = Spot(sheet=where[0], cell=where[1])
            value = there.value if there is not None else None
            told.append(_told(Sort.CONFLICT, note, spot, value, was))
    return changes, told


def _told(
    sort: Sort,
    note: TypedNote,
    spot: Spot,
    mine: CellValue,
    was: Mapping[tuple[str, str, str], str],
) -> Note:
    return Note(
        sort, spot, note.person, heading=note.heading, before=was.get(note.place),
        first=mine, second=note.value, sheet=note.sheet, column=note.field, line=note.identity,
    )  # fmt: skip


def _of_tables(records: Records) -> Iterator[TypedNote]:
    for table in (records.synthesis, records.control):
        for row in table.rows:
            identity = "" if is_kept_key(row.key) else identity_in(row.key)
            for field in table.spec.open:
                value = getattr(row, field)
                if value not in (None, ""):
                    yield TypedNote(
                        table.spec.sheet, identity, field, table.spec.columns[field].header,
                        row.person, value,
                    )  # fmt: skip


def _of_meeting(records: Records) -> Iterator[TypedNote]:
    for one in records.decisions:
        identity = "" if one.gone else one.identity
        for field in ("text", "who", "due"):
            value = getattr(one, field)
            if value not in (None, ""):
                heading = DECISION_COLUMNS[field].header
                yield TypedNote(_MEETING, identity, field, heading, one.person, value)


def open_cells(
    records: Records, workbook: RawWorkbook
) -> dict[tuple[str, str, str], tuple[str, str]]:
    """The open cells of a workbook, each sheet and address, by what they belong to."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    tables: tuple[Table[Any], ...] = (records.synthesis, records.control)
    for table in tables:
        for row in table.rows:
            if is_kept_key(row.key) or not identity_in(row.key):
                continue
            for field in table.spec.open:
                if field in table.columns:
                    cell = f"{column_letter(table.columns[field])}{row.row}"
                    found[table.spec.sheet, identity_in(row.key), field] = (table.sheet, cell)
    for identity, sheet, cells in agenda_cells(workbook):
        for field, cell in cells.items():
            found[_MEETING, identity, field] = (sheet, cell)
    return found
