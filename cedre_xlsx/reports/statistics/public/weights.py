"""What it costs not to show a figure: what a board must read is hidden last.

A figure that is not named here is an indicator or a number of a table as any other: it needs no
line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log1p

from cedre_xlsx.method.vocabulary import ExitCategory
from cedre_xlsx.reports.statistics.public.figures import DYNAMIC, UNKNOWN, Key
from cedre_xlsx.reports.statistics.tables import TOTAL

EXITS: Key = ("exits",)
COUNTABLE: Key = ("exits_countable",)
DURABLE: Key = ("exits", ExitCategory.DURABLE.value, "Comptées")
#: The figures that a yearly report opens with; of a rate, its two parts.
HEADLINES: tuple[Key, ...] = (
    ("active",),
    ("entries",),
    EXITS,
    COUNTABLE,
    DYNAMIC,
    DURABLE,
    ("engagements_signed",),
)
#: What these are a part of: a class may say how few of it are not of that part.
WHOLES: Mapping[Key, Key] = {DYNAMIC: COUNTABLE, DURABLE: COUNTABLE, COUNTABLE: EXITS}
#: Who is there, what is under way. Hidden once, such a number must be hidden each year after: with
#: who left and who came, the next year's would give it back. Those who came are hidden rather.
_STOCKS = ("active", "engagements_open")
_STOCK_COLUMNS = ("Personnes", "En cours")
#: Tables that cross two things, each number of which is about few people.
_CROSSED = ("succession", "exit_reasons")
#: Of a breakdown, the columns that are asked for first.
_FIRST = ("Personnes", "Entrées", "Sorties", "Conclus", "Actions")

_HEADLINE, _FIGURE, _PART, _LINE, _CELL = 10_000.0, 500.0, 60.0, 8.0, 2.0
_LASTING = 2.0  # times what the same number of one year costs
_BOTH_RATES = 1.5  # what both rates divide by: dearer than one headline, cheaper than two
_TIE = 1e-2  # of two choices that cost as much, the one that hides smaller figures
_ZERO = 0.1  # and rather than a zero, which can only rise, another


def cost_of(key: Key, places: int, value: float) -> float:
    """The cost of a figure that stands in so many places."""
    is_stock = key in [(name,) for name in _STOCKS] or key[-1] in _STOCK_COLUMNS
    weight = _weight(key) * (_LASTING if is_stock else 1.0)
    return weight + places + (_TIE * log1p(value) if value else _ZERO)


def _weight(key: Key) -> float:
    if key in HEADLINES:
        return _HEADLINE * (_BOTH_RATES if key == COUNTABLE else 1.0)
    if len(key) < len(("table", "line", "column")):
        return _PART if key[-1] == UNKNOWN or "." in key[0] else _FIGURE
    table, line, column = key[:3]
    if line == TOTAL:
        return _PART
    if table in _CROSSED:
        return _CELL
    return _LINE if column in _FIRST else _CELL
