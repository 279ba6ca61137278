"""One line of both sides, cell by cell: what is taken of B, what both changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from cedre_xlsx.merging.model import Line, Prints
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.workbook.read.raw import Cell, is_error


@dataclass
class CellsMerge:
    """What becomes of a line: the cells that are written, and the columns that are to be told."""

    taken: dict[str, Cell] = field(default_factory=dict)
    told: list[tuple[Sort, str]] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)  # what A changed, where a base tells it


def merged_cells(
    first: Line, second: Line, base: Prints | None, known: tuple[Collection[str], Collection[str]]
) -> CellsMerge:
    """Two versions of a line, with what both were where that is known.

    `known` are the columns that each side has: a column that a side lacks was not changed there.
    """
    found = CellsMerge()
    for column in _columns(first.prints, second.prints, base or {}):
        mine, other = first.prints.get(column, ""), second.prints.get(column, "")
        if base is None:
            _without_base(found, column, mine, other, first, second)
            continue
        was = base.get(column, "")
        mine = mine if column in known[0] else was
        other = other if column in known[1] else was
        if other == was:
            found.mine += [column] if mine != was else []
        elif mine == was:
            _take(found, column, first, second)
        elif mine != other:
            _tell(found, Sort.CONFLICT, column, first, second)
    return found


def _columns(*prints: Mapping[str, str]) -> Iterator[str]:
    return iter(dict.fromkeys(column for one in prints for column in one))


def _without_base(
    found: CellsMerge, column: str, mine: str, other: str, first: Line, second: Line
) -> None:
    if mine == other or not other:
        return
    if not mine:
        _take(found, column, first, second)
    else:
        _tell(found, Sort.CONFLICT, column, first, second)


def _take(found: CellsMerge, column: str, first: Line, second: Line) -> None:
    """B's cell in the place of A's; a formula is neither written nor written over."""
    if column in first.formulas or column in second.formulas or is_error(second.cells.get(column)):
        _tell(found, Sort.TO_PLACE, column, first, second)
    else:
        found.taken[column] = second.cells.get(column)


def _tell(found: CellsMerge, sort: Sort, column: str, first: Line, second: Line) -> None:
    """A cell to be chosen; what both compute by the same formula is nobody's."""
    mine, other = first.formulas.get(column), second.formulas.get(column)
    if mine is not None and mine == other:
        return
    found.told.append((Sort.TO_PLACE if mine or other else sort, column))
