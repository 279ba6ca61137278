"""The copy: a new workbook, filled with what stands for each cell of the source, at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from secrets import randbits

from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.privacy.pseudonyms.cells import PERSON_FIELDS, Disguise
from cedre_xlsx.privacy.pseudonyms.labels import References
from cedre_xlsx.privacy.pseudonyms.names import KEPT_WORDS, Names
from cedre_xlsx.privacy.pseudonyms.proof import Line, Said, said
from cedre_xlsx.privacy.pseudonyms.search import Moves, Offsets, find_moves
from cedre_xlsx.privacy.pseudonyms.settings import (
    disguised_settings,
    sensitive_stand_ins,
    type_codes,
)
from cedre_xlsx.privacy.pseudonyms.source import CopiedRow, CopiedTable, source_tables
from cedre_xlsx.privacy.pseudonyms.texts import Texts
from cedre_xlsx.privacy.pseudonyms.trades import Trades
from cedre_xlsx.privacy.pseudonyms.vocabulary import Filter
from cedre_xlsx.schema.columns import Data
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.raw import RawWorkbook

_SHORTEST_PRIVATE = 3  # letters
_BITS = 128
_NO_OFFSET = timedelta(0)


@dataclass(frozen=True, slots=True)
class Disguised:
    """What the copy holds, before it is written: settings, lines by table, who is who.

    `tables` are those of the source; `moves` say how far days were moved; `unlike` is what the
    check says of one and not of the other, whatever was tried.
    """

    settings: Settings
    tables: tuple[CopiedTable, ...]
    lines: Mapping[str, tuple[Line, ...]]
    moves: Moves
    packs: frozenset[str]
    people: Mapping[str, str]
    staff: Mapping[str, str]
    unlike: Counter[Said]


def disguised(workbook: RawWorkbook, records: Records, on: date) -> Disguised:
    """What stands for all that people typed; nobody can draw the same again."""
    random = Random(randbits(_BITS))
    tables = source_tables(workbook, records)
    disguise = _disguise(workbook, records, tables, on, random)
    settings = disguised_settings(records.settings, tables, disguise.staff.of)

    made_once: dict[tuple[str, int, timedelta], Line] = {}

    def line(table: CopiedTable, row: CopiedRow, offset: timedelta) -> Line:
        key = (table.spec.table, row.row, offset)
        if key not in made_once:
            cells, own = disguise.row(table, row, offset), disguise.own(table, row, offset)
            made_once[key] = Line(row.row, cells, own)
        return made_once[key]

    def lines(offsets: Offsets) -> dict[str, tuple[Line, ...]]:
        return {
            table.spec.table: tuple(
                line(table, row, offsets.get(row.whose, _NO_OFFSET)) for row in table.rows
            )
            for table in tables
        }

    typed = {
        table.spec.table: [Line(row.row, row.cells, row.own) for row in table.rows]
        for table in tables
    }
    wanted = said(typed, records.settings, on)
    moves = find_moves(tables, records, lambda o: said(lines(o), settings, on), random)
    made = lines(moves.offsets)
    found = said(made, settings, on)
    return Disguised(
        settings, tables, made, moves, _packs(tables), _people(records, disguise),
        {name: disguise.staff.of(name) for name in _staff(records)},
        (wanted - found) + (found - wanted),
    )  # fmt: skip


def _disguise(
    workbook: RawWorkbook,
    records: Records,
    tables: Sequence[CopiedTable],
    on: date,
    random: Random,
) -> Disguise:
    settings = records.settings
    names = Names(
        (
            _column(tables, "last_name"),
            _column(tables, "first_name"),
            [
                *_column(tables, "precision"), *_column(tables, "typed_person"),
                *_column(tables, "person"),
            ],
        ),
        random,
    )  # fmt: skip
    people = {word for word in names.words if word not in KEPT_WORDS}
    others = _words(
        [*settings.advisors, settings.structure, settings.place, *_organisations(tables)]
    )
    private = {one for one in people | others if len(one) >= _SHORTEST_PRIVATE}
    return Disguise(
        reader=Reader(on, workbook.date1904, settings),
        names=names,
        texts=Texts(random, sensitive_stand_ins(settings.sensitive_words)),
        references=References(random, type_codes(settings)),
        trades=Trades(_trades(tables)),
        filter=Filter(private - KEPT_WORDS),
        private=frozenset(private - KEPT_WORDS),
        random=random,
    )


def _column(tables: Sequence[CopiedTable], name: str) -> list[str]:
    return [
        cell
        for table in tables
        for row in table.rows
        if isinstance(cell := row.cells.get(name), str)
    ]


def _trades(tables: Sequence[CopiedTable]) -> list[tuple[str, str]]:
    """Each trade that is typed, with whose line it is on."""
    return [
        (cell, row.whose)
        for table in tables
        for row in table.rows
        if isinstance(cell := row.cells.get("trade"), str)
    ]


def _organisations(tables: Sequence[CopiedTable]) -> list[str]:
    """Who is named in a column of names that is not for the people accompanied."""
    return [
        str(cell)
        for table in tables
        for row in table.rows
        for name, cell in row.cells.items()
        if table.spec.columns[name].told is Data.NAME and name not in PERSON_FIELDS
    ]


def _words(texts: Sequence[str]) -> set[str]:
    return {word for text in texts for word in name_key(text).split()}


def _packs(tables: Sequence[CopiedTable]) -> frozenset[str]:
    """The packs of which a column holds something."""
    filled = {
        table.spec.columns[name].pack
        for table in tables
        for row in table.rows
        for name in row.cells
    }
    return frozenset(filled - {""})


def _people(records: Records, disguise: Disguise) -> dict[str, str]:
    return {row.person: disguise.names.of(row.person) for row in records.people.rows if row.person}


def _staff(records: Records) -> list[str]:
    """The staff that Paramètres or Personnes name, each once."""
    named = [*records.settings.advisors, *(row.advisor for row in records.people.rows)]
    return list({fold(name): name for name in reversed(named) if name}.values())[::-1]
