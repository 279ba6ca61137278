"""What a workbook remembers of cells that are gone: texts, values of charts, of pivot tables."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from lxml import etree

from cedre_xlsx.ooxml.cell_text import from_xml
from cedre_xlsx.ooxml.parts import REL, Relations, drop_attributes
from cedre_xlsx.workbook.package.host import Host, q

_SHARED = re.compile(
    rb"<(?P<p>(?:[A-Za-z_][\w.\-]*:)?)c(?=\s)[^<>]*?\st\s*=\s*[\"']s[\"'][^<>]*>"
    rb"(?:(?!</(?P=p)c>).)*?<(?P=p)v(?:\s[^<>]*)?>\s*([0-9]+)\s*</",
    re.DOTALL,
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CACHES = (f"{_CHART}strCache", f"{_CHART}numCache", f"{_CHART}multiLvlStrCache")
_FORMULA = f"{_CHART}f"


def forget_texts(host: Host) -> int:
    """Empty the shared strings that no cell shows any more; how many. Their numbers stay."""
    related = host.related("sharedStrings")
    if related is None:
        return 0
    shown: set[int] = set()
    for sheet in host.sheets():
        if sheet.is_worksheet and sheet.part in host.package:
            found = _SHARED.finditer(host.package.read(sheet.part))
            shown.update(int(one[2]) for one in found)
    root = host.package.root(related.target)
    emptied = 0
    for number, item in enumerate(root.iterchildren(q("si"))):
        if number not in shown and "".join(map(str, item.itertext())):
            for child in list(item):
                item.remove(child)
            etree.SubElement(item, q("t"))
            emptied += 1
    if emptied:
        host.package.write_xml(related.target, root)
    return emptied


def forget_charts(host: Host, titles: Collection[str], tables: Collection[str]) -> None:
    """Take out the values that charts keep of these sheets, or through names: programs read the
    cells anew.
    """
    told = {title.replace("'", "''").casefold() for title in titles}
    told |= {name.casefold() for name in tables}
    for part in host.package.names():
        if not re.search(r"/charts/chart[^/]*\.xml$", part):
            continue
        root = host.package.root(part)
        changed = False
        for name in _CACHES:
            for cache in list(root.iter(name)):
                holder = cache.getparent()
                if holder is None:
                    continue
                formula = (holder.findtext(_FORMULA) or "").casefold()
                if "!" not in formula or any(one in formula for one in told):
                    holder.remove(cache)
                    changed = True
        if changed:
            host.package.write_xml(part, root)


def forget_pivots(host: Host, stay: Collection[str]) -> int:
    """Have pivot tables compute themselves at opening, and take out what their caches remember but
    the texts that `stay`; how many caches there are.
    """
    caches = 0
    for relation in list(host.relations.of_kind("pivotCacheDefinition")):
        if relation.target in host.package:
            _forget_pivot(host, relation.target, stay)
            caches += 1
    return caches


def _forget_pivot(host: Host, part: str, stay: Collection[str]) -> None:
    root = host.package.root(part)
    root.set("refreshOnLoad", "1")
    root.set("saveData", "0")
    drop_attributes(root, "recordCount", f"{{{REL}}}id")
    for item in root.iter(q("sharedItems")):
        numbers = count(1)
        for text in item.iterchildren(q("s")):
            if from_xml(text.get("v", "")) not in stay:
                text.set("v", f"… {next(numbers)}")
    relations = Relations(host.package, part)
    for records in list(relations.of_kind("pivotCacheRecords")):
        relations.remove(records.id)
        host.package.delete(records.target)
        host.types.remove(records.target)
    relations.save()
    host.package.write_xml(part, root)
