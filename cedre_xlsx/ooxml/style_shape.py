"""What looks are, however a program writes them: no prefix, no default, no empty shell.

Excel, LibreOffice and the libraries spell the same look in their own ways; compared as written,
every refresh after a save would add its looks again.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN

Shape = tuple[object, ...]

#: No fill and a grey one: they are the first two of every workbook, whatever it says.
RESERVED_FILLS = 2
#: The pieces of a cell's format: the attribute that names each, and the list that holds it.
PIECES = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))

_FLAGS = frozenset({"b", "i", "strike", "u", "condense", "extend", "outline", "shadow"})
_SIDES = frozenset(
    ("left", "right", "top", "bottom", "diagonal", "start", "end", "horizontal", "vertical")
)
_SAME = {"start": "left", "end": "right"}  # as Gnumeric writes them
_BOOLEANS = {"true": "1", "false": "0"}
#: Attributes whose "0" means something.
_MEANT = frozenset({"numFmtId", "fontId", "fillId", "borderId", "xfId", "locked", "val", "theme"})
_DEFAULTS = frozenset(
    (
        ("u", "val", "single"), ("alignment", "horizontal", "general"),
        ("alignment", "vertical", "bottom"), ("protection", "locked", "1"),
    )
)  # fmt: skip
_NUMBER = re.compile(r"-?\d+\.\d+")
_ARGB_DIGITS = 8
#: The number formats that every program has, those that change with the language aside.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 49: "@",
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([ ()+\-]|[^\x00-\x7f])', re.DOTALL)


def shape(element: etree._Element, *, of_cells: bool) -> Shape:
    """What an element looks like: a font, a fill, a border, or a whole differential format.

    `of_cells` for one of a cell; a fill of a rule shows its second colour.
    """
    return _shape_of(etree.tostring(element, with_tail=False), of_cells=of_cells)


@lru_cache(maxsize=4096)  # a workbook's looks are asked for many times, and most are everybody's
def _shape_of(xml: bytes, *, of_cells: bool) -> Shape:
    return _shape(etree.fromstring(xml), of_cells=of_cells)


def _shape(element: etree._Element, *, of_cells: bool) -> Shape:
    name = etree.QName(element).localname
    values = {str(key): _value(str(key), str(value)) for key, value in element.attrib.items()}
    attributes = {k: v for k, v in values.items() if not _says_nothing(name, k, v)}
    has_second = element.find(f"{{{MAIN}}}bgColor") is not None
    if name == "patternFill" and not of_cells and has_second:
        attributes = {k: v for k, v in attributes.items() if (k, v) != ("patternType", "solid")}
    children = [
        _shape(child, of_cells=of_cells)
        for child in element.iterchildren(etree.Element)
        if not _is_idle(element, child, of_cells=of_cells)
    ]
    shapes = [child for child in children if child[1] or child[2] or child[0] in _FLAGS]
    if name == "font":
        shapes.sort(key=str)
    return (_SAME.get(name, name), tuple(sorted(attributes.items())), tuple(shapes))


def _value(name: str, value: str) -> str:
    """A value in one spelling: 1 for true, 9 for 9.0, colours without what Excel ignores."""
    if name == "rgb":
        return value.upper()[-6:] if len(value) == _ARGB_DIGITS else value.upper()
    return f"{float(value):g}" if _NUMBER.fullmatch(value) else _BOOLEANS.get(value, value)


def _says_nothing(element: str, name: str, value: str) -> bool:
    """Whether an attribute writes a default out."""
    if (element, name, value) in _DEFAULTS or (name, value) in (
        ("patternType", "none"), ("style", "none"),
    ):  # fmt: skip
        return True
    if element in _FLAGS and name == "val":
        return value == "1"
    return value == "0" and name not in _MEANT


def _is_idle(parent: etree._Element, child: etree._Element, *, of_cells: bool) -> bool:
    """Whether a child has no part in the look: hints for a missing font, a flag that is off, a
    side without line, the colour of a solid fill that is not shown.
    """
    name, parent_name = etree.QName(child).localname, etree.QName(parent).localname
    if parent_name == "font":
        return name in ("family", "charset") or child.get("val") in (
            "0", "false", "none", "baseline",
        )  # fmt: skip
    if parent_name == "border" and name in _SIDES:
        return child.get("style", "none") == "none"
    if parent_name != "patternFill":
        return False
    if of_cells:
        return parent.get("patternType") == "solid" and name == "bgColor"
    is_plain = parent.get("patternType", "solid") == "solid"
    return is_plain and name == "fgColor" and parent.find(f"{{{MAIN}}}bgColor") is not None


def format_shape(code: str) -> str:
    r"""A number format in one spelling: `0\ %` and `0" %"` are `0 %`."""
    made, end = [], 0
    for found in _LITERAL.finditer(code):
        made.append(code[end : found.start()].lower())
        literal = next(one for one in found.groups() if one is not None)
        made += [f"\\{character}" for character in literal]
        end = found.end()
    return "".join((*made, code[end:].lower()))


class CellShapes:
    """The cell formats of one part of styles, by what they look like."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._pieces = {
            name: [shape(item, of_cells=True) for item in self._items(name)] for _, name in PIECES
        }

    def of(self, xf: etree._Element, style: str | None = None) -> Shape:
        """What a cell looks like with this format; `style` stands for the one that it names."""
        name = xf.get("xfId", "0") if style is None else style
        marks = tuple(
            attribute
            for attribute in ("quotePrefix", "pivotButton")
            if xf.get(attribute, "0") in ("1", "true")
        )
        look = self._look(xf)
        return (name, marks, *look, *self._left_to_style(xf, look))

    def format_ids(self) -> dict[str, str]:
        """The number formats by their one spelling: those of every program, then its own."""
        found = {format_shape(code): str(number) for number, code in _BUILT_IN.items()}
        for number, code in self.formats.items():
            found.setdefault(format_shape(code), number)
        return found

    @cached_property
    def formats(self) -> dict[str, str]:
        """The number formats that the workbook adds to those of Excel, by their ids."""
        items = self._items("numFmts")
        return {item.get("numFmtId", ""): item.get("formatCode", "") for item in items}

    def format_code(self, identifier: str) -> str | None:
        """The code of a number format; None for one that changes with the language."""
        own = self.formats.get(identifier)
        number = int(identifier) if identifier.isdecimal() else -1
        return _BUILT_IN.get(number) if own is None else own

    def _items(self, name: str) -> list[etree._Element]:
        return self._root.findall(f"{{{MAIN}}}{name}/*")

    def _look(self, xf: etree._Element) -> list[object]:
        look: list[object] = [self._piece(xf, attribute, name) for attribute, name in PIECES]
        identifier = xf.get("numFmtId", "0")
        code = self.format_code(identifier)
        look.append(identifier if code is None else f"={format_shape(code)}")
        for name in ("alignment", "protection"):
            child = xf.find(f"{{{MAIN}}}{name}")
            look.append(() if child is None else shape(child, of_cells=True)[1])
        return look

    def _piece(self, xf: etree._Element, attribute: str, name: str) -> object:
        index = int(xf.get(attribute, "0"))
        if name == "fills" and index < RESERVED_FILLS:
            return index
        known = self._pieces[name]
        if index >= len(known):
            known += [shape(one, of_cells=True) for one in self._items(name)[len(known) :]]
        return known[index] if index < len(known) else ("missing", index)

    def _left_to_style(self, xf: etree._Element, look: list[object]) -> tuple[str, ...]:
        """What a format leaves to the style that it names, where that looks otherwise."""
        off = [name for name in _APPLIED if xf.get(name) in ("0", "false")]
        if not off:
            return ()
        style = self._styles.get(xf.get("xfId", "0"))
        return tuple(
            name for name in off if style is None or look[_APPLIED[name]] != style[_APPLIED[name]]
        )

    @cached_property
    def _styles(self) -> dict[str, list[object]]:
        """The looks of the named styles by their ids."""
        return {str(i): self._look(xf) for i, xf in enumerate(self._items("cellStyleXfs"))}


#: The flags of a cell's format, each with the rank of its piece in the look.
_APPLIED = {
    "applyFont": 0, "applyFill": 1, "applyBorder": 2, "applyNumberFormat": 3,
    "applyAlignment": 4, "applyProtection": 5,
}  # fmt: skip
