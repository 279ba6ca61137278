"""Mondays of an association: people type, a program saves, `refresh` follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from tests.yearly.years import judging, measures
from tests.yearly.years.entries import EntryBook, differences, numbered
from tests.yearly.years.judging import Faults, Sinces
from tests.yearly.years.pages import Pages
from tests.yearly.years.scribbles import Colour, Scribbler, Typed, sorted_page
from tests.yearly.years.team import ORDERS, Team

_FIRST_MONDAY = date(2026, 1, 5)
_SHARE_PRESENT = 0.45  # of the invented association
_BY_HAND = "changée à la main"


@dataclass(frozen=True)
class Plan:
    """How long, how large, and every how many weeks something comes up."""

    weeks: int = 261
    people: int = 70
    seed: int = 1
    libreoffice: int = 4
    openpyxl: int = 6
    checked: int = 4
    typing: float = 1.0  # how much is typed in generated sheets, and oddly; 1 for seventy people
    purge_after: timedelta = timedelta(days=730)
    measured: tuple[int, ...] = (0, 52, 156, 260)
    saves: int = 3  # of which the time of LibreOffice is the median; without any, nothing is timed


@dataclass
class Simulation:
    """The workbook of an association, and everything that was ever typed in it."""

    plan: Plan
    path: Path
    entries: list[Typed] = field(default_factory=list)
    colours: list[Colour] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    measures: dict[int, measures.Measure] = field(default_factory=dict)

    week: int = 0  # the last one that is over

    def __post_init__(self) -> None:
        self.chance = Random(self.plan.seed)
        self.sinces = Sinces()
        self.on = _FIRST_MONDAY
        self.team = Team(self.chance, self.plan.people, self.plan.purge_after, self.on)
        self.scribbler = Scribbler(self.chance, self.entries, self.colours)
        size = round(self.plan.people / _SHARE_PRESENT)
        people = association(self.on, seed=self.plan.seed, people=size, years=1, clean=True)
        self.path.write_bytes(numbered(api.workbook_bytes(people.filling)))
        self.book = EntryBook(self.data)
        self._refresh(0)

    @property
    def data(self) -> bytes:
        """The file."""
        return self.path.read_bytes()

    def play(self) -> Iterator[int]:
        """Week after week, each once it is over."""
        yield self.week
        while self.week + 1 < self.plan.weeks:
            self.on += timedelta(days=7)
            self._week(self.week + 1)
            self.week += 1
            yield self.week

    def __getstate__(self) -> dict[str, object]:
        """What a later process goes on from: what the file tells is read from it again."""
        kept = {
            name: value for name, value in self.__dict__.items() if name not in ("book", "pages")
        }
        return {**kept, "file": self.data}

    def __setstate__(self, state: dict[str, object]) -> None:
        data = state.pop("file")
        assert isinstance(data, bytes)
        self.__dict__.update(state)
        self.path.write_bytes(data)
        self.book = EntryBook(data)
        self.pages = Pages(data, self.book)

    def _week(self, week: int) -> None:
        data = self.scribbler.week(self.data, self.pages, self.on, week, self.plan.typing)
        data = self._sort_generated(data, week)
        self.team.week(self.book, self.on, self.plan.typing)
        renaming = self.team.rename() if week % 8 == 4 else None
        if week % 6 == 1:
            title = self.chance.choice(list(ORDERS))
            self.book.sorts.append((title, self.chance.choice(ORDERS[title])))
        if week % 4 == 2:
            self.team.purge()
        self.path.write_bytes(self.book.written(data))
        for person in self.team.purged:
            judging.purged(self.entries, person)
        self._save(week)
        if renaming:
            self._rename(*renaming)
        if week % self.plan.checked == 0:
            api.check(self.path, on=self.on)  # refresh runs the same rules
        self._refresh(week)

    def _sort_generated(self, data: bytes, week: int) -> bytes:
        """Synthèse or Contrôle sorted by a team; every other time without the hidden column."""
        if week % 5 != 3:
            return data
        page = self.pages.sheets["Synthèse" if week % 3 else "Contrôle"]
        order = sorted(page.subjects)
        self.chance.shuffle(order)
        return sorted_page(data, page, order, key=week % 2 == 0)

    def _save(self, week: int) -> None:
        """A spreadsheet program, or a script, saves the file; else Excel did, as it was typed."""
        name = "openpyxl" if week % self.plan.openpyxl == 3 else "libreoffice"
        if name == "libreoffice" and week % self.plan.libreoffice:
            return
        saved = measures.PROGRAM[name].saved([(self.data, measures.SAVED)])[0]
        if saved.error:
            self.faults.add(week, [(f"{name} does not save it", saved.error)])
            return
        self.path.write_bytes(saved.data)
        typed, self.book = self.book, EntryBook(saved.data)
        lost = differences(typed, self.book)
        self.faults.add(week, ((f"by {name}: {kind}", what) for kind, what in lost))

    def _rename(self, old: str, new: str) -> None:
        """The name that was changed in Personnes, carried into the other sheets."""
        api.fix(self.path, on=self.on, rename=(old, new))
        for line in self.book.lines():
            if line.cells.get("person") == old:
                line.cells["person"] = new
        judging.renamed(self.entries, old, new)

    def _refresh(self, week: int) -> None:
        typed = self.book
        before = self.data
        done = api.refresh(self.path, on=self.on)
        by_hand = [one for one in done.details if _BY_HAND in one]
        self.faults.add(week, (("refresh says changed by hand", one) for one in by_hand))
        data = self.data
        self.book = EntryBook(data)
        self.faults.add(week, differences(typed, self.book))
        known = self.pages.facts.numbers if week else frozenset()
        self.pages = Pages(data, self.book, known)
        self.faults.add(week, judging.unknown_rows(self.pages))
        self.faults.add(week, judging.text_faults(self.pages, self.entries, self.on))
        self.faults.add(week, judging.colour_faults(self.pages, self.colours, self.entries))
        self.faults.add(week, self.sinces.faults(self.pages))
        if week in self.plan.measured or week == self.plan.weeks - 1:
            self._measure(week, before, data)

    def _measure(self, week: int, before: bytes, data: bytes) -> None:
        self.faults.add(week, measures.package_faults(before, data))
        saves = self.plan.saves
        same = measures.second_refresh(data, self.path.name, self.on)
        if not same:
            self.faults.add(week, [("the second refresh changed the file", "")])
        self.measures[week] = {
            **measures.shape(data),
            **measures.content(data, self.book, self.pages),
            "texts typed": len(self.entries),
            **(measures.times(data, self.path.name, self.on, saves) if saves else {}),
            "second refresh the same": "yes" if same else "no",
        }
