"""The lines of one file, as a merge compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cedre_xlsx.merging.model import BaseLines, Line, Lines
from cedre_xlsx.ooxml.formula_cells import FormulaCells
from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.ancestors import cell_prints
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.edit.formulas import moved
from cedre_xlsx.workbook.edit.headed import Headed
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.package.comments import comment_texts
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read.locate import locate
from cedre_xlsx.workbook.typed_lines import OWN, TypedTable, typed_tables

Place = tuple[int, int]
_MOVED_TO = 1_000  # a row where every formula of a line can be compared


@dataclass(frozen=True, slots=True)
class Side:
    """One of the files: what it is called, what it holds, where its cells compute.

    `formulas` are those of its sheets by title, by row and column; a file that is none of Excel's
    does not tell them. `remarks` are the comments of its cells, alike.
    """

    path: Path
    book: OpenBook
    formulas: Mapping[str, Mapping[Place, str]]
    remarks: Mapping[str, Mapping[Place, str]]

    @property
    def name(self) -> str:
        """How it is called."""
        return self.path.name


def side_of(path: Path, book: OpenBook) -> Side:
    """A file that was opened."""
    formulas: dict[str, Mapping[Place, str]] = {}
    remarks: dict[str, Mapping[Place, str]] = {}
    if book.workbook.state is not None:  # one of Excel's
        host = Host(Package(book.data))
        for sheet in host.sheets():
            if sheet.is_worksheet and sheet.part in host.package:
                formulas[sheet.title] = _formulas(host.package.read(sheet.part))
                remarks[sheet.title] = _remarks(host, sheet.part)
    return Side(path, book, formulas, remarks)


def _formulas(xml: bytes) -> dict[Place, str]:
    if b"f>" not in xml and b"<f" not in xml:
        return {}
    return {one.cell: one.text for one in FormulaCells(xml).formulas()}


def lines_of(
    side: Side, prints: CellPrints, known: Collection[str] = frozenset()
) -> dict[str, Lines]:
    """Its entry tables, by their names, with the prints of their cells; comments that are `known`
    are not counted as its own.
    """
    return {
        one.table: Lines(one.sheet, one.columns, tuple(_lines(side, one, prints, known)))
        for one in typed_tables(side.book.workbook)
    }


def remark_texts(book: OpenBook) -> frozenset[str]:
    """What the comments of a file say."""
    remarks = remarks_in(book.data) if book.workbook.state is not None else {}
    return frozenset(text for said in remarks.values() for text in said.values())


def remarks_in(data: bytes, *, with_authors: bool = True) -> dict[str, dict[Place, str]]:
    """The comments of the cells of a file of Excel's, by sheet."""
    host = Host(Package(data))
    return {
        sheet.title: _remarks(host, sheet.part, with_authors=with_authors)
        for sheet in host.sheets()
        if sheet.is_worksheet and sheet.part in host.package
    }


def _remarks(host: Host, part: str, *, with_authors: bool = True) -> dict[Place, str]:
    said = comment_texts(host, Relations(host.package, part), with_authors=with_authors)
    return {place: "\n".join(texts) for place, texts in said.items()}


def base_of(book: OpenBook, prints: CellPrints) -> dict[str, BaseLines]:
    """The tables of the file that both sides come from."""
    found = {}
    for one in typed_tables(book.workbook):
        typed = [line for line in one.lines if line.cells]
        lines = tuple(cell_prints(one, line, prints) for line in typed)
        found[one.table] = BaseLines(lines, tuple(line.cells for line in typed))
    return found


def _lines(
    side: Side, table: TypedTable, prints: CellPrints, known: Collection[str]
) -> Iterator[Line]:
    computing: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in side.formulas.get(table.sheet, {}).items():
        computing[row][column] = text
    names = {number: name for name, number in _columns(side, table.table).items()}
    remarked = {
        row
        for (row, column), text in side.remarks.get(table.sheet, {}).items()
        if column in names and text not in known
    }
    for line in table.lines:
        if not line.cells:
            continue  # what it computes is nobody's
        formulas = {
            names[column]: moved(text, line.row, _MOVED_TO, column) or text
            for column, text in computing.get(line.row, {}).items()
            if column in names
        }
        yield Line(
            line.row, line.cells, cell_prints(table, line, prints), formulas, line.row in remarked
        )


def _columns(side: Side, table: str) -> dict[str, int]:
    """The numbers of the columns of a table, by their names."""
    spec = next(one for one in DATA_TABLES if one.table == table)
    found = locate(side.book.workbook, spec)
    return {} if found is None else numbers_of(Headed(found))


def numbers_of(headed: Headed) -> dict[str, int]:
    """The numbers of columns by the names that lines know them by."""
    return {**headed.fields, **{f"{OWN}{key}": number for key, number in headed.owned.items()}}
