"""Two people who work on copies of a workbook: what each did is known line by line.

A line is known by a number that no file holds, so that what a merge should give is told without
looking for lines: that is the merge's own business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random

from cedre_xlsx.schema.tables import (
    CONVENTION_SHEET,
    DATA_TABLES,
    PERSON_FORM_SHEET,
    SCREENING_SHEET,
)
from cedre_xlsx.workbook.edit.headed import Headed
from cedre_xlsx.workbook.package.removing import without_sheet
from cedre_xlsx.workbook.read.locate import locate
from cedre_xlsx.workbook.read.raw import Cell
from cedre_xlsx.workbook.read.source import raw_workbook
from cedre_xlsx.workbook.typed_lines import typed_tables
from tests.hands import typed
from tests.small_association import new_workbook

SPECS = {spec.table: spec for spec in DATA_TABLES}
#: The columns whose cells are changed, texts all of them, by table.
CHANGED = {
    "tPersonnes": ("advisor", "request"),
    "tSuivi": ("objective", "outcome", "minutes", "deadline"),
    "tFreins": ("partner", "remarks"),
    "tMissions": ("client_review", "person_review"),
}
_FIRST_ROW = 5
#: Whether the forms are taken out of the workbook, as for many pairs.
_LIGHT: list[bool] = []


def lighten() -> None:
    """From now on, workbooks without the forms."""
    _LIGHT.append(True)


@dataclass(frozen=True)
class Known:
    """A line: the number that it has from the start, and its cells by column."""

    number: int
    cells: Mapping[str, Cell]


Model = dict[str, list[Known]]


@dataclass
class Hand:
    """One person's copy: its lines, what was typed under and beside the tables."""

    name: str
    chance: Random
    model: Model
    beside: dict[tuple[str, str], str] = field(default_factory=dict)
    count: int = 0
    did: list[str] = field(default_factory=list)

    def text(self) -> str:
        """A text that nobody else types."""
        self.count += 1
        return f"{self.name} {self.count} {self.chance.choice(_WORDS)}"

    def table(self) -> str:
        """A table with lines."""
        known = [name for name in CHANGED if self.model.get(name)]
        return self.chance.choice((*known, "tSuivi", "tSuivi"))

    def line(self, table: str) -> int:
        """Where a line stands: one of all, or of the few that the other one likes too."""
        lines = self.model[table]
        few = [at for at, line in enumerate(lines) if line.number <= _FEW]
        return self.chance.choice(few if few and self.chance.random() < 0.6 else range(len(lines)))


_FEW = 3  # lines that both like to work on
_WORDS = ("rappeler jeudi", "vu au marché", "à revoir", "d'accord", "attend une réponse", "2 h")


def edit(hand: Hand) -> None:
    """One to three cells of a line are changed."""
    table = hand.table()
    lines = hand.model[table]
    at = hand.line(table)
    columns = [one for one in CHANGED[table] if one in columns_of(table)]
    chosen = hand.chance.sample(columns, hand.chance.randint(1, min(3, len(columns))))
    cells = {**lines[at].cells, **{column: hand.text() for column in chosen}}
    lines[at] = replace(lines[at], cells=cells)


def same_edit(hand: Hand) -> None:
    """A cell is given what the other one may well type too."""
    lines, at = hand.model["tSuivi"], hand.line("tSuivi")
    lines[at] = replace(lines[at], cells={**lines[at].cells, "outcome": "Fait"})


def clear(hand: Hand) -> None:
    """A cell is emptied."""
    lines, at = hand.model["tSuivi"], hand.line("tSuivi")
    cells = {name: cell for name, cell in lines[at].cells.items() if name != "outcome"}
    lines[at] = replace(lines[at], cells=cells)


def add(hand: Hand) -> None:
    """A line is added, at the end or between others."""
    table = hand.table()
    lines = hand.model[table]
    model = hand.chance.choice(lines)
    cells = dict(model.cells)
    for column in CHANGED[table]:
        if column in columns_of(table):
            cells[column] = hand.text()
    for column in ("action", "barrier", "client", "last_name"):
        if column in cells:
            cells[column] = hand.text()
    at = hand.chance.choice((len(lines), hand.chance.randrange(len(lines) + 1)))
    lines.insert(at, Known(_fresh(hand), cells))


