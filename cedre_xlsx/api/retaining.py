"""`retention`: whose data are kept too long, the letter to them, and what makes them anonymous."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import (
    OpenBook,
    book_of,
    lacks_sentence,
    not_found,
    open_book,
    opened_to_count,
    refuse_uncountable,
    refuse_unmerged,
)
from cedre_xlsx.api.refreshing import rebuilt
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import protected_like
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import readable
from cedre_xlsx.privacy import apply
from cedre_xlsx.privacy.apply import (
    Applied,
    Consent,
    Counts,
    Tell,
    no_sheet,
    with_what_is_left,
)
from cedre_xlsx.privacy.due import whose_time_is_over
from cedre_xlsx.privacy.model import Due, Retention, Soon, Spared, ToCheck
from cedre_xlsx.privacy.report import Block, blocks, counts_line, report, unplaced_line
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import yearly_years
from cedre_xlsx.schema.records import Records


@dataclass(frozen=True, slots=True)
class RetentionFound:
    """Whose time is over in a workbook, which is only read."""

    path: Path
    retention: Retention
    records: Records = field(repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def due(self) -> tuple[Due, ...]:
        """The people whose time is over."""
        return self.retention.due

    @property
    def soon(self) -> tuple[Soon, ...]:
        """The people whose time will soon be over."""
        return self.retention.soon

    @property
    def spared(self) -> tuple[Spared, ...]:
        """The people who are kept, with why."""
        return self.retention.spared

    @property
    def to_check(self) -> tuple[ToCheck, ...]:
        """The people of whom the workbook does not say enough."""
        return self.retention.to_check

    @property
    def head(self) -> str:
        """What the report is of: the file, the day, the delay, the version."""
        return (
            f"{readable(self.path.name)} · conservation au {french_day(self.retention.on)} · "
            f"{self.retention.months} mois après le dernier contact · cedre-xlsx {__version__}"
        )

    @property
    def sentence(self) -> str:
        """How many of each."""
        return counts_line(self.retention)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The same people one by one, under what is to be done of them."""
        return blocks(self.retention)

    @property
    def told(self) -> tuple[str, ...]:
        """Whom the letter is for: the names of those whose time is over, or soon will be."""
        return tuple(one.person.name for one in self.retention.told)

    @property
    def unplaced(self) -> str:
        """What is said of lines that are nobody's; "" where there are none."""
        return unplaced_line(self.retention.unplaced) if self.retention.unplaced else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Each person with since when, what says so, and why they are spared."""
        return tuple(report(self.retention))


@dataclass(frozen=True, slots=True)
class Anonymisation:
    """What would be written of a workbook, all of it ready; nothing is written yet.

    `made` is None where nobody's time is over. `target` is another file for the result, None for
    the workbook itself; `copy` is where the workbook as it was can be kept first.
    """

    found: RetentionFound
    made: Applied | None
    sha256: str
    copy: Path
    target: Path | None = None
    before: bytes = field(default=b"", repr=False)

    @property
    def sentence(self) -> str:
        """How much is written, and where."""
        return counts_sentence(self.made.counts if self.made else Counts())


@dataclass(frozen=True, slots=True)
class Anonymised:
    """What was done: `sentences` say it, `left` what still may tell of these people.

    `copy` is the file that still holds the names, None where none was kept.
    """

    path: Path
    counts: Counts
    sentences: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    copy: Path | None = None
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        return f"{self.path} : fait. {counts_sentence(self.counts)}"


def counts_sentence(counts: Counts) -> str:
    """How many people, lines and cells, and the team's own sheets among them."""
    said = listed(
        [
            counted(counts.people, "personne"),
            counted(counts.lines, "ligne"),
            counted(counts.cells, "cellule"),
        ]
    )
    own = [f"« {name} »" for name in counts.own_sheets]
    those = f" ; vos propres feuilles : {listed(own)}" if own else ""
    return f"{said[:1].upper()}{said[1:]}{those}."


@checked
@without_collection
def find_retention(path: Path | str, *, on: date | None = None) -> RetentionFound:
    """Whose data are kept too long on a day, who soon, who is spared and why.

    Raises CedreError for a workbook that cannot be read, or whose people or lines are not found:
    what cannot be seen may be a recent contact.
    """
    path, day = Path(path), on or date.today()
    return _found(path, opened_to_count(path, day).records, day)


