"""The dates that a deadline went through, and whether what stands beside them says the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from cedre_xlsx.method.dates import SHORTLY, FoundDate, NoDate, weekday_after, weekday_before
from cedre_xlsx.method.deadline_parts import Moment, Parsed, is_hour
from cedre_xlsx.method.grammar import situations as said
from cedre_xlsx.method.grammar.calendar_days import sunday
from cedre_xlsx.method.grammar.expression import Found, Sort

#: By how many days a delay and the date beside it may differ, at most.
_MOST_SLACK = 7


def days_of_dates(parsed: Parsed, row_day: date | None, on: date) -> list[Moment] | NoDate:
    """The dates that the deadline went through, in that order."""
    found, plain = parsed.dates, parsed.plain
    agreed: list[Moment] = []
    former: list[Moment] = []
    passed: list[NoDate] = []
    for index, one in enumerate(found):
        before = plain[: one.start]
        if index and agreed and said.NOT_THAT.search(before):
            continue
        other = _other_than_a_deadline(before, parsed.tidy[: one.start])
        if other is not None:
            passed.append(other)
            continue
        meant = one.on_calendar(on, row_day)
        if meant is NoDate.PAST and row_day and (index + 1 < len(found) or agreed):
            meant = one.on_calendar(on, row_day - SHORTLY)  # of a deadline that went on
        if isinstance(meant, date) and _misnamed(plain, one, meant):
            meant = NoDate.WEEKDAY
        moment = Moment(one.start, meant)
        if said.FORMERLY.search(before):
            former.append(Moment(-len(plain), meant))  # before all others
            continue
        previous = found[index - 1]
        if index and agreed and _is_stretch(plain, previous.start, previous.end, one.start):
            agreed.pop()
        agreed.append(moment)
    if passed and not agreed and not former:
        return passed[0]
    if former and not agreed and said.OLD.search(plain):
        return NoDate.VAGUE
    return former + agreed


def _other_than_a_deadline(before: str, typed: str) -> NoDate | None:
    if said.DONE_ON.search(before) or said.RELAUNCHED_ON.search(typed):
        return NoDate.DONE
    return NoDate.START if said.START.search(before) else None


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


def whole_weeks(parsed: Parsed, dates: list[Moment]) -> list[Moment]:
    """The dates, each that names its week ("semaine du 12/10") as its Sunday."""
    weeks = {one.end for one in parsed.found if one.sort is Sort.WEEK_OF}
    return [
        Moment(one.start, sunday(one.day, 0))
        if one.start in weeks and isinstance(one.day, date)
        else one
        for one in dates
    ]


def is_open_choice(parsed: Parsed, dates: list[Moment]) -> bool:
    """Whether nothing says which of two dates it is: only signs, and the later one last, do."""
    found = {one.start: one for one in parsed.dates}
    agreed = [one for one in dates if one.start in found]
    for one, other in pairwise(agreed):
        if not isinstance(one.day, date) or not isinstance(other.day, date):
            continue
        between = parsed.plain[found[one.start].end : other.start]
        if other.day < one.day or (other.day > one.day and not said.SIGNS_ONLY.fullmatch(between)):
            return True
    return False


def agree(parsed: Parsed, dates: list[Moment], row_day: date | None, on: date) -> bool:
    """Whether what stands beside the dates says the same: "semaine 23 (05/06)"."""
    days = [one.day for one in dates if isinstance(one.day, date)]
    others = [one for one in parsed.found if one.sort is not Sort.WEEK_OF]
    return not days or all(
        any(says_the_same(parsed, one, day, row_day, on) for day in days) for one in others
    )


def says_the_same(parsed: Parsed, found: Found, day: date, row_day: date | None, on: date) -> bool:
    """Whether a period is around a day, or a delay ends on it, more or less for a long one."""
    end = found.day(row_day, on)
    if not isinstance(end, date):
        return True
    first = found.expression.first_day(found.match, end)
    if found.sort in (Sort.PERIOD, Sort.DAY) or first != end:
        return first <= day <= end
    if row_day is None or is_hour(found):
        return True
    slack = timedelta(days=min((end - row_day).days // 7, _MOST_SLACK))
    at_most = said.AT_MOST.search(parsed.plain[: found.start]) is not None
    if found.sort is Sort.DELAY:
        at_most = at_most or end > row_day + timedelta(days=2)
    elif not said.WITHIN.search(parsed.plain[: found.start]):
        link = any(
            said.IN_OTHER_WORDS.fullmatch(parsed.plain[found.end : one.start])
            for one in parsed.dates
        )
        if not link:
            return True
    return row_day <= day <= end + slack if at_most else end - slack <= day <= end + slack
