"""The Excel table over some lines, which gets columns more; none where there is no table."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from cedre_xlsx.ooxml.cell_text import as_stored
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.table_part import stored
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.state import areas_of


class TableColumns:
    """The table's part: `last` is its last column (0 without a table)."""

    def __init__(self, host: Host, part: str, found: Located) -> None:
        self._host = host
        self._headings: dict[int, tuple[str, str]] = {}
        self._part = ""
        self._root: etree._Element | None = None
        self.last = 0
        if found.table is not None:
            self._find(part, found.table.name)
            self.last = found.table.last_column
            self._read_beside(found)

    def _find(self, part: str, name: str) -> None:
        package = self._host.package
        for relation in Relations(package, part).of_kind("table"):
            if relation.target in package:
                root = package.root(relation.target)
                if (root.get("displayName") or root.get("name") or "") == name:
                    self._part, self._root = relation.target, root

    def _read_beside(self, found: Located) -> None:
        """The headings typed right beside the table, which it takes with the new ones."""
        sheet, number = found.sheet, self.last + 1
        known = {*found.columns.values(), *found.extra.values()}
        places = {sheet.column_number(index): index for index in known}
        while number in places:
            cell = sheet.cell(found.heading_row, places[number])
            if not isinstance(cell, str):
                break
            self._headings[number] = (cell, "")
            number += 1

    @property
    def is_one(self) -> bool:
        """Whether there is a table."""
        return self._root is not None

    @property
    def may_grow(self) -> bool:
        """Whether the table may get columns: one that a query fills has those of the query, and
        one whose columns are told wrong is to be repaired first.
        """
        if self._root is None:
            return False
        names = [(one.get("name") or "") for one in self._root.iter(q("tableColumn"))]
        areas = list(areas_of([self._root.get("ref", "")]))
        width = areas[0].last_column - areas[0].first_column + 1 if len(areas) == 1 else -1
        keys = [heading_key(name) or name for name, _ in self._headings.values()]
        beside = [name.casefold() for name in keys]
        return (
            self._root.get("tableType", "worksheet") == "worksheet"
            and len(names) == width
            and len({*beside}) == len(beside)
            and not {*beside} & {name.casefold() for name in names}
        )

    def set_heading(self, number: int, heading: str, formula: str) -> None:
        """A column that the table is to have, and what it computes."""
        self._headings[number] = (heading, formula)

    def save(self, numbers: Sequence[int]) -> None:
        """The table with these columns, back into the package."""
        if self._root is None or not numbers:
            return
        root, last = self._root, max(numbers)
        columns = root.find(q("tableColumns"))
        assert columns is not None, "a table that may grow has columns"
        following = max((int(one.get("id") or 0) for one in columns), default=0)
        for number in range(self.last + 1, last + 1):
            heading, formula = self._headings[number]
            following += 1
            name = stored(as_stored(heading))
            made = etree.SubElement(columns, q("tableColumn"), {"id": str(following), "name": name})
            if formula:
                etree.SubElement(made, q("calculatedColumnFormula")).text = formula
        columns.set("count", str(len(columns)))
        for one in (root, *root.findall(q("autoFilter"))):
            [area] = areas_of([one.get("ref", "")])
            corner = f"{column_letter(area.first_column)}{area.first_row}"
            if area.last_column == self.last:
                one.set("ref", f"{corner}:{column_letter(last)}{area.last_row}")
        self._host.package.write_xml(self._part, root)
