"""`print --referent`: the sheet for the *référent unique*, told line by line, then written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.naming import name_of_file, one_person
from cedre_xlsx.api.noting import HandOver, Noted, Noting, find_noting, note_printed, open_to_note
from cedre_xlsx.api.opening import lacks_sentence, not_found, opened
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.file_names import safe_name
from cedre_xlsx.forms.output import Document, Written, planned, write_documents
from cedre_xlsx.forms.referent.sheet import ReferentSheet, referent_form, referent_sheet
from cedre_xlsx.method.hand_overs import SHEET_HANDED
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError

_OBJECTIVE = "Coordonner l'accompagnement"


@dataclass(frozen=True, slots=True)
class ReferentSheets:
    """The sheets that would be written, each with all its lines; nothing is written yet.

    `file_names` are those of the sheets, without their ending; `noting` are the lines of Suivi to
    be, None where the hand-over is not to be noted.
    """

    path: Path
    on: date
    sheets: tuple[ReferentSheet, ...]
    file_names: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    noting: Noting | None = field(default=None, repr=False)

    @property
    def origin(self) -> Origin:
        """What the foot of each page says."""
        return Origin(readable(self.path.name), self.on)

    @property
    def noted(self) -> tuple[Noted, ...]:
        """The hand-overs that are noted with it."""
        return self.noting.noted if self.noting else ()

    def papers(self, folder: Path | str) -> Written:
        """The files that would be written in a folder. Raises CedreError where none could be."""
        return planned(self.documents, Path(folder))

    @property
    def documents(self) -> list[Document]:
        """The pages to be."""
        return [
            _document(one, name, self.origin)
            for one, name in zip(self.sheets, self.file_names, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The PDF files that were written, and the lines of Suivi that say so.

    `undrawn` are those with a sign that no font has, printed as a crossed box.
    """

    paths: tuple[Path, ...]
    undrawn: tuple[Path, ...] = ()
    noted: tuple[Noted, ...] = ()
    warnings: tuple[str, ...] = ()


@checked
def find_referent(
    path: Path | str, people: Sequence[str], *, note: bool = False, on: date | None = None
) -> ReferentSheets:
    """What would be told to the *référent unique* of these people, line by line.

    With `note`, also the lines of Suivi that would say that it was handed over that day. Raises
    CedreError where nobody is asked for, for someone unknown or not told from another, and with
    `note` for a workbook that cannot be written.
    """
    if not people:
        raise CedreError("Aucune personne n'est demandée : ajoutez --referent PERSONNE.")
    path, day = Path(path), on or date.today()
    book = open_to_note(path, day) if note else None
    records = (book.reading.living if book else opened(path, day)).records
    asked = {person.name: person for person in (one_person(records, one) for one in people)}
    sheets = tuple(referent_sheet(records, person, day) for person in asked.values())
    names = tuple(safe_name(f"Référent unique {name_of_file(records, name)}") for name in asked)
    handed = [HandOver(one.person, SHEET_HANDED, _OBJECTIVE) for one in sheets]
    lacks = lacks_sentence(not_found(records))
    return ReferentSheets(
        path, day, sheets, names, tuple(filter(None, [lacks])),
        find_noting(path, book, handed, day) if book else None,
    )  # fmt: skip


@checked
def apply_referent(found: ReferentSheets, folder: Path | str, *, force: bool = False) -> HandedOver:
    """Write these sheets in `folder`, one PDF each, then the lines of Suivi.

    Raises CedreError for a file that exists unless `force`; where the lines of Suivi cannot be
    written, it says that the PDFs are.
    """
    written = write_documents(
        found.documents,
        Path(folder),
        on=found.on,
        force=force,
    )
    warnings = (*found.warnings, *(note_printed(found.noting) if found.noting else ()))
    return HandedOver(written.paths, written.undrawn, found.noted, warnings)


def _document(sheet: ReferentSheet, name: str, origin: Origin) -> Document:
    title = f"Fiche pour le référent unique – {sheet.name}"
    return Document(name, title, (referent_form(sheet, origin),))
