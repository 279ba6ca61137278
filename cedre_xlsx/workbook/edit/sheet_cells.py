"""A sheet's XML as bytes, in which cells are replaced, rows are added, and nothing else moves."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from html import unescape
from itertools import groupby

from cedre_xlsx.ooxml.cell_text import in_xml
from cedre_xlsx.ooxml.formula_cells import FormulaCell, FormulaCells
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
_HOLDS = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?(?:v|t)(?:\s[^<>]*)?>[^<]")
_OF_SEVERAL_CELLS = (b"array", b"dataTable")
_ATTRIBUTE = re.compile(rb"\s([A-Za-z]+)\s*=\s*[\"']([^\"'<>]*)[\"']")
_REFERENCE = re.compile(rb"\sref\s*=\s*[\"']([A-Z0-9:]+)[\"']")


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell as the sheet stores it: its bytes, from where to where."""

    start: int
    end: int
    xml: bytes

    @property
    def head(self) -> bytes:
        """The opening tag of the cell."""
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


@dataclass(frozen=True, slots=True)
class _RowPlace:
    """A row as the sheet stores it: where its tag starts, its cells start, and they end."""

    start: int
    inside: int
    end: int
    is_bare: bool  # a tag alone, without cells


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """What a sheet says of some columns: their style ("" without one), width, and being hidden."""

    first: int
    last: int
    style: str
    width: float | None
    hidden: bool


