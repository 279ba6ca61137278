"""How dates, numbers and counts are written in French."""

from __future__ import annotations

import re
from datetime import date

_NARROW, _WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_BEFORE_HIGH = re.compile(r" +(?=[;!?])")
_COUNTED = re.compile(r"(?<![\w/.,-])(\d{1,6}) (?=[^\W\d_])")
_BEFORE_WIDE = re.compile(r"(?<=«) +| +(?=[:»])")


def day(value: date) -> str:
    """A date as the forms print it: 02/05/2003."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun: "1 ligne", "3 lignes"; 0 is singular in French.

    `plural` is needed where an "s" on the last word is not enough.
    """
    return f"{count} {singular if count < 2 else plural or singular + 's'}"


def listed(texts: list[str], last: str = "et") -> str:
    """Texts as a sentence lists them: "a, b et c"."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def unbroken(text: str) -> str:
    """The text whose lines are not broken before a sign, inside « », or after a number that counts.

    The space is narrow before ; ! and ?
    """
    spaced = _BEFORE_WIDE.sub(_WIDE, _BEFORE_HIGH.sub(_NARROW, text))
    return _COUNTED.sub(rf"\1{_WIDE}", spaced)
