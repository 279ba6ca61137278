"""Histories of workbooks: people type, programs save, `refresh` follows; no text may be lost.

`python -m tests.programs.histories --count 300 --seed 1` runs that many and says what went
wrong in which; `tests/programs/test_histories.py` runs a dozen. All histories advance together,
turn by turn, so that a program saves the workbooks of many at once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from random import Random

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.old_cells import OldCell
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.template.filling import Filling
from tests import package_edits
from tests.edited_package import DATA_SHEETS
from tests.hands import address, renumbered, typed
from tests.package_checker import check_package
from tests.programs.drivers import Edit, Program
from tests.programs.ledger import Entry, Page, faults
from tests.programs.lived import filling_of
from tests.programs.measure import EXPECTED

_FIRST_DAY = date(2026, 3, 2)
_BEGINNINGS = 12  # workbooks from which histories begin
_SHORT = 200  # characters of a fault that are told
#: The state of the file; lines under a table, odd tables, formulas without a value.
_OF_THE_FILE = ("CLA", "LEC02", "LEC14", "LEC15")


@dataclass
class History:
    """One workbook, what its people typed, and what went wrong so far."""

    seed: int
    chance: Random
    path: Path
    on: date
    turns: int  # to come
    entries: list[Entry] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()

    def fault(self, what: str) -> None:
        self.said.append(f"history {self.seed}, {', '.join(self.steps)}: {what}"[-1_000:])


# What people do


def annotate(history: History, title: str, heading: str, count: int) -> None:
    """Texts on some lines of a sheet, under one of its headings: ours, or one of theirs."""
    page = Page(history.data, title)
    rows = [n for n in page.lines() if n < page.block]
    if page.top < 0 or not rows:
        return
    titles = page.rows[page.top]
    column = titles.index(heading) if heading in titles else _free_column(page)
    cells: dict[str, object] = {}
    if heading not in titles:
        cells[address(page.top, column)] = heading
    for row in history.chance.sample(rows, min(count, len(rows))):
        there = page.rows[row][column] if column < len(page.rows[row]) else ""
        if there != "":
            continue
        text = f"{heading} {history.seed}-{len(history.entries)}"
        cells[address(row, column)] = text
        history.entries.append(Entry(text, title, page.person(row), page.line(row)))
    history.path.write_bytes(typed(history.data, title, cells))


def _free_column(page: Page) -> int:
    return max((n for row in page.rows for n, value in enumerate(row, 1) if value != ""), default=0)


def note(history: History) -> None:
    annotate(history, "Synthèse", "Notes de réunion", 2)


def justify(history: History) -> None:
    annotate(history, "Contrôle", "Justification", 2)


def own_column_of_synthesis(history: History) -> None:
    annotate(history, "Synthèse", "Salle", 2)


def own_column_of_control(history: History) -> None:
    annotate(history, "Contrôle", "Vu par", 2)


def own_column_of_follow_up(history: History) -> None:
    annotate(history, "Suivi", "Lieu", 2)


def beside_the_agenda(history: History) -> None:
    """Free cells at the right of Réunion, under no heading."""
    page = Page(history.data, "Réunion")
    rows = [n for n in page.lines() if n < page.block]
    cells: dict[str, object] = {}
    for row in history.chance.sample(rows, min(2, len(rows))):
        if any(value != "" for value in page.rows[row][10:12]):
            continue
        text = f"remarqué {history.seed}-{len(history.entries)}"
        cells[address(row, 11)] = text
        history.entries.append(Entry(text, "Réunion", page.person(row), ()))
    history.path.write_bytes(typed(history.data, "Réunion", cells))


def _entry_page(history: History) -> tuple[Page, list[int], list[str]]:
    page = Page(history.data, "Suivi")
    return page, list(page.lines()), [str(value) for value in page.rows[page.top]]


def add_line(history: History) -> None:
    """A line of Suivi under the last one, for someone who has lines already."""
    page, rows, titles = _entry_page(history)
    person = page.person(history.chance.choice(rows))
    values = {
        "Personne": person,
        "Dates": f"{history.on:%d/%m/%Y}",
        "Actions proposées par l'AI / ETTI": f"Action nouvelle {history.seed}-{len(rows)}",
        "Statut": history.chance.choice(["(1) À proposer", "(2) En cours"]),
        "Échéance / délai": history.chance.choice(["sous 3 mois", "dans 15 jours", "fin juin"]),
    }
    cells = {address(rows[-1] + 1, titles.index(name)): text for name, text in values.items()}
    history.path.write_bytes(typed(history.data, "Suivi", cells))


def close_line(history: History) -> None:
    """An action is done: it has a status and an outcome."""
    _, rows, titles = _entry_page(history)
    row = history.chance.choice(rows)
    cells = {
        address(row, titles.index("Statut")): "(3) Réalisée",
        address(row, titles.index("Suites données / Décisions prises")): "Fait avec la personne",
    }
    history.path.write_bytes(typed(history.data, "Suivi", cells))


def correct_line(history: History) -> None:
    """The words of an action are corrected: what was typed beside it is now beside these words,
    and what was said of it in Contrôle may wait in the block.
    """
    page, rows, titles = _entry_page(history)
    row = history.chance.choice(rows)
    action = "Actions proposées par l'AI / ETTI"
    old = str(page.rows[row][titles.index(action)])
    new = f"{old} (précisé {len(history.entries)})"
    cells = {address(row, titles.index(action)): new}
    history.path.write_bytes(typed(history.data, "Suivi", cells))
    person = page.person(row)
    for index, one in enumerate(history.entries):
        line = one.line
        if one.person == person and one.sheet == "Contrôle":
            line = (*line, "corrigée")
        elif one.sheet == "Suivi" and row in page.places(one.text):
            line = (*line[:-1], new)
        history.entries[index] = Entry(one.text, one.sheet, one.person, line)


def empty_line(history: History) -> None:
    """A line is erased, its row stays."""
    page, rows, titles = _entry_page(history)
    held = {n for one in history.entries for n in page.places(one.text) if one.sheet == "Suivi"}
    free = [n for n in rows if n not in held]
    if free:
        row = history.chance.choice(free)
        cells = {address(row, column): None for column in range(len(titles))}
        history.path.write_bytes(typed(history.data, "Suivi", cells))


def sort_lines(history: History) -> None:
    """Rows of an entry sheet or of a generated table in another order, or apart."""
    title = history.chance.choice(["Suivi", "Synthèse", "Contrôle"])
    page = Page(history.data, title)
    rows = [n + 1 for n in page.lines()]
    places = list(rows)
    history.chance.shuffle(places)
    moved = dict(zip(rows, places, strict=True))
    history.path.write_bytes(renumbered(history.data, title, moved))


def _on_a_table(
    change: Callable[[bytes, str], bytes], titles: Sequence[str]
) -> Callable[[History], None]:
    def act(history: History) -> None:
        title = history.chance.choice(titles)
        history.path.write_bytes(change(history.data, title))

    act.__name__ = change.__name__
    return act


HANDS: tuple[Callable[[History], None], ...] = (
    note, note, justify, justify, own_column_of_synthesis, own_column_of_control,
    own_column_of_follow_up, beside_the_agenda, add_line, close_line, correct_line, empty_line,
    sort_lines,
)  # fmt: skip
_TABLES = ("Synthèse", "Contrôle", "Suivi", "Personnes")
ON_TABLES: tuple[Callable[[History], None], ...] = (
    _on_a_table(package_edits.as_range, _TABLES),
    _on_a_table(package_edits.renamed_table, _TABLES),
    _on_a_table(package_edits.without_headings, ("Synthèse", "Contrôle")),
)


# One turn of all histories


def begin(seed: int, folder: Path) -> History:
    """A small association, refreshed once."""
    chance = Random(seed)
    path = folder / f"{seed}.xlsx"
    path.write_bytes(_first_workbook(chance.randrange(_BEGINNINGS)))
    return History(seed, chance, path, _FIRST_DAY, chance.randint(3, 6))


@cache
def _first_workbook(seed: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "debut.xlsx"
        path.write_bytes(api.workbook_bytes(_filling(Random(seed), seed)))
        api.refresh(path, on=_FIRST_DAY)
        return path.read_bytes()


def _filling(chance: Random, seed: int) -> Filling:
    """Some people of an invented association, who have lines of Suivi."""
    whole = association(_FIRST_DAY, seed=seed).filling
    counts = Counter(row.get("person") for row in whole.rows["tSuivi"])
    known = [f"{row['last_name']} {row['first_name']}" for row in whole.rows["tPersonnes"]]
    fit = sorted({name for name in known if 2 <= counts[name] <= 20})
    return filling_of(whole, set(chance.sample(fit, min(len(fit), chance.randint(3, 6)))))


def type_in(history: History) -> None:
    """What people do between two refreshes."""
    acts = history.chance.sample(HANDS, history.chance.randint(3, 6))
    if history.chance.random() < 0.3:
        acts.append(history.chance.choice(ON_TABLES))
    history.steps.append("+".join(act.__name__ for act in acts))
    for act in acts:
        act(history)


def save_in(program: Program, histories: Sequence[History]) -> None:
    """A program saves the workbooks; it changes a cell that nobody looks at."""
    saved = program.saved([(one.data, Edit("Accueil", "A60", "vu")) for one in histories])
    for history, one in zip(histories, saved, strict=True):
        history.steps.append(program.name)
        before = _findings(history)
        if one.error:  # what another program left; our own files are the business of test_programs
            history.steps[-1] += " (does not open it)"
            continue
        if not is_well_formed(one.data):  # R openxlsx, after excelize
            history.steps[-1] += " (breaks it)"
            continue
        lost = typed_texts(history.data) - typed_texts(one.data)
        if lost or noted_texts(history, history.data) - noted_texts(history, one.data):
            history.steps[-1] += " (drops texts)"  # its own reading lost them
            continue
        history.path.write_bytes(one.data)
        says = EXPECTED[program.name].says
        after = [found for found in _findings(history) if found[0] not in says]
        for found in before - set(after):
            history.fault(f"finding no more said: {found}")
        for found in set(after) - before:
            history.fault(f"finding out of nothing: {found}")


def is_well_formed(data: bytes) -> bool:
    """Whether every part of a package can be parsed."""
    package = Package(data)
    try:
        for name in package.names():
            if name.endswith((".xml", ".rels")):
                package.root(name)
    except CedreError:
        return False
    return True


def noted_texts(history: History, data: bytes) -> set[str]:
    """What the history has typed, as far as a sheet holds it."""
    held = {cell.text for cells in _cells(data).values() for cell in cells}
    return held & {one.text for one in history.entries}


def typed_texts(data: bytes) -> Counter[str]:
    """The texts of the sheets that people fill, formulas aside."""
    return Counter(
        cell.text
        for title in DATA_SHEETS
        for cell in _cells(data).get(title, ())
        if cell.kind in ("s", "inlineStr", "str") and cell.filled and cell.text[:1] not in ("=", "")
    )


@lru_cache(maxsize=4)
def _cells(data: bytes) -> dict[str, list[OldCell]]:
    """The cells of each sheet, by its tab."""
    host = Host(Package(data))
    return {
        sheet.title: [cell for row in OldSheet(host, sheet.part).cells.values()
                      for cell in row.values()]
        for sheet in host.sheets()
        if sheet.is_worksheet
    }  # fmt: skip


def _findings(history: History) -> set[tuple[str, ...]]:
    """The findings, those about the file and its tables aside."""
    return {
        (one.code, one.person, one.place.sheet, one.place.cell, str(one.waived is not None))
        for one in api.check(history.path, on=history.on).findings
        if not one.code.startswith(_OF_THE_FILE)
    }


def refresh(history: History) -> None:
    """Some days later; every text is where it should be."""
    history.on += timedelta(days=history.chance.randint(1, 40))
    history.steps.append(f"{history.on:%d/%m/%Y}")
    before = history.data
    api.refresh(history.path, on=history.on)
    for fault in faults(history.data, history.entries):
        history.fault(fault)
    history.turns -= 1
    if not history.turns:
        _end(history, before)


def _end(history: History, before: bytes) -> None:
    """The file is sound, and refreshing again changes nothing."""
    once = history.data
    known = check_package(before)
    for fault in check_package(once):
        if fault not in known:
            history.fault(f"package: {fault}")
    api.refresh(history.path, on=history.on)
    if history.data != once:
        history.fault("the second refresh changed the file")


def turn(histories: Sequence[History], programs: Sequence[Program | None]) -> None:
    """Hands, then a program each, then a refresh."""
    groups: defaultdict[str, list[History]] = defaultdict(list)
    by_name = {one.name: one for one in programs if one is not None}
    for history in histories:
        guarded(history, type_in)
        chosen = history.chance.choice(programs)
        if chosen is not None:
            groups[chosen.name].append(history)
    for name, some in groups.items():
        save_in(by_name[name], some)
    for history in histories:
        guarded(history, refresh)


def guarded(history: History, act: Callable[[History], None]) -> None:
    """What is raised is a fault of the history, not the end of all."""
    try:
        act(history)
    except Exception as error:
        history.fault(f"{act.__name__} raised {type(error).__name__}: {error}"[:_SHORT])


def run(seeds: Iterable[int], programs: Sequence[Program | None], folder: Path) -> list[History]:
    """Every history to its end; a history that went wrong stops there."""
    histories = [begin(seed, folder) for seed in seeds]
    while going := [one for one in histories if one.turns and not one.said]:
        turn(going, programs)
    return histories


def usable_programs() -> list[Program | None]:
    """Those that are here and lose nothing; None is Excel, which saves what was typed as it is."""
    from tests.programs.drivers import PROGRAMS

    fit = [
        one
        for one in PROGRAMS
        if not one.missing and not EXPECTED[one.name].ruins and one.writes == "xlsx"
    ]
    return [None, *fit]


def main() -> int:
    """Run many, say what went wrong, 1 when something did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--programs", default="", help="names between commas, excel for none; all by default"
    )
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    wanted = options.programs.split(",") if options.programs else None
    programs = [
        one for one in usable_programs() if not wanted or (one.name if one else "excel") in wanted
    ]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(options.seed, options.seed + options.count)
        histories = run(seeds, programs, Path(folder))
    wrong = [one for one in histories if one.said]
    for one in wrong:
        print("\n".join(one.said[:3]), end="\n\n")
    texts = sum(len(one.entries) for one in histories)
    print(f"{len(histories)} histories, {texts} texts typed, {len(wrong)} gone wrong, "
          f"{time.monotonic() - begun:.0f} s")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
