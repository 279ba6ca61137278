"""What a generated sheet is, between the report that fills it and the package that writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cedre_xlsx.schema.tables import TableSpec

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from cedre_xlsx.workbook.styles import Style


#: The last row that a sheet can have, and how many stay free for what people typed by hand.
LAST_ROW = 1_048_576
_FREE_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of the same workbook; without a `sheet`, of its own one."""

    text: str
    sheet: str
    cell: str


Value = None | str | int | float | bool | date | Link


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of data: its look is `GeneratedSheet.styles[style]`, a Style a column.

    `height` in points, None to let the program that opens the file decide. `identity` is what the
    row is known by at the next refresh, whatever its texts say then; a row of a table has it in
    its own column of keys. One that is `folded` stands in a closed group of the sheet's outline,
    under the row above the group.
    """

    style: str
    values: tuple[Value, ...]
    height: float | None = None
    identity: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class OpenColumns:
    """The columns of a sheet without table that people fill, line by line.

    `columns` are their numbers, from 1 on, those where only the tool writes what it was told
    included. `known` tells, of a row of texts, which of its columns are ours and where each stands
    now, none for a row that is not the headings; `keyed` tells it of a sheet without headings, by
    the column of its keys. `written` are the rows of the old sheet whose open cells were read and
    are written again where they belong now.
    """

    columns: tuple[int, ...]
    known: Callable[[Sequence[str]], Mapping[int, int]]
    keyed: Callable[[int], Mapping[int, int]]
    written: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """Hidden defined names that a sheet needs, each with what it stands for; all others that begin
    with `prefix` go.
    """

    prefix: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the rows as an Excel table, so that they can be filtered without the others.

    `name` is that of the table where it is free; its heading row holds the `headings`, from the
    first column on.
    """

    name: str
    headings: tuple[str, ...]
    heading_row: int
    last_row: int


def _none_became(identities: Collection[str], living: Collection[str]) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class OldNote:
    """What was typed on a line that is no more, with what the line was and since when it is gone.

    `sheet` is the tab where it stood.
    """

    person: str
    sheet: str
    line: str
    since: date
    text: str


@dataclass(frozen=True)
class GeneratedSheet:
    """One sheet that `refresh` makes.

    `mark` is the hidden defined name, pointing to its A1, by which the sheet is found again after
    it was renamed or moved; `title` names it when it is made. `draw(sheet, last_row)` lays out
    everything but the data rows with openpyxl (titles, headings in row `first_row - 1`, widths,
    panes, conditional formats, print set-up, charts); `last_row` is the last row of the table,
    `first_row` at the least. `rows` follow from `first_row` on; with a `table`, they are its body
    (one empty body row where there are none), and its columns are its headings, which the splice
    writes as an Excel table. `footer` rows come two rows below. Without a `table`, `stretches` of
    the rows may each be one. `notes` are for the person who refreshes: what was typed in the sheet
    and could not stay where it was. `places` says, of a table, what became of each row of the
    previous one that was read, by its number: its line's identity, or the key of the row that
    keeps it; `became` says, of the identities of the rows of another sheet and of those of
    them that are not kept below, which are others now. `new_names` are those of people who had
    another one at the last refresh: where someone has typed them over ours, that is what we write.
    A `hidden` sheet is made as the last one, and not shown; it is nobody's to type in.
    """

    mark: str
    title: str
    draw: Callable[[Worksheet, int], None]
    first_row: int
    styles: Mapping[str, tuple[Style, ...]] = field(default_factory=dict)
    rows: Sequence[SheetRow] = ()
    table: TableSpec[Any] | None = None
    footer: Sequence[SheetRow] = ()
    stretches: Sequence[Stretch] = ()
    notes: Sequence[str] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    became: Callable[[Collection[str], Collection[str]], Mapping[str, str]] = _none_became
    new_names: frozenset[str] = frozenset()
    open_columns: OpenColumns | None = None
    hidden_names: HiddenNames | None = None
    hidden: bool = False

    @property
    def body(self) -> Sequence[SheetRow]:
        """The rows that the sheet has room for."""
        room = LAST_ROW - self.first_row - len(self.footer) - _FREE_ROWS
        return self.rows if len(self.rows) <= room else self.rows[:room]

    @property
    def last_row(self) -> int:
        """The last row of the table's body."""
        return self.first_row + max(len(self.body), 1) - 1

    @property
    def tables(self) -> Iterator[Stretch]:
        """The stretches, as far as the sheet has room for their rows."""
        for one in self.stretches:
            if one.heading_row < self.last_row:
                yield replace(one, last_row=min(one.last_row, self.last_row))


@dataclass(frozen=True)
class Ageing:
    """When what is kept below generated sheets leaves them, and where to.

    What has had no line for more than `months` goes to the sheet `home`, drawn without rows: it is
    made once, and added to ever after.
    """

    home: GeneratedSheet
    months: int
