"""The cells of some lines of a sheet, moved up or taken out together: the bytes of their rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from cedre_xlsx.ooxml.areas import Area
from cedre_xlsx.ooxml.formula_cells import FormulaCell, FormulaCells
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.edit.line_formulas import LineMoves, continues, resorted
from cedre_xlsx.workbook.edit.sheet_cells import FoundCell, SheetCells

#: Where each line goes, by the number of its row; None for one that is taken out.
Moves = Mapping[int, int | None]

_ADDRESS = re.compile(rb"(\sr\s*=\s*[\"'])[^\"']*([\"'])")
_ROW_SAYS = re.compile(rb"\s(?:r|spans)\s*=\s*[\"'][^\"']*[\"']")
_NUMBERED = re.compile(rb"\sr\s*=")
_SHARED = re.compile(rb"\st\s*=\s*[\"']shared[\"']")
_GROUP = re.compile(rb"\ssi\s*=\s*[\"']([^\"']*)[\"']")
_OF_SEVERAL = re.compile(rb"\st\s*=\s*[\"'](?:array|dataTable)[\"']")
_VALUED = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?v(?:\s[^<>]*)?>[^<]")
_REFERENCE = re.compile(rb"(\sref\s*=\s*[\"'])[^\"']*([\"'])")


class RowMover:
    """Moves the cells of lines in the columns of their table; those beside it stay."""

    def __init__(self, title: str, xml: bytes, columns: range, moves: Moves) -> None:
        self._title = title
        self._cells = SheetCells(xml)
        self._columns = columns
        self._moves = moves
        rows = sorted(moves) or [1]
        self._first = rows[0]
        self._lines = LineMoves(max(rows[0] - 1, 1), rows[-1], moves)
        self._has_shared = b"shared" in xml
        self._formulas: dict[tuple[int, int], FormulaCell] = {}
        if b"f>" in xml or b"<f" in xml:
            self._formulas = {one.cell: one for one in FormulaCells(xml).formulas()}
        name = self._cells.prefix
        self._tag = re.compile(rb"<" + name + rb"f(?=[\s/>])[^>]*>")
        self._whole = re.compile(
            rb"<" + name + rb"f(?=[\s/>])[^>]*?(?:/>|>[^<]*</" + name + rb"f\s*>)"
        )
        self._is_numbered = all(
            _NUMBERED.search(self._cells.row_tag(row)) for row in self._cells.row_numbers
        )

    def data(self) -> bytes:
        """The sheet once its lines have moved.

        Raises CedreError for cells that go together over several rows: they cannot be parted.
        """
        self._refuse_wide_formulas()
        groups = self._touched_groups()
        known = self._cells
        stored = {row: known.row_cells(row) for row in self._moves if known.has_row(row)}
        comes_from = {to: row for row, to in self._moves.items() if to is not None}
        for row, cells in stored.items():
            source = comes_from.get(row)
            beside = {c: one for c, one in cells.items() if c not in self._columns}
            line = stored.get(source or 0, {})
            self._cells.replace_row(row, self._row(row, source, line, beside, groups))
        self._unshare(groups)
        return self._cells.data()

    def _row(
        self,
        row: int,
        source: int | None,
        cells: Mapping[int, FoundCell],
        beside: Mapping[int, FoundCell],
        groups: frozenset[bytes],
    ) -> bytes:
        """The XML of a row that gets the line of another, or none."""
        made = {c: self._staying(one.xml, row, c, groups) for c, one in beside.items()}
        attributes = b""
        if source is not None:
            made.update(
                (column, self._cell(one.xml, source, row, column, groups))
                for column, one in cells.items()
                if column in self._columns
            )
            tag = self._cells.row_tag(source)
            attributes = _ROW_SAYS.sub(b"", tag[tag.find(b"row") + 3 :].rstrip(b"/>")).rstrip()
        if not made and source is None and self._is_numbered:
            return b""
        name = self._cells.prefix + b"row"
        inner = b"".join(xml for _, xml in sorted(made.items()))
        return b'<%b r="%d"%b>%b</%b>' % (name, row, attributes, inner, name)

    def _staying(self, xml: bytes, row: int, column: int, groups: frozenset[bytes]) -> bytes:
        """A cell beside the lines, which stays: its formula, where others share it, whole."""
        xml = self._addressed(xml, row, column)
        formula, tag = self._formulas.get((row, column)), self._tag.search(xml)
        if formula is None or tag is None or not self._is_shared(tag[0], groups):
            return xml
        return self._plain(xml, formula.text)

    def _cell(
        self, xml: bytes, source: int, row: int, column: int, groups: frozenset[bytes]
    ) -> bytes:
        """A cell in another row, its formula reading there what it read."""
        formula, tag = self._formulas.get((source, column)), self._tag.search(xml)
        if formula is None or tag is None:
            return self._addressed(xml, row, column)
        if source != row == self._first and continues(formula.text, source, column_letter(column)):
            started = self._started(xml, column)
            if started:
                return self._addressed(started, row, column)
        xml = self._addressed(xml, row, column)
        text = resorted(formula.text, source, row, self._lines)
        if _OF_SEVERAL.search(tag[0]):  # of one cell: others are refused
            address = f"{column_letter(column)}{row}".encode()
            told = _REFERENCE.sub(rb"\g<1>" + address + rb"\g<2>", tag[0])
            return self._plain(xml, text, told)
        if text == formula.text and not self._is_shared(tag[0], groups):
            return xml
        return self._plain(xml, text)

    def _started(self, xml: bytes, column: int) -> bytes:
        """What a column that counts on begins with where no line is above any more: the value that
        the cell showed, else what the first line had; b"" without either.
        """
        if _VALUED.search(xml):
            return self._whole.sub(b"", xml, count=1)
        first = self._cells.row_cells(self._first).get(column)
        is_plain = first is not None and self._tag.search(first.xml) is None
        return first.xml if first is not None and is_plain and self._cells.holds(first) else b""

    def _addressed(self, xml: bytes, row: int, column: int) -> bytes:
        """A cell that says where it is."""
        end = xml.find(b">") + 1
        head, body = xml[:end], xml[end:]
        address = f"{column_letter(column)}{row}".encode()
        if _ADDRESS.search(head):
            return _ADDRESS.sub(rb"\g<1>" + address + rb"\g<2>", head, count=1) + body
        name = b"<" + self._cells.prefix + b"c"
        return head.replace(name, name + b' r="' + address + b'"', 1) + body

    def _plain(self, body: bytes, text: str, tag: bytes = b"") -> bytes:
        """What a cell holds, its formula written whole, with its own tag where it has one."""
        name = self._cells.prefix
        written = escape(text, quote=False).encode("ascii", "xmlcharrefreplace")
        opening = tag.rstrip(b"/>").rstrip() + b">" if tag else b"<" + name + b"f>"
        made = opening + written + b"</" + name + b"f>"
        return self._whole.sub(lambda _: made, body, count=1)

    def _is_shared(self, tag: bytes, groups: frozenset[bytes]) -> bool:
        """Whether a formula is written once for several cells, of which one moves."""
        return _SHARED.search(tag) is not None and self._is_in(tag, groups)

    def _is_in(self, tag: bytes, groups: frozenset[bytes]) -> bool:
        found = _GROUP.search(tag)
        return found is not None and found[1] in groups

    def _touched_groups(self) -> frozenset[bytes]:
        """The numbers of the formulas written once for several cells, of which one moves."""
        found: set[bytes] = set()
        if not self._has_shared:
            return frozenset()
        for row, column in self._formulas:
            if row in self._moves and column in self._columns:
                tag = self._formula_tag(row, column)
                group = _GROUP.search(tag) if _SHARED.search(tag) else None
                if group is not None:
                    found.add(group[1])
        return frozenset(found)

    def _formula_tag(self, row: int, column: int) -> bytes:
        cell = self._cells.cell(f"{column_letter(column)}{row}")
        tag = self._tag.search(cell.xml) if cell is not None else None
        return tag[0] if tag is not None else b""

    def _unshare(self, groups: frozenset[bytes]) -> None:
        """Write whole the formulas of these groups in the rows that stay."""
        if not groups:
            return
        for (row, column), formula in self._formulas.items():
            if row in self._moves and self._cells.has_row(row):
                continue
            if not self._is_in(self._formula_tag(row, column), groups):
                continue
            address = f"{column_letter(column)}{row}"
            cell = self._cells.cell(address)
            if cell is not None:
                end = cell.xml.find(b">") + 1
                body = self._plain(cell.xml[end:], formula.text)
                self._cells.rewrite(address, cell.xml[:end] + body)

    def _refuse_wide_formulas(self) -> None:
        for formula in self._formulas.values():
            if not formula.fills.is_one_cell and self._meets(formula.fills):
                raise CedreError(
                    f"{self._title} : la formule de {formula.fills.text} remplit plusieurs "
                    "cellules du tableau, qui ne peuvent pas être séparées ; rien n'est écrit. "
                    "Mettez-la à côté du tableau, puis recommencez."
                )

    def _meets(self, area: Area) -> bool:
        first, last = self._columns[0], self._columns[-1]
        return (
            area.first_column <= last
            and first <= area.last_column
            and any(row in self._moves for row in range(area.first_row, area.last_row + 1))
        )
