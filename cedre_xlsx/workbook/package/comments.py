"""The comments of a sheet, which go where their cell goes: notes, threads, and their boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx.ooxml.parts import REL, Relations
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.old_cells import Place
from cedre_xlsx.workbook.package.old_sheet import OldSheet

_HOLDERS = ("comments", "threadedComment")
_BOXES = "vmlDrawing"
_THREAD = "tc="  # how the author of a note starts that stands for a thread
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


def comment_texts(
    host: Host, relations: Relations, *, with_authors: bool = True
) -> dict[Place, list[str]]:
    """What the comments of a sheet say, each with who wrote it; of a thread, each of its texts."""
    notes: dict[Place, list[str]] = {}
    threads: dict[Place, list[str]] = {}
    people = _people(host)
    for part in _parts(host, relations, *_HOLDERS):
        root = host.package.root(part)
        authors = [author.text or "" for author in root.iter("{*}author")]
        for item in _items(root):
            place = _place(item)
            if place is None:
                continue
            words = "".join(
                text.text or "" for text in item.iter("{*}t", "{*}text") if not len(text)
            )
            if item.get("personId") is not None or "threadedComment" in item.tag:
                who = people.get(item.get("personId")) if with_authors else None
                threads.setdefault(place, []).append(_said(who, words))
            else:
                author = item.get("authorId", "")
                known = with_authors and author.isdecimal() and int(author) < len(authors)
                notes.setdefault(place, []).append(_said(known and authors[int(author)], words))
    for place, said in threads.items():  # the note of a thread says the thread again, in English
        first = said[0].rpartition(" : ")[2]
        own = [note for note in notes.get(place, ()) if first not in note]
        notes[place] = [*own, *said]
    return notes


def drop_comments(host: Host, relations: Relations, rows: Collection[int]) -> None:
    """Remove the comments of some rows, and their boxes."""
    drop_comments_at(host, relations, lambda row, column: row in rows)


def drop_comments_at(host: Host, relations: Relations, is_gone: Callable[[int, int], bool]) -> None:
    """Remove the comments of some cells, told by row and column, and their boxes."""
    for part in _parts(host, relations, *_HOLDERS):
        root = host.package.root(part)
        for item in _items(root):
            place, holder = _place(item), item.getparent()
            if place is not None and is_gone(*place) and holder is not None:
                holder.remove(item)
        host.package.write_xml(part, root)
    for part in _parts(host, relations, _BOXES):
        drawing = host.package.read(part).decode("latin-1")
        left = _BOX.sub(lambda box: "" if is_gone(*_cell_of(box[0])) else box[0], drawing)
        host.package.write(part, left.encode("latin-1"))


def _cell_of(box: str) -> Place:
    """The cell of a box; (0, 0) where it tells none."""
    row, column = _ROW.search(box), _COLUMN.search(box)
    if row is None:
        return 0, 0
    return int(row[2]) + 1, int(column[2]) + 1 if column else 0


def _people(host: Host) -> dict[str | None, str]:
    """Who writes in threads, by their ids."""
    related = host.related("person")
    if related is None:
        return {}
    people = host.package.root(related.target).iter("{*}person")
    return {person.get("id"): person.get("displayName", "") for person in people}


def _said(author: str | bool | None, words: str) -> str:
    """A comment with its author, whom Excel writes at the head of a note as well."""
    words = words.strip()
    if not isinstance(author, str) or not author.strip() or words.startswith(author.strip()):
        return words
    if author.startswith(_THREAD):
        return words
    return f"{author.strip()} : {words}"


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
