"""Texts as words without case and accents, each with its place in the text as it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

#: Letters that stand for two, or that no decomposition brings to plain ones.
_LIGATURES = {
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ı": "i",
}  # fmt: skip
#: Where a word ends inside letters and digits: MartinSophie, MARTINSophie, Martin2.
_WORD = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
#: Characters without width: soft hyphen, joiners, marks of order.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and from where to where it stands in it."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def folded_character(character: str) -> str:
    """A character as it is compared; "" for one that only decorates the one before."""
    if character in _LIGATURES:
        return _LIGATURES[character]
    if _UNSEEN.match(character):
        return ""
    plain = unicodedata.normalize("NFKD", character)
    return "".join(one for one in plain if not unicodedata.combining(one)).lower()


def folded_letters(text: str) -> str:
    """The letters and digits of a text, folded, nothing between them."""
    return "".join(word.folded for word in words_of(text))


def words_of(text: str) -> list[Word]:
    """The words and the numbers of a text, in order; a hump (`MartinSophie`) parts two words."""
    if text.isascii():
        return [
            Word(text[start:end].lower(), start, end)
            for found in _WORD.finditer(text)
            for start, end in _parts(text, found.start(), found.end())
        ]
    kept, places = _without_decoration(text)
    ends = [*places[1:], len(text)]
    return [
        Word("".join(map(folded_character, kept[start:end])), places[start], ends[end - 1])
        for found in _WORD.finditer(kept)
        for start, end in _parts(kept, found.start(), found.end())
    ]


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    word = text[start:end]
    if word.islower() or word.isupper() or len(word) == 1:
        return [(start, end)]
    if word[1:].islower():
        return [(start, end)]
    humps = _HUMPS.finditer(word if word.isascii() else _plain(word))
    cuts = [start, *(start + found.start() for found in humps), end]
    return list(pairwise(cuts))


def _without_decoration(text: str) -> tuple[str, list[int]]:
    """The text without accents that stand alone and unseen marks; where each character was."""
    places = [at for at, one in enumerate(text) if folded_character(one)]
    return "".join(text[at] for at in places), places


def _plain(text: str) -> str:
    """The text at the same length, accents gone, case kept: where humps are looked for."""
    return "".join(one if one.isascii() else _base(one) for one in text)


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0]
    if not base.isascii():
        return "A" if character.isupper() else "a"
    return base
