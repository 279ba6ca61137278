"""Hours of work spread over the days of a mission."""

from __future__ import annotations

from datetime import date

_DAYS_A_WEEK = 7


def hours_between(
    start: date | None,
    end: date | None,
    hours: float | None,
    weekly_hours: float | None,
    first: date,
    last: date,
    on: date,
) -> float:
    """The hours of a mission that fall from `first` to `last`, both days included.

    A mission's `hours` are spread evenly over its days, from `start` to `end`, or to `on` (the
    date of the count) while it has no end; without a total, `weekly_hours` are spread over the
    seven days of each week. 0 when dates or hours are missing, or the dates are reversed.
    """
    if start is None:
        return 0.0
    end = end or on
    length = _days(start, end)
    if length == 0:
        return 0.0
    inside = _days(max(start, first), min(end, last))
    if hours is not None:
        return hours * inside / length
    return (weekly_hours or 0.0) * inside / _DAYS_A_WEEK


def _days(first: date, last: date) -> int:
    """How many days from one to the other, both included; 0 when reversed."""
    return max((last - first).days + 1, 0)
