"""Structures made at random, nobody of one being of another; and all of them as one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from cedre_xlsx.federation.adding import Total
from cedre_xlsx.federation.model import Part, Structure
from cedre_xlsx.federation.protecting import shared_part
from cedre_xlsx.federation.reading import part_from
from cedre_xlsx.federation.united import United
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.records import Records, Table
from tests.federation.exact_parts import parts_of, read_back
from tests.reports.statistics.test_oracle import ON, association

#: The tables of a workbook.
TABLES = ("people", "follow_ups", "engagements", "missions", "barriers")


@cache
def structure(seed: int, people: int, kind: StructureKind | None, start: date) -> Records:
    """One structure, whose people have its number in their names."""
    made = association(seed, people, kind, start)
    settings = replace(made.settings, structure=f"Structure {seed}")
    named = made.with_data_tables(lambda table: _named(table, f"S{seed}"))
    return replace(named, settings=settings)


def _named(table: Table[Any], word: str) -> Table[Any]:
    def renamed(row: Any) -> Any:
        field = "person" if "person" in type(row).model_fields else "last_name"
        return row.model_copy(update={field: f"{word} {getattr(row, field)}"})

    return replace(table, rows=tuple(map(renamed, table.rows)))


def together(structures: Sequence[Records]) -> Records:
    """All their lines in one workbook."""
    first = structures[0]
    joined = {
        name: replace(
            getattr(first, name),
            rows=tuple(row for one in structures for row in getattr(one, name).rows),
        )
        for name in TABLES
    }
    return replace(first, **joined)


def exact_parts(records: Records, years: Sequence[int]) -> tuple[Part, ...]:
    """The exact parts of a structure, each as it is read back from its file."""
    who = Structure(name=records.settings.structure)
    return tuple(read_back(one) for one in parts_of(records, years, on=ON, structure=who))


@cache
def shared(seed: int, people: int, kind: StructureKind | None, start: date, year: int) -> Part:
    """The protected part of a structure, as it is read back from its file."""
    part = shared_part(structure(seed, people, kind, start), year, on=ON)
    return part_from(part.to_json().encode(), "part.json")


def added(parts: Sequence[Part]) -> United:
    """The parts of a year as one."""
    total = Total(parts[0].year)
    for one in parts:
        total.add(one)
    return total.united
