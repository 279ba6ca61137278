"""What people typed beside lines that stay behind, in the sheets that `refresh` makes.

The sheets are to be made anew: what is not emptied before would come to their bottom, its line
being nowhere. Carried are the notes of lines that are carried, the decisions on them, and the
justifications that still run on 1 January.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.reports.decisions import poured_decisions
from cedre_xlsx.reports.synthesis import line_prints_of, nothing_prints_of, synthesis
from cedre_xlsx.rules import run
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.findings import Finding, Problem
from cedre_xlsx.schema.generated import KEPT, ControlRow, SynthesisRow, identity_in, is_key
from cedre_xlsx.schema.generated_sheets import MEETING_KIND
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.following import taken_apart
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.yearly.carried import Carried
from cedre_xlsx.yearly.people import Eve

#: Where a point of Réunion says that its line is: Suivi C917.
_LINK = re.compile(r"(.+)\s[A-Z]{1,3}(\d{1,7})")
#: How the identities start that tell no line: a cell of ours that was changed, a line added.
_NO_LINE = ("cellule.", "ajout.")
#: How the key of a row of Réunion starts.
_POINT = "cedre:"
Rows = Mapping[str, set[int]]


@dataclass(frozen=True, slots=True)
class TypedLeft:
    """The rows to empty, and the cells, by the titles of their sheets."""

    rows: Rows
    cells: tuple[tuple[str, str], ...]


def typed_left(
    workbook: RawWorkbook,
    records: Records,
    problems: Sequence[Problem],
    carried: Carried,
    on: date,
) -> TypedLeft:
    """What of *Synthèse*, *Contrôle*, *Réunion* and *Notes anciennes* stays behind."""
    here = _Carried(records, carried)
    findings = run(records, problems, on=on)
    rows: dict[str, set[int]] = {}
    told: Iterable[tuple[str, int]] = (
        *((records.synthesis.sheet, row) for row in _notes(records, here, on)),
        *((records.control.sheet, row) for row in _waivers(records, here, findings)),
        *((records.old_notes.sheet, row.row) for row in records.old_notes.rows),
        *_decisions(records, here),
        *_points(workbook, records, here),
        *((one.sheet, one.row) for one in records.kept if not here.is_followed(one.person)),
    )
    for sheet, row in told:
        rows.setdefault(sheet, set()).add(row)
    return TypedLeft(rows, tuple(_ended(records, findings, rows, date(carried.year, 1, 1))))


class _Carried:
    """The lines that are carried, however they are told."""

    def __init__(self, records: Records, carried: Carried) -> None:
        self._eve = Eve(records, carried.year)
        self._records = records
        self._tables = {table.sheet: table.spec.table for table in data_tables(records)}
        self._rows = carried.rows
        self._person_at = {
            (table.sheet, row.row): records.name_or_typed(row.person)
            for table in data_tables(records)
            for row in table.rows
        }
        self._people = carried.people

    def holds(self, sheet: str, row: int | None) -> bool | None:
        """Whether a row of a sheet that people fill is carried; None for any other place."""
        table = self._tables.get(sheet)
        return None if table is None or row is None else row in self._rows[table]

    def may_hold(self, sheet: str, row: int, texts: Sequence[str]) -> bool:
        """Whether a line that a point leads to is carried; where lines moved since, and another is
        there, whether its person is not gone.
        """
        if self.holds(sheet, row) is None:
            return False
        people = {name_key(one) for one in texts if self._records.canonical_name(one)}
        if name_key(self._person_at.get((sheet, row), "")) in people:
            return bool(self.holds(sheet, row))
        return any(self._eve.is_followed(one) for one in texts if name_key(one) in people)

    def is_of(self, table: str, row: Row) -> bool:
        """Whether a line of a table (tSuivi…) is carried."""
        return row.row in self._rows[table]

    def is_followed(self, person: str) -> bool:
        """Whether somebody is not gone, or nobody is named."""
        return self._eve.is_followed(person)

    def has(self, person: str) -> bool:
        """Whether somebody's row of Personnes is carried, or nobody is named."""
        return self._records.name_or_typed(person) in {"", *self._people}

    @property
    def present(self) -> Iterable[str]:
        """The people who are not gone."""
        return self._eve.present