class SheetCells:
    """The cells of one sheet; `put` replaces one, `add_row` adds a row, `data` gives the whole."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        #: What is searched: the same bytes, without the comments that could look like cells.
        self._seen = _HIDING.sub(lambda one: b" " * len(one[0]), xml) if b"<!" in xml else xml
        found = _DATA.search(self._seen)
        self._start = found.end() if found else len(xml)
        self._prefix = found[1] if found else b""
        self._cell = re.compile(rb"<" + self._prefix + rb"c(?=[\s/>])[^>]*>")
        self._end = self._seen.rfind(b"</" + self._prefix + b"sheetData") if found else -1
        self._edits: dict[tuple[int, int], bytes] = {}
        self._tags: dict[int, bytes] = {}
        self._added: dict[int, dict[int, bytes]] = {}
        self._rows_added: dict[int, bytes] = {}
        self._looked_at: tuple[int, list[tuple[int, int, int]]] = (0, [])  # a row, its cells

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

    def holds(self, cell: FoundCell) -> bool:
        """Whether a cell shows a value or a text."""
        return _HOLDS.search(cell.xml) is not None

    def runs(self, cell: FoundCell) -> int:
        """How many stretches of its own text have a format of their own."""
        return len(re.findall(rb"<" + self._prefix + rb"r(?=[\s/>])", cell.xml))

    def has_row(self, row: int) -> bool:
        """Whether the sheet stores a row, be it without cells."""
        return row in self._rows

    @property
    def row_numbers(self) -> tuple[int, ...]:
        """The rows that the sheet stores."""
        return tuple(self._rows)

    @property
    def last_row(self) -> int:
        """The last row that the sheet stores; 0 without any."""
        return max(self._rows, default=0)

    def row_tag(self, row: int) -> bytes:
        """The opening tag of a row; b"" when the sheet does not store it."""
        place = self._rows.get(row)
        return self._seen[place.start : place.inside] if place else b""

    def row_cells(self, row: int) -> dict[int, FoundCell]:
        """The cells that the sheet stores of a row, by column."""
        return {
            number: FoundCell(start, end, self._seen[start:end])
            for number, start, end in self._cells(row)
        }

    def put(self, address: str, content: str) -> bool:
        """Replace a cell, or make it, and its row; False in a part that holds no rows.

        `content` is what follows the address: attributes, the end of the tag, and what it holds.
        It is written with characters that every encoding has.
        """
        made = self._named(f'<c r="{address}"{content}</c>')
        cell = self.cell(address)
        if cell is not None:
            self._edits[cell.start, cell.end] = made
            return True
        if self._end < 0:
            return False
        column, row = _split(address)
        self._added.setdefault(row, {})[column] = made
        return True

    def show(self, address: str, cell: FoundCell, text: str) -> None:
        """Have a computed cell show a text, its formula staying; "" shows nothing."""
        tag = rb"<" + self._prefix + rb"f(?=[\s/>])"
        whole = tag + rb"(?:[^>]*/>|[^>]*>.*?</" + self._prefix + rb"f>)"
        formula = re.search(whole, cell.xml, re.DOTALL)
        style = f' s="{cell.style}"' if cell.style else ""
        opening = self._named(f'<c r="{address}"{style} t="str">')
        value = self._named(f"<v>{in_xml(text)}</v>" if text else "")
        kept = formula[0] if formula else b""
        self._edits[cell.start, cell.end] = opening + kept + value + self._named("</c>")

    def add_row(self, row: int, attributes: str, cells: str) -> None:
        """Add a row that the sheet does not store, its cells as XML without prefix."""
        self._rows_added[row] = self._named(f'<row r="{row}"{attributes}>{cells}</row>')

    def retag_row(self, row: int, tag: bytes) -> None:
        """Give a row that the sheet stores another opening tag, left open."""
        self._tags[row] = tag

    def replace_row(self, row: int, xml: bytes) -> None:
        """Put other XML in the place of a row that the sheet stores; nothing takes it out."""
        place = self._rows[row]
        end = place.end if place.is_bare else place.end + len(b"</" + self._prefix + b"row>")
        self._edits[place.start, end] = xml

    def rewrite(self, address: str, xml: bytes) -> None:
        """Put other XML in the place of a cell that the sheet stores."""
        cell = self.cell(address)
        if cell is not None:
            self._edits[cell.start, cell.end] = xml

    @property
    def prefix(self) -> bytes:
        """What the names of its elements begin with: b"" or b"x:"."""
        return self._prefix

    def _named(self, xml: str) -> bytes:
        """XML without prefix as the part writes it."""
        name = self._prefix.decode()
        held = re.sub(r"<(/?)(?=[a-z])", rf"<\1{name}", xml) if name else xml
        return held.encode("ascii", "xmlcharrefreplace")

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
        for (start, end), made in sorted((*self._edits.items(), *self._additions())):
            pieces += [self._xml[position:start], made]
            position = end
        return b"".join((*pieces, self._xml[position:]))

    def _additions(self) -> Iterator[tuple[tuple[int, int], bytes]]:
        """The new cells of the rows that are there, their new tags, and the new rows."""
        closing = b"</" + self._prefix + b"row>"
        new = dict(self._rows_added)
        for row in self._added.keys() | self._tags.keys():
            cells, place = self._added.get(row, {}), self._rows.get(row)
            if place is None:
                name = self._prefix + b"row"
                inner = b"".join(made for _, made in sorted(cells.items()))
                new[row] = b'<%b r="%d">%b</%b>' % (name, row, inner, name)
                continue
            tag = self._tags.get(row, self.row_tag(row))
            if place.is_bare:
                inner = b"".join(made for _, made in sorted(cells.items()))
                opening = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
                yield (place.start, place.inside), opening + inner + closing
                continue
            if row in self._tags:
                yield (place.start, place.inside), tag
            yield from self._new_cells(row, cells)
        numbers = sorted(self._rows)
        for after, rows in groupby(sorted(new), key=partial(bisect_left, numbers)):
            start = self._rows[numbers[after]].start if after < len(numbers) else self._end
            yield (start, start), b"".join([new[row] for row in rows])

    def _new_cells(
        self, row: int, cells: Mapping[int, bytes]
    ) -> Iterator[tuple[tuple[int, int], bytes]]:
        """The new cells of a row, those that go to the same place together."""
        there = self._cells(row)
        places: dict[int, list[bytes]] = {}
        for column in sorted(cells):
            after = bisect_left(there, column, key=lambda cell: cell[0])
            place = there[after][1] if after < len(there) else self._rows[row].end
            places.setdefault(place, []).append(cells[column])
        yield from (((place, place), b"".join(made)) for place, made in places.items())

    def is_plain_formula(self, cell: FoundCell) -> bool:
        """Whether a cell's formula is its own: neither shared with others nor of several cells."""
        found = self._formula.search(cell.xml)
        return found is not None and not _kind_of_formula(found[0])

    def formula_text(self, row: int, column: int) -> str:
        """The formula of one cell, be it shared; "" without one, or where it fills several."""
        cell = self.row_cells(row).get(column)
        if cell is None or not self.has_formula(cell):
            return ""
        if self.is_plain_formula(cell):
            text = re.search(self._formula.pattern + rb"([^<]+)<", cell.xml)
            return unescape(text[1].decode()) if text else ""
        found = self._all_formulas.get((row, column))
        return found.text if found is not None and found.fills.is_one_cell else ""

    @cached_property
    def _all_formulas(self) -> dict[tuple[int, int], FormulaCell]:
        return {one.cell: one for one in FormulaCells(self._xml).formulas()}

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
    def columns(self) -> tuple[ColumnLook, ...]:
        """What the sheet says of its columns."""
        tags = re.finditer(rb"<" + self._prefix + rb"col\s[^>]*>", self._seen[: self._start])
        found = []
        for tag in tags:
            said = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(tag[0])}
            found.append(
                ColumnLook(
                    int(said.get("min", "0")),
                    int(said.get("max", "0")),
                    said.get("style", ""),
                    float(said["width"]) if "width" in said else None,
                    said.get("hidden") in ("1", "true"),
                )
            )
        return tuple(found)

    def column_look(self, column: int) -> ColumnLook | None:
        """What the sheet says of one column."""
        return next((one for one in self.columns if one.first <= column <= one.last), None)

    def look_below(self, address: str) -> str:
        """The style that a cell has which the sheet does not store: of its row, its column."""
        column, row = _split(address)
        tag = self.row_tag(row)
        style = _STYLE.search(tag) if b"customFormat" in tag else None
        if style:
            return style[1].decode()
        look = self.column_look(column)
        return look.style if look else ""

    @cached_property
    def _rows(self) -> dict[int, _RowPlace]:
        """Where each row that is stored stands."""
        opening = re.compile(rb"<" + self._prefix + rb"row(?=[\s/>])[^>]*>")
        closing = b"</" + self._prefix + b"row>"
        rows, number = {}, 0
        for tag in opening.finditer(self._seen, self._start):
            said = _ROW_NUMBER.search(tag[0])
            number = int(said[1]) if said else number + 1
            is_bare = tag[0].endswith(b"/>")
            end = tag.end() if is_bare else self._seen.find(closing, tag.end())
            rows[number] = _RowPlace(tag.start(), tag.end(), end, is_bare)
        return rows

    def _cells(self, row: int) -> list[tuple[int, int, int]]:
        """The cells of a row: column, start, end. A cell without address follows the one before."""
        if self._looked_at[0] != row:
            self._looked_at = (row, self._cells_of(row))
        return self._looked_at[1]

    def _cells_of(self, row: int) -> list[tuple[int, int, int]]:
        place = self._rows.get(row)
        if place is None or place.is_bare:
            return []
        start, end = place.inside, place.end
        closing = b"</" + self._prefix + b"c>"
        cells, number = [], 0
        for tag in self._cell.finditer(self._seen, start, max(end, start)):
            said = _CELL_COLUMN.search(tag[0])
            number = column_number(said[1].decode()) if said else number + 1
            last = tag.end()
            if not tag[0].endswith(b"/>"):
                last = self._seen.find(closing, last) + len(closing)
            cells.append((number, tag.start(), last))
        return cells


def _kind_of_formula(tag: bytes) -> bytes:
    found = _KIND.search(tag)
    return found[1] if found else b""


def _split(address: str) -> tuple[int, int]:
    found = _ADDRESS.match(address)
    if found is None:
        raise ValueError(address)
    return column_number(found[1]), int(found[2])
