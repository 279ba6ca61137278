"""The parts of an Excel package that calamine does not tell about: tables, dates, our marks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from cedre_xlsx.ooxml.members import OpenZip
from cedre_xlsx.ooxml.safety import (
    damaged,
    forbidden_definitions,
    oversized,
    read_member,
    read_pieces,
)
from cedre_xlsx.schema.generated_sheets import Recognised
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.schema.state import BookState
from cedre_xlsx.workbook.first_rows import shown, strings_of
from cedre_xlsx.workbook.read.book_state import book_state
from cedre_xlsx.workbook.read.raw import RawTable
from cedre_xlsx.workbook.recognition import Shown, marks_of, recognise

#: Bytes of a part without cells: ten times the names of the most neglected workbook.
_LARGEST_PARSED = 12 * 1024**2
_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?$")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet of the workbook: its name, its part, its tables, what it was recognised as."""

    name: str
    part: str
    tables: tuple[RawTable, ...] = ()
    mark: str = ""  # that of the sheet of ours that it was recognised as


@dataclass(frozen=True, slots=True)
class BookParts:
    """What the package says of the workbook as a whole."""

    main: str
    sheets: tuple[ReadSheet, ...] = ()
    date1904: bool = False
    recognised: tuple[Recognised, ...] = ()
    state: BookState = field(default_factory=BookState)


class ReadPackage:
    """The members of an Excel package, by their part names without case."""

    def __init__(self, file: OpenZip, path: Path) -> None:
        self.file = file
        self.path = path
        self._members = {_part_key(name): name for name in file.archive.namelist()}

    def member(self, part: str) -> str | None:
        """The archive's own name of a part; None when there is none."""
        return self._members.get(_part_key(part))

    def size(self, part: str) -> int:
        """How large a part is once inflated; 0 when there is none."""
        name = self.member(part)
        return self.file.archive.getinfo(name).file_size if name else 0

    def read(self, part: str) -> bytearray:
        """A part inflated; "" when there is none."""
        name = self.member(part)
        return read_member(self.file, name, self.path) if name else bytearray()

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part inflated, a piece at a time; nothing when there is none."""
        name = self.member(part)
        return read_pieces(self.file, name, self.path) if name else iter(())

    def xml(self, part: str) -> etree._Element | None:
        """A part parsed without entities or network; None when there is none."""
        if self.size(part) > _LARGEST_PARSED:
            raise oversized(self.path)
        data = self.read(part)
        if not data:
            return None
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise forbidden_definitions(self.path)
        try:
            return etree.fromstring(bytes(data), _parser())
        except etree.XMLSyntaxError:
            raise damaged(self.path) from None

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind (the last word of its type) and part of everything a part points to."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        for one in root if root is not None else ():
            if one.get("TargetMode") == "External":
                continue
            target = unquote((one.get("Target") or "").replace("\\", "/"))
            whole = target if target.startswith("/") else posixpath.join("/", folder, target)
            kind = (one.get("Type") or "").rpartition("/")[2]
            yield one.get("Id") or "", kind, posixpath.normpath(whole).lstrip("/")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def read_parts(package: ReadPackage) -> BookParts:
    """Follow the package from its root: workbook, sheets, tables. Nothing is followed twice."""
    main = next((part for _, kind, part in package.related("") if kind == "officeDocument"), "")
    main = main if main and package.member(main) else "xl/workbook.xml"
    root = package.xml(main)
    if root is None or _local(root) != "workbook":
        raise damaged(package.path)
    links = list(package.related(main))
    targets = {ident: part for ident, kind, part in links if kind == "worksheet"}
    related = {kind: part for _, kind, part in links}
    parts: list[tuple[str, str]] = []
    for one in _children(root, "sheets"):
        ident = next((value for key, value in one.attrib.items() if str(key).endswith("}id")), "")
        if part := targets.get(str(ident), ""):
            parts.append((one.get("name") or "", part))
    recognised = _recognised(package, root, dict(parts), related.get("sharedStrings", ""))
    marks = {one.tab: one.kind.mark for one in recognised if one.tab}
    sheets = tuple(
        ReadSheet(name, part, tuple(_tables(package, part)), marks.get(name, ""))
        for name, part in parts
    )
    tables = (table.name for sheet in sheets for table in sheet.tables)
    state = book_state(root, tables, *_properties(package))
    return BookParts(main, sheets, _is_1904(root), recognised, state)


def _properties(package: ReadPackage) -> tuple[etree._Element | None, etree._Element | None]:
    """What the file says of the program that saved it, and of who did."""
    parts = {kind: part for _, kind, part in package.related("")}
    extended, core = parts.get("extended-properties", ""), parts.get("core-properties", "")
    return package.xml(extended), package.xml(core)


def _recognised(
    package: ReadPackage, root: etree._Element, parts: Mapping[str, str], strings_part: str
) -> tuple[Recognised, ...]:
    """What is known of the sheets that `refresh` makes."""
    names = (
        (one.get("name") or "", one.text or "")
        for one in _children(root, "definedNames")
        if one.get("localSheetId") is None
    )
    strings = strings_of(lambda: package.read(strings_part))

    @cache
    def show(tab: str) -> Shown:
        return shown(tab, package.pieces(parts[tab]), strings)

    return recognise(list(parts), marks_of(names), show)


def _is_1904(root: etree._Element) -> bool:
    properties = next((one for one in root if _local(one) == "workbookPr"), None)
    return properties is not None and properties.get("date1904") in ("1", "true", "on")


def _tables(package: ReadPackage, sheet_part: str) -> Iterator[RawTable]:
    for _, kind, part in package.related(sheet_part):
        root = package.xml(part) if kind == "table" else None
        found = _RANGE.match(root.get("ref") or "") if root is not None else None
        if root is None or found is None:
            continue
        first_column, first_row, last_column, last_row = found.groups()
        yield RawTable(
            name=root.get("displayName") or root.get("name") or "",
            first_row=int(first_row),
            first_column=column_number(first_column),
            last_row=int(last_row or first_row),
            last_column=column_number(last_column or first_column),
            headings=tuple(one.get("name") or "" for one in _children(root, "tableColumns")),
            has_heading_row=root.get("headerRowCount") != "0",
            totals_rows=int(root.get("totalsRowCount") or 0),
            computed=frozenset(
                one.get("name") or ""
                for one in _children(root, "tableColumns")
                if any(_local(child) == "calculatedColumnFormula" for child in one)
            ),
        )


def _children(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of the child of that name."""
    for one in root:
        if _local(one) == name:
            yield from one


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _part_key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
