"""Where new lines go: right below the last line of a table, on rows where nothing stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.raw import RawTable, is_blank

_LAST_ROW = 1_048_576

TOTALS = (
    "le tableau a une ligne de total juste dessous : enlevez-la (Création de tableau, Ligne des "
    "totaux), remettez-la après"
)
FOREIGN = "un autre tableau est juste dessous : déplacez-le plus bas, ou dans une autre feuille"
FULL = "la feuille n'a plus de ligne"
_BELOW = "ligne {row}, sous ce qui est écrit plus bas que le tableau"
_OUTSIDE = "le tableau ne les prend pas, car autre chose est écrit entre les deux"


@dataclass(frozen=True, slots=True)
class Spot:
    """The rows of some new lines, from `first` to `last`.

    `above` are the last lines that are there, the lowest first: what they look like and compute,
    the new ones do. The table has the new rows (`in_table`) once it reaches down to `stretched`,
    which is 0 where it does already. `note` says in French what is to be known of the place.
    """

    first: int
    last: int
    above: tuple[int, ...]
    in_table: bool
    stretched: int = 0
    note: str = ""


class Ground:
    """What stands under the headings of a table: its lines, and all else."""

    def __init__(self, found: Located, cells: SheetCells, last: int = 0) -> None:
        self._found = found
        self._last_column = last  # those that were just added included
        self._sheet = found.sheet
        self._cells = cells
        numbers = found.sheet.row_numbers
        self._lines = [numbers[index] for index in found.rows]
        self.table = found.table or self._laid_over()
        self.heading = found.heading_row_number
        self.span = self._span()
        self._bottom = 0 if self.table is None else self.table.last_row - self.table.totals_rows
        self.others = [
            Area(one.first_row, one.first_column, one.last_row, one.last_column)
            for one in found.sheet.tables
            if one is not self.table and one not in found.under.laid_over
        ]
        self._remarks: set[int] = set()
        self._ours = self._our_lines()
        self.last = max(self._ours, default=self.heading)

    def spot(self, count: int) -> Spot | str:
        """Where so many lines go; why they cannot, in French."""
        first, note = self.last + 1, ""
        if not self._is_free(first, count):
            if self.table is not None and self.table.totals_rows:
                return TOTALS
            lowest = self._lowest()
            first = lowest + (1 if lowest <= self._bottom else 2)
            if self._found.under.end_number is not None:
                return FOREIGN
            note = _BELOW.format(row=first)
        last = first + count - 1
        if last > _LAST_ROW:
            return FULL
        above = tuple(reversed(self._ours[-2:]))
        if self.table is None or last <= self._bottom:
            return Spot(first, last, above, self.table is not None, note=note)
        if self.table.totals_rows:
            return TOTALS
        if not self._may_stretch(first):
            note = f"{note} : {_OUTSIDE}" if note else _OUTSIDE
            return Spot(first, last, above, in_table=False, note=note)
        return Spot(first, last, above, True, last, note)

    @property
    def former(self) -> tuple[int, ...]:
        """The rows where what goes with the lines may have ended: the last line, the table."""
        return (self.last, self._bottom) if self._bottom else (self.last,)

    def _laid_over(self) -> RawTable | None:
        """A table that has our last line as one of its own."""
        last = self._lines[-1] if self._lines else 0
        return next(
            (o for o in self._found.under.laid_over if o.first_row <= last <= o.last_row), None
        )

    def _span(self) -> range:
        """The columns of the lines, the team's own included."""
        sheet, found = self._sheet, self._found
        known = [*found.columns.values(), *found.extra.values()]
        columns = [sheet.column_number(index) for index in known]
        if self.table is not None:
            columns += [self.table.first_column, self.table.last_column]
        return range(min(columns), max([*columns, self._last_column]) + 1)

    def _our_lines(self) -> list[int]:
        """The lines that new ones go after. Under the table and a blank row, a text that stands
        alone in its row is a remark.
        """
        ours = [row for row in self._lines if row <= self._bottom]
        for run in self._runs([row for row in self._lines if row > self._bottom]):
            ends = (max(ours, default=self.heading), self.heading, self._bottom)
            if run[0] - 1 in ends or any(map(self._says_several_things, run)):
                ours += run
            else:
                self._remarks.update(run)
        return ours

    def _runs(self, rows: Sequence[int]) -> Iterator[list[int]]:
        """Consecutive rows together."""
        run: list[int] = []
        for row in rows:
            if run and row != run[-1] + 1:
                yield run
                run = []
            run.append(row)
        if run:
            yield run

    def _says_several_things(self, row: int) -> bool:
        index = self._sheet.row_index(row)
        columns = self._found.columns.values()
        return sum(not is_blank(self._sheet.cell(index, column)) for column in columns) > 1

    def _is_free(self, first: int, count: int) -> bool:
        """Whether nothing stands on some rows, and no remark right under them."""
        rows = range(first, min(first + count, self._end + 1))
        return first + count not in self._remarks and not any(map(self._is_taken, rows))

    @property
    def _end(self) -> int:
        """The last row where something may stand."""
        numbers = self._sheet.row_numbers
        rows = [numbers[-1] if numbers else 0, self._cells.last_row]
        rows += [one.last_row for one in (*self.others, *self._cells.merged)]
        if self.table is not None:
            rows.append(self.table.last_row)
        return max(rows)

    def _lowest(self) -> int:
        """The last row where something stands, under the lines."""
        return next(
            (row for row in range(self._end, self.last, -1) if self._is_taken(row)), self.last
        )

    def _is_taken(self, row: int) -> bool:
        """Whether a row under the lines has something that is not to be written over."""
        if self.table is not None and self._bottom < row <= self.table.last_row:
            return True  # its sums
        return self._is_crossed(row) or self._shows_something(row) or self._stores_something(row)

    def _is_crossed(self, row: int) -> bool:
        """Whether merged cells or another table stand on a row."""
        place = Area(row, self.span[0], row, self.span[-1])
        return any(one.overlaps(place) for one in (*self.others, *self._cells.merged))

    def _shows_something(self, row: int) -> bool:
        index, numbers = self._sheet.row_index(row), self._sheet.row_numbers
        if index >= len(numbers) or numbers[index] != row:
            return False
        cells = self._sheet.grid[index]
        inner = zip(self._sheet.column_numbers, cells, strict=False)
        stored = self._cells.row_cells(row)
        return any(
            number in self.span
            and not is_blank(cell)
            and not self._may_compute(row, number, stored.get(number) is not None)
            for number, cell in inner
        )

    def _stores_something(self, row: int) -> bool:
        """Whether the file has more on a row: formulas without a value, cells just changed."""
        for column, cell in self._cells.row_cells(row).items():
            if column not in self.span:
                continue
            if self._cells.has_formula(cell):
                if not self._may_compute(row, column, True):
                    return True
            elif self._cells.holds(cell):
                return True
        return False

    def _may_compute(self, row: int, column: int, is_stored: bool) -> bool:
        """Whether a cell computes what its column does, as in rows that are ready to be filled."""
        cell = self._cells.row_cells(row).get(column) if is_stored else None
        if cell is None or not self._cells.has_formula(cell):
            return False
        if row <= self._bottom or not self._ours:
            return True
        above = self._cells.row_cells(self.last).get(column)
        return above is not None and self._cells.has_formula(above)

    def _may_stretch(self, first: int) -> bool:
        """Whether nothing but lines stands between the table and the first new row."""
        ours = set(self._ours)
        return not any(
            self._is_crossed(row) if row in ours else self._is_taken(row)
            for row in range(self._bottom + 1, min(first, self._end + 1))
        )
