"""A workbook of openpyxl as bytes, without its temporary files: what they hold may be protected."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def saved(workbook: Workbook) -> bytes:
    """As openpyxl saves, but for the date of today, which its own way always writes; and not
    compressed, as it is taken apart at once.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        _InMemory(workbook, archive).save()
    return buffer.getvalue()


class _InMemory(ExcelWriter):
    """Sheets are written in memory, where openpyxl gives each a file in the system's folder."""

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet into the archive."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        sheet = BytesIO()
        writer = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], sheet.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(ws)
