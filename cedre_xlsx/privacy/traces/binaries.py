"""What is no XML (macros, embedded documents, settings of printers): searched, never changed."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from cedre_xlsx.privacy.name_forms import FormKind, Hit, NameSearch
from cedre_xlsx.privacy.traces.content import encoding_of, text_of
from cedre_xlsx.privacy.traces.units import units_of

#: Stretches of letters, in one byte each or in two.
_TEXT = re.compile(rb"[\x09\x0a\x0d\x20-\x7e\x80-\xff]{4,}")
_WIDE = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e\xa0-\xff]\x00|[\x50-\x7f\x10-\x1f]\x20){4,}")
_MOST = 64 * 1024**2  # bytes inflated of an embedded document
_LEAST_ALONE = 4
_ENCRYPTED = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".ico", ".webp")
_CHUNK = struct.Struct("<H")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
               NotImplementedError)  # fmt: skip


def is_picture(part: str) -> bool:
    """Whether a part is a picture, of which only the name is searched."""
    return part.casefold().endswith(_PICTURES)


def is_closed(content: bytes) -> bool:
    """Whether a part is protected by a password: nothing can be searched in it."""
    return _ENCRYPTED in content


def forms_in(part: str, content: bytes, search: NameSearch) -> list[tuple[Hit, str]]:
    """The forms that a part which is no XML holds, each with how it stands there, once."""
    found: dict[tuple[str, tuple[int, ...]], tuple[Hit, str]] = {}
    for text in _texts(part, content):
        for hit in search.find(text):
            if hit.people and _says(hit):
                form = text[hit.start : hit.end]
                found.setdefault((form.casefold(), hit.people), (hit, form))
    return list(found.values())


def _says(hit: Hit) -> bool:
    """Among bytes, a short word says nothing."""
    is_last = hit.kind is FormKind.LAST and hit.is_capital and len(hit.letters) >= _LEAST_ALONE
    return is_last or hit.kind in (FormKind.WHOLE, FormKind.NUMBER)


def _texts(part: str, content: bytes) -> Iterator[str]:
    if content.startswith(b"PK\x03\x04"):
        yield from _inside(content)
        return
    if part.casefold().endswith("vbaproject.bin"):
        for module in _modules(content):
            yield module.decode("cp1252", "replace")
    yield from _readable(content)


def _readable(content: bytes) -> Iterator[str]:
    for one in _TEXT.findall(content):
        yield one.decode("cp1252", "replace")
        if not one.isascii():
            yield one.decode("utf-8", "replace")
    for one in _WIDE.findall(content):
        yield one.decode("utf-16-le", "replace")


def _inside(content: bytes) -> Iterator[str]:
    """The texts of a document in a zip, and the names of its members."""
    left = _MOST
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                yield posixpath.basename(info.filename)
                left -= info.file_size
                if left < 0:
                    return
                yield from _texts_of_member(archive.read(info))
    except _UNREADABLE:
        yield from _readable(content)


def _texts_of_member(content: bytes) -> Iterator[str]:
    encoding = encoding_of(content)
    if not encoding:
        yield from _readable(content)
        return
    text = text_of(content, encoding)
    for unit in units_of(text):
        yield unit.chars(text).text


def _modules(content: bytes) -> Iterator[bytes]:
    """The sources of macros: each is compressed, in chunks that begin with a sign of their own."""
    at = content.find(b"\x01")
    while 0 <= at < len(content) - 3:
        (head,) = _CHUNK.unpack_from(content, at + 1)
        if head >> 12 & 0b111 == 0b011 and (made := _expanded(content, at + 1)):
            yield made
        at = content.find(b"\x01", at + 1)


def _expanded(content: bytes, at: int) -> bytes:
    """The source that some chunks stand for; b"" where they are none."""
    made = bytearray()
    while at + 2 < len(content):
        (head,) = _CHUNK.unpack_from(content, at)
        if head >> 12 & 0b111 != 0b011:
            break
        end = min(at + (head & 0x0FFF) + 3, len(content))
        if not head & 0x8000:
            made += content[at + 2 : end]
        elif not _expand_chunk(content, at + 2, end, made):
            break
        at = end
    return bytes(made)


def _expand_chunk(content: bytes, at: int, end: int, made: bytearray) -> bool:
    start = len(made)
    while at < end:
        flags, at = content[at], at + 1
        for bit in range(8):
            if at >= end:
                break
            if not flags >> bit & 1:
                made.append(content[at])
                at += 1
                continue
            if at + 2 > len(content):
                return False
            (token,) = _CHUNK.unpack_from(content, at)
            at += 2
            bits = max((len(made) - start - 1).bit_length(), 4)
            offset = (token >> 16 - bits) + 1
            if offset > len(made) - start:
                return False
            for _ in range((token & (0xFFFF >> bits)) + 3):
                made.append(made[-offset])
    return True
