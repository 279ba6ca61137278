"""A workbook taken apart: its sheets, rows and cells as XML, to be changed and saved again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from lxml import etree

from cedre_xlsx.ooxml.parts import resolved
from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.tables import DATA_TABLES

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M, R = f"{{{MAIN}}}", f"{{{OFFICE}}}"
HEADINGS = 4  # the row of the headings, in the data sheets of a new workbook
DATA_SHEETS = tuple(spec.sheet for spec in DATA_TABLES)
_EPOCH = date(1899, 12, 30)

Element = etree._Element


class Package:
    """A workbook in memory: its parts are parsed when they are asked for, then written back."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self._roots: dict[str, Element] = {}

    def xml(self, part: str) -> Element:
        if part not in self._roots:
            self._roots[part] = etree.fromstring(self.members[part])
        return self._roots[part]

    def flush(self) -> None:
        """The parsed parts back into bytes: what follows may work on these."""
        for part, root in self._roots.items():
            self.members[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        self._roots.clear()

    def remove(self, part: str) -> None:
        self._roots.pop(part, None)
        self.members.pop(part, None)

    def save(self, path: Path, level: int = 1) -> Path:
        path.write_bytes(self.save_bytes(level))
        return path

    def save_bytes(self, level: int = 1) -> bytes:
        self.flush()
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
            for name, data in self.members.items():
                archive.writestr(name, data)
        return made.getvalue()

    @property
    def book(self) -> Element:
        return self.xml("xl/workbook.xml")

    def tab(self, name: str) -> Element:
        """The line of a sheet in the list of tabs."""
        return next(one for one in self.book.iter(f"{M}sheet") if one.get("name") == name)

    def part_of(self, name: str) -> str:
        """The part that a sheet is stored in."""
        ident = self.tab(name).get(f"{R}id")
        links = self.xml("xl/_rels/workbook.xml.rels")
        target = next(one.get("Target") or "" for one in links if one.get("Id") == ident)
        return resolved("xl/workbook.xml", target)

    def sheet(self, name: str) -> Sheet:
        return Sheet(self, name)

    def data_sheets(self) -> Iterator[Sheet]:
        return map(self.sheet, DATA_SHEETS)


class Sheet:
    """One sheet by its cells, and the Excel table on it."""

    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name, self.part = package, name, package.part_of(name)
        self.root = package.xml(self.part)
        found = self.root.find(f"{M}sheetData")
        assert found is not None
        self.data = found

    @property
    def links(self) -> str:
        """The part that says what the sheet points to."""
        folder, _, name = self.part.rpartition("/")
        return f"{folder}/_rels/{name}.rels"

    @property
    def table_part(self) -> str:
        """The part of the first table that stands on the sheet."""
        target = next(
            one.get("Target") or ""
            for one in self.package.xml(self.links)
            if (one.get("Type") or "").endswith("/table")
        )
        return resolved(self.part, target)

    @property
    def table(self) -> Element:
        return self.package.xml(self.table_part)

    def resize_table(self, ref: str) -> None:
        self.table.set("ref", ref)
        for one in self.table.findall(f"{M}autoFilter"):
            self.table.remove(one)

    @property
    def rows(self) -> list[Element]:
        """The lines of the table."""
        return [row for row in self.data if int(row.get("r") or 0) > HEADINGS]

    @property
    def last_row(self) -> int:
        return max(int(row.get("r") or 0) for row in self.data)

    @property
    def heading_row(self) -> Element:
        return next(row for row in self.data if row.get("r") == str(HEADINGS))

    @property
    def headings(self) -> dict[str, str]:
        """The letters of each heading's column."""
        return {text_of(cell): letters_of(cell) for cell in self.heading_row if text_of(cell)}

    def column(self, heading: str) -> Iterator[Element]:
        """The cells under a heading that hold something."""
        letters = self.headings[heading]
        for row in self.rows:
            cell = cell_at(row, letters)
            if cell is not None and len(cell):
                yield cell


def letters_of(cell: Element) -> str:
    return (cell.get("r") or "").rstrip("0123456789")


def number_of_letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of_number(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_at(row: Element, letters: str) -> Element | None:
    return next((cell for cell in row if letters_of(cell) == letters), None)


def text_of(cell: Element) -> str:
    return "".join(one.text or "" for one in cell.iter(f"{M}t"))


def set_text(cell: Element, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inner = etree.SubElement(etree.SubElement(cell, f"{M}is"), f"{M}t")
    inner.text = text
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def set_value(cell: Element, value: str, kind: str = "") -> None:
    """A value as it is stored: a number, or with its kind an error (e), a boolean (b)."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    if kind:
        cell.set("t", kind)
    etree.SubElement(cell, f"{M}v").text = value


def number_of(cell: Element) -> float | None:
    value = cell.find(f"{M}v")
    return (
        float(value.text or "nan") if value is not None and cell.get("t") in (None, "n") else None
    )


def day_of(cell: Element) -> date | None:
    number = number_of(cell)
    return None if number is None else _EPOCH + timedelta(days=int(number))


def texts(sheet: Sheet) -> Iterator[Element]:
    """The elements of text of all lines, those of formulas aside."""
    for row in sheet.rows:
        yield from row.iter(f"{M}t")


def columns_of_kind(*kinds: Kind) -> Iterator[tuple[str, str]]:
    """Sheet and heading of the columns of some kinds, those that compute themselves aside."""
    for spec in DATA_TABLES:
        for column in spec.drawn().columns.values():
            if column.kind in kinds and not column.calculated:
                yield spec.sheet, column.header


def cells_of_kind(package: Package, *kinds: Kind) -> Iterator[Element]:
    for sheet, heading in columns_of_kind(*kinds):
        yield from package.sheet(sheet).column(heading)
