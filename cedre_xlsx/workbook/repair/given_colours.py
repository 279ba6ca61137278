"""Colours given back as a new workbook has them, beside those that are left and the team's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cedre_xlsx.schema.helps import is_coloured
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.read.state import areas_of, around_cells
from cedre_xlsx.workbook.repair.given_lists import form_of

_BLOCK = "conditionalFormatting"
#: A rule's priority, the rules of Excel's extension included.
_PRIORITY = re.compile(rb"(<(?:[A-Za-z_][\w.\-]*:)?cfRule\s[^<>]*?\bpriority\s*=\s*[\"'])([0-9]+)")


@dataclass(frozen=True, slots=True)
class Colour:
    """A rule of a new workbook, and the block of cells that it is in."""

    block: etree._Element
    rule: etree._Element


def colours_of(blocks: Sequence[etree._Element]) -> list[Colour]:
    """The rules of a new workbook, in the order in which they are asked."""
    found = [Colour(block, rule) for block in blocks for rule in block]
    return sorted(found, key=lambda one: int(one.rule.get("priority", "0")))


def lacking_colours(xml: bytes, table: Table[Any], wanted: Sequence[Colour]) -> list[Colour]:
    """The rules for colours that a sheet has no more."""
    known = [one for one in _ranks(xml, table, wanted) if one is not None]
    return [one for rank, one in enumerate(wanted) if rank not in known]


def with_colours(
    xml: bytes, table: Table[Any], wanted: Sequence[Colour], lacking: Sequence[Colour]
) -> bytes:
    """A sheet with the rules that it lacks, each asked before those that came after it."""
    ranks = _ranks(xml, table, wanted)
    start = max(xml.rfind(b"sheetData"), 0)
    told = [int(found[2]) for found in _PRIORITY.finditer(xml, start)]
    ranks += [None] * (len(told) - len(ranks))
    #: What is there by its place in the file, what is added as it is: in the order of priorities.
    order: list[int | Colour] = [*sorted(range(len(told)), key=told.__getitem__)]
    for rank, one in enumerate(wanted):
        if one in lacking:
            order.insert(_place(order, ranks, wanted, rank), one)
    priorities = {one: number for number, one in enumerate(order, start=1) if isinstance(one, int)}
    places = iter(range(len(told)))
    xml = xml[:start] + _PRIORITY.sub(
        lambda found: found[1] + str(priorities[next(places)]).encode(), xml[start:]
    )
    frame = SheetFrame(xml)
    blocks: dict[str, etree._Element] = {}
    for number, added in enumerate(order, start=1):
        if isinstance(added, Colour):
            cells = added.block.get("sqref", "")
            block = blocks.setdefault(cells, etree.Element(q(_BLOCK), {"sqref": cells}))
            block.append(deepcopy(added.rule))
            block[-1].set("priority", str(number))
    if blocks:
        frame.add(_BLOCK, frame.written(*blocks.values()))
    return frame.xml


def _place(
    order: Sequence[int | Colour], ranks: Sequence[int | None], wanted: Sequence[Colour], rank: int
) -> int:
    """Where a rule is asked: before the next ones, after those before; the last one, the border of
    the lines, after all.
    """
    places = [
        (index, wanted.index(one) if isinstance(one, Colour) else ranks[one])
        for index, one in enumerate(order)
    ]
    later = [index for index, other in places if other is not None and other > rank]
    if later:
        return later[0]
    before = [index for index, other in places if other is not None and other < rank]
    if rank == len(wanted) - 1:
        return len(order)
    return before[-1] + 1 if before else 0


def _ranks(xml: bytes, table: Table[Any], wanted: Sequence[Colour]) -> list[int | None]:
    """For each rule of a sheet that has a priority, which of these it is; None for the team's."""
    around = around_cells(xml)
    rules = [] if around is None else list(around.iter("{*}cfRule"))
    areas: defaultdict[str, list[Area]] = defaultdict(list)
    for rule in rules:  # programs cut the cells of a rule in several blocks
        areas[_form(rule)] += _areas(rule.getparent())
    found: list[int | None] = []
    for rule in rules:
        if rule.get("priority") is None:
            continue
        form = _form(rule)
        mine = (
            rank
            for rank, one in enumerate(wanted)
            if rank not in found
            and _form(one.rule) == form
            and is_coloured(table, areas[form], _columns(table, one))
        )
        found.append(next(mine, None))
    return found


def _areas(block: etree._Element | None) -> list[Area]:
    return [] if block is None else list(areas_of([block.get("sqref") or ""]))


def _columns(table: Table[Any], one: Colour) -> list[int]:
    """The columns of a rule; none for one of whole lines."""
    areas = _areas(one.block)
    if is_coloured(table, areas, ()):
        return []
    return [column for column in table.columns.values() if any(a.holds(column) for a in areas)]


def _form(rule: etree._Element) -> str:
    return form_of(
        " ".join(text.text or "" for text in rule if etree.QName(text).localname == "formula")
    )
