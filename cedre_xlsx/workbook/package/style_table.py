"""Adding looks to a host's styles: each once, whatever prefix or defaults the host writes."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from cedre_xlsx.workbook.package.parts import MAIN

_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz",
    "color", "name", "family", "charset", "scheme",
)  # fmt: skip
_FIRST_OWN_FORMAT = 164  # number formats below are built in
_LISTS = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip

Shape = tuple[object, ...]


class StyleTable:
    """The host's styles, growing by what the sheets of `scaffold` use and the host lacks."""

    def __init__(self, host: etree._Element, scaffold: etree._Element) -> None:
        self._host = host
        self._scaffold = scaffold
        self._known: dict[str, dict[Shape, int]] = {}
        self._formats = {
            item.get("formatCode", ""): int(item.get("numFmtId", "0"))
            for item in self._list("numFmts")
        }
        self._own_formats = {
            item.get("numFmtId"): item.get("formatCode", "")
            for item in scaffold.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        self._xfs: dict[int, int] = {}

    def xf(self, index: int) -> int:
        """The host's index of a cell format of the scaffold."""
        if index not in self._xfs:
            self._xfs[index] = self._add_xf(self._own("cellXfs", index))
        return self._xfs[index]

    def dxf(self, index: int) -> int:
        """The host's index of a differential format of the scaffold."""
        own = deepcopy(self._own("dxfs", index))
        for font in own.iter(f"{{{MAIN}}}font"):
            _in_order(font)
        return self._place("dxfs", own)

    def _add_xf(self, own: etree._Element) -> int:
        xf = deepcopy(own)
        xf.set("xfId", "0")
        for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            piece = deepcopy(self._own(name, int(own.get(attribute, "0"))))
            _in_order(piece)
            xf.set(attribute, str(self._place(name, piece)))
            xf.set(f"apply{attribute[:-2].capitalize()}", "1")
        xf.set("numFmtId", self._format(own.get("numFmtId", "0")))
        xf.set("applyNumberFormat", "1")
        return self._place("cellXfs", xf)

    def _format(self, identifier: str) -> str:
        code = self._own_formats.get(identifier)
        if code is None:
            return identifier
        if code not in self._formats:
            number = max([_FIRST_OWN_FORMAT - 1, *self._formats.values()]) + 1
            holder = self._list("numFmts")
            etree.SubElement(
                holder, f"{{{MAIN}}}numFmt", {"numFmtId": str(number), "formatCode": code}
            )
            holder.set("count", str(len(holder)))
            self._formats[code] = number
        return str(self._formats[code])

    def _own(self, name: str, index: int) -> etree._Element:
        return self._scaffold.findall(f"{{{MAIN}}}{name}/*")[index]

    def _place(self, name: str, element: etree._Element) -> int:
        """The index of an element of that shape, appended where the host has none."""
        holder = self._list(name)
        if name not in self._known:
            known: dict[Shape, int] = {}
            for index, item in enumerate(holder):
                known.setdefault(_shape(item), index)
            self._known[name] = known
        shape = _shape(element)
        if shape not in self._known[name]:
            self._known[name][shape] = len(holder)
            holder.append(element)
            holder.set("count", str(len(holder)))
        return self._known[name][shape]

    def _list(self, name: str) -> etree._Element:
        """One of the host's lists, made in its place where it lacks."""
        found = self._host.find(f"{{{MAIN}}}{name}")
        if found is None:
            found = etree.Element(f"{{{MAIN}}}{name}")
            rank = _LISTS.index(name)
            before = [
                item for item in self._host
                if _LISTS.index(etree.QName(item).localname) < rank
            ]  # fmt: skip
            self._host.insert(len(before), found)
        return found


def _in_order(font: etree._Element) -> None:
    """openpyxl writes a font's children in an order that the schema refuses."""
    if etree.QName(font).localname == "font":
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))


def _shape(element: etree._Element) -> Shape:
    """An element without prefixes, nor attributes that say nothing."""
    attributes = {
        name: value
        for name, value in element.attrib.items()
        if not (name in ("pivotButton", "quotePrefix") and value in ("0", "false"))
    }
    children = tuple(_shape(child) for child in element)
    return (etree.QName(element).localname, tuple(sorted(attributes.items())), children)
