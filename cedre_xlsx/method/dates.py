"""French dates as people type them, alone or inside a text. Day comes before month, always."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache

from cedre_xlsx.method.days import EPOCH, epoch_of

#: Earlier or later is a typing error: a year typed alone in a date cell is shown as 18/07/1905.
FIRST_YEAR, LAST_YEAR = 1920, 2119

MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3,
    "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juill": 7, "juil": 7, "jul": 7,
    "aout": 8, "aou": 8, "septembre": 9, "sept": 9, "sep": 9, "octobre": 10, "oct": 10,
    "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
#: Days spelled out, from the second on.
DAY_NAMES = (
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
    "vingt et un", "vingt-deux", "vingt-trois", "vingt-quatre", "vingt-cinq", "vingt-six",
    "vingt-sept", "vingt-huit", "vingt-neuf", "trente", "trente et un",
)  # fmt: skip
_SPELLED_DAYS = {"premier": 1, **{name: day for day, name in enumerate(DAY_NAMES, start=2)}}
_DAY_WORDS = "|".join(sorted(_SPELLED_DAYS, key=len, reverse=True))
#: Any name of a month, longest first, as a regular expression over `aligned` texts.
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))


class NoDate(Enum):
    """Why a text has no date."""

    UNCLEAR = auto()  # no date in it
    IMPOSSIBLE = auto()  # 31/02, 12/13
    IMPLAUSIBLE = auto()  # 1905, 2620
    NO_YEAR = auto()  # 02/05, and no date of its row to count from
    SEVERAL = auto()  # more than one where one is expected
    NO_ROW_DATE = auto()  # "sous 15 jours", and no date of its row to count from
    SLIP = auto()  # 15/1O/2026: a letter inside a number, a separator that lacks
    NO_ROLE = auto()  # 15/11/2026 20: a number, or a day, that nothing says what it is
    WEEKDAY = auto()  # lundi 6/10/2026, which is a Tuesday
    START = auto()  # "à partir du 15/11" is no deadline
    DONE = auto()  # "fait le 12/10" is none either
    VAGUE = auto()  # "vers le 15/11", "15/11 ?"
    DEPENDS = auto()  # "15/11 si permis obtenu"
    PUT_OFF = auto()  # "15/11 reporté", to no day
    NOT_A_DAY = auto()  # "avant le 12/05/2026" where a day is expected
    PAST = auto()  # "30/09" on a row of 05/10: of this year, or of the next?
    AT_LEAST = auto()  # "au moins 3 mois" is a minimum
    LASTS = auto()  # "CDD 3 mois" is how long a thing lasts


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date written in a text, from `start` to `end`; `year` is None where none is typed."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    short_year: bool = False

    def on_calendar(self, on: date, after: date | None = None) -> date | NoDate:
        """The day meant.

        A two-digit year is of the century nearest to `on`; without a year, it is the first such
        day on or after `after`, unless it was one shortly before.
        """
        if self.year is None:
            return _first_such_day(self.day, self.month, after)
        year = nearest_century(self.year, on) if self.short_year else self.year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return NoDate.IMPLAUSIBLE
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return NoDate.IMPOSSIBLE


def nearest_century(two_digits: int, on: date) -> int:
    """The year that ends with these two digits and is nearest to `on`, the past one if equal."""
    base = on.year // 100 * 100 + two_digits
    return min((base - 100, base, base + 100), key=lambda year: (abs(year - on.year), year))


#: So long before the date of a row, a day without its year may be the one that is meant.
SHORTLY = timedelta(days=92)
_A_YEAR = timedelta(days=366)


def _first_such_day(day: int, month: int, after: date | None) -> date | NoDate:
    if after is None:
        return NoDate.NO_YEAR if day <= _LONGEST[month - 1] else NoDate.IMPOSSIBLE
    for year in range(after.year - 1, after.year + 2):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= after:
            return found if found - after <= _A_YEAR else NoDate.IMPOSSIBLE  # the 29th of February
        if found >= after - SHORTLY:
            return NoDate.PAST
    return NoDate.IMPOSSIBLE


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_ALIKE = str.maketrans({"\\": "/", "⁄": "/", "∕": "/", "’": "'", "‘": "'", "ʼ": "'", "´": "'",
                        "–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-"})  # fmt: skip


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """The text on one line (NFC), without the invisible marks that copying leaves."""
    if not text.isascii():
        visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
        text = unicodedata.normalize("NFC", visible)
    return " ".join(text.split()).lstrip("'")


@lru_cache(maxsize=16384)
def aligned(text: str) -> str:
    """A cleaned text in lower case without accents, each character still at its place."""
    if text.isascii():
        return text.lower().replace("\\", "/")
    return "".join(_plain(char) for char in text.translate(_ALIKE))


def as_typed(text: str) -> str:
    """A cleaned text in lower case with its accents, each character still at its place."""
    lower = text.translate(_ALIKE).lower()
    return lower if len(lower) == len(text) else aligned(text)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character for one: "½" stays, where NFKD makes three of it."""
    parts = [
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    ]
    return (parts[0] if len(parts) == 1 else char).casefold()[:1]


