"""The sheets of a consolidation as a new workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cedre_xlsx.federation.consolidation import Consolidation, ConsolidationSort
from cedre_xlsx.federation.kinds import SUBJECT
from cedre_xlsx.federation.sheets.definitions import definitions_page
from cedre_xlsx.federation.sheets.essential import essential_page
from cedre_xlsx.federation.sheets.figures import figures_page
from cedre_xlsx.federation.sheets.files import files_page
from cedre_xlsx.federation.sheets.page import Page
from cedre_xlsx.federation.sheets.people import people_page
from cedre_xlsx.federation.sheets.tables import tables_pages
from cedre_xlsx.ooxml.cell_text import legal
from cedre_xlsx.workbook.package import finish
from cedre_xlsx.workbook.saving import saved
from cedre_xlsx.workbook.template.book import Book

#: A fixed date: a consolidation written twice is the same file.
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a package holds no time zone


def consolidated_workbook(consolidation: Consolidation) -> bytes:
    """A new workbook: the essential, the figures and tables of each year, people in several
    antennas unless it is public, the files, the definitions.

    The same consolidation makes the same bytes.
    """
    book = Book()
    for page in _pages(consolidation):
        page.draw(book.workbook)
    workbook = book.workbook
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.active = 0
    workbook.properties.creator = "cedre_xlsx"
    workbook.properties.subject = SUBJECT
    workbook.properties.title = legal(consolidation.title)
    workbook.properties.language = "fr-FR"
    workbook.properties.created = workbook.properties.modified = _MADE
    return finish.finish_template(saved(workbook), {})


def _pages(consolidation: Consolidation) -> Iterator[Page]:
    """The sheets in their order, the last year first."""
    yield essential_page(consolidation)
    for year in reversed(consolidation.years):
        yield figures_page(consolidation, year)
        yield from tables_pages(consolidation, year)
    if consolidation.sort is ConsolidationSort.ANTENNAS and not consolidation.public:
        yield people_page(consolidation)
    yield files_page(consolidation)
    yield definitions_page(consolidation)
