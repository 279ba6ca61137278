"""How messages quote the workbook's own words."""

from __future__ import annotations

import re

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.method.values import Deadline

_LONGEST = 70  # characters: a message stays one sentence
_DAY = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}"
    r"|\d{1,2}(?:er)? (?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c)",
    re.IGNORECASE,
)


def quoted(text: str) -> str:
    """A text between French quotes, cut where it is long; never quotes around nothing."""
    plain = squeeze(text)
    if not plain:
        return "(vide)"
    shown = plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rstrip() + "…"
    return f"« {shown} »"


def figure(value: float) -> str:
    """A number as French writes it: 1,5."""
    return f"{value:g}".replace(".", ",")


def deadline_words(deadline: Deadline) -> str:
    """A deadline as typed, with the date understood where the text does not show it."""
    meant = french_day(deadline.day) if deadline.day else ""
    typed = squeeze(deadline.text)
    if not typed or typed == meant:
        return meant
    return f"{quoted(typed)}, soit le {meant}" if meant else quoted(typed)


def shows_a_day(text: str) -> bool:
    """Whether a deadline is a day that someone typed, in figures or as "15 mai".

    "fin mai" and "sous 15 jours" are not; a true date cell has no text.
    """
    return not text or bool(_DAY.search(text))
