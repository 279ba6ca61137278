"""What the workbook of before says today, beside what was kept of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import name_key
from cedre_xlsx.reports.statistics.closed import BEHIND, TABLE
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    NO_STATUS,
    NO_STATUS_ID,
    STATUS_IDS,
    UNKNOWN_ID,
    Unit,
    definition_of,
    table_definition,
)
from cedre_xlsx.reports.statistics.shown import number_text, shown_label, shown_unit
from cedre_xlsx.reports.statistics.text import unit_text
from cedre_xlsx.schema.late import Late
from cedre_xlsx.schema.memory import CLOSED, COUNT, PRINT, MemoryRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.yearly.freezing import closing_rows, day_of_count, years_to_close
from cedre_xlsx.yearly.totals import kept_totals, opened_years, totals_of


def late_corrections(records: Records, old: Records) -> tuple[Late, ...]:
    """The control totals and the closed figures that `old` tells otherwise today.

    Nothing of a workbook that was not begun from another.
    """
    years = opened_years(records.memory)
    if not years:
        return ()
    year = years[-1]
    return (*_totals(records, old, year), *_figures(records, old, year))


def is_the_one_before(records: Records, old: Records) -> bool:
    """Whether a workbook can be the one that this one was begun from: it was not begun for the same
    year or a later one, and at least half of this one's people of before the year are in it.
    """
    year = opened_years(records.memory)[-1]
    if any(one >= year for one in opened_years(old.memory)):
        return False
    known = {name_key(name) for name in old.persons}
    people = [
        name_key(person.name)
        for person in records.living.persons.values()
        if any(row.registered and row.registered.year < year for row in person.pathways)
    ]
    return 2 * sum(name in known for name in people) >= len(people)


def _totals(records: Records, old: Records, year: int) -> Iterator[Late]:
    kept = kept_totals(records.memory, year)
    for total in totals_of(old, year):
        before = kept.get((total.id, COUNT))
        if before is None or (before, kept.get((total.id, PRINT))) == (total.count, total.print):
            continue
        label = total.several[:1].upper() + total.several[1:]
        yield Late(label, str(before), str(total.count))


def _figures(records: Records, old: Records, year: int) -> Iterator[Late]:
    day = day_of_count(records.memory, year)
    if day is None:
        return
    now = closing_rows(old, years_to_close(old, year), day)
    yield from differences(records.memory, tuple(now))


_PARTS = {
    "value": "", "numerator": "numérateur", "denominator": "dénominateur", "unknown": "inconnus",
}  # fmt: skip
#: How a label begins of a figure that is a part of the one above it.
_PART_OF = "dont "


def differences(before: Sequence[MemoryRow], now: Sequence[MemoryRow]) -> Iterator[Late]:
    """One for each family of figures and year, the first of it that differs; the tables of a year
    in one, by their names, with no number.
    """
    kept = {_place(row): row.number for row in before if row.sort == CLOSED}
    told: set[tuple[int, str]] = set()
    tables: dict[int, dict[str, None]] = {}
    for row in now:
        was = kept.get(_place(row))
        if was == row.number or row.holder.startswith(BEHIND):
            continue
        if row.holder.startswith(TABLE):
            title = table_definition(row.holder[len(TABLE) :]).title
            tables.setdefault(row.year, {})[title] = None
            continue
        family = row.year, row.holder.partition(".")[0]
        if family not in told:
            told.add(family)
            label = ", ".join(filter(None, [_label(row.holder), _PARTS.get(row.part, "")]))
            yield Late(label, _shown(row, was), _shown(row, row.number), row.year)
    for year, titles in tables.items():
        names = listed([title if "«" in title else f"« {title} »" for title in titles])
        yield Late(f"{'Tableau' if len(titles) == 1 else 'Tableaux'} {names}", "", "", year)


def _place(row: MemoryRow) -> tuple[int, str, str, str]:
    return row.year, row.holder, row.line, row.part


def _shown(row: MemoryRow, text: str | None) -> str:
    """A number as it is shown elsewhere: a value in the unit of its figure, else a plain count."""
    number = _number(text)
    if number is None:
        return "rien"
    unit = definition_of(row.holder).unit
    if row.part == "value":
        value = number / _MINUTES_AN_HOUR if unit is Unit.MINUTES else number
        return unit_text(value, shown_unit(row.holder))
    return number_text(number, 0 if number == int(number) else 2)


def _number(text: str | None) -> float | None:
    try:
        found = json.loads(text or "null")
    except ValueError:
        return None
    return found if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _label(identifier: str) -> str:
    """The French name of a figure; of one that stands under another, what it is of."""
    code = identifier.partition(".")[2]
    definition = definition_of(identifier)
    label = shown_label(definition.label.format(_WORDS.get(code, code)))
    return f"{definition.block}, {label}" if label.startswith(_PART_OF) else label


#: What the ids of parts stand for, as the figures are labelled.
_WORDS = {
    **{code: status.value for status, code in STATUS_IDS.items()},
    **{code: answer.value for answer, code in ANSWER_IDS.items()},
    NO_STATUS_ID: NO_STATUS,
    UNKNOWN_ID: "sans réponse ou sans code",
}
_MINUTES_AN_HOUR = 60
