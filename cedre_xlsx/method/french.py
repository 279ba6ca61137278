"""How dates, numbers and counts are written in French."""

from __future__ import annotations

from datetime import date


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
