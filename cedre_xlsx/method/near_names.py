"""Names that differ by one slip of the keyboard, found without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cedre_xlsx.method.text import name_key

#: In a shorter word one letter makes another name: Léa, Léo; Ali, Ala.
_SHORTEST_WORD = 5


def near_pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of names one slip apart: a letter missing, added, changed, or two swapped.

    The slip is within one word, of five letters or more; or a space is missing. Names with
    digits are numbers, not slips. Two words one slip apart become the same when one letter is
    taken out of each: so words are grouped by what is left, and only those of a group compared.
    """
    groups = _Groups()
    for name in dict.fromkeys(names):
        words = name_key(name).split()
        if any(char.isdigit() for word in words for char in word):
            continue
        for index, word in enumerate(words):
            member = (name, word)
            others = " ".join(words[:index] + words[index + 1 :])
            for shortened in _shortened(word):
                groups.add(f"{others}/{shortened}", member)
        groups.add("".join(words), (name, ""))
    seen: set[tuple[str, str]] = set()
    for group in groups.shared.values():
        for index, (name, word) in enumerate(group):
            for other, other_word in group[:index]:
                if (other, name) not in seen and _is_slip(other_word, word):
                    seen.add((other, name))
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


def _is_slip(one: str, other: str) -> bool:
    if one == other:
        return True  # told apart by a space only
    if max(len(one), len(other)) < _SHORTEST_WORD:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other) == 1
