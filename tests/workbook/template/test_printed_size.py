"""The sheets that people fill, and Synthèse, print at 9 points or more; the forms on one page."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cedre_xlsx.reports import empty_sheets
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from tests.forms.test_pdf import needs_pdftotext
from tests.support import few, libreoffice_convert, needs_libreoffice

SHEETS = (*(spec.sheet for spec in t.DATA_TABLES), t.SYNTHESIS.sheet)
LEAST = 9.0  # points
#: An A4 page on its side, less the margins, in points; an inch is 72.
_WIDTH = 841.9
#: A character of a column's width in points: in Excel at most, in LibreOffice.
_EXCEL, _LIBREOFFICE = (5.25, 3.75), (5.56, 0.0)

#: The columns that each page repeats, and how many pages wide the sheet is.
TITLES = {
    "Personnes": "$D:$D", "Suivi": "$A:$B", "Engagements": "$A:$C", "Missions": "$A:$C",
    "Freins": "$A:$B", "Synthèse": "$A:$B",
}  # fmt: skip
PAGES = {"Personnes": 2, "Suivi": 2, "Engagements": 4, "Missions": 2, "Freins": 1, "Synthèse": 1}


def lines(count: int) -> Filling:
    """Someone with so many lines, most of them of two or three rows."""
    long = "Proposition d'une mission de manutention chez un particulier, avec visite du poste"
    rows: list[FilledRow] = [
        {"person": "Fictif Élie", "dated": date(2026, 1, 5) + timedelta(days=n),
         "action": f"{n} {long}", "objective": "Urgence financière", "minutes": 15}
        for n in range(count)
    ]  # fmt: skip
    people: list[FilledRow] = [
        {"last_name": "Fictif", "first_name": "Élie", "registered": date(2026, 1, 5),
         "request": "Travailler près de chez lui."},
    ]  # fmt: skip
    more: Mapping[str, list[FilledRow]] = {
        "tEngagements": [{"reference": "CP-2026-001", "person": "Fictif Élie", "needs": "Urgent"}],
        "tMissions": [{"person": "Fictif Élie", "start": date(2026, 1, 6), "trade": "Peinture"}],
        "tFreins": [{"person": "Fictif Élie", "barrier": "Mobilité", "remarks": "Pas de permis"}],
    }
    return Filling(rows={"tPersonnes": people, "tSuivi": rows, **more}, person="Fictif Élie")


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(build_workbook(lines(1), empty_sheets())))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHEETS)
def test_text_is_printed_at_nine_points_or_more(book: Workbook, name: str) -> None:
    sheet = book[name]
    scale = sheet.page_setup.scale or 100
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    sizes = {
        cell.font.sz * scale / 100
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert min(sizes) >= LEAST


@pytest.mark.slow
@pytest.mark.parametrize("name", SHEETS)
def test_pages_are_as_many_as_said_and_each_tells_whose_line_it_is(
    book: Workbook, name: str
) -> None:
    sheet = book[name]
    assert sheet.print_title_cols == TITLES[name]
    assert sheet.page_setup.orientation == "landscape"
    for points in (_EXCEL, _LIBREOFFICE):
        assert pages_wide(book, name, points) == PAGES[name]


def pages_wide(book: Workbook, name: str, points: tuple[float, float]) -> int:
    """How many pages the columns in view take, each with the titles."""
    sheet = book[name]
    margins = sheet.page_margins
    room = _WIDTH - 72 * (margins.left + margins.right)
    first, last = (sheet[f"{one}1"].column for one in re.findall(r"[A-Z]+", TITLES[name]))
    widths = {
        number: points[0] * column.width + points[1]
        for column in sheet.column_dimensions.values()
        if not (column.hidden or column.collapsed)
        for number in range(column.min, column.max + 1)
    }
    titles = sum(width for number, width in widths.items() if first <= number <= last)
    pages, used = 1, 0.0
    for _, width in sorted(widths.items()):
        if used + width > room:
            pages, used = pages + 1, titles
        used += width
    return pages


@needs_libreoffice
@needs_pdftotext
@pytest.mark.parametrize("count", few([12, 1, 60]))
def test_the_pdf_of_libreoffice_has_these_sizes_and_no_empty_page(
    count: int, tmp_path: Path
) -> None:
    workbook = tmp_path / "classeur.xlsx"
    filling = replace(lines(count), reference="CP-2026-001")
    workbook.write_bytes(build_workbook(filling, empty_sheets()))
    pdf = libreoffice_convert(workbook, "pdf", tmp_path / "fait")
    pages: dict[str, list[list[tuple[float, str]]]] = defaultdict(list)
    for page in printed(pdf):
        (_, name), _number, *texts = page  # LibreOffice draws the foot first
        pages[name].append(texts)
    for name in SHEETS[:-1]:
        assert len(pages[name]) >= PAGES[name]
        assert min(size for page in pages[name] for size, _ in page) >= LEAST
    assert len(pages[t.CONVENTION_SHEET]) == 1
    [form] = pages[t.PERSON_FORM_SHEET]
    assert {text: size for size, text in form}["Urgence financière"] == LEAST  # a form too
    told = " ".join(text for _, text in form)
    assert ("Pour la suite, tapez" in told) == (count > 1)


def printed(pdf: Path) -> list[list[tuple[float, str]]]:
    """The texts of each page with their size in points."""
    xml = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-zoom", "3", "-stdout", str(pdf)],
        check=True, capture_output=True, text=True, timeout=120,
    ).stdout  # fmt: skip
    fonts = {one: int(size) / 3 for one, size in
             re.findall(r'<fontspec id="(\d+)" size="(\d+)"', xml)}  # fmt: skip
    return [
        [(fonts[font], " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split()))
         for font, text in re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', page)]
        for page in xml.split("<page ")[1:]
    ]  # fmt: skip
