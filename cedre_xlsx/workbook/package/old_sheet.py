"""A generated sheet as people left it: what they added to it, and where that goes now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.workbook.package.cell_text import from_xml
from cedre_xlsx.workbook.package.formulas import copied, moved
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.old_cells import OldCell, Place, elements, read_cells
from cedre_xlsx.workbook.package.parts import MAIN, Relations, Relationship, drop_attributes

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
    place: Place | None = None


class OldSheet:
    """The part that is about to be replaced."""

    def __init__(self, host: Host, part: str) -> None:
        self._host = host
        self.part = part
        self._read = read_cells(host.package.read(part), self._strings)
        self.relations = Relations(host.package, part)

    @property
    def root(self) -> etree._Element:
        """The sheet without its rows."""
        return self._read.root

    @property
    def cells(self) -> Mapping[int, Mapping[int, OldCell]]:
        """Every cell by row and column."""
        return self._read.rows

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
        found: dict[Place, Place] = {}
        free = first_free_row
        for number, cells in sorted(self.cells.items()):
            kept = [c for c in sorted(cells) if c in columns]
            target = rows.get(number)
            if target is None:
                kept = [c for c in kept if cells[c].filled]
                if not kept:
                    continue
                target, free = free, free + 1
            found |= {
                (number, c): (target, columns[c]) for c in sorted(kept, key=columns.__getitem__)
            }
        return self._at_new_places(found, moves)

    def beyond(self, column: int, shift: int, moves: Mapping[int, int]) -> list[Carried]:
        """The cells right of a column, in their rows, moved by some columns."""
        found = {
            (number, index): (number, index + shift)
            for number, cells in self.cells.items()
            for index in sorted(cells)
            if index > column and index + shift > 0
        }
        return self._at_new_places(found, moves)

    def _at_new_places(
        self, targets: Mapping[Place, Place], moves: Mapping[int, int]
    ) -> list[Carried]:
        """The cells of some places, in that order, each at its new place."""
        if not targets:
            return []
        cells = elements(self._host.package.read(self.part), targets.keys())
        return [
            self._moved(cells[place], place, target, moves) for place, target in targets.items()
        ]

    def _moved(
        self,
        cell: etree._Element,
        place: Place,
        target: Place,
        moves: Mapping[int, int],
    ) -> Carried:
        cell.tail = None
        cell.set("r", f"{get_column_letter(target[1])}{target[0]}")
        formula = cell.find(q("f"))
        if formula is not None:
            formula = self._own_formula(cell, formula, place)
        if formula is not None and formula.text:
            formula.text = moved(formula.text, place[0], target[0], moves)
            if formula.get("ref"):  # an array: one cell of it, here
                formula.set("ref", cell.get("r", ""))
        foreign = [str(name) for name in cell.attrib if str(name).startswith("{")]
        drop_attributes(cell, "cm", "vm", *foreign)
        etree.cleanup_namespaces(cell)
        xml = etree.tostring(cell, encoding="unicode").replace(f' xmlns="{MAIN}"', "")
        return Carried(*target, xml, formula is not None, place)

    def _own_formula(
        self, cell: etree._Element, formula: etree._Element, place: Place
    ) -> etree._Element | None:
        """The formula as this cell reads it, where it was written once for several cells."""
        if formula.get("t") != "shared":
            return formula
        text, origin = self._read.shared_formulas.get(formula.get("si", ""), ("", ""))
        here = f"{get_column_letter(place[1])}{place[0]}"
        formula.text = copied(text, origin, here) if text else ""
        drop_attributes(formula, "t", "si", "ref")
        if formula.text:
            return formula
        cell.remove(formula)  # its value stays
        return None

    def _heading(self, cell: OldCell | None) -> str:
        """A typed text as a table's part spells it; "" for a cell that holds anything else."""
        is_text = cell is not None and cell.kind in ("s", "inlineStr")
        return self.text(cell).replace("\n", "_x000a_") if is_text else ""

    def text(self, cell: OldCell | None) -> str:
        """What a cell holds, as it is compared; "" for none."""
        return cell.text if cell is not None else ""

    def shown(self, cell: OldCell) -> str:
        """What a cell shows, nearly: a date as a date, a number with a comma."""
        text = cell.text
        if cell.kind != "n" or text.startswith("="):
            return text
        style = int(cell.style) if cell.style.isdecimal() else 0
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


def by_row(cells: Iterable[Carried]) -> dict[int, list[Carried]]:
    """Carried cells by their row, from left to right."""
    found: dict[int, list[Carried]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        found.setdefault(cell.row, []).append(cell)
    return found
