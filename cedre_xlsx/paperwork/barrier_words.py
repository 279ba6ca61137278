"""What people type for a frein, and the value of the list that it is."""

from __future__ import annotations

import re

from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import BARRIERS

_PARTS = re.compile(r", | et ")


def _spellings() -> dict[str, str]:
    """Each value, and each of the things that it names: "Logement" of "Hébergement, logement"."""
    parts = {word_key(part): value for value in BARRIERS for part in _PARTS.split(value)}
    return parts | {word_key(value): value for value in BARRIERS}


_SPELLINGS = _spellings()


def listed_barrier(typed: str) -> str:
    """The value of the list of freins that a text is; "" for another."""
    return _SPELLINGS.get(word_key(typed), "")


def likely_barriers(typed: str) -> tuple[str, ...]:
    """The values that were probably meant by a text that is none of them; none where none is near.

    A text that only holds a value is another frein: "Mobilité internationale".
    """
    near = nearest(typed, _SPELLINGS)
    return tuple(dict.fromkeys(_SPELLINGS[one] for one in near))
