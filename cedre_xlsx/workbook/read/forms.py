"""The sheets of ours without lines: what became of their lists, protection and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.records import column_letter, column_number
from cedre_xlsx.schema.state import Area, FormState, SheetState
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook, is_blank, is_error

_NAMES = {word_key(name): name for name in (*t.COMPUTED_SHEETS, t.SETTINGS_SHEET)}
#: What the names of our lists begin with, and how what they stand for begins.
_LISTS = "lst"
_FIRST = re.compile(r"=?(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!\$([A-Z]{1,3})\$([0-9]+)")


def hollow_names(workbook: RawWorkbook) -> frozenset[str]:
    """The names of the lists in the sheet of the lists that are empty, as when it is gone."""
    return frozenset(_hollow(workbook))


def _hollow(workbook: RawWorkbook) -> Iterator[str]:
    sheets = {sheet.name.casefold(): sheet for sheet in workbook.sheets}
    names = workbook.state.names if workbook.state else {}
    for name, refers_to in names.items():
        found = _FIRST.match(refers_to) if name.startswith(_LISTS) else None
        title = (found[1] or found[2]).replace("''", "'") if found else ""
        if found is None or word_key(title) != word_key(t.LISTS_SHEET):
            continue
        sheet = sheets.get(title.casefold())
        if sheet is None:
            yield name
        else:
            rows = [int(row) for row in re.findall(rf"\${found[3]}\$([0-9]+)", refers_to)]
            column = column_number(found[3])
            if not _holds(sheet, Area(int(found[4]), column, max(rows), column)):
                yield name


def _holds(sheet: RawSheet, area: Area) -> bool:
    """Whether some cell of an area of one column has a value, or computes it."""
    rows = range(area.first_row, area.last_row + 1)
    computed = sheet.state.formulas.get(area.first_column, ()) if sheet.state else ()
    if any(row in rows for row in computed):
        return True
    place = sheet.column_index(area.first_column)
    return any(
        number in rows and place < len(cells) and not is_blank(cells[place])
        for number, cells in zip(sheet.row_numbers, sheet.grid, strict=True)
    )


def form_states(workbook: RawWorkbook) -> tuple[FormState, ...]:
    """The states of the forms and hidden lists, in the order of the tabs; none where the file
    does not tell it.
    """
    return tuple(
        FormState(_NAMES[key], sheet.name, sheet.state, _errors(sheet, sheet.state))
        for sheet in workbook.sheets
        if (key := word_key(sheet.name)) in _NAMES and sheet.state is not None
    )


def _errors(sheet: RawSheet, state: SheetState) -> tuple[str, ...]:
    """The cells that show an error or whose formula lost what it named, row by row."""
    found = {(row, column) for column, rows in state.broken.items() for row in rows}
    for index, cells in enumerate(sheet.grid):
        if cells.count("") == len(cells):  # nearly all of the hidden lists
            continue
        for place, cell in enumerate(cells):
            if cell != "" and is_error(cell):
                found.add((sheet.row_numbers[index], sheet.column_numbers[place]))
    return tuple(f"{column_letter(column)}{row}" for row, column in sorted(found))
