"""Échéances as people type them: a date in a text, a delay, a condition (exemples n°4 and 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from cedre_xlsx.method.date_cells import WHOLE
from cedre_xlsx.method.dates import (
    SHORTLY,
    Fault,
    FoundDate,
    aligned,
    beside,
    clean,
    find_dates,
    weekday_after,
    weekday_before,
)
from cedre_xlsx.method.grammar import situations as said
from cedre_xlsx.method.grammar.calendar_days import sunday
from cedre_xlsx.method.grammar.delays import DELAYS
from cedre_xlsx.method.grammar.expression import Found, Sort, blanked, find
from cedre_xlsx.method.grammar.periods import PERIODS
from cedre_xlsx.method.grammar.residue import FOUND, HOUR, MOST_YEARS, lasts, operator
from cedre_xlsx.method.grammar.slips import left_over, slip, without_dates, without_hours
from cedre_xlsx.method.grammar.words import number as amount_of
from cedre_xlsx.method.values import Deadline

TABLE = (*PERIODS, *DELAYS)
#: By how many days a delay and the date beside it may differ, at most.
_MOST_SLACK = 7


@dataclass(frozen=True, slots=True)
class ReadDeadline:
    """A deadline, and why it has no date where it should have one (None for a condition).

    `part` is what of the text is at fault, `proposed` the day that is probably meant.
    """

    deadline: Deadline
    fault: Fault | None = None
    plain: bool = False  # the whole text is one date
    part: str = ""
    proposed: date | None = None
    or_else: date | None = None  # the other of two days that may be meant


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day meant somewhere in the text, or why there is none."""

    start: int
    day: date | Fault


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with what was found in it; `rest` is what no date and no expression explains."""

    tidy: str
    plain: str
    dates: tuple[FoundDate, ...]
    found: tuple[Found, ...]
    rest: str
    moved: bool


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
        return ReadDeadline(undated, Fault.SLIP, part=part, proposed=proposed)
    plain = aligned(tidy)
    if said.DONE.fullmatch(plain):
        return ReadDeadline(undated, Fault.DONE)
    parsed = _parsed(tidy, plain)
    moments = _moments(parsed, row_day, on)
    if isinstance(moments, Fault):
        return _faulty(parsed, moments, undated, row_day, on)
    if moments:
        return _read(parsed, moments, undated, row_day, on)
    if said.SEASONS.search(plain) or said.NO_DATE_YET.search(plain):
        return ReadDeadline(undated, Fault.UNCLEAR)
    if said.CONDITION.search(plain):
        return ReadDeadline(replace(undated, condition=True))
    return ReadDeadline(undated, Fault.UNCLEAR)


@lru_cache(maxsize=16384)
def _parsed(tidy: str, plain: str) -> _Text:
    dates = find_dates(tidy)
    found, rest = find(TABLE, _without_dates(plain, dates))
    return _Text(tidy, plain, dates, found, rest, bool(said.MOVED.search(plain)))


def _without_dates(plain: str, dates: tuple[FoundDate, ...]) -> str:
    """The text without its dates and the weekdays before them, so that "2 mai" is not "mai"."""
    for one in dates:
        named = weekday_before(plain, one.start)
        if named:
            plain = blanked(plain, named.start(), one.start)
        if named := weekday_after(plain, one.end):
            plain = blanked(plain, one.end, named.end())
    return without_dates(plain, dates)


def _read(
    parsed: _Text, moments: list[_Moment], undated: Deadline, row_day: date | None, on: date
) -> ReadDeadline:
    fault = next((one.day for one in moments if isinstance(one.day, Fault)), None)
    if fault is not None:
        return _faulty(parsed, fault, undated, row_day, on)
    days = [one.day for one in moments if isinstance(one.day, date)]
    if doubt := _doubt(parsed, moments):
        return ReadDeadline(undated, doubt, proposed=days[-1])
    skeleton = _skeleton(parsed)
    if changed := operator(skeleton, tuple(one.start for one in moments)):
        fault, start, end = changed
        part = _words(parsed.tidy, skeleton, start, end)
        return ReadDeadline(undated, fault, part=part, proposed=days[-1])
    if _lasts(parsed, skeleton):
        return ReadDeadline(undated, Fault.LASTS, proposed=days[-1])
    if part := left_over(parsed.rest):
        return ReadDeadline(undated, Fault.NO_ROLE, part=part, proposed=days[-1])
    return ReadDeadline(_moved(undated.text, days), plain=_is_one_date(parsed))


def _faulty(
    parsed: _Text, fault: Fault, undated: Deadline, row_day: date | None, on: date
) -> ReadDeadline:
    """Why there is no day, with the one that is probably meant, or both that may be."""
    if fault is Fault.PAST and row_day is not None:
        before = _proposed(parsed, fault, row_day - SHORTLY - timedelta(days=1), on)
        after = _proposed(parsed, fault, before + SHORTLY, on) if before else None
        return ReadDeadline(undated, fault, proposed=before, or_else=after)
    return ReadDeadline(undated, fault, proposed=_proposed(parsed, fault, row_day, on))


def _skeleton(parsed: _Text) -> str:
    """The text with what was found blank, but for the hours of the day beside it."""
    plain = _without_dates(parsed.plain, parsed.dates)
    hours = {one for one in parsed.found if _is_hour(one)}
    kept = [one for one in parsed.found if one not in hours]
    if not kept and not parsed.dates:
        kept, hours = list(parsed.found), set()
    for one in kept:
        plain = blanked(plain, one.start, one.end)
    return without_hours(plain)


def _is_hour(found: Found) -> bool:
    return found.sort is Sort.AMOUNT and found.match["unit"].startswith("h")


def _words(tidy: str, skeleton: str, start: int, end: int) -> str:
    """What was typed there, without what was found."""
    return "".join(
        char for char, left in zip(tidy[start:end], skeleton[start:end], strict=True)
        if left not in (FOUND, HOUR)
    ).strip() or tidy[start:end].strip()  # fmt: skip


def _lasts(parsed: _Text, skeleton: str) -> bool:
    """Whether the deadline is a time that nothing announces, among words that make it another."""
    if parsed.dates or any(one.sort is not Sort.AMOUNT for one in parsed.found):
        return False
    if any(said.WITHIN.search(parsed.plain[: one.start]) for one in parsed.found):
        return False
    return lasts(skeleton) or any(
        one.match["unit"].startswith("a") and amount_of(one.match["count"]) > MOST_YEARS
        for one in parsed.found
    )


def _doubt(parsed: _Text, moments: list[_Moment]) -> Fault | None:
    """What makes a day that was found uncertain."""
    rest, plain = parsed.rest, parsed.plain
    if (
        said.DOUBT.search(rest)
        or said.NEGATED.search(rest)
        or any(said.VAGUE.search(plain[: one.start]) for one in parsed.dates)
    ):
        return Fault.VAGUE
    if said.DEPENDS.search(rest):
        return Fault.DEPENDS
    if said.EITHER.search(rest):
        return Fault.SEVERAL
    put_off = said.PUT_OFF.search(rest)
    if put_off and all(one.start <= put_off.start() for one in moments):
        return Fault.PUT_OFF
    return None


def _moved(text: str, days: list[date]) -> Deadline:
    """The deadline that several days make; only a later day puts it off."""
    moves = sum(later > earlier for earlier, later in pairwise(days))
    return Deadline(text, days[-1], days[0], moves)


def _moments(parsed: _Text, row_day: date | None, on: date) -> list[_Moment] | Fault:
    """The days that the deadline went through, in their order, or why there is none."""
    dates = _dates(parsed, row_day, on)
    if isinstance(dates, Fault):
        return dates
    unclear = next((one for one in parsed.found if one.sort is Sort.UNCLEAR), None)
    if unclear is not None and not dates:
        return Fault.UNCLEAR
    if dates and not parsed.moved:
        if _is_open_choice(parsed, dates):
            return Fault.SEVERAL
        dates = _whole_weeks(parsed, dates)
        return dates if _agree(parsed, dates, row_day, on) else Fault.SEVERAL
    if dates:
        return _moved_from(parsed, dates, row_day, on)
    return _undated(parsed, row_day, on)


def _whole_weeks(parsed: _Text, dates: list[_Moment]) -> list[_Moment]:
    """The dates, each that names its week ("semaine du 12/10") as its Sunday."""
    weeks = {one.end for one in parsed.found if one.sort is Sort.WEEK_OF}
    return [
        _Moment(one.start, sunday(one.day, 0))
        if one.start in weeks and isinstance(one.day, date)
        else one
        for one in dates
    ]


def _is_open_choice(parsed: _Text, dates: list[_Moment]) -> bool:
    """Whether nothing says which of two dates it is: only signs, and the later one last, do."""
    found = {one.start: one for one in parsed.dates}
    agreed = [one for one in dates if one.start in found]
    for one, other in pairwise(agreed):
        if not isinstance(one.day, date) or not isinstance(other.day, date) or one.day == other.day:
            continue
        between = parsed.plain[found[one.start].end : other.start]
        if other.day < one.day or not said.SIGNS_ONLY.fullmatch(between):
            return True
    return False


def _agree(parsed: _Text, dates: list[_Moment], row_day: date | None, on: date) -> bool:
    """Whether what stands beside the dates says the same: "semaine 23 (05/06)"."""
    days = [one.day for one in dates if isinstance(one.day, date)]
    others = [one for one in parsed.found if one.sort is not Sort.WEEK_OF]
    return not days or all(
        any(_says_the_same(parsed, one, day, row_day, on) for day in days) for one in others
    )


def _says_the_same(
    parsed: _Text, found: Found, day: date, row_day: date | None, on: date
) -> bool:
    """Whether a period is around a day, or a delay ends on it, more or less for a long one."""
    end = found.day(row_day, on)
    if not isinstance(end, date):
        return True
    if found.sort in (Sort.PERIOD, Sort.DAY):
        return day <= end <= day + found.expression.span(found.match)
    if row_day is None or _is_hour(found):
        return True
    slack = timedelta(days=min((end - row_day).days // 7, _MOST_SLACK))
    at_most = said.AT_MOST.search(parsed.plain[: found.start])
    if found.sort is Sort.DELAY:
        at_most = at_most or end > row_day + timedelta(days=2)
    elif not at_most and not said.WITHIN.search(parsed.plain[: found.start]):
        link = any(
            one.start >= found.end
            and said.IN_OTHER_WORDS.fullmatch(parsed.plain[found.end : one.start])
            for one in parsed.dates
        )
        if not link:
            return True
    return row_day <= day <= end + slack if at_most else end - slack <= day <= end + slack


def _moved_from(
    parsed: _Text, dates: list[_Moment], row_day: date | None, on: date
) -> list[_Moment] | Fault:
    """The dates and the periods of a deadline that was moved; what follows a date counts from "
    "it."""
    moments = list(dates)
    for one in parsed.found:
        earlier = [
            date_.day for date_ in dates if date_.start < one.start and isinstance(date_.day, date)
        ]
        base = earlier[-1] if earlier else row_day
        counted = one.sort in (Sort.AMOUNT, Sort.DELAY)
        if counted and not (earlier and _puts_off(parsed.plain, one)):
            continue
        moments.append(_Moment(one.start, one.day(base, on)))
    return sorted(moments, key=lambda one: one.start)


