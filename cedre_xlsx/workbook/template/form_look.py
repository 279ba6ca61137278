"""The look of the printed forms, their protection and the cell that each is driven by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.workbook.styles import (
    CHOICE,
    HINT,
    INK,
    LATE,
    LINE,
    SOFT,
    TEXT,
    TITLE,
    Style,
    apply_style,
)
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.cells import write
from cedre_xlsx.workbook.template.filling import Cell
from cedre_xlsx.workbook.template.form_live import Live

FORM_TITLE = replace(TITLE, horizontal="left")
HEADING = Style(bold=True, color=INK, fill=SOFT, vertical="center", indent=1)
LABEL = Style(bold=True, color=INK, vertical="center", wrap=False)
VALUE = Style(vertical="center", indent=1)
PANEL = Style(indent=1)
NOTICE = Style(italic=True, color=LATE, vertical="center", size=8)
FORM_HINT = replace(HINT, size=9)
CHOSEN = Style(
    bold=True, size=11, color=TEXT, fill=CHOICE, horizontal="center", vertical="center",
    wrap=False, locked=False,
)  # fmt: skip
_INK, _SOFT = Side(style="thin", color=INK), Side(style="thin", color=LINE)
_SIDES = ("left", "right", "top", "bottom")


def put(book: Book, sheet: Worksheet, cells: str, content: Live | Cell, style: Style) -> None:
    """Write a formula or a value in a cell, or in cells that are merged."""
    first = cells.partition(":")[0]
    if first != cells:
        sheet.merge_cells(cells)
    if isinstance(content, Live):
        book.formula(sheet, first, f"={content.formula}", content.value)
        apply_style(sheet[first], style)
    else:
        write(sheet, first, content, style)


def outline(sheet: Worksheet, cells: str, *, soft: bool = False) -> None:
    """Draw a box around a range, merged or not; what else its cells are lined with stays."""
    side = _SOFT if soft else _INK
    for cell, edges in _edges(sheet, cells):
        old = cell.border
        cell.border = Border(
            left=side if "left" in edges else old.left,
            right=side if "right" in edges else old.right,
            top=side if "top" in edges else old.top,
            bottom=side if "bottom" in edges else old.bottom,
        )


def outline_when(sheet: Worksheet, cells: str, formula: str, *, dashed: bool = False) -> None:
    """Draw a box around a range while a formula holds.

    LibreOffice draws merged cells as the first of them is, Excel as each one is on its edge.
    """
    side = Side(style="dashed" if dashed else "thin", color=LINE)
    edges = {cell.coordinate: set(names) for cell, names in _edges(sheet, cells)}
    for merged in sheet.merged_cells.ranges:
        first, *others = (sheet.cell(*place).coordinate for place in merged.cells)
        if first in edges:
            edges[first].update(*(edges[other] for other in others))
    for coordinate, names in edges.items():
        border = Border()
        for name in sorted(names):
            setattr(border, name, side)
        rule = Rule(type="expression", formula=[formula], dxf=DifferentialStyle(border=border))
        if names:
            sheet.conditional_formatting.add(coordinate, rule)


def _edges(sheet: Worksheet, cells: str) -> Iterator[tuple[SheetCell | MergedCell, list[str]]]:
    """Each cell of a range with the sides by which it is on the edge."""
    rows = sheet[cells] if ":" in cells else ((sheet[cells],),)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            on_edge = (
                place == 0, place == len(row) - 1, number == 0, number == len(rows) - 1,
            )  # fmt: skip
            yield cell, [name for name, edge in zip(_SIDES, on_edge, strict=True) if edge]


def dotted(sheet: Worksheet, cells: str) -> None:
    """Draw the dotted line that a hand writes on."""
    side = Side(style="dotted", color=INK)
    for row in sheet[cells] if ":" in cells else ((sheet[cells],),):
        for cell in row:
            cell.border = Border(bottom=side)


def draw_choice(
    book: Book, sheet: Worksheet, cells: str, chosen: str, source: str, *, title: str,
    prompt: str, error: str,
) -> None:  # fmt: skip
    """The cell that drives a form: a list, to be left empty for a blank form."""
    put(book, sheet, cells, chosen or None, CHOSEN)
    outline(sheet, cells)
    add_list(sheet, cells.partition(":")[0], source, title=title, prompt=prompt, error=error)


def add_list(
    sheet: Worksheet, cells: str, source: str, *, title: str, prompt: str, error: str
) -> None:
    """Let cells take only the values of a list, a defined name."""
    rule = DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle="stop",
        showErrorMessage=True, showInputMessage=True,
        promptTitle=title, prompt=prompt, errorTitle=title, error=error,
    )  # fmt: skip
    rule.add(cells)
    sheet.add_data_validation(rule)


def protect(sheet: Worksheet) -> None:
    """Keep formulas from being typed over; looks may change, no password, objects are free."""
    sheet.protection.sheet = True
    sheet.protection.formatCells = False
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.objects = False
    sheet.protection.scenarios = False
