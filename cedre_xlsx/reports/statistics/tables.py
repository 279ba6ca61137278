"""The tables of a year: each number with the lines behind it.

A whole number is a count, hours and minutes are not whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.method.vocabulary import (
    BARRIERS,
    Accompaniment,
    Achieved,
    EngagementForm,
    ExitCategory,
)
from cedre_xlsx.reports.periods import Month
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID, Breakdown
from cedre_xlsx.reports.statistics.definitions import TABLES
from cedre_xlsx.reports.statistics.frames import (
    grouped_spellings,
    groups_by,
    hours_within,
    ordinal,
)
from cedre_xlsx.reports.statistics.publics import publics
from cedre_xlsx.reports.statistics.selection import Selection, together
from cedre_xlsx.reports.statistics.values import Line, Number, TableRow
from cedre_xlsx.reports.statistics.year import Year

TOTAL = "Total"
EXIT, NOTHING = "Sortie", "Sans suite à ce jour"
_MONTHS = 12
_ROUNDED = 2  # decimals, of hours

#: A line with the lines of the workbook behind each number; None where it is not known.
CellRow = Line[Selection | None]


def cells(year: Year) -> dict[str, tuple[CellRow, ...]]:
    """The tables of the method by their names; one more, named by its heading, a breakdown."""
    made: dict[str, tuple[CellRow, ...]] = {
        "months": _months(year),
        "types": _types(year),
        "succession": _succession(year),
        "exits": _exits(year),
        "exit_reasons": _exit_reasons(year),
        "freins": _barriers(year),
        "publics": publics(year),
        "advisors": _advisors(year),
    }
    for heading in year.settings.breakdowns:
        if heading not in made:
            made[heading] = _breakdown(year, heading)
    return made


def numbers(rows: Sequence[CellRow]) -> tuple[TableRow, ...]:
    """Lines of cells as lines of their numbers."""
    return tuple(
        Line(
            row.labels, {column: _number(cell) for column, cell in row.cells.items()}, row.is_total
        )
        for row in rows
    )


def _number(cell: Selection | None) -> Number:
    if cell is None:
        return None
    total = cell.total
    return round(total, _ROUNDED) if isinstance(total, float) else total


def table_names(year: Year) -> list[str]:
    """The names of the tables of a year, in their order."""
    return list(dict.fromkeys((*(one.name for one in TABLES), *year.settings.breakdowns)))


def breakdown_names(names: Sequence[str]) -> list[str]:
    """The names of tables that are headings of Personnes."""
    fixed = {definition.name for definition in TABLES}
    return [name for name in names if name not in fixed]


def with_total(rows: Sequence[CellRow]) -> tuple[CellRow, ...]:
    """The rows and their sums; the first label of the last one says so."""
    if not rows:
        return ()
    first, *others = rows[0].labels
    sums: dict[str, Selection | None] = {
        column: together([lines for row in rows if (lines := row.cells[column]) is not None])
        for column in rows[0].cells
    }
    return (*rows, Line({first: TOTAL, **dict.fromkeys(others, "")}, sums, is_total=True))


def _months(year: Year) -> tuple[CellRow, ...]:
    of = year.sources
    months = [Month(year.year, number) for number in range(1, _MONTHS + 1)]
    spans = [(ordinal(one.first), min(ordinal(one.last), year.last)) for one in months]
    columns = {
        "Entrées": of.people.by_span(year.entries["registered"], spans),
        "Sorties": of.people.by_span(year.exits["exited"], spans),
        "Engagements conclus": of.engagements.by_span(year.signed["agreed"], spans),
        "Engagements évalués": of.engagements.by_span(year.reviewed["reviewed"], spans),
        "Actions": of.actions.by_span(year.actions["day"], spans),
        "Heures de mission": [_hours(year, *span) for span in spans],
    }
    rows: list[CellRow] = [
        Line(
            {"Mois": f"{year.year:04}-{number + 1:02}"},
            {name: lines[number] for name, lines in columns.items()},
        )
        for number in range(_MONTHS)
    ]
    return with_total(rows)


def _hours(year: Year, first: float, last: float) -> Selection:
    hours = hours_within(year.missions, first, last)
    return year.sources.missions.of(year.missions, hours > 0, hours)


def _types(year: Year) -> tuple[CellRow, ...]:
    names = {kind.code: kind.name for kind in year.settings.types}
    frames = (year.signed, year.open, year.reviewed, year.actions)
    codes = [*year.codes]
    if any((~frame["type"].isin(year.codes)).any() for frame in frames):
        codes.append("")
    source = year.sources.engagements
    rows: list[CellRow] = []
    for code in codes:
        signed, still_open, reviewed, actions = (_of_type(frame, code, year) for frame in frames)
        rows.append(
            Line(
                {"Engagement": code or NOT_SAID, "Type": names.get(code, "")},
                {
                    "Conclus": source.of(signed),
                    "Signés": source.of(signed, signed["form"] == EngagementForm.SIGNED.value),
                    "En cours": source.of(still_open),
                    "Évalués": source.of(reviewed),
                    **{
                        answer.value: source.of(reviewed, reviewed["achieved"] == answer.value)
                        for answer in Achieved
                    },
                    "Sans réponse": source.of(reviewed, reviewed["achieved"] == ""),
                    "Actions": year.sources.actions.of(actions),
                },
            )
        )
    return with_total(rows)


def _of_type(frame: pd.DataFrame, code: str, year: Year) -> pd.DataFrame:
    if code:
        return frame[frame["type"] == code]
    return frame[~frame["type"].isin(year.codes)]


def _succession(year: Year) -> tuple[CellRow, ...]:
    """Each engagement counts once: on the day of what followed, else in the year of its review."""
    e = year.frames.engagements
    dated = e[e["agreed"] <= year.on.toordinal()].copy()
    following = dated.groupby("person")[["agreed", "type"]].shift(-1)  # in the order of their dates
    exited = _next_exit(year, dated)
    follows = following["agreed"].notna() & ~(exited < following["agreed"])
    day = following["agreed"].where(follows, exited)
    dated["next"] = np.where(follows, following["type"], EXIT)
    waiting = day.isna() & year.holds(dated["reviewed"])
    dated.loc[waiting, "next"] = NOTHING
    steps = dated[year.holds(day) | waiting]
    pairs = [
        f"{before}|{after}"
        for before, after in zip(
            _typed(year, steps["type"]), _typed(year, steps["next"]), strict=True
        )
    ]
    groups = groups_by(pairs, steps.index)
    columns = [*year.codes, EXIT, NOTHING]
    if any(pair.endswith(f"|{NOT_SAID}") for pair in groups):
        columns.insert(len(year.codes), NOT_SAID)
    lines = [*year.codes]
    if any(pair.startswith(f"{NOT_SAID}|") for pair in groups):
        lines.append(NOT_SAID)
    rows: list[CellRow] = []
    for line in lines:
        own = {
            column: year.sources.engagements.at(groups.get(f"{line}|{column}", ()))
            for column in columns
        }
        rows.append(Line({"Engagement": line}, {**own, TOTAL: together(list(own.values()))}))
    return with_total(rows)


def _typed(year: Year, types: pd.Series) -> list[str]:
    known = {*year.codes, EXIT, NOTHING}
    return [kind if kind in known else NOT_SAID for kind in types]


def _next_exit(year: Year, engagements: pd.DataFrame) -> pd.Series:
    """For each engagement, the first exit of its person from its date on; NaN where none is."""
    p = year.frames.pathways
    exits = p[p["named"] & (p["exited"] <= year.on.toordinal())][["person", "exited"]]
    own = engagements[["person", "agreed"]].copy()
    own["engagement"] = own.index
    pairs = own.merge(exits, on="person")
    pairs = pairs[pairs["exited"] >= pairs["agreed"]]
    return pairs.groupby("engagement")["exited"].min().reindex(engagements.index)


def _exits(year: Year) -> tuple[CellRow, ...]:
    people = year.sources.people
    return with_total(
        [
            Line(
                {"Catégorie": category or NOT_SAID},
                {
                    "Sorties": people.of(year.exits, year.exits["category"] == category),
                    "Comptées": people.of(year.countable, year.countable["category"] == category),
                },
            )
            for category in (*(one.value for one in ExitCategory), "")
        ]
    )


def _exit_reasons(year: Year) -> tuple[CellRow, ...]:
    exits = year.exits.copy()
    exits["reason"] = grouped_spellings(list(exits["reason"]), word_key)
    people = year.sources.people
    rows: list[CellRow] = []
    for category in (*(one.value for one in ExitCategory), ""):
        own = exits[exits["category"] == category]
        for reason in sorted(set(own["reason"]), key=lambda text: (not text, fold(text))):
            those = own[own["reason"] == reason]
            rows.append(
                Line(
                    {"Catégorie": category or NOT_SAID, "Motif": reason or NOT_SAID},
                    {
                        "Sorties": people.of(those),
                        "Comptées": people.of(those, those["countable"]),
                    },
                )
            )
    return with_total(rows)


def barrier_lines(year: Year) -> list[tuple[str, pd.DataFrame]]:
    """The lines of the freins of the active file, frein by frein, "" where it is not told."""
    lines = year.barriers
    ranks = {barrier: rank for rank, barrier in enumerate(BARRIERS)}
    order = sorted(
        set(lines["barrier"]), key=lambda text: (not text, ranks.get(text, len(ranks)), fold(text))
    )
    return [(barrier, lines[lines["barrier"] == barrier]) for barrier in order]


def _barriers(year: Year) -> tuple[CellRow, ...]:
    source = year.sources.barriers
    rows: list[CellRow] = []
    for barrier, own in barrier_lines(year):
        rows.append(
            Line(
                {"Frein": barrier or NOT_SAID},
                {
                    "Personnes": source.of(own),
                    **{
                        way.value: source.of(own, own["accompaniment"] == way.value)
                        for way in Accompaniment
                    },
                    NOT_SAID: source.of(own, own["accompaniment"] == ""),
                    "Levés dans l'année": source.of(own, year.holds(own["lifted"])),
                },
            )
        )
    return tuple(rows)


def _advisors(year: Year) -> tuple[CellRow, ...]:
    """Each person is with one advisor, so that the columns add up."""
    of = year.sources
    parts = {
        "Personnes": (of.people, year.people),
        "Entrées": (of.people, year.entries),
        "Sorties": (of.people, year.exits),
        "Engagements conclus": (of.engagements, year.signed),
        "Actions": (of.actions, year.actions),
    }
    groups = {
        label: groups_by(advisors_of(year, frame), frame.index)
        for label, (_, frame) in parts.items()
    }
    is_timed = year.is_timed_once & year.actions["minutes"].notna()
    timed = year.actions[is_timed]
    times = groups_by(advisors_of(year, timed), timed.index)
    names = sorted({name for own in groups.values() for name in own}, key=_unknown_last)
    return with_total(
        [
            Line(
                {"Accompagnateur": name},
                {
                    **{
                        label: source.at(groups[label].get(name, ()))
                        for label, (source, _) in parts.items()
                    },
                    "Minutes": of.actions.of(
                        timed.loc[times.get(name, [])], amounts=timed["minutes"]
                    ),
                },
            )
            for name in names
        ]
    )


def advisors_of(year: Year, frame: pd.DataFrame) -> list[str]:
    """The advisor that each line of a frame counts with."""
    return [year.advisor_of.get(person, "") or NOT_SAID for person in frame["person"]]


def _unknown_last(name: str) -> tuple[bool, str]:
    return (name == NOT_SAID, fold(name))


def _breakdown(year: Year, heading: str) -> tuple[CellRow, ...]:
    """The people, entries and exits of the year by the values of one column of Personnes."""
    breakdown = Breakdown(heading, date.fromordinal(int(max(year.last, year.first))))
    groups = {
        name: groups_by(breakdown.labels(year.frames.rows_of(frame)), frame.index)
        for name, frame in (
            ("Personnes", year.people),
            ("Entrées", year.entries),
            ("Sorties", year.exits),
            ("Sorties comptées", year.countable),
            ("Sorties dynamiques", year.dynamic),
        )
    }
    values = breakdown.ordered([label for own in groups.values() for label in own])
    people = year.sources.people
    return with_total(
        [
            Line({heading: value}, {n: people.at(own.get(value, ())) for n, own in groups.items()})
            for value in values
        ]
    )
