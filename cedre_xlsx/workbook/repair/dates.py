"""A date typed as text, where nothing else is typed and its year is beyond doubt."""

from __future__ import annotations

import re
from datetime import date

from cedre_xlsx.method.dates import WEEKDAYS, aligned, clean, find_dates

_DAYS = "|".join((*WEEKDAYS, *(f"{name[:3]}\\.?" for name in WEEKDAYS)))
_BEFORE = re.compile(rf"(?:le )?(?:(?P<weekday>{_DAYS})[ ,]*)?(?:le )?")
_AFTER = re.compile(r"(?:[t ]*00[:h]00(?::00(?:\.0+)?)?z?)?[ .,;]*")
#: A year of two digits is of the century nearest to the day: further away, it may be another.
_SURE_YEARS = 30


def whole_date(cell: str, on: date) -> date | None:
    """The day of a text that holds one date with its year, and nothing else that says anything."""
    text = clean(cell)
    found = find_dates(text)
    if len(found) != 1 or found[0].year is None:
        return None
    day = found[0].on_calendar(on)
    before = _BEFORE.fullmatch(aligned(text[: found[0].start]))
    if not isinstance(day, date) or before is None:
        return None
    if not _AFTER.fullmatch(aligned(text[found[0].end :])):
        return None
    if found[0].short_year and abs(day.year - on.year) > _SURE_YEARS:
        return None
    weekday = before["weekday"]
    if weekday and not WEEKDAYS[day.weekday()].startswith(weekday.rstrip(".")):
        return None
    return day
