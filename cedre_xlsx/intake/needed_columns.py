"""The columns that the sheets of a workbook lack for what is poured of foreign tables."""

from __future__ import annotations

from collections.abc import Sequence, Set

from cedre_xlsx.intake.living import Living
from cedre_xlsx.intake.people import Line
from cedre_xlsx.intake.targets import SPECS
from cedre_xlsx.intake.understood_table import UnderstoodTable
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.edit.model import NewColumn
from cedre_xlsx.workbook.read.raw import is_blank

_PEOPLE = t.PEOPLE.table
#: What tells who it is: every workbook has columns for it.
IDENTITY = frozenset({"last_name", "first_name", "precision", "typed_person"})


def needed_columns(
    tables: Sequence[UnderstoodTable],
    left: Set[Line],
    living: Living,
) -> dict[tuple[str, str], NewColumn]:
    """The columns to add, by table and by field or heading.

    A column of which no line is poured, all being `left`, is not added.
    """
    columns: dict[tuple[str, str], NewColumn] = {}
    for at, table in enumerate(tables):
        poured = [rank for rank in range(table.count) if (at, rank) not in left]
        name = table.map.spec.table
        for sheet, some in ((_PEOPLE, table.people), (name, table.lines)):
            for one in some.cells if some else ():
                is_there = one in IDENTITY or living.has_field(sheet, one)
                if not is_there and some and any(one in some.told[rank] for rank in poured):
                    heading = SPECS[sheet].columns[one].header
                    columns.setdefault((sheet, one), NewColumn(sheet, heading, one))
        for heading, mine in table.own.items():
            is_there = bool(living.own_heading(name, heading))
            if not is_there and any(not is_blank(mine[rank]) for rank in poured):
                columns.setdefault((name, heading), NewColumn(name, heading))
    return columns
