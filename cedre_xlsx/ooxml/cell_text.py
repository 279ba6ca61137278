"""A cell's text: what a file can hold of it, and a short print by which it is known again."""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

MAX_TEXT = 32_767  # UTF-16 units in a cell
_CUT = " […]"
#: What a file cannot hold: control characters, halves of a pair.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: A longer text is compared by its beginning: it may have been shortened when it was written.
_COMPARED = 30_000  # UTF-16 units
PRINT_LENGTH = 4  # characters; a change goes unseen once in 16 million
_PRINT_BYTES = 3
_LINE_PRINT = 6  # hexadecimal digits, as rare


def legal(text: str) -> str:
    """The text without what a file cannot hold."""
    if text.isprintable():  # nearly all are
        return text
    return ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_too_long(text: str) -> bool:
    """Whether a text is longer than a cell may hold."""
    return len(text) * 2 > MAX_TEXT and _units(text) > MAX_TEXT


def shortened(text: str) -> str:
    """Cut to Excel's limit, never inside a character, with a mark that says so."""
    return _first_units(text, MAX_TEXT - len(_CUT)) + _CUT


def as_stored(text: str) -> str:
    """A legal text as a cell stores it: Excel would read `_x0041_` as a letter."""
    kept = legal(text)
    return _LOOKS_ESCAPED.sub("_x005F_", kept) if "_x" in kept else kept


def in_xml(text: str) -> str:
    """A legal text for XML, as a cell stores it."""
    return escaped(as_stored(text))


def escaped(text: str) -> str:
    """A text for the content of an XML element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_element(text: str) -> str:
    """The element of a text in a cell: its blanks are kept where a reader would drop them, and
    nothing is said where none would (some read the attribute as text).
    """
    if text.isalnum():  # most names, all numbers: nothing is kept or escaped
        return f"<t>{text}</t>"
    ends = text[:1].isspace() or text[-1:].isspace()
    kept = ' xml:space="preserve"' if ends else ""
    return f"<t{kept}>{in_xml(text)}</t>"


def from_xml(text: str) -> str:
    """The text that a cell shows: `_x000D_` is a carriage return, `_x005F_` an underscore."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def compared(text: str) -> str:
    """A text as it is compared: spaces, and what writing may change in it, do not count."""
    kept = legal(text)
    if len(kept) * 2 > _COMPARED and _units(kept) > _COMPARED:
        kept = _first_units(kept, _COMPARED)
    words = "".join(kept.split())
    return words if words.isascii() else unicodedata.normalize("NFC", words)


@lru_cache(maxsize=4096)
def text_print(text: str) -> str:
    """A short print of a text, `PRINT_LENGTH` characters; "" for one without anything."""
    known = compared(text)
    if not known:
        return ""
    return urlsafe_b64encode(sha256(known.encode()).digest()[:_PRINT_BYTES]).decode()


@lru_cache(maxsize=4096)
def line_print(text: str) -> str:
    """A short print of a text as the keys of lines have it, hexadecimal; "" for an empty one."""
    known = compared(text)
    return text_digest(known)[:_LINE_PRINT] if known else ""


def text_digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def number_text(number: float) -> str:
    """A number as it is compared: programs write its last digits in their own way."""
    return f"{number:.10g}"


def _units(text: str) -> int:
    """The length as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _first_units(text: str, count: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: 2 * count].decode("utf-16-le", "ignore")
