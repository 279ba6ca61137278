"""A form workbook as it is read: the texts of its cells, its merges, its lists, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cedre_xlsx.method.text import squeeze
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.paperwork.looks import FormLooks
from cedre_xlsx.schema.records import column_letter, column_number
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.model import CellValue, shown
from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import RawSheet, is_blank
from cedre_xlsx.workbook.read.source import raw_workbook
from cedre_xlsx.workbook.read.state import areas_of

#: A blank to fill in: dots, strokes and lines, perhaps with the year begun.
_TO_FILL = re.compile(r"[\s.…_/\-–:|]*(?:(?:19|20)(?:\d\d)?)?[\s.…_/\-–:|]*")
_DOTTED = re.compile(r"[.…_]")
#: How a date is to be typed, where it is to be typed: JJ/MM/AAAA.
_MODEL_DATE = re.compile(
    r"[(\[]?(?:jj?|dd?)[\s./\-]*mm?[\s./\-]*(?:aa(?:aa)?|yy(?:yy)?)[)\]]?", re.IGNORECASE
)
_ON_A_SHEET = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+(?::[^,!]+)?)")
_INLINE = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True)
class Form:
    """A form workbook: its bytes, and what its cells hold; `hidden` are the sheets not shown."""

    path: Path
    data: bytes
    package: Package
    sheets: dict[str, RawSheet]
    names: dict[str, str]
    hidden: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: bytes, path: Path) -> Form:
        """A form from its bytes. CedreError for a file that cannot be read, or filled safely."""
        workbook = raw_workbook(data, path)
        package = refuse_unspliceable(data, path)
        sheets = {sheet.name: sheet for sheet in workbook.sheets}
        state = workbook.state
        names = dict(state.names) if state else {}
        hidden = {one for one in sheets if one.casefold() not in state.shown} if state else ()
        return cls(path, data, package, sheets, names, frozenset(hidden))

    def text(self, sheet: str, cell: str) -> str:
        """What a cell shows, on one line; "" for an empty one and for one that is not there."""
        found = self.sheets.get(sheet)
        if found is None:
            return ""
        letters, row = _split(cell)
        value = found.cell(
            _place(found.row_numbers, row), _place(found.column_numbers, column_number(letters))
        )
        return "" if is_blank(value) else squeeze(plain_text(value))

    def texts(self, sheet: str) -> Iterator[tuple[str, str]]:
        """The cells of a sheet that hold a text, from its top, with their addresses."""
        found = self.sheets[sheet]
        for row, cells in enumerate(found.grid):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    yield found.address(row, column), squeeze(cell)

    def merge(self, sheet: str, cell: str) -> Area:
        """The merged area that a cell is in; itself where it is in none."""
        [place] = areas_of([cell])
        state = self.sheets[sheet].state
        merged = state.merged if state else ()
        return next((one for one in merged if one.overlaps(place)), place)

    def first_cell(self, sheet: str, cell: str) -> str:
        """The cell in which what is typed goes: the first one of its merge."""
        area = self.merge(sheet, cell)
        return f"{column_letter(area.first_column)}{area.first_row}"

    def row_of(self, cell: str) -> int:
        """The number of a cell's row."""
        return _split(cell)[1]

    def column_of(self, cell: str) -> str:
        """The letters of a cell's column."""
        return _split(cell)[0]

    def last_column(self, sheet: str) -> str:
        """The letters of the last column with a text or a frame; "" for an empty sheet.

        Cells without either come and go with the program that saves the file.
        """
        cells = (*(cell for cell, _ in self.texts(sheet)), *self.looks.framed(sheet))
        return column_letter(max((column_number(_split(one)[0]) for one in cells), default=0))

    def choices(self, sheet: str, cell: str) -> tuple[str, ...] | None:
        """The values of the list of a cell; None without a list, none of them for one that cannot
        be read.
        """
        [place] = areas_of([cell])
        state = self.sheets[sheet].state
        for rule in state.lists if state else ():
            if any(area.overlaps(place) for area in rule.areas):
                return self._listed(rule.source, sheet)
        return None

    def _listed(self, source: str, sheet: str) -> tuple[str, ...]:
        inline = _INLINE.fullmatch(source)
        if inline:
            texts = inline[1].replace('""', '"').split(",")
            return tuple(text for one in texts if (text := squeeze(one)))
        known = self.names.get(source.casefold(), source)
        place = place_of(known) or place_of(f"'{sheet.replace(chr(39), 2 * chr(39))}'!{known}")
        if place is None or place[0] not in self.sheets:
            return ()
        title, area = place
        cells = (
            f"{column_letter(column)}{row}"
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        )
        return tuple(text for cell in cells if (text := self.text(title, cell)))

    def place_named(self, name: str) -> tuple[str, str] | None:
        """The sheet and the cell that a defined name stands for; None for no single box."""
        place = place_of(self.names.get(name.casefold(), ""))
        if place is None or place[0] not in self.sheets:
            return None
        title, area = place
        first = f"{column_letter(area.first_column)}{area.first_row}"
        return (title, first) if self.merge(title, first) == area else None

    @property
    def shown(self) -> tuple[str, ...]:
        """The sheets that are shown, in the order of their tabs."""
        return tuple(one for one in self.sheets if one not in self.hidden)

    @cached_property
    def looks(self) -> FormLooks:
        """How its cells look."""
        return FormLooks(self.package)


def is_to_fill(text: str) -> bool:
    """Whether a cell's text is none yet: nothing, or a blank to fill in, as "…/…/ 2026", "JJ/MM/AA"
    and "|__|__|" are.
    """
    is_blank = _TO_FILL.fullmatch(text) is not None and _DOTTED.search(text) is not None
    return not text or is_blank or _MODEL_DATE.fullmatch(text) is not None


def as_listed(value: CellValue, choices: Sequence[str] | None) -> tuple[CellValue, str]:
    """A value as the list of its cell has it; why it is not written, where the list has none such.

    Without a list (None), the value itself.
    """
    if choices is None:
        return value, ""
    said = shown(value)
    found = next((one for one in choices if _key(one) == _key(said)), None)
    if found is not None:
        return found, ""
    if not choices:
        return None, f"la liste de la case ne se lit pas (« {said} » n'est pas écrit)"
    return None, f"« {said} » n'est pas dans la liste de la case"


def _key(text: str) -> str:
    """What values of lists are compared by: signs count, spaces and case do not."""
    return "".join(text.casefold().split())


def place_of(reference: str) -> tuple[str, Area] | None:
    """The sheet and the area of a reference ('Fiche'!$C$4); None for anything else."""
    found = _ON_A_SHEET.fullmatch(reference.strip())
    places = list(areas_of([found[3]])) if found else []
    if found is None or len(places) != 1:
        return None
    return (found[1] or found[2]).replace("''", "'"), places[0]


def _split(cell: str) -> tuple[str, int]:
    letters = cell.rstrip("0123456789")
    return letters, int(cell[len(letters) :])


def _place(numbers: Sequence[int], wanted: int) -> int:
    """Where a row or a column is in the grid; -1 where it is not."""
    try:
        return numbers.index(wanted)
    except ValueError:
        return -1
