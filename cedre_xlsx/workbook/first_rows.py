"""What the first rows of a sheet show, read from its XML without the rest of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from html import unescape

from lxml import etree

from cedre_xlsx.workbook.recognition import FIRST_ROWS, Rows, Shown

_CELLS = 300  # of a row
_BYTES = 1024**2  # of a sheet's rows that are parsed
_BEFORE = 8 * 1024**2  # bytes before them: some programs write each of 16,384 columns
_PIECE = 64 * 1024  # parsed at once
_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
_PHONETIC = re.compile(rb"<(?:[\w.-]+:)?rPh\b.*?</(?:[\w.-]+:)?rPh\s*>", re.DOTALL)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)<")

_CONTENT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:v|f|is)[\s/>]")
_LONGEST_TAG = 48
_ROWS = b"sheetData"

#: The texts of some shared strings, by their index.
Strings = Callable[[Collection[int]], Mapping[int, str]]


def shown(tab: str, xml: Iterable[bytes], strings: Strings) -> Shown:
    """The beginning of the sheet of that tab: no more of its XML is taken than is needed."""
    rows, whole = _first_rows(xml)
    wanted = {cell for row in rows for cell in row if isinstance(cell, int)}
    texts = strings(wanted) if wanted else {}
    spelled: Rows = tuple(
        tuple(texts.get(cell, "") if isinstance(cell, int) else cell for cell in row)
        for row in rows
    )
    return Shown(tab, spelled, is_empty=whole and not spelled)


def strings_of(read: Callable[[], bytes | bytearray]) -> Strings:
    """The shared strings of a part, which is read when it is asked for."""

    def texts(wanted: Collection[int]) -> Mapping[int, str]:
        data, found, last = read(), {}, max(wanted)
        start, number = 0, -1
        for item in _ITEM.finditer(data):
            if number in wanted:
                found[number] = _text(data[start : item.start()])
            start, number = item.start(), number + 1
            if number > last:
                return found
        if number in wanted:
            found[number] = _text(data[start:])
        return found

    return texts


def _text(item: bytes | bytearray) -> str:
    runs = _TEXT.findall(_PHONETIC.sub(b"", item))
    return unescape(b"".join(runs).decode("utf-8", "replace"))


def _first_rows(xml: Iterable[bytes]) -> tuple[list[list[str | int]], bool]:
    """The rows that hold something, shared strings as their numbers; whether that is all."""
    parser = etree.XMLPullParser(
        events=("end",), tag="{*}row", resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    rows: list[list[str | int]] = []
    left = _BEFORE
    tail, has_begun = b"", False
    pieces = _pieces(xml)
    try:
        for piece in pieces:
            parser.feed(piece)
            if not has_begun and _ROWS in tail[-len(_ROWS) :] + piece:
                has_begun, left = True, _BYTES
            tail, left = piece, left - len(piece)
            for _, row in parser.read_events():
                assert isinstance(row, etree._Element), "only ends of rows are asked for"
                cells = [_cell(cell) for cell in row.iterfind("{*}c") if _is_filled(cell)]
                row.clear()
                if cells:
                    rows.append(cells[:_CELLS])
                if len(rows) == FIRST_ROWS:
                    return rows, False
            if left < 0:
                return rows, not rows and not _holds_cells(piece, pieces)
    except etree.XMLSyntaxError:
        return rows, False
    return rows, True


def _holds_cells(before: bytes, pieces: Iterable[bytes]) -> bool:
    """Whether something stands in a cell of what follows a piece of a sheet's XML."""
    window = before
    for piece in pieces:
        window = window[-_LONGEST_TAG:] + piece
        if _CONTENT.search(window):
            return True
    return False


def _pieces(xml: Iterable[bytes]) -> Iterator[bytes]:
    for piece in xml:
        for start in range(0, len(piece), _PIECE):
            yield piece[start : start + _PIECE]


def _is_filled(cell: etree._Element) -> bool:
    return any(child.text or len(child) for child in cell)


def _cell(cell: etree._Element) -> str | int:
    """A text, the number of a shared one, or "" for what is no text."""
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(
            text.text or "" for text in cell.iter("{*}t") if not _is_phonetic(text.getparent())
        )
    value = (cell.findtext("{*}v") or "").strip()
    if kind == "s":
        return int(value) if value.isdecimal() and len(value) < 10 else ""
    return value if kind == "str" else ""


def _is_phonetic(parent: etree._Element | None) -> bool:
    return parent is not None and etree.QName(parent).localname == "rPh"
