"""A sheet's XML as bytes, in which single cells are replaced and nothing else moves."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from cedre_xlsx.schema.records import column_number
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.state import areas_of

_ADDRESS = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_HIDING = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_DATA = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([0-9]+)[\"']")
_CELL_COLUMN = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})[0-9]+[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"']([0-9]+)[\"']")
_KIND = re.compile(rb"\st\s*=\s*[\"']([A-Za-z]+)[\"']")
_OF_ANOTHER_KIND = re.compile(rb"\s(?:cm|vm)\s*=")
_OF_SEVERAL_CELLS = (b"array", b"dataTable")
_REFERENCE = re.compile(rb"\sref\s*=\s*[\"']([A-Z0-9:]+)[\"']")


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell as the sheet stores it: its bytes, from where to where."""

    start: int
    end: int
    xml: bytes

    @property
    def head(self) -> bytes:
        """Its opening tag."""
        return self.xml[: self.xml.find(b">") + 1]

    @property
    def style(self) -> str:
        """The index of its style; "" when it has none."""
        found = _STYLE.search(self.head)
        return found[1].decode() if found else ""

    @property
    def kind(self) -> str:
        """How its value is stored: "s" shared, "inlineStr", "str" computed; "" for a number."""
        found = _KIND.search(self.head)
        return found[1].decode() if found else ""

    @property
    def is_of_another_kind(self) -> bool:
        """Whether it holds more than its value: a picture, a linked data type."""
        return bool(_OF_ANOTHER_KIND.search(self.head))


