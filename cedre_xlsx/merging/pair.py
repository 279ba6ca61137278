"""What becomes of one file when another is merged into it, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cedre_xlsx.merging.ancestry import common_state, lines_at
from cedre_xlsx.merging.lines import merged_table
from cedre_xlsx.merging.model import BaseLines, TableMerge
from cedre_xlsx.merging.settings import SETTINGS, base_settings, by_first_cell, settings_of
from cedre_xlsx.merging.sheets import SheetsMerge, merged_sheets
from cedre_xlsx.merging.sides import Side, base_of, lines_of, remark_texts
from cedre_xlsx.schema.fusion import Sort
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.open_book import OpenBook

_ANY_SALT = b"cedre"


@dataclass(frozen=True)
class PairMerge:
    """What becomes of A: its tables, what stands in none; `has_base` says whether what both had is
    known, `computed` which columns A computes, by table.
    """

    tables: tuple[TableMerge, ...]
    sheets: SheetsMerge
    has_base: bool
    computed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether B brings nothing to A."""
        return all(one.is_nothing for one in self.tables) and not (
            self.sheets.changes or self.sheets.notes
        )

    @property
    def chooses_without_base(self) -> bool:
        """Whether something is to be chosen outside the lines, of which prints tell nothing."""
        notes = [note for one in self.tables if one.table in SETTINGS for note in one.notes]
        return any(note.sort is Sort.CONFLICT for note in (*notes, *self.sheets.notes))


def merged_pair(first: Side, second: Side, base: OpenBook | None) -> PairMerge:
    """What becomes of A when B is merged into it: with the file that both come from, else with what
    both remember of the last refresh that they had in common, else with neither.
    """
    state = common_state(first.book, second.book) if base is None else None
    prints = CellPrints(state[1] if state else _ANY_SALT)
    was: dict[str, BaseLines] = lines_at(state[0]) if state else {}
    settings: dict[str, BaseLines] = {}
    if base is not None:
        was, settings = base_of(base, prints), base_settings(base, prints)
    known = remark_texts(base) if base is not None else frozenset()
    mine, theirs = (lines_of(side, prints, known) for side in (first, second))
    has_base = base is not None or state is not None
    tables = [
        merged_table(
            one.table,
            mine[one.table],
            theirs[one.table],
            was.get(one.table, BaseLines(())) if has_base else None,
        )
        for one in DATA_TABLES
        if one.table in mine and one.table in theirs
    ]
    own, others = settings_of(first, prints), settings_of(second, prints)
    tables += [
        merged_table(
            table,
            own[table],
            others[table],
            settings.get(table),
            align=by_first_cell,
            removes=False,
        )
        for table in SETTINGS
        if table in own and table in others
    ]
    computed = {
        table: frozenset(name for line in one.lines for name in line.formulas)
        for table, one in mine.items()
    }
    sheets = merged_sheets(first, second, base, tables, prints)
    return PairMerge(tuple(tables), sheets, has_base, computed=computed)


def likeness(first: Side, second: Side) -> tuple[int, int]:
    """How many lines of the shorter file both have, and how many it has: those of Personnes."""
    prints = CellPrints(_ANY_SALT)
    table = DATA_TABLES[0].table
    names = []
    for side in (first, second):
        found = lines_of(side, prints).get(table)
        lines = found.lines if found is not None else ()
        names.append({(one.prints.get("last_name"), one.prints.get("first_name")) for one in lines})
    return len(names[0] & names[1]), min(map(len, names))
