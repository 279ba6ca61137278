"""Values of a list and codes, where the text typed says that value, says no more, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cedre_xlsx.method.choices import yes_or_no
from cedre_xlsx.method.dates import clean
from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.schema.settings import Settings

#: Other words for a value that say no more than it does. « Refusée », « annulée », which reading
#: takes for « Sans suite », say more: they stay as typed.
_SAME = frozenset({
    "monsieur", "mr", "madame", "mademoiselle", "mlle", "fait", "faite", "terminee",
    "mise a disposition",
})  # fmt: skip
_TICKS = frozenset("✓✔☑")
_SHORTEST_START = 3  # letters
_ENDINGS = "es"  # of a plural or a feminine


def same_value(cell: str, meant: str, values: Sequence[str], *, closed: bool) -> str | None:
    """The value of the list that a text spells otherwise; None when it may be another one.

    `meant` is what reading takes it for. In a closed list some of the value's words are enough,
    when no other value has them.
    """
    typed = squeeze(cell)
    if typed in values:
        return typed
    key = word_key(clean(cell))
    exact = {value for value in values if word_key(value) == key}
    if not exact:
        fits = _holds if closed else _spells
        exact = {value for value in values if fits(value, key)}
    if not exact and key in _SAME:
        exact = {meant}
    return meant if exact == {meant} else None


def _spells(value: str, key: str) -> bool:
    """Whether a text has all the words of the value, plurals and feminines aside."""
    words, others = key.split(), word_key(value).split()
    return len(words) == len(others) and all(map(_is_like, words, others))


def _holds(value: str, key: str) -> bool:
    """Whether each word of a text is a word of the value, or begins one."""
    words = word_key(value).split()
    return bool(key) and all(_is_in(word, words) for word in key.split())


def _is_in(word: str, words: Iterable[str]) -> bool:
    return any(
        _is_like(word, other) or (len(word) >= _SHORTEST_START and other.startswith(word))
        for other in words
    )


def _is_like(word: str, other: str) -> bool:
    stem = word.rstrip(_ENDINGS)
    return word == other or (len(stem) >= _SHORTEST_START and stem == other.rstrip(_ENDINGS))


def same_answer(cell: str) -> str | None:
    """OUI or NON in other words; a mark that some read as yes and others as no stays."""
    text = clean(cell)
    if not word_key(text) and text not in _TICKS:
        return None
    found = yes_or_no(text)
    return None if found is None else "OUI" if found else "NON"


def same_code(cell: str, settings: Settings) -> str | None:
    """The code of the one type that the text names and nothing else; None when others may be."""
    typed = squeeze(cell)
    if any(kind.code == typed for kind in settings.types):
        return typed
    key = word_key(clean(cell))
    if not key:
        return None
    accepted = {
        kind.code: frozenset(replace(settings, types=(kind,)).code_spellings())
        for kind in settings.types
    }
    for fits in (_is_one, _is_code_and_name, _begins_one):
        found = {code for code, spellings in accepted.items() if fits(key, spellings)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_one(key: str, spellings: frozenset[str]) -> bool:
    return key in spellings or key.replace(" ", "") in spellings


def _is_code_and_name(key: str, spellings: frozenset[str]) -> bool:
    first, _, rest = key.partition(" ")
    return first in spellings and rest in spellings


def _begins_one(key: str, spellings: frozenset[str]) -> bool:
    return len(key) > _SHORTEST_START and any(known.startswith(key) for known in spellings)
