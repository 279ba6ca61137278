"""A generated sheet as people left it: its cells, our lines in it, what people added to these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from cedre_xlsx.method.days import EPOCH, EPOCH_1904
from cedre_xlsx.ooxml.cell_text import number_text
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.generated import headings_between, is_key, is_line_key
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.old_cells import OldCell, Place, elements, read_cells
from cedre_xlsx.workbook.package.old_tables import OldLines, OldTable, columns_named, old_tables


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that someone added to our table: its heading, where it was, its old element."""

    name: str
    column: int
    element: etree._Element | None = None

    @property
    def formula(self) -> str:
        """What computes each of its cells; "" for a column that is typed."""
        return (
            "" if self.element is None else self.element.findtext(q("calculatedColumnFormula"), "")
        )


class OldSheet:
    """The part that is about to be replaced."""

    def __init__(self, host: Host, part: str) -> None:
        self.host = host
        self.part = part
        self._read = read_cells(host.package.read(part), *host.shared_texts)
        self.relations = Relations(host.package, part)

    @property
    def root(self) -> etree._Element:
        """The sheet without its rows."""
        return self._read.root

    @property
    def cells(self) -> Mapping[int, Mapping[int, OldCell]]:
        """Every cell by row and column."""
        return self._read.rows

    @property
    def shared_formulas(self) -> Mapping[str, tuple[str, str]]:
        """Formulas written once for several cells, by their number: the text, and where it is."""
        return self._read.shared_formulas

    @property
    def arrays(self) -> Sequence[str]:
        """The ranges that one formula fills: spilled formulas, formulas of arrays."""
        return self._read.arrays

    @property
    def merges(self) -> list[str]:
        """The merged ranges."""
        merged = self.root.iterfind(f"{q('mergeCells')}/{q('mergeCell')}")
        return [one.get("ref", "") for one in merged]

    @cached_property
    def pivots(self) -> list[str]:
        """The ranges of its pivot tables."""
        parts = [r.target for r in self.relations.of_kind("pivotTable")
                 if r.target in self.host.package]  # fmt: skip
        places = (self.host.package.root(part).find(q("location")) for part in parts)
        return [place.get("ref", "") for place in places if place is not None]

    @cached_property
    def tables(self) -> tuple[OldTable, ...]:
        """The tables of this sheet."""
        return tuple(old_tables(self.host, self.relations))

    def forget(self, rows: Collection[int]) -> None:
        """Have some rows not be there: what they hold is kept elsewhere."""
        for number in rows:
            self._read.rows.pop(number, None)
        for name in ("keys", "key_column"):
            self.__dict__.pop(name, None)

    def elements(self, places: Collection[Place]) -> Mapping[Place, etree._Element]:
        """The cells of some places, as they are in the sheet's XML."""
        return elements(self.host.package.read(self.part), places)

    @cached_property
    def key_column(self) -> int | None:
        """The column that holds our keys; None when there is none left."""
        counts = Counter(
            column
            for cells in self.cells.values()
            for column, cell in cells.items()
            if is_key(cell.text)
        )
        return counts.most_common(1)[0][0] if counts else None

    @cached_property
    def keys(self) -> Mapping[int, str]:
        """The key of each row that has one, by the row's number."""
        column = self.key_column
        found = {} if column is None else {
            number: cells[column].text for number, cells in self.cells.items() if column in cells
        }  # fmt: skip
        return {number: key for number, key in found.items() if is_key(key)}

    def table(self, headings: Sequence[str]) -> OldTable | None:
        """The table that has most of our headings, more than half of them."""
        return max(
            (one for one in self.tables if _score(one.names, headings) * 2 > len(headings)),
            key=lambda one: _score(one.names, headings),
            default=None,
        )

    def lines(self, headings: Sequence[str]) -> OldLines | None:
        """Where our lines stand: under our headings, else in a table of these, else by the keys.

        The headings of a table that another program cut or made a range are in the cells still;
        those of a table whose heading row was hidden are in the table's part alone.
        """
        table, headed = self.table(headings), self._headed(headings)
        if table is None:
            return headed or self._keyed(headings)
        if headed is None:
            return table
        is_whole = _score(table.names, headings) >= _score(headed.names, headings)
        if is_whole and table.header_row == headed.header_row:
            return table
        known = {column.get("name", "").casefold(): column for column in table.columns}
        columns = [known.get(name.casefold(), column)
                   for name, column in zip(headed.names, headed.columns, strict=True)]  # fmt: skip
        return OldLines(headed.first_column, headed.header_row, columns)

    def _headed(self, headings: Sequence[str]) -> OldLines | None:
        """The row of cells that has most of our headings, more than half of them."""
        wanted = {heading.casefold() for heading in headings}
        best: OldLines | None = None
        most = len(wanted) // 2
        for number, cells in self.cells.items():
            own = [c for c, cell in cells.items() if self._heading(cell).casefold() in wanted]
            found = {self._heading(cells[c]).casefold() for c in own}
            if len(found) > most:
                names = [self._heading(cells.get(c)) for c in range(min(own), max(own) + 1)]
                names = headings_between(names, headings)
                best, most = OldLines(min(own), number, columns_named(names)), len(found)
        return best

    def _keyed(self, headings: Sequence[str]) -> OldLines | None:
        """The columns that end with the keys, when nothing else is left of our headings."""
        lines = [number for number, key in self.keys.items() if is_line_key(key)]
        if not lines or self.key_column is None or self.key_column < len(headings):
            return None
        first = self.key_column - len(headings) + 1
        return OldLines(first, min(lines) - 1, columns_named(headings))

    def extras(self, table: OldLines, headings: Sequence[str]) -> tuple[Extra, ...]:
        """The columns added to the table, and those headed right beside it (LibreOffice does
        not extend tables).
        """
        own = {heading.casefold() for heading in headings}
        found = [
            Extra(name, table.first_column + offset, column)
            for offset, (name, column) in enumerate(zip(table.names, table.columns, strict=True))
            if name and name.casefold() not in own
        ]
        taken = own | {extra.name.casefold() for extra in found}
        header = self.cells.get(table.header_row, {})
        foreign = {
            column
            for one in self.tables
            if one.first_column > table.last_column
            for column in range(one.first_column, one.last_column + 1)
        }
        column = table.last_column + 1
        while (name := self._heading(header.get(column))) and name.casefold() not in taken:
            if column in foreign:
                break
            found.append(Extra(name, column))
            taken.add(name.casefold())
            column += 1
        return tuple(found)

    def _heading(self, cell: OldCell | None) -> str:
        """A typed text as a table's part spells it; "" for a cell that holds anything else."""
        is_text = cell is not None and cell.kind in ("s", "inlineStr")
        return self.text(cell).replace("\n", "_x000a_") if is_text else ""

    def text(self, cell: OldCell | None) -> str:
        """What a cell holds, as it is compared; "" for none."""
        return cell.text if cell is not None else ""

    def shown(self, cell: OldCell) -> str:
        """What a cell shows, nearly: a date as a date, a number with a comma."""
        text = cell.text
        if cell.kind != "n" or text.startswith("="):
            return text
        if self._is_day(cell):
            return f"{from_excel(int(text), self._epoch):%d/%m/%Y}"
        return text.replace(".", ",")

    def counted_otherwise(self, cell: OldCell) -> OldCell:
        """A day as it was written before its workbook was saved with the other system of dates; any
        other cell as it is.
        """
        if not self._is_day(cell):
            return cell
        moved = int(cell.text) + _BETWEEN * (1 if self.host.date1904 else -1)
        return cell._replace(text=number_text(moved))

    def _is_day(self, cell: OldCell) -> bool:
        style = int(cell.style) if cell.style.isdecimal() else 0
        return cell.kind == "n" and cell.text.isdecimal() and style in self._date_styles

    @cached_property
    def _epoch(self) -> datetime:
        return CALENDAR_MAC_1904 if self.host.date1904 else CALENDAR_WINDOWS_1900

    @cached_property
    def _date_styles(self) -> frozenset[int]:
        """The cell formats that show a number as a date."""
        related = self.host.related("styles")
        if related is None:
            return frozenset()
        root = self.host.package.root(related.target)
        codes = {
            item.get("numFmtId"): item.get("formatCode", "") for item in root.iter(q("numFmt"))
        }
        formats = (
            codes.get(number) or BUILTIN_FORMATS.get(int(number), "")
            for number in (
                xf.get("numFmtId", "0") for xf in root.iterfind(f"{q('cellXfs')}/{q('xf')}")
            )
        )
        return frozenset(i for i, code in enumerate(formats) if is_date_format(code))


#: How many days the first of one system of dates comes after that of the other.
_BETWEEN = (EPOCH_1904 - EPOCH).days


def _score(names: Sequence[str], headings: Sequence[str]) -> int:
    """How many of our headings are among some names."""
    known = {name.casefold() for name in names}
    return len({heading.casefold() for heading in headings} & known)