_NOT_A_TIME = r"(?! ?(?:h\b|h[0-9]|:[0-9]|min|mn))"
#: Letters with a figure behind them are one that was mistyped: 20z6.
_YEAR = rf"(?:[0-9]{{4}}|[0-9]{{2}}{_NOT_A_TIME})(?![/.\-]?[0-9]|[a-z]{{1,2}}[0-9])"
_DATE = re.compile(
    r"(?<![0-9a-z])(?<![0-9][/.\-])(?:"  # in "O4/03" the letter may be a figure
    # 2003-05-02
    r"(?P<iso_y>[0-9]{4})(?P<iso_s>[/.\-])(?P<iso_m>[0-9]{1,2})(?P=iso_s)(?P<iso_d>[0-9]{1,2})"
    r"(?:t(?=[0-9]{2}:)|(?![0-9]|[a-z](?![a-z])))"
    # 02/05/03, 2.5.2003, 02 - 05 - 03
    r"|(?P<num_d>[0-9]{1,2})(?:er)?(?P<num_s> ?[/.\-]{1,2} ?)(?P<num_m>[0-9]{1,2})"
    rf"(?: ?/{{1,2}} ?|(?P=num_s)|[/.\-])(?P<num_y>{_YEAR})"
    # 02 05 2003
    r"|(?<![0-9] )(?P<gap_d>[0-9]{1,2}) (?P<gap_m>[0-9]{1,2}) "
    rf"(?P<gap_y>{_YEAR})(?! (?:[0-9]|{MONTH_NAMES}))"
    # 2 mai 2003, 1er juin 03, 02-mai-03, 2 mai
    rf"|(?P<txt_d>[0-9]{{1,2}}(?: ?er|ier|e|eme)?(?=[ \-./a-z])|(?:{_DAY_WORDS})(?= ))"
    rf"[ \-./]{{0,2}}"
    rf"(?P<txt_m>{MONTH_NAMES})(?![a-z])\.?"
    rf"(?:[ \-./,]{{0,2}}(?:de )?(?P<txt_y>[0-9]{{4}}(?![0-9]))|[ \-./]?'?(?P<txt_z>{_YEAR}))?"
    # 02/05
    r"|(?P<few_d>[0-9]{1,2})(?:er(?=/))?(?P<few_s> ?/ ?|[.\-])(?P<few_m>[0-9]{1,2})"
    r"(?![/.\-]?[0-9])(?! ?/ ?[0-9])(?![a-z]{1,2}[0-9]|[a-z](?![a-z]))"
    r")"
)
#: The dash of "18/04/26-20/04/26", which would make one long number of both.
_BETWEEN = re.compile(r"(?:(?<=/[0-9]{2})|(?<=/[0-9]{4}))-(?=[0-9]{1,2}/)")
#: The sign of "12-13 mai" and "12-16/10", two days of one month.
_TWO_DAYS = re.compile(
    rf"((?:^|[^0-9a-z/.\-])[0-9]{{1,2}})(?:[\-/](?=[0-9]{{1,2}} ?(?:{MONTH_NAMES})\b)"
    r"|-(?=(?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2])(?![0-9])))"
)
#: What makes of "1/2" a part and not a day, and of "10-12" two numbers.
_PART = re.compile(
    r" ?(?:h\b|heure|jour|journee|temps|semaine|sem\b|mois|an\b|ans\b|poste|page|min)"
)
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)})
_DAY_NAMED = re.compile(r"(?:^|\b(?:le|au|du|avant|pour|vers|jusqu'au|des) )$")


@lru_cache(maxsize=65536)
def find_dates(text: str) -> tuple[FoundDate, ...]:
    """The dates written in a cleaned text, in their order; impossible ones (31/02) included."""
    plain = _TWO_DAYS.sub(r"\1 ", _BETWEEN.sub(" ", aligned(text)))
    found = (_found(match, plain) for match in _DATE.finditer(plain))
    return tuple(one for one in found if one is not None)


