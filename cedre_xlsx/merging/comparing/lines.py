"""What differs in a table that people fill: its lines, cell by cell, and its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cedre_xlsx.merging.comparing.changes import CellDifference, Change, LineDifference
from cedre_xlsx.merging.comparing.people import People, name_of
from cedre_xlsx.merging.comparing.tables import CopyTable, copy_table, typed_in_both
from cedre_xlsx.method.text import name_key
from cedre_xlsx.workbook.alignment.align import Alignment, aligned
from cedre_xlsx.workbook.typed_lines import OWN, TypedTable


@dataclass(frozen=True)
class TablePair:
    """A table in both copies, its lines aligned; `renamed` gives the former name of each of the
    team's own columns that has another heading now.
    """

    before: CopyTable
    after: CopyTable
    alignment: Alignment
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that both copies have, by their names in the first one."""
        now = {self.renamed.get(name, name) for name in self.after.typed.columns}
        return tuple(name for name in self.before.typed.columns if name in now)

    def alone(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The columns of the first copy alone, then of the second alone."""
        both = set(self.columns)
        after = self.after.typed.columns
        return (
            tuple(name for name in self.before.typed.columns if name not in both),
            tuple(name for name in after if self.renamed.get(name, name) not in both),
        )

    def in_after(self, column: str) -> str:
        """The name in the second copy of a column of the first one."""
        return next((now for now, was in self.renamed.items() if was == column), column)


def pair_of(table: str, people: People) -> TablePair | None:
    """A table that both copies have, its lines aligned; None where one lacks it."""
    one, other = people.before.tables.get(table), people.after.tables.get(table)
    if one is None or other is None:
        return None
    one, other = typed_in_both(people, one, other)
    before = copy_table(people.before, one, people.was)
    after = copy_table(people.after, other, people.is_now)
    found = aligned(table, before.prints, after.prints)
    return TablePair(before, after, found, _renamed_columns(before, after, found))


def line_changes(pair: TablePair, people: People) -> Iterator[tuple[str, LineDifference]]:
    """The lines that differ, each with the key of its person, in the order of the second copy."""
    doubts = pair.alignment.doubtful
    left = {index for doubt in doubts for index in doubt.left}
    right = {index for doubt in doubts for index in doubt.right}
    for i, j in sorted(pair.alignment.pairs, key=lambda each: each[1]):
        same = pair.before.prints[i] == pair.after.prints[j]
        if same and pair.before.persons[i] == pair.after.persons[j] and not _any_computed(pair):
            continue
        if cells := tuple(_changed_cells(pair, i, j, people)):
            said = LineDifference(
                Change.CHANGED, pair.after.typed.sheet, pair.after.line(j), cells,
                pair.after.person(j), pair.before.typed.lines[i].row,
                pair.after.typed.lines[j].row, i in left or j in right,
            )  # fmt: skip
            yield people.is_now(said.person), said
    for j in pair.alignment.right_only:
        said = _alone(pair.after, j, Change.ADDED, doubtful=j in right)
        yield people.is_now(said.person), said
    for i in pair.alignment.left_only:
        said = _alone(pair.before, i, Change.REMOVED, doubtful=i in left)
        yield people.was(said.person), said


def _renamed_columns(before: CopyTable, after: CopyTable, found: Alignment) -> dict[str, str]:
    """The columns that say the same under another heading, by their names in the second copy."""
    gone = [name for name in before.typed.columns if name not in after.typed.columns]
    new = [name for name in after.typed.columns if name not in before.typed.columns]
    renamed: dict[str, str] = {}
    for now in new:
        for was in gone:
            if was not in renamed.values() and _says_the_same(before, after, found, was, now):
                renamed[now] = was
                break
    return renamed


def _says_the_same(
    before: CopyTable, after: CopyTable, found: Alignment, was: str, now: str
) -> bool:
    said = [(before.prints[i].get(was), after.prints[j].get(now)) for i, j in found.pairs]
    filled = [one for one in said if one != (None, None)]
    return bool(filled) and sum(one == other for one, other in filled) * 2 > len(filled)


def _any_computed(pair: TablePair) -> bool:
    return bool(pair.before.computed or pair.after.computed)


def _changed_cells(pair: TablePair, i: int, j: int, people: People) -> Iterator[CellDifference]:
    before, after = pair.before, pair.after
    one, other = before.prints[i], after.prints[j]
    for name in pair.columns:
        now = pair.in_after(name)
        is_person = name == "person"
        same = one.get(name) == other.get(now)
        if is_person:
            same = before.persons[i] == after.persons[j]
        if same and not _formula_alone(pair, i, j, name, now):
            continue
        if is_person and _is_renamed(before.person(i), after.person(j), people):
            continue
        yield CellDifference(
            before.typed.columns[name],
            before.text(i, name),
            after.text(j, now),
            before.address(i, name),
            after.address(j, now),
        )


def _formula_alone(pair: TablePair, i: int, j: int, name: str, now: str) -> bool:
    """Whether a cell is computed in one copy and typed in the other, as far as both tell."""
    if pair.before.copy.computed is None or pair.after.copy.computed is None:
        return False
    made = (pair.before.typed.lines[i].row, name) in pair.before.computed
    return made is not ((pair.after.typed.lines[j].row, now) in pair.after.computed)


def _is_renamed(was: str, now: str, people: People) -> bool:
    """Whether two names differ because their person has another name now."""
    return name_key(was) != name_key(now) and people.was(was) == people.is_now(now)


def _alone(side: CopyTable, index: int, change: Change, *, doubtful: bool) -> LineDifference:
    is_new = change is Change.ADDED
    line = side.typed.lines[index]
    cells = []
    for name in side.typed.columns:
        if text := side.text(index, name):
            where = side.address(index, name)
            cells.append(
                CellDifference(side.typed.columns[name], "", text, "", where)
                if is_new
                else CellDifference(side.typed.columns[name], text, "", where)
            )
    return LineDifference(
        change, side.typed.sheet, side.line(index), tuple(cells), side.person(index),
        0 if is_new else line.row, line.row if is_new else 0, doubtful,
    )  # fmt: skip


def column_remarks(pair: TablePair) -> Iterator[str]:
    """What is to be said of headings and columns that are not the same."""
    before, after = pair.before.typed, pair.after.typed
    for name in pair.columns:
        was, now = before.columns[name], after.columns[pair.in_after(name)]
        if _one_line(was) != _one_line(now):
            yield f"{after.sheet} : l'intitulé « {was} » est devenu « {now} »."
    gone, new = pair.alone()
    for names, side, said in ((gone, pair.before, "supprimée"), (new, pair.after, "ajoutée")):
        for name in names:
            count = sum(name in line.cells for line in side.typed.lines)
            if count or name.startswith(OWN):
                yield _column_sentence(side.typed, name, said, count)


def _column_sentence(typed: TypedTable, name: str, said: str, count: int) -> str:
    filled = "vide" if not count else "1 cellule remplie" if count == 1 else (
        f"{count} cellules remplies"
    )  # fmt: skip
    return f"{typed.sheet} : la colonne « {_one_line(typed.columns[name])} » est {said} ({filled})."


def _one_line(text: str) -> str:
    return " ".join(text.split())


def renamed_people(pair: TablePair) -> dict[str, str]:
    """The former name of each person of Personnes who has another one now, both as keys."""
    names = {name_key(name_of(line)) for line in pair.before.typed.lines}
    found = {}
    for i, j in pair.alignment.pairs:
        was, now = (name_key(side.person(at)) for side, at in ((pair.before, i), (pair.after, j)))
        if was != now and was and now and now not in names:
            found[now] = was
    return found
