"""What making people anonymous takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from cedre_xlsx.schema.columns import Row
from cedre_xlsx.workbook.edit.model import CellValue, Unwritten
from cedre_xlsx.workbook.read.assemble import Reading
from cedre_xlsx.workbook.read.raw import RawWorkbook

#: What stands where words had to stay: a rule or a table needs that the cell is filled.
REMOVED = "retiré"
#: What stands where a date was that nobody could read: the figures count it as unknown.
UNREADABLE = "illisible"
#: A cell: its table (tPersonnes…), the number of its row, its field and, of a deadline, which day.
DateKey = tuple[str, int, str, str]
#: Called with how much of the work is done, of how much.
Progress = Callable[[int, int], None]


class Tier(Enum):
    """How near a date stays to what it was; the value is how it is told."""

    MONTH = "au premier de leur mois"
    INTERVAL = "déplacées ensemble dans leur mois"
    WEEKS = "déplacées de semaines entières"
    EXACT = "gardées au jour"


class Book(Protocol):
    """A workbook that is to be written: its bytes, and what was read of them."""

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        ...

    @property
    def workbook(self) -> RawWorkbook:
        """The cells of the file."""
        ...

    @property
    def reading(self) -> Reading:
        """What they were understood as."""
        ...


@dataclass(frozen=True, slots=True)
class NewLine:
    """What becomes of one line: the row that it reads as, None where all of it goes.

    `values` is written under its fields, `extra` under the team's own headings.
    """

    table: str
    row: int
    after: Row | None
    values: Mapping[str, CellValue] = field(default_factory=dict)
    extra: Mapping[str, CellValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Anonymous:
    """A workbook with some people anonymous.

    `codes` are those that stand for their names. `dropped_texts` are the whole texts that were
    removed, to look for elsewhere. `comment_lines` are the addresses of all cells of their lines,
    by sheet title. `tiers` counts the dates (Tier) and the years of birth ("année exacte"…) by how
    near they stay; `sentences` say in French what was done; `left` is what was not written.
    """

    data: bytes
    codes: Mapping[str, str]
    dropped_texts: frozenset[str]
    comment_lines: Mapping[str, tuple[str, ...]]
    tiers: Mapping[str, int]
    sentences: tuple[str, ...] = ()
    left: tuple[Unwritten, ...] = ()
