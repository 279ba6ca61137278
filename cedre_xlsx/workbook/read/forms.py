"""The sheets of ours without lines: what became of their lists, protection and formulas."""

from __future__ import annotations

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import FormState, SheetState
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook, is_error

_NAMES = {word_key(name): name for name in (*t.COMPUTED_SHEETS, t.SETTINGS_SHEET)}


def form_states(workbook: RawWorkbook) -> tuple[FormState, ...]:
    """Those of the workbook, in the order of the tabs; none where the file does not tell it."""
    return tuple(
        FormState(_NAMES[key], sheet.name, sheet.state, _errors(sheet, sheet.state))
        for sheet in workbook.sheets
        if (key := word_key(sheet.name)) in _NAMES and sheet.state is not None
    )


def _errors(sheet: RawSheet, state: SheetState) -> tuple[str, ...]:
    """The cells that show an error or whose formula lost what it named, row by row."""
    found = {(row, column) for column, rows in state.broken.items() for row in rows}
    for index, cells in enumerate(sheet.grid):
        for place, cell in enumerate(cells):
            if is_error(cell):
                found.add((sheet.row_numbers[index], sheet.column_numbers[place]))
    return tuple(f"{column_letter(column)}{row}" for row, column in sorted(found))
