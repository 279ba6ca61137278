"""A generated sheet as people left it: what they added to it, and where that goes now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.workbook.package.cell_text import from_xml, number_text
from cedre_xlsx.workbook.package.formulas import copied, moved
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.parts import MAIN, Relations, Relationship, drop_attributes

_FORMULA, _VALUE, _INLINE, _TEXT = q("f"), q("v"), q("is"), q("t")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True)
class OldLines:
    """Where our lines stand in the old sheet: the columns from left to right, the heading row."""

    first_column: int
    header_row: int
    columns: Sequence[etree._Element]

    @property
    def last_column(self) -> int:
        """The last of the columns."""
        return self.first_column + len(self.columns) - 1

    @property
    def names(self) -> list[str]:
        """The headings, in order."""
        return [column.get("name", "") for column in self.columns]


@dataclass(frozen=True)
class OldTable(OldLines):
    """Our lines as an Excel table."""

    relation: Relationship
    root: etree._Element

    @property
    def name(self) -> str:
        """Its name, for comparison without case."""
        return self.root.get("displayName", "").casefold()

    def is_within(self, width: int) -> bool:
        """Whether it begins in the first columns, that many of them."""
        return self.first_column <= width


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that someone added to our table: its heading, where it was, its old element."""

    name: str
    column: int
    element: etree._Element | None = None

    @property
    def formula(self) -> str:
        """What computes each of its cells; "" for a column that is typed."""
        return (
            "" if self.element is None else self.element.findtext(q("calculatedColumnFormula"), "")
        )


@dataclass(frozen=True)
class Carried:
    """A cell that we did not write, with its new place, and where it stood (row, column)."""

    row: int
    column: int
    xml: str
    has_formula: bool
    place: tuple[int, int] | None = None


