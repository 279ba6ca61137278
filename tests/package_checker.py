"""What Excel demands of a package, and repairs the file without: judged on all that we write."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree
from openpyxl.utils import range_boundaries

from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.parts import (
    CONTENT_TYPES,
    REL,
    Package,
    Relations,
    normal,
)
from cedre_xlsx.workbook.package.sheet_part import ORDER as SHEET_ORDER

WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
STYLE_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz",
    "color", "name", "family", "charset", "scheme",
)  # fmt: skip
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
MAX_TEXT, MAX_LINKS, MAX_TITLE = 32_767, 65_530, 31


def check_package(data: bytes) -> list[str]:
    """Everything that Excel would repair or refuse; [] for a sound package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        faults = [f"member twice: {n}" for n, c in Counter(map(normal, names)).items() if c > 1]
        if (broken := archive.testzip()) is not None:
            return [*faults, f"damaged: {broken}"]
    return faults + list(Checker(Package(data)).faults())


class Checker:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.workbook = next(r.target for r in Relations(package, "") if r.kind == "officeDocument")
        self.root = package.root(self.workbook)
        self.relations = Relations(package, self.workbook)
        self.styles = self._related_root("styles")
        self.strings = self._shared_strings()

    def faults(self) -> Iterator[str]:
        yield from self._content_types()
        yield from self._relationships()
        yield from self._workbook()
        yield from self._styles()
        yield from self._sheets()
        yield from self._tables()

    def _related_root(self, kind: str) -> etree._Element | None:
        found = next(iter(self.relations.of_kind(kind)), None)
        return None if found is None else self.package.root(found.target)

    def _shared_strings(self) -> list[str]:
        root = self._related_root("sharedStrings")
        if root is None:
            return []
        return ["".join(t.text or "" for t in si.iter(q("t"))) for si in root.iter(q("si"))]

    def _content_types(self) -> Iterator[str]:
        root = self.package.root("[Content_Types].xml")
        overrides = [o.get("PartName", "") for o in root.iter(f"{{{CONTENT_TYPES}}}Override")]
        for name, count in Counter(map(normal, overrides)).items():
            if count > 1:
                yield f"two types for {name}"
            if name not in self.package:
                yield f"type of a part that is not there: {name}"
        defaults = {
            d.get("Extension", "").casefold() for d in root.iter(f"{{{CONTENT_TYPES}}}Default")
        }
        known = set(map(normal, overrides))
        for name in self.package.names():
            extension = name.rpartition(".")[2].casefold()
            is_types = name == "[Content_Types].xml" or name.endswith("/")
            if not is_types and normal(name) not in known and extension not in defaults:
                yield f"no type: {name}"

    def _relationships(self) -> Iterator[str]:
        for name in self.package.names():
            folder, leaf = posixpath.split(name)
            if not leaf.endswith(".rels"):
                continue
            source = posixpath.join(posixpath.dirname(folder), leaf[: -len(".rels")])
            if source and source not in self.package:
                yield f"relationships of a part that is not there: {name}"
            ids = Counter(r.id for r in Relations(self.package, source))
            yield from (f"{name}: id twice {i}" for i, count in ids.items() if count > 1)
            for relation in Relations(self.package, source):
                if not relation.external and relation.target not in self.package:
                    yield f"{name}: no part {relation.target}"

    def _workbook(self) -> Iterator[str]:
        yield from out_of_order(self.root, WORKBOOK_ORDER, "workbook")
        sheets = self.root.findall(f"{q('sheets')}/{q('sheet')}")
        titles = [sheet.get("name", "") for sheet in sheets]
        yield from twice((t.casefold() for t in titles), "sheet title")
        yield from twice((s.get("sheetId", "") for s in sheets), "sheetId")
        yield from (f"title too long: {t}" for t in titles if len(t) > MAX_TITLE)
        names = self.root.findall(f"{q('definedNames')}/{q('definedName')}")
        yield from twice(
            (f"{n.get('name', '').casefold()}/{n.get('localSheetId')}" for n in names), "name"
        )
        for name in names:
            if name.get("localSheetId") and int(name.get("localSheetId", "0")) >= len(sheets):
                yield f"local name of no sheet: {name.get('name')}"
        for view in self.root.iter(q("workbookView")):
            if int(view.get("activeTab", "0")) >= len(sheets):
                yield "active tab out of range"

    def _count(self, name: str) -> int:
        return 0 if self.styles is None else len(self.styles.findall(f"{q(name)}/*"))

    def _styles(self) -> Iterator[str]:
        if self.styles is None:
            return
        yield from out_of_order(self.styles, STYLE_ORDER, "styles")
        for holder in self.styles:
            if holder.get("count") and int(holder.get("count", "0")) != len(holder):
                yield f"styles: count of {etree.QName(holder).localname}"
        for font in self.styles.iter(q("font")):
            yield from out_of_order(font, FONT_ORDER, "font")
        for font in self.styles.iterfind(f"{q('fonts')}/{q('font')}"):
            if font.find(q("name")) is None or font.find(q("sz")) is None:
                yield "a font without name or size"
        own = {f.get("numFmtId") for f in self.styles.iter(q("numFmt"))}
        for xf in self.styles.iterfind(f"{q('cellXfs')}/{q('xf')}"):
            for attribute, name in (
                ("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"),
                ("xfId", "cellStyleXfs"),
            ):  # fmt: skip
                if int(xf.get(attribute, "0")) >= max(self._count(name), 1):
                    yield f"cellXfs: {attribute} out of range"
            number = xf.get("numFmtId", "0")
            if int(number) >= 164 and number not in own:
                yield f"cellXfs: no number format {number}"

    def _sheets(self) -> Iterator[str]:
        selected = 0
        for sheet in self.root.findall(f"{q('sheets')}/{q('sheet')}"):
            relation = self.relations.by_id(sheet.get(f"{{{REL}}}id", ""))
            if relation is None:
                yield f"sheet without part: {sheet.get('name')}"
                continue
            if relation.kind != "worksheet":
                continue
            root = self.package.root(relation.target)
            where = sheet.get("name", "")
            yield from (f"{where}: {fault}" for fault in self._sheet(root, relation.target))
            views = root.iterfind(f"{q('sheetViews')}/{q('sheetView')}")
            selected += any(view.get("tabSelected") in ("1", "true") for view in views)
        if selected > 1:
            yield f"{selected} tabs are selected together"

    def _sheet(self, root: etree._Element, part: str) -> Iterator[str]:
        yield from out_of_order(root, SHEET_ORDER, "worksheet")
        relations = Relations(self.package, part)
        for element in root.iter():
            for key, value in element.attrib.items():
                if f"{{{REL}}}" in str(key) and relations.by_id(str(value)) is None:
                    yield f"no relationship {value!r}"
        yield from self._cells(root)
        for rule in root.iter(q("cfRule")):
            if rule.get("dxfId") and int(rule.get("dxfId", "0")) >= self._count("dxfs"):
                yield "a rule's dxfId is out of range"
        if len(list(root.iter(q("hyperlink")))) > MAX_LINKS:
            yield "too many links"
        columns = root.findall(f"{q('cols')}/{q('col')}")
        ends = [(int(c.get("min", "0")), int(c.get("max", "0"))) for c in columns]
        if any(b[0] <= a[1] for a, b in itertools.pairwise(ends)):
            yield f"columns overlap or are not in order: {ends}"
        merged = [range_boundaries(m.get("ref", "")) for m in root.iter(q("mergeCell"))]
        if any(overlap(a, b) for n, a in enumerate(merged) for b in merged[n + 1 :]):
            yield "merged cells overlap"

    def _cells(self, root: etree._Element) -> Iterator[str]:
        row_number = 0
        for row in root.iterfind(f"{q('sheetData')}/{q('row')}"):
            number = int(row.get("r", "0") or row_number + 1)
            if number <= row_number:
                yield f"row {number} is not in order"
            row_number = number
            last = 0
            for cell in row.iterchildren(q("c")):
                reference = cell.get("r", "")
                match = CELL.fullmatch(reference)
                column = range_boundaries(reference)[0] if match else 0
                if match is None or int(match.group(2)) != number or (column or 0) <= last:
                    yield f"cell {reference} is not in its place"
                last = column or last
                yield from self._cell(cell, reference)

    def _cell(self, cell: etree._Element, reference: str) -> Iterator[str]:
        if int(cell.get("s", "0")) >= max(self._count("cellXfs"), 1):
            yield f"{reference}: style out of range"
        if cell.get("t") == "s" and int(cell.findtext(q("v")) or 0) >= len(self.strings):
            yield f"{reference}: no such shared string"
        if len(self.text(cell).encode("utf-16-le")) // 2 > MAX_TEXT:
            yield f"{reference}: text too long"

    def text(self, cell: etree._Element) -> str:
        if cell.get("t") == "s":
            return self.strings[int(cell.findtext(q("v")) or 0)]
        if cell.get("t") == "inlineStr":
            return "".join(t.text or "" for t in cell.iter(q("t")))
        return cell.findtext(q("v")) or ""

    def _tables(self) -> Iterator[str]:
        names = [
            n.get("name", "").casefold()
            for n in self.root.iter(q("definedName"))
            if n.get("localSheetId") is None
        ]
        ids = []
        for sheet in self.root.findall(f"{q('sheets')}/{q('sheet')}"):
            relation = self.relations.by_id(sheet.get(f"{{{REL}}}id", ""))
            if relation is None or relation.kind != "worksheet":
                continue
            root = self.package.root(relation.target)
            cells = {c.get("r"): c for c in root.iter(q("c"))}
            own = Relations(self.package, relation.target).of_kind("table")
            parts = root.findall(f"{q('tableParts')}/{q('tablePart')}")
            if {r.id for r in own} != {p.get(f"{{{REL}}}id") for p in parts}:
                yield f"{sheet.get('name')}: table parts are not its tables"
            for found in own:
                table = self.package.root(found.target)
                names.append(table.get("displayName", "").casefold())
                ids.append(table.get("id", ""))
                yield from self._table(table, cells)
        yield from twice(ids, "table id")
        yield from twice(names, "table or defined name")

    def _table(
        self, table: etree._Element, cells: dict[str | None, etree._Element]
    ) -> Iterator[str]:
        name = table.get("displayName", "")
        columns = table.findall(f"{q('tableColumns')}/{q('tableColumn')}")
        first, top, last, bottom = range_boundaries(table.get("ref", ""))
        assert first
        assert top
        assert last
        assert bottom
        if len(columns) != last - first + 1:
            yield f"{name}: {len(columns)} columns in {table.get('ref')}"
        if bottom <= top:
            yield f"{name}: no body"
        yield from twice((c.get("id", "") for c in columns), f"{name}: column id")
        yield from twice((c.get("name", "").casefold() for c in columns), f"{name}: column")
        for offset, column in enumerate(columns):
            reference = f"{letters(first + offset)}{top}"
            cell = cells.get(reference)
            heading = "" if cell is None else self.text(cell)
            if heading != column.get("name"):
                yield f"{name}: {reference} is {heading!r}, not {column.get('name')!r}"
            for attribute in ("dataDxfId", "headerRowDxfId"):
                if int(column.get(attribute, "-1")) >= max(self._count("dxfs"), 0):
                    yield f"{name}: {attribute} out of range"


def letters(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def overlap(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    a, b, c, d = (value or 0 for value in one)
    e, f, g, h = (value or 0 for value in other)
    return a <= g and e <= c and b <= h and f <= d


def twice(values: Iterable[str], what: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} twice: {value}"


def out_of_order(root: etree._Element, order: tuple[str, ...], what: str) -> Iterator[str]:
    ranks = [
        order.index(etree.QName(child).localname)
        for child in root
        if etree.QName(child).localname in order
    ]
    if ranks != sorted(ranks):
        yield f"{what}: children out of order {[etree.QName(c).localname for c in root]}"
