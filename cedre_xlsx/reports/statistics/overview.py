"""A year's figures as they are read on a screen: what the sheet `Statistiques AAAA` has, in texts.

Every number is as French people write it, or the class that a publication gives it by; nothing of
it is to be counted again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cedre_xlsx.reports.statistics.board import (
    BOARD_TITLE,
    HEADLINES,
    YEARS,
    Board,
    board_of,
    target_of,
)
from cedre_xlsx.reports.statistics.closed import closed_years
from cedre_xlsx.reports.statistics.compute import counter, years_covered
from cedre_xlsx.reports.statistics.definition_rows import Definitions
from cedre_xlsx.reports.statistics.definitions import PERIOD, definition_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.overview_charts import (
    ShownChart,
    board_charts,
    table_charts,
)
from cedre_xlsx.reports.statistics.sheet_rows import DEADLINES, deadline_rows, defined, short_month
from cedre_xlsx.reports.statistics.shown import shown_label, shown_rows, shown_unit
from cedre_xlsx.reports.statistics.text import (
    cell_texts,
    said_detail,
    said_text,
    said_unknown,
    unit_text,
)
from cedre_xlsx.reports.statistics.values import Indicator, TableRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure over the years: `id` asks who counts in it, `definition` is the number of its
    definition. One that `is_part` is of the figure above it.
    """

    id: str
    label: str
    values: tuple[str, ...]
    definition: int
    detail: str = ""
    unknown: str = ""
    target: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """The figures of one subject."""

    title: str
    figures: tuple[ShownFigure, ...]

    @property
    def has_targets(self) -> bool:
        """Whether one of them has a target in Paramètres."""
        return any(one.target for one in self.figures)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a table."""

    labels: tuple[str, ...]
    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the year, with what is drawn of it; the first headings are those of its labels."""

    name: str
    title: str
    definition: int
    headings: tuple[str, ...] = ()
    lines: tuple[ShownLine, ...] = ()
    charts: tuple[ShownChart, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownDefinition:
    """What a figure or a table counts."""

    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of the last of `years` beside those of the years before.

    `remark` is what is to be said before them, `unknown` what they do not say. `names_people` says
    whether who counts is known here; `choices` are the years that the workbook has figures of.
    """

    years: tuple[int, ...]
    period: str
    remark: str
    board_title: str
    board: ShownBlock
    charts: tuple[ShownChart, ...]
    unknown: str
    blocks: tuple[ShownBlock, ...]
    tables: tuple[ShownTable, ...]
    definitions: tuple[ShownDefinition, ...]
    choices: tuple[int, ...]
    is_silent: bool = False
    is_public: bool = False
    names_people: bool = False

    @property
    def year(self) -> int:
        """The year that is asked for."""
        return self.years[-1]


def counted_years(
    records: Records, year: int, *, on: date, public: bool = False, with_sensitive: bool = False
) -> tuple[Statistics, ...]:
    """A year and the two before it; for a publication each as its own publication has it."""
    years = range(year - YEARS + 1, year + 1)
    if public:
        from cedre_xlsx.reports.statistics.public.series import publish, series_up_to

        series = series_up_to(records, year, on=on, with_sensitive=with_sensitive)
        known = {one.year: one for one in series.published}
        return tuple(
            known.get(y) or publish(records, y, on=on, with_sensitive=with_sensitive) for y in years
        )
    count = counter(records, on)
    return tuple(map(count, years))


def overview_of(years: Sequence[Statistics], records: Records, on: date) -> Overview:
    """The last of these years, as it is shown."""
    current, settings = years[-1], records.settings
    tables = {} if current.is_silent else dict(current.tables)
    if tables and current.hidden is None:  # what is not kept is one number less another
        tables = {DEADLINES: deadline_rows(years), **tables}
    ids = [*(one.id for one in HEADLINES), *(one.id for one in current.indicators)]
    definitions = Definitions(ids, map(defined, tables))
    board = board_of(years, settings, on)
    return Overview(
        years=board.years,
        period=PERIOD,
        remark=current.remark,
        board_title=BOARD_TITLE,
        board=ShownBlock(BOARD_TITLE, tuple(_board_figures(board, years, definitions))),
        charts=() if current.is_silent else tuple(board_charts(board)),
        unknown=board.unknown,
        blocks=() if current.is_silent else tuple(_blocks(years, settings, definitions)),
        tables=tuple(_table(current, name, rows, definitions) for name, rows in tables.items()),
        definitions=tuple(
            ShownDefinition(number, label, text) for number, label, text in definitions.texts
        ),
        choices=_choices(records, current.year, on),
        is_silent=current.is_silent,
        is_public=current.hidden is not None,
        names_people=current.private is not None and not current.is_silent,
    )


def _choices(records: Records, year: int, on: date) -> tuple[int, ...]:
    """The years that have begun, the last one first."""
    known = {*years_covered(records), *closed_years(records), on.year, year}
    return tuple(sorted((one for one in known if one <= max(on.year, year)), reverse=True))


def _board_figures(
    board: Board, years: Sequence[Statistics], definitions: Definitions
) -> Iterator[ShownFigure]:
    for line in board.lines:
        one = line.headline
        yield ShownFigure(
            one.id,
            one.label,
            tuple(said_text(year, year.indicator(one.id)) for year in years),
            definitions.number_of_figure(one.id),
            target=_target(line.target, one.id),
            is_part=one.is_base or one.label.startswith("dont "),
        )


def _target(target: float | None, identifier: str) -> str:
    return "" if target is None else unit_text(target, shown_unit(identifier))


def _blocks(
    years: Sequence[Statistics], settings: Settings, definitions: Definitions
) -> Iterator[ShownBlock]:
    of_block = groupby(years[-1].indicators, key=lambda one: definition_of(one.id).block)
    for title, figures in of_block:
        shown = (
            _figure(one, years, _target(target_of(one.id, settings), one.id), definitions)
            for one in figures
        )
        yield ShownBlock(title, tuple(shown))


def _figure(
    one: Indicator, years: Sequence[Statistics], target: str, definitions: Definitions
) -> ShownFigure:
    current = years[-1]
    known = [year.known(one.id) for year in years]
    unknown = "" if one.unknown == 0 else said_unknown(current, one)
    return ShownFigure(
        one.id,
        shown_label(one.label),
        tuple(
            NOTHING if found is None else said_text(year, found)
            for year, found in zip(years, known, strict=True)
        ),
        definitions.number_of_figure(one.id),
        detail=said_detail(current, one) if said_text(current, one) != NOTHING else "",
        unknown=unknown,
        target=target,
        is_part=one.label.startswith("dont "),
    )


def _table(
    year: Statistics, name: str, rows: Sequence[TableRow], definitions: Definitions
) -> ShownTable:
    number, title = definitions.number_of_table(name), defined(name).title
    if not rows:
        return ShownTable(name, title, number)
    named = short_month if name == "months" else str
    lines = tuple(
        ShownLine(tuple(named(text) for text in row.labels.values()), tuple(cells), row.is_total)
        for row, cells in zip(rows, _texts(year, name, rows), strict=True)
    )
    shown = shown_rows(rows)
    charts = table_charts(name, shown, [line.cells for line in lines], named)
    return ShownTable(name, title, number, shown[0].headings, lines, tuple(charts))


def _texts(year: Statistics, name: str, rows: Sequence[TableRow]) -> Iterator[Sequence[str]]:
    if name in year.tables:
        yield from (cell_texts(year, name, index) for index in range(len(rows)))
    else:  # the deadlines of several years
        yield from ([str(number) for number in row.cells.values()] for row in rows)
