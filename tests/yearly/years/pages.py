"""The sheets that `refresh` makes, as people read them: which line each row is about.

A subject is what a row is about: a line of an entry sheet by its number, and for a finding its
code too. The ledger rests on it: it is told by what the row shows, never by our hidden key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.tables import DATA_TABLES, FOLLOW_UP, PEOPLE
from cedre_xlsx.workbook.package.host import Host
from tests.hands import grid
from tests.hands_looks import comments, formulas
from tests.programs.ledger import Page
from tests.yearly.years.entries import EntryBook, Line, by_row, plain

SHEETS = ("Synthèse", "Contrôle", "Réunion")
ARCHIVE = "Notes anciennes"
ARCHIVE_HEADINGS = ("Personne", "Feuille", "Ligne", "Depuis le", "Texte")
_TITLES = {spec.sheet for spec in DATA_TABLES}
_REFERENCE = re.compile(r"engagement (\S+)")
_TAG = re.compile(r"\[n(\d+)\]")
#: What the row of someone without anything begins with.
_NOTHING = "aucune action en cours"

#: What is said of a person in the agenda, by a word of it.
_KINDS = {
    "aucune proposition": "proposition", "aucun engagement": "engagement", "en pause": "pause",
    "contact": "contact", "contrat": "contrat", "pass iae": "contrat", "mission": "travail",
    "sortie": "sortie", "inscri": "proposition",
}  # fmt: skip

Subjects = frozenset[str]
Fact = tuple[str, ...]


class Facts:
    """The lines of the entry sheets by what a generated sheet shows of them."""

    def __init__(self, book: EntryBook, before: Collection[str] = ()) -> None:
        self.book = book
        self.numbers = frozenset(line.number for line in book.lines())
        self._fresh = self.numbers.difference(before) if before else frozenset()
        self.rows = {title: by_row(sheet) for title, sheet in book.sheets.items()}
        self.people = {name_key(line.person): line for line in book[PEOPLE.sheet].lines.values()}
        self.shown: defaultdict[Fact, set[str]] = defaultdict(set)
        for line in book[FOLLOW_UP.sheet].lines.values():
            self.shown[_fact(line)].add(line.number)
        for line in book["Engagements"].lines.values():
            reference = fold(str(line.cells.get("reference", "")))
            self.shown[name_key(line.person), reference].add(line.number)

    def has_twin(self, subject: str) -> bool:
        """Whether another line of the same person has the same date and action."""
        return subject.rpartition(" ")[2] in self._twins

    def say_the_same(self, one: str, other: str) -> bool:
        """Whether two lines differ by their objective alone, which a finding does not show."""
        mine, theirs = (
            next(
                (f for f, numbers in self.shown.items() if subject.rpartition(" ")[2] in numbers),
                (),
            )
            for subject in (one, other)
        )
        return bool(mine) and (*mine[:3], *mine[4:]) == (*theirs[:3], *theirs[4:])

    def may_be_another(self, subject: str) -> bool:
        """Whether a new line of the same person says the same but for its day: when the day of
        this one was corrected too, nothing tells which of the two it became.
        """
        mine = next((f for f, numbers in self.shown.items() if subject in numbers), None)
        return mine is not None and any(
            not numbers.isdisjoint(self._fresh) and (fact[0], *fact[2:]) == (mine[0], *mine[2:])
            for fact, numbers in self.shown.items()
            if fact != mine
        )

    @cached_property
    def _twins(self) -> set[str]:
        alike: defaultdict[Fact, list[str]] = defaultdict(list)
        for fact, numbers in self.shown.items():
            alike[fact[:3]] += numbers
        return {one for numbers in alike.values() if len(numbers) > 1 for one in numbers}

    def line_at(self, sheet: str, cell: str) -> Line | None:
        """The line of an entry sheet that a cell is on."""
        if sheet not in self.rows or not cell:
            return None
        row = int(cell.removeprefix("ligne ")) if "ligne" in cell else coordinate_to_tuple(cell)[0]
        return self.rows[sheet].get(row)


def _fact(line: Line) -> Fact:
    names = ("dated", "action", "objective", "engagement", "deadline")
    return (name_key(line.person), *(_words(line.cells.get(name, "")) for name in names))


def _words(value: object) -> str:
    return fold(str(plain(value)))


class GeneratedPage:
    """One generated sheet: the subjects of its rows, and where each tagged text stands."""

    def __init__(self, data: bytes, package: Package, title: str, facts: Facts) -> None:
        self.page = Page(data, title)
        self.title = title
        self.subjects: dict[int, Subjects] = dict(self._subjects(facts))
        self.rows_of: defaultdict[str, list[int]] = defaultdict(list)
        for row, subjects in self.subjects.items():
            for one in subjects:
                self.rows_of[one].append(row)
        self.formulas = formulas(package, title)
        self.comments = comments(package, title)
        self.places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, column, text in self._texts():
            for tag in _TAG.findall(text):
                self.places[int(tag)].append((row, column))

    def _texts(self) -> Iterator[tuple[int, int, str]]:
        for row, values in enumerate(self.page.rows):
            for column, value in enumerate(values):
                if isinstance(value, str) and value and (row, column) not in self.formulas:
                    yield row, column, value
        for texts in (self.formulas, self.comments):
            for (row, column), text in texts.items():
                yield row, column, text

    def _subjects(self, facts: Facts) -> Iterator[tuple[int, Subjects]]:
        if self.page.top < 0:
            return
        section = ""
        tell = {"Synthèse": _line_shown, "Contrôle": _finding, "Réunion": _item}[self.title]
        for row in range(self.page.top + 1, self.page.block):
            cells = self.cells(row)
            if not cells.get(self.page.who):
                section = str(self.page.rows[row][0]) or section
            else:
                yield row, tell(facts, cells, section)

    def cells(self, row: int) -> dict[str, object]:
        """A row by the headings."""
        titles = self.page.rows[self.page.top]
        return {str(t): v for t, v in zip(titles, self.page.rows[row], strict=False) if t != ""}

    def heading(self, column: int) -> str:
        """What stands above a column."""
        titles = self.page.rows[self.page.top]
        return str(titles[column]) if column < len(titles) else ""

    def in_block(self, row: int) -> bool:
        """Whether a row is one of those that keep what has no line."""
        return row >= self.page.block

    @property
    def kept(self) -> int:
        """How many lines the blocks have."""
        return sum(any(row) for row in self.page.rows[self.page.block + 1 :])

    def text_of_row(self, row: int) -> str:
        """All that a row says."""
        values = self.page.rows[row] if row < len(self.page.rows) else []
        return " ".join(str(plain(value)) for value in values)


def _line_shown(facts: Facts, cells: Mapping[str, object], section: str) -> Subjects:
    person = name_key(str(cells["Nom Prénom"]))
    action = str(cells["Actions proposées (ou à rechercher)"])
    found = _REFERENCE.match(fold(action))
    if found and (person, found[1]) in facts.shown:
        return frozenset(facts.shown[person, found[1]])
    if fold(action).startswith(_NOTHING):
        line = facts.people.get(person)
        return frozenset({f"rien {line.number}"} if line else ())
    names = (
        "Dates", "Actions proposées (ou à rechercher)", "Objectifs poursuivis (*)",
        "Code engagement", "Échéance / délai",
    )  # fmt: skip
    return frozenset(facts.shown.get((person, *(_words(cells.get(n, "")) for n in names)), ()))


def _finding(facts: Facts, cells: Mapping[str, object], section: str) -> Subjects:
    line = facts.line_at(str(cells["Feuille"]), str(cells["Cellule"]))
    return frozenset({f"{cells['Code']} {line.number}"} if line else ())


def _item(facts: Facts, cells: Mapping[str, object], section: str) -> Subjects:
    """The line of Suivi or Engagements; for what is said of a person, the kind of point, told by
    its words: it stands under the heading of the person's most pressing one.
    """
    sheet, _, cell = str(cells.get("Cellule", "")).partition(" ")
    line = facts.line_at(sheet, cell)
    if line is None:
        return frozenset()
    if section.startswith("Depuis le "):  # news have their own rows, which the next meeting ends
        return frozenset({f"depuis {line.number}"})
    said = fold(str(cells.get("À savoir", "")))
    kind = next((kind for word, kind in _KINDS.items() if word in said), section)
    return frozenset({f"{kind} {line.number}" if sheet == PEOPLE.sheet else line.number})


class Archive:
    """The sheet of what has had no line for long, where the workbook has one."""

    def __init__(self, data: bytes, titles: list[str]) -> None:
        rows = grid(data, ARCHIVE) if ARCHIVE in titles else []
        self.there = bool(rows)
        self.places: dict[int, tuple[str, str]] = {}  # tag → person, all that its row says
        self.count = 0
        who = 0
        for row in rows:
            if ARCHIVE_HEADINGS[0] in row and ARCHIVE_HEADINGS[-1] in row:
                who = row.index(ARCHIVE_HEADINGS[0])
                continue
            tags = [int(tag) for value in row for tag in _TAG.findall(str(value))]
            self.count += bool(tags)
            for tag in tags:
                self.places[tag] = (str(row[who]), " ".join(map(str, row)))


class Pages:
    """All that a workbook shows of what was typed."""

    def __init__(self, data: bytes, book: EntryBook, before: Collection[str] = ()) -> None:
        self.package = Package(data)
        self.facts = Facts(book, before)
        self.sheets = {t: GeneratedPage(data, self.package, t, self.facts) for t in SHEETS}
        self.archive = Archive(data, [one.title for one in Host(self.package).sheets()])
