"""The state of a sheet, from its XML: what stands around its cells, and which are computed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from lxml import etree

from cedre_xlsx.ooxml.stored import unreadable
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.schema.state import DEAD, Area, ListRule, SheetState, is_dead

_HIDDEN = b'hidden="'
_HIDDEN_ROW = re.compile(rb'<(?:[A-Za-z_][\w.\-]*:)?row\s(?=[^>]*?\br="([0-9]+)")')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]+)"')
_FORMULA = re.compile(rb"<f(?=[\s>/])[^>]*>([^<]*)")
_FORMULA_WITH_PREFIX = re.compile(rb"<[A-Za-z_][\w.\-]*:f(?=[\s>/])[^>]*>([^<]*)")
_TABLE_CALLED = re.compile(r"([^\W\d][\w.]*)\[")
#: How the tag of a cell opens.
_CELLS = (b"<c ", b":c ", b"<c\n", b":c\n")
_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?$")
_WHOLE = re.compile(r"^\$?([A-Z]{1,3}):\$?([A-Z]{1,3})$|^\$?([0-9]{1,7}):\$?([0-9]{1,7})$")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_DIGITS = re.compile(r"[0-9]+")
#: Beyond, a sheet is somebody's calculation, and not a list of people.
_MOST_FORMULAS = 100_000
_LONGEST_TAG = 1_000  # bytes, of a row
_FARTHEST = 40_000  # bytes, from a cell to the end of its formula
_TRUE = ("1", "true")
_NO_GUARDS = (None, "", "none", "list")
_T = TypeVar("_T")
_LARGEST = 8_000_000  # bytes around the cells; nobody's sheet has so much


def sheet_state(xml: bytes | bytearray, *, with_formulas: bool) -> SheetState:
    """What the sheet's XML says besides its values. What cannot be read is left out.

    Looking for the formulas takes a while in a large sheet: only where they are wanted.
    """
    formulas, called, placed = _formulas(xml) if with_formulas else ({}, {}, True)
    broken = _broken(xml) if with_formulas else {}
    around = around_cells(xml)
    if around is None:
        return SheetState(
            hidden_rows=_hidden_rows(xml), formulas=formulas, broken=broken, called=called,
            placed=placed,
        )  # fmt: skip
    return SheetState(
        merged=tuple(areas_of(_attributes(around, "mergeCell", "ref"))),
        hidden_rows=_hidden_rows(xml),
        lists=tuple(_lists(around)),
        helped=tuple(_helped(around)),
        guards=tuple(_guards(around)),
        colours=tuple(_colours(around)),
        formulas=formulas,
        broken=broken,
        called=called,
        placed=placed,
        protected=_is_protected(around),
    )


def around_cells(xml: bytes | bytearray) -> etree._Element | None:
    """The sheet without its rows; None when it does not parse."""
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    opening, closing = xml.rfind(b"<", 0, max(start, 0)), xml.find(b">", max(end, 0))
    if start < 0 or opening < 0 or closing < 0 or len(xml) - closing > _LARGEST:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    if b"<!" in xml[:opening]:
        return None
    try:
        return etree.fromstring(bytes(xml[:opening]) + bytes(xml[closing + 1 :]), parser)
    except etree.XMLSyntaxError:
        return None


def _hidden_rows(xml: bytes | bytearray) -> frozenset[int]:
    """The rows that say so; the word is looked for first, as most sheets hide none."""
    rows: set[int] = set()
    position = xml.find(_HIDDEN)
    while position >= 0:
        end = position + len(_HIDDEN)
        if xml[end : end + 1] in (b"1", b"t"):
            start = xml.rfind(b"<", max(position - _LONGEST_TAG, 0), position)
            row = _HIDDEN_ROW.match(xml[start : end + _LONGEST_TAG]) if start >= 0 else None
            if row:
                rows.add(int(row[1]))
        position = xml.find(_HIDDEN, end)
    return frozenset(rows)


def _formulas(
    xml: bytes | bytearray,
) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[str]], bool]:
    """The rows of the computed cells by column, the tables that their formulas name, and whether
    every cell says where it stands.
    """
    placed = True
    rows: defaultdict[bytes, set[int]] = defaultdict(set)
    called: defaultdict[bytes, set[str]] = defaultdict(set)
    seen: set[tuple[bytes, bytes]] = set()
    for count, formula in enumerate(_found_formulas(xml)):
        if count > _MOST_FORMULAS:
            return {}, {}, False
        start = formula.start()
        cell = _REFERENCE.search(xml, xml.rfind(b"<", 0, start), start)
        if cell is None:
            placed = False
            continue
        column, row = cell.groups()
        rows[column].add(int(row))
        text = formula[1]
        if _may_call(text) and (column, text) not in seen:  # most are the same
            seen.add((column, text))
            names = _TABLE_CALLED.findall(text.decode("utf-8", "replace"))
            called[column].update(map(str.casefold, names))
    return _by_number(rows), _by_number(called), placed


def _may_call(formula: bytes) -> bool:
    """Whether a name may stand right before a bracket: most brackets are in a text, as in "[…]"."""
    before = formula.split(b"[")
    before.pop()
    return any(
        one[-1:].isalnum() or one[-1:] in (b"_", b".") or one[-1:] > b"\x7f" for one in before
    )


def _broken(xml: bytes | bytearray) -> dict[int, frozenset[int]]:
    """The cells that say that their formula lost what it named, or whose value is none."""
    rows: defaultdict[bytes, set[int]] = defaultdict(set)
    end = xml.rfind(b"sheetData")
    for mark in (mark.encode() for mark in DEAD):
        position = xml.find(mark, 0, max(end, 0))
        while position >= 0:
            window = max(position - _FARTHEST, 0)
            start = max(xml.rfind(opening, window, position) for opening in _CELLS)
            cell = _REFERENCE.search(xml, max(start, 0), position) if start >= 0 else None
            if cell:
                rows[cell[1]].add(int(cell[2]))
            position = xml.find(mark, position + 1, end)
    starts = (formula.start() for formula in islice(_found_formulas(xml), _MOST_FORMULAS))
    for opening in unreadable(xml, starts):
        if cell := _REFERENCE.search(opening):
            rows[cell[1]].add(int(cell[2]))
    return _by_number(rows)


def _by_number(found: Mapping[bytes, set[_T]]) -> dict[int, frozenset[_T]]:
    return {column_number(letters.decode()): frozenset(some) for letters, some in found.items()}


def _found_formulas(xml: bytes | bytearray) -> Iterator[re.Match[bytes]]:
    """The tags that open a formula, each with its text."""
    has_prefixes = xml.find(b"<sheetData") < 0
    return (_FORMULA_WITH_PREFIX if has_prefixes else _FORMULA).finditer(xml)


def _lists(around: etree._Element) -> Iterator[ListRule]:
    """The drop-down lists, those of Excel 2010's extension too."""
    for one in _named(around, "dataValidation"):
        if one.get("type") == "list":
            source = next((child for child in one if _local(child) == "formula1"), None)
            yield ListRule(
                ""
                if source is None
                else "".join(map(str, source.itertext())).strip().removeprefix("="),
                tuple(areas_of([_cells_of(one)])),
            )


