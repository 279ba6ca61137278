"""The cells of a generated sheet as people left it, read row by row: its tree is never whole.

A tree takes ten times the room of the sheet's XML. What is compared is kept of each cell; the few
that have to be written again are fetched in a second reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from cedre_xlsx.ooxml.cell_text import from_xml, number_text
from cedre_xlsx.ooxml.members import damaged
from cedre_xlsx.ooxml.parts import PARSING
from cedre_xlsx.schema.generated import bare_key
from cedre_xlsx.workbook.package.host import q

_ROWS, _ROW, _CELL = q("sheetData"), q("row"), q("c")
_FORMULA, _VALUE, _TEXT = q("f"), q("v"), q("t")
_LOOK = f"{q('is')}/{q('r')}/{q('rPr')}"
_DIGITS = "0123456789"

Place = tuple[int, int]  # row, column


class OldCell(NamedTuple):
    """What a cell holds, as it is compared: its formula, its text, or its number.

    `kind` and `style` are those of the file; a cell that is not `filled` has its style alone; a
    `rich` text has parts with a look of their own.
    """

    text: str
    kind: str
    style: str
    filled: bool
    rich: bool = False


@dataclass
class OldCells:
    """Every cell by row and column, numbered as Excel does where the file says nothing.

    `root` is the sheet without its rows; `shared_formulas` are those written once for several
    cells, by their number: the text, and where it is; `arrays` are the ranges that one formula
    fills.
    """

    root: etree._Element
    rows: dict[int, dict[int, OldCell]] = field(default_factory=dict)
    shared_formulas: dict[str, tuple[str, str]] = field(default_factory=dict)
    arrays: list[str] = field(default_factory=list)


def read_cells(
    content: bytes, strings: Sequence[str], rich: Collection[int] = frozenset()
) -> OldCells:
    """The cells of a sheet's XML; `strings` are the workbook's shared strings, `rich` the numbers
    of those that have parts with a look of their own.
    """
    context = _parsing(content)
    rows: dict[int, dict[int, OldCell]] = {}
    shared: dict[str, tuple[str, str]] = {}
    arrays: list[str] = []
    for number, cells in _numbered(context):
        if cells:
            rows[number] = {
                column: _old_cell(cell, strings, rich) for column, cell in cells.items()
            }
        for column, old in rows.get(number, {}).items():
            formula = cells[column].find(_FORMULA) if old.text.startswith("=") else None
            if formula is None:
                continue
            if formula.get("t") == "shared" and formula.text:
                place = f"{get_column_letter(column)}{number}"
                shared[formula.get("si", "")] = (formula.text, place)
            elif formula.get("t") in ("array", "dataTable") and formula.get("ref"):
                arrays.append(formula.get("ref", ""))
    return OldCells(context.root, rows, shared, arrays)


def elements(content: bytes, places: Collection[Place]) -> Mapping[Place, etree._Element]:
    """The cells of some places, as they are in the sheet's XML."""
    found: dict[Place, etree._Element] = {}
    if not places:
        return found
    wanted = {number for number, _ in places}
    for number, cells in _numbered(_parsing(content)):
        if number in wanted:
            for column, cell in cells.items():
                if (number, column) in places:
                    found[number, column] = deepcopy(cell)
    return found


def _parsing(content: bytes) -> etree.iterparse:
    return etree.iterparse(BytesIO(content), events=("end",), tag=_ROW, **PARSING)


def _numbered(context: etree.iterparse) -> Iterator[tuple[int, dict[int, etree._Element]]]:
    """Each row's number with its cells by column; they are gone when the next row comes."""
    number = 0
    for row in _rows(context):
        rows = row.getparent()
        if rows is None or rows.tag != _ROWS:
            continue
        number = _integer(row.get("r")) or number + 1
        cells: dict[int, etree._Element] = {}
        column = 0
        for cell in row.iterchildren(_CELL):
            column = _column(cell.get("r", "")) or column + 1
            cells[column] = cell
        yield number, cells
        row.clear()
        while row.getprevious() is not None:
            del rows[0]


def _rows(context: etree.iterparse) -> Iterator[etree._Element]:
    try:
        yield from (row for _, row in context)
    except etree.XMLSyntaxError as error:
        raise damaged("une de ses feuilles") from error


def _old_cell(cell: etree._Element, strings: Sequence[str], rich: Collection[int]) -> OldCell:
    kind, style = cell.get("t", "n"), cell.get("s", "")
    count = len(cell)
    if count == 1:  # as we write texts: one run, without a look of its own
        inner = cell[0]
        if len(inner) == 1 and not len(run := inner[0]):
            return OldCell(bare_key(from_xml(run.text or "")), kind, style, True, False)
    text = bare_key(_text(cell, kind, strings)) if count else ""
    return OldCell(text, kind, style, count > 0, _is_rich(cell, kind, rich))


def _is_rich(cell: etree._Element, kind: str, rich: Collection[int]) -> bool:
    if kind == "s":
        return bool(rich) and _integer(cell.findtext(_VALUE)) in rich
    return kind == "inlineStr" and cell.find(_LOOK) is not None


def _text(cell: etree._Element, kind: str, strings: Sequence[str]) -> str:
    formula = cell.findtext(_FORMULA)
    if formula:
        return f"={formula}"
    if kind == "inlineStr":
        return from_xml("".join(text.text or "" for text in cell.iter(_TEXT)))
    value = cell.findtext(_VALUE) or ""
    if kind == "s":
        index = _integer(value)
        return strings[index] if index is not None and index < len(strings) else ""
    return _number_text(value) if kind == "n" else from_xml(value)


def _number_text(value: str) -> str:
    try:
        return number_text(float(value))
    except ValueError:
        return value


@lru_cache(maxsize=4096)
def _column_of(letters: str) -> int | None:
    if not 1 <= len(letters) <= 3 or not letters.isalpha():
        return None
    try:
        return column_index_from_string(letters)
    except ValueError:
        return None


def _column(reference: str) -> int | None:
    """The column of a reference; None for anything else."""
    letters = reference.rstrip(_DIGITS)
    return None if letters == reference else _column_of(letters)


def _integer(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
