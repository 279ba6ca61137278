"""Sums of what parts say, exact whatever their order: numbers are added as millionths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cedre_xlsx.federation.model import Amount, Between

#: Decimals that a part may give: sums of hours are rounded to them.
_PARTS = 10**6


def scaled(number: float) -> int:
    """A number in millionths."""
    return number * _PARTS if isinstance(number, int) else round(number * _PARTS)


def bounds(amount: Amount) -> tuple[float, float | None]:
    """The least and the most that a number may be; what is not there adds nothing."""
    if amount is None:
        return (0, 0)
    return (amount.least, amount.most) if isinstance(amount, Between) else (amount, amount)


def is_exact(amount: Amount) -> bool:
    """Whether it is one number."""
    return amount is not None and not isinstance(amount, Between)


@dataclass(slots=True)
class Sum:
    """What was said of one number by several structures.

    `said` is how many said something, `given` how many gave it exactly: these make `known`.
    """

    least: int = 0
    most: int = 0
    known: int = 0
    said: int = 0
    given: int = 0
    unbounded: int = 0
    is_measure: bool = False

    def add(self, amount: Amount) -> None:
        """Add the amount of one more structure; None says nothing."""
        if amount is None:
            return
        low, high = bounds(amount)
        self.said += 1
        self.least += scaled(low)
        if high is None:
            self.unbounded += 1
        else:
            self.most += scaled(high)
        if is_exact(amount):
            self.given += 1
            self.known += scaled(low)
        whole = isinstance(low, int) and (high is None or isinstance(high, int))
        self.is_measure = self.is_measure or not whole

    def join(self, other: Sum) -> None:
        """What was said of another number, whose sum with this one is meant."""
        self.least += other.least
        self.most += other.most
        self.known += other.known
        self.said += other.said
        self.given += other.given
        self.unbounded += other.unbounded
        self.is_measure = self.is_measure or other.is_measure

    @property
    def is_exact(self) -> bool:
        """Whether all that was said of it was."""
        return self.given == self.said > 0

    @property
    def amount(self) -> Amount:
        """The sum: exact where all are, else the least and the most that it may be."""
        if not self.said:
            return None
        if self.is_exact:
            return self.number(self.known)
        most = None if self.unbounded else self.number(self.most)
        return between(self.number(self.least), most)

    @property
    def of_given(self) -> float | None:
        """The sum over those who gave it exactly; None without any."""
        return self.number(self.known) if self.given else None

    def number(self, parts: int) -> float:
        """Millionths as a count, or as a measure where some are."""
        if self.is_measure or parts % _PARTS:
            return parts / _PARTS
        return parts // _PARTS


def between(least: float, most: float | None) -> Between:
    """A range of any size: a sum of many parts may be above what one of them may say."""
    return Between.model_construct(least=least, most=most)


def added(amounts: Iterable[Amount]) -> Amount:
    """The sum of some numbers."""
    total = Sum()
    for amount in amounts:
        total.add(amount)
    return total.amount