def _lines(records: Records) -> Iterator[tuple[str, str, Any]]:
    """Each line that Synthèse may show: its table, its person, itself."""
    for person in records.persons.values():
        for action in person.follow_ups:
            yield records.follow_ups.spec.table, person.name, action
        for engagement in person.engagements:
            yield records.engagements.spec.table, person.name, engagement


def _notes(records: Records, here: _Carried, on: date) -> Iterator[int]:
    """The rows of Synthèse with something typed on a line that stays behind, or is no more."""
    rows = records.synthesis.rows
    if not rows:
        return
    prints = {nothing_prints_of(name) for name in here.present}
    known: dict[tuple[str, str], bool] = {}
    for table, name, line in _lines(records):
        is_carried = here.is_of(table, line)
        if is_carried:
            prints.add(line_prints_of(name, line))
        shown = (name_key(name), fold(getattr(line, "action", "")))
        known[shown] = known.get(shown, False) or is_carried
    places = synthesis(records.living, on).carried.places
    for row in rows:
        place = places.get(row.row)
        if place is not None and not _is_carried(row, place, prints, known, here):
            yield row.row


def _is_carried(
    row: SynthesisRow,
    place: str,
    prints: set[str],
    known: Mapping[tuple[str, str], bool],
    here: _Carried,
) -> bool:
    """Whether the line of a row is carried; what tells no line goes by what the row shows."""
    name = identity_in(place) if place.rpartition("|")[2].partition(":")[0] == KEPT else place
    if not name.startswith(_NO_LINE):
        return taken_apart(name)[0] in prints
    return known.get((name_key(row.person), fold(row.action)), here.is_followed(row.person))


def _waivers(records: Records, here: _Carried, findings: Sequence[Finding]) -> Iterator[int]:
    """The rows of Contrôle whose finding is no more, or of which the line stays behind."""
    about: dict[int, bool] = {}
    for one in findings:
        is_carried = here.holds(one.place.sheet, one.place.row)
        if is_carried is None:
            is_carried = here.has(one.person)
        for row in one.continues:
            about[row] = about.get(row, False) or is_carried
    for line in records.control.rows:
        if (line.code or line.key) and not about.get(line.row, False):
            if line.key.startswith(_NO_LINE) and here.is_followed(line.person):
                continue
            yield line.row


def _ended(
    records: Records, findings: Sequence[Finding], rows: Rows, first: date
) -> Iterator[tuple[str, str]]:
    """The cells of justifications that are over on 1 January, on lines that are carried."""
    control = records.control
    lines: dict[int, ControlRow] = {row.row: row for row in control.rows}
    for one in findings:
        waiver = one.waived or one.expired
        if waiver is None or waiver.until is None or waiver.until >= first:
            continue
        for number in one.continues:
            if number in lines and number not in rows.get(control.sheet, ()):
                for field in ("justification", "until"):
                    yield control.sheet, control.place(lines[number], field).cell


def _decisions(records: Records, here: _Carried) -> Iterator[tuple[str, int]]:
    """The rows of Réunion whose decision is on a line, or became one, that stays behind."""
    became = {(one.decision.sheet, one.decision.row): one for one in poured_decisions(records)}
    for decision in records.decisions:
        place = decision.sheet, decision.row
        poured = became.get(place)
        line = poured.line if poured is not None else decision.line
        if line is not None:
            tables = (records.follow_ups, records.engagements)
            stays = any(line in table.rows and not here.is_of(table.spec.table, line)
                        for table in tables)  # fmt: skip
        else:
            stays = decision.reference is not None or not here.is_followed(decision.person)
        if stays:
            yield place


def _points(workbook: RawWorkbook, records: Records, here: _Carried) -> Iterator[tuple[str, int]]:
    """The rows of the last Réunion of which nothing is carried: no line of theirs is.

    What was typed there outside the columns of decisions has no other line to go with.
    """
    decided = {(one.sheet, one.row) for one in records.decisions}
    for sheet in workbook.sheets:
        if sheet.generated_as != MEETING_KIND.mark:
            continue
        for number, cells in zip(sheet.row_numbers, sheet.grid, strict=True):
            texts = [cell for cell in cells if isinstance(cell, str)]
            if (sheet.name, number) in decided or not any(
                is_key(one) and one.startswith(_POINT) for one in texts
            ):
                continue
            links = [found for one in texts if (found := _LINK.fullmatch(one.strip()))]
            if not any(here.may_hold(one[1], int(one[2]), texts) for one in links):
                yield sheet.name, number
