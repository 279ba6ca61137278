"""Whose data are kept too long, who will be soon, who is spared and why: values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.records import Person
from cedre_xlsx.schema.retention import Trace


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is spared, or has to be looked at, and the cell that says it.

    `until` is the last day on which it holds, None where it has no end; `to_correct` says that the
    cell itself is not as it should be.
    """

    text: str
    place: Place
    until: date | None = None
    to_correct: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose time is over `since` that day; nothing spares them.

    `is_still_active` says that no exit is noted: as an anonymous line they would go on counting.
    """

    person: Person = field(repr=False)
    since: date
    last: Trace
    is_still_active: bool = False


@dataclass(frozen=True, slots=True)
class Soon:
    """Somebody whose time will be over on that `day`, if nothing happens until then."""

    person: Person = field(repr=False)
    day: date
    last: Trace


@dataclass(frozen=True, slots=True)
class Spared:
    """Somebody whose time is over since that day, or will be, and who is kept for these reasons."""

    person: Person = field(repr=False)
    since: date
    last: Trace
    reasons: tuple[Reason, ...]

    @property
    def until(self) -> date | None:
        """The last day on which something spares them; None where it has no end."""
        days = [reason.until for reason in self.reasons]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Somebody of whom it cannot be said: what is not clear, each with its cell.

    They are neither due nor forgotten: nothing is erased before it is cleared up.
    """

    person: Person = field(repr=False)
    doubts: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """Everybody of a workbook whose time is over, will be soon, or would be.

    `months` is how long the structure keeps what it knows (Paramètres), `on` the day of the count;
    `unplaced` is how many lines are nobody's of Personnes: one of them may be a recent contact.
    """

    on: date
    months: int
    due: tuple[Due, ...] = ()
    soon: tuple[Soon, ...] = ()
    spared: tuple[Spared, ...] = ()
    to_check: tuple[ToCheck, ...] = ()
    unplaced: int = 0

    @property
    def told(self) -> Iterator[Due | Soon]:
        """Whom the letter is for: those who are due, then those who soon will be."""
        yield from self.due
        yield from self.soon


def where(place: Place) -> str:
    """A place as a reader looks for it: Suivi!B12, or the sheet and its row."""
    if place.cell:
        return place.address
    return f"{place.sheet}, ligne {place.row}" if place.row else place.sheet
