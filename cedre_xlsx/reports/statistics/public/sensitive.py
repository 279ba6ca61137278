"""What a publication leaves out whatever its size: names; health and justice unless asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cedre_xlsx.method.text import word_key
from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import label_of
from cedre_xlsx.reports.statistics.tables import breakdown_names
from cedre_xlsx.reports.statistics.values import Cell, TableRow
from cedre_xlsx.schema.settings import Settings

#: What the lines of a sum that tell of health or justice are put under.
NOT_DETAILED = "Non détaillé"

_NAMING_TABLES = ("advisors",)
_NAMING_FIELDS = ("last_name", "first_name", "precision", "label", "advisor", "request")
_SENSITIVE = (
    "santé", "maladie", "malade", "invalidité", "invalide",
    "handicap", "handicapé", "handicapée", "handicapés", "RQTH", "AAH",
    "justice", "SPIP", "PJJ",
)  # fmt: skip
_WITHOUT_TOTAL = ("freins", "publics")


def without_names(statistics: Statistics) -> Statistics:
    """The figures without anybody's name: not the lines that they count, nothing by advisor."""
    tables = {
        name: rows
        for name, rows in statistics.tables.items()
        if name not in _NAMING_TABLES and field_of(name) not in _NAMING_FIELDS
    }
    return replace(statistics, tables=tables, private=None)


def without_sensitive(statistics: Statistics, settings: Settings) -> Statistics:
    """The figures without what tells of health or justice.

    Breakdowns and lines that stand alone are left out; lines of a sum are put together, so that
    the sum still is one.
    """
    words = [word_key(word) for word in (*_SENSITIVE, *settings.sensitive_words)]

    def is_sensitive(text: str) -> bool:
        return any(f" {word} " in f" {word_key(text)} " for word in words if word)

    breakdowns = breakdown_names(list(statistics.tables))
    tables: dict[str, Sequence[TableRow]] = {}
    for name, rows in statistics.tables.items():
        if name in breakdowns and is_sensitive(name):
            continue
        told = [is_sensitive(label_of(row)) for row in rows]
        plain = [row for row, sensitive in zip(rows, told, strict=True) if not sensitive]
        if name in _WITHOUT_TOTAL or len(plain) == len(rows):
            tables[name] = tuple(plain)
        else:
            hidden = [row for row, sensitive in zip(rows, told, strict=True) if sensitive]
            tables[name] = (*plain[:-1], *_together(hidden), *plain[-1:])
    return replace(statistics, tables=tables)


def _together(rows: Sequence[TableRow]) -> Sequence[TableRow]:
    """One line a group: the last text of a line is its own, those before are of its group."""
    groups: dict[tuple[Cell, ...], dict[str, Cell]] = {}
    for row in rows:
        texts = [column for column, value in row.items() if isinstance(value, str)]
        group = tuple(row[column] for column in texts[:-1])
        if group not in groups:
            groups[group] = {**row, texts[-1]: NOT_DETAILED}
            continue
        for column, value in row.items():
            _add(groups[group], column, value)
    return tuple(groups.values())


def _add(line: dict[str, Cell], column: str, value: Cell) -> None:
    there = line[column]
    if isinstance(there, int | float) and isinstance(value, int | float):
        line[column] = there + value
