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

#: No fill and a grey one: they are the first two of every workbook, whatever it says.
_RESERVED_FILLS = 2
_FIRST = {
    "fonts": '<font><sz val="10"/><name val="Arial"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}

Shape = tuple[object, ...]


class StyleTable:
    """The host's styles, growing by what the sheets of `scaffold` use and the host lacks."""

    def __init__(self, host: etree._Element, scaffold: etree._Element) -> None:
        self._host = host
        self._complete()
        self._scaffold = scaffold
        self._known: dict[str, dict[Shape, int]] = {}
        self._formats = {
            item.get("formatCode", ""): int(item.get("numFmtId", "0"))
            for item in host.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        self._own_formats = {
            item.get("numFmtId"): item.get("formatCode", "")
            for item in scaffold.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        self._xfs: dict[int, int] = {}

    def _complete(self) -> None:
        """What every workbook must have before anything is added: the first of each list."""
        for name, content in _FIRST.items():
            holder = self._list(name)
            for item in list(etree.fromstring(f'<x xmlns="{MAIN}">{content}</x>'))[len(holder) :]:
                holder.append(item)
                holder.set("count", str(len(holder)))

    def xf(self, index: int) -> int:
        """The host's index of a cell format of the scaffold."""
        if index not in self._xfs:
            self._xfs[index] = self._add_xf(self._own("cellXfs", index))
        return self._xfs[index]

    def dxf(self, index: int) -> int:
        """The host's index of a differential format of the scaffold."""
        own = deepcopy(self._own("dxfs", index))
        put_fonts_in_order(own)
        return self._place("dxfs", own)

    def _add_xf(self, own: etree._Element) -> int:
        xf = deepcopy(own)
        xf.set("xfId", "0")
        for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            index = int(own.get(attribute, "0"))
            if not (name == "fills" and index < _RESERVED_FILLS):
                piece = deepcopy(self._own(name, index))
                put_fonts_in_order(piece)
                index = self._place(name, piece)
            xf.set(attribute, str(index))
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
                known.setdefault(_shape(item, of_cells=name != "dxfs"), index)
            self._known[name] = known
        shape = _shape(element, of_cells=name != "dxfs")
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
            before = [item for item in self._host if _rank(item) < _LISTS.index(name)]
            self._host.insert(len(before), found)
        return found


def _rank(element: etree._Element) -> int:
    name = etree.QName(element).localname
    return _LISTS.index(name) if name in _LISTS else len(_LISTS)


def put_fonts_in_order(styles: etree._Element) -> None:
    """openpyxl writes a font's children in an order that the schema refuses."""
    for font in styles.iter(f"{{{MAIN}}}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))


def _shape(element: etree._Element, *, of_cells: bool) -> Shape:
    """What an element looks like: no prefix, no default written out, no empty shell.

    Excel and LibreOffice spell the same look in their own ways; compared as written, every
    refresh after a save would add its looks again.
    """
    name = etree.QName(element).localname
    attributes = {
        str(key): _BOOLEANS.get(str(value), str(value)) for key, value in element.attrib.items()
    }
    attributes = {k: v for k, v in attributes.items() if not _says_nothing(name, k, v)}
    children = [
        _shape(child, of_cells=of_cells)
        for child in element
        if not _is_idle(element, child, of_cells=of_cells)
    ]
    shapes = [child for child in children if child[1] or child[2] or child[0] in _FLAGS]
    if name == "font":
        shapes.sort(key=str)
    return (name, tuple(sorted(attributes.items())), tuple(shapes))


_BOOLEANS = {"true": "1", "false": "0"}
_FLAGS = frozenset({"b", "i", "strike", "u", "condense", "extend", "outline", "shadow"})
#: Attributes whose "0" means something.
_MEANT = frozenset({"numFmtId", "fontId", "fillId", "borderId", "xfId", "locked", "val"})


def _says_nothing(element: str, name: str, value: str) -> bool:
    """Whether an attribute writes a default out."""
    if name.startswith("apply") or (element, name) == ("protection", "locked"):
        return value == "1"
    if (element, name, value) in (
        ("u", "val", "single"), ("alignment", "horizontal", "general"),
        ("alignment", "vertical", "bottom"),
    ):  # fmt: skip
        return True
    if element in _FLAGS and name == "val":
        return value == "1"
    return value == "0" and name not in _MEANT


def _is_idle(parent: etree._Element, child: etree._Element, *, of_cells: bool) -> bool:
    """Whether a child has no part in the look: hints for a missing font, a flag that is off, a
    second colour that the solid fill of a cell does not show (that of a rule does).
    """
    name, parent_name = etree.QName(child).localname, etree.QName(parent).localname
    if parent_name == "font":
        return name in ("family", "charset") or child.get("val") in ("0", "false")
    is_solid = parent_name == "patternFill" and parent.get("patternType") == "solid"
    return of_cells and is_solid and name == "bgColor"
