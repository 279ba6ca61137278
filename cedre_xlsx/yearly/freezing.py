"""What *Mémoire* keeps of the years whose lines stay in the old workbook: numbers, no name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cedre_xlsx.reports.names import Names
from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.reports.statistics.closed import behind_row, closed_rows, closed_years
from cedre_xlsx.reports.statistics.compute import compute_years, years_covered
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import TableRow
from cedre_xlsx.schema.columns import Data
from cedre_xlsx.schema.memory import CLOSED, DAY, LINES, OPENING, MemoryRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import PEOPLE

#: How many years are kept: those that a publication looks back at, and one more.
_MOST = 16
#: Months that may make one line of a publication.
_SPANS = (1, 3, 6)
_NAMING_TABLES = ("advisors",)
_NOT_DETAILED = "Non détaillé"


def years_to_close(records: Records, year: int) -> tuple[int, ...]:
    """The years before `year`, from the first that these lines tell of, not closed already."""
    covered, closed = years_covered(records), closed_years(records)
    if not covered:
        return ()
    last = closed[-1] if closed else 0
    return tuple(range(max(last + 1, year - _MOST, covered[0]), year))


def frozen_rows(records: Records, year: int, on: date) -> tuple[MemoryRow, ...]:
    """The rows of *Mémoire* for the workbook of `year`: the years that close, as counted on a day
    after them, and those that were closed before.

    What older rows of these same years would add to their lines is in their figures by now.
    """
    new = years_to_close(records, year)
    before = [
        row.model_copy(update={"row": 0})
        for row in records.memory
        if not (row.sort == CLOSED and row.year in new) and not _is_spent(row, year)
    ]
    return (*before, *closing_rows(records, new, on), _day_row(year, on))


def _is_spent(row: MemoryRow, year: int) -> bool:
    """Whether a row says nothing any more: what was to be added to the lines of a year that is
    closed, the totals of a beginning that is made again, the lines of the workbook of before.
    """
    if row.sort == LINES:
        return True
    if row.sort == OPENING:
        return row.year == year
    return row.sort != CLOSED and row.year < year


def closing_rows(records: Records, years: Sequence[int], on: date) -> Iterator[MemoryRow]:
    """The figures of some years as they are counted that day."""
    for statistics in compute_years(records, years, on=on):
        if not statistics.is_silent:
            yield from closed_rows(without_names(statistics, records))
            yield from _behind(statistics)


def _day_row(year: int, on: date) -> MemoryRow:
    number = f"{on:%Y%m%d}"
    return MemoryRow(row=0, sort=OPENING, year=year, holder="count", part=DAY, number=number)


def day_of_count(rows: Sequence[MemoryRow], year: int) -> date | None:
    """The day at which the years before `year` were counted when they were closed."""
    for row in rows:
        if row.sort == OPENING and row.year == year and row.part == DAY:
            try:
                return date(int(row.number[:4]), int(row.number[4:6]), int(row.number[6:8]))
            except ValueError:
                return None
    return None


def without_names(statistics: Statistics, records: Records) -> Statistics:
    """The figures without a table by people's names, nor a label that holds one."""
    named = _names_in(records)
    tables: dict[str, Sequence[TableRow]] = {}
    for name, rows in statistics.tables.items():
        if name in _NAMING_TABLES or _is_of_names(name) or named(name):
            continue
        texts = [text for row in rows for text in row.labels.values()]
        if any(map(named, texts)):
            if field_of(name) or name not in records.settings.breakdowns:
                tables[name] = _without_labels(rows, named)
            continue  # a column of the team's that names people
        tables[name] = rows
    return replace(statistics, tables=tables)


def _is_of_names(heading: str) -> bool:
    """Whether a breakdown is by a column that names somebody, or holds free words."""
    found = field_of(heading)
    return bool(found) and PEOPLE.columns[found].data in (Data.NAME, Data.TEXT)


def _names_in(records: Records) -> Callable[[str], bool]:
    """What says whether a text holds the name of somebody of the workbook, staff included."""
    advisors = {row.advisor for row in records.people.rows if row.advisor}
    return Names([*records.persons, *advisors]).are_in


def _without_labels(rows: Sequence[TableRow], named: Callable[[str], bool]) -> Sequence[TableRow]:
    """The rows, those whose labels name somebody called otherwise, each by a number."""
    made: list[TableRow] = []
    for row in rows:
        if any(map(named, row.labels.values())):
            words = f"{_NOT_DETAILED} ({len(made) + 1})"
            labels = {h: words if named(t) else t for h, t in row.labels.items()}
            row = replace(row, labels=labels)
        made.append(row)
    return tuple(made)


def _behind(statistics: Statistics) -> Iterator[MemoryRow]:
    """How many people make up each sum of hours, month by month and by longer periods."""
    from cedre_xlsx.reports.statistics.public.contributors import contributors

    counted = statistics.private
    if counted is None:
        return
    for span in _SPANS:
        for key, people in contributors(statistics, counted, span).items():
            if key[0] not in _NAMING_TABLES and not _is_of_names(key[0]):
                yield behind_row(statistics.year, span, key, people)
