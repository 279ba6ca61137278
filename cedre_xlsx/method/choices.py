"""Values of a list, OUI and NON, and engagement codes, in the spellings that people type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cedre_xlsx.method.dates import clean
from cedre_xlsx.method.text import word_key

#: With fewer characters, what someone began to type may be anything.
_SHORTEST_START = 3

_YES = frozenset({"oui", "o", "ok", "yes", "y", "vrai", "true", "x", "1"})
_NO = frozenset({"non", "n", "no", "faux", "false", "0"})
_YES_MARKS = frozenset("✓✔☑☒✗✘×")
_NO_MARKS = frozenset("☐□")


def yes_or_no(text: str) -> bool | None:
    """True for OUI, False for NON, None for neither. A cross marks a box, as on paper."""
    key = word_key(clean(text))
    if key in _YES:
        return True
    if key in _NO:
        return False
    mark = clean(text)
    if mark in _YES_MARKS:
        return True
    return False if mark in _NO_MARKS else None


@dataclass(frozen=True)
class Choices:
    """A list of values, looked up by their words alone: no case, accents or punctuation.

    `spellings` are other accepted forms; in a closed list the beginning of one value only is
    accepted too.
    """

    values: tuple[str, ...]
    spellings: Mapping[str, str] = field(default_factory=dict)
    beginnings: bool = True

    def __post_init__(self) -> None:
        keys = {word_key(spelling): value for spelling, value in self.spellings.items()}
        keys.update((word_key(value), value) for value in self.values)
        keys.pop("", None)
        object.__setattr__(self, "_keys", keys)

    def find(self, typed: str) -> str | None:
        """The value meant; None when there is none, or more than one."""
        keys: dict[str, str] = self._keys  # type: ignore[attr-defined]
        key = word_key(clean(typed))
        exact = keys.get(key) or keys.get(_singular(key))
        if exact is not None or not self.beginnings or len(key) < _SHORTEST_START:
            return exact
        meant = {value for known, value in keys.items() if known.startswith(key)}
        return meant.pop() if len(meant) == 1 else None


def _singular(key: str) -> str:
    return " ".join(word[:-1] if word.endswith("s") else word for word in key.split())


def find_code(typed: str, spellings: Mapping[str, str], names: Iterable[str]) -> str | None:
    """The engagement code meant: "CP", "coup de pouce", "CP (coup de pouce)", "mobilis.".

    `spellings` gives the code of each accepted spelling by its `word_key`; `names` are the full
    names, which may stand among other words. None when no type, or several, may be meant.
    """
    key = word_key(clean(typed))
    if not key:
        return None
    exact = spellings.get(key) or spellings.get(key.replace(" ", ""))
    if exact is not None:
        return exact
    first, _, rest = key.partition(" ")
    if first in spellings and spellings.get(rest) == spellings[first]:
        return spellings[first]
    padded = f" {key} "
    meant = {
        spellings[word_key(name)]
        for name in names
        if f" {word_key(name)} " in padded and word_key(name) in spellings
    }
    if not meant and len(key) > _SHORTEST_START:
        meant = {code for known, code in spellings.items() if known.startswith(key)}
    return meant.pop() if len(meant) == 1 else None
