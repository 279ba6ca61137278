"""What the freins of a pathway say, each in its area of the form, and what was done about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold, squeeze
from cedre_xlsx.method.vocabulary import Accompaniment, Status
from cedre_xlsx.paperwork.actions import (
    actions_of_now,
    denied,
    freins_of_now,
    is_of_a_former_pathway,
    of_a_former_pathway,
)
from cedre_xlsx.paperwork.needs import themes_named
from cedre_xlsx.paperwork.themes import AREAS, OTHER_AREA, THEMES, Theme, theme_of
from cedre_xlsx.reports.pathway_review.gaps import Gaps, some_of
from cedre_xlsx.reports.pathway_review.model import BarrierArea, FreinLine
from cedre_xlsx.rules.withheld import Withheld
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Person, Records

_ACTIONS = 4  # of one frein, the latest ones
_FOLLOWED, _SEEN = "Suivi, sans autre détail", "Repéré, sans autre détail"
_HELPED = {
    Accompaniment.INSIDE: "Dans la structure",
    Accompaniment.OUTSIDE: "Par un partenaire",
    Accompaniment.BOTH: "Dans la structure et par un partenaire",
    Accompaniment.NONE: "Sans accompagnement",
}


@dataclass(frozen=True)
class Sources:
    """What a part of the review is made of."""

    records: Records
    person: Person
    on: date
    texts: Withheld
    gaps: Gaps


def areas_of(sources: Sources, engagements: tuple[EngagementRow, ...]) -> tuple[BarrierArea, ...]:
    """Each area of the form with its freins, and last the others; `engagements` are those told."""
    rows: defaultdict[str, list[BarrierRow]] = defaultdict(list)
    for row in _freins_told(sources):
        rows[_area_of(row)].append(row)
    done = _by_row(sources, rows, _done(sources, engagements))
    areas = [_area(sources, label, rows[label], done) for label in (*AREAS, OTHER_AREA)]
    noted = {_area_of(row) for row in freins_of_now(sources.person, sources.on)}
    empty = [label for label in AREAS if label not in noted]
    if empty:
        sources.gaps.say(
            f"{sources.records.barriers.sheet} : aucun frein noté pour {listed(empty)}, ce qui ne "
            "dit pas qu'il n'y en a pas"
        )
    return tuple(areas)


def _area_of(row: BarrierRow) -> str:
    theme = theme_of(row.barrier)
    return theme.area if theme else OTHER_AREA


def _freins_told(sources: Sources) -> Iterator[BarrierRow]:
    """The freins of the pathway of now; those of a former one are left, which is said."""
    table = sources.records.barriers
    for row in freins_of_now(sources.person, sources.on):
        if is_of_a_former_pathway(sources.person, row) and row.identified is not None:
            place, named = table.place(row, "barrier").address, squeeze(row.barrier)
            sources.gaps.say(f"{place}, « {named} » : {of_a_former_pathway(row.identified)}")
        else:
            yield row


def _by_row(
    sources: Sources, rows: Mapping[str, list[BarrierRow]], done: dict[str, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """The actions beside the frein that they are told of: of several of one name, the first that is
    not lifted.
    """
    found: dict[int, tuple[str, ...]] = {}
    for barrier, told in done.items():
        mine = [row for area in rows.values() for row in area if _barrier(row) == barrier]
        still = [row for row in mine if not _is_lifted(sources, row)]
        if mine:
            found[(still or mine)[0].row] = told
    return found


def _area(
    sources: Sources,
    label: str,
    rows: Sequence[BarrierRow],
    done: dict[int, tuple[str, ...]],
) -> BarrierArea:
    lines = filter(None, (_line(sources, row, done.get(row.row, ())) for row in rows))
    is_there = any(not _is_lifted(sources, row) for row in rows)
    return BarrierArea(label, tuple(lines), is_there)


def _line(sources: Sources, row: BarrierRow, done: tuple[str, ...]) -> FreinLine | None:
    """What is told of a frein; None for one whose line alone would say what it is: a private one in
    an area of several, one of the team's own whose name is withheld.
    """
    table, gaps = sources.records.barriers, sources.gaps
    theme, name = theme_of(row.barrier), _name(sources, row)
    if "lifted" in row.unreadable:
        gaps.lacks(table, row, "lifted")
    lifted = french_day(row.lifted) if row.lifted and _is_lifted(sources, row) else ""
    if theme is not None and theme.private:  # nothing else of it goes to others
        if name:
            return None
        helped = row.accompaniment not in (None, Accompaniment.NONE)
        return FreinLine(support=_FOLLOWED if helped else _SEEN, lifted=lifted)
    if theme is None and not name:
        return None
    return FreinLine(name, _levels(sources, row), "\n".join(_support(sources, row)), done, lifted)


def _barrier(row: BarrierRow) -> str:
    theme = theme_of(row.barrier)
    return theme.barrier if theme else ""


def _is_lifted(sources: Sources, row: BarrierRow) -> bool:
    return row.lifted is not None and row.lifted <= sources.on


def _name(sources: Sources, row: BarrierRow) -> str:
    """What the frein is called beside its area; "" where the area is this frein alone, and for one
    of the team's own whose name is withheld.
    """
    theme = theme_of(row.barrier)
    if theme is None:
        return squeeze(sources.texts.text(sources.records.barriers, row, "barrier"))
    is_alone = sum(one.area == theme.area for one in THEMES) == 1
    return "" if is_alone else theme.barrier


def _levels(sources: Sources, row: BarrierRow) -> str:
    """The level at the entry, then now; one alone where they are the same."""
    table, gaps = sources.records.barriers, sources.gaps
    now = gaps.value(table, row, "current_level")
    first = row.entry_level
    if "entry_level" in table.columns and first is None:
        gaps.lacks(table, row, "entry_level")
    if first is None and now is None:
        return ""
    if first is None or now is None:
        return f"{first or '…'} → {now or '…'}"
    return f"{first} → {now}"


def _support(sources: Sources, row: BarrierRow) -> Iterator[str]:
    table, texts = sources.records.barriers, sources.texts
    helped = sources.gaps.value(table, row, "accompaniment")
    if helped is not None:
        yield _HELPED[helped]
    partner = squeeze(texts.text(table, row, "partner"))
    if partner:
        yield f"Partenaire : {partner}"
    directed = squeeze(texts.text(table, row, "orientation"))
    if directed:
        result = f" ({row.result.value.lower()})" if row.result else ""
        yield f"Orientation : {directed}{result}"


def _done(sources: Sources, engagements: tuple[EngagementRow, ...]) -> dict[str, tuple[str, ...]]:
    """What was done about each frein: engagements whose object names it, actions whose objective
    does. What names several is told, and put to none.
    """
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    table = sources.records.engagements
    for one in engagements:
        theme = _one_theme(sources, one.object, table.place(one, "object").address)
        if theme is not None and one.reference:
            reference = sources.texts.text(table, one, "reference")
            if reference:
                found[theme.barrier].setdefault(reference, [f"Engagement {reference}"])
    actions = [*_carried_out(sources)]
    for row in actions:
        _put_action(sources, row, found)
    _say_unplaced(sources, actions)
    return {barrier: tuple(_shown(told)) for barrier, told in found.items()}


def _carried_out(sources: Sources) -> Iterator[FollowUpRow]:
    """The actions that are (3) Réalisée; those of a frein that did not take place are said."""
    table = sources.records.follow_ups
    for row in actions_of_now(sources.person, sources.on):
        if row.status is not Status.DONE:
            continue
        denial = denied(row)
        if not denial:
            yield row
        elif themes_named(row.objective):
            place = table.place(row, "action").address
            sources.gaps.say(f"{place} : {denial} ; à corriger, ou à reporter à la main")


def _put_action(
    sources: Sources, row: FollowUpRow, found: defaultdict[str, dict[str, list[str]]]
) -> None:
    table = sources.records.follow_ups
    theme = _one_theme(sources, row.objective, table.place(row, "objective").address)
    if theme is None or row.day is None:
        return
    action = squeeze(sources.texts.text(table, row, "action"))
    if action:
        days = found[theme.barrier].setdefault(fold(action), [action])
        days.append(french_day(row.day))


def _say_unplaced(sources: Sources, actions: Sequence[FollowUpRow]) -> None:
    """Tell how many actions name no frein: they are in no part of the form."""
    table = sources.records.follow_ups
    lost = [row for row in actions if not themes_named(row.objective)]
    if lost:
        cells = some_of([table.place(row, "objective").address for row in lost])
        did = counted(len(lost), "action réalisée ne nomme", "actions réalisées ne nomment")
        sources.gaps.say(
            f"{cells} : {did} aucun frein dans l'objectif. Pour une action menée pour un frein, "
            "écrivez-le : « Mobilité : passer le code »"
        )


def _one_theme(sources: Sources, text: str, address: str) -> Theme | None:
    """The frein that a text names, where it is one that may be told."""
    named = themes_named(text)
    if len(named) > 1:
        freins = listed([theme.barrier for theme in named])
        sources.gaps.say(f"{address} nomme plusieurs freins ({freins}) : à reporter à la main")
        return None
    return named[0] if named and not named[0].private else None


def _shown(told: dict[str, list[str]]) -> Iterator[str]:
    """Each action once, with its latest day and how often; the rest counted."""
    for text, *days in list(told.values())[:_ACTIONS]:
        times = f", {len(days)} fois" if len(days) > 1 else ""
        yield f"{text} ({days[0]}{times})" if days else text
    if len(told) > _ACTIONS:
        yield f"et {counted(len(told) - _ACTIONS, 'autre action', 'autres actions')}"
