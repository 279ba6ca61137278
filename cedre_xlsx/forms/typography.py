"""French typography of printed texts."""

from __future__ import annotations

import re

_NARROW = "\u202f"  # before ; ! ?
_WIDE = "\u00a0"  # before : and inside « »
_BEFORE_HIGH = re.compile(r"[ \u00a0\u202f]*([;!?]+)(?=\s|$|[)»\]])")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)|(?<=[^\W\d]):(?=\s)")
_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_CLOSING = re.compile(r"[ \u00a0\u202f]*»")
_ELISION = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def french(text: str) -> str:
    """The text as a French page prints it.

    Unbreakable spaces before ; : ! ? and inside « », curved apostrophes; every kind of line break
    is one, tabs are spaces, and control characters, which no page shows, are left out.
    """
    plain = _CONTROL.sub("", _BREAK.sub("\n", text).replace("\t", " "))
    spaced = _BEFORE_HIGH.sub(_NARROW + r"\1", plain)
    spaced = _BEFORE_COLON.sub(_WIDE + ":", spaced)
    spaced = _CLOSING.sub(_WIDE + "»", _OPENING.sub("«" + _WIDE, spaced))
    return _ELISION.sub("’", spaced)
