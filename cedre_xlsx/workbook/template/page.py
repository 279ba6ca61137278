"""How a sheet of the template prints: A4, titles repeated, pages numbered."""

from __future__ import annotations

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9


def set_page(sheet: Worksheet, *, landscape: bool, pages_tall: int = 0) -> None:
    """Fit the sheet to the width of an A4 page and to so many of them (0: as many as it takes)."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages_tall
    set_margins(sheet)


def set_full_size(sheet: Worksheet, titles: str) -> None:
    """Print the sheet as large as on screen, A4 landscape, over as many pages as its columns take.

    `titles` are the columns that every page repeats: those that say whose line it is.
    """
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.scale = 100
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_title_cols = titles
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
