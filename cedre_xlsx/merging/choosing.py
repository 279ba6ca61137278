"""What was chosen in `Fusion`: the cells to write, the lines to bring back or to take out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cedre_xlsx.merging.fusing import KEY_PRINTS, every_table, numbers_by_table
from cedre_xlsx.merging.keys import FusionKey, key_in, line_of
from cedre_xlsx.merging.model import Lines
from cedre_xlsx.merging.notes import open_cells, typed_notes
from cedre_xlsx.merging.sides import Side
from cedre_xlsx.merging.telling import value_of
from cedre_xlsx.ooxml.areas import areas
from cedre_xlsx.schema.fusion import NO_LINE, REMARK, Choice, Sort
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.edit.model import CellChange, NewRow, Unwritten
from cedre_xlsx.workbook.read.fusion import FusionChoice, read_fusion
from cedre_xlsx.workbook.read.raw import Cell
from cedre_xlsx.workbook.typed_lines import OWN

_CHANGED = "la cellule a changé depuis la fusion : corrigez-la vous-même, puis choisissez « vu »"
_LOST = "sa ligne n'a pas été retrouvée : corrigez-la vous-même, puis choisissez « vu »"
_NO_BOTH = "« les deux » ne va que pour deux textes : choisissez A ou B"
_NO_PLACE = "elle n'a pas de place dans le classeur : recopiez-la vous-même, puis choisissez « vu »"
_REMARK = "c'est un commentaire : recopiez-le vous-même, puis choisissez « vu »"
_COMPUTED = "c'est une formule : recopiez-la vous-même, puis choisissez « vu »"
_UNKNOWN = "« {typed} » n'est pas un choix : A, B, les deux ou vu"


@dataclass
class Chosen:
    """What is to be done: cells, lines brought back, lines taken out by their rows.

    `done` are the rows of `Fusion` that are settled by it, `waiting` those without a choice, `left`
    says in French why others cannot be done.
    """

    changes: list[CellChange] = field(default_factory=list)
    rows: dict[str, list[NewRow]] = field(default_factory=dict)
    removed: dict[str, list[int]] = field(default_factory=dict)
    writes: dict[tuple[str, str], FusionChoice] = field(default_factory=dict)
    done: list[FusionChoice] = field(default_factory=list)
    waiting: list[FusionChoice] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def refuse(self, left: Unwritten) -> None:
        """What could not be written is not done."""
        self.left.append(f"{left.line}.")
        row = self.writes.pop((left.sheet, left.cell), None)
        if row is not None:
            self.done.remove(row)
            self.changes = [
                one for one in self.changes if (one.sheet, one.cell) != (left.sheet, left.cell)
            ]

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to be chosen."""
        return not (self.waiting or self.left)


def chosen(side: Side) -> Chosen:
    """What was chosen in the `Fusion` of a workbook."""
    found = _Choosing(side)
    for row in read_fusion(side.book.workbook):
        if row.sort.is_open and not row.is_done:
            found.settle(row)
    return found.chosen


