"""Drawings, charts, and comments with the shapes that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from cedre_xlsx.ooxml.parts import REL
from tests.judge.formulas import formula_faults, sheets_named
from tests.judge.schema import schema_faults
from tests.judge.xml import (
    CHART,
    COMPATIBILITY,
    DRAW,
    LAST_COLUMN,
    LAST_ROW,
    by_content,
    number,
    parsed,
    q,
    range_of,
    twice,
)

_EXCEL_VML = "urn:schemas-microsoft-com:office:excel"
_AXES = ("catAx", "valAx", "dateAx", "serAx")
#: Charts that have no axes, and how many the others name.
_NO_AXES = ("pieChart", "pie3DChart", "doughnutChart", "ofPieChart")
_EMU_MAX = 27_273_042_316_900


@dataclass(frozen=True, slots=True)
class DrawnFacts:
    """A drawing or a chart as the package meets it."""

    faults: tuple[str, ...]
    relations: frozenset[str] = frozenset()
    sheets_named: frozenset[str] = frozenset()


@by_content
def drawing_facts(content: bytes) -> DrawnFacts:
    root = parsed(content)
    fallbacks = {p for one in root.iter(f"{{{COMPATIBILITY}}}Fallback") for p in one.iter()}
    shapes = [p for p in root.iter(f"{{{DRAW}}}cNvPr") if p not in fallbacks]
    ids = [p.get("id", "") for p in shapes]  # a fallback is its choice told in another way
    faults = [*schema_faults(root), *twice(ids, "shape id")]
    for anchor in root:
        faults += _anchor(anchor)
    used = (v for e in root.iter() for k, v in e.attrib.items() if str(k).startswith(f"{{{REL}}}"))
    return DrawnFacts(tuple(faults), frozenset(str(value) for value in used if value))


def _anchor(anchor: etree._Element) -> Iterator[str]:
    ends = [anchor.find(f"{{{DRAW}}}{name}") for name in ("from", "to")]
    corners = [_corner(end) for end in ends if end is not None]
    for row, _, column, _ in corners:
        if not (0 <= row < LAST_ROW and 0 <= column < LAST_COLUMN):
            yield f"an anchor off the sheet: row {row}, column {column}"
    if len(corners) == 2:
        (top, top_off, left, left_off), (bottom, bottom_off, right, right_off) = corners
        if (bottom, bottom_off) < (top, top_off) or (right, right_off) < (left, left_off):
            yield "an anchor that ends before it begins"
    size = anchor.find(f"{{{DRAW}}}ext")
    if size is not None and not all(0 <= number(size, side) <= _EMU_MAX for side in ("cx", "cy")):
        yield "an anchor of negative size"
    if str(anchor.tag).startswith(f"{{{DRAW}}}"):
        shapes = [one for one in anchor if str(one.tag).rpartition("}")[2] not in _AROUND]
        if len(shapes) != 1:
            yield f"an anchor of {len(shapes)} shapes"


_AROUND = ("from", "to", "pos", "ext", "clientData")


def _corner(end: etree._Element) -> tuple[int, int, int, int]:
    row, row_off, column, column_off = (
        int(end.findtext(f"{{{DRAW}}}{name}") or 0) for name in ("row", "rowOff", "col", "colOff")
    )
    return row, row_off, column, column_off


@by_content
def chart_facts(content: bytes) -> DrawnFacts:
    root = parsed(content)
    formulas = [one.text or "" for one in root.iter(f"{{{CHART}}}f")]
    faults = [*schema_faults(root), *_axes(root), *_series(root)]
    faults += filter(None, map(formula_faults, formulas))
    named: set[str] = set()
    for formula in formulas:
        named |= sheets_named(formula)
    used = {v for e in root.iter() for k, v in e.attrib.items() if str(k).startswith(f"{{{REL}}}")}
    return DrawnFacts(tuple(faults), frozenset(map(str, used)), frozenset(named))


def _axes(root: etree._Element) -> Iterator[str]:
    plot = next(root.iter(f"{{{CHART}}}plotArea"), None)
    if plot is None:
        return
    axes = {_val(a, "axId"): _val(a, "crossAx") for n in _AXES for a in plot.iter(_c(n))}
    listed = [_val(a, "axId") for n in _AXES for a in plot.iter(_c(n))]
    yield from twice(listed, "axis")
    for axis, crossed in axes.items():
        if crossed not in axes:
            yield f"axis {axis} crosses none: {crossed}"
    for group in plot:
        kind = str(group.tag).rpartition("}")[2]
        if not kind.endswith("Chart"):
            continue
        named = [one.get("val", "") for one in group.iterchildren(_c("axId"))]
        if kind in _NO_AXES and named:
            yield f"{kind} has axes"
        if kind not in _NO_AXES and not 2 <= len(named) <= 3:
            yield f"{kind} has {len(named)} axes"
        yield from (f"{kind}: no axis {one}" for one in named if one not in axes and one != "0")


def _series(root: etree._Element) -> Iterator[str]:
    series = list(root.iter(_c("ser")))
    for name in ("idx", "order"):
        yield from twice((_val(one, name) for one in series), f"{name} of a series")
    for cache in root.iter(_c("strCache"), _c("numCache"), _c("strLit"), _c("numLit")):
        count = int(_val(cache, "ptCount") or 0)
        points = [number(one, "idx") for one in cache.iterchildren(_c("pt"))]
        if any(point >= count for point in points) or len(set(points)) != len(points):
            yield "points of a series out of their count"


def _c(name: str) -> str:
    return f"{{{CHART}}}{name}"


def _val(element: etree._Element, name: str) -> str:
    found = element.find(_c(name))
    return "" if found is None else found.get("val", "")


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """The cells that have a comment, or a shape of one."""

    faults: tuple[str, ...] = ()
    cells: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@by_content
def comment_facts(content: bytes) -> CommentFacts:
    root = parsed(content)
    faults = list(schema_faults(root))
    authors = len(root.findall(f"{q('authors')}/{q('author')}"))
    comments = root.findall(f"{q('commentList')}/{q('comment')}")
    faults += twice((one.get("ref", "") for one in comments), "comment")
    cells = set()
    for one in comments:
        place = range_of(one.get("ref", ""))
        if place is None:
            faults.append(f"comment at {one.get('ref')!r}")
        else:
            cells.add(place[:2])
        if number(one, "authorId") >= authors:
            faults.append(f"the comment of {one.get('ref')} has no author")
    return CommentFacts(tuple(faults), frozenset(cells))


@by_content
def note_shapes(content: bytes) -> CommentFacts:
    """The notes of a VML drawing, which HTML-like files may write loosely."""
    try:
        root = parsed(content)
    except etree.XMLSyntaxError as error:
        return CommentFacts((f"not XML: {error}",))
    cells = set()
    for data in root.iter(f"{{{_EXCEL_VML}}}ClientData"):
        row, column = (data.findtext(f"{{{_EXCEL_VML}}}{name}") for name in ("Row", "Column"))
        if data.get("ObjectType") == "Note" and row and column:
            cells.add((int(row) + 1, int(column) + 1))
    shapes = [one.get("id", "") for one in root.iter("{urn:schemas-microsoft-com:vml}shape")]
    doubled = tuple(twice((one for one in shapes if re.search(r"\d", one)), "vml shape"))
    return CommentFacts(doubled, frozenset(cells))
