"""The dossier as a workbook of values: a sheet a table, nothing that computes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from cedre_xlsx.privacy.dossier.gather import Content, Part
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.styles import FONT
from cedre_xlsx.workbook.template.cells import put

_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a package holds no time zone
_WIDTH, _CELLS_WIDTH = 26, 16  # characters
_ABOUT = "Vos droits"
_LONGEST_TITLE = 31


def dossier_workbook(content: Content) -> bytes:
    """The bytes of the workbook that goes with the PDF."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet), "a new workbook has a sheet"
    first.title = _ABOUT
    rows = [(one.title, one.text) for one in content.article]
    _fill(first, ("Ce qui vous est dit", "Réponse"), rows, widths=(_WIDTH, 90))
    for part in content.parts:
        headings = tuple(dict.fromkeys(one.heading for line in part.lines for one in line))
        sheet = book.create_sheet(part.title[:_LONGEST_TITLE])
        widths = (_CELLS_WIDTH, *(_WIDTH for _ in headings))
        _fill(sheet, ("Cellules", *headings), _rows(part, headings), widths=widths)
    book.properties.creator = "cedre_xlsx"
    book.properties.created = book.properties.modified = _MADE
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return buffer.getvalue()


def _rows(part: Part, headings: tuple[str, ...]) -> list[tuple[str, ...]]:
    made = []
    for line in part.lines:
        texts: dict[str, list[str]] = {}
        for one in line:
            texts.setdefault(one.heading, []).append(one.text)
        cells = [one.cell for one in line if one.cell]
        span = "" if not cells else cells[0] if len(set(cells)) == 1 else _span(cells)
        made.append((span, *("\n".join(texts.get(heading, ())) for heading in headings)))
    return made


def _span(cells: list[str]) -> str:
    """From the first cell of a line to its last one: Suivi!A12:K12."""
    return f"{cells[0]}:{cells[-1].rpartition('!')[2]}"


def _fill(
    sheet: Worksheet,
    headings: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    widths: tuple[int, ...],
) -> None:
    for number, row in enumerate((headings, *rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name=FONT, size=10, bold=number == 1)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letter(column)].width = width
    sheet.freeze_panes = "A2"
