"""What the generated sheets look like: shared titles, headings, colours and print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import typeset
from cedre_xlsx.ooxml.cell_text import legal
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.generated import Link, Value
from cedre_xlsx.workbook.template.heights import LINE, PADDING, TALLEST

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from cedre_xlsx.workbook.styles import Style

#: Title, subtitle, hint and legend stand above the headings.
HEADING_ROW = 5
FIRST_ROW = HEADING_ROW + 1

NOT_YET = "Pas encore actualisée : lancer « cedre-xlsx refresh » sur ce classeur."

_CHARACTERS = 1.25  # of Arial 9, in one unit of column width: on the safe side
_DATE_LENGTH = 10
_LONGEST_NAME = 80  # characters of the workbook's name, in a title


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a generated sheet: what is printed above it, and its width in characters."""

    text: str
    width: float


@dataclass(frozen=True, slots=True)
class SheetOrigin:
    """What every sheet says of where it comes from. An empty `workbook`: never refreshed."""

    workbook: str = ""
    on: date | None = None
    version: str = ""

    @property
    def line(self) -> str:
        """The subtitle: the workbook, the date of the count, the filters (none), the tool."""
        if self.on is None:
            return NOT_YET
        name = self.workbook
        if len(name) > _LONGEST_NAME:
            name = name[: _LONGEST_NAME - 1] + "…"
        return f"{name} · au {french_day(self.on)} · sans filtre · cedre-xlsx {self.version}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet without its rows: titles, headings and how it prints (A4, landscape).

    Where no heading has a text, the rows have their own, and the first one stands in their place.
    `repeated` are the first columns that every printed page has, where the width takes several.
    `hidden` are the last columns, which only the tool reads; `fit` makes one page of the width,
    which leaves manual page breaks to the whim of the program: without it, the widths must fit at
    that `scale`, in per cent.
    `frozen` is for rows that the headings stand above, however far one scrolls.
    """

    title: str
    hint: str
    legend: str
    origin: SheetOrigin
    headings: Sequence[Heading]
    frozen_columns: int = 0
    repeated: int = 0
    hidden: int = 0
    fit: bool = True
    scale: int = 100
    frozen: bool = True
    heading_height: float = 30

    def draw(self, sheet: Worksheet) -> None:
        """Lay everything out but the rows."""
        self._draw_titles(sheet)
        self._draw_headings(sheet)
        self._set_view(sheet)
        self._set_print(sheet)

    def _draw_titles(self, sheet: Worksheet) -> None:
        from cedre_xlsx.workbook.styles import HINT, MUTED, TITLE, Style, apply_style

        origin = Style(bold=True, color=MUTED, vertical="center", wrap=False)
        legend = Style(vertical="center", wrap=False)
        texts = (self.title, self.origin.line, self.hint, self.legend)
        for row, (text, style) in enumerate(
            zip(texts, (TITLE, origin, HINT, legend), strict=True), start=1
        ):
            cell = sheet.cell(row, 1)
            put_text(cell, typeset(text))
            apply_style(cell, style)
            sheet.row_dimensions[row].height = 24 if row == 1 else 15
            if self.repeated and row > 2:
                self._wrap_title(sheet, row, style)

    def _wrap_title(self, sheet: Worksheet, row: int, style: Style) -> None:
        """A text over all the columns in view: beyond them it would make a page of its own."""
        from cedre_xlsx.workbook.styles import apply_style

        shown = self.headings[: len(self.headings) - self.hidden]
        cell = sheet.cell(row, 1)
        apply_style(cell, replace(style, wrap=True))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(shown))
        width = sum(heading.width for heading in shown)
        sheet.row_dimensions[row].height = lines_of(str(cell.value), width) * LINE + PADDING

    def _draw_headings(self, sheet: Worksheet) -> None:
        from cedre_xlsx.workbook.styles import HEADER, apply_style

        is_headed = any(heading.text for heading in self.headings)
        for index, heading in enumerate(self.headings, start=1):
            dimension = sheet.column_dimensions[column_letter(index)]
            dimension.width = heading.width
            dimension.hidden = index > len(self.headings) - self.hidden
            if is_headed:
                cell = sheet.cell(HEADING_ROW, index)
                put_text(cell, heading.text)
                apply_style(cell, HEADER)
        if is_headed:
            sheet.row_dimensions[HEADING_ROW].height = self.heading_height

    def _set_view(self, sheet: Worksheet) -> None:
        sheet.sheet_view.showGridLines = False
        if self.frozen:
            # an address: asking for the cell would make it, in a row of data
            sheet.freeze_panes = f"{column_letter(self.frozen_columns + 1)}{FIRST_ROW}"

    def _set_print(self, sheet: Worksheet) -> None:
        from openpyxl.worksheet.header_footer import HeaderFooterItem
        from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape"
        if self.fit:
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToWidth = 1
            sheet.page_setup.fitToHeight = 0
        elif self.scale != 100:
            sheet.page_setup.scale = self.scale
        if self.repeated:
            sheet.page_setup.pageOrder = "overThenDown"
            sheet.print_title_cols = f"A:{column_letter(self.repeated)}"
        margins = sheet.page_margins
        margins.left = margins.right = 0.4  # inches
        margins.top = 0.4
        margins.bottom = 0.6
        margins.header = margins.footer = 0.3
        sheet.print_options.horizontalCentered = True
        sheet.print_title_rows = f"1:{HEADING_ROW}"
        sheet.HeaderFooter.oddFooter = HeaderFooterItem(
            right=HeaderFooterPart("Page &P / &N", "Arial,Regular", 8)
        )


def put_text(cell: object, text: str) -> None:
    """Write a text as a text, whatever its first character."""
    cell.value = text or None  # type: ignore[attr-defined]
    if text:
        cell.data_type = "s"  # type: ignore[attr-defined]


def colour_when(
    sheet: Worksheet,
    cells: str,
    formula: str,
    *,
    fill: str = "",
    color: str = "",
    bold: bool = False,
) -> None:
    """A conditional format on a range, its formula written for the range's first cell."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(
        font=Font(color=color or None, bold=bold or None) if color or bold else None,
        fill=PatternFill("solid", start_color=fill, end_color=fill) if fill else None,
    )
    sheet.conditional_formatting.add(cells, Rule(type="expression", formula=[formula], dxf=look))


