"""The lines of last year's tables that this year's would lack.

A line that is gone says that nobody is in it any more: so that all who were in it have left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from cedre_xlsx.method.text import word_key
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import Key, cell_key
from cedre_xlsx.reports.statistics.tables import breakdown_names
from cedre_xlsx.reports.statistics.values import TableRow


def with_lines_of(before: Statistics, hidden: Collection[Key], after: Statistics) -> Statistics:
    """This year's figures, with a line of zeros for each line of last year that would be lacking.

    A line where all was seen to be zero may go.
    """
    tables: dict[str, Sequence[TableRow]] = dict(after.tables)
    for name in ("types", *breakdown_names(list(after.tables))):
        here = {_identity(row) for row in after.tables[name][:-1]}
        gone = [
            _emptied(row)
            for row in before.tables.get(name, ())[:-1]
            if _identity(row) not in here and _tells(before, name, row, hidden)
        ]
        if gone:
            *body, total = after.tables[name] or (_emptied(before.tables[name][-1]),)
            tables[name] = (*body, *gone, total)
    return replace(after, tables=tables)


def _identity(row: TableRow) -> str:
    return word_key(row.label) or row.label


def _tells(before: Statistics, name: str, row: TableRow, hidden: Collection[Key]) -> bool:
    """Whether a line of last year had anything in it, as far as a reader knows."""
    return any(
        value or cell_key(before, name, row, column) in hidden
        for column, value in row.cells.items()
    )


def _emptied(row: TableRow) -> TableRow:
    return replace(row, cells=dict.fromkeys(row.cells, 0))
