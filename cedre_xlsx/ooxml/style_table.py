"""Adding looks to a host's styles: each once, whatever prefix or defaults the host writes."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN
from cedre_xlsx.ooxml.style_shape import (
    PIECES,
    RESERVED_FILLS,
    CellShapes,
    Shape,
    format_shape,
    shape,
)
from cedre_xlsx.schema.errors import CedreError

_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz",
    "color", "name", "family", "charset", "scheme",
)  # fmt: skip
_FIRST_OWN_FORMAT = 164  # number formats below are built in
_LISTS = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
#: As many as Excel 2010 takes, cells and named styles together; it repairs a file with more.
MOST_LOOKS = 64_000
_REFUSED = {
    "cellXfs": "mises en forme de cellules",
    "fonts": "polices",
    "fills": "remplissages",
    "borders": "bordures",
    "dxfs": "mises en forme conditionnelles",
}
_FIRST = {
    "fonts": '<font><sz val="10"/><name val="Arial"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}


class StyleTable:
    """The host's styles, growing by what the sheets of `scaffold` use and the host lacks."""

    def __init__(self, host: etree._Element, scaffold: etree._Element) -> None:
        self._host = host
        self._complete()
        self._scaffold = scaffold
        self._known: dict[str, dict[Shape, int]] = {}
        self._shapes = CellShapes(host)
        self._own_shapes = CellShapes(scaffold)
        self._formats = self._shapes.format_ids()
        self._xfs: dict[int, int] = {}
        self._added_fills: dict[str, str] = {}

    def _complete(self) -> None:
        """What every workbook must have before anything is added: the first of each list."""
        for name, content in _FIRST.items():
            holder = self._list(name)
            for item in list(etree.fromstring(f'<x xmlns="{MAIN}">{content}</x>'))[len(holder) :]:
                holder.append(item)
                holder.set("count", str(len(holder)))

    def xf(self, index: int) -> int:
        """The host's index of a cell format of the scaffold; a cell without look has the host's."""
        if index == 0:
            return 0
        if index not in self._xfs:
            self._xfs[index] = self._add_xf(self._own("cellXfs", index))
        return self._xfs[index]

    def dxf(self, index: int) -> int:
        """The host's index of a differential format of the scaffold."""
        own = deepcopy(self._own("dxfs", index))
        put_fonts_in_order(own)
        return self._place("dxfs", own)

    def added_fill(self, style: str) -> str:
        """The id of the fill of one of the host's cell formats, where someone chose it: it is none
        of those that the sheets of the scaffold use; "" otherwise.
        """
        if style not in self._added_fills:
            xfs, fills = self._list("cellXfs"), self._list("fills")
            index = int(style) if style.isdecimal() else 0
            fill = xfs[index].get("fillId", "0") if index < len(xfs) else "0"
            number = int(fill) if fill.isdecimal() else 0
            is_one = RESERVED_FILLS <= number < len(fills)
            look = shape(fills[number], of_cells=True) if is_one else ()
            self._added_fills[style] = fill if is_one and look not in self._own_fills else ""
        return self._added_fills[style]

    @cached_property
    def _own_fills(self) -> set[Shape]:
        """What the fills of the scaffold look like; white and none with them."""
        own = self._scaffold.findall(f"{{{MAIN}}}fills/*")
        made = {shape(one, of_cells=True) for one in own}
        for color in ('rgb="FFFFFFFF"', 'theme="0"', 'indexed="9"', 'indexed="65"'):
            fill = f'<fill xmlns="{MAIN}"><patternFill patternType="solid"><fgColor {color}/>'
            made.add(shape(etree.fromstring(f"{fill}</patternFill></fill>"), of_cells=True))
        made.add(
            shape(etree.fromstring(f'<fill xmlns="{MAIN}"><patternFill/></fill>'), of_cells=True)
        )
        return made

    def with_fill(self, style: str, fill: str) -> str:
        """The host's index of one of its cell formats with another of its fills."""
        xf = deepcopy(self._list("cellXfs")[int(style)])
        xf.set("fillId", fill)
        xf.set("applyFill", "1")
        look = self._shapes.of(xf)
        if look not in self._cells:
            self._cells[look] = self._append("cellXfs", xf)
        return str(self._cells[look])

    def with_format_of(self, style: str, other: str) -> str:
        """The host's index of one of its cell formats that shows numbers as another one does."""
        xfs = self._list("cellXfs")
        index = int(other) if other.isdecimal() else 0
        number = xfs[index].get("numFmtId", "0") if index < len(xfs) else "0"
        xf = deepcopy(xfs[int(style)])
        if xf.get("numFmtId", "0") == number:
            return style
        xf.set("numFmtId", number)
        xf.set("applyNumberFormat", "1")
        look = self._shapes.of(xf)
        if look not in self._cells:
            self._cells[look] = self._append("cellXfs", xf)
        return str(self._cells[look])

    def _add_xf(self, own: etree._Element) -> int:
        look = self._own_shapes.of(own, style="0")
        if look not in self._cells:
            self._cells[look] = self._append("cellXfs", self._xf_of(own))
        return self._cells[look]

    @cached_property
    def _cells(self) -> dict[Shape, int]:
        """The cell formats of the host by their looks, each at its first index."""
        known: dict[Shape, int] = {}
        for index, xf in enumerate(self._list("cellXfs")):
            known.setdefault(self._shapes.of(xf), index)
        return known

    def _xf_of(self, own: etree._Element) -> etree._Element:
        """A cell format of the scaffold, of the host's pieces."""
        xf = deepcopy(own)
        xf.set("xfId", "0")
        for attribute, name in PIECES:
            index = int(own.get(attribute, "0"))
            if not (name == "fills" and index < RESERVED_FILLS):
                piece = deepcopy(self._own(name, index))
                put_fonts_in_order(piece)
                index = self._place(name, piece)
            xf.set(attribute, str(index))
            xf.set(f"apply{attribute[:-2].capitalize()}", "1")
        xf.set("numFmtId", self._format(own.get("numFmtId", "0")))
        xf.set("applyNumberFormat", "1")
        return xf

    def _format(self, identifier: str) -> str:
        code = self._own_shapes.format_code(identifier)
        if code is None:
            return identifier
        wanted = format_shape(code)
        if wanted not in self._formats:
            holder = self._list("numFmts")
            taken = [int(item.get("numFmtId", "0")) for item in holder]  # twins of others too
            number = str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1)
            etree.SubElement(holder, f"{{{MAIN}}}numFmt", {"numFmtId": number, "formatCode": code})
            holder.set("count", str(len(holder)))
            self._formats[wanted] = number
        return self._formats[wanted]

    def _own(self, name: str, index: int) -> etree._Element:
        return self._scaffold.findall(f"{{{MAIN}}}{name}/*")[index]

    def _place(self, name: str, element: etree._Element) -> int:
        """The index of an element of that shape, appended where the host has none."""
        if name not in self._known:
            known: dict[Shape, int] = {}
            for index, item in enumerate(self._list(name)):
                known.setdefault(shape(item, of_cells=name != "dxfs"), index)
            self._known[name] = known
        look = shape(element, of_cells=name != "dxfs")
        if look not in self._known[name]:
            self._known[name][look] = self._append(name, element)
        return self._known[name][look]

    def _append(self, name: str, element: etree._Element) -> int:
        """Add to one of the host's lists; gives the index."""
        holder = self._list(name)
        styles = len(self._list("cellStyleXfs")) if name == "cellXfs" else 0
        if len(holder) + styles >= MOST_LOOKS:
            raise CedreError(
                f"Le classeur a déjà {_spaced(len(holder) + styles)} {_REFUSED[name]}, la limite "
                "d'Excel, et les feuilles à écrire en demandent d'autres ; rien n'est écrit. Dans "
                "Excel, supprimez celles qui ne servent plus (Accueil > Styles de cellules, clic "
                "droit > Supprimer ; Accueil > Effacer > Effacer les formats sur les plages "
                "vides), enregistrez, puis recommencez."
            )
        holder.append(element)
        holder.set("count", str(len(holder)))
        return len(holder) - 1

    def _list(self, name: str) -> etree._Element:
        """One of the host's lists, made in its place where it lacks."""
        found = self._host.find(f"{{{MAIN}}}{name}")
        if found is None:
            found = etree.Element(f"{{{MAIN}}}{name}")
            before = [item for item in self._host if _rank(item) < _LISTS.index(name)]
            self._host.insert(len(before), found)
        return found


class Looks(dict[str, tuple[int, ...]]):
    """The host's indexes of named looks, each a row of the scaffold's: added once it is asked for.

    A look that no cell has this time would be dropped at the next save, and added again.
    """

    def __init__(self, styles: StyleTable, drawn: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__()
        self._styles = styles
        self._drawn = drawn

    def __missing__(self, look: str) -> tuple[int, ...]:
        self[look] = tuple(map(self._styles.xf, self._drawn[look]))
        return self[look]


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def _rank(element: etree._Element) -> int:
    name = etree.QName(element).localname
    return _LISTS.index(name) if name in _LISTS else len(_LISTS)


def put_fonts_in_order(styles: etree._Element) -> None:
    """openpyxl writes a font's children in an order that the schema refuses."""
    for font in styles.iter(f"{{{MAIN}}}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))
