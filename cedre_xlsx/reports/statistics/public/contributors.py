"""How many people make up each sum of hours or minutes."""

from __future__ import annotations

from collections.abc import Mapping

from cedre_xlsx.method.vocabulary import ClientKind
from cedre_xlsx.reports.periods import Month
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID
from cedre_xlsx.reports.statistics.frames import hours_within, ordinal
from cedre_xlsx.reports.statistics.public.figures import Key
from cedre_xlsx.reports.statistics.year import Year

_MONTHS = 12


def contributors(year: Year) -> Mapping[Key, int]:
    """The people with hours of mission in the year, in each month and for each kind of client; with
    time in the year.
    """
    found: dict[Key, int] = {("mission_hours",): int((year.hours_of > 0).sum())}
    for number in range(1, _MONTHS + 1):
        month = Month(year.year, number)
        first, last = ordinal(month.first), min(ordinal(month.last), year.last)
        hours = hours_within(year.missions, first, last).groupby(year.missions["person"]).sum()
        key = ("months", f"{year.year:04}-{number:02}", "Heures de mission")
        found[key] = int((hours > 0).sum())
    salaried = year.missions[year.missions["salaried"] & (year.missions["worked"] > 0)]
    for kind in (*ClientKind, ""):
        own = salaried[salaried["client_kind"] == str(kind)]
        key = ("clients", str(kind) or NOT_SAID, "Heures de mission")
        found[key] = int(own["person"].nunique())
    timed = year.actions[year.actions["minutes"] > 0]
    found["minutes",] = int(timed["person"].nunique())
    return found
