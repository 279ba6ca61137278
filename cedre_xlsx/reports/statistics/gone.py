"""What lines made anonymous no longer say: whole numbers of the sheet Mémoire, added when counting.

They are of no one. Those of the last year that is remembered hold for all later ones: what does not
end, as a frein that was never lifted of someone who never left, is there each year.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cedre_xlsx.method.text import word_key
from cedre_xlsx.reports.statistics.definitions import TABLES, Unit, definition_of
from cedre_xlsx.reports.statistics.values import Indicator, Line, Number, TableRow
from cedre_xlsx.schema.memory import GONE, MemoryRow

#: The parts of a figure that may be added to; its value follows.
COUNTED, WHOLE, UNKNOWN = "numerator", "denominator", "unknown"
PARTS = (COUNTED, WHOLE, UNKNOWN)
#: The holder of the row that says until which year all is told, its part and number being nothing.
UNTIL = "*"
#: A table whose lines are known by their first label: the others are sentences of ours.
_BY_FIRST_LABEL = "completeness"
#: The tables of the method with a line only where someone is in it; so are breakdowns.
OPEN_TABLES = ("exit_reasons", "freins", "freins_levels", "orientations")
_ALWAYS_WHOLE = frozenset(one.name for one in TABLES) - {*OPEN_TABLES}

#: What a line of a table is known by, however its words are spelled.
LineKey = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GoneLine:
    """What is added to one line of a table: its labels, and a number a heading."""

    labels: Mapping[str, str]
    cells: Mapping[str, int]

    @property
    def label(self) -> str:
        """What the line is of, as a line of a table says it."""
        return Line(self.labels, self.cells).label


@dataclass(frozen=True, slots=True)
class GoneYear:
    """What is added to the figures of one year, by id and part, and to its tables by name."""

    figures: Mapping[tuple[str, str], int] = field(default_factory=dict)
    tables: Mapping[str, Mapping[LineKey, GoneLine]] = field(default_factory=dict)

    def added(self, one: Indicator) -> Indicator:
        """A figure with what is added to it: a count, or a rate."""
        counted, whole, unknown = (self.figures.get((one.id, part), 0) for part in PARTS)
        if not (counted or whole or unknown):
            return one
        numerator = _sum(one.numerator, counted or None)
        denominator = _sum(one.denominator, whole or None)
        value = numerator
        if definition_of(one.id).unit is Unit.RATE:
            value = numerator / denominator if numerator is not None and denominator else None
        return replace(
            one,
            value=value,
            numerator=numerator,
            denominator=denominator,
            unknown=None if one.unknown is None else one.unknown + unknown,
        )

    def lines(self, table: str, rows: Sequence[TableRow]) -> list[TableRow]:
        """The lines of a table with what is added to them, and last those that it lacks.

        A line that is all zeros then is not one; where lines have a sum, it follows them.
        """
        gone = dict(self.tables.get(table, {}))
        made: list[TableRow] = []
        for row in rows:
            more = None if row.is_total else gone.pop(table_line_key(table, row.labels), None)
            if more is None:
                made.append(row)
                continue
            cells = {name: _sum(one, more.cells.get(name)) for name, one in row.cells.items()}
            if any(cells.values()) or table in _ALWAYS_WHOLE:
                made.append(Line({**row.labels, **_spelled(table, row, more)}, cells))
        for more in gone.values():
            if any(more.cells.values()):
                made.append(Line(more.labels, dict(more.cells)))
        return made


@dataclass(frozen=True, slots=True)
class Gone:
    """What is added to each year, `last` being the one that later ones are as."""

    years: Mapping[int, GoneYear] = field(default_factory=dict)
    last: int = 0

    def of(self, year: int) -> GoneYear:
        """What is added to one year."""
        known = min(year, self.last) if self.last else year
        return self.years.get(known, GoneYear())


def gone_of(memory: Iterable[MemoryRow]) -> Gone:
    """What the rows of Mémoire add; one that another hand spoilt adds nothing."""
    figures: dict[int, dict[tuple[str, str], int]] = {}
    tables: dict[int, dict[str, dict[LineKey, GoneLine]]] = {}
    last = 0
    for row in memory:
        if row.sort != GONE:
            continue
        if row.holder == UNTIL:
            last = max(last, row.year)
            continue
        number, labels = _number(row.number), _labels(row.line)
        if number is None or labels is None:
            continue
        if not row.holder.startswith("*"):
            own = figures.setdefault(row.year, {})
            own[row.holder, row.part] = own.get((row.holder, row.part), 0) + number
            continue
        name = row.holder[1:]
        lines = tables.setdefault(row.year, {}).setdefault(name, {})
        key = table_line_key(name, labels)
        known = lines.get(key, GoneLine(labels, {}))
        cells = {**known.cells, row.part: known.cells.get(row.part, 0) + number}
        lines[key] = GoneLine(known.labels, cells)
    years = {
        year: GoneYear(figures.get(year, {}), tables.get(year, {}))
        for year in figures.keys() | tables.keys()
    }
    return Gone(years, last)


def gone_rows(years: Mapping[int, GoneYear], last: int) -> tuple[MemoryRow, ...]:
    """The rows of Mémoire that say so, in an order that is always the same."""
    rows: list[MemoryRow] = []
    for year, one in sorted(years.items()):
        for (holder, part), number in sorted(one.figures.items()):
            if number:
                rows.append(_row(year, holder, "", part, number))
        for name, lines in sorted(one.tables.items()):
            for _, line in sorted(lines.items()):
                told = json.dumps(dict(line.labels), ensure_ascii=False)
                rows += (
                    _row(year, f"*{name}", told, part, number)
                    for part, number in line.cells.items()
                )
    return (*rows, _row(last, UNTIL, "", "", 0)) if rows else ()


def table_line_key(table: str, labels: Mapping[str, str]) -> LineKey:
    """What a line of a table is known by."""
    told = [(heading, word_key(text) or text) for heading, text in labels.items()]
    return tuple(told[:1] if table == _BY_FIRST_LABEL else told)


def _spelled(table: str, row: TableRow, more: GoneLine) -> Mapping[str, str]:
    """The labels as they were spelled first."""
    return (
        {} if table == _BY_FIRST_LABEL or row.labels.keys() != more.labels.keys() else more.labels
    )


def _sum(one: Number, more: int | None) -> Number:
    if more is None:
        return one
    return more if one is None else one + more


def _row(year: int, holder: str, line: str, part: str, number: int) -> MemoryRow:
    return MemoryRow(
        row=0, sort=GONE, year=year, holder=holder, line=line, part=part, number=str(number)
    )


def _number(text: str) -> int | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _labels(text: str) -> Mapping[str, str] | None:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return None
    told = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
    return found if told else None
