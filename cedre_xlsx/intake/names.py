"""The names of a person typed in one cell: which words are the Nom, which the Prénom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cedre_xlsx.method.personal_numbers import TAKEN_OUT
from cedre_xlsx.method.text import fold, squeeze, word_key
from cedre_xlsx.workbook.read.raw import Cell, is_error

_CIVILITIES = {
    "m": "M.", "mr": "M.", "monsieur": "M.",
    "mme": "Mme", "madame": "Mme", "mlle": "Mme", "mademoiselle": "Mme", "melle": "Mme",
}  # fmt: skip
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
    """What one cell says of who it is; words whose part is not certain are all in `last`."""

    last: str
    first: str = ""
    title: str = ""
    precision: str = ""
    born: str = ""


def split_names(text: str, heading: str = "") -> Names:
    """The names in a cell.

    Capitals are a Nom, a comma parts both; else the order that the heading says, for two words:
    with more, nothing says where the Nom ends.
    """
    text, born = without_birth(text)
    text, precision = _without_brackets(text)
    if "," not in text and not _JOINING.isdisjoint(fold(text).rstrip(".").split()):
        return Names(text, "", "", precision, born)
    words, title = _without_civility(text.split(" "))
    if "," in text:
        last, _, first = " ".join(words).partition(",")
        return Names(squeeze(last), squeeze(first), title, precision, born)
    last, first = _by_capitals(words) or _by_heading(words, heading) or (" ".join(words), "")
    return Names(last, first, title, precision, born)


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
    title = _CIVILITIES.get(fold(words[0]).rstrip(".")) if len(words) > 1 else None
    return (words[1:], title) if title else (words, "")


def _by_capitals(words: list[str]) -> tuple[str, str] | None:
    """DUPONT Jean, Jean DUPONT, D'ÉPINE-NOIRE Léo; None where all or none are in capitals."""
    are_last = [word.isupper() and len(word) > 1 for word in words]
    if all(are_last) or not any(are_last):
        return None
    edges = sum(one != other for one, other in pairwise(are_last))
    if edges > 1:  # capitals on both sides of a word
        return None
    last = " ".join(word for word, is_last in zip(words, are_last, strict=True) if is_last)
    first = " ".join(word for word, is_last in zip(words, are_last, strict=True) if not is_last)
    return last, first


def _by_heading(words: list[str], heading: str) -> tuple[str, str] | None:
    said = word_key(heading).split()
    if len(words) != 2 or not {"nom", "prenom"} <= {word.removesuffix("s") for word in said}:
        return None
    ranks = [word.removesuffix("s") for word in said]
    if ranks.index("nom") < ranks.index("prenom"):
        return words[0], words[1]
    return words[1], words[0]
