"""The situation six months after the exits of a year, where the workbook has its column."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cedre_xlsx.reports.statistics.figure import FigureLines
from cedre_xlsx.reports.statistics.later_states import NOT_KNOWN, NOT_REACHED, STATES, TOLD
from cedre_xlsx.reports.statistics.tables import CellRow, with_total
from cedre_xlsx.reports.statistics.values import Line
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.tables import PEOPLE


def later_figures(year: Year) -> Iterator[FigureLines]:
    """How many of those whose six months are over said how they are."""
    if not year.frames.has(PEOPLE, "later_situation"):
        return
    people, exits, state = year.sources.people, year.exits, year.later
    yield FigureLines(
        "later_known",
        people.of(exits, state.isin(TOLD)),
        people.of(exits, state == NOT_KNOWN),
        people.of(exits, state.isin((NOT_REACHED, NOT_KNOWN))),
    )


def later_table(year: Year) -> tuple[CellRow, ...]:
    """Each exit of the year in one line."""
    people = year.sources.people
    return with_total(
        [
            Line({"Situation": one}, {"Sorties": people.of(year.exits, year.later == one)})
            for one in STATES
        ]
    )


def later_asked(year: Year) -> pd.DataFrame:
    """The exits of which something is noted, or should be: `noted` says what, "" where nothing."""
    state = year.later
    found = year.exits[state.isin((*TOLD, NOT_REACHED, NOT_KNOWN))].copy()
    # of no exit at all, a column of other lines would bring these lines
    found["noted"] = state.mask(state == NOT_KNOWN, "").reindex(found.index)
    return found
