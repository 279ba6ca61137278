"""Formulas of a new workbook as they read in this one, whose columns and sheets may have moved."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records, Table, column_letter, column_number
from cedre_xlsx.schema.tables import HEADER_ROW
from cedre_xlsx.workbook.package.host import q, quoted
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook, is_blank
from cedre_xlsx.workbook.read.state import areas_of
from cedre_xlsx.workbook.repair.donors import Donor, Donors

_CELL = r"(\$?)([A-Z]{1,3})(?:(\$?)([0-9]{1,7}))?(?![A-Za-z0-9_(])"
_REFERENCE = re.compile(rf"(?:'((?:[^']|'')+)'|([^\W\d]\w*))!{_CELL}(?::{_CELL})?")
#: Of the texts of a sheet, how many are where a new workbook has them, for it to be laid out so.
_ALIKE = 0.8


class UnlikeError(Exception):
    """Why a formula of a new workbook has no sense in this one, in French."""


class Layout:
    """Where this workbook has what a new one has elsewhere."""

    def __init__(self, records: Records, workbook: RawWorkbook, donors: Donors) -> None:
        self._workbook = workbook
        self._donors = donors
        self._tables = {table.spec.sheet: table for table in data_tables(records)}
        self._is_alike = cache(self._compare)
        self._made: set[str] = set()
        self._names: dict[str, str] = {}

    def moved(self, formula: str) -> str:
        """A formula of a new workbook; UnlikeError when what it reads is not to be found."""
        return _REFERENCE.sub(self._moved, formula)

    def has_made(self, name: str) -> None:
        """A sheet was made, or made whole, as a new workbook has it."""
        self._made.add(name)

    def is_named(self, name: str, title: str) -> None:
        """A sheet that a new workbook has under this name has another one here."""
        self._names[name] = title

    def table_sheets(self) -> dict[str, str]:
        """The sheets of the tables that were found, by their names in a new workbook."""
        return {name: table.sheet for name, table in self._tables.items() if table.found}

    def require(self, name: str) -> None:
        """Raise UnlikeError unless a sheet is laid out as in a new workbook."""
        if name not in self._made and not self._is_alike(name):
            raise UnlikeError(f"la feuille {name} n'est pas disposée comme dans un classeur neuf")

    def _moved(self, found: re.Match[str]) -> str:
        title = (found[1] or found[2]).replace("''", "'")
        table = self._tables.get(title)
        parts = found.groups()[2:]
        first, second = parts[:4], parts[4:]
        if table is None:
            self.require(title)
            sheet = self.sheet(title)
            name = title if sheet is None else sheet.name
            return _prefix(found, title, name) + found[0].rpartition("!")[2]
        cells = [_address(table, *first)]
        cells += [_address(table, *second)] if second[1] else []
        return _prefix(found, title, table.sheet) + ":".join(cells)

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet that has that name in a new workbook."""
        key = word_key(self._names.get(name, name))
        return next((one for one in self._workbook.sheets if word_key(one.name) == key), None)

    def may_complete(self, name: str) -> bool:
        """Whether all that a sheet still holds stands where a new workbook has it."""
        sheet = self.sheet(name)
        if sheet is None:
            return False
        cells = list(self._donors.form(name).cells())
        texts = {cell.get("r", ""): text for cell in cells if (text := _text(cell))}
        there = {address: text_at(sheet, address) for address in texts}
        kept = [address for address, text in there.items() if text]
        if kept:
            return sum(there[one] == texts[one] for one in kept) >= _ALIKE * len(kept)
        ours = set(formulas_of(self._donors.form(name)))
        computed = [
            f"{column_letter(column)}{row}"
            for column, rows in (sheet.state.formulas if sheet.state else {}).items()
            for row in rows
        ]
        if computed:
            return sum(one in ours for one in computed) >= _ALIKE * len(computed)
        return all(is_blank(cell) for row in sheet.grid for cell in row)

    def _compare(self, name: str) -> bool:
        sheet = self.sheet(name)
        if sheet is None:
            return False
        texts = [(cell.get("r", ""), _text(cell)) for cell in self._donors.form(name).cells()]
        wanted = [(address, text) for address, text in texts if text]
        same = sum(text_at(sheet, address) == text for address, text in wanted)
        return same >= _ALIKE * len(wanted)


def text_at(sheet: RawSheet, address: str) -> str:
    """The text of a cell by its address; "" for anything else."""
    [place] = areas_of([address])
    row, column = sheet.row_index(place.first_row), sheet.column_index(place.first_column)
    is_there = (
        row < len(sheet.row_numbers)
        and column < len(sheet.column_numbers)
        and sheet.row_numbers[row] == place.first_row
        and sheet.column_numbers[column] == place.first_column
    )
    cell = sheet.cell(row, column) if is_there else None
    return squeeze(cell) if isinstance(cell, str) else ""


def formulas_of(donor: Donor) -> dict[str, str]:
    """The formulas of a sheet of a new workbook, by address."""
    return {
        cell.get("r", ""): cell.findtext(q("f")) or ""
        for cell in donor.cells()
        if cell.findtext(q("f"))
    }


def _text(cell: Any) -> str:
    """The text that somebody wrote in a cell; "" for what is computed."""
    return squeeze("".join(one.text or "" for one in cell.iter(q("t"))))


def _prefix(found: re.Match[str], title: str, name: str) -> str:
    """The sheet of a reference, under the name that it has here."""
    return f"{quoted(name)}!" if name != title else found[0].rpartition("!")[0] + "!"


def _address(
    table: Table[Any], fixed: str | None, letters: str, fixed_row: str | None, row: str | None
) -> str:
    fields = list(table.spec.columns)
    place = column_number(letters) - 1
    field = fields[place] if place < len(fields) else ""
    if field not in table.columns:
        heading = table.spec.columns[field].header if field else letters
        raise UnlikeError(f"la colonne « {heading} » manque dans {table.sheet}")
    number = int(row) if row else 0
    if number in (HEADER_ROW, HEADER_ROW + 1):
        number += table.header_row - HEADER_ROW
    return f"{fixed}{column_letter(table.columns[field])}" + (f"{fixed_row}{number}" if row else "")
