"""How the cells of a form look: which are framed, which show dates, what may be typed in them."""

from __future__ import annotations

import re
from functools import cache, cached_property

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.paperwork.guards import Guard, guards_of
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.edit.sheet_cells import FoundCell, SheetCells
from cedre_xlsx.workbook.edit.styles import CellStyles
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read.state import areas_of

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SIDES = ("left", "right", "top", "bottom", "start", "end")


class FormLooks:
    """The looks of a form's cells; each sheet is read when it is first asked about."""

    def __init__(self, package: Package) -> None:
        self._host = Host(package)
        self._parts = {
            one.title: one.part
            for one in self._host.sheets()
            if one.is_worksheet and one.part in package
        }
        self.cells = cache(self._cells)
        self.framed = cache(self._framed)
        self.guards = cache(self._guards)

    def is_drawn(self, sheet: str, cell: str) -> bool:
        """Whether the sheet stores a cell, be it empty."""
        return cell in self.cells(sheet)

    def style(self, sheet: str, cell: str) -> str:
        """The index of a cell's style; "" for one that is not stored."""
        found = self.cells(sheet).get(cell)
        return found.style if found else ""

    def is_computed(self, sheet: str, cell: str) -> bool:
        """Whether a cell is computed."""
        found = self.cells(sheet).get(cell)
        return found is not None and _FORMULA.search(found.xml) is not None

    def wants_a_date(self, sheet: str, cell: str) -> bool:
        """Whether a number would be shown there as a day or a time."""
        return self._styles.shows_a_time(self.style(sheet, cell))

    def shows_a_day(self, sheet: str, cell: str) -> bool:
        """Whether a day is shown there as a day."""
        return self._styles.shows_a_day(self.style(sheet, cell))

    def guard(self, sheet: str, cell: str) -> Guard | None:
        """The rule, lists aside, that refuses what is typed in a cell; None without one."""
        [place] = areas_of([cell])
        found = (one for one in self.guards(sheet) if any(a.overlaps(place) for a in one.areas))
        return next(found, None)

    def _cells(self, sheet: str) -> dict[str, FoundCell]:
        """The cells that a sheet stores."""
        part = self._parts.get(sheet)
        if part is None:
            return {}
        cells = SheetCells(self._host.package.read(part))
        return {
            f"{column_letter(column)}{row}": cell
            for row in cells.row_numbers
            for column, cell in cells.row_cells(row).items()
        }

    def _framed(self, sheet: str) -> frozenset[str]:
        """The cells that have a border."""
        return frozenset(
            cell for cell, found in self.cells(sheet).items() if found.style in self._bordered
        )

    def _guards(self, sheet: str) -> tuple[Guard, ...]:
        part = self._parts.get(sheet)
        return guards_of(self._host.package.read(part)) if part else ()

    @cached_property
    def _styles(self) -> CellStyles:
        return CellStyles(self._host)

    @cached_property
    def _bordered(self) -> frozenset[str]:
        """The indexes of the styles that have a border."""
        part = self._host.related("styles")
        root = self._host.package.root(part.target) if part else None
        formats = root.find(q("cellXfs")) if root is not None else None
        borders = root.find(q("borders")) if root is not None else None
        if formats is None or borders is None:
            return frozenset()
        drawn = {
            str(index)
            for index, border in enumerate(borders)
            if any(side.get("style", "none") != "none" for side in border
                   if str(side.tag).rpartition("}")[2] in _SIDES)
        }  # fmt: skip
        return frozenset(
            str(index) for index, one in enumerate(formats) if one.get("borderId", "0") in drawn
        )
