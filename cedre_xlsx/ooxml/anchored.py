"""What a sheet says of some cells after its rows: links, merged cells; one by one, as bytes."""

from __future__ import annotations

import re
from collections.abc import Callable

from cedre_xlsx.ooxml.areas import Area, areas

_P = rb"(?:[A-Za-z_][\w.\-]*:)?"
_REFERENCE = re.compile(rb"(\sref\s*=\s*[\"'])([^\"'<>]*)([\"'])")
_RELATED = re.compile(rb"\s[A-Za-z_][\w.\-]*:id\s*=\s*[\"']([^\"'<>]*)[\"']")
_COUNT = re.compile(rb"\scount\s*=\s*[\"'][0-9]*[\"']")


def rewritten(
    xml: bytes, name: bytes, holder: bytes, change: Callable[[Area], Area | None]
) -> tuple[bytes, tuple[str, ...]]:
    """The elements of that name with the areas that `change` gives, those without one gone.

    An empty `holder` goes too. Gives also the ids of the relationships of those that are gone.
    """
    gone: list[str] = []

    def one(found: re.Match[bytes]) -> bytes:
        tag = found[0]
        reference = _REFERENCE.search(tag)
        known = areas(reference[2].decode()) if reference is not None else ()
        if len(known) != 1:
            return tag
        area = change(known[0])
        if area is None:
            gone.extend(one.decode() for one in _RELATED.findall(tag))
            return b""
        if area == known[0]:
            return tag
        return _REFERENCE.sub(rb"\g<1>" + area.text.encode() + rb"\g<3>", tag, count=1)

    element = re.compile(rb"<(" + _P + name + rb")(?=[\s/>])[^<>]*?(?:/>|>.*?</\1\s*>)", re.DOTALL)
    made = element.sub(one, xml)
    if made == xml:
        return xml, ()
    whole = re.compile(rb"<(" + _P + holder + rb")(?=[\s>])([^<>]*)>(.*?)</\1\s*>", re.DOTALL)

    def held(found: re.Match[bytes]) -> bytes:
        if not found[3].strip():
            return b""
        count = len(element.findall(found[3]))
        said = _COUNT.sub(b' count="%d"' % count, found[2])
        return b"<" + found[1] + said + b">" + found[3] + b"</" + found[1] + b">"

    return whole.sub(held, made), tuple(gone)