def _puts_off(plain: str, found: Found) -> bool:
    """Whether a time is by how much the deadline was moved: "reporté de 15 jours"."""
    return bool(re.search(r"\b(?:report|repouss|decal|prolong|prorog|recul)\w* (?:de|d'|a|"
                          r"au)[a-z ]*$",
                          plain[: found.start])) or found.sort is Sort.DELAY  # fmt: skip


def _undated(parsed: _Text, row_day: date | None, on: date) -> list[_Moment] | Fault:
    """The days of a text without a date: its periods, else its days, else its delays."""
    plain, started = parsed.plain, False
    for sorts in ((Sort.PERIOD, Sort.DAY), (Sort.DELAY,), (Sort.AMOUNT,)):
        chosen = []
        for one in parsed.found:
            if one.sort not in sorts or said.EVERY.search(plain[: one.start]):
                continue
            if said.DONE_ON.search(plain[: one.start]):
                return Fault.DONE
            if begun := said.START.search(plain[: one.start]):
                started = started or "apres" not in begun[0] or one.sort is not Sort.AMOUNT
            elif one.sort is not Sort.AMOUNT or _is_delay(parsed, one, row_day, on):
                chosen.append(one)
        if chosen:
            if said.PART_BEFORE.search(plain[: chosen[0].start]):
                return Fault.UNCLEAR
            if _is_compound(parsed, chosen):
                return Fault.SEVERAL
            if _is_contradicted(parsed, chosen[-1], row_day, on):
                return Fault.SEVERAL
            return _several(parsed, chosen, row_day, on)
    if started and not said.CONDITION.search(re.sub(r"\bapres\b|\bdes l[ea]\b", "", plain)):
        return Fault.START
    return []


