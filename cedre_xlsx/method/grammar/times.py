"""The table of the times that people type: 45 min, 1h30, 1 h et quart, 2 x 30 min, 9h-10h30."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: A day of work and its half, as the legal week of 35 hours makes them, in minutes.
WORKDAY = 7 * 60
#: Before this hour, "1h-2h" is a length and not a time of day.
_FIRST_HOUR = 7
#: Fewer minutes may be hours: "2 x 2".
_SHORTEST = 5
_DAY_END = 24 * 60

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10,
    "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "quarante-cinq": 45, "la": 1,
}  # fmt: skip
#: What may follow the comma of hours: in 1,30 h the thirty may be minutes.
_SURE_NUMBER = r"[0-9]+(?:[.,](?:[0-9]|25|50|75|[0-9]0{1,2}(?<!30)(?<!20)(?<!10)(?<!40)))?"
_COUNT = rf"(?:{_NUMBER}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_SURE_COUNT = rf"(?:{_SURE_NUMBER}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_HOUR = r"(?:h|hr|hrs|heures?)\.?"
_MINUTE = r"(?:mns?|min|mins|minutes?|m|'|′)\.?"
_QUARTERS = {
    "1/4": 15, "¼": 15, "un quart": 15, "quart": 15, "1/2": 30, "½": 30, "une demi": 30,
    "demi": 30, "une demie": 30, "demie": 30, "3/4": 45, "¾": 45, "trois quarts": 45,
    "trois quart": 45, "3 quarts": 45,
}  # fmt: skip
_QUARTER = "|".join(sorted(_QUARTERS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One line of the table: a whole text, the minutes of its match, how people type it.

    `sure` is False where the time may only be proposed.
    """

    pattern: re.Pattern[str]
    minutes: Callable[[re.Match[str]], int | None]
    means: str
    examples: tuple[tuple[str, int], ...]
    sure: bool = True


def _float(text: str) -> float:
    return float(_WORDS[text]) if text in _WORDS else float(text.replace(",", "."))


def _clock(match: re.Match[str]) -> int:
    return int(_float(match[1])) * 60 + int(match[2])


def _decimal_or_clock(match: re.Match[str]) -> int:
    """What "1,30 h" probably is: 1h30; "1,25" is an hour and a quarter."""
    hours, rest = int(match[1]), match[2]
    return 60 * hours + {"25": 15, "50": 30}.get(rest, int(rest))


def _hours_and_part(match: re.Match[str]) -> int:
    part = _QUARTERS[match["part"]]
    hours = int(_float(match["hours"] or "0")) * 60
    return hours - part if match["less"] else hours + part


def _days(match: re.Match[str]) -> int | None:
    minutes = WORKDAY * _float(match["days"])
    if match["half"]:
        minutes += WORKDAY / 2
    return round(minutes)


def _product(match: re.Match[str]) -> int | None:
    typed = match["each"].strip()
    each = int(typed) if typed.isdigit() and int(typed) >= _SHORTEST else exact(typed)
    return None if each is None else round(_float(match["times"]) * each)


def _sum(match: re.Match[str]) -> int | None:
    terms = [part.strip() for part in match[0].split("+")]
    if all(term.isdigit() and int(term) >= _SHORTEST for term in terms):
        terms = [f"{term} min" for term in terms]
    elif terms[-1].endswith(("min", "mn")):
        terms = [f"{term} min" if term.isdigit() else term for term in terms]
    parts = [exact(term) for term in terms]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _listed(match: re.Match[str]) -> int | None:
    parts = [
        exact(part.strip()) for part in re.split(r" et (?!demi|quart|trois|1/|3/)|[&,;] ", match[0])
    ]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _of_the_day(match: re.Match[str]) -> int | None:
    """The time from one hour of the day to another."""
    start = int(match["from_h"]) * 60 + int(match["from_m"] or 0)
    end = int(match["to_h"]) * 60 + int(match["to_m"] or 0)
    if int(match["from_h"]) < _FIRST_HOUR or not start < end <= _DAY_END:
        return None
    return end - start


