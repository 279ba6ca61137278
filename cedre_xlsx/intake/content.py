"""What the values of a column look like, as reading would understand them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from cedre_xlsx.intake.births import share_of_births
from cedre_xlsx.intake.names import without_birth
from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.problems import Odd, plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank, is_error

#: How many values of a column are looked at.
_LOOKED_AT = 300
#: Kinds that take any text.
_ANY_TEXT = frozenset({Kind.TEXT, Kind.PERSON, Kind.REFERENCE})
_NAME = re.compile(
    r"^[^\W\d_][^\W\d_'’.\- ]*(?:[ '’.\-]+[^\W\d_][^\W\d_'’.\- ]*){1,4}(?: \(.*\))?$"
)
_NEARLY_PASS = re.compile(r"\d{11}|\d{13}")
_DAY = date(2000, 1, 3)


def sample(cells: Sequence[Cell]) -> list[Cell]:
    """The first values of a column that hold something."""
    found = []
    for cell in cells:
        if not is_blank(cell) and not is_error(cell):
            found.append(cell)
            if len(found) == _LOOKED_AT:
                break
    return found


def share_understood(reader: Reader, field: str, column: Column, cells: Sequence[Cell]) -> float:
    """The share of some values that a field would understand, from 0 to 1; 1 without any."""
    if not cells:
        return 1.0
    if field == "pass_number":
        return sum(_is_pass(_figures(cell)) for cell in cells) / len(cells)
    if field == "birth_year":
        return share_of_births(cells, reader)
    if column.kind in _ANY_TEXT:
        return 1.0
    if column.kind in (Kind.DATED_TEXT, Kind.DATE):
        return share_of_dates(cells, reader.on)
    if column.choices is not None and not column.choices.closed:
        return 1.0
    convert = reader.converter(field, column)
    meant = [convert(cell, _DAY) for cell in cells]
    return sum(not (isinstance(one, Odd) and one.unreadable) for one in meant) / len(cells)


def _is_pass(text: str) -> bool:
    """Whether a text is the number of a PASS, or one of a figure more or less."""
    return bool(pass_number(text)) or _NEARLY_PASS.fullmatch("".join(text.split())) is not None


def _figures(cell: Cell) -> str:
    """A cell as text, a whole number without a comma."""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if is_whole and isinstance(cell, float) else plain_text(cell)


def share_of_dates(cells: Sequence[Cell], on: date) -> float:
    """The share of some values that say a day."""
    return sum(_is_day(cell, on) for cell in cells) / len(cells) if cells else 0.0


def _is_day(cell: Cell, on: date) -> bool:
    if isinstance(cell, str):
        return read_date(cell, on, first=True).day is not None
    return isinstance(cell, date | datetime)


def share_of_known_people(cells: Sequence[Cell], records: Records) -> float:
    """The share of some values that name someone of Personnes."""
    if not cells:
        return 0.0
    known = (
        isinstance(cell, str)
        and (records.canonical_name(cell) is not None or records.is_ambiguous(cell))
        for cell in cells
    )
    return sum(known) / len(cells)


def share_of_names(cells: Sequence[Cell]) -> float:
    """The share of some values that may be the Nom and Prénom of someone."""
    if not cells:
        return 0.0
    names = (without_birth(one)[0] for one in cells if isinstance(one, str))
    return sum(bool(_NAME.match(name)) for name in names) / len(cells)
