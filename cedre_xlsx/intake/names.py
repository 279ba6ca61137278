"""The names of a person typed in one cell: which words are the Nom, which the Prénom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from cedre_xlsx.method.personal_numbers import TAKEN_OUT
from cedre_xlsx.method.text import fold, squeeze, word_key
from cedre_xlsx.workbook.read.raw import Cell, is_error

_CIVILITIES = {
    "m": "M.", "mr": "M.", "monsieur": "M.",
    "mme": "Mme", "madame": "Mme", "mlle": "Mme", "mademoiselle": "Mme", "melle": "Mme",
}  # fmt: skip
#: After a civility, or instead of it, whose widow someone is: the Nom follows.
_WIDOW = frozenset({"vve", "veuve"})
#: Two letters that stand for a Prénom: JP, PH; "BA", "LY" and "NG" are names.
_TWO_LETTERS = re.compile(r"(?!NG$)[B-DF-HJ-NP-TV-XZ]{2}")
_BETWEEN_INITIALS = re.compile(r"[.\-]")
_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_MASKS = ("…", ".", "*")
#: A day beside a name, or a year that is said to be that: the birth.
_BIRTH = re.compile(
    r"[\s,;(\-–]*(?:"
    r"(?:\bn[ée](?:\(e\)|e)?\s+(?:le|:)\s*|\bDDN\b\s*:?\s*)?"
    r"(?<!\d)(?P<day>\d{1,2}[/.\-]\d{1,2}[/.\-](?:(?:19|20)\d{2}|\d{2}))(?!\d)"
    r"|\bn[ée](?:\(e\)|e)?\s+en\s+(?P<year>(?:19|20)\d{2})(?!\d))\)?",
    re.IGNORECASE,
)
#: Between the words of a name, what makes them two names, or those of two people.
_JOINING = frozenset({"epouse", "ep", "epse", "nee", "ne", "veuve", "vve", "et", "&", "ou", "dit"})
#: What is typed in a column of names and is nobody's.
_NOBODY = frozenset({
    "equipe", "l equipe", "toute l equipe", "tous", "toutes", "tout le monde", "tous les salaries",
    "les salaries", "collectif", "le collectif", "groupe", "le groupe", "divers", "inconnu",
    "inconnue", "aucun", "aucune", "personne", "neant", "vide", "anonyme", "x", "xx", "xxx", "na",
    "n a", "nc", "n c", "idem", "les participants", "participants", "salaries", "beneficiaires",
    "permanents", "autre", "autres", "a completer", "a definir", "non renseigne",
})  # fmt: skip
_MOST_WORDS = 6
_MASKED = re.compile(r"^\w?\s*(?:…|\.{2,}|\*{2,})$")


@dataclass(frozen=True, slots=True)
class Names:
    """What one cell says of who it is; words whose part is not certain are all in `last`.

    `follows` says whether the capitals stand where the heading has the Nom; None where one of both
    says nothing. `typed` is the name alone.
    """

    last: str
    first: str = ""
    title: str = ""
    precision: str = ""
    born: str = ""
    follows: bool | None = field(default=None, compare=False)
    typed: str = field(default="", compare=False)

    @property
    def unparted(self) -> Names:
        """The same where capitals and heading contradict each other: the name as it was typed."""
        return replace(self, last=self.typed, first="")


def split_names(text: str, heading: str = "") -> Names:
    """The names in a cell.

    Capitals are a Nom, a comma parts both; else the order that the heading says, for two words and
    where initials are the Prénom: with more, nothing says where the Nom ends.
    """
    text, born = without_birth(text)
    text, precision = _without_brackets(text)
    words, title = _without_civility(text.split(" "))
    if "," not in text and not _JOINING.isdisjoint(fold(" ".join(words)).rstrip(".").split()):
        return Names(text, "", "", precision, born)
    if "," in text:
        last, _, first = " ".join(words).partition(",")
        return Names(squeeze(last), squeeze(first), title, precision, born)
    in_capitals = _by_capitals(words)
    typed = " ".join(words)
    last, first = in_capitals or _by_heading(words, heading) or (typed, "")
    follows = _follows(words, heading) if in_capitals else None
    return Names(last, first, title, precision, born, follows, typed)


def _follows(words: list[str], heading: str) -> bool | None:
    begins = _nom_comes_first(heading)
    others = [word for word in words if not _in_capitals(word)]
    if begins is None or all(map(_is_initials, others)):  # whose part they are is sure
        return None
    return _in_capitals(words[0 if begins else -1])


def doubtful(names: Iterable[Names | None]) -> bool:
    """Whether the capitals of a column follow its heading, so that those which do not are doubtful:
    an order that no cell keeps is nobody's.
    """
    said = [one.follows for one in names if one is not None]
    return 0 < said.count(True) >= said.count(False)


def without_birth(text: str) -> tuple[str, str]:
    """A name without the day of birth beside it and without what was taken out; that day, or ""."""
    text = without_marks(text)
    found = _BIRTH.search(text)
    if found is None:
        return text, ""
    return squeeze(f"{text[: found.start()]} {text[found.end() :]}").strip(" ,;-–"), found[
        "day"
    ] or found["year"]


def without_marks(text: str) -> str:
    """A short text without the marks of what was taken out of it, nor the signs around them."""
    if TAKEN_OUT not in text:
        return squeeze(text)
    bare = text.replace(f"({TAKEN_OUT})", " ").replace(TAKEN_OUT, " ")
    return squeeze(bare).strip(" ,;:/-–")


def names_nobody(name: str) -> bool:
    """Whether what stands for a name is no one's: "équipe", "?", a sentence."""
    key = word_key(name)
    if key in _NOBODY or not any(map(str.isalpha, name)) or key.startswith("fait a "):
        return True
    words = name.split()
    if len(words) <= _MOST_WORDS:
        return False
    small = sum(word[:1].islower() or not word[:1].isalpha() for word in words)
    return 2 * small > len(words)


