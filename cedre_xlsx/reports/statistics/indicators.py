"""The figures of a year, each as its definition says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cedre_xlsx.method.vocabulary import ExitCategory, Form
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    STATUS_IDS,
    UNKNOWN_ID,
    definition_of,
)
from cedre_xlsx.reports.statistics.model import Indicator
from cedre_xlsx.reports.statistics.year import Year

_EXACT = 6  # decimals: a sum of shares shows no noise


def indicators(year: Year) -> tuple[Indicator, ...]:
    """Every figure, in the order of the report."""
    return (
        *_people(year),
        *_exits(year),
        *_engagements(year),
        *_reviews(year),
        *_delays(year),
        *_proposals(year),
        *_actions(year),
        *_work(year),
    )


def _indicator(
    identifier: str,
    value: float | None,
    numerator: float | None,
    denominator: float | None,
    unknown: int,
    part: str = "",
) -> Indicator:
    definition = definition_of(identifier)
    return Indicator(
        id=identifier,
        label=definition.label.format(part),
        value=value,
        numerator=numerator,
        denominator=denominator,
        unknown=unknown,
        definition=definition.whole,
    )


def _count(identifier: str, value: float, unknown: int = 0, part: str = "") -> Indicator:
    return _indicator(identifier, value, value, None, unknown, part)


def _rate(identifier: str, numerator: float, denominator: float, unknown: int) -> Indicator:
    value = numerator / denominator if denominator else None
    return _indicator(identifier, value, numerator, denominator, unknown)


def _median(identifier: str, days: pd.Series) -> Indicator:
    """The median of the days that are known and not negative, the others being unknown."""
    known = days[days >= 0]
    value = float(known.median()) if len(known) else None
    return _indicator(identifier, value, None, len(known), len(days) - len(known))


def _sum(flags: pd.Series) -> int:
    return int(flags.sum())


def _people(year: Year) -> Iterator[Indicator]:
    p = year.frames.pathways
    unknown = _sum(p["entry_unknown"])
    yield _count("active", len(year.people), unknown + _sum(year.is_active & ~p["named"]))
    unnamed = _sum(year.holds(p["registered"]) & ~p["named"])
    coming = _sum(year.to_come(p["registered"]))
    yield _count("entries", len(year.entries), unknown + unnamed + coming)


def _exits(year: Year) -> Iterator[Indicator]:
    p = year.frames.pathways
    unnamed = _sum(year.holds(p["exited"]) & ~p["named"])
    unknown = _sum(p["exit_unknown"]) + unnamed + _sum(year.to_come(p["exited"]))
    yield _count("exits", len(year.exits), unknown)
    counted = year.countable
    undocumented = _sum(counted["category"] == "")
    yield _count("exits_countable", len(counted), undocumented)
    yield _rate("dynamic_exit_rate", len(year.dynamic), len(counted), undocumented)
    durable = _sum(counted["category"] == ExitCategory.DURABLE.value)
    yield _rate("durable_exit_rate", durable, len(counted), undocumented)


def _engagements(year: Year) -> Iterator[Indicator]:
    e = year.frames.engagements
    undated = _sum(e["agreed"].isna())
    signed = year.signed
    yield _count("engagements_signed", len(signed), undated + _sum(year.to_come(e["agreed"])))
    yield from _by_type("engagements_signed", year, signed, "type inconnu")
    yield _count(
        "engagements_with_signature",
        _sum(signed["form"] == Form.SIGNED.value),
        _sum(signed["form"] == ""),
    )
    unreadable = _sum(e["review_unreadable"] & (e["agreed"] <= year.last))
    yield _count("engagements_open", len(year.open), undated + unreadable)


def _by_type(family: str, year: Year, lines: pd.DataFrame, unknown: str) -> Iterator[Indicator]:
    """One figure a type, the last one being that of the lines without a known one."""
    untyped = _sum(~lines["type"].isin(year.codes))
    for kind in year.settings.types:
        own = _sum(lines["type"] == kind.code)
        yield _count(f"{family}.{kind.code}", own, untyped, kind.name)
    yield _count(f"{family}.{UNKNOWN_ID}", untyped, part=unknown)


def _reviews(year: Year) -> Iterator[Indicator]:
    e = year.frames.engagements
    undated = e["reviewed"].isna() & ((e["achieved"] != "") | e["review_unreadable"])
    reviewed = year.reviewed
    yield _count(
        "engagements_reviewed", len(reviewed), _sum(undated) + _sum(year.to_come(e["reviewed"]))
    )
    unanswered = _sum(reviewed["achieved"] == "")
    for answer, identifier in ANSWER_IDS.items():
        own = _sum(reviewed["achieved"] == answer.value)
        yield _count(f"engagements_reviewed.{identifier}", own, unanswered, answer.value)
    yield _count(f"engagements_reviewed.{UNKNOWN_ID}", unanswered, part="sans réponse")


def _delays(year: Year) -> Iterator[Indicator]:
    e = year.frames.engagements
    signed, reviewed = year.signed, year.reviewed
    due = e["due"].between(year.first, year.end) & year.has_begun
    kept = due & (e["reviewed"] <= np.minimum(e["due"], year.on.toordinal()))
    waiting = due & ~kept & (e["due"] >= year.on.toordinal())
    unknown = _sum(signed["due"].isna()) + _sum(waiting)
    yield _rate("reviewed_on_time_rate", _sum(kept), _sum(due) - _sum(waiting), unknown)
    yield _median("planned_days_median", signed["due"] - signed["agreed"])
    yield _median("actual_days_median", reviewed["reviewed"] - reviewed["agreed"])


def _proposals(year: Year) -> Iterator[Indicator]:
    proposal = _days_to_first(year, year.frames.actions, "day")
    yield _median("first_proposal_days_median", proposal)
    limit = year.settings.proposal_days
    waiting = proposal.isna() & (year.entries["registered"] + limit >= year.on.toordinal())
    yield _rate(
        "first_proposal_on_time_rate",
        _sum(proposal <= limit),
        len(proposal) - _sum(waiting),
        _sum(waiting),
    )
    yield _median("first_mission_days_median", _days_to_first(year, year.frames.missions, "start"))


def _days_to_first(year: Year, events: pd.DataFrame, column: str) -> pd.Series:
    """For each entry, the days to the first event from then on, before the date of the count."""
    entries = year.entries[["person", "registered", "until"]].copy()
    entries["entry"] = entries.index
    pairs = entries.merge(events[["person", column]], on="person")
    last = pairs["until"].clip(upper=year.on.toordinal())
    pairs = pairs[pairs[column].between(pairs["registered"], last)]
    days = (pairs[column] - pairs["registered"]).groupby(pairs["entry"]).min()
    return days.reindex(year.entries.index)


def _actions(year: Year) -> Iterator[Indicator]:
    a = year.frames.actions
    actions = year.actions
    yield _count("actions", len(actions), _sum(a["day"].isna()) + _sum(year.to_come(a["day"])))
    for status, identifier in STATUS_IDS.items():
        own = _sum(actions["status"] == status.value)
        yield _count(f"actions.{identifier}", own, part=status.value)
    yield from _by_type("actions", year, actions, "sans code d'engagement")
    times = minutes(actions)
    yield _count("minutes", int(times.sum()), _sum(times.isna()))


def minutes(actions: pd.DataFrame) -> pd.Series:
    """The time of each action; lines marked Collectif make one for their date and action.

    NaN where none is noted.
    """
    longest_first = actions.sort_values("minutes", ascending=False, kind="stable")
    again = longest_first["collective"] & longest_first.duplicated(["collective", "day", "action"])
    return longest_first.loc[~again, "minutes"]


def _work(year: Year) -> Iterator[Indicator]:
    m = year.frames.missions
    missions = year.missions
    lost = _sum(m["start"].isna() | m["reversed"])
    coming = _sum(year.to_come(m["start"]) & ~m["reversed"])
    yield _count("missions", len(missions), lost + coming)
    without = missions[missions["salaried"] & ~missions["has_hours"]]
    idle = set(without["person"]) - year.workers - year.unknown_workers
    yield _count("people_in_mission", len(year.workers), len(idle) + len(year.unknown_workers))
    hours = round(float(missions["worked"].sum()), _EXACT)
    yield _count("mission_hours", hours, len(without))
    yield _rate("etp", hours, year.settings.fte_hours, len(without))
