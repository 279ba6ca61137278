"""The rules of the PASS IAE, read from the dated table beside this module, `pass_rules.toml`.

Nothing here has a number of its own: lengths, windows, ceilings and grounds are in the table, with
their day and their source, for the State changes them.
"""

from __future__ import annotations

import tomllib
from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.vocabulary import StructureKind

_ONE = timedelta(days=1)
_DAYS_A_YEAR = 365  # as the ceilings count them: 1,095 days are three years


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Months(_Model):
    """A number of months, and the first day on which it holds (None: from the beginning)."""

    months: int
    since: date = date.min


class Suspension(_Model):
    """The limits of a suspension, as the table has them."""

    longest_months: int
    back_dated_days: int
    closing_months: int


class Ground(_Model):
    """One ground of a prolongation, as the table explains it; None and empty: not asked for."""

    label: str
    short: str
    one_request_days: int
    prescriber_agrees: bool
    ceiling_days: int | None = None
    until: str = ""
    kinds: tuple[StructureKind, ...] = ()
    age: int | None = None
    disability: bool = False
    asks_more: bool = False


class Window(NamedTuple):
    """The days on which a prolongation may be asked for, both included."""

    first: date
    last: date


class PassRules(_Model):
    """The whole table; its fields are explained in the file."""

    dated: date
    source: str
    check_at: str
    remark: str
    good_for_months: int
    length_days: int
    years_before_another: int
    diagnosis_days: int
    before_end: tuple[Months, ...]
    after_end: tuple[Months, ...]
    suspension: Suspension
    grounds: tuple[Ground, ...]

    @property
    def old_from(self) -> date:
        """The first day on which these rules may well have changed."""
        return add_months(self.dated, self.good_for_months) + _ONE

    def is_old(self, on: date) -> bool:
        """Whether that day is such a day."""
        return on >= self.old_from

    def window(self, end: date, on: date) -> Window | None:
        """The window that is open on a day for a PASS of this end; None where none is.

        Months are calendar months: 12 months before 15 March is 15 March of the year before, and
        where the month has no such day it is its last one: six months after 31 August is the end of
        February. Both days are in the window. Where the rule changed meanwhile, the window opened
        when it did by the rule of that day: with 12 months from October on, that of a PASS which
        had nine months left then opened in October.
        """
        return next((one for one in self._windows(end) if one.first <= on <= one.last), None)

    def _windows(self, end: date) -> Iterator[Window]:
        """The windows of a PASS, in order; more than one only where a longer delay came after the
        shorter one had ended.
        """
        found: Window | None = None
        for first, last in self._ages():
            opens = add_months(end, -_that_day(self.before_end, first))
            closes = add_months(end, _that_day(self.after_end, first))
            part = Window(max(first, opens), min(last, closes))
            if part.first > part.last:
                continue
            if found is not None and found.last + _ONE == part.first:
                found = Window(found.first, part.last)
                continue
            if found is not None:
                yield found
            found = part
        if found is not None:
            yield found

    def _ages(self) -> Iterator[Window]:
        """The times between two changes of the rules."""
        days = sorted({one.since for one in (*self.before_end, *self.after_end)})
        for first, following in zip(days, (*days[1:], None), strict=True):
            yield Window(first, following - _ONE if following else date.max)

    def beyond(self, start: date, end: date) -> int:
        """How many days a PASS lasts beyond its own length: prolonged, or suspended.

        Both days are its own. A calendar year is 365 days, as for the ceilings: a 29 February is
        not counted, neither of the two years that were given, nor of a year of prolongation. 0 for
        one that was closed early.
        """
        days = (end - start).days + 1 - _leap_days(start, end)
        return max(days - self.length_days, 0)

    def years_in_all(self, ground: Ground) -> int | None:
        """The years of the PASS itself and of the ceiling of a ground; None without a ceiling."""
        if ground.ceiling_days is None:
            return None
        return (self.length_days + ground.ceiling_days) // _DAYS_A_YEAR

    def may_be_closed(self, on: date, until: date, known_active: Iterable[date]) -> bool:
        """Whether a PASS that is suspended up to a day may have been for so long, on a day, that
        the structure may close it.

        The beginning of the suspension is not known: it is after each day of `known_active`, on
        which the PASS was surely not suspended, and a suspension has a greatest length. False when
        these leave less than the twelve months, or when it is not suspended that day.
        """
        longest = add_months(until + _ONE, -self.suspension.longest_months)
        earliest = max([longest, *(day + _ONE for day in known_active)])
        return on <= until and earliest <= self.closing_from(on)

    def closing_from(self, on: date) -> date:
        """The latest first day of a suspension that has lasted, on a day, its twelve months."""
        return add_months(on, -self.suspension.closing_months)


def _leap_days(start: date, end: date) -> int:
    """How many 29 February there are from a day to another, both included."""
    return sum(
        start <= date(year, 2, 29) <= end
        for year in range(start.year, end.year + 1)
        if isleap(year)
    )


def _that_day(known: Sequence[Months], day: date) -> int:
    """The months that hold on a day."""
    return max((one for one in known if one.since <= day), key=lambda one: one.since).months


@cache
def pass_rules() -> PassRules:
    """The table that comes with the tool."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return PassRules.model_validate(tomllib.loads(text))
