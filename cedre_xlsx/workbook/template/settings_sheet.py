"""`Paramètres` (fiche n°16): the structure's own choices, as tables side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import Column, Kind, Search
from cedre_xlsx.schema.reach import LAST_ROW
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.settings import (
    OWN_COLUMN_DATA,
    QUESTIONS,
    SETTINGS,
    Settings,
    SettingSpec,
)
from cedre_xlsx.schema.tables import (
    ADVISOR_TABLE,
    BREAKDOWN_TABLE,
    MAPPING_TABLE,
    OWN_COLUMN_TABLE,
    QUESTION_TABLE,
    SETTING_TABLE,
    SETTINGS_SHEET,
    SEVERITY_TABLE,
    STAFF_TABLE,
    TYPE_TABLE,
    WORD_TABLE,
    TableSpec,
)
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.styles import (
    CHOICE,
    DATE_FORMAT,
    HEADER,
    HINT,
    INK,
    TITLE,
    Style,
)
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.cells import set_height, write, write_as_typed
from cedre_xlsx.workbook.template.excel_table import add_table
from cedre_xlsx.workbook.template.filling import Cell, Filling
from cedre_xlsx.workbook.template.heights import row_height
from cedre_xlsx.workbook.template.lists_sheet import SEVERITY
from cedre_xlsx.workbook.template.page import set_margins
from cedre_xlsx.workbook.template.settings_layout import (
    BLOCKS,
    FIRST_ROW,
    HEADER_ROW,
    HINT_ROW,
    TITLE_ROW,
    Block,
    block_of,
)
from cedre_xlsx.workbook.template.validations import validate

_BLOCK_TITLE = Style(bold=True, size=11, color=INK, vertical="center", wrap=False)
_HINT = replace(HINT, wrap=True)
_FIXED = Style(border="thin", vertical="center")
_TO_FILL = replace(_FIXED, fill=CHOICE)
_TO_FILL_NUMBER = replace(_TO_FILL, horizontal="center")
_GAP = 3.0  # characters, between two tables
_SCALE = 88  # %: the widest table fits an A4 page
_ROW = 19.0  # points

_HOLDS = {data: word for word, data in OWN_COLUMN_DATA.items()}


def draw_settings(book: Book, filling: Filling) -> None:
    """Draw the sheet with the settings of the filling."""
    sheet = book.sheet(SETTINGS_SHEET)
    _draw_titles(sheet)
    rows = {spec.table: lines for spec, lines in rows_of(filling.settings).items()}
    for block in BLOCKS:
        _draw_block(sheet, block, rows[block.spec.table])
    _validate_settings(sheet)
    _set_heights(sheet, rows)
    _set_view(sheet)


def rows_of(settings: Settings) -> dict[TableSpec[Any], Sequence[tuple[Cell, ...]]]:
    """The rows of every table, in the order of its columns."""
    return {
        SETTING_TABLE: [
            (spec.label, spec.typed(settings), spec.unit, spec.effect) for spec in SETTINGS
        ],
        TYPE_TABLE: [
            (
                kind.code,
                kind.name,
                kind.method.deadline_label if kind.method else "",
                kind.max_months,
            )
            for kind in settings.types
        ],
        ADVISOR_TABLE: [(name, None) for name in settings.advisors],
        QUESTION_TABLE: [(question, None) for question in QUESTIONS],
        SEVERITY_TABLE: [(one.code, one.severity) for one in settings.severities],
        BREAKDOWN_TABLE: [(heading,) for heading in settings.breakdowns],
        WORD_TABLE: [(word,) for word in settings.sensitive_words],
        MAPPING_TABLE: [tuple(one) for one in settings.mappings],
        STAFF_TABLE: [tuple(one) for one in settings.staff],
        OWN_COLUMN_TABLE: [
            (one.sheet, one.heading, _HOLDS[one.holds]) for one in settings.own_columns
        ],
    }


def _draw_titles(sheet: Worksheet) -> None:
    write(sheet, "A1", "Paramètres : les choix de votre structure (fiche n°16)", TITLE)
    write(sheet, "A2", "Les cases crème se remplissent.", HINT)
    sheet.merge_cells(f"A3:{column_letter(BLOCKS[0].last)}3")  # none of it on the next page
    write(sheet, "A3", tables_beside(), _HINT)
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[3].height = 26


def tables_beside() -> str:
    """The sentence that names the tables beside the first one."""
    others = ", ".join(_in_a_sentence(block.spec.title) for block in BLOCKS[1:])
    return f"Vers la droite : {others}. Chaque tableau s'allonge vers le bas."


def _in_a_sentence(title: str) -> str:
    return title[0].lower() + title[1:]


def _draw_block(sheet: Worksheet, block: Block, rows: Sequence[tuple[Cell, ...]]) -> None:
    """One table: its title, what it is for, its headings, its rows (one, empty, at the least)."""
    columns = block.spec.columns
    blank: tuple[Cell, ...] = (None,) * len(columns)
    rows = rows or (blank,)
    first = block.letter(next(iter(columns)))
    write(sheet, f"{first}{TITLE_ROW}", block.spec.title, _BLOCK_TITLE)
    if len(columns) > 1:
        sheet.merge_cells(f"{first}{HINT_ROW}:{column_letter(block.last)}{HINT_ROW}")
    write(sheet, f"{first}{HINT_ROW}", block.hint, _HINT)
    for index, (field, column) in enumerate(columns.items()):
        letter = block.letter(field)
        sheet.column_dimensions[letter].width = column.width
        write(sheet, f"{letter}{HEADER_ROW}", column.header, HEADER)
        style = _style(block, field, column.kind)
        for number, row in enumerate(rows, start=FIRST_ROW):
            set_cell = write if style is _FIXED else write_as_typed
            set_cell(sheet, f"{letter}{number}", row[index], style)
        if column.help:
            cells = f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
            validate(sheet, cells, field, _offered(block, field, column))
    add_table(sheet, block.spec, HEADER_ROW, len(rows), first=block.first, filtered=False)


def _offered(block: Block, field: str, column: Column) -> Column:
    """A column with its list: that of severities is one of the sheet's own."""
    if (block.spec.table, field) == (SEVERITY_TABLE.table, "severity"):
        return replace(column, kind=Kind.CHOICE, choices=SEVERITY)
    return column


