"""Cells filled in a workbook that is none of ours: no other byte of it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.workbook.edit.model import CellChange, Edited
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.write import change_cells
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
from cedre_xlsx.workbook.package.stale import drop_stale_values


def filled_cells(data: bytes, changes: Sequence[CellChange], path: Path) -> Edited:
    """The workbook with these cells; what could not be written is told with the reason.

    The part of each sheet where a cell is filled changes at those cells alone, and formulas that
    read them lose the values that they had, to be computed at opening; all other parts keep their
    bytes. A day is a date where the cell shows dates, else a text: its look is not touched. Raises
    CedreError, which names the `path`, for a file that is none of Excel's or that would be broken.
    """
    host = Host(refuse_unspliceable(data, path))
    pen = Pen(host)
    made, left = change_cells(host, pen, list(_in_their_looks(host, pen, changes)))
    if not made:
        return Edited(data, left=tuple(left))
    changed: defaultdict[str, list[Area]] = defaultdict(list)
    for one in made:
        changed[one.sheet] += areas(one.cell)
    before = _checksums(host)
    drop_stale_values(host, changed, {})
    if _checksums(host) != before:
        host.ask_for_calculation()
        host.save()
    pen.styles.save()
    return Edited(host.package.data(), made=tuple(made), left=tuple(left))


def _in_their_looks(host: Host, pen: Pen, changes: Sequence[CellChange]) -> Sequence[CellChange]:
    """The changes, the days among them as texts where their cells do not show dates."""
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    sheets = {
        title: SheetCells(host.package.read(parts[title]))
        for title in {one.sheet for one in changes if isinstance(one.value, date)}
        if title in parts
    }

    def suited(one: CellChange) -> CellChange:
        if not isinstance(one.value, date) or one.sheet not in sheets:
            return one
        if pen.styles.shows_a_day(pen.style(sheets[one.sheet], one.cell)):
            return one
        return replace(one, value=french_day(one.value))

    return [suited(one) for one in changes]


def _checksums(host: Host) -> list[tuple[int, int]]:
    return [host.package.checksum(sheet.part) for sheet in host.sheets() if sheet.part]
