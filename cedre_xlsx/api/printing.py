"""`print`: the forms as PDF files in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.counting import NOT_OVER
from cedre_xlsx.api.naming import named_people, suggestion
from cedre_xlsx.api.noting import Noted, find_noting, note_printed, open_to_note
from cedre_xlsx.api.opening import (
    OpenBook,
    lacks_sentence,
    not_found,
    open_book,
    opened_book,
    refuse_uncountable,
)
from cedre_xlsx.api.remembering import since_last_meeting
from cedre_xlsx.api.reviewing import hand_over, review_document, reviews_of, to_see_to
from cedre_xlsx.forms.content import Origin, convention, individual_sheet
from cedre_xlsx.forms.file_names import safe_name
from cedre_xlsx.forms.logo import logo_for
from cedre_xlsx.forms.meeting import meeting_form
from cedre_xlsx.forms.output import Document, Progress, planned, write_documents
from cedre_xlsx.method.text import readable, word_key
from cedre_xlsx.rules import run
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records

#: Told a line that the person should read before anything is written.
Tell = Callable[[str], None]
#: Forms in one file of `merge`; a page that is set takes about 5 MB while its file is made.
MOST_MERGED = 250


@dataclass(frozen=True, slots=True)
class Printed:
    """The PDF files that were written.

    `undrawn` are those with a sign that no font has (an emoji, mostly), printed as a crossed box.
    `due` is how many conventions `due` found, None when it was not asked; `due_until` the last
    day that counts as near. `not_found` are the sheets that people fill and that were not found.
    Without `written`, nothing was: `paths` and `texts` are what would be, and `existing` those of
    them that are there already.
    """

    paths: tuple[Path, ...]
    undrawn: tuple[Path, ...] = ()
    due: int | None = None
    due_until: date | None = None
    not_found: tuple[str, ...] = ()
    is_early: bool = False
    texts: tuple[Path, ...] = ()
    to_see_to: tuple[str, ...] = ()
    noted: tuple[Noted, ...] = ()
    left: tuple[str, ...] = ()
    written: bool = True
    existing: tuple[Path, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before these papers are used."""
        early = NOT_OVER if self.is_early else ""
        return tuple(filter(None, [lacks_sentence(self.not_found), early, *self.left]))


@checked
def print_forms(
    path: Path | str,
    *,
    folder: Path | str,
    conventions: Sequence[str] = (),
    conventions_of: Sequence[str] = (),
    people: Sequence[str] = (),
    due: bool = False,
    meeting: bool = False,
    boards: Sequence[int] = (),
    public: bool = False,
    reviews: Sequence[str] = (),
    note: bool = False,
    everything: bool = False,
    merge: bool = False,
    logo: Path | str | None = None,
    force: bool = False,
    dry_run: bool = False,
    on: date | None = None,
    tell: Tell | None = None,
    progress: Progress | None = None,
) -> Printed:
    """Set the forms asked for and write them in `folder`: one PDF each, or one with `merge`.

    `conventions_of` are people, all of whose conventions are meant; `due` means those whose review
    is past, or near (the setting "Bientôt" of Paramètres), of people in the active file who are not
    on pause. `boards` are years: the page of
    figures that a board reads, without the small numbers when it is `public`. `reviews` are people:
    the review of their latest pathway for the prescriber, with a text to paste beside it; `tell` is
    told what is to be filled of them before anything is set, and with `note` their hand-over that
    day becomes a line of Suivi, once. The logo is the picture given, else the one in the sheet
    Convention. Everything is found and set before anything is written. Raises CedreError for an
    unknown reference or person (with the nearest ones), for a board's page of a workbook that
    nothing can be counted in, for a file that exists unless `force`, and with `note` for a workbook
    that cannot be written. With `dry_run`, nothing is set nor written.
    """
    asked = (conventions, conventions_of, people, due, meeting, boards, reviews, everything)
    if not any(asked):
        raise CedreError(
            "Rien à imprimer n'est demandé : ajoutez --convention RÉF, --fiche PERSONNE, "
            "--bilan PERSONNE, --due, --meeting, --board AAAA ou --all."
        )
    path, folder = Path(path), Path(folder)
    day = on or date.today()
    opens = open_book if dry_run else open_to_note
    book = opens(path, day) if note and reviews else None
    whole = book or opened_book(path, day)
    reading = whole.reading
    if boards:
        refuse_uncountable(path, reading)
    records = reading.records.living
    picture = logo_for(path, Path(logo) if logo is not None else None)
    origin = Origin(readable(path.name), day, picture)
    until = day + timedelta(days=records.settings.soon_days)
    due_rows = list(_due(records, day, until)) if due else []
    chosen = [*_named_conventions(records, conventions), *due_rows]
    chosen += _conventions_of(records, conventions_of)
    chosen += records.engagements.rows if everything else ()
    names = [*named_people(records, people), *(records.persons if everything else ())]
    documents = [_convention(records, row, origin) for row in _once(chosen)]
    documents += [_individual_sheet(records, name, origin) for name in dict.fromkeys(names)]
    documents += [_meeting(whole, origin)] if meeting else ()
    documents += [
        _board(reading.records, year, origin, public=public) for year in sorted(set(boards))
    ]
    told = reviews_of(records, reviews, origin)
    documents += [review_document(records, one, origin) for one in told]
    noting = find_noting(path, book, [hand_over(one) for one in told], day) if book else None
    to_fill = tuple(line for one in told for line in to_see_to(one))
    if tell is not None:
        for line in to_fill:
            tell(line)
    if merge:
        documents = list(_merged(path.stem, documents))
    if dry_run:
        written = planned(documents, folder)
    else:
        written = write_documents(
            documents, folder, on=day, logo=origin.logo, force=force, progress=progress
        )
    return Printed(
        paths=written.paths,
        undrawn=written.undrawn,
        due=len(due_rows) if due else None,
        due_until=until if due else None,
        not_found=not_found(records),
        is_early=public and any(year >= day.year for year in boards),
        texts=written.texts,
        to_see_to=to_fill,
        noted=noting.noted if noting else (),
        left=() if noting is None else noting.left if dry_run else note_printed(noting),
        written=not dry_run,
        existing=written.existing if dry_run else (),
    )


