"""How dates, numbers and counts are written in French."""

from __future__ import annotations

import re
from datetime import date


def day(value: date) -> str:
    """A date as the forms print it: 02/05/2003."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun: "1 ligne", "3 lignes"; 0 is singular in French.

    `plural` is needed where an "s" on the last word is not enough.
    """
    return f"{count} {singular if count < 2 else plural or singular + 's'}"


def grouped(number: int) -> str:
    """A whole number by its thousands: "1 825"."""
    return f"{number:,}".replace(",", " ")


def decimal(value: float) -> str:
    """A number with its comma, and two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def listed(texts: list[str], last: str = "et") -> str:
    """Texts as a sentence lists them: "a, b et c"."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


_NO_BREAK = "\u00a0"
_BEFORE_A_SIGN = re.compile(r"(?<=\S) (?=[:;?!]+(?:\s|[»)\]]|$)|»)")
_IN_A_NUMBER = re.compile(r"(?<=\d) (?=[%€]|\d{3}(?!\d))")


def typeset(text: str) -> str:
    """The text as a screen and a sheet show it: no line begins with a sign, nor ends with «.

    The spaces before : ; ? ! %, inside « » and in large numbers do not break. They are of one
    width, which every console and every font of a spreadsheet has; none is added, for what people
    typed is quoted. What programs read (JSON, CSV, SARIF, annotations, errors) stays plain.
    """
    if " " not in text:
        return text
    spaced = _IN_A_NUMBER.sub(_NO_BREAK, _BEFORE_A_SIGN.sub(_NO_BREAK, text))
    return spaced.replace("« ", f"«{_NO_BREAK}")
