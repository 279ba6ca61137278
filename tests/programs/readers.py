"""The cells of workbooks as independent readers have them, dates as serial numbers of days."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook

from cedre_xlsx.ooxml.cell_text import from_xml
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.workbook.package.host import Host, q
from tests.programs.drivers import HERE, converted, node_package

Value = str | float | bool
Cells = Mapping[str, Value]  # address → value, empty cells left out
Book = Mapping[str, Cells]  # title → cells


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: what it needs, and whether what it says of formulas is its own."""

    name: str
    read: Callable[[Sequence[Path]], list[Book]]
    needs: tuple[str, ...] = ()
    own_formulas: bool = False


def written(path: Path) -> tuple[Book, frozenset[tuple[str, str]]]:
    """What stands in the XML of the sheets, and which of these cells are formulas."""
    host = Host(Package(path.read_bytes()))
    shared = _shared_strings(host)
    book: dict[str, dict[str, Value]] = {}
    formulas = set()
    for sheet in host.sheets():
        if not sheet.is_worksheet:
            continue
        cells = book[sheet.title] = {}
        for cell in host.package.root(sheet.part).iter(q("c")):
            value = _written_value(cell, shared)
            if value is not None:
                cells[cell.get("r", "")] = value
            if cell.find(q("f")) is not None:
                formulas.add((sheet.title, cell.get("r", "")))
    return book, frozenset(formulas)


def _shared_strings(host: Host) -> list[str]:
    related = host.related("sharedStrings")
    if related is None:
        return []
    return [_text(one) for one in host.package.root(related.target).iter(q("si"))]


def _text(element: etree._Element) -> str:
    """The text of a string, its phonetic hints aside."""
    hints = {text for hint in element.iter(q("rPh")) for text in hint.iter(q("t"))}
    return from_xml("".join(t.text or "" for t in element.iter(q("t")) if t not in hints))


def _written_value(cell: etree._Element, shared: Sequence[str]) -> Value | None:
    kind, stored = cell.get("t", "n"), cell.findtext(q("v"))
    if kind == "inlineStr":
        return _text(cell) or None
    if not stored:
        return None
    if kind == "s":
        return shared[int(stored)] or None
    if kind in ("str", "e"):
        return from_xml(stored)
    return stored == "1" if kind == "b" else float(stored)


def _openpyxl(paths: Sequence[Path]) -> list[Book]:
    return [_openpyxl_book(path) for path in paths]


def _openpyxl_book(path: Path) -> Book:
    # read_only: a sheet read whole makes a cell of each hole, and Listes has mostly holes
    with closing(load_workbook(path, data_only=True, read_only=True)) as book:
        return {
            sheet.title: {
                cell.coordinate: number_of(cell.value)
                for row in sheet.rows
                for cell in row
                if cell.value not in (None, "")
            }
            for sheet in book.worksheets
        }


def _calamine(paths: Sequence[Path]) -> list[Book]:
    return [_calamine_book(path) for path in paths]


def _calamine_book(path: Path) -> Book:
    book = CalamineWorkbook.from_path(path)
    return {
        title: {
            f"{get_column_letter(column)}{number}": number_of(value)
            for number, row in enumerate(
                book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1
            )
            for column, value in enumerate(row, start=1)
            if value != ""
        }
        for title in book.sheet_names
    }


def _libreoffice(paths: Sequence[Path]) -> list[Book]:
    """As it saves them in its turn."""
    with tempfile.TemporaryDirectory() as folder:
        return [written(path)[0] for path in converted(paths, "xlsx", Path(folder))]


def _node(program: str) -> Callable[[Sequence[Path]], list[Book]]:
    def read(paths: Sequence[Path]) -> list[Book]:
        with tempfile.TemporaryDirectory() as folder:
            targets = [Path(folder) / f"{number}.json" for number in range(len(paths))]
            jobs = [
                {"program": program, "source": str(path), "target": str(target), "values": True}
                for path, target in zip(paths, targets, strict=True)
            ]
            done = subprocess.run(
                ["node", str(HERE / "resave.cjs")], input=json.dumps(jobs), capture_output=True,
                text=True, encoding="utf-8", check=True, timeout=300,
            )  # fmt: skip
            errors = json.loads(done.stdout)
            assert not any(errors), errors
            return [_of_json(json.loads(one.read_text(encoding="utf-8"))) for one in targets]

    return read


def _of_json(book: Mapping[str, Mapping[str, object]]) -> Book:
    return {
        title: {
            address: number_of(_date(value))
            for address, value in cells.items()
            if value not in (None, "")
        }
        for title, cells in book.items()
    }


def _date(value: object) -> object:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["date"]).replace(tzinfo=None)
    return value


def number_of(value: object) -> Value:
    """A value as the file stores it."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, datetime | date | time | timedelta):
        return float(to_excel(value))
    assert isinstance(value, int | float), value
    return float(value)


READERS: tuple[Reader, ...] = (
    Reader("openpyxl", _openpyxl),
    Reader("calamine", _calamine),
    Reader("libreoffice", _libreoffice, ("soffice",), own_formulas=True),
    Reader("exceljs", _node("exceljs"), node_package("exceljs"), own_formulas=True),
    Reader("sheetjs", _node("sheetjs"), node_package("xlsx")),
)


def unlike(ours: Cells, theirs: Cells, most: int = 5) -> list[str]:
    """The cells that are not the same, a line each, the first ones."""
    lines = [
        f"{address}: {ours.get(address)!r} is read {theirs.get(address)!r}"
        for address in ours.keys() | theirs.keys()
        if not _same(ours.get(address), theirs.get(address))
    ]
    return sorted(lines)[:most]


def _same(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-6 * max(1.0, abs(one))
    return one == other