def _spans(match: re.Match[str]) -> int | None:
    """The sum of times that each go from one hour of the day to another."""
    parts = [_of_the_day(span) for span in re.finditer(f"{_FROM} ?{_TO_SIGN} ?{_TO}", match[0])]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _twice(match: re.Match[str]) -> int | None:
    """The minutes of a time that stands again in brackets, otherwise written."""
    one = exact(match["one"].strip())
    return one if one == exact(match["same"].strip()) else None


def _middle(match: re.Match[str]) -> int | None:
    """The middle of "30 à 45 min"."""
    low, high = match["low"], match["high"]
    last = exact(high)
    unit = re.sub(r"^[0-9.,]+", "", high)
    first = exact(low if not low.isdigit() else low + unit)
    if first is None or last is None or not first < last:
        return None
    if "h" in high and last >= 60 * _FIRST_HOUR:  # "6h-7h" may be hours of the day
        return None
    return round((first + last) / 2)


_FROM = r"(?P<from_h>[0-9]{1,2}) ?(?:(?:h|:|heures?) ?)?(?P<from_m>(?<![0-9])[0-5][0-9])?"
_TO_SIGN = r"(?:-|a|>|->|→|jusqu'a)"
_TO = r"(?P<to_h>[0-9]{1,2}) ?(?:h|:|heures?) ?(?P<to_m>[0-5][0-9])?"

_SPAN = re.sub(r"\?P<\w+>", "?:", f"{_FROM} ?{_TO_SIGN} ?{_TO}")

