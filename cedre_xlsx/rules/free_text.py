"""Every text that people type freely, as one haystack: searched in one go, whatever its size."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from cedre_xlsx.method.text import fold
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
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
#: Endings of the feminine and of the plural.
_ENDING = re.compile(r"(?:e?s?|x)(?![a-z0-9])")
#: Eight figures with at most one sign between them: what no date, price or quantity has.
_LONG_NUMBER = re.compile(r"\d(?:\D?\d){7}")


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


class FreeTexts:
    """The texts of a workbook, empty ones left out."""

    def __init__(self, records: Records) -> None:
        self._texts: list[str] = []
        self._rows: list[Row] = []
        #: Where each column begins in the lists above, and what it is.
        self._begins: list[int] = []
        self._columns: list[tuple[Table[Any], str, bool, str]] = []
        for fields_of_tables, story in ((_STORIES, True), (_LABELS, False)):
            for name, fields in fields_of_tables:
                table = getattr(records, name)
                for field in fields:
                    values = [getattr(row, field) for row in table.rows]
                    self._add(values, (table, field, story, ""))
        headings = dict.fromkeys(key for row in records.people.rows for key in row.extra)
        for heading in headings:
            values = [row.extra.get(heading) for row in records.people.rows]
            self._add(values, (records.people, "", True, heading))

    def search_numbers(self, pattern: re.Pattern[str]) -> Iterator[tuple[FreeText, re.Match[str]]]:
        """Where the pattern is found in the texts that hold a long number, with each match."""
        for index in self._with_numbers:
            for match in pattern.finditer(self._texts[index]):
                yield self._at(index), match

    def search_addresses(self, pattern: re.Pattern[str]) -> Iterator[FreeText]:
        """The texts that hold an @ in which the pattern is found."""
        position = self._joined.find("@")
        while position >= 0:
            index = bisect_right(self._starts, position) - 1
            if pattern.search(self._texts[index]):
                yield self._at(index)
            position = self._joined.find("@", self._starts[index] + len(self._texts[index]))

    def words(self, words: Sequence[str]) -> Iterator[tuple[FreeText, str]]:
        """The texts in which one of the words stands, with the word.

        Case and accents do not count; the word may be in the feminine or in the plural.
        """
        folded, starts = self._folded
        for word in words:
            searched = fold(word).encode("ascii", "ignore").decode()
            position = folded.find(searched) if searched else -1
            while position >= 0:
                before = folded[position - 1] if position else " "
                if not before.isalnum() and _ENDING.match(folded, position + len(searched)):
                    yield self._at(bisect_right(starts, position) - 1), word
                position = folded.find(searched, position + len(searched))

    @cached_property
    def _joined(self) -> str:
        joined = _BETWEEN.join(self._texts)
        if joined.count(_BETWEEN) >= max(len(self._texts), 1):
            self._texts = [text.replace(_BETWEEN, " ") for text in self._texts]
            joined = _BETWEEN.join(self._texts)
        return joined

    @cached_property
    def _starts(self) -> list[int]:
        return _starts(self._joined)

    @cached_property
    def _with_numbers(self) -> list[int]:
        found = (match.start() for match in _LONG_NUMBER.finditer(self._joined))
        return list(dict.fromkeys(bisect_right(self._starts, at) - 1 for at in found))

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The haystack in lower case, without accents; and where its texts start."""
        straight = self._joined.replace("’", "'").replace("œ", "oe").replace("Œ", "oe")
        plain = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
        folded = plain.lower().replace("\n", " ")
        return folded, _starts(folded)

    def _at(self, index: int) -> FreeText:
        table, field, story, heading = self._columns[bisect_right(self._begins, index) - 1]
        return FreeText(table, self._rows[index], field, story, heading)

    def _add(self, values: Sequence[object], column: tuple[Table[Any], str, bool, str]) -> None:
        """Add the cells of a column, one a row of its table."""
        before = len(self._texts)
        for value, row in zip(values, column[0].rows, strict=True):
            text = value if isinstance(value, str) else _text_of(value)
            if text:
                self._texts.append(text)
                self._rows.append(row)
        if len(self._texts) > before:
            self._begins.append(before)
            self._columns.append(column)


def _text_of(value: object) -> str:
    return value.text if isinstance(value, DatedText | Deadline) else ""


def _starts(joined: str) -> list[int]:
    lengths = [len(text) + 1 for text in joined.split(_BETWEEN)]
    return [0, *accumulate(lengths[:-1])]
