"""Lines of the workbook picked out: what every figure is counted on, and what tells who counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from cedre_xlsx.reports.statistics.values import CountedLine

_ROUNDED = 6  # decimals of an amount: a share of hours shows no noise


@dataclass(frozen=True, eq=False)
class Source:
    """One table of the workbook: its sheet, the column that names people there, its frame.

    In the frame, `row` is the number of the line in the sheet, `shown` the name of the person.
    """

    sheet: str
    column: str
    frame: pd.DataFrame

    def of(
        self,
        frame: pd.DataFrame,
        wanted: pd.Series | None = None,
        amounts: pd.Series | None = None,
    ) -> Selection:
        """The lines of a part of the frame; those that are `wanted`, with their `amounts`."""
        index = frame.index if wanted is None else frame.index[wanted.to_numpy()]
        return self.at(index.to_numpy(), None if amounts is None else amounts.loc[index])

    def where(self, wanted: pd.Series) -> Selection:
        """The lines that are wanted, of the whole frame."""
        return self.of(self.frame, wanted)

    def by_span(self, days: pd.Series, spans: Sequence[tuple[float, float]]) -> list[Selection]:
        """The lines whose days, NaN where there is none, are in each span, its ends included."""
        places, told = days.index.to_numpy(), days.to_numpy()
        return [self.at(places[(told >= first) & (told <= last)]) for first, last in spans]

    def at(
        self, places: npt.NDArray[np.int64] | Sequence[int], amounts: pd.Series | None = None
    ) -> Selection:
        """The lines at these places of the frame's index."""
        told = None if amounts is None else amounts.to_numpy(dtype=float)
        return Selection(self, np.asarray(places, dtype=np.int64), told)


@dataclass(frozen=True, eq=False)
class Selection:
    """Some lines of one table, by their places in its frame; nothing is listed until asked for.

    `amounts` is what each counts for (minutes, hours, days); None where each counts for one.
    """

    source: Source
    places: npt.NDArray[np.int64]
    amounts: npt.NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.places)

    @property
    def total(self) -> int | float:
        """How many lines, or what their amounts add up to."""
        return len(self.places) if self.amounts is None else float(self.amounts.sum())

    @property
    def median(self) -> float | None:
        """The median of the amounts; None without any."""
        none = self.amounts is None or not len(self.amounts)
        return None if none else float(np.median(self.amounts))  # type: ignore[arg-type]

    def by_place(self) -> dict[int, float]:
        """What each line counts for, by its place in the frame."""
        amounts = [1.0] * len(self) if self.amounts is None else self.amounts.tolist()
        return dict(zip(self.places.tolist(), amounts, strict=True))

    def listed(self) -> tuple[CountedLine, ...]:
        """The lines, in the order of the sheet."""
        amounts = self.by_place()
        frame = self.source.frame.loc[list(amounts)]
        found = (
            CountedLine(self.source.sheet, row, person, _amount(amounts[place]))
            for place, row, person in zip(
                frame.index.tolist(), frame["row"].tolist(), frame["shown"].tolist(), strict=True
            )
        )
        return tuple(sorted(found, key=lambda line: line.row))


def together(parts: Sequence[Selection]) -> Selection:
    """Lines of one table as one selection; a line that is there several times adds up."""
    source = parts[0].source
    places = np.concatenate([part.places for part in parts])
    if parts[0].amounts is None:
        return Selection(source, places)
    amounts = np.concatenate([part.amounts for part in parts if part.amounts is not None])
    single, inverse = np.unique(places, return_inverse=True)
    return Selection(source, single, np.bincount(inverse, amounts, len(single)).astype(float))


def _amount(amount: float) -> int | float:
    return int(amount) if amount.is_integer() else round(amount, _ROUNDED)
