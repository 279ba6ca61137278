"""Times and numbers as people type them: 45 min, 1h30, 1:30, 1,5 h, 1 820."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import inf
from sys import maxsize

from cedre_xlsx.method.dates import aligned, clean
from cedre_xlsx.method.days import EPOCH, EPOCH_1904
from cedre_xlsx.method.grammar.times import exact, proposed
from cedre_xlsx.method.hours import Hours, Per

_APPROXIMATE = re.compile(
    r"^(?:environ|env\.?|a peu pres|approx\.?|~|≈|±|\+/-)\s*|\s*(?:environ|env\.?)$"
)
#: After a time, how it was spent.
_HOW = re.compile(r"\s+(?:par|au|en) (?:tel\w*|mail|sms|visio|courrier)\.?$")
#: A smaller number may be hours as well as minutes; a larger one is more than a day.
_SHORTEST, _LONGEST = 5, 24 * 60
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_AMONG_WORDS = re.compile(
    r"(?<![0-9a-z.,])(?:[0-9]{1,3}\s*(?:h|:|heures? )\s*[0-5]?[0-9](?:\s*(?:mn|min|minutes?))?"
    rf"|{_NUMBER}\s*(?:heures?|minutes?|mins?|mn|h))(?![a-z0-9])"
)
#: Beside a time, words that make another of it, so that it is not surely the one meant.
_CHANGES = re.compile(
    r"\b(?:quarts?|demie?s?|fois|chacune?s?|chaque|par|moins|plus|sauf|tiers|moitie|double|x|et|ou|"
    r"jours?|journees?|semaines?|sem|hebdo\w*|mois|mensuel\w*|ans?|annees?|trimestres?|quinzaine|"
    r"midi|minuit|sur|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|quarante|jusqu'a?|avant|apres|"
    r"entre|de [0-9]|mini|minimum|maxi|maximum|max)\b|"
    r"\b[a-z]{0,2}h\b|[+x*×/½¼¾?<>≤≥=&_]|^ ?-|"
    r"\([^)]*$|^[^(]*\)"
)
_FIGURES = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time in minutes where it is sure, else the one that is probably meant."""

    minutes: int | None
    proposed: int | None = None
    why: str = ""


@lru_cache(maxsize=16384)
def read_minutes(text: str) -> ReadTime:
    """What a typed time means. A bare whole number is minutes, unless it may be hours."""
    plain = _HOW.sub("", _APPROXIMATE.sub("", aligned(clean(text))))
    if plain.isascii() and plain.isdigit():
        return number_of_minutes(int(min(float(plain), maxsize)))
    found = exact(plain)
    if found is None:
        found = _among_words(plain)
    if found is not None:
        return ReadTime(found)
    meant = proposed(plain)
    if meant is None:
        meant = exact(
            re.sub(
                r"(?<=[0-9h])[oli|]|[oli|](?=[0-9])", lambda one: one[0].translate(_FIGURES), plain
            )
        )
    return ReadTime(None, meant)


def number_of_minutes(number: int) -> ReadTime:
    """A number without a unit: minutes, unless it may be hours."""
    if 0 < number < _SHORTEST:
        return ReadTime(None, 60 * number, "heures ou minutes ?")
    return (
        ReadTime(number)
        if number <= _LONGEST
        else ReadTime(None, None, "c'est plus d'une journée.")
    )


def _among_words(plain: str) -> int | None:
    """The one time of a text that has no other figure: "45 min au téléphone"."""
    spoken = [match[0].strip() for match in _AMONG_WORDS.finditer(plain)]
    rest = _AMONG_WORDS.sub("", plain)
    if len(spoken) != 1 or re.search(r"[0-9]", rest) or _CHANGES.search(rest):
        return None
    return exact(spoken[0])


