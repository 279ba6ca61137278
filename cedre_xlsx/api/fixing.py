"""`fix`: the repairs that cannot be wrong, found, then made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.package.locks import ensure_writable
from cedre_xlsx.workbook.repair.model import Repair


@dataclass(frozen=True, slots=True)
class Repairs:
    """What can be repaired in a workbook, as it was when it was read."""

    path: Path
    sha256: str
    items: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The repairs that were made; `left` those that the file's own ways did not allow."""

    path: Path
    made: tuple[Repair, ...]
    left: tuple[Repair, ...]

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        done = counted(len(self.made), "réparation faite", "réparations faites")
        rest = f", {counted(len(self.left), 'laissée', 'laissées')}" if self.left else ""
        return f"{self.path} : {done}{rest}."


def find_repairs(
    path: Path | str, *, on: date | None = None, rename: tuple[str, str] | None = None
) -> Repairs:
    """The repairs of a workbook, which is only read.

    `rename` carries a name that was changed in Personnes into the other sheets: the old one, the
    new one. Raises CedreError when the workbook cannot be read, or a name is not what it says.
    """
    from cedre_xlsx.workbook.package.splice import examine
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.source import read_raw_workbook
    from cedre_xlsx.workbook.repair.find import find_repairs as find

    path = Path(path)
    day = on or date.today()
    workbook, sha256 = read_raw_workbook(path)
    examine(path.read_bytes(), path)
    reading = read_raw(workbook, on=day, sha256=sha256)
    renaming = _renaming(reading.records, rename) if rename else None
    return Repairs(path, sha256, find(workbook, reading, day, renaming))


def fix(
    path: Path | str, *, on: date | None = None, rename: tuple[str, str] | None = None
) -> Fixed:
    """Make every repair in place, atomically. Raises CedreError, and leaves the file as it was,
    when it is locked, of a kind that is not written, or changed in the meantime.
    """
    ensure_writable(Path(path))
    return apply_repairs(find_repairs(path, on=on, rename=rename))


def apply_repairs(repairs: Repairs) -> Fixed:
    """Make repairs that were found, unless the file has changed since."""
    from cedre_xlsx.workbook.package.replace import replace_file
    from cedre_xlsx.workbook.repair.write import repaired

    ensure_writable(repairs.path)
    data, made = repaired(repairs.path.read_bytes(), repairs.items)
    if made:
        replace_file(repairs.path, data, expected_sha256=repairs.sha256)
    left = tuple(repair for repair in repairs.items if repair not in made)
    return Fixed(repairs.path, made, left)


def _renaming(records: Records, rename: tuple[str, str]) -> tuple[str, str]:
    """The old name as typed and the new one as Personnes has it."""
    old, new = rename
    known = records.canonical_name(new)
    if known is None:
        likely = nearest(new, records.persons)
        guess = f" Vouliez-vous dire {listed([f'« {n} »' for n in likely], 'ou')} ?"
        raise CedreError(
            f"« {new} » n'est pas dans la feuille Personnes : changez-y d'abord son nom."
            + (guess if likely else "")
        )
    if records.canonical_name(old) is not None and name_key(old) != name_key(new):
        raise CedreError(
            f"« {old} » est encore dans la feuille Personnes : changez-y d'abord son nom."
        )
    return old, known
