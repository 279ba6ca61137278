"""The control totals: what is open on the last night of the year, counted in any workbook.

Counted from the lines alone, whatever is said to be carried: in the old workbook and in the new one
they must be the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cedre_xlsx.method.anonymous import is_anonymous
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.memory import COUNT, OPENING, PRINT, MemoryRow
from cedre_xlsx.schema.records import Person, Records


@dataclass(frozen=True, slots=True)
class Total:
    """How many lines there are of one kind; `print` is a number that other lines do not give."""

    id: str
    one: str
    several: str
    count: int
    print: int

    def told(self, count: int | None = None) -> str:
        """The number with what it counts: "54 personnes ouvertes"."""
        number = self.count if count is None else count
        return f"{number} {self.one if number == 1 else self.several}"


def totals_of(records: Records, year: int) -> tuple[Total, ...]:
    """The totals of the night before 1 January of a year."""
    night = _Night(records, date(year, 1, 1) - timedelta(days=1))
    return tuple(
        Total(identifier, one, several, len(lines), _print(lines))
        for identifier, one, several, count in _TOTALS
        for lines in [sorted(count(night))]
    )


def agreed_line(old: Total, new: Total) -> str:
    """Both sides in one line: "54 personnes ouvertes au 31/12 = 54 au 01/01"."""
    return f"{old.told()} au 31/12 {'=' if old == new else '≠'} {new.count} au 01/01"


def total_rows(totals: Iterable[Total], year: int) -> Iterator[MemoryRow]:
    """What *Mémoire* keeps of them."""
    for total in totals:
        for part, number in ((COUNT, total.count), (PRINT, total.print)):
            yield MemoryRow(
                row=0, sort=OPENING, year=year, holder=total.id, part=part, number=str(number)
            )


def kept_totals(rows: Sequence[MemoryRow], year: int) -> Mapping[tuple[str, str], int]:
    """The numbers that were kept when a year began, by total and part."""
    return {
        (row.holder, row.part): int(row.number)
        for row in rows
        if row.sort == OPENING and row.year == year and row.number.isdecimal()
    }


def opened_years(rows: Sequence[MemoryRow]) -> tuple[int, ...]:
    """The years that this workbook was begun for, those before it included."""
    return tuple(sorted({row.year for row in rows if row.sort == OPENING}))


class _Night:
    """The lines of a workbook on one night."""

    def __init__(self, records: Records, last: date) -> None:
        self._records = records
        self._last = last

    def people(self) -> Iterator[str]:
        for name, person in self._records.persons.items():
            if self._is_there(person):
                yield name_key(name)

    def _is_there(self, person: Person) -> bool:
        """Whether one pathway goes on past the night."""
        return any(
            row.is_active(self._last) and (row.exited is None or row.exited > self._last)
            for row in person.pathways
        )

    def _is_not_gone(self, person: Person) -> bool:
        return any(row.exited is None or row.exited > self._last for row in person.pathways)

    def _whose(self, typed: str, *, followed: bool) -> str | None:
        """The key of a line's person; None where the line is not counted."""
        name = self._records.canonical_name(typed) if typed else None
        if name is None:
            return name_key(typed)
        person = self._records.persons[name]
        if (followed or is_anonymous(name)) and not self._is_not_gone(person):
            return None
        return name_key(name)

    def engagements(self) -> Iterator[str]:
        for row in self._records.engagements.rows:
            whose = self._whose(row.person, followed=False)
            if whose is not None and row.is_open(self._last):
                yield f"{whose}|{row.key}"

    def actions(self) -> Iterator[str]:
        for row in self._records.follow_ups.rows:
            whose = self._whose(row.person, followed=True)
            is_due = row.day is None or row.day <= self._last
            if whose is not None and is_due and row.is_open(self._last):
                yield f"{whose}|{row.key}"

    def missions(self) -> Iterator[str]:
        for row in self._records.missions.rows:
            whose = self._whose(row.person, followed=False)
            is_begun = row.start is not None and row.start <= self._last
            if whose is not None and is_begun and (row.end is None or row.end > self._last):
                yield f"{whose}|{row.key}"

    def barriers(self) -> Iterator[str]:
        for row in self._records.barriers.rows:
            whose = self._whose(row.person, followed=True)
            is_known = row.identified is None or row.identified <= self._last
            if whose is not None and is_known and (row.lifted is None or row.lifted > self._last):
                yield f"{whose}|{row.key}"


def _print(lines: Sequence[str]) -> int:
    """A number of 48 bits that says which lines these are, and nothing of them."""
    return int(hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12], 16)


_TOTALS: tuple[tuple[str, str, str, Callable[[_Night], Iterator[str]]], ...] = (
    ("people", "personne ouverte", "personnes ouvertes", _Night.people),
    ("engagements", "engagement ouvert", "engagements ouverts", _Night.engagements),
    ("actions", "action à faire", "actions à faire", _Night.actions),
    ("missions", "mission en cours", "missions en cours", _Night.missions),
    ("barriers", "frein non levé", "freins non levés", _Night.barriers),
)
