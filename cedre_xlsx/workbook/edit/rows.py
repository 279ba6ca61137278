"""The new lines of one table, written in its sheet; its table and all around follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from cedre_xlsx.method.text import full_name, squeeze
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.around import Growth, stretch_names, with_longer_rules
from cedre_xlsx.workbook.edit.columns import LineColumn, line_columns
from cedre_xlsx.workbook.edit.headed import Headed
from cedre_xlsx.workbook.edit.model import (
    CellValue,
    NewRow,
    PlacedColumn,
    PlacedRow,
    Unwritten,
)
from cedre_xlsx.workbook.edit.pen import COMPUTED, PROTECTED, Pen, why_not
from cedre_xlsx.workbook.edit.places import Ground, Spot
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.tags import RowLook, opened
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.row_adding import extended_table, widened
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.raw import RawTable

NO_COLUMN = "la feuille n'a pas cette colonne"
EMPTY = "rien n'est à écrire dans cette ligne"
NO_TABLE = "la feuille n'a pas été trouvée dans le classeur"
UNPROTECT = f"{PROTECTED} : ôtez la protection (Révision), puis recommencez"
_NAME = "typed_person"
#: Stands for the number of their row in the XML of cells that are made: no cell holds it.
_ROW = "\0"
_LONG = 1_000  # characters of a text that is looked at closely
#: Values that say the same where they are equal, and of which there are many.
_ALIKE = (str, date, int)


@dataclass
class AddedLines:
    """What became of the new lines of a table."""

    placed: list[PlacedRow] = field(default_factory=list)
    left: list[Unwritten] = field(default_factory=list)
    note: str = ""


def not_found(spec: TableSpec[Any], rows: Sequence[NewRow]) -> AddedLines:
    """The new lines of a table that the workbook lacks."""
    left = [Unwritten(spec.sheet, NO_TABLE, spec.table, index) for index in range(len(rows))]
    return AddedLines(left=left)


class _Line(NamedTuple):
    """What a new line holds: by our fields, and by the numbers of all columns."""

    fields: Mapping[str, CellValue]
    cells: dict[int, CellValue]


class LineWriter:
    """What adds lines to one table."""

    def __init__(
        self,
        host: Host,
        pen: Pen,
        found: Located,
        part: str,
        added: Sequence[PlacedColumn] = (),
    ) -> None:
        self._host = host
        self._pen = pen
        self._found = found
        self._spec = found.spec
        columns = found.spec.columns.items()
        self._calculated = {name for name, column in columns if column.calculated}
        self._part = part
        self._title = found.sheet.name
        self._cells = SheetCells(host.package.read(part))
        self._headed = Headed(found, added)
        self._fields = self._headed.fields
        self._known: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._unsure: set[CellValue] = set()
        self.lines = AddedLines()

    def write(self, rows: Sequence[NewRow]) -> AddedLines:
        """Add lines below those that are there; what became of them."""
        if self._cells.is_protected:
            self.lines.left += (self._unwritten(index, UNPROTECT) for index in range(len(rows)))
            return self.lines
        values = dict.fromkeys(chain.from_iterable(row.values.values() for row in rows))
        self._unsure = {value for value in values if _may_be_left(value)}
        wanted = {
            index: line for index, row in enumerate(rows) if (line := self._line(index, row)).cells
        }
        if not wanted:
            return self.lines
        ground = Ground(self._found, self._cells, self._headed.last)
        spot = ground.spot(len(wanted))
        if isinstance(spot, str):
            self.lines.left += (self._unwritten(index, spot) for index in wanted)
            return self.lines
        self._write(ground, spot, wanted)
        return self.lines

    def _line(self, index: int, row: NewRow) -> _Line:
        """What a line has for the columns that are there; the rest is told."""
        values = row.values.values()
        numbers = self._numbers(tuple(row.values))
        if row.extra or not numbers or (self._unsure and not self._unsure.isdisjoint(values)):
            return self._line_in_part(index, row)
        return _Line(row.values, dict(zip(numbers, values, strict=True)))

    def _numbers(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """The columns of some fields; none where one of them has none that is typed in."""
        found = self._known.get(names)
        if found is None:
            typed = self._fields.keys() - self._calculated
            found = tuple(self._fields[name] for name in names) if typed.issuperset(names) else ()
            self._known[names] = found
        return found

    def _line_in_part(self, index: int, row: NewRow) -> _Line:
        """What of a line can be written; the rest is told."""
        fields: dict[str, CellValue] = {}
        made = _Line(fields, {})
        cells = made.cells
        numbers, calculated = self._fields, self._calculated
        for name, value in row.values.items():
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            number = numbers.get(name)
            if name not in calculated:
                why = why_not(value) if number else NO_COLUMN
                if number and not why:
                    fields[name] = cells[number] = value
                    continue
            else:
                why = "" if _same(value, self._name(row.values)) else COMPUTED
            if why:
                self.lines.left.append(self._unwritten(index, why, name, value))
        for heading, value in row.extra.items():
            if not _is_blank(value):
                self._put_own(made, index, heading, value)
        if not made.cells:
            self.lines.left.append(self._unwritten(index, EMPTY))
        return made

    def _put_own(self, made: _Line, index: int, heading: str, value: CellValue) -> None:
        """A value under a heading of the team's."""
        number = self._headed.own(heading)
        why = NO_COLUMN if number is None else why_not(value)
        if number is not None and not why:
            made.cells[number] = value
        else:
            left = self._unwritten(index, why, value=value)
            self.lines.left.append(replace(left, heading=heading))

    def _name(self, values: Mapping[str, CellValue]) -> str:
        """The name that Personne computes of a line."""
        last, first, precision = map(values.get, ("last_name", "first_name", "precision"))
        return full_name(str(last or ""), str(first or ""), str(precision or ""))

    def _unwritten(
        self, index: int, why: str, name: str = "", value: CellValue = None
    ) -> Unwritten:
        heading = self._spec.columns[name].header if name else ""
        return Unwritten(self._title, why, self._spec.table, index, name, heading, value=value)

    def _write(self, ground: Ground, spot: Spot, wanted: Mapping[int, _Line]) -> None:
        table = self._table_part(ground.table)
        root = self._host.package.root(table) if table and spot.in_table else None
        columns = line_columns(self._cells, self._spec, self._fields, ground, spot, root)
        looks = RowLook(self._cells, spot.above[0] if spot.above else 0, self._spec, self._fields)
        alike: defaultdict[object, list[tuple[int, _Line]]] = defaultdict(list)
        for number, (index, line) in enumerate(wanted.items(), spot.first):
            if self._cells.has_row(number):
                self._fill(number, index, line, columns, looks)
            else:
                types = tuple(map(type, line.cells.values()))
                alike[tuple(line.fields), tuple(line.cells), types].append((number, line))
            self.lines.placed.append(PlacedRow(self._spec.table, index, self._title, number))
        for some in alike.values():
            self._add(some, columns, looks)
        self._follow(ground, spot, table)
        if spot.note:
            self.lines.note = f"{self._title} : {spot.note}."

    def _add(
        self, lines: Sequence[tuple[int, _Line]], columns: Sequence[LineColumn], looks: RowLook
    ) -> None:
        """Lines that give the same columns values of the same types, in rows that the sheet does
        not store: their cells are made column by column.
        """
        by_number = zip(*(line.cells.values() for _, line in lines), strict=True)
        given = dict(zip(lines[0][1].cells, by_number, strict=True))
        made = {}
        for column in columns:
            if column.number in given:
                made[column.number] = self._contents(column, given[column.number])
        for column in columns:
            if column.rule and column.number not in given:
                made[column.number] = self._computed(column, lines)
        pattern = "".join("%s" if one.number in made else _blank(one) for one in columns)
        cells = zip(*(made[one.number] for one in columns if one.number in made), strict=True)
        looked = looks.attributes([line.fields for _, line in lines])
        for (number, _), attributes, own in zip(lines, looked, cells, strict=True):
            self._cells.add_row(number, attributes, (pattern % own).replace(_ROW, str(number)))

    def _contents(self, column: LineColumn, values: Sequence[CellValue]) -> list[str]:
        """The cells of a column that are given values of one type."""
        cell = f'<c r="{column.letters}{_ROW}"%s</c>'
        if type(values[0]) in _ALIKE:
            once = dict.fromkeys(values)  # in their order, as they lie in memory
            known = {one: cell % self._pen.content(column.style, one) for one in once}
            return [known[one] for one in values]
        return [cell % self._pen.content(column.style, one) for one in values]

    def _computed(self, column: LineColumn, lines: Sequence[tuple[int, _Line]]) -> list[str]:
        """The cells of a column that computes itself."""
        start, blank = f'<c r="{column.letters}{_ROW}"', _blank(column)
        contents = (self._formula(column, number, line.fields) for number, line in lines)
        return [f"{start}{one}</c>" if one else blank for one in contents]

    def _content(self, column: LineColumn, number: int, line: _Line) -> str:
        """What a cell holds: what was given, else what its column computes."""
        value = line.cells.get(column.number)
        if value is not None:
            return self._pen.content(column.style, value)
        return self._formula(column, number, line.fields)

    def _formula(self, column: LineColumn, number: int, fields: Mapping[str, CellValue]) -> str:
        """What a column computes in a row; "" where that is typed."""
        formula = column.formula(number)
        if not formula:
            return ""
        name = self._name(fields) if column.field == _NAME else None
        return self._pen.formula(column.style, formula, name)

    def _fill(
        self,
        number: int,
        index: int,
        line: _Line,
        columns: Sequence[LineColumn],
        looks: RowLook,
    ) -> None:
        """A line in a row that is there, and empty: what it computes goes on."""
        stored = self._cells.row_cells(number)
        for column in columns:
            cell = stored.get(column.number)
            address = f"{column.letters}{number}"
            if cell is not None and self._cells.has_formula(cell):
                if column.field == _NAME and self._cells.is_plain_formula(cell):
                    made = self._pen.formula(
                        cell.style, column.formula(number), self._name(line.fields)
                    )
                    self._cells.put(address, made)
                elif column.number in line.cells:
                    value = line.cells[column.number]
                    why = self._unwritten(index, COMPUTED, column.field, value)
                    self.lines.left.append(why)
                continue
            own = column if cell is None else column.styled(cell.style)
            content = self._content(own, number, line)
            if content:
                self._cells.put(address, content)
        tag = self._cells.row_tag(number)
        self._cells.retag_row(number, opened(tag, looks.height(line.fields)))

    def _follow(self, ground: Ground, spot: Spot, table: str) -> None:
        """The table, what is said around the cells, and what is printed reach the new lines."""
        above = spot.above[1] if len(spot.above) > 1 else ground.last
        growth = Growth(ground.span, ground.heading, above, ground.last, ground.former, spot.last)
        xml = with_longer_rules(self._cells.data(), growth)
        xml = widened(xml, spot.last, ground.span[-1])
        self._host.package.write(self._part, xml)
        stretch_names(self._host, self._title, growth)
        if spot.stretched and table and ground.table is not None:
            content = self._host.package.read(table)
            longer = extended_table(content, ground.table.last_row, spot.stretched)
            self._host.package.write(table, longer)

    def _table_part(self, table: RawTable | None) -> str:
        """The part of a table of the sheet; "" without one."""
        if table is None:
            return ""
        package = self._host.package
        for relation in Relations(package, self._part).of_kind("table"):
            if relation.target in package:
                root = package.root(relation.target)
                if (root.get("displayName") or root.get("name") or "") == table.name:
                    return relation.target
        return ""


def _blank(column: LineColumn) -> str:
    """An empty cell of a column; "" where none is stored."""
    if not (column.is_drawn and column.style):
        return ""
    return f'<c r="{column.letters}{_ROW}" s="{column.style}"/>'


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _may_be_left(value: CellValue) -> bool:
    """Whether a closer look says that nothing is to be written, or that no cell can hold it."""
    if isinstance(value, str):
        return len(value) > _LONG or not value.strip()
    return value is None or bool(why_not(value))


def _same(value: CellValue, name: str) -> bool:
    return isinstance(value, str) and squeeze(value) == name
