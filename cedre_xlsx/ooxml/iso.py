"""Dates, times and lengths as ISO 8601 writes them: in OpenDocument, and in some `.xlsx`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_MOMENT = re.compile(
    r"^(?:(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2}))?"
    r"(?:(?:^|(?<=[0-9]))[T ]?(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]*)?)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_LENGTH = re.compile(
    r"^(?P<minus>-?)P(?:(?P<days>[0-9]{1,7})D)?(?:T(?:(?P<hours>[0-9]{1,7})H)?"
    r"(?:(?P<minutes>[0-9]{1,9})M)?(?:(?P<seconds>[0-9]{1,9})(?:[.,][0-9]*)?S)?)?$"
)
_DAY = timedelta(days=1)


@lru_cache(maxsize=16384)
def moment(text: str) -> date | datetime | time | None:
    """The date, with its time unless it is midnight, or the time; None when it is neither.

    A zone says where the clock hung, which nobody typed: the time on it is kept.
    """
    found = _MOMENT.match(text.strip())
    if found is None:
        return None
    parts = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    try:
        clock = time(parts.get("hour", 0), parts.get("minute", 0), parts.get("second", 0))
        if "year" not in parts:
            return clock if "hour" in parts else None
        day = date(parts["year"], parts["month"], parts["day"])
    except ValueError:
        return None
    return datetime.combine(day, clock) if clock != time() else day


def length(text: str) -> time | timedelta | None:
    """The length of time, a time of day when it is one; None when it is none."""
    found = _LENGTH.match(text.strip())
    if found is None or text.strip().endswith(("P", "T")):
        return None
    parts = {name: int(found[name] or 0) for name in ("days", "hours", "minutes", "seconds")}
    return as_clock(timedelta(**parts) * (-1 if found["minus"] else 1))


def as_clock(span: timedelta) -> time | timedelta:
    """Less than a day as a time of day, which is how spreadsheets keep it."""
    if not timedelta(0) <= span < _DAY:
        return span
    minutes, seconds = divmod(span.seconds, 60)
    return time(*divmod(minutes, 60), seconds)