class OldSheet:
    """The part that is about to be replaced."""

    def __init__(self, host: Host, part: str) -> None:
        self._host = host
        self.part = part
        self.root = host.package.root(part)
        self.relations = Relations(host.package, part)

    def table(self, headings: Sequence[str]) -> OldTable | None:
        """The table of this sheet that has most of our headings, at least half of them."""
        wanted = {heading.casefold() for heading in headings}
        best: OldTable | None = None
        most = len(wanted) // 2
        for found in self.tables():
            score = len(wanted & {name.casefold() for name in found.names})
            if score > most:
                best, most = found, score
        return best

    def tables(self) -> Iterator[OldTable]:
        """The tables of this sheet that have headings."""
        for relation in self.relations.of_kind("table"):
            if relation.target in self._host.package:
                found = _table(relation, self._host.package.root(relation.target))
                if found is not None:
                    yield found

    def lines(self, headings: Sequence[str]) -> OldLines | None:
        """The table, or the range that it was converted to: known by most of our headings."""
        table = self.table(headings)
        if table is not None:
            return table
        wanted = {heading.casefold() for heading in headings}
        best: OldLines | None = None
        most = len(wanted) // 2
        for number, cells in self.cells.items():
            own = [c for c, cell in cells.items() if self._heading(cell).casefold() in wanted]
            names = {self._heading(cells[c]).casefold() for c in own}
            if len(names) > most:
                span = range(min(own), max(own) + 1)
                columns = [_column(self._heading(cells.get(c))) for c in span]
                best, most = OldLines(min(own), number, columns), len(names)
        return best

    def extras(self, table: OldLines, headings: Sequence[str]) -> tuple[Extra, ...]:
        """The columns added to the table, and those headed right beside it (LibreOffice does
        not extend tables).
        """
        own = {heading.casefold() for heading in headings}
        found = [
            Extra(name, table.first_column + offset, column)
            for offset, (name, column) in enumerate(zip(table.names, table.columns, strict=True))
            if name and name.casefold() not in own
        ]
        taken = own | {extra.name.casefold() for extra in found}
        header = self.cells.get(table.header_row, {})
        column = table.last_column + 1
        while (name := self._heading(header.get(column))) and name.casefold() not in taken:
            found.append(Extra(name, column))
            taken.add(name.casefold())
            column += 1
        return tuple(found)

    def keys(self, table: OldLines) -> dict[int, str]:
        """The identity of each row, by its number, from its key."""
        names = table.names
        if KEY_HEADER not in names:
            return {}
        column = table.first_column + names.index(KEY_HEADER)
        found = {}
        for number, cells in self.cells.items():
            key = self.text(cells.get(column))
            if number > table.header_row and "|" in key:
                found[number] = key.rpartition("|")[0]
        return found

    def carried(
        self,
        columns: Mapping[int, int],
        rows: Mapping[int, int],
        *,
        first_free_row: int,
        moves: Mapping[int, int],
    ) -> list[Carried]:
        """The cells of `columns` (old → new) at their new place, `rows` being old → new.

        Rows that are not in `rows` and hold something stand from `first_free_row` on. `moves`
        are those of all columns, for the formulas that read them.
        """
        found: list[Carried] = []
        free = first_free_row
        for number, cells in sorted(self.cells.items()):
            kept = [(columns[c], c, cell) for c, cell in sorted(cells.items()) if c in columns]
            target = rows.get(number)
            if target is None:
                kept = [(column, c, cell) for column, c, cell in kept if len(cell)]
                if not kept:
                    continue
                target, free = free, free + 1
            found += (
                self._moved(cell, (number, c), (target, column), moves)
                for column, c, cell in sorted(kept, key=lambda one: one[0])
            )
        return found

    def beyond(self, column: int, shift: int, moves: Mapping[int, int]) -> list[Carried]:
        """The cells right of a column, in their rows, moved by some columns."""
        return [
            self._moved(cell, (number, index), (number, index + shift), moves)
            for number, cells in self.cells.items()
            for index, cell in sorted(cells.items())
            if index > column and index + shift > 0
        ]

    def _moved(
        self,
        cell: etree._Element,
        place: tuple[int, int],
        target: tuple[int, int],
        moves: Mapping[int, int],
    ) -> Carried:
        moved_cell = deepcopy(cell)
        moved_cell.tail = None
        moved_cell.set("r", f"{get_column_letter(target[1])}{target[0]}")
        formula = moved_cell.find(q("f"))
        if formula is not None:
            formula = self._own_formula(moved_cell, formula, place)
        if formula is not None and formula.text:
            formula.text = moved(formula.text, place[0], target[0], moves)
            if formula.get("ref"):  # an array: one cell of it, here
                formula.set("ref", moved_cell.get("r", ""))
        foreign = [str(name) for name in moved_cell.attrib if str(name).startswith("{")]
        drop_attributes(moved_cell, "cm", "vm", *foreign)
        etree.cleanup_namespaces(moved_cell)
        xml = etree.tostring(moved_cell, encoding="unicode").replace(f' xmlns="{MAIN}"', "")
        return Carried(*target, xml, formula is not None, place)

    def _own_formula(
        self, cell: etree._Element, formula: etree._Element, place: tuple[int, int]
    ) -> etree._Element | None:
        """The formula as this cell reads it, where it was written once for several cells."""
        if formula.get("t") != "shared":
            return formula
        text, origin = self._shared_formulas.get(formula.get("si", ""), ("", ""))
        here = f"{get_column_letter(place[1])}{place[0]}"
        formula.text = copied(text, origin, here) if text else ""
        drop_attributes(formula, "t", "si", "ref")
        if formula.text:
            return formula
        cell.remove(formula)  # its value stays
        return None

    @cached_property
    def _shared_formulas(self) -> dict[str, tuple[str, str]]:
        """The formulas written once for several cells, by number: the text, and where it is."""
        found = {}
        for number, cells in self.cells.items():
            for column, cell in cells.items():
                formula = cell.find(q("f"))
                if formula is not None and formula.get("t") == "shared" and formula.text:
                    place = f"{get_column_letter(column)}{number}"
                    found[formula.get("si", "")] = (formula.text, place)
        return found

    @cached_property
    def cells(self) -> dict[int, dict[int, etree._Element]]:
        """Every cell by row and column, numbered as Excel does where the file says nothing."""
        found: dict[int, dict[int, etree._Element]] = {}
        number = 0
        for row in self.root.iterfind(f"{q('sheetData')}/{q('row')}"):
            number = _integer(row.get("r")) or number + 1
            cells: dict[int, etree._Element] = {}
            column = 0
            for cell in row.iterchildren(q("c")):
                match = _CELL.fullmatch(cell.get("r", ""))
                column = column_index_from_string(match.group(1)) if match else column + 1
                cells[column] = cell
            if cells:
                found[number] = cells
        return found

    def _heading(self, cell: etree._Element | None) -> str:
        """A typed text as a table's part spells it; "" for a cell that holds anything else."""
        is_text = cell is not None and cell.get("t") in ("s", "inlineStr")
        return self.text(cell).replace("\n", "_x000a_") if is_text else ""

    def text(self, cell: etree._Element | None) -> str:
        """What a cell holds, as it is compared: its formula, its text, or its number."""
        if cell is None or not len(cell):
            return ""
        inner = cell[0]
        if len(cell) == len(inner) == 1 and (inner.tag, inner[0].tag) == (_INLINE, _TEXT):
            return from_xml(inner[0].text or "")  # as we write texts
        formula = cell.findtext(_FORMULA)
        if formula:
            return f"={formula}"
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return from_xml("".join(text.text or "" for text in cell.iter(_TEXT)))
        value = cell.findtext(_VALUE) or ""
        if kind == "s":
            index = _integer(value)
            return self._strings[index] if index is not None and index < len(self._strings) else ""
        return _number_text(value) if kind == "n" else from_xml(value)

    def shown(self, cell: etree._Element) -> str:
        """What a cell shows, nearly: a date as a date, a number with a comma."""
        text = self.text(cell)
        if cell.get("t", "n") != "n" or text.startswith("="):
            return text
        style = _integer(cell.get("s")) or 0
        if style in self._date_styles and text.isdecimal():
            return f"{from_excel(int(text), self._epoch):%d/%m/%Y}"
        return text.replace(".", ",")

    @cached_property
    def _epoch(self) -> datetime:
        return CALENDAR_MAC_1904 if self._host.date1904 else CALENDAR_WINDOWS_1900

    @cached_property
    def _date_styles(self) -> frozenset[int]:
        """The cell formats that show a number as a date."""
        related = self._host.related("styles")
        if related is None:
            return frozenset()
        root = self._host.package.root(related.target)
        codes = {
            item.get("numFmtId"): item.get("formatCode", "") for item in root.iter(q("numFmt"))
        }
        formats = (
            codes.get(number) or BUILTIN_FORMATS.get(int(number), "")
            for number in (
                xf.get("numFmtId", "0") for xf in root.iterfind(f"{q('cellXfs')}/{q('xf')}")
            )
        )
        return frozenset(i for i, code in enumerate(formats) if is_date_format(code))

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        related = self._host.related("sharedStrings")
        if related is None:
            return ()
        items = self._host.package.root(related.target).iterchildren(q("si"))
        return tuple(_string(item) for item in items)


def _string(item: etree._Element) -> str:
    """A shared string, its phonetic hints aside."""
    runs = [*item.iterchildren(q("t")), *item.iterfind(f"{q('r')}/{q('t')}")]
    return from_xml("".join(run.text or "" for run in runs))


def _number_text(value: str) -> str:
    try:
        return number_text(float(value))
    except ValueError:
        return value


def _table(relation: Relationship, root: etree._Element) -> OldTable | None:
    corners = [_CELL.fullmatch(corner) for corner in root.get("ref", "").split(":")]
    if not all(corners) or root.get("headerRowCount") == "0":
        return None
    columns = root.findall(f"{q('tableColumns')}/{q('tableColumn')}")
    first = corners[0]
    assert first is not None
    start = column_index_from_string(first.group(1))
    return OldTable(start, int(first.group(2)), columns, relation, root)


def _column(name: str) -> etree._Element:
    """A heading as a table's part has it."""
    return etree.Element(q("tableColumn"), {"name": name})


def _integer(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def by_row(cells: Iterable[Carried]) -> dict[int, list[Carried]]:
    """Carried cells by their row, from left to right."""
    found: dict[int, list[Carried]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        found.setdefault(cell.row, []).append(cell)
    return found