def _helped(around: etree._Element) -> Iterator[Area]:
    """The cells of every rule for what is typed."""
    yield from areas_of(_cells_of(one) for one in _named(around, "dataValidation"))


def _guards(around: etree._Element) -> Iterator[Area]:
    """The cells of the rules that refuse something, lists aside."""
    rules = _named(around, "dataValidation")
    yield from areas_of(_cells_of(one) for one in rules if one.get("type") not in _NO_GUARDS)


def _cells_of(rule: etree._Element) -> str:
    """The addresses of a rule; in Excel's extension, they are not an attribute."""
    inner = next((child.text for child in rule if _local(child) == "sqref"), None)
    return rule.get("sqref") or inner or ""


def _is_protected(around: etree._Element) -> bool:
    """Whether the cells that are locked may not be changed."""
    return any(one.get("sheet") in _TRUE for one in _named(around, "sheetProtection"))


def _colours(around: etree._Element) -> Iterator[tuple[Area, ...]]:
    """The areas of each rule: the same formula, rows aside, is the same rule; one that lost what
    it names colours nothing.
    """
    found: defaultdict[tuple[str, ...], list[Area]] = defaultdict(list)
    for block in _named(around, "conditionalFormatting"):
        areas = list(areas_of([_cells_of(block)]))
        for rule in (child for child in block if _local(child) == "cfRule"):
            formulas = [child.text or "" for child in rule if _local(child) in ("formula", "f")]
            if any(text and is_dead(text) for text in formulas):
                continue
            what = (rule.get("type") or "", rule.get("operator") or "", rule.get("text") or "")
            found[(*what, *(_DIGITS.sub("#", text) for text in formulas))] += areas
    yield from map(tuple, found.values())


def _attributes(around: etree._Element, name: str, attribute: str) -> Iterator[str]:
    return (one.get(attribute) or "" for one in _named(around, name))


def _named(around: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in around.iter(f"{{*}}{name}"))


def areas_of(references: Iterable[str]) -> Iterator[Area]:
    """The areas of lists of references ("A5:A9 A11"), whole columns and rows too ("A:B", "1:2")."""
    for reference in references:
        for part in reference.split():
            found = _RANGE.match(part)
            if found:
                first_column, first_row, last_column, last_row = found.groups()
                yield Area(
                    int(first_row),
                    column_number(first_column),
                    int(last_row or first_row),
                    column_number(last_column or first_column),
                )
            elif whole := _WHOLE.match(part):
                left, right, top, bottom = whole.groups()
                if left:
                    yield Area(1, column_number(left), _LAST_ROW, column_number(right))
                else:
                    yield Area(int(top), 1, int(bottom), _LAST_COLUMN)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
