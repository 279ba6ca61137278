"""Values that calamine refuses, and the whole sheet with them: made texts, or left out."""

from __future__ import annotations

import re
from math import isfinite

from cedre_xlsx.workbook.read.extent import Tag, tags

_KIND = re.compile(rb"""\st\s*=\s*["']([A-Za-z]+)["']""")
_VALUE = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?v(?:\s[^<>]*)?>([^<]*)<")
_BOOLEANS = frozenset({b"0", b"1", b"true", b"false"})
#: Larger numbers are no dates, times or hours: what someone typed in a column of these.
_LARGEST = 1e8
_MAY_PANIC = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?v(?:\s[^<>]*)?>-(?:[0-9]{9}|[^<]*[eE])")


def may_panic(xml: bytes | bytearray) -> bool:
    """Whether a sheet holds such a number that calamine would write a trace on the screen."""
    return b">-" in xml and _MAY_PANIC.search(xml) is not None


def repaired(xml: bytes | bytearray) -> bytes:
    """The sheet with the values that calamine refuses as texts; errors unknown to it left out."""
    pieces: list[bytes | bytearray] = []
    done = 0
    for tag in tags(xml):
        changed = None if tag.is_row else _changed(tag)
        if changed is not None:
            pieces += (xml[done : tag.start], changed)
            done = tag.stop
    return b"".join((*pieces, xml[done:]))


def _changed(cell: Tag) -> bytes | None:
    """The cell as calamine reads it; None where it does already."""
    value, kind = _VALUE.search(cell.inner), _KIND.search(cell.attributes)
    if value is None or _is_readable(kind[1] if kind else b"n", value[1].strip()):
        return None
    bare = b"<%sc%s" % (cell.prefix, _KIND.sub(b"", cell.attributes))
    if kind and kind[1] == b"e":
        return bare + b"/>"
    return bare + b' t="str">%s</%sc>' % (cell.inner, cell.prefix)


def _is_readable(kind: bytes, value: bytes) -> bool:
    """Whether calamine reads a value of that kind; errors are read from the XML anyway."""
    match kind:
        case b"e":
            return False
        case b"b":
            return value in _BOOLEANS
        case b"n":
            try:
                number = float(value)
            except ValueError:
                return False
            return isfinite(number) and abs(number) <= _LARGEST
        case _:
            return True