def _is_contradicted(parsed: _Text, chosen: Found, row_day: date | None, on: date) -> bool:
    """Whether a delay that is announced ends on another day: "T2 d'ici 3 mois"."""
    day = chosen.day(row_day, on)
    if chosen.sort not in (Sort.PERIOD, Sort.DAY) or not isinstance(day, date):
        return False
    return any(
        said.WITHIN.search(parsed.plain[: one.start])
        and not _says_the_same(parsed, one, day, row_day, on)
        for one in parsed.found
        if one.sort is Sort.AMOUNT
    )


def _is_compound(parsed: _Text, chosen: list[Found]) -> bool:
    """Whether a time stands right beside what was found: "2 mois 15 jours"."""
    amounts = [
        one
        for one in parsed.found
        if one.sort is Sort.AMOUNT and not one.match["unit"].startswith("h")  # an hour of the day
    ]
    return any(
        one is not other
        and min(one.end, other.end) <= max(one.start, other.start)
        and said.NEXT_TO.fullmatch(
            parsed.plain[min(one.end, other.end) : max(one.start, other.start)]
        )
        for one in chosen
        for other in amounts
    )


def _is_delay(parsed: _Text, amount: Found, row_day: date | None, on: date) -> bool:
    """Whether a time is one to wait: announced, or alone where nothing is waited for."""
    before = parsed.plain[: amount.start]
    if amount.day(row_day, on) is Fault.UNCLEAR or said.NOT_WITHIN.search(before):
        return False
    if said.AFTER_AMOUNT.match(parsed.plain, amount.end):
        return False
    return bool(said.WITHIN.search(before)) or not said.CONDITION.search(parsed.plain)


