"""Values of a list, OUI and NON, and engagement codes, in the spellings that people type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from cedre_xlsx.method.dates import clean
from cedre_xlsx.method.text import word_key

#: With fewer characters, what someone began to type may be anything.
_SHORTEST_START = 3

YES = frozenset({"oui", "o", "ok", "yes", "y", "vrai", "true", "x", "1"})
NO = frozenset({"non", "n", "no", "faux", "false", "0"})
_YES_MARKS = frozenset("✓✔☑☒✗✘×")
_NO_MARKS = frozenset("☐□")


#: The sign that a value begins with, and that may be typed alone: "(++) Fort" by "++".
_SIGN = re.compile(r"\((\++|-+)\)")
_SIGN_ALONE = re.compile(r"\(?((?:\+ ?)+|(?:- ?)+)\)?")
#: What says that the value is not sure.
_DOUBTS = ("?", "~")
#: Where a remark begins: "fait le 12/10", "Sans suite (refus)", "fait et validé".
_REMARK = re.compile(r"\s*(?:[(,]| - )\s*|\s+(?=(?:le|du|par|et)\s)")
_BY_WHOM = re.compile(
    r"par (?:la personne|elle|lui|le salarie|la salariee|l employeur|le partenaire|tel\w*|mail)"
)
_LINKS = re.compile(r"^(?:le|du|et) ")


def is_doubtful(typed: str) -> bool:
    """Whether a value is typed with a doubt: "fait ?"."""
    return any(mark in typed for mark in _DOUBTS)


def yes_or_no(text: str) -> bool | None:
    """True for OUI, False for NON, None for neither. A cross marks a box, as on paper."""
    if is_doubtful(text):
        return None
    key = word_key(clean(text))
    if key in YES:
        return True
    if key in NO:
        return False
    mark = clean(text)
    if mark in _YES_MARKS:
        return True
    return False if mark in _NO_MARKS else None


@dataclass(frozen=True)
class Choices:
    """A list of values, looked up by their words alone: no case, accents or punctuation.

    `spellings` are other accepted forms; in a closed list the beginning of one value only is
    accepted too, and a remark that changes nothing. Of values that begin with a sign, "(++) Fort",
    the sign alone is a spelling.
    """

    values: tuple[str, ...]
    spellings: Mapping[str, str] = field(default_factory=dict)
    beginnings: bool = True

    def __post_init__(self) -> None:
        keys = {word_key(spelling): value for spelling, value in self.spellings.items()}
        keys.update((word_key(value), value) for value in self.values)
        keys.pop("", None)
        object.__setattr__(self, "_keys", keys)
        singulars = {singular(key): value for key, value in keys.items()}
        object.__setattr__(self, "_singulars", singulars)
        signs = {sign[1]: value for value in self.values if (sign := _SIGN.match(value))}
        object.__setattr__(self, "_signs", signs)

    def find(self, typed: str) -> str | None:
        """The value meant; None when there is none, or more than one, or a doubt."""
        if self.beginnings and is_doubtful(typed):
            return None
        keys: dict[str, str] = self._keys  # type: ignore[attr-defined]
        key = word_key(clean(typed))
        exact = self.by_sign(typed) or self._exact(key)
        if exact is not None or not self.beginnings:
            return exact
        meant = set()
        if len(key) >= _SHORTEST_START:
            meant = {value for known, value in keys.items() if known.startswith(key)}
        return meant.pop() if len(meant) == 1 else self._before_a_remark(clean(typed))

    def by_sign(self, typed: str) -> str | None:
        """The value whose sign is typed alone; a long dash, which may be two, is no sign."""
        signs: dict[str, str] = self._signs  # type: ignore[attr-defined]
        alone = _SIGN_ALONE.fullmatch(clean(typed).replace("\N{MINUS SIGN}", "-"))
        return signs.get(alone[1].replace(" ", "")) if signs and alone else None

    def named(self, typed: str) -> set[str]:
        """The values that words of the text name."""
        words = word_key(clean(typed)).split()
        return {value for word in words if (value := self._exact(word)) is not None}

    def _exact(self, key: str) -> str | None:
        keys: dict[str, str] = self._keys  # type: ignore[attr-defined]
        singulars: dict[str, str] = self._singulars  # type: ignore[attr-defined]
        return keys.get(key) or singulars.get(singular(key))

    def _before_a_remark(self, typed: str) -> str | None:
        """The value before a date, before who did it, or before the same value said again."""
        first, *remarks = _REMARK.split(typed)
        value = self._exact(word_key(first))
        said = (_LINKS.sub("", word_key(remark)) for remark in remarks)
        return value if value and all(map(self._is_idle(value), said)) else None

    def _is_idle(self, value: str) -> Callable[[str], bool]:
        return lambda remark: bool(
            self._exact(remark) == value
            or _BY_WHOM.fullmatch(remark)
            or re.fullmatch(r"[0-9]{1,2} [0-9]{1,2}(?: (?:20)?[0-9]{2})?", remark)
        )


def singular(key: str) -> str:
    """The words of a `word_key` without the s of their plurals."""
    return " ".join(
        word[:-1] if word.endswith("s") and len(word) > _SHORTEST_START else word
        for word in key.split()
    )


def find_code(typed: str, spellings: Mapping[str, str], names: Iterable[str]) -> str | None:
    """The engagement code meant: "CP", "coup de pouce", "CP (coup de pouce)", "mobilis.".

    `spellings` gives the code of each accepted spelling by its `word_key`; `names` are the full
    names, which may stand among other words. None when no type, or several, may be meant.
    """
    key = word_key(clean(typed))
    if not key or is_doubtful(typed):
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
