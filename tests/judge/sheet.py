"""A worksheet by itself: what is wrong in it, and what the rest of the package must match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from cedre_xlsx.ooxml.parts import REL
from tests.judge.formulas import formula_faults, sheets_named
from tests.judge.schema import schema_faults
from tests.judge.sheet_rules import rule_faults
from tests.judge.sheet_view import view_faults
from tests.judge.xml import (
    LAST_COLUMN,
    LAST_ROW,
    REL_ID,
    Range,
    address,
    by_content,
    column_number,
    first_overlap,
    number,
    parsed,
    q,
    range_of,
    twice,
    units,
)

MAX_TEXT, MAX_LINKS, MAX_ADDRESS = 32_767, 65_530, 2_079
# Asked of every cell
_C, _V, _F, _IS, _T = map(q, ("c", "v", "f", "is", "t"))
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_DAY = re.compile(r"-?\d{4,}-\d\d-\d\d(T[\d:.]+Z?)?|T?[\d:.]+Z?")
_ERRORS = frozenset(
    (
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
        "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
        "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A sheet as the others meet it. `texts` are its texts by cell, ("s", index) when shared."""

    faults: tuple[str, ...]
    is_selected: bool = False
    styles: frozenset[int] = frozenset()
    strings: frozenset[int] = frozenset()
    dxfs: frozenset[int] = frozenset()
    texts: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    arrays: tuple[Range, ...] = ()  # what formulas of several cells fill
    sheets_named: frozenset[str] = frozenset()
    merged: tuple[Range, ...] = ()
    filtered: Range | None = None
    views: frozenset[int] = frozenset()
    relations: tuple[tuple[str, str], ...] = ()  # the element, the relationship's id


@by_content
def sheet_facts(content: bytes) -> SheetFacts:
    """What a worksheet's part says."""
    root = parsed(content)
    cells = _Cells()
    faults = [*schema_faults(root), *cells.read(root), *view_faults(root), *rule_faults(root)]
    faults += [*_columns(root), *_links(root), *_breaks(root), *_page(root)]
    merged, of_merged = _merged(root)
    faults += of_merged
    filters = root.find(q("autoFilter"))
    filtered = None if filters is None else range_of(filters.get("ref", ""))
    if filters is not None:
        faults += filter_faults(filters, filtered)
    named = set(cells.sheets)
    for formula in root.iter(q("formula"), q("formula1"), q("formula2")):
        named |= sheets_named(formula.text or "")
    dxfs = {number(rule, "dxfId") for rule in root.iter(q("cfRule")) if rule.get("dxfId")}
    views = list(root.iterfind(f"{q('sheetViews')}/{q('sheetView')}"))
    columns = root.iterfind(f"{q('cols')}/{q('col')}")
    return SheetFacts(
        tuple(faults),
        is_selected=any(view.get("tabSelected") in ("1", "true") for view in views),
        styles=frozenset(cells.styles | {number(one, "style") for one in columns}),
        strings=frozenset(cells.strings),
        dxfs=frozenset(dxfs),
        texts=cells.texts,
        formulas=frozenset(cells.formulas),
        arrays=tuple(cells.arrays),
        sheets_named=frozenset(named),
        merged=merged,
        filtered=filtered,
        views=frozenset(number(view, "workbookViewId") for view in views),
        relations=tuple(_relations(root)),
    )


def _relations(root: etree._Element) -> Iterator[tuple[str, str]]:
    data = root.find(q("sheetData"))
    for top in root:
        if top is data:
            continue
        for element in top.iter():
            for key, value in element.attrib.items():
                if str(key).startswith(f"{{{REL}}}") and value:
                    yield str(element.tag).rpartition("}")[2], str(value)


class _Cells:
    """The rows, read once."""

    def __init__(self) -> None:
        self.styles: set[int] = set()
        self.strings: set[int] = set()
        self.texts: dict[tuple[int, int], tuple[str, str]] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.arrays: list[Range] = []
        self.sheets: set[str] = set()
        self._shared: set[str] = set()
        self._called: set[str] = set()

    def read(self, root: etree._Element) -> Iterator[str]:
        before = 0
        for row in root.iterfind(f"{q('sheetData')}/{q('row')}"):
            at = number(row, "r", before + 1)
            if at <= before or at > LAST_ROW:
                yield f"row {at} is not in its place"
            before = at
            if float(row.get("ht") or 0) > 409.5:
                yield f"row {at} is too tall"
            if number(row, "outlineLevel") > 7:
                yield f"row {at}: outline level"
            if row.get("s"):
                self.styles.add(number(row, "s"))
            yield from self._row(row, at)
        for index in self._called - self._shared:
            yield f"no shared formula {index}"

    def _row(self, row: etree._Element, at: int) -> Iterator[str]:
        last = 0
        for cell in row.iterchildren(_C):
            reference = cell.get("r")
            if reference is None:
                column = last + 1
            else:
                match = _CELL.fullmatch(reference)
                column = column_number(match[1]) if match else 0
                if match is None or int(match[2]) != at or not last < column <= LAST_COLUMN:
                    yield f"cell {reference} is not in its place"
            last = max(column, last)
            self.styles.add(number(cell, "s"))
            for fault in self._cell(cell, (at, column)):
                yield f"{reference}: {fault}"

    def _cell(self, cell: etree._Element, place: tuple[int, int]) -> Iterator[str]:
        kind = cell.get("t", "n")
        value: str | None = None
        for child in cell:
            name = child.tag
            if name == _V:
                value = child.text or ""
            elif name == _F:
                self.formulas.add(place)
                yield from self._formula(child)
            elif name == _IS:
                text = "".join(one.text or "" for one in child.iter(_T))
                self.texts[place] = ("", text)
                if kind != "inlineStr":
                    yield "an inline text in a cell of another type"
                if units(text) > MAX_TEXT:
                    yield "text too long"
        if value:
            yield from self._value(kind, value, place)

    def _value(self, kind: str, value: str, place: tuple[int, int]) -> Iterator[str]:
        if kind == "s":
            if value.strip().isdecimal():
                self.strings.add(int(value))
                self.texts[place] = ("s", value.strip())
            else:
                yield f"no shared string {value!r}"
        elif kind == "str":
            self.texts[place] = ("", value)
            if units(value) > MAX_TEXT:
                yield "text too long"
        elif kind == "b" and value.strip() not in ("0", "1", "true", "false"):
            yield f"no truth value: {value!r}"
        elif kind == "n" and not _NUMBER.fullmatch(value.strip()):
            yield f"no number: {value[:20]!r}"
        elif kind == "e" and value.strip() not in _ERRORS:
            yield f"no error value: {value!r}"
        elif kind == "d" and not _DAY.fullmatch(value.strip()):
            yield f"no date: {value!r}"

    def _formula(self, formula: etree._Element) -> Iterator[str]:
        text = formula.text or ""
        kind = formula.get("t", "normal")
        if kind == "shared":
            (self._shared if text else self._called).add(formula.get("si", ""))
        if text:
            self.sheets |= sheets_named(text)
            if fault := formula_faults(text):
                yield fault
        if formula.get("ref"):
            filled = range_of(formula.get("ref", ""))
            if filled is None:
                yield f"range of a formula: {formula.get('ref')}"
            elif kind in ("array", "dataTable"):
                self.arrays.append(filled)


