"""What was handed over to someone is a line of `Suivi` of its own, written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.naming import one_person
from cedre_xlsx.api.opening import OpenBook, open_book
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold, name_key, squeeze
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.tables import FOLLOW_UP

if TYPE_CHECKING:
    from cedre_xlsx.workbook.edit.model import CellValue, Edited, NewRow

#: What Suites données says of the line.
_HANDED = "Remis"


@dataclass(frozen=True, slots=True)
class HandOver:
    """A paper handed over: to or about whom, and what its line of Suivi says."""

    person: str
    action: str
    objective: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A hand-over and its line: `place` is its cell; not `written` where it was there already."""

    person: str
    action: str
    on: date
    place: str
    written: bool = True

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        done = "nouvelle ligne" if self.written else "était déjà noté"
        return f"{self.place} : {self.person}, « {self.action} » ({french_day(self.on)}, {done})"


@dataclass(frozen=True, slots=True)
class Noting:
    """Hand-overs as lines to be; `data` is the workbook with them, `left` what it cannot take."""

    path: Path
    noted: tuple[Noted, ...]
    left: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)
    sha256: str = field(default="", repr=False)


def open_to_note(path: Path, on: date) -> OpenBook:
    """The workbook in which hand-overs are to be noted.

    Raises CedreError for a file that is locked, or of a kind that is not written.
    """
    ensure_writable(path, "recommencez sans --note, et tapez la ligne dans Suivi")
    return open_book(path, on)


@without_collection
def find_noting(path: Path, book: OpenBook, handed: Sequence[HandOver], on: date) -> Noting:
    """The lines by which hand-overs are noted in that workbook, each once; nothing is written yet.

    Raises CedreError where Suivi is not to be found, and for someone unknown, or not told from
    another.
    """
    records = book.reading.records
    refuse_without_lines(path, records)
    known = _known_lines(records, on)
    told: dict[tuple[str, str], tuple[Noted, HandOver]] = {}
    for one in handed:
        name = one_person(records.living, one.person).name
        key = (name_key(name), fold(one.action))
        noted = Noted(name, squeeze(one.action), on, known.get(key, ""), written=key not in known)
        told.setdefault(key, (noted, one))
    new = [key for key, (noted, _) in told.items() if noted.written]
    if not new:
        return Noting(path, tuple(noted for noted, _ in told.values()))
    made = _edited(path, book, [_row(*told[key]) for key in new])
    _prove(path, records, made, [told[key][0] for key in new])
    places = {key: _place(records, one.row) for key, one in zip(new, made.placed, strict=True)}
    noted_lines = (
        replace(noted, place=places.get(key, noted.place)) for key, (noted, _) in told.items()
    )
    return Noting(
        path, tuple(noted_lines), tuple(one.line for one in made.left), made.data, book.sha256
    )


def apply_noting(found: Noting) -> tuple[str, ...]:
    """Write the lines that were found; what to know of it, sentences.

    Raises CedreError, and leaves the file as it was, when it changed since or cannot be replaced.
    """
    from cedre_xlsx.files.replace import LINKED, has_other_names, replace_file

    if not found.data:
        return found.left
    linked = (LINKED,) if has_other_names(found.path) else ()
    replace_file(found.path, found.data, expected_sha256=found.sha256)
    return (*linked, *found.left)


def note_printed(noting: Noting) -> tuple[str, ...]:
    """Write the lines of papers that are printed; where they cannot be, CedreError says that the
    papers are.
    """
    try:
        return apply_noting(noting)
    except CedreError as error:
        raise CedreError(
            f"Les PDF sont faits, mais la remise n'est pas notée dans Suivi : {error} Pour la "
            "noter ensuite, recommencez avec --force : rien n'est noté deux fois."
        ) from error


def refuse_without_lines(path: Path, records: Records) -> None:
    """Raise CedreError for a workbook whose Suivi is not to be found."""
    if not records.follow_ups.found:
        raise CedreError(
            f"{path} : la feuille « Suivi » n'a pas été trouvée ; rien n'est écrit. Redonnez-lui "
            "son nom ou ses intitulés (cedre-xlsx check dit lesquels), puis recommencez."
        )


def _known_lines(records: Records, on: date) -> dict[tuple[str, str], str]:
    """The cells of the lines of that day, by their person and action."""
    return {
        (name_key(records.name_or_typed(row.person)), fold(row.action)): _place(records, row.row)
        for row in records.follow_ups.rows
        if row.day == on
    }


def _place(records: Records, row: int) -> str:
    column = records.follow_ups.columns.get("action", 1)
    return f"{records.follow_ups.sheet}!{column_letter(column)}{row}"


def _row(noted: Noted, one: HandOver) -> NewRow:
    """The line of a hand-over; what is not known (the time it took) stays empty."""
    from cedre_xlsx.workbook.edit.model import NewRow

    values: dict[str, CellValue] = {
        "person": noted.person,
        "dated": noted.on,
        "action": noted.action,
        "objective": one.objective,
        "status": Status.DONE.value,
        "outcome": _HANDED,
    }
    return NewRow({name: value for name, value in values.items() if value})


def _edited(path: Path, book: OpenBook, rows: Sequence[NewRow]) -> Edited:
    """The workbook with these lines; CedreError where one of them finds no place."""
    from cedre_xlsx.workbook.edit.write import edited

    records, table = book.reading.records, FOLLOW_UP.table
    made = edited(book.data, records, book.workbook, {table: rows}, path=path)
    refused = next((one for one in made.left if not one.field), None)
    if refused is not None:
        raise CedreError(f"{path} : {refused.sheet} : {refused.why}. Rien n'est écrit.")
    return made


def _prove(path: Path, records: Records, made: Edited, noted: Sequence[Noted]) -> None:
    """Raise CedreError unless each line is read back as it was meant, and all the others are."""
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.source import raw_workbook

    after = read_raw(raw_workbook(made.data, path), on=noted[0].on).records.follow_ups.rows
    rows = {row.row: row for row in after}
    for one, placed in zip(noted, made.placed, strict=True):
        row = rows.get(placed.row)
        if row is None or (squeeze(row.action), row.day) != (one.action, one.on):
            raise unread(path, f"la ligne « {one.action} » ne se relit pas dans Suivi")
    if len(after) != len(records.follow_ups.rows) + len(noted):
        raise unread(path, "les lignes de Suivi ne se relisent pas toutes")


def unread(path: Path, why: str) -> CedreError:
    """What is said of lines that were added and are not read back."""
    return CedreError(
        f"{path} : {why} ; rien n'est écrit. Contrôlez la feuille avec « cedre-xlsx check », puis "
        "recommencez."
    )
