"""The Excel tables that an old sheet holds, whatever another program made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from openpyxl.utils import range_boundaries

from cedre_xlsx.ooxml.parts import Relations, Relationship
from cedre_xlsx.workbook.package.host import Host, q


@dataclass(frozen=True)
class OldLines:
    """Where our lines stand in the old sheet: the columns from left to right, the heading row.

    `columns` are the elements of a table's part; those of a range hold its headings alone.
    """

    first_column: int
    header_row: int
    columns: Sequence[etree._Element]

    @property
    def last_column(self) -> int:
        """The last of the columns."""
        return self.first_column + len(self.columns) - 1

    @property
    def names(self) -> list[str]:
        """The headings, in order."""
        return [column.get("name", "") for column in self.columns]


@dataclass(frozen=True)
class OldTable(OldLines):
    """Lines in an Excel table, which reaches from `first_row` to `last_row`.

    Without a row of headings, `header_row` is the one above the table.
    """

    first_row: int
    last_row: int
    totals_rows: int
    relation: Relationship
    root: etree._Element

    @property
    def name(self) -> str:
        """Its name, for comparison without case."""
        return self.root.get("displayName", "").casefold()

    def overlaps(self, first_column: int, last_column: int, first_row: int) -> bool:
        """Whether it stands on some of those columns, from that row on."""
        return (
            self.first_column <= last_column
            and first_column <= self.last_column
            and first_row <= self.last_row
        )


def old_tables(host: Host, relations: Relations) -> Iterator[OldTable]:
    """The tables of the sheet with those relationships; one that tells no range is passed over."""
    for relation in relations.of_kind("table"):
        if relation.target in host.package:
            found = _table(relation, host.package.root(relation.target))
            if found is not None:
                yield found


def columns_named(names: Sequence[str]) -> list[etree._Element]:
    """Headings as a table's part has them."""
    return [etree.Element(q("tableColumn"), {"name": name}) for name in names]


def _table(relation: Relationship, root: etree._Element) -> OldTable | None:
    try:
        first_column, first_row, last_column, last_row = range_boundaries(root.get("ref", ""))
    except ValueError:
        return None
    if None in (first_column, first_row, last_column, last_row):
        return None
    columns = root.findall(f"{q('tableColumns')}/{q('tableColumn')}")
    width = (last_column or 0) - (first_column or 0) + 1
    columns = [*columns[:width], *columns_named([""] * (width - len(columns)))]
    totals = root.get("totalsRowCount", "0")
    return OldTable(
        first_column=first_column or 0,
        header_row=(first_row or 0) - (root.get("headerRowCount") == "0"),
        columns=columns,
        first_row=first_row or 0,
        last_row=last_row or 0,
        totals_rows=int(totals) if totals.isdecimal() else 0,
        relation=relation,
        root=root,
    )
