"""What differs in `Paramètres` and in the lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cedre_xlsx.merging.comparing.aside import Entry, entry_changes
from cedre_xlsx.merging.comparing.cells import shown
from cedre_xlsx.merging.comparing.changes import LineDifference, SheetChanges
from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.lists import LISTS, PACK_LISTS
from cedre_xlsx.schema.settings import SETTINGS, Settings
from cedre_xlsx.schema.tables import CHOICE_TABLES, LISTS_SHEET, SETTING_TABLE, TableSpec
from cedre_xlsx.workbook.alignment.align import IDENTITIES
from cedre_xlsx.workbook.meant import is_dated, meant_day
from cedre_xlsx.workbook.read.assemble import added_values
from cedre_xlsx.workbook.read.block import read_block

#: What a setting's line says of itself, which a new version may say otherwise.
_OURS = {SETTING_TABLE.table: ("unit", "effect")}


def parameter_changes(before: Copy, after: Copy) -> Iterator[SheetChanges]:
    """The tables of Paramètres that differ, then the lists."""
    for spec in CHOICE_TABLES:
        one, other = _entries(before, spec), _entries(after, spec)
        if one is not None and other is not None:
            lines = tuple(entry_changes(spec.table, one, other))
            if said := tuple(line for line in lines if not _is_as_new(spec, line)):
                yield SheetChanges(f"{spec.sheet} · {spec.title}", said)
    for name in (spec.name for spec in (*LISTS, *PACK_LISTS)):
        lines = tuple(entry_changes("list", _values(before, name), _values(after, name)))
        if lines:
            yield SheetChanges(f"{LISTS_SHEET} · {_TITLES[name]}", lines)


_TITLES = {spec.name: spec.title for spec in (*LISTS, *PACK_LISTS)}


def _entries(copy: Copy, spec: TableSpec[Any]) -> list[Entry] | None:
    rows = read_block(copy.raw, spec)
    if rows is None:
        return None
    identity = next(iter(IDENTITIES.get(spec.table, ((next(iter(spec.columns)),),))))
    named = [name for name in spec.columns if name not in _OURS.get(spec.table, ())]
    found = []
    for row in rows:
        cells = {name: cell for name, cell in row.cells.items() if name in named}
        texts = {
            spec.columns[name].header: shown(
                meant_day(cell, date1904=copy.raw.date1904)
                if is_dated(spec.columns[name])
                else cell
            )
            for name, cell in cells.items()
        }
        where = {
            spec.columns[name].header: row.sheet.address(row.index, row.columns[name])
            for name in cells
        }
        line = " · ".join(filter(None, (row.text(name) for name in identity)))
        key = {name: word_key(row.text(name)) for name in identity if row.text(name)}
        number = row.sheet.row_numbers[row.index]
        said = {heading: text for heading, text in texts.items() if text}
        if any(said.values()):
            found.append(Entry(row.sheet.name, line or f"ligne {number}", number, said, where, key))
    return found


def _is_as_new(spec: TableSpec[Any], line: LineDifference) -> bool:
    """Whether a line of settings, of one copy alone, says what a new workbook says."""
    if spec is not SETTING_TABLE or (line.before_row and line.after_row):
        return False
    said = {cell.column: cell.before or cell.after for cell in line.cells}
    known = {word_key(one.label): one for one in SETTINGS}
    setting = known.get(word_key(line.line))
    value = said.get(spec.columns["value"].header, "")
    usual = shown(setting.typed(Settings())) if setting else ""
    return not value or value == usual


def _values(copy: Copy, name: str) -> list[Entry]:
    heading = "Valeur"
    values = added_values(copy.raw).get(name, ())
    return [Entry(LISTS_SHEET, value, 0, {heading: value}, {}, {}) for value in values]
