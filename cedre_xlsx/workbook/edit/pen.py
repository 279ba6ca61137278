"""One cell written: how a value is stored, and what forbids to write where it should go."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cached_property, lru_cache
from math import isfinite

from cedre_xlsx.method.days import epoch_of
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.ooxml.cell_text import (
    escaped,
    in_xml,
    is_too_long,
    legal,
    text_element,
)
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.model import CellValue, shown
from cedre_xlsx.workbook.edit.sheet_cells import FoundCell, SheetCells
from cedre_xlsx.workbook.edit.styles import CellStyles
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read.state import areas_of

_NUMBER = re.compile(rb"[<:]v>\s*([0-9]+)\s*</")
#: Before, programs do not agree on which day a number is: Excel knows a 29 February 1900.
_FIRST_SURE_DAY = date(1900, 3, 1)

_SURELY_SHORT = 10_000  # characters that every cell holds

COMPUTED = "la cellule est calculée"
FORMATTED = "une partie du texte a sa propre mise en forme"
SPECIAL = "la cellule contient plus qu'un texte"
MERGED = "la cellule est dans une fusion"
PROTECTED = "la feuille est protégée"
ABSENT = "sa ligne n'a pas été retrouvée dans le fichier"
TOO_LONG = "le texte est plus long que ce qu'une cellule peut contenir"
NO_VALUE = "une cellule ne peut pas contenir cette valeur"


@lru_cache(maxsize=64)  # the lines of a column nearly always have one formula
def _formula(text: str) -> str:
    """A formula for XML, in characters that every encoding has."""
    return escaped(text).encode("ascii", "xmlcharrefreplace").decode()


class Pen:
    """What writes cells in the sheets of a workbook."""

    def __init__(self, host: Host) -> None:
        self._epoch = epoch_of(date1904=host.date1904)
        self._first_day = max(self._epoch, _FIRST_SURE_DAY)
        self._strings = _Strings(host)
        self.styles = CellStyles(host)

    def put(self, cells: SheetCells, address: str, value: CellValue, *, over: bool = False) -> str:
        """Write a value in a cell, whose look stays; why not, in French.

        With `over`, also over a text with formats of its own, and as what a formula shows.
        """
        why = self.forbidden(cells, address, over=over) or why_not(value)
        if why:
            return why
        cell = cells.cell(address) if over else None
        if cell is not None and cells.has_formula(cell):
            cells.show(address, cell, "" if value is None else shown(value))
            return ""
        made = cells.put(address, self.content(self.style(cells, address), value))
        return "" if made else ABSENT

    def put_formula(self, cells: SheetCells, address: str, formula: str, value: str) -> str:
        """Write a formula, and the text that it gives; why not, in French."""
        why = self.forbidden(cells, address)
        if why:
            return why
        made = cells.put(address, self.formula(self.style(cells, address), formula, value))
        return "" if made else ABSENT

    def content(self, style: str, value: CellValue) -> str:
        """A value as XML, from what follows the address of its cell to before its end."""
        if isinstance(value, bool):
            value = "OUI" if value else "NON"
        elif isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if day >= self._first_day:
                days = (day - self._epoch).days
                return f"{style_attribute(self.styles.dated(style))}><v>{days}</v>"
            value = french_day(day)
        elif isinstance(value, (int, float)):
            return f"{style_attribute(self.styles.numbered(style))}><v>{value!r}</v>"
        if not value:
            return f"{style_attribute(style)}>"
        text = text_element(str(value))
        return f'{style_attribute(style)} t="inlineStr"><is>{text}</is>'

    def formula(self, style: str, formula: str, value: str | None) -> str:
        """A formula as XML; without the text that it gives, that is computed at opening."""
        start = style_attribute(self.styles.computed(style))
        text = _formula(formula)
        if value is None:
            return f"{start}><f>{text}</f>"
        return f'{start} t="str"><f>{text}</f><v>{in_xml(value)}</v>'

    def style(self, cells: SheetCells, address: str) -> str:
        """The index of a cell's style: that of its row or column where none is stored."""
        cell = cells.cell(address)
        return cell.style if cell else cells.look_below(address)

    def forbidden(self, cells: SheetCells, address: str, *, over: bool = False) -> str:
        """What forbids to write in a cell; "" when nothing does."""
        cell = cells.cell(address)
        [place] = areas_of([address])
        if cells.is_protected and self.styles.is_locked(self.style(cells, address)):
            return PROTECTED
        if any(_hides(area, place) for area in cells.merged):
            return MERGED
        if any(area.overlaps(place) for area in cells.spilled):
            return COMPUTED
        if cell is None or over:
            return ""
        if cells.has_formula(cell):
            return COMPUTED
        if cell.is_of_another_kind:
            return SPECIAL
        return FORMATTED if self._runs(cells, cell) > 1 else ""

    def _runs(self, cells: SheetCells, cell: FoundCell) -> int:
        return self._strings.runs(cell) if cell.kind == "s" else cells.runs(cell)


def why_not(value: CellValue) -> str:
    """Why no cell can hold a value, in French; "" when one can."""
    if isinstance(value, str):
        is_long = len(value) > _SURELY_SHORT and is_too_long(legal(value))
        return TOO_LONG if is_long else ""
    return NO_VALUE if isinstance(value, float) and not isfinite(value) else ""


def style_attribute(index: str) -> str:
    """The attribute of a cell that has a style."""
    return f' s="{index}"' if index else ""


def _hides(merged: Area, place: Area) -> bool:
    """Whether a cell is covered by the first one of a merge."""
    first = (merged.first_row, merged.first_column) == (place.first_row, place.first_column)
    return merged.overlaps(place) and not first


class _Strings:
    """The shared strings of a package, looked at only where a cell asks."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def runs(self, cell: FoundCell) -> int:
        """How many stretches of the cell's shared text have a format of their own."""
        value = _NUMBER.search(cell.xml)
        number = int(value[1]) if value else len(self._formatted)
        return self._formatted[number] if number < len(self._formatted) else 0

    @cached_property
    def _formatted(self) -> list[int]:
        related = self._host.related("sharedStrings")
        if related is None:
            return []
        root = self._host.package.root(related.target)
        return [len(one.findall(q("r"))) for one in root.iterchildren(q("si"))]
