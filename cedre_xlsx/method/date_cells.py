"""What a cell of one date says: the day, or why there is none and which one is proposed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from cedre_xlsx.method.dates import (
    WEEKDAYS,
    FoundDate,
    NoDate,
    aligned,
    beside,
    clean,
    find_dates,
    weekday_before,
)
from cedre_xlsx.method.grammar.situations import NEARLY, NEGATED, VAGUE
from cedre_xlsx.method.grammar.slips import left_over, slip, without_dates


@dataclass(frozen=True, slots=True)
class ReadDate:
    """What a cell of one date says: the day, or why there is none; what else is typed.

    `part` is what of the text is at fault, `proposed` the day that is probably meant.
    """

    day: date | None
    fault: NoDate | None = None
    remark: str = ""
    part: str = ""
    proposed: date | None = None


#: Before a date, the first of two days of its month: "du 12 au 15 mai", "12-13 mai".
_FIRST_DAY = re.compile(r"(?:^|(?<=[ (]))([0-9]{1,2})(?:er)?(?: (?:au|et|&) |(?P<dash>-))$")
#: Before a date, another day that it may be as well: "5 ou 6/10/2026", "5/6 octobre".
_OTHER_DAY = re.compile(r"(?:^|(?<=[ (]))[0-9]{1,2}(?:er)?(?: ou |/|-)(?:le )?$")
_BETWEEN = re.compile(r"[^a-z]*")
#: What nothing can make unclear: a date alone, or with a remark that has no figure and no doubt.
WHOLE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}")
ORDINARY = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}(?: (?!report|repouss|decal|déc|à)[^\W0-9][^0-9?]*)?",
    re.ASCII,
)
#: Between two dates, what makes one stretch of them, of which the first is that of the line.
_UNTIL = re.compile(r" ?\(?(?:jusqu'au|au|a) (?:le )?")
#: Between two dates, words that give the second no part of its own: it may be the day as well.
_NO_PART = re.compile(
    r"(?:[^a-z]|\b(?:et|ou|puis|le|la|du|au|sinon|report\w*|repouss\w*|decal\w*)\b)*"
)
_MOVED = re.compile(r"\b(?:report|repouss|decal)")
_PUT_OFF = re.compile(r" ?\(?(?:->|→|=>|:)? ?(?:report|repouss|decal)")
#: How far before the lines beside it, and after, a day without its year is surely of their time.
_BEFORE, _AFTER = timedelta(days=122), timedelta(days=92)


@lru_cache(maxsize=65536)
def read_date(
    text: str,
    on: date,
    after: date | None = None,
    *,
    first: bool = False,
    near: tuple[date, ...] = (),
) -> ReadDate:
    """The date of a cell that holds one, with what is typed beside it.

    `after` is the date of the row, from which a day without a year counts. With `first`, the cell
    is that date itself, and may have a remark; a day without a year is then the one nearest to
    `near`, the days of the lines beside it, and never later than `on`.
    """
    tidy = clean(text)
    found = find_dates(tidy)
    if len(found) == 1 and (ORDINARY if first else WHOLE).fullmatch(tidy):
        day = found[0].on_calendar(on)
        if isinstance(day, date):
            return ReadDate(day, None, beside(tidy, found[0]))
    broken = slip(tidy)
    if broken and not (first and found and _stands_before(tidy, found[0], broken[0])):
        return _slipped(broken, on, after, first=first)
    if not found:
        return ReadDate(None, NoDate.UNCLEAR)
    rest = without_dates(aligned(tidy), found)
    if first and (begins := _first_day(tidy, found[0])):
        found = (begins, *found[1:])
    day = _one_day(tidy, found, on, after, near, first=first)
    if isinstance(day, NoDate):
        unreal = day in (NoDate.IMPOSSIBLE, NoDate.IMPLAUSIBLE)
        proposed = None if unreal else _nearest(found[0], on)
        return ReadDate(None, day, proposed=proposed)
    doubt = _doubt(tidy, rest, found[0], first=first)
    if doubt is not None:
        return replace(doubt, proposed=day)
    yearless = day if found[0].year is None else None
    return ReadDate(day, None, beside(tidy, found[0]), proposed=yearless)


def _one_day(
    text: str,
    found: tuple[FoundDate, ...],
    on: date,
    after: date | None,
    near: tuple[date, ...],
    *,
    first: bool,
) -> date | NoDate:
    """The day of the cell; with `first` that of its first date."""
    plain = aligned(text)
    days = {_day(text, one, on, after) for one in found}
    begins = _first_day(text, found[0])
    if begins is None or _OTHER_DAY.search(plain[: found[0].start]):
        return NoDate.SEVERAL
    if not first:
        if len(days) > 1 or begins != found[0]:
            return NoDate.SEVERAL
        return _day(text, found[0], on, after)
    if _PUT_OFF.match(plain, found[0].end):
        return NoDate.SEVERAL if len(found) > 1 else NoDate.PUT_OFF
    if len({(one.day, one.month) for one in found}) > 1 and _is_second_day(plain, *found[:2]):
        return NoDate.SEVERAL
    day = _day(text, found[0], on, after)
    if day is NoDate.NO_YEAR and len(found) == 1:
        return _among_lines(found[0], on, near)
    return day


def _is_second_day(plain: str, one: FoundDate, other: FoundDate) -> bool:
    """Whether nothing says that another date is of the remark: "05/10/26 et 12/10/26"."""
    between = plain[one.end : other.start]
    if _MOVED.search(between):
        return True
    return not _UNTIL.fullmatch(between) and _NO_PART.fullmatch(between) is not None


def _among_lines(found: FoundDate, on: date, near: tuple[date, ...]) -> date | NoDate:
    """A day without its year, as the lines beside it date it: it stays the same next year."""
    years = {anchor.year + shift for anchor in near for shift in (-1, 0, 1)}
    known = (replace(found, year=year, short_year=False).on_calendar(on) for year in years)
    days = {
        day
        for day in known
        if isinstance(day, date) and any(-_BEFORE <= day - anchor <= _AFTER for anchor in near)
    }
    day = days.pop() if len(days) == 1 else None
    return day if day is not None and day <= on else NoDate.NO_YEAR


def _doubt(text: str, rest: str, found: FoundDate, *, first: bool) -> ReadDate | None:
    """What stands around a date and makes it uncertain."""
    before = aligned(text[: found.start])
    part = left_over(rest, days_too=False)
    if part and (not first or _beside(rest, found, part)):
        return ReadDate(None, NoDate.NO_ROLE, part=part)
    if ("?" in rest and _beside(rest, found, "?")) or VAGUE.search(before):
        return ReadDate(None, NoDate.VAGUE)
    if NEARLY.search(before) or (not first and ("?" in rest or NEGATED.search(rest))):
        return ReadDate(None, NoDate.NOT_A_DAY)
    return None


def _slipped(
    broken: tuple[str, str], on: date, after: date | None, *, first: bool
) -> ReadDate:  # fmt: skip
    part, meant = broken
    mended = ReadDate(None) if slip(meant) else read_date(meant, on, after, first=first)
    proposed = mended.day or mended.proposed
    if mended.fault is NoDate.NO_YEAR:  # the year is where the slip was
        proposed = _nearest(find_dates(clean(meant))[0], on)
    return ReadDate(None, NoDate.SLIP, part=part, proposed=proposed)


def _stands_before(text: str, found: FoundDate, part: str) -> bool:
    """Whether the date is whole, and the slip is further on, in its remark."""
    return text.index(part) > found.end and found.year is not None


def _beside(rest: str, found: FoundDate, part: str) -> bool:
    """Whether nothing but signs stands between a date and a number."""
    start = rest.index(part)
    between = rest[found.end : start] or rest[start + len(part) : found.start]
    return _BETWEEN.fullmatch(between) is not None


def _day(text: str, found: FoundDate, on: date, after: date | None) -> date | NoDate:
    """The day of a date, which must be the day of the week that is typed before it.

    That day of the week makes up for a year that lacks, when the nearest such date has it.
    """
    named = weekday_before(aligned(text), found.start)
    day = found.on_calendar(on, after)
    if named is None or found.year is not None:  # of a date with its year, a rule says it
        return day
    near = _nearest(found, on) if day is NoDate.NO_YEAR else day
    if not isinstance(near, date):
        return day
    return near if WEEKDAYS[near.weekday()].startswith(named["day"]) else NoDate.WEEKDAY


def _nearest(found: FoundDate, on: date) -> date | None:
    """The date without its year: the last such day on or before the day of the count."""
    if found.year is not None:
        day = found.on_calendar(on)
        if day is not NoDate.IMPLAUSIBLE:
            return day if isinstance(day, date) else None
    near = []
    for year in (on.year - 1, on.year):
        day = replace(found, year=year, short_year=False).on_calendar(on)
        near += [day] if isinstance(day, date) and day <= on else []
    return max(near, default=None)


def _first_day(text: str, found: FoundDate) -> FoundDate | None:
    """The first day where the date is the last one of several: "du 12 au 15 mai 2026".

    None where it is not before the last one: "du 28 au 3 mai".
    """
    match = _FIRST_DAY.search(aligned(text[: found.start]))
    in_words = any(char.isalpha() for char in text[found.start : found.end])
    if match is None or (match["dash"] and not in_words):
        return found
    if not 0 < int(match[1]) < found.day:
        return None
    return replace(found, start=match.start(1), end=match.end(1), day=int(match[1]))
