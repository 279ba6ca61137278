"""Our charts in the drawing of a sheet, beside what people put there."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.parts import REL, Relations, normal, serialized
from cedre_xlsx.workbook.package.prefixes import with_usual_prefixes
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold

_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
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
        _remove_ours(host, part, root, inner)
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


def _remove_ours(host: Host, part: str, root: etree._Element, inner: Relations) -> None:
    """Take our charts out: of two of the same name, the second is a copy that someone made."""
    seen: set[str] = set()
    gone = []
    for anchor in list(root):
        name = _name(anchor)
        if name.startswith(_PREFIX) and name not in seen:
            seen.add(name)
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
