"""The sheet of a year as it is printed and as its tables are copied, by LibreOffice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from cedre_xlsx.reports.layout import FIRST_ROW
from cedre_xlsx.reports.statistics import yearly_sheets
from cedre_xlsx.reports.statistics.compute import compute
from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.pages import PrintedRow, page_ends
from cedre_xlsx.reports.statistics.sections import LINKS
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.generated import Link
from cedre_xlsx.workbook.template.book import Book
from tests.clipboard import copied
from tests.reports.statistics.test_oracle import ON, association
from tests.rules.rule_cases import person, workbook
from tests.support import libreoffice_converts, needs_libreoffice
from tests.workbook.package.splice_support import splice

YEAR = 2025
SHEET = f"Statistiques {YEAR}"
#: The associations, by how many people they are of.
ASSOCIATIONS = {"12": 12, "60": 60, "200": 200}


def made(records: Records, path: Path, year: int = YEAR) -> Path:
    """A workbook with the sheet of the year alone, in the font that new workbooks have."""
    host = Book()
    host.sheet("Feuille")
    file = BytesIO()
    host.workbook.save(file)
    sheet = yearly_sheets(records, (year,), on=ON, workbook="essai.xlsx", version="9")[0]
    path.write_bytes(splice(file.getvalue(), [sheet], on=ON).data)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three associations."""
    target = tmp_path_factory.mktemp("associations")
    for name, people in ASSOCIATIONS.items():
        made(association(people, people), target / f"{name}.xlsx")
    return target


# Pages


@st.composite
def runs(draw: st.DrawFn) -> list[PrintedRow]:
    """Tables of low rows, cut at a cost, and texts that may be cut anywhere."""
    rows: list[PrintedRow] = []
    for _ in range(draw(st.integers(1, 5))):
        cut = draw(st.sampled_from([inf, 30.0, 0.1]))
        count = draw(st.integers(1, 12 if cut == inf else 25))
        rows += [PrintedRow(draw(st.sampled_from([10.0, 16.0, 28.0])), cut) for _ in range(count)]
        rows[-1] = PrintedRow(rows[-1].height, 0)
    return rows


@given(runs())
def test_no_page_overflows_nor_ends_where_it_must_not(rows: list[PrintedRow]) -> None:
    ends = page_ends(rows, 600, 40)
    assert ends == sorted(set(ends))
    for first, last in zip([0, *ends], [*ends, len(rows)], strict=True):
        assert 40 + sum(row.height for row in rows[first:last]) <= 600
        assert last == len(rows) or rows[last - 1].cut < inf


@pytest.mark.parametrize(
    ("tables", "ends"),
    [
        ([20], []),
        ([20, 20], [20]),  # 40 + 320 points, then as much: each whole
        ([8, 34], [22]),  # a page of 8 rows would be too empty: the second table is cut
        ([34, 10], [24]),  # so would a last page of 10
    ],
)
def test_where_pages_end(tables: list[int], ends: list[int]) -> None:
    rows = [
        PrintedRow(16, 0 if row == count - 1 else 30.0) for count in tables for row in range(count)
    ]
    assert page_ends(rows, 600, 40) == ends


def filled(pdf: Path) -> list[float]:
    """Of each page, the share of its height between the margins that something stands on."""
    folder = pdf.with_suffix("")
    folder.mkdir()
    subprocess.run(["pdftoppm", "-gray", "-r", "36", str(pdf), str(folder / "p")], check=True)
    return [_filled(path.read_bytes()) for path in sorted(folder.iterdir())]


def _filled(picture: bytes) -> float:
    header = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", picture)
    assert header is not None
    width, height = int(header[1]), int(header[2])
    points = picture[header.end() :]
    top, bottom = round(0.4 * 36), height - round(0.6 * 36)  # the margins, in inches
    inked = [row for row in range(top, bottom)
             if min(points[row * width : (row + 1) * width]) < 250]  # fmt: skip
    return (max(inked) + 1 - top) / (bottom - top)


@pytest.fixture(scope="module")
def pdfs(folder: Path) -> dict[str, Path]:
    """The three as LibreOffice prints them."""
    paths = [folder / f"{name}.xlsx" for name in ASSOCIATIONS]
    made = libreoffice_converts(paths, "pdf", folder)
    return dict(zip(ASSOCIATIONS, made, strict=True))


@needs_libreoffice
@pytest.mark.program("pdftoppm")
@pytest.mark.parametrize("name", ASSOCIATIONS)
def test_no_page_is_less_than_half_full(pdfs: dict[str, Path], name: str) -> None:
    pdf = pdfs[name]
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    assert all(SHEET in page for page in pages)  # as wide as a page: none is cut at the right
    shares = filled(pdf)
    assert all(share > 0.5 for share in shares), shares
    board = pages[0]
    for words in ("Heures d'accompagnement notées", "Ce que ces chiffres ne disent pas", "2023"):
        assert words in board
    assert "Personnes dans la file active" in pages[1]
    assert "Définitions" not in board


@pytest.mark.slow
def test_a_table_wider_than_usual_fits_the_page() -> None:
    """Of a structure with seven more types of its own."""
    records = association(3, 60)
    more = [replace(records.settings.types[0], code=f"X{n}", name=f"Essai {n}") for n in range(7)]
    settings = replace(records.settings, types=(*records.settings.types, *more))
    sheet = yearly_sheets(
        replace(records, settings=settings), (YEAR,), on=ON, workbook="e.xlsx", version="9"
    )[0]
    drawn: Any = Book().sheet("Feuille")
    sheet.draw(drawn, sheet.last_row)
    columns = max(len(row.values) for row in sheet.rows)
    assert columns == 1 + 13 + 3 + 2  # what follows a type, the total, what leads to its definition
    widths = [drawn.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1)]
    assert drawn.page_setup.scale == int(84 * 163 / sum(widths)) < 84
    assert drawn.print_area.startswith("'Feuille'!$A$1:$S$")


