"""The sheet `Statistiques AAAA`: three years side by side, charts, tables; nobody's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.reports.identities import identified_by, with_own_identities
from cedre_xlsx.reports.layout import FIRST_ROW, HEADING_ROW, Frame, Heading, SheetOrigin
from cedre_xlsx.reports.statistics.board import HEADLINES, YEARS, Board, board_of
from cedre_xlsx.reports.statistics.board_rows import FIRST_CHARTED, board_bars, board_section
from cedre_xlsx.reports.statistics.charted import (
    LEVELS,
    TABLE_CHARTS,
    TableChart,
    colors_after,
)
from cedre_xlsx.reports.statistics.charts import Bars, ChartArea, draw_bars
from cedre_xlsx.reports.statistics.compute import counter
from cedre_xlsx.reports.statistics.definition_rows import Definitions
from cedre_xlsx.reports.statistics.definitions import PERIOD
from cedre_xlsx.reports.statistics.looks import look_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.pages import page_ends
from cedre_xlsx.reports.statistics.sections import COLUMNS, LABEL, NARROW, Section
from cedre_xlsx.reports.statistics.sheet_rows import (
    CHART_ROWS,
    DEADLINES,
    chart_sections,
    deadline_rows,
    defined,
    figure_sections,
    table_section,
)
from cedre_xlsx.reports.statistics.who_sheet import who_sheet
from cedre_xlsx.schema.generated_sheets import statistics_kind
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.generated import GeneratedSheet, SheetRow

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HINT = (
    "Feuille refaite par « cedre-xlsx refresh --year {year} » : ne rien y taper. Tableaux à copier "
    "et à coller : sous cette page ; définitions (déf.) : à la fin, un clic y mène."
)
_CHARTED = "En images"  # above the charts of the board
# The usual columns fit the width of an A4 page in landscape at this scale: programs follow page
# breaks only when the page is not made to fit.
_SCALE = 84  # per cent
_PAGE = 505  # points of rows on a page, at full scale
_TITLES = "1:2"  # repeated on each page
_TITLE_HEIGHT = 39.0  # points, of those rows
_HALF = 5  # the last column of the charts at the left


@dataclass(frozen=True)
class _Laid:
    """The sections in their places: `starts` are the rows where each begins, 1-based.

    The first one is the `board`'s page; `charts` is the index of that which other charts stand in,
    None where there are none.
    """

    board: Board
    sections: Sequence[Section]
    starts: Sequence[int]
    charts: int | None

    @property
    def merged(self) -> list[str]:
        """The ranges of texts over several columns: none in a table."""
        return [
            f"{column_letter(left)}{start + row}:{column_letter(right)}{start + row}"
            for section, start in zip(self.sections, self.starts, strict=True)
            for row, left, right in section.merged
        ]

    @property
    def breaks(self) -> list[int]:
        """The rows after which a new page starts: the first is the board's alone."""
        first, *others = [list(section.printed) for section in self.sections]
        top = FIRST_ROW + len(first) - 1
        page = _PAGE / self.scale * 100
        ends = page_ends([row for rows in others for row in rows], page, _TITLE_HEIGHT)
        return [top, *(top + end for end in ends)]

    @property
    def columns(self) -> int:
        """How many columns there are: more than usual where a table is that wide."""
        return max(len(row.values) for section in self.sections for row in section.rows)

    @property
    def scale(self) -> int:
        """The scale, in per cent, at which they fit a page."""
        usual, width = (LABEL + NARROW * (one - 1) for one in (COLUMNS, self.columns))
        return int(_SCALE * usual / width)

    @property
    def print_area(self) -> str:
        """All of it: a smaller one from before would cut the sheet."""
        last = self.starts[-1] + len(self.sections[-1].rows) - 1
        return f"A1:{column_letter(self.columns)}{last}"

    @property
    def bars(self) -> list[Bars]:
        """The charts, each on the table that it shows."""
        if self.charts is None:
            return []
        tables = {
            section.name: (section, start)
            for section, start in zip(self.sections, self.starts, strict=True)
            if section.headings
        }
        return [
            *board_bars(self.board, self.sections[0], self.starts[0]),
            *(
                _bars(*tables[one.table], one, self._top(self.charts + one.level))
                for one in TABLE_CHARTS
                if one.table in tables
            ),
        ]

    def _top(self, at: int) -> int:
        """The first row that the charts of a section may cover."""
        return self.starts[at] + len(self.sections[at].rows) - CHART_ROWS


