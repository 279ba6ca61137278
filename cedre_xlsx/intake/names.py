"""The names of a person typed in one cell: which words are the Nom, which the Prénom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cedre_xlsx.method.text import fold, squeeze, word_key

_CIVILITIES = {
    "m": "M.", "mr": "M.", "monsieur": "M.",
    "mme": "Mme", "madame": "Mme", "mlle": "Mme", "mademoiselle": "Mme", "melle": "Mme",
}  # fmt: skip
_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_MASKS = ("…", ".", "*")
_MASKED = re.compile(r"^\w?\s*(?:…|\.{2,}|\*{2,})$")


@dataclass(frozen=True, slots=True)
class Names:
    """What one cell says of who it is; words whose part is not certain are all in `last`."""

    last: str
    first: str = ""
    title: str = ""
    precision: str = ""


def split_names(text: str, heading: str = "") -> Names:
    """The names in a cell.

    Capitals are a Nom, a comma parts both; else the order that the heading says, for two words:
    with more, nothing says where the Nom ends.
    """
    text, precision = _without_brackets(squeeze(text))
    words, title = _without_civility(text.split(" "))
    if "," in text:
        last, _, first = " ".join(words).partition(",")
        return Names(squeeze(last), squeeze(first), title, precision)
    last, first = _by_capitals(words) or _by_heading(words, heading) or (" ".join(words), "")
    return Names(last, first, title, precision)


def is_masked(last: str, first: str) -> bool:
    """Whether the platform hides who it is: an initial and "…"."""
    return any(part[-1:] in _MASKS and bool(_MASKED.match(part.strip())) for part in (last, first))


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
