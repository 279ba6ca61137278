"""The order of children, the attributes and their values, for every element of our parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN, REL
from tests.judge.xml import CHART, COMPATIBILITY, DRAW

#: The root of each kind of part, and its type in `schema.txt`.
ROOTS = {
    f"{{{MAIN}}}worksheet": "x:CT_Worksheet",
    f"{{{MAIN}}}workbook": "x:CT_Workbook",
    f"{{{MAIN}}}styleSheet": "x:CT_Stylesheet",
    f"{{{MAIN}}}table": "x:CT_Table",
    f"{{{MAIN}}}sst": "x:CT_Sst",
    f"{{{MAIN}}}comments": "x:CT_Comments",
    f"{{{MAIN}}}calcChain": "x:CT_CalcChain",
    f"{{{CHART}}}chartSpace": "c:CT_ChartSpace",
    f"{{{DRAW}}}wsDr": "xdr:CT_Drawing",
}
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NAMESPACES = {"x": MAIN, "c": CHART, "xdr": DRAW, "r": REL, "a": _DRAWING}
_XML = "http://www.w3.org/XML/1998/namespace"
_OFFICE = "http://schemas.microsoft.com/"
#: Excel reads the children of a font in any order, whatever the first edition of the schema says.
_ANY_ORDER = frozenset({"x:CT_Font"})
_MANY = 40  # children: more are hardly twice the same
_VALUES = {
    "b": re.compile(r"0|1|true|false|on|off|t|f"),
    "u": re.compile(r"\+?\d+"),
    "i": re.compile(r"[+-]?\d+"),
    "d": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|-?INF"),
}


@dataclass(frozen=True, slots=True)
class _Child:
    rank: int
    type: str
    several: bool


@dataclass(frozen=True, slots=True)
class _Type:
    attributes: dict[str, re.Pattern[str] | frozenset[str] | None]
    required: tuple[str, ...]
    children: dict[str, _Child]
    needed: frozenset[str]


@cache
def _types() -> dict[str, _Type]:
    found: dict[str, _Type] = {}
    section = ""
    for line in (Path(__file__).parent / "schema.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, _, rest = line.partition(" @")
            attributes, _, children = rest.partition(" >")
            found[f"{section}:{name}"] = _type(section, attributes.split(), children.split())
    return found


def _type(section: str, attributes: list[str], words: list[str]) -> _Type:
    known: dict[str, re.Pattern[str] | frozenset[str] | None] = {}
    required = []
    for word in attributes:
        name, _, kind = word.partition(":")
        prefix, _, own = name.rstrip("!").rpartition("/")
        tag = f"{{{_NAMESPACES.get(prefix, prefix)}}}{own}" if prefix else own
        known[tag] = _VALUES.get(kind) or (frozenset(kind.split(",")) if kind else None)
        if name.endswith("!"):
            required.append(tag)
    children: dict[str, _Child] = {}
    needed = set()
    rank, joined = -1, False
    for word in words:
        if word == "|":
            joined = True
            continue
        rank, joined = rank if joined else rank + 1, False
        name, _, kind = word.partition("=")
        mark = name[-1] if name[-1] in "?*+" else ""
        prefix, _, own = name.rstrip("?*+").rpartition(":")
        tag = f"{{{_NAMESPACES.get(prefix or section, prefix)}}}{own}"
        full = kind if ":" in kind else f"{section}:{kind}"
        children[tag] = _Child(rank, full, mark in ("*", "+"))
        if mark in ("", "+"):
            needed.add(tag)
    return _Type(known, tuple(required), children, frozenset(needed))


def children_in_order(name: str) -> tuple[str, ...]:
    """The children of a type, as the schema wants them."""
    return tuple(map(_short, _types()[name].children))


def schema_faults(root: etree._Element) -> Iterator[str]:
    """What Excel would not read: the first fault of each kind, with where it stands."""
    name = ROOTS.get(str(root.tag))
    if name is None:
        return
    yield from _undeclared(root)
    seen = set()
    waiting = [(root, name)]
    types = _types()
    while waiting:
        element, name = waiting.pop()
        kind = types.get(name)
        if kind is None:
            continue
        for fault in _faults(element, name, kind):
            if fault not in seen:
                seen.add(fault)
                yield fault
        children = kind.children
        for child in element:
            known = children.get(child.tag)  # type: ignore[call-overload]
            if known is not None and (len(child) or child.attrib or known.type in _CHECKED_EMPTY):
                waiting.append((child, known.type))


#: Types that need something: an empty element of theirs is looked at too.
_CHECKED_EMPTY = frozenset(n for n, t in _types().items() if t.required or t.needed)


def _undeclared(root: etree._Element) -> Iterator[str]:
    for prefix in root.get(f"{{{COMPATIBILITY}}}Ignorable", "").split():
        if prefix not in root.nsmap:
            yield f"mc:Ignorable names {prefix}, which is not declared"


def _faults(element: etree._Element, name: str, kind: _Type) -> Iterator[str]:
    label = _short(str(element.tag))
    attributes = element.attrib
    for key, value in attributes.items():
        allowed = kind.attributes.get(key)  # type: ignore[call-overload]
        if allowed is None:
            continue
        if value not in allowed if isinstance(allowed, frozenset) else not allowed.fullmatch(value):
            yield f"{label}: {_short(key)}={value!r}"
    tags = tuple([str(child.tag) for child in element])
    if len(tags) > _MANY:
        yield from _shape.__wrapped__(label, name, tuple(attributes), tags)
    else:
        yield from _shape(label, name, tuple(attributes), tags)


@cache
def _shape(
    label: str, name: str, attributes: tuple[str, ...], tags: tuple[str, ...]
) -> tuple[str, ...]:
    """What is wrong with an element of such attributes and children: nearly all are alike."""
    kind = _types()[name]
    faults = [
        f"{label}: unknown attribute {_short(key)}"
        for key in attributes
        if key not in kind.attributes
        and not key.startswith((f"{{{_XML}}}", f"{{{COMPATIBILITY}}}", f"{{{_OFFICE}"))
    ]
    faults += (f"{label}: no {_short(key)}" for key in kind.required if key not in attributes)
    return (*faults, *_children(label, name, tags, kind))


def _children(label: str, name: str, tags: tuple[str, ...], kind: _Type) -> Iterator[str]:
    rank, last = -1, ""
    seen: set[str] = set()
    for tag in tags:
        known = kind.children.get(tag)
        if known is None:
            if tag.startswith((f"{{{MAIN}}}", f"{{{CHART}}}", f"{{{DRAW}}}")):
                yield f"{label}: unknown child {_short(tag)}"
            continue
        if known.rank < rank and name not in _ANY_ORDER:
            yield f"{label}: children out of order, {_short(tag)} after {_short(last)}"
        if tag in seen and not known.several:
            yield f"{label}: two {_short(tag)}"
        seen.add(tag)
        rank, last = max(rank, known.rank), tag
    if not any(tag.startswith(f"{{{COMPATIBILITY}}}") for tag in tags):
        yield from (f"{label}: no {_short(tag)}" for tag in sorted(kind.needed - seen))


def _short(name: str) -> str:
    return name.rpartition("}")[2]
