"""What stands beside our lines in an old sheet: each of it follows its line, whatever that became.

A line is known by its identity. What stood beside one that is gone goes to the block at the bottom
of the sheet, to a row that says which line it was, and back to the line when that returns. A range
of several rows (a spilled formula, merged cells) goes with its first row; a table or a pivot table
of the team stays where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import range_boundaries

from cedre_xlsx.schema.generated import KEPT, identity_in, is_kept_key
from cedre_xlsx.workbook.generated import LAST_ROW
from cedre_xlsx.workbook.package.old_cells import OldCell, Place
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.row_keys import RowKeys

_NOBODY = "sans"  # the identity of a row that never had one
_END = f"{KEPT}:cote"
#: What is said of a line that is gone, beside which something stood.
KEPT_HERE = "ce qui était à côté est gardé ici"
_NO_TEXT = "Une ligne sans texte"
_LONGEST = 200  # characters of a line in the row that stands for it
_TALLEST = 10_000  # rows of a range that moves
_TICK_BOX = "☐"

Cells = Mapping[int, OldCell]  # by column


@dataclass(frozen=True, slots=True)
class Gone:
    """A line that is gone, beside which something stood: its old row, what it said, its key.

    `height` is how many rows it takes in the block; one that `was_kept` stands there already.
    """

    row: int
    said: str
    key: str
    height: int
    was_kept: bool

    def label(self, on: str) -> str:
        """The row that stands for it."""
        return self.said if self.was_kept else f"{self.said} — ligne disparue{on} : {KEPT_HERE}"

    @property
    def sentence(self) -> str:
        """What the person who refreshes is told."""
        return f"« {self.said} » : ligne disparue ; ce qui était à côté est gardé au bas."


@dataclass(frozen=True, slots=True)
class _Range:
    """A range of several rows that moves as one: with its first row, or not at all."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    stays: bool

    @property
    def columns(self) -> range:
        """The numbers of the columns that it covers."""
        return range(self.first_column, self.last_column + 1)

    def places(self, cells: Mapping[int, Cells]) -> list[Place]:
        """The cells that nothing else may take: those that there are, of one that stays."""
        rows = range(self.first_row, self.last_row + 1)
        if self.stays:
            return [(row, c) for row in cells if row in rows for c in cells[row]
                    if c in self.columns]  # fmt: skip
        return [(row, c) for row in rows for c in self.columns]

    @property
    def height(self) -> int:
        """How many rows it spans."""
        return self.last_row - self.first_row + 1


class Lines:
    """Where the lines of an old sheet stand now.

    `keys` are those of the new rows; `read` says, of rows that were read, what they became (an
    identity, the key of a kept row), and `became` which identity another is now; `header` is the
    last row above the lines, before and now. `own` are our old columns, `last` the last row of
    ours in the old sheet.
    """

    def __init__(
        self,
        old: OldSheet,
        keys: Mapping[int, str],
        read: Mapping[int, str],
        header: tuple[int, int],
        own: Collection[int],
        *,
        became: Mapping[str, str],
        in_table: bool,
    ) -> None:
        self._old = old
        self._own = {column for column in own if column != old.key_column}
        self._read = read
        self._became = became
        self._header = header
        self._in_table = in_table
        self._now: dict[str, int] = {}
        for number, key in keys.items():
            name = key if is_kept_key(key) else identity_in(key)
            self._now.setdefault(name or key, number)
        prints = Counter(map(_prints, keys.values()))
        for number, key in keys.items():  # rows of a version that gave them no identity
            if prints[_prints(key)] == 1:
                self._now.setdefault(_prints(key), number)
        self._taken = set(keys)
        self._row_keys = RowKeys(old.keys.values())
        self.last = max([header[0], *old.keys, *read])
        self.top = header[0]

    def place(self, number: int) -> int:
        """The new row of an old one; 0 for one whose line is gone."""
        if number <= self._header[0]:
            return max(number - self._header[0] + self._header[1], 0)
        return self._line(number) or self._between(number)

    def _line(self, number: int) -> int:
        names = [self._read[number]] if number in self._read else self._names(self._key(number))
        return next((self._now[name] for name in names if name and name in self._now), 0)

    def _names(self, key: str) -> list[str]:
        """What the line of a key may be known by now, when nothing else says what it became."""
        identity = identity_in(key)
        return [
            self._became.get(identity, ""),
            identity,
            f"{identity}|{KEPT}:ligne",
            _prints(key),
        ]

    def kept_key(self, number: int) -> str:
        """The key of an old row that is kept again: its line may have another identity now."""
        read, key = self._read.get(number, ""), self._old.keys.get(number, "")
        if is_kept_key(read):
            return read
        identity = identity_in(key)
        return key.replace(identity, self._became.get(identity) or identity, 1)

    def identity(self, number: int) -> str:
        """What the line of an old row, which is gone, was known by."""
        read = self._read.get(number, "")
        if read and not is_kept_key(read):
            return read
        identity = identity_in(self._key(number))
        return self._became.get(identity) or identity

    def _key(self, number: int) -> str:
        """The key of a row; one that shows what another key tells was sorted without it."""
        key = self._old.keys.get(number, "")
        if self._in_table or not key:
            return key
        cells = self._old.cells[number]
        return self._row_keys.key_of((cells[c].text for c in sorted(cells) if c in self._own), key)

    def _between(self, number: int) -> int:
        """A row without line, between ours, stays as far below the one above it; 0 where another
        line stands there now, and in a table, where every row is a line.
        """
        if self._in_table or number in self._old.keys:
            return 0
        above = max((row for row in self._old.keys if row < number), default=0)
        target = self._line(above) if above else 0
        target += number - above if target else 0
        return 0 if target in self._taken else target


