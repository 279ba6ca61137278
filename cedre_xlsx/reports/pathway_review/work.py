"""What the engagements and the missions of a pathway say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from cedre_xlsx.method.french import counted, decimal, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.hours import hours_between
from cedre_xlsx.method.mission_reviews import says_something
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.reports.pathway_review.freins import Sources
from cedre_xlsx.reports.pathway_review.model import EngagementLine, Quote, Work
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.missions import MissionRow

_QUOTED = 3  # reviews of missions, the latest ones
_TRADES = 6


def engagements_of_now(sources: Sources) -> tuple[EngagementRow, ...]:
    """The engagements of the pathway of now, those without a readable date too."""
    start = sources.person.latest.registered
    return tuple(
        row
        for row in sources.person.engagements
        if row.agreed is None or (row.agreed <= sources.on and (not start or row.agreed >= start))
    )


def engagement_lines(sources: Sources, rows: Sequence[EngagementRow]) -> Iterator[EngagementLine]:
    """Each engagement with its object and its review: never the means, which are between two."""
    table, texts = sources.records.engagements, sources.texts
    for row in rows:
        kind = sources.records.settings.type_of(row.type)
        reference = texts.text(table, row, "reference")
        name = " ".join(filter(None, (reference, kind.name if kind else row.type)))
        agreed = sources.gaps.value(table, row, "agreed")
        yield EngagementLine(
            name,
            french_day(agreed) if agreed else "",
            squeeze(texts.text(table, row, "object")),
            "\n".join(_review(sources, row)),
        )


def _review(sources: Sources, row: EngagementRow) -> Iterator[str]:
    """When it was reviewed and what came of it; the deadline of one that goes on."""
    table, on = sources.records.engagements, sources.on
    if row.is_open(on) or "reviewed" in row.unreadable:
        sources.gaps.lacks(table, row, "reviewed")
        if row.due is not None and row.due >= on:
            yield f"En cours, échéance {french_day(row.due)}"
        return
    if row.reviewed is not None:
        answer = sources.gaps.value(table, row, "achieved")
        yield f"{french_day(row.reviewed)} : {answer}" if answer else french_day(row.reviewed)
    yield squeeze(sources.texts.text(table, row, "comments"))


def work_of(sources: Sources) -> Work:
    """The missions of the pathway of now by that day."""
    start, on = sources.person.latest.registered, sources.on
    rows = [
        row
        for row in sources.person.missions
        if row.start is not None
        and row.start <= on
        and (start is None or (row.last_day(on) or on) >= start)
    ]
    if not rows:
        return Work()
    paid = [row for row in rows if row.salaried]
    others = Counter(row.nature.value.lower() for row in rows if row.nature and not row.salaried)
    count = [_paid(sources, paid, on)] if paid else []
    count += [counted(number, name) for name, number in others.items()]
    latest = rows[::-1]
    return Work(
        listed(count),
        _trades(sources, latest),
        tuple(_quotes(sources, latest, "client_review")),
        tuple(_quotes(sources, latest, "person_review")),
    )


def _paid(sources: Sources, rows: Sequence[MissionRow], on: date) -> str:
    """How many missions there are, from when to when, and their hours as far as they are known."""
    known = [row for row in rows if row.work is not None and "end" not in row.unreadable]
    for row in rows:
        if row not in known:
            sources.gaps.lacks(sources.records.missions, row, "hours")
    hours = sum(round(hours_between(row.start, row.end, row.work, row.start, on, on), 2)
                for row in known if row.start is not None)  # fmt: skip
    said = counted(len(rows), "mission")
    if known:
        least = "au moins " if len(known) < len(rows) else ""
        said += f", {least}{decimal(hours)} h"
    first = min(row.start for row in rows if row.start is not None)
    return f"{said} depuis le {french_day(first)}"


def _trades(sources: Sources, rows: Sequence[MissionRow]) -> str:
    """The trades, the most frequent first."""
    table = sources.records.missions
    told = Counter(filter(None, (squeeze(sources.texts.text(table, r, "trade")) for r in rows)))
    names = [name for name, _ in told.most_common()]
    more = len(names) - _TRADES
    shown = names if more <= 1 else [*names[:_TRADES], counted(more, "autre métier", "autres")]
    return listed(shown)


def _quotes(sources: Sources, rows: Sequence[MissionRow], field: str) -> Iterator[Quote]:
    """The latest reviews that are not withheld; missions that ended without one are told."""
    table, on = sources.records.missions, sources.on
    told = [row for row in rows if says_something(getattr(row, field))]
    texts = ((row, sources.texts.text(table, row, field)) for row in told)
    yield from islice((Quote(_about(sources, row), text) for row, text in texts if text), _QUOTED)
    for row in rows:
        if row.lacks(field) and row.end is not None and row.end <= on:
            sources.gaps.lacks(table, row, field)
    if len(told) > _QUOTED:
        heading = table.spec.columns[field].header
        sources.gaps.say(
            f"{table.sheet}, {heading} : {_QUOTED} au plus sont repris, les plus récents, sur "
            f"{len(told)}"
        )


def _about(sources: Sources, row: MissionRow) -> str:
    """Which mission it is, without the client, who may be a person."""
    trade = squeeze(sources.texts.text(sources.records.missions, row, "trade"))
    day = row.end if row.end is not None and row.end <= sources.on else row.start
    month = f"{day.month:02}/{day.year}" if day else ""
    return ", ".join(filter(None, (trade, month)))
