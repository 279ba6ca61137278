"""The opening tag of a new line's row: its height, and that it is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.model import CellValue
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.template.heights import fits, room_of, row_height

_CUSTOM = re.compile(rb"\scustomHeight\s*=\s*[\"'](?:1|true)[\"']")
_HEIGHT = re.compile(rb"\sht\s*=\s*[\"']([0-9.]+)[\"']")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'][^\"']*[\"']")
_STYLE = re.compile(rb"\s(?:s|customFormat)\s*=\s*[\"'][0-9a-z]+[\"']")


class RowLook:
    """What the rows of new lines are like: as high as their texts ask, or as the row above is."""

    def __init__(
        self, cells: SheetCells, above: int, spec: TableSpec[Any], fields: Mapping[str, int]
    ) -> None:
        tag = cells.row_tag(above)
        height = _HEIGHT.search(tag)
        self._fixed = height[1].decode() if height and _CUSTOM.search(tag) else ""
        self._style = "".join(one.decode() for one in _STYLE.findall(tag))
        self._widths = {}
        for name, number in fields.items():
            look = cells.column_look(number)
            if look is None or not look.hidden:
                width = look.width if look else None
                self._widths[name] = width or spec.columns[name].width
        self._rooms = {name: room_of(width) for name, width in self._widths.items()}
        self._lowest = row_height(())

    def attributes(self, lines: Sequence[Mapping[str, CellValue]]) -> list[str]:
        """The attributes of new rows that have the same fields, their numbers aside."""
        if self._fixed:
            return [f'{self._style} ht="{self._fixed}" customHeight="1"'] * len(lines)
        made = [f'{self._style} ht="{self._lowest:g}"'] * len(lines)
        for rank in self._tall(lines):
            made[rank] = f'{self._style} ht="{self.height(lines[rank]):g}"'
        return made

    def _tall(self, lines: Sequence[Mapping[str, CellValue]]) -> set[int]:
        """The ranks of the lines that have a text of several lines."""
        tall: set[int] = set()
        for name in lines[0].keys() & self._rooms.keys():
            values = [line[name] for line in lines]
            room = self._rooms[name]
            long = {
                one for one in dict.fromkeys(values) if isinstance(one, str) and not fits(one, room)
            }
            if long:
                tall.update(rank for rank, one in enumerate(values) if one in long)
        return tall

    def height(self, values: Mapping[str, CellValue]) -> float:
        """Points that the texts of a line need."""
        rooms = self._rooms
        long = [
            name
            for name, one in values.items()
            if isinstance(one, str) and name in rooms and not fits(one, rooms[name])
        ]
        if not long:
            return self._lowest
        return row_height((values[name], self._widths[name]) for name in long)


def opened(tag: bytes, height: float) -> bytes:
    """The tag of a row that is filled: it is seen, and as high as is needed."""
    made = _HIDDEN.sub(b"", tag)
    if made.endswith(b"/>"):
        made = made[:-2].rstrip() + b">"
    if _CUSTOM.search(made):
        return made
    return _HEIGHT.sub(b"", made)[:-1] + f' ht="{height:g}">'.encode()
