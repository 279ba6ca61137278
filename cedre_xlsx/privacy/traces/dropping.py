"""Comments removed as a whole: the note, its box, its conversation; who wrote them stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.content import bytes_of, encoding_of, text_of
from cedre_xlsx.schema.records import column_letter

_NOTE = re.compile(
    r"<(?P<p>(?:\w+:)?)(?P<n>comment|threadedComment)\s[^>]*?\bref\s*=\s*[\"'](?P<ref>[A-Z]+\d+)[\"']"
    r"[^>]*?(?:/>|>.*?</(?P=p)(?P=n)\s*>)",
    re.DOTALL,
)
_BOX = re.compile(r"<(?P<p>(?:\w+:)?)shape\b.*?</(?P=p)shape\s*>", re.DOTALL)
_IS_NOTE = re.compile(r"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(r"<(?:\w+:)?Row>\s*(\d+)\s*<")
_COLUMN = re.compile(r"<(?:\w+:)?Column>\s*(\d+)\s*<")


def drop_cell_comments(
    book: BookParts, cells: Collection[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Remove the comments of some cells, told by the title of the sheet and the address.

    Gives the part, the sheet and the cell of each one that was there.
    """
    found: list[tuple[str, str, str]] = []
    wanted: dict[str, set[str]] = {}
    for title, cell in cells:
        wanted.setdefault(title.casefold(), set()).add(cell.replace("$", "").upper())
    for part, title in book.titles.items():
        mine = wanted.get(title.casefold())
        if not mine:
            continue
        for relation in Relations(book.package, part):
            if relation.external or relation.target not in book.package:
                continue
            if relation.kind in ("comments", "threadedComment"):
                gone = _drop_notes(book, relation.target, mine)
                found += ((relation.target, title, cell) for cell in gone)
            elif relation.kind == "vmlDrawing":
                _drop_boxes(book, relation.target, mine)
    seen: dict[tuple[str, str], tuple[str, str, str]] = {}
    for one in found:  # a conversation and the note that stands for it are one comment
        seen.setdefault(one[1:], one)
    return list(seen.values())


def _drop_notes(book: BookParts, part: str, cells: Collection[str]) -> list[str]:
    gone: list[str] = []

    def kept(found: re.Match[str]) -> str:
        if found["ref"] not in cells:
            return found[0]
        gone.append(found["ref"])
        return ""

    _rewrite(book, part, lambda text: _NOTE.sub(kept, text))
    return gone


def _drop_boxes(book: BookParts, part: str, cells: Collection[str]) -> None:
    def kept(found: re.Match[str]) -> str:
        box = found[0]
        row, column = _ROW.search(box), _COLUMN.search(box)
        if not _IS_NOTE.search(box) or row is None or column is None:
            return box
        cell = f"{column_letter(int(column[1]) + 1)}{int(row[1]) + 1}"
        return "" if cell in cells else box

    _rewrite(book, part, lambda text: _BOX.sub(kept, text))


def _rewrite(book: BookParts, part: str, change: Callable[[str], str]) -> None:
    content = book.package.read(part)
    encoding = encoding_of(content) or "cp1252"
    book.package.write(part, bytes_of(change(text_of(content, encoding)), encoding))
