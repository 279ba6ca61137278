"""`print`: the forms as PDF files in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cedre_xlsx.api.making import readable_picture
from cedre_xlsx.forms.content import Origin, convention, individual_sheet
from cedre_xlsx.forms.file_names import distinct_names, safe_name
from cedre_xlsx.forms.meeting import meeting_form
from cedre_xlsx.forms.typesetting import Form, typesetter
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.rules import run
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.package.replace import write_new
from cedre_xlsx.workbook.read import Reading, read_workbook


@dataclass(frozen=True, slots=True)
class Printed:
    """The PDF files that were written."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    stem: str
    title: str
    form: Form


def print_forms(
    path: Path | str,
    *,
    folder: Path | str,
    conventions: Sequence[str] = (),
    people: Sequence[str] = (),
    due: bool = False,
    meeting: bool = False,
    everything: bool = False,
    merge: bool = False,
    logo: Path | str | None = None,
    force: bool = False,
    on: date | None = None,
) -> Printed:
    """Set the forms asked for and write them in `folder`: one PDF each, or one with `merge`.

    Everything is found and set before anything is written. Raises CedreError for an unknown
    reference or person (with the nearest ones), and for a file that exists unless `force`.
    """
    if not (conventions or people or due or meeting or everything):
        raise CedreError(
            "Rien à imprimer n'est demandé : ajoutez --convention RÉF, --fiche PERSONNE, --due, "
            "--meeting ou --all."
        )
    path, folder = Path(path), Path(folder)
    day = on or date.today()
    reading = read_workbook(path, on=day)
    picture = readable_picture(logo)
    origin = Origin(path.name, day, picture)
    records = reading.records
    chosen = _chosen_conventions(records, conventions, day, due=due, everything=everything)
    documents = [_convention(records, row, origin) for row in chosen]
    documents += _individual_sheets(records, people, origin, everything=everything)
    if meeting:
        documents.append(_meeting(reading, origin))
    return Printed(_write(documents, folder, picture, path.stem, merge=merge, force=force))


def _chosen_conventions(
    records: Records, asked: Sequence[str], day: date, *, due: bool, everything: bool
) -> list[EngagementRow]:
    rows = records.engagements.rows
    by_reference = {word_key(row.reference): row for row in rows if row.reference}
    chosen: dict[int, EngagementRow] = {}
    for reference in asked:
        row = by_reference.get(word_key(reference))
        if row is None:
            raise CedreError(
                f"Aucun engagement n'a la référence « {reference} »"
                f"{_suggestion(reference, [r.reference for r in rows if r.reference])}."
            )
        chosen[row.row] = row
    limit = day + timedelta(days=records.settings.soon_days)
    for row in rows:
        review = row.review_day
        is_due = due and row.is_open(day) and review is not None and review <= limit
        if everything or is_due:
            chosen[row.row] = row
    return list(chosen.values())


def _convention(records: Records, row: EngagementRow, origin: Origin) -> _Document:
    name = records.canonical_name(row.person) or row.person
    reference = row.reference or f"ligne {row.row}"
    title = f"Convention {reference} – {name}"
    return _Document(
        safe_name(f"Convention {reference} {name}"), title, convention(records, row, origin)
    )


def _individual_sheets(
    records: Records, asked: Sequence[str], origin: Origin, *, everything: bool
) -> list[_Document]:
    names: dict[str, None] = dict.fromkeys(records.persons) if everything else {}
    for typed in asked:
        name = records.canonical_name(typed)
        if name is None:
            why = "désigne plusieurs personnes" if records.is_ambiguous(typed) else "n'existe pas"
            raise CedreError(
                f"« {typed} » {why} dans Personnes{_suggestion(typed, list(records.persons))}."
            )
        names[name] = None
    return [
        _Document(
            safe_name(f"Fiche {name}"),
            f"Fiche individuelle de suivi – {name}",
            individual_sheet(records, records.persons[name], origin),
        )
        for name in names
    ]


def _meeting(reading: Reading, origin: Origin) -> _Document:
    found = run(reading.records, reading.problems, on=origin.on)
    form = meeting_form(reading.records, found, origin)
    return _Document(safe_name(f"Réunion {origin.on.isoformat()}"), "Réunion d'équipe", form)


def _suggestion(typed: str, known: Sequence[str]) -> str:
    close = nearest(typed, known)
    return f" ; vouliez-vous dire {' ou '.join(f'« {name} »' for name in close)} ?" if close else ""


def _write(
    documents: Sequence[_Document],
    folder: Path,
    logo: Path | None,
    stem: str,
    *,
    merge: bool,
    force: bool,
) -> tuple[Path, ...]:
    if not documents:
        return ()
    stems = [safe_name(f"{stem} formulaires")] if merge else [d.stem for d in documents]
    paths = [folder / f"{name}.pdf" for name in distinct_names(stems)]
    _refuse_existing(paths, force=force)
    with typesetter(logo) as setter:
        if merge:
            pdfs = [setter.pdf(f"Formulaires – {stem}", [d.form for d in documents])]
        else:
            pdfs = [setter.pdf(d.title, [d.form]) for d in documents]
    folder.mkdir(parents=True, exist_ok=True)
    for target, pdf in zip(paths, pdfs, strict=True):
        write_new(target, pdf, overwrite=force)
    return tuple(paths)


def _refuse_existing(paths: Sequence[Path], *, force: bool) -> None:
    existing = [path for path in paths if path.exists()]
    if existing and not force:
        raise CedreError(
            f"{existing[0]} existe déjà ; rien n'est écrit. Choisissez un autre dossier, ou "
            "ajoutez --force pour remplacer."
        )
