"""How many people make up each sum of hours or minutes."""

from __future__ import annotations

from collections.abc import Mapping

from cedre_xlsx.reports.periods import Month
from cedre_xlsx.reports.statistics.frames import hours_within, ordinal
from cedre_xlsx.reports.statistics.public.figures import Key
from cedre_xlsx.reports.statistics.year import Year

_MONTHS = 12


def contributors(year: Year) -> Mapping[Key, int]:
    """The people with hours of mission in the year and in each month, with time in the year."""
    found: dict[Key, int] = {("mission_hours",): int((year.hours_of > 0).sum())}
    for number in range(1, _MONTHS + 1):
        month = Month(year.year, number)
        first, last = ordinal(month.first), min(ordinal(month.last), year.last)
        hours = hours_within(year.missions, first, last).groupby(year.missions["person"]).sum()
        key = ("months", f"{year.year:04}-{number:02}", "Heures de mission")
        found[key] = int((hours > 0).sum())
    timed = year.actions[year.actions["minutes"] > 0]
    found["minutes",] = int(timed["person"].nunique())
    return found
