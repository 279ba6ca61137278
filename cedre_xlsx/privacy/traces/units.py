"""The texts of an XML part as people read them, each letter with its place in the part.

A text that is cut into runs, each with a look of its own, is one; so is each value of an attribute.
Nothing is parsed into a tree: what is replaced leaves every other character where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

_TOKEN = re.compile(
    r"<!--(?P<remark>.*?)-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?(?P<order>.*?)\?>|<![^>]*>"
    r"|<(?P<tag>[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*)>",
    re.DOTALL,
)
_NAME = re.compile(r"/?(?:[\w.\-]+:)?([\w.\-]+)")
_ATTRIBUTE = re.compile(r"\s([\w.:\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COMMON_ESCAPES = r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));"
_ESCAPE = re.compile(_COMMON_ESCAPES + r"|_x([0-9A-Fa-f]{4})_")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
#: The codes of a header: a side, a font, a colour, a size, a switch, a field.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+\-]\d{3}|\d+|[A-Za-z]|&)')
_SIDES = ("&L", "&C", "&R", "&l", "&c", "&r")
HEADERS = (
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
)  # fmt: skip
#: Elements within a text: what stands on both sides of their tags is read as one.
_WITHIN = frozenset(
    ("r", "t", "rPr", "fld", "pPr", "endParaRPr", "font", "span", "b", "i", "u", "strong", "em")
)
#: Elements that hold looks, and no text.
_LOOKS = frozenset(("rPr", "pPr", "endParaRPr"))
#: Elements whose attributes say nothing of anybody, and which are many.
_UNTOLD = frozenset(("row", "c"))
_BREAKS = frozenset(("br", "tab", "cr"))


@dataclass(frozen=True, slots=True)
class Opened:
    """An element that is open: its local name and what stands in its tag."""

    name: str
    tag: str
    at: int  # where its tag starts in the segment, after `<`

    def get(self, attribute: str) -> str:
        """The value of an attribute, as it is written; "" without it."""
        for found in _ATTRIBUTE.finditer(self.tag):
            if found[1].rpartition(":")[2] == attribute:
                return found[2] if found[2] is not None else found[3]
        return ""


@dataclass(frozen=True, slots=True)
class Chars:
    """A text, and from where to where each of its characters stands in the part."""

    text: str
    starts: list[int]
    ends: list[int]


@dataclass(slots=True)
class TextUnit:
    """One text of a part: what an element says, or an attribute (`attribute` is its name).

    `pieces` are the places in the segment, from and to, and what they stand for where that is not
    what they say (a break); `opened` are the elements around it, the innermost last.
    """

    opened: tuple[Opened, ...]
    attribute: str = ""
    pieces: list[tuple[int, int, str | None]] = field(default_factory=list)
    is_remark: bool = False

    @property
    def element(self) -> str:
        """The local name of the element that says it."""
        return self.opened[-1].name if self.opened else ""

    @property
    def path(self) -> tuple[str, ...]:
        """The local names of the elements around it, the innermost last."""
        return tuple(one.name for one in self.opened)

    def within(self, name: str) -> Opened | None:
        """The innermost element of that name around it."""
        return next((one for one in reversed(self.opened) if one.name == name), None)

    def chars(self, segment: str) -> Chars:
        """The characters of the text as people read them."""
        made = Chars("", [], [])
        texts: list[str] = []
        for start, end, stands_for in self.pieces:
            if stands_for is not None:
                texts.append(stands_for)
                made.starts.append(start)
                made.ends.append(end)
            else:
                _decode(segment, start, end, texts, made)
        read = Chars("".join(texts), made.starts, made.ends)
        return _without_codes(read) if self.element in HEADERS else read


def _decode(segment: str, start: int, end: int, texts: list[str], made: Chars) -> None:
    at = start
    for found in _ESCAPE.finditer(segment, start, end):
        _plain(segment, at, found.start(), texts, made)
        texts.append(_meant(found))
        made.starts.append(found.start())
        made.ends.append(found.end())
        at = found.end()
    _plain(segment, at, end, texts, made)


def _plain(segment: str, start: int, end: int, texts: list[str], made: Chars) -> None:
    texts.append(segment[start:end])
    made.starts.extend(range(start, end))
    made.ends.extend(range(start + 1, end + 1))


def _meant(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2] or found[4], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _without_codes(read: Chars) -> Chars:
    """A header without the codes of its look; each side is a line."""
    kept: list[tuple[str, int]] = []
    at = 0
    for found in _CODE.finditer(read.text):
        kept += ((read.text[n], n) for n in range(at, found.start()))
        if found[0] in _SIDES or found[0] == "&&":
            kept.append(("&" if found[0] == "&&" else "\n", found.end() - 1))
        at = found.end()
    kept += ((read.text[n], n) for n in range(at, len(read.text)))
    places = [n for _, n in kept]
    return Chars(
        "".join(one for one, _ in kept),
        [read.starts[n] for n in places],
        [read.ends[n] for n in places],
    )


def unquoted(read: Chars) -> Chars | None:
    """The text with what an address writes as `%20`, as it means; None where nothing is."""
    if "%" not in read.text or not _PERCENT.search(read.text):
        return None
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in _PERCENT.finditer(read.text):
        _copy(read, at, found.start(), texts, starts, ends)
        place = found.start()
        for one, size in _characters(unquote_to_bytes(found[0])):
            texts.append(one)
            starts.append(read.starts[place])
            place += 3 * size
            ends.append(read.ends[place - 1])
        at = found.end()
    _copy(read, at, len(read.text), texts, starts, ends)
    return Chars("".join(texts), starts, ends)


def _copy(
    read: Chars, start: int, end: int, texts: list[str], starts: list[int], ends: list[int]
) -> None:
    texts.append(read.text[start:end])
    starts += read.starts[start:end]
    ends += read.ends[start:end]


def _characters(raw: bytes) -> Iterator[tuple[str, int]]:
    """The characters of some bytes, each with how many it takes."""
    try:
        for one in raw.decode():
            yield one, len(one.encode())
    except UnicodeDecodeError:
        for number in raw:
            yield bytes((number,)).decode("cp1252", "replace"), 1


def units_of(segment: str) -> Iterator[TextUnit]:
    """The texts of a part, or of a stretch of one, in the order in which they stand."""
    return _Reader(segment).units()


class _Reader:
    """Goes through the tokens of a segment, and knows which elements are open."""

    def __init__(self, segment: str) -> None:
        self._segment = segment
        self._opened: list[Opened] = []
        self._text: TextUnit | None = None
        self._looks = 0  # open elements that hold looks
        self._was_opening = False

    def units(self) -> Iterator[TextUnit]:
        """The units, each where it ends."""
        at = 0
        for token in _TOKEN.finditer(self._segment):
            tag = token["tag"]
            if token.start() > at and not self._looks:
                self._read(at, token.start(), tag)
            at = token.end()
            if tag is not None:
                yield from self._turn(token, tag)
            elif token.lastgroup == "cdata":
                self._add(token.start("cdata"), token.end("cdata"), None)
            elif (name := token.lastgroup) is not None:
                place = (token.start(name), token.end(name), None)
                yield TextUnit(tuple(self._opened), "", [place], is_remark=True)
        if self._text is not None:
            yield self._text

    def _read(self, start: int, end: int, tag: str | None) -> None:
        """A text between two tags; what only parts them is none."""
        is_leaf = self._was_opening and tag is not None and tag.startswith("/")
        if is_leaf or not self._segment[start:end].isspace():
            self._add(start, end, None)

    def _add(self, start: int, end: int, stands_for: str | None) -> None:
        self._text = self._text or TextUnit(tuple(self._opened))
        self._text.pieces.append((start, end, stands_for))

    def _turn(self, token: re.Match[str], tag: str) -> Iterator[TextUnit]:
        """A tag: what it ends, what its attributes say."""
        found = _NAME.match(tag)
        local = found[1] if found else ""
        if self._text is not None and not self._looks:
            if local in _BREAKS:
                self._add(token.end(), token.end(), "\n")
            elif local not in _WITHIN:
                yield self._text
                self._text = None
        is_closing, is_bare = tag.startswith("/"), tag.endswith("/")
        self._was_opening = not is_closing and not is_bare
        if is_closing:
            while self._opened and self._opened.pop().name != local:
                pass
            self._looks -= local in _LOOKS and self._looks > 0
            return
        self._opened.append(Opened(local, tag, token.start("tag")))
        if "=" in tag and local not in _UNTOLD:
            yield from _attributes(token, self._opened)
        if is_bare:
            self._opened.pop()
        else:
            self._looks += local in _LOOKS


def _attributes(token: re.Match[str], opened: list[Opened]) -> Iterator[TextUnit]:
    base = token.start("tag")
    for found in _ATTRIBUTE.finditer(token["tag"]):
        group = 2 if found[2] is not None else 3
        name = found[1]
        if found.end(group) > found.start(group) and not name.startswith("xmlns"):
            place = (base + found.start(group), base + found.end(group), None)
            yield TextUnit(tuple(opened), name.rpartition(":")[2], [place])
