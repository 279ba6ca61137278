"""`Listes`, hidden: everything that the validation lists point to.

People are compacted without dynamic arrays: their names row by row of `Personnes`, those that
come for the first time, the ranks of these, the names one under another, and a defined name that
ends at the last. Holes, rows typed below the table and missing calculated cells do no harm.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import quote_sheetname

from cedre_xlsx.schema import lists
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.lists import ListSpec
from cedre_xlsx.schema.reach import reach_below
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import (
    ADVISOR_TABLE,
    ENGAGEMENTS,
    HEADER_ROW,
    LISTS_SHEET,
    PEOPLE,
    SETTINGS_SHEET,
    TYPE_TABLE,
)
from cedre_xlsx.workbook.styles import HEADER, HIDDEN_KEY
from cedre_xlsx.workbook.template import settings_layout
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.cells import write
from cedre_xlsx.workbook.template.filling import FilledRow, Filling

#: Under each list's title stands a count; its values begin here.
FIRST_ROW = 3
#: How many rows of `Personnes` the list of people looks at.
PEOPLE_ROWS = 2000
#: Cells kept for each fixed list, so that a team may add values.
LIST_ROOM = 200
#: Defined name of the people's names, row by row of `Personnes` from its first one on.
NAMES_NAME = "cedre_Noms"
#: What a rule's severity may be set to; "Non" turns the rule off.
SEVERITY = ListSpec("lstGravite", "Gravité", (*(one.label for one in Severity), "Non"))


def draw_lists(book: Book, filling: Filling) -> None:
    """Write every list of the workbook and define its name."""
    _draw_people(book, filling.of(PEOPLE.table))
    references = filling.of(ENGAGEMENTS.table)
    index = list(ENGAGEMENTS.columns).index("reference") + 1
    _define_typed_list(
        book, lists.REFERENCES_NAME, "Références", ENGAGEMENTS.sheet, column_letter(index),
        HEADER_ROW, [row.get("reference") for row in references],
    )  # fmt: skip
    _define_typed_list(
        book, lists.CODES_NAME, "Codes", SETTINGS_SHEET,
        settings_layout.block_of(TYPE_TABLE).letter("code"), settings_layout.HEADER_ROW,
        [kind.code for kind in filling.settings.types],
    )  # fmt: skip
    _define_typed_list(
        book, lists.ADVISORS_NAME, "Accompagnateurs", SETTINGS_SHEET,
        settings_layout.block_of(ADVISOR_TABLE).letter("name"), settings_layout.HEADER_ROW,
        filling.settings.advisors,
    )  # fmt: skip
    for spec in (*lists.LISTS, SEVERITY, *lists.PACK_LISTS):
        _draw_fixed_list(book, spec)


def _draw_people(book: Book, rows: Sequence[FilledRow]) -> None:
    """Four columns: the name of each row, its first time, the ranks of those, the list."""
    first = book.take_list_columns(4)
    columns = tuple(column_letter(first + offset) for offset in range(4))
    titles = ("Nom de chaque ligne", "Première fois", "Rang", "Personnes")
    for column, title in zip(columns, titles, strict=True):
        _head(book, column, title)
    values = _people_values(rows)
    sheet = book.lists
    for row, row_values in enumerate(values, start=FIRST_ROW):
        formulas = _people_formulas(columns, row)
        for column, formula, value in zip(columns, formulas, row_values, strict=True):
            book.formula(sheet, f"{column}{row}", formula, value)
    names, _, ranks, listed = columns
    count = max(1, sum(1 for value in values if value[3]))
    book.formula(
        book.lists, f"{listed}2", f"=MAX(1,COUNT({_column(ranks)}))", count
    )  # fmt: skip
    book.name(lists.PEOPLE_NAME, grown(LISTS_SHEET, listed, FIRST_ROW, _LAST, f"${listed}$2"))
    book.name(NAMES_NAME, f"{LISTS_SHEET}!{_column(names)}", hidden=True)


_LAST = FIRST_ROW + PEOPLE_ROWS - 1


def _column(letter: str) -> str:
    return f"${letter}${FIRST_ROW}:${letter}${_LAST}"


def _people_formulas(columns: Sequence[str], row: int) -> tuple[str, str, str, str]:
    """The formulas of one row. Literals don't follow inserted rows: ROW() of a heading does."""
    names, firsts, ranks, _ = columns
    fields = list(PEOPLE.columns)
    shift = FIRST_ROW - 1
    last, first, precision = (
        f"INDEX({PEOPLE.sheet}!${letter}:${letter},ROW()+ROW({PEOPLE.sheet}!$A${HEADER_ROW})-{shift})"
        for letter in (
            column_letter(fields.index(field) + 1)
            for field in ("last_name", "first_name", "precision")
        )
    )
    name = (
        f'=IFERROR(TRIM({last}&" "&{first})'
        f'&IF(TRIM({precision})="",""," ("&TRIM({precision})&")"),"")'
    )
    own = f"{names}{row}"
    once = f'=IF({own}="","",IF(IFERROR(MATCH({own},{_column(names)},0),0)=ROW()-{shift},{own},""))'
    if row == FIRST_ROW:
        rank = f'=IFERROR(MATCH("?*",{_column(firsts)},0),"")'
    else:
        above = f"{ranks}{row - 1}"
        rest = f"INDEX({_column(firsts)},{above}+1):${firsts}${_LAST}"
        rank = f'=IF(ISNUMBER({above}),IFERROR(MATCH("?*",{rest},0)+{above},""),"")'
    listed = f'=IF(ISNUMBER({ranks}{row}),INDEX({_column(firsts)},{ranks}{row}),"")'
    return name, once, rank, listed


