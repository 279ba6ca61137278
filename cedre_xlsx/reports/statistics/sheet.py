"""The sheet `Statistiques AAAA`: three years side by side, charts, tables, who is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.reports.layout import FIRST_ROW, HEADING_ROW, Frame, Heading, Origin
from cedre_xlsx.reports.statistics.charts import Area, Bars, draw_bars
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.reports.statistics.definitions import PERIOD
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.sheet_rows import (
    CHART_ROWS,
    COLUMNS,
    DEFINITION,
    LABEL,
    NARROW,
    Section,
    chart_section,
    indicator_sections,
    look_of,
    people_section,
    table_section,
)
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import STATISTICS_SHEET
from cedre_xlsx.workbook.generated import GeneratedSheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_YEARS = 3
_HINT = (
    "Cette feuille est refaite par la commande « cedre-xlsx refresh --year {year} » : ne rien y "
    "taper. La définition de chaque chiffre est à sa droite."
)
# The columns fit the width of an A4 page in landscape at this scale: programs follow page breaks
# only when the page is not made to fit.
_SCALE = 84  # per cent
_PAGE = 505 / _SCALE * 100  # points of rows on a page
_TITLES = "1:2"  # repeated on each page
_TITLE_HEIGHT, _FIRST_HEIGHT = 39.0, 99.0  # points, of those rows, and of all above the first one
_HALF = 5  # the last column of the charts at the left


@dataclass(frozen=True, slots=True)
class _Chart:
    """A column of a table as bars. `level` is its row of charts; `color` is RGB."""

    table: str
    heading: str
    title: str
    color: str
    level: int
    right: bool
    lying: bool


_CHARTS = (
    _Chart("months", "Actions", "Actions par mois", "1F3864", 0, right=False, lying=False),
    _Chart(
        "months", "Heures de mission", "Heures de mission par mois", "5B84C4", 0,
        right=True, lying=False,
    ),
    _Chart(
        "types", "Conclus", "Engagements conclus, par type", "2F7F79", 1,
        right=False, lying=True,
    ),
    _Chart("exits", "Sorties", "Sorties, par catégorie", "B5762A", 1, right=True, lying=True),
)  # fmt: skip


@dataclass(frozen=True)
class _Laid:
    """The sections in their places: `starts` are the rows where each begins, 1-based."""

    sections: Sequence[Section]
    starts: Sequence[int]
    charts: int  # the index of the section that the charts stand in
    printed: int  # how many sections are in the print area

    @property
    def merged(self) -> list[str]:
        """The ranges of the definitions."""
        first, last = column_letter(DEFINITION), column_letter(COLUMNS)
        return [
            f"{first}{start + top}:{last}{start + bottom}"
            for section, start in zip(self.sections, self.starts, strict=True)
            for top, bottom in section.merged
        ]

    @property
    def breaks(self) -> list[int]:
        """The rows after which a new page starts, so that no section is cut that fits on one."""
        found = []
        used = _FIRST_HEIGHT
        printed = list(zip(self.sections, self.starts, strict=True))[: self.printed]
        for section, start in printed:
            if used + section.height > _PAGE and used > _FIRST_HEIGHT:
                found.append(start - 1)
                used = _TITLE_HEIGHT
            used = (used + section.height) % _PAGE
        return found

    @property
    def print_area(self) -> str:
        """Everything but the names."""
        width = max(COLUMNS, *(len(section.headings) for section in self.sections))
        return f"A1:{column_letter(width)}{self.starts[self.printed] - 1}"

    @property
    def bars(self) -> list[Bars]:
        """The charts, each on the table that it shows."""
        tables = {
            section.name: (section, start)
            for section, start in zip(self.sections, self.starts, strict=True)
            if section.headings
        }
        top = self.starts[self.charts] + 3  # below the title and its gaps
        return [_bars(*tables[one.table], one, top) for one in _CHARTS if one.table in tables]


def _bars(section: Section, start: int, chart: _Chart, top: int) -> Bars:
    first_row = top + chart.level * (CHART_ROWS + 1)
    body = [index for index, row in enumerate(section.rows) if row.style.startswith("body:l")]
    return Bars(
        title=chart.title,
        first_row=start + body[0],
        last_row=start + body[-1],
        column=section.headings.index(chart.heading) + 1,
        color=chart.color,
        area=Area(
            first_row=first_row,
            last_row=first_row + CHART_ROWS - 1,
            first_column=_HALF + 1 if chart.right else 1,
            last_column=COLUMNS if chart.right else _HALF,
        ),
        lying=chart.lying,
    )


def statistics_sheet(
    records: Records, year: int, *, on: date, workbook: str, version: str
) -> GeneratedSheet:
    """The figures of `year` and of the two years before, counted at `on`, ready to be written."""
    years = compute_years(records, range(year - _YEARS + 1, year + 1), on=on)
    laid = _laid(years, records.settings)
    rows = [row for section in laid.sections for row in section.rows]
    return GeneratedSheet(
        mark=f"_cedre_{STATISTICS_SHEET}_{year}",
        title=f"{STATISTICS_SHEET} {year}",
        draw=partial(_draw, _frame(years, Origin(workbook, on, version)), laid),
        first_row=FIRST_ROW,
        styles={row.style: look_of(row.style) for row in rows},
        rows=rows,
    )


def _laid(years: Sequence[Statistics], settings: Settings) -> _Laid:
    current = years[-1]
    indicators = list(indicator_sections(years, settings))
    tables = [table_section(name, rows) for name, rows in current.tables.items()]
    sections = [*indicators, chart_section(), *tables, people_section(current)]
    starts, row = [], FIRST_ROW
    for section in sections:
        starts.append(row)
        row += len(section.rows)
    return _Laid(sections, starts, len(indicators), len(sections) - 1)


def _frame(years: Sequence[Statistics], origin: Origin) -> Frame:
    current = years[-1]
    columns = [Heading("Chiffre", LABEL)]
    for one in years:
        columns += [Heading(str(one.year), NARROW), Heading("détail", NARROW)]
    columns += [
        Heading(f"Inconnus {current.year}", NARROW),
        Heading("Objectif", NARROW),
        Heading("Définition", NARROW),
    ]
    columns += [Heading("", NARROW)] * (COLUMNS - len(columns))
    return Frame(
        title=f"{STATISTICS_SHEET} {current.year}",
        hint=_HINT.format(year=current.year),
        legend=current.note or PERIOD,
        origin=origin,
        headings=columns,
        fit=False,
    )


def _draw(frame: Frame, laid: _Laid, sheet: Worksheet, last_row: int) -> None:
    from openpyxl.worksheet.pagebreak import Break

    frame.draw(sheet)
    sheet.freeze_panes = None  # the headings are not those of the tables below
    sheet.print_title_rows = _TITLES
    sheet.page_setup.scale = _SCALE
    sheet.print_area = laid.print_area
    sheet.merge_cells(
        start_row=HEADING_ROW,
        end_row=HEADING_ROW,
        start_column=DEFINITION,
        end_column=COLUMNS,
    )
    for cells in laid.merged:
        sheet.merged_cells.add(cells)  # its cells are rows of data, which are written elsewhere
    for row in laid.breaks:
        sheet.row_breaks.append(Break(id=row))
    for bars in laid.bars:
        draw_bars(sheet, bars)
