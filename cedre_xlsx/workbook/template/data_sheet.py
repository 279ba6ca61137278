"""A sheet that people fill: title, hint, an Excel table, what each column accepts and says."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.reach import reach_below
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import (
    BARRIERS,
    ENGAGEMENTS,
    FOLLOW_UP,
    HEADER_ROW,
    MISSIONS,
    PEOPLE,
    TableSpec,
)
from cedre_xlsx.workbook.styles import (
    DATE_FORMAT,
    FONT,
    HEADER,
    HINT,
    INK,
    MUTED,
    TEXT,
    TITLE,
    Style,
    apply_style,
)
from cedre_xlsx.workbook.template.alerts import add_alerts
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.cells import put, set_height, write
from cedre_xlsx.workbook.template.excel_table import add_table
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from cedre_xlsx.workbook.template.heights import row_height
from cedre_xlsx.workbook.template.lists_sheet import person_name
from cedre_xlsx.workbook.template.page import set_full_size
from cedre_xlsx.workbook.template.validations import validate

FIRST_ROW = HEADER_ROW + 1
REQUIRED = Style(
    bold=True, color="FFFFFFFF", fill=INK, border="thin", horizontal="center", vertical="center"
)
_LEGEND = "En-tête foncé : à remplir toujours. Vos propres colonnes s'ajoutent à droite."
_FOLDED = "Colonnes facultatives : bouton + au-dessus, à droite"
_FACULTATIVE = "Facultatif"
_NOTE = Style(italic=True, color=MUTED, horizontal="right", vertical="center", wrap=False)
_GROUP = Style(bold=True, color=MUTED, vertical="center", wrap=False)
_CALCULATED_FILL = "FFF2F2F2"
#: The columns that every printed page repeats, the first and the last of them.
REPEATED = {
    PEOPLE.table: ("typed_person", "typed_person"),
    FOLLOW_UP.table: ("person", "dated"),
    ENGAGEMENTS.table: ("reference", "person"),
    MISSIONS.table: ("person", "start"),
    BARRIERS.table: ("person", "barrier"),
}


def draw_data_sheet(book: Book, filling: Filling, spec: TableSpec[Any]) -> None:
    """Draw one of the data sheets and fill its table."""
    spec = spec.drawn(filling.packs)
    sheet = book.sheet(spec.sheet)
    rows = filling.of(spec.table)
    _draw_titles(sheet, spec)
    _draw_columns(sheet, spec)
    _draw_rows(book, sheet, spec, rows or ({},))
    add_table(sheet, spec, HEADER_ROW, max(len(rows), 1))
    last = reach_below(HEADER_ROW + len(rows))
    for letter, (field, column) in _lettered(spec):
        own_key = spec.table == ENGAGEMENTS.table and field == "reference"
        validate(sheet, f"{letter}{FIRST_ROW}:{letter}{last}", field, column, own_key=own_key)
    add_alerts(sheet, spec)
    _set_view(sheet, spec)


def draw_column(
    sheet: Worksheet, letter: str, column: Column, heading_row: int = HEADER_ROW
) -> None:
    """The heading of a column, its width, and the look of the cells that are still to be typed."""
    style = REQUIRED if column.required else HEADER
    write(sheet, f"{letter}{heading_row}", column.header, style)
    dimension = sheet.column_dimensions[letter]
    dimension.width = column.width
    body = body_style(column)
    dimension.font = Font(name=FONT, size=body.size, color=body.color, bold=body.bold)
    dimension.alignment = Alignment(horizontal=body.horizontal, vertical="top", wrap_text=True)
    dimension.number_format = body.number_format
    if column.facultative:
        dimension.outlineLevel = 1
        dimension.hidden = True


def body_style(column: Column) -> Style:
    """The look of a column's cells, by its kind.

    LibreOffice prints the ### of a number in a folded column, over the empty cell before it where
    the number is centred: there it stands at the left.
    """
    is_text = column.kind in (Kind.YES_NO, Kind.CODE)
    centred = column.kind in _CENTRED and (is_text or not column.facultative)
    dated = column.kind in (Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE)
    return Style(
        border="thin",
        bold=column.kind is Kind.PERSON,
        color=MUTED if column.calculated else TEXT,
        fill=_CALCULATED_FILL if column.calculated else "",
        horizontal="center" if centred else "left",
        number_format=DATE_FORMAT if dated else "General",
    )


_CENTRED = frozenset(
    {Kind.DATE, Kind.INTEGER, Kind.NUMBER, Kind.HOURS, Kind.DURATION, Kind.YES_NO, Kind.CODE}
)


def _lettered(spec: TableSpec[Any]) -> list[tuple[str, tuple[str, Column]]]:
    return [(column_letter(index), item) for index, item in enumerate(spec.columns.items(), 1)]


def _draw_titles(sheet: Worksheet, spec: TableSpec[Any]) -> None:
    write(sheet, "A1", spec.title, TITLE)
    sheet.row_dimensions[1].height = 24
    last, width = _title_span(spec)
    for row, text in ((2, spec.hint), (3, _LEGEND)):
        write(sheet, f"A{row}", text, replace(HINT, wrap=True))
        sheet.merge_cells(f"A{row}:{column_letter(last)}{row}")
        sheet.row_dimensions[row].height = row_height([(text, width)])
    folded = [letter for letter, (_, column) in _lettered(spec) if column.facultative]
    if folded:
        write(sheet, f"{folded[0]}3", _FACULTATIVE, _GROUP)
        last_shown = column_letter(len(spec.columns) - len(folded))
        write(sheet, f"{last_shown}3", _FOLDED, _NOTE)


def _draw_columns(sheet: Worksheet, spec: TableSpec[Any]) -> None:
    """Headings, widths, and the look of the cells that are still to be typed below the table."""
    for letter, (_, column) in _lettered(spec):
        draw_column(sheet, letter, column)
    if any(column.facultative for column in spec.columns.values()):
        sheet.column_dimensions[column_letter(len(spec.columns) + 1)].collapsed = True
    sheet.row_dimensions[HEADER_ROW].height = max(
        30.0,
        row_height(
            ((column.header, column.width - 2) for column in spec.columns.values()), bold=True
        ),
    )


def _draw_rows(
    book: Book, sheet: Worksheet, spec: TableSpec[Any], rows: Sequence[FilledRow]
) -> None:
    looks = _looks(sheet, spec)
    known = spec.columns.keys()
    for number, row in enumerate(rows, start=FIRST_ROW):
        if not row.keys() <= known:
            raise KeyError(f"{spec.table}: no such field: {', '.join(sorted(row.keys() - known))}")
        for index, (field, column) in enumerate(spec.columns.items(), start=1):
            cell = sheet.cell(number, index)
            cell._style = copy(looks[field])  # type: ignore[union-attr]
            if column.calculated and field not in row:
                book.formula(sheet, cell.coordinate, f"={column.calculated}", person_name(row))
            else:
                put(cell, row.get(field))
        if row:
            set_height(sheet, number, _height(spec, row))


def _looks(sheet: Worksheet, spec: TableSpec[Any]) -> dict[str, StyleArray]:
    """Each column's look, made once: openpyxl takes its time to compare styles."""
    looks = {}
    for index, (field, column) in enumerate(spec.columns.items(), start=1):
        cell = sheet.cell(FIRST_ROW, index)
        apply_style(cell, body_style(column))
        looks[field] = cell._style  # type: ignore[union-attr]
    return looks


def _height(spec: TableSpec[Any], row: FilledRow) -> float:
    return row_height(
        (row.get(field), column.width)
        for field, column in spec.columns.items()
        if not column.facultative
    )


def _set_view(sheet: Worksheet, spec: TableSpec[Any]) -> None:
    frozen = _frozen(spec)
    sheet.freeze_panes = f"{column_letter(frozen + 1)}{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    letters = {field: letter for letter, (field, _) in _lettered(spec)}
    first, last = REPEATED[spec.table]
    set_full_size(sheet, f"{letters[first]}:{letters[last]}")
    sheet.print_title_rows = f"1:{HEADER_ROW}"


def _title_span(spec: TableSpec[Any]) -> tuple[int, float]:
    """The last column that the titles take, and their width: what stands in a column that every
    page repeats is printed whole on each, or not at all.
    """
    fields = list(spec.columns)
    first, last = (fields.index(field) for field in REPEATED[spec.table])
    end = first if first else last + 1
    return end, sum(column.width for column in list(spec.columns.values())[:end])


def _frozen(spec: TableSpec[Any]) -> int:
    """How many columns stay in view."""
    return [column.frozen for column in spec.columns.values()].index(True) + 1