def _people_values(rows: Sequence[FilledRow]) -> list[tuple[str, str, int | str, str]]:
    """What those formulas give in the workbook as it is written."""
    names = [person_name(row) for row in rows[:PEOPLE_ROWS]]
    names += [""] * (PEOPLE_ROWS - len(names))
    seen: set[str] = set()
    firsts = []
    for name in names:
        firsts.append("" if name.casefold() in seen else name)
        seen.add(name.casefold())
    ranks: list[int | str] = [rank for rank, name in enumerate(firsts, start=1) if name]
    ranks += [""] * (PEOPLE_ROWS - len(ranks))
    listed = [firsts[rank - 1] if isinstance(rank, int) else "" for rank in ranks]
    return list(zip(names, firsts, ranks, listed, strict=True))


def person_name(row: FilledRow) -> str:
    """The name as the formula gives it: TRIM knows plain spaces only."""
    last, first, precision = (
        _trim(row.get(field)) for field in ("last_name", "first_name", "precision")
    )
    return _trim(f"{last} {first}") + (f" ({precision})" if precision else "")


def _trim(value: object) -> str:
    return " ".join(part for part in str(value or "").split(" ") if part)


def _define_typed_list(
    book: Book, name: str, title: str, sheet: str, column: str, header_row: int,
    typed: Sequence[object],
) -> None:  # fmt: skip
    """A list that is a column of a table, down to its last cell in use, wherever the table ends.

    Blank cells in between stay in the list: a count of the cells would lose what follows them.
    """
    letter = column_letter(book.take_list_columns(1))
    _head(book, letter, f"{title} : dernière ligne")
    place = f"{quote_sheetname(sheet)}!"
    last = reach_below(header_row + len(typed))
    cells = f"{place}${column}${header_row + 1}:${column}${last}"
    last_used = max((rank for rank, value in enumerate(typed, start=1) if value), default=1)
    book.formula(
        book.lists,
        f"{letter}2",
        f'=MAX(1,SUMPRODUCT(MAX(({cells}<>"")*(ROW({cells})-ROW({place}${column}${header_row})))))',
        last_used,
    )
    book.name(name, grown(sheet, column, header_row + 1, last, f"${letter}$2"))


def _draw_fixed_list(book: Book, spec: ListSpec) -> None:
    """The values of the schema; those that a team adds below are in the list too."""
    letter = column_letter(book.take_list_columns(1))
    _head(book, letter, spec.title)
    for row, value in enumerate(spec.values, start=FIRST_ROW):
        write(book.lists, f"{letter}{row}", value, HIDDEN_KEY)
    book.formula(book.lists, f"{letter}2", f"={count_formula(letter)}", len(spec.values))
    book.name(spec.name, grown_list(LISTS_SHEET, letter))


_LAST_OF_LIST = FIRST_ROW + LIST_ROOM - 1


def count_formula(letter: str) -> str:
    """How many values a fixed list has, as its second row counts them."""
    return f"MAX(1,COUNTA({letter}{FIRST_ROW}:{letter}{_LAST_OF_LIST}))"


def grown_list(sheet: str, letter: str) -> str:
    """The values of a fixed list, in a column of the sheet of the lists as it is called now."""
    return grown(sheet, letter, FIRST_ROW, _LAST_OF_LIST, f"${letter}$2", lists_sheet=sheet)


def grown(
    sheet: str, column: str, first: int, last: int, count: str, lists_sheet: str = LISTS_SHEET
) -> str:
    """The range from a column's first cell to the one whose rank stands in `Listes`."""
    start = f"{quote_sheetname(sheet)}!${column}${first}"
    counted = lists_sheet if lists_sheet == LISTS_SHEET else quote_sheetname(lists_sheet)
    return f"{start}:INDEX({start}:${column}${last},{counted}!{count})"


def _head(book: Book, letter: str, title: str) -> None:
    write(book.lists, f"{letter}1", title, HEADER)
    book.lists.column_dimensions[letter].width = 24
