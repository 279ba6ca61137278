"""One pair of histories, merged both ways: the laws, what is lost, what a plain count expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from openpyxl.utils.datetime import to_excel

from cedre_xlsx.api.opening import book_of
from cedre_xlsx.merging.fusing import Told, fusion_lines
from cedre_xlsx.merging.pair import PairMerge, merged_pair
from cedre_xlsx.merging.sides import Side, side_of
from cedre_xlsx.merging.writing import Taken, written
from cedre_xlsx.reports.fusion_sheet import FusionLine
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.read.raw import Cell
from cedre_xlsx.workbook.typed_lines import typed_tables
from tests.merging.merges.people import (
    CHANGED,
    Hand,
    Known,
    beginning,
    file_of,
    first_lines,
    hand,
    work,
)
from tests.package_checker import check_package

ON = date(2026, 10, 15)
_PRINTS = CellPrints(b"test")
_A, _B = Path("alma.xlsx"), Path("basile.xlsx")
Contents = Counter[frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Result:
    """A merge that was written: its plan, its bytes, the rows that `Fusion` would have."""

    plan: PairMerge
    taken: Taken
    after: Side
    told: tuple[FusionLine, ...]

    @property
    def data(self) -> bytes:
        return self.taken.data


@dataclass
class Played:
    """A pair: what both did, what went wrong."""

    seed: int
    did: str
    faults: list[str] = field(default_factory=list)
    told: Counter[Sort] = field(default_factory=Counter)


def side(path: Path, data: bytes) -> Side:
    return side_of(path, book_of(data, path, ON))


@lru_cache(maxsize=4)
def root_side(base: bytes) -> Side:
    """The file that both come from."""
    return side(Path("suivi.xlsx"), base)


def merged(first: Side, second: Side, base: bytes | None) -> Result:
    """B merged into A, without a refresh."""
    plan = merged_pair(first, second, None if base is None else root_side(base).book)
    taken = written(first.book, plan, first.path, ON)
    after = side(first.path, taken.data)
    told = fusion_lines(after, [Told(note, second.name) for note in taken.notes])
    return Result(plan, taken, after, tuple(told))


def lines_in(one: Side) -> dict[str, Contents]:
    """What the lines of a workbook say, by table."""
    return {
        table.table: Counter(_said(line.cells) for line in table.lines if line.cells)
        for table in typed_tables(one.book.workbook)
    }


def _said(cells: Mapping[str, Cell]) -> frozenset[tuple[str, str]]:
    """What a line says; a day that no format shows as one is its number."""
    return frozenset(
        (name, one)
        for name, cell in cells.items()
        if (one := _PRINTS.of(to_excel(cell) if isinstance(cell, date) else cell))
    )


def play(seed: int, save: Mapping[int, bytes] | None = None) -> Played:
    """One pair; `save` has what another program made of B's file."""
    one, other = hand("Alma", seed), hand("Basile", seed)
    work(one)
    work(other)
    played = Played(seed, f"{'+'.join(one.did)} / {'+'.join(other.did)}")
    base = beginning()[0]
    a, b = side(_A, file_of(one)), side(_B, (save or {}).get(seed) or file_of(other))
    result, back = merged(a, b, base), merged(b, a, base)
    played.told.update(line.sort for line in result.told)
    played.faults += lost(result, one, other)
    played.faults += [f"back: {fault}" for fault in lost(back, one, other)]
    played.faults += unlike(result, back)
    played.faults += laws(a, b, base)
    has_twins = bool({"twin"} & {*one.did, *other.did})
    if not has_twins:  # one of B's twins may stand for the line that A changed
        played.faults += again(result, b, base)
    before = Counter(check_package(a.book.data))
    played.faults += (Counter(check_package(result.data)) - before).elements()
    if not has_twins:
        played.faults += unexpected(result, one, other)
    return played


