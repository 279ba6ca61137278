"""Whose time is over: who has to be made anonymous, who soon, who is spared, who is not clear."""

from __future__ import annotations

from datetime import date, timedelta

from cedre_xlsx.method.anonymous import is_anonymous
from cedre_xlsx.privacy.doubts import Unplaced, doubts_of, unclear_dates
from cedre_xlsx.privacy.model import Due, Reason, Retention, Soon, Spared, ToCheck
from cedre_xlsx.privacy.reasons import reasons_of
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.retention import (
    Trace,
    first_day_over,
    goes_on,
    last_trace,
    place_of,
)

#: How many days ahead somebody is told that their time will be over.
NOTICE_DAYS = 60


def whose_time_is_over(records: Records, on: date) -> Retention:
    """Everybody whose last trace is too old on that day, or will be within `NOTICE_DAYS`.

    The law is that of `schema.retention`, which DCP05 follows too. Lines that are anonymous
    already are left aside.
    """
    count = _Count(records, on)
    for person in records.persons.values():
        if not is_anonymous(person.name):
            count.add(person)
    return count.retention()


class _Count:
    """Puts each person where they belong."""

    def __init__(self, records: Records, on: date) -> None:
        self._records, self._on = records, on
        self._months = records.settings.retention_months
        self._horizon = on + timedelta(days=NOTICE_DAYS)
        self._unplaced = Unplaced(records, self._months, on)
        self._due: list[Due] = []
        self._soon: list[Soon] = []
        self._spared: list[Spared] = []
        self._to_check: list[ToCheck] = []

    def add(self, person: Person) -> None:
        """One person, in one place at most."""
        last = last_trace(self._records, person, self._on, under_way=False)
        if last is None:
            self._add_dateless(person)
            return
        over = first_day_over(last.day, self._months)
        if over > self._horizon:
            return
        doubts = (
            *doubts_of(self._records, person, last, self._on),
            *self._unplaced.doubts(person),
        )
        reasons = tuple(reasons_of(self._records, person, max(over, self._on)))
        if doubts:
            self._to_check.append(ToCheck(person, doubts))
        elif reasons:
            self._spared.append(Spared(person, over, last, reasons))
        elif over <= self._on:
            self._due.append(self._overdue(person, over, last))
        else:
            self._soon.append(Soon(person, over, last))

    def retention(self) -> Retention:
        """What was found: the oldest first, names apart by their day."""
        return Retention(
            on=self._on,
            months=self._months,
            due=tuple(sorted(self._due, key=lambda one: one.since)),
            soon=tuple(sorted(self._soon, key=lambda one: one.day)),
            spared=tuple(sorted(self._spared, key=lambda one: one.since)),
            to_check=tuple(self._to_check),
            unplaced=self._unplaced.count,
        )

    def _add_dateless(self, person: Person) -> None:
        """Someone without a day that has come: to look at, but where a mission goes on."""
        if any(row.start is not None and goes_on(row, self._on) for row in person.missions):
            return
        doubts = tuple(unclear_dates(self._records, person, self._on))
        place = place_of(self._records, person.latest, "registered")
        self._to_check.append(
            ToCheck(person, doubts or (Reason("aucune date, dans aucune feuille", place),))
        )

    def _overdue(self, person: Person, since: date, last: Trace) -> Due:
        return Due(person, since, last, person.pathway_on(self._on) is not None)
