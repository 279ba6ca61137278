"""What stands at the foot of a table and is none of its lines: sums, and remarks under them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cedre_xlsx.method.text import word_key
from cedre_xlsx.ooxml.areas import Place
from cedre_xlsx.ooxml.formula_cells import FormulaCell, FormulaCells
from cedre_xlsx.ooxml.references import Names
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.line_width import reads_lines
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.stale import names_of
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import RawWorkbook, is_blank

_SUMS = ("total ", "totaux ", "sous total ", "somme des ", "moyenne des ", "nombre de ")


def feet_of(host: Host, workbook: RawWorkbook) -> dict[str, frozenset[int]]:
    """The rows of each table (tPersonnes…) that were read as lines, and are sums or remarks."""
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    names, found = names_of(host), {}
    for spec in DATA_TABLES:
        place = locate(workbook, spec)
        if place is not None and place.sheet.name in parts:
            xml = host.package.read(parts[place.sheet.name])
            formulas = {one.cell: one for one in FormulaCells(xml).formulas()}
            found[spec.table] = frozenset(_Feet(place, formulas, names).rows())
    return found


class _Feet:
    """Finds the rows at the foot of one table."""

    def __init__(self, found: Located, formulas: Mapping[Place, FormulaCell], names: Names) -> None:
        self._found = found
        self._sheet = found.sheet
        self._formulas = formulas
        self._names = names
        numbers = found.sheet.row_numbers
        self._lines = sorted(numbers[index] for index in found.rows)
        self._own = {
            found.sheet.column_number(index)
            for field, index in found.columns.items()
            if not found.spec.columns[field].calculated
        }
        table = found.table
        self._bottom = 0 if table is None else table.last_row - table.totals_rows

    def rows(self) -> Iterator[int]:
        """From the top to the bottom; a lone text right under one, or apart, is one too."""
        former, is_foot = self._found.heading_row_number, False
        for row in self._lines:
            is_apart = row > max(former + 1, self._bottom + 1) and row > self._lines[0]
            lone = row > self._bottom and self._said(row) <= 1
            is_foot = self._sums(row, apart=is_apart) or (lone and (is_foot or is_apart))
            if is_foot:
                yield row
            former = row

    def _said(self, row: int) -> int:
        index = self._sheet.row_index(row)
        cells = (self._sheet.cell(index, column) for column in self._found.columns.values())
        return sum(not is_blank(cell) for cell in cells)

    def _sums(self, row: int, *, apart: bool) -> bool:
        """Whether a row computes over the lines above it, or says that it does."""
        above = [one for one in self._lines if one < row]
        if len(above) < 2:
            return False
        inner = (
            [one for (at, _), one in self._formulas.items() if at == row]
            if apart
            else [
                one
                for column in self._own
                if (one := self._formulas.get((row, column))) is not None
            ]
        )
        if any(self._reads(one, above) for one in inner):
            return True
        return row > self._bottom and self._says_total(row)

    def _reads(self, one: FormulaCell, above: Collection[int]) -> bool:
        """Whether a formula reads several lines of its own column."""
        title, column = self._sheet.name, one.cell[1]
        return reads_lines(one, title, (column,), above, self._names)

    def _says_total(self, row: int) -> bool:
        """Whether the only text of a row begins like one of a sum, beside figures or nothing."""
        index = self._sheet.row_index(row)
        cells = [self._sheet.cell(index, column) for column in self._found.columns.values()]
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        return len(texts) == 1 and f"{word_key(texts[0])} ".startswith(_SUMS)
