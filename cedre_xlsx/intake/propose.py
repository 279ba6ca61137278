"""A mapping for a table that nobody has described: by its headings, then by its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from cedre_xlsx.intake.aliases import GROUPS, NO_GROUPS, OF_LINES, OF_THE_PERSON, TELLING
from cedre_xlsx.intake.births import share_of_births
from cedre_xlsx.intake.content import (
    sample,
    share_of_dates,
    share_of_known_people,
    share_of_names,
    share_understood,
)
from cedre_xlsx.intake.minimised import (
    BIRTH,
    are_births,
    says_another_birth,
    says_birth,
    why_left_out,
)
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.targets import SPECS, TableMap, Target
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.raw import Cell

_PEOPLE = t.PEOPLE.table
_LIKE = 88  # out of 100
_SHORTEST_LIKE = 5  # characters
_MOST = 0.5
_TELLING, _PLAIN = 2, 1
#: The text without which a line of a sheet means nothing.
_TOLD_BY = {t.FOLLOW_UP.table: "action", t.BARRIERS.table: "barrier"}
#: What a column of one word may tell of the person in a table of lines: "Motif" is theirs.
_OF_ANY_LINE = frozenset({
    "typed_person", "last_name", "first_name", "precision", "title", "birth_year", "advisor",
    "pass_number", "pass_end", "rqth",
})  # fmt: skip
#: Of a mixed table, what its lines must tell to be lines of another sheet than Personnes.
_LEAST = 2
_USUAL_LENGTH = 20  # characters of a short sentence
_BIRTH_NAME = "nom de naissance"
_OF_DATES = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})
_OF_PASS = frozenset({"pass", "agrement"})
_ENDS = frozenset({"fin", "au", "jusqu", "jusque", "expire", "expiration", "validite", "valable",
                   "echeance", "terme"})  # fmt: skip
_BEGINS = frozenset({"debut", "du", "depuis", "delivre", "delivrance", "obtenu", "obtention"})
_NAMES = ("typed_person", "last_name", "first_name")


@dataclass(frozen=True, slots=True)
class Known:
    """What a mapping may rest on: the workbook's people and choices, what it remembers.

    `remembered` gives the target of a heading, by its words, for a sheet of ours.
    """

    records: Records
    reader: Reader
    remembered: Mapping[tuple[str, str], Target]


def propose(source: SourceTable, known: Known, spec: TableSpec[Any] | None = None) -> TableMap:
    """The likeliest mapping of a table; `spec` is the sheet of ours, where that is known."""
    columns = [source.column(rank) for rank in range(len(source.headings))]
    samples = [sample(cells) for cells in columns]
    spec = spec or _sheet_for(source, samples)
    made = _Proposal(source, spec, columns, samples, known)
    return TableMap(source, spec, made.targets())


def _sheet_for(source: SourceTable, samples: Sequence[Sequence[Cell]]) -> TableSpec[Any]:
    """The sheet whose lines the headings tell most of; Personnes where none does."""
    keys = [word_key(heading) for heading, cells in zip(source.headings, samples, strict=True)]
    scores = {}
    for table in SPECS:
        fields = {field for key in keys if (field := _fields(table).get(key))}
        telling = fields & TELLING[table]
        if table != _PEOPLE and not _are_lines(fields, telling):
            continue
        scores[table] = _TELLING * len(telling) + _PLAIN * len(fields - telling - {*_NAMES})
    best = max(scores, key=lambda table: scores[table])
    return SPECS[best] if scores[best] >= _LEAST else t.PEOPLE


def _are_lines(fields: set[str], telling: set[str]) -> bool:
    """Whether headings tell enough for lines of that sheet: "Remarques" alone may be anyone's."""
    return bool(telling) and (len(fields - {*_NAMES}) > 1 or bool(telling & {*_TOLD_BY.values()}))


@cache
def _fields(table: str) -> dict[str, str]:
    """The fields of one of our tables by the words of their headings, ours and others'."""
    columns = SPECS[table].columns
    names = OF_THE_PERSON if table == _PEOPLE else OF_LINES[table]
    found = {word_key(column.header): field for field, column in columns.items()}
    for field, keys in names.items():
        if field in columns:
            found.update((key, field) for key in keys if key not in found)
    return {key: field for key, field in found.items() if table == _PEOPLE or field != "person"}


