"""What a publication leaves out whatever its size: names; health and justice unless asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cedre_xlsx.method.choices import singular
from cedre_xlsx.method.sensitive import HEALTH_AND_JUSTICE, STEMS, without_points
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.tables import breakdown_names
from cedre_xlsx.reports.statistics.values import Line, TableRow
from cedre_xlsx.schema.settings import Settings

#: What the lines of a sum that tell of health or justice are put under.
NOT_DETAILED = "Non détaillé"

_NAMING_TABLES = ("advisors",)
#: What tells the team about the months to come, and about the workbook itself.
_TEAM_TABLES = ("load", "completeness")
#: Who is there at the end is who was there less who left: a few exits would hide the active file.
_TEAM_COLUMNS = {"lengths": ("Présentes",)}
_NAMING_FIELDS = ("last_name", "first_name", "precision", "label", "advisor", "request")
#: These tell of it where they stand alone: "Traitement de texte", "Détention du permis" do not.
_SENSITIVE_ALONE = ("traitement", "traitement en cours", "bracelet", "détention")


def without_names(statistics: Statistics) -> Statistics:
    """The figures without anybody's name: not the lines that they count, nothing by advisor."""
    tables = {
        name: _without_columns(rows, _TEAM_COLUMNS.get(name, ()))
        for name, rows in statistics.tables.items()
        if name not in (*_NAMING_TABLES, *_TEAM_TABLES) and field_of(name) not in _NAMING_FIELDS
    }
    return replace(statistics, tables=tables, private=None)


def _without_columns(rows: Sequence[TableRow], columns: Sequence[str]) -> Sequence[TableRow]:
    if not columns:
        return rows
    return tuple(
        replace(row, cells={name: one for name, one in row.cells.items() if name not in columns})
        for row in rows
    )


def sensitive_teller(settings: Settings) -> Callable[..., bool]:
    """What says whether some short texts tell of health or justice, one of them being enough."""
    words = [_compared(word) for word in (*HEALTH_AND_JUSTICE, *settings.sensitive_words)]
    stems = tuple(f" {word_key(stem)}" for stem in STEMS)
    alone = {_compared(word) for word in _SENSITIVE_ALONE}

    def is_sensitive(*texts: str) -> bool:
        keys = [_compared(text) for text in texts]
        return any(
            key in alone
            or any(f" {word} " in f" {key} " for word in words if word)
            or any(stem in f" {key}" for stem in stems)
            for key in keys
        )

    return is_sensitive


def without_sensitive(statistics: Statistics, settings: Settings) -> Statistics:
    """The figures without what tells of health or justice.

    Breakdowns and lines that stand alone are left out; lines of a sum are put together, so that
    the sum still is one.
    """
    is_sensitive = sensitive_teller(settings)
    breakdowns = breakdown_names(list(statistics.tables))
    tables: dict[str, Sequence[TableRow]] = {}
    for name, rows in statistics.tables.items():
        if name in breakdowns and is_sensitive(name):
            continue
        hidden = [row for row in rows if not row.is_total and is_sensitive(*row.labels.values())]
        plain = [row for row in rows if row not in hidden]
        total = [row for row in plain if row.is_total]
        if total and hidden:
            plain = [*plain[:-1], *_together(hidden), *total]
        tables[name] = tuple(plain)
    return replace(statistics, tables=tables)


def _compared(text: str) -> str:
    return singular(word_key(without_points(fold(text))))


def _together(rows: Sequence[TableRow]) -> Sequence[TableRow]:
    """One line a group: the last label of a line is its own, those before are of its group."""
    groups: dict[tuple[str, ...], list[TableRow]] = {}
    for row in rows:
        groups.setdefault(tuple(row.labels.values())[:-1], []).append(row)
    return tuple(
        Line(
            dict(zip(own[0].labels, (*group, NOT_DETAILED), strict=True)),
            {column: sum(row.cells[column] or 0 for row in own) for column in own[0].cells},
        )
        for group, own in groups.items()
    )