class SheetCells:
    """The cells of one sheet; `put` replaces one, `data` gives the whole."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        #: What is searched: the same bytes, without the comments that could look like cells.
        self._seen = _HIDING.sub(lambda one: b" " * len(one[0]), xml) if b"<!" in xml else xml
        found = _DATA.search(self._seen)
        self._start = found.end() if found else len(xml)
        self._prefix = found[1] if found else b""
        self._edits: dict[tuple[int, int], bytes] = {}

    def cell(self, address: str) -> FoundCell | None:
        """A cell that the sheet stores; None when it does not."""
        column, row = _split(address)
        for number, start, end in self._cells(row):
            if number == column:
                return FoundCell(start, end, self._seen[start:end])
        return None

    def has_formula(self, cell: FoundCell) -> bool:
        """Whether a cell is computed."""
        return self._formula.search(cell.xml) is not None

    def runs(self, cell: FoundCell) -> int:
        """How many stretches of its own text have a format of their own."""
        return len(re.findall(rb"<" + self._prefix + rb"r(?=[\s/>])", cell.xml))

    def put(self, address: str, content: str) -> bool:
        """Replace a cell, or make it; False when its row is not there.

        `content` is what follows the address: attributes, the end of the tag, and what it holds.
        It is written with characters that every encoding has.
        """
        name = self._prefix.decode()
        held = re.sub(r"<(/?)(?=[a-z])", rf"<\1{name}", content) if name else content
        made = f'<{name}c r="{address}"{held}</{name}c>'.encode("ascii", "xmlcharrefreplace")
        cell = self.cell(address)
        if cell is not None:
            self._edits[cell.start, cell.end] = made
            return True
        place = self._place(address)
        if place is None or (place, place) in self._edits:
            return False
        self._edits[place, place] = made
        return True

    def restyle(self, address: str, change: Callable[[str], str]) -> None:
        """Give a cell another style, by the index that it has."""
        cell = self.cell(address)
        style = change(cell.style if cell else "")
        if cell is None:
            self.put(address, f' s="{style}">')
            return
        head = _STYLE.sub(b"", cell.head, count=1)
        name = re.match(rb"<[^\s/>]+", head)
        if style and name:
            made = name[0] + f' s="{style}"'.encode() + head[name.end() :]
            self._edits[cell.start, cell.end] = made + cell.xml[len(cell.head) :]

    def data(self) -> bytes:
        """The sheet with its cells replaced."""
        pieces = []
        position = 0
        for (start, end), made in sorted(self._edits.items()):
            pieces += [self._xml[position:start], made]
            position = end
        return b"".join((*pieces, self._xml[position:]))

    def formulas(self, column: int) -> dict[int, str]:
        """The formulas of a column by row, where their text stands in the cell itself."""
        found = {}
        text = re.compile(self._formula.pattern + rb"([^<]+)<")
        for row in self._rows:
            for number, start, end in self._cells(row):
                one = text.search(self._seen, start, end) if number == column else None
                if one and _kind_of_formula(one[0]) not in _OF_SEVERAL_CELLS:
                    found[row] = unescape(one[1].decode())
        return found

    @cached_property
    def merged(self) -> tuple[Area, ...]:
        """The merged cells."""
        tags = re.finditer(rb"<" + self._prefix + rb"mergeCell\s[^>]*>", self._seen)
        found = (_REFERENCE.search(tag[0]) for tag in tags)
        return tuple(areas_of(one[1].decode() for one in found if one))

    @cached_property
    def spilled(self) -> tuple[Area, ...]:
        """The cells that an array formula fills, or a table of data."""
        found = (_REFERENCE.search(one[0]) for one in self._formula.finditer(self._seen)
                 if _kind_of_formula(one[0]) in _OF_SEVERAL_CELLS)  # fmt: skip
        return tuple(areas_of(one[1].decode() for one in found if one))

    @cached_property
    def is_protected(self) -> bool:
        """Whether the sheet's locked cells may not be changed."""
        tag = re.search(rb"<" + self._prefix + rb"sheetProtection\s[^>]*>", self._seen)
        return bool(tag and re.search(rb"\ssheet\s*=\s*[\"'](?:1|true)[\"']", tag[0]))

    @cached_property
    def _formula(self) -> re.Pattern[bytes]:
        return re.compile(rb"<" + self._prefix + rb"f(?=[\s/>])[^>]*>")

    @cached_property
    def _rows(self) -> dict[int, tuple[int, int]]:
        """Where the cells of each row start and end; rows that store nothing are not there."""
        opening = re.compile(rb"<" + self._prefix + rb"row(?=[\s/>])[^>]*>")
        closing = b"</" + self._prefix + b"row>"
        rows, number = {}, 0
        for tag in opening.finditer(self._seen, self._start):
            said = _ROW_NUMBER.search(tag[0])
            number = int(said[1]) if said else number + 1
            if not tag[0].endswith(b"/>"):
                rows[number] = tag.end(), self._seen.find(closing, tag.end())
        return rows

    def _cells(self, row: int) -> list[tuple[int, int, int]]:
        """The cells of a row: column, start, end. A cell without address follows the one before."""
        start, end = self._rows.get(row, (0, 0))
        opening = re.compile(rb"<" + self._prefix + rb"c(?=[\s/>])[^>]*>")
        closing = b"</" + self._prefix + b"c>"
        cells, number = [], 0
        for tag in opening.finditer(self._seen, start, max(end, start)):
            said = _CELL_COLUMN.search(tag[0])
            number = column_number(said[1].decode()) if said else number + 1
            last = tag.end()
            if not tag[0].endswith(b"/>"):
                last = self._seen.find(closing, last) + len(closing)
            cells.append((number, tag.start(), last))
        return cells

    def _place(self, address: str) -> int | None:
        """Where a cell that is not there yet belongs in its row."""
        column, row = _split(address)
        if self._rows.get(row, (0, -1))[1] < 0:
            return None
        cells = self._cells(row)
        after = bisect_left(cells, column, key=lambda cell: cell[0])
        return cells[after][1] if after < len(cells) else self._rows[row][1]


def _kind_of_formula(tag: bytes) -> bytes:
    found = _KIND.search(tag)
    return found[1] if found else b""


def _split(address: str) -> tuple[int, int]:
    found = _ADDRESS.match(address)
    if found is None:
        raise ValueError(address)
    return column_number(found[1]), int(found[2])
