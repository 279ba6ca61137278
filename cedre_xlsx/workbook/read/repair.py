"""What calamine refuses, and the whole sheet with it: values made texts or left out, merges; and
the blanks that it drops between the pieces of a text.
"""

from __future__ import annotations

import re
from math import isfinite

from cedre_xlsx.ooxml.extent import Tag, tags
from cedre_xlsx.workbook.read.raw import UNKNOWN_ERROR

_KIND = re.compile(rb"""\st\s*=\s*["']([^"'<>]*)["']""")
_VALUE = re.compile(rb"(<(?:[A-Za-z_][\w.\-]*:)?v(?:\s[^<>]*)?>)([^<]*)<")
_NUMBER = re.compile(rb"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$")
_TRUE = frozenset({b"1", b"true", b"on", b"yes", b"oui", b"vrai", b"1.0", b"-1"})
_FALSE = frozenset({b"0", b"false", b"off", b"no", b"non", b"faux", b"0.0"})
_TEXTS = frozenset({b"str", b"inlineStr", b"d"})
#: Their ranges may be what calamine does not understand: whole columns (A:B), whole rows, words.
_MERGES = re.compile(
    rb"<((?:[A-Za-z_][\w.\-]*:)?)mergeCells(?:\s[^<>]*)?(?:/>|>.*?</\1mergeCells\s*>)", re.DOTALL
)
_DIMENSION = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)dimension\s[^<>]*?(?:/>|></\1dimension\s*>)")
#: What a cell may hold after its value.
_EXTENSION = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?extLst[\s/>]")
#: Larger numbers are no dates, times or hours: what someone typed in a column of these.
_LARGEST = 1e8
_NEGATIVE = re.compile(b">-")  # found faster by a pattern than with `in`
_MAY_PANIC = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?v(?:\s[^<>]*)?>-(?:[0-9]{9}|[^<]*[eE])")
_PREFIX = rb"(?:[A-Za-z_][\w.\-]*:)?"
#: What ends each piece of a text that has several looks; most parts have none.
_RUN_ENDS = (b"</r>", b":r>")
#: A piece that says nothing of blanks (no xml:space), and may begin or end with one.
_BARE_PIECE = re.compile(
    rb"<(%b)t>(?=[ \t\r\n&]|[^<]*+(?<=[ \t\r\n;])<)(?=[^<]*+</\1t>\s*+</\1r>)" % _PREFIX
)


def with_blanks(xml: bytes | bytearray) -> bytes | None:
    """A sheet or the shared strings, where each piece of a text keeps its blanks as people see
    them; None where nothing is to be changed.

    Gnumeric writes "Jean **Petit**" without xml:space: calamine would read "JeanPetit".
    """
    if all(xml.find(end) < 0 for end in _RUN_ENDS):
        return None
    made, count = _BARE_PIECE.subn(rb'<\1t xml:space="preserve">', xml)
    return bytes(made) if count else None


def mended_sheet(xml: bytes | bytearray, strings: int) -> bytes | None:
    """The sheet that calamine is given in place of this one; None where it reads this one well."""
    return repaired(xml, strings) if may_panic(xml) else with_blanks(xml)


def may_panic(xml: bytes | bytearray) -> bool:
    """Whether a sheet holds such a number that calamine would write a trace on the screen."""
    return _NEGATIVE.search(xml) is not None and _MAY_PANIC.search(xml) is not None


def repaired(xml: bytes | bytearray, strings: int) -> bytes:
    """The sheet as calamine reads it: values that it refuses as texts; errors, ranges left out;
    blanks kept.

    `strings` is how many shared strings the workbook has.
    """
    pieces: list[bytes | bytearray] = []
    done = 0
    for tag in tags(xml):
        changed = None if tag.is_row else _changed(tag, strings)
        if changed is not None:
            pieces += (xml[done : tag.start], changed)
            done = tag.stop
    made = b"".join((*pieces, xml[done:]))
    made = with_blanks(made) or made
    start, end = made.find(b"sheetData"), made.rfind(b"sheetData")
    if start < 0:
        return made
    before, after = _DIMENSION.sub(b"", made[:start]), _MERGES.sub(b"", made[end:])
    return before + made[start:end] + after


def _changed(cell: Tag, strings: int) -> bytes | None:
    """The cell as calamine reads it; None where it does already."""
    value, kind = _VALUE.search(cell.inner), _KIND.search(cell.attributes)
    if value is None:
        return None
    bare = b"<%sc%s" % (cell.prefix, _KIND.sub(b"", cell.attributes))
    word = kind[1] if kind else b"n"
    if word == b"e":  # errors are read beside
        return bare + b"/>"
    extension = _EXTENSION.search(cell.inner, value.end())
    made = _as_read(word, value[2], strings)
    if made is None and extension is None:
        return None
    type_now, text = made or (word, value[2])
    end = extension.start() if extension else len(cell.inner)
    inner = b"%s%s%s" % (cell.inner[: value.end(1)], text, cell.inner[value.end() - 1 : end])
    return b'%s t="%s">%s</%sc>' % (bare, type_now, inner, cell.prefix)


def _as_read(kind: bytes, value: bytes, strings: int) -> tuple[bytes, bytes] | None:
    """A type and a value that calamine reads; None where it reads these."""
    plain = value.strip()
    if kind in _TEXTS:
        return None
    if kind == b"b":
        known = plain.lower()
        if known in _TRUE | _FALSE:
            return b"b", b"1" if known in _TRUE else b"0"
    elif kind == b"s":
        if plain.isdigit() and int(plain[:9]) < strings:
            return None if plain == value else (kind, plain)
        return b"str", UNKNOWN_ERROR.encode()  # a text that is nowhere
    elif _NUMBER.match(plain) and isfinite(float(plain)) and abs(float(plain)) <= _LARGEST:
        return None if kind == b"n" and plain == value else (b"n", plain)
    return b"str", value
