"""Texts alone on their rows that are no lines: a footnote typed in the first column of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.references import code_of
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.records import Records, Table

#: A name has few words, and neither figures nor marks of a sentence.
_MOST_WORDS = 4
_NO_NAME = re.compile(r"[0-9*:;,()!?…→=/]")
#: With more of them it is a list of names, and each search costs time.
_MOST_SEARCHES = 200


class Note(NamedTuple):
    """A text alone on its row; `outside` says that the row is under the Excel table."""

    row: int
    place: Place
    text: str
    outside: bool


def lone_texts(records: Records) -> Iterator[Note]:
    """The texts that are neither a name nor a reference, in the tables with lines of people."""
    searched = 0
    tables: tuple[tuple[Table[Any], str], ...] = (
        (records.follow_ups, "person"),
        (records.engagements, "reference"),
        (records.missions, "person"),
        (records.barriers, "person"),
    )
    for table, field in tables:
        for row, text in _alone(table, field):
            if field == "reference":
                is_note = code_of(text) is None and _is_sentence(text)
            else:
                searched += 1
                is_note = searched <= _MOST_SEARCHES and not _may_be_name(text, records)
            if is_note:
                last = table.excel.area.last_row if table.excel else None
                outside = last is not None and row.row > last
                yield Note(row.row, table.place(row, field), text, outside)


def _alone(table: Table[Any], field: str) -> Iterator[tuple[Row, str]]:
    others = [name for name in table.spec.columns if name != field]
    for row in table.rows:
        text: str = getattr(row, field)
        if text and not row.unreadable and row.lacks(*others):
            yield row, text


def _is_sentence(text: str) -> bool:
    return len(text.split()) > _MOST_WORDS or text.lstrip().startswith("*")


def _may_be_name(text: str, records: Records) -> bool:
    """Whether it is someone's name, or one that is nearly someone's."""
    if records.canonical_name(text) or records.is_ambiguous(text):
        return True
    if _NO_NAME.search(text) or len(text.split()) > _MOST_WORDS:
        return False
    return bool(nearest(text, records.persons, limit=1))
