"""How wide the lines of a table are: what stands beside it on their rows belongs to them.

To either side, they end before another Excel table, before cells that go together over several
rows, and before a block of its own: behind an empty column, with something above the headings or a
formula over several lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from cedre_xlsx.ooxml.areas import MAX_COLUMN, Area, Place
from cedre_xlsx.ooxml.formula_cells import FormulaCell
from cedre_xlsx.ooxml.references import Names, reads
from cedre_xlsx.schema import state
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells


class LineWidth:
    """What stands on the rows of some lines, by column; `span` are those of their table.

    `others` are the areas of the sheet's other tables, `title` is the sheet's.
    """

    def __init__(
        self,
        title: str,
        cells: SheetCells,
        formulas: Mapping[Place, FormulaCell],
        span: range,
        lines: Collection[int],
        others: Iterable[state.Area],
        names: Names,
    ) -> None:
        self._title = title
        self._formulas = formulas
        self._span = span
        self._lines = frozenset(lines)
        self._names = names
        self._heading = min(lines) - 1
        self._filled: defaultdict[int, set[int]] = defaultdict(set)
        for row in cells.row_numbers:
            if row <= max(lines):
                for column, one in cells.row_cells(row).items():
                    if column not in span and (cells.holds(one) or cells.has_formula(one)):
                        self._filled[column].add(row)
        fills = (one.fills for one in formulas.values() if not one.fills.is_one_cell)
        tables = (
            Area(one.first_row, one.first_column, one.last_row, one.last_column) for one in others
        )
        merged = (
            Area(one.first_row, one.first_column, one.last_row, one.last_column)
            for one in cells.merged
        )
        tied = (one for one in (*merged, *fills) if one.first_row != one.last_row)
        rows = Area(min(lines), 1, max(lines), MAX_COLUMN)
        self._walls = [
            one
            for one in (*tables, *tied)
            if rows.meets(one) and (one.last_column < span[0] or one.first_column > span[-1])
        ]

    def columns(self) -> range:
        """The columns of what moves with the lines."""
        left, right = self._end(range(self._span[0] - 1, 0, -1)), self._end(self._right())
        return range(left + 1 if left else 1, right if right else MAX_COLUMN + 1)

    def _right(self) -> range:
        return range(self._span[-1] + 1, MAX_COLUMN + 1)

    def _end(self, way: range) -> int:
        """The first column on the way that is none of the lines'; 0 without one."""
        wall = next((c for c in self._walled(way)), 0)
        is_touching = True
        for column in way:
            if column == wall:
                return column
            if column not in self._filled:
                if not self._has_more(column, way) and not wall:
                    return 0
                is_touching = False
            elif not is_touching:
                if self._is_of_its_own(self._block(column, way)):
                    return column
                is_touching = True
        return wall

    def _walled(self, way: range) -> list[int]:
        """The nearest columns of each area that ends the lines, nearest first."""
        ends = (one.first_column if way.step > 0 else one.last_column for one in self._walls)
        return sorted((end for end in ends if end in way), reverse=way.step < 0)

    def _has_more(self, column: int, way: range) -> bool:
        return any((one - column) * way.step > 0 for one in self._filled)

    def _block(self, column: int, way: range) -> list[int]:
        """The filled columns from one on."""
        found = []
        while column in self._filled:
            found.append(column)
            column += way.step
        return found

    def _is_of_its_own(self, block: list[int]) -> bool:
        rows = set[int]().union(*(self._filled[column] for column in block))
        if any(row < self._heading for row in rows):
            return True
        if len(rows & self._lines) * 2 >= len(self._lines):
            return False  # it goes along the lines
        return any(
            reads_lines(one, self._title, self._span, self._lines, self._names)
            for (row, column), one in self._formulas.items()
            if column in block and row in self._lines
        )


def reads_lines(
    one: FormulaCell, title: str, columns: Collection[int], lines: Collection[int], names: Names
) -> bool:
    """Whether a formula reads several lines of a table together, in some of its columns."""
    found = reads(one.text, title.casefold(), one.cell, names) or ()
    return any(
        read.sheet == title.casefold()
        and any(read.area.first_column <= c <= read.area.last_column for c in columns)
        and sum(read.area.first_row <= row <= read.area.last_row for row in lines) > 1
        for read in found
    )