def _columns(root: etree._Element) -> Iterator[str]:
    last = 0
    for column in root.iterfind(f"{q('cols')}/{q('col')}"):
        first, end = number(column, "min"), number(column, "max")
        if not last < first <= end <= LAST_COLUMN:
            yield f"columns overlap or are not in order: {first} to {end} after {last}"
        last = max(end, last)
        if not 0 <= float(column.get("width") or 0) <= 255:
            yield f"column {first} is too wide"
        if number(column, "outlineLevel") > 7:
            yield f"column {first}: outline level"


def _merged(root: etree._Element) -> tuple[tuple[Range, ...], list[str]]:
    faults = []
    found = []
    for cell in root.iterfind(f"{q('mergeCells')}/{q('mergeCell')}"):
        place = range_of(cell.get("ref", ""))
        if place is None:
            faults.append(f"merge of {cell.get('ref')!r}")
            continue
        found.append(place)
        if place[:2] == place[2:]:
            faults.append(f"merge of one cell: {address(place)}")
    if (pair := first_overlap(found)) is not None:
        faults.append(f"merged cells overlap: {address(pair[0])} and {address(pair[1])}")
    holder = root.find(q("mergeCells"))
    if holder is not None and holder.get("count") and number(holder, "count") != len(holder):
        faults.append("count of mergeCells")
    return tuple(found), faults


def filter_faults(filters: etree._Element, place: Range | None) -> Iterator[str]:
    """A filter's columns stand inside its range."""
    if place is None:
        yield f"filter of {filters.get('ref')!r}"
        return
    columns = [number(one, "colId") for one in filters.iterfind(q("filterColumn"))]
    yield from twice(map(str, columns), "filter of column")
    if any(not 0 <= column <= place[3] - place[1] for column in columns):
        yield f"a filter stands outside {filters.get('ref')}"


def _links(root: etree._Element) -> Iterator[str]:
    links = root.findall(f"{q('hyperlinks')}/{q('hyperlink')}")
    if len(links) > MAX_LINKS:
        yield "too many links"
    for link in links:
        where = link.get("ref", "")
        if range_of(where) is None:
            yield f"link at {where!r}"
        if not link.get(REL_ID) and not link.get("location"):
            yield f"link without address: {where}"
        if units(link.get("location", "")) > MAX_ADDRESS:
            yield f"link too long: {where}"
        if units(link.get("tooltip", "")) > 255:
            yield f"tip of a link too long: {where}"


def _breaks(root: etree._Element) -> Iterator[str]:
    for name, last in (("rowBreaks", LAST_ROW), ("colBreaks", LAST_COLUMN)):
        holder = root.find(q(name))
        if holder is None:
            continue
        ids = [number(one, "id") for one in holder]
        if len(ids) > 1_026 or any(not 0 <= one <= last for one in ids):
            yield f"{name}: too many, or off the sheet"
        if holder.get("count") and number(holder, "count") != len(ids):
            yield f"count of {name}"
        yield from twice(map(str, ids), name)


def _page(root: etree._Element) -> Iterator[str]:
    for one in root.iterfind(f"{q('headerFooter')}/*"):
        if units(one.text or "") > 255:
            yield f"{str(one.tag).rpartition('}')[2]} is too long"
    setup = root.find(q("pageSetup"))
    if setup is not None and setup.get("scale") and not 10 <= number(setup, "scale") <= 400:
        yield "scale of print"
    dimension = root.find(q("dimension"))
    if dimension is not None and range_of(dimension.get("ref", "")) is None:
        yield f"dimension {dimension.get('ref')!r}"
    for part in root.iter(q("protectedRange"), q("ignoredError")):
        if any(range_of(one) is None for one in part.get("sqref", "").split()):
            yield f"{str(part.tag).rpartition('}')[2]} of {part.get('sqref')!r}"
