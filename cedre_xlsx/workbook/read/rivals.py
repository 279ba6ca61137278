"""Whether a workbook beside this one, by its name perhaps a copy, holds the same people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cedre_xlsx.files.copies import likely_copies
from cedre_xlsx.files.protection.keyring import without_asking
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.source import read_raw_workbook

_MOST_READ = 3  # workbooks
_LEAST_SHARED = 0.8  # of the people of both: those of another year are others


def copies_in_doubt(path: Path, records: Records, on: date) -> tuple[Path, ...]:
    """The workbooks with nearly the same people, whose names are those of copies, or people's."""
    ours = _people(records)
    if not ours:
        return ()
    return tuple(
        other
        for other in likely_copies(path)[:_MOST_READ]
        if _are_the_same(ours, _people_of(other, on))
    )


def _are_the_same(ours: set[str], theirs: set[str]) -> bool:
    return len(ours & theirs) >= _LEAST_SHARED * len(ours | theirs)


def _people_of(path: Path, on: date) -> set[str]:
    """Who is in a workbook; nobody where it cannot be read."""
    try:
        with without_asking():
            workbook, _ = read_raw_workbook(path)
        return _people(read_raw(workbook, on=on).records)
    except CedreError:
        return set()


def _people(records: Records) -> set[str]:
    return {name_key(row.person) for row in records.people.rows if row.person}
