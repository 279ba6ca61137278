"""Names that differ by one slip of the keyboard, found without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cedre_xlsx.method.text import name_key

#: In a shorter word one letter makes another name: Léa, Léo; Ali, Ala.
SHORTEST_WORD = 5


def near_pairs(names: Iterable[str], *, shortest: int = SHORTEST_WORD) -> Iterator[tuple[str, str]]:
    """The pairs of names one slip apart: a letter missing, added, changed, or two swapped.

    The slip is within one word, of so many letters or more; or a space is missing. Names with
    digits are numbers, not slips. Two words one slip apart become the same when one letter is
    taken out of each: so words are grouped by what is left, and only those of a group compared.
    """
    groups = _Groups()
    letters: dict[str, list[tuple[str, int]]] = {}
    for name in dict.fromkeys(names):
        words = name_key(name).split()
        if any(char.isdigit() for word in words for char in word):
            continue
        for index, word in enumerate(words):
            member = (name, word)
            others = " ".join(words[:index] + words[index + 1 :])
            for shortened in _shortened(word):
                groups.add(f"{others}/{shortened}", member)
        letters.setdefault("".join(sorted("".join(words))), []).append((name, len(words)))
    yield from dict.fromkeys((*_spaced(letters.values()), *_slips(groups, shortest)))


def _spaced(groups: Iterable[list[tuple[str, int]]]) -> Iterator[tuple[str, str]]:
    """The names of the same letters in another number of words."""
    for group in groups:
        for index, (name, count) in enumerate(group):
            yield from ((other, name) for other, its in group[:index] if its != count)


def _slips(groups: _Groups, shortest: int) -> Iterator[tuple[str, str]]:
    for group in groups.shared.values():
        for index, (name, word) in enumerate(group):
            for other, other_word in group[:index]:
                if _is_slip(other_word, word, shortest):
                    yield other, name


class _Groups:
    """What has the same key; few keys are shared, so a list is made only for those."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}
        self.shared: dict[str, list[tuple[str, str]]] = {}

    def add(self, key: str, member: tuple[str, str]) -> None:
        first = self._first.setdefault(key, member)
        if first is not member:
            self.shared.setdefault(key, [first]).append(member)


def _shortened(word: str) -> set[str]:
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def _is_slip(one: str, other: str, shortest: int) -> bool:
    if max(len(one), len(other)) < shortest:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other) == 1
