"""A table of Paramètres that an older workbook lacks, drawn at the right of those that it has."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN, REL, Relations, new_root
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import SETTINGS_SHEET, TableSpec
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.wider import with_column_look, with_rule
from cedre_xlsx.workbook.package.frame import SheetFrame, tags_of, with_count
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.row_adding import widened
from cedre_xlsx.workbook.package.table_part import TABLE_TYPE
from cedre_xlsx.workbook.read.block import read_block
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook, is_blank
from cedre_xlsx.workbook.read.state import areas_of
from cedre_xlsx.workbook.repair.donors import Donor, Donors
from cedre_xlsx.workbook.repair.layout import UnlikeError
from cedre_xlsx.workbook.template.settings_layout import (
    FIRST_ROW,
    HEADER_ROW,
    HINT_ROW,
    TITLE_ROW,
    Block,
    block_of,
)
from cedre_xlsx.workbook.upgrade.settings import NO_SETTINGS, heading_place

_LOOK = {"name": "TableStyleLight1", "showFirstColumn": "0", "showLastColumn": "0",
         "showRowStripes": "1", "showColumnStripes": "0"}  # fmt: skip
_LAST_ROW = 1_048_575
_ATTRIBUTES = ("width", "customWidth")
_ROW = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class _Shift:
    """From a new workbook to this one: so many rows down, so many columns right."""

    rows: int
    columns: int

    def moved(self, address: str) -> str:
        """Where a cell, or an area, goes."""
        [area] = areas_of([address])
        first = f"{column_letter(area.first_column + self.columns)}{area.first_row + self.rows}"
        last = f"{column_letter(area.last_column + self.columns)}{area.last_row + self.rows}"
        return first if ":" not in address else f"{first}:{last}"


def add_block(
    host: Host,
    pen: Pen,
    workbook: RawWorkbook,
    donors: Donors,
    spec: TableSpec[Any],
    *,
    beyond: int = 0,
) -> int:
    """Draw a table of Paramètres beside the others: its last column; 0 where it is there already.

    `beyond` is the last column of what was drawn since the workbook was read. UnlikeError where
    the sheet has no Réglages, or the name of the table is taken.
    """
    if read_block(workbook, spec) is not None:
        return 0
    place = heading_place(workbook)
    parts = {one.title: one.part for one in host.sheets() if one.is_worksheet}
    if place is None or place[0] not in parts:
        raise UnlikeError(NO_SETTINGS)
    title, heading, _ = place
    taken = {root.get("displayName", "").casefold() for _, root in host.tables()} | host.names()
    if spec.table.casefold() in taken:
        raise UnlikeError(f"le nom {spec.table} est pris ailleurs dans le classeur")
    sheet = next(one for one in workbook.sheets if one.name == title)
    block = block_of(spec)
    last = max(_last_column(sheet), beyond)
    shift = _Shift(heading - HEADER_ROW, last + 2 - block.first)
    if heading <= HEADER_ROW - TITLE_ROW:
        raise UnlikeError("il n'y a pas de place pour son titre")
    _Drawing(host, pen, parts[title], donors.form(SETTINGS_SHEET), block, shift).draw()
    return block.last + shift.columns


def _last_column(sheet: RawSheet) -> int:
    """The last column where something stands."""
    filled = (
        sheet.column_number(index)
        for row in sheet.grid
        for index, cell in enumerate(row)
        if not is_blank(cell)
    )
    tables = (one.last_column for one in sheet.tables)
    merged = (one.last_column for one in (sheet.state.merged if sheet.state else ()))
    return max([0, *filled, *tables, *merged])


class _Drawing:
    """A block drawn in a sheet as a new workbook has it."""

    def __init__(
        self, host: Host, pen: Pen, part: str, donor: Donor, block: Block, shift: _Shift
    ) -> None:
        self._host = host
        self._pen = pen
        self._part = part
        self._donor = donor
        self._block = block
        self._shift = shift

    def draw(self) -> None:
        """Cells, widths, merged cells, rules, page break, table."""
        package = self._host.package
        cells = SheetCells(package.read(self._part))
        for row in (TITLE_ROW, HINT_ROW, HEADER_ROW, FIRST_ROW):
            for column in range(self._block.first, self._block.last + 1):
                self._put(cells, f"{column_letter(column)}{row}")
        xml = self._with_widths(cells.data())
        xml = self._with_merged(xml)
        xml = self._with_break(xml) if self._block.new_page else xml
        for rule in self._rules():
            xml = with_rule(xml, rule)
        last = self._block.last + self._shift.columns
        package.write(self._part, widened(xml, FIRST_ROW + self._shift.rows, last))
        self._add_table()

    def _put(self, cells: SheetCells, address: str) -> None:
        drawn = next((one for one in self._donor.cells() if one.get("r") == address), None)
        if drawn is None:
            return
        text = "".join(one.text or "" for one in drawn.iter(q("t")))
        style = self._pen.styles.drawn(self._donor.styles, int(drawn.get("s", "0")))
        is_title = int(_row_of(address)) < FIRST_ROW
        cells.put(self._shift.moved(address), self._pen.content(style, text if is_title else None))

    def _with_widths(self, xml: bytes) -> bytes:
        """The gap before the block, and its columns."""
        for column in self._donor.root.iterfind(f"{q('cols')}/{q('col')}"):
            for number in range(int(column.get("min", "0")), int(column.get("max", "0")) + 1):
                if self._block.first - 1 <= number <= self._block.last:
                    said = {key: column.get(key, "") for key in _ATTRIBUTES if column.get(key)}
                    new = number + self._shift.columns
                    xml = with_column_look(xml, new, said, in_group=False)
        return xml

    def _with_merged(self, xml: bytes) -> bytes:
        for cell in self._donor.root.iter(q("mergeCell")):
            [area] = areas_of([cell.get("ref", "")])
            if self._block.first <= area.first_column and area.last_column <= self._block.last:
                reference = self._shift.moved(cell.get("ref", ""))
                made = etree.Element(q("mergeCell"), {"ref": reference})
                xml = _with_child(xml, "mergeCells", made)
        return xml

    def _with_break(self, xml: bytes) -> bytes:
        """A page of its own, as a group of tables has in a new workbook."""
        place = str(self._block.first + self._shift.columns - 1)
        made = etree.Element(q("brk"), {"id": place, "max": str(_LAST_ROW), "man": "1"})
        xml = _with_child(xml, "colBreaks", made)
        frame = SheetFrame(xml)
        holder = frame.child("colBreaks")
        assert holder is not None, "it was just put there"
        opening, inner, closing = tags_of(frame.content(holder))
        count = len(re.findall(rb"<(?:[\w.-]+:)?brk[\s/>]", inner))
        opening = re.sub(rb"\smanualBreakCount\s*=\s*[\"'][0-9]*[\"']", b"", opening)
        opening = opening[:-1] + f' manualBreakCount="{count}">'.encode()
        frame.put("colBreaks", opening + inner + closing)
        return frame.xml

    def _rules(self) -> list[etree._Element]:
        found = []
        for rule in self._donor.rules():
            [*areas] = areas_of([rule.get("sqref", "")])
            if areas and all(
                self._block.first <= one.first_column <= self._block.last for one in areas
            ):
                made = deepcopy(rule)
                made.set("sqref", self._shift.moved(rule.get("sqref", "")))
                found.append(made)
        return found

    def _add_table(self) -> None:
        spec, package = self._block.spec, self._host.package
        first, last = self._block.first, self._block.last
        reference = self._shift.moved(
            f"{column_letter(first)}{HEADER_ROW}:{column_letter(last)}{FIRST_ROW}"
        )
        ids = {int(one.get("id") or 0) for _, one in self._host.tables()}
        root = new_root(MAIN, "table")
        number = next(n for n in range(1, len(ids) + 2) if n not in ids)
        for key, value in (("id", str(number)), ("name", spec.table), ("displayName", spec.table),
                           ("ref", reference), ("totalsRowShown", "0")):  # fmt: skip
            root.set(key, value)
        columns = etree.SubElement(root, q("tableColumns"), {"count": str(len(spec.columns))})
        for rank, column in enumerate(spec.columns.values(), start=1):
            said = {"id": str(rank), "name": column.header}
            etree.SubElement(columns, q("tableColumn"), said)
        root.append(etree.Element(q("tableStyleInfo"), _LOOK))
        part = package.free_name("xl/tables/table{}.xml")
        package.write_xml(part, root)
        self._host.types.set(part, TABLE_TYPE)
        relations = Relations(package, self._part)
        made = etree.Element(q("tablePart"), nsmap={"r": REL})
        made.set(f"{{{REL}}}id", relations.add(f"{REL}/table", part))
        relations.save()
        package.write(self._part, _with_child(package.read(self._part), "tableParts", made))


def _row_of(address: str) -> str:
    found = _ROW.fullmatch(address)
    assert found is not None, "an address of a cell"
    return found[2]


def _with_child(xml: bytes, name: str, made: etree._Element) -> bytes:
    """A sheet with one more element in one of its lists."""
    frame = SheetFrame(xml)
    holder = frame.child(name)
    empty = frame.written(etree.Element(q(name)))
    opening, inner, closing = tags_of(frame.content(holder) if holder else empty)
    local = etree.QName(made).localname.encode()
    count = len(re.findall(rb"<(?:[\w.-]+:)?" + local + rb"[\s/>]", inner)) + 1
    frame.put(name, with_count(opening, count) + inner + frame.written(made) + closing)
    return frame.xml
