"""The hidden sheet of the lists: what it lost, or the whole sheet, as a new workbook has it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN, drop_attributes, new_root, serialized
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.repair.layout import UnlikeError

#: What a sheet keeps of a new one: all but the looks, which belong to another file.
_KEPT = ("sheetFormatPr", "cols", "sheetData", "pageMargins")
#: The rows of titles and of counts; values stand below.
_HEADS = 2


def new_lists(donor: etree._Element, moved: Callable[[str], str]) -> bytes:
    """The sheet of a new workbook, without its looks, its formulas as they read in this one."""
    root = new_root(MAIN, "worksheet")
    root.extend(deepcopy(child) for child in donor if etree.QName(child).localname in _KEPT)
    for element in root.iter(q("row"), q("col"), q("c")):
        drop_attributes(element, "s", "style", "customFormat")
    for cell in list(root.iter(q("c"))):
        if not _adapt(cell, moved):
            row = cell.getparent()
            assert row is not None, "a cell stands in a row"
            row.remove(cell)
    return serialized(root)


def complete_lists(
    root: etree._Element, donor: etree._Element, moved: Callable[[str], str]
) -> None:
    """Give a sheet back what its blank cells held.

    A list of which one value is left is as the team wants it.
    """
    data = root.find(q("sheetData"))
    wanted = donor.find(q("sheetData"))
    assert data is not None, "a worksheet has cells, if none"
    assert wanted is not None, "a new worksheet too"
    rows = dict(_numbered(data))
    cells = {number: {_column(cell): cell for cell in row} for number, row in rows.items()}
    has_values = {
        column
        for number, mine in cells.items()
        for column, cell in mine.items()
        if number > _HEADS and _holds(cell)
    }
    for number, model in _numbered(wanted):
        for cell in model:
            column, there = _column(cell), cells.get(number, {})
            is_value = number > _HEADS and cell.find(q("f")) is None
            if (is_value and column in has_values) or (column in there and _holds(there[column])):
                continue
            made = deepcopy(cell)
            drop_attributes(made, "s")
            if not _adapt(made, moved):
                continue
            if number not in rows:
                rows[number] = etree.SubElement(data, q("row"), {"r": str(number)})
            _put(rows[number], cells.setdefault(number, {}), column, made)
    data[:] = [rows[number] for number in sorted(rows)]
    for row in data:
        drop_attributes(row, "spans")


def _adapt(cell: etree._Element, moved: Callable[[str], str]) -> bool:
    """Have a formula read what it should here, its value being computed when the file is opened;
    False when that is not to be found.
    """
    formula = cell.find(q("f"))
    if formula is None:
        return True
    try:
        formula.text = moved(formula.text or "")
    except UnlikeError:
        return False
    for value in cell.findall(q("v")):
        cell.remove(value)
    drop_attributes(cell, "t")
    return True


def _put(
    row: etree._Element, there: dict[int, etree._Element], column: int, made: etree._Element
) -> None:
    """A cell in its place, with the look of the one that stood there."""
    old = there.get(column)
    if old is not None:
        if old.get("s"):
            made.set("s", old.get("s", ""))
        row.replace(old, made)
    else:
        row.insert(sum(one < column for one in there), made)
    there[column] = made


def _numbered(data: etree._Element) -> list[tuple[int, etree._Element]]:
    """The rows and their numbers; one that does not say it follows the one before."""
    found, number = [], 0
    for row in data.iterchildren(q("row")):
        number = int(row.get("r", "0")) or number + 1
        found.append((number, row))
    return found


def _column(cell: etree._Element) -> int:
    return column_number(cell.get("r", "A").rstrip("0123456789"))


def _holds(cell: etree._Element) -> bool:
    return cell.find(q("f")) is not None or bool("".join(map(str, cell.itertext())).strip())