# What is copied


def tables(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    """The first heading of each table and what stands there, as the cells hold it."""
    sheet = load_workbook(path)[SHEET]
    rows = [[cell.value for cell in row[: LINKS - 2]] for row in sheet.iter_rows()]
    row = FIRST_ROW
    while row < len(rows):
        title, below = rows[row - 1][0], rows[row][0] if row < len(rows) else None
        if title and below is None and rows[row + 1][0] and _is_filled(sheet, row):
            start = row + 2
            if title == "Définitions":
                return
            end = next(n for n in range(start, len(rows)) if rows[n][0] is None)
            width = next(n for n, cell in enumerate([*sheet[start], None])
                         if cell is None or cell.value is None)  # fmt: skip
            body = [[cell.value for cell in line[:width]]
                    for line in sheet.iter_rows(min_row=start, max_row=end)]  # fmt: skip
            yield f"A{start}", body
            row = end
        row += 1


def _is_filled(sheet: Any, row: int) -> bool:
    return sheet.cell(row, 1).fill.fgColor.rgb == "FF1F3864"


@needs_libreoffice
def test_a_table_is_pasted_as_it_is_and_nothing_else(folder: Path) -> None:
    path = folder / "60.xlsx"
    found = list(tables(path))
    titles = [rows[0][0] for _, rows in found]
    blocks = {definition_of(one.id).block
              for one in compute(association(60, 60), YEAR, on=ON).indicators}  # fmt: skip
    assert titles.count("Chiffre") == len(blocks) > 5
    assert {"Mois", "Année", "Catégorie", "Catégorie · Motif", "Frein"} <= set(titles)
    pasted = copied(path, SHEET, [cell for cell, _ in found])
    for (_, rows), one in zip(found, pasted, strict=True):
        assert (one.links, one.spans) == ((), 0)
        assert [len(row) for row in one.html] == [len(rows[0])] * len(rows)
        assert one.html == [[cell.strip() for cell in row] for row in one.text]
        assert one.text[0] == rows[0]
        assert [row[0] for row in one.text] == [row[0] for row in rows]
        for shown, row in zip(one.text[1:], rows[1:], strict=True):
            for text, value in zip(shown[1:], row[1:], strict=True):
                assert is_shown(text, value), (text, value)


def is_shown(text: str, value: Any) -> bool:
    """Whether a text is how a cell shows that value: rounded, in per cents or not."""
    if value is None or isinstance(value, str):
        return text == (value or "")
    number = text.replace(",", "")
    if number.endswith(" %"):
        return abs(float(number[:-2]) / 100 - value) <= 0.005
    return abs(float(number) - value) <= 0.5


# Definitions


def test_each_figure_leads_to_its_definition() -> None:
    sheet = yearly_sheets(association(3, 60), (YEAR,), on=ON, workbook="e.xlsx", version="9")[0]
    shown = {FIRST_ROW + at: row.values for at, row in enumerate(sheet.rows)}
    links = [(values[0], value) for values in shown.values() for value in values
             if isinstance(value, Link)]  # fmt: skip
    for label, link in links:
        number = link.text.removeprefix("déf. ")
        told = shown[int(link.cell.removeprefix("A"))]
        assert str(told[0]).startswith(f"{number}. "), label
        assert told[1]
    leads = {label: shown[int(link.cell.removeprefix("A"))][0] for label, link in links}
    assert str(leads["Sorties comptées"]).endswith(". Sorties comptées")
    assert str(leads["dont signés par les deux"]).endswith(
        ". Engagements conclus, dont signés par les deux"
    )
    assert str(leads["dont statut non noté"]).endswith(". Actions, dont …")
    assert str(leads["Mois"]).endswith(". Mois par mois")
    assert len(links) >= 60


def test_definitions_are_the_last_rows_and_only_they_are_merged() -> None:
    records = association(3, 60)
    sheet = yearly_sheets(records, (YEAR,), on=ON, workbook="e.xlsx", version="9")[0]
    drawn: Any = Book().sheet("Feuille")
    sheet.draw(drawn, sheet.last_row)
    first = next(at for at, row in enumerate(sheet.rows, FIRST_ROW)
                 if row.values[:1] == ("Définitions",))  # fmt: skip
    merged = sorted(area.min_row for area in drawn.merged_cells.ranges)
    headings, unknown, *others = merged
    assert headings == FIRST_ROW - 1  # above the charts
    assert str(sheet.rows[unknown - FIRST_ROW - 1].values[0]).startswith("Ce que ces chiffres")
    assert others == list(range(first + 2, sheet.last_row + 1))


def test_a_silent_year_fills_its_pages_too() -> None:
    records = workbook([person("A", registered=date(2026, 1, 5))])
    sheet = yearly_sheets(records, (2020,), on=ON, workbook="e.xlsx", version="9")[0]
    drawn: Any = Book().sheet("Feuille")
    sheet.draw(drawn, sheet.last_row)
    breaks = [one.id for one in drawn.row_breaks.brk]
    heights = [row.height or 16 for row in sheet.rows]
    for first, last in zip([FIRST_ROW - 1, *breaks], [*breaks, sheet.last_row], strict=True):
        used = 39 + sum(heights[first - FIRST_ROW + 1 : last - FIRST_ROW + 1])
        assert 300 < used <= 602
