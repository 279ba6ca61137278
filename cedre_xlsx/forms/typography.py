"""French typography of printed texts."""

from __future__ import annotations

import re

_NARROW = "\u202f"  # before ; ! ?
_WIDE = "\u00a0"  # before : and inside « »
_BEFORE_HIGH = re.compile(r"[ \u00a0\u202f]*([;!?]+)(?=\s|$|[)»\]])")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)")
_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_CLOSING = re.compile(r"[ \u00a0\u202f]*»")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def french(text: str) -> str:
    """The text with the spaces that French puts before ; : ! ? and inside « », unbreakable."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    spaced = _BEFORE_HIGH.sub(_NARROW + r"\1", plain)
    spaced = _BEFORE_COLON.sub(_WIDE + ":", spaced)
    return _CLOSING.sub(_WIDE + "»", _OPENING.sub("«" + _WIDE, spaced))
