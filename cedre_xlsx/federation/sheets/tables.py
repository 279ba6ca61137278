"""The sheet « Tableaux AAAA »: each table of all together, and of each antenna beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cedre_xlsx.federation.consolidation import ConsolidatedYear, Consolidation
from cedre_xlsx.federation.sheets.figures import height_of_names, origin_of
from cedre_xlsx.federation.sheets.page import GAP, LABEL, NARROW, NOTHING, Page, over_all
from cedre_xlsx.federation.sheets.said import with_shown_ranges
from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.layout import Heading, height_of_lines, lines_of
from cedre_xlsx.reports.statistics.definitions import table_definition
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.sections import ROW_HEIGHT
from cedre_xlsx.reports.statistics.shown import class_text, shown_rows
from cedre_xlsx.reports.statistics.values import TableRow
from cedre_xlsx.workbook.generated import SheetRow, Value

#: What is about each workbook alone.
_OF_A_WORKBOOK = ("completeness",)
#: Tables that cross two things, or tell of one antenna only: their totals follow the others.
_TOTALS_ONLY = ("succession", "exit_reasons", "orientations", "outcomes", "advisors", "load")
#: With more antennas than that, nobody reads a column of each: their tables are those of all.
MOST_COLUMNS = 60
_TITLE = 20.0  # points
_HINT = "Un tableau par nombre : le total, puis une colonne par antenne."
_TOTALS_HINT = "Les tableaux de toutes les sources ensemble."
_LEGEND = "– : pas de nombre."
_PUBLIC_LEGEND = "– : pas de nombre, ou masqué."

Labels = tuple[str, ...]


def tables_pages(consolidation: Consolidation, year: ConsolidatedYear) -> Iterator[Page]:
    """The tables of a year: those that have a column an antenna, then those of all together."""
    told = year.total.tables.items()
    tables = {name: rows for name, rows in told if rows and name not in _OF_A_WORKBOOK}
    has_columns = any(one is not None for one in year.columns) and not consolidation.public
    has_columns = has_columns and len(year.columns) <= MOST_COLUMNS
    if has_columns:
        beside = {name: rows for name, rows in tables.items() if name not in _TOTALS_ONLY}
        yield _beside_page(consolidation, year, beside)
    alone = [name for name in tables if not has_columns or name in _TOTALS_ONLY]
    if alone:
        title = f"Détails {year.year}" if has_columns else f"Tableaux {year.year}"
        yield _alone_page(consolidation, year, alone, title)


def _beside_page(
    consolidation: Consolidation,
    year: ConsolidatedYear,
    tables: Mapping[str, Sequence[TableRow]],
) -> Page:
    names = [source.name for source in consolidation.sources]
    columns = [_Cells(year.total), *map(_Cells, year.columns)]
    return Page(
        title=f"Tableaux {year.year}",
        heading=f"Tableaux {year.year}",
        hint=_HINT,
        legend=_LEGEND,
        origin=origin_of(consolidation),
        columns=[
            Heading("Ligne", LABEL),
            Heading("Total", NARROW),
            *(Heading(name, NARROW + 1) for name in names),
        ],
        rows=[row for name in tables for row in _side_by_side(name, tables[name], columns)],
        frozen=2,
        heading_height=height_of_names(names),
    )


def _alone_page(
    consolidation: Consolidation, year: ConsolidatedYear, names: Sequence[str], title: str
) -> Page:
    width = max(len(year.total.tables[name][0].cells) for name in names)
    return Page(
        title=title,
        heading=title,
        hint=_TOTALS_HINT,
        legend=_PUBLIC_LEGEND if consolidation.public else _LEGEND,
        origin=origin_of(consolidation),
        columns=[Heading("", LABEL), *(Heading("", NARROW) for _ in range(width))],
        rows=[row for name in names for row in _alone(year.total, name, width + 1)],
    )


class _Cells:
    """The tables of one source by their lines' labels."""

    def __init__(self, statistics: Statistics | None) -> None:
        tables = statistics.tables if statistics else {}
        self._rows = {
            name: {labels_of(row): row for row in shown_rows(rows)} for name, rows in tables.items()
        }

    def value(self, table: str, labels: Labels, column: str, *, is_count: bool) -> Value:
        """A number; a line that a source lacks, of a table that it has, is a zero."""
        rows = self._rows.get(table)
        if not rows:
            return NOTHING
        row = rows.get(labels)
        if row is None:
            return 0 if is_count else 0.0
        value = row.cells.get(column)
        return NOTHING if value is None else value


def labels_of(row: TableRow) -> Labels:
    """What a line is known by in every source."""
    return ("", "Total") if row.is_total else tuple(row.labels.values())


def _side_by_side(
    name: str, rows: Sequence[TableRow], columns: Sequence[_Cells]
) -> Iterator[SheetRow]:
    """One block a number of the table; those of which all is zero are left out."""
    shown = shown_rows(rows)
    width = len(columns) + 1
    title = typeset(table_definition(name).title)
    for heading in shown[0].cells:
        if not any(row.cells.get(heading) for row in shown):
            continue
        is_count = not any(isinstance(row.cells.get(heading), float) for row in shown)
        yield over_all("title", f"{title} : {heading}", width, _TITLE)
        for row in shown:
            values = [
                column.value(name, labels_of(row), heading, is_count=is_count) for column in columns
            ]
            yield _line(row, "c" if is_count else "h", values)
        yield GAP


def _alone(total: Statistics, name: str, width: int) -> Iterator[SheetRow]:
    """A table as it is, its own headings above it."""
    rows = total.tables[name]
    shown, ranges = shown_rows(rows), with_shown_ranges(total)
    yield over_all("title", typeset(table_definition(name).title), width, _TITLE)
    headings = (" · ".join(rows[0].labels), *shown[0].cells)
    lines = max(lines_of(text, NARROW) for text in headings[1:])
    yield SheetRow(
        f"head:l{'c' * (len(headings) - 1)}", headings, height_of_lines(lines, ROW_HEIGHT)
    )
    for index, row in enumerate(shown):
        told = [class_text(ranges, name, index, column) for column in rows[index].cells]
        values = [
            text or (NOTHING if number is None else number)
            for text, number in zip(told, row.cells.values(), strict=True)
        ]
        kinds = "".join("h" if isinstance(number, float) else "c" for number in row.cells.values())
        yield _line(row, kinds, values)
    yield GAP


def _line(row: TableRow, kinds: str, values: Sequence[Value]) -> SheetRow:
    label = " · ".join(dict.fromkeys(filter(None, row.labels.values())))
    look = "total" if row.is_total else "body"
    kinds = kinds if len(kinds) == len(values) else kinds * len(values)
    height = height_of_lines(lines_of(label, LABEL), ROW_HEIGHT)
    return SheetRow(f"{look}:l{kinds}", (label, *values), height)
