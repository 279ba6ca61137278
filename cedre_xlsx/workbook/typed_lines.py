"""The lines of the sheets that people fill, cell by cell, as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.meant import is_dated
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook, is_blank

#: How the name of a team's own column begins; a field's never does.
OWN = "+"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line: the number of its row, its cells that are not blank, by the name of their column.

    A column is named by its field; a team's own by "+" and its heading, without case or accents.
    """

    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class TypedTable:
    """The lines of one table (tSuivi…), in the order of their rows.

    `sheet` is its sheet as it is called now; `columns` gives what is printed above each column, by
    its name, and `places` its number in the sheet, from 1 on; `days` are the columns of days, whose
    numbers count from 1904 with `date1904`. What Excel computes in a whole column is nobody's
    typing, and is left out.
    """

    table: str
    sheet: str
    columns: Mapping[str, str]
    lines: tuple[TypedLine, ...]
    places: Mapping[str, int] = field(default_factory=dict)
    days: frozenset[str] = frozenset()
    date1904: bool = False


def typed_tables(workbook: RawWorkbook) -> tuple[TypedTable, ...]:
    """The tables that people fill, of those that were found, in the order of the schema."""
    found = (locate(workbook, spec) for spec in DATA_TABLES)
    return tuple(_typed(one, date1904=workbook.date1904) for one in found if one is not None)


def _typed(found: Located, *, date1904: bool) -> TypedTable:
    places = _places(found)
    return TypedTable(
        found.spec.table,
        found.sheet.name,
        {name: _heading(found, name, index) for name, index in places.items()},
        tuple(_line(found, places, index) for index in found.rows),
        {name: found.sheet.column_number(index) for name, index in places.items()},
        frozenset(name for name in places if is_dated(found.spec.columns.get(name))),
        date1904,
    )


def _places(found: Located) -> dict[str, int]:
    """Where each column stands in the grid, by its name."""
    columns = found.spec.columns
    computed = {heading_key(one) for one in found.table.computed} if found.table else set()
    own = {f"{OWN}{heading_key(heading)}": index for heading, index in found.extra.items()}
    return {
        **{name: at for name, at in found.columns.items() if not columns[name].calculated},
        **{name: at for name, at in own.items() if name.removeprefix(OWN) not in computed},
    }


def _heading(found: Located, name: str, index: int) -> str:
    if name.startswith(OWN):
        return next(heading for heading, at in found.extra.items() if at == index)
    return found.spec.columns[name].header


def _line(found: Located, places: Mapping[str, int], index: int) -> TypedLine:
    cells = found.sheet.grid[index]
    length = len(cells)
    typed = {
        name: cell
        for name, at in places.items()
        if at < length and (cell := cells[at]) is not None and not is_blank(cell)
    }
    return TypedLine(found.sheet.row_numbers[index], typed)
