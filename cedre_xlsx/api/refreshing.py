"""`refresh`: read, check, make the generated sheets, splice them in, replace the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import OpenBook, book_to_count, lacks_sentence, not_found
from cedre_xlsx.api.remembering import Remembered, memory_place, remembering
from cedre_xlsx.files.copies import WHAT_TO_DO, conflict_copies
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import (
    clear_bytes,
    digest_on_disk,
    is_protected,
    protected_like,
)
from cedre_xlsx.files.protection.keyring import without_asking
from cedre_xlsx.files.replace import (
    LINKED,
    already_there,
    ensure_may_be_written,
    has_other_names,
    remove_leftovers,
    replace_file,
    write_new,
)
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import readable
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.rules import run
from cedre_xlsx.rules.renamed import renamed
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.generated_sheets import (
    LASTING_KINDS,
    MEMORY_KIND,
    Knowledge,
    Recognised,
    statistics_kind,
    who_kind,
)
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.generated import Ageing, GeneratedSheet

if TYPE_CHECKING:
    from cedre_xlsx.ooxml.areas import Area
    from cedre_xlsx.ooxml.members import OpenZip
    from cedre_xlsx.ooxml.parts import Package
    from cedre_xlsx.workbook.read import Reading

#: Rules about the rows of the sheets that a refresh makes: they are elsewhere once it is done.
_MOVING = frozenset({"DCP06"})
#: How the names end of files that a refresh does not make: Excel refuses ours under them.
_OTHER_KINDS = frozenset(
    {".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots", ".fods", ".csv", ".pdf",
     ".html", ".txt"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: where, which sheets, what to know.

    `changed` says whether the file at `path` is another than before, `sha256` is the digest of the
    file, or of what it would hold; `summary` counts the findings, in one line. `not_found` are the
    sheets that people fill and that were not found: the others were counted without them.
    """

    path: Path
    on: date
    sheets: tuple[str, ...]
    written: bool
    changed: bool
    details: tuple[str, ...]
    warnings: tuple[str, ...]
    summary: str
    sha256: str
    not_found: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        state = "actualisé" if self.changed else "déjà à jour"
        if not self.written:
            state = f"serait {state}" if self.changed else state
            return f"{self.path} : {state} au {french_day(self.on)} ; rien n'est écrit."
        return f"{self.path} : {state} au {french_day(self.on)}."


