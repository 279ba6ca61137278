"""What a merge decided, written into A: cells, columns and lines, then lines taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cedre_xlsx.merging.model import Line, Note, Spot, TableMerge
from cedre_xlsx.merging.pair import PairMerge
from cedre_xlsx.merging.settings import SETTINGS
from cedre_xlsx.merging.telling import line_text, person_of, value_of
from cedre_xlsx.ooxml.areas import MAX_COLUMN, MAX_ROW, Area, areas
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.workbook.edit.feet import feet_of
from cedre_xlsx.workbook.edit.kept_lines import Kept, kept_lines
from cedre_xlsx.workbook.edit.model import (
    CellChange,
    CellValue,
    Edited,
    LineChange,
    NewColumn,
    NewRow,
    Unwritten,
)
from cedre_xlsx.workbook.edit.pointers import Pointers
from cedre_xlsx.workbook.edit.write import edited, saved_by_us
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.stale import drop_stale_values
from cedre_xlsx.workbook.places_read import places_read
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.block import block_places
from cedre_xlsx.workbook.read.raw import RawWorkbook, is_error
from cedre_xlsx.workbook.read.source import raw_workbook
from cedre_xlsx.workbook.typed_lines import OWN

Moves = Mapping[str, Mapping[int, int | None]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A's bytes with what was taken of B; what is told, at the places where it stands now.

    `moves` says where the lines of tables went, by the titles of their sheets; `said` are French
    sentences.
    """

    data: bytes
    notes: tuple[Note, ...]
    moves: Moves
    cells: int = 0
    lines: int = 0
    removed: int = 0
    said: tuple[str, ...] = ()


def written(book: OpenBook, merge: PairMerge, path: Path, on: date) -> Taken:
    """Write what was decided into A."""
    notes = [note for one in merge.tables for note in one.notes] + merge.sheets.notes
    made = _edited(book, merge, path, notes)
    notes += [_of_unwritten(one, merge) for one in made.left]
    notes = [_placed(note, made) for note in notes]
    left = {one.table: one.removed for one in merge.tables if one.removed}
    gone = without_lines(made.data, left, path, on)
    moves = {one.sheet: one.moves for one in gone.kept}
    tables = {one.table: one.sheet for one in merge.tables}
    return Taken(
        gone.data,
        tuple(moved_note(note, moves, tables) for note in notes),
        moves,
        cells=len(made.made),
        lines=len(made.placed),
        removed=sum(map(len, left.values())),
        said=(*made.notes, *gone.said),
    )


def _edited(book: OpenBook, merge: PairMerge, path: Path, notes: list[Note]) -> Edited:
    columns: list[NewColumn] = []
    rows: dict[str, list[NewRow]] = {}
    changes: list[CellChange | LineChange] = []
    for one in merge.tables:
        if one.table in SETTINGS:
            changes += _setting_changes(book.workbook, one)
        else:
            columns += _new_columns(one)
            changes += _line_changes(one)
        computed = merge.computed.get(one.table, frozenset())
        new = [_new_row(one, rank, line, computed, notes) for rank, line in enumerate(one.added)]
        if new:
            rows[one.table] = new
    changes += merge.sheets.changes
    records = book.reading.records
    return edited(book.data, records, book.workbook, rows, changes, columns=columns, path=path)


def _new_columns(one: TableMerge) -> Iterator[NewColumn]:
    for name, heading in one.new_columns.items():
        if name.startswith(OWN):
            yield NewColumn(one.table, heading=heading)
        else:
            yield NewColumn(one.table, field=name)


def _line_changes(one: TableMerge) -> Iterator[LineChange]:
    for row, cells in one.changes.items():
        values = {name: value_of(cell) for name, cell in cells.items()}
        fields, extra = _split(one, values)
        yield LineChange(one.table, row, fields, extra)


def _setting_changes(workbook: RawWorkbook, one: TableMerge) -> Iterator[CellChange]:
    place = next(block_places(workbook, SETTINGS[one.table]), None)
    if place is None:
        return
    sheet, _, columns = place
    for row, cells in one.changes.items():
        for name, cell in cells.items():
            letters = column_letter(sheet.column_number(columns[name]))
            yield CellChange(sheet.name, f"{letters}{row}", value_of(cell))


