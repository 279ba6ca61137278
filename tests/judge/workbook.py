"""The workbook and its parts together: what one part says, the others must bear out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cedre_xlsx.ooxml.parts import Package, Relations, Relationship
from tests.judge.drawings import (
    chart_facts,
    comment_facts,
    drawing_facts,
    note_shapes,
)
from tests.judge.names import name_faults
from tests.judge.schema import schema_faults
from tests.judge.sheet import MAX_TEXT, SheetFacts, sheet_facts
from tests.judge.styles import StyleFacts, style_facts
from tests.judge.tables import TableFacts, heading_faults, table_facts
from tests.judge.xml import (
    REL_ID,
    Range,
    address,
    by_content,
    first_overlap,
    number,
    overlap,
    parsed,
    q,
    range_of,
    twice,
    units,
)

MAX_TITLE, MAX_SHEET_ID = 31, 65_534
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
#: The element of a sheet that names a relationship, and the kinds that it may name.
_RELATED = {
    "drawing": ("drawing",), "legacyDrawing": ("vmlDrawing",), "tablePart": ("table",),
    "legacyDrawingHF": ("vmlDrawing",), "hyperlink": ("hyperlink",), "picture": ("image",),
}  # fmt: skip


@by_content
def shared_strings(content: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The shared texts, and what is wrong with their part."""
    root = parsed(content)
    items = root.findall(q("si"))
    texts = tuple(
        "".join(t.text or "" for t in one.iterfind(q("t")))
        + "".join(t.text or "" for t in one.iterfind(f"{q('r')}/{q('t')}"))
        for one in items
    )
    faults = list(schema_faults(root))
    if root.get("uniqueCount") and number(root, "uniqueCount") != len(items):
        faults.append("count of shared strings")
    if any(units(text) > MAX_TEXT for text in texts):
        faults.append("a shared text is too long")
    return texts, tuple(faults)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of cells: its title, its part, what it says, where it leads."""

    title: str
    part: str
    id: int
    facts: SheetFacts
    relations: tuple[Relationship, ...]


class Workbook:
    """Everything that the workbook's part leads to."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._root = package.root(part)
        self._relations = tuple(Relations(package, part))
        self._elements = self._root.findall(f"{q('sheets')}/{q('sheet')}")
        self._titles = [one.get("name", "") for one in self._elements]
        self._known = {title.casefold() for title in self._titles}
        styles = self._related("styles")
        self._styles = StyleFacts() if styles is None else style_facts(styles)
        strings = self._related("sharedStrings")
        self._strings, self._of_strings = ((), ()) if strings is None else shared_strings(strings)

    def faults(self) -> Iterator[str]:
        yield from (f"workbook: {fault}" for fault in schema_faults(self._root))
        yield from self._tabs()
        yield from name_faults(self._root, self._titles)
        yield from self._styles.faults
        yield from (f"shared strings: {fault}" for fault in self._of_strings)
        sheets, faults = self._sheets()
        yield from faults
        for sheet in sheets:
            yield from (f"{sheet.title}: {fault}" for fault in self._sheet(sheet))
        yield from self._tables(sheets)
        selected = sum(sheet.facts.is_selected for sheet in sheets)
        if selected > 1:
            yield f"{selected} tabs are selected together"
        yield from self._calculation(sheets)

    def _related(self, kind: str) -> bytes | None:
        found = next((r.target for r in self._relations if r.kind == kind), None)
        return self._package.read(found) if found and found in self._package else None

    def _tabs(self) -> Iterator[str]:
        yield from twice((title.casefold() for title in self._titles), "sheet title")
        yield from twice((one.get("sheetId", "") for one in self._elements), "sheetId")
        yield from twice((one.get(REL_ID, "") for one in self._elements), "part of a sheet")
        for title in self._titles:
            if not 0 < units(title) <= MAX_TITLE or title[0] == "'" or title[-1] == "'":
                yield f"title too long, empty, or between quotes: {title}"
            elif _FORBIDDEN.search(title):
                yield f"title with a forbidden sign: {title}"
        if any(not 1 <= number(one, "sheetId") <= MAX_SHEET_ID for one in self._elements):
            yield "a sheetId out of range"
        if all(one.get("state", "visible") != "visible" for one in self._elements):
            yield "no sheet is visible"
        for view in self._root.iterfind(f"{q('bookViews')}/{q('workbookView')}"):
            for name in ("activeTab", "firstSheet"):
                if number(view, name) >= len(self._elements):
                    yield f"{name} out of range"

    def _sheets(self) -> tuple[list[_Sheet], list[str]]:
        found, faults = [], []
        by_id = {relation.id: relation for relation in self._relations}
        for element, title in zip(self._elements, self._titles, strict=True):
            relation = by_id.get(element.get(REL_ID, ""))
            if relation is None or relation.target not in self._package:
                faults.append(f"sheet without part: {title}")
            elif relation.kind == "worksheet":
                facts = sheet_facts(self._package.read(relation.target))
                relations = tuple(Relations(self._package, relation.target))
                found.append(
                    _Sheet(title, relation.target, number(element, "sheetId"), facts, relations)
                )
        faults += twice((sheet.part for sheet in found), "sheet's part")
        return found, faults

    def _sheet(self, sheet: _Sheet) -> Iterator[str]:
        facts = sheet.facts
        yield from facts.faults
        if any(style >= max(self._styles.formats, 1) for style in facts.styles):
            yield "a cell's style is out of range"
        if any(index >= len(self._strings) for index in facts.strings):
            yield "a cell has no such shared string"
        if any(dxf >= self._styles.dxfs for dxf in facts.dxfs):
            yield "a rule's dxfId is out of range"
        windows = len(self._root.findall(f"{q('bookViews')}/{q('workbookView')}"))
        if any(view >= max(windows, 1) for view in facts.views):
            yield "a view of no window"
        yield from (f"a formula names no sheet: {n}" for n in facts.sheets_named - self._known)
        yield from self._related_faults(sheet)
        for relation in sheet.relations:
            if relation.kind == "drawing" and relation.target in self._package:
                yield from self._drawing(relation.target)
        yield from self._comments(sheet)

    def _related_faults(self, sheet: _Sheet) -> Iterator[str]:
        by_id = {relation.id: relation for relation in sheet.relations}
        for element, identifier in sheet.facts.relations:
            relation = by_id.get(identifier)
            if relation is None:
                yield f"{element}: no relationship {identifier!r}"
            elif relation.kind not in _RELATED.get(element, (relation.kind,)):
                yield f"{element}: a relationship to a {relation.kind}"

    def _drawing(self, part: str) -> Iterator[str]:
        facts = drawing_facts(self._package.read(part))
        yield from (f"drawing: {fault}" for fault in facts.faults)
        relations = {r.id: r for r in Relations(self._package, part)}
        for identifier in facts.relations - set(relations):
            yield f"drawing: no relationship {identifier!r}"
        for relation in relations.values():
            if relation.kind == "chart" and relation.target in self._package:
                chart = chart_facts(self._package.read(relation.target))
                where = relation.target.rpartition("/")[2]
                yield from (f"{where}: {fault}" for fault in chart.faults)
                yield from (
                    f"{where}: names no sheet: {n}" for n in chart.sheets_named - self._known
                )
                inner = {r.id for r in Relations(self._package, relation.target)}
                yield from (f"{where}: no relationship {i!r}" for i in chart.relations - inner)

    def _comments(self, sheet: _Sheet) -> Iterator[str]:
        parts = [r.target for r in sheet.relations if r.kind == "comments"]
        if len(parts) > 1:
            yield "two parts of comments"
        shown: set[tuple[int, int]] = set()
        drawn = {i for element, i in sheet.facts.relations if element == "legacyDrawing"}
        for relation in sheet.relations:
            if relation.id in drawn and relation.target in self._package:
                shapes = note_shapes(self._package.read(relation.target))
                yield from shapes.faults
                shown |= shapes.cells
        for part in parts:
            if part in self._package:
                facts = comment_facts(self._package.read(part))
                yield from (f"comments: {fault}" for fault in facts.faults)
                if missing := facts.cells - shown:
                    yield f"comments without a shape: {_cells(missing)}"

    def _tables(self, sheets: list[_Sheet]) -> Iterator[str]:
        names = [
            n.get("name", "").casefold()
            for n in self._root.iter(q("definedName"))
            if n.get("localSheetId") is None
        ]
        ids, used = [], []
        for sheet in sheets:
            own = [r for r in sheet.relations if r.kind == "table" and r.target in self._package]
            shown = [i for element, i in sheet.facts.relations if element == "tablePart"]
            if Counter(r.id for r in own) != Counter(shown):
                yield f"{sheet.title}: table parts are not its tables"
            used += [relation.target for relation in own]
            tables = [table_facts(self._package.read(relation.target)) for relation in own]
            names += [table.name.casefold() for table in tables]
            ids += [str(table.id) for table in tables]
            for table in tables:
                yield from table.faults
                yield from heading_faults(table, self._texts(sheet.facts, table))
                if any(dxf >= self._styles.dxfs for dxf in table.dxfs):
                    yield f"{table.name}: a dxfId is out of range"
            yield from (f"{sheet.title}: {fault}" for fault in _places(sheet.facts, tables))
        yield from twice(ids, "table id")
        yield from twice(names, "table or defined name")
        yield from twice(used, "table's part")

    def _texts(self, facts: SheetFacts, table: TableFacts) -> dict[tuple[int, int], str]:
        """The texts of a table's first and last rows."""
        found = {}
        if table.place is not None:
            top, left, bottom, right = table.place
            for row in (top, bottom):
                for column in range(left, right + 1):
                    kind, text = facts.texts.get((row, column), ("-", ""))
                    if kind == "s" and int(text) < len(self._strings):
                        found[row, column] = self._strings[int(text)]
                    elif not kind:
                        found[row, column] = text
        return found

    def _calculation(self, sheets: list[_Sheet]) -> Iterator[str]:
        chain = self._related("calcChain")
        if chain is None:
            return
        root = parsed(chain)
        yield from schema_faults(root)
        facts = {sheet.id: sheet.facts for sheet in sheets}
        identifier = 0
        for cell in root.iterfind(q("c")):
            identifier = number(cell, "i", identifier)
            place = range_of(cell.get("r", ""))
            if place is None or not _is_computed(facts.get(identifier), place):
                yield f"calcChain: no formula in {cell.get('r')} of sheet {identifier}"
                return


def _is_computed(facts: SheetFacts | None, place: Range) -> bool:
    return facts is not None and (
        place[:2] in facts.formulas or any(overlap(place, one) for one in facts.arrays)
    )


def _places(facts: SheetFacts, tables: list[TableFacts]) -> Iterator[str]:
    """Tables stand apart from each other, from merged cells, and from the sheet's own filter."""
    places: list[Range] = [table.place for table in tables if table.place is not None]
    if (pair := first_overlap(places)) is not None:
        yield f"tables overlap: {address(pair[0])} and {address(pair[1])}"
    for table in tables:
        if table.place is None:
            continue
        for merged in facts.merged:
            if overlap(merged, table.place):
                yield f"merged cells in the table {table.name}: {address(merged)}"
        if facts.filtered is not None and overlap(facts.filtered, table.place):
            yield f"the sheet's filter is over the table {table.name}"


def _cells(places: set[tuple[int, int]] | frozenset[tuple[int, int]]) -> str:
    return ", ".join(address((row, column, row, column)) for row, column in sorted(places)[:3])
