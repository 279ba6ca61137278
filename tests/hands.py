"""Hands that type in a workbook: cells, rows and columns changed as a program would save them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.workbook.package.host import Host, q

Grid = list[list[object]]
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def part_of(data: bytes | Package, title: str) -> str:
    package = data if isinstance(data, Package) else Package(data)
    return next(sheet.part for sheet in Host(package).sheets() if sheet.title == title)


def edited_sheet(data: bytes, title: str, edit: Callable[[etree._Element], None]) -> bytes:
    package = Package(data)
    part = part_of(package, title)
    root = package.root(part)
    edit(root)
    package.write(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return package.data()


def put(row: etree._Element, reference: str, value: object) -> None:
    """One cell of a row, as a program writes what someone typed; None clears it, "'" makes a text
    of what follows, and a formula has the value 0.
    """
    column = coordinate_to_tuple(reference)[1]
    cell = next((c for c in row if c.get("r") == reference), None)
    if cell is None:
        cell = etree.Element(q("c"), {"r": reference})
        before = sum(coordinate_to_tuple(c.get("r", ""))[1] < column for c in row)
        row.insert(before, cell)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str) and value.startswith("="):
        etree.SubElement(cell, q("f")).text = value[1:]
        etree.SubElement(cell, q("v")).text = "0"
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, q("is")), q("t"))
        text.text = _ESCAPED.sub("_x005F_", value.removeprefix("'"))
    elif value is not None:
        etree.SubElement(cell, q("v")).text = str(value)


def typed(data: bytes, title: str, cells: Mapping[str, object]) -> bytes:
    return edited_sheet(data, title, lambda root: type_cells(root, cells))


def type_cells(root: etree._Element, cells: Mapping[str, object]) -> None:
    """Cells typed in the tree of a sheet."""
    holder = root.find(q("sheetData"))
    assert holder is not None
    rows = {int(row.get("r", "0")): row for row in holder}
    for reference, value in cells.items():
        number = coordinate_to_tuple(reference)[0]
        if number not in rows:
            rows[number] = etree.Element(q("row"), {"r": str(number)})
            holder.insert(sum(there < number for there in rows), rows[number])
        put(rows[number], reference, value)
    _widen(root, cells)


def _widen(root: etree._Element, references: Iterable[str]) -> None:
    """The dimension as programs write it: some read nothing beyond."""
    found = root.find(q("dimension"))
    if found is not None:
        corners = [*found.get("ref", "A1").split(":"), *references]
        rows, columns = zip(*map(coordinate_to_tuple, corners), strict=True)
        first = f"{get_column_letter(min(columns))}{min(rows)}"
        found.set("ref", f"{first}:{get_column_letter(max(columns))}{max(rows)}")


def renumbered(data: bytes, title: str, places: Mapping[int, int]) -> bytes:
    """Whole rows of a sheet at other numbers, as sorting and inserting leave them."""
    return edited_sheet(data, title, lambda root: renumber_rows(root, places))


def renumber_rows(root: etree._Element, places: Mapping[int, int]) -> None:
    """The same in the tree of a sheet."""
    holder = root.find(q("sheetData"))
    assert holder is not None
    for row in holder:
        number = int(row.get("r", "0"))
        new = places.get(number, number)
        row.set("r", str(new))
        for cell in row:
            letters = (cell.get("r") or "").rstrip("0123456789")
            cell.set("r", f"{letters}{new}")
            formula = cell.find(q("f"))
            if formula is not None and formula.text:  # what reads its own row goes on doing so
                formula.text = re.sub(rf"\b([A-Z]{{1,3}}){number}\b", rf"\g<1>{new}", formula.text)
    holder[:] = sorted(holder, key=lambda row: int(row.get("r", "0")))


def address(row: int, column: int) -> str:
    """The cell of a row and a column, both counted from 0 as in a grid."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def with_column(data: bytes, title: str, at: int) -> bytes:
    """An empty column inserted."""

    def edit(root: etree._Element) -> None:
        for cell in root.iter(q("c")):
            row, column = coordinate_to_tuple(cell.get("r", ""))
            cell.set("r", f"{get_column_letter(column + (column >= at))}{row}")

    return edited_sheet(data, title, edit)


def grid(data: bytes, title: str) -> Grid:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(title).to_python(skip_empty_area=False)


def where(data: bytes, title: str, text: str) -> list[str]:
    """The cells that hold exactly that text."""
    return [
        f"{get_column_letter(c)}{r}"
        for r, row in enumerate(grid(data, title), start=1)
        for c, value in enumerate(row, start=1)
        if str(value) == text
    ]


def kept_lines(data: bytes, title: str) -> list[str]:
    """The lines of the block at the bottom of a sheet."""
    rows = grid(data, title)
    heads = [i for i, row in enumerate(rows) if str(row[0]).startswith("Textes tapés à la main")]
    return [str(row[0]) for row in rows[heads[0] + 1 :] if row[0]] if heads else []
