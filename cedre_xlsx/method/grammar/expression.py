"""What one line of the grammar is: an expression, what it means, how people type it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from cedre_xlsx.method.dates import NoDate


class Sort(Enum):
    """What an expression says of a deadline."""

    PERIOD = auto()  # a stretch of the calendar: its last day
    DAY = auto()  # a day of the month or of the week, from the date of the row on
    DELAY = auto()  # a time that is announced: sous, dans, d'ici
    AMOUNT = auto()  # a time that nothing announces: 15 jours
    WEEK_OF = auto()  # what makes of the date that follows its whole week
    UNCLEAR = auto()  # may mean several things: a finding, with what is proposed


#: The day meant, or why there is none, from the match, the date of the row, that of the count.
Meaning = Callable[["re.Match[str]", date | None, date], date | NoDate | None]
#: The first day of what ends on a day: a date beside it says the same from then on.
First = Callable[["re.Match[str]", date], date]


def that_day(_: re.Match[str], end: date) -> date:
    """Of what is a day, or ends on one at the latest."""
    return end


@dataclass(frozen=True, slots=True)
class Expression:
    """One line of the table.

    `pattern` is over `aligned` texts. `means` is the French of the page. Each example is typed on
    a row of `ROW` and gives the day meant, as ISO, or what is proposed where the sort is unclear.
    """

    sort: Sort
    pattern: re.Pattern[str]
    means: str
    last_day: Meaning
    examples: tuple[tuple[str, str], ...]
    first_day: First = that_day


#: The date of the row of every example, a Monday, and of the count.
ROW = ON = date(2026, 10, 5)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression found in a text, from `start` to `end`."""

    expression: Expression
    match: re.Match[str]
    start: int
    end: int

    @property
    def sort(self) -> Sort:
        """What it says of a deadline."""
        return self.expression.sort

    def day(self, row_day: date | None, on: date) -> date | NoDate:
        """The day that it means on a row."""
        return self.expression.last_day(self.match, row_day, on) or NoDate.NO_ROW_DATE


def find(expressions: tuple[Expression, ...], plain: str) -> tuple[tuple[Found, ...], str]:
    """The expressions of a text in their order, and the text without them.

    The first of the table wins: what one has taken is blank for the next.
    """
    found = []
    for one in expressions:
        for match in one.pattern.finditer(plain):
            start, end = match.span()
            if not plain[start:end].strip(" \x00"):
                continue
            found.append(Found(one, match, start, end))
        for taken in found:
            plain = blanked(plain, taken.start, taken.end)
    return tuple(sorted(found, key=lambda one: one.start)), plain


def blanked(plain: str, start: int, end: int) -> str:
    """The text with nothing from `start` to `end`, each other character still at its place."""
    return plain[:start] + "\x00" * (end - start) + plain[end:]
