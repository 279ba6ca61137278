"""A ledger of every text typed in a workbook, and where it must be found again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.hands import Grid, grid

#: How the rows begin below which a sheet keeps what has no line any more.
BLOCKS = ("Notes conservées", "Justifications conservées", "Textes tapés à la main")

#: By sheet, the headings that tell whose a row is, and those that tell which line.
WHOSE = {
    "Synthèse": ("Nom Prénom", ("Dates", "Actions proposées (ou à rechercher)")),
    "Contrôle": ("Personne", ("Code", "Constat")),
    "Réunion": ("Personne", ("Action, engagement",)),
    "Suivi": ("Personne", ("Actions proposées par l'AI / ETTI",)),
}

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that someone typed beside a line: in which sheet, whose line, which line."""

    text: str
    sheet: str
    person: str
    line: Line


class Page:
    """A sheet as people read it: rows of texts under headings, then the block that keeps texts."""

    def __init__(self, data: bytes, title: str) -> None:
        self.title = title
        self.rows: Grid = grid(data, title)
        self.who, self.which = WHOSE[title]

    @cached_property
    def top(self) -> int:
        """The index of the row of headings; that of the first row where there is none."""
        return next((n for n, row in enumerate(self.rows) if self.who in row), -1)

    @cached_property
    def block(self) -> int:
        """The index of the row where the block begins."""
        begins = (n for n, row in enumerate(self.rows) if str(row[0]).startswith(BLOCKS))
        return next(begins, len(self.rows))

    def column(self, heading: str) -> int:
        return self.rows[self.top].index(heading)

    def person(self, row: int) -> str:
        return str(self.rows[row][self.column(self.who)])

    def line(self, row: int) -> Line:
        return tuple(str(self.rows[row][self.column(heading)]) for heading in self.which)

    def lines(self) -> Iterator[int]:
        """The indexes of the rows that are somebody's."""
        yield from (n for n in range(self.top + 1, self.block) if self.person(n))

    def is_alone(self, person: str, line: Line) -> bool:
        """Whether exactly one row is that line."""
        return sum(self.person(n) == person and self.line(n) == line for n in self.lines()) == 1

    def places(self, text: str) -> list[int]:
        """The indexes of the rows that hold a text, within a longer one in the block."""
        return [
            n
            for n, row in enumerate(self.rows)
            if text in row or (n >= self.block and any(text in str(value) for value in row))
        ]


def faults(data: bytes, entries: Sequence[Entry]) -> list[str]:
    """What became of the texts that should not have: lost, beside another's line, moved off."""
    pages = {title: Page(data, title) for title in {one.sheet for one in entries}}
    return [fault for one in entries for fault in _faults_of(pages[one.sheet], one)]


def _faults_of(page: Page, entry: Entry) -> Iterator[str]:
    places = page.places(entry.text)
    where = f"{entry.sheet}: {entry.text!r}, typed for {entry.person}, {entry.line}"
    if not places:
        yield f"lost: {where}"
    for row in places:
        if row < page.block and page.person(row) not in (entry.person, ""):
            yield f"beside another's line, {page.person(row)}, {page.line(row)}: {where}"
    if page.is_alone(entry.person, entry.line):
        beside = [n for n in places if n < page.block and page.line(n) == entry.line]
        if places and not beside:
            yield f"no more beside its line, which is there: {where}"
