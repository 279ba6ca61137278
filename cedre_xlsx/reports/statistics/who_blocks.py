"""Who counts in a year, as lists that can be filtered: one a table of the workbook.

Every cell comes from the selection that its figure is counted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pandas as pd

from cedre_xlsx.method.text import fold, squeeze
from cedre_xlsx.method.vocabulary import Accompaniment, ExitCategory
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.definitions import ANSWER_IDS, NO_STATUS, UNKNOWN_ID
from cedre_xlsx.reports.statistics.publics import LINES
from cedre_xlsx.reports.statistics.selection import Source
from cedre_xlsx.reports.statistics.tables import advisors_of
from cedre_xlsx.reports.statistics.who_columns import (
    NO,
    ROUNDED,
    UNKNOWN,
    YES,
    Values,
    WhoColumn,
    across,
    cells_of,
    figure_column,
)
from cedre_xlsx.reports.statistics.who_owed import (
    later_people,
    owed_barriers,
    owed_missions,
    owed_people,
)
from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.generated import Link, Value

_TOO_SHORT, _WITHDRAWN = "non : sous le seuil", "non : retrait"
_AGE, _OTHER = "Âge", "autre"
_LONGEST = 100  # characters, of a heading


@dataclass(frozen=True, slots=True)
class Block:
    """One list: its name, what its lines are, its columns, and its lines in their order."""

    name: str
    title: str
    hint: str
    columns: Sequence[WhoColumn]
    places: Sequence[int]
    sensitive: bool = False


def blocks_of(counted: Counted) -> tuple[Block, ...]:
    """The lists of one year; what tells of health or justice comes last."""
    return (
        _people(counted),
        _engagements(counted),
        _missions(counted),
        _actions(counted),
        _barriers(counted),
        _publics(counted),
    )


def _people(counted: Counted) -> Block:
    year = counted.year
    told = [
        figure_column(counted, "active", "File active"),
        figure_column(counted, "entries", "Entrée"),
        figure_column(counted, "exits", "Sortie"),
        _countable(counted),
        figure_column(counted, "dynamic_exit_rate", "Sortie dynamique"),
    ]
    asked = owed_people(counted)
    delays = [
        figure_column(counted, "first_proposal_days_median", "Première proposition (jours)"),
        figure_column(counted, "first_proposal_on_time_rate", "Proposée dans le délai"),
        figure_column(counted, "first_mission_days_median", "Première mission (jours)"),
        figure_column(counted, "people_in_mission", "En mission", unknown=False),
    ]
    exits = [
        WhoColumn("Catégorie de sortie", "t", cells_of(counted, "exits", "Sorties")),
        WhoColumn("Motif de sortie", "t", cells_of(counted, "exit_reasons", "Sorties")),
        *later_people(counted),
    ]
    source = year.sources.people
    frame = _chosen(source, [*told, *delays, *asked])
    columns = [
        *_whose(source, frame),
        WhoColumn("Accompagnateur", "t", _by_place(frame, advisors_of(year, frame))),
        WhoColumn("Inscription", "D", _dates(frame, "registered")),
        WhoColumn("Date de sortie", "D", _dates(frame, "exited")),
        *told,
        *exits,
        *delays,
        *asked,
    ]
    for heading in year.settings.breakdowns:
        name = f"Par {squeeze(heading)}"[:_LONGEST]
        if name.casefold() not in {column.heading.casefold() for column in columns}:
            labels = {
                place: label
                for column in ("Personnes", "Entrées", "Sorties")
                for place, label in cells_of(counted, heading, column).items()
            }
            columns.append(WhoColumn(name, "t", labels))
    return Block(
        "Personnes",
        "Personnes : une ligne par parcours",
        "Une personne qui a deux parcours dans l'année ne compte qu'une fois dans la file active : "
        "au dernier. Taux de sortie en emploi durable : filtrer la catégorie.",
        columns,
        _order(frame),
    )


def _countable(counted: Counted) -> WhoColumn:
    """The exits that are counted, and why the others are not."""
    made = figure_column(counted, "exits_countable", "Sortie comptée")
    exits = counted.year.exits
    withdrawn = exits["category"] == ExitCategory.WITHDRAWN.value
    reasons = {
        place: _WITHDRAWN if is_withdrawn else _TOO_SHORT
        for place, is_withdrawn in zip(exits.index.tolist(), withdrawn.tolist(), strict=True)
    }
    return replace(made, values={**reasons, **made.values})


def _engagements(counted: Counted) -> Block:
    year, source = counted.year, counted.year.sources.engagements
    signed = [
        figure_column(counted, "engagements_signed", "Conclu"),
        figure_column(counted, "engagements_with_signature", "Signé"),
        figure_column(counted, "engagements_open", "En cours"),
    ]
    reviewed = figure_column(counted, "engagements_reviewed", "Évalué")
    delays = [
        figure_column(counted, "planned_days_median", "Durée prévue (jours)"),
        figure_column(counted, "actual_days_median", "Durée réelle (jours)"),
        figure_column(counted, "reviewed_on_time_rate", "À l'échéance"),
    ]
    following = WhoColumn("Suite", "t", across(counted, "succession"))
    frame = _chosen(source, [*signed, reviewed, *delays, following])
    return Block(
        "Engagements",
        "Engagements",
        "Pour un type ou une réponse : filtrer sa colonne, avec Conclu, En cours ou Évalué.",
        (
            *_whose(source, frame),
            WhoColumn("Accompagnateur", "t", _by_place(frame, advisors_of(year, frame))),
            WhoColumn("Date", "D", _dates(frame, "agreed")),
            WhoColumn("Évalué le", "D", _dates(frame, "reviewed")),
            *signed,
            reviewed,
            WhoColumn("Type", "c", _types(counted, frame)),
            WhoColumn("Actions réalisées", "t", _answers(counted)),
            following,
            *delays,
            WhoColumn("Première échéance", "D", _dates(frame, "due")),
        ),
        _order(frame),
    )


def _answers(counted: Counted) -> Values:
    """The answer of each review of the year."""
    found: dict[int, Value] = {}
    for answer in (*ANSWER_IDS.values(), UNKNOWN_ID):
        figure = counted.figures[f"engagements_reviewed.{answer}"]
        found.update(dict.fromkeys(figure.counted.by_place(), figure.part))
    return found


def _actions(counted: Counted) -> Block:
    year, source = counted.year, counted.year.sources.actions
    told = figure_column(counted, "actions", "Compte")
    minutes = figure_column(counted, "minutes", "Minutes")
    elsewhere = dict.fromkeys(counted.figures["actions"].counted.by_place(), 0)
    frame = _chosen(source, [told])
    return Block(
        "Suivi",
        "Actions : une ligne par ligne de Suivi",
        "Pour un type ou un statut : filtrer sa colonne. 0 minute : la même action collective, "
        "dont le temps est compté sur une autre ligne.",
        (
            *_whose(source, frame),
            WhoColumn("Accompagnateur", "t", _by_place(frame, advisors_of(year, frame))),
            WhoColumn("Date", "D", _dates(frame, "day")),
            WhoColumn(
                "Statut", "t", _by_place(frame, [told or NO_STATUS for told in frame["status"]])
            ),
            told,
            WhoColumn("Type", "c", _types(counted, frame)),
            replace(minutes, values={**elsewhere, **minutes.values}),
        ),
        _order(frame),
    )


def _missions(counted: Counted) -> Block:
    year, source = counted.year, counted.year.sources.missions
    told = figure_column(counted, "missions", "Compte")
    hours = figure_column(counted, "mission_hours", "Heures")
    unsure = figure_column(counted, "people_in_mission", "Personne en mission", known=False)
    asked = owed_missions(counted)
    frame = _chosen(source, [told, hours, unsure, *asked])
    m = year.missions
    days = m["end"].clip(upper=year.last) - m["start"].clip(lower=year.first) + 1
    daily = (m["worked"] / days)[m["even"] & (m["worked"] > 0)].round(ROUNDED)
    return Block(
        "Missions",
        "Missions",
        "Heures d'un mois : celles par jour, pour ses jours entre le début et la fin ; vides si "
        "elles se comptent par jour travaillé, mois ou an. Personnes en mission : dans la liste "
        "Personnes ; ici, celles que leurs missions laissent inconnues.",
        (
            *_whose(source, frame),
            WhoColumn(
                "Salariée", "t", _by_place(frame, [YES if s else NO for s in frame["salaried"]])
            ),
            WhoColumn("Début", "D", _dates(frame, "start")),
            WhoColumn("Fin, ou date du compte", "D", _dates(frame, "end")),
            told,
            hours,
            WhoColumn("Heures par jour", "d", _by_place(daily, daily.tolist())),
            unsure,
            *asked,
        ),
        _order(frame),
    )


def _barriers(counted: Counted) -> Block:
    source = counted.year.sources.barriers
    barrier = WhoColumn("Frein", "t", cells_of(counted, "freins", "Personnes"))
    ways = [way.value for way in Accompaniment]
    lifted = cells_of(counted, "freins", "Levés dans l'année")
    frame = _chosen(source, [barrier])
    return Block(
        "Freins",
        "Freins : personnes de la file active",
        "Santé et justice : ne montrer qu'à qui doit le savoir. Hors de la zone d'impression.",
        (
            *_whose(source, frame),
            barrier,
            WhoColumn("Repéré le", "D", _dates(frame, "identified")),
            WhoColumn("Accompagné", "t", across(counted, "freins", [*ways, NOT_SAID])),
            WhoColumn("Levé dans l'année", "c", dict.fromkeys(lifted, YES)),
            *owed_barriers(counted),
        ),
        _order(frame),
        sensitive=True,
    )


def _publics(counted: Counted) -> Block:
    """One column a field of Personnes; where several lines rest on it, the one that counts."""
    source = counted.year.sources.people
    frame = counted.year.at_work
    columns = [_public(counted, field) for field in dict.fromkeys(LINES.values())]
    return Block(
        "Publics",
        "Publics : personnes en mission dans l'année",
        "Les lignes de l'extraction annuelle de l'État. RQTH et AAH disent la santé : ne montrer "
        "qu'à qui doit le savoir. Hors de la zone d'impression.",
        (*_whose(source, frame), *columns),
        _order(frame),
        sensitive=True,
    )


def _public(counted: Counted, field: str) -> WhoColumn:
    labels = [label for label, needed in LINES.items() if needed == field]
    rows = {row.label: row.cells for row in counted.cells["publics"]}
    found: dict[int, Value] = {}
    for label in labels:
        known, lost = rows[label]["Personnes"], rows[label][NOT_SAID]
        if lost is not None:
            found.update(dict.fromkeys(lost.by_place(), UNKNOWN))
        if known is not None:
            word = YES if len(labels) == 1 else _short(label)
            found.update(dict.fromkeys(known.by_place(), word))
    rest = NO if len(labels) == 1 else _OTHER
    everybody = dict.fromkeys(counted.year.at_work.index.tolist(), rest)
    heading = _AGE if field == "birth_year" else PEOPLE.columns[field].header
    return WhoColumn(heading, "t", {**everybody, **found})


def _short(label: str) -> str:
    """A line of the State's without what its column says already."""
    return label.removeprefix("dont ").removeprefix("inscrits à France Travail ")


