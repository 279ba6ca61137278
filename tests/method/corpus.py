"""Typed values with what a colleague understands, read as in a workbook, and judged.

`corpus_known.csv`, `corpus_blind.csv` and `corpus_fresh.csv` hold `value, column, row_date,
meaning`; the second was written by someone who had not seen the grammar, the third is what a
fresh tester tried to have misread. A meaning is what is read without a finding; `?`
is any finding, `?X` one that proposes X, `A|B` either; `cond` a condition, `none` nothing due.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cedre_xlsx.method.hours import Per, hours_between
from cedre_xlsx.method.plausibility import has_weekday, wrong_weekdays
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.mission_hours import unsure_hours
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.tables import FOLLOW_UP, MISSIONS, PEOPLE
from tests.support import read_rows

HERE = Path(__file__).parent
KNOWN, BLIND = HERE / "corpus_known.csv", HERE / "corpus_blind.csv"
FRESH = HERE / "corpus_fresh.csv"
DEADLINE = "Échéance / délai"
#: Codes that say something of a cell that was understood.
QUIET = frozenset({"LEC06", "LEC09"})


@dataclass(frozen=True)
class Case:
    """One line of a corpus."""

    value: str
    column: str
    row_date: str
    meaning: str


@dataclass(frozen=True)
class Outcome:
    """What was made of it: the meaning as the corpus writes it, and the finding."""

    read: str
    finding: str = ""  # its message and its advice

    def is_what(self, meaning: str) -> bool:
        """Whether it is one of the meanings that the corpus accepts."""
        return any(self._is(one) for one in meaning.split("|"))

    def _is(self, meaning: str) -> bool:
        if not meaning.startswith("?"):
            return not self.finding and same(self.read, meaning)
        return bool(self.finding) and proposes(self.finding, meaning[1:])

    @property
    def silent(self) -> bool:
        """Whether nothing is said of the cell."""
        return not self.finding


def same(read: str, meaning: str) -> bool:
    """Whether two meanings are one: numbers to two places."""
    try:
        return abs(float(read) - float(meaning.replace(",", "."))) < 0.06
    except ValueError:
        return read == meaning


def proposes(finding: str, meaning: str) -> bool:
    """Whether a finding names what is meant, where a date is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", meaning):
        return True
    return f"{date.fromisoformat(meaning):%d/%m/%Y}" in finding


def cases(path: Path) -> list[Case]:
    """The lines of a corpus, in their order."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [Case(*line[:4]) for line in csv.reader(stream)][1:]


def outcomes(wanted: list[Case]) -> Iterator[tuple[Case, Outcome]]:
    """What the reading makes of each line, those of one column and one day read together."""
    groups: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
    for one in wanted:
        groups[one.column, one.row_date].append(one)
    for (column, row_date), group in groups.items():
        yield from zip(group, _outcomes(column, row_date, group), strict=True)


_TABLES = {
    "Civilité": PEOPLE, "Date d'inscription": PEOPLE, "Année de naissance": PEOPLE,
    "Heures": MISSIONS, "Heures par semaine": MISSIONS,
}  # fmt: skip
_FIELDS = {
    "Échéance": "deadline", DEADLINE: "deadline", "Dates": "dated", "Temps consacré": "minutes",
    "Temps": "minutes", "Statut": "status", "Heures": "hours", "Civilité": "title",
    "Heures par semaine": "weekly_hours", "Date d'inscription": "registered",
    "Année de naissance": "birth_year",
}  # fmt: skip


def _outcomes(column: str, row_date: str, group: list[Case]) -> list[Outcome]:
    table = _TABLES.get(column, FOLLOW_UP)
    field = _FIELDS[column]
    header = table.columns[field].header
    day = date.fromisoformat(row_date) if row_date else None
    lines = [_line(table.table, header, day, one.value) for one in group]
    typed = [part for line in lines for part in (line, _dated_line(line, day))]
    reading = read_rows(day or date(2026, 10, 20), **{table.table: typed})
    rows = {
        FOLLOW_UP.table: reading.records.follow_ups,
        MISSIONS.table: reading.records.missions,
        PEOPLE.table: reading.records.people,
    }[table.table].rows
    said = {
        problem.place.row: f"{problem.message} {problem.help}"
        for problem in reading.problems
        if problem.code not in QUIET and problem.place.column == header
    }
    for line in rows:  # a rule says it of a date that was read
        typed_here = str(typed[line.row - 5].get(header) or "")
        found = getattr(getattr(line, field), "day", None)
        if (
            isinstance(found, date)
            and has_weekday(typed_here)
            and any(wrong_weekdays(typed_here, found, day if field == "deadline" else None))
        ):
            said[line.row] = "LEC16"
    if table is MISSIONS:
        context = Context(reading.records, reading.records.missions.rows[0].start or date.max)
        said |= {one.place.row: f"LEC18 {one.help}" for one in unsure_hours.problems(context)}
        made = {row.row: _hours_of(row, field) for row in rows}
    else:
        made = {row.row: _said(getattr(row, field)) for row in rows}
    return [
        Outcome(made.get(rank, "none"), said.get(rank, ""))
        for rank in range(5, 5 + 2 * len(group), 2)
    ]


def _dated_line(line: Mapping[str, Any], day: date | None) -> Mapping[str, Any]:
    """The line below, dated of the day: a day without a year is of its neighbours' time."""
    return {**dict.fromkeys(line, "x"), "Dates": day} if "Dates" in line else {"Nom": "Z", **line}


def _line(table: str, header: str, day: date | None, value: str) -> Mapping[str, Any]:
    if table == PEOPLE.table:
        return {"Nom": "Durand", header: value}
    if table == MISSIONS.table:
        start = {"Début": date(2026, 10, 5), "Fin": date(2026, 10, 18)}
        return {"Personne": "Durand", **start, header: value}
    line = {"Personne": "Durand", "Actions": "x", header: value}
    if header == DEADLINE:
        line |= {"Dates": day, "Statut": "(3) Réalisée" if _DONE.match(value.strip()) else None}
    return line


_DONE = re.compile(
    r"(?i)(?:c'est |déjà )?(?:fait|vu|ok|cl[oô]|termin|réalis|ras|annul|fini|soldé|aband)"
)


def _hours_of(row: MissionRow, field: str) -> str:
    """The hours of the mission, or those of a week where the column has them."""
    work, start, end = row.work, row.start, row.end
    if work is None or start is None or end is None:
        return "none"
    if field == "weekly_hours" and work.per is Per.WEEK:
        return str(work.amount)
    return str(hours_between(start, end, work, start, end, end))


def _said(value: Any) -> str:
    if value is None:
        return "none"
    if hasattr(value, "condition"):
        return "cond" if value.condition else str(value.day) if value.day else "none"
    if hasattr(value, "remark"):
        return str(value.day) if value.day else "none"
    return str(value).partition(") ")[2] or str(value)
