"""What stands in the sheet *Fusion*, by its mark; else by its name and headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cedre_xlsx.method.text import fold, squeeze, word_key
from cedre_xlsx.schema.fusion import DONE, Choice, Sort, Waiting
from cedre_xlsx.schema.generated_sheets import FUSION_KIND
from cedre_xlsx.schema.tables import FUSION
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook

_HEADINGS = {heading_key(column.header): name for name, column in FUSION.columns.items()}
_HEADING_ROWS = 30  # of a sheet, in which headings are looked for
_SORTS = {fold(sort.value): sort for sort in Sort}
_CHOICES = {fold(choice.value): choice for choice in Choice}


@dataclass(frozen=True, slots=True)
class FusionChoice:
    """A row of `Fusion`: its cells by field, the address of that of Choix, that of each.

    `choice` is None where nothing that can be chosen stands there.
    """

    sheet: str
    row: int
    sort: Sort
    cells: Mapping[str, Cell]
    place: str
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> str:
        """What stands under Choix."""
        return self.text("choice")

    @property
    def choice(self) -> Choice | None:
        """What was chosen."""
        return _CHOICES.get(fold(self.typed))

    @property
    def is_done(self) -> bool:
        """Whether what was chosen is done."""
        return fold(self.typed) == fold(DONE)

    def text(self, name: str) -> str:
        """A cell as a text."""
        cell = self.cells.get(name)
        return "" if cell is None else squeeze(str(cell))


def fusion_tab(workbook: RawWorkbook) -> str:
    """The tab of the sheet; "" where the workbook has none."""
    sheet = _sheet(workbook)
    return "" if sheet is None else sheet.name


def read_fusion(workbook: RawWorkbook) -> tuple[FusionChoice, ...]:
    """The rows of `Fusion`."""
    sheet = _sheet(workbook)
    return () if sheet is None else tuple(_rows(sheet))


def waiting_choices(workbook: RawWorkbook) -> Waiting | None:
    """What is still to be chosen there; None where the workbook has no such sheet."""
    tab = fusion_tab(workbook)
    if not tab:
        return None
    rows = [row for row in read_fusion(workbook) if row.sort.is_open and not row.is_done]
    cells = tuple(row.place for row in rows if not row.typed)
    return Waiting(tab, cells, chosen=len(rows) - len(cells))


def _sheet(workbook: RawWorkbook) -> RawSheet | None:
    for sheet in workbook.sheets:
        if sheet.generated_as == FUSION_KIND.mark:
            return sheet
    for sheet in workbook.sheets:
        named = not sheet.generated_as and word_key(sheet.name) == word_key(FUSION.sheet)
        if named and len(_headed(sheet)[1]) == len(_HEADINGS):
            return sheet
    return None


def _headed(sheet: RawSheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the place of each field in the grid."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for index, row in enumerate(sheet.grid[:_HEADING_ROWS]):
        found = {
            _HEADINGS[key]: place
            for place, cell in enumerate(row)
            if (key := heading_key(cell)) in _HEADINGS
        }
        if len(found) > len(best[1]):
            best = index, found
    return best


def _rows(sheet: RawSheet) -> Iterator[FusionChoice]:
    heading, columns = _headed(sheet)
    for index in range(heading + 1, len(sheet.grid) if columns else 0):
        cells = {name: sheet.cell(index, place) for name, place in columns.items()}
        sort = _SORTS.get(fold(str(cells.get("sort") or "")))
        if sort is not None and "choice" in columns:
            places = {name: sheet.address(index, column) for name, column in columns.items()}
            row = sheet.row_numbers[index]
            yield FusionChoice(sheet.name, row, sort, cells, places["choice"], places)
