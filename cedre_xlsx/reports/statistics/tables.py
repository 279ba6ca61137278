"""The tables of a year: a whole number is a count, hours and minutes are not whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.method.vocabulary import (
    BARRIERS,
    Accompaniment,
    Achieved,
    ExitCategory,
    Form,
)
from cedre_xlsx.reports.periods import Month
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID, Breakdown
from cedre_xlsx.reports.statistics.definitions import TABLES
from cedre_xlsx.reports.statistics.frames import (
    counts_by,
    grouped_spellings,
    hours_within,
    ordinal,
)
from cedre_xlsx.reports.statistics.indicators import minutes
from cedre_xlsx.reports.statistics.model import Cell, TableRow
from cedre_xlsx.reports.statistics.publics import publics
from cedre_xlsx.reports.statistics.year import Year

TOTAL = "Total"
EXIT, NOTHING = "Sortie", "Sans suite à ce jour"
_MONTHS = 12
_ROUNDED = 2  # decimals, of hours

_Line = Mapping[str, int | float | str]


def tables(year: Year) -> dict[str, tuple[TableRow, ...]]:
    """Every table by its name; one more, named by its heading, a breakdown of Paramètres."""
    made: dict[str, tuple[TableRow, ...]] = {
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


def table_names(year: Year) -> list[str]:
    """The names of the tables of a year, in their order."""
    return list(dict.fromkeys((*(one.name for one in TABLES), *year.settings.breakdowns)))


def breakdown_names(names: Sequence[str]) -> list[str]:
    """Those of the tables' names that are headings of Personnes."""
    fixed = {definition.name for definition in TABLES}
    return [name for name in names if name not in fixed]


def _with_total(rows: Sequence[_Line]) -> tuple[TableRow, ...]:
    """The rows and their sums; the first column of the last one says so."""
    if not rows:
        return ()
    label, *columns = rows[0]
    sums: dict[str, Cell] = {label: TOTAL}
    for column in columns:
        numbers = [value for row in rows if not isinstance(value := row[column], str)]
        sums[column] = _rounded(sum(numbers)) if numbers else ""
    return (*({name: _rounded(value) for name, value in row.items()} for row in rows), sums)


def _rounded(value: int | float | str) -> int | float | str:
    return round(value, _ROUNDED) if isinstance(value, float) else value


def _count(days: pd.Series, first: float, last: float) -> int:
    return int(days.between(first, last).sum())


def _months(year: Year) -> tuple[TableRow, ...]:
    rows: list[_Line] = []
    for number in range(1, _MONTHS + 1):
        month = Month(year.year, number)
        first, last = ordinal(month.first), min(ordinal(month.last), year.last)
        rows.append(
            {
                "Mois": f"{year.year:04}-{number:02}",
                "Entrées": _count(year.entries["registered"], first, last),
                "Sorties": _count(year.exits["exited"], first, last),
                "Engagements conclus": _count(year.signed["agreed"], first, last),
                "Engagements évalués": _count(year.reviewed["reviewed"], first, last),
                "Actions": _count(year.actions["day"], first, last),
                "Heures de mission": float(hours_within(year.missions, first, last).sum()),
            }
        )
    return _with_total(rows)


def _types(year: Year) -> tuple[TableRow, ...]:
    names = {kind.code: kind.name for kind in year.settings.types}
    frames = (year.signed, year.open, year.reviewed, year.actions)
    codes = [*year.codes]
    if any((~frame["type"].isin(year.codes)).any() for frame in frames):
        codes.append("")
    rows: list[_Line] = []
    for code in codes:
        signed, still_open, reviewed, actions = (_of_type(frame, code, year) for frame in frames)
        answers = counts_by(list(reviewed["achieved"]))
        rows.append(
            {
                "Engagement": code or NOT_SAID,
                "Type": names.get(code, ""),
                "Conclus": len(signed),
                "Signés": int((signed["form"] == Form.SIGNED.value).sum()),
                "En cours": len(still_open),
                "Évalués": len(reviewed),
                **{answer.value: answers.get(answer.value, 0) for answer in Achieved},
                "Sans réponse": answers.get("", 0),
                "Actions": len(actions),
            }
        )
    return _with_total(rows)


def _of_type(frame: pd.DataFrame, code: str, year: Year) -> pd.DataFrame:
    if code:
        return frame[frame["type"] == code]
    return frame[~frame["type"].isin(year.codes)]


def _succession(year: Year) -> tuple[TableRow, ...]:
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
    pairs = list(zip(_typed(year, steps["type"]), _typed(year, steps["next"]), strict=True))
    columns = [*year.codes, EXIT, NOTHING]
    if any(after == NOT_SAID for _, after in pairs):
        columns.insert(len(year.codes), NOT_SAID)
    lines = [*year.codes]
    if any(before == NOT_SAID for before, _ in pairs):
        lines.append(NOT_SAID)
    return _with_total(
        [
            {
                "Engagement": line,
                **{column: pairs.count((line, column)) for column in columns},
                TOTAL: sum(before == line for before, _ in pairs),
            }
            for line in lines
        ]
    )


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


