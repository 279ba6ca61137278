"""What a workbook says of somebody on lines, notes and sheets that are not theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cedre_xlsx.ooxml.parts import Package, normal
from cedre_xlsx.privacy.name_forms import NameSearch, Strength
from cedre_xlsx.privacy.somebodies import living_but, named_beside, somebodies
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.judged import Judged, beyond, judged
from cedre_xlsx.privacy.traces.places import cell_of
from cedre_xlsx.privacy.traces.survey import survey
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.tables import DATA_TABLES, HOME_SHEET, SETTINGS_SHEET
from cedre_xlsx.workbook.read.fusion import read_fusion
from cedre_xlsx.workbook.read.locate import locate
from cedre_xlsx.workbook.read.raw import RawWorkbook

#: What other parts show of cells: said where the cells are.
_COPIES = ("xl/pivotcache/", "xl/charts/", "xl/slicer", "xl/sharedstrings")
_DIGITS = re.compile(r"\d+")
#: By sheet, the numbers of some of its rows.
Rows = Mapping[str, set[int]]


@dataclass(frozen=True, slots=True)
class Told:
    """A text that surely names them: where it is, and the text."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is surely of them, and the places where somebody has to see whether it is.

    `whole_rows` are rows of nobody's line, in the team's sheets or beside a table, where they are
    named: all that stands there is about them.
    """

    told: tuple[Told, ...]
    whole_rows: tuple[tuple[str, int], ...]
    doubts: tuple[str, ...]


def elsewhere(
    workbook: RawWorkbook, data: bytes, records: Records, person: Person, hers: Rows
) -> Elsewhere:
    """What names a person outside the rows that are theirs."""
    living = [one for _, other in living_but(records, [person.name]) for one in somebodies(other)]
    search = NameSearch(somebodies(person), living, named_beside(records))
    book = BookParts(Package(data))
    ours = _Ours(book, _lines(workbook), hers, _noted(workbook, records))
    told: dict[Told, None] = {}
    rows: dict[tuple[str, int], None] = {}
    doubts: dict[tuple[str, str], None] = {}
    for one in judged(book, survey(book, search), search, lambda _: ""):
        if ours.is_said_already(one):
            continue
        if one.trace.person is None or one.trace.strength is not Strength.SURE:
            doubts[one.trace.place, one.trace.form] = None
        elif row := ours.free_row(one):
            rows[row] = None
        else:
            told[Told(one.trace.place, one.finding.chars.text)] = None
    for trace in beyond(book, search):
        doubts[trace.place, trace.form] = None
    sure = {one.place for one in told}
    return Elsewhere(
        tuple(told), tuple(rows),
        tuple(f"{place} : « {form} »" if form else place
              for place, form in doubts if place not in sure),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ours:
    """What is known of the rows of a workbook: whose lines, hers, what is typed in made sheets."""

    book: BookParts
    lines: Rows
    hers: Rows
    noted: frozenset[str]

    def is_said_already(self, one: Judged) -> bool:
        """Whether it is on a line of hers, or shown by a sheet, a cache or a chart of ours."""
        sheet, row = _row_of(one)
        if row in self.hers.get(sheet, ()) or normal(one.trace.part).startswith(_COPIES):
            return True
        is_cell = sheet and cell_of(one.finding.unit)
        return bool(is_cell) and self._is_made(sheet) and one.trace.place not in self.noted

    def _is_made(self, sheet: str) -> bool:
        typed = {*self.book.entry, *self.book.own, HOME_SHEET, SETTINGS_SHEET}
        return sheet not in typed

    def free_row(self, one: Judged) -> tuple[str, int] | None:
        """The row of a cell where no line of a table is."""
        sheet, row = _row_of(one)
        is_cell = row and cell_of(one.finding.unit) and normal(one.trace.part) in self.book.titles
        is_free = sheet in self.book.own or row not in self.lines.get(sheet, {row})
        return (sheet, row) if is_cell and is_free else None


def _row_of(one: Judged) -> tuple[str, int]:
    found = _DIGITS.search(one.finding.cell)
    return one.finding.sheet, int(found[0]) if found else 0


def _lines(workbook: RawWorkbook) -> Rows:
    """The rows of the tables that people fill, their headings as well."""
    made: dict[str, set[int]] = {}
    for spec in DATA_TABLES:
        if found := locate(workbook, spec):
            rows = {found.sheet.row_numbers[index] for index in found.rows}
            made[found.sheet.name] = rows | {found.heading_row_number}
    return made


def _noted(workbook: RawWorkbook, records: Records) -> frozenset[str]:
    """The cells of the sheets that are made where the team types, or that are nowhere else."""
    fused = (f"{row.sheet}!{one}" for row in read_fusion(workbook) for one in row.places.values())
    return frozenset((*_noted_cells(records), *fused))


def _noted_cells(records: Records) -> Iterator[str]:
    for row in records.synthesis.rows:
        yield records.synthesis.place(row, "notes").address
    for line in records.control.rows:
        yield records.control.place(line, "justification").address
    for one in records.decisions:
        yield from (f"{one.sheet}!{cell}" for cell in one.cells.values())
    for old in records.old_notes.rows:
        yield records.old_notes.place(old, "text").address
