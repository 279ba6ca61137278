"""The figures of closed years, as *Mémoire* keeps them: no line tells them any more.

What is read back is what was counted then, number by number; only who counts is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.frames import frames_of
from cedre_xlsx.reports.statistics.indicators import figures
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.values import Indicator, Line, Number, TableRow
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.memory import CLOSED, OPENING, MemoryRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import DATA_TABLES

_PARTS = ("value", "numerator", "denominator", "unknown")
#: How the holders begin that are tables, and that say how many people make up a sum of hours.
TABLE, BEHIND = "*", "~"
#: What of a year goes on being noted after it: how those are who left in it.
_LATER, _LATER_TABLE = "later_known", "later_situations"
#: The key of a line's object that says that it is the sum of the others; no heading is empty.
_IS_TOTAL = ""

NOTE = (
    "Année close : ses chiffres ont été gardés quand le classeur suivant a été commencé ; ses "
    "lignes sont dans le classeur d'avant."
)
LEFT = (
    "Le classeur ne dit plus rien de {year} : ses lignes sont dans un classeur d'avant. Aucun "
    "chiffre n'est donné, pas même un zéro."
)


def closed_rows(statistics: Statistics) -> Iterator[MemoryRow]:
    """What is kept of a year's figures and tables."""
    year = statistics.year
    for one in statistics.indicators:
        for part in _PARTS:
            yield _row(year, one.id, "", part, getattr(one, part))
    for name, rows in statistics.tables.items():
        if not rows:
            yield _row(year, f"{TABLE}{name}", "", "", None)
        for row in rows:
            labels = dict(row.labels)
            if row.is_total:
                labels[_IS_TOTAL] = "1"
            line = json.dumps(labels, ensure_ascii=False)
            for column, number in row.cells.items():
                yield _row(year, f"{TABLE}{name}", line, column, number)


def behind_row(year: int, span: int, key: Sequence[str], people: int) -> MemoryRow:
    """How many people make up a sum of hours, which a publication asks."""
    return _row(year, f"{BEHIND}{span}", json.dumps(list(key), ensure_ascii=False), "", people)


def _row(year: int, holder: str, line: str, part: str, number: Number) -> MemoryRow:
    return MemoryRow(
        row=0, sort=CLOSED, year=year, holder=holder, line=line, part=part,
        number=json.dumps(number),
    )  # fmt: skip


def closed_years(records: Records) -> tuple[int, ...]:
    """The years whose figures are kept, in their order."""
    return tuple(sorted({row.year for row in records.memory if row.sort == CLOSED}))


def closed_year(records: Records, year: int, on: date) -> Statistics | None:
    """The figures of a year whose lines are in a workbook of before: as they are kept, or silent.

    None for a year that the lines of this workbook tell of.
    """
    known = closed_years(records)
    begun = max((row.year for row in records.memory if row.sort == OPENING), default=0)
    if year >= begun and (not known or year > known[-1]):
        return None
    blank = _blank(records.settings, year, on)
    if year not in known:
        return _silent(blank, year)
    own = [row for row in records.memory if row.sort == CLOSED and row.year == year]
    return Statistics(
        year=year,
        indicators=_all(blank, tuple(_indicators(own, {one.id: one.label for one in blank}))),
        tables=_tables(own),
        note=NOTE,
    )


def with_later_of(closed: Statistics, lines: Statistics) -> Statistics:
    """A closed year with what is noted since of its exits, six months later, where the lines of
    the workbook still are all of its exits.
    """
    known = {one.id: one for one in lines.indicators}
    before = {one.id: one for one in closed.indicators}
    if not all("exits" in one and _LATER in one for one in (known, before)):
        return closed
    if known["exits"].value != before["exits"].value or _LATER_TABLE not in closed.tables:
        return closed
    return replace(
        closed,
        indicators=tuple(known[_LATER] if o.id == _LATER else o for o in closed.indicators),
        tables={**closed.tables, _LATER_TABLE: lines.tables.get(_LATER_TABLE, ())},
    )


def behind_sums(records: Records, year: int, span: int) -> Mapping[tuple[str, ...], int]:
    """How many people make up each sum of hours of a closed year."""
    holder = f"{BEHIND}{span}"
    found = {}
    for row in records.memory:
        if row.sort == CLOSED and row.year == year and row.holder == holder:
            key, people = _parsed(row.line), _parsed(row.number)
            if isinstance(key, list) and isinstance(people, int):
                found[tuple(map(str, key))] = people
    return found


def _blank(settings: Settings, year: int, on: date) -> tuple[Indicator, ...]:
    """Every figure of a workbook without lines nor packs, for its words."""
    bare = (Table(spec, spec.sheet, 1, {}, ()) for spec in DATA_TABLES)
    people, follow_ups, engagements, missions, barriers = bare
    nothing = Records(settings, people, follow_ups, engagements, missions, barriers)
    counted = figures(Year(year, on, settings, frames_of(nothing, on)))
    return tuple(one.indicator for one in counted)


def _silent(blank: Sequence[Indicator], year: int) -> Statistics:
    silent = tuple(map(_without_value, blank))
    return Statistics(year, silent, {}, LEFT.format(year=year), is_silent=True)


def _without_value(one: Indicator) -> Indicator:
    return Indicator(one.id, one.label, None, None, None, None, one.definition)


def _all(blank: Sequence[Indicator], kept: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The figures that are kept; then those that are new since, without a value."""
    known = {one.id for one in kept}
    return (*kept, *(_without_value(one) for one in blank if one.id not in known))


def _indicators(rows: Sequence[MemoryRow], labels: Mapping[str, str]) -> Iterator[Indicator]:
    parts: dict[str, dict[str, Number]] = {}
    for row in rows:
        if not row.holder.startswith((TABLE, BEHIND)) and row.part in _PARTS:
            parts.setdefault(row.holder, {})[row.part] = _number(row)
    for identifier, own in parts.items():
        try:
            definition = definition_of(identifier)
        except KeyError:
            continue  # a figure of another version, which this one has no word for
        value, numerator, denominator, unknown = (own.get(part) for part in _PARTS)
        label = labels.get(identifier) or definition.label.format(identifier.partition(".")[2])
        yield Indicator(
            identifier, label, value, numerator, denominator,
            None if unknown is None else int(unknown), definition.whole,
        )  # fmt: skip


def _tables(rows: Sequence[MemoryRow]) -> Mapping[str, Sequence[TableRow]]:
    lines: dict[str, dict[str, dict[str, Number]]] = {}
    for row in rows:
        if row.holder.startswith(TABLE):
            own = lines.setdefault(row.holder[len(TABLE) :], {})
            if row.line:
                own.setdefault(row.line, {})[row.part] = _number(row)
    return {name: tuple(_lines(own)) for name, own in lines.items()}


def _lines(own: Mapping[str, Mapping[str, Number]]) -> Iterator[TableRow]:
    for line, cells in own.items():
        labels = _parsed(line)
        if isinstance(labels, dict):
            is_total = labels.pop(_IS_TOTAL, None) is not None
            texts = {str(heading): str(text) for heading, text in labels.items()}
            yield Line(texts, dict(cells), is_total)


def _number(row: MemoryRow) -> Number:
    found = _parsed(row.number)
    return found if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
