"""French words that are also names: alone, they say nothing of anybody.

They stand folded in `common_words.txt`: adjectives, things, plants, places, months, feasts, trades
that people are called after. No list can be whole: `verdicts` also takes as a word what the
workbook writes in small letters.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("common_words.txt")


@cache
def common_words() -> frozenset[str]:
    """The words, folded as texts are compared."""
    return frozenset(_WORDS.read_text(encoding="ascii").split())
