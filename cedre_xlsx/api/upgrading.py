"""`upgrade`: a workbook made by an older version gets what today's has, and loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.making import known_packs
from cedre_xlsx.api.opening import book_of, lacks_sentence, not_found, open_book, refuse_unmade
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import protected_like
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.tables import SETTINGS_SHEET, TEMPLATE_VERSION, version_numbers

if TYPE_CHECKING:
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.read.raw import RawWorkbook


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: `done` says what the workbook got, `left` what it could not get and
    why, `warnings` what is to be known. Without `written`, nothing was: that is what would be done.

    `version` is the layout that the workbook says it has now, or would.
    """

    path: Path
    version: str
    done: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    written: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        if not self.done:
            why = "il reste à faire, à la main" if self.left else "déjà à jour"
            return f"{self.path} : {why} (version {self.version} du modèle)."
        state = "mis à jour" if self.written else "serait mis à jour"
        state += " en partie" if self.left else ""
        end = "." if self.written else " ; rien n'est écrit."
        return f"{self.path} : {state}, version {self.version} du modèle{end}"


@checked
@without_collection
def upgrade(
    path: Path | str,
    *,
    packs: Sequence[str] = (),
    output: Path | str | None = None,
    dry_run: bool = False,
) -> Upgraded:
    """Give a workbook the lists, settings, tables of Paramètres, colours and formulas of today, and
    the columns of `packs`; with `output`, in a new file, the workbook staying as it is.

    What the team typed, drew or took out stays. Raises CedreError, and leaves the file as it was,
    when it is locked, of a kind that is not written, none of ours, newer than this version of the
    tool, or changed in the meantime; and when `output` is there already.
    """
    from cedre_xlsx.files.replace import (
        LINKED,
        ensure_new_workbook,
        has_other_names,
        replace_file,
        write_new,
    )
    from cedre_xlsx.workbook.upgrade.write import upgraded

    path = Path(path)
    wanted = known_packs(packs)
    target = Path(output) if output is not None else None
    if target is not None:
        ensure_new_workbook(target, path)
    elif not dry_run:
        ensure_writable(path)
    today = date.today()
    book = open_book(path, today)
    records = book.reading.records
    _refuse_unlike(path, records)
    _refuse_protected(path, book.workbook)
    made = upgraded(book.data, records, book.workbook, wanted, today, path)
    warnings = [*filter(None, [lacks_sentence(not_found(records))]), *made.notes]
    after = records
    if made.data != book.data:
        after = book_of(made.data, path, today).reading.records
        _prove(path, records, after)
    if not dry_run and target is not None:
        write_new(target, protected_like(made.data, path), overwrite=False)
    elif not dry_run and made.data != book.data:
        if has_other_names(path):
            warnings.append(LINKED)
        ensure_writable(path)  # someone may have opened it during the work
        replace_file(path, made.data, expected_sha256=book.sha256)
    return Upgraded(
        path=target or path,
        version=after.template_version or TEMPLATE_VERSION,
        done=made.done,
        left=made.left,
        written=not dry_run,
        warnings=tuple(warnings),
    )


def _refuse_unlike(path: Path, records: Records) -> None:
    """Raise CedreError for a workbook that the tool did not make, or a later version of it did."""
    refuse_unmade(path, records)
    if version_numbers(records.template_version) > version_numbers(TEMPLATE_VERSION):
        raise CedreError(
            f"{path} : le classeur suit la version {records.template_version} du modèle, plus "
            f"récente que celle de cet outil ({TEMPLATE_VERSION}) ; rien n'est écrit. Mettez "
            "l'outil à jour."
        )


def _refuse_protected(path: Path, workbook: RawWorkbook) -> None:
    """Raise CedreError for a protected Paramètres: what colours and rules count by goes there."""
    for sheet in workbook.sheets:
        is_settings = word_key(sheet.name) == word_key(SETTINGS_SHEET)
        if is_settings and sheet.state is not None and sheet.state.protected:
            raise CedreError(
                f"{path} : la feuille « {sheet.name} » est protégée ; rien n'est écrit. Ôtez sa "
                "protection (Révision > Ôter la protection de la feuille), puis recommencez."
            )


def _prove(path: Path, before: Records, after: Records) -> None:
    """Raise CedreError unless every line is read as it was."""
    for old, new in zip(data_tables(before), data_tables(after), strict=True):
        if [*map(_told, old.rows)] != [*map(_told, new.rows)]:
            raise CedreError(
                f"{path} : les lignes de {old.sheet} ne se reliraient pas comme avant ; rien n'est "
                "écrit. Contrôlez la feuille avec « cedre-xlsx check », puis recommencez."
            )


def _told(row: Any) -> Any:
    """A line as it is compared: columns just added are empty."""
    extra = {name: one for name, one in getattr(row, "extra", {}).items() if one is not None}
    return row.model_copy(update={"extra": extra}) if hasattr(row, "extra") else row
