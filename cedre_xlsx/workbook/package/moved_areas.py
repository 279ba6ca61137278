"""Where areas of the old sheet stand in the new one: with their lines, with their columns."""

from __future__ import annotations

from collections.abc import Collection, Set
from functools import cached_property

from cedre_xlsx.ooxml.areas import Area, Place, rectangles, runs
from cedre_xlsx.workbook.package.making import SheetRows
from cedre_xlsx.workbook.package.old_sheet import OldSheet

#: A larger area is not about single lines: it stays as it is.
_MOST_CELLS = 200_000


class MovedAreas:
    """The old cells' places in the new sheet, those of empty cells included.

    `fixed` are the rows that always stand where they stood: titles and headings. In a sheet whose
    lines have no identity, a cell that holds the same text stays as well.
    """

    def __init__(self, rows: SheetRows, fixed: Set[int], old: OldSheet | None) -> None:
        self._rows = rows
        self._fixed = fixed
        self._old = old
        self._own_columns = rows.width + len(rows.extras)

    def is_beside(self, place: Place) -> bool:
        """Whether a place of the new sheet lies right of all that we write."""
        return place[1] > self._own_columns

    def column(self, column: int) -> int:
        """Where an old column stands; 0 for one of ours that is no longer there."""
        moves = self._rows.moves
        last = max(moves, default=self._own_columns)
        beside = next((new - old for old, new in moves.items() if new > self._own_columns), None)
        shift = self._own_columns - last if beside is None else beside
        return moves.get(column, column + shift if column > last else 0 if moves else column)

    def place(self, row: int, column: int) -> Place | None:
        """Where an old cell stands, be it empty; None for one whose line is gone."""
        known = self._rows.places.get((row, column))
        if known is not None:
            return known
        moved = self.column(column)
        if not moved:
            return None
        if moved > self._own_columns:
            return self._rows_beside.get(row, self._rows.rows.get(row, row)), moved
        stays = row in self._fixed or row > self._last_row
        line = self._rows.rows.get(row, row if stays else 0)
        return (line, moved) if line else None

    @cached_property
    def _rows_beside(self) -> dict[int, int]:
        """Where each old row stands, right of our columns."""
        return {
            old[0]: new[0]
            for old, new in self._rows.places.items()
            if new[1] > self._own_columns
        }  # fmt: skip

    @cached_property
    def _last_row(self) -> int:
        """The last row of the old sheet."""
        return 0 if self._old is None else max(self._old.cells, default=0)

    def moved(self, area: Area, without: Collection[Place] = ()) -> list[Area]:
        """What an area has become, but for some places of the new sheet.

        Whole rows stay, whole columns go where each of them goes, cells go with their lines;
        those below all that was written only change columns.
        """
        columns = range(area.first_column, area.last_column + 1)
        end = min(area.last_row, self._last_row)
        height = end - area.first_row + 1
        if area.has_whole_rows or height * len(columns) > _MOST_CELLS:
            return [area]
        if area.has_whole_columns:
            stretches = runs(self.column(column) or column for column in columns)
            return [Area(1, first, area.last_row, last) for first, last in stretches]
        rows = range(area.first_row, end + 1)
        places = {self.place(row, column) for row in rows for column in columns}
        found = rectangles({place for place in places if place} - set(without))
        if area.last_row > end:
            first_row = max(area.first_row, end + 1)
            stretches = runs(moved for column in columns if (moved := self.column(column)))
            found += [Area(first_row, first, area.last_row, last) for first, last in stretches]
        return _joined(found)


def _joined(found: list[Area]) -> list[Area]:
    """Areas one under the other, as one."""
    made: list[Area] = []
    for area in sorted(found, key=lambda one: (one.first_column, one.last_column, one.first_row)):
        above = made[-1] if made else None
        if (
            above is not None
            and (above.first_column, above.last_column) == (area.first_column, area.last_column)
            and above.last_row + 1 >= area.first_row
        ):
            last = max(above.last_row, area.last_row)
            made[-1] = Area(above.first_row, area.first_column, last, area.last_column)
        else:
            made.append(area)
    return sorted(made)
