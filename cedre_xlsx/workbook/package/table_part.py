"""The Excel tables of generated sheets, under ids and names that the whole workbook lacks."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree
from openpyxl.utils import get_column_letter

from cedre_xlsx.ooxml.parts import MAIN, new_root
from cedre_xlsx.workbook.generated import Stretch
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.old_sheet import Extra
from cedre_xlsx.workbook.package.old_tables import OldTable

TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_LOOK = {"name": "TableStyleLight1", "showFirstColumn": "0", "showLastColumn": "0",
         "showRowStripes": "0", "showColumnStripes": "0"}  # fmt: skip


def stored(heading: str) -> str:
    """A heading as a table's column names it: its line breaks are escaped."""
    return heading.replace("\r\n", "\n").replace("\n", "_x000a_")


def table_root(
    host: Host,
    place: Stretch,
    old: OldTable | None,
    extras: Sequence[Extra] = (),
    totals: int = 0,
) -> etree._Element:
    """The table over some rows of a sheet, `totals` rows of sums below them included. A former one
    keeps its id, its name, its look, and the ids of its columns: slicers point at them.
    """
    names = [*place.headings, *(extra.name for extra in extras)]
    last = get_column_letter(len(names))
    filtered = f"A{place.heading_row}:{last}{place.last_row}"
    reference = f"A{place.heading_row}:{last}{place.last_row + totals}"
    identifier, name = _identity(host, place.name, old)
    root = new_root(MAIN, "table")
    for key, value in (
        ("id", identifier), ("name", name), ("displayName", name), ("ref", reference),
        ("totalsRowCount", str(totals)) if totals else ("totalsRowShown", "0"),
    ):  # fmt: skip
        root.set(key, value)
    etree.SubElement(root, q("autoFilter"), {"ref": filtered})
    columns = etree.SubElement(root, q("tableColumns"), {"count": str(len(names))})
    added = {extra.name: extra.element for extra in extras}
    former = {} if old is None else dict(zip(old.names, old.columns, strict=True))
    for number, heading in zip(_column_ids(names, old), names, strict=True):
        columns.append(_column(number, heading, added.get(heading)))
        if totals and heading in former:
            _put_totals(columns[-1], former[heading])
    look = None if old is None else old.root.find(q("tableStyleInfo"))
    root.append(etree.Element(q("tableStyleInfo"), _LOOK) if look is None else deepcopy(look))
    root.extend(deepcopy(part) for part in ([] if old is None else old.root.findall(q("extLst"))))
    return root


def _column(number: int, heading: str, added: etree._Element | None) -> etree._Element:
    """A column of the table; one that people added keeps its looks and its formula."""
    made = etree.Element(q("tableColumn"))
    if added is not None:
        for name, value in added.attrib.items():
            if not str(name).startswith("{") and not str(name).startswith("totals"):
                made.set(name, value)
        made.extend(deepcopy(child) for child in added.findall(q("calculatedColumnFormula")))
    made.set("id", str(number))
    made.set("name", heading)
    return made


def _put_totals(column: etree._Element, former: etree._Element) -> None:
    """What the row of sums holds under a heading."""
    for name, value in former.attrib.items():
        if str(name) in ("totalsRowLabel", "totalsRowFunction"):
            column.set(name, value)
    column.extend(deepcopy(child) for child in former.findall(q("totalsRowFormula")))


def _identity(host: Host, wanted: str, old: OldTable | None) -> tuple[str, str]:
    """The former table's id and name, else the first ones free."""
    tables = [root for _, root in host.tables()]
    if old is not None and old.name:
        same = [root for root in tables if root.get("displayName", "").casefold() == old.name]
        twins = [root for root in tables if root.get("id") == old.root.get("id")]
        if len(same) == len(twins) == 1 and old.name not in host.names():
            return old.root.get("id", "1"), old.root.get("displayName", wanted)
    ids = {int(root.get("id", "0")) for root in tables}
    taken = host.names() | {root.get("displayName", "").casefold() for root in tables}
    number = next(n for n in range(1, len(ids) + 2) if n not in ids)
    name, count = wanted, 1
    while name.casefold() in taken:
        count += 1
        name = f"{wanted}_{count}"
    return str(number), name


def _column_ids(names: Sequence[str], old: OldTable | None) -> list[int]:
    """Each heading keeps its id; a new one takes the next that is free."""
    known = {}
    if old is not None:
        for name, column in zip(old.names, old.columns, strict=True):
            if column.get("id", "").isdecimal():
                known[name.casefold()] = int(column.get("id", "0"))
    following = max(known.values(), default=0)
    found = []
    for name in names:
        number = known.get(name.casefold())
        if number is None:
            following += 1
            number = following
        found.append(number)
    return found
