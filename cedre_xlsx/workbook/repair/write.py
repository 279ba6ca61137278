"""Repairs made in a package: those cells change, every other byte of their sheet stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.edit.formulas import formula_of_the_others
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.repair.lists import with_lists
from cedre_xlsx.workbook.repair.mend import Mender
from cedre_xlsx.workbook.repair.model import Left, Repair

NO_FORMULA = "aucune autre ligne n'a de formule à recopier, ou plusieurs diffèrent"


def repaired(
    data: bytes, repairs: Sequence[Repair], records: Records, workbook: RawWorkbook
) -> tuple[bytes, tuple[Repair, ...], tuple[Left, ...]]:
    """The package with the repairs made, those that were, and those that are left, with why.

    `records` and `workbook` are what was read of it.
    """
    host = Host(Package(data))
    repairer = _Repairer(host)
    by_sheet: defaultdict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        if repair.name is None:
            by_sheet[repair.sheet].append(repair)
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    for title, mine in by_sheet.items():
        repairer.write_sheet(parts[title], [one for one in mine if one.loss is None])
    mender = Mender(host, repairer.pen.styles, records, workbook)
    for repair in repairs:
        if repair.loss is not None:
            repairer.note(repair, mender.mend(repair.loss))
        elif repair.name is not None:
            host.define(*repair.name, hidden=True)
            repairer.note(repair, "")
    if not repairer.made:
        return data, (), tuple(repairer.left)
    repairer.pen.styles.save()
    host.ask_for_calculation()
    host.save()
    return host.package.data(), tuple(repairer.made), tuple(repairer.left)


class _Repairer:
    """What writes the repairs, sheet by sheet, and remembers what became of each."""

    def __init__(self, host: Host) -> None:
        self._package = host.package
        self.pen = Pen(host)
        self.made: list[Repair] = []
        self.left: list[Left] = []

    def write_sheet(self, part: str, repairs: Sequence[Repair]) -> None:
        """Make the repairs of one sheet: the cells first, then the lists around them."""
        before = self._package.read(part)
        cells = SheetCells(before)
        for repair in repairs:
            if not repair.lists:
                self.note(repair, self._put(cells, repair))
        after = cells.data()
        for repair in repairs:
            if repair.lists:
                after, why = with_lists(after, repair.cell, repair.lists)
                self.note(repair, why)
        if after != before:
            self._package.write(part, after)

    def note(self, repair: Repair, why: str) -> None:
        """Remember what became of a repair: made, or left for a reason."""
        if why:
            self.left.append(Left(repair, why))
        else:
            self.made.append(repair)

    def _put(self, cells: SheetCells, repair: Repair) -> str:
        """Write one cell; why not, in French, when its file writes it in a way of its own."""
        if not repair.formula:
            return self.pen.put(cells, repair.cell, repair.after)
        why = self.pen.forbidden(cells, repair.cell)
        formula = None if why else formula_of_the_others(cells, repair.cell)
        if not formula:
            return why or NO_FORMULA
        return self.pen.put_formula(cells, repair.cell, formula, repair.shown_after)
