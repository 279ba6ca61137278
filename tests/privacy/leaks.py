"""Whether a word of a workbook is anywhere in another: in every part, however it is stored."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator

from openpyxl import load_workbook

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Lower case, no accent, one space between words: nothing of how it was typed."""
    bare = unicodedata.normalize("NFKD", text)
    letters = "".join(char for char in bare if not unicodedata.combining(char)).lower()
    return " ".join(_WORD.findall(letters))


def readings(data: bytes) -> Iterator[str]:
    """A part as each encoding tells it, its entities undone, with and without its tags."""
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        text = html.unescape(data.decode(encoding, errors="replace"))
        yield text
        yield re.sub(r"<[^>]*>", "", text)


def haystacks(data: bytes) -> Iterator[tuple[str, str]]:
    """Every part of a package, those of packages in it too, as plain words."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            yield name, f" {plain(name)} "
            part = package.read(name)
            if zipfile.is_zipfile(io.BytesIO(part)):
                yield from haystacks(part)
            yield from ((name, f" {plain(text)} ") for text in readings(part))


def leaks(data: bytes, words: Iterable[str]) -> list[tuple[str, str]]:
    """The words, and texts, that stand somewhere in a package, with their part."""
    wanted = {plain(word) for word in words} - {""}
    return sorted(
        {(name, word) for name, text in haystacks(data) for word in wanted if f" {word} " in text}
    )


def typed_texts(data: bytes, sheets: Iterable[str], columns: Iterable[str]) -> set[str]:
    """What stands under some headings of row 4 of some sheets."""
    found: set[str] = set()
    wanted = set(columns)
    book = load_workbook(io.BytesIO(data))
    for title in sheets:
        sheet = book[title]
        for column in sheet.iter_cols(min_row=4):
            if column[0].value in wanted:
                found |= {str(cell.value) for cell in column[1:] if isinstance(cell.value, str)}
    return found
