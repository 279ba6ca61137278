"""`dossier`: all that a workbook holds of one person, for her who asks (RGPD, article 15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.naming import name_of_file, one_person
from cedre_xlsx.api.noting import HandOver, Noted, Noting, find_noting, note_printed, open_to_note
from cedre_xlsx.api.opening import lacks_sentence, not_found, open_book
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.file_names import safe_name
from cedre_xlsx.method.hand_overs import ACCESS_HANDED
from cedre_xlsx.method.text import readable
from cedre_xlsx.rules import run
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records

if TYPE_CHECKING:
    from cedre_xlsx.privacy.dossier.gather import Content

_OBJECTIVE = "Répondre à une demande de droit d'accès"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What would be given to somebody; nothing is written yet.

    `stem` is the name of its two files, without their ending.
    """

    path: Path
    on: date
    content: Content
    stem: str
    warnings: tuple[str, ...] = ()
    noting: Noting | None = field(default=None, repr=False)

    @property
    def noted(self) -> tuple[Noted, ...]:
        """The line of Suivi that is written with it."""
        return self.noting.noted if self.noting else ()

    def papers(self, folder: Path | str) -> tuple[Path, Path]:
        """The PDF and the workbook that would be written in a folder."""
        return Path(folder) / f"{self.stem}.pdf", Path(folder) / f"{self.stem}.xlsx"


@dataclass(frozen=True, slots=True)
class DossierWritten:
    """The two files of a dossier, and the line of Suivi that says that it was given."""

    pdf: Path
    workbook: Path
    undrawn: bool = False
    noted: tuple[Noted, ...] = ()
    warnings: tuple[str, ...] = ()


@checked
@without_collection
def find_dossier(
    path: Path | str, person: str, *, note: bool = False, on: date | None = None
) -> Dossier:
    """Everything that a workbook holds of one person, the names of others masked.

    With `note`, also the line of Suivi that would say that it was given that day. Raises
    CedreError for someone unknown or not told from another, and with `note` for a workbook that
    cannot be written.
    """
    from cedre_xlsx.privacy.dossier.gather import dossier_of

    path, day = Path(path), on or date.today()
    book = open_to_note(path, day) if note else open_book(path, day)
    records = book.reading.records
    who = one_person(records, person)
    found = run(records, book.reading.problems, on=day)
    content = dossier_of(book.workbook, book.data, records, found, who)
    handed = [HandOver(who.name, ACCESS_HANDED, _OBJECTIVE)]
    return Dossier(
        path, day, content, safe_name(f"Dossier {name_of_file(records, who.name)}"),
        tuple(filter(None, [lacks_sentence(not_found(records)), _unmerged(records)])),
        find_noting(path, book, handed, day) if note else None,
    )  # fmt: skip


def _unmerged(records: Records) -> str:
    """What is said of a workbook with a sheet `Fusion`; "" where there is none."""
    if records.fusion is None:
        return ""
    return (
        f"La feuille « {records.fusion.sheet} » attend encore : regardez ce qu'elle dit de la "
        "personne, ou terminez la fusion d'abord (cedre-xlsx merge --apply)."
    )


@checked
@without_collection
def apply_dossier(found: Dossier, folder: Path | str, *, force: bool = False) -> DossierWritten:
    """Write the PDF and the workbook in `folder`, then the line of Suivi.

    Raises CedreError, with nothing written, for files that exist unless `force`.
    """
    from cedre_xlsx.files.replace import already_there, write_new
    from cedre_xlsx.forms.dossier import dossier_form
    from cedre_xlsx.forms.output import Document, write_documents
    from cedre_xlsx.privacy.dossier.tables import dossier_workbook

    _, tables = found.papers(folder)
    if tables.exists() and not force:
        raise already_there(tables)
    form = dossier_form(found.content, Origin(readable(found.path.name), found.on))
    title = f"Droit d'accès – {found.content.person}"
    written = write_documents(
        [Document(found.stem, title, (form,))], Path(folder), on=found.on, force=force
    )
    try:
        write_new(tables, dossier_workbook(found.content), overwrite=force)
    except CedreError as error:
        raise CedreError(f"Le PDF est fait, mais pas son classeur : {error}") from error
    warnings = (*found.warnings, *(note_printed(found.noting) if found.noting else ()))
    return DossierWritten(
        written.paths[0], tables, bool(written.undrawn),
        found.noted, warnings,
    )  # fmt: skip


@checked
def dossier(
    path: Path | str,
    *,
    person: str,
    folder: Path | str,
    on: date | None = None,
    note: bool = False,
    force: bool = False,
) -> DossierWritten:
    """Write the dossier of one person; arguments as for `find_dossier` and `apply_dossier`."""
    return apply_dossier(find_dossier(path, person, note=note, on=on), folder, force=force)
