"""One column as the template draws it, alone in a sheet, to be put in a workbook that lives."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from lxml import etree
from openpyxl import Workbook

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.columns import Column
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import ENGAGEMENTS, TableSpec
from cedre_xlsx.workbook.template.data_sheet import draw_column
from cedre_xlsx.workbook.template.validations import validate


def column_sample(
    spec: TableSpec[Any], field: str, column: Column, number: int, rows: tuple[int, int, int]
) -> tuple[etree._Element, etree._Element]:
    """A sheet with that column alone, under its number, and the styles that it uses.

    `rows` are those of its heading, of the first line, and the last that its list or guard
    reaches. A column of the team's has no field, and accepts anything.
    """
    book = Workbook()
    sheet: Any = book.active
    heading, first, last = rows
    letter = column_letter(number)
    draw_column(sheet, letter, column, heading)
    if field:
        own_key = (spec.table, field) == (ENGAGEMENTS.table, "reference")
        validate(sheet, f"{letter}{first}:{letter}{last}", field, column, own_key=own_key)
    buffer = BytesIO()
    book.save(buffer)
    package = Package(buffer.getvalue())
    return package.root("xl/worksheets/sheet1.xml"), package.root("xl/styles.xml")
