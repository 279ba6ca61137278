"""Hands that comment and colour cells, and what cells have of both, on the package."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx.ooxml.parts import MAIN, Package, Relations
from cedre_xlsx.workbook.package.comments import move_comments
from cedre_xlsx.workbook.package.host import Host, q
from tests.decorations.decorator import OFFICE, SHEET, Decorator
from tests.hands import part_of

_STYLES = "xl/styles.xml"
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" '
    'type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1">'
    '<v:fill color2="#ffffe1"/><x:ClientData ObjectType="Note">'
    "<x:Anchor>{left}, 0, {top}, 0, {right}, 0, {bottom}, 0</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
    'office" xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)


def commented(data: bytes, title: str, texts: Mapping[str, str]) -> bytes:
    """Notes (comments without a thread) on cells that have none."""
    made = Decorator(data)
    sheet = made.sheet(title)
    relations = Relations(made.package, sheet)
    part = next((one.target for one in relations.of_kind("comments")), "") or _comments(made, sheet)
    boxes = next(one.target for one in Relations(made.package, sheet).of_kind("vmlDrawing"))
    root = made.package.root(part)
    listed = root.find(q("commentList"))
    assert listed is not None
    there = {one.get("ref") for one in listed}
    shapes = []
    for reference, text in texts.items():
        if reference in there:
            continue
        comment = etree.SubElement(listed, q("comment"), {"ref": reference, "authorId": "0"})
        etree.SubElement(etree.SubElement(comment, q("text")), q("t")).text = text
        row, column = coordinate_to_tuple(reference)
        shapes.append(
            _SHAPE.format(
                number=2000 + len(listed), left=column, right=column + 3, top=row, bottom=row + 4,
                row=row - 1, column=column - 1,
            )
        )  # fmt: skip
    made.package.write_xml(part, root)
    drawing = made.package.read(boxes).decode()
    made.package.write(boxes, drawing.replace("</xml>", "".join(shapes) + "</xml>").encode())
    return made.package.data()


def _comments(made: Decorator, sheet: str) -> str:
    """The parts that hold comments, for a sheet that has none."""
    made.default("vml", f"{OFFICE}.vmlDrawing")
    part = made.part(
        made.package.free_name("xl/comments{}.xml"),
        f'<comments xmlns="{MAIN}"><authors><author>Linda</author></authors><commentList/>'
        "</comments>",
        f"{SHEET}.comments+xml",
    )
    made.relate(sheet, "comments", part)
    boxes = made.part(made.package.free_name("xl/drawings/vmlDrawing{}.vml"), _BOXES)
    made.element(sheet, f'<legacyDrawing r:id="{made.relate(sheet, "vmlDrawing", boxes)}"/>')
    return part


def comments(package: Package, title: str) -> dict[tuple[int, int], str]:
    """The notes of a sheet by row and column, both counted from 0."""
    found = {}
    for relation in Relations(package, part_of(package, title)).of_kind("comments"):
        for one in package.root(relation.target).iter(q("comment")):
            row, column = coordinate_to_tuple(one.get("ref", ""))
            found[row - 1, column - 1] = "".join(t.text or "" for t in one.iter(q("t")))
    return found


def moved_comments(data: bytes, title: str, places: Mapping[int, int]) -> bytes:
    """The notes of some rows at the rows where those go, as when Excel sorts."""
    package = Package(data)
    relations = Relations(package, part_of(package, title))
    move_comments(Host(package), relations, lambda cell: (places.get(cell[0], cell[0]), cell[1]))
    return package.data()


def coloured(data: bytes, title: str, references: Collection[str], rgb: str) -> bytes:
    """Cells filled with a colour, all else of their look kept."""
    package = Package(data)
    styles = package.root(_STYLES)
    part = part_of(package, title)
    root = package.root(part)
    fill = _fill(styles, rgb)
    formats = styles.find(q("cellXfs"))
    assert formats is not None
    made: dict[str, str] = {}
    for cell in root.iter(q("c")):
        if cell.get("r") in references:
            style = cell.get("s", "0")
            made[style] = made.get(style) or _format(formats, int(style), fill)
            cell.set("s", made[style])
    package.write_xml(_STYLES, styles)
    package.write_xml(part, root)
    return package.data()


def _fill(styles: etree._Element, rgb: str) -> str:
    fills = styles.find(q("fills"))
    assert fills is not None
    known = [_rgb(fill) for fill in fills]
    if rgb not in known:
        pattern = etree.SubElement(
            etree.SubElement(fills, q("fill")), q("patternFill"), {"patternType": "solid"}
        )
        etree.SubElement(pattern, q("fgColor"), {"rgb": f"FF{rgb}"})
        etree.SubElement(pattern, q("bgColor"), {"indexed": "64"})
        fills.set("count", str(len(fills)))
        known.append(rgb)
    return str(known.index(rgb))


def _rgb(fill: etree._Element) -> str:
    pattern = fill.find(q("patternFill"))
    colour = None if pattern is None else pattern.find(q("fgColor"))
    if pattern is None or pattern.get("patternType") != "solid" or colour is None:
        return ""
    return (colour.get("rgb") or "")[2:].upper()


def _format(formats: etree._Element, style: int, fill: str) -> str:
    wanted = deepcopy(formats[style])
    wanted.set("fillId", fill)
    wanted.set("applyFill", "1")
    text = etree.tostring(wanted)
    for number, one in enumerate(formats):
        if etree.tostring(one) == text:
            return str(number)
    formats.append(wanted)
    formats.set("count", str(len(formats)))
    return str(len(formats) - 1)


def colours(package: Package, title: str, wanted: Iterable[str]) -> dict[tuple[int, int], str]:
    """The cells that have one of some colours, by row and column, both counted from 0."""
    styles = package.root(_STYLES)
    fills, formats = styles.find(q("fills")), styles.find(q("cellXfs"))
    assert fills is not None
    assert formats is not None
    known = set(wanted)
    rgbs = [_rgb(fill) for fill in fills]
    by_style = {
        str(n): rgbs[int(one.get("fillId", "0"))]
        for n, one in enumerate(formats)
        if rgbs[int(one.get("fillId", "0"))] in known
    }
    found = {}
    for cell in package.root(part_of(package, title)).iter(q("c")) if by_style else ():
        if cell.get("s", "0") in by_style:
            row, column = coordinate_to_tuple(cell.get("r", ""))
            found[row - 1, column - 1] = by_style[cell.get("s", "0")]
    return found


def formulas(package: Package, title: str) -> dict[tuple[int, int], str]:
    """The formulas of a sheet by row and column, both counted from 0."""
    found = {}
    for cell in package.root(part_of(package, title)).iter(q("c")):
        formula = cell.find(q("f"))
        if formula is not None and formula.text:
            row, column = coordinate_to_tuple(cell.get("r", ""))
            found[row - 1, column - 1] = formula.text
    return found
