"""Which tables of a year are drawn as bars, and in what colours: in the sheet, and on a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID
from cedre_xlsx.reports.statistics.sheet_rows import DEADLINES
from cedre_xlsx.reports.statistics.tables import EXIT, NOTHING, TOTAL

#: The years, the last one darkest: told apart in black and white too.
YEAR_SHADES = ("C9D3E3", "7F97BF", "1F3864")
_TEAL, _OCHRE, _BLUE, _NAVY, _GREY = "2F7F79", "B5762A", "5B84C4", "1F3864", "9AA5B1"
#: What follows an engagement: the types, then what is no type; more types take them in turn.
_TYPES = ("1F3864", "5B84C4", "2F7F79", "8CC0A4", "8E6BA8", "C58BB0")
_AFTER = {EXIT: _OCHRE, NOTHING: _GREY, NOT_SAID: "D0D5DB"}


@dataclass(frozen=True, slots=True)
class TableChart:
    """Columns of a table as bars: those named by their headings, else all that are no total.

    `level` is its row of charts.
    """

    table: str
    title: str
    level: int
    right: bool
    colors: Mapping[str, str]
    lying: bool = False
    stacked: bool = False


TABLE_CHARTS: tuple[TableChart, ...] = (
    TableChart(
        "months", "Entrées et sorties par mois", 0, right=False,
        colors={"Entrées": _TEAL, "Sorties": _OCHRE},
    ),
    TableChart(
        "types", "Engagements conclus, par type", 0, right=True,
        colors={"Conclus": _NAVY}, lying=True,
    ),
    TableChart(
        DEADLINES, "Échéances tenues", 1, right=False,
        colors={"Tenues": _TEAL, "Pas tenues": _GREY}, lying=True, stacked=True,
    ),
    TableChart(
        "exit_reasons", "Sorties, par motif", 1, right=True,
        colors={"Sorties": _OCHRE}, lying=True,
    ),
    TableChart(
        "succession", "Parcours : ce qui suit chaque type d'engagement", 2, right=False,
        colors={}, lying=True, stacked=True,
    ),
    TableChart(
        "months", "Heures de mission par mois", 2, right=True,
        colors={"Heures de mission": _BLUE},
    ),
)  # fmt: skip
LEVELS = 1 + max(chart.level for chart in TABLE_CHARTS)


def colors_after(headings: Sequence[str]) -> Mapping[str, str]:
    """A color for each column of what follows an engagement."""
    shown = [heading for heading in headings if heading != TOTAL]
    types = cycle(_TYPES)
    return {heading: _AFTER.get(heading) or next(types) for heading in shown}
