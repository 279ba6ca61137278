"""`import`: exports and tables of a team poured into its workbook, shown first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.mapping_tables import mapped_tables, source_tables, to_remember, told_by
from cedre_xlsx.api.opening import OpenBook, open_book
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import first_protected, is_protected, protected_like
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import MAPPING_TABLE
from cedre_xlsx.workbook.read.formats import read_bytes

if TYPE_CHECKING:
    from cedre_xlsx.intake.map_file import MapFile
    from cedre_xlsx.intake.mapping import MappedTable
    from cedre_xlsx.intake.plan import CellFill, ImportPlan
    from cedre_xlsx.workbook.edit.model import Edited, PlacedRow

Tell = Callable[[str], object]
_NAMED = 3  # files named in a sentence


@dataclass(frozen=True, slots=True)
class Import:
    """What pouring some files into a workbook would do, as it was when it was read.

    `tables` have the mapping of each table that was found, `plan` what would be written;
    `protected` is the first of the files that a password protects.
    """

    path: Path
    on: date
    tables: tuple[MappedTable, ...]
    plan: ImportPlan
    notes: tuple[str, ...]
    book: OpenBook = field(repr=False)
    protected: Path | None = None

    @property
    def unsure(self) -> tuple[MappedTable, ...]:
        """The tables whose mapping is a proposal that nobody has looked at."""
        return tuple(one for one in self.tables if not one.is_sure)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was poured.

    `places` say of each line that was added where it comes from and where it went
    ("liste.xlsx!2025!12 → Suivi!31"); `changed` are the cells that were replaced, `kept` those that
    were not, `filled` counts those that were empty; `left` what could not be written. Without
    `written`, nothing was.
    """

    path: Path
    plan: ImportPlan
    tables: tuple[MappedTable, ...]
    places: tuple[str, ...] = ()
    changed: tuple[CellFill, ...] = ()
    kept: tuple[CellFill, ...] = ()
    left: tuple[str, ...] = ()
    written: bool = True
    warnings: tuple[str, ...] = ()
    filled: int = 0

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        if not self.written:
            return f"{self.path} : {self.plan.totals} ; rien n'est écrit."
        lines, cells, new = len(self.places), self.filled, len(self.changed)
        if not (lines or cells or new):
            return f"{self.path} : rien de nouveau ; le fichier n'est pas touché."
        done = [counted(lines, "ligne ajoutée", "lignes ajoutées")] if lines else []
        done += [counted(cells, "cellule complétée", "cellules complétées")] if cells else []
        done += [counted(new, "cellule remplacée", "cellules remplacées")] if new else []
        return f"{self.path} : {listed(done)}."


@checked
@without_collection
def find_import(
    sources: Sequence[Path | str],
    path: Path | str,
    *,
    sheet: str | None = None,
    mapping: Path | str | MapFile | None = None,
    on: date | None = None,
    tell: Tell | None = None,
) -> Import:
    """What pouring files into a workbook would do; both are only read.

    `sheet` is the only sheet of the files that is read; `mapping` a file of correspondences, or
    what one would say (`correspondence`); `tell` is told what is being done. Raises CedreError for
    a file that cannot be read, or holds nothing that can be poured.
    """
    path = Path(path)
    day = on or date.today()
    told = told_by(mapping)
    say = tell or _silent
    say(f"Lecture de {_few_names(sources)} et du classeur…")
    if path.is_file() and is_protected(path):
        read_bytes(path)  # its password is asked for here, where Ctrl-C is heard
    with ThreadPoolExecutor(max_workers=1) as other:  # most of the time goes to parsing sources
        opened = other.submit(copy_context().run, open_book, path, day)
        tables = source_tables([Path(one) for one in sources], path, sheet)
        book = opened.result()
    say("Où vont les colonnes…")
    mapped = mapped_tables(tables, book, told, day)
    say(f"Comparaison avec {path.name}…")
    found = planned(path, book, mapped, told, day)
    return replace(found, protected=first_protected(sources))


def _silent(_: str) -> None:
    """Say nothing of how far the work is."""


def _few_names(sources: Sequence[Path | str]) -> str:
    names = [Path(one).name for one in sources]
    return listed(names) if len(names) <= _NAMED else counted(len(names), "fichier", "fichiers")


