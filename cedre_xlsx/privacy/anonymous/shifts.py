"""Days that move together, each within its own month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from cedre_xlsx.privacy.anonymous.model import DateKey, Tier

_WEEK = 7


class Shifts:
    """Days by their keys; those that are `join`ed keep the days between them.

    One that is held stays where it is, and all that is joined to it; one of `weeks` only moves by
    whole ones.
    """

    def __init__(self) -> None:
        self.days: dict[DateKey, date] = {}
        self._parents: dict[DateKey, DateKey] = {}
        self._held: set[DateKey] = set()
        self._weeks: set[DateKey] = set()

    def add(self, key: DateKey, day: date) -> None:
        """A day that may move."""
        self.days[key] = day
        self._parents[key] = key

    def join(self, keys: Iterable[DateKey]) -> None:
        """Have days move by the same number of days; keys without a day are passed over."""
        known = [self._root(key) for key in keys if key in self.days]
        for one in known[1:]:
            self._parents[self._root(one)] = self._root(known[0])

    def hold(self, key: DateKey) -> None:
        """Have a day stay."""
        if key in self.days:
            self._held.add(key)

    def by_weeks(self, key: DateKey) -> None:
        """Have a day keep its day of the week."""
        self._weeks.add(key)

    def _root(self, key: DateKey) -> DateKey:
        root = key
        while self._parents[root] != root:
            root = self._parents[root]
        while self._parents[key] != root:
            self._parents[key], key = root, self._parents[key]
        return root

    def moved(self) -> tuple[Mapping[DateKey, date], Mapping[DateKey, Tier]]:
        """Every day after its move, and how near it stayed."""
        together: defaultdict[DateKey, list[DateKey]] = defaultdict(list)
        for key in self.days:
            together[self._root(key)].append(key)
        days: dict[DateKey, date] = {}
        tiers: dict[DateKey, Tier] = {}
        for keys in together.values():
            back, tier = self._back(keys)
            for key in keys:
                days[key] = self.days[key] - timedelta(days=back)
                tiers[key] = Tier.MONTH if days[key].day == 1 else tier
        return days, tiers

    def _back(self, keys: list[DateKey]) -> tuple[int, Tier]:
        """By how many days some move, and what that is called."""
        if not self._held.isdisjoint(keys):
            return 0, Tier.EXACT
        least = min(self.days[key].day for key in keys) - 1
        if not self._weeks.isdisjoint(keys):
            return least // _WEEK * _WEEK, Tier.WEEKS
        return least, Tier.INTERVAL
