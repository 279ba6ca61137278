"""The figures of a year that are published: their names, and where each stands.

A figure that stands in several places (the entries of the year, alone and under each table) is one
figure, which is shown everywhere or hidden everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import ExitCategory
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID, field_of
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    NO_STATUS_ID,
    STATUS_IDS,
    UNKNOWN_ID,
    Unit,
    definition_of,
)
from cedre_xlsx.reports.statistics.later_states import NOT_KNOWN
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.publics import LINES, WORKERS
from cedre_xlsx.reports.statistics.tables import TOTAL, breakdown_names
from cedre_xlsx.reports.statistics.values import Indicator, TableRow

#: What names a figure: an indicator (and its part), or a table, a line and a column.
Key = tuple[str, ...]

VALUE, NUMERATOR, DENOMINATOR, UNKNOWN = "value", "numerator", "denominator", "unknown"
UNDOCUMENTED: Key = ("exits", NOT_SAID, "Comptées")
DYNAMIC: Key = ("dynamic_exit_rate", NUMERATOR)
#: The columns of the tables whose total is an indicator.
_TOTALS: Mapping[str, Mapping[str, Key]] = {
    "months": {
        "Entrées": ("entries",),
        "Sorties": ("exits",),
        "Engagements conclus": ("engagements_signed",),
        "Engagements évalués": ("engagements_reviewed",),
        "Actions": ("actions",),
        "Heures de mission": ("mission_hours",),
    },
    "types": {
        "Conclus": ("engagements_signed",),
        "Signés": ("engagements_with_signature",),
        "En cours": ("engagements_open",),
        "Évalués": ("engagements_reviewed",),
        **{one.value: (f"engagements_reviewed.{name}",) for one, name in ANSWER_IDS.items()},
        "Sans réponse": (f"engagements_reviewed.{UNKNOWN_ID}",),
        "Actions": ("actions",),
    },
    "exits": {"Sorties": ("exits",), "Comptées": ("exits_countable",)},
    "exit_reasons": {"Sorties": ("exits",), "Comptées": ("exits_countable",)},
    "later_situations": {"Sorties": ("exits",)},
    "clients": {"Heures de mission": ("mission_hours",)},
    "lengths": {
        "Sorties": ("exits",),
        "Sorties comptées": ("exits_countable",),
        "Sorties dynamiques": DYNAMIC,
    },
    "weeks": {"Personnes": ("people_in_mission",)},
}
#: The columns that the two tables of freins have in common.
_OF_BARRIERS = ("Personnes", "Levés dans l'année")
_BREAKDOWN_TOTALS: Mapping[str, Key] = {
    "Personnes": ("active",),
    "Entrées": ("entries",),
    "Sorties": ("exits",),
    "Sorties comptées": ("exits_countable",),
    "Sorties dynamiques": DYNAMIC,
}


def _counted(category: ExitCategory) -> Key:
    return ("exits", category.value, "Comptées")


def later_key(state: str) -> Key:
    """The name of the exits of which that is known six months later."""
    return ("later_situations", state, "Sorties")


#: What else is one figure under two names.
_SAME: Mapping[Key, Key] = {
    ("exits_countable", UNKNOWN): UNDOCUMENTED,
    ("dynamic_exit_rate", UNKNOWN): UNDOCUMENTED,
    ("durable_exit_rate", UNKNOWN): UNDOCUMENTED,
    ("dynamic_exit_rate", DENOMINATOR): ("exits_countable",),
    ("durable_exit_rate", DENOMINATOR): ("exits_countable",),
    ("durable_exit_rate", NUMERATOR): _counted(ExitCategory.DURABLE),
    ("later_known", UNKNOWN): later_key(NOT_KNOWN),
    ("etp", NUMERATOR): ("mission_hours",),
    ("etp", UNKNOWN): ("mission_hours", UNKNOWN),
    ("weeks_worked_median", DENOMINATOR): ("people_in_mission",),
    ("weeks_worked_median", UNKNOWN): ("mission_hours", UNKNOWN),
    ("ceiling_over", UNKNOWN): ("ceiling_near", UNKNOWN),
    ("internships", UNKNOWN): ("immersions", UNKNOWN),
    ("active_per_support", NUMERATOR): ("active",),
    ("active_per_support", UNKNOWN): ("active", UNKNOWN),
    ("active_per_supervision", NUMERATOR): ("active",),
    ("active_per_supervision", UNKNOWN): ("active", UNKNOWN),
    ("publics", WORKERS, "Personnes"): ("people_in_mission",),
    ("publics", "Total des sorties examinées", "Personnes"): ("exits_countable",),
    ("publics", "Total des sorties examinées", NOT_SAID): UNDOCUMENTED,
    ("publics", "dont en emploi durable", "Personnes"): _counted(ExitCategory.DURABLE),
    ("publics", "dont en emploi de transition", "Personnes"): _counted(ExitCategory.TRANSITION),
    ("publics", "dont sorties positives", "Personnes"): _counted(ExitCategory.POSITIVE),
}


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Where a figure stands: a part of an indicator (`row` None), or a cell of a table."""

    holder: str
    row: int | None
    part: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in one of its places. Hours and minutes are magnitudes, all others are counts."""

    key: Key
    value: float
    place: FigurePlace
    is_magnitude: bool


def shown_in(statistics: Statistics) -> Iterator[Shown]:
    """Every number of a publication but the rates and the medians, which follow from them."""
    for one in statistics.indicators:
        yield from _of_indicator(one)
    for name, rows in statistics.tables.items():
        for index, row in enumerate(rows):
            for column, value in row.cells.items():
                if value is not None:
                    key = cell_key(statistics, name, row, column)
                    place = FigurePlace(name, index, column)
                    yield Shown(key, float(value), place, isinstance(value, float))


def _of_indicator(one: Indicator) -> Iterator[Shown]:
    unit = definition_of(one.id).unit
    is_magnitude = unit in (Unit.HOURS, Unit.MINUTES, Unit.FTE)
    parts: dict[str, float | None] = {UNKNOWN: one.unknown}
    if unit in (Unit.FTE, Unit.RATIO):  # what they divide by is a setting, which may be lacking
        parts[NUMERATOR] = one.numerator
    elif one.denominator is None:
        parts[VALUE] = one.value
    else:
        parts[NUMERATOR], parts[DENOMINATOR] = one.numerator, one.denominator
    for part, value in parts.items():
        if value is not None:
            key = indicator_key(one.id, part)
            yield Shown(
                key, float(value), FigurePlace(one.id, None, part), is_magnitude and part != UNKNOWN
            )


def indicator_key(identifier: str, part: str = VALUE) -> Key:
    """The name of one part of an indicator."""
    if part == VALUE:
        return (identifier,)
    family, dot, member = identifier.partition(".")
    if part == UNKNOWN and dot and member not in (UNKNOWN_ID, NO_STATUS_ID):
        is_status = member in STATUS_IDS.values()  # what one has not counts as one more
        return (f"{family}.{NO_STATUS_ID if is_status else UNKNOWN_ID}",)
    return _SAME.get((identifier, part), (identifier, part))


def cell_key(statistics: Statistics, table: str, row: TableRow, column: str) -> Key:
    """The name of the figure in a cell of a table."""
    label = row.label
    is_breakdown = table in breakdown_names(list(statistics.tables))
    if row.is_total:
        known = _BREAKDOWN_TOTALS if is_breakdown else _TOTALS.get(table, {})
        return known.get(column, (table, TOTAL, column))
    if table == "freins_levels" and column in _OF_BARRIERS:
        return ("freins", label, column)
    if table == "types":
        return type_key(row.labels["Engagement"], column)
    if table == "publics" and column == NOT_SAID and label in LINES:
        return ("publics", LINES[label], NOT_SAID)
    if is_breakdown:
        return breakdown_key(table, label, column)
    return _SAME.get((table, label, column), (table, label, column))


_EXIT_COLUMNS = {"Sorties": "Sorties", "Sorties comptées": "Comptées"}


def type_key(code: str, column: str) -> Key:
    """The name of a figure of a type of engagement."""
    families = {"Conclus": "engagements_signed", "Actions": "actions"}
    if column not in families:
        return ("types", code, column)
    return (f"{families[column]}.{UNKNOWN_ID if code == NOT_SAID else code}",)


def breakdown_key(table: str, label: str, column: str) -> Key:
    """The name of a figure of a breakdown: from one year to another a spelling may differ."""
    if field_of(table) == "exit_category" and column in _EXIT_COLUMNS:
        return ("exits", label, _EXIT_COLUMNS[column])
    return (table, word_key(label) or label, column)
