"""What a refresh remembers of the lines that people typed, and what it says from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cedre_xlsx._version import __version__
from cedre_xlsx.schema.generated_sheets import MEMORY_KIND, Knowledge
from cedre_xlsx.schema.memory import LINES, MemoryRow

if TYPE_CHECKING:
    from cedre_xlsx.ooxml.parts import Package
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.generated import GeneratedSheet
    from cedre_xlsx.workbook.open_book import OpenBook
    from cedre_xlsx.workbook.read.raw import RawWorkbook
    from cedre_xlsx.workbook.since import Since


@dataclass(frozen=True, slots=True)
class Remembered:
    """The rows of *Mémoire* after a refresh, and what changed since the last meeting."""

    rows: tuple[MemoryRow, ...] = ()
    since: Since | None = None


def remembering(book: OpenBook, day: date) -> Remembered:
    """What is to be remembered of a workbook that was read; nothing before its first line."""
    from cedre_xlsx.workbook.ancestor_rows import memory_rows, remembered
    from cedre_xlsx.workbook.ancestors import printed, with_state
    from cedre_xlsx.workbook.since import since
    from cedre_xlsx.workbook.typed_lines import typed_tables

    memory = book.reading.records.memory
    tables = typed_tables(book.workbook)
    before = remembered(memory)
    others = tuple(row for row in memory if row.sort != LINES)
    if before is None and not any(table.lines for table in tables):
        return Remembered(others)
    lines = printed(tables, before.salt) if before is not None else {}
    after = with_state(before, tables, day, lines)
    meetings = _meetings(book.reading.records)
    told = since(before, tables, lines, day, meetings, after.states[0])
    return Remembered((*others, *memory_rows(after)), told)


def since_last_meeting(workbook: RawWorkbook, records: Records, day: date) -> Since | None:
    """What changed since the last meeting; None where nothing earlier is remembered."""
    from cedre_xlsx.workbook.ancestor_rows import remembered
    from cedre_xlsx.workbook.ancestors import printed
    from cedre_xlsx.workbook.since import since
    from cedre_xlsx.workbook.typed_lines import typed_tables

    book = remembered(records.memory)
    if book is None:
        return None
    tables = typed_tables(workbook)
    return since(book, tables, printed(tables, book.salt), day, _meetings(records))


def _meetings(records: Records) -> set[date]:
    """The days of the meetings whose decisions became lines."""
    return {one.reference.on for one in records.decisions if one.reference is not None}


def memory_place(
    package: Package, told: Remembered, day: date, workbook: str
) -> tuple[GeneratedSheet, ...]:
    """The sheet that keeps it; () where another sheet has its place, or may be it: a refresh does
    not stop for that.
    """
    from cedre_xlsx.reports.memory_sheet import memory_sheet
    from cedre_xlsx.workbook.package.host import Host

    if not told.rows:
        return ()
    host = Host(package)
    known = next(one for one in host.recognised([MEMORY_KIND]) if one.kind == MEMORY_KIND)
    titles = {sheet.title.casefold() for sheet in host.sheets()}
    is_free = known.how is Knowledge.ABSENT and MEMORY_KIND.sheet.casefold() not in titles
    if not known.tab and not is_free:
        return ()
    rows = [row.model_copy(update={"row": 0}) for row in told.rows]
    return (memory_sheet(rows, day, workbook=workbook, version=__version__),)
