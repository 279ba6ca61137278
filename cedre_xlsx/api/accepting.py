"""`accept`: findings are accepted with a reason, in the sheet `Contrôle`, or are no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import OpenBook, book_of, open_book
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.method.french import counted, grouped
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.ooxml.cell_text import ILLEGAL
from cedre_xlsx.reports.findings.groups import finding_key
from cedre_xlsx.rules import run
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.generated import ControlRow, is_kept_key
from cedre_xlsx.schema.records import Table

if TYPE_CHECKING:
    from cedre_xlsx.workbook.edit.model import CellChange

#: Characters of a reason: more is a story, which has its place elsewhere.
LONGEST_REASON = 1_000
_SHOWN = 3  # findings that a sentence names
_LONGEST_CODE = 10  # characters: keys may be anything
_OPEN = ("justification", "until")


@dataclass(frozen=True, slots=True)
class Replaced:
    """What the team had written for a finding, and what was written over it took away; `cell` is
    where it stood. `until` is its last day, or the text that someone typed ("fin juin").
    """

    finding: Finding
    cell: str
    reason: str
    until: date | str | None

    @property
    def sentence(self) -> str:
        """What stood there, for the person who replaces it."""
        typed = f"« {self.until} »" if self.until else ""
        last = french_day(self.until) if isinstance(self.until, date) else typed
        end = f", jusqu'au {last}" if last else ""
        said = f"« {squeeze(self.reason)} »" if self.reason else "sans raison"
        return f"{_named([self.finding])} ({self.cell}) : {said}{end}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Findings that were accepted, or are no more without a `reason`; `until` is the last day.

    `cells` are those of `Contrôle` that were written, `replaced` what stood there and is no more,
    in the words of whoever wrote it. With `refreshed`, the generated sheets were made anew before,
    and `details` says what of them. Not `written`: that is what would be done. Not `changed`: all
    of it was there already.
    """

    path: Path
    on: date
    findings: tuple[Finding, ...]
    reason: str
    until: date | None
    cells: tuple[str, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    refreshed: bool = False
    details: tuple[str, ...] = ()
    written: bool = True
    changed: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        count = len(self.findings)
        if not self.changed:
            return f"{self.path} : rien à changer ; rien n'est écrit."
        if not self.written:
            what = "à accepter" if self.reason else "à ne plus accepter"
            return f"{self.path} : {counted(count, 'constat')} {what} ; rien n'est écrit."
        end = f" jusqu'au {french_day(self.until)}" if self.until else ""
        if self.reason:
            return f"{self.path} : {counted(count, 'constat accepté', 'constats acceptés')}{end}."
        return f"{self.path} : {counted(count, 'constat')} {_no_more(count)}."


def _no_more(count: int) -> str:
    return "n'est plus accepté" if count == 1 else "ne sont plus acceptés"


@checked
@without_collection
def accept(
    path: Path | str,
    findings: Sequence[str],
    *,
    reason: str = "",
    until: date | str | None = None,
    on: date | None = None,
    refresh: bool = False,
    dry_run: bool = False,
) -> Accepted:
    """Accept these findings, by their keys (`finding_key`), with a reason, in `Contrôle`; without
    one, accept them no more.

    `until` is the last day of the acceptance, a date or as people type one. Two cells a finding
    are written, all of them at once, and all else of the file keeps its bytes; with `refresh`, the
    generated sheets are made anew before where `Contrôle` does not have one of the findings yet.
    Raises CedreError, and leaves the file as it was: for a key that is no finding's, a reason that
    is no text or longer than `LONGEST_REASON`, a date that is past or not understood, a finding
    that `Contrôle` does not have, and as every verb that writes.
    """
    path, day = Path(path), on or date.today()
    reason = _reason(reason)
    last = _last_day(until, reason, day)
    if not dry_run:
        ensure_writable(path)
    book = open_book(path, day)
    sha256, wanted = book.sha256, tuple(dict.fromkeys(findings))
    found = _found(path, book, wanted, day)
    details: tuple[str, ...] | None = None
    if reason and not all(_has_place(book, one) for one in found):
        if not refresh:
            raise _not_there_yet(path, found)
        book, details = _refreshed(path, book, day)
        found = _found(path, book, wanted, day)
        _refuse_placeless(path, book, found)
    changes = _changes(path, book, found, reason, last)
    data = _edited(path, book, changes) if changes else book.data
    warnings = _proved(path, data, wanted, reason, last, day, changes) if changes else ()
    changed = bool(changes) or details is not None
    if changed and not dry_run:
        from cedre_xlsx.files.replace import LINKED, has_other_names, replace_file

        warnings = (*((LINKED,) if has_other_names(path) else ()), *warnings)
        replace_file(path, data, expected_sha256=sha256)
    return Accepted(
        path=path,
        on=day,
        findings=found,
        reason=reason,
        until=last,
        cells=tuple(f"{one.sheet}!{one.cell}" for one in changes),
        replaced=_replaced(book, found, changes),
        refreshed=details is not None,
        details=details or (),
        written=not dry_run,
        changed=changed,
        warnings=warnings,
    )


def _reason(typed: str) -> str:
    """A reason as it is written; CedreError for one that is none."""
    reason = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(reason) > LONGEST_REASON:
        raise CedreError(
            f"la raison a {grouped(len(reason))} caractères, et {grouped(LONGEST_REASON)} au plus "
            "sont écrits ; raccourcissez-la : quelques mots suffisent."
        )
    odd = ILLEGAL.search(reason)
    if odd:
        before = squeeze(reason[max(0, odd.start() - 20) : odd.start()])
        place = f"après « {before} »" if before else "au début"
        raise CedreError(
            f"la raison a un signe invisible, {place}, qu'un classeur ne garde pas ; effacez-le, "
            "ou retapez la raison au lieu de la coller."
        )
    return reason


def _last_day(until: date | str | None, reason: str, on: date) -> date | None:
    """The last day of an acceptance; CedreError for one that is past, or not understood."""
    typed = until.strip() if isinstance(until, str) else until
    if not typed:
        return None
    if not reason:
        raise CedreError(
            "Jusqu'au : une date sans raison n'accepte rien ; dites pourquoi le constat est "
            "accepté, ou enlevez la date."
        )
    last = typed if isinstance(typed, date) else read_deadline(typed, on, on).deadline.day
    if last is None:
        raise CedreError(
            f"Jusqu'au : {quoted(_told(str(typed)))} n'est pas une date ; écrivez par exemple "
            f"{french_day(on)}, fin juin ou dans 3 mois."
        )
    if last < on:
        raise CedreError(
            f"Jusqu'au : le {french_day(last)} est déjà passé ; donnez une date à venir, ou aucune."
        )
    return last


def _told(text: str) -> str:
    """A text that may be anything, as a sentence can tell it."""
    return ILLEGAL.sub("\ufffd", text)


def _found(path: Path, book: OpenBook, keys: Sequence[str], on: date) -> tuple[Finding, ...]:
    """The findings of these keys; CedreError for a key that is none's."""
    reading = book.reading.living
    by_key = {finding_key(one): one for one in run(reading.records, reading.problems, on=on)}
    if not keys:
        raise CedreError(f"{path} : aucun constat n'est choisi ; rien n'est écrit.")
    lacking = [key for key in keys if key not in by_key]
    if lacking:
        known = dict.fromkeys(_told(key.partition(".")[0])[:_LONGEST_CODE] for key in lacking)
        codes = ", ".join([*known][:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
        which = f"{len(lacking)} des constats choisis ({codes}) ne sont"
        if len(lacking) == 1:
            one = "le constat choisi" if len(keys) == 1 else "un des constats choisis"
            which = f"{one} ({codes}) n'est"
        raise CedreError(
            f"{path} : {which} plus là ; rien n'est écrit. Contrôlez de nouveau, puis recommencez."
        )
    return tuple(by_key[key] for key in keys)


def _lines(table: Table[ControlRow], finding: Finding) -> list[ControlRow]:
    """The lines of `Contrôle` that say a finding, those of the table before those kept below it."""
    mine = [row for row in table.rows if row.row in finding.continues]
    return sorted(mine, key=lambda row: is_kept_key(row.key))


def _has_place(book: OpenBook, finding: Finding) -> bool:
    """Whether `Contrôle` has a line of its own for a finding, with the columns that are filled."""
    table = book.reading.records.control
    lines = _lines(table, finding)
    columns = all(name in table.columns for name in _OPEN)
    return columns and bool(lines) and not is_kept_key(lines[0].key)


def _named(findings: Sequence[Finding]) -> str:
    named = [" ".join(filter(None, (one.code, one.person))) for one in findings[:_SHOWN]]
    more = [f"{len(findings) - _SHOWN} autres"] if len(findings) > _SHOWN else []
    return ", ".join([*named, *more])


def _not_there_yet(path: Path, findings: Sequence[Finding]) -> CedreError:
    return CedreError(
        f"{path} : la feuille Contrôle n'a pas encore de ligne pour {_named(findings)} ; rien "
        "n'est écrit. Actualisez d'abord le classeur, puis acceptez."
    )


def _refreshed(path: Path, book: OpenBook, on: date) -> tuple[OpenBook, tuple[str, ...]]:
    """The workbook as a refresh would leave it, and what that says."""
    from cedre_xlsx.api.opening import refuse_uncountable
    from cedre_xlsx.api.refreshing import rebuilt

    refuse_uncountable(path, book.reading)
    made = rebuilt(book, path, on, (on.year,))
    return book_of(made.data, path, on), made.details


def _refuse_placeless(path: Path, book: OpenBook, findings: Sequence[Finding]) -> None:
    """Raise CedreError for a finding that even a refresh gives no line."""
    without = [one for one in findings if not _has_place(book, one)]
    if without:
        raise CedreError(
            f"{path} : {_named(without)} n'a jamais de ligne dans Contrôle et ne s'accepte donc "
            f"pas ; rien n'est écrit. {without[0].help}"
        )


def _changes(
    path: Path, book: OpenBook, findings: Sequence[Finding], reason: str, until: date | None
) -> list[CellChange]:
    """The cells to write; CedreError where nothing accepts a finding that is to be no more."""
    changes: list[CellChange] = []
    table = book.reading.records.control
    for finding in findings:
        lines = _lines(table, finding)
        typed = [row for row in lines if row.justification.strip() or row.until is not None]
        if not reason and not typed:
            raise CedreError(
                f"{path} : {_named([finding])} n'est pas accepté ; il n'y a rien à reprendre."
            )
        # Of several lines that say the same, none may say another reason.
        ours = typed if typed and (not reason or lines[0] in typed) else [*lines[:1], *typed]
        for row in ours:
            changes += _cells(table, row, reason, until)
    return list(dict.fromkeys(changes))


def _replaced(
    book: OpenBook, findings: Sequence[Finding], changes: Sequence[CellChange]
) -> tuple[Replaced, ...]:
    """What these cells say before they are written, where they say something."""
    table = book.reading.records.control
    cells = {one.cell for one in changes}
    told: dict[Replaced, None] = {}
    for finding in findings:
        for row in _lines(table, finding):
            reason, until = row.justification.strip(), row.until
            places = [table.place(row, name) for name in _OPEN if name in table.columns]
            if (reason or until is not None) and any(one.cell in cells for one in places):
                day = until if until is None or isinstance(until, date) else str(until).strip()
                told[Replaced(finding, places[0].address, reason, day)] = None
    return tuple(told)


def _cells(
    table: Table[ControlRow], row: ControlRow, reason: str, until: date | None
) -> list[CellChange]:
    from cedre_xlsx.workbook.edit.model import CellChange

    said = {"justification": (row.justification.strip(), reason), "until": (row.until, until)}
    return [
        CellChange(table.sheet, table.place(row, name).cell, new or None)
        for name, (old, new) in said.items()
        if name in table.columns and (old or None) != (new or None)
    ]


def _edited(path: Path, book: OpenBook, changes: Sequence[CellChange]) -> bytes:
    """The workbook with these cells; CedreError where one of them cannot be written."""
    from cedre_xlsx.workbook.edit.write import edited

    made = edited(book.data, book.reading.records, book.workbook, {}, changes, path=path)
    if made.left:
        raise CedreError(
            f"{path} : {made.left[0].line} ; rien n'est écrit. Tapez-le vous-même dans cette "
            "cellule, ou actualisez le classeur puis recommencez."
        )
    return made.data


def _proved(
    path: Path,
    data: bytes,
    keys: Sequence[str],
    reason: str,
    until: date | None,
    on: date,
    changes: Sequence[CellChange],
) -> tuple[str, ...]:
    """What is to be known of what was written, once it was read back as it was meant.

    Raises CedreError where it was not.
    """
    reading = book_of(data, path, on).reading.living
    found = run(reading.records, reading.problems, on=on)
    by_key = {finding_key(one): one for one in found}
    for key in keys:
        waiver = by_key[key].waived if key in by_key else None
        said = (squeeze(waiver.reason), waiver.until) if waiver else ("", None)
        if said != (squeeze(reason), until):
            raise CedreError(
                f"{path} : l'acceptation de {key.partition('.')[0]} ne se relit pas dans Contrôle "
                "; rien n'est écrit. Actualisez le classeur, puis recommencez."
            )
    places = {(one.sheet, one.cell) for one in changes}
    return tuple(
        f"{one.place.address} : {one.message} {one.help}"
        for one in found
        if (one.place.sheet, one.place.cell) in places
    )
