"""Days that a text means without naming them: fin juin, semaine 23, sous 15 jours, demain.

A deadline is a maximum (fiche outil n°19), so a stretch of time means its last day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cedre_xlsx.method.dates import MONTH_NAMES, MONTHS, WEEKDAYS, nearest_century
from cedre_xlsx.method.days import add_months

#: Days of a month where its beginning ends, and its middle.
_BEGINNING, _MIDDLE = 10, 15


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A stretch of time in a text; `last_day(row_day, on)` is None where the row has no date."""

    start: int
    last_day: Callable[[date | None, date], date | None]


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def find_periods(plain: str) -> tuple[FoundPeriod, ...]:
    """The months, quarters, years and weeks that an `aligned` text names, in their order."""
    found = [_month(match) for match in _MONTH.finditer(plain)]
    found += [_month(match) for match in _MONTH_IN_FIGURES.finditer(plain)]
    found += [_quarter(match) for match in _QUARTER.finditer(plain)]
    found += [_year_end(match) for match in _YEAR_END.finditer(plain)]
    found += [week for match in _WEEK.finditer(plain) if (week := _week(match))]
    return tuple(sorted(found, key=lambda one: one.start))


_YEAR = r"(?:[0-9]{4}|'?[0-9]{2})(?![0-9/]| ?h\b| ?:)"
_MONTH = re.compile(
    r"(?:\b(?P<part>debut|mi|milieu|fin|avant|courant"
    r"|(?:1e?re|premiere|2e|2eme|2nde|deuxieme|seconde|3e|3eme|troisieme|4e|4eme|quatrieme"
    r"|derniere) (?:semaine|quinzaine))\b[ \-]*"
    r"(?:du |de |d'|le )?(?:mois d[e'] ?)?)?"
    rf"\b(?P<month>{MONTH_NAMES})\b(?! (?:jours?|semaines?|mois|ans?)\b)\.?"  # sept jours
    rf"(?: (?:de )?(?P<year>{_YEAR}))?"
)
#: 06/2026, fin 06/2026
_MONTH_IN_FIGURES = re.compile(
    r"(?<![0-9/.\-])(?:\b(?P<part>debut|mi|milieu|fin|avant|courant)[ \-]*)?"
    r"(?P<month>0?[1-9]|1[0-2])[/.\-](?P<year>20[0-9]{2})(?![0-9/.\-])"
)
_QUARTER = re.compile(
    r"\b(?P<rank>1er|premier|2e|2eme|2nd|deuxieme|second|3e|3eme|troisieme|4e|4eme|quatrieme) "
    rf"(?P<unit>trimestre|semestre)(?: (?:de )?(?P<year>{_YEAR}))?"
)
_RANKS = {"1": 1, "p": 1, "2": 2, "d": 2, "s": 2, "3": 3, "t": 3, "4": 4, "q": 4}
_YEAR_END = re.compile(r"\b(?:fin|courant) (?:de )?(?:l'annee )?(?P<year>[0-9]{4})(?![0-9])")
_WEEK = re.compile(
    r"\b(?:semaine|sem\.?|s) ?(?:n°? ?)?(?P<week>[0-9]{1,2})(?![0-9])"
    r"(?: ?(?:/|-|de |d'|en )? ?(?P<year>[0-9]{4}))?"
)


def _typed_year(text: str | None, on: date) -> int | None:
    if not text:
        return None
    digits = text.lstrip("'")
    return nearest_century(int(digits), on) if len(digits) == 2 else int(digits)


def _month(match: re.Match[str]) -> FoundPeriod:
    name, part = match["month"], match["part"] or ""
    month = int(name) if name.isdigit() else MONTHS[name]

    def end(year: int) -> date:
        if part.endswith(("semaine", "quinzaine")):
            return _part_of_month(part, last_of_month(year, month))
        if part == "debut":
            return date(year, month, _BEGINNING)
        if part in ("mi", "milieu"):
            return date(year, month, _MIDDLE)
        if part == "avant":
            return date(year, month, 1) - timedelta(days=1)
        return last_of_month(year, month)

    return FoundPeriod(match.start(), _yearly(end, match["year"]))