def _new_row(
    one: TableMerge, rank: int, line: Line, computed: Collection[str], notes: list[Note]
) -> NewRow:
    """A line of B's; what it computes is computed by A's table, or told."""
    values: dict[str, CellValue] = {}
    for name, cell in line.cells.items():
        formula = line.formulas.get(name)
        if formula is None and not is_error(cell):
            values[name] = value_of(cell)
        elif name not in computed:
            spot, heading = Spot(one.table, added=rank), one.headings.get(name, name)
            shown = f"={formula}" if formula else cell
            person = person_of(one.table, line)
            notes.append(
                Note(Sort.TO_PLACE, spot, person, column=name, heading=heading, second=shown)
            )
    return NewRow(*_split(one, values))


def _split(
    one: TableMerge, values: Mapping[str, CellValue]
) -> tuple[dict[str, CellValue], dict[str, CellValue]]:
    """Values under our fields, and under the team's own headings."""
    fields = {name: value for name, value in values.items() if not name.startswith(OWN)}
    extra = {one.headings[name]: value for name, value in values.items() if name.startswith(OWN)}
    return fields, extra


def _of_unwritten(left: Unwritten, merge: PairMerge) -> Note:
    """What could not be written, to be placed by hand."""
    if left.table and not left.field and not left.heading:
        one = next(one for one in merge.tables if one.table == left.table)
        line = one.added[left.index]
        text = line_text(line, one.headings)
        return Note(
            Sort.TO_PLACE, None, person_of(left.table, line), second=text, sheet=left.sheet,
        )  # fmt: skip
    if left.table:
        spot = Spot(left.table, added=left.index)
        return Note(Sort.TO_PLACE, spot, heading=left.heading or left.field, second=left.value)
    spot = Spot(sheet=left.sheet, cell=left.cell)
    return Note(Sort.TO_PLACE, spot, heading=left.heading, second=left.value, sheet=left.sheet)


def _placed(note: Note, made: Edited) -> Note:
    """What is told of a line that was added, at its row."""
    spot = note.spot
    if spot is None or spot.added is None:
        return note
    for one in made.placed:
        if (one.table, one.index) == (spot.table, spot.added):
            return replace(note, spot=Spot(spot.table, one.row))
    return replace(note, spot=None)


def moved_note(note: Note, moves: Moves, tables: Mapping[str, str]) -> Note:
    """What is told, once lines went elsewhere; `tables` are the sheets of tables."""
    spot = note.spot
    if spot is None:
        return note
    if spot.table:
        to = moves.get(tables.get(spot.table, ""), {}).get(spot.row, spot.row)
        return replace(note, spot=Spot(spot.table, to) if to is not None else None)
    place = areas(spot.cell)
    here = moves.get(spot.sheet, {})
    if len(place) == 1 and place[0].first_row in here:
        row = here[place[0].first_row]
        cell = f"{column_letter(place[0].first_column)}{row}"
        return replace(note, spot=Spot(sheet=spot.sheet, cell=cell) if row is not None else None)
    return note


@dataclass(frozen=True, slots=True)
class Without:
    """A workbook without some lines; `kept` says where the others went."""

    data: bytes
    kept: tuple[Kept, ...] = ()
    said: tuple[str, ...] = ()


def without_lines(data: bytes, left: Mapping[str, Sequence[int]], path: Path, on: date) -> Without:
    """Take lines out of the tables; the others move up, with all that is tied to them.

    Lines that cannot be parted stay, and that is said.
    """
    if not left:
        return Without(data)
    workbook = raw_workbook(data, path)
    records = read_raw(workbook, on=on).records
    host = Host(Package(data))
    feet = feet_of(host, workbook)
    try:
        kept = kept_lines(host, workbook, left, feet)
    except CedreError as error:
        return Without(data, said=(f"des lignes supprimées restent : {error}",))
    anew = {tab for one in records.generated for tab in one.tabs}
    astray = Pointers(host, kept, anew).follow()
    _drop_values(host, records, kept)
    host.drop_calculation_chain()
    host.ask_for_calculation()
    host.save()
    said = tuple(f"{one.text} : une ligne supprimée. Corrigez ce renvoi." for one in astray)
    return Without(host.package.data(), kept, said)


def _drop_values(host: Host, records: Records, kept: Sequence[Kept]) -> None:
    """Take out what formulas show of the lines as they were, where that would be believed."""
    if saved_by_us(host):
        return
    changed = {one.sheet: [Area(1, 1, MAX_ROW, MAX_COLUMN)] for one in kept if one.has_moved}
    drop_stale_values(host, changed, places_read(records))
