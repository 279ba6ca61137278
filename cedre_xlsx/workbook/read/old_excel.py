"""The cells of an old workbook (.xls), which calamine reads once its records were judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from cedre_xlsx.files.compound import BrokenContainerError, Container
from cedre_xlsx.ooxml.extent import MOST_CELLS
from cedre_xlsx.ooxml.safety import damaged, endless_text, oversized
from cedre_xlsx.ooxml.texts import MOST_TEXT
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.formats import is_encrypted, what_else
from cedre_xlsx.workbook.read.old_records import (
    BrokenRecordsError,
    OldBook,
    OldSheet,
    read_old_book,
)
from cedre_xlsx.workbook.read.parsers import calamine_gives, grid_of, load
from cedre_xlsx.workbook.read.raw import Cell, ErrorText, Laid, RawSheet, RawWorkbook
from cedre_xlsx.workbook.read.source import Choose

#: Bytes; a full sheet of this format, 65,536 rows of 25 columns, takes less.
_LARGEST = 64 * 1024**2
_STREAMS = ("Workbook", "Book")
_OTHERS = {"WordDocument": "un ancien document Word", "PowerPoint Document": "une présentation"}


def old_workbook(data: bytes, path: Path, choose: Choose) -> RawWorkbook:
    """The sheets chosen of an old workbook. CedreError when it cannot be read."""
    if is_encrypted(data):
        raise CedreError(f"{path} : {what_else(data)}")
    if len(data) > _LARGEST:
        raise oversized(path)
    book = _judged(data, path)
    if book.encrypted:
        raise CedreError(
            f"{path} : le classeur est protégé par un mot de passe, et un .xls protégé n'est pas "
            "ouvert. Dans Excel, enregistrez-le en .xlsx : là, le mot de passe peut rester."
        )
    read = calamine_gives(lambda: load(data), path)
    names: Sequence[str] = read.sheet_names
    chosen = choose(names)
    told = book.sheets if len(book.sheets) == len(names) else [OldSheet() for _ in names]
    sheets = zip(names, told, strict=True)
    return RawWorkbook(tuple(_sheet(read, n, old, path) for n, old in sheets if n in chosen))


def _judged(data: bytes, path: Path) -> OldBook:
    """What its records say, once they are proved to be safe."""
    try:
        container = Container(data)
        stream = container.stream(*_STREAMS)
        for name, what in _OTHERS.items() if stream is None else ():
            if container.stream(name) is not None:
                raise CedreError(f"{path} : c'est {what}, pas un classeur.")
        if stream is None:
            raise damaged(path)
        book = read_old_book(stream)
    except (BrokenContainerError, BrokenRecordsError):
        raise damaged(path) from None
    if sum(sheet.rows * sheet.columns for sheet in book.sheets) > MOST_CELLS:
        raise CedreError(
            f"{path} : une feuille s'étend trop loin pour être lue. Supprimez ses lignes et "
            "colonnes vides, puis enregistrez-le en .xlsx."
        )
    if book.text > MOST_TEXT:
        raise endless_text(path)
    return book


def _sheet(book: Any, name: str, old: OldSheet, path: Path) -> RawSheet:
    grid = calamine_gives(lambda: grid_of(book, name), path)
    for row, column, told in (*old.errors, *old.numbers):
        is_there = row <= len(grid) and column <= len(grid[row - 1])
        if is_there and _is_mistaken(grid[row - 1][column - 1], told):
            grid[row - 1][column - 1] = told
    ranges = calamine_gives(lambda: book.get_sheet_by_name(name).merged_cell_ranges, path)
    merged = [
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in ranges or ()
    ]
    laid = Laid.of(grid)
    return RawSheet(name, lambda: laid, merged=merged)


def _is_mistaken(given: Cell, told: Cell) -> bool:
    """Whether what the records say of a cell goes before what calamine gives."""
    if isinstance(told, ErrorText):
        return given == ""
    is_number = isinstance(given, int | float)
    return is_number if isinstance(told, date | time) else not isinstance(given, str)
