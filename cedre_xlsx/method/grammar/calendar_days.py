"""Days of the calendar, counted from a row: ends of months, of quarters, of weeks."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from cedre_xlsx.method.dates import SHORTLY, NoDate, nearest_century
from cedre_xlsx.method.days import add_months

#: Days of a month where its beginning ends, and its middle.
BEGINNING, MIDDLE = 10, 15


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def later(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


def monday(day: date) -> date:
    """The first day of the week of a day."""
    return later(day, -day.weekday())


def sunday(day: date, weeks: int) -> date:
    """The end of the week of a day, so many weeks later."""
    return later(day, 6 - day.weekday() + 7 * weeks)


def weekday_after(day: date, rank: int, weeks: int = 0) -> date:
    """The first Monday, Tuesday… after a day, so many weeks later."""
    return later(day, (rank - day.weekday() - 1) % 7 + 1 + 7 * weeks)


def part_of_month(day: date, part: str) -> date:
    """Where a part of the month of a day ends: its beginning, its middle, its end."""
    if part == "debut":
        return day.replace(day=BEGINNING)
    if part in ("mi", "milieu"):
        return day.replace(day=MIDDLE)
    return last_of_month(day.year, day.month)


def first_of_month(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def first_of_months(end: date, months: int) -> date:
    """The first day of so many months, the last of which is that of a day."""
    return first_of_month(add_months(end, 1 - months))


def first_of_part(end: date, *, is_part: bool) -> date:
    """The first day of the month that ends on a day, or of its part: "fin octobre (28/10)"."""
    first = first_of_months(end, 1)
    return max(first, later(end, -BEGINNING)) if is_part else first


def next_month(day: date) -> date:
    """The first of the next month."""
    return add_months(first_of_month(day), 1)


def end_of_next(day: date, months: int, stretches: int = 1) -> date:
    """The end of the next quarter, half-year or year: of so many stretches of months further."""
    last = add_months(
        day.replace(month=1), ((day.month - 1) // months + stretches + 1) * months - 1
    )
    return last_of_month(last.year, last.month)


def day_of_month(row_day: date, number: int) -> date | NoDate:
    """The first such day of a month on or after the date of the row."""
    if number < 1:
        return NoDate.IMPOSSIBLE
    this = first_of_month(row_day)
    for month in (this, next_month(this), next_month(next_month(this))):
        if number <= last_of_month(month.year, month.month).day:
            found = month.replace(day=number)
            if found >= row_day:
                return found
    return NoDate.IMPOSSIBLE


def typed_year(text: str | None, on: date) -> int | None:
    """The year that was typed, of two digits or four."""
    if not text:
        return None
    digits = text.lstrip("'")
    return nearest_century(int(digits), on) if len(digits) == 2 else int(digits)


def yearly(
    end: Callable[[int], date], typed: str | None, row_day: date | None, on: date
) -> date | NoDate | None:
    """The end in the year typed, else the first one on or after the date of the row.

    One shortly before that date may be meant as well: NoDate.PAST.
    """
    year = typed_year(typed, on)
    if year is not None:
        return _in_year(end, year) or NoDate.IMPOSSIBLE
    if row_day is None:
        return None
    ends = [_in_year(end, row_day.year + shift) for shift in (-1, 0, 1, 2)]
    days = [day for day in ends if day is not None]
    after = next((day for day in days if day >= row_day), None)
    passed = any(row_day - SHORTLY <= day < row_day for day in days)
    return NoDate.PAST if passed else after or NoDate.IMPOSSIBLE


def _in_year(end: Callable[[int], date], year: int) -> date | None:
    """The end in a year; None in a year without it, as one of 52 weeks."""
    try:
        return end(year)
    except ValueError:
        return None