def planned(
    path: Path, book: OpenBook, mapped: tuple[MappedTable, ...], told: MapFile | None, day: date
) -> Import:
    """What pouring mapped tables into a workbook would do."""
    from cedre_xlsx.intake.living import Living
    from cedre_xlsx.intake.planning import plan_import

    read = [one.read for one in mapped]
    people = told.people if told else {}
    plan = plan_import(read, Living(book.reading.records.living, book.workbook), people)
    said = tuple(note for one in mapped for note in one.notes)
    return Import(path, day, mapped, plan, said, book)


def refuse_output(path: Path) -> None:
    """Raise CedreError for a new file that is there already, or is of another kind."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise CedreError(f"{path} : le classeur écrit se termine par .xlsx ; corrigez ce nom.")
    if path.exists():
        raise CedreError(f"{path} existe déjà ; donnez un autre nom avec -o. Rien n'est écrit.")


def refuse_without_names(tables: Sequence[MappedTable]) -> None:
    """Raise CedreError where no table says whose its lines are."""
    if not any(one.map.names_people for one in tables):
        places = listed([one.map.source.place for one in tables[:3]])
        raise CedreError(
            f"{places} : aucune colonne ne dit de qui sont les lignes ; rien n'est écrit. Notez "
            "dans le fichier de correspondances (--map) laquelle est le nom, ou personne = « … »."
        )


@without_collection
def apply_import(
    found: Import,
    *,
    replaces: Callable[[CellFill], bool] = lambda _: False,
    output: Path | str | None = None,
    tell: Tell | None = None,
) -> Imported:
    """Pour what was found; `replaces` says which filled cells are changed too.

    `tell` is told what is being done. With `output`, in a new file. Raises CedreError, and leaves
    the file as it was, when it is locked, of a kind that is not written, or changed in the
    meantime.
    """
    from cedre_xlsx.files.replace import (
        LINKED,
        has_other_names,
        replace_file,
        write_new,
    )

    refuse_without_names(found.tables)
    target = Path(output) if output is not None else found.path
    if output is None:
        ensure_writable(found.path)
    else:
        refuse_output(target)
    changed = tuple(one for one in found.plan.changes if replaces(one))
    (tell or _silent)(f"Écriture de {target.name}…")
    done = edited_book(found, changed)
    _refuse_nothing(found, done)
    warnings = []
    if found.protected is not None and not is_protected(found.path):
        warnings.append(
            f"{found.protected.name} est protégé par un mot de passe, et le classeur où il est "
            "versé ne l'est pas : protégez-le dans Excel (Fichier, Informations)."
        )
    if output is not None:
        write_new(target, protected_like(done.data, found.path), overwrite=False)
    elif done.placed or done.made:
        if has_other_names(found.path):
            warnings.append(LINKED)
        replace_file(found.path, done.data, expected_sha256=found.book.sha256)
    return imported(found, done, target, changed, warnings)


def imported(
    found: Import,
    done: Edited,
    path: Path,
    changed: Sequence[CellFill] = (),
    warnings: Sequence[str] = (),
) -> Imported:
    """What became of a plan, whose result is at `path`; `changed` were to be replaced."""
    plan, asked = found.plan, set(changed)
    made = {(one.sheet, one.cell) for one in done.made}
    placed = placed_rows(plan, done)
    return Imported(
        path=path,
        plan=plan,
        tables=found.tables,
        places=tuple(
            f"{plan.rows[rank].place} → {one.sheet}!{one.row}" for rank, one in placed.items()
        ),
        changed=tuple(one for one in changed if (one.sheet, one.cell) in made),
        kept=tuple(one for one in plan.changes if one not in asked),
        left=_left_lines(done),
        warnings=(*warnings, *done.notes, *_not_remembered(done)),
        filled=sum((one.sheet, one.cell) in made or not one.cell for one in plan.fills),
    )


def placed_rows(plan: ImportPlan, done: Edited) -> dict[int, PlacedRow]:
    """Where the rows of a plan went, by their ranks in it."""
    ranks: dict[str, list[int]] = {}
    for rank, one in enumerate(plan.rows):
        ranks.setdefault(one.table, []).append(rank)
    return {ranks[one.table][one.index]: one for one in done.placed if one.table in ranks}


def edited_book(found: Import, changed: Sequence[CellFill]) -> Edited:
    """The workbook with all that is poured, read back."""
    from cedre_xlsx.workbook.edit.model import Edited
    from cedre_xlsx.workbook.edit.side_lines import mapping_edits
    from cedre_xlsx.workbook.edit.write import edited

    book = found.book
    cells = found.plan.line_changes((*found.plan.fills, *changed))
    rows = found.plan.new_rows()
    if not cells and not rows:
        return Edited(book.data)
    rows[MAPPING_TABLE.table], answers = mapping_edits(book.workbook, to_remember(found.tables))
    done = edited(
        book.data,
        book.reading.records,
        book.workbook,
        rows,
        [*cells, *answers],
        columns=found.plan.columns,
        path=found.path,
    )
    _refuse_unread(found, done)
    return done


def _refuse_nothing(found: Import, done: Edited) -> None:
    """Raise CedreError where nothing of what was to be poured could be written."""
    lines = _left_lines(done)
    placed = [one for one in done.placed if one.table != MAPPING_TABLE.table]
    if lines and not placed and not done.made:
        raise CedreError(f"{found.path} : rien n'est écrit. {lines[0]}.")


def _left_lines(done: Edited) -> tuple[str, ...]:
    """What could not be poured, a line each."""
    return tuple(one.line for one in done.left if one.table != MAPPING_TABLE.table)


def _not_remembered(done: Edited) -> Iterator[str]:
    """What is said, once, where Paramètres cannot keep where the columns went."""
    why = next((one.why for one in done.left if one.table == MAPPING_TABLE.table), "")
    if why:
        yield f"où vont les colonnes n'est pas retenu : {why}."


def _refuse_unread(found: Import, done: Edited) -> None:
    """Raise CedreError unless every line that was added is found again.

    The sheets with lines are read back, their cells alone.
    """
    from cedre_xlsx.schema.tables import DATA_TABLES
    from cedre_xlsx.workbook.read.locate import locate
    from cedre_xlsx.workbook.read.source import raw_workbook

    tables = {spec.table: locate(found.book.workbook, spec) for spec in DATA_TABLES}
    sheets = {one.sheet.name for one in tables.values() if one}
    after = raw_workbook(done.data, found.path, lambda _: sheets)
    for spec in DATA_TABLES:
        before, there = tables[spec.table], locate(after, spec)
        placed = sum(one.table == spec.table for one in done.placed)
        if len(there.rows if there else ()) != len(before.rows if before else ()) + placed:
            raise CedreError(
                f"{found.path} : les lignes ajoutées à « {spec.sheet} » ne se relisent pas toutes ;"
                " rien n'est écrit. Contrôlez la feuille avec « cedre-xlsx check », puis "
                "recommencez."
            )


@checked
def import_tables(
    sources: Sequence[Path | str],
    path: Path | str,
    *,
    sheet: str | None = None,
    mapping: Path | str | None = None,
    on: date | None = None,
    replace: Sequence[str] = (),
    replace_all: bool = False,
    output: Path | str | None = None,
    dry_run: bool = False,
) -> Imported:
    """Pour files into a workbook: lines are added, empty cells filled; filled ones that differ are
    changed only with `replace_all`, or for the people whose names are in `replace`.

    The other arguments are as for `find_import` and `apply_import`, which show it first.
    """
    if not dry_run and output is None:
        ensure_writable(Path(path))
    found = find_import(sources, path, sheet=sheet, mapping=mapping, on=on)
    if dry_run:
        return Imported(found.path, found.plan, found.tables, written=False)
    return apply_import(found, replaces=replacing(found, replace, every=replace_all), output=output)


def replacing(found: Import, names: Sequence[str], *, every: bool) -> Callable[[CellFill], bool]:
    """Which filled cells are changed: every one, else those of some people.

    Raises CedreError for a name of whom there is none.
    """
    keys = {name_key(one) for one in names}
    there = {name_key(fill.person) for fill in found.plan.changes}
    missing = [one for one in names if name_key(one) not in there]
    if missing:
        raise CedreError(
            f"Aucune cellule à remplacer pour « {missing[0]} » ; rien n'est écrit. Relisez les "
            "remplacements proposés avec --dry-run."
        )
    return lambda fill: every or name_key(fill.person) in keys