def height_of(values: Sequence[Value], headings: Sequence[Heading]) -> float:
    """The height, in points, that a row needs for its longest wrapped cell."""
    lines = max(
        (
            lines_of(value, heading.width)
            for value, heading in zip(values, headings, strict=False)
            if value is not None
        ),
        default=1,
    )
    return min(lines * LINE + PADDING, TALLEST)


def height_of_lines(lines: int, least: float) -> float:
    """The height, in points, of a row of so many lines of text, which is `least` at least."""
    return max(lines * LINE + PADDING, least)


def lines_of(value: Value, width: float) -> int:
    """How many lines a value takes in a column of this width, once it is written."""
    if isinstance(value, date):
        return ceil(_DATE_LENGTH / max(width * _CHARACTERS, _DATE_LENGTH))
    text = legal(value.text if isinstance(value, Link) else str(value))
    room = max(width * _CHARACTERS - 1, 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(_wrapped(line, room), 1) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    """The lines of one paragraph: words stay whole, but those longer than the column."""
    if len(line) <= room:
        return 1
    if len(line) > TALLEST * room / LINE:  # as tall as a row may be, anyhow
        return ceil(TALLEST / LINE)
    lines, used = 1, 0.0
    for word in line.split(" "):
        needed = len(word) + (1 if used else 0)
        if used and used + needed > room:
            lines, used, needed = lines + 1, 0.0, len(word)
        used += needed
        if used > room:
            lines += ceil(used / room) - 1
            used = used % room
    return lines
