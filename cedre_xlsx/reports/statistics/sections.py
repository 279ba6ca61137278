"""What the sheet `Statistiques AAAA` is made of: runs of rows, and where a page may end in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.statistics.pages import PrintedRow
from cedre_xlsx.workbook.generated import SheetRow, Value

#: Widths in characters: the first column, and the narrow ones that numbers stand in.
LABEL, NARROW = 33.0, 10.0
COLUMNS = 14
#: Where a figure leads to its definition (1-based): an empty column away from the widest of its
#: tables, so that selecting the table takes nothing else.
LINKS = 9
ROW_HEIGHT, _TITLE, _GAP = 16.0, 20.0, 10.0  # points
#: What it costs to end a page in a table: as much as leaving half a page blank.
_CUT = 30.0


@dataclass(frozen=True, slots=True)
class Section:
    """Rows about one subject.

    A page ends within the first `head` rows and the last two never, else at the cost of `cut`,
    which is half as much after the `eased` ones.
    `merged` are ranges: the index of a row, their first and last column; `name` and `headings` are
    those of the table that it shows.
    """

    rows: tuple[SheetRow, ...]
    head: int = 0
    cut: float = _CUT
    eased: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int], ...] = ()
    name: str = ""
    headings: tuple[str, ...] = ()

    @property
    def printed(self) -> Iterator[PrintedRow]:
        """The rows of the section as they are printed."""
        last = len(self.rows) - 1
        for index, one in enumerate(self.rows):
            is_inside = index < self.head or index == last - 1
            eased = self.cut / 2 if index in self.eased else self.cut
            cut = 0.0 if index == last else inf if is_inside else eased
            yield PrintedRow(one.height or ROW_HEIGHT, cut)


def row(look: str, kinds: str, values: Sequence[Value], height: float = ROW_HEIGHT) -> SheetRow:
    """A row of that look, a letter a column saying what it holds."""
    shown = (typeset(value) if isinstance(value, str) else value for value in values)
    return SheetRow(f"{look}:{kinds}", tuple(shown), height)


def banner(look: str, text: str, height: float = _TITLE) -> SheetRow:
    """A text over the whole width."""
    return row(look, "l" * COLUMNS, (text, *(None,) * (COLUMNS - 1)), height)


def gap(height: float = _GAP) -> SheetRow:
    """A low row that holds nothing."""
    return SheetRow("body:", (), height)
