"""`merge`: copies of a workbook put together, nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import OpenBook, book_in, book_of, refuse_uncountable
from cedre_xlsx.api.refreshing import rebuilt
from cedre_xlsx.files.protection import protected_like
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.schema.generated_sheets import yearly_years

if TYPE_CHECKING:
    from cedre_xlsx.merging.fusing import Told
    from cedre_xlsx.merging.sides import Side
    from cedre_xlsx.merging.writing import Taken
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.generated import GeneratedSheet

#: Of the people of the shorter file, how many both must have: a tenth.
_LEAST_LIKE = 10
_NO_PRINTS = (
    "{path} : Mémoire ne dit rien de vos feuilles, de Paramètres ni de ce qui est hors des "
    "tableaux ; les cellules différentes y sont à choisir. Donnez avec --base une copie d'avant, "
    "si vous en avez une."
)
_NOT_LOOKED_AT = (
    "{path} : ce qui est tapé à côté des tableaux des feuilles de l'outil n'est pas repris, ce "
    "classeur ne peut pas être actualisé ; gardez-le."
)


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What one file brought: cells written, lines added, lines taken out; `has_base` says whether
    what both files had was known.
    """

    path: Path
    has_base: bool
    cells: int = 0
    lines: int = 0
    removed: int = 0

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        told = [
            counted(self.cells, "cellule reprise", "cellules reprises") if self.cells else "",
            counted(self.lines, "ligne ajoutée", "lignes ajoutées") if self.lines else "",
            counted(self.removed, "ligne supprimée", "lignes supprimées") if self.removed else "",
        ]
        return f"{self.path} : {listed([one for one in told if one]) or 'rien à reprendre'}"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: where its result is, what each file brought, how many rows of `Fusion`
    tell what (by their sort). Without `written`, nothing was: that is what would be done.
    """

    path: Path
    files: tuple[MergedFile, ...]
    told: Mapping[str, int]
    written: bool
    warnings: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    @property
    def to_choose(self) -> int:
        """How many rows of `Fusion` wait for a choice."""
        return sum(self.told.get(sort.value, 0) for sort in Sort if sort.is_open)

    @property
    def outcome(self) -> str:
        """Where the result is, and whether something is to be chosen in it."""
        state = "écrit" if self.written else "serait écrit ; rien ne l'est"
        if not self.to_choose:
            return f"{self.path} : {state}. Rien n'est à choisir."
        count = counted(self.to_choose, "ligne")
        return f"{self.path} : {state}. {count} à choisir dans la feuille Fusion."

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        if not self.to_choose:
            return self.outcome
        then = f"puis cedre-xlsx merge --apply {self.path.name}."
        return f"{self.outcome.removesuffix('.')}, {then}"

    def to_text(self) -> str:
        """What is printed."""
        lines = [self.sentence, *(f"  {one.sentence}" for one in self.files)]
        lines += [f"  {sort} : {count}" for sort, count in self.told.items()]
        return "\n".join(lines)

    def to_json(self) -> dict[str, object]:
        """What the merge does, as an object of JSON."""
        return {
            "workbook": str(self.path),
            "written": self.written,
            "files": [
                {
                    "file": str(one.path),
                    "base": one.has_base,
                    "cells": one.cells,
                    "lines": one.lines,
                    "removed": one.removed,
                }
                for one in self.files
            ],
            "fusion": dict(self.told),
            "to_choose": self.to_choose,
            "warnings": list(self.warnings),
        }


@checked
@without_collection
def merge(
    path: Path | str,
    others: Sequence[Path | str],
    *,
    output: Path | str,
    base: Path | str | None = None,
    on: date | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> Merged:
    """Put what other copies of a workbook hold into a new file, which begins as the first one.

    With `base`, what each changed since that file is known; without, since the last refresh that
    both come from; without either, nothing is taken out. What both changed otherwise stays as the
    first file has it, and is to be chosen in the sheet `Fusion` of the result. Raises CedreError
    where a file cannot be read, is another association's (unless `force`), or has choices that
    wait; and when `output` is there already.
    """
    from cedre_xlsx.files.replace import ensure_new_workbook, write_new

    first, target, day = Path(path), Path(output), on or date.today()
    ensure_new_workbook(target, first)
    work = _Work(first, day)
    root = None if base is None else book_in(Path(base), day)
    for other in map(Path, others):
        work.take(other, root, force=force)
    work.finish()
    if not dry_run:
        write_new(target, protected_like(work.data, first), overwrite=False)
    return Merged(
        target, tuple(work.files), work.told, not dry_run, tuple(work.warnings), work.data
    )


class _Work:
    """The result while files are taken into it, one after the other."""

    def __init__(self, first: Path, day: date) -> None:
        from cedre_xlsx.merging.sides import side_of
        from cedre_xlsx.workbook.package.refusals import refuse_unspliceable

        self._path, self._day = first, day
        self._book = book_in(first, day)
        refuse_unspliceable(self._book.data, first)
        self._given = side_of(first, self._book)
        _refuse_waiting(first, self._book)
        self._notes: list[Told] = []
        self._others: list[tuple[Path, OpenBook, OpenBook | None]] = []
        self._names: set[str] = set()
        self.files: list[MergedFile] = []
        self.warnings: list[str] = []
        self.told: dict[str, int] = {}

    @property
    def data(self) -> bytes:
        """The result's bytes."""
        return self._book.data

    def take(self, path: Path, base: OpenBook | None, *, force: bool) -> None:
        """Take the lines and cells of one more file."""
        from cedre_xlsx.merging.fusing import Told
        from cedre_xlsx.merging.old_names import renamed_in
        from cedre_xlsx.merging.pair import merged_pair
        from cedre_xlsx.merging.sides import side_of
        from cedre_xlsx.merging.writing import written

        other = book_in(path, self._day)
        _refuse_waiting(path, other)
        mine, theirs = side_of(self._path, self._book), side_of(path, other)
        if not force:
            _refuse_strangers(mine, theirs)
        plan = merged_pair(mine, theirs, base)
        self._warn(path, plan.has_base, plan.sheets.only_theirs)
        if base is None and plan.has_base and plan.chooses_without_base:
            self.warnings.append(_NO_PRINTS.format(path=path))
        self._names |= renamed_in(mine, theirs, plan.tables)
        self._others.append((path, other, base))
        if plan.is_nothing:
            self.files.append(MergedFile(path, plan.has_base))
            return
        taken = written(self._book, plan, self._path, self._day)
        self._move(taken, {one.table: one.sheet for one in plan.tables})
        self._notes += [Told(note, readable(path.name)) for note in taken.notes]
        self.warnings += taken.said
        self.files.append(MergedFile(path, plan.has_base, taken.cells, taken.lines, taken.removed))
        self._remember(other, taken.data)

    def _warn(self, path: Path, has_base: bool, sheets: Sequence[str]) -> None:
        if not has_base:
            self.warnings.append(
                f"{path} : rien ne dit ce que les deux fichiers avaient en commun ; les lignes "
                "d'un seul sont gardées, et les cellules différentes sont à choisir. Donnez avec "
                "--base une copie d'avant, si vous en avez une."
            )
        if sheets:
            names = listed([f"« {title} »" for title in sheets])
            which = "sa feuille" if len(sheets) == 1 else "ses feuilles"
            self.warnings.append(
                f"{path} : {which} {names} ne sont pas dans le résultat ; gardez ce fichier, ou "
                "recopiez-les dans Excel."
                if len(sheets) > 1
                else f"{path} : {which} {names} n'est pas dans le résultat ; gardez ce fichier, ou "
                "recopiez-la dans Excel."
            )

    def _move(self, taken: Taken, tables: Mapping[str, str]) -> None:
        """What was told before follows the lines that have moved."""
        from cedre_xlsx.merging.writing import moved_note

        self._notes = [
            replace(one, note=moved_note(one.note, taken.moves, tables)) for one in self._notes
        ]

    def _remember(self, other: OpenBook, data: bytes) -> None:
        """The result knows what both files remember."""
        from cedre_xlsx.merging.ancestry import memory_of_both
        from cedre_xlsx.ooxml.parts import Package
        from cedre_xlsx.reports.memory_sheet import memory_sheet
        from cedre_xlsx.workbook.package.splice import splice
        from cedre_xlsx.workbook.places_read import places_read

        rows = memory_of_both(self._book, other, self._day)
        if rows is not None:
            name, records = readable(self._path.name), self._book.reading.records
            sheet = memory_sheet(rows, self._day, workbook=name, version=__version__)
            kept = places_read(records)
            data = splice(Package(data), (sheet,), on=self._day, kept=kept).data
        self._book = book_of(data, self._path, self._day)

    def finish(self) -> None:
        """The generated sheets are made anew, with what was typed in those of all files; then what
        is to be chosen.
        """
        from cedre_xlsx.merging.made_sheets import hold_the_same
        from cedre_xlsx.merging.notes import typed_notes
        from cedre_xlsx.merging.old_names import old_name_warnings
        from cedre_xlsx.merging.sides import side_of

        is_new = any(one.cells or one.lines or one.removed for one in self.files)
        if is_new:
            self._refresh()
        self.warnings += old_name_warnings(self._book, self._names)
        for path, other, base in self._others:
            same = hold_the_same(self._given, side_of(path, other))
            records = other.reading.records
            anew = None if same and not typed_notes(records) else _anew(path, other, self._day)
            self._take_notes(path, records if anew is None else anew[0].reading.records, base)
            if not same:
                self._take_asides(path, other, anew, base)
        if self._notes:
            self._add_fusion()

    def _refresh(self) -> None:
        try:
            refuse_uncountable(self._path, self._book.reading)
            made = rebuilt(self._book, self._path, self._day, (self._day.year,))
        except CedreError as error:
            self.warnings.append(f"Les feuilles de l'outil ne sont pas actualisées : {error}")
            return
        self._book = book_of(made.data, self._path, self._day)

    def _take_notes(self, path: Path, typed: Records, base: OpenBook | None) -> None:
        from cedre_xlsx.merging.fusing import Told
        from cedre_xlsx.merging.notes import merged_notes
        from cedre_xlsx.workbook.edit.write import edited

        records = self._book.reading.records
        was = None if base is None else base.reading.records
        changes, notes = merged_notes(records, self._book.workbook, typed, was)
        self._notes += [Told(note, readable(path.name)) for note in notes]
        if changes:
            made = edited(
                self._book.data, records, self._book.workbook, {}, changes, path=self._path
            )
            self._book = book_of(made.data, self._path, self._day)

    def _take_asides(
        self, path: Path, other: OpenBook, anew: _Anew | None, base: OpenBook | None
    ) -> None:
        """What was typed in B's generated sheets but on their lines is told."""
        from cedre_xlsx.merging.fusing import Told
        from cedre_xlsx.merging.made_sheets import Asides, aside_notes, asides, generated_in
        from cedre_xlsx.merging.sides import side_of

        if anew is None:
            if any(sheet.generated_as for sheet in other.workbook.sheets):
                self.warnings.append(_NOT_LOOKED_AT.format(path=path))
            return
        theirs = asides(side_of(path, anew[0]), anew[1])
        if not theirs.cells and not any(theirs.remarks.values()):
            return
        mine = _anew(self._path, self._book, self._day)
        known = Asides((), {}) if mine is None else asides(side_of(self._path, mine[0]), mine[1])
        was = None if base is None else generated_in(base, path)
        notes = aside_notes(known, theirs, generated_in(other, path), was)
        self._notes += [Told(note, readable(path.name)) for note in notes]

    def _add_fusion(self) -> None:
        from cedre_xlsx.merging.fusing import fusion_lines
        from cedre_xlsx.merging.sides import side_of
        from cedre_xlsx.ooxml.parts import Package
        from cedre_xlsx.reports.fusion_sheet import fusion_sheet
        from cedre_xlsx.schema.tables import SETTINGS_SHEET
        from cedre_xlsx.workbook.package.splice import splice
        from cedre_xlsx.workbook.places_read import places_read

        lines = fusion_lines(side_of(self._path, self._book), self._notes)
        for sort in Sort:
            if count := sum(line.sort is sort for line in lines):
                self.told[sort.value] = count
        name = readable(self._path.name)
        sheet = fusion_sheet(lines, name, self._day, workbook=name, version=__version__)
        kept = places_read(self._book.reading.records)
        package = Package(self._book.data)
        data = splice(package, (sheet,), before=SETTINGS_SHEET, on=self._day, kept=kept).data
        self._book = book_of(data, self._path, self._day)


