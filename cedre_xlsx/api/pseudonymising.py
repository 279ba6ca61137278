"""`pseudonymise`: a copy in which nobody has their name, and of which the check says the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.checking import check
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import open_book, refuse_uncountable, refuse_unmerged
from cedre_xlsx.api.refreshing import refresh
from cedre_xlsx.files.replace import (
    already_there,
    ensure_may_be_written,
    write_new,
)
from cedre_xlsx.files.scratch import Scratch
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.privacy.pseudonyms.copy import Disguised
    from cedre_xlsx.privacy.pseudonyms.proof import Said


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """The copy that was written, and the key where one was asked for.

    `people` are those whose names were replaced, `moved` those of them whose days were; `findings`
    is how many the check has at the same cells in both, `unlike` says where it has not. `dropped`
    are the team's own columns that the copy lacks.
    """

    path: Path
    key: Path | None
    people: int
    moved: int
    findings: int
    not_carried: int
    unlike: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, for who ran it."""
        still = self.people - self.moved
        return (
            f"Écrit : {self.path}",
            f"{counted(self.people, 'personne')} sous un autre nom. Dates décalées de quelques "
            f"semaines pour {self.moved} ; laissées pour {still}, où le contrôle aurait dit autre "
            "chose.",
            f"Contrôle de la copie : {counted(self.findings, 'constat')} aux mêmes cellules que "
            f"dans le classeur ; {self.not_carried} de plus y tiennent au fichier lui-même.",
            *([f"Écrit : {self.key}. Qui l'a sait qui est qui."] if self.key else []),
        )


@checked
@without_collection
def pseudonymise(
    path: Path | str,
    output: Path | str,
    *,
    key: Path | str | None = None,
    key_beside: bool = False,
    on: date | None = None,
    force: bool = False,
) -> Pseudonymised:
    """Write a copy of a workbook without the names and words of anybody.

    The copy is a new workbook: only what stands for typed cells is in it. `key` is a file for who
    is who; none is made without it, and it may not be in the folder of the copy unless
    `key_beside`. Raises CedreError, with nothing written, for a workbook that cannot be read, and
    for files that exist (the copy: unless `force`).
    """
    from cedre_xlsx.privacy.pseudonyms.build import built
    from cedre_xlsx.privacy.pseudonyms.copy import disguised
    from cedre_xlsx.privacy.pseudonyms.key import key_file

    source, target, day = Path(path), Path(output), on or date.today()
    secret = Path(key) if key is not None else None
    _refuse_places(source, target, secret, force=force, key_beside=key_beside)
    book = open_book(source, day)
    refuse_uncountable(source, book.reading)
    refuse_unmerged(source, book.reading.records)
    made = disguised(book.workbook, book.reading.records, day)
    with Scratch() as folder:
        copy = folder / "copie.xlsx"
        copy.write_bytes(built(made, day))
        refresh(copy, on=day)
        same, unlike, others = _compared(source, copy, made, day)
        data = copy.read_bytes()
    if secret is not None:  # first: without it, nobody could tell who is who
        write_new(secret, key_file(made, _days(made)), overwrite=False)
    write_new(target, data, overwrite=force)
    dropped = [f"{one.spec.sheet}, {heading}" for one in made.tables for heading in one.dropped]
    return Pseudonymised(
        target, secret, made.moves.people, made.moves.moved, same, others,
        tuple(unlike), tuple(dropped),
    )  # fmt: skip


def _refuse_places(
    source: Path, target: Path, key: Path | None, *, force: bool, key_beside: bool
) -> None:
    """Raise CedreError, before any work, for places where nothing may be written."""
    ensure_may_be_written(target)
    if target.suffix.lower() != ".xlsx":
        raise CedreError(f"{target} : la copie est un classeur .xlsx ; donnez-lui cette fin.")
    if target.exists() and source.exists() and target.samefile(source):
        raise CedreError(f"{target} : c'est le classeur lui-même ; donnez un autre nom après -o.")
    if target.exists() and not force:
        raise already_there(target)
    if key is None:
        return
    ensure_may_be_written(key)
    if key.exists():
        raise CedreError(f"{key} : ce fichier existe, et une clé n'en remplace aucun ; donnez un "
                         "autre nom après --key.")  # fmt: skip
    if key.resolve().parent == target.resolve().parent and not key_beside:
        raise CedreError(
            f"{key} : la clé serait à côté de la copie, et partirait avec elle. Donnez un autre "
            "dossier après --key, ou ajoutez --key-beside."
        )


def _compared(source: Path, copy: Path, made: Disguised, day: date) -> tuple[int, list[str], int]:
    """How many findings are the same, what is not, and how many no copy can have."""
    from cedre_xlsx.privacy.pseudonyms.proof import said_of_copy, said_of_source

    before = check(source, on=day).findings
    wanted = said_of_source(before, made.tables)
    found = said_of_copy(check(copy, on=day).findings)
    unlike = [
        *(f"{_told(one)} : seulement dans le classeur" for one in (wanted - found)),
        *(f"{_told(one)} : seulement dans la copie" for one in (found - wanted)),
    ]
    same: Counter[Said] = wanted & found
    return same.total(), unlike, len(before) - wanted.total()


def _told(one: Said) -> str:
    row = f", ligne {one.row}" if one.row else ""
    return f"{one.code}, {one.sheet}{row}, {one.column}"


def _days(made: Disguised) -> dict[str, int]:
    return {
        name: made.moves.offsets[name_key(name)].days
        for name in made.people
        if name_key(name) in made.moves.offsets
    }
