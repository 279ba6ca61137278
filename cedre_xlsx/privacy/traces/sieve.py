"""Which stretches of a large part may hold something: only those are read letter by letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape

from cedre_xlsx.ooxml.cell_text import from_xml
from cedre_xlsx.privacy.folding import words_of
from cedre_xlsx.privacy.name_forms import NameSearch

_PIECE = 256 * 1024  # bytes looked at at once
_NODE = re.compile(rb">([^<>]+)<")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
#: A word of which letters are written by their numbers, as many programs write accents.
_NUMBERED = re.compile(rb"[A-Za-z\x80-\xff]*(?:&#(?:[0-9]+|[xX][0-9A-Fa-f]+);[A-Za-z\x80-\xff]*)+")
#: What may hide a name from a search of words: escapes, accents that stand alone, runs, remarks.
_SPECIAL = re.compile(
    rb"_x[0-9A-Fa-f]{4}_|%[0-9A-Fa-f]{2}|\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xc2\xad|\xe2\x80[\x8b-\x8f"
    rb"\xaa-\xae]|\xe2\x81\xa0|\xef\xbb\xbf|<!|<\?|<(?:\w+:)?r[\s>]"
)
_SPECIAL_RECORD = re.compile(_SPECIAL.pattern.rpartition(b"|")[0])
_SHARED = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*(\d+)\s*<"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where to where a part may hold something."""

    start: int
    end: int


class Sieve:
    """Finds the records of a part (rows, shared strings) that may hold a name or a wanted text."""

    def __init__(self, search: NameSearch, wanted: Collection[str] = ()) -> None:
        self._anchors = search.anchors
        self._numbers = [start.encode() for start in sorted(search.number_starts)]
        self._wanted = frozenset(wanted)
        self._known: dict[bytes, bool] = {}
        #: The shared strings that are looked for, and those that some cell uses.
        self.shared: Collection[int] = ()
        self.used: set[int] = set()
        #: False where a cell of some other shape may use others.
        self.all_used_known = True

    def records(self, content: bytes, tag: bytes) -> Iterator[Stretch]:
        """The records of that tag (`row`, `si`, `r`) that may hold something, and what stands
        before the first and after the last; the whole where there is none.
        """
        opening = re.compile(rb"<(?:\w+:)?" + tag + rb"(?=[\s>/])")
        closings = [found.end() for found in _closing(content, tag)]
        first = opening.search(content)
        if first is None or not closings or first.start() > closings[-1]:
            yield Stretch(0, len(content))
            return
        yield Stretch(0, first.start())
        start = first.start()
        special = _SPECIAL if tag == b"row" or tag == b"si" else _SPECIAL_RECORD
        while start < closings[-1]:
            end = _end_of_piece(content, start, closings[-1], tag)
            piece = content[start:end]
            places = self._places(piece, special, is_sheet=tag == b"row", all_text=tag == b"r")
            for one in _merged(_around(piece, places, opening, tag)):
                yield Stretch(start + one.start, start + one.end)
            start = end
        yield Stretch(closings[-1], len(content))

    def may_hold(self, content: bytes) -> bool:
        """Whether a part may hold something in what it says or in an attribute."""
        if self._wanted or _SPECIAL.search(content):
            return True
        return (
            next(self._places(content, _SPECIAL, is_sheet=False, all_text=True), None) is not None
        )

    def _places(
        self, piece: bytes, special: re.Pattern[bytes], *, is_sheet: bool, all_text: bool
    ) -> Iterator[int]:
        yield from (found.start() for found in special.finditer(piece))
        nodes = {piece} if all_text else set(_NODE.findall(piece))
        blob = b"\n".join(nodes)
        held = set(_WORD.findall(blob))
        if b"&#" in blob:
            held.update(_NUMBERED.findall(blob))
        for word in (one for one in held if self._is_anchor(one)):
            yield from _all(piece, word)
        for number in self._numbers:
            yield from _all(piece, number)
        if self._wanted and not all_text:
            for node in nodes:
                if _read(node) in self._wanted:
                    yield from (at + 1 for at in _all(piece, b">" + node + b"<"))
        if is_sheet:
            cells = 0
            for found in _SHARED.finditer(piece):
                cells += 1
                index = int(found[1])
                self.used.add(index)
                if index in self.shared:
                    yield found.start()
            if cells != piece.count(b't="s"') + piece.count(b"t='s'"):
                self.all_used_known = False

    def _is_anchor(self, raw: bytes) -> bool:
        known = self._known.get(raw)
        if known is None:
            words = words_of(unescape(raw.decode(errors="replace")))
            known = any(word.folded in self._anchors for word in words)
            self._known[raw] = known
        return known


def _read(node: bytes) -> str:
    text = node.decode(errors="replace")
    return from_xml(unescape(text) if "&" in text else text)


def _closing(content: bytes, tag: bytes) -> list[re.Match[bytes]]:
    """The last closing tag of that name, if any."""
    last = None
    pattern = re.compile(rb"</(?:\w+:)?" + tag + rb"\s*>")
    for size in (4096, 1024**2, len(content)):
        for found in pattern.finditer(content, max(len(content) - size, 0)):
            last = found
        if last is not None:
            return [last]
    return []


def _end_of_piece(content: bytes, start: int, end: int, tag: bytes) -> int:
    if end - start <= _PIECE:
        return end
    found = re.compile(rb"</(?:\w+:)?" + tag + rb"\s*>").search(content, start + _PIECE, end)
    return found.end() if found else end


def _all(piece: bytes, wanted: bytes) -> Iterator[int]:
    at = piece.find(wanted)
    while at >= 0:
        yield at
        at = piece.find(wanted, at + 1)


def _around(
    piece: bytes, places: Iterator[int], opening: re.Pattern[bytes], tag: bytes
) -> Iterator[Stretch]:
    """The record around each place."""
    wanted = sorted(set(places))
    if not wanted:
        return
    starts = [found.start() for found in opening.finditer(piece)]
    ends = [found.end() for found in re.finditer(rb"</(?:\w+:)?" + tag + rb"\s*>", piece)]
    first = last = 0
    for at in wanted:
        while first + 1 < len(starts) and starts[first + 1] <= at:
            first += 1
        while last < len(ends) and ends[last] <= at:
            last += 1
        start = starts[first] if starts and starts[first] <= at else 0
        yield Stretch(start, ends[last] if last < len(ends) else len(piece))


def _merged(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Stretches in order, those that overlap being one."""
    held: Stretch | None = None
    for one in sorted(set(stretches), key=lambda two: two.start):
        if held is None or one.start >= held.end:
            if held is not None:
                yield held
            held = one
        else:
            held = Stretch(held.start, max(held.end, one.end))
    if held is not None:
        yield held
