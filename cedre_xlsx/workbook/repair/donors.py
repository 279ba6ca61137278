"""What a new workbook has around its cells, drawn by the template's own hand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from openpyxl import Workbook

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.reach import reach_below
from cedre_xlsx.schema.records import Table, column_letter
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import ENGAGEMENTS
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.template.alerts import add_alerts
from cedre_xlsx.workbook.template.validations import validate


@dataclass(frozen=True, slots=True)
class Donor:
    """A sheet as a new workbook has it, with the styles that it uses."""

    root: etree._Element
    styles: etree._Element

    def rules(self) -> list[etree._Element]:
        """What its cells accept."""
        return self.root.findall(f"{q('dataValidations')}/{q('dataValidation')}")

    def colours(self) -> list[etree._Element]:
        """The conditional formats of the sheet as a new workbook has it."""
        return self.root.findall(q("conditionalFormatting"))

    def cells(self) -> Iterator[etree._Element]:
        """The cells that hold something."""
        return self.root.iter(q("c"))

    def is_unlocked(self, cell: etree._Element) -> bool:
        """Whether a cell may be typed in once the sheet is protected."""
        xf = self.styles.findall(f"{q('cellXfs')}/{q('xf')}")[int(cell.get("s", "0"))]
        protection = xf.find(q("protection"))
        return protection is not None and protection.get("locked") in ("0", "false")


def rows_of(table: Table[Any]) -> tuple[int, int]:
    """The first and the last row that the lists and guards of a table reach."""
    first = table.header_row + 1
    last = max((row.row for row in table.rows), default=first)
    return first, reach_below(last)


class Donors:
    """The sheets of a new workbook, each drawn when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def template(self) -> Host:
        """A new workbook."""
        from cedre_xlsx.workbook.template.build import build_workbook
        from cedre_xlsx.workbook.template.filling import Filling

        return Host(Package(build_workbook(Filling(settings=self._settings))))

    @cached_property
    def _styles(self) -> etree._Element:
        styles = self.template.related("styles")
        assert styles is not None, "a new workbook has styles"
        return self.template.package.root(styles.target)

    @cached_property
    def names(self) -> dict[str, tuple[str, bool]]:
        """The defined names of a new workbook: what each stands for, and whether it is hidden."""
        return {
            name.get("name", ""): (name.text or "", name.get("hidden") == "1")
            for name in self.template.root.iter(q("definedName"))
            if name.get("localSheetId") is None
        }

    def local_names(self, name: str) -> dict[str, str]:
        """What the names of a sheet of a new workbook stand for: its print area, its titles."""
        titles = [sheet.title for sheet in self.template.sheets()]
        return {
            one.get("name", ""): one.text or ""
            for one in self.template.root.iter(q("definedName"))
            if one.get("localSheetId") == str(titles.index(name))
        }

    def form(self, name: str) -> Donor:
        """A sheet of a new workbook."""
        part = next(sheet.part for sheet in self.template.sheets() if sheet.title == name)
        return Donor(self.template.package.root(part), self._styles)

    def lists(self, table: Table[Any]) -> Donor:
        """A sheet with what the columns of a table accept, where they are now."""
        book, sheet = _scratch()
        first, last = rows_of(table)
        for field, column in table.spec.columns.items():
            if field in table.columns:
                letter = column_letter(table.columns[field])
                own_key = (table.spec.table, field) == (ENGAGEMENTS.table, "reference")
                validate(sheet, f"{letter}{first}:{letter}{last}", field, column, own_key=own_key)
        return _saved(book)

    def colours(self, table: Table[Any]) -> Donor:
        """A sheet with the colours of a table; KeyError where they miss one of its columns."""
        book, sheet = _scratch()
        add_alerts(sheet, table.spec, table.columns, table.header_row + 1)
        return _saved(book)


def _scratch() -> tuple[Workbook, Any]:
    book = Workbook()
    return book, book.active


def _saved(book: Workbook) -> Donor:
    buffer = io.BytesIO()
    book.save(buffer)
    package = Package(buffer.getvalue())
    return Donor(package.root("xl/worksheets/sheet1.xml"), package.root("xl/styles.xml"))
