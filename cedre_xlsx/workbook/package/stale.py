"""Formulas that read sheets which have changed: their values are taken out, to be computed.

Excel computes everything when it is asked to. LibreOffice and Gnumeric take the values that a file
holds for what they were: they compute those alone that are not there.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.ooxml.formula_cells import FormulaCell, FormulaCells
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.ooxml.references import Names, Read, TablePlace, reads
from cedre_xlsx.workbook.package.host import Host, HostSheet, q

_BY_TEXT = "INDIRECT("
#: Names that no formula reads: what is printed, our own marks.
_UNREAD = ("_xlnm.", "_cedre_")
#: Times that all formulas are gone through, down then up; what is left then counts as stale.
_MOST_TURNS = 60

#: Areas of sheets, by the titles, where values stay: they are read, and would be missed.
Kept = Mapping[str, Sequence[Area]]


def drop_stale_values(host: Host, changed: Collection[str] | Kept, kept: Kept) -> dict[str, int]:
    """Take the values out of the formulas that read a sheet of these titles, even through others;
    or those areas of it alone that are told.

    No other byte of any sheet changes; what one formula of these sheets themselves spills over
    several cells stays with it. Gives how many stale values stay in each sheet, by title.
    """
    book = _Book(host, changed)
    book.follow()
    stay = {}
    for sheet in book.parsed:
        still = kept.get(sheet.title, ())
        stale = [
            one
            for one in sheet.found
            if not any(area.meets(one.fills) for area in still)
            and (one.fills.is_one_cell or sheet.title not in changed)
        ]
        if len(stale) < len(sheet.found):
            stay[sheet.title] = len(sheet.found) - len(stale)
        if stale:
            places = {one.cell for one in stale}
            filled = [one.fills for one in stale if not one.fills.is_one_cell]
            host.package.write(sheet.part, sheet.cells.without_values(places, filled))
    return stay


def names_of(host: Host) -> Names:
    """What the names of a workbook stand for."""
    tables = {}
    for sheet in host.sheets():
        if not sheet.is_worksheet or sheet.part not in host.package:
            continue
        for relation in Relations(host.package, sheet.part).of_kind("table"):
            if relation.target in host.package:
                root = host.package.root(relation.target)
                place = _table_place(root, sheet.title.casefold())
                if place is not None:
                    tables[root.get("displayName", "").casefold()] = place
    defined = {(s.casefold(), name.casefold()): text for s, name, text in host.meanings()}
    return Names([sheet.title.casefold() for sheet in host.sheets()], tables, defined)


def _table_place(root: etree._Element, sheet: str) -> TablePlace | None:
    found = areas(root.get("ref", ""))
    if len(found) != 1:
        return None
    headings = tuple(c.get("name", "").casefold() for c in root.iter(q("tableColumn")))
    heads, totals = root.get("headerRowCount", "1"), root.get("totalsRowCount", "0")
    return TablePlace(sheet, found[0], headings, int(heads != "0"), int(totals != "0"))


class _Marks:
    """The cells of a sheet that are stale."""

    def __init__(self, *, whole: bool = False) -> None:
        self.whole = whole
        self._rows: dict[int, list[int]] = {}
        self._areas: list[Area] = []

    def __bool__(self) -> bool:
        return bool(self.whole or self._rows or self._areas)

    def add(self, area: Area) -> None:
        if area.is_one_cell:
            insort(self._rows.setdefault(area.first_column, []), area.first_row)
        else:
            self._areas.append(area)

    def meets(self, area: Area) -> bool:
        if self.whole or any(area.meets(one) for one in self._areas):
            return True
        if area.last_column - area.first_column < len(self._rows):
            columns = [c for c in range(area.first_column, area.last_column + 1) if c in self._rows]
        else:
            columns = [c for c in self._rows if area.first_column <= c <= area.last_column]
        return any(self._has_row(self._rows[column], area) for column in columns)

    def _has_row(self, rows: list[int], area: Area) -> bool:
        index = bisect_left(rows, area.first_row)
        return index < len(rows) and rows[index] <= area.last_row


@dataclass
class _Formula:
    """A formula that is not known to be stale; what it reads once that was asked."""

    sheet: str
    at: FormulaCell
    folded: str
    reads: tuple[Read, ...] | None = None
    is_known: bool = False


@dataclass
class _ParsedSheet:
    title: str
    part: str
    cells: FormulaCells
    #: Those that are stale.
    found: list[FormulaCell] = field(default_factory=list)


class _Book:
    """The sheets of a workbook, of which those that may read stale cells are parsed."""

    def __init__(self, host: Host, changed: Collection[str] | Kept) -> None:
        self._host = host
        self._names = names_of(host)
        self._left: list[HostSheet] = [
            sheet for sheet in host.sheets() if sheet.is_worksheet and sheet.part in host.package
        ]
        areas_of = changed if isinstance(changed, Mapping) else {}
        self._marks = {title.casefold(): _Marks(whole=title not in areas_of) for title in changed}
        for title, some in areas_of.items():
            for area in some:
                self._marks[title.casefold()].add(area)
        self._waiting: list[_Formula] = []
        self._by_title: dict[str, _ParsedSheet] = {}

    @property
    def parsed(self) -> Collection[_ParsedSheet]:
        return self._by_title.values()

    def follow(self) -> None:
        """Find every stale formula: those that read what has changed, then those that read them."""
        known: set[str] = set()
        while known != self._marks.keys():
            known = set(self._marks)
            signs = self._signs(known)
            for sheet in [one for one in self._left if self._may_read(one, signs, known)]:
                self._left.remove(sheet)
                self._parse(sheet)
            self._turn(signs)

    def _may_read(self, sheet: HostSheet, signs: Collection[str], known: Collection[str]) -> bool:
        package = self._host.package
        if not package.may_compute(sheet.part):
            return False
        return sheet.title.casefold() in known or package.holds_any(sheet.part, _in_xml(signs))

    def _parse(self, sheet: HostSheet) -> None:
        cells = FormulaCells(self._host.package.read(sheet.part))
        self._by_title[sheet.title.casefold()] = _ParsedSheet(sheet.title, sheet.part, cells)
        title = sheet.title.casefold()
        self._waiting += (_Formula(title, one, one.text.casefold()) for one in cells.formulas())

    def _signs(self, titles: Collection[str]) -> set[str]:
        """What a formula of another sheet holds that may read one of these: as it is spelled."""
        sheets = {one.title for one in self._host.sheets() if one.title.casefold() in titles}
        spelled = {title.replace("'", "''") for title in sheets} | {_BY_TEXT}
        tables = {name for name, place in self._names.tables.items() if place.sheet in titles}
        for _, root in self._host.tables():
            if root.get("displayName", "").casefold() in tables:
                spelled.add(root.get("displayName", ""))
        return spelled | self._named(spelled, sheets) | self._spanning(titles)

    def _named(self, spelled: Collection[str], sheets: Collection[str]) -> set[str]:
        """The names that stand for something of these, even through other names."""
        wanted = {one.casefold() for one in spelled}
        found: set[str] = set()
        names = [one for one in self._host.meanings() if not one[1].startswith(_UNREAD)]
        while True:
            more = {
                name
                for sheet, name, text in names
                if name not in found and (sheet in sheets or _holds(text.casefold(), wanted))
            }
            if not more:
                return found
            found |= more
            wanted |= {name.casefold() for name in more}

    def _spanning(self, titles: Collection[str]) -> set[str]:
        """The tabs from which, or up to which, a range of sheets may go over one of these."""
        tabs = self._names.sheets
        places = [index for index, title in enumerate(tabs) if title in titles]
        inner = range(1, len(tabs) - 1)
        if not any(index in inner for index in places):
            return set()
        spelled = [sheet.title for sheet in self._host.sheets()]
        return {f"{title}:" for title in spelled[: max(places)]}

    def _turn(self, signs: Collection[str]) -> None:
        """Go through what waits until nothing more is found stale."""
        folded = {sign.casefold() for sign in signs}
        for _ in range(_MOST_TURNS):
            before = len(self._waiting)
            self._waiting = [one for one in self._waiting if not self._found(one, folded)]
            self._waiting.reverse()
            if len(self._waiting) == before:
                return
        for one in self._waiting:
            if one.sheet in self._marks:
                self._mark(one)
        self._waiting = [one for one in self._waiting if one.sheet not in self._marks]

    def _found(self, one: _Formula, signs: Collection[str]) -> bool:
        """Whether a formula is stale, which is then noted."""
        if one.sheet not in self._marks and not one.is_known and not _holds(one.folded, signs):
            return False
        if not one.is_known:
            inner = reads(one.at.text, one.sheet, one.at.cell, self._names)
            own = (Read(one.sheet, area) for area in one.at.inputs)
            one.reads = None if inner is None else (*inner, *own)
            one.is_known = True
        if one.reads is not None and not any(
            self._marks[read.sheet].meets(read.area)
            for read in one.reads
            if read.sheet in self._marks
        ):
            return False
        self._mark(one)
        return True

    def _mark(self, one: _Formula) -> None:
        self._by_title[one.sheet].found.append(one.at)
        self._marks.setdefault(one.sheet, _Marks()).add(one.at.fills)


def _holds(text: str, signs: Collection[str]) -> bool:
    return any(sign in text for sign in signs)


def _in_xml(signs: Collection[str]) -> list[bytes]:
    """Texts as the formulas of a part may hold them."""
    escaped = {one.replace("&", "&amp;").replace("<", "&lt;") for one in signs}
    texts = escaped | {one.replace(">", "&gt;") for one in escaped}
    found = {one.encode() for one in texts}
    return list(found | {one.encode("ascii", "xmlcharrefreplace") for one in texts})
