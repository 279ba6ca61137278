"""The columns of new lines: what each looks like and computes, as the lines above do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import is_dead
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.formulas import depends_on_row, moved, name_formula
from cedre_xlsx.workbook.edit.places import Ground, Spot
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import q

#: What a formula says of its own row, which only the rows of its table have.
_OF_ITS_ROW = ("#this row", "[@")
Rule = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class LineColumn:
    """One column: its field ("" for the team's own), the style of its cells, what it computes.

    `is_drawn` says whether an empty cell is stored for its looks.
    """

    number: int
    letters: str
    field: str
    style: str
    is_drawn: bool
    rule: Rule | None = None

    def formula(self, row: int) -> str:
        """What it computes in a row; "" where that is typed."""
        return self.rule(row) if self.rule else ""

    def styled(self, style: str) -> LineColumn:
        """The column with a cell's own style."""
        return replace(self, style=style)


def line_columns(
    cells: SheetCells,
    spec: TableSpec[Any],
    fields: Mapping[str, int],
    ground: Ground,
    spot: Spot,
    table: etree._Element | None,
) -> list[LineColumn]:
    """The columns of the new lines from left to right; `table` is that which has them."""
    names = {number: name for name, number in fields.items()}
    formulas = _Formulas(cells, spec, fields, spot, _fills(table, ground))
    row = spot.above[0] if spot.above else spot.first
    stored = cells.row_cells(row) if spot.above else {}
    made = []
    for number in ground.span:
        letters, name = column_letter(number), names.get(number, "")
        cell = stored.get(number)
        style = cell.style if cell else cells.look_below(f"{letters}{row}")
        is_name = bool(name) and bool(spec.columns[name].calculated)
        if is_name:
            rule: Rule | None = formulas.of_name(number)
        else:  # what fills our fields above is of those lines alone
            rule = formulas.of_table(number) if name else formulas.of(number)
        made.append(LineColumn(number, letters, name, style, cell is not None, rule))
    return made


def _fills(table: etree._Element | None, ground: Ground) -> dict[int, str]:
    """The formulas that a table fills its new lines with, by column."""
    if table is None or ground.table is None:
        return {}
    columns = table.findall(f"{q('tableColumns')}/{q('tableColumn')}")
    found = {}
    for number, column in enumerate(columns, ground.table.first_column):
        formula = column.find(q("calculatedColumnFormula"))
        text = "" if formula is None or formula.get("array") else (formula.text or "")
        if text and not is_dead(text) and not depends_on_row(text):
            found[number] = text
    return found


class _Formulas:
    """What the columns go on computing: as their table says, else as the lines above do."""

    def __init__(
        self,
        cells: SheetCells,
        spec: TableSpec[Any],
        fields: Mapping[str, int],
        spot: Spot,
        fills: Mapping[int, str],
    ) -> None:
        self._cells = cells
        self._spec = spec
        self._fields = fields
        self._spot = spot
        self._fills = fills

    def of_table(self, number: int) -> Rule | None:
        """The rule by which the table itself fills a column."""
        return _always(self._fills[number]) if number in self._fills else None

    def of(self, number: int) -> Rule | None:
        """The rule of a column of the team's, if the last lines agree on it."""
        if number in self._fills:
            return self.of_table(number)
        known = [(row, self._above(row, number)) for row in self._spot.above]
        if not known or not all(text for _, text in known):
            return None
        row, text = known[0]
        if any(moved(other, at, row, number) != text for at, other in known[1:]):
            return None
        return lambda to: moved(text, row, to, number)

    def of_name(self, number: int) -> Rule:
        """The column of Personne, which every line has."""
        if number in self._fills:
            return _always(self._fills[number])
        for row in self._spot.above:
            text = self._above(row, number)
            if text:
                return lambda to: moved(text, row, to, number)
        return lambda to: name_formula(self._spec, self._fields, to, in_table=False)

    def _above(self, row: int, number: int) -> str:
        """The formula of a line above, where another row may have it."""
        text = self._cells.formula_text(row, number)
        is_own = any(mark in text.casefold() for mark in _OF_ITS_ROW)
        return "" if is_dead(text) or (is_own and not self._spot.in_table) else text


def _always(text: str) -> Rule:
    return lambda _: text
