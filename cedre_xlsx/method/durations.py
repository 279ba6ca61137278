"""Times and numbers as people type them: 45 min, 1h30, 1:30, 1,5 h, 1 820."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import inf

from cedre_xlsx.method.dates import aligned, clean

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_APPROXIMATE = re.compile(r"^(?:environ|env\.?|a peu pres|~|≈|±|\+/-)\s*")
#: Exact forms of a whole text, minutes by their groups.
_CLOCK = re.compile(
    r"^([0-9]{1,3})\s*(?:h|:|heures? )\s*"
    r"([0-5][0-9]|[0-9](?=\s*[m']))\s*(?:mn|min|minutes?|m|')?\.?$"  # 1h5: 1h05, or 1h50?
)
_CLOCK_SECONDS = re.compile(r"^([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])(?:\.[0-9]+)?$")
_HOURS = re.compile(rf"^({_NUMBER})\s*(?:h|hr|hrs|heures?)\.?$")
_MINUTES = re.compile(rf"^({_NUMBER})\s*(?:mn|min|mins|minutes?|m|'|′)\.?$")
_HALF = re.compile(r"^([0-9]+|une?)?\s*(?:h|heures?)?\s*(?:et )?(?:demie?|1/2|½)$")
_PARTS = {
    "1/4": 15, "¼": 15, "un quart": 15, "quart": 15, "1/2": 30, "½": 30, "une demi": 30,
    "demi": 30, "une demie": 30, "demie": 30, "3/4": 45, "¾": 45, "trois quarts": 45,
    "un": 60, "une": 60, "deux": 120, "trois": 180,
}  # fmt: skip
_PART = re.compile(r"^(.+?)[ \-]*(?:d'|de )?(?:h|heures?)$")
_AMONG_WORDS = re.compile(
    r"(?:[0-9]{1,3}\s*(?:h|:|heures? )\s*[0-5]?[0-9](?:\s*(?:mn|min|minutes?))?"
    rf"|{_NUMBER}\s*(?:heures?|minutes?|mins?|mn|h))(?![a-z0-9])"
)


@lru_cache(maxsize=16384)
def minutes_of(text: str) -> int | None:
    """The minutes of a typed time; None when it is not one. A bare whole number is minutes."""
    plain = _APPROXIMATE.sub("", aligned(clean(text)))
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) < 6 else None
    found = _exact(plain)
    return found if found is not None else _among_words(plain)


def _among_words(plain: str) -> int | None:
    """The one time of a text that has no other figure: "45 min au téléphone"."""
    spoken = [match[0].strip() for match in _AMONG_WORDS.finditer(plain)]
    if len(spoken) != 1 or re.search(r"[0-9]", _AMONG_WORDS.sub("", plain)):
        return None
    return _exact(spoken[0])


def _exact(plain: str) -> int | None:
    if match := _CLOCK.match(plain) or _CLOCK_SECONDS.match(plain):
        return int(match[1]) * 60 + int(match[2])
    if match := _HOURS.match(plain):
        return round(_float(match[1]) * 60)
    if match := _MINUTES.match(plain):
        return round(_float(match[1]))
    if match := _HALF.match(plain):
        whole = match[1] or "0"
        return (int(whole) if whole.isdigit() else 1) * 60 + 30
    if match := _PART.match(plain):
        return _PARTS.get(match[1].strip())
    return None


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
        return int(value) if value < 1e6 else None
    minutes = value * 1440
    typed_by_hand = abs(value * 100 - round(value * 100)) < 1e-9
    if value < 1 and not typed_by_hand and abs(minutes - round(minutes)) < 1e-4:
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
        epoch = datetime(1899, 12, 31) if value.year == 1900 else datetime(1904, 1, 1)  # noqa: DTZ001
        return value - epoch
    return None


@lru_cache(maxsize=16384)
def hours_of(text: str) -> float | None:
    """The hours of a typed number of hours: 5, 5 h, 5h30, 151,67, 35 h par semaine."""
    plain = _APPROXIMATE.sub("", aligned(clean(text)))
    plain = re.sub(r"\s*(?:/|par )\s*(?:semaine|sem\.?|mois|an)$", "", plain)
    number = number_of(re.sub(r"\s*(?:h|heures?)$", "", plain))
    if number is not None:
        return number if number >= 0 else None
    minutes = _exact(plain)
    if minutes is None:
        minutes = _among_words(plain)
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


def _float(text: str) -> float:
    return float(text.replace(",", "."))
