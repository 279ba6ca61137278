"""The look of everything we write: one ink, one soft fill, Arial (LibreOffice cuts Calibri)."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = "Arial"
INK = "FF1F3864"  # headings
TEXT = "FF222222"
MUTED = "FF7F7F7F"
SOFT = "FFDDE6F3"  # heading fill
CHOICE = "FFFFF8DC"  # the cell a form is driven by
LINE = "FFB8C4D6"
LATE = "FFC00000"
LATE_FILL = "FFFBE3E0"
SOON_FILL = "FFFFF2CC"
DONE_FILL = "FFE7F3E4"
DATE_FORMAT = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell. Colours are ARGB; `border` is "" (none), "thin", "bottom" or "box"."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 9
    color: str = TEXT
    fill: str = ""
    border: str = ""
    horizontal: str = "left"
    vertical: str = "top"
    wrap: bool = True
    shrink: bool = False
    indent: int = 0
    number_format: str = "General"
    locked: bool = True


TITLE = Style(bold=True, size=14, color=INK, vertical="center", wrap=False)
HINT = Style(italic=True, color=MUTED, vertical="center", wrap=False)
HEADER = Style(
    bold=True, color=INK, fill=SOFT, border="thin", horizontal="center", vertical="center"
)
BODY = Style(border="thin")
BODY_DATE = Style(border="thin", horizontal="center", number_format=DATE_FORMAT)
BODY_CENTER = Style(border="thin", horizontal="center")
BODY_LINK = Style(border="thin", horizontal="center", underline=True, color="FF2F5597")
HIDDEN_KEY = Style(color=MUTED, wrap=False)

_THIN = Side(style="thin", color=LINE)
_BOX = Side(style="thin", color=INK)
_BORDERS = {
    "thin": Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN),
    "bottom": Border(bottom=_THIN),
    "box": Border(left=_BOX, right=_BOX, top=_BOX, bottom=_BOX),
}


#: What openpyxl made of each look in a workbook: nearly all cells are given one again.
_GIVEN: WeakKeyDictionary[Workbook, dict[Style, Any]] = WeakKeyDictionary()


def apply_style(cell: Cell | MergedCell, style: Style) -> None:
    """Give an openpyxl cell this look."""
    if cell.has_style:
        _apply(cell, style)
        return
    bare: Any = cell  # the types of openpyxl do not know `_style`
    given = _GIVEN.setdefault(bare.parent.parent, {})
    if style in given:
        bare._style = copy(given[style])
    else:
        _apply(cell, style)
        given[style] = copy(bare._style)


def _apply(cell: Cell | MergedCell, style: Style) -> None:
    """Every part of the look, added to those of the workbook where they are new."""
    from openpyxl.styles import Protection

    cell.font = Font(
        name=FONT,
        size=style.size,
        bold=style.bold,
        italic=style.italic,
        underline="single" if style.underline else None,
        color=style.color,
    )
    if style.fill:
        cell.fill = PatternFill("solid", start_color=style.fill, end_color=style.fill)
    if style.border:
        cell.border = _BORDERS[style.border]
    cell.alignment = Alignment(
        horizontal=style.horizontal,
        vertical=style.vertical,
        wrap_text=style.wrap,
        shrink_to_fit=style.shrink or None,
        indent=style.indent,
    )
    cell.number_format = style.number_format
    if not style.locked:
        cell.protection = Protection(locked=False)