@checked
@without_collection
def find_anonymisation(
    path: Path | str,
    *,
    on: date | None = None,
    output: Path | str | None = None,
    tell: Tell | None = None,
    consent: Consent = no_sheet,
) -> Anonymisation:
    """What would be written to make those anonymous whose time is over: in the workbook, or in
    `output`, a new file.

    `tell` is told what is being done; `consent` is asked which of the team's own sheets, of those
    that name these people, may be cleaned. Raises CedreError for a workbook that is locked, lacks a
    sheet that people fill, or cannot be written; and where `output` is there already.
    """
    path, day = Path(path), on or date.today()
    target = Path(output) if output is not None else None
    _ensure_target(path, target)
    book = open_book(path, day)
    refuse_uncountable(path, book.reading)
    records = book.reading.records
    _refuse_lacking(path, records)
    refuse_unmerged(path, records)
    found = _found(path, records, day)
    made = None
    if found.due:
        made = apply.applied(book, found.retention, day, path, tell=tell, consent=consent)
        made = _finished(made, path, day, tell)
        _prove(path, book, made, found.retention)
    return Anonymisation(found, made, book.sha256, copy_of(path, day), target, book.data)


@checked
def apply_anonymisation(found: Anonymisation, *, copy: bool = False) -> Anonymised:
    """Write it, the file whole or not at all; with `copy`, keep the workbook as it was first.

    Raises CedreError, and writes nothing, where the workbook has changed or is locked since, and
    where the copy is there already.
    """
    from cedre_xlsx.files.replace import (
        LINKED,
        has_other_names,
        replace_file,
        write_new,
    )

    path, made = found.found.path, found.made
    if made is None:
        return Anonymised(found.target or path, Counts())
    if found.target is not None:
        write_new(found.target, protected_like(made.data, path), overwrite=False)
        return Anonymised(found.target, made.counts, made.sentences, made.left)
    ensure_writable(path)  # someone may have opened it during the work
    warnings = (LINKED,) if has_other_names(path) else ()
    with _kept_aside(found.copy if copy else None, found.before, path):
        replace_file(path, made.data, expected_sha256=found.sha256)
    kept = found.copy if copy else None
    return Anonymised(path, made.counts, made.sentences, made.left, kept, warnings)


def copy_of(path: Path, on: date) -> Path:
    """Where a workbook is kept as it was, beside it."""
    return path.with_name(f"{path.stem}.avant-conservation-{on.isoformat()}{path.suffix}")


@contextlib.contextmanager
def _kept_aside(copy: Path | None, data: bytes, path: Path) -> Iterator[None]:
    """The workbook as it was, in a file that goes again where nothing came of the work."""
    from cedre_xlsx.files.replace import write_new

    if copy is None:
        yield
        return
    if copy.exists():
        raise CedreError(
            f"{copy} existe déjà ; rien n'est écrit. Supprimez cette copie, ou recommencez avec "
            "--no-copy."
        )
    write_new(copy, protected_like(data, path), overwrite=False)
    try:
        yield
    except BaseException:
        copy.unlink(missing_ok=True)  # a file of names that nothing calls for
        raise


def _finished(made: Applied, path: Path, day: date, tell: Tell | None) -> Applied:
    """The file with the sheets that `refresh` makes as they are without these people."""
    from cedre_xlsx.reports.forgetting import without_texts

    if tell is not None:
        tell("Feuilles refaites…")
    book = book_of(made.data, path, day)
    shown = yearly_years(book.reading.records.generated)
    data = rebuilt(book, path, day, sorted({day.year, *shown})).data
    return with_what_is_left(made, without_texts(data))


def _found(path: Path, records: Records, day: date) -> RetentionFound:
    lacks = lacks_sentence(not_found(records))
    return RetentionFound(
        path, whose_time_is_over(records, day), records, tuple(filter(None, [lacks]))
    )


def _ensure_target(path: Path, target: Path | None) -> None:
    """Raise CedreError where the result may not go."""
    from cedre_xlsx.files.replace import ensure_new_workbook

    if target is None:
        ensure_writable(path)
        return
    ensure_new_workbook(target, path)


def _refuse_lacking(path: Path, records: Records) -> None:
    """Raise CedreError where a sheet is not found: its lines may be recent contacts."""
    names = [f"« {name} »" for name in not_found(records)]
    if names:
        are = "n'est pas trouvée" if len(names) == 1 else "ne sont pas trouvées"
        raise CedreError(
            f"{path} : {listed(names)} {are}, et ce qui y est noté peut être un contact récent ; "
            "rien n'est écrit. Redonnez leur nom aux feuilles (cedre-xlsx check dit lesquelles), "
            "ou recopiez-les, vides, d'un classeur neuf."
        )


def _prove(path: Path, book: OpenBook, made: Applied, retention: Retention) -> None:
    """Raise CedreError unless those who are due are gone from the people, and nobody else is."""
    after = set(book_of(made.data, path, retention.on).reading.records.persons)
    before = set(book.reading.records.persons)
    gone = {one.person.name for one in retention.due}
    wrong = sorted((after & gone) | (before - gone - after))
    if wrong:
        named = listed([f"« {name} »" for name in wrong])
        raise CedreError(
            f"{path} : {named} ne se relirait pas comme prévu dans Personnes ; rien n'est écrit. "
            "Voyez cette ligne, et ce qu'elle dit de qui part, puis recommencez."
        )
