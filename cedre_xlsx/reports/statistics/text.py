"""The figures of a year for a terminal, and for a spreadsheet."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.csv_text import csv_text
from cedre_xlsx.reports.layout import SheetOrigin
from cedre_xlsx.reports.statistics.board import BOARD_TITLE, HEADLINES, unknown_sentence
from cedre_xlsx.reports.statistics.definitions import (
    PERIOD,
    Unit,
    definition_of,
    table_definition,
)
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.shown import (
    class_text,
    number_text,
    shown_label,
    shown_rows,
    shown_unit,
    shown_value,
)
from cedre_xlsx.reports.statistics.values import Indicator, Number, TableRow

_DECIMALS = {
    Unit.RATE: 1, Unit.DAYS: 1, Unit.WEEKS: 1, Unit.HOURS: 1, Unit.FTE: 2, Unit.RATIO: 1,
}  # fmt: skip
_SIGNS = {Unit.RATE: " %"}
_NOTHING = "–"
_WIDEST_HEADING = 11  # characters, of a column of numbers
_LABEL_WIDTH = 51
_WIDTH = 88


def render_text(statistics: Statistics, *, workbook: str, on: date, version: str) -> str:
    """The figures by block, then the tables, in lines that a terminal shows whole."""
    origin = _origin(statistics, workbook, on, version)
    period = textwrap.wrap(typeset(PERIOD), _WIDTH)
    lines = [f"Statistiques {statistics.year}", origin, "", *period]
    if statistics.remark:
        lines += ["", *textwrap.wrap(typeset(statistics.remark), _WIDTH)]
    if statistics.is_silent:
        return "\n".join(lines)
    lines += _board_lines(statistics, on)
    blocks = groupby(statistics.indicators, key=lambda one: definition_of(one.id).block)
    for block, indicators in blocks:
        lines += ["", block.upper()]
        lines += (_indicator_line(one, statistics) for one in indicators)
    for name, rows in statistics.tables.items():
        texts = [cell_texts(statistics, name, index) for index in range(len(rows))]
        title = table_definition(name).title.upper()
        lines += ["", title, *_table_lines(shown_rows(rows), texts)]
    return "\n".join(typeset(line.rstrip()) for line in lines)


def _origin(statistics: Statistics, workbook: str, on: date, version: str) -> str:
    """Where the figures come from, and what they are filtered by."""
    line = SheetOrigin(workbook, on, version).line
    return line if statistics.hidden is None else line.replace("sans filtre", "pour publication")


def _board_lines(statistics: Statistics, on: date) -> Iterator[str]:
    """The figures that a report opens with, and what they do not say."""
    yield from ("", BOARD_TITLE.upper())
    for headline in HEADLINES:
        one = statistics.indicator(headline.id)
        label = f"    {headline.label}" if headline.is_base else f"  {headline.label}"
        yield f"{label:<{_LABEL_WIDTH}} {said_text(statistics, one):>10}"
    yield from textwrap.wrap(
        unknown_sentence(statistics, on), _WIDTH, initial_indent="  ", subsequent_indent="  "
    )


def _indicator_line(one: Indicator, statistics: Statistics) -> str:
    label, value = f"  {shown_label(one.label)}", said_text(statistics, one)
    line = f"{label:<{_LABEL_WIDTH}} {value:>10}  {said_detail(statistics, one):<16}"
    if one.unknown != 0:
        line += f" inconnus : {said_unknown(statistics, one)}"
    return line


def said_detail(statistics: Statistics, one: Indicator) -> str:
    """What a figure divides, as `detail_text`, by the classes that a publication gives it by."""
    said = partial(class_text, statistics, one.id, None)
    if not (said("numerator") or said("denominator")):
        return detail_text(one)
    parts = (("numerator", one.numerator), ("denominator", one.denominator))
    texts = [said(part) or _shown(number) for part, number in parts]
    is_median = definition_of(one.id).unit.is_median
    return f"{texts[1]} cas" if is_median else " / ".join(texts)


def said_unknown(statistics: Statistics, one: Indicator) -> str:
    """How many could not be placed, or the class that says it."""
    return class_text(statistics, one.id, None, "unknown") or _shown(one.unknown)


def said_text(statistics: Statistics, one: Indicator) -> str:
    """The value of a figure, or the class that it is given by; sums of hours have none."""
    return class_text(statistics, one.id, None, "value") or value_text(one)


def cell_texts(statistics: Statistics, name: str, index: int) -> Sequence[str]:
    """The numbers of a line of a table, minutes as hours, or the classes that they are given by."""
    cells = statistics.tables[name][index].cells
    shown = shown_rows(statistics.tables[name])[index].cells.values()
    return [
        class_text(statistics, name, index, column) or _cell_text(value)
        for column, value in zip(cells, shown, strict=True)
    ]


def value_text(one: Indicator) -> str:
    """A figure as French people write it: 12,5 %, 1 820; minutes as hours; a dash for none."""
    return unit_text(shown_value(one), shown_unit(one.id))


def unit_text(value: float | None, unit: Unit) -> str:
    """A number of that unit in the same way; a rate goes from 0 to 1."""
    if value is None:
        return _NOTHING
    scaled = value * 100 if unit is Unit.RATE else value
    return number_text(scaled, _DECIMALS.get(unit, 0)) + _SIGNS.get(unit, "")


def detail_text(one: Indicator) -> str:
    """What a figure divides: "12 / 20" for a rate, "20 cas" for a median, "" for a count."""
    unit = definition_of(one.id).unit
    if unit is Unit.RATIO:
        base = _NOTHING if one.denominator is None else number_text(one.denominator, 2)
        return f"{_shown(one.numerator)} / {base}"
    if unit in (Unit.RATE, Unit.FTE):
        return f"{_shown(one.numerator)} / {_shown(one.denominator)}"
    return f"{_shown(one.denominator)} cas" if unit.is_median else ""


def _shown(value: float | None) -> str:
    return _NOTHING if value is None else number_text(value)


def _table_lines(rows: Sequence[TableRow], texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Aligned columns: texts at the left, numbers at the right, headings on several lines."""
    if not rows:
        yield "  (aucune ligne)"
        return
    labels = len(rows[0].labels)
    lines = [[*row.labels.values(), *own] for row, own in zip(rows, texts, strict=True)]
    headings = [
        [heading] if at < labels else textwrap.wrap(heading, _WIDEST_HEADING) or [""]
        for at, heading in enumerate(rows[0].headings)
    ]
    columns = zip(headings, zip(*lines, strict=True), strict=True)
    widths = [max(map(len, (*heading, *cells))) for heading, cells in columns]
    height = max(map(len, headings))

    def line(cells: Sequence[str]) -> str:
        placed = (
            f"{cell:<{width}}" if at < labels else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  " + "  ".join(placed)

    for level in range(height):
        yield line([_level(heading, level, height) for heading in headings])
    yield from map(line, lines)


def _level(lines: Sequence[str], level: int, height: int) -> str:
    """The headings stand on their last line."""
    index = level - (height - len(lines))
    return lines[index] if index >= 0 else ""


def _cell_text(value: Number) -> str:
    if value is None:
        return _NOTHING
    return number_text(value, 1 if isinstance(value, float) else 0)


def render_csv(statistics: Statistics, *, workbook: str, on: date, version: str) -> str:
    """Statistics for a spreadsheet: origin, a row an indicator, then the tables one by one."""
    rows: list[Sequence[object]] = [
        (f"Statistiques {statistics.year}",),
        (_origin(statistics, workbook, on, version),),
        (PERIOD,),
    ]
    if statistics.remark:
        rows.append((statistics.remark,))
    if statistics.is_silent:
        return csv_text(rows)
    rows += [
        (),
        (
            "Identifiant", "Chiffre", "Valeur", "Numérateur", "Dénominateur", "Inconnus",
            "Définition",
        ),
    ]  # fmt: skip
    rows += (_indicator_values(one, statistics) for one in statistics.indicators)
    for name, table in statistics.tables.items():
        rows += [(), (name, table_definition(name).title)]
        rows += (row.headings for row in table[:1])
        rows += (_line_values(statistics, name, index) for index in range(len(table)))
    return csv_text(rows)


def _indicator_values(one: Indicator, statistics: Statistics) -> Sequence[object]:
    numbers = {
        "value": one.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "unknown": one.unknown,
    }
    said = (class_text(statistics, one.id, None, part) or it for part, it in numbers.items())
    return (one.id, one.label, *said, one.definition)


def _line_values(statistics: Statistics, name: str, index: int) -> Sequence[object]:
    row = statistics.tables[name][index]
    said = (class_text(statistics, name, index, part) or it for part, it in row.cells.items())
    return (*row.labels.values(), *said)
