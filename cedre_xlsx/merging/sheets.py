"""What is typed in no table: beside and under those of ours, and in the team's own sheets.

Rows are paired by what they hold, or follow the line that they stand beside; a cell that cannot be
placed is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from cedre_xlsx.merging.model import Note, Spot, TableMerge
from cedre_xlsx.merging.remarks import remark_notes
from cedre_xlsx.merging.sides import Place, Side
from cedre_xlsx.merging.telling import value_of
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import CHOICE_TABLES, COMPUTED_SHEETS, DATA_TABLES, MEMORY
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.edit.model import CellChange
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.read.block import block_places, block_rows
from cedre_xlsx.workbook.read.locate import locate
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook, is_blank, is_error

_MOST_ROWS = 3_000  # of a sheet, to be paired by what they hold
_COMPUTED = frozenset(title.casefold() for title in (*COMPUTED_SHEETS, MEMORY.sheet))
Rows = Mapping[int, Mapping[int, Cell]]


@dataclass
class SheetsMerge:
    """What becomes of these cells: those that are written, what is told, the sheets of B alone."""

    changes: list[CellChange] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    only_theirs: list[str] = field(default_factory=list)


def merged_sheets(
    first: Side,
    second: Side,
    base: OpenBook | None,
    tables: Sequence[TableMerge],
    prints: CellPrints,
) -> SheetsMerge:
    """What becomes of what stands in no table of A when B's is merged into it."""
    found = SheetsMerge()
    mine = {sheet.name.casefold(): sheet for sheet in _typed_sheets(first.book.workbook)}
    was = {} if base is None else {s.name.casefold(): s for s in _typed_sheets(base.workbook)}
    for sheet in _typed_sheets(second.book.workbook):
        there = mine.get(sheet.name.casefold())
        if there is None:
            there = _same_table(first, second, sheet)
        if there is None:
            if any(map(_is_filled, sheet.grid)):
                found.only_theirs.append(sheet.name)
            continue
        here = [one for one in tables if one.sheet == there.name]
        rows = {b: a for one in here for b, a in one.rows.items()}
        pairs = _Sheet(
            found, first, second, there, sheet, was.get(sheet.name.casefold()), base, prints
        ).go(rows)
        remarks = first.remarks.get(there.name, {}), second.remarks.get(sheet.name, {})
        found.notes += remark_notes(there.name, *remarks, pairs, here)
    return found


def _typed_sheets(workbook: RawWorkbook) -> Iterator[RawSheet]:
    """The sheets in which people type anywhere."""
    for sheet in workbook.sheets:
        if not sheet.generated_as and sheet.name.casefold() not in _COMPUTED:
            yield sheet


def _same_table(first: Side, second: Side, sheet: RawSheet) -> RawSheet | None:
    """A's sheet of the table of ours that stands in that sheet of B's, which was renamed."""
    for spec in DATA_TABLES:
        theirs = locate(second.book.workbook, spec)
        if theirs is not None and theirs.sheet is sheet:
            mine = locate(first.book.workbook, spec)
            return None if mine is None else mine.sheet
    return None


def _is_filled(row: Sequence[Cell]) -> bool:
    return not all(map(is_blank, row))


