"""What filters of lines are set to: chosen values are texts of the lines, and often names."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.workbook.package.host import Host, q

_FILTER = re.compile(
    rb"<((?:[A-Za-z_][\w.\-]*:)?)autoFilter\b[^<>]*?(?<!/)>.*?</\1autoFilter\s*>", re.DOTALL
)
_ROW = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?row\s[^<>]*>")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_REF = re.compile(rb"\sref\s*=\s*[\"']([^\"']*)[\"']")
_OPENING = re.compile(rb"^<[^<>]*>")


def clear_filters(host: Host, titles: Collection[str]) -> tuple[str, ...]:
    """Choose everything again in the filters of these sheets, those of tables included, and show
    the rows that they hid; the titles of the sheets where one was set. The arrows stay.
    """
    cleared = []
    for sheet in host.sheets():
        if sheet.title not in titles or not sheet.is_worksheet or sheet.part not in host.package:
            continue
        filtered = [*_of_tables(host, sheet.part)]
        xml = host.package.read(sheet.part)
        start = xml.rfind(b"sheetData")
        tail = xml[start:]
        for found in _FILTER.finditer(tail):
            filtered += _ref(found[0])
        if filtered:
            tail = _FILTER.sub(_without_choice, tail)
            host.package.write(sheet.part, _shown(xml[:start], filtered) + tail)
            cleared.append(sheet.title)
    return tuple(cleared)


def _of_tables(host: Host, part: str) -> list[Area]:
    """The areas of the tables of a sheet whose filter was set; it is cleared."""
    found: list[Area] = []
    for relation in Relations(host.package, part).of_kind("table"):
        if relation.target not in host.package:
            continue
        root = host.package.root(relation.target)
        chosen: list[etree._Element] = list(root.iter(q("filterColumn")))
        for element in chosen:
            holder = element.getparent()
            if holder is not None:
                holder.remove(element)
        if chosen:
            found += areas(root.get("ref", ""))
            host.package.write_xml(relation.target, root)
    return found


def _ref(element: bytes) -> list[Area]:
    opening = _OPENING.match(element)
    ref = _REF.search(opening[0]) if opening else None
    return [*areas(ref[1].decode("ascii", "replace"))] if ref else []


def _without_choice(found: re.Match[bytes]) -> bytes:
    opening = _OPENING.match(found[0])
    return opening[0][:-1] + b"/>" if opening else b""


def _shown(xml: bytes, filtered: Collection[Area]) -> bytes:
    """The rows of these areas, below their headings, hidden no more."""

    def show(found: re.Match[bytes]) -> bytes:
        number = _NUMBER.search(found[0])
        if number is None or not any(
            area.first_row < int(number[1]) <= area.last_row for area in filtered
        ):
            return found[0]
        return _HIDDEN.sub(b"", found[0])

    return _ROW.sub(show, xml)
