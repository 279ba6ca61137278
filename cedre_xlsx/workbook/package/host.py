"""The workbook that receives generated sheets: its sheets, its names, where a new one stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from lxml import etree

from cedre_xlsx.ooxml.cell_text import from_xml
from cedre_xlsx.ooxml.parts import (
    MAIN,
    REL,
    ContentTypes,
    Package,
    Relations,
    Relationship,
    normal,
)
from cedre_xlsx.schema.generated_sheets import GeneratedKind, Recognised
from cedre_xlsx.workbook.first_rows import shown, strings_of
from cedre_xlsx.workbook.package.refusals import main_part
from cedre_xlsx.workbook.recognition import Shown, marks_of, recognise, shows_headings_of

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORKSHEET_REL = f"{REL}/worksheet"
_SHEET_PART = "xl/worksheets/sheet{}.xml"
_LARGEST_ID = 65_534
#: The children of a workbook that stand before its names.
_BEFORE_NAMES = frozenset(
    (
        "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
        "functionGroups", "externalReferences",
    )
)  # fmt: skip
_BEFORE_CALCULATION = _BEFORE_NAMES | {"definedNames"}
_TRUE = ("1", "true")
#: How the names begin that nobody but us reads; LibreOffice shows them for good.
_OWN_NAMES = ("_cedre_", "cedre_")


@dataclass(frozen=True, slots=True)
class HostSheet:
    """A sheet of the host: its title, its part, and whether it is one of cells."""

    title: str
    part: str
    is_worksheet: bool


def q(name: str) -> str:
    """A name of the spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


def quoted(title: str) -> str:
    """A sheet's title as formulas and names write it."""
    return "'" + title.replace("'", "''") + "'"


