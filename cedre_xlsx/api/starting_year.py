"""`year`: the new year's workbook beside the old one, with the control totals of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import (
    book_of,
    lacks_sentence,
    not_found,
    open_book,
    refuse_uncountable,
    refuse_unmade,
    refuse_unmerged,
)
from cedre_xlsx.api.refreshing import rebuilt
from cedre_xlsx.files.locks import ensure_closed
from cedre_xlsx.files.protection import protected_like
from cedre_xlsx.files.replace import (
    ensure_new_workbook,
    unchanged,
    write_new,
)
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.losses import data_tables

if TYPE_CHECKING:
    from cedre_xlsx.api.opening import OpenBook
    from cedre_xlsx.schema.records import Records, Table
    from cedre_xlsx.yearly.carried import Carried
    from cedre_xlsx.yearly.totals import Total

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What is to be done with the workbook of before, each a French sentence.
OLD_FILE = (
    "L'ancien classeur n'a pas changé. Gardez-le fermé, dans un dossier à l'accès restreint : une "
    "correction tardive s'y fait, puis « cedre-xlsx check NOUVEAU --previous ANCIEN » dit ce "
    "qu'elle change. La durée de conservation y court aussi."
)
#: What is said before the places of `YearStarted.names_left`.
NAMES_LEFT = (
    "Le nouveau classeur nomme encore des personnes laissées dans l'ancien, dans ce que vous avez "
    "écrit vous-mêmes ; corrigez-le dans Excel"
)


@dataclass(frozen=True, slots=True)
class CarriedTable:
    """What of one sheet is carried: so many lines of so many, and why."""

    sheet: str
    carried: int
    total: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def sentence(self) -> str:
        """One line: how many lines go, and how many stay."""
        left = self.total - self.carried
        return f"{self.sheet} : {counted(self.carried, 'ligne')} sur {self.total}, {left} laissées"


@dataclass(frozen=True, slots=True)
class YearStarted:
    """The new year's workbook: where it is, or would be, what it holds, what to know.

    `totals` are the control totals, one line each, both sides told; `closed` the years whose
    figures are kept; `names_left` the places of the new workbook where the name of somebody who
    stays behind still stands. Without `written`, nothing was.
    """

    path: Path
    old: Path
    year: int
    on: date
    tables: tuple[CarriedTable, ...]
    totals: tuple[str, ...]
    closed: tuple[int, ...]
    written: bool
    warnings: tuple[str, ...] = ()
    names_left: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        if self.written:
            return f"{self.path} : classeur de {self.year}, commencé."
        return f"{self.path} : classeur de {self.year}, serait commencé ; rien n'est écrit."

    @property
    def advice(self) -> str:
        """What is to be done with the workbook of before, once the new one is there."""
        return OLD_FILE

    @property
    def names_left_sentence(self) -> str:
        """What is said before the places of `names_left`."""
        return f"{NAMES_LEFT} :"


def name_of_new(path: Path, year: int) -> Path:
    """Where the workbook of a year goes: beside, under the old name with its year changed, or
    added to it.
    """
    found = [*_YEAR.finditer(path.stem)]
    if found:
        last = found[-1]
        stem = f"{path.stem[: last.start()]}{year}{path.stem[last.end() :]}"
    else:
        stem = f"{path.stem} {year}"
    return path.with_name(f"{stem}{path.suffix}")


@checked
@without_collection
def start_year(
    path: Path | str,
    year: int,
    *,
    output: Path | str | None = None,
    on: date | None = None,
    dry_run: bool = False,
) -> YearStarted:
    """Start the workbook of `year` beside the old one, whose bytes never change.

    Carried are the people who are not gone, and what of the others the retention and the year's
    figures need. Raises CedreError, with nothing written, for a place that is taken, a year that is
    too far, a workbook that is none of ours or cannot be parted, and where the new workbook, read
    again, does not hold what the control totals of the old one say.
    """
    path, day = Path(path), on or date.today()
    target = name_of_new(path, year) if output is None else Path(output)
    _refuse_year(path, year, day)
    ensure_new_workbook(target, path)
    if not dry_run:
        ensure_closed(path)
    book = open_book(path, day)
    records = book.reading.records
    refuse_unmerged(path, records)
    _refuse_unlike(path, records, year)
    refuse_uncountable(path, book.reading)
    from cedre_xlsx.yearly.carried import what_is_carried
    from cedre_xlsx.yearly.names_left import names_left
    from cedre_xlsx.yearly.totals import agreed_line, totals_of

    carried = what_is_carried(records, year)
    before = totals_of(records, year)
    made = _made(book, path, target, carried, before, max(day, date(year, 1, 1) - _ONE_DAY), day)
    after = book_of(made.data, target, day).reading.records
    totals = totals_of(after, year)
    _prove(path, records, after, carried, made.feet)
    for old, new in zip(before, totals, strict=True):
        if old != new:
            raise CedreError(
                f"{path} : {agreed_line(old, new)} ; rien n'est écrit. Contrôlez l'ancien classeur "
                "avec « cedre-xlsx check », puis recommencez."
            )
    left = names_left(made.data, records, carried)
    if not dry_run:
        _refuse_changed(path, book.sha256)
        write_new(target, protected_like(made.data, path), overwrite=False)
    early = _early(year, day)
    return YearStarted(
        path=target,
        old=path,
        year=year,
        on=day,
        tables=_tables(records, carried, made.feet),
        totals=tuple(agreed_line(*both) for both in zip(before, totals, strict=True)),
        closed=made.closed,
        written=not dry_run,
        warnings=tuple(filter(None, [lacks_sentence(not_found(records)), early, *made.notes])),
        names_left=left,
    )


_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Made:
    data: bytes
    closed: tuple[int, ...]
    notes: tuple[str, ...]
    feet: Mapping[str, Collection[int]]


def _made(
    book: OpenBook,
    path: Path,
    target: Path,
    carried: Carried,
    before: tuple[Total, ...],
    counted_on: date,
    day: date,
) -> _Made:
    """The bytes of the new workbook: the lines left out, the years closed, the sheets made anew."""
    from cedre_xlsx.ooxml.parts import Package
    from cedre_xlsx.reports.forgetting import without_texts
    from cedre_xlsx.reports.memory_sheet import memory_sheet
    from cedre_xlsx.reports.statistics.closed import closed_years
    from cedre_xlsx.schema.generated_sheets import yearly_years
    from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
    from cedre_xlsx.workbook.package.splice import splice
    from cedre_xlsx.yearly.freezing import frozen_rows
    from cedre_xlsx.yearly.left_behind import without_left
    from cedre_xlsx.yearly.totals import total_rows
    from cedre_xlsx.yearly.typed_left import typed_left

    records, year = book.reading.records, carried.year
    typed = typed_left(book.workbook, records, book.reading.problems, carried, day)
    package = refuse_unspliceable(book.data, path)
    left = without_left(package, book.workbook, records, carried, typed)
    rows = (*frozen_rows(records, year, counted_on), *total_rows(before, year))
    memory = memory_sheet(rows, day, workbook=readable(target.name), version=__version__)
    remembering = splice(Package(left.data), (memory,), on=day).data
    new = book_of(remembering, target, day)
    reading = new.reading
    shown = yearly_years(reading.records.generated)
    years = sorted({year, *(one for one in shown if one < year)})
    made = rebuilt(new, target, day, years)
    return _Made(without_texts(made.data), closed_years(reading.records), left.notes, left.feet)


def _refuse_year(path: Path, year: int, day: date) -> None:
    if not day.year - 1 <= year <= day.year + 1:
        raise CedreError(
            f"{path} : l'année {year} est trop loin du {french_day(day)} ; rien n'est écrit. "
            f"Donnez {day.year} ou {day.year + 1}."
        )


def _refuse_changed(path: Path, sha256: str) -> None:
    """Raise CedreError for an old workbook that was saved during the work: the new one lacks it."""
    ensure_closed(path)
    unchanged(path.read_bytes(), path, sha256)


def _refuse_unlike(path: Path, records: Records, year: int) -> None:
    """Raise CedreError for a workbook of somebody else, or one of that year already."""
    from cedre_xlsx.yearly.totals import opened_years

    refuse_unmade(path, records)
    if year in opened_years(records.memory):
        raise CedreError(
            f"{path} : c'est déjà le classeur de {year} ; rien n'est écrit. Pour l'année d'après, "
            f"donnez {year + 1}."
        )


def _early(year: int, day: date) -> str:
    if day >= date(year, 1, 1):
        return ""
    return (
        f"l'année {year - 1} n'est pas finie : ce qui sera tapé d'ici là dans l'ancien classeur ne "
        "sera pas dans le nouveau. Mieux vaut attendre le 1er janvier."
    )


def _prove(
    path: Path,
    before: Records,
    after: Records,
    carried: Carried,
    feet: Mapping[str, Collection[int]],
) -> None:
    """Raise CedreError unless each line that is carried reads as it did, in its order."""
    for old, new in zip(data_tables(before), data_tables(after), strict=True):
        rows, stay = carried.rows[old.spec.table], feet.get(old.spec.table, ())
        wanted = [
            row.model_copy(update={"row": 0})
            for row in old.rows
            if row.row in rows and row.row not in stay
        ]
        if wanted != [row.model_copy(update={"row": 0}) for row in new.rows if row.row not in stay]:
            raise CedreError(
                f"{path} : les lignes de {old.sheet} ne se reliraient pas comme avant ; rien n'est "
                "écrit. Contrôlez la feuille avec « cedre-xlsx check », puis recommencez."
            )


def _tables(
    records: Records, carried: Carried, feet: Mapping[str, Collection[int]]
) -> tuple[CarriedTable, ...]:
    return tuple(
        _table(table, carried, frozenset(feet.get(table.spec.table, ())))
        for table in data_tables(records)
        if table.found
    )


def _table(table: Table[Any], carried: Carried, feet: frozenset[int]) -> CarriedTable:
    rows = {row: why for row, why in carried.rows[table.spec.table].items() if row not in feet}
    total = carried.total[table.spec.table] - len(feet & {row.row for row in table.rows})
    counts = sorted(Counter(rows.values()).items(), key=lambda one: (-one[1], one[0]))
    return CarriedTable(
        table.sheet, len(rows), total, tuple((why.value, count) for why, count in counts)
    )
