"""The members of a zip file as they lie in it: compressed bytes are copied, never made again."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cedre_xlsx.schema.errors import CedreError, DamagedPartError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = 0x08  # "sizes follow the data": we know them, so the flag is cleared
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError,
)  # fmt: skip
_LEVEL = 6
_PIECE = 1024**2  # bytes inflated at once
_ZIP_DATE = (0, 33)  # time, date: 1 January 1980
_LARGEST = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, its compressed bytes, and what the zip says of them."""

    name: str
    compressed: bytes | memoryview
    method: int
    crc: int
    size: int
    flags: int = 0
    time: int = _ZIP_DATE[0]
    date: int = _ZIP_DATE[1]
    attributes: int = 0o600 << 16

    def content(self) -> bytes:
        """The bytes, inflated."""
        if self.method == zipfile.ZIP_STORED:
            return bytes(self.compressed)
        return zlib.decompress(self.compressed, -zlib.MAX_WBITS)

    def holds_any(self, texts: Sequence[bytes]) -> bool:
        """Whether one of the texts stands in the content, which is never whole in memory."""
        overlap = max(map(len, texts), default=1) - 1
        window = b""
        for piece in self.pieces():
            window = window[max(len(window) - overlap, 0) :] + piece
            if any(text in window for text in texts):
                return True
        return False

    def pieces(self) -> Iterator[bytes]:
        """The content, a piece at a time."""
        if self.method == zipfile.ZIP_STORED:
            yield bytes(self.compressed)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        waiting: bytes | memoryview = self.compressed
        while waiting:
            yield inflater.decompress(waiting, _PIECE)
            waiting = inflater.unconsumed_tail
        yield inflater.flush()


def member_of(name: str, content: bytes) -> Member:
    """A new member with that content."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    compressed = packer.compress(content) + packer.flush()
    flags = 0 if name.isascii() else 0x800
    return Member(name, compressed, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), flags)


def members_of(data: bytes) -> tuple[Member, ...]:
    """The members in the order of the central directory, every checksum verified."""
    view = memoryview(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if (name := package.testzip()) is not None:
                raise damaged(f"l'élément {name}")
            return tuple(_member(view, info) for info in package.infolist())
    except _UNREADABLE as error:
        raise damaged("sa fin manque, ou son archive") from error


def _member(view: memoryview, info: zipfile.ZipInfo) -> Member:
    header = _LOCAL.unpack_from(view, info.header_offset)
    start = info.header_offset + _LOCAL.size + header[9] + header[10]
    year, month, day, hour, minute, second = info.date_time
    return Member(
        name=info.orig_filename,
        compressed=view[start : start + info.compress_size],
        method=info.compress_type,
        crc=info.CRC,
        size=info.file_size,
        flags=info.flag_bits & ~_DESCRIPTOR,
        time=hour << 11 | minute << 5 | second // 2,
        date=(year - 1980) << 9 | month << 5 | day,
        attributes=info.external_attr,
    )


def damaged(what: str) -> DamagedPartError:
    """What to say of a part that cannot be read, by its name or the reason."""
    return DamagedPartError(
        f"Le classeur est abîmé ({what}) ; rien n'est écrit. Ouvrez-le dans Excel ou LibreOffice, "
        "enregistrez-le sous un autre nom, puis recommencez."
    )


def zip_of(members: Iterable[Member]) -> bytes:
    """A zip file of these members, in order."""
    body = io.BytesIO()
    directory = bytearray()
    count = 0
    for member in members:
        offset = body.tell()
        name = member.name.encode("utf-8" if member.flags & 0x800 else "cp437", "replace")
        length = len(member.compressed)
        if offset > _LARGEST or member.size > _LARGEST:
            raise CedreError("Le classeur dépasse 4 Go ; rien n'est écrit. Allégez-le d'abord.")
        shared = (20, member.flags, member.method, member.time, member.date, member.crc)
        sizes = (length, member.size, len(name))
        body.write(_LOCAL.pack(b"PK\x03\x04", *shared, *sizes, 0))
        body.write(name)
        body.write(member.compressed)
        directory += _CENTRAL.pack(
            b"PK\x01\x02", 20, *shared, *sizes, 0, 0, 0, 0, member.attributes, offset
        )
        directory += name
        count += 1
    start = body.tell()
    body.write(directory)
    body.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0))
    return body.getvalue()
