"""The rows of the sheet `Statistiques AAAA`, section by section, and how they look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.layout import lines_of
from cedre_xlsx.reports.statistics.definitions import (
    TableDefinition,
    Unit,
    definition_of,
    table_definition,
)
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.text import detail_text
from cedre_xlsx.reports.statistics.values import Indicator, Line, TableRow
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.generated import SheetRow, Value

#: Widths in characters: the first column, and the narrow ones that numbers stand in.
LABEL, NARROW = 33.0, 10.0
COLUMNS = 14
#: The definitions run over the last columns, from this one on (1-based).
DEFINITION = 10
CHART_ROWS = 15  # a row of charts
#: The table of the deadlines kept, which stands in the sheet alone.
DEADLINES = "deadlines"

_LINE, _SMALL_LINE, _PADDING = 11.6, 10.4, 5.0  # points, of Arial 9 and 8
_SMALLER = 9 / 8  # how many more characters of Arial 8 than of Arial 9 a line holds
_ROW, _TITLE, _GAP = 16.0, 20.0, 10.0
_NOTHING = "–"
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

_UNITS = {
    Unit.COUNT: "c",
    Unit.RATE: "p",
    Unit.DAYS: "d",
    Unit.MINUTES: "c",
    Unit.HOURS: "h",
    Unit.FTE: "f",
    Unit.WEEKS: "d",
    Unit.RATIO: "h",
}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that stay on one page where they can.

    `merged` are runs of rows, by their first and last index, that share one definition;
    `name` and `headings` are those of the table that it shows.
    """

    rows: tuple[SheetRow, ...]
    merged: tuple[tuple[int, int], ...] = ()
    name: str = ""
    headings: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Its height in points."""
        return sum(row.height or _ROW for row in self.rows)


def _row(look: str, kinds: str, values: Sequence[Value], height: float = _ROW) -> SheetRow:
    shown = (typeset(value) if isinstance(value, str) else value for value in values)
    return SheetRow(f"{look}:{kinds}", tuple(shown), height)


def _banner(look: str, text: str, height: float = _TITLE) -> SheetRow:
    """A text over the whole width."""
    return _row(look, "l" * COLUMNS, (text, *(None,) * (COLUMNS - 1)), height)


def _gap(height: float = _GAP) -> SheetRow:
    return SheetRow("body:", (), height)


def _height(lines: int) -> float:
    return max(lines * _LINE + _PADDING, _ROW)


def indicator_sections(years: Sequence[Statistics], settings: Settings) -> Iterator[Section]:
    """The figures of the last year beside those of the years before it, a section a block."""
    blocks = groupby(years[-1].indicators, key=lambda one: definition_of(one.id).block)
    for block, members in blocks:
        rows = [_banner("block", block)]
        merged = []
        for definition, family in groupby(members, key=lambda one: one.definition):
            run = list(family)
            merged.append((len(rows), len(rows) + len(run) - 1))
            rows += _family_rows(run, definition, years, settings)
        yield Section(tuple(rows), tuple(merged))


def _family_rows(
    family: Sequence[Indicator], definition: str, years: Sequence[Statistics], settings: Settings
) -> Iterator[SheetRow]:
    """Figures with one definition, which all their rows together are tall enough for."""
    width = NARROW * (COLUMNS - DEFINITION + 1)
    heights = [_height(lines_of(one.label, LABEL - 2)) for one in family]
    needed = lines_of(definition, width * _SMALLER) * _SMALL_LINE + _PADDING
    heights[0] += max(needed - sum(heights), 0)
    for index, (one, height) in enumerate(zip(family, heights, strict=True)):
        shown: list[Value] = [one.label]
        for year in years:
            shown += _figure(year, one.id)
        shown += [one.unknown, _target(one.id, settings), definition if index == 0 else None]
        unit = _UNITS[definition_of(one.id).unit]
        label = "i" if one.label.startswith("dont ") else "l"
        kinds = f"{label}{f'{unit}x' * len(years)}cg{'n' * (COLUMNS - DEFINITION + 1)}"
        blanks = (None,) * (COLUMNS - len(shown))
        yield _row("body", kinds, (*shown, *blanks), height)


def _figure(year: Statistics, identifier: str) -> tuple[Value, Value]:
    """A figure and what it divides; a dash for a year that the workbook does not tell of."""
    one = year.indicator(identifier)
    if year.note or one.value is None:
        return _NOTHING, None
    return one.value, detail_text(one) or None


def _target(identifier: str, settings: Settings) -> Value:
    targets = {
        "dynamic_exit_rate": settings.dynamic_target,
        "durable_exit_rate": settings.durable_target,
    }
    target = targets.get(identifier)
    return None if target is None else target / 100


def chart_sections(levels: int) -> Iterator[Section]:
    """The rows that the charts stand on, a section a row of charts."""
    free = [_gap(_ROW) for _ in range(CHART_ROWS)]
    yield Section((_gap(), _banner("title", "Graphiques"), _gap(), *free))
    for _ in range(levels - 1):
        yield Section((_gap(), *free))


def deadline_section(years: Sequence[Statistics]) -> Section:
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
    return table_section(DEADLINES, rows)


def table_section(name: str, rows: Sequence[TableRow]) -> Section:
    """One table of the year: its title, what it counts, its headings and its lines."""
    definition = _DEADLINE_TABLE if name == DEADLINES else table_definition(name)
    top = [_gap(), _banner("title", definition.title), *_hints(definition.text)]
    if not rows:
        return Section((*top, _banner("hint", "Aucune ligne dans l'année.")), name=name)
    numbers = rows[0].cells
    headings = (" · ".join(rows[0].labels), *numbers)
    height = _height(max(lines_of(heading, NARROW) for heading in numbers))
    top.append(_row("head", "l" + "c" * len(numbers), headings, max(height, 22.0)))
    kinds = "".join("h" if isinstance(number, float) else "c" for number in numbers.values())
    body = [_table_row(row, kinds, _month if name == "months" else str) for row in rows]
    return Section((*top, *body), name=name, headings=headings)


def _hints(text: str) -> Iterator[SheetRow]:
    """What a table counts, in lines that the width holds."""
    room = int((LABEL + NARROW * (COLUMNS - 1)) * 1.25)
    line = ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > room:
            yield _banner("hint", line, _ROW)
            line = word
        else:
            line = f"{line} {word}".strip()
    yield _banner("hint", line, _ROW)


def _table_row(row: TableRow, kinds: str, shown: Callable[[str], str]) -> SheetRow:
    label = " · ".join(dict.fromkeys(shown(text) for text in row.labels.values() if text))
    values = tuple(_NOTHING if number is None else number for number in row.cells.values())
    look = "total" if row.is_total else "body"
    first = "i" if label.startswith("dont ") else "l"
    return _row(look, f"{first}{kinds}", (label, *values), _height(lines_of(label, LABEL)))


def _month(label: str) -> str:
    """The name of a month, short enough for the foot of a chart; the total as it is."""
    _, dash, month = label.partition("-")
    return _MONTHS[int(month) - 1] if dash else label