def _bars(section: Section, start: int, chart: TableChart, top: int) -> Bars:
    body = [index for index, row in enumerate(section.rows) if row.style.startswith("body:l")]
    colors = chart.colors or colors_after(section.headings[1:])
    return Bars(
        title=chart.title,
        heading_row=start + body[0] - 1,
        first_row=start + body[0],
        last_row=start + body[-1],
        columns=[section.headings.index(heading) + 1 for heading in colors],
        colors=list(colors.values()),
        area=ChartArea(
            first_row=top,
            last_row=top + CHART_ROWS - 1,
            first_column=_HALF + 1 if chart.right else 1,
            last_column=COLUMNS if chart.right else _HALF,
        ),
        lying=chart.lying,
        stacked=chart.stacked,
    )


def yearly_sheets(
    records: Records, years: Sequence[int], *, on: date, workbook: str, version: str
) -> tuple[GeneratedSheet, ...]:
    """For each year, its figures beside those of the two years before, then who counts in them."""
    count = counter(records, on)
    origin = SheetOrigin(workbook, on, version)
    sheets: list[GeneratedSheet] = []
    for year in sorted(set(years)):
        counted = [count(one) for one in range(year - YEARS + 1, year + 1)]
        sheets += (
            _statistics_sheet(counted, records.settings, origin),
            who_sheet(counted[-1], origin),
        )
    return tuple(sheets)


def _statistics_sheet(
    years: Sequence[Statistics], settings: Settings, origin: SheetOrigin
) -> GeneratedSheet:
    kind = statistics_kind(years[-1].year)
    laid = _laid(years, settings, origin)
    rows = with_own_identities([row for one in laid.sections for row in _known(one)])
    return GeneratedSheet(
        mark=kind.mark,
        title=kind.sheet,
        draw=partial(_draw, _frame(years, settings, origin), laid),
        first_row=FIRST_ROW,
        styles={style: look_of(style) for style in dict.fromkeys(row.style for row in rows)},
        rows=rows,
    )


def _known(section: Section) -> Iterator[SheetRow]:
    """The rows of a section, each known by its own identity, else by its first text."""
    texts = (value for row in section.rows for value in row.values if isinstance(value, str))
    named = identified_by(section.rows, next(texts, ""), 1)
    for own, one in zip(section.rows, named, strict=True):
        yield own if own.identity else one


def _laid(years: Sequence[Statistics], settings: Settings, origin: SheetOrigin) -> _Laid:
    current = years[-1]
    tables = {} if current.is_silent else {DEADLINES: deadline_rows(years), **current.tables}
    ids = [*(one.id for one in HEADLINES), *(one.id for one in current.indicators)]
    definitions = Definitions(ids, map(defined, tables))
    board = board_of(years, settings, origin.on or date.max)
    sections = [
        board_section(board, definitions),
        *figure_sections(years, settings, definitions),
    ]
    charts = None if current.is_silent else len(sections)
    sections += [] if current.is_silent else chart_sections(LEVELS)
    sections += (table_section(name, rows, definitions) for name, rows in tables.items())
    sections.append(definitions.section)
    starts = [FIRST_ROW]
    for section in sections[:-1]:
        starts.append(starts[-1] + len(section.rows))
    return _Laid(board, definitions.led(sections, starts), starts, charts)


def _frame(years: Sequence[Statistics], settings: Settings, origin: SheetOrigin) -> Frame:
    current = years[-1]
    headings = ("Chiffre", *(str(one.year) for one in years), "Objectif", "Définition")
    columns = [Heading(text, NARROW if at else LABEL) for at, text in enumerate(headings)]
    columns.append(Heading(_CHARTED, NARROW))
    columns += [Heading("", NARROW)] * (COLUMNS - len(columns))
    told = " · ".join(filter(None, (settings.structure, current.note or PERIOD)))
    return Frame(
        title=statistics_kind(current.year).title,
        hint=_HINT.format(year=current.year),
        legend=told,
        origin=origin,
        headings=columns,
        fit=False,
        frozen=False,  # the headings are not those of the tables below
    )


def _draw(frame: Frame, laid: _Laid, sheet: Worksheet, last_row: int) -> None:
    from openpyxl.worksheet.pagebreak import Break

    frame.draw(sheet)
    sheet.merge_cells(
        start_row=HEADING_ROW,
        end_row=HEADING_ROW,
        start_column=FIRST_CHARTED,
        end_column=COLUMNS,
    )
    sheet.print_title_rows = _TITLES
    sheet.page_setup.scale = laid.scale
    for column in range(COLUMNS + 1, laid.columns + 1):
        sheet.column_dimensions[column_letter(column)].width = NARROW
    sheet.print_area = laid.print_area
    for cells in laid.merged:
        sheet.merged_cells.add(cells)  # its cells are rows of data, which are written elsewhere
    for row in laid.breaks:
        sheet.row_breaks.append(Break(id=row))
    for bars in laid.bars:
        draw_bars(sheet, bars)