def _exits(year: Year) -> tuple[TableRow, ...]:
    all_exits = counts_by(list(year.exits["category"]))
    counted = counts_by(list(year.countable["category"]))
    return _with_total(
        [
            {
                "Catégorie": category or NOT_SAID,
                "Sorties": all_exits.get(category, 0),
                "Comptées": counted.get(category, 0),
            }
            for category in (*(one.value for one in ExitCategory), "")
        ]
    )


def _exit_reasons(year: Year) -> tuple[TableRow, ...]:
    exits = year.exits.copy()
    exits["reason"] = grouped_spellings(list(exits["reason"]), word_key)
    rows = []
    for category in (*(one.value for one in ExitCategory), ""):
        own = exits[exits["category"] == category]
        for reason in sorted(set(own["reason"]), key=lambda text: (not text, fold(text))):
            those = own[own["reason"] == reason]
            rows.append(
                {
                    "Catégorie": category or NOT_SAID,
                    "Motif": reason or NOT_SAID,
                    "Sorties": len(those),
                    "Comptées": int(those["countable"].sum()),
                }
            )
    return _with_total(rows)


def _barriers(year: Year) -> tuple[TableRow, ...]:
    """People of the active file by frein: of two lines of the same one, the last one tells."""
    b = year.frames.barriers.copy()
    b["barrier"] = grouped_spellings(list(b["barrier"]), word_key)
    there = b["identified"].isna() | (b["identified"] <= year.last)
    there &= ~(b["lifted"] < year.first) & b["person"].isin(year.people["person"])
    lines = b[there].drop_duplicates(["person", "barrier"], keep="last")
    ranks = {barrier: rank for rank, barrier in enumerate(BARRIERS)}
    order = sorted(
        set(lines["barrier"]), key=lambda text: (not text, ranks.get(text, len(ranks)), fold(text))
    )
    rows = []
    for barrier in order:
        own = lines[lines["barrier"] == barrier]
        ways = counts_by(list(own["accompaniment"]))
        rows.append(
            {
                "Frein": barrier or NOT_SAID,
                "Personnes": len(own),
                **{way.value: ways.get(way.value, 0) for way in Accompaniment},
                NOT_SAID: ways.get("", 0),
                "Levés dans l'année": int(year.holds(own["lifted"]).sum()),
            }
        )
    return tuple(rows)


def _advisors(year: Year) -> tuple[TableRow, ...]:
    """Each person is with one advisor, so that the columns add up."""
    latest = year.frames.pathways.drop_duplicates("person", keep="last")
    advisors: dict[str, str] = {}
    for frame in (latest, year.people):
        advisors.update(zip(frame["person"], frame["advisor"], strict=True))
    spelled = grouped_spellings(list(advisors.values()), word_key)
    advisor_of = dict(zip(advisors, spelled, strict=True))
    frames = {
        "Personnes": year.people,
        "Entrées": year.entries,
        "Sorties": year.exits,
        "Engagements conclus": year.signed,
        "Actions": year.actions,
    }
    groups = {
        label: frame["person"].map(advisor_of).fillna("").replace("", NOT_SAID)
        for label, frame in frames.items()
    }
    counts = {label: counts_by(list(group)) for label, group in groups.items()}
    times = minutes(year.actions).groupby(groups["Actions"]).sum()
    names = sorted({name for own in counts.values() for name in own}, key=_unknown_last)
    return _with_total(
        [
            {
                "Accompagnateur": name,
                **{label: own.get(name, 0) for label, own in counts.items()},
                "Minutes": float(times.get(name, 0.0)),
            }
            for name in names
        ]
    )


def _unknown_last(name: str) -> tuple[bool, str]:
    return (name == NOT_SAID, fold(name))


def _breakdown(year: Year, heading: str) -> tuple[TableRow, ...]:
    """The people, entries and exits of the year by the values of one column of Personnes."""
    breakdown = Breakdown(heading, date.fromordinal(int(max(year.last, year.first))))
    labels = {
        name: breakdown.labels(year.frames.rows_of(frame))
        for name, frame in (
            ("Personnes", year.people),
            ("Entrées", year.entries),
            ("Sorties", year.exits),
            ("Sorties comptées", year.countable),
            ("Sorties dynamiques", year.dynamic),
        )
    }
    counts = {name: counts_by(own) for name, own in labels.items()}
    values = breakdown.ordered([label for own in labels.values() for label in own])
    return _with_total(
        [
            {heading: value, **{n: own.get(value, 0) for n, own in counts.items()}}
            for value in values
        ]
    )
