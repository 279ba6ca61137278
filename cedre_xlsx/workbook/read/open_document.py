"""An OpenDocument's cells, from its content.xml, row by row.

Calamine refuses what Gnumeric and Calligra indent, and joins to a cell the text of the shapes that
stand over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from cedre_xlsx.ooxml.extent import MOST_CELLS
from cedre_xlsx.ooxml.safety import (
    damaged,
    endless_text,
    forbidden_definitions,
    oversized,
)
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.open_values import (
    COLUMNS,
    COLUMNS_SPANNED,
    ROWS,
    ROWS_SPANNED,
    TABLE,
    TABLE_NAME,
    Formats,
    repeated,
    value_of,
)
from cedre_xlsx.workbook.read.raw import Cell, Grid, Laid

_MOST_CELLS = MOST_CELLS // 2
_MOST_TEXT = 128 * 1024**2  # characters
#: Bytes of one row, or of what stands between two: it is held in memory as a tree.
_LARGEST_ROW = 16 * 1024**2
_TABLE, _ROW = f"{TABLE}table", f"{TABLE}table-row"
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})


@dataclass(slots=True)
class Sheet:
    """A sheet: the rows that hold something, each with its number."""

    name: str
    grid: Grid = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)

    def laid(self) -> Laid:
        """Its cells as the reading lays them; rows may be shorter than others."""
        width = max(map(len, self.grid), default=0)
        return Laid(self.grid, self.rows, range(1, width + 1))


def read_sheets(content: bytearray, path: Path) -> list[Sheet]:
    """The sheets in their order. CedreError when the XML is damaged or made to do harm."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise forbidden_definitions(path)
    source, reader = _Source(content, path), _Reader(path)
    elements = etree.iterparse(
        source, tag=(_TABLE, _ROW, *Formats.ELEMENTS), resolve_entities=False, no_network=True,
        huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in elements:
            source.since = 0
            reader.follow(element)
    except etree.XMLSyntaxError:
        raise damaged(path) from None
    return reader.sheets


class _Source:
    """The XML as the parser takes it, bit by bit: no more than one row becomes a tree."""

    def __init__(self, content: bytearray, path: Path) -> None:
        self.since = 0  # bytes since the last element that was followed
        self._content, self._place, self._path = content, 0, path

    def read(self, size: int) -> bytes:
        """The next bytes of the content; CedreError where a row is too large."""
        start, self._place = self._place, self._place + size
        self.since += size
        if self.since > _LARGEST_ROW:
            raise oversized(self._path)
        return bytes(self._content[start : self._place])


class _Reader:
    """The sheet that is read, and what may still be laid out."""

    def __init__(self, path: Path) -> None:
        self.sheets: list[Sheet] = []
        self._path = path
        self._formats = Formats()
        self._table: etree._Element | None = None  # the one whose rows are read
        self._around: etree._Element | None = None  # what the last row stood in
        self._row = 0  # rows before
        self._cells_left, self._text_left = _MOST_CELLS, _MOST_TEXT

    def follow(self, element: etree._Element) -> None:
        """An element that was parsed to its end: it is read, then forgotten."""
        if element.tag == _ROW:
            around = element.getparent()
            if around is not self._around and not self._begin(around):
                return
            self._read(element)
        elif element.tag == _TABLE:
            if not self._begin(element):
                return
        else:
            self._formats.add(element)
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]

    def _begin(self, around: etree._Element | None) -> bool:
        """Whether it belongs to a sheet, which it may begin; not to a table within a cell."""
        lineage = () if around is None else (around, *around.iterancestors())
        tables = [one for one in lineage if one.tag == _TABLE]
        if len(tables) != 1:
            return False
        if tables[0] is not self._table:
            self._table, self._row = tables[0], 0
            self.sheets.append(Sheet(tables[0].get(TABLE_NAME) or ""))
        self._around = around
        return True

    def _read(self, row: etree._Element) -> None:
        """The cells of a row, as often as it is repeated."""
        first, count = self._row + 1, repeated(row.get(ROWS))
        self._row += count
        cells = self._cells(row, count)
        if not cells:
            return
        self._cells_left -= len(cells) * count
        if self._cells_left < 0:
            raise self._too_far()
        sheet = self.sheets[-1]
        sheet.grid.append(cells)
        sheet.grid += (list(cells) for _ in range(1, count))
        sheet.rows += range(first, first + count)

    def _cells(self, row: etree._Element, times: int) -> list[Cell]:
        """The cells up to the last one that holds something."""
        cells: list[Cell] = []
        column, formats = 0, self._formats
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            count = repeated(cell.get(COLUMNS))
            value = value_of(cell, formats)
            if value != "":
                if (column + count) * times > self._cells_left:
                    raise self._too_far()
                if isinstance(value, str):
                    self._text_left -= len(value) * count * times
                    if self._text_left < 0:
                        raise endless_text(self._path)
                cells.extend([""] * (column - len(cells)))
                cells.extend([value] * count)
                self._remember_merge(cell, column + 1)
            column += count
        return cells

    def _remember_merge(self, cell: etree._Element, column: int) -> None:
        """The area of a cell of the row `self._row` that is merged with others."""
        rows, columns = repeated(cell.get(ROWS_SPANNED)), repeated(cell.get(COLUMNS_SPANNED))
        if rows > 1 or columns > 1:
            row = self._row
            area = Area(row, column, row + rows - 1, column + columns - 1)
            self.sheets[-1].merged.append(area)

    def _too_far(self) -> CedreError:
        return CedreError(
            f"{self._path} : une feuille s'étend trop loin pour être lue. Supprimez ses lignes et "
            "colonnes vides, puis enregistrez."
        )