#: A workbook whose generated sheets were made anew in memory, and these.
_Anew = tuple[OpenBook, tuple["GeneratedSheet", ...]]


def _anew(path: Path, book: OpenBook, day: date) -> _Anew | None:
    """A file as a refresh would make it: what was typed in its generated sheets stands on its lines
    as they are now. None where a refresh would refuse it.
    """
    try:
        refuse_uncountable(path, book.reading)
        years = tuple(sorted(yearly_years(book.reading.records.generated)))
        made = rebuilt(book, path, day, years)
    except CedreError:  # .ods, or a sheet in doubt: as they were at its last refresh
        return None
    return book_of(made.data, path, day), made.sheets


def _refuse_waiting(path: Path, book: OpenBook) -> None:
    """Raise CedreError for a file whose last merge is not ended."""
    from cedre_xlsx.workbook.read.fusion import fusion_tab

    tab = fusion_tab(book.workbook)
    if tab:
        raise CedreError(
            f"{path} : la feuille « {tab} » attend encore des choix ; finissez-la d'abord "
            "(cedre-xlsx merge --apply). Rien n'est écrit."
        )


def _refuse_strangers(first: Side, second: Side) -> None:
    """Raise CedreError for two workbooks that have hardly anybody in common."""
    from cedre_xlsx.merging.pair import likeness

    common, people = likeness(first, second)
    if people and common * _LEAST_LIKE < people:
        raise CedreError(
            f"{second.path} : presque personne n'y est comme dans {first.path} "
            f"({common} sur {people}) ; ce n'est sans doute pas une copie du même classeur. "
            "Rien n'est écrit. Pour le fusionner quand même : --force."
        )
