"""Cells that we did not write, at their new places: values, formulas, looks, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

from cedre_xlsx.ooxml.formulas import copied, moved
from cedre_xlsx.ooxml.parts import MAIN, drop_attributes
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.old_cells import Place
from cedre_xlsx.workbook.package.old_sheet import OldSheet


@dataclass(frozen=True)
class Carried:
    """A cell that we did not write, with its new place, and where it stood (row, column)."""

    row: int
    column: int
    xml: str
    has_formula: bool
    place: Place | None = None


def carried_cells(
    old: OldSheet, targets: Mapping[Place, Place], moves: Mapping[int, int]
) -> list[Carried]:
    """The cells of some places, each at its new one; `moves` are those of all columns, for the
    formulas that read them.
    """
    if not targets:
        return []
    cells = old.elements(targets.keys())
    return [_moved(old, cells[place], place, target, moves) for place, target in targets.items()]


def by_row(cells: Iterable[Carried]) -> dict[int, list[Carried]]:
    """Carried cells by their row, from left to right."""
    found: dict[int, list[Carried]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        found.setdefault(cell.row, []).append(cell)
    return found


def _moved(
    old: OldSheet,
    cell: etree._Element,
    place: Place,
    target: Place,
    moves: Mapping[int, int],
) -> Carried:
    cell.tail = None
    cell.set("r", f"{get_column_letter(target[1])}{target[0]}")
    formula = cell.find(q("f"))
    if formula is not None:
        formula = _own_formula(old, cell, formula, place)
    if formula is not None and formula.text:
        formula.text = moved(formula.text, place[0], target[0], moves)
    if formula is not None and formula.get("ref"):
        rows, columns = target[0] - place[0], target[1] - place[1]
        formula.set("ref", shifted(formula.get("ref", ""), rows, columns))
    foreign = [str(name) for name in cell.attrib if str(name).startswith("{")]
    drop_attributes(cell, *foreign)
    etree.cleanup_namespaces(cell)
    xml = etree.tostring(cell, encoding="unicode").replace(f' xmlns="{MAIN}"', "")
    return Carried(*target, xml, formula is not None, place)


def shifted(reference: str, rows: int, columns: int) -> str:
    """A range of cells so many rows further down and columns further right."""
    try:
        bounds = range_boundaries(reference)
    except ValueError:
        return reference
    first, top, last, bottom = (
        (bound or 0) + shift
        for bound, shift in zip(bounds, (columns, rows, columns, rows), strict=True)
    )
    start, end = f"{get_column_letter(first)}{top}", f"{get_column_letter(last)}{bottom}"
    return start if ":" not in reference else f"{start}:{end}"


def _own_formula(
    old: OldSheet, cell: etree._Element, formula: etree._Element, place: Place
) -> etree._Element | None:
    """The formula as this cell reads it, where it was written once for several cells."""
    if formula.get("t") != "shared":
        return formula
    text, origin = old.shared_formulas.get(formula.get("si", ""), ("", ""))
    here = f"{get_column_letter(place[1])}{place[0]}"
    formula.text = copied(text, origin, here) if text else ""
    drop_attributes(formula, "t", "si", "ref")
    if formula.text:
        return formula
    cell.remove(formula)  # its value stays
    return None
