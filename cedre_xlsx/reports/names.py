"""Whether a text holds somebody's name, however many names there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from cedre_xlsx.method.text import fold

_WORD = re.compile(r"\w+")


class Names:
    """Names to be found in texts, word for word; case and accents do not count."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            words = _words(name)
            if words:
                self._by_first[words[0]].add(words)

    def are_in(self, text: str) -> bool:
        """Whether the words of one of the names follow each other in a text."""
        words = _words(text)
        return any(
            words[index : index + len(name)] == name
            for index, word in enumerate(words)
            for name in self._by_first.get(word, ())
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))