def _part_of_month(part: str, last: date) -> date:
    """The last day of "premiere quinzaine", of "derniere semaine"."""
    if part[0] == "d" and part.startswith("derniere"):
        return last
    days = _RANKS[part[0]] * (_MIDDLE if part.endswith("quinzaine") else 7)
    return last.replace(day=days) if days < 28 else last


def _quarter(match: re.Match[str]) -> FoundPeriod:
    rank = _RANKS[match["rank"][0]]
    months = 3 if match["unit"] == "trimestre" else 6
    last = min(rank * months, 12)
    return FoundPeriod(
        match.start(), _yearly(lambda year: last_of_month(year, last), match["year"])
    )


def _year_end(match: re.Match[str]) -> FoundPeriod:
    return FoundPeriod(match.start(), _yearly(lambda year: date(year, 12, 31), match["year"]))


def _week(match: re.Match[str]) -> FoundPeriod | None:
    week = int(match["week"])
    if not 1 <= week <= 53:
        return None

    def end(year: int) -> date:
        return date.fromisocalendar(year, week, 7)

    return FoundPeriod(match.start(), _yearly(end, match["year"]))


def _yearly(
    end: Callable[[int], date], typed: str | None
) -> Callable[[date | None, date], date | None]:
    """The end in the year typed, else the first one on or after the date of the row."""

    def last_day(row_day: date | None, on: date) -> date | None:
        year = _typed_year(typed, on)
        try:
            if year is not None:
                return end(year)
            if row_day is None:
                return None
            ends = (end(row_day.year + shift) for shift in range(3))
            return next((day for day in ends if day >= row_day), None)
        except ValueError:  # a year without week 53
            return None

    return last_day


_COUNTS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20,
    "trente": 30,
}  # fmt: skip
_COUNT = rf"(?:[0-9]{{1,3}}|{'|'.join(_COUNTS)})"
_UNIT = r"(?:jours?|jrs?|j|semaines?|sem|mois|ans?|annees?|heures?|h)"
_AMOUNT = re.compile(
    rf"(?<![0-9a-z])(?:{_COUNT} ?(?:a|ou|-|/) ?)?(?P<count>{_COUNT}) ?(?P<unit>{_UNIT})(?![a-z0-9])"
)
#: Before an amount, what makes a deadline of it.
_WITHIN = re.compile(
    r"(?:\b(?:sous|dans|d'ici|ici|maximum|max|delai)(?: de| un delai de)?(?: les| environ)? )$"
)
#: Around an amount, what makes something else of it.
_NOT_WITHIN = re.compile(
    r"\b(?:tous|toutes|chaque|depuis|il y a|pendant|durant|fois par|par|mission de|stage de|"
    r"contrat de|formation de|essai de)(?: les)? $"
)
_AFTER_AMOUNT = re.compile(r" (?:ouvr|apres|avant|suivant l|de retard|par |et demi|1/2|½)")
_COUNTDOWN = re.compile(r"\bj ?\+ ?(?P<count>[0-9]{1,3})(?![0-9])")
#: A deadline in hours is one of whole days, or halves.
_HOURS_A_DAY, _SHORTEST_HOURS = 24, 12
_SET_PHRASES: tuple[tuple[re.Pattern[str], Callable[[date], date]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), move)
    for pattern, move in (
        (r"(?:dans|sous|d'ici) (?:la |une )?huitaine(?: de jours)?", lambda d: _days(d, 8)),
        (r"(?:une )?dizaine de jours", lambda d: _days(d, 10)),
        (r"(?:une |la |sous |dans )+quinzaine(?: de jours)?", lambda d: _days(d, 15)),
        (r"(?:dans|sous|d'ici|pour) la semaine", lambda d: _days(d, 7)),
        (r"(?:dans|sous|d'ici) le mois", lambda d: add_months(d, 1)),
        (r"(?:dans|sous|d'ici) le trimestre", lambda d: add_months(d, 3)),
        (r"(?:dans|sous|d'ici) le semestre", lambda d: add_months(d, 6)),
        (r"(?:dans|sous|d'ici) l'annee", lambda d: add_months(d, 12)),
        (r"(?:fin de (?:la |cette )?|cette )semaine(?! prochaine)", lambda d: _sunday(d, 0)),
        (r"(?:fin de (?:la )?)?semaine (?:prochaine|suivante)", lambda d: _sunday(d, 1)),
        (r"fin (?:du|de|de ce) mois(?! (?:prochain|suivant|de ))|ce mois(?:[ \-]ci)?",
         lambda d: last_of_month(d.year, d.month)),
        (r"(?:fin (?:du )?|le )?mois (?:prochain|suivant)", lambda d: _end_of_next_month(d)),
        (r"fin (?:d'|de l'|de cette )annee(?! (?:[0-9]|scolaire|universitaire))|cette annee",
         lambda d: date(d.year, 12, 31)),
        (r"aujourd'hui|ce jour|le jour meme|immediat|immediatement|tout de suite", lambda d: d),
        (r"apres[ \-]demain", lambda d: _days(d, 2)),
        (r"(?<!apres )(?<!apres-)demain", lambda d: _days(d, 1)),
    )
)  # fmt: skip
_WEEKDAY = re.compile(
    rf"^(?:(?:pour|avant|d'ici|au plus tard|le|des) )*(?P<day>{'|'.join(WEEKDAYS)})"
    r"(?: prochain| matin| midi| apres[ \-]midi| soir)*$"
)


