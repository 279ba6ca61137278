"""The pseudonyms of people: a word for each word of their names, the same wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from random import Random

from cedre_xlsx.method.text import fold
from cedre_xlsx.privacy.pseudonyms.spelling import (
    WordMaker,
    nearest_word,
    slips_among,
    spelled_as,
)

_WORD = re.compile(r"\w+")
_PIECES = re.compile(r"\w+|\W+")
#: What no name is without, and what stands in the place of a name: these words say nothing.
KEPT_WORDS = frozenset(
    [
        "m",
        "mr",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "mademoiselle",
        "de",
        "du",
        "la",
        "le",
        "les",
        "des",
        "d",
        "l",
        "et",
        "epouse",
        "nee",
        "veuve",
        "tous",
        "toutes",
        "tout",
        "monde",
        "groupe",
        "groupes",
        "atelier",
        "ateliers",
        "equipe",
        "equipes",
        "collectif",
        "ensemble",
        "plusieurs",
        "salaries",
        "participant",
        "participants",
        "presents",
        "stagiaires",
        "total",
        "totaux",
        "general",
        "sous",
        "somme",
        "moyenne",
        "nombre",
        "note",
    ]
)
_ROLES = ("nom", "pre", "mot")


class Names:
    """What stands for each word of the names of a workbook.

    `by_role` are the texts where last names, first names, and any other names are typed: words
    that Personnes has are made first, slips of them after.
    """

    def __init__(self, by_role: tuple[Iterable[str], ...], random: Random) -> None:
        known: dict[str, str] = {}
        texts: list[list[str]] = []
        typed: dict[str, None] = {}
        for role, names in zip(_ROLES, by_role, strict=True):
            for name in names:
                texts.append(_words(name))
                for word in texts[-1]:
                    if word in KEPT_WORDS:
                        continue
                    if role == _ROLES[-1]:
                        typed[word] = None
                    else:
                        known.setdefault(word, role)
        self._made: dict[str, str] = {}
        self._random = random
        self._maker = WordMaker(random, (*known, *typed))
        joined = {a + b: (a, b) for words in texts for a, b in pairwise(words)}
        self._make_known(known, joined)
        for word in typed:
            self._make_typed(word, known, joined)

    @property
    def words(self) -> Mapping[str, str]:
        """The word that stands for each, both folded."""
        return self._made

    def of(self, text: str) -> str:
        """A name as it is typed, with other words: its signs and figures stay what they are."""
        return "".join(self._piece(piece) for piece in _PIECES.findall(text))

    def _piece(self, piece: str) -> str:
        word = fold(piece)
        is_count = piece.isdigit() and len(piece) < _FEW_FIGURES
        if is_count or not _WORD.fullmatch(piece) or word in KEPT_WORDS:
            return piece
        return spelled_as(piece, self._made.get(word) or self._make_typed(word, {}, {}))

    def _make_known(self, known: Mapping[str, str], joined: Mapping[str, tuple[str, str]]) -> None:
        slips: dict[str, str] = {}
        for other, word in slips_among(known):
            slips.setdefault(word, other)
        for word, role in known.items():
            if word.isdigit():
                self._made[word] = self._figures(word)
            elif word in slips:
                other = slips[word]
                self._made[word] = self._maker.like(other, self._made[other], word)
            elif word not in joined:
                self._made[word] = self._maker.make(role)
        for word in known:
            if word not in self._made:
                self._made[word] = self._together(joined[word])

    def _make_typed(
        self, word: str, known: Mapping[str, str], joined: Mapping[str, tuple[str, str]]
    ) -> str:
        if word not in self._made:
            near = nearest_word(word, known) if known else None
            if word.isdigit():
                self._made[word] = self._figures(word)
            elif word in joined:
                self._made[word] = self._together(joined[word])
            elif near is not None:
                self._made[word] = self._maker.like(near, self._made[near], word)
            else:
                self._made[word] = self._maker.make(_ROLES[-1])
        return self._made[word]

    def _together(self, parts: tuple[str, str]) -> str:
        return "".join(
            part if part in KEPT_WORDS else self._make_typed(part, {}, {}) for part in parts
        )

    def _figures(self, word: str) -> str:
        """As many figures, which no other word has; so few say nothing of anybody."""
        if len(word) < _FEW_FIGURES:
            return word
        taken = set(self._made.values())
        made = "".join(self._random.choice("123456789") for _ in word)
        while made in taken:
            made += self._random.choice("123456789")
        return made


_FEW_FIGURES = 3


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]