class _Choosing:
    """Choices, one by one."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._tables: Mapping[str, Lines] = every_table(side)
        self._numbers = numbers_by_table(side)
        records = side.book.reading.records
        self._open = open_cells(records, side.book.workbook)
        self._notes = {note.place: note.value for note in typed_notes(records)}
        self.chosen = Chosen()

    def settle(self, row: FusionChoice) -> None:
        """One row of `Fusion`."""
        if not row.typed:
            self.chosen.waiting.append(row)
            return
        if row.choice is None:
            why = _UNKNOWN.format(typed=row.typed)
        elif row.choice is Choice.SEEN:
            why = ""
        else:
            why = self._done(row, row.choice, key_in(row.text("key")) or FusionKey())
        if why:
            self.chosen.left.append(f"{row.sheet}!{row.place} : {why}.")
        else:
            self.chosen.done.append(row)

    def _done(self, row: FusionChoice, choice: Choice, key: FusionKey) -> str:
        """Do what was chosen; why not, in French."""
        if NO_LINE in (row.text("first"), row.text("second")):
            return self._line(row, choice, key)
        if choice is Choice.FIRST:
            return ""
        if key.table and key.column:
            return self._cell_of_line(row, choice, key)
        if key.cell:
            return self._cell_of_sheet(row, choice, key)
        return _REMARK if row.text("column").startswith(REMARK) else _NO_PLACE

    def _line(self, row: FusionChoice, choice: Choice, key: FusionKey) -> str:
        """A line that one of the files does not have any more."""
        gone = Choice.FIRST if row.text("first") == NO_LINE else Choice.SECOND
        stays = choice is not gone
        if row.sort is Sort.REMOVED:
            if stays:
                self._bring_back(key)
            return ""
        if stays:
            return ""
        line = line_of(key, self._tables[key.table].lines) if key.table in self._tables else None
        if line is None:
            return _LOST
        if dict(line.prints) != dict(key.line):
            return _CHANGED
        self.chosen.removed.setdefault(key.table, []).append(line.row)
        return ""

    def _bring_back(self, key: FusionKey) -> None:
        here = self._tables.get(key.table)
        headings = here.columns if here is not None else {}
        fields = {name: one for name, one in key.values.items() if not name.startswith(OWN)}
        extra = {
            headings.get(name, name.removeprefix(OWN)): one
            for name, one in key.values.items()
            if name.startswith(OWN)
        }
        self.chosen.rows.setdefault(key.table, []).append(NewRow(fields, extra))

    def _cell_of_line(self, row: FusionChoice, choice: Choice, key: FusionKey) -> str:
        here = self._tables.get(key.table)
        line = None if here is None else line_of(key, here.lines)
        number = self._numbers.get(key.table, {}).get(key.column)
        if here is None or line is None or number is None:
            return _LOST
        cell = f"{column_letter(number)}{line.row}"
        return self._write(row, choice, key, (here.sheet, cell), line.cells.get(key.column))

    def _cell_of_sheet(self, row: FusionChoice, choice: Choice, key: FusionKey) -> str:
        if key.identity:
            place = (key.sheet, key.identity, key.column)
            where = self._open.get(place)
            return (
                _LOST
                if where is None
                else self._write(row, choice, key, where, self._notes.get(place))
            )
        return self._write(row, choice, key, (key.sheet, key.cell), self._held(key))

    def _held(self, key: FusionKey) -> Cell:
        """What a cell of a sheet holds now."""
        place = areas(key.cell)
        for sheet in self._side.book.workbook.sheets:
            if sheet.name == key.sheet and len(place) == 1:
                row, column = place[0].first_row, place[0].first_column
                at = sheet.row_index(row)
                numbers = sheet.row_numbers
                if at < len(numbers) and numbers[at] == row:
                    return sheet.cell(at, sheet.column_index(column))
        return None

    def _write(
        self,
        row: FusionChoice,
        choice: Choice,
        key: FusionKey,
        where: tuple[str, str],
        now: Cell,
    ) -> str:
        other = value_of(row.cells.get("second"))
        place = areas(where[1])[0]
        formulas = self._side.formulas.get(where[0], {})
        is_formula = isinstance(other, str) and other.startswith("=")
        if is_formula or (place.first_row, place.first_column) in formulas:
            return _COMPUTED
        value = other
        if choice is Choice.BOTH:
            mine = value_of(row.cells.get("first"))
            if not isinstance(mine, str) or not isinstance(other, str):
                return _NO_BOTH
            value = f"{mine} / {other}"
        held = KEY_PRINTS.of(now)
        if held == KEY_PRINTS.of(value):
            return ""
        if held != key.mine:
            return _CHANGED
        self.chosen.writes[where] = row
        self.chosen.changes.append(CellChange(*where, value, over=isinstance(now, str)))
        return ""
