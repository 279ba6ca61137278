"""How far each column is filled that figures depend on, and which figures its blanks starve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cedre_xlsx.reports.statistics.definitions import definition_of, table_definition
from cedre_xlsx.reports.statistics.later import later_asked
from cedre_xlsx.reports.statistics.owed_figures import ended
from cedre_xlsx.reports.statistics.tables import CellRow
from cedre_xlsx.reports.statistics.values import Line
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.tables import (
    BARRIERS,
    ENGAGEMENTS,
    FOLLOW_UP,
    MISSIONS,
    PEOPLE,
    TableSpec,
)


@dataclass(frozen=True, slots=True)
class Need:
    """A column that figures depend on: the lines of a year where it should be filled.

    `known` is the column of the frame that says what it holds; "" where the rows of Personnes do.
    `figures` are ids of figures, and names of tables after a "*".
    """

    spec: TableSpec[Any]
    field: str
    lines: Callable[[Year], pd.DataFrame]
    figures: tuple[str, ...]
    known: str = ""

    @property
    def starved(self) -> str:
        """What its blanks leave without a part, in French."""
        return " ; ".join(
            table_definition(one[1:]).title if one[0] == "*" else _label(one)
            for one in self.figures
        )


#: Figures whose labels say too little alone.
_LABELS = {
    "actions.*": "Actions, par statut",
    "engagements_reviewed.*": "Engagements évalués, par réponse",
    "engagements_with_signature": "Engagements signés par les deux",
    "minutes": "Temps consacré",
}


def _label(identifier: str) -> str:
    return _LABELS.get(identifier) or definition_of(identifier).label


def completeness(year: Year) -> tuple[CellRow, ...]:
    """A line a column, in the order of the sheets; those of a pack that is not there are not."""
    rows: list[CellRow] = []
    for need in NEEDS:
        column = need.spec.columns[need.field]
        if column.pack and not year.frames.has(need.spec, need.field):
            continue
        source = getattr(year.sources, _SOURCES[need.spec.table])
        lines = need.lines(year)
        filled = _is_filled(year, need, lines)
        rows.append(
            Line(
                {"Colonne": f"{need.spec.sheet}, {column.header}", "Chiffres": need.starved},
                {
                    "Lignes": source.of(lines),
                    "Remplies": source.of(lines, filled),
                    "À compléter": source.of(lines, ~filled),
                },
            )
        )
    return tuple(rows)


def _is_filled(year: Year, need: Need, lines: pd.DataFrame) -> pd.Series:
    if need.known:
        values = lines[need.known]
        return values.astype(bool) if values.dtype == bool else values.notna() & (values != "")
    told = [getattr(row, need.field) not in (None, "") for row in year.frames.rows_of(lines)]
    return pd.Series(told, index=lines.index, dtype=bool)


def _salaried(year: Year) -> pd.DataFrame:
    return year.missions[year.missions["salaried"]]


def _barriers(year: Year) -> pd.DataFrame:
    return year.barriers


def _oriented(year: Year) -> pd.DataFrame:
    return year.barriers[year.barriers["orientation"] != ""]


def _timed(year: Year) -> pd.DataFrame:
    """The actions of which a time is awaited: a paper handed over needs none."""
    return year.actions[~year.actions["hand_over"]]


def _may_be_active(year: Year) -> pd.DataFrame:
    p = year.frames.pathways
    return p[p["entry_unknown"] | year.is_active]


def _public(field: str) -> Need:
    return Need(PEOPLE, field, lambda year: year.at_work, ("*publics",))


_SOURCES = {
    PEOPLE.table: "people",
    FOLLOW_UP.table: "actions",
    ENGAGEMENTS.table: "engagements",
    MISSIONS.table: "missions",
    BARRIERS.table: "barriers",
}
_HOURS = ("people_in_mission", "mission_hours", "etp")
#: In the order of the sheets.
NEEDS: tuple[Need, ...] = (
    Need(PEOPLE, "advisor", lambda year: year.people, ("*advisors",)),
    Need(PEOPLE, "registered", _may_be_active, ("active", "entries", "*lengths")),
    Need(
        PEOPLE, "exit_category", lambda year: year.exits,
        ("dynamic_exit_rate", "durable_exit_rate", "*exits"),
    ),
    Need(PEOPLE, "exit_reason", lambda year: year.exits, ("people_in_training", "*exit_reasons")),
    _public("title"),
    _public("birth_year"),
    Need(PEOPLE, "contract_end", lambda year: year.staying, ("*load",)),
    Need(PEOPLE, "pass_end", lambda year: year.staying, ("*load",)),
    _public("education"),
    _public("unemployment"),
    _public("rsa"),
    _public("ass"),
    _public("aah"),
    _public("rqth"),
    _public("qpv"),
    _public("zrr"),
    Need(
        PEOPLE, "later_situation", later_asked, ("later_known", "*later_situations"), "noted",
    ),
    Need(FOLLOW_UP, "engagement", lambda year: year.actions, ("*types",), "type"),
    Need(FOLLOW_UP, "status", lambda year: year.actions, ("actions.*",), "status"),
    Need(FOLLOW_UP, "minutes", _timed, ("minutes",), "minutes"),
    Need(
        ENGAGEMENTS, "type", lambda year: year.signed, ("*types", "*succession"), "type",
    ),
    Need(
        ENGAGEMENTS, "deadline", lambda year: year.signed,
        ("reviewed_on_time_rate", "planned_days_median", "*load"), "due",
    ),
    Need(ENGAGEMENTS, "form", lambda year: year.signed, ("engagements_with_signature",), "form"),
    Need(
        ENGAGEMENTS, "achieved", lambda year: year.reviewed, ("engagements_reviewed.*",),
        "achieved",
    ),
    Need(
        MISSIONS, "nature", lambda year: year.missions,
        ("immersions", "internships", "people_in_training"), "nature",
    ),
    Need(MISSIONS, "hours", _salaried, (*_HOURS, "weeks_worked_median", "*weeks"), "has_hours"),
    Need(MISSIONS, "client_kind", _salaried, ("ceiling_near", "*clients"), "client_kind"),
    Need(MISSIONS, "outcome", ended, ("people_in_training", "*outcomes"), "outcome"),
    Need(BARRIERS, "accompaniment", _barriers, ("*freins",), "accompaniment"),
    Need(BARRIERS, "entry_level", _barriers, ("*freins_levels",), "entry"),
    Need(BARRIERS, "current_level", _barriers, ("*freins_levels",), "current"),
    Need(BARRIERS, "result", _oriented, ("*orientations",), "result"),
)  # fmt: skip
