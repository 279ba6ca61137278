"""Cells that compute themselves again: the formula, and its value beside where it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cedre_xlsx.ooxml.cell_text import escaped, in_xml
from cedre_xlsx.ooxml.stored import stores_unreadable
from cedre_xlsx.schema.records import Table, column_letter
from cedre_xlsx.schema.state import Area, is_dead
from cedre_xlsx.workbook.edit.formulas import name_formula_of
from cedre_xlsx.workbook.edit.pen import style_attribute
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.styles import CellStyles


def put_names(
    cells: SheetCells, styles: CellStyles, table: Table[Any], rows: Sequence[int],
    in_table: frozenset[int],
) -> list[str]:  # fmt: skip
    """Give these rows of Personnes their name's formula; gives the cells that could not have it.

    In the rows that are not of the table of its name, the cells of the row are named instead.
    """
    column = table.columns["typed_person"]
    names = {row.row: row.person for row in table.rows}
    left = []
    for row in rows:
        address = f"{column_letter(column)}{row}"
        cell = cells.cell(address)
        formula = name_formula_of(table, row, in_table=row in in_table)
        style = styles.computed(cell.style if cell else "")
        content = (
            f'{style_attribute(style)} t="str"><f>{escaped(formula)}</f><v>{in_xml(names[row])}</v>'
        )
        if _is_hidden(cells, row, column) or not cells.put(address, content):
            left.append(address)
    return left


def _is_hidden(cells: SheetCells, row: int, column: int) -> bool:
    """Whether a cell is covered by the first one of a merge."""
    place = Area(row, column, row, column)
    return any(
        area.overlaps(place) and (area.first_row, area.first_column) != (row, column)
        for area in cells.merged
    )


def put_formulas(cells: SheetCells, formulas: Mapping[str, str]) -> list[str]:
    """Give cells these formulas, their looks kept; what they give is computed at opening.

    Gives the cells that could not have it.
    """
    left = []
    for address, formula in formulas.items():
        cell = cells.cell(address)
        style = cell.style if cell else ""
        if not cells.put(address, f"{style_attribute(style)}><f>{escaped(formula)}</f>"):
            left.append(address)
    return left


def needs_formula(cells: SheetCells, address: str) -> bool:
    """Whether a cell computes nothing any more, or an error."""
    cell = cells.cell(address)
    if cell is None or not cells.has_formula(cell):
        return True
    broken = is_dead(cell.xml.decode("utf-8", "replace")) or stores_unreadable(cell.xml)
    return broken or cell.kind == "e"
