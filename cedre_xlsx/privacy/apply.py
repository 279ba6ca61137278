"""The lines of people whose time is over made anonymous, in the bytes of a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import counted
from cedre_xlsx.privacy.model import Retention
from cedre_xlsx.privacy.name_forms import NamedPerson
from cedre_xlsx.privacy.somebodies import living_but, named_beside, somebodies
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.workbook.open_book import OpenBook

if TYPE_CHECKING:
    from cedre_xlsx.privacy.anonymous.model import Anonymous
    from cedre_xlsx.privacy.traces.model import Cleaned, Trace

#: Told what is being done, in a few French words.
Tell = Callable[[str], None]
#: Asked which of the team's own sheets, of those that name these people, may be cleaned.
Consent = Callable[[Sequence[str]], Collection[str]]

_STAGES = ("Chiffres d'avant", "Lignes sans nom", "Chiffres d'après", "Écriture", "Relecture")
#: A removed text that is looked for elsewhere: what shorter ones say may be anybody's.
_TELLING = re.compile(r"\w+\W+\w+\W+\w+")
_NOT_ALLOWED = (
    "feuille de l'équipe, laissée telle quelle : recommencez avec --own-sheets, ou effacez-le"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people, lines and cells are written, and in which sheets of the team's own."""

    people: int = 0
    lines: int = 0
    cells: int = 0
    own_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """Who goes and who stays, as the search for traces asks for them."""

    gone: tuple[NamedPerson, ...]
    living: tuple[NamedPerson, ...]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Applied:
    """The whole file once these people are anonymous in it; nothing is written yet.

    `sentences` say what is done, a line each; `left` what still may tell of them, each with its
    place and why it was not touched. `naming` is by whom traces are found.
    """

    data: bytes = field(repr=False)
    counts: Counts
    sentences: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    naming: Naming = field(default=Naming((), (), frozenset()), repr=False)


def no_sheet(titles: Sequence[str]) -> Collection[str]:
    """The answer of who was not asked: the team's own sheets stay as they are."""
    return ()


def applied(
    book: OpenBook,
    retention: Retention,
    on: date,
    path: Path,
    *,
    tell: Tell | None = None,
    consent: Consent = no_sheet,
) -> Applied:
    """The workbook without what tells of `retention.due`: nobody else's line changes.

    The sheets that `refresh` makes are emptied of them, and are to be made anew. `path` is what
    CedreError names, raised where it cannot be done whole.
    """
    from cedre_xlsx.privacy.anonymous.make import anonymised

    records = book.reading.records
    names = [one.person.name for one in retention.due]

    def progress(done: int, of: int) -> None:
        if tell is not None:
            tell(f"{_STAGES[min(done, len(_STAGES) - 1)]} ({done} sur {of})…")

    made = anonymised(book, names, on, path, progress)
    naming = _naming(records, names, made)
    data = _without_reports(made.data, book, [records.persons[name] for name in names])
    if tell is not None:
        tell("Recherche des noms dans tout le fichier…")
    found = _cleaned(data, naming, made, ())
    allowed = consent(titles) if (titles := own_sheets_in(found.left)) else ()
    if allowed:
        found = _cleaned(data, naming, made, allowed)
    cells = _cells(made)
    lines = {(title, re.sub(r"\D", "", cell)) for title, cell in cells}
    counts = Counts(len(names), len(lines), len(cells), tuple(sorted(allowed)))
    said = (*made.sentences, *_cleaned_sentences(found))
    return Applied(found.data, counts, said, tuple(_beside(found, allowed)), naming)


def with_what_is_left(made: Applied, data: bytes) -> Applied:
    """What was applied with the finished file, in which what still tells of them is said."""
    from cedre_xlsx.privacy.traces.search import traces

    naming = made.naming
    found = traces(data, naming.gone, living=naming.living, others=naming.others)
    return replace(made, data=data, left=(*made.left, *_told(found)))


def own_sheets_in(left: Iterable[Trace]) -> tuple[str, ...]:
    """The titles of the team's sheets where a name stands that consent would clean."""
    return tuple(dict.fromkeys(one.own_sheet for one in left if one.own_sheet))


def _cells(made: Anonymous) -> set[tuple[str, str]]:
    return {(title, cell) for title, cells in made.comment_lines.items() for cell in cells}


def _naming(records: Records, names: Sequence[str], made: Anonymous) -> Naming:
    gone = [one for name in names for one in somebodies(records.persons[name], made.codes[name])]
    living = [one for _, other in living_but(records, names) for one in somebodies(other)]
    return Naming(tuple(gone), tuple(living), named_beside(records))


def _without_reports(data: bytes, book: OpenBook, people: Sequence[Person]) -> bytes:
    """What the sheets of the last refresh, and the forms, show of these people is taken out."""
    from cedre_xlsx.ooxml.parts import Package
    from cedre_xlsx.reports.forgetting import empty_choices, empty_reports, forget_caches
    from cedre_xlsx.workbook.package.host import Host

    host = Host(Package(data))
    records = book.reading.records
    names = [one.name for one in people]
    empty_reports(host, book.workbook, records, names)
    gone = {one.name for one in people}
    staying = (
        row
        for table in data_tables(records.living)
        for row in table.rows
        if records.canonical_name(row.person) not in gone
    )
    tables = data_tables(records)
    forget_caches(host, [one.sheet for one in tables], [one.spec.table for one in tables], staying)
    references = [row.reference for one in people for row in one.engagements if row.reference]
    empty_choices(host, book.workbook, names, references)
    host.drop_calculation_chain()
    host.ask_for_calculation()
    host.save()
    return host.package.data()


def _cleaned(data: bytes, naming: Naming, made: Anonymous, own: Collection[str]) -> Cleaned:
    from cedre_xlsx.privacy.traces.clean import cleaned

    return cleaned(
        data,
        naming.gone,
        own_sheets=own,
        removed_texts=[text for text in made.dropped_texts if _TELLING.search(text)],
        drop_comments=_cells(made),
        living=naming.living,
        others=naming.others,
    )


def _cleaned_sentences(found: Cleaned) -> Iterator[str]:
    places = list(dict.fromkeys(one.place for one in found.done))
    if not places:
        return
    count = counted(len(places), "place")
    yield f"Ailleurs que sur leurs lignes, noms et textes remplacés : {count}."
    for title, cells in _by_sheet(places).items():
        yield f"  {title} : {', '.join(cells)}" if title else f"  {', '.join(cells)}"


def _by_sheet(places: Iterable[str]) -> dict[str, list[str]]:
    sheets: dict[str, list[str]] = {}
    for place in places:
        title, _, cell = place.rpartition("!")
        sheets.setdefault(title, []).append(cell)
    return sheets


def _beside(found: Cleaned, allowed: Collection[str]) -> Iterator[str]:
    """Where the team's own notes may stand beside a code, and texts that were not allowed to go."""
    for title, cells in _by_sheet(dict.fromkeys(one.place for one in found.done)).items():
        if title in allowed:
            yield f"{title} : relisez ce que vous avez noté à côté des codes ({', '.join(cells)})."
    for one in found.left:
        if one.own_sheet and one.person is None:
            yield f"{one.place} : un texte de leurs lignes, {_NOT_ALLOWED}."


def _told(found: Iterable[Trace]) -> list[str]:
    """What stays, and why: where nothing else keeps a name, its sheet was not to be changed."""
    lines = [f"{one.place} : « {one.form} », {one.why or _NOT_ALLOWED}." for one in found]
    return list(dict.fromkeys(lines))