def held(one: Hand) -> set[str]:
    """The texts that somebody typed and that are in the copy at the end."""
    texts = {
        cell
        for lines in one.model.values()
        for line in lines
        for cell in line.cells.values()
        if isinstance(cell, str) and cell.startswith(f"{one.name} ")
    }
    return texts | set(one.beside.values())


def lost(result: Result, *hands: Hand) -> list[str]:
    """The texts that are neither in the workbook nor in what is told."""
    workbook = result.after.book.workbook
    cells = {
        str(cell).strip() for sheet in workbook.sheets for row in sheet.grid for cell in row if cell
    }
    told = "\n".join(str(text) for line in result.told for text in (line.first, line.second))
    return [
        f"lost: {text}"
        for one in hands
        for text in sorted(held(one))
        if text not in cells and text not in told
    ]


def unlike(result: Result, back: Result) -> list[str]:
    """Lines that the two ways round give otherwise, but for cells that are to be chosen."""
    mine, theirs = lines_in(result.after), lines_in(back.after)
    faults = []
    for table in mine:
        count = len({line.key for line in result.told if line.sort is Sort.CONFLICT})
        more, less = mine[table] - theirs[table], theirs[table] - mine[table]
        if more.total() != less.total() or more.total() > count:
            faults.append(f"{table}: {more.total()} and {less.total()} lines the other way round")
    return faults


def laws(a: Side, b: Side, base: bytes) -> list[str]:
    """merge(base, A, base) = A; merge(base, A, A) = A; merge(base, base, B) = B."""
    root = root_side(base)
    faults = []
    if not merged_pair(a, root, root.book).is_nothing:
        faults.append("merge(base, A, base) is not A")
    if not merged_pair(a, a, root.book).is_nothing:
        faults.append("merge(base, A, A) is not A")
    all_of_b = merged(root, b, base)
    if lines_in(all_of_b.after) != lines_in(b):
        faults.append("merge(base, base, B) is not B")
    if any(line.sort in (Sort.CONFLICT, Sort.DOUBT) for line in all_of_b.told):
        faults.append("merge(base, base, B) asks something")
    return faults


def again(result: Result, b: Side, base: bytes) -> list[str]:
    """Merging the same once more takes nothing."""
    plan = merged_pair(result.after, b, root_side(base).book)
    if any(one.changes or one.added or one.removed for one in plan.tables) and not any(
        line.sort is Sort.DOUBT or line.sort is Sort.CONFLICT for line in result.told
    ):
        return ["merging again takes something"]
    return []


def unexpected(result: Result, one: Hand, other: Hand) -> list[str]:
    """Lines that a plain count by their numbers does not give."""
    found = lines_in(result.after)
    faults = []
    for table in CHANGED:
        wanted = Counter(
            _said(cells) for cells in _expected(table, one.model[table], other.model[table])
        )
        more, less = found[table] - wanted, wanted - found[table]
        if more or less:
            faults.append(f"{table}: {more.total()} lines too many, {less.total()} that lack")
    return faults


def _expected(table: str, mine: list[Known], theirs: list[Known]) -> list[Mapping[str, Cell]]:
    was = {line.number: line.cells for line in first_lines()[table]}
    a = {line.number: line.cells for line in mine}
    b = {line.number: line.cells for line in theirs}
    found = []
    for number, before in was.items():
        first, second = a.get(number), b.get(number)
        if first is not None and second is not None:
            found.append(_cells(before, first, second))
        elif first is not None and first != before:
            found.append(first)
        elif second is not None and second != before:
            found.append(second)
    found += [cells for number, cells in (*a.items(), *b.items()) if number not in was]
    return found


def _cells(
    before: Mapping[str, Cell], first: Mapping[str, Cell], second: Mapping[str, Cell]
) -> dict[str, Cell]:
    made = {}
    for name in {**before, **first, **second}:
        taken = second if first.get(name) == before.get(name) else first
        if taken.get(name) is not None:
            made[name] = taken[name]
    return made
