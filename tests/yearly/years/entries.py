"""The sheets that people fill, as lines under headings: read, typed in, sorted, closed up.

Each line has a number in a column of the team's own, by which it is known wherever it stands.
What is typed waits until `written` puts it in the file, all sheets at once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries
from python_calamine import CalamineWorkbook

from cedre_xlsx.method.text import squeeze
from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.schema.tables import DATA_TABLES, PEOPLE, TableSpec
from cedre_xlsx.workbook.package.host import Host, q
from tests.hands import Grid, address, renumber_rows, type_cells

#: The team's own column.
NUMBER = "N° interne"
_EPOCH = date(1899, 12, 30)
_MODELS = 60  # rows above a new one, of which one is whole
_CALCULATED = "typed_person"
Cells = Mapping[str, object]


@dataclass(slots=True)
class Line:
    """One line: its sheet, its row there, its cells by field, the empty ones left out."""

    number: str
    sheet: str
    row: int
    cells: dict[str, object]

    @property
    def person(self) -> str:
        """Whose line it is."""
        if self.sheet != PEOPLE.sheet:
            return str(self.cells.get("person", ""))
        name = squeeze(f"{self.cells.get('last_name', '')} {self.cells.get('first_name', '')}")
        more = self.cells.get("precision", "")
        return f"{name} ({more})" if more else name

    def day(self, name: str) -> date | None:
        """The cell, where it is a date."""
        value = self.cells.get(name)
        return value if isinstance(value, date) else None


@dataclass
class EntrySheet:
    """One sheet that people fill."""

    spec: TableSpec[Any]
    top: int  # the row of the headings, counted from 1
    columns: dict[str, int]  # field → column, counted from 0
    lines: dict[str, Line]
    bottom: int
    changed: dict[tuple[int, int], object] = field(default_factory=dict)
    added: list[Line] = field(default_factory=list)

    @classmethod
    def read(cls, spec: TableSpec[Any], grid: Grid) -> EntrySheet:
        """What a sheet holds."""
        first = next(iter(spec.columns.values())).header
        top = next(n for n, row in enumerate(grid) if first in row)
        fields = {column.header: name for name, column in spec.columns.items()}
        fields[NUMBER] = NUMBER
        columns = {fields.get(str(text), str(text)): n for n, text in enumerate(grid[top]) if text}
        made = cls(spec, top + 1, columns, {}, top + 1)
        for n, row in enumerate(grid[top + 1 :], start=top + 2):
            cells = {name: plain(row[c]) for name, c in columns.items() if c < len(row)}
            cells = {name: value for name, value in cells.items() if value != ""}
            cells.pop(_CALCULATED, None)
            if not cells:
                continue
            made.bottom = n
            number = str(cells.pop(NUMBER, f"sans numéro, ligne {n}"))
            if number in made.lines:
                number = f"{number} bis, ligne {n}"
            made.lines[number] = Line(number, spec.sheet, n, cells)
        return made

    def type(self, line: Line, name: str, value: object) -> None:
        """A cell of a line; None clears it."""
        if value in (None, ""):
            line.cells.pop(name, None)
        else:
            line.cells[name] = plain(value)
        self.changed[line.row, self.columns[name]] = value

    def add(self, number: str, cells: Cells) -> Line:
        """A line below the last one."""
        self.bottom += 1
        line = Line(number, self.spec.sheet, self.bottom, {})
        self.lines[number] = line
        self.added.append(line)
        for name, value in {NUMBER: number, **cells}.items():
            if value not in (None, ""):
                self.type(line, name, value)
        line.cells.pop(NUMBER, None)
        return line

    def erase(self, line: Line) -> None:
        """The cells of a line are cleared, its row stays."""
        for column in range(max(self.columns.values()) + 1):
            self.changed[line.row, column] = None
        del self.lines[line.number]

    # What the file becomes

    def write(self, root: etree._Element) -> None:
        """What was typed, in the tree of the sheet."""
        for line in self.added:
            _copy_last_row(root, line, self.top)
        cells = {address(row - 1, c): _stored(value) for (row, c), value in self.changed.items()}
        type_cells(root, cells)
        self.changed.clear()

    def sorted_by(self, root: etree._Element, order: Callable[[Line], object]) -> None:
        """Whole rows of the table in another order."""
        lines = sorted(self.lines.values(), key=lambda line: (str(order(line)), line.row))
        rows = sorted(line.row for line in lines)
        rest = sorted(set(range(self.top + 1, self.bottom + 1)) - set(rows))
        places = {line.row: self.top + n for n, line in enumerate(lines, start=1)}
        places |= {row: self.top + len(lines) + n for n, row in enumerate(rest, start=1)}
        self._move(root, places)

    def without(self, root: etree._Element, gone: Collection[Line]) -> None:
        """Rows deleted, those below moved up."""
        rows = {line.row for line in gone}
        holder = root.find(q("sheetData"))
        assert holder is not None
        for there in [row for row in holder if int(row.get("r", "0")) in rows]:
            holder.remove(there)
        for line in gone:
            self.lines.pop(line.number, None)
        shift, places = 0, {}
        for row in range(self.top + 1, self.bottom + 1):
            shift += row in rows
            places[row] = row - shift
        self.bottom -= len(rows)
        self._move(root, places)

    def _move(self, root: etree._Element, places: Mapping[int, int]) -> None:
        renumber_rows(root, places)
        for line in self.lines.values():
            line.row = places.get(line.row, line.row)


class EntryBook:
    """The five sheets that people fill."""

    def __init__(self, data: bytes) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.sheets = {
            spec.sheet: EntrySheet.read(
                spec, book.get_sheet_by_name(spec.sheet).to_python(skip_empty_area=False)
            )
            for spec in DATA_TABLES
        }
        self.sorts: list[tuple[str, Callable[[Line], object]]] = []
        self.deleted: list[Line] = []

    def __getitem__(self, title: str) -> EntrySheet:
        return self.sheets[title]

    def lines(self) -> Iterator[Line]:
        """Every line of every sheet."""
        for sheet in self.sheets.values():
            yield from sheet.lines.values()

    def written(self, data: bytes) -> bytes:
        """The file with all that was typed, then sorted, then deleted."""
        package = Package(data)
        host = Host(package)
        parts = {sheet.title: sheet.part for sheet in host.sheets()}
        for title, sheet in self.sheets.items():
            orders = [order for name, order in self.sorts if name == title]
            gone = [line for line in self.deleted if line.sheet == title]
            if not (sheet.changed or orders or gone):
                continue
            root = package.root(parts[title])
            before = sheet.bottom
            sheet.write(root)
            for order in orders:
                sheet.sorted_by(root, order)
            if gone:
                sheet.without(root, gone)
            if sheet.added or before != sheet.bottom:
                _end_table(package, parts[title], sheet.bottom)
            sheet.added.clear()
            package.write(
                parts[title], etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            )
        self.sorts.clear()
        self.deleted.clear()
        return package.data()


def numbered(data: bytes) -> bytes:
    """A new workbook with the team's own column in each sheet."""
    book = EntryBook(data)
    for sheet in book.sheets.values():
        column = max(sheet.columns.values()) + 1
        sheet.changed[sheet.top, column] = NUMBER
        for rank, line in enumerate(sheet.lines.values(), start=1):
            sheet.changed[line.row, column] = f"{sheet.spec.sheet[0]}{rank}"
    return book.written(data)


