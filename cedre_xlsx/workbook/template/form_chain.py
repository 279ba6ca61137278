"""The rows of one person, found in hidden `Listes` without dynamic arrays.

A chain of MATCH: the first hit, then each next one in what lies below the last. It sees rows
below the tables, and survives inserted, sorted and moved rows. Dates of follow-up lines may stand
inside a text ("18/04/03 tél"): each line has a key, and the keys are ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cedre_xlsx.method.days import EPOCH
from cedre_xlsx.schema.lists import FORM_COLUMNS
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import HEADER_ROW, LISTS_SHEET, PEOPLE, TableSpec
from cedre_xlsx.workbook.styles import HEADER
from cedre_xlsx.workbook.template.book import Book, CachedValue
from cedre_xlsx.workbook.template.cells import write
from cedre_xlsx.workbook.template.filling import FilledRow
from cedre_xlsx.workbook.template.form_dates import (
    day_of_line,
    padded_text,
    slash_place,
)
from cedre_xlsx.workbook.template.form_live import Live, bare_cell, pattern, raw, same
from cedre_xlsx.workbook.template.lists_sheet import FIRST_ROW, NAMES_NAME, PEOPLE_ROWS, person_name

#: The forms' columns of `Listes` begin here.
FIRST_COLUMN = FORM_COLUMNS.start
#: How many pathways of one person are compared.
_PATHWAYS = 10
_UNDATED = (date.max - EPOCH).days
_PLACES = 10_000  # ranks of rows fit in it: date × 10,000 + rank is a whole number


class Helper:
    """One column of `Listes`: its title in row 1, cells from row 2 on."""

    def __init__(self, book: Book, index: int, title: str) -> None:
        self._book = book
        self.letter = column_letter(index)
        write(book.lists, f"{self.letter}1", title, HEADER)

    def put(self, row: int, live: Live) -> Live:
        """Write a formula; gives the reference that other cells read it by."""
        self._book.formula(self._book.lists, f"{self.letter}{row}", f"={live.formula}", live.value)
        return Live(self.at(row), live.value)

    def at(self, row: int) -> str:
        """The address of a cell, for any sheet."""
        return f"{LISTS_SHEET}!${self.letter}${row}"


@dataclass(frozen=True, slots=True)
class Hits:
    """The rows of a table whose column holds the text looked for, `shown` of `count`.

    The last ones are shown, each as the number of its row in the sheet, "" once there are none.
    """

    count: Live
    shown: tuple[Live, ...]


def draw_hits(
    book: Book, index: int, title: str, spec: TableSpec[Any], rows: Sequence[FilledRow],
    searched: Live, size: int,
) -> Hits:  # fmt: skip
    """The chain of one person's rows in the column `index` of `Listes`, their count above.

    `searched` is a cell with the person's name, "" for nobody. Of more than `size` rows, the
    last ones are kept: one search of the whole column finds where to begin.
    """
    column = Helper(book, index, title)
    letter = column_letter(list(spec.columns).index("person") + 1)
    names = f"{spec.sheet}!${letter}:${letter}"
    found = [
        rank + HEADER_ROW
        for rank, row in enumerate(rows, start=1)
        if searched.value and same(raw(row, "person"), searched.value)
    ]
    name, wanted = searched.formula, pattern(searched).formula
    count = column.put(2, Live(f'IF({name}="",0,COUNTIF({names},"="&{wanted}))', len(found)))
    first = f"MATCH({wanted},{names},0)"
    late = f"SUMPRODUCT(LARGE(({names}={name})*ROW({names}),{size}))"
    start = (
        f'IF({name}="","",IFERROR(IF({count.formula}>{size},{late},{first}),IFERROR({first},"")))'
    )
    return Hits(count, _draw_chain(column, names, wanted, start, _padded(found[-size:], size)))


def _draw_chain(
    column: Helper, names: str, wanted: str, start: str, values: Sequence[CachedValue]
) -> tuple[Live, ...]:
    drawn = [column.put(FIRST_ROW, Live(start, values[0]))]
    for row, value in enumerate(values[1:], start=FIRST_ROW + 1):
        above = column.at(row - 1)
        below = f"INDEX({names},{above}+1):INDEX({names},ROWS({names}))"
        formula = f'IF(ISNUMBER({above}),IFERROR(MATCH({wanted},{below},0)+{above},""),"")'
        drawn.append(column.put(row, Live(formula, value)))
    return tuple(drawn)


def draw_in_date_order(
    book: Book, index: int, title: str, spec: TableSpec[Any], field: str,
    rows: Sequence[FilledRow], hits: Hits,
) -> tuple[Live, ...]:  # fmt: skip
    """The same rows by the date of a field, in five columns of `Listes` from `index` on.

    A line without a date follows the one above it; lines of one day stay in their order.
    """
    titles = ("texte", "barre", "date", "rang", "ligne")
    text, slash, key, rank, line = (
        Helper(book, index + shift, f"{title} : {name}") for shift, name in enumerate(titles)
    )
    days = [Live("0", 0)]
    for row, hit in enumerate(hits.shown, start=FIRST_ROW):
        cell = bare_cell(spec, rows, hit, field)
        plain = text.put(row, padded_text(hit, cell))
        place = slash.put(row, slash_place(plain))
        days.append(key.put(row, day_of_line(hit, cell, plain, place, days[-1])))
    ranks = _draw_ranks(rank, days[1:])
    area = _area(hits.shown)
    drawn = []
    for order in range(1, len(ranks) + 1):
        formula = f'IFERROR(INDEX({area},MATCH({order},{_area(ranks)},0)),"")'
        found = [
            hit.value for hit, one in zip(hits.shown, ranks, strict=True) if one.value == order
        ]
        drawn.append(line.put(FIRST_ROW + order - 1, Live(formula, found[0] if found else "")))
    return tuple(drawn)


def _draw_ranks(column: Helper, days: Sequence[Live]) -> tuple[Live, ...]:
    """The place of each day, those of the same day in their order."""
    drawn = []
    for at, own in enumerate(days):
        so_far = days[: at + 1]
        formula = (
            f'IF(ISNUMBER({own.formula}),COUNTIF({_area(days)},"<"&{own.formula})'
            f'+COUNTIF({_area(so_far)},{own.formula}),"")'
        )
        value: int | str = ""
        if isinstance(own.value, int):
            earlier = sum(isinstance(d.value, int) and d.value < own.value for d in days)
            value = earlier + sum(day.value == own.value for day in so_far)
        drawn.append(column.put(FIRST_ROW + at, Live(formula, value)))
    return tuple(drawn)


def _area(cells: Sequence[Live]) -> str:
    """The range from the first of these cells of one column to the last."""
    return f"{cells[0].formula}:{cells[-1].formula.partition('!')[2]}"


def draw_latest_pathway(
    book: Book, index: int, title: str, rows: Sequence[FilledRow], searched: Live
) -> Live:
    """The row of `Personnes` with the person's latest pathway, in two columns of `Listes`.

    Gives "" for a name that is not there. The latest is the one registered last, else received
    last; one without any date comes after the others.
    """
    place, key = (Helper(book, index + n, f"{title} : {t}") for n, t in enumerate(("rang", "date")))
    name, wanted = searched.formula, pattern(searched).formula
    start = f'IF({name}="","",IFERROR(MATCH({wanted},{NAMES_NAME},0),""))'
    found = [
        rank
        for rank, row in enumerate(rows[:PEOPLE_ROWS], start=1)
        if searched.value and same(person_name(row), searched.value)
    ]
    places = _draw_chain(place, NAMES_NAME, wanted, start, _padded(found[:_PATHWAYS], _PATHWAYS))
    keys = [
        key.put(row, _pathway_key(rows, one)) for row, one in enumerate(places, start=FIRST_ROW)
    ]
    head = f"ROW({PEOPLE.sheet}!$A${HEADER_ROW})"
    area = _area(keys)
    formula = f'IFERROR(INDEX({_area(places)},MATCH(MAX({area}),{area},0))+{head},"")'
    best = max((one.value for one in keys if isinstance(one.value, int)), default=0)
    return place.put(2, Live(formula, best % _PLACES + HEADER_ROW if best else ""))


def _padded(found: Sequence[int], size: int) -> list[int | str]:
    return [*found, *[""] * (size - len(found))]


_PATHWAY_DATES = ("registered", "interview", "pre_reception")


def _pathway_key(rows: Sequence[FilledRow], place: Live) -> Live:
    """The day that counts and the row, in one whole number."""
    head = f"ROW({PEOPLE.sheet}!$A${HEADER_ROW})"
    day, value = str(_UNDATED), _UNDATED
    for field in reversed(_PATHWAY_DATES):
        letter = column_letter(list(PEOPLE.columns).index(field) + 1)
        cell = f"INDEX({PEOPLE.sheet}!${letter}:${letter},{place.formula}+{head})"
        day = f"IF(ISNUMBER({cell}),{cell},{day})"
        typed = rows[place.value - 1].get(field) if isinstance(place.value, int) else None
        value = (typed - EPOCH).days if isinstance(typed, date) else value
    formula = f'IF(ISNUMBER({place.formula}),{day}*{_PLACES}+{place.formula},"")'
    return Live(formula, value * _PLACES + place.value if isinstance(place.value, int) else "")
