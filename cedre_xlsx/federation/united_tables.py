"""The tables of several structures, added line by line by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cedre_xlsx.federation.amounts import Sum
from cedre_xlsx.federation.lists import PERIODS
from cedre_xlsx.federation.model import TableLine
from cedre_xlsx.federation.united import UnitedLine, UnitedTable
from cedre_xlsx.federation.words import column_order, order_of
from cedre_xlsx.reports.statistics.definitions import table_definition

MONTHS = "months"
#: What tells a line from the others of its table.
_Key = tuple[tuple[str, str], ...]
#: How many months make one line, by its heading; what its label begins with after the year.
_SPANS = {"Mois": 1, "Trimestre": 3, "Semestre": 6}
_LETTERS = {"T": 3, "S": 6}


@dataclass(slots=True)
class TableSum:
    """One table of several structures: its lines are those of the method's lists, however many
    structures there are.
    """

    name: str
    lines: dict[_Key, dict[str, Sum]] = field(default_factory=dict)
    totals: set[_Key] = field(default_factory=set)
    structures: int = 0

    def add(self, lines: Iterable[TableLine]) -> None:
        """Add the lines of one more structure."""
        self.structures += 1
        for line in lines:
            key = tuple(line.labels.items())
            if line.is_total:
                self.totals.add(key)
            cells = self.lines.setdefault(key, {})
            for column, amount in line.cells.items():
                cells.setdefault(column, Sum()).add(amount)

    @property
    def united(self) -> UnitedTable:
        """The table of all of them."""
        lines, totals = self.lines, self.totals
        if self.name == MONTHS:
            lines, totals = _by_widest(lines, totals)
        keys = sorted(lines, key=lambda key: order_of(self.name, dict(key)))
        made = tuple(self._line(key, lines[key], is_total=key in totals) for key in keys)
        title = table_definition(self.name).title
        return UnitedTable(self.name, title, made, self.structures)

    def _line(self, key: _Key, cells: Mapping[str, Sum], *, is_total: bool) -> UnitedLine:
        columns = column_order(self.name, list(cells))
        return UnitedLine(
            dict(key),
            {column: cells[column].amount for column in columns},
            {column: cells[column].of_given for column in columns},
            is_total,
        )


def _by_widest(
    lines: Mapping[_Key, dict[str, Sum]], totals: set[_Key]
) -> tuple[dict[_Key, dict[str, Sum]], set[_Key]]:
    """Months put together as the widest lines among them are: quarters, or half-years."""
    headings = {key[0][0] for key in lines}
    widest = max(headings, key=PERIODS.index, default=PERIODS[0])
    found: dict[_Key, dict[str, Sum]] = {}
    for key, cells in lines.items():
        own = found.setdefault(wider(key, widest, is_total=key in totals), {})
        for column, one in cells.items():
            own.setdefault(column, Sum()).join(one)
    return found, {wider(key, widest, is_total=True) for key in totals}


def wider(key: _Key, widest: str, *, is_total: bool) -> _Key:
    """What a line of months is told as where lines are as wide as that heading says."""
    (heading, label), *_ = key
    if is_total or heading == widest:
        return ((widest, label),)
    year, _, number = label.partition("-")
    month = (
        (int(number[1:]) - 1) * _LETTERS[number[0]] + 1 if number[0] in _LETTERS else int(number)
    )
    span = _SPANS[widest]
    return ((widest, f"{year}-{widest[0]}{(month - 1) // span + 1}"),)
