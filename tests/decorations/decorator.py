"""The hand that puts parts, elements and attributes into a package."""

from __future__ import annotations

import base64

from lxml import etree

from cedre_xlsx.ooxml.parts import (
    MAIN,
    PACKAGE_REL,
    REL,
    ContentTypes,
    Package,
    rels_name,
)
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.sheet_part import ORDER
from tests.judge.schema import children_in_order

OFFICE = "application/vnd.openxmlformats-officedocument"
SHEET = f"{OFFICE}.spreadsheetml"
MICROSOFT = "http://schemas.microsoft.com/office"
DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
XM = f"{MICROSOFT}/excel/2006/main"
WORKBOOK = "xl/workbook.xml"
OWN = "Mes calculs"  # the user's own sheet
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Decorator:
    """A package under the hands of people: parts, relationships, elements in their places."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self._anchors: dict[str, int] = {}

    def sheet(self, title: str) -> str:
        """The part of a sheet."""
        return next(s.part for s in Host(self.package).sheets() if s.title == title)

    def part(self, name: str, content: str | bytes, content_type: str = "") -> str:
        """A new part; without a type, its extension must have one."""
        assert name not in self.package, name
        self.package.write(name, content.encode() if isinstance(content, str) else content)
        if content_type:
            types = ContentTypes(self.package)
            types.set(name, content_type)
            types.save()
        return name

    def default(self, extension: str, content_type: str) -> None:
        """The type of an extension."""
        root = self.package.root("[Content_Types].xml")
        if all(item.get("Extension") != extension for item in root):
            made = etree.Element(f"{{{etree.QName(root).namespace}}}Default")
            made.attrib.update({"Extension": extension, "ContentType": content_type})
            root.insert(0, made)
            self.package.write_xml("[Content_Types].xml", root)

    def relate(self, source: str, kind: str, target: str, *, outside: bool = False) -> str:
        """A relationship by its full or its short type; gives its id."""
        name = rels_name(source)
        if name in self.package:
            root = self.package.root(name)
        else:
            root = etree.Element(f"{{{PACKAGE_REL}}}Relationships", nsmap={None: PACKAGE_REL})
        identifier = f"rIdD{len(root) + 1}"
        made = etree.SubElement(root, f"{{{PACKAGE_REL}}}Relationship")
        made.attrib.update({
            "Id": identifier,
            "Type": kind if "/" in kind else f"{REL}/{kind}",
            "Target": target if outside else f"/{target}",
        })  # fmt: skip
        if outside:
            made.set("TargetMode", "External")
        self.package.write_xml(name, root)
        return identifier

    def element(self, part: str, xml: str, order: tuple[str, ...] = ORDER) -> None:
        """An element of a sheet or of the workbook, in its place; those of lists join theirs."""
        root = self.package.root(part)
        wrapped = etree.fromstring(
            f'<x xmlns="{MAIN}" xmlns:r="{REL}" xmlns:mc="{MC}" xmlns:x14="{X14}" '
            f'xmlns:x15="{X15}" xmlns:xm="{XM}">{xml}</x>'
        )
        for made in list(wrapped):
            local = etree.QName(made).localname
            if local == "AlternateContent":
                local = etree.QName(next(e for e in made.iter() if e.tag in RANKED)).localname
            there = root.find(q(local))
            if there is not None and local in LISTS:
                there.extend(list(made))
                continue
            assert there is None or local == "AlternateContent", (part, local)
            rank = order.index(local)
            before = [e for e in root if _rank(e, order) <= rank]
            root.insert(root.index(before[-1]) + 1 if before else 0, made)
        etree.cleanup_namespaces(root, keep_ns_prefixes=["r"])
        self.package.write_xml(part, root)

    def workbook(self, xml: str) -> None:
        """An element of the workbook."""
        self.element(WORKBOOK, xml, children_in_order("x:CT_Workbook"))

    def attribute(self, part: str, path: str, name: str, value: str) -> None:
        """An attribute of the first element of a path."""
        root = self.package.root(part)
        found = root.find(path, {"m": MAIN})
        assert found is not None, path
        found.set(name, value)
        self.package.write_xml(part, root)

    def anchor(self, title: str, xml: str) -> str:
        """Something in the drawing of a sheet; gives the drawing's part."""
        sheet = self.sheet(title)
        drawing = self._drawing(sheet)
        root = self.package.root(drawing)
        count = self._anchors[drawing] = self._anchors.get(drawing, 0) + 1
        top = 2 + 12 * count
        body = f"""<xdr:twoCellAnchor xmlns:xdr="{DRAW}" xmlns:a="{ART}" xmlns:r="{REL}">
<xdr:from><xdr:col>20</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{top}</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>26</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>{top + 10}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{xml}<xdr:clientData/>
</xdr:twoCellAnchor>"""
        root.append(etree.fromstring(body.replace("@ID", str(500 + count))))
        self.package.write_xml(drawing, root)
        return drawing

    def _drawing(self, sheet: str) -> str:
        root = self.package.root(sheet)
        found = root.find(q("drawing"))
        if found is not None:
            rels = self.package.root(rels_name(sheet))
            wanted = found.get(f"{{{REL}}}id")
            target = next(r.get("Target") or "" for r in rels if r.get("Id") == wanted)
            return "xl" + target.replace("/xl", "").removeprefix("..")
        part = self.package.free_name("xl/drawings/drawing{}.xml")
        self.part(part, f'<xdr:wsDr xmlns:xdr="{DRAW}"/>', f"{OFFICE}.drawing+xml")
        self.element(sheet, f'<drawing r:id="{self.relate(sheet, "drawing", part)}"/>')
        return part


RANKED = {q(name) for name in ORDER}
LISTS = ("definedNames", "extLst", "externalReferences", "customWorkbookViews")


def _rank(element: etree._Element, order: tuple[str, ...]) -> int:
    inner = next((e for e in element.iter() if etree.QName(e).namespace == MAIN), element)
    local = etree.QName(inner).localname
    return order.index(local) if local in order else len(order)
