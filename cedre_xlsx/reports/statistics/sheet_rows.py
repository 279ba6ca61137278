"""The blocks of the sheet `Statistiques AAAA` that are made to be copied: one a subject.

Each block is its title, a low empty row, then its table alone: headings, lines, no merged cell, no
definition, so that what is selected and copied is what is pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import inf

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.layout import lines_of
from cedre_xlsx.reports.statistics.board import target_of
from cedre_xlsx.reports.statistics.definition_rows import Definitions
from cedre_xlsx.reports.statistics.definitions import (
    TableDefinition,
    Unit,
    definition_of,
    table_definition,
)
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.sections import (
    LABEL,
    LINKS,
    NARROW,
    ROW_HEIGHT,
    Section,
    banner,
    gap,
    row,
)
from cedre_xlsx.reports.statistics.shown import shown_label, shown_rows, shown_unit, shown_value
from cedre_xlsx.reports.statistics.text import detail_text
from cedre_xlsx.reports.statistics.values import Indicator, Line, TableRow
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import Link, SheetRow, Value

CHART_ROWS = 15  # a row of charts
#: The table of the deadlines kept, which stands in the sheet alone.
DEADLINES = "deadlines"
NOTHING = "–"

_LINE, _PADDING = 11.6, 5.0  # points, of Arial 9
_BETWEEN = 4.0  # points between a title and its table
_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_DEADLINE_TABLE = TableDefinition(
    DEADLINES,
    "Échéances tenues",
    "Engagements dont la première échéance tombe dans l'année : évalués au plus tard ce jour-là, "
    "ou pas.",
)

#: The letter of each unit among the looks.
KINDS = {
    Unit.COUNT: "c",
    Unit.RATE: "p",
    Unit.DAYS: "d",
    Unit.HOURS: "h",
    Unit.FTE: "f",
    Unit.WEEKS: "d",
    Unit.RATIO: "h",
}


def figure_sections(
    years: Sequence[Statistics], settings: Settings, definitions: Definitions
) -> Iterator[Section]:
    """The figures of the last year beside those of the years before it, a section a block."""
    current = years[-1]
    for block, members in groupby(current.indicators, key=lambda one: definition_of(one.id).block):
        figures = list(members)
        targets = any(target_of(one.id, settings) is not None for one in figures)
        headings = ["Chiffre", *(str(one.year) for one in years)]
        headings += [f"Détail {current.year}", f"Inconnus {current.year}"]
        headings += ["Objectif"] if targets else []
        top = (gap(), banner("title", block), gap(_BETWEEN), _headings(headings))
        lines = (
            _figure_row(one, years, target_of(one.id, settings), definitions, targets=targets)
            for one in figures
        )
        named = (
            replace(made, identity=digest(typeset(block), typeset(one.label)))
            for made, one in zip(lines, figures, strict=True)
        )
        yield Section(
            (*top, *named),
            head=len(top) + 1,
            eased=frozenset(_before_wholes(figures, len(top))),
            name=block,
            headings=tuple(headings),
        )


def _before_wholes(figures: Sequence[Indicator], above: int) -> Iterator[int]:
    """The rows that come before a figure which is no part of another."""
    for index, one in enumerate(figures):
        if index and _label_kind(one.label) == "l":
            yield above + index - 1


def _figure_row(
    one: Indicator,
    years: Sequence[Statistics],
    target: float | None,
    definitions: Definitions,
    *,
    targets: bool,
) -> SheetRow:
    label = shown_label(one.label)
    known = [year.known(one.id) for year in years]  # a closed year may lack a figure that is new
    values = [None if found is None else shown_value(found) for found in known]
    shown: list[Value] = [label, *(NOTHING if value is None else value for value in values)]
    shown += [_detail(years[-1], one), one.unknown]
    kinds = f"{_label_kind(label)}{KINDS[shown_unit(one.id)] * len(years)}xc"
    if targets:
        shown.append(target)
        kinds += "g"
    made = row("body", kinds, shown, _height(lines_of(label, LABEL - 2)))
    return _led(made, definitions.of_figure(one.id))


def _detail(year: Statistics, one: Indicator) -> Value:
    """What a figure divides: "12 sur 20", "20 cas"; None for a count, and without any case."""
    if one.value is None:
        return None
    return detail_text(one).replace(" / ", " sur ") or None


def _label_kind(label: str) -> str:
    return "i" if label.startswith("dont ") else "l"


def _height(lines: int) -> float:
    return max(lines * _LINE + _PADDING, ROW_HEIGHT)


def _headings(headings: Sequence[str]) -> SheetRow:
    height = _height(max(lines_of(heading, NARROW) for heading in headings[1:]))
    return row("head", "l" + "c" * (len(headings) - 1), headings, max(height, 22.0))


def chart_sections(levels: int) -> Iterator[Section]:
    """The rows that the charts stand on, a section a row of charts."""
    free = [gap(ROW_HEIGHT) for _ in range(CHART_ROWS)]
    yield Section((gap(), banner("title", "Graphiques"), gap(), *free), cut=inf)
    for _ in range(levels - 1):
        yield Section((gap(), *free), cut=inf)


def deadline_rows(years: Sequence[Statistics]) -> list[TableRow]:
    """How many first deadlines were kept in each of the years that the workbook tells of."""
    rows: list[TableRow] = []
    for year in years:
        one = year.indicator("reviewed_on_time_rate")
        if one.numerator is not None and one.denominator:
            kept, due = int(one.numerator), int(one.denominator)
            rows.append(
                Line(
                    {"Année": str(year.year)},
                    {"Échéances": due, "Tenues": kept, "Pas tenues": due - kept},
                )
            )
    return rows


def defined(name: str) -> TableDefinition:
    """The definition of a table, those that stand in the sheet alone included."""
    return _DEADLINE_TABLE if name == DEADLINES else table_definition(name)


def table_section(name: str, rows: Sequence[TableRow], definitions: Definitions) -> Section:
    """One table of the year: its title, its headings and its lines."""
    top = [gap(), banner("title", defined(name).title), gap(_BETWEEN)]
    if not rows:
        return Section((*top, banner("hint", "Aucune ligne dans l'année.")), cut=inf, name=name)
    shown = shown_rows(rows)
    numbers = shown[0].cells
    headings = (" · ".join(rows[0].labels), *numbers)
    top.append(_led(_headings(headings), definitions.of_table(name)))
    kinds = "".join("h" if isinstance(number, float) else "c" for number in numbers.values())
    body = [_table_row(one, kinds, short_month if name == "months" else str) for one in shown]
    return Section((*top, *body), head=len(top) + 1, name=name, headings=headings)


def _led(one: SheetRow, link: Link) -> SheetRow:
    """A row with what leads to its definition beside it, an empty column away at the least."""
    beside = max(LINKS - 1 - len(one.values), 1)
    style = f"{one.style}{'_' * beside}q"
    return replace(one, style=style, values=(*one.values, *(None,) * beside, link))


def _table_row(one: TableRow, kinds: str, shown: Callable[[str], str]) -> SheetRow:
    label = " · ".join(dict.fromkeys(shown(text) for text in one.labels.values() if text))
    values = tuple(NOTHING if number is None else number for number in one.cells.values())
    look = "total" if one.is_total else "body"
    height = _height(lines_of(label, LABEL))
    return row(look, f"{_label_kind(label)}{kinds}", (label, *values), height)


def short_month(label: str) -> str:
    """The name of a month, short enough for the foot of a chart, or of several (T1); the total as
    it is.
    """
    _, _, month = label.partition("-")
    return _MONTHS[int(month) - 1] if month.isdecimal() else month or label
