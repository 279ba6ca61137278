"""What becomes of every line of some people, and the records as they read then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cedre_xlsx.method.anonymous import anonymous_code, is_anonymous
from cedre_xlsx.method.references import FreeNumbers, code_of, reference_key
from cedre_xlsx.method.text import fold
from cedre_xlsx.privacy.anonymous.births import told_birth
from cedre_xlsx.privacy.anonymous.dates import shifts_of, tables_of
from cedre_xlsx.privacy.anonymous.model import NewLine
from cedre_xlsx.privacy.anonymous.neutral import Neutral
from cedre_xlsx.privacy.anonymous.sessions import sessions_of
from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.reports.statistics.public.sensitive import sensitive_teller
from cedre_xlsx.schema.memory import MemoryRow
from cedre_xlsx.schema.records import Person, Records, Table
from cedre_xlsx.schema.tables import FOLLOW_UP


@dataclass(frozen=True)
class Asked:
    """Who is to be anonymous: the people, their codes, and what stands under own headings.

    `own` is by table and row.
    """

    people: tuple[Person, ...]
    codes: Mapping[str, str]
    on: date
    own: Mapping[tuple[str, int], Mapping[str, object]]


@dataclass(frozen=True)
class Plan:
    """The new lines, and how near dates and years of birth stay to what they were."""

    lines: tuple[NewLine, ...]
    tiers: Counter[str]


def codes_of(records: Records, people: Sequence[Person], on: date) -> dict[str, str]:
    """A code for each name, of the year of the last contact, else of the exit or the beginning."""
    taken = {row.person for row in records.people.rows if is_anonymous(row.person)}
    codes: dict[str, str] = {}
    for person in people:
        days = [row.exited for row in person.pathways] + [row.began for row in person.pathways]
        known = [day for day in days if day is not None and day <= on]
        last = person.last_contact(on) or max(known, default=on)
        codes[person.name] = anonymous_code(last.year, taken)
        taken.add(codes[person.name])
    return codes


def planned(records: Records, asked: Asked, exact: Collection[str] = ()) -> Plan:
    """What becomes of all lines of these people; the days of those of `exact` names stay."""
    settings, on = records.settings, asked.on
    moved, near = shifts_of(asked.people, settings, on, exact).moved()
    births, tiers = _births(asked, records, exact)
    tiers.update(tier.value for tier in near.values())
    lines = [row for person in asked.people for row in person.follow_ups]
    days = {key[1]: day for key, day in moved.items() if (key[0], key[2]) == _DATED}
    neutral = Neutral(
        moved=moved,
        births=births,
        references=_references(records, asked),
        sessions=sessions_of(lines, records.follow_ups.rows, days),
        breakdowns=broken_down(records),
        is_sensitive=remembering(sensitive_teller(settings)),
    )
    made = tuple(
        neutral.line(spec, row, asked.codes[person.name], asked.own.get((spec.table, row.row), {}))
        for person in asked.people
        for spec, rows in tables_of(person)
        for row in rows
    )
    return Plan(made, tiers)


_DATED = (FOLLOW_UP.table, "dated")


def broken_down(records: Records) -> frozenset[str]:
    """The fields of Personnes, and the folded headings, that Paramètres breaks figures down by."""
    headings = records.settings.breakdowns
    fields = (field_of(one) for one in headings)
    return frozenset((*filter(None, fields), *map(fold, headings)))


def remembering(tell: Callable[..., bool]) -> Callable[..., bool]:
    """What tells something of texts, the same ones being looked at once."""
    known: dict[tuple[str, ...], bool] = {}

    def told(*texts: str) -> bool:
        if texts not in known:
            known[texts] = tell(*texts)
        return known[texts]

    return told


def _births(
    asked: Asked, records: Records, exact: Collection[str]
) -> tuple[dict[int, int], Counter[str]]:
    births: dict[int, int] = {}
    tiers: Counter[str] = Counter()
    for person in asked.people:
        for row in person.pathways:
            if row.birth_year is not None:
                births[row.row], how = told_birth(
                    row.birth_year, person, records.settings, asked.on, exact
                )
                tiers[how] += 1
    return births, tiers


def _references(records: Records, asked: Asked) -> dict[str, str]:
    """A reference that nobody knows for each that is well formed, of the same type and year."""
    rows = sorted((r for one in asked.people for r in one.engagements), key=lambda row: row.row)
    free = FreeNumbers(row.reference for row in records.engagements.rows)
    found: dict[str, str] = {}
    for row in rows:
        code, key = code_of(row.reference), reference_key(row.reference)
        if code is not None and key not in found:
            year = row.reference.strip().rsplit("-", 2)[1]
            found[key] = free.take(code, int(year))
    return found


def with_lines(
    records: Records, lines: Sequence[NewLine], memory: tuple[MemoryRow, ...]
) -> Records:
    """The records as they read once these lines are written, and that is remembered."""
    new = {(one.table, one.row): one for one in lines}

    def of(table: Table[Any]) -> Table[Any]:
        known = ((row, new.get((table.spec.table, row.row))) for row in table.rows)
        rows = (row if line is None else line.after for row, line in known)
        return replace(table, rows=tuple(row for row in rows if row is not None))

    return replace(records.with_data_tables(of), memory=memory)
