"""The lines that move no figure: planned, counted, planned again where one moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.privacy.anonymous.dates import shifts_of, tables_of
from cedre_xlsx.privacy.anonymous.model import Progress
from cedre_xlsx.privacy.anonymous.oracle import (
    Counts,
    Difference,
    When,
    differences,
    responsible,
    to_add,
)
from cedre_xlsx.privacy.anonymous.plan import Asked, Plan, planned, with_lines
from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.reports.statistics.gone import OPEN_TABLES, Gone, GoneYear, gone_of, gone_rows
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.memory import GONE, LINES, MemoryRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import DATA_TABLES

_AHEAD = 2  # years after that of the count
_LONGEST = 60  # years that lines go back
#: What may be made up for by a number at once: what dropping health does, and group actions shared
#: with people who stay.
_EXPECTED = {
    *(f"*{name}" for name in OPEN_TABLES),
    "*completeness",
    "*later_situations",
    "later_known",
    "minutes",
}
_EXPECTED_PARTS = {
    ("exits", "unknown"),
    ("*publics", "dont bénéficiaires de l'AAH"),
    ("*publics", "dont personnes reconnues RQTH"),
}

#: Breakdowns whose lines are of days and ages.
_OF_DAYS = ("birth_year", "registered")


@dataclass(frozen=True)
class Proved:
    """Lines that move no figure, with what is remembered for that; the names kept to the day."""

    plan: Plan
    memory: tuple[MemoryRow, ...]
    records: Records
    exact: frozenset[str]
    added: int  # numbers that are remembered


def proved(records: Records, asked: Asked, progress: Progress | None = None) -> Proved:
    """Plan the lines, count, and keep to the day the dates of those by whom a figure moved.

    Raises CedreError, which names it, where one moves all the same.
    """
    whens = _whens(records, asked)
    before = Counts(records, whens)
    _tell(progress, 1)
    names = _names(records, asked)
    exact: set[str] = set()
    while True:
        plan = planned(records, asked, exact)
        bare = with_lines(records, plan.lines, _others(records))
        after = Counts(bare, whens)
        _tell(progress, 2)
        found = differences(before, after)
        gone = _gone(records, found, whens, asked.on)
        moved = differences(before, after.again(gone))
        unexpected = [one for one in found if not _is_expected(one, records)]
        guilty = responsible([*unexpected, *moved], before, after, names) - exact
        if guilty:
            exact |= guilty
            continue
        if moved:
            raise CedreError(_would_move(moved[0]))
        rows = gone_rows(gone.years, gone.last)
        memory = (*_others(records), *rows)
        _tell(progress, 3)
        return Proved(
            plan, memory, with_lines(bare, (), memory), frozenset(exact), max(len(rows) - 1, 0)
        )


def _would_move(one: Difference) -> str:
    return (
        f"Rendre ces lignes anonymes changerait un chiffre ({one.said}) : rien n'est écrit. Lancez "
        "cedre-xlsx check, corrigez ce qu'il dit des lignes de ces personnes, puis recommencez."
    )


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done, 4)


def _whens(records: Records, asked: Asked) -> list[When]:
    """The years that their lines may count in, at the day; the last ones at a later day.

    Before their first day they count in none, but as lines without a day, which stay so. What has
    no end counts every year: the last year here stands for all later ones.
    """
    on = asked.on
    days = shifts_of(asked.people, records.settings, on).days.values()
    first = min([on.year, *(day.year for day in days)])
    last = _last_year(records, asked)
    told = {*range(max(first, on.year - _LONGEST), on.year + 1)}
    later = date(last, 12, 31)
    ahead = range(on.year, last + 1)
    return [*((on, year) for year in sorted(told)), *((later, year) for year in ahead)]


def _last_year(records: Records, asked: Asked) -> int:
    """The year that later ones are as: nothing of these lines begins or ends any more."""
    days = shifts_of(asked.people, records.settings, asked.on).days.values()
    known = [day.year + 1 for day in days if day.year < asked.on.year + _LONGEST]
    return max(asked.on.year + _AHEAD, gone_of(records.memory).last, *known)


def _names(records: Records, asked: Asked) -> Mapping[tuple[str, int], str]:
    """Whose each line is, by sheet and row."""
    tables = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    sheets = {table.spec.table: table.sheet for table in tables}
    assert len(sheets) == len(DATA_TABLES)
    return {
        (sheets[spec.table], row.row): person.name
        for person in asked.people
        for spec, rows in tables_of(person)
        for row in rows
    }


def _others(records: Records) -> tuple[MemoryRow, ...]:
    """What stays as it is; prints of the lines of people who go do not."""
    return tuple(row for row in records.memory if row.sort not in (GONE, LINES))


def _gone(records: Records, found: Sequence[Difference], whens: Sequence[When], on: date) -> Gone:
    """All that is to be added: what these differences say, and what years not counted here had."""
    old = gone_of(records.memory)
    counted = {year for day, year in whens if day == on}
    years: dict[int, GoneYear] = {y: one for y, one in old.years.items() if y not in counted}
    years.update(to_add(found, on))
    return Gone(years, max(year for _, year in whens) if years else 0)


def _is_expected(one: Difference, records: Records) -> bool:
    """Whether what goes from the lines, and no date, may be why a number differs."""
    label = next(iter(one.labels.values()), "")
    if one.holder in _EXPECTED or (one.holder, label or one.part) in _EXPECTED_PARTS:
        return True
    if (one.holder, one.part) == ("*advisors", "Minutes"):
        return True
    heading = one.holder[1:]
    return heading in records.settings.breakdowns and field_of(heading) not in _OF_DAYS