@checked
@without_collection
def refresh(
    path: Path | str,
    *,
    output: Path | str | None = None,
    on: date | None = None,
    years: Sequence[int] = (),
    dry_run: bool = False,
    force: bool = False,
) -> Refreshed:
    """Rebuild the generated sheets in place, atomically; with `output`, in a new file.

    Every other part of the file is kept byte for byte. Raises CedreError, and leaves the file as
    it was, when it is locked, cannot be spliced, or changed in the meantime; and when `output` is
    there already with another content, unless `force`.
    """
    from cedre_xlsx.workbook.package.splice import splice

    path = Path(path)
    day = on or date.today()
    target = Path(output) if output is not None else path
    if output is not None:
        _refuse_output(target, path)
    if not dry_run and (output is None or target.exists()):
        ensure_writable(target)
    made = _made(path, day, years or (day.year,))
    data, sheets = made.data, made.sheets
    result = splice(made.package, sheets, on=day, ageing=made.ageing, kept=made.read)
    warnings = [*_conflict_warnings(path), *filter(None, [lacks_sentence(made.not_found)])]
    if output is None:
        changed = result.data != data
        if changed and not dry_run and has_other_names(path):
            warnings.append(LINKED)
        there = digest_on_disk(data if not changed else result.data)
        if not dry_run:
            there = _replace(path, result.data, digest_on_disk(data), changed=changed)
    else:
        changed = not _holds(target, result.data, path)
        there = digest_on_disk(result.data)
        if changed and target.exists() and not force:
            raise already_there(target)
        if not dry_run and changed:
            write_new(target, protected_like(result.data, path), overwrite=force)
    return Refreshed(
        path=target,
        on=day,
        sheets=tuple(sheet.title for sheet in sheets if not sheet.hidden),
        written=not dry_run,
        changed=changed,
        details=tuple(_details(sheets)) + tuple(result.notes),
        warnings=tuple(warnings),
        summary=made.summary,
        sha256=there,
        not_found=made.not_found,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """The file's bytes and parts, and the sheets made from what they hold, which is let go; `read`
    is where that was, `summary` counts the findings.
    """

    data: bytes
    package: Package
    sheets: tuple[GeneratedSheet, ...]
    ageing: Ageing
    read: dict[str, list[Area]]
    summary: str
    not_found: tuple[str, ...]


def _made(path: Path, day: date, years: Sequence[int]) -> _Made:
    book = book_to_count(path, day)
    told = remembering(book, day)
    file, reading = book.file, book.reading
    del book  # its cells are not asked for any more
    return _made_of(file, reading, told, path, day, years)


def rebuilt(book: OpenBook, path: Path, day: date, years: Sequence[int]) -> Rebuilt:
    """A workbook that was read, with its generated sheets made anew as a refresh makes them;
    `path` is what it is called by. Nothing is written.
    """
    from cedre_xlsx.workbook.package.splice import splice

    told = remembering(book, day)
    made = _made_of(book.file, book.reading, told, path, day, years)
    result = splice(made.package, made.sheets, on=day, ageing=made.ageing, kept=made.read)
    details = (*_details(made.sheets), *result.notes)
    return Rebuilt(result.data, details, made.summary, made.sheets)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The bytes of a workbook whose generated sheets were made anew, and what a refresh says;
    `sheets` are these, as they were before what people typed in the old ones was put in them.
    """

    data: bytes
    details: tuple[str, ...]
    summary: str
    sheets: tuple[GeneratedSheet, ...] = field(default=(), repr=False)


def _made_of(
    file: OpenZip, reading: Reading, told: Remembered, path: Path, day: date, years: Sequence[int]
) -> _Made:
    from cedre_xlsx.reports import ageing
    from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
    from cedre_xlsx.workbook.places_read import places_read

    package = refuse_unspliceable(file, path)
    records = _marked_again(reading.records, years)
    everything = run(records, reading.problems, on=day)
    found = [one for one in everything if not _moves(one, records)]
    name = readable(path.name)
    summary = Report(name, day, records.template_version, everything).summary_line
    sheets = _sheets(records, found, told, day, years, name)
    sheets += memory_place(package, told, day, name)
    old = ageing(records, day, name, __version__)
    return _Made(file.data, package, sheets, old, places_read(records), summary, not_found(records))


def _moves(finding: Finding, records: Records) -> bool:
    """Whether it is about rows that the refresh itself puts elsewhere: notes, decisions."""
    decided = {one.sheet for one in records.decisions}
    return finding.code in _MOVING or (
        finding.code.startswith("DCP") and finding.place.sheet in decided
    )


def _marked_again(records: Records, years: Sequence[int]) -> Records:
    """The records without what a refresh mends: it marks every sheet that it makes."""
    made = {kind.mark for kind in LASTING_KINDS}
    made.update(make(year).mark for year in years for make in (statistics_kind, who_kind))
    marked = tuple(
        Recognised(one.kind, Knowledge.MARKED, (one.tab or one.kind.sheet,))
        if one.kind.mark in made or (one.kind == MEMORY_KIND and one.how is Knowledge.ADOPTED)
        else one
        for one in records.generated
    )
    return replace(records, generated=marked)


def _sheets(
    records: Records,
    found: Sequence[Finding],
    told: Remembered,
    day: date,
    years: Sequence[int],
    workbook: str,
) -> tuple[GeneratedSheet, ...]:
    from cedre_xlsx.reports import generated_sheets
    from cedre_xlsx.reports.statistics import yearly_sheets

    made = generated_sheets(
        records, found, day, workbook_name=workbook, version=__version__, since=told.since
    )
    yearly = yearly_sheets(records, years, on=day, workbook=workbook, version=__version__)
    names = frozenset(renamed(records).values())
    return tuple(replace(sheet, new_names=names) for sheet in (*made, *yearly))


def _refuse_output(target: Path, source: Path) -> None:
    """Raise CedreError, before any work, for a place where nothing may be written."""
    ensure_may_be_written(target)
    if target.suffix.lower() in _OTHER_KINDS - {source.suffix.lower()}:
        raise CedreError(
            f"{target} : le résultat est un classeur {source.suffix}, et ce nom est celui d'un "
            "autre format ; donnez-en un de la même fin après -o. Rien n'est écrit."
        )
    if target.exists() and source.exists() and target.samefile(source):
        raise CedreError(f"{target} : c'est le classeur lui-même ; enlevez l'option -o.")


def _holds(path: Path, data: bytes, source: Path) -> bool:
    """Whether a file is there with that content already, protected where `source` is."""
    if not path.exists() or is_protected(path) != is_protected(source):
        return False
    if not is_protected(path):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    try:
        with without_asking():
            return clear_bytes(path.read_bytes(), path) == data
    except CedreError:  # of another password, or damaged
        return False


def _replace(path: Path, data: bytes, sha256: str, *, changed: bool) -> str:
    """The digest of what lies there now."""
    if changed:
        ensure_writable(path)  # someone may have opened it during the work
        return replace_file(path, data, expected_sha256=sha256)
    remove_leftovers(path)
    return sha256


def _details(sheets: Sequence[GeneratedSheet]) -> list[str]:
    lines = []
    for sheet in (one for one in sheets if not one.hidden):
        count = len(sheet.rows)
        lines.append(f"{sheet.title} : {count} lignes" if count > 1 else sheet.title)
        lines += (f"{sheet.title} : {note}" for note in sheet.notes)
    return lines


def _conflict_warnings(path: Path) -> list[str]:
    return [
        f"une copie en conflit est à côté : {readable(copy.name)}. {WHAT_TO_DO}."
        for copy in conflict_copies(path)
    ]
