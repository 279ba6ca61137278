"""`migrate`: a new workbook out of a team's own tables, and the report of where each line went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked, chosen
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.importing import (
    Import,
    Imported,
    edited_book,
    imported,
    placed_rows,
    planned,
    refuse_output,
    refuse_without_names,
)
from cedre_xlsx.api.making import workbook_bytes
from cedre_xlsx.api.mapping_tables import mapped_tables, told_by
from cedre_xlsx.api.opening import book_of
from cedre_xlsx.files.protection import first_protected, protected_like
from cedre_xlsx.intake.free_texts import without_personal_data
from cedre_xlsx.intake.plan import Fate
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import fold, squeeze
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import Filling

if TYPE_CHECKING:
    from cedre_xlsx.intake.map_file import MapFile
    from cedre_xlsx.intake.mapping import MappedTable
    from cedre_xlsx.intake.model import SourceTable
    from cedre_xlsx.workbook.edit.model import Edited

_REPORT_HEADINGS = ("Origine", "Devenir", "Feuille", "Ligne", "Personne", "Remarque")


@dataclass(frozen=True, slots=True)
class Migrated:
    """A new workbook made of old tables. `report` is the file that says where each line went."""

    done: Imported
    report: Path | None

    @property
    def path(self) -> Path:
        """The new workbook."""
        return self.done.path

    @property
    def sentence(self) -> str:
        """What became of the lines, in one line that adds up."""
        plan = self.done.plan
        seen = plan.counts[Fate.TO_SEE]
        poured = plan.read - seen
        read = counted(plan.read, "ligne lue", "lignes lues")
        return f"{read} = {counted(poured, 'versée', 'versées')} + {seen} à voir"


@checked
@without_collection
def find_migration(
    sources: Sequence[Path | str],
    output: Path | str,
    *,
    structure: str = "",
    kind: str | None = None,
    sheet: str | None = None,
    mapping: Path | str | MapFile | None = None,
    on: date | None = None,
) -> Import:
    """What a new workbook made of these files would hold; nothing is written.

    Advisors are those that the tables name. Raises CedreError for a file that cannot be read, or
    where nothing can be taken over, and for an `output` that is there already.
    """
    from cedre_xlsx.intake.reading import read_tables

    path, day = Path(output), on or date.today()
    refuse_output(path)
    told = told_by(mapping)
    tables: list[SourceTable] = []
    for source in dict.fromkeys(Path(one) for one in sources):
        tables += read_tables(source, sheet=sheet)
    settings = replace(
        Settings(),
        structure=squeeze(structure),
        kind=chosen(StructureKind, kind, "un type de structure") if kind else None,
    )
    book = book_of(_empty(settings), path, day)
    mapped = mapped_tables(tables, book, told, day)
    advisors = tuple(_advisors(mapped))
    if advisors:
        book = book_of(_empty(replace(settings, advisors=advisors)), path, day)
    found = planned(path, book, mapped, told, day)
    return replace(found, protected=first_protected(sources))


def _empty(settings: Settings) -> bytes:
    return workbook_bytes(Filling(settings=settings))


def _advisors(tables: Sequence[MappedTable]) -> Iterator[str]:
    """The advisors that the tables name, each once, the most frequent first."""
    counts: dict[str, list[str]] = {}
    for table in tables:
        for some in filter(None, (table.read.people, table.read.lines)):
            for row in some.rows:
                name = squeeze(getattr(row, "advisor", "") or "")
                if name:
                    counts.setdefault(fold(name), []).append(name)
    for names in sorted(counts.values(), key=len, reverse=True):
        yield max(names, key=names.count)


@without_collection
def apply_migration(found: Import) -> Migrated:
    """Write the new workbook, and beside it the report of where each line went.

    Raises CedreError, and leaves nothing, when one of them cannot be written.
    """
    from cedre_xlsx.files.replace import write_new

    refuse_without_names(found.tables)
    done = edited_book(found, ())
    report = found.path.with_name(f"{found.path.stem} - reprise.csv")
    if report.exists():
        raise CedreError(f"{report} existe déjà ; déplacez-le, ou donnez un autre nom avec -o.")
    data = protected_like(done.data, found.protected) if found.protected else done.data
    write_new(report, report_text(found, done).encode("utf-8-sig"), overwrite=False)
    try:
        write_new(found.path, data, overwrite=False)
    except BaseException:
        report.unlink(missing_ok=True)
        raise
    return Migrated(imported(found, done, found.path), report)


@checked
def migrate(
    sources: Sequence[Path | str],
    output: Path | str,
    *,
    structure: str = "",
    kind: str | None = None,
    sheet: str | None = None,
    mapping: Path | str | None = None,
    on: date | None = None,
    dry_run: bool = False,
) -> Migrated:
    """Make a new workbook out of a team's own tables, and the report of where each line went.

    The arguments are as for `find_migration`, which shows it first; with `dry_run`, nothing is
    written.
    """
    found = find_migration(
        sources, output, structure=structure, kind=kind, sheet=sheet, mapping=mapping, on=on
    )
    if dry_run:
        return Migrated(Imported(found.path, found.plan, found.tables, written=False), None)
    return apply_migration(found)


def report_text(found: Import, done: Edited) -> str:
    """Each line of the old tables with what became of it, as a table that Excel opens."""
    from cedre_xlsx.reports.csv_text import csv_text

    return csv_text([_REPORT_HEADINGS, *_report_rows(found, done)])


def _report_rows(found: Import, done: Edited) -> Iterator[tuple[str, ...]]:
    plan = found.plan
    placed = placed_rows(plan, done)
    said: dict[str, list[str]] = {}
    for seen in (*plan.to_see, *plan.remarks):
        said.setdefault(seen.place, []).append(seen.why)
    for at, table in enumerate(found.tables):
        source = table.map.source
        for title in source.titles:
            yield source.place, "titre", "", "", "", without_personal_data(title)[0]
        for rank in range(table.read.count):
            place = table.read.place(rank)
            word = "à voir" if plan.fates.get((at, rank)) is Fate.TO_SEE else "versée"
            person = table.read.people.rows[rank].person
            there = [placed[one] for one in plan.origins.get((at, rank), ()) if one in placed]
            where = [(one.sheet, str(one.row)) for one in there]
            for number in table.read.numbers(rank):
                for sheet, row in where or [("", "")]:
                    line = source.row_place(number)
                    yield line, word, sheet, row, person, " ; ".join(said.get(place, ()))
        for left in source.left:
            place = source.row_place(left.number)
            text, _ = without_personal_data(left.text)
            yield place, "laissée", "", "", "", f"{text} ({left.why})"
        for name, why in table.left_out:
            yield source.place, "colonne non reprise", "", "", "", f"{name} ({why})"
