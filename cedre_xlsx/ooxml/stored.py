"""Values that cells store without their being of the type that they say: `NaN`, for a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import isfinite

from cedre_xlsx.ooxml.iso import length, moment

_P = rb"(?:[A-Za-z_][\w.\-]*:)?"
_KIND = re.compile(rb"\st\s*=\s*[\"']([^\"'<>]*)[\"']")
#: The value of a formula that stands there.
_VALUE = re.compile(
    rb"<%sf(?:\s[^<>]*)?(?:/>|>[^<]*</%sf\s*>)\s*<%sv(?:\s[^<>]*)?>([^<]+)<" % (_P, _P, _P)
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_YES_NO = ("0", "1", "true", "false")
_TEXTS = ("str", "inlineStr", "e")  # an error is said as such


def is_readable(kind: str, text: str) -> bool:
    """Whether a stored value is one of its type; "" is the type of a number."""
    value = text.strip()
    match kind:
        case "" | "n":
            return _NUMBER.fullmatch(value) is not None and isfinite(float(value))
        case "b":
            return value.lower() in _YES_NO
        case "s":
            return value.isdecimal()
        case "d":
            return moment(value) is not None or length(value) is not None or is_readable("", value)
    return kind in _TEXTS


def unreadable(xml: bytes | bytearray, formulas: Iterable[int]) -> Iterator[bytes | bytearray]:
    """The opening tags of the computed cells whose stored value is none of its type."""
    for start in formulas:
        opening = xml.rfind(b"<", 0, start)
        found = _KIND.search(xml, opening, start)
        kind = found[1].decode() if found else ""
        if kind in _TEXTS:
            continue
        value = _VALUE.match(xml, start)
        if value is None or not value[1].strip():
            continue
        if not is_readable(kind, value[1].decode("utf-8", "replace")):
            yield xml[opening:start]


def stores_unreadable(cell: bytes) -> bool:
    """Whether a computed cell stores such a value."""
    start = re.search(rb"<%sf(?=[\s/>])" % _P, cell)
    return start is not None and any(True for _ in unreadable(cell, [start.start()]))
