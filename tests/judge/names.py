"""Defined names: how they are spelled, what they point to, whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from tests.judge.formulas import formula_faults, sheets_named
from tests.judge.xml import LAST_COLUMN, LAST_ROW, column_number, q, range_of, twice, units

_BUILT_IN = frozenset(
    (
        "print_area", "print_titles", "criteria", "_filterdatabase", "extract",
        "consolidate_area", "database", "sheet_title", "auto_open", "auto_close",
        "auto_activate", "auto_deactivate", "recorder", "data_form",
    )
)  # fmt: skip
_NAME = re.compile(r"[^\W\d]\w*(?:[\w.?\\]*)|\\[\w.?\\]*")
_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_R1C1 = re.compile(r"[Rr]\d*|[Cc]\d*|[Rr]\d*[Cc]\d*")
_PIECE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!,]+))!(\$?[A-Za-z]*\$?\d*(?::\$?[A-Za-z]*\$?\d*)?)")
MAX_NAME = 255


def name_faults(root: etree._Element, titles: Sequence[str]) -> Iterator[str]:
    """Everything that the workbook's names say, among its sheets."""
    names = root.findall(f"{q('definedNames')}/{q('definedName')}")
    yield from twice(
        (f"{n.get('name', '').casefold()}/{n.get('localSheetId')}" for n in names), "name"
    )
    known = {title.casefold() for title in titles}
    for name in names:
        for fault in _faults(name, titles, known):
            yield f"name {name.get('name')}: {fault}"


def is_a_name(text: str) -> bool:
    """Whether Excel takes a text for the name of a range or of a table."""
    if not _NAME.fullmatch(text) or units(text) > MAX_NAME or _R1C1.fullmatch(text):
        return False
    cell = _CELL.fullmatch(text)
    return not (cell and column_number(cell[1]) <= LAST_COLUMN and 1 <= int(cell[2]) <= LAST_ROW)


def _faults(name: etree._Element, titles: Sequence[str], known: set[str]) -> Iterator[str]:
    spelled, formula = name.get("name", ""), (name.text or "").strip()
    local = name.get("localSheetId")
    is_built_in = spelled.casefold().startswith("_xlnm.")
    if is_built_in and spelled[len("_xlnm.") :].casefold() not in _BUILT_IN:
        yield "no built-in name"
    if not is_built_in and not is_a_name(spelled):
        yield "no valid name"
    if local is not None and not (local.isdecimal() and int(local) < len(titles)):
        yield f"of no sheet: {local}"
        return
    if fault := formula_faults(formula):
        yield fault
        return
    for sheet in sheets_named(formula) - known:
        yield f"names no sheet: {sheet}"
    if is_built_in and local is not None:
        yield from _built_in(spelled.casefold(), formula, titles[int(local)])


def _built_in(spelled: str, formula: str, title: str) -> Iterator[str]:
    """Areas of print and titles are ranges of their own sheet; titles are whole rows, columns."""
    if "#REF!" in formula or "(" in formula:
        return
    pieces = _pieces(formula)
    if not pieces:
        return  # a formula, or another name
    if any(sheet.casefold() != title.casefold() for sheet, _ in pieces):
        yield f"another sheet's range: {formula}"
    found = [range_of(place) for _, place in pieces]
    if any(place is None for place in found):
        yield f"no range: {formula}"
        return
    places = [place for place in found if place is not None]
    if spelled.endswith("print_titles"):
        rows = [p for p in places if p[1] == 1 and p[3] == LAST_COLUMN]
        columns = [p for p in places if p[0] == 1 and p[2] == LAST_ROW]
        if len(rows) > 1 or len(columns) > 1 or len(rows) + len(columns) != len(places):
            yield f"titles that are not whole rows and columns: {formula}"
    if spelled.endswith("_filterdatabase") and len(places) != 1:
        yield f"a filter on several ranges: {formula}"


def _pieces(formula: str) -> list[tuple[str, str]]:
    """`'Ma feuille'!$1:$4,'Ma feuille'!$A:$B` as sheets and ranges; [] for what is otherwise."""
    found = []
    position = 0
    while position < len(formula):
        piece = _PIECE.match(formula, position)
        if piece is None:
            return []
        found.append(((piece[1] or piece[2]).replace("''", "'"), piece[3]))
        position = piece.end()
        if position < len(formula):
            if formula[position] != ",":
                return []
            position += 1
    return found
