"""A generated sheet as people left it: what they added to it, and where that goes now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.parts import Relations, Relationship, drop_attributes

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True)
class OldTable:
    """Our table as it stands in the old sheet.

    `columns` are its column elements in order; `own` are the positions (from 0) of ours.
    """

    relation: Relationship
    root: etree._Element
    first_column: int
    header_row: int
    last_column: int
    columns: Sequence[etree._Element]

    @property
    def names(self) -> list[str]:
        """The headings, in order."""
        return [column.get("name", "") for column in self.columns]


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that someone added to our table: its heading, where it was, its old id."""

    name: str
    column: int
    id: int | None


@dataclass(frozen=True)
class Carried:
    """A cell that we did not write, with its new place."""

    row: int
    column: int
    xml: str
    has_formula: bool


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
        for relation in self.relations.of_kind("table"):
            if relation.target not in self._host.package:
                continue
            found = _table(relation, self._host.package.root(relation.target))
            score = len(wanted & {name.casefold() for name in found.names}) if found else 0
            if score > most:
                best, most = found, score
        return best

    def extras(self, table: OldTable, headings: Sequence[str]) -> tuple[Extra, ...]:
        """The columns added to the table, and those headed right beside it (LibreOffice does
        not extend tables).
        """
        own = {heading.casefold() for heading in headings}
        found = [
            Extra(name, table.first_column + offset, _integer(column.get("id")))
            for offset, (name, column) in enumerate(zip(table.names, table.columns, strict=True))
            if name.casefold() not in own
        ]
        taken = own | {extra.name.casefold() for extra in found}
        header = self._cells.get(table.header_row, {})
        column = table.last_column + 1
        while (name := self._typed_text(header.get(column))) and name.casefold() not in taken:
            found.append(Extra(name, column, None))
            taken.add(name.casefold())
            column += 1
        return tuple(found)

    def keys(self, table: OldTable) -> dict[int, str]:
        """The identity of each row, by its number, from its key."""
        names = table.names
        if KEY_HEADER not in names:
            return {}
        column = table.first_column + names.index(KEY_HEADER)
        found = {}
        for number, cells in self._cells.items():
            key = self._text(cells.get(column))
            if number > table.header_row and "|" in key:
                found[number] = key.rpartition("|")[0]
        return found

    def carried(
        self, columns: Mapping[int, int], rows: Mapping[int, int], *, first_free_row: int
    ) -> list[Carried]:
        """The cells of `columns` (old → new) at their new place, `rows` being old → new.

        Rows that are not in `rows` and hold something stand from `first_free_row` on.
        """
        found: list[Carried] = []
        free = first_free_row
        for number, cells in sorted(self._cells.items()):
            kept = [(columns[c], cell) for c, cell in sorted(cells.items()) if c in columns]
            target = rows.get(number)
            if target is None:
                kept = [(column, cell) for column, cell in kept if len(cell)]
                if not kept:
                    continue
                target, free = free, free + 1
            found += (self._moved(cell, target, column) for column, cell in sorted(kept))
        return found

    def beyond(self, column: int, shift: int) -> list[Carried]:
        """The cells right of a column, in their rows, moved by some columns."""
        return [
            self._moved(cell, number, index + shift)
            for number, cells in self._cells.items()
            for index, cell in sorted(cells.items())
            if index > column and index + shift > 0
        ]

    def _moved(self, cell: etree._Element, row: int, column: int) -> Carried:
        moved = deepcopy(cell)
        moved.tail = None
        moved.set("r", f"{get_column_letter(column)}{row}")
        formula = moved.find(q("f"))
        if formula is not None and formula.get("t") == "shared":
            _unshare(moved, formula)
            formula = moved.find(q("f"))
        foreign = [str(name) for name in moved.attrib if str(name).startswith("{")]
        drop_attributes(moved, "cm", "vm", *foreign)
        etree.cleanup_namespaces(moved)
        xml = etree.tostring(moved, encoding="unicode")
        return Carried(row, column, xml, formula is not None)

    @cached_property
    def _cells(self) -> dict[int, dict[int, etree._Element]]:
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

    def _typed_text(self, cell: etree._Element | None) -> str:
        """The text of a cell that holds one as it was typed; "" for anything else."""
        is_text = cell is not None and cell.get("t") in ("s", "inlineStr")
        return self._text(cell) if is_text else ""

    def _text(self, cell: etree._Element | None) -> str:
        if cell is None:
            return ""
        if cell.get("t") == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(q("t")))
        value = cell.findtext(q("v")) or ""
        if cell.get("t") == "s":
            index = _integer(value)
            return self._strings[index] if index is not None and index < len(self._strings) else ""
        return value

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
    return "".join(run.text or "" for run in runs)


def _table(relation: Relationship, root: etree._Element) -> OldTable | None:
    corners = [_CELL.fullmatch(corner) for corner in root.get("ref", "").split(":")]
    if not all(corners) or root.get("headerRowCount") == "0":
        return None
    columns = root.findall(f"{q('tableColumns')}/{q('tableColumn')}")
    first = corners[0]
    assert first is not None
    start = column_index_from_string(first.group(1))
    return OldTable(relation, root, start, int(first.group(2)), start + len(columns) - 1, columns)


def _unshare(cell: etree._Element, formula: etree._Element) -> None:
    """A formula written once for several cells stays with the one that holds it; the others keep
    their value.
    """
    if formula.text:
        drop_attributes(formula, "t", "si", "ref")
    else:
        cell.remove(formula)


def _integer(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def by_row(cells: Iterable[Carried]) -> dict[int, list[Carried]]:
    """Carried cells by their row, from left to right."""
    found: dict[int, list[Carried]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        found.setdefault(cell.row, []).append(cell)
    return found
