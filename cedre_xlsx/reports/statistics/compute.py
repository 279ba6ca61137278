"""Years counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from cedre_xlsx.reports.statistics.closed import closed_year, closed_years, with_later_of
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.figure import FigureLines
from cedre_xlsx.reports.statistics.frames import frames_of
from cedre_xlsx.reports.statistics.gone import Gone
from cedre_xlsx.reports.statistics.gone_tables import with_gone
from cedre_xlsx.reports.statistics.indicators import figures
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.on_demand import OnDemand
from cedre_xlsx.reports.statistics.owed_tables import all_cells, all_names
from cedre_xlsx.reports.statistics.tables import CellRow, numbers
from cedre_xlsx.reports.statistics.values import Indicator, TableRow
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.records import Records


def compute(records: Records, year: int, *, on: date) -> Statistics:
    """The figures of `year`; one that is under way is counted up to `on`, the date of the count."""
    return compute_years(records, (year,), on=on)[0]


def compute_years(records: Records, years: Sequence[int], *, on: date) -> tuple[Statistics, ...]:
    """Several years of the same records, which are laid out once."""
    count = counter(records, on)
    return tuple(map(count, years))


def counter(records: Records, on: date) -> Callable[[int], Statistics]:
    """What counts a year of these records, which are laid out once; a year whose lines are in a
    workbook of before has the figures that were kept.
    """
    frames = frames_of(records, on)
    covered = years_covered(records)

    def count(year: int) -> Statistics:
        closed = closed_year(records, year, on)
        if closed is not None and not _may_tell_later(closed, records):
            return closed
        lines = count_year(Year(year, on, records.settings, frames), covered)
        return lines if closed is None else with_later_of(closed, lines)

    return count


def _may_tell_later(closed: Statistics, records: Records) -> bool:
    """Whether what exits of a closed year became may be noted here since."""
    is_last = closed_years(records)[-1:] == (closed.year,)
    return is_last and not closed.is_silent and "later_situation" in records.people.columns


def count_year(year: Year, covered: Sequence[int]) -> Statistics:
    """The figures of one year, `covered` being those that the lines tell of.

    Of another year in which nothing lasts, no figure has a value: a zero would say that nothing
    happened.
    """
    return _said(year, covered, figures(year), OnDemand(partial(all_cells, year)))


def counted_again(one: Statistics, gone: Gone, covered: Sequence[int]) -> Statistics:
    """The figures of a year that was counted, with other numbers added to what the lines say."""
    known = one.private
    assert known is not None, "a publication is not counted again"
    frames = replace(known.year.frames, gone=gone)
    year = Year(known.year.year, known.year.on, known.year.settings, frames)
    return _said(year, covered, tuple(known.figures.values()), known.cells)


def _said(
    year: Year,
    covered: Sequence[int],
    picked: Sequence[FigureLines],
    cells: Mapping[str, Sequence[CellRow]],
) -> Statistics:
    gone = year.frames.gone.of(year.year)
    counted = tuple(gone.added(figure.indicator) for figure in picked)
    note = _note(year, covered)
    is_silent = bool(note) and _says_nothing(counted, covered)
    if note:
        note = f"{note} {_NOTHING_GIVEN if is_silent else _ONLY_LASTING}"
    behind = dict.fromkeys(all_names(year), ()) if is_silent else cells
    tables = partial(_tables, year, behind, is_silent=is_silent)
    return Statistics(
        year=year.year,
        indicators=tuple(_silent(one) for one in counted) if is_silent else counted,
        tables=OnDemand(tables),
        note=note,
        is_silent=is_silent,
        private=Counted(year, {figure.id: figure for figure in picked}, behind),
    )


def _tables(
    year: Year, behind: Mapping[str, Sequence[CellRow]], *, is_silent: bool
) -> Mapping[str, Sequence[TableRow]]:
    tables: dict[str, Sequence[TableRow]] = {name: numbers(rows) for name, rows in behind.items()}
    return tables if is_silent else with_gone(year, tables)


def _says_nothing(counted: Sequence[Indicator], covered: Sequence[int]) -> bool:
    """Whether all is zero; in a workbook without dates, what is unknown is all there is to say."""
    if any(one.value for one in counted):
        return False
    return bool(covered) or not any(one.unknown for one in counted)


def _silent(one: Indicator) -> Indicator:
    return replace(one, value=None, numerator=None, denominator=None, unknown=None)


def years_covered(records: Records) -> tuple[int, ...]:
    """The years from the first date of a line to the last, both included; none without a date."""
    days = [row.registered for row in records.people.rows]
    days += [row.exited for row in records.people.rows]
    days += [row.day for row in records.follow_ups.rows]
    days += [row.agreed for row in records.engagements.rows]
    days += [row.reviewed for row in records.engagements.rows]
    days += [row.start for row in records.missions.rows]
    days += [row.end for row in records.missions.rows]
    years = {day.year for day in days if day is not None}
    return tuple(range(min(years), max(years) + 1)) if years else ()


_NOTHING_GIVEN = "Aucun chiffre n'est donné, pas même un zéro."
_ONLY_LASTING = "Les chiffres ne disent que ce qui dure depuis."


def _note(year: Year, covered: Sequence[int]) -> str:
    if year.year > year.on.year:
        return f"L'année {year.year} n'a pas commencé à la date du compte."
    if not covered:
        return f"Le classeur ne contient encore aucune date : rien à compter en {year.year}."
    if year.year in covered:
        return ""
    return (
        f"Le classeur ne dit rien de {year.year} : ses lignes vont de {covered[0]} à {covered[-1]}."
    )
