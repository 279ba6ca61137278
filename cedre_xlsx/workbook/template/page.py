"""How a sheet of the template prints: A4, titles repeated, pages numbered."""

from __future__ import annotations

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9


def set_page(
    sheet: Worksheet, *, landscape: bool, pages_wide: int = 1, pages_tall: int = 0
) -> None:
    """Fit the sheet to so many A4 pages (0: as many as it takes), with a footer `&P / &N`."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = pages_tall
    set_margins(sheet)


def set_margins(sheet: Worksheet) -> None:
    """Margins of a centimetre, the page number and the sheet's name in the footer."""
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4  # inches
    margins.bottom = 0.6
    margins.header = margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A", "Arial,Regular", 8),
        right=_HeaderFooterPart("&P / &N", "Arial,Regular", 8),
    )
