"""Repairs made in a package: those cells change, every other byte of their sheet stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from cedre_xlsx.schema.records import Records, column_letter, column_number
from cedre_xlsx.schema.state import Area, is_dead
from cedre_xlsx.workbook.package.cell_text import escaped, in_xml, text_element
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.parts import Package
from cedre_xlsx.workbook.package.rows import epoch_of
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.read.state import areas_of
from cedre_xlsx.workbook.repair.lists import depends_on_row, with_lists
from cedre_xlsx.workbook.repair.mend import Mender
from cedre_xlsx.workbook.repair.model import Left, Repair
from cedre_xlsx.workbook.repair.sheet_cells import FoundCell, SheetCells
from cedre_xlsx.workbook.repair.styles import RepairStyles

_NUMBER = re.compile(rb"[<:]v>\s*([0-9]+)\s*</")

COMPUTED = "la cellule est calculée"
FORMATTED = "une partie du texte a sa propre mise en forme"
SPECIAL = "la cellule contient plus qu'un texte"
MERGED = "la cellule est dans une fusion"
PROTECTED = "la feuille est protégée"
NO_FORMULA = "aucune autre ligne n'a de formule à recopier, ou plusieurs diffèrent"
ABSENT = "sa ligne n'a pas été retrouvée dans le fichier"


def repaired(
    data: bytes, repairs: Sequence[Repair], records: Records, workbook: RawWorkbook
) -> tuple[bytes, tuple[Repair, ...], tuple[Left, ...]]:
    """The package with the repairs made, those that were, and those that are left, with why.

    `records` and `workbook` are what was read of it.
    """
    host = Host(Package(data))
    pen = _Pen(host)
    by_sheet: defaultdict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        if repair.name is None:
            by_sheet[repair.sheet].append(repair)
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    for title, mine in by_sheet.items():
        pen.write_sheet(parts[title], [one for one in mine if one.loss is None])
    mender = Mender(host, pen.styles, records, workbook)
    for repair in repairs:
        if repair.loss is not None:
            pen.note(repair, mender.mend(repair.loss))
        elif repair.name is not None:
            host.define(*repair.name, hidden=True)
            pen.note(repair, "")
    if not pen.made:
        return data, (), tuple(pen.left)
    pen.styles.save()
    host.ask_for_calculation()
    host.save()
    return host.package.data(), tuple(pen.made), tuple(pen.left)


class _Pen:
    """What writes the repairs, sheet by sheet, and remembers what became of each."""

    def __init__(self, host: Host) -> None:
        self._package = host.package
        self._epoch = epoch_of(date1904=host.date1904)
        self._strings = _Strings(host)
        self.styles = RepairStyles(host)
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
        cell = cells.cell(repair.cell)
        style = cell.style if cell else ""
        why = self._forbidden(cells, repair.cell, cell, style)
        if why:
            return why
        if isinstance(repair.after, date):
            serial = (repair.after - self._epoch).days
            content = f"{_style(self.styles.dated(style))}><v>{serial}</v>"
        elif repair.formula:
            formula = _formula_of_the_others(cells, repair.cell)
            if formula is None:
                return NO_FORMULA
            content = (
                f'{_style(self.styles.computed(style))} t="str"><f>{escaped(formula)}</f>'
                f"<v>{in_xml(repair.after)}</v>"
            )
        else:
            content = f'{_style(style)} t="inlineStr"><is>{text_element(repair.after)}</is>'
        return "" if cells.put(repair.cell, content) else ABSENT

    def _forbidden(
        self, cells: SheetCells, address: str, cell: FoundCell | None, style: str
    ) -> str:
        """What forbids to write in a cell; "" when nothing does."""
        [place] = areas_of([address])
        if cells.is_protected and self.styles.is_locked(style):
            return PROTECTED
        if any(_hides(area, place) for area in cells.merged):
            return MERGED
        if any(area.overlaps(place) for area in cells.spilled):
            return COMPUTED
        if cell is None:
            return ""
        if cells.has_formula(cell):
            return COMPUTED
        if cell.is_of_another_kind:
            return SPECIAL
        return FORMATTED if self._runs(cells, cell) > 1 else ""

    def _runs(self, cells: SheetCells, cell: FoundCell) -> int:
        return self._strings.runs(cell) if cell.kind == "s" else cells.runs(cell)


def _hides(merged: Area, place: Area) -> bool:
    """Whether a cell is covered by the first one of a merge."""
    first = (merged.first_row, merged.first_column) == (place.first_row, place.first_column)
    return merged.overlaps(place) and not first


def _style(index: str) -> str:
    return f' s="{index}"' if index else ""


def _formula_of_the_others(cells: SheetCells, address: str) -> str | None:
    """The formula of the nearest rows above and below, as this row would have it.

    None when there is none, or they disagree.
    """
    letters = address.rstrip("0123456789")
    row, column = int(address[len(letters) :]), column_number(letters)
    known = {r: text for r, text in cells.formulas(column).items() if not is_dead(text)}
    above = max((one for one in known if one < row), default=None)
    below = min((one for one in known if one > row), default=None)
    meant = {_moved(known[one], one, row, column) for one in (above, below) if one is not None}
    return meant.pop() if len(meant) == 1 else None


def _moved(formula: str, from_row: int, to_row: int, column: int) -> str:
    """A formula as copying it down or up its column makes it."""
    if not depends_on_row(formula):
        return formula
    from openpyxl.formula.translate import Translator

    letters = column_letter(column)
    moved = Translator(f"={formula}", origin=f"{letters}{from_row}").translate_formula(
        f"{letters}{to_row}"
    )
    return str(moved).removeprefix("=")


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