def _several(
    parsed: _Text, chosen: list[Found], row_day: date | None, on: date
) -> list[_Moment] | Fault:
    """One day of what was found: the only one, the announced one, the last of the periods."""
    if chosen[0].sort is Sort.AMOUNT:
        announced = [one for one in chosen if said.WITHIN.search(parsed.plain[: one.start])]
        chosen = announced or chosen
    moments = [_Moment(one.start, one.day(row_day, on)) for one in chosen]
    if parsed.moved:
        return moments
    days = {one.day for one in moments}
    if len(days) > 1 and any(one.sort is not Sort.PERIOD for one in chosen):
        return Fault.SEVERAL
    return moments[-1:]


def _dates(parsed: _Text, row_day: date | None, on: date) -> list[_Moment] | Fault:
    """The dates that the deadline went through, in that order."""
    found, plain = parsed.dates, parsed.plain
    agreed: list[_Moment] = []
    former: list[_Moment] = []
    passed: list[Fault] = []
    for index, one in enumerate(found):
        before = plain[: one.start]
        if index and agreed and said.NOT_THAT.search(before):
            continue
        other = _other_than_a_deadline(before, parsed.tidy[: one.start])
        if other is not None:
            passed.append(other)
            continue
        meant = one.on_calendar(on, row_day)
        if isinstance(meant, date) and _misnamed(plain, one, meant):
            meant = Fault.WEEKDAY
        moment = _Moment(one.start, meant)
        if said.FORMERLY.search(before):
            former.append(_Moment(-1, meant))  # before all others
        elif (
            index
            and agreed
            and _is_stretch(plain, found[index - 1].start, found[index - 1].end, one.start)
        ):
            agreed[-1:] = [moment]
        else:
            agreed.append(moment)
    if passed and not agreed and not former:
        return passed[0]
    if former and not agreed and said.OLD.search(plain):
        return Fault.VAGUE
    return former + agreed


