"""The bytes of a part as text and back: every byte that is not replaced comes out as it went in."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._\-]+)[\"']")
_KEPT = "surrogateescape"
_UTF_8 = "utf-8"


def encoding_of(content: bytes) -> str:
    """How the XML of a part is encoded; "" where it is no XML."""
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le" if content[2:4] == b"<\0" else ""
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be" if content[2:4] == b"\0<" else ""
    head = content[:200].removeprefix(codecs.BOM_UTF8).lstrip()
    if not head.startswith(b"<") or b"\0" in head:
        return ""
    declared = _DECLARED.match(head)
    name = declared[1].decode().lower() if declared else _UTF_8
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return _UTF_8
    return "cp1252" if known in ("cp1252", "iso8859-1", "iso8859-15", "ascii") else _UTF_8


def text_of(content: bytes, encoding: str) -> str:
    """The text of some bytes."""
    if encoding == "cp1252":  # every byte is a character
        return content.decode("latin-1")
    return content.decode(encoding, _KEPT if encoding == _UTF_8 else "surrogatepass")


def bytes_of(text: str, encoding: str) -> bytes:
    """The bytes of a text that `text_of` gave, whatever was replaced in it."""
    if encoding == "cp1252":
        return text.encode("latin-1", "xmlcharrefreplace")
    return text.encode(encoding, _KEPT if encoding == _UTF_8 else "surrogatepass")
