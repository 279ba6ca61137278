"""Antennas of one association that share some people: who is whom is known."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from tests.reports.statistics.test_oracle import association

#: Someone of an antenna: its index, the name there.
Named = tuple[int, str]


@dataclass(frozen=True)
class Antennas:
    """The records of each antenna; `truth` says who each name of people is."""

    records: Sequence[Records]
    truth: Mapping[Named, str]


def antennas(
    seed: int, count: int = 3, people: int = 40, kind: StructureKind | None = StructureKind.AI
) -> Antennas:
    """Antennas of which some people are in several, some of these with the same days in each."""
    chance = random.Random(seed)
    made = [association(seed * 100 + index, people, kind) for index in range(count)]
    names: list[dict[str, str]] = [
        {f"Essai{n}": f"Antenne{index} Essai{n}" for n in range(people)} for index in range(count)
    ]
    births: list[dict[str, int | None]] = [
        {f"Essai{n}": chance.choice([None, 1960 + n % 40]) for n in range(people)}
        for _ in range(count)
    ]
    same_days: list[tuple[int, int, str]] = []
    for number in range(people // 3):
        old = f"Essai{number}"
        there = sorted(chance.sample(range(count), chance.randrange(2, count + 1)))
        born = chance.randrange(1960, 2005)
        for rank, index in enumerate(there):
            names[index][old] = _spelled(chance, f"Commun{number}")
            births[index][old] = None if rank and chance.random() < 0.2 else born
            if rank and chance.random() < 0.6:
                same_days.append((there[0], index, old))
    for number, others in enumerate(range(people // 3, people // 3 + 3)):
        for index in range(count):  # homonyms of other years
            names[index][f"Essai{others}"] = f"Homonyme{number}"
            births[index][f"Essai{others}"] = 1970 + index
    people_rows = [_named(one.people, names[i], births[i]) for i, one in enumerate(made)]
    for first, other, old in same_days:
        people_rows[other] = _same_days(
            chance, people_rows[first], names[first][old], people_rows[other], names[other][old]
        )
    records = [
        replace(
            one,
            people=people_rows[index],
            follow_ups=_renamed(one.follow_ups, names[index]),
            engagements=_renamed(one.engagements, names[index]),
            missions=_renamed(one.missions, names[index]),
            barriers=_renamed(one.barriers, names[index]),
        )
        for index, one in enumerate(made)
    ]
    truth = {
        (index, row.person): _who(index, row)
        for index, one in enumerate(records)
        for row in one.people.rows
    }
    return Antennas(records, truth)


def _spelled(chance: random.Random, name: str) -> str:
    return chance.choice([name, name.upper(), name.lower()])


def _who(index: int, row: PersonRow) -> str:
    key = row.person.lower()
    if key.startswith("commun"):
        return key
    return f"{index} {key}"


def _named(
    table: Table[PersonRow], names: Mapping[str, str], births: Mapping[str, int | None]
) -> Table[PersonRow]:
    rows = tuple(
        _changed(row, last_name=names[row.last_name], birth_year=births[row.last_name])
        for row in table.rows
    )
    return replace(table, rows=rows)


def _same_days(
    chance: random.Random,
    before: Table[PersonRow],
    name: str,
    after: Table[PersonRow],
    other: str,
) -> Table[PersonRow]:
    """The days of someone's first pathway in one antenna put in place of those in another."""
    days = next((r for r in before.rows if r.last_name == name and r.registered), None)
    if days is None:
        return after
    rows, is_done = [], False
    for row in after.rows:
        if row.last_name == other and row.registered and not is_done:
            is_done = True
            exited = days.exited
            category = chance.choice([row.exit_category, days.exit_category]) if exited else None
            row = _changed(
                row, registered=days.registered, exited=exited, exit_category=category,
                exit_reason=row.exit_reason if category else "",
            )  # fmt: skip
        rows.append(row)
    return replace(after, rows=tuple(rows))


def _renamed(table: Table[Any], names: Mapping[str, str]) -> Table[Any]:
    rows = tuple(_changed(row, person=names.get(row.person, row.person)) for row in table.rows)
    return replace(table, rows=rows)


def _changed(row: Any, **fields: Any) -> Any:
    values = {name: getattr(row, name) for name in type(row).model_fields}
    return type(row).model_construct(**{**values, **fields})


ON = date(2026, 9, 30)
