"""The figures of a year, each picked as its definition says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cedre_xlsx.method.vocabulary import EngagementForm, ExitCategory
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    NO_STATUS,
    NO_STATUS_ID,
    STATUS_IDS,
    UNKNOWN_ID,
)
from cedre_xlsx.reports.statistics.figure import FigureLines
from cedre_xlsx.reports.statistics.later import later_figures
from cedre_xlsx.reports.statistics.owed_figures import owed_figures
from cedre_xlsx.reports.statistics.selection import Source
from cedre_xlsx.reports.statistics.year import Year


def figures(year: Year) -> tuple[FigureLines, ...]:
    """Every figure, in the order of the report."""
    return (
        *_people(year),
        *_exits(year),
        *later_figures(year),
        *_engagements(year),
        *_reviews(year),
        *_delays(year),
        *_proposals(year),
        *_actions(year),
        *_work(year),
        *owed_figures(year),
    )


def _people(year: Year) -> Iterator[FigureLines]:
    p, people = year.frames.pathways, year.sources.people
    unnamed = ~p["named"]
    yield FigureLines("active", people.of(year.people), year.lost_people)
    coming = year.to_come(p["registered"])
    lost = people.where(p["entry_unknown"] | (year.holds(p["registered"]) & unnamed) | coming)
    yield FigureLines("entries", people.of(year.entries), lost)


def _exits(year: Year) -> Iterator[FigureLines]:
    p, people = year.frames.pathways, year.sources.people
    unnamed = year.holds(p["exited"]) & ~p["named"]
    lost = people.where(p["exit_unknown"] | unnamed | year.to_come(p["exited"]))
    yield FigureLines("exits", people.of(year.exits), lost)
    counted = year.countable
    undocumented = people.of(counted, counted["category"] == "")
    yield FigureLines("exits_countable", people.of(counted), undocumented)
    is_durable = counted["category"] == ExitCategory.DURABLE.value
    for identifier, wanted in (
        ("dynamic_exit_rate", year.is_dynamic),
        ("durable_exit_rate", is_durable),
    ):
        others = people.of(counted, ~wanted)
        yield FigureLines(identifier, people.of(counted, wanted), undocumented, others)


def _engagements(year: Year) -> Iterator[FigureLines]:
    e, source = year.frames.engagements, year.sources.engagements
    undated = e["agreed"].isna()
    signed = year.signed
    lost = source.where(undated | year.to_come(e["agreed"]))
    yield FigureLines("engagements_signed", source.of(signed), lost)
    yield from _by_type("engagements_signed", year, source, signed, "type inconnu")
    yield FigureLines(
        "engagements_with_signature",
        source.of(signed, signed["form"] == EngagementForm.SIGNED.value),
        source.of(signed, signed["form"] == ""),
    )
    lost = source.where(undated | (e["review_unreadable"] & (e["agreed"] <= year.last)))
    yield FigureLines("engagements_open", source.of(year.open), lost)


def _by_type(
    family: str, year: Year, source: Source, lines: pd.DataFrame, unknown: str
) -> Iterator[FigureLines]:
    """One figure a type, the last one being that of the lines without a known one."""
    untyped = source.of(lines, ~lines["type"].isin(year.codes))
    for kind in year.settings.types:
        own = source.of(lines, lines["type"] == kind.code)
        yield FigureLines(f"{family}.{kind.code}", own, untyped, part=kind.name)
    yield FigureLines(f"{family}.{UNKNOWN_ID}", untyped, part=unknown)


def _reviews(year: Year) -> Iterator[FigureLines]:
    e, source = year.frames.engagements, year.sources.engagements
    undated = e["reviewed"].isna() & ((e["achieved"] != "") | e["review_unreadable"])
    reviewed = year.reviewed
    lost = source.where(undated | year.to_come(e["reviewed"]))
    yield FigureLines("engagements_reviewed", source.of(reviewed), lost)
    unanswered = source.of(reviewed, reviewed["achieved"] == "")
    for answer, identifier in ANSWER_IDS.items():
        own = source.of(reviewed, reviewed["achieved"] == answer.value)
        yield FigureLines(f"engagements_reviewed.{identifier}", own, unanswered, part=answer.value)
    yield FigureLines(f"engagements_reviewed.{UNKNOWN_ID}", unanswered, part="sans réponse")


def _delays(year: Year) -> Iterator[FigureLines]:
    e, source = year.frames.engagements, year.sources.engagements
    signed, reviewed = year.signed, year.reviewed
    due = e["due"].between(year.first, year.end) & year.has_begun
    kept = due & (e["reviewed"] <= np.minimum(e["due"], year.on.toordinal()))
    waiting = due & ~kept & (e["due"] >= year.on.toordinal())
    without = year.holds(e["agreed"]) & e["due"].isna()
    yield FigureLines(
        "reviewed_on_time_rate",
        source.where(kept),
        unknown=source.where(waiting | without),
        others=source.where(due & ~kept & ~waiting),
    )
    yield _median("planned_days_median", source, signed, signed["due"] - signed["agreed"])
    yield _median("actual_days_median", source, reviewed, reviewed["reviewed"] - reviewed["agreed"])


def _median(identifier: str, source: Source, frame: pd.DataFrame, days: pd.Series) -> FigureLines:
    """The median of the days that are known and not negative, the others being unknown."""
    known = days >= 0
    return FigureLines(identifier, source.of(frame, known, days), source.of(frame, ~known))


def _proposals(year: Year) -> Iterator[FigureLines]:
    people, entries = year.sources.people, year.entries
    actions = year.frames.actions
    proposal = _days_to_first(year, actions[~actions["hand_over"]], "day")
    yield _median("first_proposal_days_median", people, entries, proposal)
    limit = year.settings.proposal_days
    waiting = proposal.isna() & (entries["registered"] + limit >= year.on.toordinal())
    on_time = proposal <= limit
    yield FigureLines(
        "first_proposal_on_time_rate",
        people.of(entries, on_time),
        unknown=people.of(entries, waiting),
        others=people.of(entries, ~on_time & ~waiting),
    )
    mission = _days_to_first(year, year.frames.missions, "start")
    yield _median("first_mission_days_median", people, entries, mission)


def _days_to_first(year: Year, events: pd.DataFrame, column: str) -> pd.Series:
    """For each entry, the days to the first event from then on, before the date of the count."""
    entries = year.entries[["person", "registered", "until"]].copy()
    entries["entry"] = entries.index
    pairs = entries.merge(events[["person", column]], on="person")
    last = pairs["until"].clip(upper=year.on.toordinal())
    pairs = pairs[pairs[column].between(pairs["registered"], last)]
    days = (pairs[column] - pairs["registered"]).groupby(pairs["entry"]).min()
    return days.reindex(year.entries.index)


def _actions(year: Year) -> Iterator[FigureLines]:
    a, source = year.frames.actions, year.sources.actions
    actions = year.actions
    lost = source.where(a["day"].isna() | year.to_come(a["day"]))
    yield FigureLines("actions", source.of(actions), lost)
    unsaid = source.of(actions, actions["status"] == "")
    for status, identifier in STATUS_IDS.items():
        own = source.of(actions, actions["status"] == status.value)
        yield FigureLines(f"actions.{identifier}", own, unsaid, part=status.value)
    yield FigureLines(f"actions.{NO_STATUS_ID}", unsaid, part=NO_STATUS)
    yield from _by_type("actions", year, source, actions, "sans code d'engagement")
    is_timed = actions["minutes"].notna()
    yield FigureLines(
        "minutes",
        source.of(actions, year.is_timed_once & is_timed, actions["minutes"]),
        source.of(actions, year.is_timed_once & ~is_timed & ~actions["hand_over"]),
    )


def _work(year: Year) -> Iterator[FigureLines]:
    m, source = year.frames.missions, year.sources.missions
    missions = year.missions
    lost = m["start"].isna() | m["reversed"] | year.to_come(m["start"])
    yield FigureLines("missions", source.of(missions), source.where(lost))
    without = missions["salaried"] & ~missions["has_hours"]
    idle = ~missions["person"].isin(year.workers) & without
    strange = missions["person"].isin(year.unknown_workers) & (missions["worked"] > 0)
    unsure = missions[idle | strange].drop_duplicates("person")  # a line for each name
    yield FigureLines("people_in_mission", year.sources.people.of(year.at_work), source.of(unsure))
    hours = source.of(missions, missions["worked"] > 0, missions["worked"])
    unsaid = source.of(missions, without)
    yield FigureLines("mission_hours", hours, unsaid)
    yield FigureLines("etp", hours, unsaid, base=year.settings.fte_hours)
