"""`fix`: the repairs that cannot be wrong, found, then made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import open_book
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import name_key, squeeze
from cedre_xlsx.rules import run
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.workbook.repair.claims import LOST_LIST, claimed, is_of_a_sheet, may_be_mended
from cedre_xlsx.workbook.repair.model import Left, Repair

_WRITTEN = frozenset({".xlsx", ".xlsm"})
_ACCEPTED = "l'équipe l'a accepté dans Contrôle"


@dataclass(frozen=True, slots=True)
class Repairs:
    """What can be repaired in a workbook, as it was when it was read.

    `left` are repairs that its file does not allow, each with why; `unsure` the findings of the
    kinds that are repaired where several repairs are possible: nothing is done about them.
    `brought` are those that nobody chose, and that the chosen ones make with them.
    """

    path: Path
    sha256: str
    items: tuple[Repair, ...]
    left: tuple[Left, ...] = ()
    unsure: tuple[Finding, ...] = ()
    data: bytes = field(default=b"", repr=False)  # the whole file, repaired
    brought: tuple[Repair, ...] = ()

    @property
    def left_lines(self) -> tuple[str, ...]:
        """What stays as it is, a line each, for the person who decides."""
        told = (f"{_where(one)} : {one.message} {one.help}" for one in self.unsure)
        return (*(one.line for one in self.left), *told)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The repairs that were made, what they brought, and what is left, as `Repairs` has it.

    Without `written`, those that would be made: nothing was.
    """

    path: Path
    made: tuple[Repair, ...]
    left: tuple[Left, ...] = ()
    unsure: tuple[Finding, ...] = ()
    written: bool = True
    warnings: tuple[str, ...] = ()
    brought: tuple[Repair, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        if not self.written:
            wanted = counted(len(self.made), "réparation", "réparations")
            return f"{self.path} : {wanted} à faire ; rien n'est écrit."
        done = counted(len(self.made), "réparation faite", "réparations faites")
        kept = len(self.left) + len(self.unsure)
        rest = f", {counted(kept, 'cellule laissée', 'cellules laissées')}" if kept else ""
        return f"{self.path} : {done}{rest}."


@checked
@without_collection
def find_repairs(
    path: Path | str,
    *,
    on: date | None = None,
    rename: tuple[str, str] | None = None,
    only: Sequence[str] | None = None,
) -> Repairs:
    """The repairs of a workbook, which is only read.

    `rename` carries a name that was changed in Personnes into the other sheets: the old one, the
    new one. With `only`, those of these keys (`Repair.key`) alone, and what they cannot be made
    without. Raises CedreError when the workbook cannot be read or written, a name is not what it
    says, or one that was chosen is no more to be made, or not alone.
    """
    from cedre_xlsx.api.fixing_some import chosen_repairs
    from cedre_xlsx.workbook.repair.find import repairs_in
    from cedre_xlsx.workbook.repair.write import repaired

    path = Path(path)
    day = on or date.today()
    book = open_book(path, day)
    workbook, reading = book.workbook, book.reading.living
    renaming = _renaming(reading.records, rename) if rename else None
    findings = claimed(run(reading.records, reading.problems, on=day))
    accepted = {_found_at(one) for one in findings if one.waived is not None}
    found = repairs_in(workbook, reading, day, renaming)
    wanted = [one for one in found if _made_at(one) not in accepted]
    data, made, left = repaired(book.data, wanted, reading.records, workbook)
    left += tuple(Left(one, _ACCEPTED) for one in found if _made_at(one) in accepted)
    settled = accepted.union(map(_made_at, found), *map(_cells_of, made))
    unsure = tuple(one for one in findings if _found_at(one) not in settled)
    every = Repairs(path, book.sha256, made, left, unsure, data)
    return every if only is None else chosen_repairs(every, only, book, day, renaming)


@without_collection
def count_mended(path: Path, findings: Iterable[Finding], *, on: date) -> int:
    """How many of the findings of a workbook `fix` undertakes to make disappear.

    The workbook is read again where one of them may be. Nothing is tried on its file: what that
    alone forbids (a protected sheet, a computed cell) is found by `find_repairs`.
    """
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.source import read_raw_workbook
    from cedre_xlsx.workbook.repair.find import repairs_in

    wanted = [one for one in findings if may_be_mended(one)]
    if not wanted or path.suffix.lower() not in _WRITTEN:
        return 0
    try:
        workbook, sha256 = read_raw_workbook(path)
    except CedreError:  # gone, or locked, since it was checked
        return 0
    items = repairs_in(workbook, read_raw(workbook, on=on, sha256=sha256), on)
    made = set(map(_made_at, items)).union(*map(_cells_of, items))
    return sum(_found_at(one) in made for one in wanted)


@checked
def fix(
    path: Path | str,
    *,
    on: date | None = None,
    rename: tuple[str, str] | None = None,
    only: Sequence[str] | None = None,
    dry_run: bool = False,
) -> Fixed:
    """Make every repair in place, atomically; with `dry_run`, only say which.

    `rename` and `only` are as for `find_repairs`. Raises CedreError, and leaves the file as it was,
    when it is locked, of a kind that is not written, or changed in the meantime.
    """
    if not dry_run:
        ensure_writable(Path(path))
    found = find_repairs(path, on=on, rename=rename, only=only)
    if dry_run:
        return Fixed(found.path, found.items, found.left, found.unsure, written=False,
                     brought=found.brought)  # fmt: skip
    return apply_repairs(found)


def apply_repairs(repairs: Repairs) -> Fixed:
    """Make repairs that were found, unless the file has changed since (CedreError)."""
    from cedre_xlsx.files.replace import LINKED, has_other_names, replace_file

    ensure_writable(repairs.path)
    linked = bool(repairs.items) and has_other_names(repairs.path)
    if repairs.items:
        replace_file(repairs.path, repairs.data, expected_sha256=repairs.sha256)
    warnings = (LINKED,) if linked else ()
    return Fixed(repairs.path, repairs.items, repairs.left, repairs.unsure, warnings=warnings,
                 brought=repairs.brought)  # fmt: skip


def _made_at(repair: Repair) -> tuple[str, str, str]:
    """The cell, and the rule where what is repaired is around it rather than what it holds."""
    if repair.loss is not None and repair.loss.code != LOST_LIST:
        return repair.sheet, "", repair.loss.code
    return repair.sheet, repair.cell, LOST_LIST if repair.lists or repair.loss else ""


def _cells_of(repair: Repair) -> set[tuple[str, str, str]]:
    """The cells that the repair of a whole column writes."""
    loss = repair.loss
    if loss is None or loss.table is None or not loss.rows:
        return set()
    letter = column_letter(loss.table.columns["typed_person"])
    return {(repair.sheet, f"{letter}{row}", "") for row in loss.rows}


def _found_at(finding: Finding) -> tuple[str, str, str]:
    place = finding.place
    if finding.code == LOST_LIST:
        return place.sheet, place.cell, LOST_LIST
    return (
        (place.sheet, "", finding.code) if is_of_a_sheet(finding) else (place.sheet, place.cell, "")
    )


def _where(finding: Finding) -> str:
    place = finding.place
    return f"{place.sheet}!{place.cell} {place.column}" if place.cell else place.sheet


def _renaming(records: Records, rename: tuple[str, str]) -> tuple[str, str]:
    """The old name as typed and the new one as Personnes has it."""
    old, new = map(squeeze, rename)
    for name in (old, new):
        if not name_key(name):
            raise CedreError("--rename attend deux noms, l'ancien et le nouveau.")
        if records.is_ambiguous(name):
            raise CedreError(
                f"« {name} » désigne plusieurs personnes de la feuille Personnes : ajoutez la "
                "précision entre parenthèses."
            )
    known = records.canonical_name(new)
    if known is None:
        likely = nearest(new, records.persons)
        guess = f" Vouliez-vous dire {listed([f'« {n} »' for n in likely], 'ou')} ?"
        raise CedreError(
            f"« {new} » n'est pas dans la feuille Personnes : changez-y d'abord son nom."
            + (guess if likely else "")
        )
    spelled = _spelled(records, known)
    if len(spelled) > 1 and new not in spelled:
        raise CedreError(
            f"« {new} » s'écrit de plusieurs façons dans la feuille Personnes : "
            f"{listed([f'« {n} »' for n in sorted(spelled)])}. Choisissez l'une d'elles."
        )
    is_there = records.canonical_name(old) is not None and name_key(old) != name_key(new)
    if is_there or (old in spelled and old != new and new in spelled):
        raise CedreError(
            f"« {old} » est encore dans la feuille Personnes : changez-y d'abord son nom."
        )
    return old, new if new in spelled else known


def _spelled(records: Records, name: str) -> set[str]:
    """How Personnes writes the name: the words of two rows may be the same in another order."""
    key = name_key(name)
    return {row.person for row in records.people.rows if name_key(row.person) == key}
