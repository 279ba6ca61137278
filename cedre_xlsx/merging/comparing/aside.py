"""What differs in small tables beside the lines: settings, lists, notes; each is keyed texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cedre_xlsx.merging.comparing.cells import SALT
from cedre_xlsx.merging.comparing.changes import CellDifference, Change, LineDifference
from cedre_xlsx.workbook.alignment.align import Alignment, aligned
from cedre_xlsx.workbook.cell_prints import CellPrints


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of something small: what it is called by, whose it is, its texts by heading and
    their addresses. `known_by` are texts that tell it again, and are not compared.
    """

    sheet: str
    line: str
    row: int
    texts: Mapping[str, str]
    cells: Mapping[str, str]
    known_by: Mapping[str, str]
    person: str = ""


def entry_changes(
    table: str, before: Sequence[Entry], after: Sequence[Entry]
) -> Iterator[LineDifference]:
    """What was added, removed, changed, in the order of the second copy."""
    found = aligned(table, [*map(_prints, before)], [*map(_prints, after)])
    same_row = _in_the_same_row(before, after, found)
    left = {i for i, _ in same_row}
    right = {j for _, j in same_row}
    for i, j in sorted((*found.pairs, *same_row), key=lambda each: each[1]):
        one, other = before[i], after[j]
        if cells := tuple(_cells(one, other)):
            yield _line(Change.CHANGED, other, cells, one.row, other.row)
    for j in (at for at in found.right_only if at not in right):
        cells = tuple(_cells(None, after[j]))
        yield _line(Change.ADDED, after[j], cells, 0, after[j].row)
    for i in (at for at in found.left_only if at not in left):
        cells = tuple(_cells(before[i], None))
        yield _line(Change.REMOVED, before[i], cells, before[i].row, 0)


def _in_the_same_row(
    before: Sequence[Entry], after: Sequence[Entry], found: Alignment
) -> list[tuple[int, int]]:
    """Lines of one cell without partner that stand in the same row, where it was typed over."""
    rows = {before[i].row: i for i in found.left_only if _is_single(before[i])}
    return [
        (rows[after[j].row], j)
        for j in found.right_only
        if _is_single(after[j]) and after[j].row in rows
    ]


def _is_single(entry: Entry) -> bool:
    return entry.row > 0 and len(entry.texts) == 1 and not entry.person


def _line(
    change: Change, entry: Entry, cells: tuple[CellDifference, ...], before: int, after: int
) -> LineDifference:
    return LineDifference(change, entry.sheet, entry.line, cells, entry.person, before, after)


def _prints(entry: Entry) -> dict[str, str]:
    return {**{name: _print(text) for name, text in entry.texts.items()}, **entry.known_by}


def _print(text: str) -> str:
    return _PRINTS.of(text)


_PRINTS = CellPrints(SALT)


def _cells(one: Entry | None, other: Entry | None) -> Iterator[CellDifference]:
    texts, cells = (one.texts, one.cells) if one else ({}, {})
    now, its_cells = (other.texts, other.cells) if other else ({}, {})
    for name in dict.fromkeys((*texts, *now)):
        was, said = texts.get(name, ""), now.get(name, "")
        if _print(was) != _print(said):
            yield CellDifference(name, was, said, cells.get(name, ""), its_cells.get(name, ""))
