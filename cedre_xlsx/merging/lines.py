"""A table of two sides, three ways: which lines are the same, and what becomes of each.

Lines that both sides have alike are set aside first, as often as both have them: a line typed
twice on purpose on one side stays twice. Those that are left are paired with the base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cedre_xlsx.merging.cells import CellsMerge, merged_cells
from cedre_xlsx.merging.model import BaseLines, Line, Lines, Note, Prints, Spot, TableMerge
from cedre_xlsx.merging.telling import line_text, person_of
from cedre_xlsx.schema.fusion import NO_LINE, Sort
from cedre_xlsx.workbook.alignment.align import Alignment, Doubt, aligned
from cedre_xlsx.workbook.read.raw import Cell

#: What pairs the lines of two sides: a table's name, the prints of its lines.
Align = Callable[[str, Sequence[Prints], Sequence[Prints]], Alignment]


def merged_table(
    table: str,
    first: Lines,
    second: Lines,
    base: BaseLines | None = None,
    *,
    align: Align = aligned,
    removes: bool = True,
) -> TableMerge:
    """What becomes of a table of A when B's is merged into it.

    With `removes`, a line that B took out and A left as it was goes, unless it has a comment.
    Without a base, a line that one side alone has stays, and a cell that both filled otherwise is
    to be chosen.
    """
    made = _Merge(table, first, second, base, align)
    made.removes = removes
    if base is None:
        made.two_ways()
    else:
        made.three_ways(base)
    made.name_new_columns()
    return made.found


@dataclass(frozen=True, slots=True)
class _Paired:
    """Lines of a side by the line of the base that they were; those that were none of its.

    `as_it_was` are the lines of the base that nobody changed there; `doubts` those that could be
    paired otherwise just as well, together.
    """

    by_base: dict[int, int]
    others: tuple[int, ...]
    as_it_was: frozenset[int]
    doubts: tuple[tuple[int, ...], ...]


class _Merge:
    """One table while it is merged."""

    def __init__(
        self, table: str, first: Lines, second: Lines, base: BaseLines | None, align: Align
    ) -> None:
        self._table = table
        self._align = align
        self.removes = True
        self._first, self._second, self._base = first, second, base
        self._known = (first.columns.keys(), second.columns.keys())
        headings = {**second.columns, **first.columns}
        self.found = TableMerge(table, first.sheet, headings)
        left = _unlike(first.lines, second.lines, base.lines if base else ())
        self.found.rows.update(
            (second.lines[other].row, first.lines[mine].row) for mine, other in left[3]
        )
        self._mine = [first.lines[index] for index in left[0]]
        self._theirs = [second.lines[index] for index in left[1]]
        self._was = left[2]  # indexes of lines of the base

    def two_ways(self) -> None:
        """Without a base: nothing is taken out, nothing is written over."""
        left, right = _prints(self._mine), _prints(self._theirs)
        found = self._align(self._table, left, right)
        doubts = [(one.left, one.right) for one in _real(found, left, right)]
        back = self._align(self._table, right, left)  # both ways round have the same doubts
        doubts += [(one.right, one.left) for one in _real(back, right, left)]
        mine_unsure = {index for one, _ in doubts for index in one}
        unsure = {index for _, other in doubts for index in other}
        for mine, other in found.pairs:
            if other in unsure or mine in mine_unsure:
                unsure.add(other)
            else:
                self._pair(self._mine[mine], self._theirs[other], None)
        for index in sorted({*found.right_only, *unsure}):
            self._add(self._theirs[index], is_unsure=index in unsure)

    def three_ways(self, base: BaseLines) -> None:
        """With what both sides had."""
        was = [base.lines[index] for index in self._was]
        said = any(line.has_remark for line in self._theirs)
        if not said and _by_content(was) == _by_content(_prints(self._theirs)):
            return  # B is as it was: what A did stays as it is
        mine, theirs = self._paired(was, self._mine, 0), self._paired(was, self._theirs, 1)
        if not said and not theirs.others and len(theirs.as_it_was) == len(was):
            return
        unsure = _unsure(mine, theirs)
        for rank in self._as_they_stand(mine, theirs):
            index = self._was[rank]
            one, other = mine.by_base.get(rank), theirs.by_base.get(rank)
            if rank in unsure:
                if other is not None:
                    self._add(self._theirs[other], is_unsure=True)
            elif one is not None and other is not None:
                self._pair(self._mine[one], self._theirs[other], index)
            elif one is not None:
                self._gone_there(self._mine[one], as_it_was=rank in mine.as_it_was)
            elif other is not None:
                self._gone_here(self._theirs[other], as_it_was=rank in theirs.as_it_was)
        for index in theirs.others:
            self._add(self._theirs[index])

    def _as_they_stand(self, mine: _Paired, theirs: _Paired) -> list[int]:
        """The ranks of the base's lines, which it may know in any order, as A has them; then B."""

        def place(rank: int) -> tuple[bool, int]:
            one, other = mine.by_base.get(rank), theirs.by_base.get(rank)
            if one is not None:
                return False, self._mine[one].row
            return True, 0 if other is None else self._theirs[other].row

        return sorted(range(len(self._was)), key=place)

    def _paired(self, was: Sequence[Prints], lines: Sequence[Line], side: int) -> _Paired:
        prints = _prints(lines)
        found = self._align(self._table, was, prints)
        same = {
            rank for rank, index in found.pairs if self._is_as_it_was(lines[index], was[rank], side)
        }
        doubts = tuple(doubt.left for doubt in _real(found, was, prints))
        return _Paired(dict(found.pairs), found.right_only, frozenset(same), doubts)

    def _is_as_it_was(self, line: Line, was: Prints, side: int) -> bool:
        known = self._known[side]
        columns = {column for column in (*line.prints, *was) if column in known}
        return all(line.prints.get(name, "") == was.get(name, "") for name in columns)

    def _pair(self, mine: Line, other: Line, index: int | None) -> None:
        """One line that both have, cell by cell."""
        self.found.rows[other.row] = mine.row
        was = None if index is None or self._base is None else self._base.lines[index]
        cells = merged_cells(mine, other, was, self._known)
        if cells.taken:
            self.found.changes.setdefault(mine.row, {}).update(cells.taken)
        spot = Spot(self._table, mine.row)
        for sort, column in cells.told:
            self.found.notes.append(
                Note(
                    sort, spot, person_of(self._table, mine), column, self._heading(column),
                    self._before(index, column), _shown(mine, column), _shown(other, column),
                )
            )  # fmt: skip
        if cells.taken and cells.mine:
            self._tell_parallel(mine, other, cells, spot)

    def _tell_parallel(self, mine: Line, other: Line, cells: CellsMerge, spot: Spot) -> None:
        columns = [*cells.mine, *cells.taken]
        self.found.notes.append(
            Note(
                Sort.PARALLEL,
                spot,
                person_of(self._table, mine),
                heading=", ".join(map(self._heading, columns)),
                first=self._text(mine, cells.mine),
                second=self._text(other, cells.taken),
            )
        )

    def _gone_there(self, mine: Line, *, as_it_was: bool) -> None:
        """B has it no more: it goes, unless A changed it since, or it has a comment."""
        if as_it_was and self.removes and not mine.has_remark:
            self.found.removed.append(mine.row)
            self._tell_line(Sort.REMOVED, None, mine, self._text(mine), NO_LINE)
        else:
            spot = Spot(self._table, mine.row)
            self._tell_line(Sort.CONFLICT, spot, mine, self._text(mine), NO_LINE)

    def _gone_here(self, other: Line, *, as_it_was: bool) -> None:
        """A has it no more: B's comes back if it was changed since, or if it has a comment."""
        if as_it_was and not other.has_remark:
            self._tell_line(Sort.REMOVED, None, other, NO_LINE, self._text(other))
        else:
            spot = Spot(self._table, added=self._add(other))
            self._tell_line(Sort.CONFLICT, spot, other, NO_LINE, self._text(other))

    def _add(self, line: Line, *, is_unsure: bool = False) -> int:
        rank = len(self.found.added)
        self.found.added.append(line)
        if is_unsure:
            spot = Spot(self._table, added=rank)
            self._tell_line(Sort.DOUBT, spot, line, None, self._text(line))
        return rank

    def _tell_line(
        self, sort: Sort, spot: Spot | None, line: Line, first: str | None, second: str
    ) -> None:
        person = person_of(self._table, line)
        gone = (self._table, line) if sort is Sort.REMOVED else None
        self.found.notes.append(Note(sort, spot, person, first=first, second=second, gone=gone))

    def name_new_columns(self) -> None:
        """The columns of B's that something is written under, and that A lacks."""
        written = {name for cells in self.found.changes.values() for name in cells}
        written |= {name for line in self.found.added for name in line.cells}
        for name in written - self._first.columns.keys():
            self.found.new_columns[name] = self._second.columns[name]

    def _heading(self, column: str) -> str:
        return self.found.headings.get(column, column)

    def _before(self, index: int | None, column: str) -> Cell:
        return None if index is None or self._base is None else self._base.cell(index, column)

    def _text(self, line: Line, columns: Iterable[str] | None = None) -> str:
        return line_text(line, self.found.headings, columns)


