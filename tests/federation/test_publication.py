"""What is published of several antennas gives back no hidden number: an independent reader tries.

scipy is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from cedre_xlsx.federation.antenna import Antenna, antenna_of
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.reports.statistics import Statistics
from tests.federation.antennas.generated import ON, antennas
from tests.reports.statistics.public_reader import Place, Reader, is_magnitude, numbers
from tests.reports.statistics.test_public import UNBOUNDED, _program
from tests.support import values_of

#: The counts of an antenna's column, and those that are no more than the one before them.
COUNTS = (
    "active", "entries", "exits", "exits_countable", "engagements_signed", "engagements_reviewed",
    "actions", "missions", "people_in_mission",
)  # fmt: skip
THRESHOLD, COUNT = 5, 3


def of_column(antenna: int, told: Statistics) -> dict[Place, float | None]:
    """The counts of a column by places of its own."""
    return {
        (year, f"{antenna}:{name}", line, part): value
        for (year, name, line, part), value in numbers(told).items()
        if part != "unknown"
    }


def place(antenna: int | None, year: int, name: str) -> Place:
    """Where a count stands; a rate by its numerator."""
    part = "numerator" if name.endswith("_rate") else "value"
    return (year, name if antenna is None else f"{antenna}:{name}", "", part)


@pytest.mark.slow
def test_no_hidden_number_of_an_antenna_is_found() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    series, shown = published_series()
    count = COUNT
    true: dict[Place, float] = {}
    told: dict[Place, float | None] = {}
    said: dict[Place, tuple[float, float]] = {}
    reader = Reader(series.figures)
    for private, public in zip(series.figures, series.published, strict=True):
        year = private.year
        true |= {at: value or 0.0 for at, value in numbers(private).items()}
        told |= numbers(public)
        said |= _said(public, None)
        for antenna, column in enumerate(series.columns[year]):
            assert column is not None
            own = shown[year][antenna]
            true |= {at: value or 0.0 for at, value in of_column(antenna, column).items()}
            told |= of_column(antenna, own)
            said |= _said(own, antenna)
    reader.places |= true.keys()
    tie(reader, true, count, [one.year for one in series.figures])
    hidden = [at for at in true if told.get(at) is None and not is_magnitude(at)]
    ours = [at for at in hidden if ":" in at[1]]
    small = [at for at in ours if 0 < true[at] < THRESHOLD]
    assert len(small) > 5  # there is something to be found
    assert all(told[at] is None for at in true if ":" in at[1] and 0 < true[at] < THRESHOLD)
    at_index = {at: index for index, at in enumerate(hidden)}
    program: dict[str, Any] = _program(reader, true, at_index)
    program["bounds"] = [said.get(at, (0, None)) for at in hidden]
    for at in ours:
        cost = np.zeros(len(hidden))
        cost[at_index[at]] = 1
        least = optimize.linprog(cost, **program).fun
        most = optimize.linprog(-cost, **program)
        highest = np.inf if most.status == UNBOUNDED else -most.fun
        assert highest - least >= THRESHOLD - 2 - 1e-6, (at, true[at], least, highest)


@cache
def counted() -> Sequence[Antenna]:
    """A few small antennas, counted."""
    made = antennas(5, COUNT, 22, StructureKind.AI)
    return [antenna_of(one, (2024,), on=ON, public=True) for one in made.records]


def published_series() -> tuple[Any, Mapping[int, Any]]:
    """These antennas published, and the columns that are shown, by year."""
    from cedre_xlsx.federation.once import once
    from cedre_xlsx.federation.people import matched
    from cedre_xlsx.federation.publication import published
    from cedre_xlsx.federation.sums import added

    those = counted()
    same = matched([one.people for one in those]).same
    years = sorted({year for one in those for year in one.years})
    totals = [
        added(year, [one.years[year] for one in those], once(year, those, same).correction)
        for year in years
    ]
    series = published(totals, those, same, with_sensitive=True)
    return series, {year: tuple(series.masked_columns(year)) for year in years}


def _said(told: Statistics, antenna: int | None) -> dict[Place, tuple[float, float]]:
    found = {}
    for (holder, row, part), known in told.classes.items():
        if row is None:
            name = holder if antenna is None else f"{antenna}:{holder}"
            found[told.year, name, "", part] = known
        else:
            found[told.year, holder, told.tables[holder][row].label, part] = known
    return found


def tie(reader: Reader, true: Mapping[Place, float], count: int, years: list[int]) -> None:
    """What a reader knows of antennas: parts of a total, parts of each other, who stays."""
    for year in years:
        for name in (*COUNTS, "dynamic_exit_rate", "durable_exit_rate"):
            parts = [place(antenna, year, name) for antenna in range(count)]
            total = place(None, year, name)
            overlap = sum(true[part] for part in parts) - true[total]
            known = {**dict.fromkeys(parts, 1), total: -1}
            (reader.floors if overlap else reader.sums).append(known)
        for antenna in range(count):
            own = [
                place(antenna, year, name)
                for name in ("exits", "exits_countable", "dynamic_exit_rate", "durable_exit_rate")
            ]
            reader.floors += ({whole: 1, part: -1} for whole, part in pairwise(own))
            for rate in ("dynamic_exit_rate", "durable_exit_rate"):
                whole = (year, f"{antenna}:{rate}", "", "denominator")
                reader.sums.append({whole: 1, own[1]: -1})
    for before, after in pairwise(years):
        for antenna in range(count):
            stays = {
                place(antenna, after, "active"): 1, place(antenna, before, "active"): -1,
                place(antenna, before, "exits"): 1, place(antenna, after, "entries"): -1,
            }  # fmt: skip
            reader.sums.append(stays)


@pytest.mark.slow
def test_a_publication_names_nobody() -> None:
    """Through the whole of it, to the workbook: figures of the antennas are headline ones."""
    from cedre_xlsx.federation.antennas import of_antennas
    from cedre_xlsx.federation.consolidation import SourceFile
    from cedre_xlsx.federation.publication import COLUMN
    from cedre_xlsx.federation.sheets import consolidated_workbook

    those = [
        (SourceFile(f"Antenne {index}", f"{index}.xlsx", ON), one)
        for index, one in enumerate(counted())
    ]
    found = of_antennas(those, title="Essai", on=ON, version="1", years=(2024,), public=True)
    assert [year.year for year in found.years] == [2024]
    assert (found.public, found.shared, found.doubts) == (True, (), ())
    assert "advisors" not in found.years[0].total.tables
    for column in found.years[0].columns:
        assert column is not None
        assert {one.id for one in column.indicators} <= set(COLUMN)
    sheets = values_of(consolidated_workbook(found))
    assert "Personnes en double" not in sheets
    texts = {str(cell) for rows in sheets.values() for row in rows for cell in row}
    assert {"< 5", "masqué", "Secret statistique"} - {text[:18] for text in texts} == set()
    names = {
        one.name.lower() for antenna, _ in enumerate(those) for one in counted()[antenna].people
    }
    assert not [text for text in texts if any(name in text.lower() for name in names)]
