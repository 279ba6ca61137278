"""What stands in the text of a deadline: its dates, its expressions, and what neither explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cedre_xlsx.method.dates import FoundDate, NoDate, find_dates, weekday_after, weekday_before
from cedre_xlsx.method.grammar import situations as said
from cedre_xlsx.method.grammar.delays import DELAYS, HOURS_A_DAY
from cedre_xlsx.method.grammar.expression import Found, Sort, blanked, find
from cedre_xlsx.method.grammar.periods import PERIODS
from cedre_xlsx.method.grammar.slips import without_dates, without_hours
from cedre_xlsx.method.grammar.words import number

TABLE = (*PERIODS, *DELAYS)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day meant somewhere in the text, or why there is none."""

    start: int
    day: date | NoDate


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with what was found in it; `rest` is what no date and no expression explains."""

    tidy: str
    plain: str
    dates: tuple[FoundDate, ...]
    found: tuple[Found, ...]
    rest: str
    moved: bool


@lru_cache(maxsize=16384)
def parse(tidy: str, plain: str) -> Parsed:
    """What stands in a text, `plain` being `aligned`."""
    dates = find_dates(tidy)
    found, rest = find(TABLE, _without_dates(plain, dates))
    return Parsed(tidy, plain, dates, found, rest, bool(said.MOVED.search(plain)))


def _without_dates(plain: str, dates: tuple[FoundDate, ...]) -> str:
    """The text without its dates and the weekdays before them, so that "2 mai" is not "mai"."""
    for one in dates:
        named = weekday_before(plain, one.start)
        if named:
            plain = blanked(plain, named.start(), one.start)
        if named := weekday_after(plain, one.end):
            plain = blanked(plain, one.end, named.end())
    return without_dates(plain, dates)


def is_hour(found: Found) -> bool:
    """Whether a time found may be of the day beside it: "15/11 10h", but not "sous 48h"."""
    if found.sort is not Sort.AMOUNT or not found.match["unit"].startswith("h"):
        return False
    return number(found.match["count"]) < HOURS_A_DAY


def skeleton_of(parsed: Parsed) -> str:
    """The text with what was found blank, but for the hours of the day beside it."""
    plain = _without_dates(parsed.plain, parsed.dates)
    beside_hours = [one for one in parsed.found if not is_hour(one)]
    for one in beside_hours if beside_hours or parsed.dates else parsed.found:
        plain = blanked(plain, one.start, one.end)
    return without_hours(plain)
