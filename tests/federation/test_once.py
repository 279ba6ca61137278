"""Whoever is in several antennas counts once: by hand, and beside plain loops over all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cedre_xlsx.federation.antenna import antenna_of
from cedre_xlsx.federation.antennas import of_antennas
from cedre_xlsx.federation.consolidation import Consolidation, SourceFile
from cedre_xlsx.method.vocabulary import StructureKind
from tests.federation.antennas.compared import consolidated, differences
from tests.federation.antennas.generated import ON, antennas
from tests.rules.rule_cases import action, barrier, left, mission, person, with_settings, workbook

LEA = {"last_name": "Petit", "first_name": "Léa", "birth_year": 1990}


def both(
    *rows: Sequence[Any], settings: Sequence[dict[str, Any]] = ({}, {}), year: int = 2026
) -> Consolidation:
    """Antennas of such rows, as one."""
    those = [
        antenna_of(replace(workbook(own), settings=with_settings(**chosen)), (year,), on=ON)
        for own, chosen in zip(rows, settings, strict=True)
    ]
    sources = [SourceFile(name, f"{name}.xlsx", ON) for name in ("Ambert", "Thiers")]
    return of_antennas(list(zip(sources, those, strict=True)), title="Essai", on=ON, version="1")


def value(found: Consolidation, identifier: str) -> float | None:
    return found.years[0].total.indicator(identifier).value


def test_one_person_of_two_antennas() -> None:
    """Active once, two actions; entries of two days are two, an exit of one day is one."""
    found = both(
        [left(**LEA, registered="05/01", exited="31/03"), action("Petit Léa"),
         barrier("Petit Léa", barrier="Mobilité")],
        [left(**LEA, registered="10/02", exited="31/03", exit_category=None),
         action("Petit Léa"), barrier("Petit Léa", barrier="Mobilité"), person("Roux Ana")],
    )  # fmt: skip
    assert value(found, "active") == 2
    assert value(found, "actions") == 2
    assert value(found, "entries") == 3
    assert value(found, "exits") == 1
    assert value(found, "durable_exit_rate") == 1  # the exit that has a category stays
    total = found.years[0].total
    assert [row.cells["Personnes"] for row in total.tables["freins"]] == [1]
    assert [row.cells["Entrées"] for row in total.tables["months"]][:3] == [2, 1, 0]
    assert [column.indicator("active").value for column in found.years[0].columns if column] == [
        1,
        2,
    ]
    (shared,) = found.shared
    assert [(one.antenna, one.name) for one in shared.people] == [
        ("Ambert", "Petit Léa"), ("Thiers", "Petit Léa")
    ]  # fmt: skip
    assert shared.counted == ("file active, freins, sortie 2026",)
    assert shared.again == ("entrées 2026",)


def test_weeks_of_two_antennas_are_put_together() -> None:
    """Two weeks here, the second of them and a third one there: three weeks of one person."""
    found = both(
        [person(**LEA), mission("Petit Léa", start="05/01", end="18/01", hours=20.0)],
        [person(**LEA), mission("Petit Léa", start="12/01", end="25/01", hours=20.0)],
    )
    assert value(found, "people_in_mission") == 1
    assert value(found, "weeks_worked_median") == 3
    assert value(found, "mission_hours") == 40
    weeks = found.years[0].total.tables["weeks"]
    assert [row.cells["Personnes"] for row in weeks] == [1, 0, 0, 0, 0, 1]


def test_homonyms_of_other_years_are_two_and_a_doubt_is_listed() -> None:
    found = both(
        [person(**LEA), person(**{**LEA, "birth_year": 1971}, precision="1971")],
        [person(**{**LEA, "birth_year": None})],
    )
    assert value(found, "active") == 3
    assert (len(found.shared), len(found.doubts)) == (0, 1)
    assert "rien ne dit laquelle" in found.doubts[0].why


def test_settings_that_differ_are_said() -> None:
    found = both(
        [person(**LEA)],
        [person("Roux Ana")],
        settings=(
            {"kind": StructureKind.AI, "fte_hours": 1607.0},
            {"kind": StructureKind.ACI, "fte_hours": 1820.0},
        ),
    )
    said = " ".join(found.differing)
    assert "Type de structure : AI (Ambert)" in said
    assert "1607 (Ambert)" in said.replace(" ", "").replace("1607(", "1607 (")
    assert "s'additionnent" in said


@pytest.mark.slow
def test_every_figure_is_that_of_plain_loops() -> None:
    """A sample of `python -m tests.federation.antennas`, with people to be counted once."""
    made = antennas(2, 3, 14, StructureKind.AI)
    found = consolidated(made, [2025])
    own = sum(one.indicator("active").value or 0 for one in found.years[0].columns if one)
    assert own - (value(found, "active") or 0) >= 2
    assert any("sortie" in text or "entrée" in text for one in found.shared for text in one.counted)
    assert differences(made, found) == []
