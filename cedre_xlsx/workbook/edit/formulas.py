"""Formulas that a column goes on with: in a cell that lost its own, in the lines that are added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cedre_xlsx.ooxml.formulas import copied
from cedre_xlsx.schema.columns import Column
from cedre_xlsx.schema.records import Table, column_letter, column_number
from cedre_xlsx.schema.state import is_dead
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells

_RELATIVE = re.compile(r"(?<![\w$.])\$?[A-Za-z]{1,3}[0-9]+(?![\w(])")
#: What only looks like a cell: texts, and columns of tables by their headings.
_NO_CELL = re.compile(r'"[^"]*"|\[(?:[^\[\]]|\[[^\[\]]*\])*\]')
NAME_PARTS = ("last_name", "first_name", "precision")


def depends_on_row(formula: str) -> bool:
    """Whether it names a row without a dollar: another first cell would mean other rows."""
    return bool(_RELATIVE.search(_NO_CELL.sub("", formula)))


def formula_of_the_others(cells: SheetCells, address: str) -> str | None:
    """The formula of the nearest rows above and below, as this row would have it.

    None when there is none, or they disagree.
    """
    letters = address.rstrip("0123456789")
    row, column = int(address[len(letters) :]), column_number(letters)
    known = {r: text for r, text in cells.formulas(column).items() if not is_dead(text)}
    above = max((one for one in known if one < row), default=None)
    below = min((one for one in known if one > row), default=None)
    meant = {moved(known[one], one, row, column) for one in (above, below) if one is not None}
    return meant.pop() if len(meant) == 1 else None


def moved(formula: str, from_row: int, to_row: int, column: int) -> str:
    """A formula as copying it down or up its column makes it; "" when that cannot be told."""
    if not depends_on_row(formula):
        return formula
    letters = column_letter(column)
    return copied(formula, f"{letters}{from_row}", f"{letters}{to_row}")


def name_formula(
    spec: TableSpec[Any], columns: Mapping[str, int], row: int, *, in_table: bool
) -> str:
    """The formula of Personne: by the headings of its table, else by the cells of its row."""
    column: Column = spec.columns["typed_person"]
    if in_table and all(part in columns for part in NAME_PARTS):
        return column.calculated
    last, first, precision = (
        f"{column_letter(columns[part])}{row}" if part in columns else '""' for part in NAME_PARTS
    )
    return f'TRIM({last}&" "&{first})&IF(TRIM({precision})="",""," ("&TRIM({precision})&")")'


def name_formula_of(table: Table[Any], row: int, *, in_table: bool) -> str:
    """The formula of Personne on a row of a table that was read."""
    return name_formula(table.spec, table.columns, row, in_table=in_table)
