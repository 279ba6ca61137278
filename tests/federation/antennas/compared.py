"""What the product counts of several antennas beside what plain loops do."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cedre_xlsx.federation.antenna import antenna_of
from cedre_xlsx.federation.antennas import of_antennas
from cedre_xlsx.federation.consolidation import Consolidation, SourceFile
from cedre_xlsx.reports.statistics.publics import WORKERS
from tests.federation.antennas.generated import ON, Antennas
from tests.federation.antennas.union import Union


def consolidated(made: Antennas, years: Sequence[int]) -> Consolidation:
    """The antennas as the command has them."""
    return of_antennas(
        [
            (
                SourceFile(f"Antenne {index}", f"suivi-{index}.xlsx", ON),
                antenna_of(records, years, on=ON),
            )
            for index, records in enumerate(made.records)
        ],
        title="Association Essai",
        on=ON,
        version="1",
    )


def differences(made: Antennas, counted: Consolidation) -> list[str]:
    """Every number that is not as it is counted by hand, and every sum that is none."""
    found: list[str] = []
    for year in counted.years:
        if year.total.is_silent:
            continue
        union = Union(made, year.year, ON)
        total = {one.id: one.value for one in year.total.indicators}
        for name, expected in union.figures().items():
            if total[name] != pytest.approx(expected):
                found.append(f"{year.year} {name} : {total[name]}, {expected}")
        there = year.total.tables["lengths"][-1].cells["Présentes"]
        if there != len(union.staying()):
            found.append(f"{year.year} Présentes : {there}, {len(union.staying())}")
        barriers = {row.label: row.cells["Personnes"] for row in year.total.tables["freins"]}
        if {name: count for name, count in barriers.items() if count} != union.barriers():
            found.append(f"{year.year} freins : {barriers}, {union.barriers()}")
        found += (f"{year.year} {said}" for said in _sums(year.total.tables, total))
    return found


def _sums(tables: dict, total: dict) -> list[str]:  # type: ignore[type-arg]
    """Columns whose lines do not add up to their total, or totals that are not the figure."""
    found = []
    for name, rows in tables.items():
        *body, last = rows or [None]
        if last is None or not last.is_total:
            continue
        for column, whole in last.cells.items():
            if whole is not None and sum(r.cells[column] or 0 for r in body) != pytest.approx(
                whole, abs=0.02 * len(body)
            ):
                found.append(f"{name} {column}")
    for name, column, figure in (
        ("months", "Entrées", "entries"), ("months", "Sorties", "exits"),
        ("exits", "Sorties", "exits"), ("exits", "Comptées", "exits_countable"),
        ("advisors", "Personnes", "active"), ("Commune", "Personnes", "active"),
        ("Civilité", "Sorties comptées", "exits_countable"), ("lengths", "Sorties", "exits"),
        ("weeks", "Personnes", "people_in_mission"), ("exit_reasons", "Sorties", "exits"),
    ):  # fmt: skip
        if tables[name] and tables[name][-1].cells[column] != total[figure]:
            found.append(f"{name} {column} : pas {figure}")
    workers = next(row for row in tables["publics"] if row.label == WORKERS)
    if workers.cells["Personnes"] != total["people_in_mission"]:
        found.append("publics : pas people_in_mission")
    return found
