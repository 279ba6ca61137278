"""A workbook being made: its pathways, and the rows written of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cedre_xlsx.demonstration import lines
from cedre_xlsx.demonstration.days import working_day
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.demonstration.pathways import Name, Pathway, come_back, names, number, pathways
from cedre_xlsx.schema import tables as t

_PROSPECTS = 2
_WORKSHOPS_A_YEAR = 2
_COMMUNES = ("Valbruyère", "Pont-aux-Saules")
#: The field that the rows of a table stand in the order of, as an advisor adds them.
_ORDER = {spec.table: spec.line_date or "registered" for spec in t.DATA_TABLES}


@dataclass(slots=True)
class Draft:
    """Rows by table name, in the order of the workbook once sorted."""

    on: date
    pathways: list[Pathway]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *rows: Row) -> None:
        """Write these rows below the others of their table."""
        self.rows.setdefault(table, []).extend(rows)

    def of_person(self, table: str, person: str) -> list[Row]:
        """The rows of one person, other than `Personnes`."""
        return [row for row in self.rows[table] if row["person"] == person]

    def sort(self) -> None:
        """Each table in the order of its dates."""
        for table, rows in self.rows.items():
            rows.sort(key=lambda row: _typed_day(row, _ORDER[table], self.on))


def _typed_day(row: Row, name: str, on: date) -> date:
    value = row.get(name) or row.get("pre_reception")
    if isinstance(value, date):
        return value
    parts = str(value or "").split(" ")[0].split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return on
    day, month, year = (int(part) for part in parts)
    return date(2000 + year, month, min(day, 28))


def draft(chance: Random, on: date, people: int, years: int) -> Draft:
    """The rows of an association in which all is as it should be."""
    known = _with_homonyms(names(chance, people, on.year))
    made = pathways(chance, known[_PROSPECTS:], on, years)
    _pause_one(made, on)
    made += _coming_back(chance, made, on)
    number(made)
    written = Draft(on, made)
    for name in known[:_PROSPECTS]:
        written.add(t.PEOPLE.table, _prospect_row(chance, name, on))
    for pathway in made:
        _write(chance, written, pathway)
    for rows in _workshops(chance, made, on, years):
        written.add(t.FOLLOW_UP.table, *rows)
    written.sort()
    return written


def _write(chance: Random, written: Draft, pathway: Pathway) -> None:
    written.add(t.PEOPLE.table, lines.person_row(chance, pathway))
    written.add(t.FOLLOW_UP.table, *lines.follow_up_rows(chance, pathway))
    if pathway.exited is None:
        written.add(t.FOLLOW_UP.table, *lines.open_rows(chance, pathway))
    written.add(
        t.ENGAGEMENTS.table,
        *(
            lines.engagement_row(chance, pathway, rank, agreement)
            for rank, agreement in enumerate(pathway.agreements, start=1)
        ),
    )
    written.add(t.MISSIONS.table, *lines.mission_rows(chance, pathway))
    written.add(t.BARRIERS.table, *lines.barrier_rows(chance, pathway))


def _with_homonyms(known: Sequence[Name]) -> list[Name]:
    """The last two people have the same name, told apart by their commune."""
    first, other = known[-2], known[-1]
    pair = [
        Name(first.last, first.first, first.woman, year, commune)
        for year, commune in zip((first.birth_year, other.birth_year), _COMMUNES, strict=True)
    ]
    return [*known[:-2], *pair]


def _pause_one(made: list[Pathway], on: date) -> None:
    present = [one for one in made if one.exited is None]
    if present:
        present[len(present) // 2].paused_until = working_day(on + timedelta(days=50))


def _coming_back(chance: Random, made: list[Pathway], on: date) -> list[Pathway]:
    """Somebody who left, and is registered again since two months."""
    left = (one for one in made if one.exited is not None and (on - one.exited).days > 150)
    earlier = next(left, None)
    if earlier is None:
        return []
    return [come_back(chance, earlier, working_day(on - timedelta(days=60)), on)]


def _prospect_row(chance: Random, name: Name, on: date) -> Row:
    """Somebody received, not registered yet."""
    met = working_day(on - timedelta(days=chance.randint(3, 15)))
    return {
        "last_name": name.last,
        "first_name": name.first,
        "title": "Mme" if name.woman else "M.",
        "birth_year": name.birth_year,
        "pre_reception": met,
        "request": "Vient se renseigner ; reviendra avec ses papiers.",
        "informed_on": met,
    }


def _workshops(chance: Random, made: list[Pathway], on: date, years: int) -> Iterator[list[Row]]:
    """Two workshops a year, for three to six of those who were there."""
    for rank in range(years * _WORKSHOPS_A_YEAR):
        day = working_day(on - timedelta(days=20 + 180 * rank))
        there = [one for one in made if one.registered < day < one.until]
        if len(there) >= 3:
            chosen = chance.sample(there, min(len(there), chance.randint(3, 6)))
            yield list(lines.workshop_rows(chance, chosen, day))