class _Proposal:
    """The targets of one table's columns, found step by step: each field has one column."""

    def __init__(
        self,
        source: SourceTable,
        spec: TableSpec[Any],
        columns: Sequence[Sequence[Cell]],
        samples: Sequence[Sequence[Cell]],
        known: Known,
    ) -> None:
        self._source = source
        self._spec = spec
        self._columns = columns
        self._samples = samples
        self._known = known
        self._keys = [word_key(heading) for heading in source.headings]
        self._found: dict[int, Target] = {}

    def targets(self) -> tuple[Target, ...]:
        self._as_remembered()
        self._births()
        self._by_heading()
        self._left_out()
        self._pass_dates()
        self._by_last_words()
        self._by_likeness()
        self._names_in_one()
        self._by_content()
        own = Target(self._spec.table)
        return tuple(self._found.get(rank, own) for rank in range(len(self._keys)))

    def _tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self._spec.table, _PEOPLE)))

    def _free(self) -> list[int]:
        return [rank for rank in range(len(self._keys)) if rank not in self._found]

    def _taken(self, table: str, field: str) -> bool:
        return any((one.table, one.field) == (table, field) for one in self._found.values())

    def _as_remembered(self) -> None:
        for rank, key in enumerate(self._keys):
            target = self._known.remembered.get((self._spec.sheet, key))
            if target is not None and not (
                target.field and self._taken(target.table, target.field)
            ):
                self._found[rank] = target

    def _births(self) -> None:
        """Births give their year, and one column does: the one that says most of them."""
        headings = self._source.headings
        births = [
            rank
            for rank, heading in enumerate(headings)
            if says_birth(heading) and not self._found.get(rank, Target(_PEOPLE)).field
        ]
        reader = self._known.reader
        shares = {
            rank: share_of_births(self._samples[rank], reader)
            for rank in births
            if self._samples[rank] and not says_another_birth(headings[rank])
        }
        best = max(shares, key=lambda rank: shares[rank], default=None)
        if best is None and not any(self._columns):
            return
        for rank in births:
            is_year = rank == best and not self._taken(_PEOPLE, "birth_year")
            is_known = _fields(_PEOPLE).get(self._keys[rank]) == "birth_year"
            year = Target(_PEOPLE, "birth_year", sure=is_known and shares.get(rank, 0) >= _MOST)
            self._found[rank] = year if is_year else Target(why=BIRTH)

    def _by_heading(self) -> None:
        for table in self._tables():
            for rank in self._free():
                field = _fields(table).get(self._keys[rank])
                if field and self._may_take(table, field, rank):
                    self._found[rank] = Target(table, field)

    def _may_take(self, table: str, field: str, rank: int, *, anywhere: bool = False) -> bool:
        """Whether the field is free, and understands most of what the column holds."""
        cells = self._samples[rank]
        if self._taken(table, field) or (not cells and self._columns[rank]):
            return False
        if anywhere:
            return True
        if table != self._spec.table and " " not in self._keys[rank] and field not in _OF_ANY_LINE:
            return False
        column = SPECS[table].columns[field]
        is_ours = self._keys[rank] == word_key(column.header) and field != "pass_number"
        return is_ours or share_understood(self._known.reader, field, column, cells) >= _MOST

    def _left_out(self) -> None:
        for rank in self._free():
            why = why_left_out(self._source.headings[rank], self._samples[rank])
            if self._keys[rank] == _BIRTH_NAME and self._may_take(_PEOPLE, "last_name", rank):
                self._found[rank] = Target(_PEOPLE, "last_name", sure=False)
            elif why:
                self._found[rank] = Target(why=why)
            elif are_births(self._samples[rank], self._known.reader.on):
                taken = self._taken(_PEOPLE, "birth_year")
                birth = Target(_PEOPLE, "birth_year", sure=False)
                self._found[rank] = Target(why=BIRTH) if taken else birth

    def _pass_dates(self) -> None:
        """The dates under a heading of PASS that says neither begin nor end: days to come end."""
        on = self._known.reader.on
        for rank in self._free():
            words, cells = set(self._keys[rank].split()), self._samples[rank]
            if words.isdisjoint(_OF_PASS) or share_of_dates(cells, on) <= _MOST:
                continue
            days = [cell for cell in cells if isinstance(cell, date)]
            later = sum(_day_of(day) > on for day in days) * 2 > len(days)
            is_end = not words.isdisjoint(_ENDS) or (later and words.isdisjoint(_BEGINS))
            field = "pass_end" if is_end else "pass_start"
            if self._may_take(_PEOPLE, field, rank, anywhere=True):
                self._found[rank] = Target(_PEOPLE, field, sure=False)

    def _by_last_words(self) -> None:
        """ "Identité Nom", "Contrat Début": what a group is headed, then the column itself."""
        heads = Counter(head for key in self._keys for head, _ in _parts(key))
        for rank in self._free():
            field, table = next(self._told_last(rank, heads), ("", ""))
            if field:
                self._found[rank] = Target(table, field, sure=False)

    def _told_last(self, rank: int, heads: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        for head, tail in _parts(self._keys[rank]):
            shared = heads[head] > 1 and head.split()[-1] not in NO_GROUPS
            is_group = head in GROUPS or shared
            for table in self._tables():
                fields = _fields(table)
                said = fields.get(f"{tail} {head}") or (
                    fields.get(tail, "") if is_group or " " in tail else ""
                )
                if said and said != "birth_year" and self._fits(table, said, rank):
                    yield said, table

    def _fits(self, table: str, field: str, rank: int) -> bool:
        """Whether a field that a part of a heading names may take it: no text is made of dates."""
        kind, on = SPECS[table].columns[field].kind, self._known.reader.on
        are_dates = share_of_dates(self._samples[rank], on) > _MOST
        return (kind in _OF_DATES or not are_dates) and self._may_take(table, field, rank)

    def _by_likeness(self) -> None:
        from rapidfuzz import fuzz, process

        for rank in self._free():
            key = self._keys[rank]
            if len(key) < _SHORTEST_LIKE:
                continue
            for table in self._tables():
                fields = _fields(table)
                found = process.extractOne(key, list(fields), scorer=fuzz.ratio, score_cutoff=_LIKE)
                field = fields.get(found[0] if found else _longer(key, fields), "")
                if field and self._may_take(table, field, rank):
                    self._found[rank] = Target(table, field, sure=False)
                    break

    def _names_in_one(self) -> None:
        """A column "Nom" without "Prénom" beside it, of two words and more, has both."""
        rank = next((n for n, one in self._found.items() if one.field == "last_name"), None)
        if rank is None or self._taken(_PEOPLE, "first_name"):
            return
        if share_of_names(self._samples[rank]) > _MOST and not self._taken(_PEOPLE, "typed_person"):
            self._found[rank] = Target(_PEOPLE, "typed_person", sure=self._found[rank].sure)

    def _by_content(self) -> None:
        """The columns without which lines mean nothing: whose they are, their day."""
        if not any(self._taken(_PEOPLE, field) for field in _NAMES):
            self._take_best(_PEOPLE, "typed_person", self._known_names)
            self._take_best(_PEOPLE, "typed_person", share_of_names, headed=False)
        if self._spec.table == t.FOLLOW_UP.table and not self._taken(self._spec.table, "dated"):
            on = self._known.reader.on
            self._take_best(self._spec.table, "dated", lambda cells: share_of_dates(cells, on))
        text = _TOLD_BY.get(self._spec.table)
        if text and not self._taken(self._spec.table, text):
            self._take_best(self._spec.table, text, _share_of_sentences)

    def _known_names(self, cells: Sequence[Cell]) -> float:
        return share_of_known_people(cells, self._known.records)

    def _take_best(
        self, table: str, field: str, share: Callable[[Sequence[Cell]], float], *,
        headed: bool = True,
    ) -> None:  # fmt: skip
        """Give a field the column that looks most like it, provided that it does; only one without
        a heading, where headings say what is told ("Faire CV" is no name).
        """
        if self._taken(table, field):
            return
        free = [rank for rank in self._free() if self._samples[rank]]
        free = [rank for rank in free if headed or not self._keys[rank]]
        best = max(free, key=lambda rank: share(self._samples[rank]), default=None)
        if best is not None and share(self._samples[best]) > _MOST:
            self._found[best] = Target(table, field, sure=False)


def _parts(key: str) -> Iterator[tuple[str, str]]:
    """A heading in two, the longest second part first."""
    words = key.split()
    return ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))


def _day_of(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _longer(key: str, known: Iterable[str]) -> str:
    """The known heading of two words or more with which a longer one begins; "" without one."""
    fits = (one for one in known if " " in one and key.startswith(f"{one} "))
    return max(fits, key=len, default="")


def _share_of_sentences(cells: Sequence[Cell]) -> float:
    """How much some values look like what is told of a line: texts, mostly unlike each other."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) <= len(cells) * _MOST:
        return 0.0
    length = sum(map(len, texts)) / len(texts)
    return _MOST + length / (length + _USUAL_LENGTH) / 2