def find_relative(plain: str, *, announced: bool) -> FoundPeriod | None:
    """The time from the row's date on that an `aligned` text gives: sous 15 jours, demain.

    `announced` asks for a word that says so (sous, dans, d'ici); a bare "15 jours" has none.
    """
    if announced:
        for pattern, move in _SET_PHRASES:
            match = pattern.search(plain)
            if match and not _AFTER_AMOUNT.match(plain, match.end()):
                return _from_row(match.start(), move)
        if match := _WEEKDAY.match(plain):
            rank = WEEKDAYS.index(match["day"])
            return _from_row(0, lambda d: _days(d, (rank - d.weekday() - 1) % 7 + 1))
        if match := _COUNTDOWN.search(plain):
            return _from_row(match.start(), _mover(match["count"], "j"))
    for match in _AMOUNT.finditer(plain):
        before = plain[: match.start()]
        if _NOT_WITHIN.search(before) or _AFTER_AMOUNT.match(plain, match.end()):
            continue
        if announced and not _WITHIN.search(before):
            continue
        if match["unit"].startswith("h") and _number(match["count"]) < _SHORTEST_HOURS:
            continue
        return _from_row(match.start(), _mover(match["count"], match["unit"]))
    return None


def _number(count: str) -> int:
    return _COUNTS[count] if count in _COUNTS else int(count)


def _mover(count: str, unit: str) -> Callable[[date], date]:
    number = _number(count)
    if unit.startswith("j"):
        return lambda d: _days(d, number)
    if unit.startswith("s"):
        return lambda d: _days(d, 7 * number)
    if unit.startswith("h"):
        return lambda d: _days(d, -(-number // _HOURS_A_DAY))
    return lambda d: add_months(d, number if unit == "mois" else 12 * number)


def _from_row(start: int, move: Callable[[date], date]) -> FoundPeriod:
    return FoundPeriod(start, lambda row_day, _: move(row_day) if row_day else None)


def _days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _sunday(day: date, weeks: int) -> date:
    return day + timedelta(days=6 - day.weekday() + 7 * weeks)


def _end_of_next_month(day: date) -> date:
    following = add_months(day.replace(day=1), 1)
    return last_of_month(following.year, following.month)
