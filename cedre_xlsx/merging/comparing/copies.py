"""One copy of a workbook, read to be compared: its cells, what they mean, which are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cedre_xlsx.merging.sides import Place, remarks_in
from cedre_xlsx.method.text import name_key, readable
from cedre_xlsx.ooxml.formula_cells import FormulaCells
from cedre_xlsx.ooxml.safety import open_package
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.form_sheets import form_sheet
from cedre_xlsx.workbook.read.parts import ReadPackage, read_parts
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook
from cedre_xlsx.workbook.typed_lines import TypedTable, typed_tables

#: The rows and columns of the computed cells of a sheet, from 1 on.
Computed = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Copy:
    """A workbook: its file's name, its cells, its records, its computed cells by sheet.

    `computed` is None in a file that does not tell formulas from values (.ods), as are `remarks`,
    the comments of its cells by sheet, without their authors, whom some programs forget.
    """

    name: str
    raw: RawWorkbook
    records: Records
    computed: Mapping[str, Computed] | None = field(default=None, repr=False)
    remarks: Mapping[str, Mapping[Place, str]] | None = field(default=None, repr=False)

    @cached_property
    def tables(self) -> dict[str, TypedTable]:
        """The tables that people fill, by their names."""
        return {one.table: one for one in typed_tables(self.raw)}

    @cached_property
    def forms(self) -> frozenset[str]:
        """The names of our sheets that compute all that they show."""
        found = (form_sheet(self.raw, name) for name in t.COMPUTED_SHEETS)
        return frozenset(sheet.name for sheet in found if sheet is not None)

    def sheet(self, name: str) -> RawSheet | None:
        """One of its sheets."""
        return next((one for one in self.raw.sheets if one.name == name), None)

    def computed_in(self, sheet: str) -> Computed:
        """The computed cells of a sheet."""
        return (self.computed or {}).get(sheet, frozenset())

    def who(self, typed: str) -> str:
        """Who is meant by a name, as Personnes has it; the name where nobody there has it."""
        return self.records.name_or_typed(typed)

    @cached_property
    def advisors(self) -> dict[str, str]:
        """The advisor of each person, by the key of the name."""
        people = self.records.persons.items()
        return {name_key(name): one.latest.advisor for name, one in people}


def copy_of(data: bytes, path: Path, raw: RawWorkbook, records: Records) -> Copy:
    """A workbook of which the bytes, the cells and the records were read."""
    remarks = remarks_in(data, with_authors=False) if raw.state is not None else None
    return Copy(readable(path.name), raw, records, _computed(data, path), remarks)


def _computed(data: bytes, path: Path) -> dict[str, Computed] | None:
    """The computed cells of the sheets that people type in."""
    package = ReadPackage(open_package(data, path), path)
    if package.member("mimetype") is not None:
        return None
    found = {}
    for sheet in read_parts(package).sheets:
        if not sheet.mark and sheet.name not in t.COMPUTED_SHEETS:
            xml = package.read(sheet.part)
            if b"<f" in xml or b":f" in xml:
                cells = FormulaCells(bytes(xml)).formulas()
                found[sheet.name] = frozenset(one.cell for one in cells)
    return found
