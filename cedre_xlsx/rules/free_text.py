"""Every text that people type freely, the distinct ones of a column searched in one go."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from cedre_xlsx.method.sensitive import without_points
from cedre_xlsx.method.text import fold, squeeze
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Row, Search, line_key
from cedre_xlsx.schema.decisions import DecisionRow
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.records import Records, Table, column_number
from cedre_xlsx.schema.tables import MEETING_SHEET, PEOPLE, TableSpec

_BETWEEN = "\0"  # no cell holds one
_BETWEEN_TEXTS = re.compile(_BETWEEN)
#: Endings of the feminine and of the plural.
_ENDING = re.compile(r"(?:e?s?|x)(?![a-z0-9])")
#: Eight figures with at most three signs between them: what most texts do not have.
_LONG_NUMBER = re.compile(r"\d(?:[^\d\0]{0,3}\d){7}")
_TYPED_WORD = re.compile(r"\w+")
#: What is in a text and is not seen: a place where a word may be parted, a mark of direction.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class FreeText:
    """One text and where it stands; a `story` is a sentence about the person."""

    table: Table[Any]
    row: Row
    field: str
    story: bool
    heading: str = ""

    @property
    def place(self) -> Place:
        """Where the text stands: its cell, or in a column of the team's own its row and heading."""
        if self.heading:
            return Place(self.table.sheet, self.row.row, self.heading)
        return self.table.place(self.row, self.field)

    @property
    def key(self) -> str:
        """What a finding knows the line by: its key; of Freins, the frein alone."""
        row = self.row
        if isinstance(row, DecisionRow):
            return line_key(row.text)
        if isinstance(row, BarrierRow):  # whenever it was seen
            return row.barrier
        return row.key if isinstance(row, (FollowUpRow, EngagementRow, MissionRow)) else ""


@dataclass(frozen=True)
class _Column:
    """The texts of one column of a table: `cells` has one a row, "" where there is none.

    People write the same sentence again and again: each distinct one is searched once.
    """

    table: Table[Any]
    field: str
    story: bool
    heading: str
    cells: Sequence[str]

    @cached_property
    def texts(self) -> Sequence[str]:
        """The distinct texts, in the order of their first row."""
        return list(dict.fromkeys(self.cells))

    @cached_property
    def haystack(self) -> str:
        """The distinct texts together, in lower case and without accents."""
        joined = _BETWEEN.join(self.texts)
        if joined.count(_BETWEEN) >= max(len(self.texts), 1):
            joined = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in self.texts)
        straight = joined.replace("’", "'").replace("œ", "oe").replace("Œ", "oe")
        plain = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
        return without_points(plain.lower())

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BETWEEN_TEXTS.finditer(self.haystack))]

    @cached_property
    def with_numbers(self) -> list[str]:
        """The texts that hold a long number."""
        return self._at(match.start() for match in _LONG_NUMBER.finditer(self.haystack))

    @property
    def with_addresses(self) -> list[str]:
        """The texts that hold an @."""
        return self._at(self._places("@"))

    def with_word(self, word: str) -> list[str]:
        """The texts in which a folded word stands, in the singular or with an ending."""
        return self._at(place for place in self._places(word) if self._is_word(place, len(word)))

    def with_stem(self, stem: str) -> Iterator[tuple[str, str]]:
        """The texts that have a word with this folded beginning, and that word as it is typed."""
        places = (one for one in self._places(stem) if not self._goes_on(one))
        for text in self._at(places):
            words = (found[0] for found in _TYPED_WORD.finditer(text))
            yield text, next((word for word in words if _plain(word).startswith(stem)), stem)

    def rows_of(self, text: str) -> Iterator[FreeText]:
        """Each of the rows that hold a text, with its place."""
        for rank in self._ranks[text]:
            yield FreeText(self.table, self.table.rows[rank], self.field, self.story, self.heading)

    @cached_property
    def _ranks(self) -> Mapping[str, Sequence[int]]:
        ranks: defaultdict[str, list[int]] = defaultdict(list)
        for rank, text in enumerate(self.cells):
            ranks[text].append(rank)
        return ranks

    def _is_word(self, place: int, length: int) -> bool:
        return not self._goes_on(place) and bool(_ENDING.match(self.haystack, place + length))

    def _goes_on(self, place: int) -> bool:
        """Whether what stands there is not the beginning of a word."""
        return place > 0 and self.haystack[place - 1].isalnum()

    def _places(self, searched: str) -> Iterator[int]:
        place = self.haystack.find(searched)
        while place >= 0:
            yield place
            place = self.haystack.find(searched, place + len(searched))

    def _at(self, places: Iterable[int]) -> list[str]:
        """The texts that stand at some places of the haystack, each once."""
        ranks = dict.fromkeys(bisect_right(self._starts, place) - 1 for place in places)
        return [self.texts[rank] for rank in ranks]