def _style(block: Block, field: str, kind: Kind) -> Style:
    """Cream where the team writes; the method's own words are left as they are."""
    if (block.spec.table, field) in _WORDS_OF_THE_METHOD:
        return _FIXED
    return _TO_FILL_NUMBER if kind is Kind.NUMBER or field == "value" else _TO_FILL


_WORDS_OF_THE_METHOD = {
    (SETTING_TABLE.table, "label"),
    (SETTING_TABLE.table, "unit"),
    (SETTING_TABLE.table, "effect"),
    (TYPE_TABLE.table, "deadline_class"),
    (QUESTION_TABLE.table, "question"),
}


def _validate_settings(sheet: Worksheet) -> None:
    """Each value as its kind wants it, with what it changes as its prompt."""
    letter = block_of(SETTING_TABLE).letter("value")
    for row, spec in enumerate(SETTINGS, start=FIRST_ROW):
        cell = f"{letter}{row}"
        _validate_setting(sheet, cell, spec)
        if spec.kind is Kind.DATE:
            sheet[cell].number_format = DATE_FORMAT


def _validate_setting(sheet: Worksheet, cell: str, spec: SettingSpec) -> None:
    choices = {Kind.CHOICE: lists.KIND, Kind.YES_NO: lists.YES_NO}.get(spec.kind)
    column = Column(spec.label, spec.kind, help=spec.effect, choices=choices, search=Search.NO)
    limits = (int(spec.least), int(spec.most)) if spec.kind is Kind.INTEGER else None
    validate(sheet, cell, spec.field, column, limits=limits)


def setting_rule(spec: SettingSpec, cell: str) -> etree._Element:
    """What the value of a setting accepts, in that cell of any sheet."""
    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet), "a new workbook has a sheet"
    _validate_setting(sheet, cell, spec)
    book.save(buffer)
    root = Package(buffer.getvalue()).root("xl/worksheets/sheet1.xml")
    return next(root.iter(q("dataValidation")))


def _set_heights(sheet: Worksheet, rows: Mapping[str, Sequence[tuple[Cell, ...]]]) -> None:
    """Tables side by side share their rows: each is as tall as its longest text."""
    sheet.row_dimensions[HINT_ROW].height = 28  # two lines, above the narrowest tables
    sheet.row_dimensions[HEADER_ROW].height = 40  # three lines, in the narrowest column
    tallest = max(len(one) for one in rows.values())
    for number in range(tallest):
        cells = [
            (value, column.width)
            for block in BLOCKS
            for value, column in zip(
                rows[block.spec.table][number] if number < len(rows[block.spec.table]) else (),
                block.spec.columns.values(),
                strict=False,
            )
        ]
        set_height(sheet, FIRST_ROW + number, max(_ROW, row_height(cells)))


def _set_view(sheet: Worksheet) -> None:
    """One page, landscape, for each group of tables: a page's width is a group's."""
    for block in BLOCKS[1:]:
        sheet.column_dimensions[column_letter(block.first - 1)].width = _GAP
        if block.new_page:
            sheet.col_breaks.append(Break(id=block.first - 1))
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.scale = _SCALE
    set_margins(sheet)
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
