"""The shared strings rewritten: a string is changed for those cells alone that may change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from cedre_xlsx.privacy.traces.content import bytes_of, text_of
from cedre_xlsx.privacy.traces.strokes import Stroke, applied, spliced
from cedre_xlsx.privacy.traces.survey import Strings, Suspect

_UNIQUE = re.compile(rb"(<(?:\w+:)?sst\b[^>]*\buniqueCount\s*=\s*[\"'])(\d+)")
_SAYS = re.compile(rb">[^<]+<")
_CLOSING = re.compile(rb"</(?:\w+:)?si\s*>")
_OPENING = re.compile(rb"<((?:\w+:)?)si\b")

#: A cell that shows a shared string: its segment's part and place, and where its number stands.
_Use = tuple[str, int, int]


class SharedStrings:
    """Collects what is written over shared strings, cell by cell, then writes them."""

    def __init__(self, strings: Strings) -> None:
        self._strings = strings
        self._uses: dict[int, dict[_Use, set[Stroke]]] = {}
        self._findings: dict[_Use, Suspect] = {}

    def see(self, finding: Suspect, strokes: Collection[Stroke] = ()) -> None:
        """A cell shows a string, over which so much is to be written."""
        use = (finding.segment.part, finding.segment.place.start, finding.unit.pieces[0][0])
        self._findings[use] = finding
        self._uses.setdefault(finding.shared, {}).setdefault(use, set()).update(strokes)

    def written(
        self, own: Mapping[int, Collection[Stroke]], used: Collection[int] | None
    ) -> tuple[bytes, Iterator[tuple[Suspect, Stroke]]]:
        """The part, and what is written over the numbers of the cells that show another string.

        `own` are the strokes over strings that no cell shows, by where the string starts; where
        the strings in use are known, all others are emptied instead.
        """
        strings = self._strings
        pieces: dict[int, tuple[int, int, bytes]] = {}
        added: list[bytes] = []
        moved: list[tuple[Suspect, Stroke]] = []
        for index, uses in sorted(self._uses.items()):
            ways = {frozenset(strokes) for strokes in uses.values()}
            if len(ways) == 1:
                pieces[index] = self._piece(index, next(iter(ways)))
                continue
            numbers: dict[frozenset[Stroke], int] = {}
            for use, strokes in uses.items():
                way = frozenset(strokes)
                if not way:
                    continue
                if way not in numbers:
                    numbers[way] = len(strings.starts) + len(added)
                    added.append(self._piece(index, way)[2])
                finding = self._findings[use]
                start, end, _ = finding.unit.pieces[0]
                moved.append((finding, Stroke(start, end, str(numbers[way]))))
        for index, start in enumerate(strings.starts):
            if used is not None and index not in used:
                pieces[index] = self._empty(index)
            elif start in own:
                pieces[index] = self._piece(index, own[start])
        changed = [piece for piece in pieces.values() if piece[0] < piece[1]]
        if added:
            end = self._end(len(strings.starts) - 1)
            changed.append((end, end, b"".join(added)))
        content = spliced(strings.content, changed)
        return _counted(content, len(added)), iter(moved)

    def _end(self, index: int) -> int:
        place = self._strings.stretch(index)
        found = _CLOSING.search(self._strings.content, place.start, place.end)
        return found.end() if found else place.end

    def _piece(self, index: int, strokes: Collection[Stroke]) -> tuple[int, int, bytes]:
        strings = self._strings
        start, end = strings.starts[index], self._end(index)
        text = text_of(strings.content[start:end], strings.encoding)
        return start, end, bytes_of(applied(text, strokes), strings.encoding)

    def _empty(self, index: int) -> tuple[int, int, bytes]:
        content = self._strings.content
        start, end = self._strings.starts[index], self._end(index)
        if not _SAYS.search(content, start, end):
            return start, start, b""
        opening = _OPENING.match(content, start)
        prefix = opening[1] if opening else b""
        return start, end, b"<%bsi><%bt/></%bsi>" % (prefix, prefix, prefix)


def _counted(content: bytes, more: int) -> bytes:
    if not more:
        return content
    return _UNIQUE.sub(
        lambda found: found[1] + str(int(found[2]) + more).encode(), content, count=1
    )
