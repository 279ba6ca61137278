"""The comments of a sheet, which go where their cell goes: notes, threads, and their boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.old_cells import Place
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.parts import REL, Relations

_HOLDERS = ("comments", "threadedComment")
_BOXES = "vmlDrawing"
# The drawing of the boxes is VML, which nothing promises to be well-formed XML.
_BOX = re.compile(r"<(\w+:)?shape\b.*?</(\w+:)?shape\s*>", re.DOTALL)
_ROW = re.compile(r"(<(?:\w+:)?Row>\s*)(\d+)(\s*<)")
_COLUMN = re.compile(r"(<(?:\w+:)?Column>\s*)(\d+)(\s*<)")
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([^<]*)(<)")
_ANCHORED = (0, 2, 4, 6)  # of the numbers of an anchor, those that are columns and rows


def commented(host: Host, relations: Relations) -> set[Place]:
    """The cells of a sheet that have a comment."""
    return {
        place
        for part in _parts(host, relations, *_HOLDERS)
        for item in _items(host.package.root(part))
        if (place := _place(item)) is not None
    }


def marked_rows(old: OldSheet) -> set[int]:
    """The rows of an old sheet to which people tied something else than cells: a comment, a link
    that leads out of the workbook.
    """
    rows = {row for row, _ in commented(old.host, old.relations)}
    for link in old.root.iterfind(f"{q('hyperlinks')}/{q('hyperlink')}"):
        reference = link.get("ref", "")
        if link.get(f"{{{REL}}}id") and reference.isalnum():
            rows.add(coordinate_to_tuple(reference)[0])
    return rows


def move_comments(host: Host, relations: Relations, place: Callable[[Place], Place]) -> None:
    """Tie each comment to the new place of its cell; parts of which none moves keep their bytes."""
    moves: dict[Place, Place] = {}
    taken: set[Place] = set()
    for cell in sorted(commented(host, relations)):
        row, column = place(cell)
        while (row, column) in taken:  # its line has one already: beside it
            column += 1
        taken.add((row, column))
        moves[cell] = (row, column)
    if all(old == new for old, new in moves.items()):
        return
    for part in _parts(host, relations, *_HOLDERS):
        root = host.package.root(part)
        for item in _items(root):
            old = _place(item)
            if old is not None:
                row, column = moves[old]
                item.set("ref", f"{get_column_letter(column)}{row}")
        host.package.write_xml(part, root)
    for part in _parts(host, relations, _BOXES):
        drawing = host.package.read(part).decode("latin-1")  # every byte as it is
        moved = _BOX.sub(lambda box: _moved_box(box[0], moves), drawing)
        host.package.write(part, moved.encode("latin-1"))


def _parts(host: Host, relations: Relations, *kinds: str) -> list[str]:
    return [r.target for r in relations if r.kind in kinds and r.target in host.package]


def _items(root: etree._Element) -> list[etree._Element]:
    return list(root.iter("{*}comment", "{*}threadedComment"))


def _place(item: etree._Element) -> Place | None:
    try:
        row, column = coordinate_to_tuple(item.get("ref", ""))
    except (ValueError, TypeError):
        return None
    return row, column


def _moved_box(box: str, moves: Mapping[Place, Place]) -> str:
    """The box of a comment beside the new place of its cell, as far as it was from the old one."""
    row, column = _ROW.search(box), _COLUMN.search(box)
    if row is None or column is None:
        return box
    old = int(row[2]) + 1, int(column[2]) + 1
    new = moves.get(old, old)
    if new == old:
        return box
    box = _ROW.sub(rf"\g<1>{new[0] - 1}\g<3>", box)
    box = _COLUMN.sub(rf"\g<1>{new[1] - 1}\g<3>", box)
    shifts = (new[1] - old[1], new[0] - old[0])
    return _ANCHOR.sub(lambda found: f"{found[1]}{_moved_anchor(found[2], shifts)}{found[3]}", box)


def _moved_anchor(anchor: str, shifts: tuple[int, int]) -> str:
    numbers = anchor.split(",")
    if len(numbers) != 8 or not all(number.strip().isdecimal() for number in numbers):
        return anchor
    for rank, index in enumerate(_ANCHORED):
        numbers[index] = f" {max(int(numbers[index]) + shifts[rank % 2], 0)}"
    return ",".join(numbers).strip()