def _other_than_a_deadline(before: str, typed: str) -> Fault | None:
    if said.DONE_ON.search(before) or said.RELAUNCHED_ON.search(typed):
        return Fault.DONE
    return Fault.START if said.START.search(before) else None


def _misnamed(plain: str, found: FoundDate, day: date) -> bool:
    if found.year is not None:  # of a date with its year, a rule says it
        return False
    before, after = weekday_before(plain, found.start), weekday_after(plain, found.end)
    named = [before["day"]] if before else []
    named += [after["day"] or after["short"]] if after else []
    return any(not name.startswith(_WEEKDAYS[day.weekday()]) for name in named)


_WEEKDAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


def _is_stretch(plain: str, start: int, end: int, following: int) -> bool:
    """Whether two dates are the ends of one stretch: "entre le 2 mai et le 5 mai"."""
    if said.MOVED.search(plain[:start]):
        return False
    return bool(said.FROM.search(plain[:start]) and said.TO.match(plain[end:following]))


def _is_one_date(parsed: _Text) -> bool:
    return len(parsed.dates) == 1 and not beside(parsed.tidy, parsed.dates[0])


def _proposed(parsed: _Text, fault: Fault, row_day: date | None, on: date) -> date | None:
    """The day that is probably meant where it is not certain."""
    if fault is Fault.SEVERAL and not parsed.dates and row_day is not None:
        if (whole := _added_up(parsed, row_day, on)) is not None:
            return whole
    if fault in (Fault.UNCLEAR, Fault.SEVERAL, Fault.VAGUE):
        days = [one.on_calendar(on, row_day) for one in reversed(parsed.dates)]
        days += [one.day(row_day, on) for one in parsed.found]
        return next((day for day in days if isinstance(day, date)), None)
    if fault is Fault.PAST:
        days = [one.on_calendar(on, row_day) for one in parsed.dates]
        days += [one.day(row_day, on) for one in parsed.found]
        return next((day for day in days if isinstance(day, date)), None)
    if fault is Fault.WEEKDAY or fault is Fault.NO_YEAR:
        for one in parsed.dates:
            day = one.on_calendar(on, row_day or on)
            if isinstance(day, date):
                return day
    return None


def _added_up(parsed: _Text, row_day: date, on: date) -> date | None:
    """The end of times that follow one another: "2 mois 15 jours"."""
    if len(parsed.found) < 2 or any(one.sort is not Sort.AMOUNT for one in parsed.found):
        return None
    day = row_day
    for one in parsed.found:
        later = one.day(day, on)
        if not isinstance(later, date):
            return None
        day = later
    return day
