"""What a reader who knows one structure's own numbers finds of the others in the totals.

Totals are made of what protected parts say, and of nothing else: the least and the most that a
total may be are the sums of the least and of the most of each part. So whatever a structure may be
taken to hide, the totals stay the same, and who takes one's own exact numbers away, even all those
of the others, is left with the range that the structure's own part gives. That holds as long as no
total is narrower than these sums: it is checked here, number by number, apart from what added them
up. A total for which it is not proven is hidden.

What totals of two structures tell is another matter: less one's own they are the other's part,
which hides what it must, but which it gave to its network and not to its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cedre_xlsx.federation.amounts import bounds
from cedre_xlsx.federation.lists import PERIODS
from cedre_xlsx.federation.model import HIDDEN, Amount, Between, Figure, Part
from cedre_xlsx.federation.united import United, UnitedFigure, UnitedLine, UnitedTable
from cedre_xlsx.federation.united_tables import MONTHS, wider
from cedre_xlsx.federation.words import unit_of
from cedre_xlsx.reports.statistics.definitions import Unit

#: What is said of totals of so few structures that one reads another's part in them.
FEW = {
    1: "ces totaux sont les chiffres partagés d'une seule structure : ne les donner qu'avec son "
    "accord.",
    2: "les totaux de deux structures disent à chacune les chiffres partagés de l'autre : ne les "
    "donner qu'avec son accord.",
}
#: Numbers are added up as millionths, and may be off by some thousands of them.
_PARTS, _NEAR = 10**6, 1000
#: The parts of a figure that are sums of those of the structures.
_ADDED: Mapping[Unit, tuple[str, ...]] = {
    Unit.COUNT: ("value", "numerator", "unknown"),
    Unit.HOURS: ("value", "numerator", "unknown"),
    Unit.MINUTES: ("value", "numerator", "unknown"),
    Unit.RATE: ("numerator", "denominator", "unknown"),
    Unit.DAYS: ("denominator", "unknown"),
    Unit.WEEKS: ("denominator", "unknown"),
    Unit.FTE: ("numerator", "unknown"),
    Unit.RATIO: ("unknown",),
}
_Key = tuple[tuple[str, str], ...]
#: Where a number stands: a figure and its part, a table with a line and a column, "" and a rule.
Where = tuple[str, _Key, str]


@dataclass(slots=True)
class Proof:
    """What the parts of a year say together, added up apart from the totals.

    `least` and `most` are by where a number stands; `vague` is where some part does not say it
    exactly, `open` where nothing bounds what it says.
    """

    least: dict[Where, int] = field(default_factory=dict)
    most: dict[Where, int] = field(default_factory=dict)
    structures: int = 0
    vague: set[Where] = field(default_factory=set)
    open: set[Where] = field(default_factory=set)

    def add(self, part: Part) -> None:
        """Take in the part of one more structure."""
        self.structures += 1
        least, most = self.least, self.most
        for where, amount in _numbers(part):
            if isinstance(amount, Between):
                self.vague.add(where)
                low = _whole(amount.least)
                high = low if amount.most is None else _whole(amount.most)
                if amount.most is None:
                    self.open.add(where)
            elif amount is None:
                continue
            else:
                low = high = _whole(amount)
            least[where] = least.get(where, 0) + low
            most[where] = most.get(where, 0) + high

    def unproven(self, united: United) -> tuple[Where, ...]:
        """The totals that say more than the parts do, of numbers that some part hides."""
        return tuple(
            where
            for where, total in _totals(united)
            if total is not None and where in self.vague and not self._holds(where, total)
        )

    def _holds(self, where: Where, total: Amount) -> bool:
        """Whether a total is as wide as what the parts say together."""
        least, most = bounds(total)
        if _whole(least) > self.least[where] + _NEAR:
            return False
        if most is None:
            return True
        return where not in self.open and _whole(most) >= self.most[where] - _NEAR

    def proven(self, united: United) -> United:
        """The totals, without those that are not proven."""
        gone = set(self.unproven(united))
        return without(united, gone) if gone else united


def _whole(number: float) -> int:
    return round(number * _PARTS)


def _numbers(part: Part) -> Iterator[tuple[Where, Amount]]:
    """Every number of a part that is added, by where it stands."""
    for name, one in part.figures.items():
        yield from _of_figure(name, one)
    for name, lines in part.tables.items():
        for line in lines:
            key = tuple(line.labels.items())
            for told in _told_as(name, key, is_total=line.is_total):
                yield from (((name, told, column), n) for column, n in line.cells.items())
    yield from ((("", (), code), amount) for code, amount in part.quality.items())


def _of_figure(name: str, one: Figure | UnitedFigure) -> Iterator[tuple[Where, Amount]]:
    for what in _ADDED[unit_of(name)]:
        amount = getattr(one, what)
        if amount is not None:
            yield (name, (), what), amount


def _told_as(name: str, key: _Key, *, is_total: bool) -> Iterator[_Key]:
    """A line, and the wider ones that it is a part of where it is of months."""
    if name != MONTHS:
        yield key
        return
    own = PERIODS.index(key[0][0])
    yield from (wider(key, heading, is_total=is_total) for heading in PERIODS[own:])


def _totals(united: United) -> Iterator[tuple[Where, Amount]]:
    """Every total that is a sum, by where it stands."""
    for one in united.figures:
        yield from _of_figure(one.id, one)
    for table in united.tables:
        for line in table.lines:
            key = tuple(line.labels.items())
            yield from (((table.name, key, column), n) for column, n in line.cells.items())
    yield from ((("", (), code), amount) for code, amount in united.quality.items())


def without(united: United, gone: set[Where]) -> United:
    """The totals with these numbers hidden, and the rates and medians that rest on them."""
    return replace(
        united,
        figures=tuple(_figure(one, gone) for one in united.figures),
        tables=tuple(_table(one, gone) for one in united.tables),
        quality={
            code: HIDDEN if ("", (), code) in gone else amount
            for code, amount in united.quality.items()
        },
    )


def _figure(one: UnitedFigure, gone: set[Where]) -> UnitedFigure:
    told = {what for what in _ADDED[one.unit] if (one.id, (), what) in gone}
    if not told:
        return one
    hidden: dict[str, Amount] = dict.fromkeys(told, HIDDEN)
    if told != {"unknown"}:
        hidden |= {"value": HIDDEN, "known": None}
    return replace(one, **hidden)  # type: ignore[arg-type]  # by the names of its parts


def _table(one: UnitedTable, gone: set[Where]) -> UnitedTable:
    return replace(one, lines=tuple(_line(one.name, line, gone) for line in one.lines))


def _line(table: str, line: UnitedLine, gone: set[Where]) -> UnitedLine:
    key = tuple(line.labels.items())
    told = [column for column in line.cells if (table, key, column) in gone]
    if not told:
        return line
    return replace(
        line,
        cells={**line.cells, **dict.fromkeys(told, HIDDEN)},
        known={**line.known, **dict.fromkeys(told)},
    )
