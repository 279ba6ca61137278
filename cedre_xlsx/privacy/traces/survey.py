"""All that a package says of given people, and of texts that are to go, wherever it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from cedre_xlsx.ooxml.parts import normal
from cedre_xlsx.privacy.name_forms import Hit, NameSearch
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.content import encoding_of, text_of
from cedre_xlsx.privacy.traces.places import cell_of, comment_of, place_of
from cedre_xlsx.privacy.traces.sieve import Sieve, Stretch
from cedre_xlsx.privacy.traces.units import Chars, TextUnit, units_of, unquoted

_SMALL = 64 * 1024  # bytes; a part of so many is read whole
_ITEM = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_FORMULA = re.compile(r"<(?:\w+:)?f[\s/>]")
_DIGITS = re.compile(r"\d+")
_SHORTEST_NUMBER = 6  # digits; fewer name nobody
#: A part of one comment, one row… is a context: what stands together there is of one subject.
Context = tuple[str, int]


@dataclass(slots=True)
class Segment:
    """A stretch of a part as text."""

    part: str
    place: Stretch
    encoding: str
    text: str


@dataclass(slots=True)
class Suspect:
    """A text that holds something: where it stands, its characters, the forms in it.

    `shared` is the number of the shared string that a cell shows, whose text it is, else -1;
    `is_removed` says that the whole text is one of those that are to go.
    """

    segment: Segment
    unit: TextUnit
    chars: Chars
    hits: list[Hit]
    context: Context
    sheet: str
    cell: str
    shared: int = -1
    is_removed: bool = False

    @property
    def is_formula_cell(self) -> bool:
        """Whether it is what a formula gave."""
        cell = self.unit.within("c")
        if cell is None or not self.unit.pieces:
            return False
        return bool(_FORMULA.search(self.segment.text, cell.at, self.unit.pieces[0][0]))


@dataclass(slots=True)
class SharedText:
    """A text of a shared string, with the forms in it."""

    segment: Segment
    unit: TextUnit
    chars: Chars
    hits: list[Hit]


@dataclass(slots=True)
class Survey:
    """What was found in the XML of a package; `used` are the shared strings that cells use, None
    where that is not sure.
    """

    findings: list[Suspect] = field(default_factory=list)
    strings: Strings | None = None
    used: set[int] | None = None


class Strings:
    """The shared strings of a workbook, read where they are asked for."""

    def __init__(
        self, part: str, content: bytes, search: NameSearch, wanted: Collection[str]
    ) -> None:
        self.part = part
        self.content = content
        self.encoding = encoding_of(content)
        self._search = search
        self._wanted = wanted
        self.starts = [found.start() for found in _ITEM.finditer(content)]
        self.texts = lru_cache(maxsize=20_000)(self._texts)

    def stretch(self, index: int) -> Stretch:
        """Where a string stands in its part."""
        start = self.starts[index]
        following = self.starts[index + 1 : index + 2]
        end = following[0] if following else self._last_end(start)
        return Stretch(start, end)

    def _last_end(self, start: int) -> int:
        found = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>").search(self.content, start)
        return found.end() if found else len(self.content)

    def _texts(self, index: int) -> tuple[SharedText, ...]:
        if not 0 <= index < len(self.starts):
            return ()
        place = self.stretch(index)
        text = text_of(self.content[place.start : place.end], self.encoding)
        segment = Segment(self.part, place, self.encoding, text)
        return tuple(
            SharedText(segment, unit, chars, hits)
            for unit in units_of(text)
            for chars, hits in _searched(unit, text, self._search)
            if not unit.attribute
        )

    def interesting(self, sieve: Sieve) -> set[int]:
        """The numbers of the strings that hold somebody, or are to go."""
        found = set()
        for one in sieve.records(self.content, b"si"):
            first = max(bisect_right(self.starts, one.start) - 1, 0)
            for index in range(first, bisect_right(self.starts, max(one.end - 1, 0))):
                texts = self.texts(index)
                holds = any(hit.people for text in texts for hit in text.hits)
                if holds or any(text.chars.text in self._wanted for text in texts):
                    found.add(index)
        return found


def survey(book: BookParts, search: NameSearch, wanted: Collection[str] = ()) -> Survey:
    """Everything that names one of the people, or is one of the `wanted` texts as a whole."""
    made = Survey()
    sieve = Sieve(search, wanted)
    if book.strings:
        content = book.package.read(book.strings)
        if encoding_of(content) in ("utf-8", "cp1252"):
            made.strings = Strings(book.strings, content, search, wanted)
            sieve.shared = made.strings.interesting(sieve)
    sheets = {normal(part) for part in book.titles}
    for part in book.package.names():
        if normal(part) == normal(book.strings or "/"):
            continue
        reader = _PartReader(book, part, search, wanted, made.strings)
        for segment in _segments(book, part, sieve, is_sheet=normal(part) in sheets):
            made.findings += reader.findings(segment)
    if made.strings is not None:
        made.findings += _unused(made.strings, sieve.shared, made.findings)
    plain = all(
        encoding_of(book.package.read(part)[:400]) in ("utf-8", "cp1252") for part in book.titles
    )
    made.used = sieve.used if plain and sieve.all_used_known else None
    return made


def _unused(
    strings: Strings, interesting: Collection[int], findings: list[Suspect]
) -> Iterator[Suspect]:
    """The shared strings that hold something and that no cell shows."""
    shown = {one.shared for one in findings}
    for index in sorted(set(interesting) - shown):
        for text in strings.texts(index):
            if text.hits:
                context = (strings.part, index)
                yield Suspect(text.segment, text.unit, text.chars, text.hits, context, "", "")


def _segments(book: BookParts, part: str, sieve: Sieve, *, is_sheet: bool) -> Iterator[Segment]:
    content = book.package.read(part)
    encoding = encoding_of(content)
    if not encoding:
        return
    stretches: Iterator[Stretch] = iter((Stretch(0, len(content)),))
    if not encoding.startswith("utf-16"):
        is_records = (
            normal(part).startswith("xl/pivotcache/") and b"<pivotCacheRecords" in content[:999]
        )
        if is_sheet:
            stretches = sieve.records(content, b"row")
        elif is_records and len(content) > _SMALL:
            stretches = sieve.records(content, b"r")
        elif not sieve.may_hold(content):
            return
    for one in stretches:
        text = text_of(content[one.start : one.end], encoding)
        yield Segment(part, one, encoding, text)


class _PartReader:
    """Reads the segments of one part."""

    def __init__(
        self, book: BookParts, part: str, search: NameSearch, wanted: Collection[str],
        strings: Strings | None,
    ) -> None:  # fmt: skip
        self._part = part
        self._sheet = book.sheet_of(part)
        self._search = search
        self._wanted = wanted
        self._strings = strings

    def findings(self, segment: Segment) -> Iterator[Suspect]:
        for unit in units_of(segment.text):
            if self._strings is not None and (index := shared_index(unit, segment.text)) >= 0:
                for text in self._strings.texts(index):
                    if text.hits or text.chars.text in self._wanted:
                        yield self._finding(segment, unit, text.chars, text.hits, index)
                continue
            for chars, hits in _searched(unit, segment.text, self._search, bool(self._wanted)):
                if hits or chars.text in self._wanted:
                    yield self._finding(segment, unit, chars, hits, -1)

    def _finding(
        self, segment: Segment, unit: TextUnit, chars: Chars, hits: list[Hit], shared: int
    ) -> Suspect:
        cell = cell_of(unit) or comment_of(unit)
        link = unit.within("hyperlink")
        at = cell or (link.get("ref") if link is not None else "")
        row = _DIGITS.search(at)
        context = (self._sheet, int(row[0])) if row and self._sheet else (self._part, 0)
        removed = not unit.attribute or (unit.element, unit.attribute) == ("s", "v")
        return Suspect(
            segment, unit, chars, hits, context, self._sheet, cell, shared,
            is_removed=removed and chars.text in self._wanted,
        )  # fmt: skip


def shared_index(unit: TextUnit, segment: str) -> int:
    """The shared string that a text of a cell is the number of; -1 where it is none."""
    if unit.attribute or unit.element != "v" or len(unit.pieces) != 1:
        return -1
    cell = unit.within("c")
    if cell is None or cell.get("t") != "s":
        return -1
    start, end, _ = unit.pieces[0]
    number = segment[start:end].strip()
    return int(number) if number.isdecimal() else -1


def _searched(
    unit: TextUnit, segment: str, search: NameSearch, is_wanted: bool = True
) -> Iterator[tuple[Chars, list[Hit]]]:
    """The characters of a text and the forms in it, as it is read or as an address means it."""
    start, end, _ = unit.pieces[0]
    is_short = len(unit.pieces) == 1 and end - start < _SHORTEST_NUMBER
    if is_short and not is_wanted and (end - start < 2 or segment[start:end].isdecimal()):
        return
    chars = unit.chars(segment)
    hits = search.find(chars.text)
    meant = unquoted(chars)
    if meant is not None:
        inside = search.find(meant.text)
        if not hits or _sure(inside) > _sure(hits):
            chars, hits = meant, inside
    if hits or is_wanted:
        yield chars, hits


def _sure(hits: list[Hit]) -> int:
    return sum(hit.is_sure_kind for hit in hits)


def called(book: BookParts, finding: Suspect) -> str:
    """Where a finding is, as people say it."""
    return place_of(book, finding.segment.part, finding.unit)
