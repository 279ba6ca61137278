"""From what a merge tells to the rows of `Fusion`: where it stands now, how it is found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cedre_xlsx.merging.keys import FusionKey
from cedre_xlsx.merging.model import Lines, Note
from cedre_xlsx.merging.settings import SETTINGS, settings_of
from cedre_xlsx.merging.sides import Side, lines_of, numbers_of
from cedre_xlsx.merging.telling import value_of
from cedre_xlsx.reports.fusion_sheet import FusionLine
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.edit.headed import Headed
from cedre_xlsx.workbook.generated import Value
from cedre_xlsx.workbook.read.block import block_places
from cedre_xlsx.workbook.read.locate import locate
from cedre_xlsx.workbook.read.raw import Cell

#: The prints of keys: beside them stand the very texts.
KEY_PRINTS = CellPrints(b"fusion")


@dataclass(frozen=True, slots=True)
class Told:
    """What a merge tells of one of the files."""

    note: Note
    file: str


def fusion_lines(result: Side, told: Sequence[Told]) -> list[FusionLine]:
    """The rows of `Fusion`, in a workbook whose lines stand where they will."""
    tables = every_table(result)
    numbers = numbers_by_table(result)
    return [_line(one, tables, numbers) for one in told]


def every_table(side: Side) -> dict[str, Lines]:
    """All tables of a file that people fill, Paramètres included, with the prints of keys."""
    return {**lines_of(side, KEY_PRINTS), **settings_of(side, KEY_PRINTS)}


def numbers_by_table(side: Side) -> dict[str, dict[str, int]]:
    """The numbers of the columns of all these tables, by their names."""
    found = {}
    for spec in DATA_TABLES:
        place = locate(side.book.workbook, spec)
        if place is not None:
            found[spec.table] = numbers_of(Headed(place))
    for table in settings_of(side, KEY_PRINTS):
        sheet, _, columns = next(block_places(side.book.workbook, SETTINGS[table]))
        found[table] = {name: sheet.column_number(index) for name, index in columns.items()}
    return found


def _line(
    told: Told, tables: Mapping[str, Lines], numbers: Mapping[str, Mapping[str, int]]
) -> FusionLine:
    note, spot = told.note, told.note.spot
    sheet, cell = note.sheet, ""
    key = FusionKey(mine=KEY_PRINTS.of(note.first))
    if note.gone is not None:
        table, line = note.gone
        sheet = tables[table].sheet if table in tables else sheet
        values = {name: value_of(one) for name, one in line.cells.items()}
        key = FusionKey(table=table, values=values)
    elif spot is not None and spot.table in tables:
        here = tables[spot.table]
        sheet = here.sheet
        column = numbers[spot.table].get(note.column) or min(numbers[spot.table].values())
        cell = f"{column_letter(column)}{spot.row}"
        there = next((one for one in here.lines if one.row == spot.row), None)
        if there is not None and not note.is_remark:
            key = FusionKey(
                table=spot.table, column=note.column, row=spot.row, line=there.prints,
                mine=KEY_PRINTS.of(there.cells.get(note.column)) if note.column else "",
            )  # fmt: skip
    elif spot is not None and spot.cell and note.is_remark:
        sheet, cell = spot.sheet, spot.cell
    elif spot is not None and spot.cell:
        sheet, cell = spot.sheet, spot.cell
        key = FusionKey(
            sheet=note.sheet if note.line else spot.sheet, cell=cell, column=note.column,
            identity=note.line, mine=KEY_PRINTS.of(note.first),
        )  # fmt: skip
    return FusionLine(
        note.sort, note.person, sheet, cell, note.heading, _value(note.before),
        _value(note.first), _value(note.second), told.file, key.text,
    )  # fmt: skip


def _value(cell: Cell) -> Value:
    return value_of(cell)
