"""The tables of some files under their mapping to the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.opening import OpenBook
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.intake.map_file import MapFile
    from cedre_xlsx.intake.mapping import MappedTable
    from cedre_xlsx.intake.model import SourceTable
    from cedre_xlsx.intake.propose import Known
    from cedre_xlsx.intake.targets import Target
    from cedre_xlsx.schema.settings import HeadingMapping


def told_by(mapping: Path | str | MapFile | None) -> MapFile | None:
    """What a file of correspondences says, or what was given in its place."""
    from cedre_xlsx.intake.map_file import read_map

    return read_map(Path(mapping)) if isinstance(mapping, Path | str) else mapping


def source_tables(sources: Sequence[Path], path: Path, sheet: str | None) -> list[SourceTable]:
    """The tables of files; CedreError where one of them is the workbook itself."""
    from cedre_xlsx.intake.reading import read_tables

    found: list[SourceTable] = []
    for source in dict.fromkeys(sources):
        if source.resolve() == path.resolve():
            raise CedreError(f"{source} : c'est le classeur lui-même ; donnez un autre fichier.")
        found += read_tables(source, sheet=sheet)
    return found


def mapped_tables(
    tables: Sequence[SourceTable], book: OpenBook, told: MapFile | None, day: date
) -> tuple[MappedTable, ...]:
    """Tables under their mapping to the sheets of a workbook; CedreError where there is none."""
    from cedre_xlsx.intake.mapping import map_tables

    mapped = map_tables(tables, _known(book, day), told)
    if not mapped:
        raise CedreError("Aucun tableau à reprendre dans ces fichiers ; rien n'est écrit.")
    return mapped


def _known(book: OpenBook, day: date) -> Known:
    from cedre_xlsx.intake.propose import Known
    from cedre_xlsx.workbook.read.assemble import added_values
    from cedre_xlsx.workbook.read.cells import Reader

    records = book.reading.records.living
    reader = Reader(day, False, records.settings, added_values(book.workbook))
    return Known(records, reader, _remembered(book))


def _remembered(book: OpenBook) -> dict[tuple[str, str], Target]:
    """What earlier imports left in Paramètres: by sheet and heading, where the column goes."""
    from cedre_xlsx.intake.map_file import target_of
    from cedre_xlsx.method.text import word_key

    found = {}
    for one in book.reading.records.settings.mappings:
        target = target_of(one.becomes)
        if target is not None:
            found[one.sheet, word_key(one.heading)] = target
    return found


def to_remember(tables: Sequence[MappedTable]) -> list[HeadingMapping]:
    """What Paramètres keeps of the tables that are no known export and no copy of ours."""
    from cedre_xlsx.schema.settings import HeadingMapping

    return [
        HeadingMapping(one.map.spec.sheet, heading, target.words)
        for one in tables
        if not one.is_known
        for heading, target in zip(one.map.source.headings, one.map.targets, strict=False)
        if heading
    ]
