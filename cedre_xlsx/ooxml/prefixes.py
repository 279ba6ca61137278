"""Drawings and charts with the prefixes that Excel writes: some programs know no others."""

from __future__ import annotations

from lxml import etree

from cedre_xlsx.ooxml.parts import REL

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PREFIXES = {
    "c": f"{_DRAWING}/chart",
    "xdr": f"{_DRAWING}/spreadsheetDrawing",
    "a": f"{_DRAWING}/main",
    "r": REL,
}


def with_usual_prefixes(root: etree._Element) -> etree._Element:
    """The same element with `c:` or `xdr:`, and `a:` and `r:`, all declared by it.

    exceljs finds nothing in a chart, and Calligra nothing in either, without them.
    """
    own = etree.QName(root).namespace
    known = {p: n for p, n in _PREFIXES.items() if p in ("a", "r") or n == own}
    made = etree.Element(root.tag, root.attrib, nsmap=known)  # type: ignore[arg-type]
    made.extend(root)
    etree.cleanup_namespaces(made, top_nsmap=known, keep_ns_prefixes=list(known))
    return made