def minutes_of_cell(value: time | timedelta | datetime | date | float) -> int | None:
    """The minutes of a cell that is not text.

    A time of day or a length is meant; a number is minutes, or the part of a day that a lost
    format leaves (0,03125 is 45 minutes). 0,5 may be half an hour or half a day: None.
    """
    length = _length(value)
    if length is not None:
        return round(length.total_seconds() / 60) if length >= timedelta(0) else None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < inf:
        return None
    if float(value).is_integer():
        return number_of_minutes(int(value)).minutes
    minutes = value * 1440
    typed_by_hand = float(f"{value:.2f}") == value
    is_whole = float(f"{minutes:.4f}").is_integer()
    if not int(value) and not typed_by_hand and is_whole:
        return round(minutes)
    return None


def hours_of_cell(value: time | timedelta | datetime | date | float) -> float | None:
    """The hours of a cell that is not text; a number is hours."""
    length = _length(value)
    if length is not None:
        return length.total_seconds() / 3600 if length >= timedelta(0) else None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < inf:
        return float(value)
    return None


def _length(value: object) -> timedelta | None:
    """A length of time; one of more than a day under a clock's format is a date near 1900."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, datetime) and value.year in (1900, 1904) and value.month == 1:
        first = EPOCH + timedelta(days=1) if value.year == 1900 else EPOCH_1904
        return value - datetime.combine(first, time())
    return None


#: After a number, the unit of time that it is of: "par semaine", "/j", "hebdo", "la semaine".
_PER = re.compile(
    r"[\s./(]*(?:/|\bpar\b|\bp\.|\bchaque\b|(?=\bhebdo|\bmensuel|\bannuel|\bjournali|\bquotid)"
    r"|(?<=h )(?=semaine\b)|(?<=heures )(?=semaine\b)|(?<=h )(?=la semaine\b))\s*(?:la |le )?"
    r"(?P<unit>jour|journee|jr|j|journalier\w*|quotidien\w*|semaine|sem|s|hebdo\w*|mois|"
    r"mensuel\w*|an|annee|annuel\w*)\.?\)?$"
)
_PERS = {
    "j": Per.DAY, "q": Per.DAY, "s": Per.WEEK, "h": Per.WEEK, "m": Per.MONTH, "a": Per.YEAR,
}  # fmt: skip
_IN_ALL = re.compile(r"^total\b ?:?|[\s,]*\(?(?:(?:au|en) (?:total|tout)|\btotal)\)?$")
_OF_A_WEEK = re.compile(r" ?\((?:s|sem\.?|semaine) ?[0-9]{1,2}\)$")
#: The hours of a full-time week, of which people type a part.
_FULL_TIME = 35
_WHOLE_TIME = re.compile(r"(?:a )?(?:temps plein|plein temps|temps complet|tps plein)")
_HALF_TIME = re.compile(r"(?:a )?(?:mi[ -]?temps|1/2 temps|demi[ -]temps)")
_PART_TIME = re.compile(
    r"(?:temps partiel )?(?:(?P<percent>[0-9]{1,3}(?:[.,][0-9]+)?) ?%|"
    r"(?P<share>[01](?:[.,][0-9]+)?) ?(?:etp|tp))(?: temps partiel)?"
)


@dataclass(frozen=True, slots=True)
class ReadHours:
    """Hours with their unit where both are sure, else those that are probably meant."""

    hours: Hours | None
    proposed: Hours | None = None


@lru_cache(maxsize=16384)
def read_hours(text: str, own: Per = Per.MISSION) -> ReadHours:
    """What typed hours mean: 5, 5h30, 151,67, 35 h/sem, 7h par jour, 80 h au total.

    `own` is what a number without a unit is of in its column: a mission, or a week.
    """
    typed = aligned(clean(text))
    about = _APPROXIMATE.search(typed) is not None  # hours are paid: "environ 20 h" is no number
    plain = _APPROXIMATE.sub("", _OF_A_WEEK.sub("", typed))
    stem, per = _unit(plain, own)
    amount = _hours(stem, weekly=per is Per.WEEK)
    if amount is not None and not about:
        return ReadHours(Hours(amount, per))
    if amount is None:
        amount = _hours_proposed(stem)
    return ReadHours(None, _part_time(plain) if amount is None else Hours(amount, per))


def _unit(plain: str, own: Per) -> tuple[str, Per]:
    """The number, and what it is of."""
    if _A_DAY_AND_WEEK.fullmatch(plain):
        return plain, Per.WEEK
    if match := _PER.search(plain):
        return plain[: match.start()].strip(), _PERS[match["unit"][0]]
    if _IN_ALL.search(plain):
        return _IN_ALL.sub("", plain).strip(), Per.MISSION
    return plain, own


def _part_time(plain: str) -> Hours | None:
    """The hours a week of "mi-temps", "80 %", "0,5 ETP", at 35 hours for a full time."""
    if _WHOLE_TIME.fullmatch(plain):
        return Hours(_FULL_TIME, Per.WEEK)
    if _HALF_TIME.fullmatch(plain):
        return Hours(_FULL_TIME / 2, Per.WEEK)
    match = _PART_TIME.fullmatch(plain)
    if match is None:
        return None
    part = number_of(match["share"] or match["percent"]) or 0.0
    part = part if match["share"] else part / 100
    return Hours(round(_FULL_TIME * part, 2), Per.WEEK) if 0 < part <= 1 else None


def _hours(plain: str, *, weekly: bool = False) -> float | None:
    number = _number_of_hours(plain)
    if number is not None:
        return number if number >= 0 else None
    for pattern, reckon in _RECKONED:
        if match := pattern.fullmatch(plain):
            return reckon(match, weekly)
    if _NOT_HOURS.search(plain):
        return None
    minutes = exact(plain)
    if minutes is None:
        minutes = _among_words(plain)
        beside = _REMARK.sub("", _AMONG_WORDS.sub("", plain))
        if not _HARMLESS.issuperset(re.findall("[a-z]+", beside)):
            return None
    return None if minutes is None else minutes / 60


#: A thousand and more, or a little more than one? "1,200".
_THOUSANDS = re.compile(r"[0-9]{1,3},[0-9]{3}")


def _number_of_hours(plain: str) -> float | None:
    typed = re.sub(r"\s*(?:h|hrs?|heures?)\.?$", "", plain)
    return None if _THOUSANDS.fullmatch(typed) else number_of(typed)


def _summed(match: re.Match[str], _: bool) -> float | None:
    terms = [_number_of_hours(term.strip()) for term in match[0].split("+")]
    known = [term for term in terms if term is not None]
    return sum(known) if len(known) == len(terms) else None


def _multiplied(match: re.Match[str], weekly: bool) -> float | None:
    times, each = float(match["times"]), _number_of_hours(match["each"])
    of_several_weeks = weekly and (times > _DAYS_A_WEEK or " sem" in match[0])
    return None if each is None or of_several_weeks else times * each


def _from_hour_to_hour(match: re.Match[str], weekly: bool) -> float | None:
    start, end = float(match["start"]), float(match["end"])
    at_once = _EARLIEST <= start <= _LATEST and start < end <= start + _LONGEST_AT_ONCE
    return end - start if at_once and not weekly else None


_EACH = r"(?P<each>[0-9]+(?:[.,][0-9]+)?) ?(?:h|heures?)?"
_DAYS = r"(?P<times>[0-9]{1,2}) ?(?:j|jrs?|jours?|sem|semaines?|fois)?\.?"
_TIMES = r" ?(?:x|\*|×) ?"
_A_DAY_AND_WEEK = re.compile(
    rf"{_EACH} ?(?:/|par) ?j(?:our)?\.?,? ?(?:x|sur|a)? ?"
    r"(?P<times>[1-7]) ?j(?:ours?)? ?(?:/|par) ?s(?:em(?:aine)?)?\.?"
)
#: Hours that are added, multiplied or counted from one to the other.
_RECKONED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], bool], float | None]], ...] = (
    (re.compile(r"[0-9., h]+(?:\+[0-9., h]+)+"), _summed),
    (re.compile(rf"{_DAYS}{_TIMES}{_EACH}"), _multiplied),
    (re.compile(rf"(?P<times>[0-9]{{1,2}}) ?(?:j|jrs?|jours?) (?:de|a) {_EACH}"), _multiplied),
    (re.compile(rf"(?P<each>[0-9]+(?:[.,][0-9]+)? ?h(?:eures?)?){_TIMES}{_DAYS}"), _multiplied),
    (
        re.compile(
            rf"{_EACH} ?(?:/|par) ?j(?:our)?,? ?(?:x|\*|×|sur|pendant) ?(?P<times>[0-9]{{1,3}}) ?"
            r"(?:j|jrs?|jours?)"
        ),
        _multiplied,
    ),
    (_A_DAY_AND_WEEK, lambda match, weekly: _multiplied(match, weekly) if weekly else None),
    (re.compile(r"(?P<start>[0-9]{1,2}) ?h ?(?:-|a) ?(?P<end>[0-9]{1,2}) ?h"), _from_hour_to_hour),
)  # fmt: skip
_DAYS_A_WEEK = 7
#: A day of work begins at one of these hours: "20h-24h" is from twenty to twenty-four hours; one
#: of more than half a day has a break.
_EARLIEST, _LATEST, _LONGEST_AT_ONCE = 7, 14, 5
#: A remark in brackets that takes nothing away.
_REMARK = re.compile(r"\((?!.*\b(?:non|pas|sauf|dont|annul|report|refus))[^()0-9]*\)")
#: Words beside hours that change nothing to them.
_HARMLESS = frozenset({
    "total", "en", "tout", "heure", "heures", "h", "de", "mission", "mad", "travail",
    "travaillees", "prevues", "effectuees", "faites", "realisees", "payees", "facturees", "soit",
    "d", "au", "la", "le",
})  # fmt: skip
#: Times that a column of hours does not hold surely: days, and one number or another.
_NOT_HOURS = re.compile(
    r"jour|\bj\b|[0-9]j\b|[+x*×<>]|(?<!h1)(?<!h3)(?<!h 1)/|"
    r"[0-9] ?(?:h|min|mn)? ?(?:a|ou|et|-) ?[0-9]+ ?(?:h|min|mn)?[a-z]*$"
)


def _hours_proposed(plain: str) -> float | None:
    decimal = re.fullmatch(r"([0-9]+) ?h ?([0-9]{2})", plain)
    if decimal:  # 151h67
        return float(f"{decimal[1]}.{decimal[2]}")
    if re.search(r"[0-9] ?h? ?(?:a|-|/|ou) ?[0-9]+ ?h", plain):  # from so many to so many
        return None
    minutes = proposed(plain)
    return None if minutes is None else minutes / 60


_FRENCH_NUMBER = re.compile(r"^([+-]?)([0-9]{1,3}(?:[ .'][0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?$")
_POINT_DECIMAL = re.compile(r"^[0-9]{1,3}\.[0-9]{3}$")


@lru_cache(maxsize=16384)
def number_of(text: str, unit: str = "") -> float | None:
    """A number typed in the French way, possibly with its unit: 1 820, 1,5, 60 %, 30 jours."""
    plain = aligned(clean(text))
    if unit:
        words = aligned(clean(unit))
        plain = re.sub(rf"\s*(?:{re.escape(words)}|{re.escape(words.rstrip('s'))})$", "", plain)
    match = _FRENCH_NUMBER.match(plain)
    if match is None or _POINT_DECIMAL.match(plain):  # 1.820: a thousand, or nearly two?
        return None
    whole = re.sub(r"[ .']", "", match[2])
    return float(f"{match[1]}{whole}.{match[3] or 0}")
