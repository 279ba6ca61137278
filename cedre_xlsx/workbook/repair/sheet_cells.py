"""A sheet's XML as bytes, in which single cells are replaced and nothing else moves."""

from __future__ import annotations

import re

from cedre_xlsx.schema.records import column_number

_ADDRESS = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_STYLE = re.compile(rb'\ss="([0-9]+)"')
_HAS_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?f[\s>/]")


class SheetCells:
    """The cells of one sheet; `put` replaces one, `data` gives the whole."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        found = re.search(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData\b", xml)
        self._prefix = found[1] if found else b""
        self._edits: dict[tuple[int, int], bytes] = {}

    def style(self, address: str) -> str:
        """The style index of a cell; "" when it has none."""
        cell = self._cell(address)
        found = _STYLE.search(self._xml[cell[0] : self._xml.find(b">", cell[0])]) if cell else None
        return found[1].decode() if found else ""

    def put(self, address: str, content: str) -> bool:
        """Replace a cell, or make it; False when its row cannot be found, or it is computed.

        `content` is what follows the address: attributes, the end of the tag, and what it holds.
        """
        name = self._prefix.decode()
        held = re.sub(r"<(/?)(?=[a-z])", rf"<\1{name}", content) if name else content
        made = f'<{name}c r="{address}"{held}</{name}c>'.encode()
        cell = self._cell(address)
        if cell is not None:
            if _HAS_FORMULA.search(self._xml[cell[0] : cell[1]]):
                return False
            self._edits[cell] = made
            return True
        place = self._place(address)
        if place is None or place in self._edits:
            return False
        self._edits[place] = made
        return True

    def data(self) -> bytes:
        """The sheet with its cells replaced."""
        pieces = []
        position = 0
        for (start, end), made in sorted(self._edits.items()):
            pieces += [self._xml[position:start], made]
            position = end
        return b"".join((*pieces, self._xml[position:]))

    def _cell(self, address: str) -> tuple[int, int] | None:
        """Where a cell starts and ends."""
        opening = b"<" + self._prefix + b"c "
        for quote in (b'"', b"'"):
            at = self._xml.find(b" r=" + quote + address.encode() + quote)
            start = self._xml.rfind(b"<", 0, at) if at >= 0 else -1
            if start < 0 or not self._xml.startswith(opening, start):
                continue
            end = self._xml.find(b">", at)
            if self._xml[end - 1 : end] == b"/":
                return start, end + 1
            closing = b"</" + self._prefix + b"c>"
            return start, self._xml.find(closing, end) + len(closing)
        return None

    def _place(self, address: str) -> tuple[int, int] | None:
        """Where a cell that is not there yet belongs in its row."""
        column, row = self._split(address)
        opening = re.compile(
            rb"<" + self._prefix + rb'row\s[^>]*\br="' + str(row).encode() + rb'"[^>]*>'
        )
        found = opening.search(self._xml)
        if found is None or found[0].endswith(b"/>"):
            return None
        end = self._xml.find(b"</" + self._prefix + b"row>", found.end())
        place = found.end()
        cell = re.compile(rb"<" + self._prefix + rb'c\s[^>]*?\br="([A-Z]{1,3})' + str(row).encode())
        for one in cell.finditer(self._xml, found.end(), end):
            if column_number(one[1].decode()) > column:
                return one.start(), one.start()
            place = end
        return (place, place)

    @staticmethod
    def _split(address: str) -> tuple[int, int]:
        found = _ADDRESS.match(address)
        if found is None:
            raise ValueError(address)
        return column_number(found[1]), int(found[2])
