"""`merge --apply`: what was chosen in the sheet `Fusion` is written, and the sheet goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import OpenBook, book_in
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.fusion import DONE

if TYPE_CHECKING:
    from cedre_xlsx.merging.choosing import Chosen
    from cedre_xlsx.workbook.edit.model import Edited


@dataclass(frozen=True, slots=True)
class MergeApplied:
    """What `merge --apply` did: how many choices were carried out, what waits, what could not be
    done and why; `finished` when nothing is left, and the sheet is gone.
    """

    path: Path
    applied: int
    waiting: int
    left: tuple[str, ...]
    finished: bool
    written: bool
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        if not self.applied and not self.finished:
            return f"{self.path} : aucun choix nouveau dans Fusion ; rien n'est écrit."
        done = counted(self.applied, "choix appliqué", "choix appliqués")
        state = "" if self.written else " ; rien n'est écrit"
        if self.finished:
            gone = "la feuille Fusion est enlevée" if self.written else "Fusion serait enlevée"
            return f"{self.path} : {done}, {gone}{state}."
        rest = self.waiting + len(self.left)
        return f"{self.path} : {done}, {counted(rest, 'ligne')} encore à choisir{state}."

    def to_text(self) -> str:
        """What is printed."""
        return "\n".join([self.sentence, *(f"  {one}" for one in self.left)])

    def to_json(self) -> dict[str, object]:
        """What was chosen, as an object of JSON."""
        return {
            "workbook": str(self.path),
            "written": self.written,
            "applied": self.applied,
            "waiting": self.waiting,
            "left": list(self.left),
            "finished": self.finished,
            "warnings": list(self.warnings),
        }


@checked
@without_collection
def merge_apply(path: Path | str, *, on: date | None = None, dry_run: bool = False) -> MergeApplied:
    """Do what was chosen in `Fusion`; the sheet goes once nothing is left to be chosen.

    Raises CedreError, and leaves the file as it was, when it has no such sheet, is locked, of a
    kind that is not written, or changed in the meantime.
    """
    from cedre_xlsx.files.replace import LINKED, has_other_names, replace_file
    from cedre_xlsx.merging.choosing import chosen
    from cedre_xlsx.merging.sides import side_of
    from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
    from cedre_xlsx.workbook.read.fusion import fusion_tab

    path, day = Path(path), on or date.today()
    if not dry_run:
        ensure_writable(path)
    book = book_in(path, day)
    refuse_unspliceable(book.data, path)
    tab = fusion_tab(book.workbook)
    if not tab:
        raise CedreError(f"{path} : il n'y a pas de feuille Fusion ; rien n'est à appliquer.")
    found = chosen(side_of(path, book))
    data = _applied(book, found, path, day, tab)
    warnings: list[str] = []
    if data != book.data and not dry_run:
        if has_other_names(path):
            warnings.append(LINKED)
        ensure_writable(path)  # someone may have opened it during the work
        replace_file(path, data, expected_sha256=book.sha256)
    return MergeApplied(
        path,
        len(found.done),
        len(found.waiting),
        tuple(found.left),
        found.is_finished,
        not dry_run and data != book.data,
        tuple(warnings),
    )


def _applied(book: OpenBook, found: Chosen, path: Path, day: date, tab: str) -> bytes:
    """The workbook with what was chosen; what cannot be written is told in `found`."""
    from cedre_xlsx.merging.writing import without_lines
    from cedre_xlsx.workbook.edit.model import CellChange
    from cedre_xlsx.workbook.edit.write import edited
    from cedre_xlsx.workbook.package.removing import without_sheet

    records = book.reading.records

    def with_cells(changes: Sequence[CellChange]) -> Edited:
        return edited(book.data, records, book.workbook, found.rows, changes, path=path)

    made = with_cells(found.changes)
    for one in made.left:
        found.refuse(one)
    if not found.is_finished:
        marks = [CellChange(row.sheet, row.place, DONE, over=True) for row in found.done]
        made = with_cells([*found.changes, *marks])
    data = without_lines(made.data, found.removed, path, day).data
    return without_sheet(data, tab) if found.is_finished else data
