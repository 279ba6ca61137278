"""What differs in the sheets that are the team's own, and in `Accueil`: cells by their address."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.merging.comparing.cells import SALT, address, shown
from cedre_xlsx.merging.comparing.changes import (
    CellDifference,
    Change,
    LineDifference,
    SheetChanges,
)
from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.generated_sheets import LASTING_KINDS
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.form_sheets import form_sheet
from cedre_xlsx.workbook.read.raw import Cell, RawSheet

#: The most lines of a sheet that are shown one by one.
MOST_LINES = 200
_YEARLY = (word_key(t.STATISTICS_SHEET), word_key(t.WHO_SHEET))
_MADE = frozenset(word_key(kind.sheet) for kind in LASTING_KINDS) | {
    word_key(t.OLD_NOTES.sheet), word_key(t.MEMORY.sheet),
}  # fmt: skip


def sheet_changes(before: Copy, after: Copy) -> Iterator[SheetChanges]:
    """The sheets of both copies that hold other cells."""
    theirs = {fold(sheet.name): sheet for sheet in _own(after)}
    for sheet in _own(before):
        other = theirs.get(fold(sheet.name))
        if other is not None:
            lines = tuple(_lines(before, sheet, after, other))
            if lines:
                count = sum(len(line.cells) for line in lines)
                more = f" ({count} cellules ; les premières sont montrées)"
                title = other.name + (more if len(lines) > MOST_LINES else "")
                yield SheetChanges(title, lines[:MOST_LINES])


def sheet_remarks(before: Copy, after: Copy) -> Iterator[str]:
    """The sheets that one copy alone has."""
    for copy, other in ((before, after), (after, before)):
        known = {fold(sheet.name) for sheet in _named(other)}
        for sheet in _named(copy):
            if fold(sheet.name) not in known:
                yield f"La feuille « {sheet.name} » n'est que dans {copy.name}."


def _named(copy: Copy) -> list[RawSheet]:
    """Its sheets, but those that `refresh` makes."""
    return [
        sheet
        for sheet in copy.raw.sheets
        if not sheet.generated_as
        and word_key(sheet.name) not in _MADE
        and not word_key(sheet.name).startswith(_YEARLY)
    ]


def _own(copy: Copy) -> list[RawSheet]:
    """The sheets where anybody types anything, `Accueil` among them."""
    home = form_sheet(copy.raw, t.HOME_SHEET)
    lines = {one.sheet for one in copy.tables.values()}
    lines |= {table.sheet for table in copy.records.choices}
    kept = {word_key(t.SETTINGS_SHEET), *map(word_key, t.COMPUTED_SHEETS)}
    return [
        sheet
        for sheet in _named(copy)
        if sheet.name not in lines
        and sheet.name not in copy.forms
        and word_key(sheet.name) not in kept
        and not (sheet is home and copy.records.template_version != t.TEMPLATE_VERSION)
    ]


def _lines(before: Copy, one: RawSheet, after: Copy, other: RawSheet) -> Iterator[LineDifference]:
    cells, its_cells = _cells(before, one), _cells(after, other)
    rows: dict[int, list[CellDifference]] = {}
    for place in sorted(cells.keys() | its_cells.keys()):
        (was, print_was, made), (now, print_now, its_made) = (
            cells.get(place, _NOTHING), its_cells.get(place, _NOTHING),
        )  # fmt: skip
        told = before.computed is not None and after.computed is not None
        if (made and its_made) or (print_was == print_now and not (told and made != its_made)):
            continue
        if not told and (made or its_made):
            continue
        where = address(place[1], place[0])
        said, its_said = shown(was, computed=made), shown(now, computed=its_made)
        rows.setdefault(place[0], []).append(CellDifference(where, said, its_said, where, where))
    for row, changed in rows.items():
        yield LineDifference(
            Change.CHANGED, other.name, f"ligne {row}", tuple(changed), "", row, row
        )


_Told = tuple[Cell, str, bool]
_NOTHING: _Told = (None, "", False)


def _cells(copy: Copy, sheet: RawSheet) -> dict[tuple[int, int], _Told]:
    """The filled cells by row and column, each with its print, and whether it is computed."""
    prints = CellPrints(SALT)
    computed = copy.computed_in(sheet.name)
    found: dict[tuple[int, int], _Told] = {}
    for row, cells in zip(sheet.row_numbers, sheet.grid, strict=False):
        for column, cell in zip(sheet.column_numbers, cells, strict=False):
            made = (row, column) in computed  # a formula may stand there without its value
            if (said := prints.of(cell)) or made:
                found[row, column] = (cell, said, made)
    return found
