"""Where everything that was typed is after a refresh, and what should not be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from cedre_xlsx.method.text import fold, name_key
from tests.hands_looks import colours
from tests.yearly.years.entries import plain
from tests.yearly.years.pages import GeneratedPage, Pages
from tests.yearly.years.scribbles import COLOURS, UNTIL, Colour, Typed

#: What has had no line for longer may be in the archive, and for longer still must be.
MAY_BE_OLD, MUST_BE_OLD = timedelta(days=350), timedelta(days=400)
_TOLD = 3  # faults of a kind that are told in full
_EPOCH = date(1899, 12, 30)
_TWIN = "twin"
Fault = tuple[str, str]


@dataclass
class Faults:
    """What went wrong, counted by kind; the first ones of each kind in full."""

    counts: Counter[str] = field(default_factory=Counter)
    told: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, week: int, found: Iterable[Fault]) -> None:
        """The faults of a week."""
        for kind, what in found:
            self.counts[kind] += 1
            if len(self.told[kind]) < _TOLD:
                self.told[kind].append(f"week {week}: {what}"[:600])

    @property
    def lines(self) -> list[str]:
        """A line a kind, and examples."""
        return [
            line
            for kind, count in self.counts.most_common()
            for line in (f"{count:6} {kind}", *(f"         {one}" for one in self.told[kind]))
        ]


def text_faults(pages: Pages, entries: Iterable[Typed], on: date) -> Iterator[Fault]:
    """Of each text, each kind of fault once."""
    for entry in entries:
        for kind, what in _of_text(pages, entry, on):
            if kind not in entry.told:
                entry.told.add(kind)
                yield f"{entry.kind}, {entry.sheet}: {kind}", f"{entry.where}: {what}"


def _of_text(pages: Pages, entry: Typed, on: date) -> Iterator[Fault]:
    page = pages.sheets[entry.sheet]
    places = page.places.get(entry.tag, [])
    beside = {row for row, _ in places if not page.in_block(row)}
    kept = {row for row, _ in places if page.in_block(row)}
    own_rows = set(page.rows_of.get(entry.subject, ()))
    old = pages.archive.places.get(entry.tag)
    yield from _with_others(pages, entry, page, beside, old)
    if entry.purged:
        return
    entry.unseen = None if own_rows else entry.unseen or on
    if pages.facts.has_twin(entry.subject) or (kept and pages.facts.may_be_another(entry.subject)):
        entry.told.add(_TWIN)  # then, nothing tells for sure whose it is: it may wait in the block
    if not places and old is None:
        yield "lost", "nowhere"
        return
    if old is not None:
        waited = not entry.told.isdisjoint(("archived", _TWIN)) or (
            entry.unseen and on - entry.unseen >= MAY_BE_OLD
        )
        entry.told.add("archived")
        if not waited:
            yield "in the archive too early", old[1]
        return
    if own_rows and not own_rows & beside and not (_TWIN in entry.told and kept):
        yield "not beside its line, which is shown", f"rows {sorted(beside | kept)}"
    if own_rows & beside:
        yield from _as_typed(page, entry, min(own_rows & beside))
    if not beside and not any(_names(page, row, entry.names) for row in kept):
        yield "kept without its person's name", page.text_of_row(min(kept))
    if entry.unseen and on - entry.unseen > MUST_BE_OLD:
        yield "in the block for over thirteen months", f"since {entry.unseen}"


def _with_others(
    pages: Pages, entry: Typed, page: GeneratedPage, beside: set[int], old: tuple[str, str] | None
) -> Iterator[Fault]:
    """Beside the line of someone else, another line, or no line."""
    names = {name_key(name) for name in entry.names}
    for row in beside:
        subjects = page.subjects.get(row)
        if subjects is None:
            yield "in a row of nobody", page.text_of_row(row)
        elif entry.subject not in subjects:
            other = name_key(str(page.cells(row)[page.page.who]))
            kind = "another line of its person" if other in names else "another person"
            if page.title == "Contrôle" and all(
                pages.facts.say_the_same(entry.subject, one) for one in subjects
            ):
                continue  # twins whose findings have the same words
            if kind == "another person" or not entry.purged:
                yield f"beside {kind}", page.text_of_row(row)
    if old is not None and name_key(old[0]) not in names:
        yield "in the archive under another person", old[1]


def _as_typed(page: GeneratedPage, entry: Typed, row: int) -> Iterator[Fault]:
    """Under its heading, with its date, still a formula of its own row."""
    columns = [column for where, column in page.places[entry.tag] if where == row]
    if entry.heading and entry.heading not in map(page.heading, columns):
        yield "under another heading", page.heading(columns[0])
    if entry.until is not None:
        value = plain(page.cells(row).get(UNTIL, ""))
        if value not in (entry.until, (entry.until - _EPOCH).days, f"{entry.until:%d/%m/%Y}"):
            yield "its date lost", f"{value!r} instead of {entry.until}"
    if entry.kind == "formula":
        found = [page.formulas.get((row, column), "") for column in columns]
        if not any(found):
            yield "no more a formula", page.text_of_row(row)
        elif not any(f"E{row + 1})" in text for text in found):
            yield "reads another row", found[0]
    if entry.kind == "comment" and (row, columns[0]) not in page.comments:
        yield "no more a comment", page.text_of_row(row)


def _names(page: GeneratedPage, row: int, names: Iterable[str]) -> bool:
    said = fold(page.text_of_row(row))
    return any(fold(name) in said for name in names)


def colour_faults(pages: Pages, marks: list[Colour], entries: Iterable[Typed]) -> Iterator[Fault]:
    """Of each fill, each kind of fault once; fills that nobody put on their line.

    A colour alone is forgotten with its line; beside a text it waits with that.
    """
    kept = {(one.sheet, one.subject) for one in entries if one.unseen}
    for title in {one.sheet for one in marks}:
        page = pages.sheets[title]
        filled: defaultdict[int, set[str]] = defaultdict(set)
        for (row, _), rgb in colours(pages.package, title, COLOURS).items():
            filled[row].add(rgb)
        mine = [one for one in marks if one.sheet == title]
        wanted = {(one.subject, one.rgb) for one in mine}
        for one in mine:
            rows = page.rows_of.get(one.subject, [])
            if pages.facts.has_twin(one.subject):
                one.told.add(_TWIN)  # from then on it may wait with a text, in the block
            if not rows and (title, one.subject) not in kept:
                one.told.add("off")
            if rows and not any(one.rgb in filled[row] for row in rows) and "off" not in one.told:
                one.told.add("off")
                if _TWIN in one.told:
                    continue
                yield f"colour, {title}: not on its line, which is shown", one.subject
        for row, rgbs in filled.items():
            subjects = page.subjects.get(row, frozenset())
            for rgb in rgbs:
                if subjects and not any((subject, rgb) in wanted for subject in subjects):
                    yield f"colour, {title}: on another line", f"{rgb} {sorted(subjects)}"
                    wanted |= {(subject, rgb) for subject in subjects}


class Sinces:
    """*Depuis le* of the findings: it stays as long as they do."""

    def __init__(self) -> None:
        self.known: dict[str, object] = {}
        self._twins: set[str] = set()  # of which nothing tells for sure which one was corrected

    def faults(self, pages: Pages) -> Iterator[Fault]:
        """Those that have another date than at the last refresh."""
        page = pages.sheets["Contrôle"]
        now = {
            subject: plain(page.cells(rows[0]).get("Depuis le", ""))
            for subject, rows in page.rows_of.items()
            if len(rows) == 1
        }
        self._twins |= {subject for subject in now if pages.facts.has_twin(subject)}
        for subject in now.keys() & self.known.keys() - self._twins:
            if now[subject] != self.known[subject]:
                told = f"{subject}: {self.known[subject]} → {now[subject]}"
                yield "Contrôle: Depuis le changed", told
        self.known = now


def unknown_rows(pages: Pages) -> Iterator[Fault]:
    """Rows of Synthèse that show what is in no entry sheet: the simulation would be blind there."""
    page = pages.sheets["Synthèse"]
    for row, subjects in page.subjects.items():
        if not subjects:
            yield "a line of Synthèse that nobody typed", page.text_of_row(row)


def renamed(entries: Iterable[Typed], old: str, new: str) -> None:
    """A person has another name."""
    for entry in entries:
        if entry.names[-1] == old:
            entry.names.append(new)


def purged(entries: Iterable[Typed], person: str) -> None:
    """A person is in no entry sheet any more."""
    for entry in entries:
        if entry.names[-1] == person:
            entry.purged = True
