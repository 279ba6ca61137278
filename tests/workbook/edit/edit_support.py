"""Lines added to a workbook in a test: what was given, what is read back, what stayed as it was."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.model import (
    CellChange,
    CellValue,
    Edited,
    LineChange,
    NewColumn,
    NewRow,
)
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.read import Reading
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.read.source import read_raw_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import saved_workbook

ON = date(2026, 9, 30)
Lines = Mapping[str, Sequence[Mapping[str, CellValue]]]
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])[^>]*?(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
_ADDRESS = re.compile(rb'\sr="([A-Z]+)([0-9]+)"')


@dataclass(frozen=True)
class Done:
    """A workbook before and after lines were added to it."""

    before: bytes
    edited: Edited

    @property
    def data(self) -> bytes:
        return self.edited.data

    @cached_property
    def old(self) -> Records:
        return reading(self.before).records

    @cached_property
    def new(self) -> Records:
        return reading(self.data).records

    @property
    def places(self) -> list[str]:
        """Where the new lines went: "Suivi!845"."""
        return [f"{one.sheet}!{one.row}" for one in self.edited.placed]

    @property
    def left(self) -> list[str]:
        return [one.line for one in self.edited.left]

    def added(self, table: str) -> list[Any]:
        """The new lines as they are read back."""
        rows = {one.row for one in self.edited.placed if one.table == table}
        return [one for one in table_of(self.new, table).rows if one.row in rows]

    def stayed(self, table: str) -> tuple[list[Any], list[Any]]:
        """The lines that were there, as they were read and as they are."""
        rows = {one.row for one in self.edited.placed if one.table == table}
        after = [one for one in table_of(self.new, table).rows if one.row not in rows]
        return list(table_of(self.old, table).rows), after

    @property
    def changed_parts(self) -> set[str]:
        """The parts of the file that have other bytes, or are new, or are gone."""
        old, new = Package(self.before), Package(self.data)
        names = {*old.names(), *new.names()}
        return {
            name
            for name in names
            if name not in old or name not in new or old.read(name) != new.read(name)
        }


PEOPLE: tuple[Mapping[str, CellValue], ...] = (
    {"last_name": "Ajonc", "first_name": "Léa", "registered": date(2026, 3, 2)},
    {"last_name": "Bleuet", "first_name": "Omar", "birth_year": 1984},
)
FOLLOWED: tuple[Mapping[str, CellValue], ...] = tuple(
    {"person": "Ajonc Léa", "dated": date(2026, 4, day), "action": f"Action {day}", "minutes": day}
    for day in (7, 8, 9)
)


@cache
def small() -> bytes:
    """Two people and three lines of Suivi, in rows 5 to 7, as openpyxl writes them."""
    return filled({"tPersonnes": PEOPLE, "tSuivi": FOLLOWED})


def filled(rows: Lines) -> bytes:
    """The sheets that people fill, with these lines and no others, as a file of ours."""
    with tempfile.TemporaryDirectory() as folder:
        data = saved_workbook(Path(folder, "suivi.xlsx"), Filling(rows=rows)).read_bytes()
    return saved_by(data, "cedre_xlsx")


def saved_by(data: bytes, program: str) -> bytes:
    """The file under the name of the program that would have saved it."""
    package = Package(data)
    part = "docProps/app.xml"
    said = re.sub(rb"(Application>)[^<]*", rb"\g<1>" + program.encode(), package.read(part))
    package.write(part, said)
    return package.data()


def sheet_xml(data: bytes, title: str) -> str:
    return Package(data).read(_sheets(data)[title]).decode()


def table_ref(data: bytes, table: str) -> str:
    """Where a table of the file is."""
    package = Package(data)
    roots = (package.root(one) for one in package.names() if one.startswith("xl/tables/"))
    return next(one.get("ref", "") for one in roots if one.get("displayName") == table)


def raw(data: bytes, name: str = "suivi.xlsx") -> RawWorkbook:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        workbook, _ = read_raw_workbook(path)
        for sheet in workbook.sheets:
            assert sheet.grid is not None  # the file is gone later
        return workbook


def reading(data: bytes) -> Reading:
    return read_raw(raw(data), on=ON)


def add(
    data: bytes,
    lines: Lines,
    *changes: CellChange | LineChange,
    columns: Sequence[NewColumn] = (),
    extra: Lines | None = None,
) -> Done:
    """Add columns and lines to a workbook, by table, and check what must be true of every such
    thing. `extra` has what the first lines hold under the team's own headings.
    """
    workbook = raw(data)
    rows = {table: _rows(some, (extra or {}).get(table, ())) for table, some in lines.items()}
    records = read_raw(workbook, on=ON).records
    done = Done(data, edited(data, records, workbook, rows, changes, columns=columns))
    check(done, {(one.sheet, one.cell) for one in done.edited.made})
    return done


def _rows(
    lines: Sequence[Mapping[str, CellValue]], extra: Sequence[Mapping[str, CellValue]]
) -> list[NewRow]:
    return [NewRow(one, dict(own)) for one, own in zip_longest(lines, extra, fillvalue={})]


def check(done: Done, changed: set[tuple[str, str]]) -> None:
    """Nothing else moved: the lines that were there, and each cell's XML in the sheets."""
    for spec in DATA_TABLES:
        if not any(sheet == table_of(done.old, spec.table).sheet for sheet, _ in changed):
            before, after = done.stayed(spec.table)
            assert [*map(bare, before)] == [*map(bare, after)], spec.table
    new = [one for one in done.edited.columns if not one.was_there]
    changed |= {
        (one.sheet, one.cell(table_of(done.old, one.table).header_row)) for one in new
    }  # their headings
    rows = {(one.sheet, str(one.row)) for one in done.edited.placed}
    old, new = Package(done.before), Package(done.data)
    for title, part in _sheets(done.before).items():
        was, now = cells(old.read(part)), cells(new.read(part))
        for address, xml in was.items():
            number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            if (title, number) not in rows and (title, address) not in changed:
                assert xml == now.get(address), (title, address)
        fresh = {one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for one in now.keys() - was.keys()}
        beyond = {(title, one) for one in fresh} - rows
        assert beyond <= {(sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
                          for sheet, cell in changed}  # fmt: skip


def bare(row: Any) -> Any:
    """A line without the team's own columns, which may be new."""
    return row.model_copy(update={"extra": {}}) if hasattr(row, "extra") else row


def cells(xml: bytes) -> dict[str, bytes]:
    """The cells of a sheet by their address, as their bytes; without the value of a formula, that
    may go.
    """
    found = {}
    for one in _CELL.finditer(xml):
        address = _ADDRESS.search(one[0][: one[0].find(b">") + 1])
        if address:
            found[(address[1] + address[2]).decode()] = _without_value(one[0])
    return found


def _without_value(cell: bytes) -> bytes:
    if b"<f" not in cell and b":f" not in cell:
        return cell
    bare = re.sub(rb"<(?:\w+:)?v>.*?</(?:\w+:)?v>|<(?:\w+:)?v\s*/>", b"", cell, flags=re.DOTALL)
    head, mark, rest = bare.partition(b">")
    return re.sub(rb'\st="[a-z]+"', b"", head) + mark + rest


def table_of(records: Records, table: str) -> Table[Any]:
    every: tuple[Table[Any], ...] = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    return next(one for one in every if one.spec.table == table)


def _sheets(data: bytes) -> dict[str, str]:
    from cedre_xlsx.workbook.package.host import Host

    return {sheet.title: sheet.part for sheet in Host(Package(data)).sheets()}
