"""Repairs made in a package: those cells change, every other byte of their sheet stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from lxml import etree

from cedre_xlsx.workbook.package.cell_text import in_xml
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.parts import Package
from cedre_xlsx.workbook.repair.lists import with_lists
from cedre_xlsx.workbook.repair.model import Repair
from cedre_xlsx.workbook.repair.sheet_cells import SheetCells

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DATE_FORMATS = frozenset({"14", "15", "16", "17", "22"})
_SHOWS_A_DAY = re.compile(r"d|j", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def repaired(data: bytes, repairs: Sequence[Repair]) -> tuple[bytes, tuple[Repair, ...]]:
    """The package with the repairs made, and those that were: a cell that its file writes in a
    way of its own is left alone.
    """
    package = Package(data)
    host = Host(package)
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    styles = _DateStyles(host)
    by_sheet: defaultdict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        by_sheet[repair.sheet].append(repair)
    made: list[Repair] = []
    for title, mine in by_sheet.items():
        if title in parts:
            before = package.read(parts[title])
            after, done = _in_sheet(before, mine, styles, date1904=host.date1904)
            if after != before:
                package.write(parts[title], after)
            made += done
    if made:
        styles.save()
        host.ask_for_calculation()
        host.save()
    return package.data(), tuple(made)


def _in_sheet(
    xml: bytes, repairs: Sequence[Repair], styles: _DateStyles, *, date1904: bool
) -> tuple[bytes, list[Repair]]:
    cells = SheetCells(xml)
    done = []
    for repair in repairs:
        if not repair.lists and cells.put(repair.cell, _content(repair, styles, cells, date1904)):
            done.append(repair)
    after = cells.data()
    for repair in repairs:
        if repair.lists:
            changed = with_lists(after, repair.cell, repair.lists)
            if changed is not None:
                after = changed
                done.append(repair)
    return after, done


def _content(repair: Repair, styles: _DateStyles, cells: SheetCells, date1904: bool) -> str:
    """The attributes and content of the cell, from its style on."""
    style = cells.style(repair.cell)
    if isinstance(repair.after, date):
        serial = (repair.after - (_EPOCH_1904 if date1904 else _EPOCH)).days
        return f"{_style(styles.dated(style))}><v>{serial}</v>"
    text = in_xml(repair.after)
    if repair.formula:
        return f'{_style(style)} t="str"><f>{in_xml(repair.formula)}</f><v>{text}</v>'
    kept = f'<t xml:space="preserve">{text}</t>'
    return f'{_style(style)} t="inlineStr"><is>{kept}</is>'


def _style(index: str) -> str:
    return f' s="{index}"' if index else ""


class _DateStyles:
    """For each style of a cell, one that shows a date: itself where it does."""

    def __init__(self, host: Host) -> None:
        styles = host.related("styles")
        self._package = host.package
        self._part = styles.target if styles else ""
        self._root = host.package.root(self._part) if styles else None
        self._made: dict[str, str] = {}

    def dated(self, style: str) -> str:
        """The index of the style with a date's format."""
        if style not in self._made:
            self._made[style] = self._with_date(style or "0")
        return self._made[style]

    def save(self) -> None:
        """Back into the package, where something was added."""
        if self._root is not None and any(new != (old or "0") for old, new in self._made.items()):
            self._package.write_xml(self._part, self._root)

    def _with_date(self, style: str) -> str:
        formats = self._root.find(q("cellXfs")) if self._root is not None else None
        if formats is None or int(style) >= len(formats):
            return style
        own = formats[int(style)]
        if self._shows_a_day(own.get("numFmtId", "0")):
            return style
        made = etree.fromstring(etree.tostring(own))
        made.set("numFmtId", "14")
        made.set("applyNumberFormat", "1")
        formats.append(made)
        formats.set("count", str(len(formats)))
        return str(len(formats) - 1)

    def _shows_a_day(self, identifier: str) -> bool:
        if identifier in _DATE_FORMATS:
            return True
        known = self._root.iter(q("numFmt")) if self._root is not None else ()
        codes = [one.get("formatCode", "") for one in known if one.get("numFmtId") == identifier]
        return any(_SHOWS_A_DAY.search(_QUOTED.sub("", code)) for code in codes)
