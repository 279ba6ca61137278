"""The figures that funders ask for: weeks worked, hours in companies, training, staff."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cedre_xlsx.method.ceiling import ceiling_window
from cedre_xlsx.method.vocabulary import ClientKind, MissionOutcome, Nature, StructureKind
from cedre_xlsx.reports.statistics.figure import FigureLines
from cedre_xlsx.reports.statistics.frames import hours_within, ordinal
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.tables import MISSIONS

_DAYS_A_WEEK = 7
_TRAINING = "Formation"  # the reason of an exit
_EXACT = 6  # decimals: a sum of shares shows no noise


def owed_figures(year: Year) -> Iterator[FigureLines]:
    """Each in the order of the report; those of a pack that the workbook lacks are not there."""
    people, missions = year.sources.people, year.sources.missions
    weeks = weeks_worked(year)
    without = year.missions["salaried"] & ~year.missions["has_hours"]
    yield FigureLines(
        "weeks_worked_median",
        people.of(year.at_work, amounts=weeks),
        missions.of(year.missions, without),
    )
    if has_ceiling(year):
        yield from _ceiling(year)
    nature = year.missions["nature"]
    unsaid = missions.of(year.missions, nature == "")
    for identifier, one in (("immersions", Nature.IMMERSION), ("internships", Nature.INTERNSHIP)):
        yield FigureLines(identifier, missions.of(year.missions, nature == one.value), unsaid)
    yield _training(year)
    yield from _staff(year)


def weeks_worked(year: Year) -> pd.Series:
    """The weeks, from Monday to Sunday, in which each person at work had a day of mission."""
    m = year.missions[year.missions["worked"] > 0].sort_values(["person", "start"])
    # The first day of the calendar is a Monday.
    firsts = (m["start"].clip(lower=year.first).astype(int) - 1) // _DAYS_A_WEEK
    lasts = (m["end"].clip(upper=year.last).astype(int) - 1) // _DAYS_A_WEEK
    found: dict[str, int] = {}
    reached: dict[str, int] = {}
    for person, first, last in zip(m["person"], firsts, lasts, strict=True):
        new = max(last - max(first - 1, reached.get(person, first - 1)), 0)
        found[person] = found.get(person, 0) + new
        reached[person] = max(reached.get(person, last), last)
    return year.at_work["person"].map(found).astype(float)


def has_ceiling(year: Year) -> bool:
    """Whether hours in companies have a ceiling here, and missions say for whom they are."""
    return year.settings.kind is StructureKind.AI and year.frames.has(MISSIONS, "client_kind")


def _ceiling(year: Year) -> Iterator[FigureLines]:
    """The people of the active file near the ceiling of hours in companies, and past it."""
    people, settings = year.sources.people, year.settings
    m = year.frames.missions
    first, last = year.first, year.last
    if year.has_begun:
        first = ordinal(ceiling_window(year.last_day)[0])
    hours = hours_within(m, first, last)
    in_companies = m["client_kind"] == ClientKind.COMPANY.value
    total = hours[in_companies].groupby(m["person"]).sum().round(_EXACT)
    own = year.people["person"].map(total).fillna(0.0)
    inside = (m["start"] <= last) & (m["end"] >= first) & ~m["reversed"] & m["salaried"]
    unsaid = (m["client_kind"] == "") | (in_companies & ~m["has_hours"])
    lost = inside & unsaid & m["person"].isin(year.people["person"])
    unknown = year.sources.missions.where(lost)
    most = settings.company_hours
    near = (own >= settings.company_hours_soon) & (own <= most)
    yield FigureLines("ceiling_near", people.of(year.people, near), unknown)
    yield FigureLines("ceiling_over", people.of(year.people, own > most), unknown)


def ended(year: Year) -> pd.DataFrame:
    """The missions of the year that ended in it."""
    m = year.missions
    return m[~m["open"] & (m["end"] <= year.last)]


def _training(year: Year) -> FigureLines:
    """People with a placement, or whom a mission or their exit led to a training."""
    m, over = year.missions, ended(year)
    names = set(m.loc[m["nature"] == Nature.INTERNSHIP.value, "person"])
    unsaid = set(m.index[m["nature"] == ""])
    if year.frames.has(MISSIONS, "outcome"):
        names |= set(over.loc[over["outcome"] == MissionOutcome.TRAINING.value, "person"])
        unsaid |= set(over.index[over["outcome"] == ""])
    names |= set(year.exits.loc[year.exits["reason"] == _TRAINING, "person"])
    everybody = year.latest
    return FigureLines(
        "people_in_training",
        year.sources.people.of(everybody, everybody["person"].isin(names)),
        year.sources.missions.at(sorted(unsaid)),
    )


def _staff(year: Year) -> Iterator[FigureLines]:
    """The active file by full-time equivalent, where Paramètres tells of the staff of some year."""
    if not year.settings.staff:
        return
    staff = year.settings.staff_of(year.year)
    for identifier, base in (
        ("active_per_support", staff.support),
        ("active_per_supervision", staff.supervision),
    ):
        counted: Selection = year.sources.people.of(year.people)
        yield FigureLines(identifier, counted, year.lost_people, base=base)
