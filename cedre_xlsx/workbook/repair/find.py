"""Which cells can be repaired without asking what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.generated_sheets import rename_name, renames_in
from cedre_xlsx.schema.losses import is_cut, is_made_by_us
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.read.assemble import Reading, added_values
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.problems import Odd
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook, is_blank, is_error
from cedre_xlsx.workbook.repair.choices import same_answer, same_code, same_value
from cedre_xlsx.workbook.repair.dates import whole_date
from cedre_xlsx.workbook.repair.losses import given_back, in_order, stretched
from cedre_xlsx.workbook.repair.model import RENAMED, Repair
from cedre_xlsx.workbook.repair.names import KnownNames, same_person, tidy, why_tidied
from cedre_xlsx.workbook.repair.rows import categories, formulas, lists

_DATES = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})
_NAMES = frozenset({"last_name", "first_name", "precision", "advisor"})

#: An old name of a person and the new one.
Renaming = tuple[str, str]
#: What is written instead of a text, and why; None to leave it alone.
_Meant = tuple[str | date, str] | None
_RowConverter = Callable[[Cell, date | None], object]

UNREAD_DATE = "LEC09"
FOLLOWS = "ses notes et ses justifications suivront, à la prochaine actualisation"


def repairs_in(
    workbook: RawWorkbook, reading: Reading, on: date, renaming: Renaming | None = None
) -> tuple[Repair, ...]:
    """Every repair of the data tables, in the order of the sheets and rows."""
    records = reading.records
    texts = _Texts(workbook, records, on, renaming)
    found: list[Repair] = []
    for spec, table in _tables(records):
        located = locate(workbook, spec)
        if located is None:
            continue
        found += texts.repairs(located)
        if spec is t.PEOPLE:
            found += categories(located, records)
            found += formulas(located, records)
        if table.state is not None:
            found += lists(table, table.state, ours=is_made_by_us(records))
        if located.outside and table.state is not None and not is_cut(table):
            found.append(stretched(table))
    found += _followed(records, renaming) if renaming else ()
    return (*found, *map(given_back, in_order(records)))


def _followed(records: Records, renaming: Renaming) -> Iterator[Repair]:
    """What was typed in the sheets of the last refresh, of someone who has another name."""
    old, new = (digest(name_key(name)) for name in renaming)
    told = renames_in(records.book.names) if records.book else {}
    kept = [
        title
        for title, keys in (
            (records.synthesis.sheet, [row.key for row in records.synthesis.rows]),
            (records.control.sheet, [row.key for row in records.control.rows]),
        )
        if any(old in key for key in keys)
    ]
    if kept and told.get(old) != new:
        yield Repair(listed(kept), "", "", *renaming, FOLLOWS, name=rename_name(old, new))


def _tables(records: Records) -> Iterator[tuple[TableSpec[Any], Table[Any]]]:
    tables = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    yield from zip(t.DATA_TABLES, tables, strict=True)


class _Texts:
    """The typed texts that mean one value and spell it otherwise."""

    def __init__(
        self, workbook: RawWorkbook, records: Records, on: date, renaming: Renaming | None
    ) -> None:
        self._added = added_values(workbook)
        self._settings = records.settings
        self._reader = Reader(on, workbook.date1904, records.settings, self._added)
        people = locate(workbook, t.PEOPLE)
        self._names = KnownNames(records, people)
        self._on = on
        self._renaming = renaming

    def repairs(self, found: Located) -> Iterator[Repair]:
        """The repairs of one table, row by row. Each distinct text of a column is judged once."""
        columns = []
        for field, position in found.columns.items():
            column = found.spec.columns[field]
            judge = self._judge(field, column)
            if judge is not None:
                columns.append((column.header, position, cache(judge)))
        sheet = found.sheet
        for index in found.rows:
            for heading, position, meant in columns:
                cell = sheet.cell(index, position)
                if not isinstance(cell, str) or is_blank(cell) or is_error(cell):
                    continue
                after = meant(cell)
                if after is not None and after[0] != cell:
                    address = sheet.address(index, position)
                    rule = UNREAD_DATE if isinstance(after[0], date) else ""
                    yield Repair(sheet.name, address, heading, cell.strip(), *after, rule=rule)

    def _judge(self, field: str, column: Column) -> Callable[[str], _Meant] | None:
        """How the texts of a column are judged; None where they are what people choose to say."""
        if column.calculated:
            return None
        convert = self._reader.converter(field, column)
        if column.kind in _DATES:
            return lambda cell: self._date(cell, convert)
        if column.kind is Kind.PERSON:
            return self._person
        if column.kind is Kind.CODE:
            return lambda cell: self._code(cell, convert)
        if column.kind is Kind.YES_NO:
            return lambda cell: self._answer(cell, convert)
        if column.kind is Kind.CHOICE and column.choices is not None:
            spec = column.choices
            values = (*spec.values, *self._added.get(spec.name, ()))
            return lambda cell: self._choice(cell, convert, values, closed=spec.closed)
        if field in _NAMES:
            return _tidied
        return None

    def _date(self, cell: str, convert: _RowConverter) -> _Meant:
        read = convert(cell, None)
        day = whole_date(cell, self._on)
        if day is None or not isinstance(read, Odd) or read.code != UNREAD_DATE:
            return None
        return day, "date tapée en texte"

    def _person(self, cell: str) -> _Meant:
        if self._renaming is not None and same_person(cell, self._renaming[0]):
            return self._renaming[1], RENAMED
        known = self._names.meant(cell)
        return None if known is None else (known, "nom comme dans Personnes")

    def _code(self, cell: str, convert: _RowConverter) -> _Meant:
        code = same_code(cell, self._settings)
        agreed = code is not None and code == convert(cell, None)
        return (code, "code du type d'engagement") if agreed and code else None

    def _answer(self, cell: str, convert: _RowConverter) -> _Meant:
        answer = same_answer(cell)
        agreed = answer is not None and convert(cell, None) is (answer == "OUI")
        return (answer, "valeur de la liste") if agreed and answer else None

    def _choice(
        self, cell: str, convert: _RowConverter, values: tuple[str, ...], *, closed: bool
    ) -> _Meant:
        read = convert(cell, None)
        if isinstance(read, Odd) or not isinstance(read, str):
            return None
        meant = str(read.value) if isinstance(read, Enum) else read
        value = same_value(cell, meant, values, closed=closed)
        return None if value is None else (value, "valeur de la liste")


def _tidied(cell: str) -> _Meant:
    return tidy(cell), why_tidied(cell)
