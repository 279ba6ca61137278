"""A table of one copy: the prints of its lines, and what its cells show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cedre_xlsx.merging.comparing.cells import SALT, address, shown
from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.merging.comparing.people import People, name_of
from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.ancestors import cell_prints
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.meant import meant_day
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.typed_lines import OWN, TypedLine, TypedTable

Prints = dict[str, str]
_PERSON = "person"
#: What a line is called by, under the name of its person.
_TOLD_BY = {
    "tPersonnes": ("registered",),
    "tSuivi": ("dated", "action"),
    "tEngagements": ("reference", "agreed", "object"),
    "tMissions": ("start", "client"),
    "tFreins": ("barrier", "identified"),
}
_PATHWAY = "Parcours"
_BLANK = "ligne sans texte"


@dataclass(frozen=True)
class CopyTable:
    """A table in one copy, with the prints of its lines and its computed cells.

    The print of a person is that of who is meant, `persons` are those of the names as typed.
    Computed cells of a team's own columns have no print: nobody typed them.
    """

    copy: Copy
    typed: TypedTable
    prints: tuple[Prints, ...]
    computed: frozenset[tuple[int, str]] = frozenset()
    persons: tuple[str, ...] = ()

    def text(self, index: int, column: str) -> str:
        """What a cell of a line shows."""
        line = self.typed.lines[index]
        made = (line.row, column) in self.computed
        cell = line.cells.get(column)
        if column in self.typed.days:
            cell = meant_day(cell, date1904=self.typed.date1904)
        return shown(cell, computed=made)

    def address(self, index: int, column: str) -> str:
        """Where a cell of a line stands; "" in a copy without that column."""
        return address(self.typed.places.get(column, 0), self.typed.lines[index].row)

    def line(self, index: int) -> str:
        """What a line is called by."""
        told = [self.text(index, one) for one in _TOLD_BY[self.typed.table]]
        said = " · ".join(filter(None, (" ".join(one.split()) for one in told)))
        if self.typed.table == PEOPLE.table:
            return f"{_PATHWAY} du {said}" if said else _PATHWAY
        return said or _BLANK

    def person(self, index: int) -> str:
        """The name that a line has."""
        line = self.typed.lines[index]
        if self.typed.table == PEOPLE.table:
            return name_of(line)
        return plain_text(line.cells.get("person")).strip()


def typed_in_both(
    people: People, one: TypedTable, other: TypedTable
) -> tuple[TypedTable, TypedTable]:
    """Both tables without the columns that either copy computes as a whole."""
    computed = _computed_columns(people.before, one) | _computed_columns(people.after, other)
    return _without(one, computed), _without(other, computed)


def _computed_columns(copy: Copy, typed: TypedTable) -> set[str]:
    sheet = copy.sheet(typed.sheet)
    tables = sheet.tables if sheet else ()
    return {f"{OWN}{heading_key(heading)}" for table in tables for heading in table.computed}


def _without(typed: TypedTable, columns: set[str]) -> TypedTable:
    if not columns & set(typed.columns):
        return typed
    kept = {name: said for name, said in typed.columns.items() if name not in columns}
    lines = (
        TypedLine(line.row, {name: cell for name, cell in line.cells.items() if name in kept})
        for line in typed.lines
    )
    return replace(typed, columns=kept, lines=tuple(lines))


def copy_table(copy: Copy, typed: TypedTable, who: Callable[[str], str]) -> CopyTable:
    """A table of a copy, with the prints of its lines; `who` gives the key of a person."""
    maker = CellPrints(SALT)
    prints = tuple(cell_prints(typed, line, maker) for line in typed.lines)
    computed = _computed_cells(copy, typed)
    for line, said in zip(typed.lines, prints, strict=True) if computed else ():
        for name in [one for one in said if (line.row, one) in computed and one.startswith(OWN)]:
            del said[name]
    persons = tuple(said.get(_PERSON, "") for said in prints)
    for line, said in zip(typed.lines, prints, strict=True):
        if _PERSON in said:
            said[_PERSON] = f"={who(plain_text(line.cells[_PERSON]).strip())}"
    return CopyTable(copy, typed, prints, computed, persons)


def _computed_cells(copy: Copy, typed: TypedTable) -> frozenset[tuple[int, str]]:
    names = {place: name for name, place in typed.places.items() if name in typed.columns}
    cells = copy.computed_in(typed.sheet)
    return frozenset((row, names[column]) for row, column in cells if column in names)
