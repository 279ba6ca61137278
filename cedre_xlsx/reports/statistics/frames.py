"""The records as pandas frames: dates are ordinals (days), what is not known is NaN or "".

Ordinals and not timestamps: pandas stops in 2262, and a mistyped year must not stop a count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from cedre_xlsx.method.hours import EVEN, hours_between
from cedre_xlsx.method.text import fold, name_key, squeeze
from cedre_xlsx.method.vocabulary import BarrierLevel
from cedre_xlsx.reports.statistics.gone import Gone, gone_of
from cedre_xlsx.reports.statistics.selection import Source
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.schema.tables import TableSpec

NEVER = float(date.max.toordinal())


@dataclass(frozen=True)
class Sources:
    """The tables of the workbook, to pick lines from."""

    people: Source
    actions: Source
    engagements: Source
    missions: Source
    barriers: Source


@dataclass(frozen=True)
class Frames:
    """One frame a table. `person` is the name as Personnes has it, else a key of what was typed.

    `pathways` are the `rows` of Personnes, by its index; `columns` are those that the workbook has,
    each by its table and its field; `gone` is what lines made anonymous no longer say.
    """

    rows: Sequence[PersonRow]
    sources: Sources
    columns: frozenset[tuple[str, str]] = frozenset()
    gone: Gone = field(default_factory=Gone)

    @property
    def pathways(self) -> pd.DataFrame:
        """The pathways, those of one person in their order."""
        return self.sources.people.frame

    @property
    def actions(self) -> pd.DataFrame:
        """The lines of Suivi."""
        return self.sources.actions.frame

    @property
    def engagements(self) -> pd.DataFrame:
        """The engagements, by date."""
        return self.sources.engagements.frame

    @property
    def missions(self) -> pd.DataFrame:
        """The missions, a row each, with the numbers that figures are made of."""
        return self.sources.missions.frame

    @property
    def barriers(self) -> pd.DataFrame:
        """The lines of Freins."""
        return self.sources.barriers.frame

    def has(self, spec: TableSpec[Any], *fields: str) -> bool:
        """Whether the workbook has all these columns of a table."""
        return all((spec.table, field) in self.columns for field in fields)

    def rows_of(self, pathways: pd.DataFrame) -> list[PersonRow]:
        """The rows of Personnes behind some of the pathways."""
        return [self.rows[index] for index in pathways.index]


def frames_of(records: Records, on: date) -> Frames:
    """The frames at the date of the count: statuses left empty are read, open missions end then."""
    rows, pathways = _pathways(records)
    return Frames(
        rows,
        Sources(
            people=_source(records.people, "last_name", pathways),
            actions=_source(records.follow_ups, "person", _actions(records)),
            engagements=_source(records.engagements, "person", _engagements(records)),
            missions=_source(records.missions, "person", _missions(records, on)),
            barriers=_source(records.barriers, "person", _barriers(records)),
        ),
        frozenset(
            (table.spec.table, field)
            for table in (
                records.people,
                records.follow_ups,
                records.engagements,
                records.missions,
                records.barriers,
            )
            for field in table.columns
        ),
        gone_of(records.memory),
    )


def _source(table: Table[Any], field: str, frame: pd.DataFrame) -> Source:
    return Source(table.sheet, column_letter(table.columns.get(field, 1)), frame)


def ordinal(day: date) -> float:
    """A date as a number of days."""
    return float(day.toordinal())


def _texts(values: Sequence[str]) -> pd.Series:
    return pd.Series(values, dtype=object)


def _numbers(values: Sequence[float | None]) -> pd.Series:
    return pd.Series(values, dtype="float64")


def _days(values: Sequence[date | None]) -> pd.Series:
    """Dates as numbers of days."""
    return _numbers([None if day is None else day.toordinal() for day in values])


def _flags(values: Sequence[bool]) -> pd.Series:
    return pd.Series(values, dtype=bool)


class _Named(Protocol):
    """A line that says whose it is."""

    @property
    def row(self) -> int: ...

    @property
    def person(self) -> str: ...


def _whose(records: Records, rows: Sequence[_Named]) -> dict[str, pd.Series]:
    """Where each line stands and whose it is.

    `person` is the name as Personnes has it, a key of what was typed where nobody has it; `shown`
    the name, or what was typed.
    """
    known: dict[str, tuple[str, str]] = {}
    for typed in dict.fromkeys(row.person for row in rows):
        name = records.canonical_name(typed)
        known[typed] = (name, name) if name else (name_key(typed), squeeze(typed))
    return {
        "row": pd.Series([row.row for row in rows], dtype="int64"),
        "person": _texts([known[row.person][0] for row in rows]),
        "shown": _texts([known[row.person][1] for row in rows]),
    }


def _pathways(records: Records) -> tuple[list[PersonRow], pd.DataFrame]:
    """One row a pathway; `since` and `until` bound what is its own when there are several.

    Rows of Personnes without a name come last, `named` False: nobody can be counted there.
    """
    found: list[tuple[str, PersonRow, float, float]] = []
    for name, pathways in records.pathways.items():
        for index, row in enumerate(pathways):
            later = (p.registered for p in pathways[index + 1 :] if p.registered)
            following = next(later, None)
            until = ordinal(following) - 1 if following else NEVER
            since = ordinal(row.registered) if index and row.registered else 0.0
            found.append((name, row, since, until))
    taken = {id(row) for _, row, _, _ in found}
    found += [("", row, 0.0, NEVER) for row in records.people.rows if id(row) not in taken]
    rows = [row for _, row, _, _ in found]
    frame = pd.DataFrame(
        {
            "row": pd.Series([row.row for row in rows], dtype="int64"),
            "shown": _texts([name for name, _, _, _ in found]),
            "person": _texts([name for name, _, _, _ in found]),
            "named": _flags([bool(name) for name, _, _, _ in found]),
            "since": _numbers([since for _, _, since, _ in found]),
            "until": _numbers([until for _, _, _, until in found]),
            "registered": _days([row.registered for row in rows]),
            "exited": _days([row.exited for row in rows]),
            "contract_end": _days([row.contract_end for row in rows]),
            "pass_end": _days([row.pass_end for row in rows]),
            "category": _texts(
                [row.exit_category.value if row.exit_category else "" for row in rows]
            ),
            "reason": _texts([row.exit_reason for row in rows]),
            "advisor": _texts([row.advisor for row in rows]),
            "entry_unknown": _flags([_has_unknown_entry(row) for row in rows]),
            "exit_unknown": _flags([_has_unknown_exit(row) for row in rows]),
        }
    )
    return rows, frame


def _has_unknown_entry(row: PersonRow) -> bool:
    return row.registered is None and ("registered" in row.unreadable or row.exited is not None)


def _has_unknown_exit(row: PersonRow) -> bool:
    told = "exited" in row.unreadable or row.exit_category is not None or bool(row.exit_reason)
    return row.exited is None and told


def _actions(records: Records) -> pd.DataFrame:
    rows = records.follow_ups.rows
    return pd.DataFrame(
        {
            **_whose(records, rows),
            "day": _days([row.day for row in rows]),
            "status": _texts([row.status.value if row.status else "" for row in rows]),
            "type": _texts([row.engagement or "" for row in rows]),
            "minutes": _numbers([row.minutes for row in rows]),
            "collective": _flags([bool(row.collective) for row in rows]),
            "hand_over": _flags([row.is_hand_over for row in rows]),
            "action": _texts([fold(row.action) if row.collective else "" for row in rows]),
        }
    )


def _engagements(records: Records) -> pd.DataFrame:
    rows = records.engagements.rows
    frame = pd.DataFrame(
        {
            **_whose(records, rows),
            "agreed": _days([row.agreed for row in rows]),
            "deadline": _days([row.deadline.day if row.deadline else None for row in rows]),
            "due": _days([row.deadline.first if row.deadline else None for row in rows]),
            "reviewed": _days([row.reviewed for row in rows]),
            "review_unreadable": _flags(["reviewed" in row.unreadable for row in rows]),
            "type": _texts([row.type or "" for row in rows]),
            "form": _texts([row.form.value if row.form else "" for row in rows]),
            "achieved": _texts([row.achieved.value if row.achieved else "" for row in rows]),
        }
    )
    return frame.sort_values("agreed", kind="stable", ignore_index=True)


def _missions(records: Records, on: date) -> pd.DataFrame:
    rows = records.missions.rows
    frame = pd.DataFrame(
        {
            **_whose(records, rows),
            "known": _flags([records.canonical_name(row.person) is not None for row in rows]),
            "start": _days([row.start for row in rows]),
            "end": _days([row.end or on for row in rows]),
            "open": _flags([row.end is None for row in rows]),
            "hours": pd.Series([row.work for row in rows], dtype=object),
            "nature": _texts([row.nature.value if row.nature else "" for row in rows]),
            "client_kind": _texts(
                [row.client_kind.value if row.client_kind else "" for row in rows]
            ),
            "outcome": _texts([row.outcome.value if row.outcome else "" for row in rows]),
            "salaried": _flags([row.salaried for row in rows]),
        }
    )
    frame["reversed"] = ~frame["open"] & (frame["end"] < frame["start"])
    frame["has_hours"] = frame["hours"].notna()
    frame["even"] = _flags([hours is not None and hours.per in EVEN for hours in frame["hours"]])
    return frame


def _barriers(records: Records) -> pd.DataFrame:
    rows = records.barriers.rows
    return pd.DataFrame(
        {
            **_whose(records, rows),
            "barrier": _texts([row.barrier for row in rows]),
            "entry": _numbers([_need(row.entry_level) for row in rows]),
            "current": _numbers([_need(row.current_level) for row in rows]),
            "orientation": _texts([row.orientation for row in rows]),
            "result": _texts([row.result.value if row.result else "" for row in rows]),
            "identified": _days([row.identified for row in rows]),
            "lifted": _days([row.lifted for row in rows]),
            "accompaniment": _texts(
                [row.accompaniment.value if row.accompaniment else "" for row in rows]
            ),
        }
    )


def _need(level: BarrierLevel | None) -> float | None:
    return None if level is None else level.need


def hours_within(
    missions: pd.DataFrame, first: float | pd.Series, last: float | pd.Series
) -> pd.Series:
    """The salaried hours of each mission from `first` to `last`, as `method.hours` lays them."""
    start, end = missions["start"].to_numpy(), missions["end"].to_numpy()
    starts, ends = np.maximum(start, np.asarray(first)), np.minimum(end, np.asarray(last))
    told = missions["salaried"].to_numpy() & missions["has_hours"].to_numpy() & (starts <= ends)
    found = np.zeros(len(missions))
    if told.any():
        days = (one[told] for one in (start, end, starts, ends))
        lines = zip(*map(_dates_of, days), missions["hours"].to_numpy()[told], strict=True)
        found[told] = [
            hours_between(start, end, hours, since, until, end)
            for start, end, since, until, hours in lines
        ]
    return pd.Series(found, missions.index)


def _dates_of(days: npt.NDArray[np.float64]) -> list[date]:
    return [date.fromordinal(day) for day in days.astype("int64").tolist()]


def grouped_spellings(values: Sequence[str], key: Callable[[str], str]) -> list[str]:
    """The values, those that differ by their spelling alone written as the first of them."""
    firsts: dict[str, str] = {}
    return [firsts.setdefault(key(value), value) if value else "" for value in values]


def groups_by(labels: Sequence[str], index: pd.Index[Any]) -> Mapping[str, list[int]]:
    """The places of each label, `index` being those of the labels in a frame."""
    groups: dict[str, list[int]] = {}
    for label, place in zip(labels, index.tolist(), strict=True):
        groups.setdefault(label, []).append(place)
    return groups
