"""The hidden keys of the rows of a sheet without table, each on the row that shows what it tells.

People sort the columns that they see, or some of them: each key then stands on somebody else's
row. A key holds prints of the texts that we wrote beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cedre_xlsx.workbook.package.cell_text import PRINT_LENGTH, text_print

ROW_KEY = "cedre:"
_LEAST = 3  # texts that a row must show to be known by all but one of them


class RowKeys:
    """The keys of a sheet, by the texts that they tell."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = {
            key.partition("|")[0]: key for key in keys if key.startswith(ROW_KEY)
        }  # fmt: skip
        self._told = {key: _split(prints) for prints, key in self._keys.items()}

    def key_of(self, texts: Iterable[str], own: str) -> str:
        """The key of the row that shows these texts, `own` being the one that stands on it: what
        tells exactly them, else the only one that tells all but one; "" where several do.
        """
        prints = [text_print(text) for text in texts]
        exact = self._keys.get(ROW_KEY + "".join(prints))
        if exact is not None:
            return exact
        shown = Counter(filter(None, prints))
        most = shown.total() - 1
        if most < _LEAST - 1:
            return own
        near = [key for key, told in self._told.items() if (shown & told).total() >= most]
        if own in near or not near:
            return own
        return near[0] if len(near) == 1 else ""


def _split(prints: str) -> Counter[str]:
    text = prints.removeprefix(ROW_KEY)
    return Counter(text[i : i + PRINT_LENGTH] for i in range(0, len(text), PRINT_LENGTH))