class _Sheet:
    """One sheet of both while it is merged."""

    def __init__(
        self,
        found: SheetsMerge,
        first: Side,
        second: Side,
        mine: RawSheet,
        theirs: RawSheet,
        was: RawSheet | None,
        base: OpenBook | None,
        prints: CellPrints,
    ) -> None:
        self._found, self._prints = found, prints
        self._title = mine.name
        self._mine = free_cells(first.book.workbook, mine)
        self._theirs = free_cells(second.book.workbook, theirs)
        self._was = free_cells(base.workbook, was) if base is not None and was is not None else {}
        self._has_base = was is not None
        self._taken = _taken(first.book.workbook, mine)
        self._formulas = (first.formulas.get(mine.name, {}), second.formulas.get(theirs.name, {}))

    def go(self, lines: Mapping[int, int]) -> dict[int, int]:
        """Cell by cell; `lines` are A's rows of the lines that both have, by B's. Gives A's rows of
        all that both have.
        """
        pairs = {**self._paired(self._mine, self._theirs, lines), **lines}
        origin = self._paired(self._was, self._theirs, {}) if self._has_base else {}
        for row, cells in self._theirs.items():
            self._row(row, cells, pairs.get(row), self._was.get(origin.get(row, 0)))
        return pairs

    def _paired(self, left: Rows, right: Rows, known: Mapping[int, int]) -> dict[int, int]:
        """The rows of the left side by those of the right one that hold the same, or stand in the
        place of the same number of others.
        """
        mine = [row for row in left if row not in known.values()]
        theirs = [row for row in right if row not in known]
        if len(mine) > _MOST_ROWS or len(theirs) > _MOST_ROWS:
            return {row: row for row in theirs}
        texts = [self._said(left[row]) for row in mine], [self._said(right[row]) for row in theirs]
        matcher = SequenceMatcher(None, *texts, autojunk=False)
        pairs: dict[int, int] = {}
        for _, a, end_a, b, end_b in matcher.get_opcodes():
            if end_a - a == end_b - b:
                pairs.update(zip(theirs[b:end_b], mine[a:end_a], strict=True))
        return pairs

    def _said(self, cells: Mapping[int, Cell]) -> tuple[tuple[int, str], ...]:
        return tuple((column, self._prints.of(cell)) for column, cell in cells.items())

    def _row(
        self, row: int, cells: Mapping[int, Cell], to: int | None, was: Mapping[int, Cell] | None
    ) -> None:
        if to is None and was is not None and self._said(was) == self._said(cells):
            return  # A took it out
        mine = self._mine.get(to if to is not None else row, {})
        if to is None and mine:
            for column, cell in cells.items():
                self._tell(Sort.TO_PLACE, f"{column_letter(column)}{row}", None, cell)
            return
        number = row if to is None else to
        emptied = (was or {}).keys() - cells.keys() if to is not None else ()
        for column in (*cells, *emptied):
            before = (was or {}).get(column)
            self._cell(number, row, column, mine.get(column), cells.get(column), before)

    def _cell(
        self, number: int, row: int, column: int, mine: Cell, other: Cell, before: Cell
    ) -> None:
        a, b, was = (self._prints.of(cell) for cell in (mine, other, before))
        formulas = self._formulas[0].get((number, column)), self._formulas[1].get((row, column))
        if a == b or (formulas[0] is not None and formulas[0] == formulas[1]):
            return
        if (self._has_base and b == was) or (not self._has_base and not b):
            return
        place = f"{column_letter(column)}{number}"
        if formulas[0] or formulas[1] or is_error(other) or (number, column) in self._taken:
            shown = f"={formulas[1]}" if formulas[1] else other
            self._tell(Sort.TO_PLACE, place, mine, shown, before)
        elif a == was if self._has_base else not a:
            self._found.changes.append(CellChange(self._title, place, value_of(other)))
        else:
            self._tell(Sort.CONFLICT, place, mine, other, before)

    def _tell(self, sort: Sort, cell: str, mine: Cell, other: Cell, before: Cell = None) -> None:
        spot = Spot(sheet=self._title, cell=cell)
        self._found.notes.append(Note(sort, spot, before=before, first=mine, second=other))


def free_cells(workbook: RawWorkbook, sheet: RawSheet) -> dict[int, dict[int, Cell]]:
    """The cells of a sheet that hold something and are in no table of ours, by row and column."""
    taken, found = _taken(workbook, sheet), {}
    for index, row in enumerate(sheet.grid):
        number = sheet.row_numbers[index]
        cells = {
            sheet.column_number(place): cell
            for place, cell in enumerate(row)
            if not is_blank(cell) and (number, sheet.column_number(place)) not in taken
        }
        if cells:
            found[number] = cells
    return found


def _taken(workbook: RawWorkbook, sheet: RawSheet) -> frozenset[Place]:
    """The cells that are a table's: its headings, its lines."""
    found: set[Place] = set()
    for spec in DATA_TABLES:
        table = locate(workbook, spec)
        if table is not None and table.sheet is sheet:
            columns = [*table.columns.values(), *table.extra.values()]
            rows = [table.heading_row, *table.rows]
            found |= _places(sheet, rows, columns)
    for spec in CHOICE_TABLES:
        place = next(block_places(workbook, spec), None)
        if place is not None and place[0] is sheet:
            rows = [place[1], *(one.index for one in block_rows(*place))]
            found |= _places(sheet, rows, list(place[2].values()))
    return frozenset(found)


def _places(sheet: RawSheet, rows: Sequence[int], columns: Sequence[int]) -> set[Place]:
    numbers = [sheet.column_number(index) for index in columns]
    return {(sheet.row_numbers[row], number) for row in rows for number in numbers}
