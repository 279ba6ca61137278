"""What the cells of some lines hold as they were typed: what must be written over, what goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from cedre_xlsx.privacy.anonymous.dates import tables_of
from cedre_xlsx.privacy.anonymous.model import NewLine
from cedre_xlsx.schema.columns import Data
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.model import CellValue, LineChange
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook, is_blank


class Typed:
    """The cells of the entry tables."""

    def __init__(self, workbook: RawWorkbook, records: Records) -> None:
        self._found: dict[str, Located] = {}
        self._specs = {spec.table: spec for spec in DATA_TABLES}
        for spec in DATA_TABLES:
            found = locate(workbook, spec)
            if found is not None:
                self._found[spec.table] = found
        self._records = records

    @staticmethod
    def lines_of(people: Iterable[Person]) -> Iterator[tuple[str, int]]:
        """The table and the row of each line of some people."""
        for person in people:
            for spec, rows in tables_of(person):
                yield from ((spec.table, row.row) for row in rows)

    def own(self, table: str, row: int) -> dict[str, Cell]:
        """What stands under the team's own headings."""
        found = self._found[table]
        index = found.sheet.row_index(row)
        cells = {name: found.sheet.cell(index, column) for name, column in found.extra.items()}
        return {name: cell for name, cell in cells.items() if not is_blank(cell)}

    def cell(self, table: str, row: int, field: str) -> Cell:
        """What stands under one of our headings; None where the column is not there."""
        found = self._found[table]
        column = found.columns.get(field)
        return None if column is None else found.sheet.cell(found.sheet.row_index(row), column)

    def must_be_written(self, line: NewLine, field: str, value: CellValue) -> bool:
        """Whether a cell holds something else than what it is to hold."""
        if field not in self._found[line.table].columns:
            return False
        cell = self.cell(line.table, line.row, field)
        if is_blank(cell):
            return value is not None and not self._is_calculated(line.table, field)
        return not _is_the_same(cell, value)

    def _is_calculated(self, table: str, field: str) -> bool:
        return bool(self._specs[table].columns[field].calculated)

    def dropped(self, people: Sequence[Person], changes: Iterable[LineChange]) -> Iterator[str]:
        """The texts that went, whole; names among them."""
        for person in people:
            yield person.name
            for row in person.pathways:
                yield from _names(row)
        for change in changes:
            columns = self._specs[change.table].columns
            for field in change.values:
                cell = self.cell(change.table, change.row, field)
                if columns[field].told is not Data.KEEP and isinstance(cell, str) and cell.strip():
                    yield cell.strip()
            own = self.own(change.table, change.row)
            for heading in change.extra:
                cell = own.get(heading)
                if isinstance(cell, str) and cell.strip():
                    yield cell.strip()

    def addresses(self, people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
        """The addresses of all cells of the lines, by the sheets' titles."""
        found: dict[str, list[str]] = {}
        for table, row in self.lines_of(people):
            place = self._found[table]
            index = place.sheet.row_index(row)
            columns = sorted({*place.columns.values(), *place.extra.values()})
            found.setdefault(place.sheet.name, []).extend(
                place.sheet.address(index, column) for column in columns
            )
        return {title: tuple(cells) for title, cells in found.items()}


def _names(row: PersonRow) -> Iterator[str]:
    for text in (row.last_name, row.first_name, row.precision, row.typed_person):
        if text.strip():
            yield text.strip()


def _is_the_same(cell: Cell, value: CellValue) -> bool:
    """Whether a cell holds a value as it would be written."""
    if isinstance(value, bool):
        return cell == ("OUI" if value else "NON")
    if isinstance(cell, datetime):
        return cell == (datetime.combine(value, time()) if isinstance(value, date) else None)
    if isinstance(cell, bool) or isinstance(cell, str) != isinstance(value, str):
        return False
    return bool(cell == value)
