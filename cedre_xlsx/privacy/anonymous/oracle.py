"""The statistics themselves say whether a figure moved, by which lines, and what is to be added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cedre_xlsx.reports.statistics.compute import count_year, counted_again, years_covered
from cedre_xlsx.reports.statistics.frames import frames_of
from cedre_xlsx.reports.statistics.gone import (
    PARTS,
    Gone,
    GoneLine,
    GoneYear,
    LineKey,
    table_line_key,
)
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.reports.statistics.values import Line, Number
from cedre_xlsx.reports.statistics.year import Year
from cedre_xlsx.schema.records import Records

#: A count: its day, and the year that is counted.
When = tuple[date, int]
#: What one line counts for: where (figure or table, labels, part), its sheet and its row.
_Share = tuple[str, tuple[str, ...], str, str, int]
_EXACT = 6  # decimals, of what a line counts for
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Difference:
    """A number of one count that is not what it was."""

    when: When
    holder: str  # the id of a figure, or a table's name after a "*"
    labels: Mapping[str, str]
    part: str
    before: Number
    after: Number
    is_total: bool = False

    @property
    def said(self) -> str:
        """Where it stands, in French."""
        line = " · ".join(filter(None, self.labels.values()))
        holder = f"tableau {self.holder[1:]}" if self.holder.startswith("*") else self.holder
        place = ", ".join(filter(None, (holder, line, self.part)))
        return f"{place} de {self.when[1]} : {self.before} avant, {self.after} après"


class Counts:
    """The statistics of some records, at several days of count."""

    def __init__(self, records: Records, whens: Sequence[When]) -> None:
        self.covered = years_covered(records)
        frames = {day: frames_of(records, day) for day in dict.fromkeys(day for day, _ in whens)}
        self.of: dict[When, Statistics] = {
            (day, year): count_year(Year(year, day, records.settings, frames[day]), self.covered)
            for day, year in whens
        }

    def again(self, gone: Gone) -> Counts:
        """The same lines, with other numbers added to what they say."""
        made = object.__new__(Counts)
        made.covered = self.covered
        made.of = {when: counted_again(one, gone, self.covered) for when, one in self.of.items()}
        return made


def differences(before: Counts, after: Counts) -> list[Difference]:
    """All that is not what it was."""
    return [one for when in before.of for one in _between(when, before.of[when], after.of[when])]


def _between(when: When, before: Statistics, after: Statistics) -> Iterator[Difference]:
    if (before.note, before.is_silent) != (after.note, after.is_silent):
        yield Difference(when, "note", {}, "", int(before.is_silent), int(after.is_silent))
    news = {one.id: one for one in after.indicators}
    for one in before.indicators:
        other = news[one.id]
        for part in ("value", "numerator", "denominator", "unknown"):
            was, now = getattr(one, part), getattr(other, part)
            if not _same(was, now):
                yield Difference(when, one.id, {}, part, was, now)
    if list(before.tables) != list(after.tables):
        yield Difference(when, "tables", {}, "", len(before.tables), len(after.tables))
    for name in before.tables:
        yield from _between_tables(when, name, before.tables[name], after.tables.get(name, ()))


def _between_tables(
    when: When, name: str, before: Sequence[Line[Number]], after: Sequence[Line[Number]]
) -> Iterator[Difference]:
    olds, news = _lines(name, before), _lines(name, after)
    for key in dict.fromkeys((*olds, *news)):
        old, new = olds.get(key), news.get(key)
        known = old or new
        assert known is not None
        for part in known.cells:
            was = old.cells[part] if old else 0
            now = new.cells[part] if new else 0
            if old is None or new is None or not _same(was, now):
                yield Difference(when, f"*{name}", known.labels, part, was, now, key[1])
    if list(olds) == list(news) and [_said(row) for row in before] != [_said(row) for row in after]:
        yield Difference(when, f"*{name}", {}, "intitulés", len(before), len(after))
    if list(olds) != list(news) and set(olds) == set(news):
        yield Difference(when, f"*{name}", {}, "ordre", len(before), len(after))


def _said(row: Line[Number]) -> tuple[str, ...]:
    return tuple(row.labels.values())


def _lines(name: str, rows: Sequence[Line[Number]]) -> dict[tuple[LineKey, bool], Line[Number]]:
    return {(table_line_key(name, row.labels), row.is_total): row for row in rows}


def _same(was: Number, now: Number) -> bool:
    if was is None or now is None:
        return was is now
    return abs(was - now) < _NEAR


def shares(one: Statistics) -> dict[_Share, float]:
    """What each line of the workbook counts for in each number of a year."""
    known = one.private
    assert known is not None, "a publication tells of no line"
    found: dict[_Share, float] = {}
    for figure in known.figures.values():
        for part in ("counted", "unknown", "others"):
            _add(found, (figure.id, (), part), getattr(figure, part))
    for name, rows in known.cells.items():
        for row in rows:
            if not row.is_total:
                for part, lines in row.cells.items():
                    _add(found, (f"*{name}", tuple(row.labels.values()), part), lines)
    return found


def _add(
    found: dict[_Share, float], place: tuple[str, tuple[str, ...], str], lines: Selection | None
) -> None:
    if lines is None or not len(lines):
        return
    rows = lines.source.frame["row"].loc[lines.places.tolist()].tolist()
    for row, amount in zip(rows, lines.by_place().values(), strict=True):
        found[*place, lines.source.sheet, row] = round(amount, _EXACT)


def responsible(
    found: Sequence[Difference], before: Counts, after: Counts, names: Mapping[tuple[str, int], str]
) -> set[str]:
    """Whose lines do not count for what they did, where something moved; `names` are theirs by
    sheet and row.
    """
    guilty: set[str] = set()
    for when in dict.fromkeys(one.when for one in found):
        holders = {one.holder for one in found if one.when == when}
        old, new = shares(before.of[when]), shares(after.of[when])
        for share in old.keys() | new.keys():
            if share[0] in holders and old.get(share) != new.get(share):
                name = names.get(share[3:])
                if name is not None:
                    guilty.add(name)
    return guilty


def to_add(found: Sequence[Difference], on: date) -> dict[int, GoneYear]:
    """What makes up for these differences, year by year: as the count of that day has them, and of
    a year that has not begun then, as the later count does.

    Totals follow their lines, and a value its numerator.
    """
    figures: defaultdict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    tables: defaultdict[int, dict[str, dict[LineKey, GoneLine]]] = defaultdict(dict)
    for one in found:
        if (one.when[0] == on) != (one.when[1] <= on.year) or one.before is None:
            continue
        more = round(one.before - (one.after or 0))
        year = one.when[1]
        if not one.holder.startswith("*"):
            if one.part in PARTS:
                figures[year][one.holder, one.part] = more
            continue
        if one.is_total or not one.labels:
            continue
        lines = tables[year].setdefault(one.holder[1:], {})
        key = table_line_key(one.holder[1:], one.labels)
        known = lines.get(key, GoneLine(one.labels, {}))
        lines[key] = replace(known, cells={**known.cells, one.part: more})
    years = figures.keys() | tables.keys()
    return {year: GoneYear(figures[year], tables[year]) for year in sorted(years)}
