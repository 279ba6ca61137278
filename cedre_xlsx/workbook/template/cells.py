"""Writing one cell: texts stay texts, links stay inside the workbook, heights stay free."""

from __future__ import annotations

from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method.french import typeset
from cedre_xlsx.ooxml.cell_text import as_stored
from cedre_xlsx.schema.tables import LISTS_SHEET
from cedre_xlsx.workbook.styles import Style, apply_style
from cedre_xlsx.workbook.template.filling import Cell as CellValue


class _SoftRow(RowDimension):
    """A row with a height that still adapts: openpyxl marks every height as the user's own."""

    @property
    def customHeight(self) -> None:  # type: ignore[override]  # noqa: N802
        """Never: typing in the row makes it fit again."""
        return None


def put(cell: Cell | MergedCell, value: CellValue) -> None:
    """Write what a person would type; a text that starts with "=" stays a text."""
    if isinstance(value, str):
        value = as_stored(value)
    cell.value = value if value != "" else None
    if isinstance(value, str) and value:
        cell.data_type = "s"


def write(sheet: Worksheet, ref: str, value: CellValue, style: Style) -> None:
    """Write a value in a cell, with its look: our own texts are typeset, but those of `Listes`,
    which formulas compare with what is chosen.
    """
    is_read = isinstance(value, str) and sheet.title != LISTS_SHEET
    write_as_typed(sheet, ref, typeset(str(value)) if is_read else value, style)


def write_as_typed(sheet: Worksheet, ref: str, value: CellValue, style: Style) -> None:
    """Write what a person typed, or would, with its look."""
    cell = sheet[ref]
    put(cell, value)
    apply_style(cell, style)


def write_link(sheet: Worksheet, ref: str, text: str, target: str, cell: str, style: Style) -> None:
    """Write a text that leads to a cell of the sheet named `target`."""
    write(sheet, ref, text, style)
    location = f"{quote_sheetname(target)}!{cell}"
    sheet[ref].hyperlink = Hyperlink(ref=ref, location=location, display=text)


def set_height(sheet: Worksheet, row: int, points: float) -> None:
    """Give a row a height that editing may still change."""
    sheet.row_dimensions[row] = _SoftRow(sheet, index=row, ht=points)