def may_name(cell: Cell) -> bool:
    """Whether a cell may say who someone is: a text with a letter, and no error."""
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and not is_error(cell)


def is_masked(last: str, first: str) -> bool:
    """Whether the platform hides who it is: an initial and "…"."""
    return _is_mask(last) or _is_mask(first)


def _is_mask(part: str) -> bool:
    return part.endswith(_MASKS) and _MASKED.match(part.strip()) is not None


def _without_brackets(text: str) -> tuple[str, str]:
    found = _BRACKETS.search(text)
    return (squeeze(text[: found.start()]), squeeze(found[1])) if found else (text, "")


def _without_civility(words: list[str]) -> tuple[list[str], str]:
    """The words without the civility that they begin with, or end with where it is no initial."""
    keys = [fold(word).rstrip(".") for word in words]
    title = _CIVILITIES.get(keys[0], "") if len(words) > 1 else ""
    start = 1 if title else 0
    rest = len(words) - start
    if rest > 1 and keys[start] in _WIDOW and (title or rest > 2 or keys[start] == "vve"):
        return words[start + 1 :], "Mme"
    if not title and len(words) > 1 and len(keys[-1]) > 1 and keys[-1] in _CIVILITIES:
        return words[:-1], _CIVILITIES[keys[-1]]
    return words[start:], title


def _is_initials(word: str) -> bool:
    """Whether a word stands for a Prénom: A, A., J.-P., JP."""
    if not word.isupper():
        return False
    parts = [part for part in _BETWEEN_INITIALS.split(word) if part]
    is_shortened = word.endswith(".") and len(parts[0]) <= 2
    return (
        all(len(part) == 1 for part in parts)
        or (is_shortened and len(parts) == 1)
        or _TWO_LETTERS.fullmatch(word) is not None
    )


def _in_capitals(word: str) -> bool:
    return word.isupper() and not _is_initials(word)


def _by_capitals(words: list[str]) -> tuple[str, str] | None:
    """DUPONT Jean, Jean DUPONT, D'ÉPINE-NOIRE Léo, DUPONT J.-P.; None where all or none are in
    capitals: initials are none.
    """
    are_last = [_in_capitals(word) for word in words]
    if all(are_last) or not any(are_last):
        return None
    edges = sum(one != other for one, other in pairwise(are_last))
    if edges > 1:  # capitals on both sides of a word
        return None
    last = " ".join(word for word, is_last in zip(words, are_last, strict=True) if is_last)
    first = " ".join(word for word, is_last in zip(words, are_last, strict=True) if not is_last)
    return last, first


def _nom_comes_first(heading: str) -> bool | None:
    """Whether a heading has Nom before Prénom; None where it does not name both."""
    said = [word.removesuffix("s") for word in word_key(heading).split()]
    if not {"nom", "prenom"} <= {*said}:
        return None
    return said.index("nom") < said.index("prenom")


def _by_heading(words: list[str], heading: str) -> tuple[str, str] | None:
    begins = _nom_comes_first(heading)
    if begins is None:
        return None
    cut = 1 if len(words) == 2 else _beside_initials(words, begins=begins)
    if not cut:
        return None
    first, second = " ".join(words[:cut]), " ".join(words[cut:])
    return (first, second) if begins else (second, first)


def _beside_initials(words: list[str], *, begins: bool) -> int:
    """Where the Prénom is initials, how many words stand before the place that parts it from the
    Nom; 0 elsewhere.
    """
    ordered = words if begins else words[::-1]
    count = 0
    while count < len(words) and _is_initials(ordered[-1 - count]):
        count += 1
    if not 0 < count < len(words) or any(map(_is_initials, ordered[: len(words) - count])):
        return 0
    return len(words) - count if begins else count
