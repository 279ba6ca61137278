"""What the judges of every part share: names, ranges, and facts known by a part's bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from hashlib import blake2b
from typing import TypeVar

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN, PARSING, REL

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
REL_ID = f"{{{REL}}}id"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
TRUE = ("1", "true")
_KNOWN = 1024  # parts whose facts are remembered

Range = tuple[int, int, int, int]  # first row, first column, last row, last column
_RANGE = re.compile(
    r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?(?::\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?)?"
)
_WHOLE = re.compile(r"\s*-?\d+\s*")
T = TypeVar("T")


def q(name: str) -> str:
    """A name of the spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(**PARSING))


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def by_content(find: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """What is found in a part, remembered by its bytes: most parts of a test are those before."""
    known: dict[bytes, T] = {}

    @wraps(find)
    def found(content: bytes) -> T:
        digest = blake2b(content, digest_size=16).digest()
        if digest not in known:
            if len(known) >= _KNOWN:
                known.pop(next(iter(known)))
            known[digest] = find(content)
        return known[digest]

    return found


@cache
def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def range_of(text: str) -> Range | None:
    """A cell, a range, whole rows or columns; None for what is none of these, or off the sheet."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    first_letters, first_digits, last_letters, last_digits = found.groups()
    if ":" not in text:
        last_letters, last_digits = first_letters, first_digits
        if not (first_letters and first_digits):
            return None
    if bool(first_letters) != bool(last_letters) or bool(first_digits) != bool(last_digits):
        return None
    if not (first_letters or first_digits):
        return None
    made = (
        int(first_digits or 1),
        column_number(first_letters) if first_letters else 1,
        int(last_digits or LAST_ROW),
        column_number(last_letters) if last_letters else LAST_COLUMN,
    )
    top, left, bottom, right = made
    if top > bottom or left > right or bottom > LAST_ROW or right > LAST_COLUMN:
        return None
    return made


def ranges_of(text: str) -> list[Range] | None:
    """A list of ranges between blanks; None when one is wrong, or there is none."""
    found = [range_of(one) for one in text.split()]
    kept = [one for one in found if one is not None]
    return kept if kept and len(kept) == len(found) else None


def overlap(one: Range, other: Range) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def first_overlap(ranges: Iterable[Range]) -> tuple[Range, Range] | None:
    """Two ranges that overlap, found from the top down."""
    reached: list[Range] = []
    for one in sorted(ranges):
        reached = [other for other in reached if other[2] >= one[0]]
        for other in reached:
            if overlap(one, other):
                return other, one
        reached.append(one)
    return None


def address(one: Range) -> str:
    first = f"{column_letters(one[1])}{one[0]}"
    last = f"{column_letters(one[3])}{one[2]}"
    return first if first == last else f"{first}:{last}"


def twice(values: Iterable[str], what: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} twice: {value}"


def units(text: str) -> int:
    """A length as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def number(element: etree._Element, attribute: str, default: int = 0) -> int:
    """A whole number; the default for what is none, which the schema's judge tells."""
    text = element.get(attribute)
    if text is None:
        return default
    return int(text) if _WHOLE.fullmatch(text) else default
