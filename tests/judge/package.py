"""The package: its parts, their types, and what leads from one to another."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from cedre_xlsx.ooxml.parts import (
    CONTENT_TYPES,
    TYPES_PART,
    Package,
    Relations,
    normal,
)
from tests.judge.xml import by_content, parsed, twice

_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHEET = f"{_OFFICE}spreadsheetml."
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
#: What the part at the end of a relationship must be, by the relationship's kind.
_TYPES = {
    "worksheet": (f"{_SHEET}worksheet+xml",),
    "chartsheet": (f"{_SHEET}chartsheet+xml",),
    "styles": (f"{_SHEET}styles+xml",),
    "sharedStrings": (f"{_SHEET}sharedStrings+xml",),
    "table": (f"{_SHEET}table+xml",),
    "comments": (f"{_SHEET}comments+xml",),
    "calcChain": (f"{_SHEET}calcChain+xml",),
    "pivotTable": (f"{_SHEET}pivotTable+xml",),
    "pivotCacheDefinition": (f"{_SHEET}pivotCacheDefinition+xml",),
    "externalLink": (f"{_SHEET}externalLink+xml",),
    "drawing": (f"{_OFFICE}drawing+xml",),
    "chart": (f"{_OFFICE}drawingml.chart+xml",),
    "theme": (f"{_OFFICE}theme+xml",),
    "vmlDrawing": (f"{_OFFICE}vmlDrawing",),
    "extended-properties": (f"{_OFFICE}extended-properties+xml",),
    "core-properties": (_CORE_TYPE,),
    "officeDocument": (
        f"{_SHEET}sheet.main+xml",
        f"{_SHEET}template.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
        "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    ),
}
_TERMS = "http://purl.org/dc/terms/"
_TYPE_OF = "{http://www.w3.org/2001/XMLSchema-instance}type"
_MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?")


class Types:
    """The content types of a package's parts."""

    def __init__(self, package: Package) -> None:
        root = package.root(TYPES_PART)
        self._overrides = root.findall(f"{{{CONTENT_TYPES}}}Override")
        self._defaults = root.findall(f"{{{CONTENT_TYPES}}}Default")
        self._by_part = {
            normal(o.get("PartName", "")): o.get("ContentType", "") for o in self._overrides
        }
        self._by_extension = {
            d.get("Extension", "").casefold(): d.get("ContentType", "") for d in self._defaults
        }

    def of(self, name: str) -> str | None:
        extension = name.rpartition("/")[2].rpartition(".")[2].casefold()
        return self._by_part.get(normal(name)) or self._by_extension.get(extension)

    def faults(self, package: Package) -> Iterator[str]:
        yield from twice(map(normal, (o.get("PartName", "") for o in self._overrides)), "type")
        yield from twice(
            (d.get("Extension", "").casefold() for d in self._defaults), "type of extension"
        )
        for one in self._overrides:
            if not one.get("PartName", "").startswith("/"):
                yield f"a type for {one.get('PartName')!r}"
            elif normal(one.get("PartName", "")) not in map(normal, package.names()):
                yield f"a type for a part that is not there: {one.get('PartName')}"
        for name in package.names():
            kind = self.of(name)
            if name == TYPES_PART or name.endswith("/"):
                continue
            if kind is None:
                yield f"no type: {name}"
            elif name.casefold().endswith(".rels") and kind != _RELS_TYPE:
                yield f"relationships of type {kind}: {name}"


def relationship_faults(package: Package, types: Types) -> Iterator[str]:
    for name in package.names():
        folder, leaf = posixpath.split(name)
        if not leaf.casefold().endswith(".rels"):
            continue
        source = posixpath.join(posixpath.dirname(folder), leaf[: -len(".rels")])
        if source and source not in package:
            yield f"relationships of a part that is not there: {name}"
        relations = list(Relations(package, source))
        yield from (f"{name}: {fault}" for fault in twice((r.id for r in relations), "id"))
        for relation in relations:
            if not re.fullmatch(r"[^\W\d][\w.-]*", relation.id):
                yield f"{name}: id {relation.id!r}"
            if relation.external:
                continue
            if relation.target not in package:
                yield f"{name}: no part {relation.target}"
                continue
            wanted, found = _TYPES.get(relation.kind), types.of(relation.target)
            if wanted is not None and found is not None and found not in wanted:
                yield f"{name}: {relation.target} is a {relation.kind}, of type {found}"
    for kind in ("officeDocument", "core-properties", "extended-properties"):
        count = len(Relations(package, "").of_kind(kind))
        if count > 1 or (kind == "officeDocument" and not count):
            yield f"{count} relationships to {kind}"


def syntax_faults(package: Package) -> Iterator[str]:
    """Every part that is reached and says it is XML is XML, without a document type."""
    reached = {TYPES_PART.casefold(), *package.referenced()}
    for name in package.names():
        if normal(name) in reached and name.casefold().endswith(".xml"):
            fault = _syntax(package.read(name))
            if fault:
                yield f"{name}: {fault}"


@by_content
def _syntax(content: bytes) -> str:
    try:
        root = parsed(content)
    except etree.XMLSyntaxError as error:
        return f"not XML: {error}"
    if root.getroottree().docinfo.doctype:
        return "a document type"
    for child in root:
        if str(child.tag) in (f"{{{_TERMS}}}created", f"{{{_TERMS}}}modified"):
            if child.get(_TYPE_OF, "").rpartition(":")[2] != "W3CDTF":
                return "a date without its type"
            if not _MOMENT.fullmatch((child.text or "").strip()):
                return f"a date: {child.text!r}"
    return ""
