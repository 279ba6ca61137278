"""`retention --notice`: the letters to those whose time is over, or soon will be, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.naming import name_of_file, named_people
from cedre_xlsx.api.retaining import find_retention
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.file_names import safe_name
from cedre_xlsx.forms.logo import logo_for
from cedre_xlsx.forms.notice import notice_form
from cedre_xlsx.forms.output import Document, Progress, planned, write_documents
from cedre_xlsx.method.notice_words import TITLE
from cedre_xlsx.method.text import readable
from cedre_xlsx.privacy.model import Due, Retention, Soon
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records


@dataclass(frozen=True, slots=True)
class Notices:
    """The letters that were written, one PDF each.

    `undrawn` are those with a sign that no font has, printed as a crossed box. Without `written`,
    nothing was: `paths` would be, and `existing` are those of them that are there already.
    """

    paths: tuple[Path, ...]
    undrawn: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()
    written: bool = True
    existing: tuple[Path, ...] = ()


@checked
def print_notices(
    path: Path | str,
    *,
    folder: Path | str,
    people: Sequence[str] = (),
    on: date | None = None,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Notices:
    """Write the letter to each person whose time is over or soon will be; of them, to `people`.

    The workbook is only read; with `dry_run`, no letter is written either. Raises CedreError for
    someone unknown, or whose time is not over within the delay; and for a file that exists unless
    `force`.
    """
    path, day = Path(path), on or date.today()
    found = find_retention(path, on=day)
    chosen = _chosen(found.records, found.retention, people)
    logo = logo_for(path, None) if chosen else None
    origin = Origin(readable(path.name), day, logo)
    letters = [_document(found.records, one, origin) for one in chosen]
    if dry_run:
        would = planned(letters, Path(folder))
        return Notices(would.paths, (), found.warnings, written=False, existing=would.existing)
    written = write_documents(
        letters,
        Path(folder),
        on=day,
        logo=logo,
        force=force,
        progress=progress,
    )
    return Notices(written.paths, written.undrawn, found.warnings)


def _chosen(
    records: Records, retention: Retention, people: Sequence[str]
) -> tuple[Due | Soon, ...]:
    told = {one.person.name: one for one in retention.told}
    if not people:
        return tuple(told.values())
    names = tuple(dict.fromkeys(named_people(records, people)))
    for name in names:
        if name not in told:
            raise CedreError(
                f"« {name} » n'est pas de ceux dont le temps est passé, ou bientôt ; rien n'est "
                "écrit. « cedre-xlsx retention », sans --notice, dit de qui, et qui est gardé."
            )
    return tuple(told[name] for name in names)


def _document(records: Records, one: Due | Soon, origin: Origin) -> Document:
    name = one.person.name
    return Document(
        safe_name(f"Lettre conservation {name_of_file(records, name)}"),
        f"{TITLE} – {name}",
        (notice_form(records, one, origin),),
    )
