"""The formulas of a sheet as its bytes have them, whose values are taken out and nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape

from openpyxl.utils import column_index_from_string

from cedre_xlsx.ooxml.areas import Area, Place, areas
from cedre_xlsx.ooxml.formulas import copied

_HIDING = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_DATA = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData(?=[\s/>])")
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ATTRIBUTE = re.compile(rb"\s([A-Za-z0-9]+)\s*=\s*[\"']([^\"'<>]*)[\"']")
#: What an opening tag says of the value: its type, its rich form.
_OF_VALUE = re.compile(rb"\s(?:t|vm)\s*=\s*[\"'][^\"'<>]*[\"']")
_SEVERAL = ("array", "dataTable")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula: its cell, the cells that it fills, and its text; "" where it cannot be told.

    `inputs` are the cells that a data table reads besides.
    """

    cell: Place
    fills: Area
    text: str
    inputs: tuple[Area, ...] = ()


class FormulaCells:
    """The formulas of one sheet; those of cells without address are not seen."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        #: What is searched: the same bytes, without the comments that could look like cells.
        self._seen = _HIDING.sub(lambda one: b" " * len(one[0]), xml) if b"<!" in xml else xml
        data = _DATA.search(self._seen)
        self._start = data.end() if data else len(xml)
        self._end = self._seen.find(b"</" + data[1] + b"sheetData", self._start) if data else -1
        self._prefix = data[1] if data else b""

    def formulas(self) -> Iterator[FormulaCell]:
        """Each formula, from the top to the bottom."""
        name = self._prefix
        tag = re.compile(rb"<" + name + rb"f((?:\s[^<>]*?)?)(?:/>|>([^<]*)</" + name + rb"f\s*>)")
        shared: dict[str, tuple[str, str]] = {}
        for found in tag.finditer(self._seen, self._start, max(self._end, self._start)):
            opening = self._seen.rfind(b"<" + name + b"c", self._start, found.start())
            address = _ADDRESS.search(self._seen, opening, found.start()) if opening >= 0 else None
            if address is None:
                continue
            here = f"{address[1].decode()}{address[2].decode()}"
            place = int(address[2]), column_index_from_string(address[1].decode())
            said = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(found[1])}
            text = unescape((found[2] or b"").decode("utf-8", "replace"))
            if said.get("t") == "shared":
                if text:
                    shared.setdefault(said.get("si", ""), (text, here))
                elif said.get("si", "") in shared:
                    text = copied(*shared[said["si"]], here)
            yield _formula(place, text, said)

    def without_values(self, places: Collection[Place], filled: Collection[Area]) -> bytes:
        """The sheet without the values of formulas in these cells, and in cells that they fill."""
        name = self._prefix
        several = sorted(filled)
        columns = {column for _, column in places}
        tag = re.compile(rb"<" + name + rb"c(?=\s)[^<>]*>")
        value = re.compile(
            rb"<" + name + rb"(v|is)(?=[\s/>])[^<>]*?(?:/>|>(.*?)</" + name + rb"\1\s*>)", re.DOTALL
        )
        closing = b"</" + name + b"c>"
        pieces, position = [], 0
        for opening in tag.finditer(self._seen, self._start, max(self._end, self._start)):
            address = _ADDRESS.search(opening[0])
            if address is None or opening[0].endswith(b"/>"):
                continue
            place = int(address[2]), column_index_from_string(address[1].decode())
            is_one = place[1] in columns and place in places
            if not is_one and not (several and _is_in(place, several)):
                continue
            end = self._seen.find(closing, opening.end())
            held = value.search(self._seen, opening.end(), max(end, 0))
            if held is None or not (held[2] or _OF_VALUE.search(opening[0])):
                continue  # it is to be computed already
            head, body = self._xml[opening.start() : opening.end()], self._xml[opening.end() : end]
            pieces += [self._xml[position : opening.start()], _OF_VALUE.sub(b"", head)]
            pieces.append(value.sub(b"", body))
            position = end
        return b"".join((*pieces, self._xml[position:]))


def _formula(place: Place, text: str, said: dict[str, str]) -> FormulaCell:
    own = Area(*place, *place)
    if said.get("t") not in _SEVERAL:
        return FormulaCell(place, own, text)
    filled = areas(said.get("ref", ""))
    fills = filled[0] if len(filled) == 1 else own
    if said["t"] == "array":
        return FormulaCell(place, fills, text)
    edge = Area(max(fills.first_row - 1, 1), max(fills.first_column - 1, 1), *_last(fills))
    inputs = (edge, *areas(f"{said.get('r1', '')} {said.get('r2', '')}"))
    return FormulaCell(place, fills, "0", inputs)


def _last(area: Area) -> Place:
    return area.last_row, area.last_column


def _is_in(place: Place, several: list[Area]) -> bool:
    """Whether a cell is in one of the areas, which are in order."""
    end = bisect_left(several, Area(place[0] + 1, 0, 0, 0))
    return any(
        one.last_row >= place[0] and one.first_column <= place[1] <= one.last_column
        for one in several[:end]
    )