def _chosen(source: Source, columns: Sequence[WhoColumn]) -> pd.DataFrame:
    """The lines that some of the columns tell of."""
    places = {place for column in columns for place in column.values}
    return source.frame.loc[sorted(places)]


def _whose(source: Source, frame: pd.DataFrame) -> tuple[WhoColumn, WhoColumn]:
    """The name, and what leads to the line."""
    names = [name or "(sans nom)" for name in frame["shown"]]
    cells = (f"{source.column}{row}" for row in frame["row"])
    links = [Link(cell, source.sheet, cell) for cell in cells]
    return (
        WhoColumn("Personne", "l", _by_place(frame, names)),
        WhoColumn("Ligne", "k", _by_place(frame, links)),
    )


def _order(frame: pd.DataFrame) -> list[int]:
    """By name, then as in the sheet."""
    keys = zip(map(fold, frame["shown"]), frame["row"].tolist(), frame.index.tolist(), strict=True)
    return [place for _, _, place in sorted(keys)]


def _by_place(frame: pd.DataFrame | pd.Series, values: Sequence[Value]) -> Values:
    return dict(zip(frame.index.tolist(), values, strict=True))


def _dates(frame: pd.DataFrame, column: str) -> Values:
    return {
        place: _day(ordinal)
        for place, ordinal in zip(frame.index.tolist(), frame[column].tolist(), strict=True)
        if ordinal == ordinal  # not NaN
    }


@cache
def _day(ordinal: float) -> date:
    return date.fromordinal(int(ordinal))


def _types(counted: Counted, frame: pd.DataFrame) -> Values:
    codes = set(counted.year.codes)
    return _by_place(frame, [kind if kind in codes else UNKNOWN for kind in frame["type"]])
