"""The tables that funders ask for, and those that say what is ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.method.vocabulary import (
    ORIENTATIONS,
    ClientKind,
    MissionOutcome,
    Nature,
    OrientationResult,
)
from cedre_xlsx.reports.periods import Month
from cedre_xlsx.reports.statistics.breakdowns import LENGTHS, NOT_SAID, length_band
from cedre_xlsx.reports.statistics.completeness import completeness
from cedre_xlsx.reports.statistics.frames import grouped_spellings, groups_by, ordinal
from cedre_xlsx.reports.statistics.later import later_table
from cedre_xlsx.reports.statistics.owed_figures import ended, weeks_worked
from cedre_xlsx.reports.statistics.tables import (
    CellRow,
    barrier_lines,
    cells,
    table_names,
    with_total,
)
from cedre_xlsx.reports.statistics.values import Line
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.tables import BARRIERS, MISSIONS, PEOPLE, TableSpec

#: The lines of the weeks worked: where each band ends, its label.
WEEKS = (
    (4, "De 1 à 4 semaines"),
    (12, "De 5 à 12 semaines"),
    (25, "De 13 à 25 semaines"),
    (38, "De 26 à 38 semaines"),
    (53, "39 semaines et plus"),
)
LIFTED, BETTER, STABLE, WORSE, NO_LEVEL = (
    "Levés dans l'année", "Améliorés", "Stables", "Aggravés", "Sans niveau",
)  # fmt: skip
#: What may have become of a frein: one of these.
CHANGES = (LIFTED, BETTER, STABLE, WORSE, NO_LEVEL)
_PAST, _LATER, _UNDATED = "Déjà passée", "Plus tard", "Sans date"
_MONTHS_AHEAD = 12


def all_cells(year: Year) -> dict[str, tuple[CellRow, ...]]:
    """Every table by its name, in their order; those of a pack that is not there are left out."""
    made = {**cells(year), **{name: make(year) for name, make in _wanted(year).items()}}
    return {name: made[name] for name in table_names(year) if name in made}


def all_names(year: Year) -> list[str]:
    """The names of these tables."""
    absent = {*_MAKERS, *_NEEDS} - {*_wanted(year)}
    return [name for name in table_names(year) if name not in absent]


def _wanted(year: Year) -> Mapping[str, Callable[[Year], tuple[CellRow, ...]]]:
    has = year.frames.has
    return {
        name: make for name, make in _MAKERS.items() if name not in _NEEDS or has(*_NEEDS[name])
    }


def _clients(year: Year) -> tuple[CellRow, ...]:
    source = year.sources.missions
    m = year.missions[year.missions["salaried"]]
    rows: list[CellRow] = []
    for kind in (*ClientKind, ""):
        own = m[m["client_kind"] == str(kind)]
        rows.append(
            Line(
                {"Type de client": str(kind) or NOT_SAID},
                {
                    "Missions": source.of(own),
                    "Heures de mission": source.of(own, own["worked"] > 0, own["worked"]),
                },
            )
        )
    return with_total(rows)


def _lengths(year: Year) -> tuple[CellRow, ...]:
    people = year.sources.people
    last = year.last_day
    groups = {
        name: groups_by(
            [_band(row, row.exited if left else last) for row in year.frames.rows_of(frame)],
            frame.index,
        )
        for name, frame, left in (
            ("Présentes", year.staying, False),
            ("Sorties", year.exits, True),
            ("Sorties comptées", year.countable, True),
            ("Sorties dynamiques", year.dynamic, True),
        )
    }
    return with_total(
        [
            Line({"Durée": band}, {n: people.at(own.get(band, ())) for n, own in groups.items()})
            for band in (*LENGTHS, NOT_SAID)
        ]
    )


def _band(row: PersonRow, day: date | None) -> str:
    is_known = row.registered is not None and day is not None and row.registered <= day
    return length_band(row.registered, day) if is_known else NOT_SAID  # type: ignore[arg-type]


def _weeks(year: Year) -> tuple[CellRow, ...]:
    people, weeks = year.sources.people, weeks_worked(year)
    above = [0, *(most for most, _ in WEEKS)]
    return with_total(
        [
            Line(
                {"Semaines": label},
                {"Personnes": people.of(year.at_work, weeks.between(least + 1, most))},
            )
            for least, (most, label) in zip(above, WEEKS, strict=False)
        ]
    )


def week_band(weeks: int) -> str:
    """The line of the table of so many weeks worked; one at the least."""
    return next((label for most, label in WEEKS if weeks <= most), WEEKS[-1][1])


def _outcomes(year: Year) -> tuple[CellRow, ...]:
    source, over = year.sources.missions, ended(year)
    immersion = over["nature"] == Nature.IMMERSION.value
    internship = over["nature"] == Nature.INTERNSHIP.value
    parts = {
        "Immersions": immersion,
        "Stages": internship,
        "Missions salariées": over["salaried"],
        "Autres": ~immersion & ~internship & ~over["salaried"],
    }
    return with_total(
        [
            Line(
                {"Débouché": str(one) or NOT_SAID},
                {
                    name: source.of(over, part & (over["outcome"] == str(one)))
                    for name, part in parts.items()
                },
            )
            for one in (*MissionOutcome, "")
        ]
    )


def _barrier_changes(year: Year, lines: pd.DataFrame) -> Mapping[str, pd.Series]:
    """What became of some freins: which of the lines are of each kind, every line of one."""
    lifted = year.holds(lines["lifted"])
    entry, current = lines["entry"], lines["current"]
    known = entry.notna() & current.notna() & ~lifted
    return {
        LIFTED: lifted,
        BETTER: known & (current < entry),
        STABLE: known & (current == entry),
        WORSE: known & (current > entry),
        NO_LEVEL: ~lifted & ~known,
    }


def _barrier_levels(year: Year) -> tuple[CellRow, ...]:
    source = year.sources.barriers
    rows: list[CellRow] = []
    for barrier, own in barrier_lines(year):
        changes = _barrier_changes(year, own)
        rows.append(
            Line(
                {"Frein": barrier or NOT_SAID},
                {
                    "Personnes": source.of(own),
                    **{name: source.of(own, wanted) for name, wanted in changes.items()},
                },
            )
        )
    return tuple(rows)


def _orientation_lines(year: Year) -> pd.DataFrame:
    """The lines of Freins with an orientation, of the freins that the year counts."""
    every = year.barriers.copy()
    every["orientation"] = grouped_spellings(list(every["orientation"]), word_key)
    return every[every["orientation"] != ""]


def _orientations(year: Year) -> tuple[CellRow, ...]:
    source, lines = year.sources.barriers, _orientation_lines(year)
    ranks = {word_key(one): rank for rank, one in enumerate(ORIENTATIONS)}
    order = sorted(
        set(lines["orientation"]),
        key=lambda text: (ranks.get(word_key(text), len(ranks)), fold(text)),
    )
    rows: list[CellRow] = []
    for orientation in order:
        own = lines[lines["orientation"] == orientation]
        rows.append(
            Line(
                {"Orientation": orientation},
                {
                    "Orientations": source.of(own),
                    **{
                        str(one) or NOT_SAID: source.of(own, own["result"] == str(one))
                        for one in (*OrientationResult, "")
                    },
                },
            )
        )
    return with_total(rows)


def _load(year: Year) -> tuple[CellRow, ...]:
    parts = {
        "Fins de contrat": (year.sources.people, year.staying, "contract_end"),
        "Fins de PASS IAE": (year.sources.people, year.staying, "pass_end"),
        "Engagements à échéance": (year.sources.engagements, year.open, "deadline"),
    }
    ahead = _months_ahead(year)
    spans = [(first, last) for _, first, last in ahead]
    columns = {
        name: source.by_span(frame[field], spans) for name, (source, frame, field) in parts.items()
    }
    rows: list[CellRow] = [
        Line({"Échéance": label}, {name: lines[number] for name, lines in columns.items()})
        for number, (label, _, _) in enumerate(ahead)
    ]
    undated = {
        name: source.of(frame, frame[field].isna())
        for name, (source, frame, field) in parts.items()
    }
    return with_total([*rows, Line({"Échéance": _UNDATED}, undated)])


def _months_ahead(year: Year) -> Sequence[tuple[str, float, float]]:
    """What is past, twelve months, what comes later: label, first and last day of each."""
    rows = [(_PAST, float("-inf"), year.last)]
    if year.year >= date.max.year:  # the calendar ends there
        return rows
    following = date.fromordinal(int(year.last) + 1)
    for ahead in range(_MONTHS_AHEAD):
        years, month = divmod(following.month - 1 + ahead, 12)
        one = Month(following.year + years, month + 1)
        first = max(ordinal(one.first), year.last + 1)
        rows.append((f"{one.year:04}-{month + 1:02}", first, ordinal(one.last)))
    return [*rows, (_LATER, rows[-1][2] + 1, float("inf"))]


_MAKERS: Mapping[str, Callable[[Year], tuple[CellRow, ...]]] = {
    "later_situations": later_table,
    "clients": _clients,
    "lengths": _lengths,
    "weeks": _weeks,
    "outcomes": _outcomes,
    "freins_levels": _barrier_levels,
    "orientations": _orientations,
    "load": _load,
    "completeness": completeness,
}
#: The columns of a pack that a table rests on.
_NEEDS: Mapping[str, tuple[TableSpec[Any], *tuple[str, ...]]] = {
    "later_situations": (PEOPLE, "later_situation"),
    "clients": (MISSIONS, "client_kind"),
    "outcomes": (MISSIONS, "outcome"),
    "freins_levels": (BARRIERS, "entry_level", "current_level"),
    "orientations": (BARRIERS, "orientation"),
}
