"""What is to be written into a workbook, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.schema.records import column_letter

#: What a cell is given: texts stay texts, True and False are OUI and NON; None empties it.
CellValue = None | str | int | float | bool | date


class NewRow(NamedTuple):
    """A line to add to a table: what goes under each of its fields; `extra` has what goes under the
    headings of the team's own columns.
    """

    values: Mapping[str, CellValue]
    extra: Mapping[str, CellValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column to add to a table (tPersonnes…): one of ours, by its field, else one of the team's.

    One of ours without `heading` has the schema's.
    """

    table: str
    heading: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell to fill, change or empty, by the title of its sheet and its address.

    `over` writes also where a text has formats of its own, which go with it, and where a formula
    is: that stays, the value being what it shows from now on.
    """

    sheet: str
    cell: str
    value: CellValue
    over: bool = False


@dataclass(frozen=True, slots=True)
class LineChange:
    """Cells of a line that is there, by its table and the number of its row: what goes under its
    fields, and under the headings of the team's own columns, those just added included; `over` as
    of a cell.
    """

    table: str
    row: int
    values: Mapping[str, CellValue] = field(default_factory=dict)
    extra: Mapping[str, CellValue] = field(default_factory=dict)
    over: bool = False


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """Where a wanted column is: its field is "" for the team's own, its number counts from 1.

    `was_there` says that nothing was added: reading knew it already.
    """

    table: str
    heading: str
    field: str
    sheet: str
    number: int
    was_there: bool = False

    def cell(self, row: int) -> str:
        """The address of its cell in a row."""
        return f"{column_letter(self.number)}{row}"


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Where a new line went: `index` is its rank among those of its table that were given."""

    table: str
    index: int
    sheet: str
    row: int

    def cell(self, column: int) -> str:
        """The address of its cell in a column."""
        return f"{column_letter(column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What could not be written, and why in French.

    Of a new line, `table` and `index` say which it is, and `field` the value that it lacks ("" for
    the whole line, and for a column of the team's, which `heading` names); of a cell to change,
    `cell` is its address; of a column to add, only `heading` is said.
    """

    sheet: str
    why: str
    table: str = ""
    index: int = 0
    field: str = ""
    heading: str = ""
    cell: str = ""
    value: CellValue = None

    @property
    def line(self) -> str:
        """What is left and why, in one line."""
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        what = f"nouvelle ligne {self.index + 1}" if self.table else ""
        place = " ".join(filter(None, (where, what, self.heading)))
        said = "" if self.value is None else f"« {shown(self.value)} », "
        return f"{place} : {said}{self.why}"


@dataclass(frozen=True, slots=True)
class Edited:
    """A workbook's bytes with what could be written; the same bytes where nothing was.

    `placed` are the new lines, `made` the cells that were changed, `left` what was not written;
    `columns` are the wanted columns with their places, those that were there before included.
    `notes` say in French what is to be known of where lines and columns went.
    """

    data: bytes
    placed: tuple[PlacedRow, ...] = ()
    made: tuple[CellChange, ...] = ()
    left: tuple[Unwritten, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[PlacedColumn, ...] = ()


def shown(value: CellValue) -> str:
    """A value as French shows it."""
    if isinstance(value, bool):
        return "OUI" if value else "NON"
    if isinstance(value, date):
        return french_day(value)
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return "" if value is None else str(value)