def _found(match: re.Match[str], plain: str) -> FoundDate | None:
    span, group = match.span(), match.group
    if group("iso_y"):
        return FoundDate(*span, int(group("iso_d")), int(group("iso_m")), int(group("iso_y")))
    if group("num_y"):
        return _with_year(span, group("num_d"), group("num_m"), group("num_y"))
    if group("gap_y"):
        loose = len(group("gap_d")) + len(group("gap_m")) < 4 and len(group("gap_y")) < 4
        return None if loose else _with_year(span, group("gap_d"), group("gap_m"), group("gap_y"))
    if group("txt_m"):
        typed = re.match("[0-9]+", group("txt_d"))
        day = int(typed[0]) if typed else _SPELLED_DAYS[group("txt_d")]
        month = MONTHS[group("txt_m")]
        year = group("txt_y") or group("txt_z")
        return _with_year(span, day, month, year) if year else FoundDate(*span, day, month, None)
    return _without_year(match, plain)


def _with_year(span: tuple[int, int], day: str | int, month: str | int, year: str) -> FoundDate:
    return FoundDate(*span, int(day), int(month), int(year), short_year=len(year) == 2)


def _without_year(match: re.Match[str], plain: str) -> FoundDate | None:
    """A day and a month in figures, unless they are a fraction, a range or a score."""
    day, month = int(match["few_d"]), int(match["few_m"])
    if not (1 <= day <= 31 and 1 <= month <= 12) or _PART.match(plain, match.end()):
        return None
    if (day, month) in _FRACTIONS and len(match["few_d"]) == 1:
        return None
    if "/" not in match["few_s"]:  # "02.05" alone, or "le 02.05": else it is a number
        alone = match.span() == (0, len(plain))
        both = len(match["few_d"]) == len(match["few_m"]) == 2
        if not both or not (alone or _DAY_NAMED.search(plain[: match.start()])):
            return None
    return FoundDate(*match.span(), day, month, None)


_NAMED = re.compile(
    rf"\b(?P<day>{'|'.join(WEEKDAYS)}|(?:lun|mar|mer|jeu|ven|sam|dim)(?=[. ]))[., ]+\(?(?:le )?$"
)
_NAMED_AFTER = re.compile(
    rf"[ ,]*(?:(?P<day>{'|'.join(WEEKDAYS)})|\((?P<short>(?:lun|mar|mer|jeu|ven|sam|dim)\b\.?|"
    rf"{'|'.join(WEEKDAYS)})\))(?![a-z])(?! (?:prochain|suivant|en |d'apres|et |ou ))"
)


def weekday_before(plain: str, start: int) -> re.Match[str] | None:
    """The day of the week that stands before a date: "lundi 6/10"."""
    return _NAMED.search(plain[:start]) if start > 3 else None


def weekday_after(plain: str, end: int) -> re.Match[str] | None:
    """The day of the week that stands after a date: "15/10/2026 (jeudi)"."""
    return _NAMED_AFTER.match(plain, end)


_LEAD = re.compile(
    rf"(?:\b(?:le|du|au|date ?:?|{'|'.join(WEEKDAYS)}|(?:lun|mar|mer|jeu|ven|sam|dim)\.?)[ ,:]*)+$"
)
_MIDNIGHT = re.compile(r"^[t ]*00[:h]00(?::00(?:\.0+)?)?z?\b")
_EDGES = ' \t-–—,;:.()[]/"«»“”'


def beside(text: str, found: FoundDate) -> str:
    """What is typed around a date, the weekday and "le" aside."""
    lead = _LEAD.search(aligned(text[: found.start]))
    before = text[: lead.start() if lead else found.start]
    midnight = _MIDNIGHT.match(aligned(text[found.end :]))
    after = text[found.end + (midnight.end() if midnight else 0) :]
    parts = (before.rstrip(_EDGES).lstrip(" -–,;:"), after.lstrip(_EDGES).rstrip(" -–,;:"))
    return " ".join(_balanced(part) for part in parts if part)


def _balanced(text: str) -> str:
    """Without the bracket that lost its other half with the date."""
    if text.count("(") != text.count(")"):
        text = text.strip("()")
    return text.strip()


#: The numbers of the days that are plausible: a smaller one (2026, 15) is no date that is meant.
_FIRST_SERIAL = (date(FIRST_YEAR, 1, 1) - EPOCH).days
_LAST_SERIAL = (date(LAST_YEAR, 12, 31) - EPOCH).days


def from_serial(number: float, *, date1904: bool = False) -> date | None:
    """The day of a date that lost its format, as Excel counts days; None for another number, and
    for a day that is not plausible.
    """
    shifted = number + 1462 if date1904 else number
    if not _FIRST_SERIAL <= shifted < _LAST_SERIAL + 1:
        return None
    return epoch_of(date1904=date1904) + timedelta(days=int(number))


def is_plausible(day: date) -> bool:
    """Whether a date may be meant: a year typed alone in a date cell becomes 18/07/1905."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
