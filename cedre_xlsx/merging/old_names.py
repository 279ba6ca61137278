"""The lines that a merge leaves under a name that one of the files has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cedre_xlsx.merging.model import Lines, TableMerge
from cedre_xlsx.merging.sides import Side, lines_of
from cedre_xlsx.merging.telling import person_of
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.typed_lines import typed_tables


def renamed_in(first: Side, second: Side, tables: Sequence[TableMerge]) -> set[str]:
    """The names, of those that a line of Personnes has in one file alone, of both files."""
    found: set[str] = set()
    rows = next((one.rows for one in tables if one.table == PEOPLE.table), {})
    if rows:
        mine, theirs = (_names(lines_of(side, CellPrints(b"names"))) for side in (first, second))
        for b, a in rows.items():
            both = {mine.get(a, ""), theirs.get(b, "")}
            if len(set(map(name_key, both))) > 1:
                found |= both
    return found - {""}


def _names(tables: dict[str, Lines]) -> dict[int, str]:
    lines = tables[PEOPLE.table].lines if PEOPLE.table in tables else ()
    return {line.row: person_of(PEOPLE.table, line) for line in lines}


def old_name_warnings(book: OpenBook, names: Iterable[str]) -> Iterator[str]:
    """What is said of the lines of a result that are still under one of these `names`, which
    nobody has in Personnes.
    """
    gone = {name_key(name): name for name in names if not book.reading.records.canonical_name(name)}
    if not gone:
        return
    counts: dict[str, Counter[str]] = {key: Counter() for key in gone}
    for table in typed_tables(book.workbook):
        for line in table.lines:
            key = name_key(str(line.cells.get("person") or ""))
            if table.table != PEOPLE.table and key in counts:
                counts[key][table.sheet] += 1
    for key, sheets in counts.items():
        told = [f"{counted(count, 'ligne')} de {sheet}" for sheet, count in sheets.items()]
        if told:
            verb = "est" if sheets.total() == 1 else "sont"
            yield (
                f"{listed(told)} {verb} encore au nom de « {gone[key]} », qui a changé dans "
                f'Personnes : cedre-xlsx fix --rename "{gone[key]}" suivi du nouveau nom.'
            )
