"""Every text that people type freely, a haystack a column: searched in one go."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from cedre_xlsx.method.text import fold
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table, engagement_key, follow_up_key, mission_key

#: Sentences about the person, by table.
_STORIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("people", ("request",)),
    ("follow_ups", ("dated", "action", "objective", "deadline", "outcome")),
    (
        "engagements",
        ("needs", "object", "structure_means", "person_means", "comments", "frequency"),
    ),
    ("missions", ("client_review", "person_review")),
    ("barriers", ("remarks",)),
    ("synthesis", ("notes",)),
    ("control", ("justification",)),
)
#: Short texts about something else, where a number may be typed all the same.
_LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("people", ("last_name", "first_name", "precision", "exit_reason", "referrer")),
    ("follow_ups", ("participant",)),
    ("missions", ("client", "trade")),
    ("barriers", ("barrier", "partner")),
)
_BETWEEN = "\0"  # no cell holds one
_BETWEEN_TEXTS = re.compile(_BETWEEN)
#: Endings of the feminine and of the plural.
_ENDING = re.compile(r"(?:e?s?|x)(?![a-z0-9])")
#: Eight figures with at most one sign between them: what no date, price or quantity has.
_LONG_NUMBER = re.compile(r"\d(?:[^\d\0]?\d){7}")


@dataclass(frozen=True, slots=True)
class FreeText:
    """One text and where it stands; a `story` is a sentence about the person."""

    table: Table[Any]
    row: Row
    field: str
    story: bool
    heading: str = ""

    @property
    def text(self) -> str:
        """What was typed."""
        own = self.row.extra if isinstance(self.row, PersonRow) and self.heading else None
        cell = own.get(self.heading) if own is not None else getattr(self.row, self.field)
        return cell if isinstance(cell, str) else _text_of(cell)

    @property
    def place(self) -> Place:
        """Its cell; for a column of the team's own, its row and heading."""
        if self.heading:
            return Place(self.table.sheet, self.row.row, self.heading)
        return self.table.place(self.row, self.field)

    @property
    def key(self) -> str:
        """The line's own identity within its sheet."""
        row = self.row
        if isinstance(row, FollowUpRow):
            return follow_up_key(row)
        if isinstance(row, EngagementRow):
            return engagement_key(row)
        if isinstance(row, MissionRow):
            return mission_key(row)
        return row.barrier if isinstance(row, BarrierRow) else ""


@dataclass(frozen=True)
class _Column:
    """The texts of one column of a table, by the rank of their row.

    `haystack` holds them in lower case and without accents, an empty one for each cell without.
    """

    table: Table[Any]
    field: str
    story: bool
    heading: str
    haystack: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BETWEEN_TEXTS.finditer(self.haystack))]

    @cached_property
    def with_numbers(self) -> list[int]:
        """The ranks of the texts that hold a long number, in their order."""
        return self._ranks(match.start() for match in _LONG_NUMBER.finditer(self.haystack))

    @property
    def with_addresses(self) -> list[int]:
        """The ranks of the texts that hold an @, in their order."""
        return self._ranks(self._places("@"))

    def with_word(self, word: str) -> Iterator[int]:
        """The rank of the text of each place where a folded word begins."""
        for position in self._places(word):
            before = self.haystack[position - 1] if position else " "
            if not before.isalnum() and _ENDING.match(self.haystack, position + len(word)):
                yield bisect_right(self._starts, position) - 1

    def at(self, rank: int) -> FreeText:
        """One text with its place."""
        return FreeText(self.table, self.table.rows[rank], self.field, self.story, self.heading)

    def _places(self, searched: str) -> Iterator[int]:
        position = self.haystack.find(searched)
        while position >= 0:
            yield position
            position = self.haystack.find(searched, position + len(searched))

    def _ranks(self, positions: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(bisect_right(self._starts, at) - 1 for at in positions))


class FreeTexts:
    """The texts of a workbook."""

    def __init__(self, records: Records) -> None:
        columns: list[_Column] = []
        for fields_of_tables, story in ((_STORIES, True), (_LABELS, False)):
            for name, fields in fields_of_tables:
                table = getattr(records, name)
                for field in fields:
                    cells = map(attrgetter(field), table.rows)
                    columns.append(_Column(table, field, story, "", _haystack(cells)))
        rows = records.people.rows
        for heading in dict.fromkeys(key for row in rows for key in row.extra):
            own = (row.extra.get(heading) for row in rows)
            columns.append(_Column(records.people, "", True, heading, _haystack(own)))
        self._columns = [column for column in columns if column.haystack]

    def search_numbers(self, pattern: re.Pattern[str]) -> Iterator[tuple[FreeText, re.Match[str]]]:
        """Where the pattern is found in the texts that hold a long number, with each match."""
        for column in self._columns:
            for rank in column.with_numbers:
                text = column.at(rank)
                for match in pattern.finditer(text.text):
                    yield text, match

    def search_addresses(self, pattern: re.Pattern[str]) -> Iterator[FreeText]:
        """The texts that hold an @ in which the pattern is found."""
        for column in self._columns:
            for rank in column.with_addresses:
                text = column.at(rank)
                if pattern.search(text.text):
                    yield text

    def words(self, words: Sequence[str]) -> Iterator[tuple[FreeText, str]]:
        """The texts in which one of the words stands, with the word.

        Case and accents do not count; the word may be in the feminine or in the plural.
        """
        for word in words:
            searched = fold(word).encode("ascii", "ignore").decode()
            for column in self._columns if searched else ():
                for rank in column.with_word(searched):
                    yield column.at(rank), word


def _haystack(cells: Iterable[object]) -> str:
    """The texts of a column, folded; nothing when all are empty."""
    texts = [cell if isinstance(cell, str) else _text_of(cell) for cell in cells]
    joined = _BETWEEN.join(texts)
    if joined.count(_BETWEEN) >= max(len(texts), 1):
        joined = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)
    if not joined.strip(_BETWEEN):
        return ""
    straight = joined.replace("’", "'").replace("œ", "oe").replace("Œ", "oe")
    plain = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return plain.lower().replace("\n", " ")


def _text_of(value: object) -> str:
    return value.text if isinstance(value, DatedText | Deadline) else ""