class FreeTexts:
    """The texts of a workbook."""

    def __init__(self, records: Records) -> None:
        tables: tuple[Table[Any], ...] = (
            records.people, records.follow_ups, records.engagements, records.missions,
            records.barriers, records.synthesis, records.control, records.old_notes,
            _decided(records),
        )  # fmt: skip
        columns = [
            _Column(
                table, field, search is Search.STORY, "", _texts(map(attrgetter(field), table.rows))
            )
            for search in (Search.STORY, Search.LABEL)
            for table in tables
            for field, column in table.spec.columns.items()
            if column.search is search
        ]
        rows = records.people.rows
        for heading in dict.fromkeys(key for row in rows for key in row.extra):
            own = (row.extra.get(heading) for row in rows)
            columns.append(_Column(records.people, "", True, heading, _texts(own)))
        self._columns = columns

    def search_numbers(self, pattern: re.Pattern[str]) -> Iterator[tuple[FreeText, re.Match[str]]]:
        """Where the pattern is found in the texts that hold a long number, with each match."""
        for column in self._columns:
            for text in column.with_numbers:
                for match in pattern.finditer(text):
                    yield from ((found, match) for found in column.rows_of(text))

    def search_addresses(self, pattern: re.Pattern[str]) -> Iterator[FreeText]:
        """The texts that hold an @ in which the pattern is found."""
        for column in self._columns:
            for text in column.with_addresses:
                if pattern.search(text):
                    yield from column.rows_of(text)

    def words(self, words: Sequence[str]) -> Iterator[tuple[FreeText, str]]:
        """The texts in which one of the words stands, with the word.

        Case and accents do not count; the word may be in the feminine or in the plural.
        """
        for word in words:
            searched = _plain(word)
            for column in self._columns if searched else ():
                for text in column.with_word(searched):
                    yield from ((found, word) for found in column.rows_of(text))

    def stems(self, stems: Sequence[str]) -> Iterator[tuple[FreeText, str]]:
        """The texts in which a word begins by one of the stems, with that word as it is typed."""
        for stem in map(_plain, stems):
            for column in self._columns:
                for text, word in column.with_stem(stem):
                    yield from ((found, word) for found in column.rows_of(text))


def words_in(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Those of some words that stand in one text, as `FreeTexts.words` finds them."""
    column = _Column(Table.of(PEOPLE), "", True, "", [_squeezed(text)])
    return tuple(word for word in words if (plain := _plain(word)) and column.with_word(plain))


def _plain(word: str) -> str:
    return fold(word).encode("ascii", "ignore").decode()


def _decided(records: Records) -> Table[DecisionRow]:
    """The decisions typed in `Réunion` that are no lines of Suivi yet."""
    waiting = [one for one in records.decisions if not one.poured]
    rows = (
        DecisionRow(row=one.row, person=one.person, text=one.text, who=one.who,
                    due=one.due if isinstance(one.due, str) else None)
        for one in waiting
    )  # fmt: skip
    cells = waiting[0].cells if waiting else {}
    columns = {name: column_number(cell.rstrip("0123456789")) for name, cell in cells.items()}
    sheet = waiting[0].sheet if waiting else MEETING_SHEET
    spec = TableSpec(MEETING_SHEET, "", DecisionRow)
    return Table(spec, sheet, 0, columns, tuple(rows))


def _texts(cells: Iterable[object]) -> Sequence[str]:
    """The texts as they are printed: single spaces, on one line."""
    return [_squeezed(cell if isinstance(cell, str) else _text_of(cell)) for cell in cells]


def _squeezed(text: str) -> str:
    return squeeze(text if text.isascii() else _UNSEEN.sub("", text)) if text else ""


def _text_of(value: object) -> str:
    return value.text if isinstance(value, DatedText | Deadline) else ""
