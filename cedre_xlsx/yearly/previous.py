"""What the workbook of before says today, beside what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.reports.statistics.closed import BEHIND, TABLE
from cedre_xlsx.reports.statistics.definitions import definition_of, table_definition
from cedre_xlsx.schema.late import Late
from cedre_xlsx.schema.memory import CLOSED, COUNT, PRINT, MemoryRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.yearly.freezing import closing_rows, day_of_count, years_to_close
from cedre_xlsx.yearly.totals import kept_totals, opened_years, totals_of


def late_corrections(records: Records, old: Records) -> tuple[Late, ...]:
    """The control totals and the closed figures that `old` tells otherwise today.

    Nothing of a workbook that was not begun from another.
    """
    years = opened_years(records.memory)
    if not years:
        return ()
    year = years[-1]
    return (*_totals(records, old, year), *_figures(records, old, year))


def _totals(records: Records, old: Records, year: int) -> Iterator[Late]:
    kept = kept_totals(records.memory, year)
    for total in totals_of(old, year):
        before = kept.get((total.id, COUNT))
        if before is None or (before, kept.get((total.id, PRINT))) == (total.count, total.print):
            continue
        label = total.several[:1].upper() + total.several[1:]
        yield Late(label, str(before), str(total.count))


def _figures(records: Records, old: Records, year: int) -> Iterator[Late]:
    day = day_of_count(records.memory, year)
    if day is None:
        return
    now = closing_rows(old, years_to_close(old, year), day)
    yield from _differences(records.memory, tuple(now))


def _differences(before: Sequence[MemoryRow], now: Sequence[MemoryRow]) -> Iterator[Late]:
    """One for each figure, and for each table of which no figure tells it already."""
    kept = {_place(row): row.number for row in before if row.sort == CLOSED}
    told: set[tuple[int, str]] = set()
    for row in now:
        was = kept.get(_place(row))
        if was == row.number or row.holder.startswith(BEHIND) or (row.year, row.holder) in told:
            continue
        if row.holder.startswith(TABLE):
            told.add((row.year, row.holder))
            title = table_definition(row.holder[len(TABLE) :]).title
            yield Late(f"Tableau « {title} »", *_shown(was, row.number), row.year)
        else:
            told.add((row.year, row.holder))
            yield Late(_label(row.holder), *_shown(was, row.number), row.year)


def _place(row: MemoryRow) -> tuple[int, str, str, str]:
    return row.year, row.holder, row.line, row.part


def _shown(before: str | None, now: str) -> tuple[str, str]:
    return _number(before), _number(now)


def _number(text: str | None) -> str:
    if text in (None, "", "null"):
        return "rien"
    return str(text).replace(".", ",")


def _label(identifier: str) -> str:
    code = identifier.partition(".")[2]
    return definition_of(identifier).label.format(code)
