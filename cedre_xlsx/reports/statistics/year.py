"""One year of the records: what every figure and every table counts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import ExitCategory, StructureKind
from cedre_xlsx.reports.statistics.frames import (
    Frames,
    Sources,
    grouped_spellings,
    hours_within,
    ordinal,
)
from cedre_xlsx.reports.statistics.later_states import later_state
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.settings import Settings

_MONTHS_A_YEAR = 12
#: Hours that make someone a person in mission; the sum of parts may miss it by a hair.
_ONE_HOUR = 1 - 1e-9


@dataclass(frozen=True)
class Year:
    """The frames of one year, with what is derived from them once.

    The year runs from 1 January to 31 December, or to `on`, the date of the count, while it is
    under way: what is typed with a later date has not happened yet.
    """

    year: int
    on: date
    settings: Settings
    frames: Frames

    @property
    def sources(self) -> Sources:
        """The tables, to pick lines from."""
        return self.frames.sources

    @cached_property
    def first(self) -> float:
        """1 January, as a number of days."""
        return ordinal(date(self.year, 1, 1))

    @cached_property
    def end(self) -> float:
        """31 December, as a number of days."""
        return ordinal(date(self.year, 12, 31))

    @cached_property
    def last(self) -> float:
        """The last day that is counted."""
        return min(self.end, ordinal(self.on))

    @property
    def last_day(self) -> date:
        """The last day that is counted, as a date."""
        return min(date(self.year, 12, 31), self.on)

    @property
    def has_begun(self) -> bool:
        """Whether a day of the year has come at the date of the count."""
        return self.first <= self.last

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the types of engagement, as Paramètres has them."""
        return tuple(kind.code for kind in self.settings.types)

    def holds(self, days: pd.Series) -> pd.Series:
        """Which days are of the year, and have come."""
        return days.between(self.first, self.last)

    def to_come(self, days: pd.Series) -> pd.Series:
        """Which days are of the year, and have not come yet."""
        return (days >= self.first) & (days <= self.end) & (days > self.last)

    @cached_property
    def active(self) -> pd.DataFrame:
        """The pathways of the active file: registered by the end, not gone before 1 January."""
        return self._pathways(self.is_active)

    @cached_property
    def is_active(self) -> pd.Series:
        """Which pathways, with a name or without, are of the active file."""
        p = self.frames.pathways
        return (p["registered"] <= self.last) & ~(p["exited"] < self.first) & self.has_begun

    def _pathways(self, wanted: pd.Series) -> pd.DataFrame:
        p = self.frames.pathways
        return p[wanted & p["named"]]

    @cached_property
    def people(self) -> pd.DataFrame:
        """The people of the active file: the latest of their pathways in the year."""
        return self.active.drop_duplicates("person", keep="last")

    @cached_property
    def lost_people(self) -> Selection:
        """The pathways that may be of the active file, and cannot be placed."""
        p = self.frames.pathways
        return self.sources.people.where(p["entry_unknown"] | (self.is_active & ~p["named"]))

    @cached_property
    def staying(self) -> pd.DataFrame:
        """Those of the active file who have not left by the last day that is counted."""
        return self.people[~(self.people["exited"] <= self.last)]

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The latest pathway of everyone, that of the year where there is one."""
        latest = self.frames.pathways
        latest = latest[latest["named"]].drop_duplicates("person", keep="last")
        elsewhere = latest[~latest["person"].isin(self.people["person"])]
        return pd.concat([self.people, elsewhere])

    @cached_property
    def entries(self) -> pd.DataFrame:
        """The pathways that began in the year."""
        return self._pathways(self.holds(self.frames.pathways["registered"]))

    @cached_property
    def exits(self) -> pd.DataFrame:
        """The pathways that ended in the year, `countable` told."""
        found = self._pathways(self.holds(self.frames.pathways["exited"])).copy()
        withdrawn = found["category"] == ExitCategory.WITHDRAWN.value
        found["countable"] = ~withdrawn & ~self._is_under_threshold(found)
        return found

    @cached_property
    def later(self) -> pd.Series:
        """Of each exit, what is known of the person six months later: a line of its table."""
        p, exits = self.frames.pathways, self.exits
        pathways: defaultdict[str, list[PersonRow]] = defaultdict(list)
        mine = p[p["person"].isin(exits["person"])]
        for person, row in zip(mine["person"], self.frames.rows_of(mine), strict=True):
            pathways[person].append(row)
        states = [
            later_state(row, pathways[person], self.on)
            for person, row in zip(exits["person"], self.frames.rows_of(exits), strict=True)
        ]
        return pd.Series(states, index=exits.index, dtype=object)

    @cached_property
    def countable(self) -> pd.DataFrame:
        """The exits that are counted."""
        return self.exits[self.exits["countable"]]

    @cached_property
    def is_dynamic(self) -> pd.Series:
        """Which of them are towards a job, or positive."""
        dynamic = [category.value for category in ExitCategory if category.dynamic]
        return self.countable["category"].isin(dynamic)

    @cached_property
    def dynamic(self) -> pd.DataFrame:
        """The counted exits that are dynamic."""
        return self.countable[self.is_dynamic]

    def _is_under_threshold(self, exits: pd.DataFrame) -> pd.Series:
        """Whether the pathway was too short for its kind of structure."""
        if self.settings.kind in (StructureKind.AI, StructureKind.ETTI):
            return self._hours_of_pathway(exits) < self.settings.exit_min_hours
        if self.settings.kind is not None and self.settings.kind.counts_months:
            months = [_months(row.registered, row.exited) for row in self.frames.rows_of(exits)]
            short = [m is not None and m < self.settings.exit_min_months for m in months]
            return pd.Series(short, index=exits.index, dtype=bool)
        return pd.Series(data=False, index=exits.index, dtype=bool)

    def _hours_of_pathway(self, exits: pd.DataFrame) -> pd.Series:
        """The salaried hours of each pathway; NaN where none are recorded.

        A mission without end stops with the exit, else the hours would change with the date of
        the count.
        """
        m = self.frames.missions
        recorded = m[m["salaried"] & m["has_hours"] & m["start"].notna() & ~m["reversed"]]
        pathways = exits[["person", "since", "until", "exited"]].copy()
        pathways["pathway"] = pathways.index
        pairs = pathways.merge(recorded, on="person")
        pairs["end"] = pairs["end"].mask(pairs["open"], pairs["exited"])
        inside = (pairs["start"] <= pairs["until"]) & (pairs["end"] >= pairs["since"])
        pairs = pairs[inside & (pairs["end"] >= pairs["start"])]
        hours = hours_within(pairs, pairs["since"], pairs["until"])
        return hours.groupby(pairs["pathway"]).sum().reindex(exits.index)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """The lines of Suivi of the year."""
        a = self.frames.actions
        return a[self.holds(a["day"])]

    @cached_property
    def is_timed_once(self) -> pd.Series:
        """Of these lines, those whose time counts: Collectif is once for a date and an action."""
        longest_first = self.actions.sort_values("minutes", ascending=False, kind="stable")
        again = longest_first.duplicated(["collective", "day", "action"])
        return ~(longest_first["collective"] & again).reindex(self.actions.index)

    @cached_property
    def signed(self) -> pd.DataFrame:
        """The engagements dated in the year."""
        e = self.frames.engagements
        return e[self.holds(e["agreed"])]

    @cached_property
    def reviewed(self) -> pd.DataFrame:
        """The engagements reviewed in the year."""
        e = self.frames.engagements
        return e[self.holds(e["reviewed"])]

    @cached_property
    def open(self) -> pd.DataFrame:
        """The engagements under way at the end of the year."""
        e = self.frames.engagements
        done = (e["reviewed"] <= self.last) | e["review_unreadable"]
        return e[(e["agreed"] <= self.last) & ~done & self.has_begun]

    @cached_property
    def missions(self) -> pd.DataFrame:
        """The missions under way in the year, `worked` being their salaried hours in it."""
        m = self.frames.missions
        inside = (m["start"] <= self.last) & (m["end"] >= self.first) & ~m["reversed"]
        found = m[inside & self.has_begun].copy()
        found["worked"] = hours_within(found, self.first, self.last)
        return found

    @cached_property
    def barriers(self) -> pd.DataFrame:
        """The freins of the active file; of two lines of someone's same one, the last one tells."""
        b = self.frames.barriers.copy()
        b["barrier"] = grouped_spellings(list(b["barrier"]), word_key)
        there = b["identified"].isna() | (b["identified"] <= self.last)
        there &= ~(b["lifted"] < self.first) & b["person"].isin(self.people["person"])
        return b[there].drop_duplicates(["person", "barrier"], keep="last")

    @cached_property
    def advisor_of(self) -> Mapping[str, str]:
        """The advisor of each person: that of the latest pathway of the year, else of the latest.

        "" where none is noted; spellings of one name are written as the first of them.
        """
        latest = self.frames.pathways.drop_duplicates("person", keep="last")
        advisors: dict[str, str] = {}
        for frame in (latest, self.people):
            advisors.update(zip(frame["person"], frame["advisor"], strict=True))
        spelled = grouped_spellings(list(advisors.values()), word_key)
        return dict(zip(advisors, spelled, strict=True))

    @cached_property
    def hours_of(self) -> pd.Series:
        """The salaried hours in the year, by name, of people and of names that nobody has."""
        return self.missions.groupby("person")["worked"].sum()

    @cached_property
    def workers(self) -> frozenset[str]:
        """The people of Personnes with at least one hour in the year."""
        return frozenset(self._at_work & self._known)

    @cached_property
    def at_work(self) -> pd.DataFrame:
        """The latest pathway of each of them, that of the year where there is one."""
        return self.latest[self.latest["person"].isin(self.workers)]

    @cached_property
    def unknown_workers(self) -> frozenset[str]:
        """Names with at least one hour in the year that nobody of Personnes has."""
        return frozenset(self._at_work - self._known)

    @cached_property
    def _at_work(self) -> set[str]:
        return {str(name) for name in self.hours_of.index[self.hours_of >= _ONE_HOUR]}

    @cached_property
    def _known(self) -> set[str]:
        return set(self.missions.loc[self.missions["known"], "person"])


def _months(first: date | None, last: date | None) -> int | None:
    """The whole months from one day to another; None when a date is missing or they are reversed.

    The last day of a month completes one that began on a day which that month lacks.
    """
    if first is None or last is None or last < first:
        return None
    months = (last.year - first.year) * _MONTHS_A_YEAR + last.month - first.month
    ends_month = last == date.max or date.fromordinal(last.toordinal() + 1).day == 1
    return months - (last.day < first.day and not ends_month)
