"""Tables: their names, their ranges, and the headings above their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tests.judge.formulas import formula_faults
from tests.judge.names import is_a_name
from tests.judge.schema import schema_faults
from tests.judge.sheet import filter_faults
from tests.judge.xml import (
    Range,
    by_content,
    column_letters,
    number,
    parsed,
    q,
    range_of,
    twice,
    units,
)

MAX_HEADING = 255
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table as its sheet and the workbook meet it."""

    faults: tuple[str, ...]
    name: str
    id: int
    place: Range | None
    headings: tuple[str, ...] = ()  # none when it shows no heading row
    totals: tuple[str, ...] = ()  # the labels of its totals row
    dxfs: frozenset[int] = frozenset()


@by_content
def table_facts(content: bytes) -> TableFacts:
    root = parsed(content)
    place = range_of(root.get("ref", ""))
    columns = root.findall(f"{q('tableColumns')}/{q('tableColumn')}")
    name = root.get("displayName", "")
    faults = [*schema_faults(root), *_faults(root, place, columns)]
    dxfs = {
        number(one, key)
        for one in (root, *columns)
        for key in map(str, one.attrib)
        if key.endswith("DxfId")
    }
    headed = number(root, "headerRowCount", 1)
    totals = number(root, "totalsRowCount")
    return TableFacts(
        tuple(f"{name}: {fault}" for fault in faults),
        name,
        number(root, "id"),
        place,
        tuple(unescaped(c.get("name", "")) for c in columns) if headed else (),
        tuple(unescaped(c.get("totalsRowLabel", "")) for c in columns) if totals else (),
        frozenset(dxfs),
    )


def unescaped(text: str) -> str:
    """A heading as its cell shows it: attributes write line breaks as `_x000a_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _faults(
    root: etree._Element, place: Range | None, columns: list[etree._Element]
) -> Iterator[str]:
    if place is None:
        yield f"range {root.get('ref')!r}"
        return
    for name in filter(None, {root.get("displayName"), root.get("name")}):
        if not is_a_name(name):
            yield f"no valid name: {name!r}"
    headed, totals = number(root, "headerRowCount", 1), number(root, "totalsRowCount")
    if headed not in (0, 1) or totals not in (0, 1):
        yield "several heading rows or totals rows"
    if place[2] - place[0] + 1 < headed + totals + 1:
        yield f"no body in {root.get('ref')}"
    if len(columns) != place[3] - place[1] + 1:
        yield f"{len(columns)} columns in {root.get('ref')}"
    holder = root.find(q("tableColumns"))
    if holder is not None and holder.get("count") and number(holder, "count") != len(columns):
        yield "count of tableColumns"
    yield from twice((c.get("id", "") for c in columns), "column id")
    yield from twice((unescaped(c.get("name", "")).casefold() for c in columns), "column")
    for column in columns:
        yield from _column(column)
    filters = root.find(q("autoFilter"))
    if filters is not None:
        shown = range_of(filters.get("ref", ""))
        yield from filter_faults(filters, shown)
        if shown is not None and (
            (shown[:2], shown[3]) != (place[:2], place[3]) or shown[2] > place[2] - totals
        ):
            yield f"its filter is on {filters.get('ref')}, not on {root.get('ref')}"
        if not headed:
            yield "a filter without heading row"


def _column(column: etree._Element) -> Iterator[str]:
    name = column.get("name", "")
    if not 0 < units(unescaped(name)) <= MAX_HEADING:
        yield f"column named {name[:40]!r}"
    if number(column, "id") < 1:
        yield f"column {name}: id {column.get('id')}"
    for formula in column.iter(q("calculatedColumnFormula"), q("totalsRowFormula")):
        if fault := formula_faults(formula.text or ""):
            yield f"column {name}: {fault}"
        if "[@" in (formula.text or ""):
            yield f"column {name}: @ is for the screen, not for the file"
    if column.get("totalsRowFunction") == "custom" and column.find(q("totalsRowFormula")) is None:
        yield f"column {name}: no formula for its total"


def heading_faults(table: TableFacts, texts: Mapping[tuple[int, int], str]) -> Iterator[str]:
    """The cells above the columns are texts, and say their names; those of totals too."""
    if table.place is None:
        return
    top, left, bottom, _ = table.place
    for row, expected in ((top, table.headings), (bottom, table.totals)):
        for offset, name in enumerate(expected):
            found = texts.get((row, left + offset))
            if found is not None:
                found = unescaped(found)
            if name and found != name:
                where = f"{column_letters(left + offset)}{row}"
                yield f"{table.name}: {where} is {found!r}, not {name!r}"
