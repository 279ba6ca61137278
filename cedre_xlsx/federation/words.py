"""The words that a part may hold: ids of figures, names of tables, their headings and labels.

All are of lists of the method, and the same for everybody; what a team calls otherwise is "Autre".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256

from cedre_xlsx.federation.lists import AHEAD, LATER, OTHER, PAST, PERIODS, UNDATED, shape_of
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    BREAKDOWN_TEXT,
    DEFINITIONS,
    NO_STATUS,
    NO_STATUS_ID,
    STATUS_IDS,
    TABLES,
    UNKNOWN_ID,
    Unit,
    definition_of,
)
from cedre_xlsx.reports.statistics.tables import TOTAL
from cedre_xlsx.schema.tables import PEOPLE

#: The member of a family that stands for a team's own types.
OTHER_ID = "other"
_TYPES = {kind.code: kind.name for kind in TYPES}
#: The members of each family of figures, and what their labels say.
_MEMBERS: Mapping[str, Mapping[str, str]] = {
    "engagements_signed": {**_TYPES, OTHER_ID: "autre type", UNKNOWN_ID: "type inconnu"},
    "engagements_reviewed": {
        **{identifier: str(answer) for answer, identifier in ANSWER_IDS.items()},
        UNKNOWN_ID: "sans réponse",
    },
    "actions": {
        **{identifier: str(status) for status, identifier in STATUS_IDS.items()},
        NO_STATUS_ID: NO_STATUS,
        **_TYPES,
        OTHER_ID: "autre type",
        UNKNOWN_ID: "sans code d'engagement",
    },
}
#: The families with a figure a type.
_TYPED = ("engagements_signed", "actions")
_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2]|T[1-4]|S[12])")
#: Headings whose labels are periods.
_DATED = (*PERIODS, AHEAD)


@cache
def figure_labels() -> Mapping[str, str]:
    """The label of every figure that a part may hold, by its id, in the order of the report."""
    found: dict[str, str] = {}
    for one in DEFINITIONS:
        family, dot, _ = one.id.partition(".")
        if dot:
            for member, text in _MEMBERS[family].items():
                found[f"{family}.{member}"] = one.label.format(text)
        else:
            found[one.id] = one.label
    return found


@cache
def definitions_digest() -> str:
    """A print of the ids, definitions and lists by which a part counts: parts of another print do
    not add up with it.
    """
    said = [f"{one.id}|{one.unit}|{one.whole}" for one in DEFINITIONS]
    said += [f"{one.name}|{one.text}" for one in TABLES]
    said += [repr(shape_of(one.name)) for one in TABLES]
    said += [BREAKDOWN_TEXT, *figure_labels()]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def figure_id(identifier: str, own_types: Mapping[str, str]) -> str:
    """The id by which a part gives a figure; `own_types` gives the method's code of a team's own,
    "" for one that the method does not know.
    """
    family, dot, member = identifier.partition(".")
    if not dot or family not in _TYPED or member not in own_types:
        return identifier
    return f"{family}.{own_types.get(member) or OTHER_ID}"


def table_name(name: str) -> str:
    """The name by which a part gives a table; "" where it gives it under none."""
    if shape_of(name) is None:
        return ""
    field = field_of(name)
    is_ours = any(name == one.name for one in TABLES)
    return name if is_ours or not field else PEOPLE.columns[field].header


def label_of(table: str, heading: str, text: str) -> str | None:
    """The label by which a part gives a line's; None of a line that it leaves out."""
    shape = shape_of(table)
    if shape is None or heading not in shape.labels:
        return None
    if text == TOTAL or (heading in _DATED and _is_period(text)):
        return text
    known = _known(table, heading).get(word_key(text) or text)
    return known if known is not None or not shape.has_other else OTHER


def _is_period(text: str) -> bool:
    return text in (PAST, LATER, UNDATED) or _PERIOD.fullmatch(text) is not None


@cache
def _known(table: str, heading: str) -> Mapping[str, str]:
    shape = shape_of(table)
    assert shape is not None, "asked only of a table that there is"
    return {word_key(label) or label: label for label in reversed(shape.labels[heading])}


def is_label(table: str, heading: str, text: str) -> bool:
    """Whether a part may hold this label as it stands."""
    return text == "" or label_of(table, heading, text) == text


def is_column(table: str, column: str) -> bool:
    """Whether a part may hold a number under this heading."""
    shape = shape_of(table)
    return shape is not None and column in shape.columns


def order_of(table: str, labels: Mapping[str, str]) -> tuple[object, ...]:
    """Where a line comes in its table: by its lists, by date, its total last."""
    shape = shape_of(table)
    assert shape is not None, "asked only of a table that there is"
    ranks = [(shape.ranks(heading).get(text, len(shape.labels[heading])), text)
             for heading, text in labels.items()]  # fmt: skip
    if AHEAD in labels:
        ahead = {PAST: -1, LATER: 1, UNDATED: 2}
        ranks = [(ahead.get(labels[AHEAD], 0), labels[AHEAD])]
    return (TOTAL in labels.values(), *ranks)


def column_order(table: str, columns: Sequence[str]) -> list[str]:
    """The columns of a table in their order."""
    shape = shape_of(table)
    assert shape is not None, "asked only of a table that there is"
    return [one for one in shape.columns if one in columns]


def unit_of(identifier: str) -> Unit:
    """The unit of a figure."""
    return definition_of(identifier).unit
