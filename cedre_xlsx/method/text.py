"""Comparing texts as a French reader does: case, accents, spaces and quotes do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans("’‘ʼ´–—‑−", "''''----")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"\w+")
_CIVILITIES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"})


#: What Python keeps of the bytes of a name that are no UTF-8, and halves of a pair.
_HALVES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"^(https?|ftp|onedrive):/(?=[^/])", re.IGNORECASE)
#: The block of combining marks that French and its neighbours use.
_USUAL_MARKS = re.compile("[\u0300-\u036f]+")


def squeeze(text: str) -> str:
    """The text with single plain spaces, none at its ends, accents composed (NFC)."""
    if text.isascii():
        return " ".join(text.split())
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def readable(name: str) -> str:
    """A file's name as it can be written anywhere: what is no UTF-8 in it shows as �."""
    return name if name.isascii() else _HALVES.sub("\ufffd", name)


def path_text(path: object) -> str:
    """A path as it was given: of an address, it keeps one of both strokes alone."""
    return _ADDRESS.sub(r"\1://", str(path))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text as it is compared: lower case, no accents, straight quotes, single spaces."""
    if text.isascii():
        return " ".join(text.split()).lower()
    straight = text.translate(_QUOTES).replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", straight)
    plain = _USUAL_MARKS.sub("", decomposed)
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACES.sub(" ", plain).strip().casefold()


@lru_cache(maxsize=65536)
def word_key(text: str) -> str:
    """The text's words and digits alone: what headings and list values are matched by."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What a person's name is matched by.

    Case, accents, punctuation, the order of the words and a civility do not count, so that
    "M. Christian", "CHRISTIAN" and "christian" are one person. A name in a script without
    Latin letters keeps its own characters.
    """
    words = _WORD.findall(fold(name))
    kept = [word for word in words if word not in _CIVILITIES]
    return " ".join(sorted(kept or words))


def full_name(last: str, first: str = "", precision: str = "") -> str:
    """`Personne` as the workbook computes it: Nom, Prénom, then the Précision in brackets."""
    name = squeeze(f"{last} {first}")
    return f"{name} ({squeeze(precision)})" if precision.strip() else name
