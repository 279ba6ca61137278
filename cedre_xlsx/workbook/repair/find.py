"""Which cells can be repaired without asking what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Any

from cedre_xlsx.method.text import name_key, word_key
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import EXIT_REASONS
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.schema.state import SheetState, rows_outside
from cedre_xlsx.schema.tables import TableSpec, listed_fields
from cedre_xlsx.workbook.read.assemble import Reading, added_values
from cedre_xlsx.workbook.read.cells import Reader, as_word
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.problems import Odd
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook, is_blank, is_error
from cedre_xlsx.workbook.repair.model import Repair

_DATES = frozenset({Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE})
#: Day, month and year, and nothing else: which year is meant is beyond doubt.
_WHOLE_DATE = re.compile(r"^\s*\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})\s*$")
_NAMES = frozenset({"last_name", "first_name", "precision", "advisor"})
_CATEGORY_OF = {word_key(reason): category for reason, category in EXIT_REASONS.items()}

#: An old name of a person and the new one.
Renaming = tuple[str, str]


def find_repairs(
    workbook: RawWorkbook, reading: Reading, on: date, renaming: Renaming | None = None
) -> tuple[Repair, ...]:
    """Every repair of the data tables, in the order of the sheets and rows."""
    records = reading.records
    reader = Reader(on, workbook.date1904, records.settings, added_values(workbook))
    found: list[Repair] = []
    for spec, table in _tables(records):
        located, _ = locate(workbook, spec)
        if located is None:
            continue
        found += _in_cells(located, reader, records, renaming)
        if table.state is not None:
            found += _lists(table, table.state)
    people, _ = locate(workbook, t.PEOPLE)
    if people is not None:
        found += _categories(people)
        found += _formulas(people, records)
    return tuple(found)


def _tables(records: Records) -> Iterator[tuple[TableSpec[Any], Table[Any]]]:
    tables = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    yield from zip(t.DATA_TABLES, tables, strict=True)


def _in_cells(
    found: Located, reader: Reader, records: Records, renaming: Renaming | None
) -> Iterator[Repair]:
    """The typed texts that mean one value and spell it otherwise."""
    state = found.sheet.state
    for index in found.rows:
        for field, position in found.columns.items():
            cell = found.sheet.cell(index, position)
            if not isinstance(cell, str) or is_blank(cell) or is_error(cell):
                continue
            column = found.spec.columns[field]
            number = found.sheet.column_numbers[position]
            computed = state.formulas.get(number, frozenset()) if state else frozenset()
            if column.calculated or found.sheet.row_numbers[index] in computed:
                continue
            after = _meant(cell, field, column, reader, records, renaming)
            if after is not None and after[0] != cell:
                address = found.sheet.address(index, position)
                yield Repair(
                    found.sheet.name, address, column.header, cell.strip(), after[0], after[1]
                )


def _meant(
    cell: str,
    field: str,
    column: Column,
    reader: Reader,
    records: Records,
    renaming: Renaming | None,
) -> tuple[str | date, str] | None:
    """What is written instead of a text, and why; None to leave it alone."""
    if column.kind in _DATES:
        day = _whole_date(cell, reader.converter(field, column))
        return (day, "date tapée en texte") if day else None
    if column.kind is Kind.PERSON:
        return _name(cell, records, renaming)
    if column.kind is Kind.CODE:
        return _same_value(cell, reader.converter(field, column), "code du type d'engagement")
    if column.kind in (Kind.CHOICE, Kind.YES_NO):
        return _same_value(cell, reader.converter(field, column), "valeur de la liste")
    if field in _NAMES and as_word(cell) != cell:
        return as_word(cell), "espaces en trop"
    return None


def _whole_date(cell: str, convert: Callable[[Cell, date | None], object]) -> date | None:
    if not _WHOLE_DATE.match(cell):
        return None
    read = convert(cell, None)
    value = read.value if isinstance(read, Odd) and read.code == "LEC09" else None
    if isinstance(value, DatedText | Deadline):
        return value.day
    return value if isinstance(value, date) else None


def _same_value(
    cell: str, convert: Callable[[Cell, date | None], object], why: str
) -> tuple[str, str] | None:
    value = convert(cell, None)
    if isinstance(value, bool):
        return ("OUI" if value else "NON"), why
    if isinstance(value, Enum):
        return str(value.value), why
    return (value, why) if isinstance(value, str) else None


def _name(cell: str, records: Records, renaming: Renaming | None) -> tuple[str, str] | None:
    """The name as Personnes has it; the new one for who was renamed there."""
    if renaming is not None and name_key(cell) == name_key(renaming[0]):
        return renaming[1], "personne renommée"
    known = records.canonical_name(cell)
    return (known, "nom comme dans Personnes") if known else None


def _categories(people: Located) -> Iterator[Repair]:
    """The category of an exit, where its motive leaves no doubt."""
    reason, category = (people.columns.get(name) for name in ("exit_reason", "exit_category"))
    if reason is None or category is None:
        return
    for index in people.rows:
        said = people.sheet.cell(index, reason)
        if not isinstance(said, str) or not is_blank(people.sheet.cell(index, category)):
            continue
        meant = _CATEGORY_OF.get(word_key(said))
        if meant is not None:
            yield Repair(
                people.sheet.name,
                people.sheet.address(index, category),
                people.spec.columns["exit_category"].header,
                "",
                meant.value,
                f"d'après le motif « {as_word(said)} »",
            )


def _formulas(people: Located, records: Records) -> Iterator[Repair]:
    """The formula of Personne, typed over in some rows of a column that is computed."""
    position = people.columns.get("typed_person")
    state = people.sheet.state
    if position is None or state is None:
        return
    computed = state.formulas.get(people.sheet.column_numbers[position], frozenset())
    names = {row.row: row.person for row in records.people.rows}
    for index in people.rows if computed else ():
        row = people.sheet.row_numbers[index]
        cell = people.sheet.cell(index, position)
        if row not in computed and isinstance(cell, str) and not is_blank(cell) and names.get(row):
            column = people.spec.columns["typed_person"]
            yield Repair(
                people.sheet.name,
                people.sheet.address(index, position),
                column.header,
                cell.strip(),
                names[row],
                "formule remise",
                formula=column.calculated,
            )


def _lists(table: Table[Any], state: SheetState) -> Iterator[Repair]:
    """The drop-down lists that pasting took from some rows of a column."""
    numbers = sorted(row.row for row in table.rows)
    for field in listed_fields(table.spec):
        column = table.columns.get(field)
        holding = [area for area in state.lists if column and area.holds(column)]
        lost = rows_outside(numbers, holding)
        if column and holding and lost:
            rows = f"ligne {lost[0]}" if len(lost) == 1 else f"{len(lost)} lignes"
            yield Repair(
                table.sheet,
                f"{column_letter(column)}{lost[0]}",
                table.spec.columns[field].header,
                "",
                "",
                f"liste déroulante remise ({rows})",
                lists=tuple(_runs(lost)),
            )


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Consecutive rows as their first and last."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
