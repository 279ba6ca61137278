"""The figures and tables of a year as a part gives them: in its words, with what is not exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cedre_xlsx.federation.amounts import added, is_exact
from cedre_xlsx.federation.lists import OTHER
from cedre_xlsx.federation.model import HIDDEN, Amount, Between, Figure, TableLine
from cedre_xlsx.federation.words import (
    figure_id,
    figure_labels,
    is_column,
    label_of,
    table_name,
    unit_of,
)
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID
from cedre_xlsx.reports.statistics.definitions import TABLES, Unit
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.publics import LINES, WORKERS
from cedre_xlsx.reports.statistics.values import Indicator, TableRow
from cedre_xlsx.schema.settings import Settings

_TYPE_NAMES = {kind.code: kind.name for kind in TYPES}
#: Tables whose lines and columns are types of engagement.
_TYPED = ("types", "succession")
#: A table of names.
_LEFT = ("advisors",)


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """The figures and the tables, and how many tables of the team's own are not among them."""

    figures: Mapping[str, Figure]
    tables: Mapping[str, tuple[TableLine, ...]]
    left_out: int


def told(statistics: Statistics, settings: Settings) -> ToldFigures:
    """What a part says of a year; a year that is silent says nothing."""
    if statistics.is_silent:
        return ToldFigures({}, {}, 0)
    teller = _Teller(statistics, settings)
    tables: dict[str, tuple[TableLine, ...]] = {}
    left_out = 0
    for name in statistics.tables:
        known = "" if name in _LEFT else table_name(name)
        if known and known not in tables:
            tables[known] = teller.table(name, known)
        elif name not in _LEFT:
            left_out += 1
    return ToldFigures(teller.figures(), tables, left_out)


class _Teller:
    """What is said of each number of a year."""

    def __init__(self, statistics: Statistics, settings: Settings) -> None:
        self._statistics = statistics
        self._is_public = statistics.hidden is not None
        self._own_types = {
            kind.code: kind.method.code if kind.method else "" for kind in settings.types
        }

    def figures(self) -> dict[str, Figure]:
        """Every figure by its id in a part; those of a team's own types are one."""
        found: dict[str, Figure] = {}
        for one in self._statistics.indicators:
            identifier = figure_id(one.id, self._own_types)
            if identifier not in figure_labels():
                continue
            figure = self._figure(one)
            before = found.get(identifier)
            found[identifier] = figure if before is None else _of_both(before, figure)
        return found

    def _amount(
        self, number: float | None, holder: str, row: int | None, part: str, *, is_told: bool = True
    ) -> Amount:
        """A number as it is said; one that is not, of what `is_told` in private, is hidden."""
        if number is not None:
            return number
        known = self._statistics.classes.get((holder, row, part))
        if known is not None:
            return Between(least=_whole(known[0]), most=_whole(known[1]))
        return HIDDEN if self._is_public and is_told else None

    def _figure(self, one: Indicator) -> Figure:
        unit = unit_of(one.id)

        def part(name: str) -> Amount:
            return self._amount(getattr(one, name), one.id, None, name)

        unknown = part("unknown")
        if unit.is_median:
            cases = part("denominator")
            return Figure(value=self._median(one, cases), denominator=cases, unknown=unknown)
        if unit is Unit.RATE:
            counted, whole = part("numerator"), part("denominator")
            value = self._rate(one, counted, whole)
            return Figure(value=value, numerator=counted, denominator=whole, unknown=unknown)
        if unit in (Unit.FTE, Unit.RATIO):  # what they divide by is a setting
            counted = part("numerator")
            ratio = one.value if is_exact(counted) or not one.denominator else HIDDEN
            return Figure(
                value=ratio, numerator=counted, denominator=one.denominator, unknown=unknown
            )
        value = part("value")
        return Figure(value=value, numerator=value, unknown=unknown)

    def _median(self, one: Indicator, cases: Amount) -> Amount:
        return one.value if is_exact(cases) else HIDDEN if self._is_public else None

    def _rate(self, one: Indicator, counted: Amount, whole: Amount) -> Amount:
        """A rate follows from its parts: where these are not exact, it is what they leave."""
        if is_exact(counted) and is_exact(whole):
            return one.value
        return self._amount(one.value, one.id, None, "value")

    def table(self, name: str, known: str) -> tuple[TableLine, ...]:
        """A table in the words of a part; lines that have the same ones there are one."""
        lines: dict[tuple[tuple[str, str], ...], list[TableLine]] = {}
        for index, row in enumerate(self._statistics.tables[name]):
            labels = self._labels(known, row)
            if labels is None:
                continue
            cells = dict(self._cells(name, known, index, row))
            line = TableLine(labels=labels, cells=cells, is_total=row.is_total)
            lines.setdefault(tuple(labels.items()), []).append(line)
        return tuple(_together(own) for own in lines.values())

    def _labels(self, known: str, row: TableRow) -> dict[str, str] | None:
        labels: dict[str, str] = {}
        for heading, text in row.labels.items():
            if row.is_total:
                labels[heading] = text
                continue
            heading_here = heading if known in _NAMED else known
            label = label_of(known, heading_here, self._typed(known, text))
            if label is None:
                return None
            labels[heading_here] = label
        if known == "types" and not row.is_total:
            labels["Type"] = _TYPE_NAMES.get(labels["Engagement"], "")
        if known not in _NAMED:
            labels = {known: next(iter(labels.values()))}
        return labels

    def _typed(self, known: str, text: str) -> str:
        if known not in _TYPED or text not in self._own_types:
            return text
        return self._own_types[text] or OTHER

    def _cells(
        self, name: str, known: str, index: int, row: TableRow
    ) -> Iterator[tuple[str, Amount]]:
        cells: dict[str, list[Amount]] = {}
        for column, number in row.cells.items():
            here = self._typed(known, column) if known == "succession" else column
            if is_column(known, here):
                is_told = not self._is_starved(name, row, column)
                amount = self._amount(number, name, index, column, is_told=is_told)
                cells.setdefault(here, []).append(amount)
        for here, amounts in cells.items():
            yield here, amounts[0] if len(amounts) == 1 else added(amounts)

    def _is_starved(self, name: str, row: TableRow, column: str) -> bool:
        """Whether a line of Publics has no number because its column is filled for nobody, which
        a reader sees.
        """
        if name != "publics" or row.label not in LINES or column == NOT_SAID:
            return False
        workers = next(one for one in self._statistics.tables[name] if one.label == WORKERS)
        everybody = workers.cells["Personnes"]
        return everybody is not None and row.cells[NOT_SAID] == everybody


_NAMED = tuple(one.name for one in TABLES)


def _of_both(one: Figure, other: Figure) -> Figure:
    """Two types as one; the lines without a type may be of either."""
    value = added((one.value, other.value))
    return Figure(value=value, numerator=value, unknown=one.unknown)


def _together(lines: list[TableLine]) -> TableLine:
    if len(lines) == 1:
        return lines[0]
    columns = dict.fromkeys(column for line in lines for column in line.cells)
    cells = {column: added(line.cells.get(column) for line in lines) for column in columns}
    return TableLine(labels=lines[0].labels, cells=cells, is_total=lines[0].is_total)


def _whole(number: float) -> float:
    """A bound of a count as a whole number; of a rate as it is."""
    return int(number) if float(number).is_integer() else number
