"""One figure of several structures: what they say of it, and what comes of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from cedre_xlsx.federation.amounts import Sum, between, bounds, is_exact, scaled
from cedre_xlsx.federation.medians import Cases
from cedre_xlsx.federation.model import Amount, Bin, Figure
from cedre_xlsx.federation.united import UnitedFigure
from cedre_xlsx.federation.words import figure_labels, unit_of
from cedre_xlsx.reports.statistics.definitions import Unit

#: A count, or hours and minutes: the sum of what each has.
_ADDED = (Unit.COUNT, Unit.HOURS, Unit.MINUTES)


@dataclass(slots=True)
class FigureSum:
    """What was said of a figure. What grows with the structures is `by_structure` alone.

    `by_base` are the numerators by what each structure divides by (full-time equivalents: each has
    its own), `both` the numerators and denominators of those who give both exactly.
    """

    id: str
    numerator: Sum = field(default_factory=Sum)
    denominator: Sum = field(default_factory=Sum)
    unknown: Sum = field(default_factory=Sum)
    by_base: dict[int, Sum] = field(default_factory=dict)
    cases: Cases = field(default_factory=Cases)
    both: tuple[int, int] = (0, 0)
    given: int = 0
    by_structure: dict[str, float] = field(default_factory=dict)

    def add(self, one: Figure, bins: tuple[Bin, ...] | None, identity: str) -> None:
        """Add the figure of one more structure, with the cases of its median."""
        unit = unit_of(self.id)
        self.unknown.add(one.unknown)
        self.denominator.add(one.denominator)
        if unit is not Unit.RATIO or is_exact(one.denominator):
            self.numerator.add(one.value if unit in _ADDED else one.numerator)
        if unit.is_median:
            self.cases.add(bins, one.denominator, one.value)
            self.given += bins is not None
        elif unit is Unit.RATE:
            self._add_both(one)
        elif unit in (Unit.FTE, Unit.RATIO):
            self._add_base(one)
        else:
            self.given += is_exact(one.value)
        if is_exact(one.value):
            self.by_structure[identity] = bounds(one.value)[0]

    def _add_both(self, one: Figure) -> None:
        if is_exact(one.numerator) and is_exact(one.denominator):
            counted, whole = bounds(one.numerator)[0], bounds(one.denominator)[0]
            self.both = (self.both[0] + scaled(counted), self.both[1] + scaled(whole))
            self.given += 1

    def _add_base(self, one: Figure) -> None:
        base = bounds(one.denominator)[0]
        if base and is_exact(one.denominator):
            self.by_base.setdefault(scaled(base), Sum()).add(one.numerator)
            self._add_both(one)

    @property
    def united(self) -> UnitedFigure:
        """The figure of all of them."""
        unit = unit_of(self.id)
        value, known = self._value(unit)
        numerator: Amount = None if unit.is_median else self.numerator.amount
        return UnitedFigure(
            self.id, figure_labels()[self.id], unit, value, numerator,
            self._denominator(unit), self.unknown.amount,
            max(self.numerator.said, self.denominator.said), self.given, known,
            dict(sorted(self.by_structure.items())),
        )  # fmt: skip

    def _denominator(self, unit: Unit) -> Amount:
        """The sum of them; of full-time equivalents the base, where all have the same."""
        if unit is not Unit.FTE:
            return self.denominator.amount
        bases = list(self.by_base)
        return self.denominator.number(bases[0]) if len(bases) == 1 else None

    def _value(self, unit: Unit) -> tuple[Amount, Amount]:
        """The value, and that over those who give it exactly."""
        if unit.is_median:
            return self.cases.median, self.cases.known
        if unit is Unit.RATE:
            return rate(self.numerator, self.denominator), _ratio(*self.both)
        if unit is Unit.FTE:
            return self._full_time(), self._full_time_known()
        if unit is Unit.RATIO:
            return self._per_base(), _ratio(*self.both)
        return self.numerator.amount, self.numerator.of_given

    def _full_time(self) -> Amount:
        """Each structure's hours by its own base, added up."""
        if not self.by_base:
            return None
        least = _divided({base: own.least for base, own in self.by_base.items()})
        if all(own.is_exact for own in self.by_base.values()):
            return least
        if any(own.unbounded for own in self.by_base.values()):
            return between(least, None)
        return between(least, _divided({base: own.most for base, own in self.by_base.items()}))

    def _full_time_known(self) -> Amount:
        given = {base: own.known for base, own in self.by_base.items() if own.given}
        return _divided(given) if given else None

    def _per_base(self) -> Amount:
        """The people of those who tell their staff, by that staff."""
        if not self.by_base:
            return None
        counted = list(self.by_base.values())
        whole = sum(base * own.said for base, own in self.by_base.items())
        least = Fraction(sum(own.least for own in counted), whole)
        if all(own.is_exact for own in counted):
            return float(least)
        if any(own.unbounded for own in counted):
            return between(float(least), None)
        return between(float(least), float(Fraction(sum(own.most for own in counted), whole)))


def rate(counted: Sum, whole: Sum) -> Amount:
    """A rate as far as its parts are said; None where there is no case."""
    if not whole.said or (whole.is_exact and not whole.known):
        return None
    if counted.is_exact and whole.is_exact:
        return _ratio(counted.known, whole.known)
    least = 0.0 if whole.unbounded or not whole.most else counted.least / whole.most
    most = 1.0 if counted.unbounded or not whole.least else counted.most / whole.least
    return between(least, min(most, 1.0))


def _ratio(counted: int, whole: int) -> float | None:
    return counted / whole if whole else None


def _divided(by_base: dict[int, int]) -> float:
    """Numerators by their bases, added up without a rounding before the last."""
    return float(sum((Fraction(hours, base) for base, hours in by_base.items()), Fraction(0)))