def differences(expected: EntryBook, found: EntryBook) -> Iterator[tuple[str, str]]:
    """What a file has not as it was typed: the kind of the fault, and where."""
    for title, sheet in expected.sheets.items():
        there = found[title].lines
        for number in sheet.lines.keys() - there.keys():
            yield "typed row lost", f"{title} {number}: {sheet.lines[number].cells}"
        for number in there.keys() - sheet.lines.keys():
            yield "typed row doubled", f"{title} {number}: {there[number].cells}"
        for number in sheet.lines.keys() & there.keys():
            old, new = sheet.lines[number].cells, there[number].cells
            if old != new:
                names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
                told = {name: (old.get(name), new.get(name)) for name in names}
                yield "typed row changed", f"{title} {number}: {told}"


def plain(value: object) -> object:
    """A value as two programs agree on it."""
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value


def _stored(value: object) -> object:
    return (value - _EPOCH).days if isinstance(value, date) else value


def _copy_last_row(root: etree._Element, line: Line, top: int) -> None:
    """An empty row with the looks of those above it, their formulas filled down: what Excel does
    in a table.
    """
    holder = root.find(q("sheetData"))
    assert holder is not None
    for row in [row for row in holder if int(row.get("r", "0")) == line.row]:
        holder.remove(row)  # of a line that was erased
    above = [row for row in holder if top < int(row.get("r", "0")) < line.row]
    made = deepcopy(max(above[-_MODELS:], key=len))
    made.set("r", str(line.row))
    for cell in made:
        letters = (cell.get("r") or "").rstrip("0123456789")
        cell.set("r", f"{letters}{line.row}")
        formula = cell.find(q("f"))
        for child in list(cell):
            if formula is None or child.tag == q("is"):
                cell.remove(child)
        cell.attrib.pop("t", "")
        if formula is not None:
            formula.attrib.pop("ref", "")
            cell.set("t", "str")
            value = cell.find(q("v"))
            if value is None:
                value = etree.SubElement(cell, q("v"))
            value.text = line.person
    above[-1].addnext(made)


def _end_table(package: Package, part: str, bottom: int) -> None:
    """The table of a sheet ends at another row, and its filter."""
    for relation in Relations(package, part).of_kind("table"):
        root = package.root(relation.target)
        for one in (root, *root.findall(q("autoFilter"))):
            first, top, last, _ = (int(n or 0) for n in range_boundaries(one.get("ref", "")))
            one.set("ref", f"{get_column_letter(first)}{top}:{get_column_letter(last)}{bottom}")
        package.write_xml(relation.target, root)


def by_row(sheet: EntrySheet) -> Mapping[int, Line]:
    """The lines of a sheet by their row."""
    return {line.row: line for line in sheet.lines.values()}


def of_person(lines: Sequence[Line], person: str) -> list[Line]:
    """Those of one person."""
    return [line for line in lines if line.person == person]
