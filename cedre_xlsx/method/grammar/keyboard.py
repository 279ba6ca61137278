"""Figures typed as what stands on their key, or looks like them: 1é for 12, 1O for 10, 1z for 12.

On a French keyboard a figure without the shift key is a sign or a letter with an accent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cedre_xlsx.method.dates import MONTH_NAMES, aligned, as_typed
from cedre_xlsx.method.grammar.words import UNIT, WEEKDAY

#: What is typed for 1, 2, 3… when the shift key is not held.
UNSHIFTED = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))
#: Letters that look like a figure, or stand right under it.
LOOK_ALIKE = {"o": "0", "i": "1", "l": "1", "|": "1", "!": "1", "z": "2", "s": "5", "b": "8",
              "g": "9", "q": "9", "a": "1"}  # fmt: skip
_FIGURES = str.maketrans(UNSHIFTED | LOOK_ALIKE)
_SIGNS = "&é\"'(\\-è_çà"
_KEY = rf"[0-9{_SIGNS}oil|!zsbgqa]"
#: The names of months and units with their accents, or without.
_MONTHS, _UNIT = (names.replace("e", "[eéè]").replace("u", "[uû]") for names in (MONTH_NAMES, UNIT))
_NO_DASH = _KEY.replace(r"\-", "")
_SIGN_OR_FIGURE = rf"[0-9{_SIGNS}]"
_NOT_AFTER = r"(?<![0-9a-z/.])(?<![éèçà])"
_END = rf"(?!{_KEY}|[a-z/])"


class _Shape(NamedTuple):
    """Where a figure must stand: its group `n` is read as figures; which numbers may be meant."""

    pattern: re.Pattern[str]
    may_be: Callable[[str], bool]


def _date(text: str) -> bool:
    day, month = (int(part) for part in re.split("[/.]", text)[:2])
    return 1 <= day <= 31 and 1 <= month <= 12


def _from_year(text: str) -> bool:
    _, month, day = (int(part) for part in text.split("-"))
    return 1 <= day <= 31 and 1 <= month <= 12


def _up_to(most: int) -> Callable[[str], bool]:
    return lambda text: 1 <= int(text) <= most


def _year(text: str) -> bool:
    return text.startswith("20")


_SHAPES = (
    _Shape(
        re.compile(
            rf"{_NOT_AFTER}(?![abc][12]/[abc][12])"  # levels of a language
            rf"(?P<n>{_KEY}{{1,2}}(?P<s>[/.]){_KEY}{{1,2}}(?:(?P=s)(?:{_KEY}{{4}}|{_KEY}{{2}}))?)"
            rf"{_END}"
        ),
        _date,
    ),
    _Shape(
        re.compile(
            rf"{_NOT_AFTER}(?P<n>{_NO_DASH}{{4}}-{_NO_DASH}{{2}}-{_NO_DASH}{{2}})(?!{_NO_DASH})"
        ),
        _from_year,
    ),
    _Shape(re.compile(rf"{_NOT_AFTER}(?P<n>{_KEY}{{2}}) ?(?:{_MONTHS})(?![a-z])"), _up_to(31)),
    _Shape(re.compile(rf"\b(?:{_MONTHS})\b\.? (?P<n>{_KEY}{{4}}){_END}"), _year),
    _Shape(
        re.compile(rf"{_NOT_AFTER}(?P<n>{_SIGN_OR_FIGURE}{{2,3}}) ?(?:{_UNIT})(?![a-z])"),
        _up_to(365),
    ),
    _Shape(
        re.compile(rf"\b(?:semaine|sem\.?|s) ?(?P<n>{_SIGN_OR_FIGURE}{{2}})(?!{_SIGN_OR_FIGURE})"),
        _up_to(53),
    ),
    _Shape(re.compile(rf"\b[jsm] ?\+ ?(?P<n>{_SIGN_OR_FIGURE}{{1,3}})(?![0-9a-z])"), _up_to(365)),
    _Shape(
        re.compile(rf"\b(?:le|au|{WEEKDAY}) (?P<n>{_SIGN_OR_FIGURE}{{2}})(?=$|[ ,;.])"),
        _up_to(31),
    ),
    _Shape(re.compile(r"\bt ?(?P<n>[&é\"'])(?=$| [0-9])"), str.isdigit),
    _Shape(
        re.compile(
            rf"(?:^|(?<= ))(?P<n>[&éè_çli|!zsbgq])(?=er\b| ?(?:{_MONTHS}|{_UNIT})(?![a-z]))"
        ),
        str.isdigit,
    ),
)
_FROM_YEAR = _SHAPES[1].pattern
#: The shapes of one character alone.
_ALONE = (_SHAPES[-2].pattern, _SHAPES[-1].pattern)
#: Two numbers, and not one with a figure mistyped: 8à10 jours, 12&13/11, 1-2 mois.
_TWO_NUMBERS = re.compile(r"(?<=[0-9])[\-à&_](?=[0-9])")
#: A letter with an accent, or a sign, right beside a figure, whatever it was to be.
_GLUED = re.compile(
    r"(?<![a-zéè])[éèç_][0-9]|[0-9](?:[é](?!me)|è(?!re|me)|ç|&|_(?![0-9]))|(?<![a-z])[à&][0-9]|"
    r"[0-9]à(?![0-9])|"
    r"[§!^$£µ@¤|{}][0-9]|[0-9][§^$£µ@¤|{}]|"  # no sign of a sentence stands there
    r"(?<=[^a-z0-9])'[0-9](?![0-9](?![0-9/.]))|[0-9]'(?![a-z0-9])|"  # but l'1, déc. '25
    r"(?<=[a-z] )-[0-9]|[0-9]-(?=$|[/.,)])|[0-9]--"
)
#: Signs that go by two: one alone, right beside a figure.
_HALF = (
    ("[", "]", re.compile(r"[\[\]][0-9]|[0-9][\[\]]")),
    ("(", ")", re.compile(r"\([0-9]|[0-9][()]|\)[0-9]")),
    ('"', '"', re.compile(r'"[0-9]|[0-9]"')),
)
#: Minutes, of one figure: 5'.
_FEW_MINUTES = re.compile("[0-9]'")


def mistyped(text: str) -> tuple[int, int, str] | None:
    """Where a figure of a cleaned text is another character, and the figures that were meant.

    "" for figures that make nothing.
    """
    typed = as_typed(text)
    if typed.isalnum() and typed.isascii():
        return None
    for shape in _SHAPES:
        for match in shape.pattern.finditer(typed):
            meant = _in_figures(match)
            if _is_slip(typed, match) and shape.may_be(meant):
                return match.start("n"), match.end("n"), meant
    glued = _GLUED.search(_TWO_NUMBERS.sub(lambda match: " " * len(match[0]), typed)) or _half(
        typed
    )
    if glued is None:
        return None
    before, after = typed[: glued.start()].split(" "), typed[glued.end() :].split(" ")
    return glued.start() - len(before[-1]), glued.end() + len(after[0]), ""


def _half(typed: str) -> re.Match[str] | None:
    """A bracket or a quotation mark beside a figure, whose other half lacks."""
    for opening, closing, beside in _HALF:
        odd = (
            typed.count(opening) % 2
            if opening == closing
            else (typed.count(opening) != typed.count(closing))
        )
        if odd and (found := beside.search(typed)):
            return found
    return None


def _in_figures(match: re.Match[str]) -> str:
    parts = match["n"].split("-") if match.re is _FROM_YEAR else [match["n"]]
    return "-".join(part.translate(_FIGURES) for part in parts)


def _is_slip(typed: str, match: re.Match[str]) -> bool:
    """Whether a number has a figure, and something else that is no sign of the sentence."""
    figures = _TWO_NUMBERS.sub("", match["n"]) if "/" not in match["n"] else match["n"]
    kept = re.sub(r"[/.]", "", figures)
    if match.re is _FROM_YEAR:
        kept = kept.replace("-", "")
    if (kept.isdigit() and kept.isascii()) or not any(char.isdigit() for char in kept):
        return match.re in _ALONE and not kept.isdigit()
    if "(" in kept and typed.count("(") <= typed.count(")"):
        return False
    if '"' in kept and typed.count('"') % 2 == 0:
        return False
    return _FEW_MINUTES.fullmatch(aligned(match["n"])) is None