@dataclass
class Beside:
    """What stands beside the lines, and its new places.

    `columns` maps each column beside ours to where it stands now; `marked` are rows to which
    something else than a cell is tied (a comment, a link), so that they are not lost either. `open`
    are those of the columns that stand among ours: what is typed there goes together, and what is
    not typed is ours; of the `written` rows, someone else has what was typed.
    """

    old: OldSheet
    lines: Lines
    columns: Mapping[int, int]
    marked: Collection[int] = ()
    open: Collection[int] = ()
    written: Collection[int] = ()
    rows: dict[int, int] = field(default_factory=dict)
    targets: dict[Place, Place] = field(default_factory=dict)
    gone: list[Gone] = field(default_factory=list)
    corners: dict[Place, Place] = field(default_factory=dict)  # of ranges, be they empty
    by_hand: frozenset[int] = frozenset()  # rows that people made, our columns and open ones
    _taken: set[Place] = field(default_factory=set)
    _cells: dict[int, dict[int, OldCell]] = field(default_factory=dict)  # beside, in no range
    _lost: list[_Range] = field(default_factory=list)  # ranges without their line

    def reserve(self, places: Collection[Place]) -> None:
        """Cells of the new sheet that hold something already."""
        self._taken.update(places)

    def put_totals(self, number: int, target: int, columns: Mapping[int, int]) -> None:
        """A whole row, our columns included, at its new place."""
        self.lines.last = max(self.lines.last, number)
        self.rows[number] = target
        for column in self.old.cells.get(number, {}):
            if column in columns:
                self._taken.add((target, columns[column]))
                self.targets[number, column] = (target, columns[column])

    def settle(self, own: Collection[int]) -> None:
        """Place all that has its line or stays; what has none is listed in `gone`, told by the
        cells of `own`, our columns.
        """
        ranges = self._ranges()
        self._cells = self._in_no_range(ranges)
        self.by_hand = frozenset(self._made_by_hand(own))
        self._lost = [one for one in ranges if not self._put_range(one)]
        missing = {one.first_row for one in self._lost} | self._put_rows()
        for number in self.old.keys:
            if number not in missing and (target := self.lines.place(number)):
                self.rows.setdefault(number, target)
        self.gone = [self._gone(number, own) for number in sorted(missing)]

    def _in_no_range(self, ranges: Collection[_Range]) -> dict[int, dict[int, OldCell]]:
        tied = {place for one in ranges for place in one.places(self.old.cells)}
        found = {}
        for number, cells in self.old.cells.items():
            mine = {c: cell for c, cell in cells.items()
                    if c in self.columns and (number, c) not in tied
                    and (c not in self.open or self._is_typed(number, cell))}  # fmt: skip
            if mine and number not in self.rows:
                found[number] = mine
        return found

    def _made_by_hand(self, own: Collection[int]) -> Iterator[int]:
        """The rows without a key in which someone typed in our columns and in open ones: all of
        such a row goes to the block, told by what stands in our columns.
        """
        for number, cells in self._cells.items():
            if number > self.lines.top and not self.old.keys.get(number):
                whole = self.old.cells[number]
                if any(cell.filled for c, cell in cells.items() if c in self.open) and any(
                    cell.filled for c, cell in whole.items() if c in own
                ):
                    yield number

    def _is_typed(self, number: int, cell: OldCell) -> bool:
        """Whether a cell of an open column holds what someone typed, and nobody has read."""
        return cell.filled and number > self.lines.top and number not in self.written

    def _put_rows(self) -> set[int]:
        """Place the rows whose line is there, living lines before kept ones; gives the others that
        hold something.
        """
        missing = set()
        kept = {number for number, key in self.old.keys.items() if is_kept_key(key)}
        for number in sorted({*self._cells, *self.marked}, key=lambda n: (n in kept, n)):
            if number in self.by_hand:
                missing.add(number)
            if number in {*self.by_hand, *self.rows} or number > self.lines.last:
                continue
            target, cells = self.lines.place(number), self._cells.get(number, {})
            if target and self._put_row(number, target, cells):
                self.rows[number] = target
            elif number in self.marked or any(cell.filled for cell in cells.values()):
                missing.add(number)
        return missing

    def put_gone(self, gone: Gone, target: int) -> None:
        """The cells beside a line that is gone, in the block's row for it."""
        self.rows[gone.row] = target
        for one in self._lost:
            if one.first_row == gone.row:
                self._move(one, target - one.first_row)
        self._put_row(gone.row, target, self._cells.get(gone.row, {}))

    def is_free(self, gone: Gone, target: int) -> bool:
        """Whether nothing stands yet where the cells beside a gone line would."""
        columns = [self.columns[c] for c in self._cells.get(gone.row, {})]
        columns += [self.columns[c] for one in self._lost if one.first_row == gone.row
                    for c in one.columns]  # fmt: skip
        rows = range(target, target + gone.height)
        return not any((row, column) in self._taken for row in rows for column in columns)

    def put_below(self, last: int) -> None:
        """What stood under all of our rows stays as far below the last one."""
        lowest = max((*self._cells, *self.marked), default=0)
        shift = min(last - self.lines.last, max(LAST_ROW - lowest, 0))
        for number in sorted({*self._cells, *self.marked}):
            if number <= self.lines.last or number in self.by_hand:
                continue
            while not self._put_row(number, number + shift, self._cells.get(number, {})):
                shift += 1
            self.rows[number] = number + shift

    def _ranges(self) -> list[_Range]:
        """The ranges among our neighbours' columns that span several rows, each cell in one."""
        team = [(one.first_row, one.first_column, one.last_row, one.last_column)
                for one in self.old.tables]  # fmt: skip
        found = [_Range(*bounds, stays=True) for bounds in team]
        found += [_Range(*_bounds(reference), stays=True) for reference in self.old.pivots]
        moving = (*self.old.arrays, *self.old.merges)
        found += [_Range(*_bounds(reference), stays=False) for reference in moving]
        chosen: list[_Range] = []
        seen: set[Place] = set()
        for one in found:
            if not 1 < one.height <= _TALLEST and not one.stays:
                continue
            if not set(one.columns) <= self.columns.keys() - set(self.open):
                continue
            if one.first_row > self.lines.last and not one.stays:
                continue
            places = set(one.places(self.old.cells))
            if not places & seen:
                seen |= places
                chosen.append(one)
        return chosen

    def _put_range(self, one: _Range) -> bool:
        """The cells of a range, together; False where its line is gone, or they have no room."""
        target = one.first_row if one.stays else self.lines.place(one.first_row)
        shift = target - one.first_row
        places = one.places(self.old.cells)
        moved = {(row + shift, self.columns[c]) for row, c in places}
        if not target or (self._taken & moved and not one.stays):
            return False
        self._move(one, shift)
        return True

    def _move(self, one: _Range, shift: int) -> None:
        self.corners[one.first_row, one.first_column] = (
            one.first_row + shift,
            self.columns[one.first_column],
        )
        for row, column in one.places(self.old.cells):
            place = (row + shift, self.columns[column])
            self._taken.add(place)
            if column in self.old.cells.get(row, {}):
                self.targets[row, column] = place

    def _put_row(self, number: int, target: int, cells: Cells) -> bool:
        """The cells of a row, all together; False where one that holds something has no room."""
        places = {column: (target, self.columns[column]) for column in cells}
        filled = {places[column] for column, cell in cells.items() if cell.filled}
        if filled & self._taken or not self._has_room(target, cells):
            return False
        for column in sorted(cells, key=lambda c: self.columns[c]):
            if places[column] not in self._taken:
                self._taken.add(places[column])
                self.targets[number, column] = places[column]
        return True

    def _has_room(self, target: int, cells: Cells) -> bool:
        """Whether what stands in open cells of a row does not mix with another's there."""
        opened = {self.columns[column] for column in self.open}
        return not any(column in self.open for column in cells) or not any(
            (target, column) in self._taken for column in opened
        )

    def _gone(self, number: int, own: Collection[int]) -> Gone:
        key, cells = self.old.keys.get(number, ""), self.old.cells.get(number, {})
        mine = [c for c in sorted(own)
                if c in cells and c != self.old.key_column and cells[c].kind != "e"]  # fmt: skip
        words = [self.old.shown(cells[c]).strip() for c in mine if cells[c].filled]
        said = " · ".join(word for word in words if word and word != _TICK_BOX) or _NO_TEXT
        height = max((one.height for one in self._lost if one.first_row == number), default=1)
        if key.endswith(_END):
            return Gone(number, said, self.lines.kept_key(number), height, was_kept=True)
        if len(said) > _LONGEST:
            said = said[: _LONGEST - 1] + "…"
        identity = self.lines.identity(number) or _NOBODY
        return Gone(number, said, f"{identity}|{_END}", height, was_kept=False)


def _prints(key: str) -> str:
    """The key of a row of a sheet without table, its identity aside."""
    return key.partition("|")[0]


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of a range of cells; zeros for anything else."""
    try:
        first_column, first_row, last_column, last_row = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0, 0, 0, 0
    if None in (first_column, first_row, last_column, last_row):
        return 0, 0, 0, 0
    return first_row or 0, first_column or 0, last_row or 0, last_column or 0