def _shown(line: Line, column: str) -> Cell:
    formula = line.formulas.get(column)
    return f"={formula}" if formula else line.cells.get(column)


def _prints(lines: Sequence[Line]) -> list[Prints]:
    return [line.prints for line in lines]


def _real(found: Alignment, left: Sequence[Prints], right: Sequence[Prints]) -> Iterator[Doubt]:
    """The doubts that matter: not those about lines that say all the same."""
    for doubt in found.doubtful:
        lines = [*(left[index] for index in doubt.left), *(right[index] for index in doubt.right)]
        if len(_by_content(lines)) > 1:
            yield doubt


def _unsure(mine: _Paired, theirs: _Paired) -> frozenset[int]:
    """The lines of the base of which it matters that it is not sure what became of them: where one
    side left all of them as they were, the other's are taken, whichever they are.
    """
    doubts = (*mine.doubts, *theirs.doubts)
    return frozenset(
        rank
        for doubt in doubts
        if not mine.as_it_was.issuperset(doubt) and not theirs.as_it_was.issuperset(doubt)
        for rank in doubt
    )


def _unlike(
    first: Sequence[Line], second: Sequence[Line], base: Sequence[Prints]
) -> tuple[list[int], list[int], list[int], list[tuple[int, int]]]:
    """The lines of each that the others do not have alike, as often; the pairs that are alike."""
    pairs: list[tuple[int, int]] = []
    left = _by_content(line.prints for line in first)
    right = _by_content(line.prints for line in second)
    was = _by_content(base)
    for said, mine in left.items():
        theirs = right.get(said, [])
        count = min(len(mine), len(theirs))
        pairs += zip(mine[:count], theirs[:count], strict=True)
        del mine[:count], theirs[:count], was.get(said, [])[:count]
    return _sorted(left), _sorted(right), _sorted(was), pairs


def _by_content(lines: Iterable[Prints]) -> dict[frozenset[tuple[str, str]], list[int]]:
    found: defaultdict[frozenset[tuple[str, str]], list[int]] = defaultdict(list)
    for index, prints in enumerate(lines):
        found[frozenset(prints.items())].append(index)
    return found


def _sorted(found: dict[frozenset[tuple[str, str]], list[int]]) -> list[int]:
    return sorted(index for same in found.values() for index in same)