def twin(hand: Hand) -> None:
    """A line is typed twice on purpose."""
    table = hand.table()
    lines = hand.model[table]
    lines.append(Known(_fresh(hand), dict(hand.chance.choice(lines).cells)))


def delete(hand: Hand) -> None:
    """A line is deleted."""
    table = hand.table()
    lines = hand.model[table]
    if len(lines) > 2:
        del lines[hand.line(table)]


def sort(hand: Hand) -> None:
    """A table is sorted, or put in any order."""
    hand.chance.shuffle(hand.model[hand.table()])


def scribble(hand: Hand) -> None:
    """A text is typed where no table is."""
    sheet = hand.chance.choice(("Accueil", "Suivi"))
    cell = f"{hand.chance.choice(('AJ', 'AK'))}{hand.chance.randint(60, 90)}"
    hand.beside[sheet, cell] = hand.text()


ACTS: tuple[Callable[[Hand], None], ...] = (
    edit, edit, edit, edit, add, add, same_edit, clear, twin, delete, sort, scribble,
)  # fmt: skip


def _fresh(hand: Hand) -> int:
    hand.count += 1
    return hand.count + (1_000 if hand.name == "Alma" else 2_000)


def work(hand: Hand) -> None:
    """What somebody does to a copy in a week."""
    for _ in range(hand.chance.randint(2, 9)):
        act = hand.chance.choice(ACTS)
        hand.did.append(act.__name__)
        act(hand)


@cache
def beginning() -> tuple[bytes, dict[str, dict[str, int]]]:
    """The workbook that both copied, and the numbers of the columns of its tables."""
    data = new_workbook()
    if _LIGHT:  # these take long to read
        for title in (PERSON_FORM_SHEET, CONVENTION_SHEET, SCREENING_SHEET):
            data = without_sheet(data, title)
    workbook = raw_workbook(data, Path("suivi.xlsx"))
    numbers = {}
    for table, spec in SPECS.items():
        found = locate(workbook, spec)
        assert found is not None
        numbers[table] = dict(Headed(found).fields)
    return data, numbers


def columns_of(table: str) -> Mapping[str, int]:
    return beginning()[1][table]


@cache
def first_lines() -> Mapping[str, tuple[Known, ...]]:
    """The lines of the workbook that both copied."""
    workbook = raw_workbook(beginning()[0], Path("suivi.xlsx"))
    return {
        table.table: tuple(Known(number, line.cells) for number, line in enumerate(table.lines, 1))
        for table in typed_tables(workbook)
    }


def hand(name: str, seed: int) -> Hand:
    """Somebody with a copy."""
    model = {table: list(lines) for table, lines in first_lines().items()}
    return Hand(name, Random(f"{name} {seed}"), model)


def file_of(one: Hand) -> bytes:
    """The copy as it is saved."""
    data = beginning()[0]
    changes: dict[str, dict[str, object]] = {}
    for table, lines in one.model.items():
        before = first_lines()[table]
        if list(before) != lines:
            changes.setdefault(SPECS[table].sheet, {}).update(_cells(table, lines, len(before)))
    for (sheet, cell), text in one.beside.items():
        changes.setdefault(sheet, {})[cell] = text
    for sheet, cells in changes.items():
        data = typed(data, sheet, cells)
    return data


def _cells(table: str, lines: list[Known], before: int) -> dict[str, object]:
    """All the cells of a table, those of rows that are no longer lines emptied."""
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.datetime import to_excel

    found: dict[str, object] = {}
    for name, number in columns_of(table).items():
        if SPECS[table].columns[name].calculated:
            continue
        letters = get_column_letter(number)
        for rank in range(max(len(lines), before)):
            cell = lines[rank].cells.get(name) if rank < len(lines) else None
            if cell is not None and not isinstance(cell, (str, int, float)):
                cell = to_excel(cell)  # type: ignore[arg-type]
            found[f"{letters}{_FIRST_ROW + rank}"] = cell
    return found
