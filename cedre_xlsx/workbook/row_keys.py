"""The hidden keys of the rows of a sheet without table, each on the row that shows what it tells.

People sort the columns that they see, or some of them: each key then stands on somebody else's
row. A key holds prints of the texts that we wrote beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from cedre_xlsx.ooxml.cell_text import PRINT_LENGTH, text_print

ROW_KEY = "cedre:"
_LEAST = 3  # texts that a row must show to be known by all but one of them


class RowKeys:
    """The keys of a sheet, by the texts that they tell."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys: defaultdict[str, list[str]] = defaultdict(list)
        for key in dict.fromkeys(key for key in keys if key.startswith(ROW_KEY)):
            self._keys[key.partition("|")[0]].append(key)
        self._told = {key: _split(prints) for prints, same in self._keys.items() for key in same}

    def key_of(self, texts: Iterable[str], own: str) -> str:
        """The key of the row that shows these texts: what tells exactly them, else the only one
        that tells all but one. Where several do, `own`, the one that stands on it, if it is one of
        them, else "".
        """
        prints = [text_print(text) for text in texts]
        if exact := self._keys.get(ROW_KEY + "".join(prints)):
            return _one_of(exact, own)
        shown = Counter(filter(None, prints))
        most = shown.total() - 1
        if most < _LEAST - 1:
            return own
        near = [key for key, told in self._told.items() if (shown & told).total() >= most]
        return _one_of(near, own) if near else own


def _one_of(keys: Sequence[str], own: str) -> str:
    if own in keys:
        return own
    return keys[0] if len(keys) == 1 else ""


def _split(prints: str) -> Counter[str]:
    text = prints.removeprefix(ROW_KEY)
    return Counter(text[i : i + PRINT_LENGTH] for i in range(0, len(text), PRINT_LENGTH))
