"""The same cells, stored in another way."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from cedre_xlsx.ooxml.parts import resolved
from tests.edited_package import (
    MAIN,
    OFFICE,
    Element,
    M,
    Package,
    letters_of,
    number_of_letters,
    set_value,
    text_of,
)
from tests.mutilations.on_values import store_dates_as_iso


def rich_texts(package: Package) -> None:
    """Half of each text in bold, with a reading aid that is no part of it."""
    for sheet in package.data_sheets():
        for row in sheet.rows:
            for cell in row:
                inner = cell.find(f"{M}is")
                if inner is not None:
                    _enrich(inner, text_of(cell))


def _enrich(inner: Element, text: str) -> None:
    for child in list(inner):
        inner.remove(child)
    half = len(text) // 2
    for part in filter(None, (text[:half], text[half:])):
        run = etree.SubElement(inner, f"{M}r")
        etree.SubElement(etree.SubElement(run, f"{M}rPr"), f"{M}b")
        one = etree.SubElement(
            run, f"{M}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
        )
        one.text = part
    reading = etree.SubElement(inner, f"{M}rPh", {"sb": "0", "eb": "1"})
    etree.SubElement(reading, f"{M}t").text = "aide"


def share_strings(package: Package) -> None:
    """As Excel saves them: each text once, in a part of its own."""
    ranks: dict[bytes, int] = {}
    kept: list[Element] = []
    for part in [name for name in package.members if name.startswith("xl/worksheets/sheet")]:
        for cell in package.xml(part).iter(f"{M}c"):
            inner = cell.find(f"{M}is")
            if inner is None:
                continue
            inner.tag = f"{M}si"
            key = etree.tostring(inner)
            if key not in ranks:
                ranks[key] = len(ranks)
                kept.append(deepcopy(inner))
            set_value(cell, str(ranks[key]), "s")
    root = etree.Element(f"{M}sst", {"count": "1", "uniqueCount": str(len(kept))})
    root.extend(kept)
    package.members["xl/sharedStrings.xml"] = etree.tostring(root)
    _declare(package, "/xl/sharedStrings.xml", "sharedStrings", "sharedStrings.xml")


def _declare(package: Package, part: str, kind: str, target: str) -> None:
    types = package.xml("[Content_Types].xml")
    content = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    tag = f"{{{etree.QName(types).namespace}}}Override"
    etree.SubElement(types, tag, {"PartName": part, "ContentType": content})
    links = package.xml("xl/_rels/workbook.xml.rels")
    link = {"Id": "rId98", "Type": f"{OFFICE}/{kind}", "Target": target}
    etree.SubElement(links, links[0].tag, link)


def share_rich_strings(package: Package) -> None:
    """As Gnumeric saves them: it says nowhere that blanks between two looks are to be kept."""
    rich_texts(package)
    share_strings(package)
    part = "xl/sharedStrings.xml"
    package.members[part] = package.members[part].replace(b' xml:space="preserve"', b"")


_STRICT = (
    (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main",
     "http://purl.oclc.org/ooxml/drawingml/main"),
)  # fmt: skip


def strict(package: Package) -> None:
    """Strict Open XML: other namespaces, and dates as ISO texts."""
    store_dates_as_iso(package)
    package.book.set("conformance", "strict")
    package.flush()
    for name, data in package.members.items():
        for old, new in _STRICT:
            data = data.replace(old.encode(), new.encode())
        package.members[name] = data


def macros(package: Package) -> None:
    """An .xlsm: another main type, and a part of code."""
    package.flush()
    types = package.members["[Content_Types].xml"]
    package.members["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    package.members["xl/vbaProject.bin"] = bytes(range(256)) * 8


def prefixes(package: Package) -> None:
    """`<x:row>` for `<row>`, as some programs write."""
    package.flush()
    for name, data in package.members.items():
        if name.startswith(("xl/worksheets/sheet", "xl/workbook", "xl/tables/")):
            old = etree.fromstring(data)
            new = etree.Element(
                old.tag, {str(k): str(v) for k, v in old.attrib.items()}, {"x": MAIN}
            )
            new.extend(old)
            etree.cleanup_namespaces(new, {"x": MAIN}, ["x"])
            package.members[name] = etree.tostring(new)


def cells_without_places(package: Package) -> None:
    """Neither rows nor cells say where they stand: each follows the one before."""
    for sheet in package.data_sheets():
        for row in sheet.data:
            cells = {number_of_letters(letters_of(cell)): cell for cell in row}
            row[:] = [
                cells.get(number, etree.Element(f"{M}c"))
                for number in range(1, max(cells, default=0) + 1)
            ]
            for one in (row, *row):
                one.attrib.pop("r", "")


def pretty_print(package: Package) -> None:
    """Each element on a line of its own, attributes in another order, comments between."""
    for sheet in package.data_sheets():
        for row in sheet.rows:
            for cell in row:
                attributes = [(str(name), str(value)) for name, value in cell.attrib.items()]
                cell.attrib.clear()
                cell.attrib.update(sorted(attributes, reverse=True))
        sheet.data.insert(0, etree.Comment(" Ctrl+S "))
        etree.indent(sheet.root)


def backslashes(package: Package) -> None:
    package.flush()
    package.members = {name.replace("/", "\\"): data for name, data in package.members.items()}


def other_case(package: Package) -> None:
    """`XL/Worksheets/Sheet1.xml`, while relationships say it in small letters."""
    package.flush()
    package.members = {
        name if name.startswith(("[", "_")) else name.replace("worksheets", "Worksheets"): data
        for name, data in package.members.items()
    }


def absolute_links(package: Package) -> None:
    """`/xl/tables/table1.xml`, `/xl/worksheets/sheet1.xml`, as openpyxl writes them."""
    for part in [name for name in package.members if name.endswith(".rels")]:
        source = part.replace("_rels/", "").removesuffix(".rels")
        for one in package.xml(part):
            if one.get("TargetMode") != "External":
                one.set("Target", "/" + resolved(source, one.get("Target") or ""))


def unknown_parts(package: Package) -> None:
    """What other programs leave: custom XML, threaded comments, printer settings."""
    package.members["customXml/item1.xml"] = b"<a/>"
    package.members["xl/persons/person.xml"] = b"<personList/>"
    package.members["xl/printerSettings/printerSettings1.bin"] = bytes(3000)
    package.members["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"/>'.encode()


def broken_names(package: Package) -> None:
    """Names that point to nothing any more, as deleting a sheet leaves them."""
    names = package.book.find(f"{M}definedNames")
    assert names is not None
    for name, target in (("_cedre_ancien", "#REF!$A$1"), ("Ancien", "[1]Feuil1!$A$1")):
        etree.SubElement(names, f"{M}definedName", {"name": name}).text = target
