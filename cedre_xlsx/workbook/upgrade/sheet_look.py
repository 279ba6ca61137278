"""What a sheet looks like, however a program writes it: to know whether a team changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from cedre_xlsx.ooxml.parts import REL, Relations
from cedre_xlsx.ooxml.style_shape import CellShapes
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read.state import areas_of

#: Sizes by the number of a column or a row; 0 for one that is hidden.
Sizes = tuple[tuple[int, float], ...]

_LENGTH = 16  # hexadecimal digits
_TRUE = ("1", "true")
_LAST_COLUMN = 100  # programs write looks for all columns that there may be
#: What programs round: a column to a pixel, in characters; a row to a pixel, in points.
_WIDTH_APART, _HEIGHT_APART = 0.3, 0.5
_PRINT_AREA = "_xlnm.print_area"


@dataclass(frozen=True, slots=True)
class SheetLook:
    """The prints of the looks of a sheet's cells, of its links, of where it has lists and colours
    that follow the values, and of its page; the `widths` of columns in characters and the
    `heights` of rows in points, where they were chosen.
    """

    cells: str
    links: str
    rules: str
    page: str
    widths: Sizes
    heights: Sizes

    def unlike(self, other: SheetLook) -> tuple[str, ...]:
        """What differs, in French, but for what programs round; () for the same look."""
        differs = {
            "couleurs, polices, bordures ou fusions": self.cells != other.cells,
            "listes ou couleurs automatiques": self.rules != other.rules,
            "liens": self.links != other.links,
            "mise en page": self.page != other.page,
            "largeurs": not _are_near(self.widths, other.widths, _WIDTH_APART),
            "hauteurs": not _are_near(self.heights, other.heights, _HEIGHT_APART),
        }
        return tuple(name for name, is_so in differs.items() if is_so)


def sheet_look(host: Host, part: str, named: Callable[[str], str] = str) -> SheetLook:
    """What the sheet of a part looks like; `named` gives the sheet that a link goes to the name
    that a new workbook gives it.
    """
    root = host.package.root(part)
    return SheetLook(
        _print(_cells(host, root)),
        _print(_links(host, part, root, named)),
        _print(_rules(root)),
        _print(_page(host, part, root)),
        tuple(_widths(root)),
        tuple(_heights(root)),
    )


def sizes(text: str) -> Sizes:
    """Sizes as `former_sheets` writes them: `1-3:12.5 4:8`."""
    found = []
    for piece in text.split():
        numbers, _, size = piece.partition(":")
        first, _, last = numbers.partition("-")
        found += [(number, float(size)) for number in range(int(first), int(last or first) + 1)]
    return tuple(found)


def _print(lines: Iterator[str]) -> str:
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()[:_LENGTH]


def _are_near(one: Sizes, other: Sizes, apart: float) -> bool:
    return [number for number, _ in one] == [number for number, _ in other] and all(
        abs(a - b) <= apart and (a == 0) == (b == 0)
        for (_, a), (_, b) in zip(one, other, strict=True)
    )


def _cells(host: Host, root: etree._Element) -> Iterator[str]:
    """The look of every cell that holds or shows something, and of merged ones as one cell."""
    styles = host.related("styles")
    if styles is None:
        return
    looks = _Looks(host.package.root(styles.target))
    found = {cell.get("r", ""): cell for cell in root.iter(q("c"))}
    merged = {one.get("ref", ""): one for one in root.iter(q("mergeCell"))}
    hidden: set[str] = set()
    for ref in merged:
        [area] = areas_of([ref])
        hidden.update(_addresses(area))
        yield f"{ref} {looks.merged(area, found)}"
    for address, cell in found.items():
        style = cell.get("s", "0")
        if address not in hidden and (len(cell) or looks.shows(style)):
            yield f"{address} {looks.of(style)}"
    for column in root.iter(q("col")):
        if looks.shows(column.get("style", "0")):
            yield f"{column.get('min')}:{column.get('max')} {looks.of(column.get('style', '0'))}"
    for row in root.iter(q("row")):
        if row.get("customFormat") in _TRUE and looks.shows(row.get("s", "0")):
            yield f"{row.get('r')} {looks.of(row.get('s', '0'))}"


def _addresses(area: Area) -> Iterator[str]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield f"{column_letter(column)}{row}"


class _Looks:
    """What the cells of a workbook look like, by their styles."""

    def __init__(self, root: etree._Element) -> None:
        self._shapes = CellShapes(root)
        self._formats = root.findall(f"{q('cellXfs')}/{q('xf')}")

    def of(self, style: str) -> tuple[object, ...]:
        """Font, fill, sides, number format, alignment and protection."""
        _, _, font, fill, border, *rest = self._shapes.of(self._formats[int(style)])
        return (font, fill or (), tuple(sorted(_sides(border).items(), key=str)), *rest[:3])

    def shows(self, style: str) -> bool:
        """Whether an empty cell shows something, or may be typed in."""
        _, fill, sides, _, _, protection = self.of(style)
        return fill not in ((), ("fill", (), ())) or bool(sides) or bool(protection)

    def merged(self, area: Area, found: dict[str, etree._Element]) -> tuple[object, ...]:
        """The look of merged cells: that of the first, closed by those at the other end."""

        def style(row: int, column: int) -> str:
            cell = found.get(f"{column_letter(column)}{row}")
            return "0" if cell is None else cell.get("s", "0")

        first = style(area.first_row, area.first_column)
        font, fill, _, *rest = self.of(first)
        ends = {
            "left": first, "top": first,
            "right": style(area.first_row, area.last_column),
            "bottom": style(area.last_row, area.first_column),
        }  # fmt: skip
        sides = {name: dict(self.of(one)[2]).get(name) for name, one in ends.items()}  # type: ignore[call-overload]
        return (font, fill, tuple(sides.items()), *rest)


def _sides(border: object) -> dict[str, object]:
    """The sides of a border that have a line, by name."""
    _, _, sides = border  # type: ignore[misc]
    return {name: (attributes, inner) for name, attributes, inner in sides}  # type: ignore[has-type]


def _links(
    host: Host, part: str, root: etree._Element, named: Callable[[str], str]
) -> Iterator[str]:
    relations = Relations(host.package, part)
    for link in root.iter(q("hyperlink")):
        outside = relations.by_id(link.get(f"{{{REL}}}id", ""))
        title, mark, cell = (link.get("location") or "").lstrip("#").rpartition("!")
        name = named(title.strip("'").replace("''", "'")) if mark else ""
        yield f"{link.get('ref')} {outside.target if outside else ''} {name} {cell}"


def _rules(root: etree._Element) -> Iterator[str]:
    for rule in root.iter(q("dataValidation")):
        yield f"{_areas(rule)} {rule.get('type')}"
    for block in root.iter(q("conditionalFormatting")):
        for rule in block.iter(q("cfRule")):
            yield f"{_areas(block)} colour {rule.get('type')}"


def _areas(element: etree._Element) -> str:
    return " ".join(sorted((element.get("sqref") or "").split()))


def _page(host: Host, part: str, root: etree._Element) -> Iterator[str]:
    """How many pages it takes, and what of it is printed."""
    title = next(one.title for one in host.sheets() if one.part == part)
    page = root.find(q("pageSetup"))
    if page is not None:
        yield f"{page.get('fitToWidth', '1')} {page.get('fitToHeight', '1')}"
    for sheet, name, refers_to in host.meanings():
        if sheet == title and name.casefold() == _PRINT_AREA:
            yield refers_to.rpartition("!")[2].replace("$", "")


def _widths(root: etree._Element) -> Iterator[tuple[int, float]]:
    for column in root.iter(q("col")):
        width = 0.0 if column.get("hidden") in _TRUE else float(column.get("width", "0"))
        last = min(int(column.get("max", "1")), _LAST_COLUMN)
        for number in range(int(column.get("min", "1")), last + 1):
            yield number, width


def _heights(root: etree._Element) -> Iterator[tuple[int, float]]:
    for row in root.iter(q("row")):
        if row.get("hidden") in _TRUE:
            yield int(row.get("r", "0")), 0.0
        elif row.get("customHeight") in _TRUE:
            yield int(row.get("r", "0")), float(row.get("ht", "0"))
