"""The tables of Paramètres of one file: their lines are known by their first cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cedre_xlsx.merging.model import BaseLines, Line, Lines, Prints
from cedre_xlsx.merging.sides import Side
from cedre_xlsx.schema.tables import CHOICE_TABLES
from cedre_xlsx.workbook.alignment.align import Alignment
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.read.block import BlockRow, block_places, block_rows
from cedre_xlsx.workbook.read.raw import is_blank

#: The tables of Paramètres, by their names.
SETTINGS = {spec.table: spec for spec in CHOICE_TABLES}


def settings_of(side: Side, prints: CellPrints) -> dict[str, Lines]:
    """The tables of Paramètres that a file has."""
    found = {}
    for table, spec in SETTINGS.items():
        place = next(block_places(side.book.workbook, spec), None)
        if place is None:
            continue
        sheet, _, columns = place
        formulas = side.formulas.get(sheet.name, {})
        headings = {name: spec.columns[name].header for name in columns}
        numbers = {name: sheet.column_number(index) for name, index in columns.items()}
        lines = []
        for row in block_rows(*place):
            number = sheet.row_numbers[row.index]
            computed = {
                name: formulas[number, column]
                for name, column in numbers.items()
                if (number, column) in formulas
            }
            lines.append(_line(row, number, prints, computed))
        found[table] = Lines(sheet.name, headings, tuple(lines))
    return found


def base_settings(book: OpenBook, prints: CellPrints) -> dict[str, BaseLines]:
    """The tables of Paramètres in the file that both sides come from."""
    found = {}
    for table, spec in SETTINGS.items():
        place = next(block_places(book.workbook, spec), None)
        if place is not None:
            lines = [_line(row, 0, prints, {}) for row in block_rows(*place)]
            found[table] = BaseLines(
                tuple(line.prints for line in lines), tuple(line.cells for line in lines)
            )
    return found


def by_first_cell(table: str, left: Sequence[Prints], right: Sequence[Prints]) -> Alignment:
    """The lines of a table of Paramètres paired: those whose first cell says the same."""
    first = next(iter(SETTINGS[table].columns))
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for index, prints in enumerate(right):
        waiting[prints.get(first, "")].append(index)
    pairs, alone = [], []
    for index, prints in enumerate(left):
        same = waiting[prints.get(first, "")]
        if same:
            pairs.append((index, same.pop(0)))
        else:
            alone.append(index)
    others = tuple(sorted(index for same in waiting.values() for index in same))
    return Alignment(tuple(pairs), tuple(alone), others, ())


def _line(row: BlockRow, number: int, prints: CellPrints, formulas: dict[str, str]) -> Line:
    cells = {name: cell for name, cell in row.cells.items() if not is_blank(cell)}
    return Line(number, cells, {name: prints.of(cell) for name, cell in cells.items()}, formulas)
