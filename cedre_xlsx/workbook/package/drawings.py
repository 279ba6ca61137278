"""Our charts in the drawing of a sheet, beside what people put there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy

from lxml import etree

from cedre_xlsx.ooxml.parts import (
    REL,
    Package,
    Relations,
    Relationship,
    normal,
    serialized,
)
from cedre_xlsx.ooxml.prefixes import with_usual_prefixes
from cedre_xlsx.schema.errors import DamagedPartError
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold

_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument"
_DRAWING_TYPE, _CHART_TYPE = f"{_TYPE}.drawing+xml", f"{_TYPE}.drawingml.chart+xml"
#: The charts' names in a drawing, by which they are known again.
_NAME = "cedre_xlsx {}"
_PREFIX = _NAME.format("")


def replace_charts(
    host: Host, relations: Relations, scaffold: Scaffold, drawn: Drawn
) -> str | None:
    """Put the sheet's charts in the place of the former ones; what people drew stays.

    Gives the id of the sheet's relationship to its drawing, None when it has none.
    """
    old = next((r for r in relations.of_kind("drawing") if r.target in host.package), None)
    source = next(iter(Relations(scaffold.package, drawn.part).of_kind("drawing")), None)
    if old is None and source is None:
        return None
    part = old.target if old else host.package.free_name("xl/drawings/drawing{}.xml")
    if old is not None:
        root = host.package.root(part)
        inner = Relations(host.package, part)
        _remove_ours(host, root, inner, _drawn_meanings(scaffold, source))
    else:
        root = etree.Element(f"{{{_DRAW}}}wsDr", nsmap={"xdr": _DRAW, "r": REL})
        inner = Relations(host.package, part)
        host.package.write_xml(part, root)  # its name is taken
        host.types.set(part, _DRAWING_TYPE)
    if source is not None:
        _add_ours(host, inner, root, scaffold, source.target)
    if not len(root):
        _drop_drawing(host, relations, part, old.id if old else "")
        return None
    host.package.write_xml(part, root)
    inner.save()
    return old.id if old else relations.add(f"{REL}/drawing", part)


def _drop_drawing(host: Host, relations: Relations, part: str, identifier: str) -> None:
    relations.remove(identifier)
    host.package.delete(part)
    host.types.remove(part)


#: What a chart shows: its title, and the sheets that it reads.
_Meaning = tuple[str, frozenset[str]]


def _drawn_meanings(scaffold: Scaffold, source: Relationship | None) -> dict[str, _Meaning]:
    """What each of our charts shows, by the name that it gets."""
    if source is None:
        return {}
    relations = Relations(scaffold.package, source.target)
    found = {}
    for rank, anchor in enumerate(scaffold.package.root(source.target), start=1):
        part = _chart_part(scaffold.package, relations, anchor)
        found[_NAME.format(rank)] = _meaning(scaffold.package.root(part), scaffold.in_host)
    return found


def _remove_ours(
    host: Host, root: etree._Element, inner: Relations, drawn: dict[str, _Meaning]
) -> None:
    """Take our charts out: of two of the same name, the second is a copy that someone made.

    A program that gives charts other names leaves their titles, and what they read: the first one
    of that title is ours, and those that lie exactly on it, made when names alone were known.
    """
    named: dict[str, etree._Element] = {}
    for anchor in root:
        if _name(anchor).startswith(_PREFIX):
            named.setdefault(_name(anchor), anchor)
    gone = list(named.values())
    lost = [meaning for name, meaning in drawn.items() if name not in named and meaning[0]]
    places = {(_shown(host.package, inner, anchor), _corners(anchor)) for anchor in gone}
    for anchor in root:
        meaning = _shown(host.package, inner, anchor)
        if _name(anchor).startswith(_PREFIX) or meaning not in drawn.values():
            continue
        if meaning in lost:
            lost.remove(meaning)
            places.add((meaning, _corners(anchor)))
            gone.append(anchor)
        elif (meaning, _corners(anchor)) in places:
            gone.append(anchor)
    _remove(host, root, inner, gone)


def _corners(anchor: etree._Element) -> tuple[str, ...]:
    """Where an anchor stands, for comparison."""
    ends = (anchor.find(f"{{{_DRAW}}}{name}") for name in ("from", "to"))
    return tuple(part.text or "" for end in ends if end is not None for part in end)


def _shown(package: Package, relations: Relations, anchor: etree._Element) -> _Meaning | None:
    """What the chart of an anchor shows; None where it holds none that can be read."""
    part = _chart_part(package, relations, anchor)
    try:
        return _meaning(package.root(part), str) if part else None
    except DamagedPartError:
        return None


def _chart_part(package: Package, relations: Relations, anchor: etree._Element) -> str:
    """The part of the chart that an anchor holds; "" where it holds none."""
    chart = next(anchor.iter(f"{{{_CHART}}}chart"), None)
    relation = None if chart is None else relations.by_id(chart.get(f"{{{REL}}}id", ""))
    is_there = relation is not None and not relation.external and relation.target in package
    return relation.target if relation is not None and is_there else ""


def _meaning(root: etree._Element, read: Callable[[str], str]) -> _Meaning:
    title = root.find(f"{{{_CHART}}}chart/{{{_CHART}}}title")
    texts = () if title is None else title.iter(f"{{{_TEXT}}}t")
    formulas = (read(formula.text or "") for formula in root.iter(f"{{{_CHART}}}f"))
    sheets = (formula.rpartition("!")[0].strip("'").casefold() for formula in formulas)
    return "".join(text.text or "" for text in texts).strip(), frozenset(sheets)


def _remove(
    host: Host, root: etree._Element, inner: Relations, anchors: Sequence[etree._Element]
) -> None:
    gone = []
    for anchor in anchors:
        gone += [chart.get(f"{{{REL}}}id", "") for chart in anchor.iter(f"{{{_CHART}}}chart")]
        root.remove(anchor)
    used = {value for element in root.iter() for key, value in element.attrib.items() if REL in key}
    targets = []
    for identifier in set(gone) - used:
        relation = inner.by_id(identifier)
        if relation is not None and not relation.external:
            targets.append(relation.target)
        inner.remove(identifier)
    inner.save()
    delete_unreachable(host, targets)


def _name(anchor: etree._Element) -> str:
    properties = next(anchor.iter(f"{{{_DRAW}}}cNvPr"), None)
    return "" if properties is None else properties.get("name", "")


def _add_ours(
    host: Host, inner: Relations, root: etree._Element, scaffold: Scaffold, source: str
) -> None:
    """Copy the charts of the scratch drawing, each part under a free name."""
    charts = Relations(scaffold.package, source)
    numbers = {int(p.get("id", "0")) for p in root.iter(f"{{{_DRAW}}}cNvPr")}
    for rank, drawn_anchor in enumerate(scaffold.package.root(source), start=1):
        anchor = deepcopy(drawn_anchor)
        chart = next(anchor.iter(f"{{{_CHART}}}chart"))
        relation = charts.by_id(chart.get(f"{{{REL}}}id", ""))
        assert relation is not None, "a generated sheet draws charts only"
        part = host.package.free_name("xl/charts/chart{}.xml")
        host.package.write(part, _chart(scaffold, relation.target))
        host.types.set(part, _CHART_TYPE)
        chart.set(f"{{{REL}}}id", inner.add(f"{REL}/chart", part))
        properties = next(anchor.iter(f"{{{_DRAW}}}cNvPr"))
        number = next(n for n in range(2, len(numbers) + 3) if n not in numbers)
        numbers.add(number)
        properties.set("id", str(number))
        properties.set("name", _NAME.format(rank))
        root.append(anchor)


def _chart(scaffold: Scaffold, part: str) -> bytes:
    """A chart that reads its sheet under the title which that has in the host."""
    root = scaffold.package.root(part)
    for formula in root.iter(f"{{{_CHART}}}f"):
        formula.text = scaffold.in_host(formula.text or "")
    return serialized(with_usual_prefixes(root))


def delete_unreachable(host: Host, parts: Iterable[str]) -> None:
    """Delete those parts that no relationship reaches any more, and what only they reached."""
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if part not in host.package or normal(part) in host.package.referenced():
            continue
        inner = [r.target for r in Relations(host.package, part) if not r.external]
        host.package.delete(part)
        host.types.remove(part)
        waiting += inner
