"""What openpyxl draws of the generated sheets, in a scratch workbook that nobody keeps."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.parts import MAIN, Package
from cedre_xlsx.workbook.styles import Style, apply_style

_LOOKS = "looks"  # the scratch sheet whose cells carry the rows' styles


@dataclass(frozen=True)
class Drawn:
    """One sheet as drawn: its part in the scratch package, the style indexes of its rows."""

    part: str
    styles: Mapping[str, tuple[int, ...]]
    names: Mapping[str, str]  # its built-in local names: _xlnm.Print_Titles…


@dataclass(frozen=True)
class Scaffold:
    """The scratch package and its sheets, in the order given."""

    package: Package
    sheets: tuple[Drawn, ...]


def scaffold_of(sheets: Sequence[GeneratedSheet], titles: Sequence[str]) -> Scaffold:
    """The sheets drawn, each under the title that it has in the host."""
    workbook = Workbook()
    looks = workbook.active
    assert looks is not None
    looks.title = "\u0001" if _LOOKS in titles else _LOOKS
    styles: dict[Style, int] = {}
    for sheet, title in zip(sheets, titles, strict=True):
        worksheet = workbook.create_sheet(title)
        sheet.draw(worksheet, sheet.last_row)
        for style in (style for row in sheet.styles.values() for style in row):
            if style not in styles:
                styles[style] = len(styles) + 1
                apply_style(looks.cell(styles[style], 1), style)
    buffer = io.BytesIO()
    workbook.save(buffer)
    package = Package(buffer.getvalue())
    root = package.root("xl/workbook.xml")
    indexes = _indexes(package.root("xl/worksheets/sheet1.xml"))
    names = _local_names(root)
    drawn = tuple(
        Drawn(
            part=f"xl/worksheets/sheet{number + 2}.xml",
            styles={
                look: tuple(indexes[styles[style]] for style in row)
                for look, row in sheet.styles.items()
            },
            names=names.get(number + 1, {}),
        )
        for number, sheet in enumerate(sheets)
    )
    return Scaffold(package, drawn)


def _indexes(looks: etree._Element) -> dict[int, int]:
    return {
        int(cell.get("r", "A0")[1:]): int(cell.get("s", "0")) for cell in looks.iter(f"{{{MAIN}}}c")
    }


def _local_names(workbook: etree._Element) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name in workbook.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName"):
        found.setdefault(int(name.get("localSheetId", "-1")), {})[name.get("name", "")] = (
            name.text or ""
        )
    return found


def table_part(sheet: GeneratedSheet, identifier: int, name: str, last_column: str) -> bytes:
    """The part of the sheet's Excel table."""
    spec = sheet.table
    assert spec is not None
    reference = f"A{sheet.first_row - 1}:{last_column}{sheet.last_row}"
    table = Table(displayName=name, name=name, id=identifier, ref=reference)
    table._initialise_columns()
    for column, (number, definition) in zip(
        table.tableColumns, enumerate(spec.columns.values(), 1), strict=True
    ):
        assert isinstance(column, TableColumn)
        column.id, column.name = number, definition.header
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    from openpyxl.xml.functions import tostring

    return bytes(tostring(table.to_tree()))
