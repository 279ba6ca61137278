"""Colours of the data sheets that earlier versions wrote otherwise: today's in their place."""

from __future__ import annotations

from typing import Any

from lxml import etree

from cedre_xlsx.ooxml.parts import parse
from cedre_xlsx.schema.helps import short_colours
from cedre_xlsx.schema.reach import LAST_ROW
from cedre_xlsx.schema.records import Table
from cedre_xlsx.schema.state import SheetState
from cedre_xlsx.workbook.edit.styles import CellStyles
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.read.state import sheet_state
from cedre_xlsx.workbook.repair.donors import Donor, rows_of
from cedre_xlsx.workbook.repair.given_colours import (
    Colour,
    colours_of,
    lacking_colours,
    with_colours,
)
from cedre_xlsx.workbook.repair.layout import UnlikeError
from cedre_xlsx.workbook.repair.longer import with_longer_colours
from cedre_xlsx.workbook.upgrade.former import COLOURS, former_print

_BLOCK = "conditionalFormatting"
_BORDER = "COUNTA("


def with_colours_of_today(xml: bytes, table: Table[Any], donor: Donor, styles: CellStyles) -> bytes:
    """The sheet of a table without the colours of earlier versions, and with today's that came in
    their place; what the team made stays, and so does what it took out.
    """
    bare = _without_former(xml, table)
    if bare != xml:
        wanted = colours_of(donor.colours())
        lacking = lacking_colours(bare, table, wanted)
        lacking = [one for one in lacking if not _formula(one).startswith(_BORDER)]
        for one in lacking:
            look = styles.look(donor.styles, int(one.rule.get("dxfId", "0")))
            if look is None:
                raise UnlikeError("le fichier n'a pas de styles")
            one.rule.set("dxfId", str(look))
        bare = with_colours(bare, table, wanted, lacking)
    first, _ = rows_of(table)
    state = sheet_state(bare, with_formulas=False)
    end = short_colours(table, state) or _former_end(table, state)
    return with_longer_colours(bare, first, end) if end else bare


def _former_end(table: Table[Any], state: SheetState) -> int:
    """Where earlier versions ended the colours of whole lines, if they end there still."""
    left, right = min(table.columns.values()), max(table.columns.values())
    ends = [area.last_row for areas in state.colours for area in areas
            if area.holds(left) and area.holds(right)]  # fmt: skip
    return LAST_ROW if LAST_ROW in ends else 0


def _without_former(xml: bytes, table: Table[Any]) -> bytes:
    """The sheet without the rules that earlier versions of ours wrote."""
    former = COLOURS.get(table.spec.table, frozenset())
    frame = SheetFrame(xml)
    blocks = [child for child in frame.children if child.name == _BLOCK]
    for child in reversed(blocks):
        root = _parsed(frame, frame.content(child))
        gone = [rule for rule in root if _prints(rule, table) & former]
        if not gone:
            continue
        for rule in gone:
            root.remove(rule)
        content = frame.written(root) if len(root) else b""
        frame = SheetFrame(frame.xml[: child.start] + content + frame.xml[child.end :])
    return frame.xml


def _parsed(frame: SheetFrame, content: bytes) -> etree._Element:
    """A block of a sheet, whose prefixes its root declares."""
    opening = frame.xml[: frame.children[0].start]
    root = opening[opening.rindex(b"<") :]
    name = root[1:].split(None, 1)[0].rstrip(b">")
    return parse(root + content + b"</" + name + b">")[0]


def _prints(rule: etree._Element, table: Table[Any]) -> set[str]:
    return {former_print(one.text or "", table.columns) for one in rule.findall(q("formula"))}


def _formula(one: Colour) -> str:
    return one.rule.findtext(q("formula")) or ""
