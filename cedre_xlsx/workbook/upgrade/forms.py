"""Formulas of the sheets without lines that earlier versions wrote otherwise."""

from __future__ import annotations

from cedre_xlsx.schema.records import column_number
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.repair.donors import Donors
from cedre_xlsx.workbook.repair.layout import Layout, formulas_of
from cedre_xlsx.workbook.upgrade.former import FORMULAS, former_print
from cedre_xlsx.workbook.upgrade.model import Told


def put_formulas(host: Host, pen: Pen, layout: Layout, donors: Donors, told: Told) -> None:
    """Give the formulas of today to the cells that have those of an earlier version; what the team
    wrote instead stays.
    """
    parts = {one.title: one.part for one in host.sheets() if one.is_worksheet}
    for name, former in FORMULAS.items():
        sheet = layout.sheet(name)
        if sheet is None or sheet.name not in parts:
            continue
        cells = SheetCells(host.package.read(parts[sheet.name]))
        known = formulas_of(donors.form(name))
        old = [one for one in known if _print(cells, one) in former]
        if not old:
            continue
        with told.step(f"feuille {sheet.name}"):
            formulas = {address: layout.moved(known[address]) for address in old}
            for address, formula in formulas.items():
                cell = cells.cell(address)
                style = cell.style if cell else ""
                cells.put(address, pen.formula(style, formula, None))
            host.package.write(parts[sheet.name], cells.data())
            told.done.append(f"{sheet.name} : formules remises à jour ({len(old)})")


def _print(cells: SheetCells, address: str) -> str:
    letters = address.rstrip("0123456789")
    row = int(address[len(letters) :])
    return former_print(cells.formula_text(row, column_number(letters)))
