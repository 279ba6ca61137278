"""What stands for who is nobody's name here: staff, clients, partners, and codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from random import Random

from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.schema.records import column_letter

#: The signs by which spellings of one name differ.
_SIGNS = (" ", "-", ", ", ". ", " : ", " / ")
_REFERENCE = re.compile(
    r"(?P<code>.*?[^\W\d_])(?P<a>[\s/_.-]*)(?P<year>\d{4})(?P<b>[\s/_.-]+)(?P<n>\d+)"
)
_TRIES = 100
_PASS_HEAD = 5  # the digits that all numbers of a PASS begin with


class Labels:
    """« Client 12 » for each client, in no order; spellings of one name stay spellings of one."""

    def __init__(self, noun: str, random: Random, *, letters: bool = False) -> None:
        self._noun = noun
        self._letters = letters
        self._free = list(range(1, 1000))
        self._random = random
        self._numbers: dict[str, int] = {}
        self._spellings: dict[str, dict[str, int]] = {}

    def of(self, text: str) -> str:
        """What stands for a name; signs alone stay."""
        key = name_key(text)
        if not key:
            return text
        if key not in self._numbers:
            self._numbers[key] = self._next()
        spellings = self._spellings.setdefault(key, {})
        rank = spellings.setdefault(fold(text), len(spellings))
        number = self._numbers[key]
        told = column_letter(number) if self._letters else str(number)
        return f"{self._noun}{_SIGNS[rank % len(_SIGNS)]}{told}"

    def _next(self) -> int:
        if self._letters:
            return len(self._numbers) + 1
        if not self._free:
            self._free = list(range(len(self._numbers) + 1, 2 * len(self._numbers) + 1))
        return self._free.pop(self._random.randrange(min(len(self._free), self._wide)))

    @property
    def _wide(self) -> int:
        """How far ahead a number is drawn: small numbers, in no order."""
        return 2 * len(self._numbers) + 20


class References:
    """References of engagements, renumbered within their type and year: none keeps its number.

    `codes` says what stands for each code of a type, mostly itself.
    """

    def __init__(self, random: Random, codes: Mapping[str, str]) -> None:
        self._random = random
        self._codes = {fold(code): made for code, made in codes.items()}
        self._strange: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._taken: set[tuple[str, int]] = set()
        self._others: dict[str, str] = {}
        self._count: Counter[str] = Counter()

    def of(self, text: str) -> str:
        """What stands for a reference: as well formed, and the same wherever it is the same."""
        found = _REFERENCE.fullmatch(text.strip())
        if found is None:
            return self._other(text)
        code = found["code"]
        made = self._code(code)
        group = f"{fold(made)}-{found['year']}"
        number = str(self._number(reference_key(text), group, int(found["n"])))
        return f"{made}{found['a']}{found['year']}{found['b']}{number.zfill(len(found['n']))}"

    def _code(self, code: str) -> str:
        """A code of a type as it is typed, or what stands for it; letters for one of no type."""
        made = self._codes.get(fold(code))
        if made is not None:
            return code if fold(made) == fold(code) else made
        return self._strange.setdefault(fold(code), f"X{column_letter(len(self._strange) + 1)}")

    def _number(self, key: str, group: str, typed: int) -> int:
        if key not in self._numbers:
            self._count[group] += 1
            free = [
                n
                for n in range(1, 2 * self._count[group] + 20)
                if (group, n) not in self._taken and n != typed
            ]
            self._numbers[key] = self._random.choice(free)
            self._taken.add((group, self._numbers[key]))
        return self._numbers[key]

    def _other(self, text: str) -> str:
        """One that is malformed stays so: as many words, none of them the same."""
        key = fold(text)
        if not name_key(text):
            return text
        if key not in self._others:
            count = len(text.split())
            star = "* " if text.lstrip().startswith("*") else ""
            number = len(self._others) + 1
            self._others[key] = star + " ".join([f"réf{number}", *["note"] * (count - 1)])
        return self._others[key]


class Codes:
    """Numbers of a person or of a file: as many figures, others."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._made: dict[str, str] = {}

    def of(self, text: str) -> str:
        """Another code of the same shape; the same one for the same."""
        key = pass_number(text) or fold(text)
        if key not in self._made:
            taken = set(self._made.values())
            made = self._drawn(key)
            for _ in range(_TRIES):
                if made not in taken and made != key:
                    break
                made = self._drawn(key)
            else:  # so short a code has no other left
                made += str(len(taken))
            self._made[key] = made
        return _in_shape(text, self._made[key], plain=bool(pass_number(text)))

    def _drawn(self, key: str) -> str:
        kept = _PASS_HEAD if pass_number(key) else 0
        return key[:kept] + "".join(map(self._other, key[kept:]))

    def _other(self, char: str) -> str:
        if char.isdigit():
            return self._random.choice("0123456789")
        return self._random.choice("abcdefghjkmnpqrstuvwxyz") if char.isalpha() else char


def _in_shape(text: str, made: str, *, plain: bool) -> str:
    """The figures of a code with the signs that stand between those of a text."""
    if not plain:
        return made.upper() if text.isupper() else made
    figures = iter(made)
    return "".join(next(figures, "") if char.isdigit() else char for char in text)