def _named_conventions(records: Records, asked: Sequence[str]) -> Iterator[EngagementRow]:
    """The engagements of these references: all of them where one was given twice."""
    known = [row.reference for row in records.engagements.rows if row.reference]
    for reference in asked:
        found = [
            row
            for row in records.engagements.rows
            if row.reference and word_key(row.reference) == word_key(reference)
        ]
        if not found:
            raise CedreError(
                f"Aucun engagement n'a la référence « {reference} »"
                f"{suggestion(reference, known, 'Réf. engagement de la feuille Engagements')}"
            )
        yield from found


def _conventions_of(records: Records, asked: Sequence[str]) -> Iterator[EngagementRow]:
    """All the engagements of these people. Raises CedreError for someone without any."""
    for name in dict.fromkeys(named_people(records, asked)):
        found = [
            row for row in records.engagements.rows if records.canonical_name(row.person) == name
        ]
        if not found:
            raise CedreError(
                f"« {name} » n'a aucun engagement dans la feuille Engagements : ajoutez-y le sien."
            )
        yield from found


def _due(records: Records, day: date, until: date) -> Iterator[EngagementRow]:
    """The open engagements to be reviewed by `until`: what ENG08 and ENG09 say, as papers."""
    for row in records.engagements.rows:
        name = records.canonical_name(row.person)
        followed = name is None or records.persons[name].is_followed(day)
        planned = row.review_planned.day if row.review_planned else None
        days = [one for one in (planned, row.due) if one is not None]
        if followed and row.is_open(day) and days and min(days) <= until:
            yield row


def _once(rows: Sequence[EngagementRow]) -> list[EngagementRow]:
    return list({row.row: row for row in rows}.values())


def _convention(records: Records, row: EngagementRow, origin: Origin) -> Document:
    name = records.name_or_typed(row.person)
    reference = row.reference or f"ligne {row.row}"
    return Document(
        safe_name(f"Convention {reference} {name}"),
        f"Convention d'engagement réciproque {reference} – {name}",
        (convention(records, row, origin),),
    )


def _individual_sheet(records: Records, name: str, origin: Origin) -> Document:
    return Document(
        safe_name(f"Fiche {name}"),
        f"Fiche individuelle de suivi – {name}",
        (individual_sheet(records, records.persons[name], origin),),
    )


def _meeting(book: OpenBook, origin: Origin) -> Document:
    reading = book.reading.living
    since = since_last_meeting(book.workbook, reading.records, origin.on)
    found = run(reading.records, reading.problems, on=origin.on)
    form = meeting_form(reading.records, found, origin, since)
    return Document(safe_name(f"Réunion {origin.on.isoformat()}"), str(form["running"]), (form,))


def _board(records: Records, year: int, origin: Origin, *, public: bool) -> Document:
    from cedre_xlsx.forms.board import board_form  # counting takes pandas

    form = board_form(records, year, origin, public=public)
    stem = f"Essentiel {year}{' pour publication' if public else ''}"
    return Document(safe_name(stem), str(form["running"]), (form,))


def _merged(stem: str, documents: Sequence[Document]) -> Iterator[Document]:
    """All the forms in one document; in several of them where they are very many."""
    forms = [form for document in documents for form in document.forms]
    parts = [forms[start : start + MOST_MERGED] for start in range(0, len(forms), MOST_MERGED)]
    text = "\n\n".join(document.text for document in documents if document.text)
    for rank, part in enumerate(parts, start=1):
        which = f" {rank} sur {len(parts)}" if len(parts) > 1 else ""
        title = f"Formulaires – {stem}{which}"
        name = safe_name(f"{stem} formulaires") + which
        yield Document(name, title, tuple(part), text if rank == 1 else "")
