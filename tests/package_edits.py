"""What Excel does to a table at the command of its user, on the package."""

from __future__ import annotations

import re

from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

from cedre_xlsx.ooxml.parts import ContentTypes, Package, Relations
from cedre_xlsx.workbook.package.host import q
from tests.hands import edited_sheet, part_of, typed


def as_range(data: bytes, title: str) -> bytes:
    """« Convertir en plage » on each table of a sheet."""
    package = Package(data)
    part = part_of(data, title)
    relations, types = Relations(package, part), ContentTypes(package)
    for relation in list(relations.of_kind("table")):
        package.delete(relation.target)
        types.remove(relation.target)
        relations.remove(relation.id)
    relations.save()
    types.save()
    return edited_sheet(package.data(), title, _drop_table_parts)


def _drop_table_parts(root: etree._Element) -> None:
    for found in root.findall(q("tableParts")):
        root.remove(found)


def renamed_table(data: bytes, title: str) -> bytes:
    """Each table of a sheet has another name, in the formulas of the workbook too."""
    package = Package(data)
    names = [root.get("name", "") for _, root in _tables(package, title)]
    return renamed(data, names)


def renamed(data: bytes, names: list[str]) -> bytes:
    """The tables of these names have others; what cells say stays."""
    if not names:
        return data
    package = Package(data)
    told = "|".join(map(re.escape, names)).encode()
    known = re.compile(rb"<t[ >].*?</t>|\b(?P<name>" + told + rb")\b", re.DOTALL)
    for part in package.names():
        if part.startswith("xl/") and part.endswith(".xml"):
            old = package.read(part)
            new = known.sub(lambda one: b"Tableau_" * bool(one["name"]) + one[0], old)
            if new != old:
                package.write(part, new)
    return package.data()


def without_headings(data: bytes, title: str) -> bytes:
    """« Ligne d'en-tête » unticked: the cells of the headings are erased, the table keeps them."""
    package = Package(data)
    erased: dict[str, object] = {}
    for part, root in _tables(package, title):
        if root.get("headerRowCount") == "0":
            continue
        first, top, last, bottom = (int(n or 0) for n in range_boundaries(root.get("ref", "")))
        start = get_column_letter(first)
        root.set("ref", f"{start}{top + 1}:{get_column_letter(last)}{bottom}")
        root.set("headerRowCount", "0")
        for found in root.findall(q("autoFilter")):
            root.remove(found)
        package.write_xml(part, root)
        erased |= {f"{get_column_letter(n)}{top}": None for n in range(first, last + 1)}
    return typed(package.data(), title, erased) if erased else data


def _tables(package: Package, title: str) -> list[tuple[str, etree._Element]]:
    relations = Relations(package, part_of(package.data(), title))
    return [(one.target, package.root(one.target)) for one in relations.of_kind("table")]
