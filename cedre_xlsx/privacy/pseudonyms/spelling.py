"""One word for another, slips included: what was one letter away stays one letter away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from random import Random

from cedre_xlsx.method.near_names import SHORTEST_WORD
from cedre_xlsx.method.text import fold

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aiou"
_SYLLABLES = 3
#: A word of a source that is shorter is in too many others by chance.
_SHORTEST_SEARCHED = 4
#: So unlike the nearest known word, another one is no slip of it.
_MOST_SLIPS = 2
_TRIES = 200


class WordMaker:
    """Invented words, each unlike all others by more than a slip."""

    def __init__(self, random: Random, unwanted: Iterable[str]) -> None:
        self._random = random
        self._unwanted = tuple({one for one in unwanted if len(one) >= _SHORTEST_SEARCHED})
        self._taken: set[str] = set()
        self._slips: set[str] = set()

    def make(self, prefix: str) -> str:
        """A new word: "nomrakelido". It has an e, on which an accent may stand."""
        while True:
            drawn = [
                self._random.choice(_CONSONANTS) + self._random.choice(_VOWELS)
                for _ in range(_SYLLABLES)
            ]
            place = self._random.randrange(_SYLLABLES)
            drawn.insert(place, self._random.choice(_CONSONANTS) + "e")
            word = prefix + "".join(drawn)
            shapes = _shortened(word)
            if self._taken.isdisjoint(shapes) and not any(one in word for one in self._unwanted):
                self._taken |= shapes
                return word

    def like(self, known: str, made: str, typed: str) -> str:
        """What a slip of `known` is where `made` stands for `known`: as many slips, of the same
        kinds, elsewhere in the word.
        """
        from rapidfuzz.distance import OSA, Levenshtein

        wanted = OSA.distance(known, typed)
        ops = [op.tag for op in Levenshtein.editops(known, typed)]
        if len(ops) > wanted:  # two letters in each other's place
            ops = ["swap", *ops[2:]]
        for _ in range(_TRIES):
            word = made
            for op in ops:
                word = self._slipped(word, op)
            if OSA.distance(made, word) == wanted and word not in self._slips:
                break
        self._slips.add(word)
        return word

    def _slipped(self, word: str, op: str) -> str:
        place = self._random.randrange(4, len(word) - 1)  # not in the prefix, nor the last letter
        letter = self._random.choice(_CONSONANTS + _VOWELS)
        if op == "swap":
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        if op == "insert":
            return word[:place] + letter + word[place:]
        return word[:place] + (letter if op == "replace" else "") + word[place + 1 :]


def nearest_word(word: str, known: Collection[str]) -> str | None:
    """The known word of which another is a slip; None where none is that near."""
    if len(word) < SHORTEST_WORD:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    long = [one for one in known if len(one) >= SHORTEST_WORD]
    found = process.extractOne(word, long, scorer=OSA.distance, score_cutoff=_MOST_SLIPS)
    return None if found is None else str(found[0])


def slips_among(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of words one slip apart, in the order of their second word."""
    from rapidfuzz.distance import OSA

    seen: dict[str, list[str]] = {}
    for word in words:
        if len(word) < SHORTEST_WORD - 1:
            continue
        shapes = _shortened(word)
        others = dict.fromkeys(other for shape in shapes for other in seen.get(shape, ()))
        for other in others:
            if max(len(other), len(word)) >= SHORTEST_WORD and OSA.distance(other, word) == 1:
                yield other, word
        for shape in shapes:
            seen.setdefault(shape, []).append(word)


def _shortened(word: str) -> set[str]:
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


_LETTER = re.compile("e")


def spelled_as(typed: str, made: str) -> str:
    """The word with the capitals and the accents of the one that it stands for."""
    if not typed.isascii() and fold(typed) != typed.casefold():
        made = _LETTER.sub("é", made, count=1)
    if len(typed) > 1 and typed.isupper():
        return made.upper()
    return made if typed.islower() else made.capitalize()
