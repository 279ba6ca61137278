"""The lines of one table, and what of its rows is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path

from cedre_xlsx.intake.looks import row_text, shown
from cedre_xlsx.intake.model import LeftRow, SourceRow, SourceTable
from cedre_xlsx.intake.region import Cells, how_filled
from cedre_xlsx.intake.row_kinds import Sums, is_title, is_total
from cedre_xlsx.intake.segments import Segment
from cedre_xlsx.intake.words import TOTAL_BEGINNINGS, are_hints, are_of_one_kind, begins_a_note
from cedre_xlsx.workbook.read.raw import is_blank

_TOTAL = "c'est un total, pas une ligne"
_REPEATED = "les titres de colonnes sont répétés"
_TITLE = "c'est le titre des lignes qui suivent"
_HINTS = "indication sous les titres"
_NOTE = "c'est une note ou une légende"
_BETWEEN = " / "
#: How a row begins that may be no line: as a total, or with an empty cell.
_LOOKED_AT = TOTAL_BEGINNINGS | {"", " ", "  "}


class Lines:
    """The rows of a segment, read from the top."""

    def __init__(self, segment: Segment) -> None:
        self._region, self._segment = segment.region, segment
        self._headings = segment.headings
        self._first = self._first_line()
        self._rows: list[SourceRow] = []
        self._left: list[LeftRow] = []
        self._pending: list[int] = []  # titles without lines yet
        self._levels: list[str] = []  # titles that the lines stand under
        self._before_titles = 0  # lines before any title
        self._columns = self._used_columns()
        self._cut = _cutter(self._columns, self._region.width)
        self._sums = Sums(self._region, self._columns, self._rows)

    def table(self, file: Path, sheet: str) -> SourceTable:
        """The lines of the segment under their titles, as a table of that file and sheet."""
        titles = self._titles()
        self._read()
        self._leave(self._pending, _NOTE)
        self._put_under_first_title(titles)
        texts = self._headings.texts if self._headings else ("",) * self._region.width
        return SourceTable(
            file,
            sheet,
            tuple(texts[j] for j in self._columns),
            tuple(self._region.columns[j] for j in self._columns),
            self._region.rows[self._headings.bottom] if self._headings else 0,
            tuple(self._rows),
            titles,
            tuple(sorted(self._left, key=lambda one: one.number)),
        )

    def _first_line(self) -> int:
        """The first row below the headings; without any, the first with more than a text."""
        if self._headings is not None:
            return self._headings.bottom + 1
        start, stop = self._segment.start, self._segment.stop
        if self._region.width == 1:
            return start
        wide = (i for i in range(start, stop) if len(self._region.filled(i)) > 1)
        return next(wide, stop)

    def _titles(self) -> tuple[str, ...]:
        end = self._headings.top if self._headings else self._first
        rows = (self._region.grid[i] for i in range(self._segment.start, end))
        return tuple(text for text in map(row_text, rows) if text)

    def _used_columns(self) -> list[int]:
        """The columns that have a heading, or something below."""
        region, texts = self._region, self._headings.texts if self._headings else ()
        lines = region.lines(0, self._segment.stop)
        return [
            j for j in range(region.width) if (texts and texts[j]) or lines.is_used(j, self._first)
        ]

    def _read(self) -> None:
        """The rows one after the other; most of them are lines at first sight."""
        grid, numbers = self._region.grid, self._region.rows
        covered, repeated = self._region.covered, self._segment.repeated
        hints = self._hints()
        looked_at = self._region.totals | repeated.keys() | hints
        cut, rows = self._cut, self._rows
        under, apart, skip = "", False, 0
        for i in range(self._first, self._segment.stop):
            cells = grid[i]
            count = how_filled(cells)
            if count > 1 and i not in looked_at and i >= skip and not self._pending:
                first = cells[0] or next(filter(None, cells), "")
                if isinstance(first, str) and first[:2].lower() not in _LOOKED_AT:
                    if i in covered:
                        cells = self._filled_up(i)
                    rows.append(SourceRow(numbers[i], cut(cells), under))
                    apart = False
                    continue
            if i in repeated:
                skip = i + repeated[i]
            if i < skip:
                self._leave([i], _REPEATED)
            elif i in hints:
                self._leave([i], _HINTS)
            else:
                under = self._take(i, under, apart=apart)
            apart = count == 0

    def _hints(self) -> frozenset[int]:
        """The rows right below headings that say how the columns are filled in."""
        if self._headings is None:
            return frozenset()
        repeated = self._segment.repeated.items()
        below = [self._first, *(first + count for first, count in repeated)]
        grid, stop = self._region.grid, self._segment.stop
        return frozenset(i for i in below if i < stop and are_hints(_texts(grid[i])))

    def _take(self, row: int, under: str, *, apart: bool) -> str:
        """A row that is looked at closely; what the lines stand under after it."""
        cells, filled = self._region.grid[row], self._region.filled(row)
        if not filled:
            if self._in_a_note():
                self._leave(self._pending, _NOTE)
                self._pending.clear()
            return under
        if row in self._region.totals or is_total(cells) or self._sums.is_sum(row):
            self._leave([row], _TOTAL)
            self._sums.follow_total(row)
        elif self._in_a_note():
            self._leave([row], _NOTE)
        elif self._is_alone(row, filled) and self._is_title(row, filled[0], apart=apart):
            self._pending.append(row)
        else:
            under = self._begin_lines(under)
            self._rows.append(
                SourceRow(self._region.rows[row], self._cut(self._filled_up(row)), under)
            )
        return under

    def _in_a_note(self) -> bool:
        return bool(self._pending) and begins_a_note(row_text(self._region.grid[self._pending[-1]]))

    def _is_alone(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a row has one text and nothing else, in a table of several columns."""
        if len(filled) > 1 or len(self._columns) < 2 or row in self._region.covered:
            return False
        return isinstance(self._region.grid[row][filled[0]], str)

    def _is_title(self, row: int, column: int, *, apart: bool) -> bool:
        heading = self._headings.texts[column] if self._headings else ""
        text = shown(self._region.grid[row][column])
        return begins_a_note(text) or is_title(self._region, row, column, heading, apart=apart)

    def _begin_lines(self, under: str) -> str:
        """What the next lines stand under: the titles since the last ones."""
        if not self._pending:
            return under
        titles = [row_text(self._region.grid[i]) for i in self._pending]
        if not self._levels:
            self._before_titles = len(self._rows)
        self._levels = [*self._levels_above(titles), *titles]
        self._leave(self._pending, _TITLE)
        self._pending.clear()
        return _BETWEEN.join(self._levels)

    def _levels_above(self, titles: Sequence[str]) -> list[str]:
        """Of the titles until now, those under which new ones stand."""
        for place, level in enumerate(self._levels):
            if are_of_one_kind(level, titles[0]):
                return self._levels[:place]
        return self._levels[: -len(titles)]

    def _put_under_first_title(self, titles: tuple[str, ...]) -> None:
        """The first page's lines, under its title as those of the next pages under theirs."""
        if self._levels and self._segment.repeated and titles:
            first = self._rows[: self._before_titles]
            self._rows[: len(first)] = [row._replace(under=titles[-1]) for row in first]

    def _leave(self, rows: Sequence[int], why: str) -> None:
        self._left += (
            LeftRow(self._region.rows[i], row_text(self._region.grid[i]), why) for i in rows
        )

    def _filled_up(self, row: int) -> Cells:
        """The cells of a row, those that are merged with one above with its value."""
        cells = self._region.grid[row]
        covered = self._region.covered.get(row)
        if not covered:
            return cells
        return [
            covered[j] if j in covered and is_blank(cell) else cell for j, cell in enumerate(cells)
        ]


def _texts(cells: Cells) -> list[str]:
    return [shown(cell) for cell in cells if not is_blank(cell)]


def _cutter(columns: Sequence[int], width: int) -> Callable[[Cells], Cells]:
    """What takes some columns of a row; all of them as they stand."""
    if len(columns) == width:
        return lambda cells: cells
    if not columns:
        return lambda _: ()
    first, end = columns[0], columns[-1] + 1
    if end - first == len(columns):
        return itemgetter(slice(first, end))
    return itemgetter(*columns)
