"""What helps people type in a sheet, and how much of it is left: lists, guards, colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from cedre_xlsx.schema.reach import CLOSE
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.state import Area, SheetState, rows_outside
from cedre_xlsx.schema.tables import COLOURED, guarded_fields


def rows_without_list(
    table: Table[Any], state: SheetState, column: int, *, ours: bool
) -> list[int]:
    """The rows of lines where a column has no list, though it has one elsewhere.

    In a workbook of ours, those below the last row that its lists and guards reach are said at
    once for the whole sheet.
    """
    rows = sorted(row.row for row in table.rows)
    lost = rows_outside(rows, (area for area in state.listed if area.holds(column)))
    ends = {table.columns[field]: end for field, end in short_columns(table, state).items()}
    return [row for row in lost if not ours or row <= ends.get(column, row)]


def short_columns(table: Table[Any], state: SheetState) -> dict[str, int]:
    """The columns whose list or guard ends too early, and the last row that it reaches.

    What is too short ends in most columns together: a rule that ends elsewhere is as a team made
    it, or was pasted over.
    """
    first, last = _lines_of(table)
    found = {}
    for field, column in table.columns.items():
        areas = [area for area in state.helped if area.holds(column)]
        if any(area.first_row <= first or area.last_row > last for area in areas):
            found[field] = max(area.last_row for area in areas)
    [(common, count)] = Counter(found.values()).most_common(1) or [(0, 0)]
    is_short = last and count > 1 and common < last + CLOSE
    return {f: end for f, end in found.items() if is_short and end == common}


def short_colours(table: Table[Any], state: SheetState) -> int:
    """The last row of the colours of whole lines when that is too early; 0 when it is not."""
    first, last = _lines_of(table)
    left, right = min(table.columns.values()), max(table.columns.values())
    ends = [
        max(area.last_row for area in areas)
        for areas in state.colours
        if any(a.first_row <= first <= a.last_row and a.holds(left) and a.holds(right)
               for a in areas)
    ]  # fmt: skip
    end = max(ends, default=0)
    return end if last and end < last + CLOSE else 0


def _lines_of(table: Table[Any]) -> tuple[int, int]:
    """The first and the last row of the lines; 0 and 0 without any."""
    rows = [row.row for row in table.rows]
    return min(rows, default=0), max(rows, default=0)


def bare_columns(table: Table[Any], state: SheetState) -> dict[str, int]:
    """The columns that a new workbook guards, and which accept anything now.

    One that the team gave a list or a guard of its own is guarded.
    """
    areas = (*state.guards, *state.listed)
    return {
        field: column
        for field in guarded_fields(table.spec)
        if (column := table.columns.get(field)) and not any(area.holds(column) for area in areas)
    }


def colours_left(table: Table[Any], state: SheetState) -> tuple[int, int]:
    """How many colours of a new workbook are left, and how many they are.

    Programs and people write their formulas anew: what counts is how many rules colour whole lines
    and each of the single columns. Those of columns that are no more are not asked for.
    """
    left = wanted = 0
    for fields, needs in COLOURED[table.spec.table].items():
        count = sum(all(field in table.columns for field in one) for one in needs)
        places = [table.columns[field] for field in fields if field in table.columns]
        there = [one for one in state.colours if is_coloured(table, one, places)]
        wanted += count
        left += min(len(there), count)
    return left, wanted


def is_coloured(table: Table[Any], areas: Sequence[Area], columns: Sequence[int]) -> bool:
    """Whether a colour is of these columns below the headings; without any, of whole lines.

    The same formula may colour both.
    """
    held = [
        {column for column in table.columns.values() if area.holds(column)}
        for area in areas
        if area.last_row > table.header_row
    ]
    many = len(table.columns) / 2
    if columns:
        return any(len(one) < many and one.issuperset(columns) for one in held)
    return len(set().union(*held)) >= many
