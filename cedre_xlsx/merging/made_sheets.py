"""What people typed in the sheets that `refresh` makes, but on their lines: beside, under, over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.merging.model import Note
from cedre_xlsx.merging.remarks import Remarks, missing_remarks
from cedre_xlsx.merging.sides import Place, Side
from cedre_xlsx.schema.fusion import REMARK, Sort
from cedre_xlsx.schema.generated import is_key
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.generated import GeneratedSheet, Link
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.package.beside import KEPT_HERE
from cedre_xlsx.workbook.package.typed_over import HEADING
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook, is_blank
from cedre_xlsx.workbook.read.source import raw_workbook

_PRINTS = CellPrints(b"aside")
_BESIDE = "Texte hors des tableaux"


@dataclass(frozen=True, slots=True)
class Aside:
    """A cell of a generated sheet that the tool did not write: its sheet's mark and tab, its value,
    a formula as such.
    """

    mark: str
    tab: str
    place: Place
    value: Cell

    def distance(self, place: Place) -> tuple[int, int]:
        """How far a place is, columns first: it stood in the same one, most often."""
        return abs(place[1] - self.place[1]), abs(place[0] - self.place[0])


@dataclass(frozen=True)
class Asides:
    """Such cells of a file, and the comments of its generated sheets by their marks."""

    cells: tuple[Aside, ...]
    remarks: Mapping[str, Remarks]


def asides(side: Side, made: Sequence[GeneratedSheet]) -> Asides:
    """Such cells of a file whose generated sheets were just made anew: what they hold besides what
    the tool writes in them.
    """
    ours = {one.mark: one for one in made if not one.hidden}
    cells: list[Aside] = []
    remarks = {}
    for sheet in generated_in(side.book, side.path).sheets:
        one = ours.get(sheet.generated_as)
        if one is not None:
            cells += _besides(side, sheet, one)
            remarks[sheet.generated_as] = side.remarks.get(sheet.name, {})
    return Asides(tuple(cells), remarks)


def generated_in(book: OpenBook, path: Path) -> RawWorkbook:
    """The generated sheets of a file, those of a year included, which nothing else reads."""
    if book.workbook.state is None:  # none of Excel's: all of it was read
        return RawWorkbook(tuple(one for one in book.workbook.sheets if one.generated_as))
    tabs = frozenset(one.tab for one in book.reading.records.generated if one.tab)
    return raw_workbook(book.data, path, lambda names: tabs)


def hold_the_same(first: Side, second: Side) -> bool:
    """Whether the generated sheets of two files are the same, as they most often are: what is typed
    in one is typed in the other.
    """
    mine, theirs = ({one.generated_as: one for one in generated_in(side.book, side.path).sheets}
                    for side in (first, second))  # fmt: skip
    for mark, sheet in theirs.items():
        other = mine.get(mark)
        if other is None or any(
            here.get(sheet.name, {}) != there.get(other.name, {})
            for here, there in (
                (second.formulas, first.formulas),
                (second.remarks, first.remarks),
            )
        ):
            return False
        if sorted(_said(sheet)) != sorted(_said(other)):
            return False
    return True


def _said(sheet: RawSheet) -> list[tuple[Place, str]]:
    return [(place, _PRINTS.of(cell)) for place, cell in _cells(sheet, {})]


def aside_notes(
    mine: Asides, theirs: Asides, as_typed: RawWorkbook, base: RawWorkbook | None
) -> Iterator[Note]:
    """What B's sheets hold so that A's do not say; not what stood there in the base already, which
    A took out. `as_typed` are B's as they are, where the addresses are looked up.
    """
    known = Counter((one.mark, _PRINTS.of(one.value)) for one in mine.cells)
    for one in theirs.cells:
        said = one.mark, _PRINTS.of(one.value)
        if known[said] > 0:
            known[said] -= 1
            continue
        where = min(_places(as_typed, one), key=one.distance, default=None)
        if where is not None and base is not None and where in _places(base, one):
            continue
        heading = f"{_BESIDE}, {column_letter(where[1])}{where[0]} de B" if where else _BESIDE
        yield Note(Sort.TO_PLACE, None, heading=heading, second=one.value, sheet=one.tab)
    yield from _remark_notes(mine, theirs, as_typed)


def _remark_notes(mine: Asides, theirs: Asides, as_typed: RawWorkbook) -> Iterator[Note]:
    tabs = {sheet.generated_as: sheet.name for sheet in as_typed.sheets}
    for mark, remarks in theirs.remarks.items():
        for _, text in missing_remarks(mine.remarks.get(mark, {}), remarks, {}):
            sheet = tabs.get(mark, "")
            yield Note(
                Sort.TO_PLACE, None, heading=REMARK, second=text, sheet=sheet, is_remark=True
            )


def _besides(side: Side, sheet: RawSheet, made: GeneratedSheet) -> Iterator[Aside]:
    """The cells of a sheet, as often as they are not ours: those are in the first columns."""
    ours = Counter(map(_PRINTS.of, _written(made)))
    width = max((len(row.values) for row in made.rows), default=0)
    cells = _cells(sheet, side.formulas.get(sheet.name, {}))
    for place, cell in sorted(cells, key=lambda one: (one[0][1] > width, one[0])):
        said = _PRINTS.of(cell)
        if ours[said] > 0:
            ours[said] -= 1
        elif not (isinstance(cell, str) and _is_scaffold(cell)):
            yield Aside(sheet.generated_as, sheet.name, place, cell)


def _cells(sheet: RawSheet, formulas: Mapping[Place, str]) -> Iterator[tuple[Place, Cell]]:
    found: dict[Place, Cell] = {place: f"={text}" for place, text in formulas.items()}
    for index, row in enumerate(sheet.grid):
        for column, cell in enumerate(row):
            if not is_blank(cell):
                place = sheet.row_numbers[index], sheet.column_number(column)
                found.setdefault(place, cell)
    yield from sorted(found.items())


def _written(made: GeneratedSheet) -> Iterator[Cell]:
    """All that the tool writes in a sheet."""
    from openpyxl import Workbook

    drawn = Workbook().active
    assert drawn is not None
    made.draw(drawn, made.last_row)
    for cells in drawn.iter_rows(values_only=True):
        yield from (cell for cell in cells if isinstance(cell, str | int | float | date))
    for stretch in made.stretches:
        yield from stretch.headings
    for row in (*made.body, *made.footer):
        yield from (one.text if isinstance(one, Link) else one for one in row.values)


def _is_scaffold(text: str) -> bool:
    """Whether a text is one that the tool writes where it keeps what was typed."""
    return is_key(text) or text == HEADING or KEPT_HERE in text


def _places(workbook: RawWorkbook, one: Aside) -> Iterator[Place]:
    """The cells of a file's same sheet that hold the same."""
    said = _PRINTS.of(one.value)
    for sheet in workbook.sheets:
        if sheet.generated_as == one.mark:
            yield from (place for place, cell in _cells(sheet, {}) if _PRINTS.of(cell) == said)
