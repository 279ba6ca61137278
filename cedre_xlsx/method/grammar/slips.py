"""What a text holds that no expression explains: a letter in a number, a number without a role."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from cedre_xlsx.method.dates import MONTH_NAMES, MONTHS, WEEKDAYS, FoundDate, aligned, find_dates
from cedre_xlsx.method.grammar.expression import blanked
from cedre_xlsx.method.grammar.keyboard import mistyped
from cedre_xlsx.method.grammar.words import LINKS, UNIT, WEEKDAY

#: Letters that are typed, or read by a scanner, for a figure.
_FIGURES = str.maketrans("oilsbzgq|ae", "01158299102")
_LETTERS = "oil|"
_PLAIN_DATE = str.maketrans("", "", "/.-")
_DAY_FOLLOWS = re.compile(rf" ?(?:{MONTH_NAMES}|{UNIT})(?![a-z])")
_DAY_ANNOUNCED = re.compile(rf"(?:\b(?:le|au|du|{WEEKDAY}) )$")
_TIME = r"[0-9]{1,2} ?(?:h|heures?)(?: ?[0-5][0-9])?(?![0-9a-z])|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_TIMES = re.compile(rf"(?<![0-9a-z/])(?:{_TIME})")
#: A number with a letter that looks like a figure: 1o, 2o26, 15/1o/2026.
_MIXED = re.compile(
    rf"(?<![0-9a-z|])(?=[{_LETTERS}/.\-]*[0-9])(?=[0-9/.\-]*[{_LETTERS}])"
    rf"[0-9{_LETTERS}]+(?:[/.\-][0-9{_LETTERS}]+)*(?![0-9a-z|])"
)
#: The shape of a date, with a letter that is no figure in any hand: 1s/10/2026, 15/1o.
_SHAPE = re.compile(
    r"(?<![0-9a-z/.\-])(?=[/.\-a-z]*[0-9])[0-9a-z]{1,2}(?P<s>[/.\-])[0-9a-z]{1,2}(?:(?P=s)[0-9a-z]{2,4})"
    r"(?![0-9a-z/])"
)
#: A date that lost a separator, or the first figures of its year.
_RUN = re.compile(
    r"(?<![0-9a-z/.,\-+])(?:(?P<d>[0-9]{2})(?P<m>[0-9]{2})[/.\-]?(?P<y>20[0-9]{2}|[0-9]{2})"
    r"|(?P<d2>[0-9]{1,2})[/.\-](?P<m2>[0-9]{2})(?P<y2>20[0-9]{2}|[23][0-9])"
    r"|(?P<d8>[0-9])(?P<m8>[0-9]{2})[/.\-](?P<y8>20[0-9]{2})"
    r"|(?P<d4>[0-9]{1,2})[/.,\- ]+(?P<m4>[0-9]{1,2})[/.,\- ]+0(?P<y4>[0-9]{2})"
    r"|(?P<d5>[0-9]{1,2}) (?P<m5>[0-9]{2})[/.\-](?P<y5>20[0-9]{2})"
    r"|(?P<d7>[0-9]{1,2})[/.\-](?P<m7>[0-9]{1,2})[,;:_+*§](?P<y7>20[0-9]{2})"
    r"|(?P<d6>[0-9]{1,2})/(?P<m6>[0-9]{1,2}) (?P<y6>20[0-9]{2})"
    r"|(?P<d3>[0-9]{1,2})[,;_+*:§!][ ]?(?P<m3>[0-9]{1,2})[,;_+*:§!/][ ]?(?P<y3>20[0-9]{2})"
    r"|(?P<y10>20[0-9]{2})(?P<m10>[0-9]{2})(?P<d10>[0-9]{2})"
    r"|(?P<d9>[0-9]{1,2}),(?P<m9>[0-9]{1,2}),(?P<y9>[23][0-9]))"
    r"(?![0-9a-z/.,\-])(?! [0-9]{2}\b)"
)


#: A year of three figures, or of five.
_ODD_YEAR = re.compile(
    r"(?<![0-9a-z/.\-])([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-](?:[0-9]{3}|[0-9]{5}|0[0-9]{3})(?![0-9/.\-])"
)
#: A year in two pieces: "fin octobre 20 26".
_SPLIT_YEAR = re.compile(
    rf"(?:[/.\-]|\b(?:{MONTH_NAMES})\.? )(?P<year>20[ &](?P<yy>[2-3][0-9]))(?![0-9/:.,]| ?h)"
)
#: A date that goes on, and stops.
_OPEN = re.compile(r"(?<![0-9a-z/.\-])([0-9]{1,2}/[0-9]{1,2})/(?![0-9/]| [0-9])")
_BEFORE_A_MONTH = re.compile(
    r"\b(?:[0-9]{1,2}(?:er)?|fin|debut|mi|avant|courant) ?(?P<word>[a-z01][a-z0-9]{3,9})\b"
)
_LONG_WORDS = (
    "janvier", "fevrier", "avril", "juillet", "septembre", "octobre", "novembre", "decembre",
    "mois",
    "semaines", "jours",
)  # fmt: skip
_KNOWN = frozenset(
    {
        *MONTHS,
        "moins",
        "mais",
        "fois",
        "maitre",
        "demi",
        "jour",
        "mise",
        "tours",
        "cours",
        "semaine",
        "moi",
        *_LONG_WORDS,
    }
)
_AS_LETTERS = str.maketrans("01", "oi")
_LIKELY = 0.74


@lru_cache(maxsize=16384)
def slip(text: str) -> tuple[str, str] | None:
    """What of a cleaned text is probably a date with a slip, and the text as it was meant."""
    plain = aligned(text)
    keyed = mistyped(text)
    if keyed and keyed[2]:
        start, end, meant = keyed
        return text[start:end], text[:start] + meant + text[end:]
    if not any(char.isdigit() for char in plain):
        return _misspelt(text, plain)
    untimed = plain
    for match in _TIMES.finditer(plain):
        untimed = blanked(untimed, *match.span())
    for match in (*_MIXED.finditer(untimed), *_SHAPE.finditer(untimed)):
        if _is_letter_slip(match, plain):
            return _mended(text, match, match[0].translate(_FIGURES))
    for match in _RUN.finditer(plain):
        if run := _run(match):
            return _mended(text, match, run)
    if split := _SPLIT_YEAR.search(plain):
        start, end = split.span("year")
        return text[start:end], text[:start] + "20" + split["yy"] + text[end:]
    if odd := _ODD_YEAR.search(plain):
        return _mended(text, odd, f"{odd[1]}/{odd[2]}")
    if unfinished := _OPEN.search(plain):
        return _mended(text, unfinished, unfinished[1])
    if keyed:  # nothing says what was meant
        return text[keyed[0] : keyed[1]], text
    return _misspelt(text, plain)


def _run(match: re.Match[str]) -> str:
    """The date that figures make which run into one another; "" where it is not on a calendar."""
    parts = [group for group in match.groups() if group]
    if match["y10"]:  # the year first
        parts.reverse()
    return "/".join(parts) if _on_calendar(*parts) else ""


def _misspelt(text: str, plain: str) -> tuple[str, str] | None:
    """A name of a month with a fault: "15 novmebre 2026", "3 mios"."""
    for match in _BEFORE_A_MONTH.finditer(plain):
        word = match["word"]
        if word in _KNOWN:
            continue
        likely = get_close_matches(word.translate(_AS_LETTERS), _LONG_WORDS, cutoff=_LIKELY)
        if likely and likely[0] != word:
            start, end = match.span("word")
            return text[start:end], text[:start] + likely[0] + text[end:]
    return None


def _is_letter_slip(match: re.Match[str], plain: str) -> bool:
    """Whether a number with a letter is one; "O2" and "L1" are names, unless a unit follows."""
    if match.re is _SHAPE:
        dated = any(one.year is not None for one in find_dates(match[0]))
        return not match[0].translate(_PLAIN_DATE).isdigit() and not dated
    if len(match[0]) > 2 or not match[0].isalnum():
        return True
    return bool(
        _DAY_FOLLOWS.match(plain, match.end()) or _DAY_ANNOUNCED.search(plain[: match.start()])
    )


def _mended(text: str, match: re.Match[str], meant: str) -> tuple[str, str]:
    start, end = match.span()
    return text[start:end], text[:start] + meant + text[end:]


def _on_calendar(day: str, month: str, year: str) -> bool:
    try:
        date(int(f"20{year.removeprefix('20')}"), int(month), int(day))
    except ValueError:
        return False
    return True


_LINKS = "|".join(sorted(LINKS))
_TIME_WORDS = "|".join((*WEEKDAYS, MONTH_NAMES))
_WORD = r"[a-z][a-z']*"
#: A word with a number glued to it that is no name: "le1 5/11", "sous1 5 jours".
_GLUED_LINK = rf"(?!(?:{_LINKS}|{'|'.join(WEEKDAYS)})[0-9])"
#: Numbers that have a role beside a date, with what gives it.
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("une heure", _TIMES),
    ("un téléphone", re.compile(r"(?<![0-9])(?:\+33 ?|0)[1-9](?:[ .\-]?[0-9]{2}){4}(?![0-9])")),
    ("une référence", re.compile(r"\b[a-z]{1,5}-[0-9]{4}-[0-9]{3,}\b")),
    ("une durée", re.compile(
        rf"(?<![0-9a-z])(?:[0-9]{{1,4}} ?(?:a|ou|-|/) ?)?[0-9]{{1,4}}(?:[.,][0-9])? ?(?:{UNIT}|"
        rf"min|mn|minutes?)\b"
    )),
    ("une fraction", re.compile(r"(?<![0-9])[1-3]/[2-4] (?=temps|journee|poste|mi|tarif)")),
    ("une somme", re.compile(r"(?<![0-9])[0-9][0-9 ]{0,6}(?:[.,][0-9]{1,2})? ?(?:€|euros?\b|%)")),
    ("une adresse", re.compile(
        r"(?<![0-9])[0-9]{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|av|bd|boulevard|place|chemin|"
        r"impasse|route|allee|quai|cours)\b"
    )),
    ("un code postal", re.compile(r"(?<![0-9])[0-9]{5} (?=[a-z]{3})")),
    ("un rang", re.compile(r"(?<![0-9])[0-9]{1,2}(?:ers?|eres?|e|emes?|nde?)\b")),
    ("un nom", re.compile(
        rf"\b{_GLUED_LINK}(?![jsm]\b)[a-z]{{1,8}}-?[0-9]{{1,4}}[a-z]?\b(?! ?\x00)"
    )),
    ("un numéro", re.compile(rf"(?:n°|#|\b(?!(?:{_LINKS}|{_TIME_WORDS}|[a-z])(?![a-z]))"
                             rf"{_WORD}(?: ?n°| no)?) ?\(?[0-9]{{1,4}}\)?(?![0-9/:]|[.,][0-9])")),
    ("un nombre de choses", re.compile(
        rf"(?<![0-9/.,:])(?!20[0-9][0-9])[0-9]{{1,4}} (?!(?:{_LINKS})\b){_WORD}"
    )),
)  # fmt: skip
_LEFT = re.compile(rf"[0-9]+(?:[/.,:\-][0-9]+)*|\b(?:{WEEKDAY})\b|\b(?:{MONTH_NAMES})\b")


def without_hours(plain: str) -> str:
    """A text whose hours of the day are blank: "15/11 vers 10h"."""
    return _TIMES.sub(lambda match: "\x02" * len(match[0]), plain)


def without_roles(plain: str) -> str:
    """A text without the numbers that have a role beside a date."""
    for _, pattern in ROLES:
        for match in pattern.finditer(plain):
            plain = blanked(plain, *match.span())
    return plain


@lru_cache(maxsize=16384)
def left_over(plain: str, *, days_too: bool = True) -> str:
    """The first number of a text, or day or month, that has no role in it; "" for none."""
    for match in _LEFT.finditer(without_roles(plain)):
        if match[0][0].isdigit() or days_too:
            return match[0]
    return ""


#: Before a date, the first of two days of its month: "du 12 au 15 mai", "12-13 mai".
_FIRST_DAY = re.compile(
    r"(?:^|(?<=[ (]))(?:(?:sem(?:aine|\.) )?du |entre le )?"
    r"[0-9]{1,2}(?:er)? ?(?:au|et|et le|&|-|a) ?$"
)


def without_dates(plain: str, found: tuple[FoundDate, ...]) -> str:
    """A text without its dates, each with the day from which it goes on."""
    for one in found:
        first = _FIRST_DAY.search(plain[: one.start])
        if first:
            plain = blanked(plain, first.start(), one.start)
        plain = blanked(plain, one.start, one.end)
    return plain
