"""Hosts for splices: small packages, edited part by part, and a generated sheet of two lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from cedre_xlsx.ooxml.parts import MAIN, REL, ContentTypes, Package, Relations
from cedre_xlsx.reports.layout import FIRST_ROW, colour_when
from cedre_xlsx.reports.tables import headings
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.generated import GeneratedSheet, SheetRow, Value
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.splice import SpliceResult
from cedre_xlsx.workbook.package.splice import splice as _splice
from cedre_xlsx.workbook.styles import BODY, HEADER, HIDDEN_KEY, Style, apply_style
from tests.package_checker import check_package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MARK = "_cedre_Essai"
WIDTH = len(CONTROL.columns)
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TWO = (("SUI03", "erreur", "un|a.b"), ("ENG01", "info", "deux|c.d"))
WORKBOOK, SHEET_1, SHEET_2 = (
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
)
#: What a splice may change of a package, the generated sheets' own parts aside.
SHARED = {"[Content_Types].xml", WORKBOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml",
          "docProps/app.xml"}  # fmt: skip


def host(build: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook written by openpyxl: one sheet "Feuille", more with `build`."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Feuille"
    sheet["A1"] = "à moi"
    if build is not None:
        build(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def splice(data: bytes, sheets: Sequence[GeneratedSheet], **options: Any) -> SpliceResult:
    """The sheets put into the workbook of these bytes."""
    return _splice(Package(data), sheets, **options)


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with a text replaced in one part."""
    package = Package(data)
    content = package.read(part).decode()
    assert old in content, f"{old!r} is not in {part}: {content[:2000]}"
    package.write(part, content.replace(old, new).encode())
    return package.data()


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The package with these parts added or replaced."""
    package = Package(data)
    for name, content in parts.items():
        package.write(name, content.encode() if isinstance(content, str) else content)
    return package.data()


def with_shared_strings(data: bytes) -> bytes:
    """The host's A1 says "partagé", by a part of shared strings as Excel writes it."""
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>partagé</t></si></sst>'
    package = Package(with_parts(data, {"xl/sharedStrings.xml": strings}))
    types, relations = ContentTypes(package), Relations(package, "xl/workbook.xml")
    types.set("xl/sharedStrings.xml", STRINGS_TYPE)
    types.save()
    relations.add(f"{REL}/sharedStrings", "xl/sharedStrings.xml")
    relations.save()
    sheet = package.root("xl/worksheets/sheet1.xml")
    cell = next(sheet.iter(q("c")))
    cell.set("t", "s")
    cell[:] = [etree.fromstring(f'<v xmlns="{MAIN}">0</v>')]
    package.write_xml("xl/worksheets/sheet1.xml", sheet)
    return package.data()


def members(data: bytes) -> dict[str, bytes]:
    """Every part inflated, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(data: bytes, part: str) -> etree._Element:
    return Package(data).root(part)


def sheet_of(
    *lines: Sequence[Value],
    mark: str = MARK,
    title: str = "Essai",
    draw: Callable[[Worksheet], None] | None = None,
    table: bool = True,
    footer: Sequence[Sequence[Value]] = (),
) -> GeneratedSheet:
    """A generated sheet with the columns of Contrôle: each line gives its first cells, and its key
    as the last one.
    """

    def draw_all(sheet: Worksheet, last_row: int) -> None:
        for index, heading in enumerate(headings(CONTROL), start=1):
            cell = sheet.cell(FIRST_ROW - 1, index, heading.text)
            apply_style(cell, HEADER)
            sheet.column_dimensions[cell.column_letter].width = heading.width
        sheet["A1"] = "Titre"
        sheet.print_title_rows = "1:5"
        colour_when(sheet, f"A{FIRST_ROW}:B{last_row}", f"$A{FIRST_ROW}>9", fill="FFFBE3E0")
        if draw is not None:
            draw(sheet)

    def row(values: Sequence[Value]) -> SheetRow:
        blanks: tuple[Value, ...] = (None,) * (WIDTH - len(values))
        return SheetRow("body", (*values[:-1], *blanks, values[-1]))

    body: tuple[Style, ...] = (*(BODY,) * (WIDTH - 1), HIDDEN_KEY)
    return GeneratedSheet(
        mark=mark,
        title=title,
        draw=draw_all,
        first_row=FIRST_ROW,
        styles={"body": body},
        rows=[row(values) for values in lines],
        table=CONTROL if table else None,
        footer=[row(values) for values in footer],
    )


def spliced(data: bytes, *sheets: object, before: str = "") -> bytes:
    """The splice of `sheets` (TWO lines by default), sound, and the same when done again."""
    made = sheets or (sheet_of(*TWO),)
    result = splice(data, made, before=before).data  # type: ignore[arg-type]
    own_faults = [f for f in check_package(result) if f not in check_package(data)]
    assert own_faults == []
    assert splice(result, made, before=before).data == result  # type: ignore[arg-type]
    return result


def texts(data: bytes, title: str) -> list[list[object]]:
    """The cells of a sheet as a reader sees them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(title).to_python()


def reopened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))
