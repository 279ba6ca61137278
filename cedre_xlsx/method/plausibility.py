"""What a value that cannot be meant was probably meant to be: a year mistyped, a wrong weekday.

And what a deadline says when nothing is left to do: "fait", "RAS", "Fait le 12/10".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from cedre_xlsx.method.dates import MONTH_NAMES, WEEKDAYS, aligned, clean, find_dates
from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.text import fold

_SHORT_WEEKDAYS = {name[:3]: rank for rank, name in enumerate(WEEKDAYS)}
_NAMES = "|".join((*WEEKDAYS, *(f"{short}\\.?" for short in _SHORT_WEEKDAYS)))
#: A weekday just before a date, or in brackets just after it.
_BEFORE = re.compile(rf"(?:^|[^a-z])({_NAMES})(?: le)?[ ,:]*$")
_AFTER = re.compile(
    rf"^ ?\(({_NAMES})\)|^[ ,]*({'|'.join(WEEKDAYS)})(?![a-z])"
    r"(?! (?:prochain|suivant|en |d'apres|et |ou ))"
)

_DONE = (
    r"(?:c'est |deja )?(?:fait|ok|realise|effectue|termine|clos|cloture|regle|vu|recu|rendu|envoye|"
    r"valide|note|honore|obtenu|signe|fini|solde|acheve|abouti|annule|abandonne|appele|"
    r"contacte)(?:e?s?)"
)
_DONE_TEXT = re.compile(
    rf"(?:(?:{_DONE}|relance\+e?s?)(?:,? ?(?:le|du|au|en|ce jour)?)?(?: #)?"
    r"(?: (?:par|avec) [^0-9#]{1,30})?"
    r"|# ?[:,]? ?(?:fait|realise|effectue|termine|clos|cloture|rendu|honore|regle)e?s?"
    r"|r\.? ?a\.? ?s\.?|rien a signaler|(?:ok|bien),? (?:fait|vu|recu)e?s?|sans suites?"
    r"|(?:n'est )?plus d'actualite)[ !.]*"
)

_MONTH = re.compile(rf"\b(?:{MONTH_NAMES})\b")
_RELAUNCHED = re.compile(r"(?i)relancé")
#: Before it, no SIAE has noted anything: the first law that names them is of 1987.
EARLIEST = date(1990, 1, 1)
#: What is promised ends within so many years, to the day; a contract or a PASS IAE, which may last
#: 3 650 days, within more.
YEARS_OF_A_PROMISE, YEARS_OF_A_CONTRACT = 3, 10
_MONTHS_A_YEAR = 12


def is_far_off(day: date | None, on: date, years: int = 0) -> bool:
    """Whether a date is of a time that nobody meant on that day: before 1990, or too far ahead.

    What happens is noted up to the end of next year; what is promised, `years` ahead.
    """
    return day is not None and not EARLIEST <= day <= _latest(on, years)


@lru_cache(maxsize=64)
def _latest(on: date, years: int) -> date:
    if years:
        return add_months(on, years * _MONTHS_A_YEAR)
    return date(min(on.year + 1, date.max.year), 12, 31)


def likely_year(day: date, first: int, last: int) -> date | None:
    """The same day in the year from `first` to `last` that was probably meant.

    A year of the same two last digits (1926 for 2026), else of the same digits (2062), else one
    digit away (2036); None where there is none, or several.
    """
    typed = f"{day.year:04}"
    within = range(max(first, date.min.year), min(last, date.max.year) + 1)
    years = [f"{year:04}" for year in within]
    for alike in (_same_end, _same_digits, _one_digit_away):
        found = [year for year in years if alike(typed, year)]
        if len(found) == 1:
            return _in_year(day, int(found[0]))
    return None


def _same_end(typed: str, year: str) -> bool:
    return typed[2:] == year[2:]


def _same_digits(typed: str, year: str) -> bool:
    return sorted(typed) == sorted(year)


def _one_digit_away(typed: str, year: str) -> bool:
    return sum(one != other for one, other in zip(typed, year, strict=True)) == 1


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # the 29th of February
        return date(year, 2, 28)


def wrong_weekdays(text: str, on: date, after: date | None = None) -> Iterator[tuple[str, date]]:
    """The weekdays typed beside a date of another weekday: "lundi 06/10/2026", a Tuesday.

    `after` is the date of the row, from which a day without a year counts.
    """
    tidy = clean(text)
    plain = aligned(tidy)
    for found in find_dates(tidy):
        typed = _BEFORE.search(plain[: found.start]) or _AFTER.match(plain[found.end :])
        day = found.on_calendar(on, after)
        named = next((name for name in typed.groups() if name), "") if typed else ""
        if named and isinstance(day, date) and day.weekday() != _SHORT_WEEKDAYS[named[:3]]:
            yield WEEKDAYS[_SHORT_WEEKDAYS[named[:3]]], day


def has_weekday(text: str) -> bool:
    """Whether a text may name a day of the week: most do not, and need no closer look."""
    return bool(_ANY_WEEKDAY.search(text))


_ANY_WEEKDAY = re.compile(r"(?i)\b(?:lun|mar|mer|jeu|ven|sam|dim)(?:\b|[a-z]*di\b|anche\b)")


_DROPPED = re.compile(r"annul|abandon|sans suite|plus d'actualite")


def says_dropped(text: str) -> bool:
    """Whether what says that an action is over says that nothing came of it."""
    return bool(_DROPPED.search(fold(text)))


@lru_cache(maxsize=4096)
def says_done(text: str) -> bool:
    """Whether a deadline only says that the action is done: "fait", "RAS", "Fait le 12/10"."""
    tidy = _RELAUNCHED.sub("relance+", clean(text))  # "relance 12/10" is still to do
    for found in reversed(find_dates(tidy)):
        tidy = tidy[: found.start] + "#" + tidy[found.end :]
    return bool(_DONE_TEXT.fullmatch(_MONTH.sub("#", fold(tidy))))
