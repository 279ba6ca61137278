"""Échéances as people type them: a date in a text, a delay, a condition (exemples n°4 and 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from cedre_xlsx.method.date_cells import WHOLE
from cedre_xlsx.method.dates import SHORTLY, NoDate, aligned, beside, clean, find_dates
from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.deadline_dates import (
    agree,
    days_of_dates,
    is_open_choice,
    says_the_same,
    whole_weeks,
)
from cedre_xlsx.method.deadline_parts import Moment, Parsed, is_hour, parse, skeleton_of
from cedre_xlsx.method.grammar import situations as said
from cedre_xlsx.method.grammar.expression import Found, Sort
from cedre_xlsx.method.grammar.residue import FOUND, HOUR, MOST_MONTHS, lasts, operator
from cedre_xlsx.method.grammar.slips import left_over, slip
from cedre_xlsx.method.values import Deadline

_SEVERAL = 2
_A_DAY = date.resolution


@dataclass(frozen=True, slots=True)
class ReadDeadline:
    """A deadline, and why it has no date where it should have one (None for a condition).

    `part` is what of the text is at fault, `proposed` the day that is probably meant.
    """

    deadline: Deadline
    fault: NoDate | None = None
    plain: bool = False  # the whole text is one date
    part: str = ""
    proposed: date | None = None
    or_else: date | None = None  # the other of two days that may be meant


@lru_cache(maxsize=65536)
def read_deadline(text: str, row_day: date | None, on: date) -> ReadDeadline:
    """What a typed deadline means.

    `row_day` is the date of its row, from which delays and days without a year count; `on`
    places two-digit years. A date wins over a delay; of several, the last one counts for what is
    late and the first one is what was agreed. A text with a part that nothing explains has a
    fault, never a date.
    """
    tidy = clean(text)
    undated = Deadline(text.strip(), None, None)
    if WHOLE.fullmatch(tidy) and (found := find_dates(tidy)):
        day = found[0].on_calendar(on)
        if isinstance(day, date):
            return ReadDeadline(_moved(undated.text, [day]), plain=True)
    if broken := slip(tidy):
        part, meant = broken
        mended = read_deadline(meant, row_day, on) if meant != tidy else None
        proposed = mended.deadline.day or mended.proposed if mended else None
        return ReadDeadline(undated, NoDate.SLIP, part=part, proposed=proposed)
    plain = aligned(tidy)
    if said.DONE.fullmatch(plain):
        return ReadDeadline(undated, NoDate.DONE)
    parsed = parse(tidy, plain)
    moments = _moments(parsed, row_day, on)
    if isinstance(moments, NoDate):
        return _faulty(parsed, moments, undated, row_day, on)
    if moments:
        return _read(parsed, moments, undated, row_day, on)
    if said.BEGINS.search(plain):
        return ReadDeadline(undated, NoDate.START)
    if said.SEASONS.search(plain) or said.NO_DATE_YET.search(plain):
        return ReadDeadline(undated, NoDate.UNCLEAR)
    if said.CONDITION.search(plain):
        return ReadDeadline(replace(undated, condition=True))
    return ReadDeadline(undated, NoDate.UNCLEAR)


def _read(
    parsed: Parsed, moments: list[Moment], undated: Deadline, row_day: date | None, on: date
) -> ReadDeadline:
    fault = next((one.day for one in moments if isinstance(one.day, NoDate)), None)
    if fault is not None:
        return _faulty(parsed, fault, undated, row_day, on)
    days = [one.day for one in moments if isinstance(one.day, date)]
    if doubt := _doubt(parsed, moments):
        return ReadDeadline(undated, doubt, proposed=days[-1])
    skeleton = skeleton_of(parsed)
    if changed := operator(skeleton, tuple(one.start for one in moments)):
        fault, start, end = changed
        part = _words(parsed.tidy, skeleton, start, end)
        return ReadDeadline(undated, fault, part=part, proposed=days[-1])
    if _lasts(parsed, skeleton):
        too_long = any(_is_too_long(one) for one in parsed.found)
        return ReadDeadline(undated, NoDate.LASTS, proposed=None if too_long else days[-1])
    if part := left_over(parsed.rest):
        return ReadDeadline(undated, NoDate.NO_ROLE, part=part, proposed=days[-1])
    return ReadDeadline(_moved(undated.text, days), plain=_is_one_date(parsed))


def _faulty(
    parsed: Parsed, fault: NoDate, undated: Deadline, row_day: date | None, on: date
) -> ReadDeadline:
    """Why there is no day, with the one that is probably meant, or both that may be."""
    if fault is NoDate.PAST and row_day is not None:
        before = _proposed(parsed, fault, row_day - SHORTLY, on)
        after = _proposed(parsed, fault, before + SHORTLY + _A_DAY, on) if before else None
        return ReadDeadline(undated, fault, proposed=before, or_else=after)
    unclear = [one.expression.means for one in parsed.found if one.sort is Sort.UNCLEAR]
    part = unclear[0] if unclear and fault is NoDate.UNCLEAR else ""
    return ReadDeadline(undated, fault, part=part, proposed=_proposed(parsed, fault, row_day, on))


def _words(tidy: str, skeleton: str, start: int, end: int) -> str:
    """What was typed there, without what was found."""
    return "".join(
        char for char, left in zip(tidy[start:end], skeleton[start:end], strict=True)
        if left not in (FOUND, HOUR)
    ).strip()  # fmt: skip


def _lasts(parsed: Parsed, skeleton: str) -> bool:
    """Whether the deadline is a time that nothing announces, among words that make it another."""
    if parsed.dates or any(one.sort is not Sort.AMOUNT for one in parsed.found):
        return False
    if any(_is_too_long(one) for one in parsed.found):
        return True
    if any(said.WITHIN.search(parsed.plain[: one.start]) for one in parsed.found):
        return False
    return lasts(skeleton)


def _is_too_long(time: Found) -> bool:
    day = time.day(date.min, date.min)
    return not isinstance(day, date) or day > add_months(date.min, MOST_MONTHS)


def _doubt(parsed: Parsed, moments: list[Moment]) -> NoDate | None:
    """What makes a day that was found uncertain."""
    rest, plain = parsed.rest, parsed.plain
    if (
        said.DOUBT.search(rest)
        or said.NEGATED.search(rest)
        or any(said.VAGUE.search(plain[: one.start]) for one in parsed.dates)
    ):
        return NoDate.VAGUE
    if said.DEPENDS.search(rest):
        return NoDate.DEPENDS
    if said.EITHER.search(rest):
        return NoDate.SEVERAL
    last = max(one.start for one in moments)
    return NoDate.PUT_OFF if said.PUT_OFF.search(rest, last) else None


def _moved(text: str, days: list[date]) -> Deadline:
    """The deadline that several days make; only a later day puts it off."""
    moves = sum(later > earlier for earlier, later in pairwise(days))
    return Deadline(text, days[-1], days[0], moves)


def _moments(parsed: Parsed, row_day: date | None, on: date) -> list[Moment] | NoDate:
    """The days that the deadline went through, in their order, or why there is none."""
    dates = days_of_dates(parsed, row_day, on)
    if isinstance(dates, NoDate):
        return dates
    unclear = next((one for one in parsed.found if one.sort is Sort.UNCLEAR), None)
    if unclear is not None and not dates:
        return NoDate.UNCLEAR
    if dates and not parsed.moved:
        if is_open_choice(parsed, dates):
            return NoDate.SEVERAL
        dates = whole_weeks(parsed, dates)
        return dates if agree(parsed, dates, row_day, on) else NoDate.SEVERAL
    if dates:
        return _moved_from(parsed, dates, row_day, on)
    return _undated(parsed, row_day, on)


def _moved_from(
    parsed: Parsed, dates: list[Moment], row_day: date | None, on: date
) -> list[Moment]:
    """The days of a deadline that was moved, in their order; a time counts from the date before."""
    moments: list[Moment] = []
    base = None
    typed: list[Moment | Found] = [*dates, *parsed.found]
    for one in sorted(typed, key=lambda one: one.start):
        if isinstance(one, Moment):
            moments.append(one)
            base = one.day if isinstance(one.day, date) else base
        elif one.sort not in (Sort.AMOUNT, Sort.DELAY):
            moments.append(Moment(one.start, one.day(base or row_day, on)))
        elif base is not None and _puts_off(parsed.plain, one):
            moments.append(Moment(one.start, one.day(base, on)))
    return moments


def _puts_off(plain: str, found: Found) -> bool:
    """Whether a time is by how much the deadline was moved: "reporté de 15 jours"."""
    return bool(re.search(r"\b(?:report|repouss|decal|prolong|prorog|recul)\w* (?:de|d'|a|"
                          r"au)[a-z ]*$",
                          plain[: found.start])) or found.sort is Sort.DELAY  # fmt: skip


def _undated(parsed: Parsed, row_day: date | None, on: date) -> list[Moment] | NoDate:
    """The days of a text without a date: its periods, else its days, else its delays."""
    plain, started = parsed.plain, False
    for sorts in ((Sort.PERIOD, Sort.DAY), (Sort.DELAY,), (Sort.AMOUNT,)):
        chosen = []
        for one in parsed.found:
            if one.sort not in sorts or said.EVERY.search(plain[: one.start]):
                continue
            if said.DONE_ON.search(plain[: one.start]):
                return NoDate.DONE
            if begun := said.START.search(plain[: one.start]):
                started = started or "apres" not in begun[0] or one.sort is not Sort.AMOUNT
            elif one.sort is not Sort.AMOUNT or _is_delay(parsed, one, row_day, on):
                chosen.append(one)
        if chosen:
            if said.PART_BEFORE.search(plain[: chosen[0].start]):
                return NoDate.UNCLEAR
            if _is_compound(parsed, chosen):
                return NoDate.SEVERAL
            if _is_contradicted(parsed, chosen[-1], row_day, on):
                return NoDate.SEVERAL
            return _several(parsed, chosen, row_day, on)
    if started and not said.CONDITION.search(re.sub(r"\bapres\b|\bdes l[ea]\b", "", plain)):
        return NoDate.START
    return []


def _is_contradicted(parsed: Parsed, chosen: Found, row_day: date | None, on: date) -> bool:
    """Whether a delay that is announced ends on another day: "T2 d'ici 3 mois", "demain lundi"."""
    day = chosen.day(row_day, on)
    if chosen.sort not in (Sort.PERIOD, Sort.DAY) or not isinstance(day, date):
        return False
    return any(
        not says_the_same(parsed, one, day, row_day, on)
        for one in parsed.found
        if _is_announced(parsed, one)
    )


def _is_announced(parsed: Parsed, found: Found) -> bool:
    """Whether a time beside a day is one to wait, and not of what was done or moved."""
    before = parsed.plain[: found.start]
    if found.sort is Sort.DELAY:
        return not parsed.moved and not said.DONE_ON.search(before)
    return found.sort is Sort.AMOUNT and said.WITHIN.search(before) is not None


def _is_compound(parsed: Parsed, chosen: list[Found]) -> bool:
    """Whether a time stands right beside what was found: "2 mois 15 jours"."""
    amounts = [one for one in parsed.found if one.sort is Sort.AMOUNT and not is_hour(one)]
    return any(
        one is not other
        and said.NEXT_TO.fullmatch(
            parsed.plain[min(one.end, other.end) : max(one.start, other.start)]
        )
        for one in chosen
        for other in amounts
    )


def _is_delay(parsed: Parsed, amount: Found, row_day: date | None, on: date) -> bool:
    """Whether a time is one to wait: announced, or alone where nothing is waited for."""
    before = parsed.plain[: amount.start]
    if amount.day(row_day, on) is NoDate.UNCLEAR or said.NOT_WITHIN.search(before):
        return False
    if said.AFTER_AMOUNT.match(parsed.plain, amount.end):
        return False
    return bool(said.WITHIN.search(before)) or not said.CONDITION.search(parsed.plain)


def _several(
    parsed: Parsed, chosen: list[Found], row_day: date | None, on: date
) -> list[Moment] | NoDate:
    """One day of what was found: the only one, the announced one, the last of the periods."""
    if chosen[0].sort is Sort.AMOUNT:
        announced = [one for one in chosen if said.WITHIN.search(parsed.plain[: one.start])]
        chosen = announced or chosen
    moments = [Moment(one.start, one.day(row_day, on)) for one in chosen]
    if parsed.moved:
        return moments
    days = {one.day for one in moments}
    if len(days) > 1 and any(one.sort is not Sort.PERIOD for one in chosen):
        return NoDate.SEVERAL
    return moments[-1:]


def _is_one_date(parsed: Parsed) -> bool:
    return len(parsed.dates) == 1 and not beside(parsed.tidy, parsed.dates[0])


def _proposed(parsed: Parsed, fault: NoDate, row_day: date | None, on: date) -> date | None:
    """The day that is probably meant where it is not certain."""
    whole = _added_up(parsed, row_day, on) if fault is NoDate.SEVERAL else None
    if whole is not None:
        return whole
    if fault in (NoDate.UNCLEAR, NoDate.SEVERAL, NoDate.VAGUE):
        days = [one.on_calendar(on, row_day) for one in reversed(parsed.dates)]
        days += [one.day(row_day, on) for one in parsed.found]
        return next((day for day in days if isinstance(day, date)), None)
    if fault is NoDate.PAST:
        days = [one.on_calendar(on, row_day) for one in parsed.dates]
        days += [one.day(row_day, on) for one in parsed.found]
        return next((day for day in days if isinstance(day, date)), None)
    if fault is NoDate.WEEKDAY or fault is NoDate.NO_YEAR:
        for one in parsed.dates:
            day = one.on_calendar(on, row_day or on)
            if isinstance(day, date):
                return day
    return None


def _added_up(parsed: Parsed, row_day: date | None, on: date) -> date | None:
    """The end of times that follow one another: "2 mois 15 jours"."""
    only_times = all(one.sort is Sort.AMOUNT for one in parsed.found)
    if row_day is None or parsed.dates or len(parsed.found) < _SEVERAL or not only_times:
        return None
    day = row_day
    for one in parsed.found:
        later = one.day(day, on)
        if not isinstance(later, date):
            return None
        day = later
    return day
