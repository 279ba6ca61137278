"""The table of the days and delays that count from the row: le 20, mardi 13, sous 15 jours."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from math import ceil

from cedre_xlsx.method.dates import NoDate
from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.grammar.calendar_days import (
    day_of_month,
    end_of_next,
    first_of_months,
    first_of_part,
    last_of_month,
    later,
    monday,
    next_month,
    part_of_month,
    sunday,
    weekday_after,
)
from cedre_xlsx.method.grammar.expression import Expression, First, Meaning, Sort, that_day
from cedre_xlsx.method.grammar.words import (
    COUNT,
    NEXT,
    UNIT,
    WEEK_PARTS,
    WEEKDAY,
    WEEKDAY_RANKS,
    number,
)

Match = re.Match[str]
Day = date | NoDate | None
#: A deadline in hours is one of whole days, or halves.
HOURS_A_DAY, SHORTEST_HOURS = 24, 12
_HALF_MONTH, _HALF_WEEK = 15, 4  # days


def _from_row(move: Callable[[date], date]) -> Meaning:
    return lambda _, row, __: move(row) if row else None


def _phrase(
    pattern: str, means: str, move: Callable[[date], date], *examples: tuple[str, str],
    sort: Sort = Sort.DELAY, first: Callable[[date], date] | None = None,
) -> Expression:  # fmt: skip
    bounded = re.compile(rf"\b(?:{pattern})(?![a-z0-9])")
    since: First = (lambda _, end: first(end)) if first else that_day
    return Expression(sort, bounded, means, _from_row(move), examples, since)


def _first_of(months: int) -> Callable[[date], date]:
    return lambda end: first_of_months(end, months)


def _rank(match: Match) -> int:
    return WEEKDAY_RANKS[match["weekday"].rstrip(".")]


def _numbered_day(match: Match, row: date | None, _: date) -> Day:
    if row is None:
        return NoDate.NO_YEAR
    day = day_of_month(next_month(row) if match["next"] else row, int(match["day"]))
    if isinstance(day, date) and match["week"]:
        return sunday(day, 0)
    if isinstance(day, date) and match["weekday"] and day.weekday() != _rank(match):
        return NoDate.WEEKDAY
    return day


def _weekday(match: Match, row: date | None, _: date) -> Day:
    if row is None:
        return None
    weeks = {"huit": 1, "8": 1, "quinze": 2, "15": 2}.get(match["weeks"] or "", 0)
    return weekday_after(row, _rank(match), weeks)


def _this_weekday(match: Match, row: date | None, _: date) -> Day:
    return None if row is None else weekday_after(later(row, -1), _rank(match))


def _weekday_next_week(match: Match, row: date | None, _: date) -> Day:
    return None if row is None else later(sunday(row, 0), _rank(match) + 1)


def _part_of_week(match: Match, row: date | None, _: date) -> Day:
    if row is None:
        return None
    rank = WEEK_PARTS[match["part"][:3]]
    day = later(sunday(row, 1 if match["next"] else 0), rank - 7)
    return day if day >= row else later(day, 7)


def _part_of_month(match: Match, row: date | None, _: date) -> Day:
    if row is None:
        return None
    if match["next"]:
        return part_of_month(next_month(row), match["part"] or "")
    day = part_of_month(row, match["part2"])
    return day if day >= row else part_of_month(next_month(row), match["part2"])


def mover(count: str, unit: str) -> Callable[[date], date]:
    """What a time of so many units does to a day."""
    many = number(count)
    if unit.startswith("j"):
        return lambda day: later(day, ceil(many))
    if unit.startswith("h"):
        return lambda day: later(day, ceil(many / HOURS_A_DAY))
    if unit.startswith("semaine") or unit in ("s", "sem"):
        return lambda day: later(day, ceil(7 * many))
    months = {"m": 1, "t": 3, "s": 6}.get(unit[0], 12)
    return lambda day: add_months(day, many * months)


def _is_no_count(match: Match) -> bool:
    """Whether the number is none that is typed: 0 jours, 1/5 jours, 3-2 mois."""
    count = number(match["count"])
    if match["low"] is None:
        return count == 0
    low = number(match["low"])
    too_far = match["to"] == "/" and count > 2 * low
    return too_far or not low < count


def _amount(match: Match, row: date | None, _: date) -> Day:
    unit = match["unit"]
    if unit.startswith("h") and number(match["count"]) % SHORTEST_HOURS:
        return NoDate.UNCLEAR
    if (
        match["part"]
        or _is_no_count(match)
        or (unit.startswith("j") and not number(match["count"]).is_integer())
    ):
        return NoDate.UNCLEAR
    if row is None:
        return None
    day = mover(match["more"] or match["count"], unit)(row)
    if not match["half"]:
        return day
    if unit == "mois":
        return later(day, _HALF_MONTH)
    if unit.startswith("s") and not unit.startswith("semestre"):
        return later(day, _HALF_WEEK)
    return add_months(day, 6) if unit.startswith("a") else NoDate.UNCLEAR


_AFTER_NUMBER = (
    r"(?=$|[,;:.()\x00]| [0-9]{1,2} ?h"
    r"| ?[\-–—] |\n| (?:au (?:matin|soir|plus tard)|a(?= [0-9\x00])|vers|matin|"
    r"midi|soir|apres|"
    r"max|maxi|maximum|pour|du mois|si |sinon|chez|avec|dernier delai|imperativement|bilan|rdv|"
    r"entretien|inclus)\b)"
)
NUMBERED_DAY = re.compile(
    rf"(?:\b(?:du|entre le) [0-9]{{1,2}} (?:au|et le|-) |\b(?P<weekday>{WEEKDAY}) (?:le )?"
    r"|\b(?P<week>sem(?:aine|\.)? du )|\b(?=1er du mois)"
    r"|\b(?:le|au|jusqu'au|d'ici le|d'ici au) )(?P<day>[0-9]{1,2})(?:er)?(?![0-9/.,:]?[0-9])"
    rf"{_AFTER_NUMBER}(?: du mois(?! d)(?P<next> {NEXT})?| (?:courant|inclus))?"
)
_ENDS = (
    r"(?=$|[,;:.()!\x00]| (?:[0-9]{1,2} ?h[0-9]{0,2}\b|au plus tard|matin|midi|apres|soir|max|"
    r"maximum|pour|a |au |si |sinon|vers|-))"
)
WEEKDAYS_AFTER = re.compile(
    rf"(?:^|(?<=[ (:,\-]))(?P<weekday>{WEEKDAY})"
    rf"(?: {NEXT}| en (?P<weeks>huit|quinze|8|15)|(?: de la)? semaine prochaine)?{_ENDS}"
    r"(?: (?:matin|midi|apres[ \-]midi|soir))*"
)
_THIS_WEEKDAY = re.compile(rf"\bce (?P<weekday>{WEEKDAY})\b")
_NEXT_WEEK_DAY = re.compile(rf"\b(?P<weekday>{WEEKDAY}) (?:de la )?semaine prochaine\b")
_PART_OF_WEEK = re.compile(
    r"\b(?P<part>debut|deb\.|milieu|mi)[ \-]*(?:de |de la )?(?:semaine|sem\b\.?)"
    rf"(?P<next> {NEXT})?(?![a-z0-9]| [0-9])"
)
_PART_OF_MONTH = re.compile(
    r"\b(?:(?P<part>debut|mi|milieu|fin)[ \-]*(?:du |de ce |de )?|(?:le |courant |au |d'ici le )?)"
    rf"mois (?P<next>{NEXT})\b"
    r"|\b(?P<part2>debut|mi|milieu|fin)[ \-]*(?:du |de ce |de |)mois\b(?! (?:de |d'))"
)
#: A time, alone or announced; what stands around it may make something else of it.
AMOUNT = re.compile(
    rf"(?<![0-9a-z.,/])(?:(?P<part>1/(?=2 mois|2 ans?|2 sem))|"
    rf"(?P<low>{COUNT}) ?(?P<to>a|ou|-|/) ?)?"
    rf"(?P<count>{COUNT}) ?(?P<unit>{UNIT})(?![a-z0-9])(?<!h(?= [0-5][0-9](?![0-9])))"
    r"(?P<half> (?:et demie?|1/2|½))?(?: ou (?P<more>deux|trois|quatre|[2-9])(?! ?[a-z0-9/]))?"
)
_COUNTDOWN = re.compile(r"(?<![a-z0-9])(?P<unit>[jsm]) ?\+ ?(?P<count>[0-9]{1,3})(?![0-9a-z])")


def _countdown(match: Match, row: date | None, _: date) -> Day:
    return (
        mover(match["count"], "mois" if match["unit"] == "m" else match["unit"])(row)
        if row
        else None
    )


#: What counts from the date of the row. The first line that a text matches takes its words.
DELAYS: tuple[Expression, ...] = (
    Expression(
        Sort.DAY, NUMBERED_DAY,
        "un jour du mois : le premier à venir après la date de la ligne ; le jour de la semaine "
        "doit y tomber", _numbered_day,
        (("le 20", "2026-10-20"), ("avant le 20", "2026-10-20"), ("RDV mardi 13", "2026-10-13"),
         ("pour le 4", "2026-11-04"), ("le 15 du mois prochain", "2026-11-15"),
         ("du 15 au 22", "2026-10-22"), ("semaine du 12", "2026-10-18"),
         ("1er du mois prochain", "2026-11-01")),
    ),
    Expression(
        Sort.DAY, _NEXT_WEEK_DAY, "un jour de la semaine prochaine", _weekday_next_week,
        (("mardi semaine prochaine", "2026-10-13"),),
    ),
    Expression(
        Sort.DAY, _THIS_WEEKDAY, "le premier de ces jours, celui de la ligne compris",
        _this_weekday, (("ce vendredi", "2026-10-09"),),
    ),
    Expression(
        Sort.DAY, WEEKDAYS_AFTER,
        "le premier de ces jours après la ligne ; une semaine plus tard pour « en huit », deux "
        "pour « en quinze »", _weekday,
        (("lundi", "2026-10-12"), ("vendredi prochain", "2026-10-09"),
         ("lundi en huit", "2026-10-19"), ("mardi en quinze", "2026-10-20")),
    ),
    Expression(
        Sort.DELAY, _PART_OF_WEEK, "une partie de la semaine : le mardi pour son début, le jeudi "
        "pour son milieu", _part_of_week,
        (("début de semaine prochaine", "2026-10-13"), ("milieu de semaine", "2026-10-08")),
        lambda _, end: monday(end),
    ),
    _phrase(
        r"debut (?:d'|de l')?annee prochaine", "le 31 janvier suivant",
        lambda d: date(d.year + 1, 1, 31), ("début année prochaine", "2027-01-31"),
        first=_first_of(1),
    ),
    _phrase(
        r"(?:debut|milieu|mi)[ \-]*(?:d'|de l'|de )?(?:annee|trimestre|semestre)(?: prochaine?)?",
        "quel jour ?", lambda d: end_of_next(d, 3),
        ("début d'année", "2027-03-31"), sort=Sort.UNCLEAR,
    ),
    Expression(
        Sort.DELAY, _PART_OF_MONTH,
        "le mois de la ligne, ou le prochain : son dernier jour, le 10 pour son début, le 15 pour "
        "son milieu", _part_of_month,
        (("fin du mois", "2026-10-31"), ("fin mois", "2026-10-31"),
         ("mois prochain", "2026-11-30"), ("début du mois prochain", "2026-11-10"),
         ("mi-mois prochain", "2026-11-15")),
        lambda match, end: first_of_part(end, is_part=bool(match["part"] or match["part2"])),
    ),
    _phrase(
        r"(?:dans|sous|d'ici|en|pour)? ?(?:la |une )?huitaine(?: de jours)?", "huit jours",
        lambda d: later(d, 8), ("huitaine", "2026-10-13"), ("sous huitaine", "2026-10-13"),
    ),
    _phrase(
        r"(?:une )?dizaine de jours", "dix jours", lambda d: later(d, 10),
        ("dans une dizaine de jours", "2026-10-15"),
    ),
    _phrase(
        r"(?:une |la |sous |dans )*quinzaine(?: de jours)?(?! prochaine)", "quinze jours",
        lambda d: later(d, 15), ("quinzaine", "2026-10-20"), ("dans la quinzaine", "2026-10-20"),
    ),
    _phrase(
        r"(?:dans|ds|sous|d'ici|pour) la (?:semaine|sem\b\.?)(?! prochaine| suivante| du)",
        "sept jours",
        lambda d: later(d, 7),
        ("dans la semaine", "2026-10-12"),
    ),
    _phrase(
        r"(?:dans|sous|d'ici|ds) le mois(?! prochain| suivant)", "un mois",
        lambda d: add_months(d, 1),
        ("dans le mois", "2026-11-05"),
    ),
    _phrase(
        r"(?:dans|sous|d'ici) le trimestre(?! prochain| suivant)", "trois mois",
        lambda d: add_months(d, 3), ("dans le trimestre", "2027-01-05"),
    ),
    _phrase(
        r"(?:dans|sous|d'ici) le semestre(?! prochain| suivant)", "six mois",
        lambda d: add_months(d, 6), ("dans le semestre", "2027-04-05"),
    ),
    _phrase(
        r"(?:dans|sous|d'ici) l'annee(?! prochaine| suivante)", "douze mois",
        lambda d: add_months(d, 12), ("dans l'année", "2027-10-05"),
    ),
    _phrase(
        rf"(?:fin (?:de )?(?:la )?|dans la |la )?(?:semaine|sem\.?) {NEXT}",
        "le dimanche de la semaine suivante",
        lambda d: sunday(d, 1), ("semaine prochaine", "2026-10-18"),
        ("sem. prochaine", "2026-10-18"),
        first=monday,
    ),
    _phrase(
        r"(?:fin (?:de (?:la |cette )?)?|cette |courant (?:de )?(?:la )?)(?:semaine|sem\b\.?)",
        "le dimanche de la semaine",
        lambda d: sunday(d, 0), ("cette semaine", "2026-10-11"), ("fin de semaine", "2026-10-11"),
        ("courant semaine", "2026-10-11"),
        first=monday,
    ),
    _phrase(
        rf"(?:fin (?:du |de ce |de |d')?|ce |courant (?:du )?)trimestre(?! {NEXT})",
        "la fin du trimestre",
        lambda d: end_of_next(d, 3, 0), ("fin de trimestre", "2026-12-31"),
        ("ce trimestre", "2026-12-31"),
        first=_first_of(3),
    ),
    _phrase(
        rf"(?:fin (?:du |de ce |de |d')?|ce |courant (?:du )?)semestre(?! {NEXT})",
        "la fin du semestre",
        lambda d: end_of_next(d, 6, 0), ("fin du semestre", "2026-12-31"),
        first=_first_of(6),
    ),
    _phrase(
        rf"(?:fin (?:du )?|le |au |d'ici le )?trimestre {NEXT}", "la fin du trimestre suivant",
        lambda d: end_of_next(d, 3), ("trimestre prochain", "2027-03-31"),
        first=_first_of(3),
    ),
    _phrase(
        rf"(?:fin (?:du )?|le |au |d'ici le )?semestre {NEXT}", "la fin du semestre suivant",
        lambda d: end_of_next(d, 6), ("semestre prochain", "2027-06-30"),
        first=_first_of(6),
    ),
    _phrase(
        r"(?:fin (?:de )?|l')?(?:l')?(?:annee prochaine|an prochain)", "le 31 décembre suivant",
        lambda d: end_of_next(d, 12), ("année prochaine", "2027-12-31"),
        first=_first_of(12),
    ),
    _phrase(
        r"ce mois(?:[ \-]ci)?|(?:dans le )?courant (?:du )?mois(?! d[e'])|"
        r"dernier jour (?:du|de ce) mois",
        "le dernier jour du mois",
        lambda d: last_of_month(d.year, d.month),
        ("ce mois-ci", "2026-10-31"), ("courant du mois", "2026-10-31"),
        ("dernier jour du mois", "2026-10-31"),
        first=_first_of(1),
    ),
    _phrase(
        r"fin (?:d'|d |d|de l'|de cette |)annee(?! (?:[0-9]|scolaire|universitaire))|cette annee",
        "le 31 décembre", lambda d: date(d.year, 12, 31), ("fin d'année", "2026-12-31"),
        first=_first_of(3),
    ),
    _phrase(
        r"aujourd'hui|ce jour|ce (?:matin|midi|soir)|cet apres-midi|"
        r"le jour meme|immediat|immediatement|tout de suite", "le jour même",
        lambda d: d, ("aujourd'hui", "2026-10-05"), ("immédiatement", "2026-10-05"),
    ),
    _phrase(
        r"ce week[ \-]?end", "le dimanche", lambda d: sunday(d, 0),
        ("ce week-end", "2026-10-11"), first=lambda end: later(end, -1),
    ),
    _phrase(
        r"sem(?:aine|\.)? du (?=\x00)", "la semaine d'une date : son dimanche",
        lambda d: d, sort=Sort.WEEK_OF,
    ),
    _phrase(
        r"apres[ \-]demain", "deux jours plus tard", lambda d: later(d, 2),
        ("après-demain", "2026-10-07"),
    ),
    _phrase(
        r"demain|(?<![a-z] )lendemain(?! d)", "le lendemain", lambda d: later(d, 1),
        ("demain", "2026-10-06"),
    ),
    Expression(
        Sort.DELAY, _COUNTDOWN, "des jours, des semaines ou des mois plus tard", _countdown,
        (("J+15", "2026-10-20"), ("S+3", "2026-10-26"), ("M+2", "2026-12-05")),
    ),
    Expression(
        Sort.AMOUNT, AMOUNT,
        "un délai, le plus long quand il y en a deux ; « sous », « dans », « d'ici » le précèdent"
        " ou non",
        _amount,
        (("sous 15 jours", "2026-10-20"), ("3 mois", "2027-01-05"), ("2-3 semaines", "2026-10-26"),
         ("1 mois et demi", "2026-11-20"), ("sous 48h", "2026-10-07"), ("un an", "2027-10-05")),
    ),
)  # fmt: skip