class Host:
    """The workbook part of a package with its relationships, changed in place."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.types = ContentTypes(package)
        self.part = main_part(package)
        self.root = package.root(self.part)
        self.relations = Relations(package, self.part)

    @property
    def date1904(self) -> bool:
        """Whether its dates count from 1904 (Excel for Mac)."""
        properties = self.root.find(q("workbookPr"))
        return properties is not None and properties.get("date1904") in _TRUE

    def sheets(self) -> list[HostSheet]:
        """Its sheets in the order of the tabs, chart sheets included."""
        return [self._sheet(element) for element in self._sheet_elements()]

    def _sheet_elements(self) -> list[etree._Element]:
        return self.root.findall(f"{q('sheets')}/{q('sheet')}")

    def _sheet(self, element: etree._Element) -> HostSheet:
        relation = self.relations.by_id(element.get(f"{{{REL}}}id", ""))
        return HostSheet(
            title=element.get("name", ""),
            part=relation.target if relation else "",
            is_worksheet=relation is not None and relation.kind == "worksheet",
        )

    def recognised(self, wanted: Iterable[GeneratedKind]) -> tuple[Recognised, ...]:
        """What is known of each generated sheet: the `wanted` ones, and those that it may have."""
        parts = {sheet.title: sheet.part for sheet in self.sheets() if sheet.is_worksheet}
        strings = strings_of(self._shared_strings)

        @cache
        def show(tab: str) -> Shown:
            return shown(tab, self.package.pieces(parts[tab]), strings)

        return recognise(list(parts), self.marks(), show, wanted)

    def marks(self) -> dict[str, str]:
        """The tab that each of our marks points to."""
        return marks_of((n.get("name", ""), n.text or "") for n in self._names() if _is_global(n))

    def shows_headings_of(self, sheet: HostSheet, kind: GeneratedKind) -> bool:
        """Whether the beginning of a sheet shows all the headings of a kind."""
        strings = strings_of(self._shared_strings)
        found = shown(sheet.title, self.package.pieces(sheet.part), strings)
        return shows_headings_of(found, kind)

    def _shared_strings(self) -> bytes:
        related = self.related("sharedStrings")
        return b"" if related is None else self.package.read(related.target)

    @cached_property
    def shared_texts(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """The shared strings, and the numbers of those that have parts with a look of their own."""
        related = self.related("sharedStrings")
        if related is None:
            return (), frozenset()
        items = [*self.package.root(related.target).iterchildren(q("si"))]
        look = f"{q('r')}/{q('rPr')}"
        rich = frozenset(n for n, item in enumerate(items) if item.find(look) is not None)
        return tuple(map(_string, items)), rich

    def add_sheet(self, title: str, before: str, *, hidden: bool = False) -> HostSheet:
        """A new sheet before the sheet `before`, else the last: programs that take the first part
        for the first tab then read the other sheets as they are.

        No sheet may have its title.
        """
        titles = [sheet.title for sheet in self.sheets()]
        index = titles.index(before) if before in titles else len(titles)
        part = _SHEET_PART.format(index + 1)  # some programs pair tabs with these numbers
        if part in self.package:
            part = self.package.free_name(_SHEET_PART)
        self.package.write(part, b"")  # its name is taken
        self.types.set(part, _WORKSHEET_TYPE)
        identifier = self.relations.add(_WORKSHEET_REL, part)
        self._insert_sheet(index, title, identifier, hidden=hidden)
        return HostSheet(title, part, is_worksheet=True)

    def _insert_sheet(self, index: int, title: str, relation: str, *, hidden: bool) -> None:
        elements = self._sheet_elements()
        used = {int(e.get("sheetId", "0")) for e in elements}
        number = max(used, default=0) + 1
        if number > _LARGEST_ID:
            number = next(n for n in range(1, _LARGEST_ID) if n not in used)
        sheet = etree.Element(q("sheet"), {"name": title, "sheetId": str(number)})
        if hidden:
            sheet.set("state", "hidden")
        sheet.set(f"{{{REL}}}id", relation)
        holder = self.root.find(q("sheets"))
        assert holder is not None, "a workbook without sheets is refused before"
        holder.insert(index, sheet)
        if index < len(elements):
            self._shift_indexes(index)

    def _shift_indexes(self, index: int) -> None:
        """What counts tabs must go on meaning the same ones."""
        for name in self._names():
            _shift(name, "localSheetId", index)
        for view in self.root.iterfind(f"{q('bookViews')}/{q('workbookView')}"):
            _shift(view, "activeTab", index)
            _shift(view, "firstSheet", index)

    def set_mark(self, mark: str, title: str) -> None:
        """The hidden name by which the sheet is found again."""
        self._set_name(mark, f"{quoted(title)}!$A$1", None, hidden=True)
        for name in self._names():
            if name.get("name", "").startswith(_OWN_NAMES) and name.get("hidden") not in _TRUE:
                name.set("hidden", "1")

    def set_local_names(self, title: str, names: Mapping[str, str]) -> None:
        """The built-in names of a sheet (print titles…); what people named stays."""
        index = next(i for i, sheet in enumerate(self.sheets()) if sheet.title == title)
        for name, refers_to in names.items():
            self._set_name(name, refers_to, str(index), hidden=False)

    def define(self, name: str, refers_to: str, *, hidden: bool) -> None:
        """A name of the whole workbook, new or again."""
        self._set_name(name, refers_to, None, hidden=hidden)

    def forget(self, prefix: str, but: Iterable[str] = ()) -> None:
        """Take out the names of the whole workbook that begin so, but for some."""
        stay = {name.casefold() for name in but}
        for name in self._names():
            known = name.get("name", "").casefold()
            if known.startswith(prefix.casefold()) and known not in stay:
                parent = name.getparent()
                if parent is not None:
                    parent.remove(name)
                    if not len(parent):
                        self.root.remove(parent)

    def hide(self, title: str) -> bool:
        """Hide a sheet, unless it is the only one to be seen; another one is shown then. One that
        is hidden stays as it is.
        """
        elements = self._sheet_elements()
        seen = [n for n, e in enumerate(elements) if e.get("state", "visible") == "visible"]
        index = next(n for n, e in enumerate(elements) if e.get("name") == title)
        others = [number for number in seen if number != index]
        if not others:
            return False
        if index in seen:
            elements[index].set("state", "hidden")
        for view in self.root.iterfind(f"{q('bookViews')}/{q('workbookView')}"):
            for attribute in ("activeTab", "firstSheet"):
                if int(view.get(attribute, "0")) == index:
                    view.set(attribute, str(others[0]))
        return True

    def _set_name(self, name: str, refers_to: str, local: str | None, *, hidden: bool) -> None:
        for element in self._names():
            if _same(element.get("name", ""), name) and element.get("localSheetId") == local:
                element.text = refers_to
                return
        attributes = {"name": name}
        if local is not None:
            attributes["localSheetId"] = local
        if hidden:
            attributes["hidden"] = "1"
        holder = self._child("definedNames", _BEFORE_NAMES)
        etree.SubElement(holder, q("definedName"), attributes).text = refers_to

    def _names(self) -> list[etree._Element]:
        return self.root.findall(f"{q('definedNames')}/{q('definedName')}")

    def names(self) -> frozenset[str]:
        """Every defined name, for comparison without case."""
        return frozenset(name.get("name", "").casefold() for name in self._names())

    def meanings(self) -> Iterator[tuple[str, str, str]]:
        """What each defined name stands for: the title of its sheet ("" for all), itself, that."""
        titles = [sheet.title for sheet in self.sheets()]
        for name in self._names():
            local = name.get("localSheetId")
            if local is None:
                yield "", name.get("name", ""), name.text or ""
            elif local.isdecimal() and int(local) < len(titles):
                yield titles[int(local)], name.get("name", ""), name.text or ""

    def change_meanings(self, change: Callable[[str, str], str]) -> None:
        """Have each defined name stand for what `change` gives, of itself and what it stood for."""
        for name in self._names():
            text = name.text or ""
            made = change(name.get("name", ""), text)
            if made != text:
                name.text = made

    def ask_for_calculation(self) -> None:
        """Have every formula computed when the file is opened."""
        self._child("calcPr", _BEFORE_CALCULATION).set("fullCalcOnLoad", "1")

    def drop_calculation_chain(self) -> None:
        """Forget the order of calculation: a stale one makes Excel repair the file."""
        for relation in self.relations.of_kind("calcChain"):
            self.relations.remove(relation.id)
            self.package.delete(relation.target)
            self.types.remove(relation.target)

    def related(self, kind: str) -> Relationship | None:
        """The part of that kind which belongs to the workbook: styles, sharedStrings…"""
        return next((r for r in self.relations.of_kind(kind) if r.target in self.package), None)

    def tables(self) -> Iterator[tuple[str, etree._Element]]:
        """Every table part of the package with its content."""
        seen = set()
        for sheet in self.sheets():
            if not sheet.is_worksheet or sheet.part not in self.package:
                continue
            for relation in Relations(self.package, sheet.part).of_kind("table"):
                if relation.target in self.package and normal(relation.target) not in seen:
                    seen.add(normal(relation.target))
                    yield relation.target, self.package.root(relation.target)

    def save(self) -> None:
        """Back into the package."""
        self.package.write_xml(self.part, self.root)
        self.relations.save()
        self.types.save()

    def _child(self, name: str, predecessors: frozenset[str]) -> etree._Element:
        """A child of the workbook, made in its place where it lacks."""
        found = self.root.find(q(name))
        if found is not None:
            return found
        made = etree.Element(q(name))
        ranks = [i for i, e in enumerate(self.root) if etree.QName(e).localname in predecessors]
        self.root.insert(ranks[-1] + 1 if ranks else 0, made)
        return made


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _shift(element: etree._Element, attribute: str, index: int) -> None:
    value = element.get(attribute)
    if value is not None and int(value) >= index:
        element.set(attribute, str(int(value) + 1))
    elif value is None and index == 0 and attribute != "localSheetId":
        element.set(attribute, "1")


def _is_global(name: etree._Element) -> bool:
    return name.get("localSheetId") is None


def _string(item: etree._Element) -> str:
    """A shared string, its phonetic hints aside."""
    runs = [*item.iterchildren(q("t")), *item.iterfind(f"{q('r')}/{q('t')}")]
    return from_xml("".join(run.text or "" for run in runs))