#: The first line that a whole text matches is the one.
TIMES: tuple[TimeExpression, ...] = (
    TimeExpression(
        re.compile(  # 1h5: 1h05, or 1h50?
            rf"([0-9]{{1,3}})\s*(?:h|:|heures?)\s*(?:et (?=[0-9]+ ?m))?([0-5][0-9]|"
            rf"[0-9](?=\s*[m']))\s*(?:{_MINUTE})?\.?"
        ),
        _clock, "des heures et des minutes",
        (("1h30", 90), ("1 h 30 min", 90), ("1:30", 90), ("0h45", 45)),
    ),
    TimeExpression(
        re.compile(r"([0-9]{1,3}):([0-5][0-9]):[0-5][0-9](?:\.[0-9]+)?"), _clock,
        "des heures, minutes et secondes", (("01:30:00", 90),),
    ),
    TimeExpression(
        re.compile(rf"({_SURE_COUNT})\s*{_HOUR}"), lambda found: round(_float(found[1]) * 60),
        "des heures", (("2 h", 120), ("1,5 h", 90), ("une heure", 60)),
    ),
    TimeExpression(
        re.compile(rf"(?P<hours>{_COUNT})\s*heures?\s*(?:et )?(?P<minutes>{'|'.join(_WORDS)})"),
        lambda found: round(60 * _float(found["hours"]) + _float(found["minutes"])),
        "des heures et des minutes, en lettres", (("une heure trente", 90),),
    ),
    TimeExpression(
        re.compile(rf"([0-9]{{1,2}})[.,]([0-5][0-9])\s*(?:{_HOUR})?"), _decimal_or_clock,
        "des minutes après la virgule, ou une part d'heure ?", (("1,30h", 90), ("1,30", 90)),
        sure=False,
    ),
    TimeExpression(
        re.compile(rf"({_COUNT})\s*{_MINUTE}"), lambda found: round(_float(found[1])),
        "des minutes", (("45 min", 45), ("45'", 45), ("90 mn", 90)),
    ),
    TimeExpression(
        re.compile(
            rf"(?P<hours>{_COUNT})\s*(?:{_HOUR})?\s*(?:et |(?P<less>moins )(?:le "
            rf")?)?(?P<part>{_QUARTER})"
        ),
        _hours_and_part, "des heures et une part d'heure",
        (("1h et quart", 75), ("1h et demie", 90), ("1h1/2", 90), ("une heure trois quarts", 105)),
    ),
    TimeExpression(
        re.compile(rf"(?P<hours>)(?P<less>)(?P<part>{_QUARTER})[ \-]*"
                   rf"(?:d'|de )?{_HOUR}"),
        _hours_and_part,
        "une part d'heure", (("1/2 h", 30), ("un quart d'heure", 15), ("3/4 d'heure", 45)),
    ),
    TimeExpression(
        re.compile(r"(?:une |la |1 )?(?:demi|1/2|½)[ \-]*(?:journee|jour|j)"),
        lambda _: WORKDAY // 2, "une demi-journée, de 3 h 30", (("1/2 journée", 210),),
    ),
    TimeExpression(
        re.compile(
            rf"(?:toute )?(?P<days>{_COUNT}|la) ?(?:journees?|jours?|j)(?: entiere?s?)?"
            r"(?P<half> (?:et demie?|1/2|½))?"
        ),
        _days, "une journée, de 7 heures",
        (("1 jour", 420), ("2 jours", 840), ("toute la journée", 420)),
    ),
    TimeExpression(
        re.compile(rf"(?P<times>[0-9]{{1,2}}|{'|'.join(_WORDS)}) ?(?:x|\*|×|fois) "
                   rf"?(?P<each>[^x*×+]+)"),
        _product, "plusieurs fois le même temps", (("2x30min", 60), ("3 fois 1h", 180)),
    ),
    TimeExpression(
        re.compile(r"(?P<each>[^x*×+]+?) ?(?:x|\*|×) ?(?P<times>[0-9]{1,2})"),
        _product, "plusieurs fois le même temps", (("15 min x 3", 45),),
    ),
    TimeExpression(
        re.compile(r"[^+]+(?:\+[^+]+)+"), _sum, "une somme", (("30 min + 15 min", 45),),
    ),
    TimeExpression(
        re.compile(rf"(?:de |entre )?{_FROM} ?(?:-|a|/|et|>|->|→|jusqu'a) ?{_TO}"), _of_the_day,
        "d'une heure du jour à une autre, à partir de 7 h", (("9h-10h30", 90), ("de 14h à "
                                                                                "15h", 60)),
    ),
    TimeExpression(
        re.compile(
            rf"(?:de |entre )?(?P<low>[0-9]+(?: ?(?:h|min|mn)(?: ?[0-9]{{2}})?)?) ?(?:-|a) ?"
            rf"(?P<high>[0-9]+ ?(?:{_MINUTE}|{_HOUR})(?: ?[0-9]{{2}})?)"
        ),
        _middle, "entre deux temps : le milieu", (("30-45 min", 38), ("1h à 1h30", 75)),
    ),
    TimeExpression(
        re.compile(rf"{_SPAN}(?: ?(?:/|,|;|\+| et | puis ) ?{_SPAN})+"), _spans,
        "plusieurs heures du jour : leur somme", (("9h-12h / 14h-17h", 360),),
    ),
    TimeExpression(
        re.compile(r"(?P<one>[^()]+?) ?\((?:soit )?(?P<same>[^()]+)\)"), _twice,
        "deux fois le même temps", (("60 min (1h)", 60), ("9h-10h30 (1h30)", 90)),
    ),
    TimeExpression(
        re.compile(r".+(?: et (?!demi|quart)|[&,;] ).+"), _listed,
        "deux temps : un seul, ou leur somme ?", (("1h30 et 15 min", 105),), sure=False,
    ),
    TimeExpression(
        re.compile(r"(1?[0-9]|2[0-3])[.,]([0-9])"), lambda found: round(_float(found[0]) * 60),
        "un nombre à virgule sans unité : des heures ?", (("1,5", 90),), sure=False,
    ),
    TimeExpression(
        re.compile(r"([0-9]{1,2}) ?h ?([0-9])"), lambda found: int(found[1]) * 60 + int(found[2]),
        "une minute, ou dix ?", (("1h5", 65),), sure=False,
    ),
    TimeExpression(
        re.compile(r"(?:une |la |1 )?(?:matinee|apres[ \-]midi|matin|soiree)"),
        lambda _: WORKDAY // 2, "une demi-journée ?", (("une matinée", 210),), sure=False,
    ),
)  # fmt: skip


def exact(plain: str) -> int | None:
    """The minutes of a whole `aligned` text that is a time; None when it is not surely one."""
    for one in TIMES:
        if one.sure and (match := one.pattern.fullmatch(plain)):
            minutes = one.minutes(match)
            if minutes is not None:
                return minutes
    return None


def proposed(plain: str) -> int | None:
    """The minutes that a text probably means, where it is not sure."""
    for one in TIMES:
        if match := one.pattern.fullmatch(plain):
            minutes = one.minutes(match)
            if minutes is not None:
                return minutes
    return None
